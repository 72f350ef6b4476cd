import type { Config } from "../core/parts.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { Value } from "../graph/value.js";
import type { Ends, SymbolicOf, ValuesOf } from "../layers/base/ends.js";
import type { InputSpec } from "../layers/base/input-spec.js";
import type { KerasTensor, OutputType } from "../layers/base/keras-tensor.js";
import { type AnyLayer, type ConfigStyle, Layer, type LayerReading } from "../layers/base/layer.js";
import { optionsOfConfig } from "../layers/options/layer-options.js";
import { type Class, findLayer } from "./find-layer.js";
import { functionalConfig } from "./functional-config.js";
import { rebuildFunctional } from "./functional-from-config.js";
import type { HostPart } from "./host-part.js";
import { Network, type NetworkEnds } from "./network.js";
import { type Sized, type SummaryOptions, summarize } from "./summary.js";

/** A network whatever it takes and gives. */
// biome-ignore lint/suspicious/noExplicitAny: a network of several inputs is none of one input
export type AnyFunctional = Functional<any, any>;

/**
 * A graph of layers between inputs and outputs; itself a layer. `I` and `O` are what it takes and gives, one tensor each
 * unless it is made otherwise.
 */
export class Functional<const I extends Ends = Value, const O extends Ends = Value> extends Network<I, O> {
  static override readonly className: string = "Functional";

  get inputs(): readonly KerasTensor[] {
    return this.topology.inputs;
  }

  get outputs(): readonly KerasTensor[] {
    return this.traced?.topology.outputs ?? this.topology.outputs;
  }

  /**
   * The inputs that data must fit: those of a graph. A call of the model's own takes what comes, and is traced anew.
   * @internal
   */
  get fixedInputs(): readonly KerasTensor[] | null {
    return this.graph?.topology.inputs ?? null;
  }

  /**
   * The part of the graph of layers that is computed on the host; null where there is none.
   * @internal
   */
  get hostPart(): HostPart | null {
    return this.hasOwnCall ? null : (this.graph?.hostPart ?? null);
  }

  /** @internal */
  override get hostStage(): HostPart | null {
    return this.hostPart;
  }

  /**
   * Types of what the graph is fed with: those of the inputs, or of what the host part gives for them.
   * @internal
   */
  get fedTypes(): readonly OutputType[] | null {
    return this.hostPart?.feeds.map(({ type }) => type) ?? this.fixedInputs;
  }

  /** Names of the inputs, in order. */
  get inputNames(): readonly string[] {
    if (this.graph === null && this.traced !== null) return this.traced.inputNames;
    return this.inputs.map(({ node }) => node.layer.name);
  }

  /**
   * Names of the layers that the outputs come from, in order, as far as a graph says.
   * @internal
   */
  get layerNamesOfOutputs(): readonly string[] {
    const inGraph = this.graph?.topology.outputs ?? [];
    return inGraph.length === this.outputs.length ? inGraph.map(({ node }) => node.layer.name) : this.outputNames;
  }

  /** Names of the layers that the outputs come from, in order; for a call of the model's own, those in what it gives. */
  get outputNames(): readonly string[] {
    const { outputs } = this;
    const inGraph = this.graph?.topology.outputs ?? [];
    if (inGraph.length === outputs.length) return inGraph.map(({ node }) => node.layer.name);
    return this.traced!.outputNames;
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

  /** What the model takes, grouped as it was given. */
  override get input(): SymbolicOf<ValuesOf<I>> {
    return this.wired ? (this.grouping.inputs as SymbolicOf<ValuesOf<I>>) : super.input;
  }

  /** What the model gives, grouped as it was given. */
  override get output(): SymbolicOf<ValuesOf<O>> {
    return this.wired ? (this.grouping.outputs as SymbolicOf<ValuesOf<O>>) : super.output;
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
    // Of what a host part takes, it says itself what fits.
    if (this.graph === null || this.hostPart !== null) return null;
    return this.inputs.map(({ shape }) => ({ rank: shape.length, axes: knownAxes(shape) }));
  }

  /** The architecture as Keras writes it. */
  override getConfig(style?: ConfigStyle): Record<string, Json> {
    const { name, trainable, graph } = this;
    if (graph === null) return super.getConfig(style);
    return functionalConfig({ name, trainable, topology: graph.topology, grouping: graph }, style);
  }

  /** The network that a config of any Keras describes; `reading` finds classes of layers. */
  static override fromConfig(config: Config, reading: LayerReading): AnyFunctional {
    // A class with a call of its own and no constructor has nothing but what every layer has.
    // biome-ignore lint/complexity/noThisInStatic: a subclass is made by its own constructor
    if (!Object.hasOwn(config, "layers") && this.prototype.call !== Functional.prototype.call) {
      // biome-ignore lint/complexity/noThisInStatic: a subclass is made by its own constructor
      const cls = this as unknown as new (options: object) => AnyFunctional;
      return new cls(optionsOfConfig(config, reading));
    }
    const { inputs, outputs, name, trainable } = rebuildFunctional(config, reading);
    const ends = { inputs: inputs as NetworkEnds<Ends>, outputs: outputs as NetworkEnds<Ends> };
    return new this<Ends, Ends>(ends.inputs, ends.outputs, { name, trainable });
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
}

function knownAxes(shape: Shape): Record<number, number> {
  const axes: Record<number, number> = {};
  shape.forEach((dim, axis) => {
    if (axis > 0 && dim !== null) axes[axis] = dim;
  });
  return axes;
}
