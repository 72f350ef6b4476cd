import { StateError } from "../core/errors.js";
import { shown } from "../core/shown.js";
import type { Plan } from "./plan.js";
import { ranked, type Stage } from "./schedulers/scheduler.js";
import type { Parameters } from "./space.js";
import type { ResolvedSweep } from "./sweep-options.js";
import { inSweep, type TrialEnd } from "./trial.js";

/** How a trial stands. */
export interface TrialResult<P extends Parameters = Parameters> {
  readonly number: number;
  /** Those that it has now; population based training may have changed them. */
  readonly parameters: P;
  /** The objective at the end of its training; null for a trial that failed. */
  readonly value: number | null;
  /** "finished": trained to the end, or ended by a callback; "halted": the scheduler let others go on; "unfinished": the sweep was stopped. */
  readonly status: "finished" | "halted" | "failed" | "unfinished";
  /** Why it failed; null where it did not. */
  readonly message: string | null;
  /** Epochs that it was trained. */
  readonly epochs: number;
  /** Training steps done. */
  readonly step: number;
  /** Path of its run folder. */
  readonly run: string;
  /** Path of the checkpoint at its end; null where there is none. */
  readonly checkpoint: string | null;
  /** SHA-256 of the state in that checkpoint; equal digests, equal bits. */
  readonly state: string | null;
  /** The trial's checkpoint that its run began from: "trial-0003@1200"; null for none. */
  readonly parent: string | null;
}

/** What a sweep has found. */
export class SweepResult<P extends Parameters = Parameters> {
  readonly dir: string;
  readonly objective: string;
  /** Whether a smaller or a larger objective is better. */
  readonly mode: "min" | "max";
  /** All trials, in the order of their numbers. */
  readonly trials: readonly TrialResult<P>[];
  /** Whether a signal stopped it in a program that handles signals itself. */
  readonly interrupted: boolean;
  readonly #best: TrialResult<P> | null;

  /** @internal */
  constructor(sweep: ResolvedSweep, plan: Plan, interrupted: boolean) {
    const { dir, objective, mode } = sweep;
    const lines = linesOf(plan.stages(), plan);
    this.dir = dir;
    this.objective = objective;
    this.mode = mode;
    this.interrupted = interrupted;
    this.trials = lines.map((line) => resultOf(line, sweep, interrupted) as TrialResult<P>);
    // Values are compared where trials have been trained equally far; where a callback ended one, it counts as the furthest.
    const good = this.trials.map((trial, i) => ({ trial: i, value: trial.value, reach: lines[i]!.reach }));
    const furthest = Math.max(...good.map(({ value, reach }) => (value === null ? 0 : reach)));
    const first = ranked(
      good.filter(({ reach }) => reach === furthest),
      mode,
    )[0];
    this.#best = first === undefined ? null : this.trials[first.trial]!;
  }

  /** The trial with the best objective among those that were trained furthest. @throws {StateError} when all have failed */
  get best(): TrialResult<P> {
    if (this.#best !== null) return this.#best;
    throw new StateError({
      code: "sweep-failed",
      what: `No trial of the sweep in "${this.dir}" has ended well`,
      received: this.trials.find(({ message }) => message !== null)?.message ?? "no trial that has ended",
      expected: `a trial with a finite "${this.objective}"`,
      fix: "Mend train and start again with retryFailed: true, or with another folder",
      data: { dir: this.dir },
    });
  }

  /** A line for each trial, the best first: number, parameters, objective, epochs, status. */
  table(): string {
    const names = Object.keys(this.trials[0]?.parameters ?? {});
    const head = ["trial", ...names, this.objective, "epochs", "status"];
    const order = ranked(
      this.trials.map((trial, i) => ({ trial: i, value: trial.value })),
      this.mode,
    ).map(({ trial }) => this.trials[trial]!);
    const rest = this.trials.filter((trial) => !order.includes(trial));
    const best = this.#best;
    const sorted = [...(best === null ? [] : [best]), ...[...order, ...rest].filter((trial) => trial !== best)];
    const rows = sorted.map(({ number, parameters, value, epochs, status, message }) => [
      String(number),
      ...names.map((name) => shown(String(parameters[name]), 40)),
      value === null ? "-" : String(Number(value.toPrecision(6))),
      String(epochs),
      message === null ? status : `${status}: ${shown(message, 100)}`,
    ]);
    const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
    return [head, ...rows]
      .map((row) =>
        row
          .map((cell, i) => cell.padEnd(widths[i]!))
          .join("  ")
          .trimEnd(),
      )
      .join("\n");
  }

  /** Everything, as `--json` prints it. */
  toJSON(): SweepJson {
    const { dir, objective, mode, trials, interrupted } = this;
    return { dir, objective, mode, interrupted, best: this.#best?.number ?? null, trials };
  }
}

/** A sweep's result as plain data. */
export interface SweepJson {
  readonly dir: string;
  readonly objective: string;
  readonly mode: "min" | "max";
  readonly interrupted: boolean;
  /** Number of the best trial; null for none. */
  readonly best: number | null;
  readonly trials: readonly TrialResult[];
}

/** A trial's stages, and how they ended. */
interface Line {
  readonly trial: number;
  /** The last that has ended; null for none. */
  readonly end: TrialEnd | null;
  /** Epochs of the last stage that has an end. */
  readonly reach: number;
  readonly parameters: Parameters;
  /** Whether a stage that is certain has no end yet. */
  readonly isOpen: boolean;
}

function linesOf(stages: readonly Stage[], plan: Plan): Line[] {
  const byTrial = new Map<number, Stage[]>();
  for (const stage of stages) byTrial.set(stage.trial, [...(byTrial.get(stage.trial) ?? []), stage]);
  return [...byTrial]
    .sort(([a], [b]) => a - b)
    .map(([trial, all]) => {
      const sorted = all.sort((a, b) => a.stage - b.stage);
      const done = sorted.filter((stage) => plan.endOf(stage) !== undefined).at(-1);
      const end = done === undefined ? null : plan.endOf(done)!;
      const { parameters } = done ?? sorted[0]!;
      return { trial, end, reach: done?.epochs ?? 0, parameters, isOpen: done !== sorted.at(-1) };
    });
}

function resultOf(
  { trial, end, parameters, isOpen, reach }: Line,
  { dir, epochs }: ResolvedSweep,
  interrupted: boolean,
): TrialResult {
  const open = isOpen || (interrupted && end !== null && reach < epochs && end.message === null);
  return {
    number: trial,
    parameters,
    value: end?.value ?? null,
    status:
      end !== null && end.message !== null ? "failed" : open ? "unfinished" : reach < epochs ? "halted" : "finished",
    message: end?.message ?? null,
    epochs: end?.trained ?? 0,
    step: end?.step ?? 0,
    run: inSweep(dir, end?.run ?? ""),
    checkpoint: end === null || end.file === null ? null : inSweep(inSweep(dir, end.run), end.file),
    state: end?.state ?? null,
    parent: end?.parent ?? null,
  };
}
