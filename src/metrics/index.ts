export * from "./catalogue.js";
export type { ConditionCountOptions } from "./condition-count.js";
export type { CorrelationOptions } from "./correlation.js";
export type { MetricData } from "./data-updates.js";
export {
  binaryAccuracy,
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalAccuracy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  concordanceCorrelation,
  hinge,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  pearsonCorrelation,
  poisson,
  sparseCategoricalAccuracy,
  sparseCategoricalCrossentropy,
  sparseTopKCategoricalAccuracy,
  squaredHinge,
  topKCategoricalAccuracy,
  type ValuesOfMetric,
} from "./functions.js";
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
