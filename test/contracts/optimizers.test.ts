import { describe, expect, it } from "vitest";
import { defaultEngine, interpreterEngine } from "../../src/engine/index.js";
import * as ops from "../../src/ops/index.js";
import * as catalogue from "../../src/optimizers/catalogue.js";
import { deserialize, LossScaleOptimizer, type Optimizer, serialize } from "../../src/optimizers/index.js";
import { paired, type Row } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { fixture, gradientsAt, makeRig, type OptimizerRun, type Rig } from "./optimizer-runner.js";
import { type OptimizerByHand, optimizerCases } from "./optimizers.cases.js";

const native = await defaultEngine();
type Name = keyof typeof catalogue;

/**
 * Keras gives Adafactor's rows and columns the weight's bare name, so that no `.h5` file can hold those of two layers. Ours
 * say which weight and which of the two they are.
 */
const ownName = (name: string, i: number, names: readonly string[]): string => {
  if (!/^(adafactor\/)?(kernel|bias)$/.test(name)) return name;
  const velocity = names.slice(i).find((other) => other.endsWith("_velocity"))!;
  return velocity.replace(/velocity$/, names[i - 1] === name ? "column" : "row");
};

async function followsKeras(rig: Rig, run: OptimizerRun): Promise<void> {
  const { names, steps, finalized, gradients = fixture.gradients } = run;
  const own = names === undefined ? [] : rig.optimizer.variables;
  expect(own.map((entry) => entry.name)).toEqual((names ?? []).map(ownName));
  for (const [i, step] of steps.entries()) {
    await rig.step(gradients[i]!);
    const pairs = [
      ...rig.params.map((param, j) => [param.path, param.data, step.params[j]!] as const),
      ...own.map(
        (entry, j) => [entry.name, Array.from(entry.read().data as Float32Array, Number), step.variables[j]!] as const,
      ),
    ];
    const wrong = pairs.map(([name, ours, keras]) => [name, firstDifference(ours, keras)]).filter((pair) => pair[1]);
    expect(wrong, `after step ${i + 1}`).toEqual([]);
  }
  if (finalized === null) return;
  rig.optimizer.finalizeVariables();
  rig.params.forEach((param, j) => {
    expect(firstDifference(param.data, finalized[j]!)).toBe(null);
  });
}

/** A scalar weight, which starts at 1. */
function byHandRun(optimizer: Optimizer, { weight, gradients }: OptimizerByHand): OptimizerRun {
  return {
    config: serialize(optimizer),
    params: [{ path: "layer/weight", shape: [1], data: [1] }],
    gradients: gradients.map((gradient) => [[gradient]]),
    steps: weight.map((value) => ({ params: [[value]], variables: [] })),
    finalized: null,
  };
}

describe.each(Object.entries(catalogue))("%s", (className, cls) => {
  const name = className as Name;
  const make = cls as unknown as new (options: object) => Optimizer;
  const expected = fixture.cases[name] ?? [];

  const rows = optimizerCases[name] as readonly Row<object, OptimizerByHand>[];
  const cases = paired("optimizers", name, rows, expected, (options, byHand) => byHandRun(new make(options), byHand));

  it.each(cases.map(({ options, expected: run }, i) => [i, options, run] as const))(
    "case %i: config and steps are Keras's, or as worked out by hand",
    async (_i, options, run) => {
      const optimizer = new make({ ...options, name: run.config.config["name"] });
      expect(serialize(optimizer)).toEqual(run.config);
      expect(serialize(deserialize(run.config))).toEqual(run.config);
      await followsKeras(await makeRig(optimizer, interpreterEngine(), undefined, run.params), run);
      await followsKeras(await makeRig(deserialize(run.config), native, undefined, run.params), run);
    },
  );

  it.each(cases.map(({ options }, i) => [i, options] as const))(
    "case %i: 25 steps, saved and loaded, and 25 more give the bits of 50 steps",
    async (_i, options) => {
      const named = { ...options, name: "optimizer" };
      const whole = await makeRig(new make(named), native);
      for (let step = 0; step < 50; step++) await whole.step(gradientsAt(step));

      const first = await makeRig(new make(named), native);
      for (let step = 0; step < 25; step++) await first.step(gradientsAt(step));
      const second = await makeRig(new make(named), native);
      second.params.forEach((param, i) => {
        param.write(first.params[i]!.read());
      });
      expect(second.optimizer.loadEntries(first.saved())).toEqual({
        iteration: true,
        learningRate: !second.optimizer.hasSchedule,
      });
      for (let step = 25; step < 50; step++) await second.step(gradientsAt(step));

      expect(second.optimizer.iteration).toBe(50);
      expect(second.params.map((param) => param.read())).toEqual(whole.params.map((param) => param.read()));
      expect(second.saved()).toEqual(whole.saved());
    },
  );
});

