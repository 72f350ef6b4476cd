import { FormatError } from "../core/errors.js";
import type { Variable } from "../engine/index.js";
import { restoreOptimizers } from "../training/run/all-optimizers.js";
import { isFresh } from "../training/state/train-state.js";
import type { Savable } from "../training/step/savable.js";
import { applyOptimizer } from "./apply-optimizer.js";
import type { MatchedWeights } from "./apply-weights.js";
import { slotOrder } from "./slot-order.js";
import type { LoadedWeights, SeveralOptimizers } from "./types.js";

/**
 * Takes over the optimizer's state of a file. Where it does not fit what is trained now, it may fit what was trained
 * before layers were frozen; where it fits neither, the optimizer begins anew and that is said.
 * @param weights where those of the file belong
 * @param strict whether a state that does not fit is an error; in a file with Pawl's training state it always is, since
 * that goes on exactly or not at all
 */
export function restoreOptimizer(
  model: Savable,
  loaded: LoadedWeights,
  { names, isRearranged }: MatchedWeights,
  strict: boolean,
): void {
  const { file, origin, optimizer: entries, trained } = loaded;
  const { optimizer } = model;
  if (optimizer === null) {
    console.warn(notForSeveral(file, model));
    return;
  }
  const apply = (): void => {
    if (isRearranged) throw otherForm(file);
    applyOptimizer(optimizer, entries!, file, slotOrder(optimizer.trainable, names, origin));
  };
  const now = model.network.trainableWeights;
  if (trained === null && !optimizer.built) model.setTrained(optimizer, now, now);
  if (trained !== null)
    model.setTrained(optimizer, at(trained.withSlots, model, file), at(trained.trained, model, file));
  const misfit = failureOf(apply);
  if (misfit === null) return;
  if (strict || (loaded.state !== null && !isFresh(loaded.state))) throw misfit;
  const { network } = model;
  if (network.thawedWeights.length > now.length) {
    model.setTrained(optimizer, network.thawedWeights, now);
    if (failureOf(apply) === null) return;
  }
  model.setTrained(optimizer, now, now);
  optimizer.iteration = 0;
  const reason = misfit.cause instanceof FormatError ? misfit.cause.message : misfit.message;
  console.warn(
    `The optimizer state in "${file}" cannot be used, so the optimizer begins anew: ${reason} With { strict: true } this is an error.`,
  );
}

/**
 * Takes over the state of several optimizers, by their names.
 * @throws {FormatError} when one has no counterpart, and `strict`
 */
export function restoreSeveral(
  model: Savable,
  loaded: LoadedWeights,
  several: SeveralOptimizers,
  strict: boolean,
): void {
  const { paths: names } = several;
  const notes = restoreOptimizers(model, several, { names, placeOf: (place) => place, before: {}, now: {} });
  if (notes.length === 0) return;
  const what = `The state of the optimizers in "${loaded.file}" does not fit the model`;
  if (!strict) {
    console.warn(`${what}: ${notes.join("; ")}. With { strict: true } this is an error.`);
    return;
  }
  throw new FormatError({
    code: "optimizers-other",
    what,
    received: notes.join("; "),
    fix: "Compile with the optimizers that the file was saved with, under the same names",
  });
}

function notForSeveral(file: string, { network }: Savable): string {
  return `The optimizer state in "${file}" is that of one optimizer, and ${network.label} has several, which begin anew.`;
}

/** Keras itself takes such slots as they are, in the wrong places. */
function otherForm(file: string): FormatError {
  return new FormatError({
    code: "optimizer-other-form",
    what: `The weights in "${file}" are of an old form in which its optimizer keeps its slots too`,
    fix: "Load the weights alone: loadWeights(path, { optimizer: false }), or loadModel(path, { compile: false })",
  });
}

function failureOf(run: () => void): FormatError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

function at(places: readonly number[], { network }: Savable, file: string): Variable[] {
  return places.map((place) => {
    const weight = network.weights[place];
    if (weight !== undefined) return weight;
    throw new FormatError({
      code: "pawl-state",
      what: `The Pawl state in "${file}" names a trained weight that the model does not have`,
      received: `number ${place}`,
      expected: `0 to ${network.weights.length - 1}`,
      fix: "The file is damaged: use an older one",
    });
  });
}
