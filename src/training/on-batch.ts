import type { Tensor } from "../core/tensor.js";
import type { TensorsLike } from "./data/arrays.js";
import { type ClassWeight, parseClassWeight } from "./data/class-weight.js";
import { Cursor } from "./data/cursor.js";
import { type Given, Source } from "./data/source.js";
import { buildFor } from "./loop/training-data.js";
import type { Batch } from "./state/batch.js";
import type { Logs } from "./state/logs.js";
import type { Trainer } from "./step/trainer.js";

/** Options of `trainOnBatch` and `testOnBatch`. */
export interface BatchOptions {
  readonly sampleWeight?: TensorsLike | null;
  /** Training only. */
  readonly classWeight?: ClassWeight | null;
}

/**
 * One step of training on these rows.
 * @returns loss and metrics of these rows alone, by name, as in Keras
 */
export async function trainOnBatch(
  trainer: Trainer,
  given: Pick<Given, "x" | "y">,
  options: BatchOptions = {},
): Promise<Logs> {
  trainer.compiled("trainOnBatch");
  const batch = await oneBatch(trainer, "trainOnBatch", given, options);
  trainer.catchUp();
  await trainer.alone(() => {
    trainer.resetMetrics();
    return trainer.train(batch);
  });
  return trainer.measures(batch).logs();
}

/** The same without training. */
export async function testOnBatch(
  trainer: Trainer,
  given: Pick<Given, "x" | "y">,
  options: BatchOptions = {},
): Promise<Logs> {
  trainer.compiled("testOnBatch");
  const batch = await oneBatch(trainer, "testOnBatch", given, options);
  trainer.resetMetrics();
  await trainer.test(batch);
  return trainer.measures(batch).logs();
}

/** The outputs for these rows, one tensor an output. */
export async function predictOnBatch(trainer: Trainer, x: TensorsLike): Promise<Tensor[]> {
  return trainer.predict(await oneBatch(trainer, "predictOnBatch", { x }, {}));
}

async function oneBatch(
  trainer: Trainer,
  method: string,
  given: Pick<Given, "x" | "y">,
  options: BatchOptions,
): Promise<Batch> {
  const { network } = trainer;
  const where = `${method} of ${network.label}`;
  buildFor(network, given.x);
  const classWeight =
    options.classWeight == null ? null : parseClassWeight(options.classWeight, `${where}.classWeight`);
  const source = Source.of(
    network,
    where,
    { ...given, sampleWeight: options.sampleWeight, classWeight },
    trainer.withLoss,
  );
  const cursor = new Cursor(source, { batchSize: source.dataset.rows!, shuffle: false, seed: 0, pass: 0 });
  return (await cursor.next())!;
}
