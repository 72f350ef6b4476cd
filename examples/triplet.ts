// Retrieval with a triplet loss: pictures of one digit come together, others stay away by a margin. Each picture is
// compared with the hardest of its batch: the farthest of its own digit and the nearest of another one.
import { type Batch, compute, layers, Model, ops, Sequential, setRandomSeed, type TrainStep, type Value } from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(6);
const MARGIN = 1;

class Retrieval extends Model {
  readonly tower = new Sequential([
    new layers.Flatten({ inputShape: [14, 14, 1] }),
    new layers.Dense(64, { activation: "relu" }),
    new layers.Dense(16),
  ]);

  override trainStep({ x, y }: Batch, step: TrainStep) {
    const place = this.tower.call(x);
    const far = distances(place, place); // each with each: (rows, rows)
    const same = ops.equal(ops.expandDims(y, 1), ops.expandDims(y, 0));
    const worst = ops.max(ops.where(same, far, 0), { axes: [1] });
    const nearest = ops.min(ops.where(same, 1e6, far), { axes: [1] });
    const loss = ops.mean(ops.relu(ops.add(ops.subtract(worst, nearest), MARGIN)));
    step.minimize(loss);
    return { loss, margin: ops.mean(ops.subtract(nearest, worst)) };
  }
}

/** Distances of all rows of a from all rows of b. */
function distances(a: ops.Operand, b: ops.Operand): Value {
  const squares = (x: ops.Operand) => ops.sum(ops.square(x), { axes: [1], keepDims: true });
  const products = ops.multiply(ops.matmul(a, ops.transpose(b)), 2);
  const square = ops.subtract(ops.add(squares(a), ops.transpose(squares(b))), products);
  return ops.sqrt(ops.maximum(square, 1e-6));
}

const model = new Retrieval();
model.compile({ optimizer: "adam" });
const { images, labels } = await digits(1280);
await model.fit(images, labels, { batchSize: 64, epochs: 4, verbose: 2, run: "runs/triplet" });

const places = await model.tower.predict(images);
const far = distances(places.slice(0, 200), places.slice(200, 1280));
const found = ops.gather(labels.slice(200, 1280), ops.argmin(far, -1));
const hits = await compute(ops.mean(ops.equal(found, labels.slice(0, 200))));
console.log(`The nearest picture shows the same digit in ${(100 * hits.item()).toFixed(0)} % of cases`);
