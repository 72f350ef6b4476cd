export * from "./catalogue.js";
export type { ConditionCountOptions } from "./condition-count.js";
export type { CorrelationOptions } from "./correlation.js";
export { deserialize, get, type MetricIdentifier, type MetricName, register, resolve, serialize } from "./get.js";
export { MeanOfValues } from "./mean-base.js";
export type { MetricFunction } from "./mean-metric-wrapper.js";
export {
  type Direction,
  Metric,
  type MetricContext,
  type MetricOptions,
  type MetricResult,
  metricFields,
} from "./metric.js";
export type { RatioOptions } from "./positive-ratio.js";
