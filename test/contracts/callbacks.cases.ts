import * as catalogue from "../../src/callbacks/catalogue.js";
import type { Callback } from "../../src/training/hooks/callback.js";

interface CallbackRow {
  /** Ways to make the callback, each fed with logs. */
  readonly make: readonly (() => Callback)[];
  /**
   * A callback for a real training that is killed and resumed: code that uses `callbacks` and a scratch `folder`, so
   * that a fresh process makes the same.
   */
  readonly inTraining: string;
}

/** A callback without a row does not compile. */
type Cases = { readonly [K in keyof typeof catalogue]: CallbackRow };

/** A callback without state that records the calls it gets. */
const heard = (): Callback =>
  new catalogue.LambdaCallback({
    onEpochEnd(epoch, logs, context) {
      context.print(`${epoch}:${logs["loss"]?.toFixed(3)} `);
    },
  });

export const callbackCases: Cases = {
  BackupAndRestore: {
    inTraining: `new callbacks.BackupAndRestore(folder + "/backup", { saveFreq: 2 })`,
    make: [
      () => new catalogue.BackupAndRestore("backup"),
      () => new catalogue.BackupAndRestore("backup", { saveFreq: 3, doubleCheckpoint: true, deleteCheckpoint: false }),
    ],
  },
  CSVLogger: {
    inTraining: `new callbacks.CSVLogger(folder + "/log.csv", { append: true })`,
    make: [
      () => new catalogue.CSVLogger("log.csv"),
      () => new catalogue.CSVLogger("log.csv", { separator: ";", append: true }),
    ],
  },
  EarlyStopping: {
    inTraining: `new callbacks.EarlyStopping({ monitor: "loss", minDelta: 10, patience: 2, restoreBestWeights: true })`,
    make: [
      () => new catalogue.EarlyStopping({ patience: 2, verbose: 1 }),
      () =>
        new catalogue.EarlyStopping({
          monitor: "loss",
          patience: 3,
          minDelta: 0.01,
          restoreBestWeights: true,
          verbose: 1,
        }),
      () =>
        new catalogue.EarlyStopping({
          monitor: "val_accuracy",
          patience: 2,
          startFromEpoch: 3,
          restoreBestWeights: true,
        }),
      () =>
        new catalogue.EarlyStopping({
          monitor: "loss",
          baseline: 0.5,
          patience: 5,
          restoreBestWeights: true,
          verbose: 1,
        }),
    ],
  },
  LambdaCallback: {
    inTraining: `new callbacks.LambdaCallback({ onEpochEnd() {} })`,
    make: [heard],
  },
  LearningRateScheduler: {
    inTraining: `new callbacks.LearningRateScheduler((epoch, rate) => rate * 0.9)`,
    make: [
      () => new catalogue.LearningRateScheduler((epoch, rate) => (epoch % 3 === 2 ? rate * 0.5 : rate), { verbose: 1 }),
    ],
  },
  ModelCheckpoint: {
    inTraining: `new callbacks.ModelCheckpoint(folder + "/best.keras", { monitor: "loss", mode: "min", saveBestOnly: true })`,
    make: [
      () => new catalogue.ModelCheckpoint("m_{epoch:02d}.h5", { verbose: 1, maxToKeep: 2 }),
      () => new catalogue.ModelCheckpoint("k_{epoch:02d}.h5", { maxToKeep: { last: 1, best: 2, every: 3 } }),
      () => new catalogue.ModelCheckpoint("best.keras", { saveBestOnly: true, verbose: 1, overwrite: false }),
      () => new catalogue.ModelCheckpoint("m_{epoch}_{val_loss:.2f}.keras", { saveBestOnly: true, maxToKeep: 1 }),
      () => new catalogue.ModelCheckpoint("b_{batch}_{epoch}.weights.h5", { saveFreq: 5, saveWeightsOnly: true }),
    ],
  },
  ProgbarLogger: {
    inTraining: `new callbacks.ProgbarLogger()`,
    make: [() => new catalogue.ProgbarLogger()],
  },
  RemoteMonitor: {
    // Nobody answers there: the training goes on all the same.
    inTraining: `new callbacks.RemoteMonitor({ root: "http://127.0.0.1:9", timeout: 1 })`,
    make: [() => new catalogue.RemoteMonitor({ root: "http://127.0.0.1:9", sendAsJson: true })],
  },
  RunLog: {
    inTraining: `new callbacks.RunLog(folder + "/own/log.jsonl", { batches: 2 })`,
    make: [() => new catalogue.RunLog("log.jsonl"), () => new catalogue.RunLog("folder/log.jsonl", { batches: 1 })],
  },
  SwapEMAWeights: {
    inTraining: `new callbacks.SwapEMAWeights({ swapOnEpoch: true })`,
    make: [() => new catalogue.SwapEMAWeights(), () => new catalogue.SwapEMAWeights({ swapOnEpoch: true })],
  },
  TensorBoard: {
    inTraining: `new callbacks.TensorBoard(folder + "/logs", { updateFreq: 1, histogramFreq: 1, writeImages: true })`,
    make: [
      () => new catalogue.TensorBoard(),
      () => new catalogue.TensorBoard("logs", { updateFreq: 2, histogramFreq: 1, writeImages: true }),
    ],
  },
  ReduceLROnPlateau: {
    inTraining: `new callbacks.ReduceLROnPlateau({ monitor: "loss", minDelta: 10, patience: 1, factor: 0.5, cooldown: 1 })`,
    make: [
      () => new catalogue.ReduceLROnPlateau({ patience: 2, verbose: 1 }),
      () => new catalogue.ReduceLROnPlateau({ monitor: "loss", factor: 0.5, patience: 1, cooldown: 2, verbose: 1 }),
      () =>
        new catalogue.ReduceLROnPlateau({ monitor: "accuracy", factor: 0.2, patience: 2, minDelta: 0.05, minLr: 0.01 }),
    ],
  },
  TerminateOnNaN: {
    inTraining: `new callbacks.TerminateOnNaN()`,
    make: [() => new catalogue.TerminateOnNaN()],
  },
};
