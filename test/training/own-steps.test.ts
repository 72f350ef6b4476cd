import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EarlyStopping, LearningRateScheduler, ReduceLROnPlateau } from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Variable } from "../../src/engine/index.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import * as metrics from "../../src/metrics/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import type { Batch, StepLogs, TrainStep } from "../../src/training/index.js";
import { digest, scratch, x, y } from "../resume/support.js";

const target = random.normal([44, 1], { seed: 3 });

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

/** What was warned of while a test ran. */
let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, "warn").mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(said).toEqual([]);
});

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

type Step = (model: Line, batch: Batch, step: TrainStep) => StepLogs;

/** A line with a step that the test says. */
class Line extends Sequential {
  readonly first: optimizers.Optimizer = new optimizers.SGD({ learningRate: 0.1 });
  readonly seen = new metrics.MeanSquaredError({ name: "seen" });
  step: Step | null;

  constructor(step: Step | null, rate = "zeros") {
    super([new layers.Dense(1, { inputShape: [6], kernelInitializer: rate as "zeros" })]);
    this.step = step;
  }

  error({ x, y }: Batch): Value {
    return ops.mean(ops.square(ops.subtract(this.call(x), y)));
  }

  override trainStep(batch: Batch, step: TrainStep): StepLogs {
    return this.step === null ? super.trainStep(batch, step) : this.step(this, batch, step);
  }
}

const FIT = { batchSize: 8, epochs: 2, verbose: 0 } as const;

async function trained(step: Step | null, options: object = {}, more: object = {}) {
  setRandomSeed(3);
  const model = new Line(step);
  model.compile({ optimizer: "sgd", loss: "mse", ...options });
  const { history } = await model.fit(x, target, { ...FIT, ...more });
  return { model, history, weights: model.weights.map(({ data }) => [...data]) };
}

const minimized: Step = (model, batch, step) => {
  const loss = model.error(batch);
  step.minimize(loss);
  return { loss };
};

