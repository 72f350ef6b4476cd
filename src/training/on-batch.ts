import { OptionError } from "../core/errors.js";
import { type Fields, resolveOptions } from "../core/options.js";
import type { Tensor } from "../core/tensor.js";
import { valueText } from "../core/value-text.js";
import type { TensorsLike } from "./data/arrays.js";
import { type ClassWeight, type ClassWeightByOutput, parseClassWeight } from "./data/class-weight.js";
import { Cursor } from "./data/cursor.js";
import { type Given, isBatches, Source } from "./data/source.js";
import { buildFor } from "./loop/build-for.js";
import { COMMON, classWeightField } from "./loop/fit-options.js";
import type { ModelBatch } from "./state/batch.js";
import type { Logs } from "./state/logs.js";
import type { Trainer } from "./step/trainer.js";

/** Options of `testOnBatch`. */
export interface TestBatchOptions {
  /** Weight of each row (or element). For several outputs: a list, or an object by output name. Default null: all 1. */
  readonly sampleWeight?: TensorsLike | null;
}

/** Options of `trainOnBatch`. */
export interface BatchOptions extends TestBatchOptions {
  /**
   * Weight of each class's rows, as `{ label: weight }`; other classes have weight 1. For several outputs an object of
   * such by output name. Default null: all 1.
   */
  readonly classWeight?: ClassWeight | ClassWeightByOutput | null;
}

const TEST: Fields<TestBatchOptions> = { sampleWeight: COMMON.sampleWeight };
const TRAIN: Fields<BatchOptions> = { ...TEST, classWeight: classWeightField };

/**
 * Trains one step on these rows.
 * @returns loss and metrics of these rows alone, by name, as in Keras
 */
export async function trainOnBatch(
  trainer: Trainer,
  given: Pick<Given, "x" | "y">,
  options: BatchOptions | undefined,
): Promise<Logs> {
  const where = `trainOnBatch of ${trainer.network.label}`;
  const { sampleWeight, classWeight } = resolveOptions(where, TRAIN, options);
  trainer.compiled("trainOnBatch");
  // From the call on: whoever does not wait for it can be told so.
  return trainer.inUse.training(async () => {
    const batch = await oneBatch(trainer, where, {
      ...given,
      sampleWeight,
      classWeight: classWeight === null ? null : parseClassWeight(classWeight, `${where}.classWeight`),
    });
    trainer.catchUp();
    trainer.resetMetrics();
    await trainer.train(batch);
    return trainer.measures().logs("train");
  });
}

/** Loss and metrics of these rows, without training. */
export async function testOnBatch(
  trainer: Trainer,
  given: Pick<Given, "x" | "y">,
  options: TestBatchOptions | undefined,
): Promise<Logs> {
  const where = `testOnBatch of ${trainer.network.label}`;
  const { sampleWeight } = resolveOptions(where, TEST, options);
  trainer.compiled("testOnBatch");
  trainer.checkTestable(where);
  const batch = await oneBatch(trainer, where, { ...given, sampleWeight });
  return trainer.evaluating(async (lend) => {
    const tally = await lend(batch);
    await trainer.test(batch, tally);
    if (!trainer.inUse.isTraining) await tally.handOver();
    return tally.logs();
  });
}

/** The outputs for these rows, one tensor per output. */
export async function predictOnBatch(trainer: Trainer, x: TensorsLike): Promise<Tensor[]> {
  const where = `predictOnBatch of ${trainer.network.label}`;
  trainer.checkPredictable(where);
  const batch = await oneBatch(trainer, where, { x });
  const { tally, keep, end } = await trainer.beginPredicting();
  try {
    const outputs = await trainer.predict(batch, tally);
    await keep();
    return outputs;
  } finally {
    end();
  }
}

async function oneBatch(trainer: Trainer, where: string, given: Given): Promise<ModelBatch> {
  const { network } = trainer;
  if (isBatches(given.x)) {
    throw new OptionError({
      code: "one-batch",
      what: `x of ${where} must be the arrays of one batch`,
      received: valueText(given.x),
      expected: "an array, a list of arrays, or an object by input name",
      fix: "Give a data set to fit, evaluate or predict",
    });
  }
  await buildFor(network, given);
  const source = Source.of(network, where, given, trainer.withLoss);
  const cursor = new Cursor(source, { batchSize: source.dataset.rows!, shuffle: false, seed: 0, pass: 0 });
  return (await cursor.next())!;
}
