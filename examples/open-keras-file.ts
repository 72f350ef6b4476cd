// Open an .h5 that real Keras wrote in the middle of a training, optimizer and all, and continue it. Keras 3 itself
// cannot: it loses the optimizer's state of every .h5 it opens.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadModel, random, setRandomSeed } from "pawl";

const file = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../../examples/data/keras3.h5");
const model = await loadModel(file);
model.summary();
console.log(`The optimizer has made ${model.optimizer.iterations} steps.`);

setRandomSeed(1);
const x = random.uniform([100, 10]);
const y = random.integers(0, 2, [100]);
await model.fit(x, y, { initialEpoch: 3, epochs: 5, verbose: 2 });
await model.save("continued.keras"); // real Keras opens this one and trains on
console.log("Saved continued.keras");
