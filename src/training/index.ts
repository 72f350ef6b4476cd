export {
  type CompileArgs,
  type CompileOptions,
  type LossLike,
  type LossSpec,
  type LossWeights,
  type MetricLike,
  type MetricsSpec,
  NAMED_BY_SHAPE,
} from "./compile/compile.js";
export type { ArrayLikeData, TensorsLike } from "./data/arrays.js";
export type { ClassWeight, ClassWeightByOutput } from "./data/class-weight.js";
export { type BatchesLike, type DataLike, isBatches } from "./data/source.js";
export { EVALUATE_OPTIONS, type EvaluateOptions, evaluate } from "./evaluate.js";
export { exportOnnx } from "./export-onnx.js";
export { fit } from "./fit.js";
export {
  Callback,
  type CallbackContext,
  type CallbackParams,
  type Hook,
  type SaveRequest,
  type TrainingLayer,
  type TrainingModel,
} from "./hooks/callback.js";
export { History } from "./hooks/history.js";
export { ProgressLogger } from "./hooks/progress.js";
export { FIT_OPTIONS, type FitOptions, type ValidationData, type Verbosity } from "./loop/fit-options.js";
export type { Services } from "./loop/session.js";
export { type BatchOptions, predictOnBatch, type TestBatchOptions, testOnBatch, trainOnBatch } from "./on-batch.js";
export type { KeepOptions } from "./options/keep-options.js";
export type { RunOptions, SaveEvery } from "./options/run-options.js";
export type { LoopOptions } from "./own/loop-options.js";
export type { LoopRun } from "./own/loop-run.js";
export { openLoop } from "./own/open-loop.js";
export type { RunPart } from "./own/parts.js";
export type { DrawOptions, NormalDraw, RunRandom, UniformDraw } from "./own/run-random.js";
export type { Restorable } from "./own/stateful-part.js";
export { type PredictOptions, predict, predictBatches } from "./predict.js";
export type { LogKey, Logs } from "./state/logs.js";
export { decodeTrainState, encodeTrainState, freshState, type TrainState } from "./state/train-state.js";
export type { Batch } from "./step/batch-values.js";
export {
  type AnyBatch,
  type AnyLossParts,
  type LossParts,
  lossByDefault,
  type ModelSteps,
  type OwnSteps,
  predictByDefault,
  type StepLogs,
  type SteppedNetwork,
  testByDefault,
  trainByDefault,
} from "./step/model-steps.js";
export type { Savable, SaveHandler } from "./step/savable.js";
export type { PredictStep, TestStep } from "./step/test-step.js";
export type { TrainStep } from "./step/train-step.js";
export { Trainer } from "./step/trainer.js";
