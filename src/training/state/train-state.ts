import { FormatError } from "../../core/errors.js";
import { numberFromJson, numberToJson } from "../../core/json-number.js";
import { isConfig } from "../../core/parts.js";
import { type Json, NO_STATE, type StateValue } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";

/** What identifies a callback. */
export interface CallbackMark {
  readonly className: string;
  /** See `identify` of callbacks. */
  readonly identity: Json;
  /** Its public options as plain data; null without any. They distinguish callbacks with the same identity. */
  readonly options: Json;
}

/** The saved state of one callback. */
export interface CallbackState extends CallbackMark {
  readonly state: StateValue;
  /** See `watchesOnly` of callbacks. */
  readonly watchesOnly: boolean;
}

/** How a callback ended a training. */
export interface Ending {
  /** The option `epochs` of that call of `fit`. */
  readonly epochs: number;
  /** Callbacks that ended it; empty when something else set `stopTraining`. */
  readonly by: readonly CallbackMark[];
}

/** Epochs and logs so far, as `History` has them. */
export interface HistoryState {
  readonly epoch: readonly number[];
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/**
 * The state of a training without weights and optimizer variables. Together with those it is the whole state: set it,
 * and training goes on bit for bit. It exists only at cuts: after all hooks of a batch's end, and after all hooks of an
 * epoch's end.
 */
export interface TrainState {
  /** Training steps of this model so far; also the counter of its random numbers. */
  readonly iteration: number;
  /** Current epoch, counted from 0; between epochs the next one. */
  readonly epoch: number;
  /** Batches done in that epoch; 0 between epochs. */
  readonly batch: number;
  /** Number of passes through training data that this model has begun; key of the shuffles. */
  readonly pass: number;
  /** Batches taken in the current pass; null when the next epoch starts a new one. */
  readonly position: number | null;
  /** Whether a callback has ended the training. */
  readonly stopped: boolean;
  /** When {@link stopped}: what ended it, so that a later call that asks for more goes on. Else null. */
  readonly ending: Ending | null;
  /** Key of the model's random numbers. */
  readonly seed: number;
  /** Number of parts that batches are computed in. */
  readonly shards: number;
  /** Accumulators of the running loss and of the metrics, by log key and accumulator; only in mid-epoch. */
  readonly metrics: Readonly<Record<string, Tensor>>;
  /** State that stateful layers carry from batch to batch, by path. */
  readonly carried: Readonly<Record<string, Tensor>>;
  /** What layers have learned from data by `adapt` that is no weight, in the order of the layers; null: nothing. */
  readonly learned: readonly (StateValue | null)[];
  readonly callbacks: readonly CallbackState[];
  readonly history: HistoryState;
  /** Position of data that keeps its own, e.g. a generator with `getState`. */
  readonly data: StateValue;
  /** Everything besides the state that the results depend on: arguments, architecture, data. Null before training. */
  readonly identity: Json;
  /** What the exact bits depend on: engine, library versions, instruction set. */
  readonly machine: Readonly<Record<string, string>>;
}

/** The state of a model that has not trained. */
export function freshState(seed: number): TrainState {
  return {
    iteration: 0,
    epoch: 0,
    batch: 0,
    pass: 0,
    position: null,
    stopped: false,
    ending: null,
    seed,
    shards: 1,
    metrics: {},
    carried: {},
    learned: [],
    callbacks: [],
    history: { epoch: [], history: {} },
    data: NO_STATE,
    identity: null,
    machine: {},
  };
}

/** Whether it is that of a model that has not trained: its seed is all that there is to keep. */
export function isFresh({ json }: StateValue): boolean {
  return isConfig(json) && json["iteration"] === 0 && json["pass"] === 0 && json["identity"] === null;
}

const FORMAT = 1;

/** The state as plain data and tensors, for files. */
export function encodeTrainState(state: TrainState): StateValue {
  const tensors: Record<string, Tensor> = {};
  const keep = (prefix: string, from: Readonly<Record<string, Tensor>>): string[] => {
    for (const [name, tensor] of Object.entries(from)) tensors[`${prefix}/${name}`] = tensor;
    return Object.keys(from);
  };
  const { metrics, carried, learned, callbacks, data, history, ending, ...plain } = state;
  const json = {
    format: FORMAT,
    ...plain,
    ending: ending === null ? null : { epochs: ending.epochs, by: ending.by.map((mark) => ({ ...mark })) },
    machine: { ...plain.machine },
    metrics: keep("metrics", metrics),
    carried: keep("carried", carried),
    ...(learned.length === 0
      ? {}
      : {
          learned: learned.map((own, i) =>
            own === null ? null : { json: own.json, tensors: keep(`learned/${i}`, own.tensors) },
          ),
        }),
    callbacks: callbacks.map(({ state: own, ...mark }, i) => ({
      ...mark,
      json: own.json,
      tensors: keep(`callbacks/${i}`, own.tensors),
    })),
    data: { json: data.json, tensors: keep("data", data.tensors) },
    history: {
      epoch: [...history.epoch],
      history: Object.fromEntries(
        Object.entries(history.history).map(([key, values]) => [key, values.map(numberToJson)]),
      ),
    },
  } satisfies Json;
  return { json, tensors };
}

/** @throws {FormatError} when it is not such a state, or is from a newer version */
export function decodeTrainState(value: StateValue): TrainState {
  const { json, tensors } = value;
  if (!isConfig(json) || json["format"] !== FORMAT) throw notAState(json);
  for (const [part, isRight] of Object.entries(SHAPE)) {
    if (!isRight(json[part])) throw notAState({ [part]: json[part] ?? null });
  }
  const read = (prefix: string, names: readonly string[]): Record<string, Tensor> => {
    const out: Record<string, Tensor> = {};
    for (const name of names) {
      const tensor = tensors[`${prefix}/${name}`];
      if (tensor === undefined) throw notAState(`no tensor ${prefix}/${name}`);
      out[name] = tensor;
    }
    return out;
  };
  const raw = json as unknown as RawState;
  return {
    iteration: raw.iteration,
    epoch: raw.epoch,
    batch: raw.batch,
    pass: raw.pass,
    position: raw.position,
    stopped: raw.stopped,
    ending: raw.ending ?? null,
    seed: raw.seed,
    shards: raw.shards,
    identity: raw.identity,
    machine: raw.machine,
    metrics: read("metrics", raw.metrics),
    carried: read("carried", raw.carried ?? []),
    learned: (raw.learned ?? []).map((own, i) => own && { json: own.json, tensors: read(`learned/${i}`, own.tensors) }),
    callbacks: raw.callbacks.map((own, i) => ({
      className: own.className,
      identity: own.identity ?? null,
      options: own.options ?? null,
      watchesOnly: own.watchesOnly === true,
      state: { json: own.json, tensors: read(`callbacks/${i}`, own.tensors) },
    })),
    data: { json: raw.data.json, tensors: read("data", raw.data.tensors) },
    history: {
      epoch: raw.history.epoch,
      history: Object.fromEntries(
        Object.entries(raw.history.history).map(([key, values]) => [key, values.map((value) => numberFromJson(value))]),
      ),
    },
  };
}

/** More parts of a batch than any machine has cores for. */
const MAX_SHARDS = 2 ** 16;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const listOf = (isItem: (value: Json) => boolean) => (value: Json | undefined) =>
  Array.isArray(value) && value.every(isItem);
const isName = (value: Json): boolean => typeof value === "string";
const isPart = (value: Json | undefined): boolean =>
  isConfig(value) && value["json"] !== undefined && listOf(isName)(value["tensors"]);
const isAnything = (): boolean => true;

/** What each part of a saved state must be: a wrong one would show up only much later, or in the next save. */
const SHAPE: { readonly [Part in keyof TrainState]: (value: Json | undefined) => boolean } = {
  iteration: isCount,
  epoch: isCount,
  batch: isCount,
  pass: isCount,
  position: (value) => value === null || isCount(value),
  stopped: (value) => typeof value === "boolean",
  ending: (value = null) =>
    value === null || (isConfig(value) && isCount(value["epochs"]) && listOf(isConfig)(value["by"])),
  seed: isCount,
  shards: (value) => isCount(value) && (value as number) >= 1 && (value as number) <= MAX_SHARDS,
  identity: isAnything,
  machine: (value) => isConfig(value) && Object.values(value).every(isName),
  metrics: listOf(isName),
  carried: (value = []) => listOf(isName)(value),
  learned: (value = []) => listOf((own) => own === null || isPart(own))(value),
  callbacks: listOf((own) => isPart(own) && isName((own as { className: Json }).className)),
  data: isPart,
  history: (value) =>
    isConfig(value) &&
    listOf(isCount)(value["epoch"]) &&
    isConfig(value["history"]) &&
    Object.values(value["history"]).every(listOf(isLogged)),
};

/** A number, or the name of one that JSON has not. */
function isLogged(value: Json): boolean {
  return typeof value === "number" || (typeof value === "string" && (value === "NaN" || !Number.isNaN(Number(value))));
}

interface RawPart {
  readonly json: Json;
  readonly tensors: readonly string[];
}

type RawState = Omit<TrainState, "metrics" | "carried" | "learned" | "callbacks" | "data" | "history" | "ending"> & {
  readonly metrics: readonly string[];
  /** Absent in states of versions that did not save it. */
  readonly ending?: Ending | null;
  /** Absent in states of versions without stateful layers. */
  readonly carried?: readonly string[];
  /** Absent where no layer learns. */
  readonly learned?: readonly (RawPart | null)[];
  readonly callbacks: readonly (RawPart & Omit<CallbackState, "state">)[];
  readonly data: RawPart;
  readonly history: { readonly epoch: readonly number[]; readonly history: Record<string, readonly Json[]> };
};

function notAState(received: Json): FormatError {
  return new FormatError({
    code: "train-state",
    what: "The training state in this file cannot be read",
    received: JSON.stringify(received).slice(0, 200),
    expected: `a training state of format ${FORMAT}`,
    fix: "It may come from a newer Pawl: update, or load the model with { allowEdited: true }, which takes weights and optimizer alone",
  });
}
