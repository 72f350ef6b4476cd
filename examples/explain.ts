// What does a network see in a digit? Grad-CAM: which places of its last maps speak for its answer. Integrated gradients:
// what each pixel adds to it on the way from an empty picture. Both are gradients by values, not by weights.
import {
  type Batch,
  layers,
  losses,
  Model,
  ops,
  optimizers,
  Sequential,
  setRandomSeed,
  type TrainStep,
  type Value,
} from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(11);
const PARTS = 16;
const crossentropy = new losses.SparseCategoricalCrossentropy({ fromLogits: true });
const same = { padding: "same", activation: "relu" } as const;

class Explained extends Model<Value, readonly [Value, Value]> {
  readonly body = new Sequential([
    new layers.Conv2D(16, 3, { ...same, inputShape: [14, 14, 1] }),
    new layers.Conv2D(16, 3, { ...same, strides: 2 }),
  ]);
  readonly head = new Sequential([new layers.GlobalAveragePooling2D({ inputShape: [7, 7, 16] }), new layers.Dense(10)]);

  override trainStep({ x, y }: Batch, step: TrainStep) {
    const loss = ops.mean(crossentropy.call(y, this.head.call(this.body.call(x))));
    step.minimize(loss);
    return { loss };
  }

  /** The heat maps (rows, 7, 7) and the attributions (rows, 14, 14, 1) of the answers. */
  override predictStep({ x }: Batch): Value[] {
    const maps = this.body.call(x);
    const scores = this.head.call(maps);
    const answer = ops.argmax(scores, -1);
    const weights = ops.mean(ops.gradients(ops.take(scores, answer), maps), { axes: [1, 2], keepDims: true });
    const heat = ops.relu(ops.sum(ops.multiply(maps, weights), { axes: [3] }));

    const slopes = Array.from({ length: PARTS }, (_, i) => {
      const part = ops.multiply(x, (i + 0.5) / PARTS);
      return ops.gradients(ops.take(this.head.call(this.body.call(part)), answer), part);
    });
    const sum = slopes.reduce((a, b) => ops.add(a, b));
    return [heat, ops.divide(ops.multiply(x, sum), PARTS)];
  }
}

const model = new Explained();
model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.01 }) });
const { images, labels } = await digits(640);
await model.fit(images, labels, { batchSize: 32, epochs: 3, verbose: 2, run: "runs/explain" });

const [heat, attributions] = await model.predict(images.slice(0, 4));
const map = Array.from(heat.slice(0, 1).data, Number);
const shades = map.map((value) => " .:*#"[Math.round((4 * value) / Math.max(...map))]);
console.log(`A ${labels.data[0]}, and where the network looks:`);
for (let row = 0; row < 7; row++) console.log(shades.slice(7 * row, 7 * row + 7).join(" "));
console.log(`What each pixel adds: ${attributions.shape.join(" x ")}`);
