import type { Config } from "../core/parts.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { AnyLayer, ConfigStyle, KerasTensor, Layer, LayerReading } from "../layers/index.js";
import { chainConfig, LayerChain, type NetworkOptions, oneShape, readChainConfig } from "../network/index.js";
import { Model } from "./model.js";

/**
 * Layers one after the other.
 * @example new Sequential([new layers.Dense(10, { activation: "relu", inputShape: [4] }), new layers.Dense(1)])
 */
export class Sequential extends Model {
  static override readonly className: string = "Sequential";
  static readonly module: string = "keras";

  readonly #chain: LayerChain;

  /** @param layers the first may be an `Input()` or have `inputShape`; else the input shape comes from the data */
  constructor(layers: readonly (AnyLayer | KerasTensor)[] = [], options?: NetworkOptions) {
    super(null, null, options);
    this.#chain = new LayerChain(this);
    this.#chain.fill(layers);
  }

  /** @internal */
  override get networkKind(): "functional" | "sequential" {
    return "sequential";
  }

  /** The layers that were added, without the input. */
  override get layers(): readonly Layer[] {
    return this.#chain.layers;
  }

  override get sublayers(): readonly Layer[] {
    // The base class calls this in its constructor, when there is no chain yet.
    return #chain in this ? this.#chain.layers : [];
  }

  add(layer: AnyLayer | KerasTensor): void {
    this.#chain.add(layer);
  }

  /** Removes the last layer and returns it. */
  pop(): Layer {
    return this.#chain.pop();
  }

  /** Builds the layers for an input shape, with the batch axis first. */
  override build(shapes: Shape | readonly Shape[]): void {
    this.#chain.build(oneShape(shapes));
  }

  override getConfig(style?: ConfigStyle): Record<string, Json> {
    return chainConfig(this, this.#chain, style);
  }

  static override fromConfig(config: Config, reading: LayerReading): Sequential {
    const { layers, name, trainable, buildShape } = readChainConfig(config, reading);
    const model = new this(layers, { name, trainable });
    if (!model.wired && buildShape !== null && layers.length > 0) model.build(buildShape);
    return model;
  }
}
