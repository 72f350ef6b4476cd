export * as applications from "./applications/index.js";
export * as callbacks from "./callbacks/index.js";
export type { Plot } from "./charts/plot.js";
export * as constraints from "./constraints/index.js";
export type { DType } from "./core/dtype.js";
export { EngineError, FormatError, OptionError, PawlError, ShapeError, StateError } from "./core/errors.js";
export * as options from "./core/options.js";
export type { Config } from "./core/parts.js";
export { clearRandomSeed, setRandomSeed } from "./core/seed.js";
export type { Shape, StaticShape } from "./core/shape.js";
export type { Json, Stateful, StateValue } from "./core/stateful.js";
export { type NestedData, type NestedNumbers, Tensor, type TensorLike } from "./core/tensor.js";
export * as data from "./data/index.js";
export * as datasets from "./datasets/index.js";
export { type Configuration, configure, Variable } from "./engine/index.js";
export type { Dims, Value } from "./graph/index.js";
export * as initializers from "./initializers/index.js";
export * as layers from "./layers/index.js";
export { activations } from "./layers/operations/activations.js";
export { ops } from "./layers/operations/ops.js";
export * as losses from "./losses/index.js";
export * as metrics from "./metrics/index.js";
export {
  type AnyModel,
  type CallFunction,
  type CloneOptions,
  type Computable,
  type Computables,
  type ComputedFrom,
  type ComputeOptions,
  type CustomObjects,
  cloneModel,
  compute,
  type ExportOptions,
  type FromJSONOptions,
  type LoadModelOptions,
  type LoadWeightsOptions,
  loadModel,
  Model,
  modelFromJSON,
  openRun,
  type Predicted,
  type SaveFileOptions,
  type SaveWeightsOptions,
  Sequential,
} from "./model/index.js";
export { Input, type NetworkOptions } from "./network/index.js";
export * as optimizers from "./optimizers/index.js";
export * as random from "./random/index.js";
export * as regularizers from "./regularizers/index.js";
export * as schedules from "./schedules/index.js";
export * as sweeps from "./sweep/catalogue.js";
export {
  type SweepOptions,
  type SweepResult,
  sweep,
  type TrainResult,
  type Trial,
  type TrialResult,
} from "./sweep/index.js";
export type {
  AnyBatch,
  AnyLossParts,
  ArrayLikeData,
  Batch,
  BatchesLike,
  BatchOptions,
  ClassWeight,
  ClassWeightByOutput,
  CompileOptions,
  DataLike,
  EvaluateOptions,
  FitOptions,
  History,
  KeepOptions,
  Logs,
  LoopOptions,
  LoopRun,
  LossParts,
  PredictOptions,
  PredictStep,
  Restorable,
  RunOptions,
  RunPart,
  RunRandom,
  SaveEvery,
  StepLogs,
  TensorsLike,
  TestStep,
  TrainStep,
  ValidationData,
  Verbosity,
} from "./training/index.js";
export * as utils from "./utils/index.js";
export { type ServedRow, type ServeLatency, type ServeOptions, type Server, serve } from "./utils/serve.js";
