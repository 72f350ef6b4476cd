// One checkpoint file, written again at each epoch: the second classic way. The file knows its epoch; the new one
// replaces the old one only when it is safely on the disk.
import { callbacks, layers, loadModel, random, Sequential, setRandomSeed } from "pawl";

setRandomSeed(7);
const x = random.normal([200, 8]);
const y = random.integers(0, 2, [200]);

function build(): Sequential {
  const model = new Sequential([
    new layers.Dense(16, { activation: "relu", inputShape: [8] }),
    new layers.Dense(1, { activation: "sigmoid" }),
  ]);
  model.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });
  return model;
}

const checkpoint = new callbacks.ModelCheckpoint("model_checkpoint/latest.h5", { saveFreq: "epoch", verbose: 1 });
await build().fit(x, y, { epochs: 3, callbacks: [checkpoint], verbose: 2 });

// Later, in another process. `resume: true` asks the file where it stood, so there is no number to remember.
const model = await loadModel("model_checkpoint/latest.h5");
const history = await model.fit(x, y, { resume: true, epochs: 6, callbacks: [checkpoint], verbose: 2 });
console.log(`Epochs in the history: ${history.epoch.map((epoch) => epoch + 1).join(", ")}`);
