import { nameOf } from "../../core/paths.js";
import type { Json } from "../../core/stateful.js";
import { VERSION } from "../../core/version.js";
import type { Vfs } from "../../core/vfs.js";
import type { Committed, Numbers, Origin, RunFolder, StopEvent } from "../../store/index.js";
import type { Session } from "../loop/session.js";
import type { ResolvedRecord } from "../options/record-options.js";
import type { Logs } from "../state/logs.js";
import type { HistoryState } from "../state/train-state.js";
import type { Trainer } from "../step/trainer.js";
import type { OpenedFolder } from "./open-folder.js";
import { RecordedSteps } from "./recorded-steps.js";
import { numbers, Recorder } from "./recorder.js";
import type { RunState } from "./run-state.js";
import { thisMachine, thisProgram } from "./this-program.js";
import { weightHistograms, weightNorms } from "./weight-values.js";

/** What the record of a training by `fit` says when a process begins. */
export interface FitRecordStart {
  readonly opened: OpenedFolder<RunState>;
  readonly identity: Json;
  readonly model: Json;
}

/** Records a training by `fit`. */
export class FitRecord {
  readonly recorder: Recorder;
  readonly #options: ResolvedRecord;
  readonly #steps: RecordedSteps;
  /** Step and time of the last recorded step of this process. */
  #last: { readonly step: number; readonly at: number } | null = null;
  #epochBegan = performance.now();

  /** @param tell says what the user should know */
  constructor(folder: RunFolder, files: Vfs, options: ResolvedRecord, tell: (text: string) => void) {
    this.recorder = new Recorder(folder.record, files, tell);
    this.#options = options;
    this.#steps = new RecordedSteps(options.batches);
  }

  async begin(session: Session, { opened, identity, model }: FitRecordStart): Promise<void> {
    const { continues, changes, turnsBack } = opened;
    const { trainer, options, machine } = session.parts;
    const { state } = trainer;
    const [program, host] = await Promise.all([thisProgram(), thisMachine()]);
    await this.recorder.begin({
      kind: "fit",
      step: state.iteration,
      epoch: session.epoch,
      batch: session.batch,
      resumes: continues !== null,
      turnsBack,
      parent: originOf(opened),
      changes,
      seed: state.seed,
      epochs: options.epochs,
      steps: session.steps,
      pawl: VERSION,
      program,
      machine: { ...machine, ...host },
      config: { identity, model },
      saved: continues === null ? null : savedIn(continues),
      history: continues === null ? [] : epochsIn(state.history),
    });
    this.#epochBegan = performance.now();
  }

  /** A step is done. */
  stepped(session: Session): void {
    const { trainer } = session.parts;
    const step = trainer.state.iteration;
    if (this.#steps.has(step)) {
      const at = performance.now();
      const last = this.#last;
      this.#last = { step, at };
      this.recorder.batch({
        step,
        epoch: session.epoch,
        batch: session.batch,
        logs: numbers(session.measures.logs("train")),
        rates: ratesOf(trainer),
        stepMs: last === null ? null : rounded((at - last.at) / (step - last.step)),
        ...(this.#options.norms ? { norms: numbers(weightNorms(trainer.network.weights)) } : {}),
      });
    }
    this.recorder.breathe();
  }

  /** An epoch is done. */
  ended({ epoch, parts }: Session, logs: Logs): void {
    const now = performance.now();
    const { trainer } = parts;
    const step = trainer.state.iteration;
    this.recorder.epoch({
      step,
      epoch: epoch - 1,
      logs: numbers(logs),
      rates: ratesOf(trainer),
      seconds: rounded((now - this.#epochBegan) / 1000),
    });
    if (this.#options.histograms) {
      this.recorder.histogram({ step, epoch: epoch - 1, weights: weightHistograms(trainer.network.weights) });
    }
    this.#epochBegan = now;
  }

  stop(why: StopEvent["why"], by: string | null, step: number): Promise<void> {
    this.recorder.stop(why, by, step);
    return this.recorder.flush();
  }
}

/** The parent of a fork that begins now. */
export function originOf({
  begins,
  parent,
}: {
  readonly begins: boolean;
  readonly parent: Origin | null;
}): Origin | null {
  if (!begins || parent === null) return null;
  const { run, step, file, state } = parent;
  return { run, step, file, state };
}

/** The checkpoint that a process goes on from, as the record has it. */
export function savedIn({
  entry,
  place,
}: {
  readonly entry: Committed["entry"];
  readonly place: { readonly state: string; readonly chain: string };
}): { readonly file: string; readonly state: string; readonly chain: string } {
  return { file: nameOf(entry.path), state: place.state, chain: place.chain };
}

/** The epochs of a history with their logs; a key that not every epoch has is left out, for nobody knows which have it. */
function epochsIn({ epoch, history }: HistoryState): { readonly epoch: number; readonly logs: Logs }[] {
  const whole = Object.entries(history).filter(([, values]) => values.length === epoch.length);
  return epoch.map((number, i) => ({
    epoch: number,
    logs: Object.fromEntries(whole.map(([key, values]) => [key, values[i]!])),
  }));
}

/** The learning rates at this step, by the keys that callbacks log them under. */
export function ratesOf({ optimizers }: Trainer): Numbers {
  const rated = optimizers.flatMap(({ name, optimizer }) =>
    optimizer.rated.map((one) => [one === optimizer ? name : one.name, one.learningRate.numpy()] as const),
  );
  const [only] = rated;
  if (rated.length === 1) return numbers({ learning_rate: only![1] });
  return numbers(Object.fromEntries(rated.map(([name, rate]) => [`learning_rate_${name}`, rate])));
}

/** Three decimals are enough for people. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
