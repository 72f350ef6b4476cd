import { describe, expect, test } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Tensor } from "../../src/core/tensor.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import * as random from "../../src/random/index.js";
import type { Batch, StepLogs, TrainStep } from "../../src/training/index.js";

const x: Tensor = random.normal([12, 3], { seed: 1 });
const y: Tensor = random.normal([12, 1], { seed: 2 });
const network = (): Sequential => new Sequential([new layers.Dense(1, { inputShape: [3] })]);

/** Trains `online`, and lets `target` follow as `follow` says. */
class Following extends Model {
  readonly online: Sequential = network();
  readonly target: Sequential = network();
  readonly follow: (step: TrainStep, own: Following, x: Value) => void;

  constructor(follow: Following["follow"]) {
    super();
    this.follow = follow;
  }

  override trainStep({ x, y }: Batch, step: TrainStep): StepLogs {
    const loss = ops.mean(ops.square(ops.subtract(this.online.call(x), y)));
    step.minimize(loss, this.online.trainableWeights);
    this.follow(step, this, x);
    return { loss, behind: ops.mean(ops.square(ops.subtract(this.target.call(x), this.online.call(x)))) };
  }
}

function made(follow: Following["follow"], shards = 1): Following {
  setRandomSeed(3);
  const model = new Following(follow);
  model.compile({ optimizer: "sgd", shards });
  return model;
}

const numbers = (model: Model): number[][] => model.weights.map(({ data }) => Array.from(data, Number));
const copy: Following["follow"] = (step, { online, target }) => {
  for (const [i, weight] of target.weights.entries()) step.assign(weight, online.weights[i]!.value);
};

describe("step.assign", () => {
  test("gives the variable its value for the rest of the step and for later steps", async () => {
    const model = made(copy);
    expect(await model.trainOnBatch(x, y)).toMatchObject({ behind: 0 });
    expect(numbers(model.target)).toEqual(numbers(model.online));
  });

  test("inside of step.every happens in every n-th step only", async () => {
    const model = made((step, own, x) => step.every(3, () => copy(step, own, x)));
    const same: boolean[] = [];
    for (let i = 0; i < 6; i++) {
      const { behind } = await model.trainOnBatch(x, y);
      same.push(behind === 0);
    }
    expect(same).toEqual([false, false, true, false, false, true]);
  });

  test("keeps a running average, the same in any number of shards", async () => {
    const average: Following["follow"] = (step, { online, target }, x) => {
      const [kernel, bias] = target.weights;
      step.assign(kernel!, ops.add(ops.multiply(kernel!.value, 0.9), ops.multiply(online.weights[0]!.value, 0.1)));
      step.assign(bias!, ops.reshape(ops.mean(x), [1]));
    };
    const mean = Array.from(x.data, Number).reduce((sum, one) => sum + one, 0) / x.size;
    const whole = made(average);
    const before = numbers(whole.target)[0]!;
    await whole.trainOnBatch(x, y);
    const online = numbers(whole.online)[0]!;
    for (const [i, weight] of numbers(whole.target)[0]!.entries()) {
      expect(weight).toBeCloseTo(0.9 * before[i]! + 0.1 * online[i]!, 6);
    }
    expect(numbers(whole.target)[1]![0]).toBeCloseTo(mean, 6);
    for (const shards of [2, 3]) {
      const model = made(average, shards);
      await model.trainOnBatch(x, y);
      for (const [i, values] of numbers(model).entries()) {
        for (const [j, value] of values.entries()) expect(value).toBeCloseTo(numbers(whole)[i]![j]!, 6);
      }
    }
  });

  test("refuses a value of another shape, and a variable that is not the model's, by name", async () => {
    const rows: Following["follow"] = (step, { target }, x) => step.assign(target.weights[1]!, x);
    await expect(made(rows).trainOnBatch(x, y)).rejects.toMatchObject({ name: "ShapeError", code: "step-assign" });
    const foreign = network();
    const other: Following["follow"] = (step) => step.assign(foreign.weights[1]!, foreign.weights[1]!.value);
    await expect(made(other).trainOnBatch(x, y)).rejects.toMatchObject({ code: "step-foreign-variable" });
  });
});
