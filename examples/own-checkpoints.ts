// Checkpoint logic of one's own, the third classic way: a loop with its own rule for the learning rate, of which nothing
// may be lost. Keras needs weights in one file, epoch and rate in another, and the optimizer is gone all the same.
import { layers, openRun, optimizers, random, Sequential, setRandomSeed } from "pawl";

const x = random.normal([160, 6], { seed: 11 });
const y = random.integers(0, 2, [160], { seed: 12 });

async function train(dir: string, epochs: number): Promise<number[]> {
  setRandomSeed(11);
  const model = new Sequential([
    new layers.Dense(12, { activation: "tanh", inputShape: [6] }),
    new layers.Dense(1, { activation: "sigmoid" }),
  ]);
  model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.01 }), loss: "binary_crossentropy" });
  const losses: number[] = [];
  const run = await openRun(dir, { model, losses });
  while (run.step < epochs) {
    const { history } = await model.fit(x, y, { verbose: 0 });
    const [loss = Number.NaN] = history["loss"] ?? [];
    if (loss > 0.999 * (losses.at(-1) ?? Number.POSITIVE_INFINITY)) model.optimizer.learningRate.assign(0.005);
    losses.push(loss);
    await run.commit({ loss });
  }
  await run.close();
  return losses;
}

const whole = await train("runs/whole", 6);
const stopped = await train("runs/stopped", 3);
const resumed = await train("runs/stopped", 6);
const same = resumed.every((loss, i) => loss === whole[i]);
console.log(
  `Stopped after ${stopped.length} epochs, resumed to ${resumed.length}: ${same ? "equal, bit for bit" : "DIFFERENT"}`,
);
if (!same) process.exitCode = 1;
