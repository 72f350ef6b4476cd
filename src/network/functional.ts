import { OptionError, StateError } from "../core/errors.js";
import { type Fields, resolveOptions } from "../core/options.js";
import { type Config, classNameOf } from "../core/parts.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import { isPlainObject, valueText } from "../core/value-text.js";
import type { Value } from "../graph/value.js";
import type { CallContext } from "../layers/base/call-context.js";
import { type Structure, structureOf } from "../layers/base/call-form.js";
import { presentContext } from "../layers/base/current-context.js";
import type { Ends, SymbolicOf, ValuesOf } from "../layers/base/ends.js";
import type { InputSpec } from "../layers/base/input-spec.js";
import { type Inputs, valuesOf } from "../layers/base/inputs.js";
import { flattenTensors, KerasTensor, type OutputType, type Tensors } from "../layers/base/keras-tensor.js";
import { type AnyLayer, type ConfigStyle, Layer, type LayerReading } from "../layers/base/layer.js";
import { type LayerOptions, layerFields } from "../layers/options/layer-options.js";
import { type Class, findLayer } from "./find-layer.js";
import { functionalConfig } from "./functional-config.js";
import { rebuildFunctional } from "./functional-from-config.js";
import { fromIntermediate } from "./intermediate.js";
import { ModelForm } from "./model-form.js";
import { runTopology } from "./run.js";
import { type Sized, type SummaryOptions, summarize } from "./summary.js";
import { type Grouping, mapTopology, type Topology } from "./topology.js";
import { addedLater, noCall, notShapes, placeholders, reservedField, type Traced, traceCall } from "./traced.js";

/**
 * Name and freezing of a model. As in Keras, `trainable: false` here holds for the model as a whole and leaves the flags of
 * its layers alone; setting `model.trainable = false` sets them all.
 */
export type NetworkOptions = Pick<LayerOptions, "name" | "trainable" | "dtype">;

const FIELDS: Fields<NetworkOptions> = {
  name: layerFields.name,
  trainable: layerFields.trainable,
  dtype: layerFields.dtype,
};

/** A network whatever it takes and gives. */
// biome-ignore lint/suspicious/noExplicitAny: a network of several inputs is none of one input
export type AnyFunctional = Functional<any, any>;

/** The tensors that the inputs or the outputs of a network may be made of; of which kind they are is `T`, if not said. */
export type NetworkEnds<T> = (T & Tensors) | SymbolicOf<T>;

/**
 * A graph of layers between inputs and outputs; itself a layer. `I` and `O` are what it takes and gives, one tensor each
 * unless it is made otherwise.
 */
export class Functional<const I extends Ends = Value, const O extends Ends = Value> extends Layer<
  ValuesOf<I>,
  ValuesOf<O>
