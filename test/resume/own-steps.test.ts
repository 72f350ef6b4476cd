import { beforeAll, describe, expect, test } from "vitest";
import { extentOf } from "../support/extent.js";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";
import { scratch } from "./support.js";

/**
 * Two networks with batch statistics and dropout, two optimizers, one of them every third step and with half-accumulated
 * gradients, noise from the step, a metric of the step's own. STOP: the step after which the process is killed.
 */
const PROGRAM = `
import { createHash } from "node:crypto";
import { callbacks, layers, metrics, Model, ops, optimizers, random, Sequential, setRandomSeed } from "pawl";

const { RUN, STOP, SHARDS = "1" } = process.env;
setRandomSeed(5);
const x = random.normal([44, 6], { seed: 11 });

class Gan extends Model {
  constructor(generator, critic) {
    super();
    this.generator = generator;
    this.critic = critic;
    this.accuracy = new metrics.BinaryAccuracy({ name: "accuracy", threshold: 0 });
  }
  trainStep({ x }, step) {
    const fake = this.generator.call(step.random("noise", [step.rows, 4], "normal"));
    const [real, made] = [this.critic.call(x), this.critic.call(fake)];
    const critic = ops.subtract(ops.mean(made), ops.mean(real));
    step.minimize(critic, "critic", this.critic.trainableWeights);
    const generator = ops.neg(ops.mean(this.critic.call(fake)));
    step.every(3, () => {
      step.minimize(generator, "generator", this.generator.trainableWeights);
    });
    step.measure(this.accuracy, ops.onesLike(real), real);
    return { critic, generator };
  }
  testStep({ x }, step) {
    return { real: ops.mean(this.critic.call(x)) };
  }
}

const generator = new Sequential([
  new layers.Dense(8, { inputShape: [4] }),
  new layers.BatchNormalization(),
  new layers.Dense(6),
]);
const critic = new Sequential([
  new layers.Dense(8, { inputShape: [6], activation: "relu" }),
  new layers.BatchNormalization(),
  new layers.Dropout(0.2),
  new layers.Dense(1, { kernelRegularizer: "l2" }),
]);
const gan = new Gan(generator, critic);
gan.compile({
  optimizer: {
    critic: new optimizers.Adam({ learningRate: 0.01, beta1: 0.5, gradientAccumulationSteps: 2, clipnorm: 1 }),
    generator: new optimizers.RMSprop({ learningRate: 0.01, useEma: true }),
  },
  shards: Number(SHARDS),
});
let steps = 0;
const stop = new callbacks.LambdaCallback({
  onTrainBatchEnd: () => {
    if (++steps === Number(STOP)) process.kill(process.pid, "SIGKILL");
  },
});
const { history } = await gan.fit(x, {
  epochs: 2,
  batchSize: 8,
  verbose: 0,
  validationData: [random.normal([20, 6], { seed: 12 }), null],
  callbacks: [new callbacks.ReduceLROnPlateau({ monitor: "critic", patience: 0, minDelta: 10, mode: "min" }), ...(STOP ? [stop] : [])],
  run: { dir: RUN, every: { steps: 1 } },
});
const hash = createHash("sha256");
const add = (tensor) => hash.update(String(tensor.tolist()));
for (const tensor of await gan.getWeights()) add(tensor);
for (const optimizer of Object.values(gan.optimizers)) for (const entry of optimizer.variables) add(entry.read());
console.log(JSON.stringify({ history, digest: hash.digest("hex"), steps: Object.values(gan.optimizers).map((one) => one.iteration) }));
`;

let file = "";

const run = (env: NodeJS.ProcessEnv): Promise<Finished> => runNode(file, scratch(), [], env);

function result({ stdout, stderr, code }: Finished): { history: object; digest: string; steps: number[] } {
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

beforeAll(() => {
  file = emitProgram("own-steps", PROGRAM);
});

const isFull = extentOf("PAWL_RECIPES") === "full";

describe.each([1, 2, 3])("a training with its own step, two optimizers and step.every, in %i shards", (shards) => {
  let whole: unknown;
  const env = { SHARDS: String(shards) };

  beforeAll(async () => {
    whole = result(await run({ ...env, RUN: scratch() }));
  });

  test("makes each optimizer's steps when it says", () => {
    expect(whole).toMatchObject({ steps: [12, 4] });
    expect(Object.keys((whole as { history: object }).history)).toEqual([
      "accuracy",
      "critic",
      "generator",
      "val_real",
      "learning_rate_critic",
      "learning_rate_generator",
    ]);
  });

  test("killed after any step, a fresh process goes on to the same bits, logs and metrics", async () => {
    // Each step in one number of shards; in the others, and without PAWL_RECIPES=full, those around a step of the generator.
    const few = isFull ? [2, 3, 7] : [3];
    const stops = shards !== 2 ? few : isFull ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] : [2, 3, 7];
    for (const stop of stops) {
      const RUN = scratch();
      expect(await run({ ...env, RUN, STOP: String(stop) })).toMatchObject({ code: null });
      expect([stop, result(await run({ ...env, RUN, STOP: "" }))]).toEqual([stop, whole]);
    }
  }, 240_000);

  test.each(isFull ? [2, 3, 4] : [3])("has the same bits on %i workers", async (workers) => {
    expect(result(await run({ ...env, RUN: scratch(), PAWL_WORKERS: String(workers) }))).toEqual(whole);
  });
});
