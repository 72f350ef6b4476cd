export * from "./catalogue.js";
export { deserialize, get, type MetricIdentifier, register, resolve, serialize } from "./get.js";
export type { MetricFunction } from "./mean-metric-wrapper.js";
export { type Direction, Metric, type MetricContext, type MetricOptions, type MetricResult } from "./metric.js";
