import type { Json } from "../../core/stateful.js";
import { ArrayDataset, type Dataset } from "../../data/index.js";
import type { TrainState } from "../state/train-state.js";
import type { ResolvedFit } from "./fit-options.js";
import type { TrainingData } from "./training-data.js";

/** The arguments of `fit` that the results depend on. */
export async function fitIdentity(
  options: ResolvedFit,
  batchSize: number,
  { training, validation }: TrainingData,
): Promise<Json> {
  return {
    batchSize: training.dataset.ordered ? batchSize : null,
    shuffle: training.dataset.ordered ? options.shuffle : null,
    stepsPerEpoch: options.stepsPerEpoch,
    classWeight:
      options.classWeight === null ? null : [...options.classWeight].map(([label, weight]) => [label, weight]),
    sampleWeight: options.sampleWeight !== null,
    validationSplit: validation === null || options.validationData !== null ? 0 : options.validationSplit,
    rows: training.dataset.rows,
    data: await lookAt(training.dataset),
    validationData: validation === null ? null : await lookAt(validation.dataset),
  };
}

function lookAt(dataset: Dataset): Promise<string | null> {
  return dataset instanceof ArrayDataset ? dataset.sampledFingerprint() : dataset.fingerprint();
}

/** What a training's results depend on that is not as it was at this state. */
export function changesSince({ identity }: TrainState, now: Json): string[] {
  return identity === null ? [] : differences(identity, knownTo(identity, now));
}

/** What says which batches there are, and in which order. */
const BATCHES = ["batchSize", "shuffle", "rows", "data"];

/** Whether a position in the data of this state is one in the data that is given now. */
export function sameBatches({ identity }: TrainState, now: Json): boolean {
  if (!isObject(identity) || !isObject(now)) return true;
  return BATCHES.every(
    (key) => !Object.hasOwn(identity, key) || JSON.stringify(identity[key]) === JSON.stringify(now[key]),
  );
}

/** The entries that an identity written by an earlier version has too. */
export function knownTo(before: Json, now: Json): Json {
  if (!isObject(before) || !isObject(now)) return now;
  return Object.fromEntries(Object.entries(now).filter(([key]) => Object.hasOwn(before, key)));
}

/** Entries that say nothing to people. */
const FINGERPRINTS = /^(data|validationData)$/;

/** One line for each entry in which two identities differ; empty when they agree. */
export function differences(before: Json, now: Json, path = ""): string[] {
  if (isObject(before) && isObject(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return keys.flatMap((key) =>
      differences(before[key] ?? null, now[key] ?? null, path === "" ? key : `${path}.${key}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(now) && before.length === now.length) {
    return before.flatMap((item, i) => differences(item as Json, now[i] as Json, `${path}[${i}]`));
  }
  const [a, b] = [JSON.stringify(before), JSON.stringify(now)];
  if (a === b) return [];
  const other = FINGERPRINTS.test(path) && before !== null && now !== null ? " has other contents" : "";
  return [`${path}${other}: was ${short(a)}, is ${short(b)}`];
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function short(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}
