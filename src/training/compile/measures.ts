import { OptionError, StateError } from "../../core/errors.js";
import { sameShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import type { Dims } from "../../graph/value.js";
import type { Metric, MetricResult } from "../../metrics/index.js";
import type { LogKey, Logs } from "../state/logs.js";
import type { NamedOutputs } from "../state/per-output.js";
import { RunningMean } from "../state/running-mean.js";
import type { FeedType } from "../state/signature.js";
import type { CompileArgs } from "./compile.js";
import { makeOutputLosses, type OutputLoss } from "./output-losses.js";
import { makeOutputMetrics, type OutputMetric } from "./output-metrics.js";

/** The steps that logs are of: those of training, or those of an evaluation. */
export type Mode = "train" | "test";

/** What `compile` says to measure. */
export interface CompiledMeasures {
  /** How the outputs are called. */
  readonly names: readonly string[];
  readonly losses: readonly OutputLoss[];
  readonly metrics: readonly OutputMetric[];
  /** Whether the predictions are compared with the targets of the data, not with something that a step has computed. */
  readonly ofData: boolean;
}

/** The outputs that losses and metrics are about. */
export interface MeasuredOutputs extends NamedOutputs {
  readonly predictions: readonly Dims[];
  /** One entry per output; null where there are no targets. */
  readonly targets: readonly (Pick<FeedType, "shape"> | null)[];
  readonly ofData: boolean;
}

/** A number in the logs, with its accumulators. */
interface Reported {
  readonly key: string;
  /** In the names of saved accumulators. */
  readonly kind: string;
  /** What gives the number; one key has one source. */
  readonly source: unknown;
  readonly direction: LogKey["direction"];
  readonly variables: () => readonly Variable[];
  readonly result: () => MetricResult;
  readonly reset: () => void;
}

/** Everything in the logs of a compiled model, with the accumulators behind it. */
export class Measures {
  readonly #label: string;
  readonly #args: CompileArgs;
  #compiled: CompiledMeasures | null = null;
  readonly #means = new Map<string, RunningMean>();
  readonly #reported: Readonly<Record<Mode, Map<string, Reported>>> = { train: new Map(), test: new Map() };
  readonly #settled = new Set<Mode>();
  /** What {@link lossMeans} gives once it cannot change: it is asked for after each step. */
  #settledLosses: readonly RunningMean[] | null = null;

  /** @param label how messages name the model */
  constructor(label: string, args: CompileArgs) {
    this.#label = label;
    this.#args = args;
  }

  /**
   * The losses and metrics of `compile`. Those that depend on the shape of the data ("accuracy") are chosen once, for the
   * outputs given first.
   * @throws {OptionError} when the arguments of `compile` do not fit the outputs
   */
  compiledFor({ predictions, targets, ofData, ...outputs }: MeasuredOutputs): CompiledMeasures {
    this.#compiled ??= {
      names: outputs.names,
      ofData,
      losses: makeOutputLosses(this.#label, this.#args, outputs, predictions, targets),
      metrics: makeOutputMetrics(this.#label, this.#args, outputs, predictions, targets),
    };
    return this.#compiled;
  }

  get isCompiled(): boolean {
    return this.#compiled !== null;
  }

  /** What {@link compiledFor} has made; nothing before. */
  get compiled(): CompiledMeasures {
    return this.#compiled ?? { names: [], losses: [], metrics: [], ofData: false };
  }

  /**
   * The mean over batches that is logged under this name; the same one in training and in evaluations.
   * @param source what gives the number, since a name can have one only
   * @param direction whether smaller or larger is better; null: the user has to say it
   * @throws {OptionError} when something else is logged under it
   */
  mean(mode: Mode, key: string, source: unknown, direction: LogKey["direction"]): RunningMean {
    let mean = this.#means.get(key);
    if (mean === undefined) this.#means.set(key, (mean = new RunningMean(key)));
    const { variables } = mean;
    this.#report(mode, {
      key,
      kind: "loss",
      source,
      direction,
      variables: () => variables,
      result: () => mean.result(),
      reset: () => mean.reset(),
    });
    return mean;
  }

  /** Logs a metric under a key. @throws {OptionError} when something else is logged under it */
  report(mode: Mode, key: string, metric: Metric): void {
    this.#report(mode, {
      key,
      kind: (metric.constructor as typeof Metric).className ?? metric.constructor.name,
      source: metric,
      direction: metric.direction,
      variables: () => metric.variables,
      result: () => metric.result(),
      reset: () => metric.reset(),
    });
  }

  #report(mode: Mode, reported: Reported): void {
    const { key, source } = reported;
    const known = this.#reported[mode].get(key);
    if (known !== undefined) {
      if (known.source !== source) throw loggedTwice(this.#label, key);
      return;
    }
    if (this.#settled.has(mode)) throw loggedLate(this.#label, key, [...this.#reported[mode].keys()]);
    this.#reported[mode].set(key, reported);
  }

  /** All keys of this mode are known: a new one would not be in the saved state. */
  settle(mode: Mode): void {
    this.#settled.add(mode);
  }

  /** The means that are losses: "loss" if it is logged, else all. */
  get lossMeans(): readonly RunningMean[] {
    if (this.#settled.has("train")) return (this.#settledLosses ??= this.#losses());
    return this.#losses();
  }

  #losses(): readonly RunningMean[] {
    const logged = [...this.#means.values()].filter(({ name }) => this.#reported.train.has(name));
    const total = logged.find(({ name }) => name === "loss");
    return total === undefined ? logged : [total];
  }

  /** The log keys, and whether smaller or larger is better for each. */
  logKeys(mode: Mode): LogKey[] {
    const all = [...this.#reported[mode].values()].map(
      ({ key, direction }): LogKey => ({ key, direction, batch: true }),
    );
    return [...all.filter(({ key }) => key === "loss"), ...all.filter(({ key }) => key !== "loss")];
  }

  /** The keys of {@link logs}, the loss first, then as they came. */
  names(mode: Mode): readonly string[] {
    return this.logKeys(mode).flatMap(({ key }) => {
      const value = this.#reported[mode].get(key)!.result();
      return typeof value === "number" ? [key] : value.map((_, i) => `${key}_${i}`);
    });
  }

  /**
   * The results since the last reset, by key in alphabetical order, as in Keras. A metric of several numbers (e.g. one
   * per threshold) has a key for each: `precision_0`, `precision_1`.
   */
  logs(mode: Mode): Logs {
    const entries = [...this.#reported[mode].values()].flatMap(({ key, result }) => {
      const value = result();
      if (typeof value === "number") return [[key, value] as const];
      return value.map((one, i) => [`${key}_${i}`, one] as const);
    });
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The accumulators behind the logs of a mode. */
  variables(mode: Mode): readonly Variable[] {
    return [...this.#reported[mode].values()].flatMap(({ variables }) => variables());
  }

  reset(mode: Mode): void {
    for (const { reset } of this.#reported[mode].values()) reset();
  }

  /** Copies of all accumulators of training. */
  getState(): Record<string, Tensor> {
    return Object.fromEntries(this.#accumulators().map(([name, variable]) => [name, variable.read()]));
  }

  /**
   * Sets accumulators of training by the key, class and name of their metric or loss.
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

  #accumulators(): [string, Variable][] {
    return [...this.#reported.train.values()].flatMap(({ key, kind, variables }) =>
      variables().map((variable, i): [string, Variable] => [`${key} (${kind})/${i}`, variable]),
    );
  }
}

/** "accuracy (BinaryAccuracy)" of "accuracy (BinaryAccuracy)/0". */
function ownerOf(name: string): string {
  return name.slice(0, name.lastIndexOf("/"));
}

function loggedTwice(label: string, key: string): OptionError {
  return new OptionError({
    code: "logged-twice",
    what: `${label} logs two numbers as "${key}"`,
    received: "a second one under that name",
    expected: "one name for each number that a step returns, each metric, and what layers add with context.addMetric",
    fix: "Rename one of them. A metric must be made once, e.g. in the model's constructor, not in the step",
    data: { key },
  });
}

function loggedLate(label: string, key: string, keys: readonly string[]): StateError {
  return new StateError({
    code: "logged-late",
    what: `${label} logs "${key}" in a later step, but not in the first one`,
    received: `"${key}"`,
    expected: `what the first step logged: ${keys.join(", ") || "nothing"}`,
    fix: "Let the step log the same names for all data; inside step.every, a name may come and go",
    data: { key },
  });
}
