import { charge } from "../core/budget.js";
import { uniqueName } from "../core/names.js";
import { type Fields, nullable, oneOf, type Resolved, text } from "../core/options.js";
import { classNameOf, OptionPart } from "../core/parts.js";
import { type StaticShape, sizeOf } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import { Variable } from "../engine/variable.js";
import type { Dims, Value } from "../graph/value.js";
import { DataUpdates, type MetricData } from "./data-updates.js";
import type { MetricContext } from "./metric-context.js";

export type { MetricContext } from "./metric-context.js";

/** Whether more is better; null when that depends on the use. Callbacks with `mode: "auto"` ask it. */
export type Direction = "max" | "min" | null;

/** One number, or a list with one for each threshold or class. */
export type MetricResult = number | readonly number[];

/** What every metric takes. */
export interface MetricOptions {
  /** The key in logs. Default: that of the class. */
  readonly name?: string | null;
  /** Accumulators are float32, as they are in Keras. Default null. */
  readonly dtype?: "float32";
}

/**
 * Something measured over many batches. Accumulators are variables; {@link update} says symbolically what a batch adds
 * to them (the whole batch: sums over rows go through allSum), and {@link result} works the number out on the host.
 */
export abstract class Metric<O extends MetricOptions = MetricOptions> extends OptionPart<O> {
  /** Name in files; equal to the export's name. */
  static readonly className: string;
  /** The key in logs. `compile` sets it to what the user wrote. */
  name: string = (this.options as unknown as Resolved<MetricOptions>).name ?? uniqueName(classNameOf(this.constructor));
  abstract readonly direction: Direction;
  readonly #variables: Variable[] = [];
  #data: DataUpdates | null = null;

  /**
   * The accumulators. Those of some metrics depend on shapes: {@link build} makes them, or the first {@link update}.
   */
  get variables(): readonly Variable[] {
    return this.#variables;
  }

  /**
   * Makes the accumulators that depend on shapes, once.
   * @throws {ShapeError} when the metric cannot measure predictions of this shape
   */
  build(_yPred: Dims): void {}

  /**
   * The accumulators after a batch.
   * @param sampleWeight weights of rows (or of rows' elements); a mask is a weight of zeros and ones
   * @throws {ShapeError} when the metric cannot compare these shapes
   */
  abstract update(yTrue: Value, yPred: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value>;

  /** The metric over everything since the last {@link reset}. */
  abstract result(): MetricResult;

  /**
   * Adds a batch of data, in a loop of your own: `await metric.updateState(labels, await model.predict(x))`. Inside a
   * graph, {@link update} says the same symbolically. Batches of one shape share one compiled program.
   * @param sampleWeight one weight a row (or for each element of the rows), as in `fit`. Default null: all count alike
   * @throws {ShapeError} when the metric cannot compare these shapes, or their rows differ
   */
  async updateState(yTrue: MetricData, yPred: MetricData, sampleWeight: MetricData | null = null): Promise<void> {
    this.#data ??= new DataUpdates(`updateState of ${this.name}`, ([labels, predictions], weight, context) =>
      this.update(labels!, predictions!, weight, context),
    );
    await this.#data.add([yTrue, yPred], sampleWeight);
  }

  /** Keras's name for {@link reset}. */
  resetState(): void {
    this.reset();
  }

  /** Starts anew. */
  reset(): void {
    for (const variable of this.#variables) variable.write(new Float32Array(variable.size));
  }

  override getConfig(): Record<string, Json> {
    return { ...super.getConfig(), name: this.name };
  }

  /** An accumulator of zeros. */
  protected addVariable(name: string, shape: StaticShape, dtype: "float32" | "int32" = "float32"): Variable {
    charge(`the metric "${this.name}"`, 4 * sizeOf(shape));
    const variable = new Variable({ name, path: `${this.name}/${name}`, shape, dtype, trainable: false });
    this.#variables.push(variable);
    return variable;
  }
}

/** The options that all metrics share. @param name the default; null for the class's name in snake case, numbered */
export function metricFields(name: string | null): Fields<MetricOptions> {
  return {
    name: nullable(text(), { default: name }),
    dtype: oneOf(["float32"], { default: "float32" }),
  };
}
