import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LambdaCallback } from "../../src/callbacks/index.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import { scratch, x, y } from "./support.js";

function build(): Sequential {
  const model = new Sequential([new layers.Dense(12, { activation: "tanh", inputShape: [6] }), new layers.Dense(3)]);
  const optimizer = new optimizers.Adam({ learningRate: 0.01 });
  model.compile({ optimizer, loss: "sparse_categorical_crossentropy" });
  return model;
}

// The classic way of keeping checkpoints by hand; in Keras `save_weights("x.h5")` loses the optimizer.
test("weights in one file, epoch and learning rate in a JSON beside it: the rest of the epochs, bit for bit", async () => {
  const folder = scratch();
  const [weights, notes] = [join(folder, "weights_03.h5"), join(folder, "weights_03.json")];
  const options = { shuffle: false, verbose: 0 } as const;
  const model = build();
  const save = new LambdaCallback({
    onEpochEnd: async (epoch) => {
      if (epoch !== 2) return;
      await model.saveWeights(weights);
      await writeFile(notes, JSON.stringify({ epoch: epoch + 1, rate: model.optimizer.learningRate.numpy() }));
    },
  });
  const whole = await model.fit(x, y, { ...options, epochs: 6, callbacks: [save] });

  const { epoch, rate } = JSON.parse(await readFile(notes, "utf8")) as { epoch: number; rate: number };
  const again = build();
  await again.loadWeights(weights);
  again.optimizer.learningRate.assign(rate);
  const rest = await again.fit(x, y, { ...options, initialEpoch: epoch, epochs: 6 });
  expect(rest.history["loss"]).toEqual(whole.history["loss"]!.slice(epoch));
});
