// Meta learning (MAML): weights from which one step of gradient descent, on ten points, finds any sine curve. The loss is
// the one after that step, so its gradient goes through a gradient.
import {
  type Batch,
  compute,
  Model,
  ops,
  optimizers,
  random,
  setRandomSeed,
  type Tensor,
  type TrainStep,
  type Value,
} from "pawl";

setRandomSeed(13);
const [TASKS, POINTS, RATE] = [1600, 10, 0.05];
const SHAPES = [
  [1, 32],
  [1, 32],
  [32, 32],
  [1, 32],
  [32, 1],
  [1, 1],
];

class Maml extends Model {
  readonly parts = SHAPES.map((shape, i) =>
    this.addWeight(`part_${i}`, { shape, initializer: i % 2 === 0 ? "glorot_uniform" : "zeros" }),
  );

  /** The network, with weights of its own for each task: (tasks, points, 1) to (tasks, points, 1). */
  curve(x: Value, [a, b, c, d, e, f]: readonly Value[]): Value {
    const first = ops.tanh(ops.add(ops.matmul(x, a!), b!));
    const second = ops.tanh(ops.add(ops.matmul(first, c!), d!));
    return ops.add(ops.matmul(second, e!), f!);
  }

  /** What the network says at `asked` after each task has learned from its points (x, y). */
  after([x, y, asked]: readonly [Value, Value, Value]): Value {
    const start = this.parts.map(({ value, shape }) => ops.broadcastTo(value, [-1, ...shape]));
    const error = ops.mean(ops.square(ops.subtract(this.curve(x, start), y)), { axes: [1, 2] });
    const slopes = ops.gradients(error, start);
    return this.curve(
      asked,
      start.map((part, i) => ops.subtract(part, ops.multiply(slopes[i]!, RATE))),
    );
  }

  override trainStep({ x, y }: Batch<readonly [Value, Value, Value]>, step: TrainStep) {
    const loss = ops.mean(ops.square(ops.subtract(this.after(x), y)));
    step.minimize(loss);
    return { loss };
  }
}

// Each task is a curve of another height and place; it sees some points of it, and is asked for others.
const height = random.uniform([TASKS, 1, 1], { min: 0.1, max: 5 });
const place = random.uniform([TASKS, 1, 1], { max: Math.PI });
const points = () => random.uniform([TASKS, POINTS, 1], { min: -5, max: 5 });
const on = (x: Tensor) => compute(ops.multiply(height, ops.sin(ops.add(x, place))));
const [seen, asked] = [points(), points()];

const maml = new Maml();
maml.compile({ optimizer: new optimizers.Adam({ learningRate: 0.005 }) });
const { history } = await maml.fit([seen, await on(seen), asked], await on(asked), {
  batchSize: 25,
  epochs: 4,
  verbose: 2,
  run: "runs/maml",
});
console.log(`Error after one step on a curve: ${history["loss"]!.map((loss) => loss.toFixed(2)).join(", ")}`);
