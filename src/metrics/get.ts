import type { ClassNames, RegisteredName } from "../core/class-names.js";
import { unknownName } from "../core/errors.js";
import {
  type AnyPartClass,
  builtInClasses,
  type Config,
  deserializePart,
  getPart,
  isConfig,
  type PartKind,
  type SerializedPart,
  serializePart,
} from "../core/parts.js";
import { Registry } from "../core/registry.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
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

const registered = new Registry<AnyPartClass<Metric>>("metric");
const kind: PartKind<Metric> = {
  kind: "metric",
  module: "keras.metrics",
  builtIn: builtInClasses<Metric>(Metric, catalogue, ALIASES),
  registered,
};

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
  if (typeof identifier === "function") return new MeanMetricWrapper({ fn: identifier as MetricFunction });
  if (typeof identifier !== "string") {
    return isConfig(identifier) ? deserialize(identifier, where) : getPart(kind, Metric, identifier, where);
  }
  const cls = kind.builtIn.get(identifier) ?? registered.find(identifier);
  if (cls === undefined) throw unknownName(where, identifier, namesLike(identifier));
  const metric = new cls({});
  metric.name = identifier;
  return metric;
}

/** The names that somebody who wrote this one can have meant: those in snake case for a name in lower case. */
function namesLike(name: string): string[] {
  const known = [...kind.builtIn.keys(), ...registered.names()];
  return name === name.toLowerCase() ? known.filter((other) => other === other.toLowerCase()) : known;
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
  return serializePart(kind, metric);
}

/** The metric that a dictionary of Keras 2 or 3 describes. */
export function deserialize(json: Json, where = "metric"): Metric {
  if (!isConfig(json)) return deserializePart(kind, json, where);
  return wrapped(json, where) ?? deserializePart(kind, json, where);
}

/** Keras 2 wraps metrics that were given by name: `MeanMetricWrapper` around `{ fn: "binary_accuracy" }`. */
function wrapped(json: Config, where: string): Metric | null {
  const config = json["config"];
  if (json["class_name"] !== "MeanMetricWrapper" || !isConfig(config)) return null;
  const { fn, name } = config;
  const fnName = isConfig(fn) ? fn["config"] : fn;
  if (typeof fnName !== "string") return null;
  const metric = isConfig(fn) && !kind.builtIn.has(fnName) ? null : get(fnName, `${where}: the metric's function`);
  if (metric !== null && typeof name === "string") metric.name = name;
  return metric;
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Metric>>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}
