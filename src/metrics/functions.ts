import { snakeCase } from "../core/names.js";
import type { Value } from "../graph/value.js";
import {
  binaryFocalCrossentropy,
  categoricalFocalCrossentropy,
  huber,
  logCosh,
  classOfFunction as lossOf,
} from "../losses/functions.js";
import * as catalogue from "./catalogue.js";
import type { CorrelationOptions } from "./correlation.js";
import type { MeanOfValues } from "./mean-base.js";
import type { MetricOptions } from "./metric.js";

export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  hinge,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
} from "../losses/functions.js";

/** The values of each row that a metric is the mean of; further options are those of the class. */
export type ValuesOfMetric<O extends MetricOptions> = (
  yTrue: Value,
  yPred: Value,
  options?: Omit<O, "name" | "dtype">,
) => Value;

const classes = new WeakMap<object, string>();

/** The metric that averages what a function of this file or of the losses gives; undefined for other functions. */
export function classOfFunction(fn: object): string | undefined {
  return classes.get(fn) ?? lossOf(fn);
}

function functionOf<O extends MetricOptions>(cls: {
  new (options: O): MeanOfValues<O>;
  readonly className: string;
}): ValuesOfMetric<O> {
  const fn: ValuesOfMetric<O> = (yTrue, yPred, options) =>
    new cls((options === undefined ? {} : options) as O).values(yTrue, yPred);
  classes.set(fn, cls.className);
  // As files and logs call it.
  Object.defineProperty(fn, "name", { value: snakeCase(cls.className) });
  return fn;
}

/** @see BinaryAccuracy */
export const binaryAccuracy: ValuesOfMetric<catalogue.BinaryAccuracyOptions> = functionOf(catalogue.BinaryAccuracy);
/** @see CategoricalAccuracy */
export const categoricalAccuracy: ValuesOfMetric<MetricOptions> = functionOf(catalogue.CategoricalAccuracy);
/** @see ConcordanceCorrelation */
export const concordanceCorrelation: ValuesOfMetric<CorrelationOptions> = functionOf(catalogue.ConcordanceCorrelation);
/** @see PearsonCorrelation */
export const pearsonCorrelation: ValuesOfMetric<CorrelationOptions> = functionOf(catalogue.PearsonCorrelation);
/** @see SparseCategoricalAccuracy */
export const sparseCategoricalAccuracy: ValuesOfMetric<MetricOptions> = functionOf(catalogue.SparseCategoricalAccuracy);
/** @see SparseTopKCategoricalAccuracy */
export const sparseTopKCategoricalAccuracy: ValuesOfMetric<catalogue.SparseTopKCategoricalAccuracyOptions> = functionOf(
  catalogue.SparseTopKCategoricalAccuracy,
);
/** @see TopKCategoricalAccuracy */
export const topKCategoricalAccuracy: ValuesOfMetric<catalogue.TopKCategoricalAccuracyOptions> = functionOf(
  catalogue.TopKCategoricalAccuracy,
);

/** Losses that are no metrics by themselves, by the names that files have for them. */
const LOSSES = [binaryFocalCrossentropy, categoricalFocalCrossentropy, huber, logCosh];

/** The loss that a metric in a file averages. */
export function functionNamed(name: string): ((yTrue: Value, yPred: Value) => Value) | undefined {
  return LOSSES.find((fn) => fn.name === name);
}
