import type { Json } from "../../core/stateful.js";
import { ArrayDataset, type Dataset, PyDataset } from "../../data/index.js";
import { classWeightJson } from "../data/class-weight.js";
import { differences, isObject, knownTo } from "../state/differences.js";
import type { TrainState } from "../state/train-state.js";
import type { ResolvedFit } from "./fit-options.js";
import type { TrainingData } from "./training-data.js";

/** The arguments of `fit` that the results depend on. */
export async function fitConditions(
  options: ResolvedFit,
  batchSize: number,
  { training, validation }: TrainingData,
): Promise<Json> {
  return {
    batchSize: training.dataset.ordered ? batchSize : null,
    shuffle: training.dataset.ordered || training.dataset instanceof PyDataset ? options.shuffle : null,
    stepsPerEpoch: options.stepsPerEpoch,
    classWeight: options.classWeight === null ? null : classWeightJson(options.classWeight),
    sampleWeight: options.sampleWeight !== null,
    validationSplit: validation === null || options.validationData !== null ? 0 : options.validationSplit,
    rows: training.dataset.rows,
    data: await lookAt(training.dataset),
    validationData: validation === null ? null : await lookAt(validation.dataset),
  };
}

function lookAt(dataset: Dataset): Promise<Json> {
  return dataset instanceof ArrayDataset ? dataset.sampledFingerprint() : dataset.fingerprint();
}

/** The differences since this state in what the results depend on. */
export function changesSince({ identity }: TrainState, now: Json): string[] {
  return identity === null ? [] : differences(identity, knownTo(identity, now));
}

/** The entries that decide the batches and their order. */
const BATCHES = ["batchSize", "shuffle", "rows", "data"];

/** Whether this state's position in its data is also valid in the data given now. */
export function sameBatches({ identity }: TrainState, now: Json): boolean {
  if (!isObject(identity) || !isObject(now)) return true;
  return BATCHES.every(
    (key) => !Object.hasOwn(identity, key) || JSON.stringify(identity[key]) === JSON.stringify(now[key]),
  );
}
