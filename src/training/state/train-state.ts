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
  checkCounters(json);
  const read = (prefix: string, names: Json | undefined): Record<string, Tensor> => {
    const out: Record<string, Tensor> = {};
    for (const name of names as readonly string[]) {
      const tensor = tensors[`${prefix}/${name}`];
      if (tensor === undefined) throw notAState(`no tensor ${prefix}/${name}`);
      out[name] = tensor;
    }
    return out;
  };
  try {
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
      learned: (raw.learned ?? []).map(
        (own, i) => own && { json: own.json, tensors: read(`learned/${i}`, own.tensors) },
      ),
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
          Object.entries(raw.history.history).map(([key, values]) => [
            key,
            values.map((value) => numberFromJson(value)),
          ]),
        ),
      },
    };
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw notAState(json, cause);
  }
}

/** More parts of a batch than any machine has cores for. */
const MAX_SHARDS = 2 ** 16;

/** Counters must be valid counts: a wrong one would show up only much later. */
function checkCounters(json: { readonly [key: string]: Json }): void {
  const isCount = (value: Json | undefined): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const counts = ["iteration", "epoch", "batch", "pass", "shards", "seed"].every((key) => isCount(json[key]));
  const { position, stopped, machine, shards, ending = null } = json as Partial<RawState>;
  const parts = counts && shards! >= 1 && shards! <= MAX_SHARDS;
  const ended = ending === null || (isCount(ending?.epochs) && Array.isArray(ending.by) && ending.by.every(isConfig));
  if (parts && (position === null || isCount(position)) && typeof stopped === "boolean" && isConfig(machine) && ended)
    return;
  throw notAState(json);
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

function notAState(received: Json, cause?: unknown): FormatError {
  return new FormatError({
    code: "train-state",
    what: "The training state in this file cannot be read",
    received: JSON.stringify(received)?.slice(0, 200) ?? String(received),
    expected: `a training state of format ${FORMAT}`,
    fix: "It may come from a newer Pawl: update, or load the model with { allowEdited: true }, which takes weights and optimizer alone",
    cause,
  });
}
