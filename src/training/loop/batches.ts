import { StateError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import type { Cursor } from "../data/cursor.js";
import type { ModelBatch } from "../state/batch.js";
import type { Logs } from "../state/logs.js";
import { cut, type DurableTarget } from "./cut.js";
import type { Session } from "./session.js";

/**
 * Trains the batches of an epoch, from `session.batch` on.
 * @returns false when the data had already ended, so that there was no epoch
 */
export async function runBatches(session: Session, target: DurableTarget | null): Promise<boolean> {
  const { trainer, options, model } = session.parts;
  const { callbacks, steps } = session;
  if (session.batch === 0 && (await firstBatch(session)) === null) return false;
  const cursor = session.cursor ?? session.openPass(null, null);
  const every = trainer.compiled("fit").stepsPerExecution;
  const prepare = (): void => cursor.prepare();
  let logs: Logs = {};
  while (!session.stopped && (steps === null || session.batch < steps)) {
    const batch = await cursor.next();
    if (batch === null) {
      if (options.stepsPerEpoch !== null) session.context.warn(ranOut(options.stepsPerEpoch, session.batch));
      break;
    }
    if (session.batch % every === 0) await callbacks.at("onTrainBatchBegin", session.batch, {});
    await trainer.train(batch, prepare);
    cursor.recycle();
    session.batch++;
    warnOfNaN(session);
    if (session.batch % every === 0 || session.batch === steps) {
      if (callbacks.hears("onTrainBatchEnd")) logs = session.measures.logs("train");
      await callbacks.at("onTrainBatchEnd", session.batch - 1, logs);
    }
    session.stopped = model.stopTraining;
    target?.stepped(session);
    await cut("batch", session, target);
    if (session.interrupted !== null) break;
  }
  return true;
}

/** Ends the pass with the epoch, unless stepsPerEpoch makes it continue in the next one. */
export async function endPass(session: Session): Promise<void> {
  const { options, source, batchSize } = session.parts;
  const batches = source.dataset.batchesPerPass(batchSize);
  const position = session.cursor?.position ?? 0;
  const goesOn =
    options.stepsPerEpoch !== null &&
    session.batch === options.stepsPerEpoch &&
    (batches === null || position < batches);
  if (!goesOn) await session.closePass();
}

/** Opens the data at the start's position, and peeks at the first batch. */
export async function openFirst(session: Session, state: Json): Promise<ModelBatch | null> {
  const { start } = session.parts;
  const cursor = session.openPass(start.position, state);
  const batch = await cursor.peek();
  if (batch !== null || start.position === null || (start.batch > 0 && cursor.missing === 0)) return batch;
  return firstBatch(session);
}

/**
 * The first batch of an epoch: from the current pass or, if that turns out to have ended, from a new one. Null when
 * the new one is empty too.
 */
async function firstBatch(session: Session): Promise<ModelBatch | null> {
  const { cursor } = session;
  if (cursor !== null && cursor.position > 0) {
    const batch = await cursor.peek();
    if (batch !== null) return batch;
    if (cursor.missing > 0) session.context.warn(shorter(cursor, session));
    await session.closePass();
  }
  return (session.cursor ?? session.openPass(null, null)).peek();
}

function shorter({ position, missing }: Cursor, { epoch, parts }: Session): string {
  return (
    `fit of ${parts.trainer.network.label}: the data ends after ${position - missing} batches, before the ${position} ` +
    `that its last pass had gone through, so it is other data: epoch ${epoch + 1} begins a new pass.`
  );
}

function warnOfNaN(session: Session): void {
  if (session.sawNaN) return;
  const wrong = session.measures.lossMeans.find(({ total }) => Number.isNaN(total.data[0]!));
  if (wrong === undefined) return;
  session.sawNaN = true;
  session.context.warn(
    `${wrong.name === "loss" ? "The loss" : `"${wrong.name}"`} of ${session.parts.trainer.network.label} became NaN in epoch ${session.epoch + 1}, step ${session.batch}. ` +
      "Weights are no numbers from here on. Lower the learning rate, clip gradients (clipnorm), or look at the data; " +
      "callbacks.TerminateOnNaN ends such a training.",
  );
}

function ranOut(wanted: number, had: number): string {
  return (
    `The data ran out after ${had} of ${wanted} steps of this epoch, which ends here. Give data for ` +
    "stepsPerEpoch * epochs batches, or a generator function that begins anew each time."
  );
}

/** The error for data without any batch. */
export function noData(where: string): StateError {
  return new StateError({
    code: "no-data",
    what: `${where}: the data gave no batch`,
    received: "an end before the first batch",
    expected: "at least one batch",
    fix: "Iterators can be gone through once only: give a function that makes one, e.g. () => batches()",
  });
}
