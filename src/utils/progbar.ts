import { OptionError } from "../core/errors.js";
import { type Field, type Fields, float, int, nullable, resolveOptions, text, wrongOption } from "../core/options.js";
import { BAR_STYLE, Progbar as Bar } from "../training/hooks/progbar.js";
import { type Clock, type ProgressOutput, standardOutput, systemClock } from "../training/hooks/progress-output.js";

/** Options of {@link Progbar}. */
export interface ProgbarOptions {
  /** Characters of the bar. Default 20. */
  readonly width?: number;
  /** 1: a bar that is redrawn (one line at the end where stdout is no terminal); 2: one line at the end; 0: nothing. Default 1. */
  readonly verbose?: 0 | 1 | 2;
  /** Seconds between two drawings of the bar. Default 0.05. */
  readonly interval?: number;
  /** Names of values that are shown as they are; all others are averaged over the steps. Default: none. */
  readonly statefulMetrics?: readonly string[] | null;
  /** The other way round: names of the values that are averaged. Default null: all but `statefulMetrics`. */
  readonly statelessMetrics?: readonly string[] | null;
  /** What is counted. Default "step". */
  readonly unitName?: string;
}

const names = {
  default: null,
  parse(value: unknown, where: string): readonly string[] | null {
    if (value === null) return null;
    if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
    throw wrongOption(where, "a list of names", value);
  },
};

const FIELDS: Fields<ProgbarOptions> = {
  width: int({ min: 1 }, { default: BAR_STYLE.width }),
  verbose: int({ min: 0, max: 2 }, { default: 1 }) as Field<0 | 1 | 2>,
  interval: float({ min: 0 }, { default: BAR_STYLE.interval }),
  statefulMetrics: names,
  statelessMetrics: names,
  unitName: text({ default: BAR_STYLE.unitName }),
};

/** Values to show, by name: an object, or pairs as in Keras. */
export type ProgbarValues = Readonly<Record<string, number>> | readonly (readonly [name: string, value: number])[];

/**
 * A progress bar for loops of your own, with the text that `fit` prints.
 * @example
 * const bar = new utils.Progbar(3);
 * for (const loss of [0.5, 0.4, 0.3]) bar.add(1, { loss });
 */
export class Progbar {
  readonly #bar: Bar;
  readonly #verbose: 0 | 1 | 2;
  readonly #isStateful: (name: string) => boolean;
  readonly #sums = new Map<string, readonly [sum: number, count: number]>();
  #seen = 0;

  /**
   * @param target how many steps there will be; null when unknown
   * @throws {OptionError} for both `statefulMetrics` and `statelessMetrics`
   */
  constructor(target: number | null, options?: ProgbarOptions);
  /** @internal */
  constructor(target: number | null, options: ProgbarOptions | undefined, output: ProgressOutput, clock: Clock);
  constructor(
    target: number | null,
    given?: ProgbarOptions,
    output: ProgressOutput = standardOutput(),
    clock: Clock = systemClock,
  ) {
    const count = nullable(int({ min: 0 })).parse(target, "Progbar: target");
    const { verbose, statefulMetrics, statelessMetrics, ...style } = resolveOptions("Progbar", FIELDS, given);
    if (statefulMetrics !== null && statelessMetrics !== null) throw both(statefulMetrics, statelessMetrics);
    this.#isStateful = (name) =>
      statelessMetrics === null ? (statefulMetrics ?? []).includes(name) : !statelessMetrics.includes(name);
    this.#verbose = verbose === 1 && !output.isTerminal ? 2 : verbose;
    this.#bar = new Bar({ target: count, verbose: this.#verbose, output, clock, style });
  }

  /** How many steps there will be; null while unknown. */
  get target(): number | null {
    return this.#bar.target;
  }

  /**
   * Shows where the loop is.
   * @param current steps done so far
   * @param values those of the last step; shown is their mean over the steps, but for `statefulMetrics`
   * @param finalize whether this is the last update, which ends the line. Default: whether the target is reached
   */
  update(current: number, values: ProgbarValues = {}, finalize: boolean | null = null): void {
    const isLast = finalize ?? (this.target !== null && current >= this.target);
    const entries = Array.isArray(values) ? (values as readonly (readonly [string, number])[]) : Object.entries(values);
    for (const [name, value] of entries) this.#note(name, value, current, isLast);
    this.#seen = current;
    // A line at the end names the number of steps, which is known by then.
    if (isLast && this.#verbose === 2) this.#bar.target ??= current;
    const shown = [...this.#sums].map(([name, [sum, count]]) => [name, sum / Math.max(1, count)] as const);
    this.#bar.update(current, Object.fromEntries(shown), isLast);
  }

  /** {@link update} by `n` further steps. */
  add(n: number, values: ProgbarValues = {}): void {
    this.update(this.#seen + n, values);
  }

  // At the end the value given is that of all steps, as in Keras.
  #note(name: string, value: number, current: number, isLast: boolean): void {
    const [sum, count] = this.#sums.get(name) ?? [0, 0];
    const steps = Math.max(1, current - this.#seen);
    this.#sums.set(name, isLast || this.#isStateful(name) ? [value, 1] : [sum + value * steps, count + steps]);
  }
}

function both(stateful: readonly string[], stateless: readonly string[]): OptionError {
  return new OptionError({
    code: "progbar-metrics",
    what: "Progbar takes either names of values that are averaged or names of those that are not",
    received: `statefulMetrics ${stateful.join(", ")} and statelessMetrics ${stateless.join(", ")}`,
    expected: "one of the two lists",
    fix: "Leave one out: the other values are of the other kind",
  });
}