describe("a trainStep", () => {
  it("of gradients of its own is that of minimize, with what the optimizer's options say", async () => {
    const apart: Step = (model, batch, step) => {
      const loss = model.error(batch);
      step.apply(null, ops.gradients(loss, model.trainableWeights), model.trainableWeights);
      return { loss };
    };
    for (const shards of [1, 3]) {
      const optimizer = () => new optimizers.Adam({ clipnorm: 0.1, gradientAccumulationSteps: 2, useEma: true });
      const [a, b, c] = [
        await trained(minimized, { optimizer: optimizer(), shards }),
        await trained(apart, { optimizer: optimizer(), shards }),
        await trained(null, { optimizer: optimizer(), shards }),
      ];
      expect(b.weights).toEqual(a.weights);
      expect(a.weights.flat().map((weight) => expect.closeTo(weight, 5))).toEqual(c.weights.flat());
      expect(a.model.optimizer.iteration).toBe(12);
    }
  });

  it("that uses one optimizer twice makes two updates, the second on what the first has left", async () => {
    const twice: Step = (model, batch, step) => {
      const loss = model.error(batch);
      step.minimize(loss);
      step.minimize(model.error(batch));
      return { loss };
    };
    const { model, weights } = await trained(
      twice,
      { optimizer: new optimizers.Adam({ learningRate: 0.01 }) },
      { epochs: 1, batchSize: 44 },
    );
    const once = await trained(
      minimized,
      { optimizer: new optimizers.Adam({ learningRate: 0.01 }) },
      { epochs: 2, batchSize: 44 },
    );
    expect(model.optimizer.iteration).toBe(2);
    expect(weights.flat().map((weight) => expect.closeTo(weight, 6))).toEqual(once.weights.flat());
  });

  it("that gives one optimizer two parts of the weights keeps the slots of both", async () => {
    class Parts extends Line {
      constructor(step: Step | null) {
        super(step);
        this.add(new layers.Dense(1, { kernelInitializer: "ones" }));
      }
    }
    const parts: Step = (model, batch, step) => {
      const loss = model.error(batch);
      step.minimize(loss, model.layers[0]!.trainableWeights);
      step.minimize(loss, model.layers[1]!.trainableWeights);
      return { loss };
    };
    const model = new Parts(parts);
    model.compile({ optimizer: "adam" });
    await model.fit(x, target, FIT);
    expect(model.optimizer.iteration).toBe(24);
    expect(model.optimizer.trainable).toEqual(model.trainableWeights);
    expect(model.optimizer.active).toEqual(model.trainableWeights);
  });

  it("may compare predictions with something else than the data's targets", async () => {
    const rebuilt: Step = (model, { x }, step) => {
      const loss = step.loss(ops.sum(x, { axes: -1, keepDims: true }), model.call(x));
      step.minimize(loss);
      return { loss };
    };
    setRandomSeed(3);
    const model = new Line(rebuilt);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const { history } = await model.fit(x, FIT);
    expect(history["loss"]![1]).toBeLessThan(history["loss"]![0]!);
    await expect(model.evaluate(x, null, { verbose: 0 })).rejects.toThrow(
      "has a loss, but the data has no targets for it",
    );
  });

  it("may use an optimizer that a field of the model holds, which is saved under the field's name", async () => {
    const held: Step = (model, batch, step) => {
      const loss = model.error(batch);
      step.minimize(loss, model.first);
      return { loss };
    };
    const { model } = await trained(held);
    expect(Object.keys(model.optimizers)).toEqual(["first"]);
    expect(model.optimizer).toBe(model.first);
  });

  it("of its base class is what compile says, with more beside it", async () => {
    const more: Step = (model, batch, step) => {
      const logs = Sequential.prototype.trainStep.call(model, batch, step);
      step.measure(model.seen, batch.y, model.call(batch.x));
      return { ...logs, twice: ops.multiply(logs["loss"] as Value, 2) };
    };
    const [own, plain] = [await trained(more), await trained(null)];
    expect(own.weights).toEqual(plain.weights);
    expect(Object.keys(own.history).sort()).toEqual(["loss", "seen", "twice"]);
    expect(own.history["loss"]).toEqual(plain.history["loss"]);
    expect(own.history["twice"]!.map((twice) => expect.closeTo(twice / 2, 5))).toEqual(own.history["loss"]);
    // A metric is logged as it is after the update of this step.
    expect(own.history["seen"]![0]).toBeLessThan(own.history["loss"]![0]!);
  });

  it("logs means over the epoch weighted by rows, and a name in step.every over those steps", async () => {
    const rows: Step = (model, batch, step) => {
      step.minimize(model.error(batch));
      const logs: Record<string, Value> = { rows: step.rowCount };
      step.every(4, () => {
        logs["fourth"] = step.rowCount;
      });
      return logs;
    };
    // Five batches of 8 rows and one of 4, twice: steps 4, 8 and 12.
    const { history } = await trained(rows);
    expect(history["rows"]).toEqual([0, 1].map(() => expect.closeTo((5 * 64 + 16) / 44, 5)));
    expect(history["fourth"]).toEqual([8, expect.closeTo((64 + 16) / 12, 5)]);
  });

  it("takes data as it is given: alone, lists, objects, weights of rows", async () => {
    class Any extends Model {
      readonly dense = new layers.Dense(1, { kernelInitializer: "ones" });
      got: unknown;
      override trainStep(batch: Batch<never, never>, step: TrainStep): StepLogs {
        const shapes = (group: unknown): unknown =>
          JSON.parse(
            JSON.stringify(group, (_, value) =>
              value !== null && typeof value === "object" && "op" in value ? value.shape : value,
            ),
          );
        this.got = shapes(batch);
        const loss = ops.mean(this.dense.call(ops.constant(random.normal([2, 3], { seed: 1 }))));
        step.minimize(loss);
        return { loss };
      }
    }
    const given = async (x: never, y: never, options: object = {}) => {
      const model = new Any();
      model.compile();
      await model.fit(x, y, { verbose: 0, ...options });
      return model.got;
    };
    const one = [-1, 6];
    const tags = random.integers(0, 3, [44], { seed: 1 });
    expect(await given(x as never, null as never)).toEqual({ x: one, y: null, sampleWeight: null });
    expect(await given([x, tags] as never, target as never)).toEqual({
      x: [one, [-1]],
      y: [-1, 1],
      sampleWeight: null,
    });
    expect(
      await given({ a: x, b: tags } as never, { c: target } as never, { sampleWeight: random.uniform([44]) }),
    ).toEqual({
      x: { a: one, b: [-1] },
      y: { c: [-1, 1] },
      sampleWeight: [-1],
    });
    const batches = function* () {
      yield { x: { a: x }, y: [target, tags] };
    };
    const model = new Any();
    model.compile();
    await model.fit(batches as never, { verbose: 0 });
    expect(model.got).toEqual({ x: { a: one }, y: [[-1, 1], [-1]], sampleWeight: null });
  });

  it("trains on one batch, and is followed by testStep and predictStep of its own", async () => {
    class Own extends Line {
      override testStep(batch: Batch): StepLogs {
        return { distance: ops.sqrt(this.error(batch)) };
      }
      override predictStep({ x }: Batch, step: { readonly rows: -1 }) {
        return [this.call(x), ops.full([step.rows, 2], 7)];
      }
    }
    setRandomSeed(3);
    const model = new Own(minimized);
    model.compile({ optimizer: "sgd" });
    const before = await model.testOnBatch(x, target);
    const { loss } = await model.trainOnBatch(x, target);
    expect(loss).toBeCloseTo(before["distance"]! ** 2, 5);
    expect((await model.evaluate(x, target, { verbose: 0 }))["distance"]).toBeLessThan(before["distance"]!);
    const history = await model.fit(x, target, { ...FIT, validationSplit: 0.25, stepsPerEpoch: 2 });
    expect(Object.keys(history.history)).toEqual(["loss", "val_distance"]);
    const outputs = (await model.predict(x, { verbose: 0 })) as unknown as { shape: readonly number[] }[];
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [44, 1],
      [44, 2],
    ]);
  });

  it("uses a computeLoss of the model's own, which evaluations use too", async () => {
    class Scaled extends Sequential {
      override computeLoss({ y, yPred }: { y: Value; yPred: Value }): Value {
        return ops.multiply(ops.mean(ops.square(ops.subtract(yPred, y))), 10);
      }
    }
    const make = (cls: typeof Sequential, learningRate: number) => {
      setRandomSeed(3);
      const model = new cls([new layers.Dense(1, { inputShape: [6] })]);
      model.compile({ optimizer: new optimizers.SGD({ learningRate }), loss: "mse" });
      return model;
    };
    const [own, plain] = [make(Scaled, 0.001), make(Sequential, 0.01)];
    const histories = [await own.fit(x, target, FIT), await plain.fit(x, target, FIT)];
    expect(histories[0]!.history["loss"]!.map((loss) => expect.closeTo(loss / 10, 4))).toEqual(
      histories[1]!.history["loss"],
    );
    const [a, b] = [await own.evaluate(x, target, { verbose: 0 }), await plain.evaluate(x, target, { verbose: 0 })];
    expect(a["loss"]! / 10).toBeCloseTo(b["loss"]!, 4);
  });

  it("sees the penalties of weights and the losses of layers in step.losses", async () => {
    const withLosses: Step = (model, batch, step) => {
      const error = model.error(batch);
      const loss = step.losses.reduce((sum, part) => ops.add(sum, part), error);
      step.minimize(loss);
      return { loss, parts: step.losses.length };
    };
    class Penalized extends Line {
      constructor(step: Step | null) {
        super(step);
        this.add(new layers.Dense(1, { kernelRegularizer: "l2", activityRegularizer: "l1" }));
      }
    }
    for (const shards of [1, 2]) {
      const results = [];
      for (const step of [withLosses, null]) {
        setRandomSeed(3);
        const model = new Penalized(step);
        model.compile({ optimizer: "sgd", loss: "mse", shards });
        const { history } = await model.fit(x, target, FIT);
        results.push([history["loss"], ...model.weights.map(({ data }) => [...data])].flat());
        if (step !== null) expect(history["parts"]).toEqual([2, 2]);
      }
      expect(results[0]!.map((number) => expect.closeTo(number as number, 5))).toEqual(results[1]);
    }
  });

  it("may log what layers add, as may the built-in step", async () => {
    class Watched extends layers.Layer {
      static override readonly className = "Watched";
      override call(x: Value, context?: layers.CallContext): Value {
        context!.addMetric("size", ops.mean(ops.abs(x)));
        return x;
      }
    }
    setRandomSeed(3);
    const model = new Sequential([new layers.Dense(4, { inputShape: [6] }), new Watched(), new layers.Dense(1)]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const { history } = await model.fit(x, target, { ...FIT, validationSplit: 0.25 });
    expect(Object.keys(history)).toEqual(["loss", "size", "val_loss", "val_size"]);
    expect(history["size"]![0]).toBeGreaterThan(0);
    expect(Object.keys(await model.evaluate(x, target, { verbose: 0 }))).toEqual(["loss", "size"]);
  });
});

