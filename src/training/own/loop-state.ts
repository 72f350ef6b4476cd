import { numberFromJson, numberToJson } from "../../core/json-number.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { SeedsTaken } from "../../core/seed.js";
import type { Json, StateValue } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import { notARunState } from "../run/model-state.js";
import { type CheckpointNotes, decodeNotes, encodeNotes, LOOP_FORMAT } from "../run/run-state.js";
import type { Logs } from "../state/logs.js";

/** The content of a checkpoint of a user's own loop. */
export interface LoopState {
  readonly identity: Json;
  readonly notes: CheckpointNotes;
  /** Steps done. */
  readonly step: number;
  /** The option `steps`; null when unknown. */
  readonly steps: number | null;
  /** Key of the loop's random numbers. */
  readonly seed: number;
  /** The last value of each log. */
  readonly logs: Logs;
  /** Where `setRandomSeed`'s numbers stood; null where no seed was set. */
  readonly seeds: SeedsTaken | null;
  /** What the exact bits depend on. */
  readonly machine: Readonly<Record<string, string>>;
  readonly parts: readonly SavedPart[];
  /** The models without their tensors, by part; see `describeModel`. */
  readonly models: Readonly<Record<string, Json>>;
}

/** The state of one part. */
export interface SavedPart {
  readonly name: string;
  /** See `PartKind`. */
  readonly kind: string;
  readonly value: StateValue;
}

/** Whether a checkpoint is one of a loop, and not of `fit`. */
export function isLoopState({ json }: StateValue): boolean {
  return isConfig(json) && json["format"] === LOOP_FORMAT;
}

/** Whether a tensor must be finite for its checkpoint to be a good one. */
export function isPartWeight(name: string): boolean {
  return /^parts\/\d+\/weights\//.test(name);
}

/** The state without the members that never change: identity and models. */
export function encodeLoopState(state: Omit<LoopState, "identity" | "models">): StateValue {
  const { notes, step, steps, seed, logs, seeds, machine, parts } = state;
  const tensors: Record<string, Tensor> = {};
  const encoded = parts.map(({ name, kind, value }, i) => {
    for (const [key, tensor] of Object.entries(value.tensors)) tensors[`parts/${i}/${key}`] = tensor;
    return { name, kind, json: value.json, tensors: Object.keys(value.tensors) };
  });
  return {
    json: {
      format: LOOP_FORMAT,
      ...encodeNotes(notes),
      step,
      steps,
      seed,
      logs: Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberToJson(value)])),
      seeds: seeds === null ? null : { seed: seeds.seed, taken: { ...seeds.taken } },
      machine: { ...machine },
      parts: encoded,
    },
    tensors,
  };
}

/** @throws {FormatError} when it is not such a state */
export function decodeLoopState({ json, tensors }: StateValue): LoopState {
  if (!isConfig(json) || json["format"] !== LOOP_FORMAT) throw notARunState("no state of a loop");
  const { step, steps = null, seed, seeds = null, parts, identity = null } = json;
  if (!isCount(step) || !isCount(seed) || !(steps === null || isCount(steps)) || !Array.isArray(parts))
    throw notARunState("counters that are none");
  return {
    identity,
    notes: decodeNotes(json),
    step,
    steps,
    seed,
    logs: logsIn(json),
    seeds: seedsIn(seeds),
    machine: textsIn(json["machine"]),
    parts: (parts as readonly Json[]).map((part, i) => savedPart(part, i, tensors)),
    models: isConfig(json["models"]) ? json["models"] : {},
  };
}

/** The last logs in a checkpoint's plain data. */
export function logsIn(json: Config): Logs {
  const logs = json["logs"];
  return isConfig(logs)
    ? Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberFromJson(value)]))
    : {};
}

const isCount = (value: Json | undefined): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function seedsIn(json: Json): SeedsTaken | null {
  if (!isConfig(json) || !isCount(json["seed"]) || !isConfig(json["taken"])) return null;
  const taken = Object.entries(json["taken"]).filter((entry): entry is [string, number] => isCount(entry[1]));
  return { seed: json["seed"], taken: Object.fromEntries(taken) };
}

function textsIn(json: Json | undefined): Record<string, string> {
  return isConfig(json) ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, String(value)])) : {};
}

function savedPart(part: Json, i: number, tensors: StateValue["tensors"]): SavedPart {
  const isPart = isConfig(part) && typeof part["name"] === "string" && typeof part["kind"] === "string";
  if (!isPart || !Array.isArray(part["tensors"])) throw notARunState(`no part at ${i}`);
  const own = (part["tensors"] as readonly Json[]).map((key): [string, Tensor] => {
    const tensor = tensors[`parts/${i}/${key}`];
    if (tensor === undefined) throw notARunState(`no tensor parts/${i}/${key}`);
    return [String(key), tensor];
  });
  return {
    name: part["name"] as string,
    kind: part["kind"] as string,
    value: { json: part["json"] ?? null, tensors: Object.fromEntries(own) },
  };
}
