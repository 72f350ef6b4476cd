import { ShapeError } from "../core/errors.js";
import { type Fields, int } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Dims } from "../graph/value.js";
import { type MetricOptions, metricFields } from "./metric.js";

export interface CorrelationOptions extends MetricOptions {
  /** Along which labels and predictions are compared. Default -1. */
  readonly axis?: number;
}

export const correlationFields = (name: string): Fields<CorrelationOptions> => ({
  ...metricFields(name),
  axis: int({}, { default: -1 }),
});

/** The axis, counted from the front; rows are not compared with each other. */
export function correlationAxis(owner: string, axis: number, shape: Dims): number {
  const index = axis < 0 ? shape.length + axis : axis;
  const size = shape[index];
  if (size !== undefined && size > 0) return index;
  throw new ShapeError({
    code: "correlation-axis",
    what: `${owner} compares values of one row, so axis ${axis} of the predictions must be another than that of the rows`,
    received: `shape ${formatShape(shape)}`,
  });
}
