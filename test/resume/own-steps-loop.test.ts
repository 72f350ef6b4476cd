import { describe, expect, test } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import type { Batch, StepLogs, TrainStep } from "../../src/training/index.js";
import { openInMemory } from "../support/loop-in-memory.js";
import { x } from "./support.js";

const STEPS = 7;

/** Two networks and two optimizers, one of them in every second step. */
class Gan extends Model {
  readonly generator = new Sequential([
    new layers.Dense(5, { inputShape: [3] }),
    new layers.BatchNormalization(),
    new layers.Dense(6),
  ]);
  readonly critic = new Sequential([
    new layers.Dense(5, { inputShape: [6], activation: "relu" }),
    new layers.Dropout(0.3),
    new layers.Dense(1),
  ]);

  override trainStep({ x }: Batch, step: TrainStep): StepLogs {
    const fake = this.generator.call(step.random("noise", [step.rows, 3], "normal"));
    const gap = ops.subtract(ops.mean(this.critic.call(fake)), ops.mean(this.critic.call(x)));
    step.minimize(gap, "critic", this.critic.trainableWeights);
    step.every(2, () =>
      step.minimize(ops.neg(ops.mean(this.critic.call(fake))), "generator", this.generator.trainableWeights),
    );
    return { gap };
  }
}

/** Trains to a number of steps in "a fresh process", and gives all bits that it ends with. */
async function train(files: Vfs, steps: number): Promise<unknown> {
  setRandomSeed(5);
  const gan = new Gan();
  gan.compile({ optimizer: { critic: "adam", generator: "rmsprop" } });
  const run = await openInMemory({ gan }, { every: 1 }, files);
  while (run.step < steps) {
    const from = run.random.integers(0, 30).item();
    const { gap } = await gan.trainOnBatch(x.slice(from, from + 8));
    await run.commit({ gap: gap! });
  }
  await run.close();
  const entries = Object.values(gan.optimizers).flatMap(({ variables }) => variables);
  return [run.logs, [...gan.weights, ...entries].map((each) => each.read().tolist())];
}

describe("a model with its own step and two optimizers in a loop", () => {
  test("stopped after every step, it ends with the bits of one that was never stopped", async () => {
    const whole = await train(memoryVfs(), STEPS);
    const files = memoryVfs();
    for (let step = 1; step < STEPS; step++) await train(files, step);
    expect(await train(files, STEPS)).toEqual(whole);
  });
});