describe("a trainStep in fit", () => {
  it("goes on exactly from a run folder with data that comes in batches, and with optimizers that a field holds", async () => {
    const held: Step = (model, batch, step) => {
      const loss = model.error(batch);
      step.every(2, () => step.minimize(loss, model.first));
      step.minimize(loss, "other");
      return { loss };
    };
    const batches = function* () {
      for (let i = 0; i < 44; i += 11) yield [x.slice(i, i + 11), target.slice(i, i + 11)];
    };
    const train = async (epochs: number, dir: string) => {
      setRandomSeed(3);
      const model = new Line(held);
      model.compile({ optimizer: { other: "adam" } });
      await model.fit(batches as never, { epochs, verbose: 0, run: dir });
      // In the same process too.
      await model.fit(batches as never, { epochs, verbose: 0, run: dir });
      return model;
    };
    const whole = await train(3, scratch());
    const dir = scratch();
    await train(1, dir);
    const resumed = await train(3, dir);
    expect(bits(resumed)).toEqual(bits(whole));
    expect(Object.entries(resumed.optimizers).map(([name, { iteration }]) => [name, iteration])).toEqual([
      ["first", 6],
      ["other", 12],
    ]);
  });

  it("calls batch hooks once for stepsPerExecution batches", async () => {
    const { history } = await trained(minimized, { stepsPerExecution: 3 });
    expect(history).toEqual((await trained(minimized)).history);
  });

  it("monitors what is minimized without a mode, and asks for one elsewhere", async () => {
    const logs: Step = (model, batch, step) => {
      const fit = model.error(batch);
      step.minimize(fit);
      return { fit, size: ops.mean(fit) };
    };
    const stopping = (monitor: string) => ({ callbacks: [new EarlyStopping({ monitor, patience: 5 })] });
    await trained(logs, {}, stopping("fit"));
    await expect(trained(logs, {}, stopping("size"))).rejects.toThrow(
      'cannot tell whether more or less of "size" is better',
    );
  });
});

describe("callbacks of a training with several optimizers", () => {
  it("set the rates of all, or of the one that they name, and log each", async () => {
    const model = gan();
    const history = await model.fit(x, {
      epochs: 2,
      batchSize: 8,
      verbose: 0,
      callbacks: [
        new LearningRateScheduler((_, rate) => rate / 2),
        new ReduceLROnPlateau({ monitor: "critic", mode: "min", patience: 0, minDelta: 100, optimizer: "critic" }),
      ],
    });
    const rates = Object.entries(history.history).filter(([key]) => key.startsWith("learning_rate"));
    expect(rates.map(([key]) => key)).toEqual(["learning_rate_critic", "learning_rate_generator"]);
    expect(rates[1]![1]).toEqual([0.005, 0.0025].map((rate) => expect.closeTo(rate, 8)));
    expect(model.optimizers["critic"]!.learningRate.numpy()).toBeCloseTo(0.001 / 4 / 10, 8);
    const wrong = new ReduceLROnPlateau({ monitor: "critic", mode: "min", optimizer: "crtic" });
    await expect(gan().fit(x, { verbose: 0, callbacks: [wrong] })).rejects.toThrow(
      "ReduceLROnPlateau.optimizer: no optimizer of gan_",
    );
  });
});
