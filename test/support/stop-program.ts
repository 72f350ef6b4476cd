/**
 * A training whose batches are computed in two parts by two threads, with validation, saves of two kinds, and a signal
 * to itself in the hook that HOOK names, the AT-th time. Says when it trains, and the digest of what it ended with.
 */
export const STOP_PROGRAM: string = `
import { createHash } from "node:crypto";
import { callbacks, layers, random, Sequential, setRandomSeed } from "pawl";

const [dir, epochs] = process.argv.slice(2);
const { HOOK, AT = "1", SIGNAL = "SIGINT", TWICE } = process.env;
setRandomSeed(5);
const x = random.normal([48, 12, 12, 3], { seed: 11 });
const y = random.integers(0, 4, [48], { seed: 12 });
const model = new Sequential([
  new layers.Conv2D(8, 3, { activation: "relu", padding: "same", inputShape: [12, 12, 3] }),
  new layers.BatchNormalization(),
  new layers.MaxPooling2D(),
  new layers.Flatten(),
  new layers.Dropout(0.3),
  new layers.Dense(64, { activation: "relu" }),
  new layers.Dense(4, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], shards: 2 });
let calls = 0;
const stop = async () => {
  if (++calls !== Number(AT)) return;
  process.kill(process.pid, SIGNAL);
  if (!TWICE) return;
  // Sent anew until it is heard: the first one is, at the next turn of the event loop.
  setInterval(() => process.kill(process.pid, SIGNAL), 5);
  await new Promise(() => {});
};
if (HOOK === "compiling") setImmediate(stop);
let said = false;
const tell = () => {
  if (!said) console.log("training");
  said = true;
};
const hooks = { onTrainBatchEnd: tell };
if (HOOK && HOOK !== "compiling") hooks[HOOK] = HOOK === "onTrainBatchEnd" ? (tell(), stop) : stop;
console.log("ready");
const history = await model.fit(x, y, {
  epochs: Number(epochs),
  batchSize: 8,
  verbose: 0,
  validationSplit: 0.25,
  callbacks: [new callbacks.LambdaCallback(hooks), new callbacks.ModelCheckpoint(dir + ".keras", { saveFreq: 3 })],
  run: { dir, every: { steps: 2 }, keep: 2 },
});
const hash = createHash("sha256");
for (const entry of [...model.weights, ...model.optimizer.variables]) hash.update(entry.read().data);
console.log("digest " + hash.update(JSON.stringify(history.history)).digest("hex"));
`;
