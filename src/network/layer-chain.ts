import { OptionError, ShapeError, StateError } from "../core/errors.js";
import { uniqueName } from "../core/names.js";
import { withScope } from "../core/scope.js";
import { formatShape, type Shape, sameShape } from "../core/shape.js";
import { valueText } from "../core/value-text.js";
import { KerasTensor } from "../layers/base/keras-tensor.js";
import { type AnyLayer, Layer } from "../layers/base/layer.js";
import { InputLayer } from "../layers/core/input-layer.js";
import type { Grouping } from "./topology.js";

/** The model that a chain wires: Sequential, or whatever else is a list of layers. */
export interface ChainOwner {
  readonly label: string;
  readonly name: string;
  /** Takes the graph, or null while the shape of the input is not known. */
  rewire(grouping: Grouping | null): void;
}

/** The layers of a Sequential: wired one after the other as soon as the input's shape is known. */
export class LayerChain {
  readonly #owner: ChainOwner;
  readonly #layers: Layer[] = [];
  readonly #names = new Map<string, Layer>();
  /** The outputs of the layers that are wired. */
  readonly #tensors: KerasTensor[] = [];
  #entry: InputLayer | null = null;

  constructor(owner: ChainOwner) {
    this.#owner = owner;
  }

  /** The layers that were added; not the input. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  get entry(): InputLayer | null {
    return this.#entry;
  }

  /** Adds many, then wires once: Keras's constructor. */
  fill(layers: readonly (AnyLayer | KerasTensor)[]): void {
    if (!Array.isArray(layers)) throw notLayers(this.#owner, layers);
    // Copied, so that holes of sparse arrays are seen.
    for (const layer of [...layers]) this.#append(layer);
    if (layers.length > 0) this.#rewire();
  }

  /**
   * @throws {OptionError} for something that is no layer, or a name that is taken
   * @throws {ShapeError} when the layer cannot take what the one before gives; it is not added then
   */
  add(layer: AnyLayer | KerasTensor): void {
    const entry = this.#entry;
    this.#append(layer);
    try {
      this.#rewire();
    } catch (error) {
      this.#entry = entry;
      if (this.#layers.at(-1) === layer) this.#takeLast();
      this.#tensors.length = Math.min(this.#tensors.length, this.#layers.length);
      this.#rewire();
      throw error;
    }
  }

  /** Removes the last layer. */
  pop(): Layer {
    const last = this.#takeLast();
    if (last === undefined) {
      throw new StateError({
        code: "empty-model",
        what: `${this.#owner.label} has no layer to take off`,
        expected: "a layer",
        fix: "Add layers first",
      });
    }
    this.#tensors.length = Math.min(this.#tensors.length, this.#layers.length);
    this.#rewire();
    return last;
  }

  /** Sets the shape of the input (with batch) and wires. */
  build(shape: Shape): void {
    if (this.#layers.length === 0) {
      throw new StateError({
        code: "empty-model",
        what: `${this.#owner.label} cannot be built: it has no layers`,
        fix: "Add layers first",
      });
    }
    if (this.#entry !== null && !sameShape(this.#entry.batchShape, shape)) {
      throw new ShapeError({
        code: "input-shape",
        what: `${this.#owner.label} is already set up for another input shape`,
        received: formatShape(shape),
        expected: formatShape(this.#entry.batchShape),
        fix: "Make a new model for inputs of another shape",
      });
    }
    this.#entry ??= new InputLayer({ batchShape: shape, dtype: this.#layers[0]!.naturalDType });
    this.#wire(this.#entry);
  }

  #append(item: AnyLayer | KerasTensor): void {
    const layer: unknown = item instanceof KerasTensor ? item.node.layer : item;
    if (!(layer instanceof Layer) || (item instanceof KerasTensor && !(layer instanceof InputLayer))) {
      throw notLayers(this.#owner, layer instanceof Layer ? item : layer);
    }
    if (layer instanceof InputLayer) {
      this.#setEntry(layer);
      return;
    }
    if ((this.#names.get(layer.name) ?? layer) !== layer) {
      throw new OptionError({
        code: "duplicate-layer",
        what: `Two layers of ${this.#owner.label} have the name "${layer.name}"`,
        expected: "names that differ",
        fix: `Give one of them another name before it is applied: layer.name = "${layer.name}_2"`,
        data: { layer: layer.name },
      });
    }
    if (this.#layers.length === 0 && this.#entry === null && layer.inputShapeOption !== null) {
      this.#entry = new InputLayer({ batchShape: layer.inputShapeOption, dtype: layer.naturalDType });
    }
    this.#layers.push(layer);
    this.#names.set(layer.name, layer);
  }

  #takeLast(): Layer | undefined {
    const last = this.#layers.pop();
    // A layer may occur twice in the chain.
    if (last !== undefined && !this.#layers.includes(last)) this.#names.delete(last.name);
    return last;
  }

  #setEntry(layer: InputLayer): void {
    if (this.#entry !== null || this.#layers.length > 0) {
      throw new OptionError({
        code: "second-input",
        what: `${this.#owner.label} can have one input, as its first entry`,
        received: this.#entry === null ? `Input() after ${this.#layers.at(-1)!.label}` : "a second Input()",
        fix: "For several inputs use the functional Model",
      });
    }
    this.#entry = layer;
  }

  #rewire(): void {
    this.#owner.rewire(null);
    const first = this.#layers[0];
    if (first === undefined) return;
    // A model as first layer knows its own input; as Keras, that is used once there is a second layer.
    const shape = this.#entry?.batchShape ?? (this.#layers.length > 1 ? first.knownInputShape : null);
    if (shape !== null) this.build(shape);
  }

  #wire(entry: InputLayer): void {
    withScope(this.#owner.name, this.#owner, () => {
      for (const layer of this.#layers.slice(this.#tensors.length)) {
        const result: KerasTensor | readonly KerasTensor[] = layer.apply(this.#tensors.at(-1) ?? entry.tensor);
        if (!(result instanceof KerasTensor)) {
          throw new OptionError({
            code: "several-outputs",
            what: `${layer.label} gives several tensors, which ${this.#owner.label} cannot pass on`,
            fix: "Use the functional Model",
          });
        }
        this.#tensors.push(result);
      }
    });
    // Keras makes a functional model inside; it takes one of the automatic names.
    uniqueName("Functional");
    this.#owner.rewire({ inputs: entry.tensor, outputs: this.#tensors.at(-1)! });
  }
}

function notLayers(owner: ChainOwner, received: unknown): OptionError {
  return new OptionError({
    code: "not-a-layer",
    what: `${owner.label} takes a list of layers, and Input() as its first entry`,
    received:
      received instanceof KerasTensor ? `a tensor that ${received.node.layer.label} gives` : valueText(received),
    expected: "layers made with new",
    fix: "Write e.g. [new layers.Dense(8), new layers.Dense(1)]",
  });
}
