import type { StateError } from "../core/errors.js";
import { ONE, type Structure } from "../core/grouped.js";
import { resolveOptions } from "../core/options.js";
import { type Config, classNameOf } from "../core/parts.js";
import type { Shape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import type { CallContext } from "../layers/base/call-context.js";
import { presentContext } from "../layers/base/current-context.js";
import type { Ends, SymbolicOf, ValuesOf } from "../layers/base/ends.js";
import { type Inputs, valuesOf } from "../layers/base/inputs.js";
import { flattenTensors, KerasTensor, type Tensors } from "../layers/base/keras-tensor.js";
import { type AnyLayer, Layer } from "../layers/base/layer.js";
import { checkTensors } from "./check-tensors.js";
import { type HostedGraph, HostPart } from "./host-part.js";
import { fromIntermediate } from "./intermediate.js";
import { ModelForm } from "./model-form.js";
import { NETWORK_FIELDS, type NetworkOptions } from "./network-options.js";
import { runTopology } from "./run.js";
import { buildStored, shapesIn } from "./stored-shapes.js";
import { type Grouping, mapTopology, type Topology } from "./topology.js";
import {
  addedLater,
  type InputType,
  noCall,
  notShapes,
  notWired,
  placeholders,
  reservedField,
  type Traced,
  traceCall,
} from "./traced.js";

// biome-ignore lint/suspicious/noExplicitAny: a network of several inputs is none of one input
type AnyNetwork = Network<any, any>;

/** The tensors that the inputs or the outputs of a network may be made of; of which kind they are is `T`, if not said. */
export type NetworkEnds<T> = (T & Tensors) | SymbolicOf<T>;

/**
 * What a network computes: a graph of layers between inputs and outputs, or the `call` of a class. Extend `Model`, not
 * this class.
 */
export abstract class Network<const I extends Ends = Value, const O extends Ends = Value> extends Layer<
  ValuesOf<I>,
  ValuesOf<O>
> {
  /** The graph of layers; null for a class with a call of its own, and before it is known. */
  #graph: HostedGraph | null = null;
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
    super(resolveOptions(classNameOf(new.target).replace("Functional", "Model"), NETWORK_FIELDS, options));
    const self = this as AnyNetwork;
    this.#form = new ModelForm({
      get label() {
        return self.label;
      },
      get hasOwnCall() {
        return self.hasOwnCall;
      },
      get ownsForm() {
        return self.hasOwnCall && self.#graph === null;
      },
      get graphNames() {
        return self.#graph === null ? null : self.#graph.topology.inputs.map(({ node }) => node.layer.name);
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
    this.#graph = null;
    if (grouping === null) return;
    checkTensors(this, "inputs", grouping.inputs);
    checkTensors(this, "outputs", grouping.outputs);
    const own = fromIntermediate(this.label, grouping);
    const topology = mapTopology(this.label, flattenTensors(own.inputs), flattenTensors(own.outputs));
    this.#graph = { ...own, topology, hostPart: HostPart.of(this.label, topology) };
    this.#form.fix(own.inputs, own.outputs);
    this.#nowWired();
  }

  #nowWired(): void {
    try {
      this.#whenWired?.();
    } catch (error) {
      // What had to happen did not: the network is not ready, and says so again.
      this.#graph = null;
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
    return this.#graph !== null || this.#traced !== null;
  }

  /** @internal */
  get topology(): Topology {
    const topology = (this.#graph ?? this.#traced)?.topology;
    if (topology === undefined) throw this.#notWired();
    return topology;
  }

  /** @internal */
  get grouping(): Grouping {
    void this.topology;
    return (this.traced?.grouping ?? this.#graph)!;
  }

  /** Null for a class whose call is its own: files have it as a layer that holds others. @internal */
  override get networkKind(): "functional" | "sequential" | null {
    return this.#graph !== null || !this.hasOwnCall ? "functional" : null;
  }

  /** Whether all weights exist. */
  override get built(): boolean {
    if (this.#graph !== null) return true;
    if (this.hasOwnCall) return this.#form.calledFor !== null;
    const { sublayers } = this;
    return sublayers.length > 0 && sublayers.every(({ built }) => built);
  }

  /** @internal */
  override get buildShapes(): readonly Shape[] | null {
    return this.#graph === null && this.hasOwnCall ? this.#form.calledFor : super.buildShapes;
  }

  /**
   * All layers in Keras's order, the order of weights and files: for a graph, input layers among them; else those in the
   * properties of the model, as they were set.
   */
  get layers(): readonly Layer[] {
    if (this.#graph !== null) return this.#graph.topology.layers;
    if (!this.hasOwnCall && this.isCallable) throw this.#notWired();
    return super.sublayers;
  }

  override get sublayers(): readonly Layer[] {
    const own = super.sublayers;
    return [...new Set([...(this.#graph?.topology.layers ?? []), ...own])];
  }

  /**
   * The graph of layers, as it was given; null for a call of a class, and before it is known.
   * @internal
   */
  get graph(): HostedGraph | null {
    return this.#graph;
  }

  /**
   * What the call of a class takes and gives; null where a graph says it. A class may have both, and its call gives
   * something else than its graph.
   * @internal
   */
  get traced(): Traced | null {
    if (this.#graph !== null && this.hasOwnCall) this.#traced ??= traceCall(this as AnyNetwork, this.#graph.inputs);
    return this.#traced;
  }

  /** @internal */
  override ensureBuilt(shapes: readonly Shape[]): void {
    if (this.#graph !== null) return;
    if (!this.hasOwnCall) this.build(shapes);
    else if (super.buildShapes === null) this.#buildWeights(shapes);
  }

  /**
   * Builds a model with a call of its own for inputs of these shapes and dtypes: runs the call, without data.
   * @internal
   */
  trace(structure: Structure, types: readonly InputType[]): void {
    if (!this.hasOwnCall || this.#graph !== null) return;
    for (const name of Object.keys(this)) if (isReserved(this, name)) throw reservedField(this as AnyNetwork, name);
    const self = this as AnyNetwork;
    this.#form.expect(structure);
    const traced = traceCall(self, placeholders(structure, types));
    if (this.#traced !== null) return;
    this.#parts = super.sublayers;
    this.#traced = traced;
    this.#nowWired();
  }

  /** @internal */
  override buildFromConfig(config: Config): void {
    if (!this.wired && this.hasOwnCall) buildStored(this, config["input_shape"]);
  }

  /** @throws {StateError} when layers came to the model after it was built */
  checkParts(): void {
    if (this.#traced === null || this.#graph !== null) return;
    const known = new Set(this.#parts);
    const added = super.sublayers.find((layer) => !known.has(layer));
    if (added !== undefined) throw addedLater(this as AnyNetwork, added);
  }

  /** @throws {StateError} when there are no weights yet */
  requireBuilt(): void {
    this.checkParts();
    if (!this.built || (this.isCallable && !this.wired)) throw this.#notWired();
  }

  #buildFrom(given: unknown): void {
    if (this.#graph !== null || !this.hasOwnCall) {
      this.#buildWeights(given as readonly Shape[]);
      return;
    }
    const found = shapesIn(given);
    if (found === undefined) throw notShapes(this as AnyNetwork, given);
    const { structure, shapes } = found;
    // As layers are built: one shape in a list is that of one input.
    this.trace(
      structure.kind === "list" && shapes.length === 1 ? ONE : structure,
      shapes.map((shape) => ({ shape, dtype: "float32" })),
    );
  }

  override call(inputs: ValuesOf<I>, context: CallContext = presentContext()): ValuesOf<O> {
    if (this.#graph === null) throw this.#notWired();
    const { topology, hostPart: host } = this.#graph;
    const row = (host === null ? this.#form.inward(inputs) : inputs) as Inputs;
    const { outputs, masks } = runTopology(topology, valuesOf(row), context, host);
    context.setMasks(masks);
    const single = outputs.length === 1 && this.#graph.outputs instanceof KerasTensor;
    return this.#form.outward<Value>(single ? outputs[0]! : outputs) as ValuesOf<O>;
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
    const { call } = Object.getPrototypeOf(this) as AnyNetwork;
    return call !== Network.prototype.call;
  }

  #notWired(): StateError {
    return this.isCallable ? notWired(this as AnyNetwork, this.hasOwnCall) : noCall(this as AnyNetwork);
  }
}

/** What the model itself has as properties. */
const OWN_FIELDS = new Set(["stopTraining", "history"]);

const isReserved = (model: object, name: string): boolean =>
  !OWN_FIELDS.has(name) && name in Object.getPrototypeOf(model);
