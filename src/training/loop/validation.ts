import { StateError } from "../../core/errors.js";
import type { Measures } from "../compile/measures.js";
import { Cursor } from "../data/cursor.js";
import type { Source } from "../data/source.js";
import type { CallbackList } from "../hooks/callback-list.js";
import type { Logs } from "../state/logs.js";
import { readCarried, writeCarried } from "../step/carried.js";
import type { Trainer } from "../step/trainer.js";

/** What is evaluated, and on how much of it. */
export interface Evaluation {
  readonly trainer: Trainer;
  readonly source: Source;
  readonly batchSize: number;
  readonly steps: number | null;
  readonly callbacks: CallbackList;
  /** For messages. */
  readonly where: string;
  /** Asked after each batch; true stops. */
  readonly interrupted?: () => boolean;
}

/**
 * Losses and metrics over the data, with hooks. Pure: the accumulators of a training that is under way, and what
 * stateful layers carry, come back as they were, so that a stop in the middle leaves the state of before.
 */
export async function evaluateOn(evaluation: Evaluation): Promise<Logs> {
  const { trainer, source, batchSize, steps, callbacks, where } = evaluation;
  const cursor = new Cursor(source, { batchSize, shuffle: false, seed: 0, pass: 0 });
  const prepare = (): void => cursor.prepare();
  const carried = readCarried(trainer.network);
  let kept: ReturnType<Measures["getState"]> | null = null;
  let measures: Measures | null = null;
  let logs: Logs = {};
  await callbacks.run("onTestBegin", {});
  try {
    for (let index = 0; steps === null || index < steps; index++) {
      const batch = await cursor.next();
      if (batch === null) {
        if (steps !== null && index > 0) callbacks.warn(ranShort(where, steps, index));
        break;
      }
      if (measures === null) {
        measures = trainer.measures(batch);
        await trainer.prepareTest(batch);
        kept = measures.getState();
        measures.reset();
      }
      await callbacks.at("onTestBatchBegin", index, {});
      await trainer.test(batch, prepare);
      cursor.recycle();
      if (callbacks.hears("onTestBatchEnd")) await callbacks.at("onTestBatchEnd", index, measures.logs());
      if (evaluation.interrupted?.()) break;
    }
    if (measures === null) throw nothingToTest(where);
    logs = measures.logs();
  } finally {
    if (kept !== null) measures!.setState(kept);
    writeCarried(trainer.network, carried);
    await cursor.close();
  }
  await callbacks.run("onTestEnd", logs);
  return logs;
}

/** What is said when data ends before the steps that were asked for. */
export function ranShort(where: string, wanted: number, had: number): string {
  return `${where}: the data ran out after ${had} of ${wanted} steps, so the result is that of ${had}.`;
}

function nothingToTest(where: string): StateError {
  return new StateError({
    code: "no-data",
    what: `${where}: the data gave no batch`,
    received: "an end before the first batch",
    expected: "at least one batch",
    fix: "Iterators can be gone through once only: give a function that makes one, e.g. () => batches()",
  });
}
