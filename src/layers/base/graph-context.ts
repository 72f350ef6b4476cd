import type { Grouped } from "../../core/grouped.js";
import { streamOf } from "../../core/philox.js";
import { StepValues } from "../../engine/step-values.js";
import type { Variable } from "../../engine/variable.js";
import type { Dims, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import type { CallContext, CalledLayer, CallValues } from "./call-context.js";
import { type Inputs, valuesOf } from "./inputs.js";
import { invoke } from "./invoke.js";
import { notANumber, notFound } from "./layer-errors.js";
import { type Mask, type Masked, outputMasks } from "./masks.js";

/** A number for the logs, from a layer at a place in its model. */
export interface AddedMetric {
  readonly name: string;
  readonly value: Value;
  readonly path: string;
}

/** What calls leave behind while a graph is made. All contexts of a graph share one. */
export class CallTrace {
  /** New values of variables after the step. */
  readonly assigned: Map<Variable, Value> = new Map();
  readonly losses: Value[] = [];
  readonly metrics: AddedMetric[] = [];
  /** What variables hold at this point of the step. */
  readonly values: StepValues = new StepValues();
  /** Masks that came with values. */
  readonly masks: Map<Value, Mask> = new Map();
  readonly #calls = new Map<string, number>();

  /**
   * Sets a variable's value after the step. Whoever reads the variable later in the step gets it, without a gradient to
   * what it was computed from: as in Keras, an assignment is not part of what is differentiated.
   */
  assign(variable: Variable, value: Value): void {
    this.assigned.set(variable, value);
    this.values.set(variable, ops.stopGradient(value));
  }

  /** The number of this call among those at the same place, from 0. */
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
  /** Whether it is the context of a whole step, in which the model itself is called once or more. Default false. */
  readonly isStep?: boolean;
  /** Options and masks of the call. Default: none. */
  readonly options?: CallValues;
  readonly masks?: readonly Mask[];
}

/** The context of a whole model. */
export interface RootContext extends CallContext {
  /** Masks that the model's call left with its outputs; empty before. */
  readonly outputMasks: readonly Mask[];
}

/** The number of the call that a step is: no call of the model inside it has it. */
const STEP = -1;

class GraphContext implements RootContext {
  readonly training: boolean;
  readonly rows: Value;
  readonly options: CallValues;
  readonly masks: readonly Mask[];
  readonly #layer: CalledLayer;
  readonly #path: string;
  readonly #call: number;
  readonly #trace: CallTrace;
  #keys: Map<CalledLayer, string> | null = null;
  #outputMasks: readonly Mask[] | null = null;

  constructor(from: ContextOptions, layer: CalledLayer, path: string) {
    const { options = {}, masks = [] } = from;
    this.training = typeof options["training"] === "boolean" ? options["training"] : from.training;
    this.rows = from.rows;
    this.options = options;
    this.masks = masks;
    this.#layer = layer;
    this.#path = path;
    this.#trace = from.trace;
    this.#call = from.isStep === true ? STEP : from.trace.count(path);
  }

  random(purpose: string, dims: Dims, distribution: "uniform" | "normal"): Value {
    return ops.random(dims, streamOf(this.#path, this.#call, purpose), distribution);
  }

  read(variable: Variable): Value {
    return this.values.get(variable) ?? variable.value;
  }

  assign(variable: Variable, value: Value): void {
    this.#trace.assign(variable, value);
  }

  get values(): StepValues {
    return this.#trace.values;
  }

  maskOf(value: Value): Mask {
    return this.#trace.masks.get(value) ?? null;
  }

  noteMask(value: Value, mask: Mask): void {
    if (mask !== null) this.#trace.masks.set(value, mask);
    else this.#trace.masks.delete(value);
  }

  addLoss(value: Value): void {
    this.#trace.losses.push(value);
  }

  addMetric(name: string, value: Value): void {
    if (!isValue(value) || value.shape.length > 0) throw notANumber(this.#layer, name, value);
    this.#trace.metrics.push({ name, value, path: this.#path });
  }

  get outputMasks(): readonly Mask[] {
    return this.#outputMasks ?? [];
  }

  setMasks(masks: readonly Mask[]): void {
    this.#outputMasks = masks;
  }

  child(layer: CalledLayer, options: CallValues = {}): CallContext {
    return this.#child(layer, options, []);
  }

  apply<O extends Grouped<Value>>(layer: CalledLayer<O>, inputs: Grouped<Value>, options?: CallValues): O {
    const row = layer.form.inward(inputs) as Inputs;
    return layer.form.outward<Value>(this.applyMasked(layer, row, [], options).outputs) as O;
  }

  applyMasked(layer: CalledLayer, inputs: Inputs, masks: readonly Mask[], options: CallValues = {}): Masked {
    const given = options["mask"];
    const context = this.#child(layer, options, isValue(given) ? [given] : masks);
    const outputs = invoke(layer, inputs, context);
    const made = context.#outputMasks ?? outputMasks(layer, inputs, outputs, context.masks);
    valuesOf(outputs).forEach((output, i) => {
      this.noteMask(output, made[i] ?? null);
    });
    return { outputs, masks: made };
  }

  /** Layers may be made as late as in the call, so a layer that is new is looked for once more. */
  #placeOf(layer: CalledLayer): string {
    const known = this.#keys?.get(layer);
    if (known !== undefined) return known;
    this.#keys = new Map(placeNames(this.#layer.sublayers));
    const place = this.#keys.get(layer);
    if (place !== undefined) return place;
    if (!isInside(this.#layer, layer)) throw notFound(this.#layer, layer);
    return layer.name;
  }

  /** A layer that calls itself stays where it is. */
  #pathOf(layer: CalledLayer): string {
    if (layer === this.#layer) return this.#path;
    const key = this.#placeOf(layer);
    return this.#path === "" ? key : `${this.#path}/${key}`;
  }

  #child(layer: CalledLayer, options: CallValues, masks: readonly Mask[]): GraphContext {
    const path = this.#pathOf(layer);
    const { training, rows } = this;
    return new GraphContext({ training, rows, trace: this.#trace, options, masks }, layer, path);
  }
}

/** The context of a model's call; its layers get theirs from it. */
export function rootContext(model: CalledLayer, options: ContextOptions): RootContext {
  return new GraphContext(options, model, "");
}

/** Whether a layer is another one or a part of it, at any depth. */
function isInside(outer: CalledLayer, layer: CalledLayer): boolean {
  return outer === layer || outer.sublayers.some((inner) => isInside(inner, layer));
}

/**
 * Names by place: class and how many of it came before. Unlike the layers' names they do not depend on what else the
 * process has made, so random streams do not either.
 */
function placeNames(layers: readonly CalledLayer[]): [CalledLayer, string][] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const count = counts.get(layer.className) ?? 0;
    counts.set(layer.className, count + 1);
    return [layer, `${layer.className}.${count}`];
  });
}
