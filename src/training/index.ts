export type { ArrayLikeData, TensorsLike } from "./arrays.js";
export {
  Callback,
  type CallbackContext,
  type CallbackParams,
  type Hook,
  type LogKey,
  type Logs,
  type SaveRequest,
  type TrainingModel,
} from "./callback.js";
export type { ClassWeight } from "./class-weight.js";
export type {
  CompileArgs,
  CompileOptions,
  LossLike,
  LossSpec,
  LossWeights,
  MetricLike,
  MetricsSpec,
} from "./compile.js";
export { type EvaluateOptions, evaluate } from "./evaluate.js";
export { fit } from "./fit.js";
export type { FitOptions, ValidationData, Verbosity } from "./fit-options.js";
export { History } from "./history.js";
export type { KeepOptions } from "./keep-options.js";
export { type BatchOptions, predictOnBatch, testOnBatch, trainOnBatch } from "./on-batch.js";
export { type PredictOptions, predict } from "./predict.js";
export type { RunOptions, SaveEvery } from "./run-options.js";
export type { Savable, SaveHandler } from "./savable.js";
export type { Services } from "./session.js";
export { type BatchesLike, type DataLike, isBatches } from "./source.js";
export { decodeTrainState, encodeTrainState, freshState, type TrainState } from "./train-state.js";
export { Trainer } from "./trainer.js";
