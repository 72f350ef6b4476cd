import type { Logs } from "../state/logs.js";
import { endPass, runBatches } from "./batches.js";
import { cut, type DurableTarget } from "./cut.js";
import { validatesAfter } from "./fit-options.js";
import type { Session } from "./session.js";
import { type Evaluation, evaluateOn } from "./validation.js";

/**
 * Trains the epochs, with hooks in Keras's order. Ends early when a callback stops the training, when the data runs
 * out, or on a signal; in the last case at the cut after the step, or before the validation.
 * @returns the logs of the last epoch
 */
export async function runEpochs(
  session: Session,
  validation: Evaluation | null,
  target: DurableTarget | null,
): Promise<Logs> {
  const { options, model } = session.parts;
  let logs: Logs = {};
  while (!session.idle && session.epoch < options.epochs && session.interrupted === null) {
    if (session.batch === 0) {
      session.measures.reset("train");
      await session.callbacks.at("onEpochBegin", session.epoch, {});
    }
    if (!(await runBatches(session, target))) {
      session.context.warn(`The data had nothing left for epoch ${session.epoch + 1}, so the training ends before it.`);
      break;
    }
    if (session.interrupted !== null) break;
    logs = session.measures.logs("train");
    if (validation !== null && validatesAfter(session.epoch, options.validationFreq)) {
      const validated = await evaluateOn(validation);
      if (session.interrupted !== null) break;
      for (const [key, value] of Object.entries(validated)) logs[`val_${key}`] = value;
      logs = sorted(logs);
    }
    const { epoch } = session;
    await endPass(session);
    session.epoch++;
    session.batch = 0;
    await session.callbacks.at("onEpochEnd", epoch, logs);
    if (epoch < session.parts.start.historyFrom) session.hidden = session.history.mark;
    session.stopped = model.stopTraining;
    target?.ended(session, logs);
    await cut("epoch", session, target);
    if (session.stopped || session.interrupted !== null) break;
  }
  return logs;
}

/** As in Keras, keys are in alphabetical order; keys added by callbacks come after them. */
function sorted(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).sort(([a], [b]) => (a < b ? -1 : 1)));
}
