import { OptionError, StateError } from "../../core/errors.js";
import { isUnchanged, markText } from "../hooks/callback-marks.js";
import type { TrainState } from "../state/train-state.js";
import type { ResolvedFit } from "./fit-options.js";

/** Where a call of `fit` begins, and which parts of the saved state it uses. */
export interface Start {
  readonly epoch: number;
  /** Batches already done in that epoch. */
  readonly batch: number;
  readonly pass: number;
  /** Batches taken in the pass to continue; null: the first epoch starts a new pass. */
  readonly position: number | null;
  /** Whether callbacks, and in mid-epoch metrics, continue from the state. */
  readonly resumes: boolean;
  /** Whether the returned history starts with the epochs of the state. */
  readonly wholeHistory: boolean;
  /** First epoch of the returned history. An epoch whose batches are all done has only its end in this call. */
  readonly historyFrom: number;
  /** The training had already ended: only its end remains to be done. */
  readonly finished: boolean;
  /** A callback ended it, and nothing new is asked for since. */
  readonly stopped: boolean;
  /** Why it goes on although a callback had ended it, for messages; null when none had. */
  readonly past: string | null;
  readonly warnings: readonly string[];
}

/** Facts about a state that are not in it. */
export interface StateOrigin {
  /** It comes from the run folder. */
  readonly continuesRun: boolean;
  /** It was saved under other arguments. */
  readonly changed: boolean;
  /** Its position is valid in the data given now: same contents, size and order of batches. */
  readonly sameData: boolean;
  /** Batches per epoch; null when unknown. */
  readonly steps: number | null;
}

/**
 * @param state of the model: loaded from a file, or left by an earlier call
 * @param model how messages name the model
 * @throws {StateError} when there is nothing to resume
 * @throws {OptionError} when `resume` and `initialEpoch` contradict each other
 */
export function planStart(state: TrainState, options: ResolvedFit, model: string, from: StateOrigin): Start {
  const trained = state.identity !== null;
  // The first start of a run has nothing to resume, even if its script says `resume: true`.
  const resumes = options.resume && (options.run === null || trained);
  if (resumes || from.continuesRun) return exactStart(state, options, model, from);
  const epoch = options.initialEpoch ?? 0;
  const fresh: Start = {
    epoch,
    batch: 0,
    pass: trained ? state.pass : Math.max(state.pass, epoch),
    position: null,
    resumes: false,
    wholeHistory: false,
    historyFrom: 0,
    finished: false,
    stopped: false,
    past: null,
    warnings: epoch > 0 && epoch >= options.epochs ? [nothingToDo(epoch, options.epochs, model)] : [],
  };
  if (!trained) return fresh;
  if (state.epoch === epoch && state.batch > 0) {
    return { ...fresh, ...again(state, from.sameData), resumes: true, warnings: [restartWarning(state, model)] };
  }
  if (epoch === 0) return fresh;
  // Saved in a hook of the epoch's end: its batches are done, and the rest of that end is done now.
  if (epoch === state.epoch + 1 && state.batch > 0 && state.batch === from.steps && !from.changed) {
    const { epoch: begun, batch, pass, position } = state;
    return { ...fresh, epoch: begun, batch, pass, position, resumes: true, historyFrom: epoch };
  }
  if (state.epoch === epoch) return { ...fresh, ...openPass(state, options, model, from.sameData), resumes: true };
  return { ...fresh, warnings: [disagreement(state, epoch, model)] };
}

function nothingToDo(epoch: number, epochs: number, model: string): string {
  return (
    `fit of ${model} has nothing to do: initialEpoch is ${epoch} and epochs is ${epochs}. epochs is the number of the ` +
    `last epoch, not a count: give epochs: ${epoch + epochs} for ${epochs} more.`
  );
}

