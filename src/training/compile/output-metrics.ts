import { OptionError } from "../../core/errors.js";
import { alongStructure, type Structure } from "../../core/grouped.js";
import type { Dims } from "../../graph/value.js";
import type { Metric } from "../../metrics/index.js";
import * as metrics from "../../metrics/index.js";
import { byOutputName, isByName, type NamedOutputs, wrongCount } from "../state/per-output.js";
import type { FeedType } from "../state/signature.js";
import type { CompileArgs, MetricLike, MetricsSpec } from "./compile.js";

/** A metric of one output. */
export interface OutputMetric {
  readonly output: number;
  /** Its key in logs, e.g. "accuracy", or "digit_accuracy" with several outputs. */
  readonly key: string;
  readonly metric: Metric;
  /** Whether sample weights apply. */
  readonly weighted: boolean;
}

/**
 * The metrics given to `compile`, named as in Keras.
 * @throws {OptionError} when they do not fit the outputs, and for unknown names
 */
export function makeOutputMetrics(
  model: string,
  args: CompileArgs,
  { names: outputs, metricNames, structure }: NamedOutputs,
  predictions: readonly Dims[],
  targets: readonly (Pick<FeedType, "shape"> | null)[],
): OutputMetric[] {
  const taken = new Map<string, number>();
  const made: OutputMetric[] = [];
  const add = (option: "metrics" | "weightedMetrics", weighted: boolean): void => {
    const where = `compile of ${model}: ${option}`;
    perOutput(where, args[option], outputs, structure).forEach((list, output) => {
      for (const given of list) {
        const target = targets[output] ?? null;
        if (target === null) throw missingTarget(where, outputs[output]!);
        const metric = metrics.resolve(given, target.shape, predictions[output]!, where);
        metric.build(predictions[output]!);
        const prefix = outputs.length > 1 ? `${metricNames[output]}_` : "";
        made.push({ output, key: uniqueKey(taken, prefix, metric.name, weighted), metric, weighted });
      }
    });
  };
  add("metrics", false);
  add("weightedMetrics", true);
  return made;
}

/** A single output takes all metrics, however nested; several outputs need a list or an object of them. */
function perOutput(
  where: string,
  spec: MetricsSpec | null,
  outputs: readonly string[],
  structure: Structure | undefined,
): (readonly MetricLike[])[] {
  const asList = (entry: unknown): MetricLike[] =>
    (Array.isArray(entry) ? entry : [entry]).filter((metric) => metric !== null && metric !== undefined);
  if (spec === null || (Array.isArray(spec) && spec.length === 0)) return outputs.map(() => []);
  if (outputs.length === 1) return [Object.values(spec).flatMap(asList)];
  const isOne = (one: unknown): boolean => !isByName(one);
  const along = structure?.parts === undefined ? undefined : alongStructure(structure, spec, isOne);
  if (along !== undefined) return along.map(asList);
  if (isByName(spec)) return byOutputName(where, spec, outputs, false).map(asList);
  if (!Array.isArray(spec) || spec.length !== outputs.length) {
    throw wrongCount(where, Array.isArray(spec) ? spec.length : 1, outputs);
  }
  return (spec as readonly unknown[]).map(asList);
}

/** Makes equal names unique as Keras does: `_1`, `_2`, …; a weighted metric becomes `weighted_…` first. */
function uniqueKey(taken: Map<string, number>, prefix: string, name: string, weighted: boolean): string {
  const claim = (key: string): string | null => {
    const count = taken.get(key) ?? 0;
    taken.set(key, count + 1);
    return count === 0 ? key : null;
  };
  const plain = `${prefix}${name}`;
  const key = weighted && taken.has(plain) ? `${prefix}weighted_${name}` : plain;
  return claim(key) ?? `${key}_${taken.get(key)! - 1}`;
}

/** The error for data without the targets that a metric needs. */
export function missingTarget(where: string, output: string): OptionError {
  return new OptionError({
    code: "missing-targets",
    what: `${where}: output "${output}" has a metric, but the data has no targets for it`,
    received: "no y",
    expected: `targets for "${output}"`,
    fix: "Give targets as y",
    data: { output },
  });
}
