import type { ClassNames, RegisteredName } from "../core/class-names.js";
import { meaningless, renamed } from "../core/dialect.js";
import { PartKind } from "../core/part-kind.js";
import { type AnyPartClass, type Config, isConfig, type SerializedPart } from "../core/parts.js";
import { customFor, type Reading } from "../core/reading.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { classOfFunction, functionNamed } from "./functions.js";
import { MeanMetricWrapper, type MetricFunction } from "./mean-metric-wrapper.js";
import { Metric } from "./metric.js";

const ALIASES = {
  bce: "BinaryCrossentropy",
  BCE: "BinaryCrossentropy",
  mse: "MeanSquaredError",
  MSE: "MeanSquaredError",
  mae: "MeanAbsoluteError",
  MAE: "MeanAbsoluteError",
  mape: "MeanAbsolutePercentageError",
  MAPE: "MeanAbsolutePercentageError",
  msle: "MeanSquaredLogarithmicError",
  MSLE: "MeanSquaredLogarithmicError",
};

const kind = new PartKind<Metric>({
  kind: "metric",
  module: "keras.metrics",
  base: Metric,
  catalogue,
  aliases: ALIASES,
  wrap: (fn) => ofFunction(fn) ?? new MeanMetricWrapper({ fn: fn as MetricFunction }),
  dialect: {
    MeanMetricWrapper: { fn: renamed("fn") },
    "*": {
      fn: meaningless("the function that the class stands for"),
      __passive_serialization__: meaningless("Keras's own note"),
    },
  },
});

/** The class of one of the library's own functions; some losses are no metrics by themselves. */
function ofFunction(fn: object): Metric | undefined {
  const name = classOfFunction(fn);
  const cls = name === undefined ? undefined : kind.find(name);
  return cls === undefined ? undefined : new cls({});
}

/** The names that Keras has for metrics. Accuracy and cross-entropy are binary, sparse or categorical as the shapes are. */
export type MetricName =
  | ClassNames<keyof typeof catalogue>
  | keyof typeof ALIASES
  | "accuracy"
  | "acc"
  | "crossentropy"
  | "ce";

/** What `compile` takes: a name as in Keras (`package>Name` if registered), a metric, a function of labels and predictions, or Keras's config. */
export type MetricIdentifier = MetricName | RegisteredName | Metric | MetricFunction | { readonly [key: string]: Json };

/**
 * The metric that an identifier names. A name becomes the metric's key in logs as it was written.
 * @param where for messages, e.g. "compile.metrics[0]"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(identifier: MetricIdentifier | string, where = "metric"): Metric {
  if (isConfig(identifier)) return deserialize(identifier, where);
  return named(kind.get(identifier, where), identifier);
}

/** A metric that was given by a name is called so in logs. */
function named(metric: Metric, identifier: unknown): Metric {
  if (typeof identifier === "string") metric.name = identifier;
  return metric;
}

/**
 * Like {@link get}, where labels and predictions are known: "accuracy" and "acc" (in any case) then mean binary, sparse
 * or categorical accuracy, as Keras chooses.
 */
export function resolve(identifier: MetricIdentifier | string, yTrue: Shape, yPred: Shape, where = "metric"): Metric {
  if (typeof identifier !== "string" || !/^acc(uracy)?$/i.test(identifier)) return get(identifier, where);
  const metric = get(accuracyFor(yTrue, yPred), where);
  metric.name = identifier;
  return metric;
}

function accuracyFor(yTrue: Shape, yPred: Shape): string {
  const classes = yPred.at(-1);
  if (classes === 1) return "BinaryAccuracy";
  const isSparse = yTrue.length < yPred.length || (yTrue.at(-1) === 1 && typeof classes === "number" && classes > 1);
  return isSparse ? "SparseCategoricalAccuracy" : "CategoricalAccuracy";
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(metric: Metric): SerializedPart {
  return kind.serialize(metric);
}

/** The metric that Keras's dictionary (of any age) or a name in a file stands for. */
export function deserialize(json: Json, where = "metric", reading?: Reading): Metric {
  const wrapped = isConfig(json) ? wrappedFunction(json, where, reading) : null;
  return wrapped ?? named(kind.deserialize(json, where, reading), json);
}

/** Keras 2 wraps metrics that were given by name: `MeanMetricWrapper` around `{ fn: "binary_accuracy" }`. */
function wrappedFunction(json: Config, where: string, reading?: Reading): Metric | null {
  const config = json["config"];
  if (json["class_name"] !== "MeanMetricWrapper" || !isConfig(config)) return null;
  const { fn, name } = config;
  const fnName = isConfig(fn) ? fn["config"] : fn;
  if (typeof fnName !== "string") return null;
  // A function of Keras's or one that the user gives; else the wrapper says that no file holds functions.
  const given = reading !== undefined && customFor(reading, fnName) !== undefined;
  const own = kind.find(fnName) === undefined && !given ? functionNamed(fnName) : undefined;
  if (own !== undefined) return named(new MeanMetricWrapper({ fn: own }), name);
  if (isConfig(fn) && !given && kind.find(fnName) === undefined) return null;
  const metric = named(kind.deserialize(fnName, `${where}: the metric's function`, reading), fnName);
  return named(metric, name);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Metric>>(cls: C, packageName?: string): C {
  return kind.registered.register(cls, packageName);
}
