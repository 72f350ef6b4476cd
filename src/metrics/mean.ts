import { StateError } from "../core/errors.js";
import type { Fields } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { DataUpdates, type MetricData } from "./data-updates.js";
import { MeanBase } from "./mean-base.js";
import { type Direction, type MetricContext, type MetricOptions, metricFields } from "./metric.js";

/** The weighted mean of values, fed to {@link accumulate}. It compares nothing, so `compile` cannot use it. */
export class Mean extends MeanBase {
  static override readonly className: string = "Mean";
  static readonly fields: Fields<MetricOptions> = metricFields("mean");
  readonly direction: Direction = null;
  #data: DataUpdates | null = null;

  /** Adds data: `await metric.updateState(losses, sampleWeight)`. */
  override async updateState(values: MetricData, sampleWeight: MetricData | null = null): Promise<void> {
    this.#data ??= new DataUpdates(`updateState of ${this.name}`, ([values], weight, context) =>
      this.accumulate(values!, weight, context),
    );
    await this.#data.add([values], sampleWeight);
  }

  /** @throws {StateError} always */
  update(_yTrue: Value, _yPred: Value, _sampleWeight: Value | null, _context: MetricContext): Map<Variable, Value> {
    throw new StateError({
      code: "metric-compares-nothing",
      what: `${this.name}: Mean averages values, it does not compare labels with predictions`,
      fix: "Use a metric such as MeanAbsoluteError, or new MeanMetricWrapper({ fn }) with a function of both",
    });
  }
}
