import type { Logs, TrainingModel } from "./callback.js";
import { batchSizeFor } from "./cursor.js";
import { cut, type DurableTarget } from "./cut.js";
import { endPass, noData, openFirst, runBatches } from "./epoch.js";
import { type FitOptions, resolveFit, validatesAfter } from "./fit-options.js";
import type { History } from "./history.js";
import { fitIdentity } from "./identity.js";
import { checkLabels } from "./labels.js";
import { type Services, Session } from "./session.js";
import type { Given } from "./source.js";
import { planStart } from "./start.js";
import type { Trainer } from "./trainer.js";
import { type TrainingData, trainingData } from "./training-data.js";
import { type Evaluation, evaluateOn } from "./validation.js";

/** Trains a compiled model; see {@link FitOptions}. */
export async function fit(
  trainer: Trainer,
  model: TrainingModel,
  given: Pick<Given, "x" | "y">,
  options: FitOptions | undefined,
  services: Services,
): Promise<History> {
  const { label } = trainer.network;
  const resolved = resolveFit(label, options);
  trainer.compiled("fit");
  const data = trainingData(trainer, given, resolved);
  const batchSize = batchSizeFor(`fit of ${label}`, data.training, resolved.batchSize, resolved.stepsPerEpoch);
  trainer.catchUp();
  const start = planStart(trainer.state, resolved, label);
  const session = new Session({
    trainer,
    model,
    source: data.training,
    options: resolved,
    batchSize,
    services,
    start,
    identity: fitIdentity(resolved, batchSize, data),
    machine: (await trainer.engine()).fingerprint,
  });
  const validation = data.validation && {
    trainer,
    source: data.validation,
    batchSize: data.validation.dataset.ordered ? (resolved.validationBatchSize ?? batchSize) : batchSize,
    steps: resolved.validationSteps,
    callbacks: session.callbacks,
    where: `validation of ${label}`,
    interrupted: () => session.interrupted !== null,
  };
  return trainer.alone(async () => {
    try {
      await begin(session, data);
      trainer.live = () => session.capture();
      const logs = await epochs(session, validation, null);
      if (session.interrupted === null) await end(session, logs);
    } finally {
      await trainer.refresh();
      trainer.live = null;
      await session.closePass();
    }
    return session.history;
  });
}

/** Hooks of the beginning; then, so that the state has the last word, what a resumed training takes up. */
async function begin(session: Session, data: TrainingData): Promise<void> {
  const { trainer, start, model } = session.parts;
  const { state } = trainer;
  const first = session.idle ? null : await openFirst(session, start.position === null ? null : state.data.json);
  const batch = first ?? (session.idle || start.batch > 0 ? await session.anyBatch() : null);
  if (batch === null) throw noData(`fit of ${trainer.network.label}`);
  const measures = trainer.measures(batch);
  for (const source of [data.training, data.validation]) {
    if (source?.allTargets) checkLabels(trainer.network, measures, source.allTargets);
  }
  await trainer.prepare(batch);
  session.begin(measures, data.validation !== null);
  for (const warning of [...start.warnings, ...trainer.warnings()]) session.context.warn(warning);
  model.stopTraining = false;
  measures.reset();
  const rate = trainer.optimizer!.learningRate;
  const before = rate.numpy();
  await session.callbacks.run("onTrainBegin", {});
  if (start.batch > 0 && !start.finished) await session.callbacks.at("onEpochBegin", session.epoch, {});
  if (!start.resumes) return;
  if (rate.schedule === null) rate.assign(before);
  if (start.wholeHistory) model.stopTraining = state.stopped;
  if (start.batch > 0) measures.setState(state.metrics);
  if (start.wholeHistory) session.takeHistory(state.history);
  const lost = await session.callbacks.setState(state.callbacks);
  for (const name of lost) session.context.warn(`The saved state of a ${name} found no such callback in this fit.`);
}

async function epochs(session: Session, validation: Evaluation | null, target: DurableTarget | null): Promise<Logs> {
  const { options, model } = session.parts;
  let logs: Logs = {};
  while (!session.idle && session.epoch < options.epochs) {
    const inside = session.batch > 0;
    if (!inside) {
      session.measures.reset();
      await session.callbacks.at("onEpochBegin", session.epoch, {});
    }
    if (!(await runBatches(session, target))) {
      session.context.warn(`The data had nothing left for epoch ${session.epoch + 1}, so the training ends before it.`);
      break;
    }
    if (session.interrupted !== null) break;
    logs = session.measures.logs();
    if (validation !== null && validatesAfter(session.epoch, options.validationFreq)) {
      const validated = await evaluateOn(validation);
      if (session.interrupted !== null) break;
      for (const [key, value] of Object.entries(validated)) logs[`val_${key}`] = value;
    }
    const { epoch } = session;
    await endPass(session);
    session.epoch++;
    session.batch = 0;
    await session.callbacks.at("onEpochEnd", epoch, logs);
    session.stopped = model.stopTraining;
    await cut("epoch", session, target);
    if (session.stopped || session.interrupted !== null) break;
  }
  return logs;
}

/** Averages become the weights, as Keras has it; then the last hooks. */
async function end(session: Session, logs: Logs): Promise<void> {
  const { trainer, options } = session.parts;
  if (options.epochs > 0) trainer.optimizer!.finalizeVariables();
  await session.callbacks.run("onTrainEnd", logs);
  await cut("end", session, null);
  await session.context.flush();
}
