import type { DType } from "../../core/dtype.js";
import type { Grouped } from "../../core/grouped.js";
import type { Config } from "../../core/parts.js";
import type { Reading } from "../../core/reading.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Value } from "../../graph/value.js";
import { isValue } from "../../ops/operand.js";
import { type LayerOptions, optionsOfConfig } from "../options/layer-options.js";
import type { CallContext, CalledLayer, CallValues } from "./call-context.js";
import { type CallForm, ROW } from "./call-form.js";
import { currentContext } from "./current-context.js";
import type { SymbolicOf } from "./ends.js";
import type { HostStage } from "./host-stage.js";
import type { InputSpec } from "./input-spec.js";
import { type Inputs, valuesOf } from "./inputs.js";
import { type CallOptions, isKerasTensor, KerasTensor, Node, type OutputType } from "./keras-tensor.js";
import { notALayerInput, notApplied } from "./layer-errors.js";
import { LayerRecord } from "./layer-record.js";
import type { Mask } from "./masks.js";
import { outsideContext } from "./outside.js";
import { layersAmong } from "./sublayers.js";
import { checkCallOptions, inferOutputs } from "./symbolic.js";
import { type LayerTraits, traitsOf } from "./traits.js";

/** How a layer turns its config back into itself. */
export interface LayerClass {
  readonly className: string;
  /** @internal */
  readonly kerasModule?: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: constructors of any layers, as registries collect them
  new (...args: any[]): AnyLayer;
  fromConfig(config: Config, reading: LayerReading): AnyLayer;
}

/** A layer whatever it takes and gives: what lists of layers hold. */
// biome-ignore lint/suspicious/noExplicitAny: a layer of several inputs is none of one input, and lists hold both
export type AnyLayer = Layer<any, any>;

/**
 * Finds a class of layers by the name that a file has for it; whoever loads decides what there is. `registeredName` is
 * Keras's `package>ClassName` of user classes.
 */
export type Resolve = (className: string, registeredName: string | null) => LayerClass | undefined;

/** How the layers of a file are read: which classes there are, and in whose words. */
export interface LayerReading extends Reading {
  readonly resolve: Resolve;
}

/** How a layer is written: "keras" is that of `.keras` files, "legacy" that of `.h5` files (class name and config only). */
export type ConfigStyle = "keras" | "legacy";

/**
 * A step of a network: maps tensors to tensors, may own weights. Subclasses override `build` (make weights for the
 * shapes of the inputs) and `call` (the computation, on graph values). Layers that they hold as properties, alone, in
 * arrays or in plain objects, count as parts of them, in the order in which they were set.
 *
 * `I` and `O` are what it takes and gives: one value each, unless a class says otherwise, as in
 * `class Distance extends layers.Layer<readonly [Value, Value], Value>`.
 */
