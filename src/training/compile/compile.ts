import { OptionError } from "../../core/errors.js";
import {
  bool,
  type Field,
  type Fields,
  int,
  oneOf,
  type Resolved,
  resolveOptions,
  wrongOption,
} from "../../core/options.js";
import { isConfig } from "../../core/parts.js";
import { isClass } from "../../core/value-text.js";
import type { LossIdentifier } from "../../losses/index.js";
import * as losses from "../../losses/index.js";
import type { MetricIdentifier } from "../../metrics/index.js";
import * as metrics from "../../metrics/index.js";
import type { Optimizer, OptimizerIdentifier } from "../../optimizers/index.js";
import * as optimizers from "../../optimizers/index.js";
import { sayNameless } from "./nameless.js";

/**
 * A loss: its name, an object, a Keras config, or a function of (yTrue, yPred) that returns the loss of each sample.
 */
export type LossLike = LossIdentifier;
/** A metric: its name, an object, a Keras config, or a function of (yTrue, yPred) whose values are averaged. */
export type MetricLike = MetricIdentifier;

/** One loss for all outputs, a list with one per output (null: none), or an object by output name. */
export type LossSpec = LossLike | readonly Spec<LossLike>[] | { readonly [output: string]: Spec<LossLike> };
export type LossWeights = number | readonly Spec<number>[] | { readonly [output: string]: Spec<number> };
/** One metric for the only output, a list (several outputs: one entry each), or an object by output name. */
export type MetricsSpec = MetricLike | readonly Spec<MetricLike>[] | { readonly [output: string]: Spec<MetricLike> };
/** One, none, or lists and objects in one another, as the outputs of a model are grouped. */
type Spec<T> = T | null | readonly Spec<T>[] | { readonly [output: string]: Spec<T> };

/** Several optimizers, by the names that a `trainStep` calls them. */
export interface OptimizersByName {
  readonly [name: string]: OptimizerIdentifier;
}

/** Options of `model.compile`, as in Keras. */
export interface CompileOptions {
  /**
   * The optimizer: its name, an object, or a Keras config. Several, by names of yours, for a `trainStep` that uses them:
   * `{ critic: "adam", generator: new optimizers.Adam({ beta1: 0.5 }) }`. Default "rmsprop".
   */
  readonly optimizer?: OptimizerIdentifier | OptimizersByName;
  /**
   * One loss for all outputs, a list with one per output, or an object by output name. Default null: none, for models
   * that only predict.
   */
  readonly loss?: LossSpec | null;
  /** Factor of each output's loss in the total. Default 1. */
  readonly lossWeights?: LossWeights | null;
  /** Metrics, unweighted: one, a list (several outputs: one entry each), or an object by output name. Default null: none. */
  readonly metrics?: MetricsSpec | null;
  /** The same, weighted by sample weights and class weights. Default null: none. */
  readonly weightedMetrics?: MetricsSpec | null;
  /** Number of batches per call of the batch hooks. Default 1. */
  readonly stepsPerExecution?: number;
  /** Has no effect here; kept for files. Default false. */
  readonly runEagerly?: boolean;
  /** Has no effect here; kept for files. Default "auto". */
  readonly jitCompile?: boolean | "auto";
  /** Has no effect here (losses are float32); kept for files. Default true. */
  readonly autoScaleLoss?: boolean;
  /** Number of contiguous parts to split a batch into; the exact bits of a training depend on it. Default "auto". */
  readonly shards?: number | "auto";
}

/** The checked arguments of `compile`, with defaults and the optimizers made. Losses and metrics stay as given. */
export type CompileArgs = Omit<Resolved<CompileOptions>, "optimizer"> & {
  /** By the names given to them; one without a name is called "". */
  readonly optimizers: ReadonlyMap<string, Optimizer>;
};

const asGiven = <T>(check: (value: unknown) => boolean, expected: string): Field<T | null> => ({
  default: null,
  parse(value, where) {
    if (value !== null && !check(value)) throw wrongOption(where, expected, value);
    return value as T | null;
  },
});

/** Levels of lists and objects, as outputs may be in one another. */
const MOST_LEVELS = 5;
/** Lists or objects of names, parts, functions and configs, in one another for several outputs; null leaves one out. */
const isMetrics = (value: unknown, depth = 0): boolean => {
  if (depth === MOST_LEVELS) return false;
  if (Array.isArray(value)) return [...value].every((item) => isMetric(item, depth + 1));
  return (
    isConfig(value) &&
    (depth === 0 || Object.keys(value).length > 0) &&
    Object.values(value).every((item) => isMetric(item, depth + 1))
  );
};
const isOneMetric = (item: unknown): boolean =>
  typeof item === "string" ||
  (typeof item === "function" && !isClass(item)) ||
  item instanceof metrics.Metric ||
  (isConfig(item) && "class_name" in item);
