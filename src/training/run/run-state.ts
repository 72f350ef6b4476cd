import { StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { encodeJson, type FixedMembers, type Origin } from "../../store/index.js";
import type { Trainer } from "../step/trainer.js";
import { decodeModel, encodeModel, type ModelState, notARunState, prepareModel } from "./model-state.js";

/** The content of a run folder's checkpoint: the whole state of a training, and which training it is. */
export interface RunState extends ModelState {
  readonly identity: Json;
  readonly notes: RunNotes & { readonly model: Json };
}

/** The members that do not change while a training runs: its identity, and the model without its tensors. */
export function fixedMembers(identity: Json, model: Json): FixedMembers {
  return { identity: encodeJson(identity), model: encodeJson(model) };
}

/** What every checkpoint of a run notes for people, tools and retention; no result depends on it. */
export interface CheckpointNotes {
  /** The version of Pawl that wrote it; null when unknown. */
  readonly pawl: string | null;
  /** Whether the loss was a finite number. */
  readonly finiteLoss: boolean;
  /** The first step whose loss was not finite; the weights before it were already bad. Null for none. */
  readonly brokenAt: number | null;
  /** The key that `keep` monitors, and whether smaller or larger is better; null when unknown. */
  readonly better: Better | null;
  /** The earlier checkpoint that `run.from` chose, and how `from` named it; null for none. */
  readonly from: Branch | null;
  /** The checkpoint of another run that this one began from; null for none. */
  readonly parent: Parentage | null;
}

/** The notes of a training by `fit`. */
export interface RunNotes extends CheckpointNotes {
  /** The option `epochs`; null when unknown. */
  readonly epochs: number | null;
}

export interface Better {
  readonly monitor: string;
  readonly mode: "min" | "max";
}

/** Where a fork began. */
export interface Parentage extends Origin {
  /** How `run.from` named it. */
  readonly asked: string;
}

/** Where a run went back to an earlier checkpoint. */
export interface Branch {
  readonly asked: string | number;
  readonly step: number;
}

/** Whether a tensor must be finite for its checkpoint to be a good one. */
export function isWeight(name: string): boolean {
  return name.startsWith("weights/");
}

/**
 * The current state without {@link fixedMembers}. Weights and optimizer variables are views of the live ones: copy them
 * to keep them past the next step.
 */
export function encodeRunState(trainer: Trainer, { epochs, ...notes }: RunNotes): StateValue {
  const { json, tensors } = encodeModel(trainer);
  return { json: { format: 1, epochs, ...encodeNotes(notes), ...json }, tensors };
}

export function encodeNotes({ from, better, parent, ...others }: CheckpointNotes): { readonly [key: string]: Json } {
  return {
    ...others,
    from: from === null ? null : { ...from },
    better: better === null ? null : { ...better },
    parent: parent === null ? null : { ...parent },
  };
}

export function decodeNotes(json: { readonly [key: string]: Json }): CheckpointNotes {
  const { pawl, finiteLoss, brokenAt, better, from, parent } = json;
  return {
    pawl: typeof pawl === "string" ? pawl : null,
    finiteLoss: finiteLoss !== false,
    brokenAt: typeof brokenAt === "number" ? brokenAt : null,
    better: isConfig(better) ? (better as unknown as Better) : null,
    from: isConfig(from) ? (from as unknown as Branch) : null,
    parent: isConfig(parent) ? (parent as unknown as Parentage) : null,
  };
}

/** Format of the checkpoints of `openRun`. */
export const LOOP_FORMAT = 2;

/** @throws {FormatError} when it is not such a state, {@link StateError} when it is one of `openRun` */
export function decodeRunState({ json, tensors }: StateValue): RunState {
  if (isConfig(json) && json["format"] === LOOP_FORMAT) throw otherKind("a loop of openRun", "a training by fit");
  if (!isConfig(json) || json["format"] !== 1) throw notARunState("no run state of format 1");
  const { model, epochs } = json;
  return {
    ...decodeModel({ json, tensors }),
    identity: json["identity"] ?? null,
    notes: { ...decodeNotes(json), model: model ?? null, epochs: typeof epochs === "number" ? epochs : null },
  };
}

/** Whether a checkpoint is the first of a fork that has not trained yet: other settings are welcome. */
export function isOpen(json: Json): boolean {
  return isConfig(json) && json["open"] === true;
}

export function otherKind(is: string, wanted: string): StateError {
  return new StateError({
    code: "run-kind",
    what: `This run is ${is}, not ${wanted}`,
    fix: "Give each its own folder",
  });
}

/**
 * Sets weights, optimizer and training state.
 * @param now the identity of the training now, which may differ from the saved one
 * @returns which parts of the saved state have no counterpart
 * @throws {FormatError} when the model has other weights; nothing is set then
 */
export function applyRunState(
  trainer: Trainer,
  saved: RunState,
  now: Json,
  where: string,
  skipMismatch = false,
): readonly string[] {
  return prepareModel(trainer, saved, saved.identity, now, where, skipMismatch)();
}
