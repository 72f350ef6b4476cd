import { StateError } from "../core/errors.js";
import { memoryVfs } from "../core/vfs-memory.js";
import { ArrayDataset } from "../data/index.js";
import { refuseEndless } from "../data/records/refuse-endless.js";
import { batchSizeFor, Cursor } from "./data/cursor.js";
import type { Given, Source } from "./data/source.js";
import type { TrainingModel } from "./hooks/callback.js";
import type { History } from "./hooks/history.js";
import { tellOnInterrupt } from "./hooks/interrupt-notice.js";
import type { FailedSave } from "./hooks/pending-saves.js";
import { SignalWatch } from "./hooks/signals.js";
import { changesSince, fitConditions, sameBatches } from "./loop/conditions.js";
import { cut, saveLast, saveNow } from "./loop/cut.js";
import { runEpochs } from "./loop/epochs.js";
import { type FitOptions, type ResolvedFit, resolveFit } from "./loop/fit-options.js";
import { openTraining } from "./loop/open-training.js";
import { type Services, Session } from "./loop/session.js";
import { planStart } from "./loop/starting-point.js";
import { type TrainingData, trainingData } from "./loop/training-data.js";
import type { Evaluation } from "./loop/validation.js";
import { openRun } from "./run/open-run.js";
import { replayed, replayOf } from "./run/replay.js";
import type { Run } from "./run/run.js";
import { runConditions } from "./run/run-conditions.js";
import { statedRate, trainingLeavesRate } from "./run/stated-rate.js";
import type { Trainer } from "./step/trainer.js";

/** A replay writes no files but its own. */
const NO_SAVES: Services["saver"] = { ready: async () => undefined, save: async () => undefined };

/** Trains a compiled model; see {@link FitOptions}. */
export async function fit(
  trainer: Trainer,
  model: TrainingModel,
  given: Pick<Given, "x" | "y">,
  options: FitOptions | undefined,
  services: Services,
): Promise<History> {
  const { label } = trainer.network;
  const stated = resolveFit(label, options);
  const replay = stated.run === null ? null : replayOf(stated.run.dir);
  const resolved = replay === null ? stated : { ...stated, run: replayed(stated.run!, replay) };
  trainer.compiled("fit");
  return trainer.inUse.training(async () => {
    const data = await trainingData(trainer, given, resolved);
    if (data.validation !== null) trainer.checkTestable(`validation in fit of ${label}`);
    const batchSize = batchSizeFor(`fit of ${label}`, data.training, resolved.batchSize, resolved.stepsPerEpoch);
    const identity = await fitConditions(resolved, batchSize, data);
    const watch = resolved.run !== null && resolved.signals ? SignalWatch.start() : null;
    let run: Run | null = null;
    let untell = (): void => undefined;
    await lookAhead(trainer, data.training, batchSize);
    const rated = trainer.statedOptimizers.flatMap(({ optimizer }) => optimizer.rated);
    const rates = rated.map((optimizer) => [optimizer, statedRate(optimizer)] as const);
    try {
      if (resolved.run !== null) {
        const whole = await runConditions(trainer, identity, data);
        run = await openRun({ trainer, fit: resolved, run: resolved.run, replay, identity: whole, services });
      }
      await services.writer.prepare();
      trainer.catchUp();
      const session = new Session({
        trainer,
        model,
        source: data.training,
        options: resolved,
        batchSize,
        // What callbacks write is there already.
        services: replay === null ? services : { ...services, saver: NO_SAVES, callbackFiles: memoryVfs() },
        start: planStart(trainer.state, resolved, label, {
          continuesRun: run?.continues ?? false,
          changed: run?.changed ?? changesSince(trainer.state, identity).length > 0,
          sameData: sameBatches(trainer.state, identity),
          steps: resolved.stepsPerEpoch ?? data.training.dataset.batchesPerPass(batchSize),
        }),
        identity,
        machine: (await trainer.engine()).fingerprint,
      });
      if (run === null && resolved.signals) untell = tellOnInterrupt(() => lossText(session));
      return await train(session, data, run, watch);
    } finally {
      untell();
      if (run !== null) for (const [optimizer, rate] of rates) trainingLeavesRate(optimizer, rate);
      watch?.stop();
      await run?.close();
    }
  });
}

/**
 * A model's own step says which weights its optimizers train, which a saved state needs to know. Batches that can be
 * taken only once are not looked at; a saved state says it for them.
 */
async function lookAhead(trainer: Trainer, source: Source, batchSize: number): Promise<void> {
  if (!trainer.own.train || !(source.dataset instanceof ArrayDataset)) return;
  const cursor = new Cursor(source, { batchSize, shuffle: false, seed: 0, pass: 0 });
  const batch = await cursor.peek();
  if (batch !== null) trainer.survey(batch);
}

