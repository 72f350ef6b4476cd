import { describe, expect, it } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Variable } from "../../src/engine/index.js";
import * as layers from "../../src/layers/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import type { Batch, StepLogs, TrainStep } from "../../src/training/index.js";
import { digest, scratch, x, y } from "../resume/support.js";

const LATENT = 4;

/** Two networks, two optimizers, one of them every third step; batch statistics in both. */
class Gan extends Model {
  readonly generator: Sequential;
  readonly critic: Sequential;

  constructor(generator: Sequential, critic: Sequential) {
    super();
    this.generator = generator;
    this.critic = critic;
  }

  override trainStep({ x }: Batch, step: TrainStep): StepLogs {
    const fake = this.generator.call(step.random("noise", [step.rows, LATENT], "normal")) as typeof x;
    const gap = ops.subtract(ops.mean(this.critic.call(fake) as typeof x), ops.mean(this.critic.call(x) as typeof x));
    step.minimize(gap, "critic", this.critic.trainableWeights);
    const generator = ops.neg(ops.mean(this.critic.call(fake) as typeof x));
    step.every(3, () => step.minimize(generator, "generator", this.generator.trainableWeights));
    return { critic: gap, generator };
  }
}

function gan(options: { shards?: number } = {}): Gan {
  setRandomSeed(5);
  const generator = new Sequential([
    new layers.Dense(8, { inputShape: [LATENT] }),
    new layers.BatchNormalization(),
    new layers.Dense(6),
  ]);
  const critic = new Sequential([
    new layers.Dense(8, { inputShape: [6], activation: "relu" }),
    new layers.BatchNormalization(),
    new layers.Dropout(0.2),
    new layers.Dense(1),
  ]);
  const model = new Gan(generator, critic);
  model.compile({
    optimizer: { critic: new optimizers.Adam({ beta1: 0.5 }), generator: new optimizers.SGD({ momentum: 0.9 }) },
    ...options,
  });
  return model;
}

function bits(model: Model): unknown {
  const state = Object.values(model.optimizers).flatMap((one) =>
    one.variables.map((entry) => [...(entry.read().data as Float32Array)].map(Number)),
  );
  return [model.weights.map(({ data }: Variable) => [...data]), state];
}

describe("a model with its own trainStep", () => {
  it("trains two networks with two optimizers, one of them in every third step only", async () => {
    const model = gan();
    const before = model.generator.weights.map(({ data }) => [...data]);
    await model.fit(x, { epochs: 1, batchSize: 22, verbose: 0 });
    const { critic, generator } = model.optimizers;
    expect([critic!.iteration, generator!.iteration]).toEqual([2, 0]);
    expect(model.generator.trainableWeights.map(({ data }) => [...data])).toEqual(
      before.filter((_, i) => i < 4 || i > 5),
    );
    await model.fit(x, { epochs: 1, batchSize: 22, verbose: 0 });
    expect([critic!.iteration, generator!.iteration]).toEqual([4, 1]);
    expect(Object.keys(model.history!.history)).toEqual(["critic", "generator"]);
  });

  it("is the same training when it does what compile would, in any number of shards", async () => {
    class Own extends Sequential {
      override trainStep({ x, y, sampleWeight }: Batch, step: TrainStep): StepLogs {
        const yPred = this.call(x);
        const loss = this.computeLoss({ x, y, yPred, sampleWeight }, step);
        step.minimize(loss);
        step.metrics(y, yPred, sampleWeight);
        return { loss };
      }
    }
    for (const shards of [1, 2, 3]) {
      const trained = async (make: typeof Sequential) => {
        setRandomSeed(7);
        const model = new make([
          new layers.Dense(8, {
            activation: "relu",
            inputShape: [6],
            kernelRegularizer: "l2",
            activityRegularizer: "l1",
          }),
          new layers.BatchNormalization(),
          new layers.Dropout(0.3),
          new layers.Dense(3, { activation: "softmax" }),
        ]);
        model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], shards });
        const { history } = await model.fit(x, y, { epochs: 2, batchSize: 8, verbose: 0, validationSplit: 0.2 });
        return [digest(model), history];
      };
      expect(await trained(Own)).toEqual(await trained(Sequential));
    }
  });

  it("goes on exactly from a run folder, stopped between two steps of the critic", async () => {
    for (const shards of [1, 2, 3]) {
      const whole = gan({ shards });
      await whole.fit(x, { epochs: 2, batchSize: 8, verbose: 0, run: scratch() });
      const run = { dir: scratch() };
      const first = gan({ shards });
      await first.fit(x, { epochs: 1, batchSize: 8, verbose: 0, run });
      const second = gan({ shards });
      await second.fit(x, { epochs: 2, batchSize: 8, verbose: 0, run });
      expect(bits(second)).toEqual(bits(whole));
      expect(second.history!.history).toEqual(whole.history!.history);
    }
  });
});
