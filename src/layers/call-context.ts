import { streamOf } from "../core/philox.js";
import type { Variable } from "../engine/variable.js";
import type { Dims, Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import type { Inputs } from "./inputs.js";
import { invoke } from "./invoke.js";
import type { Layer } from "./layer.js";
import type { CallOptions } from "./node.js";

/** What a layer's `call` may use besides its inputs and weights. */
export interface CallContext {
  readonly training: boolean;
  /** float32 scalar: rows of the whole batch, of which this graph may see only a shard. */
  readonly rows: Value;
  /** Options of this call, as given to `apply(x, options)`. */
  readonly options: CallOptions;
  /**
   * Fresh random numbers for each step, the same for the same (seed, place of the layer in its model, call, purpose,
   * iteration). "uniform" is in [0, 1), "normal" has mean 0 and deviation 1. `dims` as in {@link Dims}.
   */
  random(purpose: string, dims: Dims, distribution: "uniform" | "normal"): Value;
  /** The variable's value at this point of the step: what an earlier call assigned, else its present value. */
  read(variable: Variable): Value;
  /** The variable's value after this step. It must be the same for all shards: reduce over rows with `ops.allSum`. */
  assign(variable: Variable, value: Value): void;
  /** Adds a scalar to the loss: this shard's part of it, so that the parts of all shards add up to the whole. */
  addLoss(value: Value): void;
  /** The context for calling `layer` inside this one; counts the call. Prefer {@link apply}, which also builds. */
  child(layer: Layer, options?: CallOptions): CallContext;
  /** Calls `layer` inside this one: builds it at first use, checks and casts its inputs. */
  apply(layer: Layer, inputs: Inputs, options?: CallOptions): Inputs;
}

/** What calls leave behind while a graph is made: one for all contexts of a graph. */
export class CallTrace {
  readonly assigned: Map<Variable, Value> = new Map();
  readonly losses: Value[] = [];
  readonly #calls = new Map<string, number>();

  /** Which call of this place it is, counted from 0. */
  count(path: string): number {
    const index = this.#calls.get(path) ?? 0;
    this.#calls.set(path, index + 1);
    return index;
  }
}

/** How a graph is made. */
export interface ContextOptions {
  readonly training: boolean;
  /** float32 scalar: rows of the whole batch. */
  readonly rows: Value;
  /** Receives assignments and losses. */
  readonly trace: CallTrace;
}

class GraphContext implements CallContext {
  readonly training: boolean;
  readonly rows: Value;
  readonly options: CallOptions;
  readonly #layer: Layer;
  readonly #path: string;
  readonly #call: number;
  readonly #trace: CallTrace;
  #keys: Map<Layer, string> | null = null;

  constructor(from: ContextOptions, layer: Layer, path: string, options: CallOptions) {
    this.training = typeof options["training"] === "boolean" ? options["training"] : from.training;
    this.rows = from.rows;
    this.options = options;
    this.#layer = layer;
    this.#path = path;
    this.#trace = from.trace;
    this.#call = from.trace.count(path);
  }

  random(purpose: string, dims: Dims, distribution: "uniform" | "normal"): Value {
    return ops.random(dims, streamOf(this.#path, this.#call, purpose), distribution);
  }

  read(variable: Variable): Value {
    return this.#trace.assigned.get(variable) ?? variable.value;
  }

  assign(variable: Variable, value: Value): void {
    this.#trace.assigned.set(variable, value);
  }

  addLoss(value: Value): void {
    this.#trace.losses.push(value);
  }

  child(layer: Layer, options: CallOptions = {}): CallContext {
    this.#keys ??= new Map(placeNames(this.#layer.sublayers));
    const key = this.#keys.get(layer) ?? layer.name;
    const path = this.#path === "" ? key : `${this.#path}/${key}`;
    return new GraphContext({ training: this.training, rows: this.rows, trace: this.#trace }, layer, path, options);
  }

  apply(layer: Layer, inputs: Inputs, options?: CallOptions): Inputs {
    return invoke(layer, inputs, this.child(layer, options));
  }
}

/** The context of a model's call; its layers get theirs from it. */
export function rootContext(model: Layer, options: ContextOptions): CallContext {
  return new GraphContext(options, model, "", {});
}

/**
 * Names by place: class and how many of it came before. Unlike the layers' names they do not depend on what else the
 * process has made, so random streams do not either.
 */
function placeNames(layers: readonly Layer[]): [Layer, string][] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const count = counts.get(layer.className) ?? 0;
    counts.set(layer.className, count + 1);
    return [layer, `${layer.className}.${count}`];
  });
}
