export { ArrayDataset, commonRows, type DatasetArrays } from "./array-dataset.js";
export { type Batch, type BatchOrder, type BatchStream, type Dataset, isDataset } from "./dataset.js";
export { fingerprintOf } from "./fingerprint.js";
export { fromGenerator, type GeneratedBatch, type GeneratorOptions, type Positioned } from "./generator-dataset.js";
export { permutation, permutationInBatch } from "./permutation.js";
export type { RecordBatchOptions } from "./pipeline/batch.js";
export { Batches } from "./pipeline/batches.js";
export type { BucketOptions } from "./pipeline/bucket-by-length.js";
export type { MapOptions } from "./pipeline/map.js";
export type { Padding } from "./pipeline/pad.js";
export type { PaddedBatchOptions } from "./pipeline/padded-batch.js";
export type { BatchParts, FieldNames } from "./pipeline/parts-of-batch.js";
export type { PassOptions } from "./pipeline/pass.js";
export type { RecordRandom } from "./pipeline/record-random.js";
export type { RecordShuffleOptions } from "./pipeline/shuffle.js";
export type { SplitOptions } from "./pipeline/split.js";
export type { Windowed, WindowOptions } from "./pipeline/window.js";
export { PyDataset, type PyDatasetOptions, Sequence } from "./py-dataset.js";
export { arrays, records } from "./records/in-memory.js";
export { type IterableOptions, iterable, type RecordIterable } from "./records/iterable.js";
export { type QueryOptions, type QueryRows, query } from "./records/query.js";
export { Records } from "./records/records.js";
export type { DataPart, DataRecord, RecordSource } from "./records/source.js";
export {
  type DrawsIntegers,
  ReplayBuffer,
  type ReplayDType,
  type ReplayField,
  type ReplayOptions,
  type ReplayRow,
  type ReplayRows,
} from "./replay-buffer.js";
export { type DecodeImageOptions, decodeImage } from "./sources/image-bytes.js";
export type { ColorMode } from "./sources/image-decode.js";
export * from "./sources/index.js";
export { splitValidation } from "./split.js";
export { type ArrayInput, type ArraysInput, type GroupedArrays, toTensors } from "./to-tensors.js";
export type { MapContext, MapFunction } from "./workers/made.js";
export type { MapModule } from "./workers/work.js";
