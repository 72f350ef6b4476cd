export { setRandomSeed } from "../core/seed.js";
export { PyDataset, type PyDatasetOptions, Sequence } from "../data/index.js";
export { isKerasTensor } from "../layers/index.js";
export { getSourceInputs } from "../network/index.js";
export type { AddedWeights } from "../saving/editor/added-weights.js";
export type { Comparison, Difference } from "../saving/editor/compare.js";
export type { EditedObject } from "../saving/editor/edited-tree.js";
export { KerasFileEditor } from "../saving/editor/file-editor.js";
export * as boundingBoxes from "./boxes/index.js";
export { clearSession } from "./clear-session.js";
export { Config } from "./config.js";
export {
  type AudioDatasetOptions,
  audioDatasetFromDirectory,
  type FolderBatches,
  type FolderBatchOptions,
  type ImageDatasetOptions,
  imageDatasetFromDirectory,
  type TextDatasetOptions,
  textDatasetFromDirectory,
} from "./datasets-from-directory.js";
export type {
  CategoricalOptions,
  Cross,
  DiscretizedOptions,
  Feature,
  FeatureOptions,
  FeatureOutput,
  HashedOptions,
  RescaledOptions,
} from "./features/feature.js";
export {
  type FeatureKind,
  type FeatureRecords,
  FeatureSpace,
  type FeatureSpaceMode,
  type FeatureSpaceOptions,
} from "./features/feature-space.js";
export { type GetFileOptions, getFile } from "./get-file.js";
export {
  type ArrayToImgOptions,
  arrayToImg,
  type ImgToArrayOptions,
  imgToArray,
  type PixelsOfCanvas,
} from "./images.js";
export { type NormalizeOptions, normalize } from "./normalize.js";
export { packXYSampleWeight, unpackXYSampleWeight } from "./pack.js";
export { type PaddedSequence, type PadSequencesOptions, padSequences } from "./pad-sequences.js";
export { modelToDot } from "./plot/model-to-dot.js";
export { modelToMermaid } from "./plot/model-to-mermaid.js";
export { modelToSvg } from "./plot/model-to-svg.js";
export { type PlotModelOptions, plotModel } from "./plot/plot-model.js";
export type { DotOptions, PlotOptions } from "./plot/plot-options.js";
export { Progbar, type ProgbarOptions, type ProgbarValues } from "./progbar.js";
export { type SplitDatasetOptions, type SplittableData, splitDataset } from "./split-dataset.js";
export { standardizeDtype } from "./standardize-dtype.js";
export { type TimeseriesOptions, timeseriesDatasetFromArray } from "./timeseries-dataset.js";
export { type ToCategoricalOptions, toCategorical } from "./to-categorical.js";
