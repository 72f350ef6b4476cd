import { StateError } from "../../core/errors.js";
import { ArrayDataset } from "../../data/index.js";
import { Cursor } from "../data/cursor.js";
import type { Source } from "../data/source.js";
import type { ModelBatch } from "../state/batch.js";
import { differences } from "../state/differences.js";
import { noData, openFirst } from "./batches.js";
import { changesSince } from "./conditions.js";
import { LastCut } from "./last-cut.js";
import type { Session } from "./session.js";
import type { TrainingData } from "./training-data.js";

/**
 * Begins a call of `fit`: peeks at the first batch, makes losses and metrics, runs the first hooks. A resumed training
 * restores its state last, so that the saved state wins.
 */
export async function openTraining(session: Session, data: TrainingData): Promise<void> {
  const { trainer, start, model } = session.parts;
  const changes = changedSince(session);
  await prepare(session, data);
  for (const warning of [...start.warnings, ...changes, ...trainer.warnings(), ...machineWarnings(session)]) {
    session.context.warn(warning);
  }
  const rates = trainer.optimizers.flatMap(({ optimizer }) => optimizer.rated.map((one) => one.learningRate));
  const before = rates.map((rate) => rate.numpy());
  model.stopTraining = false;
  session.lastCut = await LastCut.begin(session);
  await session.callbacks.run("onTrainBegin", {});
  if (start.batch > 0 && !start.finished) await session.callbacks.at("onEpochBegin", session.epoch, {});
  if (!start.resumes) return;
  const { state } = trainer;
  const notes = [...trainer.carriedNotes];
  await session.lastCut.restoreVariables();
  rates.forEach((rate, i) => {
    if (rate.schedule === null) rate.assign(before[i]!);
  });
  if (start.batch > 0) notes.push(...session.measures.setState(state.metrics));
  if (start.wholeHistory) {
    session.takeHistory(state.history);
    model.stopTraining = session.stopped;
  }
  notes.push(...(await session.callbacks.setState(state.callbacks)));
  if (notes.length > 0) {
    session.context.warn(
      `fit of ${trainer.network.label} goes on without a part of its saved state: ${notes.join("; ")}.`,
    );
  }
}

async function prepare(session: Session, data: TrainingData): Promise<void> {
  const { trainer, start } = session.parts;
  const { network } = trainer;
  const first = session.idle
    ? null
    : await openFirst(session, start.position === null ? null : trainer.state.data.json);
  // If only the end of an epoch is left, shapes are learned from any batch.
  const batch = first ?? (session.idle || start.batch > 0 ? await session.anyBatch() : null);
  if (batch === null) throw noData(`fit of ${network.label}`);
  for (const source of [data.training, data.validation]) {
    if (source?.allTargets) trainer.checkTargets(source.allTargets, batch);
  }
  await trainer.prepare(batch);
  if (data.validation !== null) await lookAtValidation(session, data.validation, batch);
  const measures = trainer.measures();
  measures.reset("train");
  session.begin(measures, data.validation !== null);
}

/**
 * A step of the model's own logs what it wants. Arrays for validation are looked at, so that a mistake shows before
 * training; for other data, that of training must do.
 */
async function lookAtValidation({ parts }: Session, validation: Source, batch: ModelBatch): Promise<void> {
  const { trainer, batchSize } = parts;
  if (!trainer.own.train && !trainer.own.test) return;
  if (!(validation.dataset instanceof ArrayDataset)) {
    try {
      trainer.surveyTest(batch);
    } catch {
      // The data for validation may be another: it has its own say later.
    }
    return;
  }
  const cursor = new Cursor(validation, { batchSize, shuffle: false, seed: 0, pass: 0 });
  const first = await cursor.peek();
  if (first !== null) trainer.surveyTest(first);
}

/**
 * What has changed since the training that is resumed. (Run folders compare more, and earlier.)
 * @throws {StateError} in mid-epoch, when other arguments make the next batch another one
 */
function changedSince(session: Session): string[] {
  const { trainer, start, identity, options } = session.parts;
  const { state, network } = trainer;
  if (!start.resumes || start.finished || options.run !== null) return [];
  const warnings: string[] = [];
  const changes = changesSince(state, identity).join("; ");
  if (changes !== "" && start.batch > 0) {
    throw new StateError({
      code: "resume-changed",
      what: `fit of ${network.label} cannot go on at batch ${start.batch} of epoch ${start.epoch} with other arguments`,
      received: changes,
      fix: `Give the old arguments, or initialEpoch: ${start.epoch} instead of resume to start that epoch again`,
    });
  }
  if (changes !== "") {
    warnings.push(
      `fit of ${network.label} goes on with other arguments than before, so it is not the same training any more: ${changes}.`,
    );
  }
  if (state.iteration > 0 && trainer.optimizers.every(({ optimizer }) => optimizer.iteration === 0)) {
    warnings.push(
      `fit of ${network.label} goes on at epoch ${start.epoch} with an optimizer that has no state: compile made it anew ` +
        "after the weights were loaded. Compile before loadWeights, and do not compile what loadModel has compiled.",
    );
  }
  return warnings;
}

function machineWarnings(session: Session): string[] {
  const { trainer, start, machine } = session.parts;
  if (!start.resumes) return [];
  const changes = differences({ ...trainer.state.machine }, { ...machine });
  if (changes.length === 0) return [];
  return [
    `${trainer.network.label} goes on on another machine, so the last bits of its numbers may differ: ${changes.join("; ")}.`,
  ];
}
