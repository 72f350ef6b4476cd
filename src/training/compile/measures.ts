import { sameShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import type { Dims } from "../../graph/value.js";
import type { Metric, MetricResult } from "../../metrics/index.js";
import type { Functional } from "../../network/index.js";
import type { LogKey, Logs } from "../state/logs.js";
import { namesOfOutputs } from "../state/per-output.js";
import { RunningMean } from "../state/running-mean.js";
import type { Signature } from "../state/signature.js";
import type { CompileArgs } from "./compile.js";
import { makeOutputLosses, type OutputLoss } from "./output-losses.js";
import { makeOutputMetrics, type OutputMetric } from "./output-metrics.js";

/** The losses and metrics of a compiled model, with the accumulators behind the logs. */
export class Measures {
  readonly loss: RunningMean = new RunningMean("loss");
  readonly losses: readonly OutputLoss[];
  readonly metrics: readonly OutputMetric[];

  /**
   * Losses and metrics that depend on the shape of the data ("accuracy") are chosen once, for `signature`.
   * @throws {OptionError} when the arguments of `compile` do not fit the model's outputs
   */
  constructor(network: Functional, args: CompileArgs, signature: Signature) {
    const predictions = network.outputs.map(
      ({ shape }): Dims => shape.map((dim, axis) => (axis === 0 ? -1 : (dim ?? 0))),
    );
    const { label } = network;
    const outputNames = namesOfOutputs(network);
    this.losses = makeOutputLosses(label, args, outputNames, predictions, signature);
    this.metrics = makeOutputMetrics(label, args, outputNames, predictions, signature);
  }

  /** The log keys, and whether smaller or larger is better for each. */
  get logKeys(): LogKey[] {
    const means = this.losses.flatMap(({ mean }) => (mean === null ? [] : [mean.name]));
    return [
      ...["loss", ...means].map((key): LogKey => ({ key, direction: "min", batch: true })),
      ...this.metrics.map(({ key, metric }): LogKey => ({ key, direction: metric.direction, batch: true })),
    ];
  }

  /**
   * The results since the last reset, by key in alphabetical order, as in Keras. A metric of several numbers (e.g. one
   * per threshold) has a key for each: `precision_0`, `precision_1`.
   */
  logs(): Logs {
    const entries = this.#reported().flatMap(({ key, result }) => {
      const value = result();
      if (typeof value === "number") return [[key, value] as const];
      return value.map((one, i) => [`${key}_${i}`, one] as const);
    });
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** All accumulators. */
  get variables(): readonly Variable[] {
    return this.#accumulators().map(([, variable]) => variable);
  }

  reset(): void {
    this.loss.reset();
    for (const { mean } of this.losses) mean?.reset();
    for (const { metric } of this.metrics) metric.reset();
  }

  /** Copies of all accumulators. */
  getState(): Record<string, Tensor> {
    return Object.fromEntries(this.#accumulators().map(([name, variable]) => [name, variable.read()]));
  }

  /**
   * Sets accumulators by the key, class and name of their metric or loss.
   * @returns what the user should know of accumulators without a counterpart
   */
  setState(state: Readonly<Record<string, Tensor>>): readonly string[] {
    const accumulators = this.#accumulators();
    const fits = ([name, { shape }]: [string, Variable]): boolean =>
      state[name] !== undefined && sameShape(shape, state[name].shape);
    // A metric with a missing accumulator starts anew as a whole.
    const anew = new Set(accumulators.filter((entry) => !fits(entry)).map(([name]) => ownerOf(name)));
    const known = new Set(accumulators.map(([name]) => ownerOf(name)));
    for (const [name, variable] of accumulators) if (!anew.has(ownerOf(name))) variable.write(state[name]!);
    const lost = [...new Set(Object.keys(state).map(ownerOf))].filter((owner) => !known.has(owner) || anew.has(owner));
    return [
      ...(lost.length > 0 ? [`what ${lost.join(", ")} had measured in this epoch found no such metric`] : []),
      ...(anew.size > 0
        ? [`${[...anew].join(", ")} ${anew.size === 1 ? "measures" : "measure"} the rest of this epoch alone`]
        : []),
    ];
  }

  #reported(): { key: string; kind: string; result: () => MetricResult; variables: readonly Variable[] }[] {
    const means = [this.loss, ...this.losses.flatMap(({ mean }) => (mean === null ? [] : [mean]))];
    return [
      ...means.map((mean) => ({
        key: mean.name,
        kind: "loss",
        result: () => mean.result(),
        variables: mean.variables,
      })),
      ...this.metrics.map(({ key, metric }) => ({
        key,
        kind: (metric.constructor as typeof Metric).className ?? metric.constructor.name,
        result: () => metric.result(),
        variables: metric.variables,
      })),
    ];
  }

  #accumulators(): [string, Variable][] {
    return this.#reported().flatMap(({ key, kind, variables }) =>
      variables.map((variable, i): [string, Variable] => [`${key} (${kind})/${i}`, variable]),
    );
  }
}

/** "accuracy (BinaryAccuracy)" of "accuracy (BinaryAccuracy)/0". */
function ownerOf(name: string): string {
  return name.slice(0, name.lastIndexOf("/"));
}
