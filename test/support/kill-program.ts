/** Of a program that is killed: `tell` says once that training has begun. */
export const TELL_ONCE: string = `
let training = false;
const tell = () => {
  if (!training) console.log("training");
  training = true;
};
`;

/** Prints the digest of `model` and of the `history` of its training. */
export const PRINT_DIGEST: string = `
const hash = createHash("sha256");
for (const tensor of [...(await model.getWeights()), ...model.optimizer.variables.map((entry) => entry.read())]) {
  hash.update(String(tensor.tolist()));
}
hash.update(JSON.stringify(history.history));
console.log("digest " + hash.digest("hex"));
`;

/**
 * A training that is killed again and again, and started again until it ends: small, with a save after every step, and
 * everything that makes resuming hard. Prints the digest of what it ended with.
 */
export const KILL_PROGRAM: string = `
import { createHash } from "node:crypto";
import { callbacks, layers, optimizers, random, Sequential, setRandomSeed } from "pawl";

const [dir, epochs] = process.argv.slice(2);
setRandomSeed(5);
const x = random.normal([64, 6], { seed: 11 });
const y = random.integers(0, 3, [64], { seed: 12 });
const model = new Sequential([
  new layers.Dense(8, { activation: "relu", inputShape: [6] }),
  new layers.BatchNormalization(),
  new layers.Dropout(0.3),
  new layers.Dense(3, { activation: "softmax" }),
]);
model.compile({
  optimizer: new optimizers.Adam({ learningRate: 0.01, gradientAccumulationSteps: 3, useEma: true, emaMomentum: 0.9 }),
  loss: "sparse_categorical_crossentropy",
  metrics: ["accuracy"],
});
console.log("ready");
${TELL_ONCE}const history = await model.fit(x, y, {
  epochs: Number(epochs),
  batchSize: 8,
  verbose: 0,
  validationSplit: 0.25,
  callbacks: [new callbacks.LambdaCallback({ onTrainBatchEnd: tell }), new callbacks.ReduceLROnPlateau({ monitor: "loss", patience: 2, minDelta: 0.01 })],
  run: { dir, every: { steps: 1 }, keep: 2 },
});
${PRINT_DIGEST}`;
