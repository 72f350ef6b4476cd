// A search for the network that best tells points inside of a circle: five trials, of which the best trains on. Stop it
// anywhere with Ctrl-C and start it again: it ends with the same winner and the same bits, with any number of processes.
import { callbacks, layers, optimizers, random, Sequential, sweep, sweeps, Tensor } from "pawl";

// This part runs in each trial's process too: data is made, or read, where it is used.
const x = random.normal([240, 2], { seed: 1 });
const inside = Int32Array.from({ length: 240 }, (_, i) =>
  Number(Math.hypot(Number(x.data[2 * i]), Number(x.data[2 * i + 1])) < 1),
);
const y = new Tensor(inside, [240]);

const result = await sweep({
  dir: "sweeps/circle",
  parameters: {
    units: sweeps.choice([2, 8, 32]),
    activation: sweeps.choice(["relu", "tanh"]),
    learningRate: sweeps.logUniform(1e-4, 1e-1),
  },
  objective: "val_accuracy",
  trials: 5,
  epochs: 27,
  scheduler: new sweeps.SuccessiveHalving({ minEpochs: 9 }),
  async train({ parameters, epochs, run }) {
    const { units, activation, learningRate } = parameters;
    const model = new Sequential([
      new layers.Dense(units, { activation, inputShape: [2] }),
      new layers.Dense(2, { activation: "softmax" }),
    ]);
    model.compile({
      optimizer: new optimizers.Adam({ learningRate }),
      loss: "sparse_categorical_crossentropy",
      metrics: ["accuracy"],
    });
    const patience = new callbacks.EarlyStopping({ monitor: "val_loss", patience: 10 });
    await model.fit(x, y, { validationSplit: 0.25, epochs, run, callbacks: [patience], verbose: 2 });
  },
});

console.log(result.table());
const { number, parameters, value } = result.best;
console.log(`Trial ${number} is right in ${(100 * value!).toFixed(0)} % of cases: ${JSON.stringify(parameters)}`);