async function train(
  session: Session,
  data: TrainingData,
  run: Run | null,
  watch: SignalWatch | null,
): Promise<History> {
  const { options } = session.parts;
  if (run !== null) session.onWarning = (text) => run.warned(text);
  for (const warning of run?.warnings ?? []) session.context.warn(warning);
  watch?.tell((signal) => {
    session.interrupted ??= signal;
  });
  if (run !== null)
    run.onStop = (by) => {
      session.interrupted ??= by;
      session.asked = true;
      watch?.receive("SIGTERM");
    };
  try {
    await openTraining(session, data);
    await session.lastCut!.take();
    // Save the state before the first step, so that there is always a checkpoint to go on from.
    if (run !== null) {
      await run.begin(session);
      await saveNow(session, run);
    }
    const { past } = session.parts.start;
    if (past !== null && options.verbose > 0) session.context.print(`Training goes on ${past}.\n`);
    const logs = await runEpochs(session, validationOf(session, data), run);
    if (run !== null && session.parts.start.finished && options.verbose > 0)
      session.context.print(finishedLine(session, run));
    if (session.interrupted !== null) await saveNow(session, run!);
    else {
      if (run !== null) await saveLast(session, run);
      await end(session, logs);
    }
    await session.saves.flush();
    await run
      ?.stop(...stopOf(session))
      .catch((error: unknown) => session.context.warn(`The end could not be recorded: ${messageOf(error)}`));
    if (options.onSaveFailure === "reject") await checkSaved(session, run);
    if (session.interrupted === null) await run?.finish();
    await session.lastCut!.end(false);
  } catch (error) {
    await session.lastCut?.end(true);
    // No write may outlive this call; a failed one is reported beside the error.
    await session.saves.flush().catch(() => undefined);
    await run?.stop("error", messageOf(error), session.parts.trainer.state.iteration).catch(() => undefined);
    throw error;
  } finally {
    await session.closePass();
  }
  if (session.interrupted !== null) {
    session.history.interrupted = true;
    session.context.print(`\n${farewell(session, run!)}\n`);
    await run!.close();
    if (watch !== null && !watch.leavesItToProgram) watch.exit();
  }
  if (session.hidden !== null) session.history.drop(session.hidden);
  return session.history;
}

/** @throws {StateError} when the last save of the run folder, or of a callback, has failed */
async function checkSaved(session: Session, run: Run | null): Promise<void> {
  const { saves, history, parts } = session;
  if (saves.lastFailed.size === 0) return;
  // A checkpoint counts as saved even if its line in the log is missing.
  const done = run !== null && (run.isTemporary || (await run.isSaved(session)));
  const failed = [...saves.lastFailed].filter(([by]) => by !== run || !done).map(([, save]) => save);
  if (failed.length === 0) return;
  const messageOf = ({ what, error }: FailedSave): string =>
    `saving ${what} failed: ${error instanceof Error ? error.message.replace(/\.$/, "") : String(error)}`;
  throw new StateError({
    code: "last-save-failed",
    what: `fit of ${parts.trainer.network.label} is done, but what it was to save last is not saved`,
    received: failed.map(messageOf).join(". "),
    fix:
      "The model in memory is trained, and the error's data has the history: mend the cause and start again, or save the " +
      'model elsewhere. With onSaveFailure: "warn", fit resolves all the same',
    data: { saves: failed.map(({ what }) => what), history },
    cause: failed[0]!.error,
  });
}

/** Averages become the weights, as in Keras; then the last hooks run. */
async function end(session: Session, logs: Awaited<ReturnType<typeof runEpochs>>): Promise<void> {
  for (const { optimizer } of session.parts.trainer.optimizers) {
    // Before the first step the averages are zeros.
    if (optimizer.iteration > 0) optimizer.finalizeVariables();
  }
  await session.lastCut!.take();
  await session.callbacks.run("onTrainEnd", logs);
  await cut("end", session, null);
}

function validationOf(session: Session, { validation: source }: TrainingData): Evaluation | null {
  if (source === null) return null;
  const { trainer, options } = session.parts;
  const where = `validation in fit of ${trainer.network.label}`;
  const { validationSteps: steps } = options;
  refuseEndless(where, source.dataset, steps, "validationSteps");
  return {
    trainer,
    source,
    batchSize: batchSizeFor(where, source, validationBatch(source.dataset.ordered, options), steps),
    steps,
    callbacks: session.callbacks,
    where,
    interrupted: () => session.interrupted !== null,
  };
}

function validationBatch(ordered: boolean, { validationBatchSize, batchSize }: ResolvedFit): number | null {
  return validationBatchSize ?? (ordered ? batchSize : null);
}

function lossText({ epoch, parts }: Session): string {
  const { trainer } = parts;
  return (
    `Interrupted in epoch ${epoch + 1} after step ${trainer.state.iteration}, and not saved. With run: "runs/NAME" in fit, ` +
    "everything would be saved now, and the same command would go on from here."
  );
}

/** How a training that has not failed ended. */
function stopOf(session: Session): Parameters<Run["stop"]> {
  const { interrupted, asked, ending, parts } = session;
  const step = parts.trainer.state.iteration;
  if (interrupted !== null) return [asked ? "request" : "signal", interrupted, step];
  if (ending !== null) return ["callback", ending.by[0]?.className ?? null, step];
  return ["finished", null, step];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function finishedLine({ history }: Session, { dir }: Run): string {
  const epochs = history.epoch.length;
  return `The run in ${dir} is finished after ${epochs} epoch${epochs === 1 ? "" : "s"}: nothing is trained.\n`;
}

function farewell({ interrupted, epoch, batch, steps, parts }: Session, run: Run): string {
  const { iteration } = parts.trainer.state;
  if (run.isReplay) return `Done again up to step ${iteration}.`;
  const place = batch === 0 ? `before epoch ${epoch + 1}` : `in epoch ${epoch + 1}, batch ${batch} of ${steps ?? "?"}`;
  return (
    `Stopped by ${interrupted} after step ${iteration} (${place}). ` +
    `Everything is saved in ${run.dir}: start the same command again to go on.`
  );
}
