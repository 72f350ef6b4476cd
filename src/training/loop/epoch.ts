import { StateError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import type { Batch } from "../state/batch.js";
import type { Logs } from "../state/logs.js";
import { cut, type DurableTarget } from "./cut.js";
import type { Session } from "./session.js";

/**
 * The batches of an epoch, from `session.batch` on.
 * @returns false when the data was already used up, so that there was no epoch
 */
export async function runBatches(session: Session, target: DurableTarget | null): Promise<boolean> {
  const { trainer, options, model } = session.parts;
  const { callbacks, steps } = session;
  const cursor = session.cursor ?? session.openPass(null, null);
  const every = trainer.compiled("fit").stepsPerExecution;
  const prepare = (): void => cursor.prepare();
  let logs: Logs = {};
  while (!session.stopped && (steps === null || session.batch < steps)) {
    const batch = await cursor.next();
    if (batch === null) {
      if (session.batch === 0) return false;
      if (options.stepsPerEpoch !== null) session.context.warn(ranOut(options.stepsPerEpoch, session.batch));
      break;
    }
    if (session.batch % every === 0) await callbacks.at("onTrainBatchBegin", session.batch, {});
    await trainer.train(batch, prepare);
    cursor.recycle();
    session.batch++;
    warnOfNaN(session);
    if (session.batch % every === 0 || session.batch === steps) {
      if (callbacks.hears("onTrainBatchEnd")) logs = session.measures.logs();
      await callbacks.at("onTrainBatchEnd", session.batch - 1, logs);
    }
    session.stopped = model.stopTraining;
    await cut("batch", session, target);
    if (session.interrupted !== null) break;
  }
  return true;
}

/** With stepsPerEpoch a pass goes on from epoch to epoch; else each epoch has its own. */
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

/** Opens the data where the start says it stands, and looks at the first batch. */
export async function openFirst(session: Session, state: Json): Promise<Batch | null> {
  const cursor = session.openPass(session.parts.start.position, state);
  return cursor.peek();
}

function warnOfNaN(session: Session): void {
  const { data } = session.measures.loss.total;
  if (!Number.isNaN(data[0]!) || session.sawNaN) return;
  session.sawNaN = true;
  session.context.warn(
    `The loss of ${session.parts.trainer.network.label} became NaN in epoch ${session.epoch + 1}, step ${session.batch}. ` +
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

/** The error for data that has nothing at all. */
export function noData(where: string): StateError {
  return new StateError({
    code: "no-data",
    what: `${where}: the data gave no batch`,
    fix: "Iterators can be gone through once only: give a function that makes one, e.g. () => batches()",
  });
}
