import { OptionError, StateError } from "../core/errors.js";
import type { Stage } from "./schedulers/scheduler.js";
import type { Parameters } from "./space.js";
import type { ResolvedSweep } from "./sweep-options.js";
import { runName, type Task, type TrialEnd } from "./trial.js";

interface Asked {
  readonly trial: number;
  readonly parameters: Parameters;
}

/**
 * What a sweep is to do, made from what has ended so far and from nothing else: the same ends, in whatever order they came,
 * give the same plan. So the record needs no decisions in it, and a sweep that goes on makes them again.
 */
export class Plan {
  readonly #sweep: ResolvedSweep;
  readonly #ends = new Map<string, TrialEnd>();
  /** Trials of batches that have ended, with their last stages. */
  readonly #closed: Stage[] = [];
  #batch: Asked[] = [];
  #asked = 0;

  /** @param ends those that are recorded already */
  constructor(sweep: ResolvedSweep, ends: readonly TrialEnd[]) {
    this.#sweep = sweep;
    for (const end of ends) this.add(end);
  }

  add(end: TrialEnd): void {
    this.#ends.set(keyOf(end), end);
  }

  /** All stages that are certain by now, those that are to begin first come first. */
  stages(): readonly Stage[] {
    const { scheduler, searcher, mode } = this.#sweep;
    for (;;) {
      if (this.#batch.length === 0) this.#ask();
      if (this.#batch.length === 0) return this.#closed;
      const now = scheduler.plan(this.#cohort());
      if (now.some((stage) => this.endOf(stage) === undefined)) return [...now, ...this.#closed];
      this.#closed.unshift(...now);
      for (const { trial, parameters } of this.#batch) {
        const { value, trained, parameters: last } = this.#lastOf(trial, now);
        searcher.tell?.({ trial, parameters, last, value, epochs: trained, mode });
      }
      this.#batch = [];
    }
  }

  /**
   * The end of a stage; undefined while it has none. A trial that a callback has ended is not trained further: its end counts
   * for the stages to come.
   * @throws {StateError} where the record has another stage in its place
   */
  endOf(stage: Stage): TrialEnd | undefined {
    const own = this.#ends.get(keyOf(stage));
    if (own !== undefined) {
      this.#check(stage, own);
      // Recorded when the sweep had fewer epochs.
      return own.epochs === stage.epochs || own.stopped ? own : undefined;
    }
    if (stage.from !== null) return undefined;
    for (let before = stage.stage - 1; before >= 0; before--) {
      const end = this.#ends.get(keyOf({ ...stage, stage: before }));
      if (end !== undefined) return end.stopped ? end : undefined;
    }
    return undefined;
  }

  /** What a process is told to do a stage. */
  taskOf(stage: Stage, stages: readonly Stage[]): Task {
    const { dir } = this.#sweep;
    const { trial, parameters, epochs, from } = stage;
    const parentOf = ({ from }: Stage): string | null => {
      if (from === null) return null;
      const end = this.#ends.get(keyOf(from))!;
      return `${end.run}@${end.step}`;
    };
    const line = stages.filter((other) => other.trial === trial && other.stage <= stage.stage);
    const begun = line.filter((other) => other.from !== null).sort((a, b) => b.stage - a.stage)[0];
    const before = from === null ? this.#ends.get(keyOf({ trial, stage: stage.stage - 1 })) : undefined;
    return {
      dir,
      trial,
      stage: stage.stage,
      parameters,
      epochs,
      run: runName(trial, begun?.stage ?? 0),
      parent: begun === undefined ? null : parentOf(begun),
      pinned: before === undefined ? [] : [before.step],
    };
  }

  #ask(): void {
    const { searcher, trials, parameters: space, seed } = this.#sweep;
    const most = searcher.batch ?? trials;
    while (this.#batch.length < most && this.#asked < trials) {
      const parameters = searcher.ask({ trial: this.#asked, space, seed });
      if (parameters === null) return;
      checkAnswer(parameters, this.#sweep, this.#asked);
      this.#batch.push({ trial: this.#asked++, parameters });
    }
  }

  #cohort() {
    const { parameters: space, seed, epochs, mode } = this.#sweep;
    return { trials: this.#batch, space, seed, epochs, mode, end: (stage: Stage) => this.endOf(stage) };
  }

  #lastOf(trial: number, stages: readonly Stage[]): TrialEnd {
    const own = stages.filter((stage) => stage.trial === trial).sort((a, b) => b.stage - a.stage)[0];
    return this.endOf(own!)!;
  }

  #check(stage: Stage, end: TrialEnd): void {
    const parent = stage.from === null ? null : this.#ends.get(keyOf(stage.from));
    const expected = parent == null ? null : `${parent.run}@${parent.step}`;
    const was = JSON.stringify(end.parameters);
    const is = JSON.stringify(stage.parameters);
    const late = end.epochs > stage.epochs;
    const other = stage.from !== null && end.parent !== expected;
    if (was === is && !late && !other) return;
    throw new StateError({
      code: "sweep-changed",
      what: `The sweep in "${this.#sweep.dir}" has another trial ${stage.trial} than it would have now`,
      received: `${is} for ${stage.epochs} epochs${expected === null ? "" : ` from ${expected}`}`,
      expected: `what is recorded: ${was} for ${end.epochs} epochs${end.parent === null ? "" : ` from ${end.parent}`}`,
      fix: "Give the old options, or another folder",
      data: { dir: this.#sweep.dir, trial: stage.trial },
    });
  }
}

/** @throws {OptionError} for an answer with other parameters than the space has */
function checkAnswer(parameters: Parameters, { parameters: space, searcher }: ResolvedSweep, trial: number): void {
  const [names, wanted] = [Object.keys(parameters), Object.keys(space)];
  if (names.length === wanted.length && wanted.every((name) => Object.hasOwn(parameters, name))) return;
  throw new OptionError({
    code: "sweep-answer",
    what: `The searcher ${searcher.getConfig()["className"] ?? ""} does not give trial ${trial} the parameters of the sweep`,
    received: names.join(", ") || "no parameters",
    expected: wanted.join(", "),
    fix: "Let ask return an object with a value for each of them, or null when there are no more trials",
  });
}

const keyOf = ({ trial, stage }: { readonly trial: number; readonly stage: number }): string => `${trial} ${stage}`;