export abstract class Layer<I extends Grouped<Value> = Value, O extends Grouped<Value> = Value>
  extends LayerRecord
  implements CalledLayer
{
  /** The name that files have for the class. */
  static readonly className: string = "Layer";
  /** Keras's module of a built-in class, where files name another than "keras.layers". @internal */
  static readonly kerasModule: string | null = null;
  /** What the class does with its inputs; each class adds to those of its base. */
  static readonly traits: LayerTraits = {};
  readonly #nodes: Node[] = [];

  /** @throws {OptionError} for a wrong common option */
  constructor(options: LayerOptions = {}) {
    super(options);
    // A call without a context is a call inside whatever is being traced.
    const call = this.call;
    const value = (inputs: I, context?: CallContext): O =>
      context === undefined ? (this.#applyTo(inputs, {}) as unknown as O) : call.call(this, inputs, context);
    Object.defineProperty(this, "call", { value, configurable: true, writable: true });
  }

  /** Makes the weights for inputs of these shapes (`null` is the batch). Override it; layers without weights need not. */
  build(_inputShapes: readonly Shape[]): void {}

  /**
   * The computation. Runs whenever a graph is made, never on data. Whoever overrides it is always given a context; a
   * call without one is the same as {@link apply}.
   */
  abstract call(inputs: I, context?: CallContext): O;

  /** Masks of the outputs (one, or a list) for those of the inputs, in order. Here: the same ones. */
  computeMask(_inputs: Inputs, masks: readonly Mask[]): Mask | readonly Mask[] {
    return masks;
  }

  /** The config as Keras writes it. @param _style how layers inside are written */
  getConfig(_style: ConfigStyle = "keras"): Record<string, Json> {
    return this.commonConfig();
  }

  /**
   * The layer that a Keras config describes. Here: a call of the constructor with the config as one options object, in
   * our spelling. Override it together with `getConfig` where the constructor wants something else.
   */
  static fromConfig(config: Config, reading: LayerReading): AnyLayer {
    // biome-ignore lint/complexity/noThisInStatic: a subclass is made by its own constructor
    return new (this as unknown as new (options: object) => AnyLayer)(optionsOfConfig(config, reading));
  }

  /**
   * Makes the weights for what a file says of their build, where no call of the file does: for models with a call.
   * @internal
   */
  buildFromConfig(_config: Config): void {}

  /** Layers inside this one. */
  get sublayers(): readonly Layer[] {
    return layersAmong(Object.values(this), (value): value is AnyLayer => value instanceof Layer);
  }

  /**
   * For models used as layers: which kind, since files write the two differently.
   * @internal
   */
  get networkKind(): "functional" | "sequential" | null {
    return null;
  }

  /**
   * What of it is computed on the host, before the graph; null where all is in the graph.
   * @internal
   */
  get hostStage(): HostStage | null {
    return null;
  }

  /**
   * The dtype of what it takes, where a model does not say it.
   * @internal
   */
  get naturalDType(): DType {
    return "float32";
  }

  /** The {@link LayerTraits} of the class, as all getters below; override one where it depends on options. */
  get inputSpecs(): readonly InputSpec[] | null {
    return traitsOf(this.constructor).inputSpecs ?? null;
  }

  get castsToFloat(): boolean {
    return traitsOf(this.constructor).castsToFloat ?? false;
  }

  get supportsMasking(): boolean {
    return traitsOf(this.constructor).supportsMasking ?? false;
  }

  get takesMask(): boolean {
    return traitsOf(this.constructor).takesMask ?? this.networkKind !== null;
  }

  get takesMasksAway(): boolean {
    return traitsOf(this.constructor).takesMasksAway ?? false;
  }

  get parameters(): readonly string[] | null {
    return traitsOf(this.constructor).parameters ?? null;
  }

  get callOptions(): readonly string[] {
    return traitsOf(this.constructor).callOptions ?? [];
  }

  /**
   * How inputs and outputs are grouped: models may have them by name.
   * @internal
   */
  get form(): CallForm {
    return ROW;
  }

  /**
   * Adds this layer to a network: the tensor (or list) that it gives for these. Builds it at the first call. On values of
   * a graph, as `call` and `trainStep` have them, it computes at once, inside the call that is being traced; outside of
   * all, as in prediction.
   * @throws {ShapeError} when the layer cannot take tensors of these shapes
   * @throws {StateError} when the layer that is being called does not have this one as a part
   */
  apply(inputs: SymbolicOf<I>, options?: CallOptions): SymbolicOf<O>;
  apply(inputs: I, options?: CallValues): O;
  apply(inputs: I | SymbolicOf<I>, options: CallOptions | CallValues = {}): O | SymbolicOf<O> {
    const row = this.form.inward(inputs);
    if (areValues(row)) return this.#applyTo(row, options as CallValues) as unknown as O;
    const result = this.#applySymbolically(
      row as KerasTensor | readonly KerasTensor[],
      options as CallOptions,
      namesIn(inputs, row),
    );
    return this.form.outward(result) as SymbolicOf<O>;
  }

  #applyTo(given: unknown, options: CallValues): Inputs {
    const inputs = this.form.inward(given);
    if (!areValues(inputs)) throw notALayerInput(this, inputs);
    checkCallOptions(this, options as CallOptions);
    const context = currentContext() ?? outsideContext(this, inputs);
    const masks = valuesOf(inputs).map((input) => context.maskOf(input));
    return this.form.outward(context.applyMasked(this, inputs, masks, options).outputs) as Inputs;
  }

  #applySymbolically(
    inputs: KerasTensor | readonly KerasTensor[],
    options: CallOptions,
    names: readonly string[] | null,
  ): KerasTensor | readonly KerasTensor[] {
    const list: unknown = inputs instanceof KerasTensor ? [inputs] : Array.isArray(inputs) ? [...inputs] : inputs;
    if (!Array.isArray(list) || list.length === 0 || !list.every((input) => input instanceof KerasTensor)) {
      throw notALayerInput(this, inputs);
    }
    checkCallOptions(this, options);
    const outputs = inferOutputs(this, inputs, options);
    return this.addNode(inputs, options, outputs, names).result;
  }

  /**
   * Notes a call; `apply` does it for you.
   * @internal
   */
  addNode(
    inputs: KerasTensor | readonly KerasTensor[],
    options: CallOptions,
    outputs: OutputType | readonly OutputType[],
    names: readonly string[] | null = null,
  ): Node {
    const node = new Node(this, this.#nodes.length, inputs, options, outputs, names);
    this.#nodes.push(node);
    return node;
  }

  /** The calls on Keras tensors so far. */
  get inboundNodes(): readonly Node[] {
    return this.#nodes;
  }

  /** What the first call of the layer took. */
  get input(): SymbolicOf<I> {
    const node = this.#firstNode("input");
    return (node.takesList ? node.operands : node.operands[0]!) as SymbolicOf<I>;
  }

  /** What the first call of the layer gave. */
  get output(): SymbolicOf<O> {
    return this.#firstNode("output").result as SymbolicOf<O>;
  }

  #firstNode(property: string): Node {
    const [first] = this.#nodes;
    if (first !== undefined) return first;
    throw notApplied(this, property);
  }
}

function areValues(inputs: unknown): inputs is Inputs {
  return isValue(inputs) || (Array.isArray(inputs) && inputs.length > 0 && inputs.every(isValue));
}

/** The names of what was given by name, in the order of its row; null for what was not. */
function namesIn(given: unknown, row: unknown): readonly string[] | null {
  if (!isPlainObject(given) || !Object.values(given).every(isKerasTensor)) return null;
  const left = new Set(Object.keys(given));
  return (Array.isArray(row) ? row : [row]).map((tensor) => {
    const name = [...left].find((key) => given[key] === tensor)!;
    left.delete(name);
    return name;
  });
}

/** The layer whose call it is. */
export function layerOf({ layer }: Node): Layer {
  return layer as AnyLayer;
}