describe("every optimizer", () => {
  it("projects weights after everything else", async () => {
    const optimizer = new catalogue.SGD({ learningRate: 0.5, useEma: true, name: "sgd" });
    const maxNorm = (weight: Parameters<typeof ops.square>[0]): ReturnType<typeof ops.square> => {
      const norms = ops.sqrt(ops.sum(ops.square(weight), { axes: [0], keepDims: true }));
      return ops.multiply(weight, ops.divide(ops.clip(norms, 0, 0.8), ops.add(norms, 1e-7)));
    };
    await followsKeras(await makeRig(optimizer, interpreterEngine(), maxNorm), fixture.constrained);
  });

  it("leaves excluded weights out of weight decay", async () => {
    const optimizer = new catalogue.AdamW({ learningRate: 0.05, weightDecay: 0.3, name: "adam_w" });
    optimizer.excludeFromWeightDecay({ names: ["bias"] });
    await followsKeras(await makeRig(optimizer, interpreterEngine()), fixture.excluded);
  });
});

describe("LossScaleOptimizer", () => {
  const { scaled } = fixture;
  // Those of the fifth step are infinite: Keras's are times the scale, which is nothing to do with the update.
  const gradients = fixture.gradients.map((step, i) => (i === 4 ? step.map((g) => g.map(() => Infinity)) : step));

  it.each([true, false])(
    "leaves out what is not finite and moves its scale as Keras does, interpreted: %s",
    async (slow) => {
      const optimizer = deserialize(scaled.config);
      expect(optimizer).toBeInstanceOf(LossScaleOptimizer);
      expect(serialize(optimizer)).toEqual(scaled.config);
      await followsKeras(await makeRig(optimizer, slow ? interpreterEngine() : native), { ...scaled, gradients });
      expect([optimizer.iteration, (optimizer as LossScaleOptimizer).scale]).toEqual([11, 32]);
    },
  );

  it("saved and loaded between steps, and around a step that is left out, gives the same bits", async () => {
    const make = (): Optimizer => deserialize(scaled.config);
    const whole = await makeRig(make(), native);
    for (const step of gradients) await whole.step(step);
    for (const stop of [4, 5, 6]) {
      const first = await makeRig(make(), native);
      for (const step of gradients.slice(0, stop)) await first.step(step);
      const second = await makeRig(make(), native);
      second.params.forEach((param, i) => {
        param.write(first.params[i]!.read());
      });
      second.optimizer.loadEntries(first.saved());
      for (const step of gradients.slice(stop)) await second.step(step);
      expect(second.params.map((param) => param.read())).toEqual(whole.params.map((param) => param.read()));
      expect(second.saved()).toEqual(whole.saved());
    }
  });

  it("gives its state to the optimizer inside alone, and takes that of one alone", async () => {
    const rig = await makeRig(deserialize(scaled.config), native);
    for (const step of gradients.slice(0, 3)) await rig.step(step);
    const plain = await makeRig(new catalogue.SGD({ learningRate: 0.1, momentum: 0.9, name: "sgd" }), native);
    plain.optimizer.loadEntries(rig.saved());
    expect(plain.optimizer.iteration).toBe(3);
    expect(plain.saved().slice(2)).toEqual(rig.saved().slice(6));
    const again = await makeRig(deserialize(scaled.config), native);
    again.optimizer.loadEntries(plain.saved());
    expect([again.optimizer.iteration, (again.optimizer as LossScaleOptimizer).scale]).toEqual([3, 8]);
  });

  it("says what it cannot wrap", () => {
    const inner = new LossScaleOptimizer(new catalogue.SGD());
    expect(() => new LossScaleOptimizer(inner)).toThrow(
      "LossScaleOptimizer takes an optimizer that holds no others. Received: LossScaleOptimizer.",
    );
    expect(() => new LossScaleOptimizer("sgd" as never)).toThrow(
      'LossScaleOptimizer.innerOptimizer must be an optimizer made with new. Received: "sgd".',
    );
  });
});