const isMetric = (item: unknown, depth: number): boolean =>
  item === null || isOneMetric(item) || isMetrics(item, depth);
const givenMetrics = asGiven<MetricsSpec>(
  (value) => isMetrics(value),
  "a metric, a list of metrics, or an object by output name",
);
/** A single metric is a list of one, as Keras 3 wants it in files. */
const metricsField: Field<MetricsSpec | null> = {
  ...givenMetrics,
  parse: (value, where) => givenMetrics.parse(value !== null && isOneMetric(value) ? [value] : value, where),
};

const FIELDS: Fields<CompileOptions> = {
  optimizer: { default: "rmsprop", parse: (value) => value as OptimizerIdentifier },
  loss: asGiven<LossSpec>(
    (value) => ["string", "function", "object"].includes(typeof value) && !isClass(value),
    "a loss, a list of losses, or an object by output name",
  ),
  lossWeights: asGiven<LossWeights>(
    (value) => typeof value === "number" || Array.isArray(value) || isConfig(value),
    "a number, a list of numbers, or an object by output name",
  ),
  metrics: metricsField,
  weightedMetrics: metricsField,
  stepsPerExecution: int({ min: 1 }, { default: 1 }),
  runEagerly: bool(false),
  jitCompile: {
    default: "auto",
    parse: (value, where) => (value === "auto" ? "auto" : bool(false).parse(value, where)),
  },
  autoScaleLoss: bool(true),
  shards: {
    default: "auto",
    parse: (value, where) =>
      typeof value === "string" ? oneOf(["auto"]).parse(value, where) : int({ min: 1 }).parse(value, where),
  },
};

/** Names that stand for different losses or metrics, depending on the shapes of the data. */
export const NAMED_BY_SHAPE: readonly string[] = ["accuracy", "acc", "crossentropy", "ce"];

/**
 * @param model how messages call the model, e.g. `Sequential "mnist"`
 * @throws {OptionError} for unknown options, and options of a wrong kind
 */
export function resolveCompile(model: string, options: CompileOptions | undefined): CompileArgs {
  const where = `compile of ${model}`;
  const { optimizer, ...resolved } = resolveOptions(where, FIELDS, options);
  for (const [option, part] of [
    ["loss", losses],
    ["metrics", metrics],
    ["weightedMetrics", metrics],
  ] as const) {
    for (const name of namesIn(resolved[option])) {
      if (!NAMED_BY_SHAPE.includes(name.toLowerCase())) part.get(name, `${where}: ${option}`);
    }
  }
  sayNameless(where, resolved);
  return { ...resolved, optimizers: optimizersIn(optimizer, `${where}: optimizer`) };
}

function optimizersIn(given: OptimizerIdentifier | OptimizersByName, where: string): ReadonlyMap<string, Optimizer> {
  if (!isConfig(given) || typeof given["class_name"] === "string") return new Map([["", optimizers.get(given, where)]]);
  const named = Object.entries(given).map(([name, one]) => [name, optimizers.get(one, `${where}.${name}`)] as const);
  const twice = named.find(([, optimizer], i) => named.findIndex(([, other]) => other === optimizer) < i);
  if (twice === undefined && named.length > 0 && !named.some(([name]) => name === "")) return new Map(named);
  throw new OptionError({
    code: "optimizers-by-name",
    what: twice === undefined ? `${where} names no optimizer` : `${where} gives one optimizer two names`,
    received: named.length === 0 ? "an empty object" : named.map(([name]) => `"${name}"`).join(", "),
    expected: 'one optimizer for each name, e.g. { critic: "adam", generator: "adam" }',
    fix: "Make an optimizer for each name: its moments and its count of steps belong to it",
  });
}

/** The names in a specification, to check early; what they stand for may depend on shapes known later. */
function namesIn(spec: unknown): string[] {
  if (typeof spec === "string") return [spec];
  if (Array.isArray(spec)) return spec.flatMap(namesIn);
  return isConfig(spec) && !("class_name" in spec) ? Object.values(spec).flatMap(namesIn) : [];
}
