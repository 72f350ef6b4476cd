import { PRINT_DIGEST, TELL_ONCE } from "./kill-program.js";

/**
 * A training over a pipeline with a cache in a file, filters before and after it, and records that workers make: killed again
 * and again, also while the cache is written, and started again with another number of workers. Prints the digest of what it
 * ended with.
 */
export const DATA_KILL_PROGRAM: string = `
import { createHash } from "node:crypto";
import { callbacks, data, layers, random, Sequential, setRandomSeed } from "pawl";

const [dir, epochs, count] = process.argv.slice(2);
const workers = Number(count);
setRandomSeed(5);
const rows = random.normal([700, 6], { seed: 11 }).toArray().map((x, i) => ({ x, y: i % 3 }));
console.log("ready");
const kept = await data
  .records(rows)
  .map(({ x, y }, { random }) => ({ x: Float64Array.from(x, (value) => value + random.normal(0, 0.1)), y }), { workers })
  .filter(({ x }) => x[0] > 1)
  .cache(dir + ".records");
const batches = kept
  .shuffle()
  .map(async ({ x, y }, { random }) => ({ x: x.map((value) => value * random.uniform(0.9, 1.1)), y }), { workers })
  .filter(({ x }) => x[1] > -1)
  .batch(8)
  .prefetch(2);
const model = new Sequential([
  new layers.Dense(8, { activation: "relu", inputShape: [6] }),
  new layers.Dropout(0.3),
  new layers.Dense(3, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
${TELL_ONCE}const history = await model.fit(batches, {
  epochs: Number(epochs),
  verbose: 0,
  validationData: kept.batch(16),
  callbacks: [new callbacks.LambdaCallback({ onTrainBatchEnd: tell })],
  run: { dir, every: { steps: 1 }, keep: 2 },
});
${PRINT_DIGEST}`;
