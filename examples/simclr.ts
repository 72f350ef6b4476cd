// Contrastive learning (SimCLR): two distorted copies of a picture are to be closer than those of any other picture in
// the batch. No labels are used; afterwards a picture's nearest neighbour mostly shows the same digit.
import { type Batch, compute, layers, Model, ops, Sequential, setRandomSeed, type TrainStep, type Value } from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(5);
const TEMPERATURE = 0.2;
const unit = (x: Value) => ops.divide(x, ops.add(ops.l2Norm(x, { axes: [-1], keepDims: true }), 1e-6));

class SimClr extends Model {
  readonly encoder = new Sequential([
    new layers.Conv2D(16, 3, { strides: 2, activation: "relu", inputShape: [14, 14, 1] }),
    new layers.Conv2D(32, 3, { strides: 2, activation: "relu" }),
    new layers.Flatten(),
    new layers.Dense(32),
  ]);
  readonly head = new Sequential([
    new layers.Dense(32, { activation: "relu", inputShape: [32] }),
    new layers.Dense(16),
  ]);

  /** Another brightness, and a fifth of the pixels missing. */
  distort(x: Value, step: TrainStep, name: string): Value {
    const light = ops.add(step.random(`${name}-light`, [step.rows, 1, 1, 1], "uniform"), 0.5);
    const kept = ops.greater(step.random(`${name}-kept`, [step.rows, 14, 14, 1], "uniform"), 0.2);
    return ops.multiply(ops.where(kept, x, 0), light);
  }

  override trainStep({ x }: Batch, step: TrainStep) {
    const one = unit(this.head.call(this.encoder.call(this.distort(x, step, "one"))));
    const other = unit(this.head.call(this.encoder.call(this.distort(x, step, "other"))));
    const alike = ops.divide(ops.matmul(one, ops.transpose(other)), TEMPERATURE); // each with each: (rows, rows)
    const pairs = ops.divide(ops.mean(ops.sum(ops.multiply(one, other), { axes: [1] })), TEMPERATURE);
    const there = ops.mean(ops.logSumExp(alike, { axes: [1] }));
    const back = ops.mean(ops.logSumExp(alike, { axes: [0] }));
    const loss = ops.subtract(ops.divide(ops.add(there, back), 2), pairs);
    step.minimize(loss);
    return { loss };
  }
}

const model = new SimClr();
model.compile({ optimizer: "adam" });
const { images, labels } = await digits(1280);
await model.fit(images, { batchSize: 64, epochs: 4, verbose: 2, run: "runs/simclr" });

const places = await compute(unit(ops.constant(await model.encoder.predict(images))));
const alike = ops.matmul(places.slice(0, 200), ops.transpose(places.slice(200, 1280)));
const nearest = ops.gather(labels.slice(200, 1280), ops.argmax(alike, -1));
const hits = await compute(ops.mean(ops.equal(nearest, labels.slice(0, 200))));
console.log(`The nearest neighbour shows the same digit in ${(100 * hits.item()).toFixed(0)} % of cases`);
