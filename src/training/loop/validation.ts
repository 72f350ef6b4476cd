import { StateError } from "../../core/errors.js";
import { Cursor } from "../data/cursor.js";
import type { Source } from "../data/source.js";
import type { CallbackList } from "../hooks/callback-list.js";
import type { Logs } from "../state/logs.js";
import type { Tally } from "../step/tally.js";
import type { Trainer } from "../step/trainer.js";

/** What to evaluate, and on how many batches. */
export interface Evaluation {
  readonly trainer: Trainer;
  readonly source: Source;
  readonly batchSize: number;
  readonly steps: number | null;
  readonly callbacks: CallbackList;
  /** How messages name the call. */
  readonly where: string;
  /** Called after each batch; true stops the evaluation. */
  readonly interrupted?: () => boolean;
}

/**
 * Losses and metrics over the data, with hooks. No side effects: it has its own accumulators, and the state of stateful
 * layers is as before afterwards.
 */
export function evaluateOn(evaluation: Evaluation): Promise<Logs> {
  const { trainer, source, batchSize, steps, callbacks, where } = evaluation;
  return trainer.evaluating(async (lend) => {
    const cursor = new Cursor(source, { batchSize, shuffle: false, seed: 0, pass: 0 });
    const prepare = (): void => cursor.prepare();
    let tally: Tally | null = null;
    await callbacks.run("onTestBegin", {});
    try {
      for (let index = 0; steps === null || index < steps; index++) {
        const batch = await cursor.next();
        if (batch === null) {
          if (steps !== null && index > 0) callbacks.warn(ranShort(where, steps, index));
          break;
        }
        tally ??= await lend(batch);
        await callbacks.at("onTestBatchBegin", index, {});
        await trainer.test(batch, tally, prepare);
        cursor.recycle();
        if (callbacks.hears("onTestBatchEnd")) await callbacks.at("onTestBatchEnd", index, tally.logs());
        if (evaluation.interrupted?.()) break;
      }
    } finally {
      await cursor.close();
    }
    if (tally === null) throw nothingToTest(where);
    const logs = tally.logs();
    await callbacks.run("onTestEnd", logs);
    return logs;
  });
}

/** The warning for data that ends before the requested number of steps. */
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
