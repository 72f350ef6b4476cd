import { ShapeError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import { refuseEndless } from "../data/records/refuse-endless.js";
import { batchSizeFor, Cursor } from "./data/cursor.js";
import { type DataLike, Source } from "./data/source.js";
import { LOOP, loopCallbacks } from "./evaluate.js";
import type { TrainingModel } from "./hooks/callback.js";
import { noData } from "./loop/batches.js";
import { buildFor } from "./loop/build-for.js";
import { COMMON, type FitOptions, resolveVerbosity } from "./loop/fit-options.js";
import type { Services } from "./loop/session.js";
import { ranShort } from "./loop/validation.js";
import type { ModelBatch } from "./state/batch.js";
import type { Logs } from "./state/logs.js";
import type { Trainer } from "./step/trainer.js";

/** Options of `model.predict`, as in Keras. */
export interface PredictOptions extends Pick<FitOptions, "batchSize" | "verbose" | "callbacks"> {
  /** Batches to predict. Default null: all. */
  readonly steps?: number | null;
}

const FIELDS: Fields<PredictOptions> = {
  batchSize: COMMON.batchSize,
  verbose: COMMON.verbose,
  callbacks: COMMON.callbacks,
  steps: nullable(int({ min: 1 })),
};

/** The outputs for all rows of x, one tensor per output. Targets in a data set are ignored. */
export async function predict(
  trainer: Trainer,
  model: TrainingModel,
  x: DataLike,
  options: PredictOptions | undefined,
  services: Services,
): Promise<Tensor[]> {
  const where = `predict of ${trainer.network.label}`;
  const asked = { trainer, model, x, options: resolveOptions(where, FIELDS, options), services, wantsAll: true };
  const parts: Tensor[][] = [];
  for await (const outputs of predictions(where, asked)) parts.push(outputs);
  return parts[0]!.map((_, i) =>
    joinRows(
      where,
      parts.map((outputs) => outputs[i]!),
    ),
  );
}

/** The same, batch after batch: no more than a batch is in memory, and the next is computed when it is asked for. */
export function predictBatches(
  trainer: Trainer,
  model: TrainingModel,
  x: DataLike,
  options: PredictOptions | undefined,
  services: Services,
): AsyncGenerator<Tensor[], undefined> {
  const where = `predictBatches of ${trainer.network.label}`;
  return predictions(where, { trainer, model, x, options: resolveOptions(where, FIELDS, options), services });
}

interface Asked {
  readonly trainer: Trainer;
  readonly model: TrainingModel;
  readonly x: DataLike;
  readonly options: Required<PredictOptions>;
  readonly services: Services;
  /** Whether the outputs of all batches are held, so that these need an end. */
  readonly wantsAll?: boolean;
}

async function* predictions(where: string, asked: Asked): AsyncGenerator<Tensor[], undefined> {
  const { trainer, model, x, options, services } = asked;
  const { network } = trainer;
  const { batchSize, steps, ...rest } = options;
  trainer.checkPredictable(where);
  const source = Source.of(network, where, await buildFor(network, { x }), trainer.withLoss);
  if (asked.wantsAll) refuseEndless(where, source.dataset, steps);
  const size = batchSizeFor(where, source, batchSize, steps);
  const callbacks = loopCallbacks(rest, services);
  callbacks.begin(model, {
    ...LOOP,
    verbose: resolveVerbosity(rest.verbose),
    steps: steps ?? source.dataset.batchesPerPass(size),
  });
  const cursor = new Cursor(source, { batchSize: size, shuffle: false, seed: 0, pass: 0 });
  const prepare = (): void => cursor.prepare();
  await callbacks.run("onPredictBegin", {});
  const prediction = await trainer.beginPredicting();
  let index = 0;
  try {
    for (; steps === null || index < steps; index++) {
      const batch = await cursor.next();
      if (batch === null) {
        if (steps !== null && index > 0) callbacks.warn(ranShort(where, steps, index));
        break;
      }
      await callbacks.at("onPredictBatchBegin", index, {});
      const outputs = await trainer.predict(withoutTargets(batch), prediction.tally, prepare);
      // As in Keras the logs carry the outputs, which are tensors.
      await callbacks.at("onPredictBatchEnd", index, { outputs } as unknown as Logs);
      yield outputs;
    }
    await prediction.keep();
  } finally {
    prediction.end();
    await cursor.close();
  }
  await callbacks.run("onPredictEnd", {});
  if (index === 0) throw noData(where);
  return undefined;
}

/** The batch without targets and weights, which prediction ignores. */
export function withoutTargets(batch: ModelBatch): ModelBatch {
  const none = batch.targets.map(() => null);
  return { ...batch, targets: none, weights: none };
}

/** Concatenates tensors along the first axis. @throws {ShapeError} when they differ in other axes */
function joinRows(where: string, parts: readonly Tensor[]): Tensor {
  const [first] = parts as [Tensor];
  if (parts.length === 1) return first;
  const others = ({ shape }: Tensor): string => formatShape(shape.slice(1));
  const odd = parts.find((part) => part.shape.length === 0 || others(part) !== others(first));
  if (odd !== undefined) {
    throw new ShapeError({
      code: "predictions-differ",
      what: `${where} cannot put the predictions of its batches one after the other`,
      received: `${formatShape(first.shape)} and ${formatShape(odd.shape)}`,
      expected: "shapes that differ in the first axis only",
      fix: "Predict all rows in one batch (batchSize), or as many as divide them if the other axes depend on the batch",
    });
  }
  const rows = parts.reduce((sum, part) => sum + part.shape[0]!, 0);
  const joined = Tensor.zeros([rows, ...first.shape.slice(1)], first.dtype);
  let offset = 0;
  for (const part of parts) {
    (joined.data as Float32Array).set(part.data as Float32Array, offset);
    offset += part.size;
  }
  return joined;
}
