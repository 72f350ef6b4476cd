export { BackupAndRestore, type BackupAndRestoreOptions } from "./backup-and-restore.js";
export { CSVLogger, type CSVLoggerOptions } from "./csv-logger.js";
export { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping.js";
export { LambdaCallback, type LambdaHooks } from "./lambda-callback.js";
export { type EpochSchedule, LearningRateScheduler } from "./learning-rate-scheduler.js";
export { ModelCheckpoint, type ModelCheckpointOptions } from "./model-checkpoint.js";
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from "./reduce-lr-on-plateau.js";
export { TerminateOnNaN, type TerminateOnNaNOptions } from "./terminate-on-nan.js";