/** For `resume: true` and `run`: starts at exactly the saved batch. */
function exactStart(state: TrainState, options: ResolvedFit, model: string, from: StateOrigin): Start {
  const past = pastItsEnd(state, options, from.changed);
  const stopped = state.stopped && past === null;
  const { initialEpoch } = options;
  if (state.identity === null) {
    throw new StateError({
      code: "nothing-to-resume",
      what: `fit of ${model}: resume is true, but the model has no training state`,
      received: state.iteration > 0 ? "weights and an optimizer alone" : "a model that has not trained",
      fix: "Load the model from a file that Pawl wrote during training, or give initialEpoch instead",
    });
  }
  if (options.resume && initialEpoch !== null && initialEpoch !== state.epoch) {
    throw new OptionError({
      code: "resume-epoch",
      what: `fit of ${model}: initialEpoch ${initialEpoch} contradicts the state that it resumes, which stands at epoch ${state.epoch}`,
      fix: "Leave initialEpoch out",
      data: { initialEpoch, epoch: state.epoch },
    });
  }
  // Other data has other batches: with a change accepted, the epoch starts again at its first batch.
  const again = from.continuesRun && !from.sameData && state.batch > 0;
  const batch = again ? 0 : state.batch;
  return {
    epoch: state.epoch,
    batch,
    pass: state.pass,
    position: state.position,
    resumes: true,
    wholeHistory: true,
    historyFrom: 0,
    finished: (stopped && batch === 0) || state.epoch >= options.epochs,
    stopped,
    past,
    warnings: [],
    ...(batch > 0 ? {} : openPass(state, options, model, from.sameData)),
  };
}

/**
 * Why a training that a callback had ended goes on, for messages; null when it stays ended, or had not ended.
 * @param changed the differences in what its results depend on
 */
export function pastItsEnd(
  { stopped, ending, epoch }: TrainState,
  { epochs, callbacks }: Pick<ResolvedFit, "epochs" | "callbacks">,
  changed: boolean,
): string | null {
  if (!stopped || ending === null || epoch >= epochs) return null;
  const end = `after ${ending.by.length === 0 ? "a callback" : ending.by.map(markText).join(", ")} had ended it in epoch ${epoch}`;
  if (epochs > ending.epochs) return `${end}, since epochs is ${epochs} now, and was ${ending.epochs}`;
  const gone = ending.by.find((mark) => !callbacks.some((callback) => isUnchanged(mark, callback)));
  if (gone !== undefined) return `${end}, since ${gone.className} is there no more, or with other options`;
  return changed ? `${end}, since it is not the same training any more` : null;
}

/** Continues the saved pass, if it is one through this data and passes span epochs (stepsPerEpoch). */
function openPass(
  { position, epoch }: TrainState,
  { stepsPerEpoch }: ResolvedFit,
  model: string,
  sameData: boolean,
): Pick<Start, "position" | "warnings"> {
  const goesOn = position === null || (sameData && (stepsPerEpoch !== null || position === 0));
  if (goesOn) return { position, warnings: [] };
  // No batch of it has been taken.
  if (position === 0) return { position: null, warnings: [] };
  const why = sameData ? "stepsPerEpoch is not given any more" : "these are other batches than before";
  return {
    position: null,
    warnings: [
      `fit of ${model}: ${why}, so epoch ${epoch + 1} begins a new pass through the data instead of going on after batch ${position} of the last one.`,
    ],
  };
}

/** Starts the epoch again at its first batch: with one pass per epoch the same pass, so the same order. */
function again(state: TrainState, sameData: boolean): Pick<Start, "pass" | "position"> {
  if (!sameData) return { pass: state.pass, position: null };
  const begunBefore = state.position !== null && state.position > state.batch;
  if (begunBefore) return { pass: state.pass, position: state.position - state.batch };
  return { pass: state.pass - 1, position: null };
}

function restartWarning(state: TrainState, model: string): string {
  return (
    `fit of ${model}: the state stands after ${state.batch} batches of epoch ${state.epoch}, and the epoch starts again ` +
    "at its first batch, on weights that have seen these already. Give resume: true to go on at the exact batch."
  );
}

function disagreement(state: TrainState, epoch: number, model: string): string {
  return (
    `fit of ${model}: initialEpoch is ${epoch}, but the state of the model stands at epoch ${state.epoch}. Training goes ` +
    `on as epoch ${epoch}, with callbacks that start anew. Give initialEpoch: ${state.epoch} to continue exactly.`
  );
}
