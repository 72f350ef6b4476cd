export { applyOptimizer } from "./apply-optimizer.js";
export { collectModel } from "./collect.js";
export { checkCompileKeys, compileConfigOf } from "./compile-config.js";
export { encodeModel } from "./encode.js";
export { modelFormat, weightsFormat } from "./file-format.js";
export type { FileFormat } from "./formats/index.js";
export {
  type LoadOptions,
  loadModelFile,
  loadWeightsFile,
  restoreFrozen,
  restoreModel,
  restorePartly,
} from "./load.js";
export { modelJson, readModelJson } from "./model-json.js";
export { collectDescribed, type Description, readDescription } from "./read-description.js";
export type { ReadOptions } from "./read-file.js";
export { type ReadModelOptions, readModelFile } from "./read-model.js";
export { readWeightsFile } from "./read-weights.js";
export { MODEL_ENCODERS, modelJob, type SaveOptions, saveModel } from "./save.js";
export { type SaveWeightsOptions, saveWeights } from "./save-weights.js";
export { storedCompile } from "./stored-compile.js";
export type { Collected, LoadedModel, LoadedWeights, StoredCompile, StoredWeights } from "./types.js";
export { describeModel } from "./write-description.js";
