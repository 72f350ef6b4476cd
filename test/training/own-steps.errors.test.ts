import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Variable } from "../../src/engine/index.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import * as metrics from "../../src/metrics/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import type { Batch, CompileOptions, StepLogs, TrainStep } from "../../src/training/index.js";

const x = random.normal([12, 3], { seed: 1 });
const y = random.normal([12, 1], { seed: 2 });

type Step = (model: Subject, batch: Batch, step: TrainStep) => unknown;

class Subject extends Model {
  readonly first = new Sequential([new layers.Dense(4, { inputShape: [3], name: "hidden" })], { name: "first" });
  readonly last = new Sequential([new layers.Dense(1, { inputShape: [4], name: "out" })], { name: "last" });
  readonly unused = new Sequential([new layers.Dense(1, { inputShape: [4], name: "spare" })], { name: "unused" });
  readonly #step: Step;

  constructor(step: Step) {
    super({ name: "subject" });
    this.#step = step;
  }

  get both(): readonly Variable[] {
    return [...this.first.trainableWeights, ...this.last.trainableWeights];
  }

  loss({ x, y }: Batch): Value {
    return ops.mean(ops.square(ops.subtract(this.last.call(this.first.call(x)), y)));
  }

  override trainStep(batch: Batch, step: TrainStep): StepLogs {
    return this.#step(this, batch, step) as StepLogs;
  }
}