> {
  static override readonly className: string = "Functional";

  /** The graph of layers; null for a class with a call of its own, and before it is known. */
  #topology: Topology | null = null;
  #grouping: Grouping | null = null;
  /** What a call of a user's takes and gives, once it has run. */
  #traced: Traced | null = null;
  #parts: readonly AnyLayer[] = [];
  #whenWired: (() => void) | null = null;
  readonly #form: ModelForm;
  readonly #buildWeights: (shapes: readonly Shape[]) => void;

  /**
   * @param inputs what `Input()` gave (or tensors in the middle of another network): one, a list or a record by name
   * @param outputs what layers gave for them; null makes a network that is wired later
   */
  constructor(inputs: NetworkEnds<I> | null, outputs: NetworkEnds<O> | null, options?: NetworkOptions) {
    super(resolveOptions(classNameOf(new.target).replace("Functional", "Model"), FIELDS, options));
    const self = this as AnyFunctional;
    this.#form = new ModelForm({
      get label() {
        return self.label;
      },
      get hasOwnCall() {
        return self.hasOwnCall;
      },
      get ownsForm() {
        return self.hasOwnCall && self.#topology === null;
      },
      get graphNames() {
        return self.#topology === null ? null : self.#topology.inputs.map(({ node }) => node.layer.name);
      },
    });
    this.#buildWeights = this.build as (shapes: readonly Shape[]) => void;
    Object.defineProperty(this, "build", {
      value: (shapes: unknown) => this.#buildFrom(shapes),
      configurable: true,
      writable: true,
    });
    if (inputs !== null && outputs !== null) this.rewire({ inputs, outputs });
  }

  /**
   * Sets, replaces or (null) drops the graph. For models that grow, such as Sequential.
   * @internal
   */
  rewire(grouping: Grouping | null): void {
    this.#grouping = null;
    this.#topology = null;
    if (grouping === null) return;
    checkTensors(this, "inputs", grouping.inputs);
    checkTensors(this, "outputs", grouping.outputs);
    const own = fromIntermediate(this.label, grouping);
    this.#topology = mapTopology(this.label, flattenTensors(own.inputs), flattenTensors(own.outputs));
    this.#grouping = own;
    this.#form.fix(own.inputs);
    this.#nowWired();
  }

  #nowWired(): void {
    try {
      this.#whenWired?.();
    } catch (error) {
      // What had to happen did not: the network is not ready, and says so again.
      this.#topology = null;
      this.#grouping = null;
      this.#traced = null;
      throw error;
    }
    this.#whenWired = null;
  }

  /** @internal */
  override get form(): ModelForm {
    return this.#form;
  }

  /**
   * Runs `action` as soon as the network is wired: now, or when the shape of its input is known.
   * @internal
   */
  onceWired(action: () => void): void {
    if (this.wired) action();
    else this.#whenWired = action;
  }

  /**
   * Whether inputs and outputs are known.
   * @internal
   */
  get wired(): boolean {
    return this.#topology !== null || this.#traced !== null;
  }

  /** @internal */
  get topology(): Topology {
    const topology = this.#topology ?? this.#traced?.topology;
    if (topology === undefined) throw this.#notWired();
    return topology;
  }

  /** @internal */
  get grouping(): Grouping {
    if (this.#topology !== null && this.hasOwnCall) return this.#ownEnds().grouping;
    void this.topology;
    return this.#grouping ?? this.#traced!.grouping;
  }

  /** Null for a class whose call is its own: files have it as a layer that holds others. @internal */
  override get networkKind(): "functional" | "sequential" | null {
    return this.#topology !== null || !this.hasOwnCall ? "functional" : null;
  }

  /** Whether all weights exist. */
  override get built(): boolean {
    if (this.#topology !== null) return true;
    if (this.hasOwnCall) return this.#form.calledFor !== null;
    const { sublayers } = this;
    return sublayers.length > 0 && sublayers.every(({ built }) => built);
  }

  /** @internal */
  override get buildShapes(): readonly Shape[] | null {
    return this.#topology === null && this.hasOwnCall ? this.#form.calledFor : super.buildShapes;
  }

  /**
   * All layers in Keras's order, the order of weights and files: for a graph, input layers among them; else those in the
   * properties of the model, as they were set.
   */
  get layers(): readonly Layer[] {
    if (this.#topology !== null) return this.#topology.layers;
    if (!this.hasOwnCall && this.isCallable) throw this.#notWired();
    return super.sublayers;
  }

  override get sublayers(): readonly Layer[] {
    const own = super.sublayers;
    return [...new Set([...(this.#topology?.layers ?? []), ...own])];
  }

  get inputs(): readonly KerasTensor[] {
    return this.topology.inputs;
  }

  get outputs(): readonly KerasTensor[] {
    if (this.#topology !== null && this.hasOwnCall) return this.#ownEnds().topology.outputs;
    return this.topology.outputs;
  }

  /** Names of the inputs, in order. */
  get inputNames(): readonly string[] {
    return this.#traced !== null && this.#topology === null
      ? this.#traced.inputNames
      : this.inputs.map(({ node }) => node.layer.name);
  }

  /** Names of the layers that the outputs come from, in order; for a call of the model's own, those in what it gives. */
  get outputNames(): readonly string[] {
    const { outputs } = this;
    const inGraph = this.#topology?.outputs ?? [];
    if (inGraph.length === outputs.length) return inGraph.map(({ node }) => node.layer.name);
    return this.#traced!.outputNames;
  }

  /** What a class computes that has both a graph and a call, which may give something else than the graph. */
  #ownEnds(): Traced {
    this.#traced ??= traceCall(this as AnyFunctional, this.#grouping!.inputs);
    return this.#traced;
  }

  /** @internal */
  override get knownInputShape(): Shape | null {
    return this.wired && this.inputs.length === 1 ? this.inputs[0]!.shape : super.knownInputShape;
  }

  get inputShape(): Shape | readonly Shape[] {
    const shapes = this.inputs.map(({ shape }) => shape);
    return shapes.length === 1 ? shapes[0]! : shapes;
  }

  get outputShape(): Shape | readonly Shape[] {
    const shapes = this.outputs.map(({ shape }) => shape);
    return shapes.length === 1 ? shapes[0]! : shapes;
  }

  /** What the model takes: one tensor, or the list. */
  override get input(): SymbolicOf<ValuesOf<I>> {
    return this.wired ? (asCalled(this.grouping.inputs) as SymbolicOf<ValuesOf<I>>) : super.input;
  }

  /** What the model gives: one tensor, or the list. */
  override get output(): SymbolicOf<ValuesOf<O>> {
    return this.wired ? (asCalled(this.grouping.outputs) as SymbolicOf<ValuesOf<O>>) : super.output;
  }

  /**
   * @param cls the layer's class, for its weights and options as types: `getLayer("out", layers.Dense).kernel`
   * @throws {OptionError} with the nearest name when there is no such layer, or when it is of another class
   */
  getLayer(nameOrIndex: string | number): Layer;
  getLayer<L extends AnyLayer>(nameOrIndex: string | number, cls: Class<L>): L;
  getLayer(nameOrIndex: string | number, cls: Class<AnyLayer> = Layer): AnyLayer {
    return findLayer(this as AnyFunctional, nameOrIndex, cls);
  }

  override get inputSpecs(): readonly InputSpec[] | null {
    if (this.#topology === null) return null;
    return this.inputs.map(({ shape }) => ({ rank: shape.length, axes: knownAxes(shape) }));
  }

  /** @internal */
  override ensureBuilt(shapes: readonly Shape[]): void {
    if (this.#topology !== null) return;
    if (!this.hasOwnCall) this.build(shapes);
    else if (super.buildShapes === null) this.#buildWeights(shapes);
  }

  /**
   * Builds a model with a call of its own for inputs of these shapes and dtypes: runs the call, without data.
   * @internal
   */
  trace(structure: Structure, types: readonly OutputType[]): void {
    if (!this.hasOwnCall || this.#topology !== null) return;
    for (const name of Object.keys(this)) if (isReserved(this, name)) throw reservedField(this as AnyFunctional, name);
    const self = this as AnyFunctional;
    this.#form.expect(structure);
    const traced = traceCall(self, placeholders(structure, types));
    if (this.#traced !== null) return;
    this.#parts = super.sublayers;
    this.#traced = traced;
    this.#nowWired();
  }

  /** @throws {StateError} when layers came to the model after it was built */
  checkParts(): void {
    if (this.#traced === null || this.#topology !== null) return;
    const known = new Set(this.#parts);
    const added = super.sublayers.find((layer) => !known.has(layer));
    if (added !== undefined) throw addedLater(this as AnyFunctional, added);
  }

  /** @throws {StateError} when there are no weights yet */
  requireBuilt(): void {
    this.checkParts();
    if (!this.built || (this.isCallable && !this.wired)) throw this.#notWired();
  }

  #buildFrom(given: unknown): void {
    if (this.#topology !== null || !this.hasOwnCall) {
      this.#buildWeights(given as readonly Shape[]);
      return;
    }
    const found = structureOf(given, isShape);
    if (found === undefined) throw notShapes(this as AnyFunctional, given);
    const { structure, row } = found;
    const shapes = structure.kind === "one" ? [row as Shape] : (row as readonly Shape[]);
    this.trace(
      structure,
      shapes.map((shape) => ({ shape, dtype: "float32" })),
    );
  }

  override call(inputs: ValuesOf<I>, context: CallContext = presentContext()): ValuesOf<O> {
    if (this.#topology === null) throw this.#notWired();
    const { outputs, masks } = runTopology(this.#topology, valuesOf(inputs as Inputs), context);
    context.setMasks(masks);
    const single = outputs.length === 1 && this.#grouping?.outputs instanceof KerasTensor;
    return (single ? outputs[0]! : outputs) as ValuesOf<O>;
  }

  /** The architecture as Keras writes it. */
  override getConfig(style?: ConfigStyle): Record<string, Json> {
    if (this.#topology === null) return super.getConfig(style);
    const { name, trainable } = this;
    return functionalConfig({ name, trainable, topology: this.#topology, grouping: this.#grouping! }, style);
  }

  /** The network that a config of any Keras describes; `reading` finds classes of layers. */
  static override fromConfig(config: Config, reading: LayerReading): AnyFunctional {
    const { inputs, outputs, name, trainable } = rebuildFunctional(config, reading);
    return new this<Ends, Ends>(inputs, outputs, { name, trainable });
  }

  /**
   * Variables that the summary also counts: those of a model's optimizer, once they exist.
   * @internal
   */
  protected get optimizerSizes(): readonly Sized[] | null {
    return null;
  }

  /** Prints Keras's table of layers, shapes and parameters (through `printFn`) and returns it. */
  summary(options?: SummaryOptions): string {
    return summarize(this as AnyFunctional, this.optimizerSizes, options);
  }

  /** Only a Sequential knows how to wire itself. @throws {StateError} */
  override build(_shapes: Shape | readonly Shape[]): void {
    if (!this.wired && !this.hasOwnCall) throw this.#notWired();
  }

  /**
   * Whether there is anything to call: a graph, layers that become one, or a call of its own.
   * @internal
   */
  get isCallable(): boolean {
    return this.wired || this.networkKind === "sequential" || this.hasOwnCall;
  }

  /**
   * Whether the class has a call of its own.
   * @internal
   */
  get hasOwnCall(): boolean {
    // Each layer has a `call` of its own, which fills in the context; the class's is the one to look at.
    const { call } = Object.getPrototypeOf(this) as AnyFunctional;
    return call !== Functional.prototype.call;
  }

  #notWired(): StateError {
    if (!this.isCallable) return noCall(this as AnyFunctional);
    const [what, fix] = this.hasOwnCall
      ? [
          "is not built: nobody knows yet what it takes",
          "Call build([null, ...shape]), or give it data first: fit, evaluate or predict",
        ]
      : [
          "is not built: the shape of its input is not known yet",
          "Give the first layer an inputShape, start with Input({ shape }), or call build([null, ...shape])",
        ];
    return new StateError({ code: "not-built", what: `${this.label} ${what}`, fix, data: { layer: this.name } });
  }
}

/** Tensors as a call takes or gives them: a record is a list. */
function asCalled(tensors: Tensors): KerasTensor | readonly KerasTensor[] {
  return tensors instanceof KerasTensor ? tensors : flattenTensors(tensors);
}

const isShape = (value: unknown): value is Shape =>
  Array.isArray(value) && value.length > 0 && value.every((dim) => dim === null || Number.isInteger(dim));

/** What the model itself has as properties. */
const OWN_FIELDS = new Set(["stopTraining", "history"]);

function isReserved(model: object, name: string): boolean {
  return !OWN_FIELDS.has(name) && name in Object.getPrototypeOf(model);
}

function knownAxes(shape: Shape): Record<number, number> {
  const axes: Record<number, number> = {};
  shape.forEach((dim, axis) => {
    if (axis > 0 && dim !== null) axes[axis] = dim;
  });
  return axes;
}

function checkTensors(network: AnyLayer, what: string, tensors: Tensors): void {
  // Copied, so that holes of sparse arrays are seen.
  const list: unknown[] = typeof tensors === "object" && tensors !== null ? [...flattenTensors(tensors)] : [tensors];
  const wrong = list.findIndex((tensor) => !(tensor instanceof KerasTensor));
  if (list.length > 0 && wrong < 0) return;
  throw new OptionError({
    code: "not-a-keras-tensor",
    what: `The ${what} of ${network.label} must be what Input() or a layer's apply() gives`,
    received: list.length === 0 ? "nothing" : valueText(list[wrong]),
    expected: "one tensor, a list, or an object by name",
    fix: "Wire the layers with layer.apply(tensor)",
  });
}
