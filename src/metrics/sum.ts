import { StateError } from "../core/errors.js";
import type { Fields } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { DataUpdates, type MetricData } from "./data-updates.js";
import { type Direction, Metric, type MetricContext, type MetricOptions, metricFields } from "./metric.js";
import { samplewise } from "./samplewise.js";
import { plus, wholeSum } from "./whole.js";

/** The weighted sum of values, fed to {@link accumulate}. It compares nothing, so `compile` cannot use it. */
export class Sum extends Metric {
  static override readonly className: string = "Sum";
  static readonly fields: Fields<MetricOptions> = metricFields("sum");
  readonly direction: Direction = null;
  #data: DataUpdates | null = null;
  readonly #total: Variable = this.addVariable("total", []);

  accumulate(values: Value, sampleWeight: Value | null): Map<Variable, Value> {
    return new Map([plus(this.#total, wholeSum(samplewise(values, sampleWeight, "sum").values))]);
  }

  /** Adds data: `await metric.updateState(losses, sampleWeight)`. */
  override async updateState(values: MetricData, sampleWeight: MetricData | null = null): Promise<void> {
    this.#data ??= new DataUpdates(`updateState of ${this.name}`, ([values], weight) =>
      this.accumulate(values!, weight),
    );
    await this.#data.add([values], sampleWeight);
  }

  /** @throws {StateError} always */
  update(_yTrue: Value, _yPred: Value, _sampleWeight: Value | null, _context: MetricContext): Map<Variable, Value> {
    throw new StateError({
      code: "metric-compares-nothing",
      what: `${this.name}: Sum adds values up, it does not compare labels with predictions`,
      fix: "Use a metric that does, or new MeanMetricWrapper({ fn }) with a function of both",
    });
  }

  result(): number {
    return this.#total.read().item();
  }
}