async function failure(step: Step, options: CompileOptions = {}): Promise<string> {
  const model = new Subject(step);
  model.compile({ optimizer: "sgd", ...options });
  try {
    await model.fit(x, y, { verbose: 0 });
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
}

describe("a mistake in a trainStep gives an error that explains it", () => {
  it("nothing, or what is no record of numbers, is returned", async () => {
    expect(await failure((model, batch, step) => step.minimize(model.loss(batch), model.both))).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject" must return the numbers for the logs. Received: undefined. Expected: an object of scalars by name, e.g. return { loss }. Return the loss under its name; {} logs nothing."`,
    );
    expect(await failure((model, batch) => model.loss(batch))).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject" must return the numbers for the logs. Received: a value of the graph, without a name. Expected: an object of scalars by name, e.g. return { loss }. Return the loss under its name; {} logs nothing."`,
    );
    const rows: Step = (model, batch, step) => {
      step.minimize(model.loss(batch), model.both);
      return { rows: batch.y };
    };
    expect(await failure(rows)).toMatchInlineSnapshot(
      `"ShapeError: trainStep of Subject "subject": the log "rows" is not one number. Received: float32 (?, 1). Expected: a scalar. Average or sum it: ops.mean(value)."`,
    );
  });

  it("a loss that is not one number", async () => {
    expect(await failure((model, { x }, step) => step.minimize(model.first.call(x), model.both))).toMatchInlineSnapshot(
      `"ShapeError: trainStep of Subject "subject": the loss is not one number. Received: float32 (?, 4). Expected: a scalar. Average or sum it: ops.mean(value)."`,
    );
    expect(await failure((_, __, step) => step.minimize("loss" as never))).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": the loss must be a value of the graph. Received: "loss". Expected: what operations and layers give, or a number."`,
    );
  });

  it("nothing is trained", async () => {
    expect(await failure((model, batch) => ({ loss: model.loss(batch) }))).toMatchInlineSnapshot(
      `"StateError: trainStep of Subject "subject" trains nothing. Received: no call of step.minimize or step.apply. Call step.minimize(loss), or step.minimize(loss, optimizer, variables)."`,
    );
  });

  it("variables that the loss does not reach", async () => {
    const some: Step = (model, batch, step) => {
      step.minimize(model.loss(batch), [...model.both, ...model.unused.trainableWeights]);
      return {};
    };
    expect(await failure(some)).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": the loss does not depend on variables that it is to train. Received: "unused/spare/kernel", "unused/spare/bias". Expected: variables that the loss was computed from, not only through ops.stopGradient or whole numbers. Compute the loss with them, or leave them out of the variables."`,
    );
    const none: Step = (_, { y }, step) => {
      step.minimize(ops.mean(y));
      return {};
    };
    expect(await failure(none)).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": the loss does not depend on variables that it is to train. Received: "first/hidden/kernel", "first/hidden/bias", "last/out/kernel", "last/out/bias", "unused/spare/kernel", "unused/spare/bias". Expected: variables that the loss was computed from, not only through ops.stopGradient or whole numbers. Compute the loss with them, or leave them out of the variables."`,
    );
  });

  it("an optimizer that compile did not get", async () => {
    const named: Step = (model, batch, step) => {
      step.minimize(model.loss(batch), "critc", model.both);
      return {};
    };
    expect(await failure(named, { optimizer: { critic: "adam", actor: "sgd" } })).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": no optimizer of compile: unknown name "critc". Expected: one of "critic", "actor". Did you mean "critic"?"`,
    );
    expect(await failure(named)).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject" names an optimizer that compile did not get by name. Received: "critc". Expected: a name from compile({ optimizer: { name: … } }), an optimizer, or nothing for the only one. Leave the name out, or compile with { optimizer: { critc: "adam" } }."`,
    );
    const unnamed: Step = (model, batch, step) => {
      step.minimize(model.loss(batch), model.both);
      return {};
    };
    expect(await failure(unnamed, { optimizer: { critic: "adam", actor: "sgd" } })).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": compile got 2 optimizers, and step.minimize does not say which one to use. Received: none. Expected: one of "critic", "actor". Name it: step.minimize(loss, "critic", variables)."`,
    );
    const one = new optimizers.SGD();
    expect(() => new Subject(unnamed).compile({ optimizer: { a: one, b: one } })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: compile of Subject "subject": optimizer gives one optimizer two names. Received: "a", "b". Expected: one optimizer for each name, e.g. { critic: "adam", generator: "adam" }. Make an optimizer for each name: its moments and its count of steps belong to it.]`,
    );
    expect(() => new Subject(unnamed).compile({ optimizer: {} })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: compile of Subject "subject": optimizer names no optimizer. Received: an empty object. Expected: one optimizer for each name, e.g. { critic: "adam", generator: "adam" }. Make an optimizer for each name: its moments and its count of steps belong to it.]`,
    );
    const model = new Subject(unnamed);
    model.compile({ optimizer: { a: "sgd", b: "adam" } });
    expect(() => model.optimizer).toThrowErrorMatchingInlineSnapshot(
      `[StateError: Subject "subject" has several optimizers. Received: model.optimizer. Expected: model.optimizers, with "a", "b". Name one of them: model.optimizers["a"].]`,
    );
  });

  it("an optimizer bound to other variables than before", async () => {
    const sgd = new optimizers.SGD({ name: "sgd" });
    const first = new Subject((model, batch, step) => {
      step.minimize(model.loss(batch), model.last.trainableWeights);
      return {};
    });
    first.compile({ optimizer: sgd });
    await first.fit(x, y, { verbose: 0 });
    expect(
      await failure(
        (model, batch, step) => {
          step.minimize(model.loss(batch), model.both);
          return {};
        },
        { optimizer: sgd },
      ),
    ).toMatchInlineSnapshot(
      `"StateError: sgd was built for other variables than "first/hidden/kernel". Received: first/hidden/kernel. Expected: some of last/out/kernel, last/out/bias. Compile with a new optimizer."`,
    );
  });

  it("variables that are not the model's, or none at all", async () => {
    const stranger = new Variable({ name: "stranger", shape: [1] });
    const foreign: Step = (model, batch, step) => {
      step.minimize(ops.add(model.loss(batch), ops.sum(stranger.value)), [stranger]);
      return {};
    };
    expect(await failure(foreign)).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject" trains what is no weight of Subject "subject", so nothing would save it. Received: "stranger". Expected: weights of layers that the model holds in public fields. Put the layer into a field of the model, e.g. in its constructor: this.critic = critic."`,
    );
    const odd: Step = (model, batch, step) => {
      step.minimize(model.loss(batch), null, model.first as never);
      return {};
    };
    expect(await failure(odd)).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": the variables to train must be a list of weights. Received: a Sequential. Expected: e.g. this.generator.trainableWeights."`,
    );
    const few: Step = (model, _batch, step) => {
      step.apply(null, [ops.constant(1)], model.both);
      return {};
    };
    expect(await failure(few)).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": step.apply needs one gradient for each variable. Received: 1 gradients. Expected: 4."`,
    );
  });

  it("two numbers under one name", async () => {
    const twice: Step = (model, batch, step) => {
      const loss = model.loss(batch);
      step.minimize(loss, model.both);
      step.measure(new metrics.MeanSquaredError({ name: "loss" }), batch.y, batch.y);
      return { loss };
    };
    expect(await failure(twice)).toMatchInlineSnapshot(
      `"OptionError: Subject "subject" logs two numbers as "loss". Received: a second one under that name. Expected: one name for each number that a step returns, each metric, and what layers add with context.addMetric. Rename one of them. A metric must be made once, e.g. in the model's constructor, not in the step."`,
    );
  });

  it("an async step, and a step that is used after it", async () => {
    expect(await failure(async (model, batch, step) => void step.minimize(model.loss(batch)))).toMatchInlineSnapshot(
      `"StateError: trainStep of Subject "subject" is async, and a step must say what it computes at once. Received: a Promise. Remove async and await: inside a step there are values of a graph, and nothing to wait for."`,
    );
    const asyncBranch: Step = (_, __, step) => step.every(1, (async () => undefined) as () => void);
    expect(await failure(asyncBranch)).toMatchInlineSnapshot(
      `"StateError: step.every in trainStep of Subject "subject" is async, and a step must say what it computes at once. Received: a Promise. Remove async and await: inside a step there are values of a graph, and nothing to wait for."`,
    );
    let kept: TrainStep | null = null;
    await failure((_, __, step) => {
      kept = step;
      return {};
    });
    expect(() => kept!.random("late", [1], "normal")).toThrowErrorMatchingInlineSnapshot(
      `[StateError: step.random was called after trainStep of Subject "subject" had returned. Received: a call from a callback, a timer or after an await. Expected: calls while the step runs: it runs once, to say what every step computes. Call it inside the step; what shall happen between steps goes into a callback.]`,
    );
    expect(await failure((_, __, step) => step.every(0.5, () => undefined))).toMatchInlineSnapshot(
      `"OptionError: trainStep of Subject "subject": step.every takes a number of steps. Received: 0.5. Expected: an integer >= 1."`,
    );
  });

  it("nothing to evaluate or predict", async () => {
    const model = new Subject((subject, batch, step) => {
      const loss = subject.loss(batch);
      step.minimize(loss, subject.both);
      return { loss };
    });
    model.compile({ optimizer: "sgd" });
    await expect(model.fit(x, y, { verbose: 0, validationSplit: 0.5 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StateError: validation in fit of Subject "subject" needs to know what Subject "subject" computes. Received: a model with a trainStep, but without inputs and outputs or a call. Expected: a testStep, or a call. Write testStep(batch, step) or call(x).]`,
    );
    await expect(model.evaluate(x, y, { verbose: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StateError: evaluate of Subject "subject" needs to know what Subject "subject" computes. Received: a model with a trainStep, but without inputs and outputs or a call. Expected: a testStep, or a call. Write testStep(batch, step) or call(x).]`,
    );
    await expect(model.predict(x, { verbose: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StateError: predict of Subject "subject" needs to know what Subject "subject" computes. Received: a model with a trainStep, but without inputs and outputs or a call. Expected: a predictStep, or a call. Write predictStep(batch, step) or call(x).]`,
    );
    class Callable extends Sequential {
      override trainStep({ x, y }: Batch, step: TrainStep): StepLogs {
        const loss = ops.mean(ops.square(ops.subtract(this.call(x), y)));
        step.minimize(loss);
        return { loss };
      }
    }
    const callable = new Callable([new layers.Dense(1, { inputShape: [3] })], { name: "callable" });
    callable.compile({ optimizer: "sgd" });
    const options = { verbose: 0, validationSplit: 0.5 } as const;
    await expect(callable.fit(x, y, options)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StateError: testStep of Callable "callable" has nothing to measure: the losses are those of the model's own trainStep. Received: no loss and no metrics in compile, and no losses of layers. Write testStep(batch, step), or computeLoss for both, or give compile a loss or metrics.]`,
    );
  });

  it("a layer adds what is not one number", () => {
    class Odd extends layers.Layer {
      static override readonly className = "Odd";
      override call(x: Value, context?: layers.CallContext): Value {
        context!.addMetric("rows", x);
        return x;
      }
    }
    const make = () => new Sequential([new layers.Dense(1, { inputShape: [3] }), new Odd({ name: "odd" })]);
    expect(make).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Odd "odd" adds the metric "rows", which is not one number. Received: (?, 1). Expected: a scalar of the graph. Average it over the batch: context.addMetric(name, ops.mean(value)).]`,
    );
  });

  it("compile while training", async () => {
    const model = new Subject((subject, batch, step) => {
      const loss = subject.loss(batch);
      step.minimize(loss, subject.both);
      return { loss };
    });
    model.compile({ optimizer: "sgd" });
    const fit = model.fit(x, y, { verbose: 0 });
    expect(() => model.compile({ optimizer: "adam" })).toThrow("cannot be compiled while it trains");
    await fit;
  });
});

describe("what would be frozen into all steps", () => {
  let said: string[] = [];
  beforeEach(() => {
    said = [];
    vi.spyOn(console, "warn").mockImplementation((text: string) => void said.push(text));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("is said once: numbers of Math.random and counters are the same in every step", async () => {
    let counter = 0;
    for (const number of [() => Math.random(), () => counter++]) {
      const model = new Subject((subject, batch, step) => {
        const loss = ops.multiply(subject.loss(batch), ops.constant(number()));
        step.minimize(loss, subject.both);
        return { loss };
      });
      model.compile({ optimizer: "sgd" });
      await model.fit(x, y, { verbose: 0, epochs: 2, batchSize: 4 });
    }
    expect(
      said.map((text) => text.replace(/-?\d+(\.\d+)?/g, "N").replaceAll("subject_N", "subject")),
    ).toMatchInlineSnapshot(`
      [
        "Subject "subject" is traced once, and tracing it again gave another graph, so something would be frozen that was meant to change (Math.random, Date.now, a counter): "%N = constant {tensor=[N]} : floatN[]" became "%N = constant {tensor=[N]} : floatN[]". Draw random numbers with step.random or context.random; count in a Variable, or let step.every choose.",
      ]
    `);
  });

  it("is found in a layer's call too, and not in what draws from the step", async () => {
    class Noise extends layers.Layer {
      static override readonly className = "Noise";
      override call(x: Value): Value {
        return ops.multiply(x, ops.constant(Math.random()));
      }
    }
    const noisy = new Sequential([new layers.Dense(1, { inputShape: [3] }), new Noise()], { name: "noisy" });
    noisy.compile({ optimizer: "sgd", loss: "mse" });
    await noisy.fit(x, y, { verbose: 0 });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('Sequential "noisy" is traced once');
    const model = new Subject((subject, { x, y }, step) => {
      const loss = subject.loss({
        x: ops.add(x, step.random("noise", [step.rows, 3], "normal")),
        y,
        sampleWeight: null,
      });
      step.minimize(loss, subject.both);
      return { loss };
    });
    model.compile({ optimizer: "sgd" });
    await model.fit(x, y, { verbose: 0 });
    expect(said).toHaveLength(1);
  });
});
