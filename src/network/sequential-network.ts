import type { Config } from "../core/parts.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { KerasTensor } from "../layers/keras-tensor.js";
import type { Layer } from "../layers/layer.js";
import type { Resolve } from "../layers/layer-class.js";
import { Functional, type NetworkOptions } from "./functional.js";
import { LayerChain } from "./layer-chain.js";
import { chainConfig, readChainConfig } from "./sequential-config.js";

/** Layers one after the other: the topology of a Sequential model. */
export class SequentialNetwork extends Functional {
  static override readonly className: string = "Sequential";

  readonly #chain: LayerChain;

  constructor(layers: readonly (Layer | KerasTensor)[] = [], options: NetworkOptions = {}) {
    super(null, null, options);
    this.#chain = new LayerChain(this);
    this.#chain.fill(layers);
  }

  override get networkKind(): "functional" | "sequential" {
    return "sequential";
  }

  /** The layers that were added, without the input. */
  override get layers(): readonly Layer[] {
    return this.#chain.layers;
  }

  override get sublayers(): readonly Layer[] {
    // The base class asks while it is made, when there is no chain yet.
    return #chain in this ? this.#chain.layers : [];
  }

  add(layer: Layer | KerasTensor): void {
    this.#chain.add(layer);
  }

  /** Takes the last layer off and returns it. */
  pop(): Layer {
    return this.#chain.pop();
  }

  /** Sets the shape of the input, with the batch in front. */
  override build(shapes: Shape | readonly Shape[]): void {
    this.#chain.build(oneShape(shapes));
  }

  override getConfig(): Record<string, Json> {
    return chainConfig(this, this.#chain);
  }

  static override fromConfig(config: Config, resolve: Resolve): SequentialNetwork {
    const { layers, name, trainable, buildShape } = readChainConfig(config, resolve);
    const model = new this(layers, { name, trainable });
    if (!model.wired && buildShape !== null && layers.length > 0) model.build(buildShape);
    return model;
  }
}

/** A shape from a shape or from a list of one. */
export function oneShape(shapes: Shape | readonly Shape[]): Shape {
  return Array.isArray(shapes[0]) ? (shapes[0] as Shape) : (shapes as Shape);
}
