import type { Variable } from "../../src/engine/index.js";
import { grad, type Value } from "../../src/graph/index.js";
import { interpret } from "../../src/graph/interpreter/index.js";
import { outputMasks } from "../../src/layers/base/masks.js";
import { type AnyLayer, CallTrace, type Inputs, type Mask, rootContext, valuesOf } from "../../src/layers/index.js";
import * as ops from "../../src/ops/index.js";
import { CallLeaves, type Described, type GivenCall } from "./layer-fixture.js";

export interface LayerRun extends GivenCall {
  readonly layer: AnyLayer;
  readonly inputs: readonly Described[];
  readonly dtype?: "float32" | "int32";
  readonly training?: boolean;
  readonly seed?: number;
  readonly iteration?: number;
}

/** A layer call as a graph, with the feeds to run it. */
export class LayerGraph {
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly outputs: readonly Value[];
  readonly outputMask: Mask;
  readonly trace: CallTrace = new CallTrace();
  readonly rows: number;
  readonly #run: LayerRun;
  readonly #call: CallLeaves;
  readonly #rowCount: Value = ops.input("rows", [], "float32");

  constructor(run: LayerRun) {
    const { layer, inputs, dtype = "float32", training = false } = run;
    this.#run = run;
    this.rows = inputs[0]!.shape[0]!;
    this.inputs = inputs.map(({ shape }, i) => ops.input(`x${i}`, [-1, ...shape.slice(1)], dtype));
    this.#call = new CallLeaves(run, this.rows);
    const { options, masks } = this.#call;
    const context = rootContext(layer, { training, rows: this.#rowCount, trace: this.trace, options, masks });
    const given: Inputs = inputs.length === 1 ? this.inputs[0]! : this.inputs;
    this.outputs = valuesOf(layer.call(given, context));
    this.output = this.outputs[0]!;
    this.outputMask = outputMasks(layer, given, this.outputs, masks)[0]!;
  }

  /** Elements of tensors, in float64; `instead` replaces elements of inputs and weights. */
  compute(values: readonly Value[], instead: ReadonlyMap<Value, ArrayLike<number>> = new Map()): Float64Array[] {
    const { layer, inputs, seed = 0, iteration = 0 } = this.#run;
    const feeds = new Map<Value, ArrayLike<number> | number>([[this.#rowCount, this.rows], ...this.#call.feeds]);
    this.inputs.forEach((value, i) => {
      feeds.set(value, inputs[i]!.data);
    });
    for (const weight of layer.weights) feeds.set(weight.value, weight.data);
    for (const [value, data] of instead) feeds.set(value, data);
    const environment = { feeds, rows: this.rows, seed, iteration };
    return interpret(values, environment).map(({ data }) => data);
  }

  /** Gradients of the sum of output * coefficients. */
  gradients(coefficients: readonly number[], of: readonly Value[]): Float64Array[] {
    const factors = ops.input("coefficients", this.output.shape, "float32");
    const total = ops.sum(ops.multiply(this.output, factors));
    const values = grad(total, of);
    const { layer, inputs } = this.#run;
    const feeds = new Map<Value, ArrayLike<number> | number>([
      [this.#rowCount, this.rows],
      ...this.#call.feeds,
      [factors, coefficients],
    ]);
    this.inputs.forEach((value, i) => {
      feeds.set(value, inputs[i]!.data);
    });
    for (const weight of layer.weights) feeds.set(weight.value, weight.data);
    return interpret(values, { feeds, rows: this.rows }).map(({ data }) => data);
  }

  /** The values of a variable after the step. */
  after(variable: Variable): Value {
    return this.trace.assigned.get(variable) ?? variable.value;
  }
}
