import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DType } from "../../src/core/dtype.js";
import { FormatError, StateError } from "../../src/core/errors.js";
import type { Config } from "../../src/core/parts.js";
import { Tensor } from "../../src/core/tensor.js";
import { Variable } from "../../src/engine/index.js";
import {
  Adam,
  deserialize,
  LossScaleOptimizer,
  MultiOptimizer,
  Nadam,
  type NamedTensor,
  type Optimizer,
  OptimizerMap,
  RMSprop,
  SGD,
} from "../../src/optimizers/index.js";
import { ExponentialDecay } from "../../src/schedules/index.js";

interface Saved {
  readonly className: string;
  readonly legacy: boolean;
  readonly config: Config;
  readonly entries: readonly { name: string; shape: number[]; dtype: DType; data: number[] }[];
  readonly weights: readonly { readonly path: string; readonly shape: readonly number[] }[];
  /** Slots of each weight, as in tf_keras itself. */
  readonly slots: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const states: readonly Saved[] = JSON.parse(
  readFileSync(new URL("../fixtures/keras/optimizer-states.json", import.meta.url), "utf8"),
);

function variables(weights: Saved["weights"], rename = (path: string): string => path): Variable[] {
  return weights.map(({ path, shape }) => new Variable({ name: path.split("/").at(-1)!, path: rename(path), shape }));
}

const listOf = ({ entries }: Saved): NamedTensor[] =>
  entries.map(({ name, shape, dtype, data }) => ({ name, tensor: new Tensor(data, shape, dtype) }));

function expectSlots(optimizer: Optimizer, { slots }: Saved): void {
  for (const [slot, values] of Object.entries(slots)) {
    const own = optimizer.variables.filter(({ name }) => name.endsWith(`_${slot}`));
    expect(own.map((entry) => Array.from(entry.read().data as Float32Array))).toEqual(
      values.map((value) => Array.from(Float32Array.from(value))),
    );
  }
}

describe("states of tf_keras", () => {
  const titled = states.map((saved, i) => {
    const { amsgrad, momentum } = saved.config["config"] as Config;
    const kind = saved.legacy ? "legacy " : "";
    return [`${i}: ${kind}${saved.className} amsgrad=${amsgrad} momentum=${momentum}`, saved] as const;
  });

  it.each(titled)("%s", (_title, saved) => {
    const optimizer = deserialize(saved.config);
    expect((optimizer.constructor as unknown as { className: string }).className).toBe(saved.className);
    optimizer.build(variables(saved.weights));
    expect(optimizer.loadEntries(listOf(saved))).toEqual({ iteration: true, learningRate: false });
    expect(optimizer.iteration).toBe(3);
    expectSlots(optimizer, saved);
  });

  it.each(titled)("%s, into a model whose layers have other names", (_title, saved) => {
    const optimizer = deserialize(saved.config);
    optimizer.build(variables(saved.weights, (path) => path.replace("dense", "other")));
    optimizer.loadEntries(listOf(saved));
    expectSlots(optimizer, saved);
  });

  it.each(titled)("%s, with names that say nothing", (_title, saved) => {
    const optimizer = deserialize(saved.config);
    optimizer.build(variables(saved.weights));
    // Nameless entries in .weights.h5 are in Keras 3's order, TensorFlow 1's names in the grouped order.
    const rename = saved.legacy ? (i: number) => `training/${saved.className}/Variable_${i}:0` : String;
    optimizer.loadEntries(listOf(saved).map(({ tensor }, i) => ({ name: rename(i), tensor })));
    expect(optimizer.iteration).toBe(3);
    expectSlots(optimizer, saved);
  });

  it("Nadam's product of decays, which they lack, is computed from the step", () => {
    const saved = states.find(({ className }) => className === "Nadam")!;
    const optimizer = new Nadam();
    optimizer.build(variables(saved.weights));
    optimizer.loadEntries(listOf(saved));
    const product = [1, 2, 3].reduce((p, t) => p * 0.9 * (1 - 0.5 * 0.96 ** t), 1);
    expect(optimizer.variables.at(-1)!.read().item()).toBeCloseTo(product, 6);
  });
});

describe("loadEntries", () => {
  const weights = [
    { path: "sequential/dense/kernel", shape: [3, 2] },
    { path: "sequential/dense/bias", shape: [2] },
  ];
  const ones = (shape: readonly number[]): Tensor => Tensor.full(shape, 1);
  const built = <T extends Optimizer>(optimizer: T): T => {
    optimizer.build(variables(weights));
    return optimizer;
  };
  const keras3 = (optimizer: Optimizer): NamedTensor[] =>
    optimizer.variables.map(({ name, read }) => ({ name, tensor: read() }));

  it("takes Keras 3's list, including its learning rate", () => {
    const source = built(new Adam({ learningRate: 0.25, name: "adam" }));
    source.iteration = 7;
    source.variables.forEach((entry, i) => {
      if (i > 1) entry.write(Tensor.full(entry.shape, i));
    });
    const target = built(new Adam({ name: "adam_3" }));
    expect(target.loadEntries(keras3(source))).toEqual({ iteration: true, learningRate: true });
    expect(target.variables.map(({ read }) => read())).toEqual(source.variables.map(({ read }) => read()));
  });

  it.each([
    ["with a rate", 0.5, true],
    ["without a rate", new ExponentialDecay({ initialLearningRate: 1, decaySteps: 2, decayRate: 0.5 }), false],
  ] as const)("takes numbered lists %s into an optimizer with a number, and with a schedule", (_t, rate, hasRate) => {
    const source = built(new Adam({ learningRate: rate }));
    source.iteration = 4;
    const numbered = keras3(source).map(({ tensor }, i) => ({ name: String(i), tensor }));
    const target = built(new Adam({ learningRate: 0.125 }));
    expect(target.loadEntries(numbered)).toEqual({ iteration: true, learningRate: hasRate });
    expect(target.learningRate.numpy()).toBe(hasRate ? 0.5 : 0.125);
    const scheduled = built(
      new Adam({ learningRate: new ExponentialDecay({ initialLearningRate: 1, decaySteps: 2, decayRate: 0.5 }) }),
    );
    expect(scheduled.loadEntries(numbered)).toEqual({ iteration: true, learningRate: false });
    expect(scheduled.learningRate.numpy()).toBe(0.25);
  });

  it("leaves the step unchanged if a file has none (Keras 2.2's RMSprop)", () => {
    const optimizer = built(new RMSprop());
    optimizer.iteration = 5;
    const list = [ones([3, 2]), ones([2])].map((tensor, i) => ({ name: `training/RMSprop/Variable_${i}:0`, tensor }));
    expect(optimizer.loadEntries(list)).toEqual({ iteration: false, learningRate: false });
    expect(optimizer.iteration).toBe(5);
    expect(optimizer.variables.at(-1)!.read()).toEqual(ones([2]));
  });

  it("drops the zeros that Keras 2.2's Adam keeps in place of AMSGrad's slots", () => {
    const optimizer = built(new Adam());
    const shapes = [[3, 2], [2], [3, 2], [2], [1], [1]];
    const list = [
      { name: "Adam/iterations:0", tensor: Tensor.scalar(9, "int64") },
      ...shapes.map((shape, i) => ({
        name: `training/Adam/Variable_${i}:0`,
        tensor: Tensor.full(shape, i < 4 ? i + 1 : 0),
      })),
    ];
    optimizer.loadEntries(list);
    expect(optimizer.iteration).toBe(9);
    // Grouped: m of both, then v of both; ours are interleaved.
    expect(optimizer.variables.slice(2).map(({ read }) => (read().data as Float32Array)[0])).toEqual([1, 3, 2, 4]);
  });

  it("names a slot of another shape, and changes nothing", () => {
    const optimizer = built(new SGD({ momentum: 0.9, name: "sgd" }));
    const list = [
      { name: "sgd/iteration", tensor: Tensor.scalar(2, "int64") },
      { name: "sgd/sequential_dense_kernel_momentum", tensor: ones([2, 3]) },
      { name: "sgd/sequential_dense_bias_momentum", tensor: ones([2]) },
    ];
    expect(() => optimizer.loadEntries(list)).toThrow(
      'The optimizer state does not fit sgd: "sgd/sequential_dense_kernel_momentum" would be ' +
        '"sgd/sequential_dense_kernel_momentum". Received: shape (2, 3). Expected: shape (3, 2). ' +
        "Load into the model and the optimizer that the file was saved with.",
    );
    expect(optimizer.iteration).toBe(0);
    expect(optimizer.variables.at(-1)!.read()).toEqual(Tensor.zeros([2]));
  });

  it("names missing and superfluous entries", () => {
    const optimizer = built(new Adam({ name: "adam" }));
    const all = keras3(optimizer);
    expect(() => optimizer.loadEntries(all.slice(0, -1))).toThrow(
      'it has nothing for "adam/sequential_dense_bias_velocity". Received: 3 slots. Expected: 4 slots.',
    );
    const extra = { name: "adam/sequential_dense_bias_velocity_hat", tensor: ones([2]) };
    expect(() => optimizer.loadEntries([...all, extra])).toThrow(FormatError);
    expect(() => built(new SGD({ name: "sgd" })).loadEntries(all)).toThrow(
      'it has more than that keeps. Received: "adam/sequential_dense_kernel_velocity"',
    );
  });

  it("refuses an invalid counter, and an optimizer that is not built", () => {
    const list = [{ name: "sgd/iteration", tensor: Tensor.scalar(-1) }];
    expect(() => built(new SGD()).loadEntries(list)).toThrow(
      'step counter "sgd/iteration" is no count. Received: -1. Expected: an integer >= 0.',
    );
    expect(() => new SGD({ name: "sgd" }).loadEntries(list)).toThrow(StateError);
    expect(() => new SGD({ name: "sgd" }).loadEntries(list)).toThrow(
      "sgd has no slots yet that a state could be loaded into. Call build(trainableVariables) first.",
    );
  });

  it.each([
    ["LossScaleOptimizer", () => new LossScaleOptimizer(new Adam({ amsgrad: true }))],
    [
      "MultiOptimizer",
      () => new MultiOptimizer(new OptimizerMap(new Adam({ amsgrad: true }), { bias: new Nadam({ useEma: true }) })),
    ],
  ])(
    "%s: finds what is inside by the names of JAX, and by those of TensorFlow, in the scope of what is around",
    (_, make) => {
      const saved = built(make());
      const list = saved.variables.map(({ name, shape, read }, i) => {
        const { dtype } = read();
        const size = shape.reduce((a, b) => a * b, 1);
        if (size === 1 && shape.length === 0) return { name, tensor: read() };
        return {
          name,
          tensor: new Tensor(
            Float32Array.from({ length: size }, (_, k) => i + k / 16),
            shape,
            dtype,
          ),
        };
      });
      const scope = list[0]!.name.split("/")[0]!;
      const inScope = list.map(({ name, tensor }) => ({
        name: tensor.shape.length > 0 ? `${scope}/${name}` : name,
        tensor,
      }));
      for (const given of [list, inScope]) {
        const loaded = built(make());
        loaded.loadEntries(given);
        expect(loaded.variables.map(({ read }) => read().data)).toEqual(list.map(({ tensor }) => tensor.data));
      }
    },
  );
});
