export { ArrayDataset, commonRows, type DatasetArrays } from "./array-dataset.js";
export { type Batch, type BatchOrder, type BatchStream, type Dataset, isDataset } from "./dataset.js";
export { fingerprintOf } from "./fingerprint.js";
export { fromGenerator, type GeneratedBatch, type GeneratorOptions, type Positioned } from "./generator-dataset.js";
export { permutation, permutationInBatch } from "./permutation.js";
export { PyDataset, type PyDatasetOptions, Sequence } from "./py-dataset.js";
export {
  type DrawsIntegers,
  ReplayBuffer,
  type ReplayDType,
  type ReplayField,
  type ReplayOptions,
  type ReplayRow,
  type ReplayRows,
} from "./replay-buffer.js";
export { splitValidation } from "./split.js";
export { type ArrayInput, type ArraysInput, type GroupedArrays, toTensors } from "./to-tensors.js";
