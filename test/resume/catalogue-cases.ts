import * as constraints from "../../src/constraints/index.js";
import { optionFromKeras } from "../../src/core/option-names.js";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import * as losses from "../../src/losses/index.js";
import * as metrics from "../../src/metrics/index.js";
import { type AnyModel, Model } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import * as regularizers from "../../src/regularizers/index.js";
import * as schedules from "../../src/schedules/index.js";
import type { CompileOptions } from "../../src/training/index.js";
import { optionsOfRow } from "../contracts/by-hand.js";
import { callbackCases } from "../contracts/callbacks.cases.js";
import { constraintCases } from "../contracts/constraints.cases.js";
import { fixtureOf } from "../contracts/layer-by-hand.js";
import type { LayerFixture } from "../contracts/layer-fixture.js";
import { CASES as layerCases } from "../contracts/layers.cases.js";
import { lossCases } from "../contracts/losses.cases.js";
import { metricCases } from "../contracts/metrics.cases.js";
import { optimizerCases } from "../contracts/optimizers.cases.js";
import { regularizerCases } from "../contracts/regularizers.cases.js";
import { scheduleCases } from "../contracts/schedules.cases.js";

/** A model to stop in mid-epoch and resume in another process, and its data. */
export interface ResumeCase {
  readonly name: string;
  readonly x: readonly Tensor[];
  readonly y: Tensor;
  readonly build: () => AnyModel;
  /** Callbacks as source text that uses `callbacks` and a scratch `folder`, so that a fresh process can make them. */
  readonly callbacks?: readonly string[];
}

const ROWS = 8;
type Kind = "binary" | "sparse" | "categorical" | "regression";

const labels: Readonly<Record<Kind, Tensor>> = {
  binary: random.integers(0, 2, [ROWS, 1], { seed: 1 }),
  sparse: random.integers(0, 3, [ROWS], { seed: 2 }),
  categorical: new Tensor(
    Array.from({ length: 3 * ROWS }, (_, i) => (i % 3 === ((i * 7) % 5) % 3 ? 1 : 0)),
    [ROWS, 3],
  ),
  regression: random.normal([ROWS, 3], { seed: 3 }),
};
const features = random.normal([ROWS, 5], { seed: 4 });

/** Dropout before the head, so that every case also depends on random numbers. */
function head(kind: Kind, dense: object = {}): Model {
  const input = Input({ shape: [5] });
  const hidden = new layers.Dense(4, { activation: "tanh", ...dense }).apply(input);
  const dropped = new layers.Dropout(0.25).apply(hidden);
  const activation = kind === "binary" ? "sigmoid" : kind === "regression" ? "linear" : "softmax";
  return new Model(input, new layers.Dense(kind === "binary" ? 1 : 3, { activation }).apply(dropped));
}

const lossOf: Readonly<Record<Kind, losses.LossName>> = {
  binary: "binary_crossentropy",
  sparse: "sparse_categorical_crossentropy",
  categorical: "categorical_crossentropy",
  regression: "mse",
};

/** Makes new options for every model, because losses, metrics and optimizers have state. */
function compiled(
  kind: Kind,
  options: () => CompileOptions = () => ({}),
  dense: () => object = () => ({}),
): () => Model {
  return () => {
    const model = head(kind, dense());
    model.compile({ optimizer: "adam", loss: lossOf[kind], ...options() });
    return model;
  };
}

const plain = (kind: Kind, name: string, build: () => Model): ResumeCase => ({
  name,
  x: [features],
  y: labels[kind],
  build,
});

/** The fixture's rows, repeated up to ROWS rows. */
function repeated({ shape, data }: LayerFixture["inputs"][number], dtype: "float32" | "int32"): Tensor {
  const size = (ROWS * data.length) / shape[0]!;
  return new Tensor(
    Array.from({ length: size }, (_, i) => data[i % data.length]!),
    [ROWS, ...shape.slice(1)],
    dtype,
  );
}

const ofLayers: ResumeCase[] = Object.values(layerCases)
  .flat()
  .map((row) => {
    const { inputs, dtype, call = {} } = fixtureOf(row);
    const switches = Object.entries(call).filter(([, value]) => typeof value === "boolean");
    const options = Object.fromEntries(switches.map(([key, value]) => [optionFromKeras(key), value as boolean]));
    return {
      name: `layer ${row.fixture}`,
      x: inputs.map((input) => repeated(input, dtype)),
      y: random.normal([ROWS, 1], { seed: 5 }),
      build: () => {
        const given = inputs.map(({ shape }) => Input({ shape: shape.slice(1), dtype }));
        const outputs = [row.make({ name: "subject" }).apply(given.length === 1 ? given[0]! : given, options)].flat();
        const parts = outputs.map((output) => new layers.Flatten().apply(output));
        const flat = parts.length === 1 ? parts[0]! : new layers.Concatenate().apply(parts);
        const model = new Model(given, new layers.Dense(1).apply(flat));
        model.compile({ optimizer: "adam", loss: "mse" });
        return model;
      },
    };
  });

const kindOfLoss = (name: string): Kind =>
  /^(Sparse|CategoricalGeneralized|Circle)/.test(name)
    ? "sparse"
    : /^(Categorical|KL|Poisson|Dice|Tversky)/.test(name)
      ? "categorical"
      : /^(Binary|Hinge|SquaredHinge)/.test(name)
        ? "binary"
        : "regression";

/** Labels of each row beside logits of each step. */
const ofCtc = (name: string): ResumeCase => ({
  name,
  x: [features],
  y: random.integers(1, 3, [ROWS, 2], { seed: 6 }),
  build: () => {
    const input = Input({ shape: [5] });
    const dropped = new layers.Dropout(0.25).apply(new layers.Dense(12).apply(input));
    const model = new Model(input, new layers.Reshape([4, 3]).apply(dropped));
    model.compile({ optimizer: "adam", loss: new losses.CTC() });
    return model;
  },
});

const ofLosses = Object.entries(lossCases).flatMap(([name, rows]) =>
  rows.map((row, i) => {
    const options = optionsOfRow<object | undefined, unknown>(row);
    const make = (losses as unknown as Record<string, new (options: object) => losses.Loss>)[name]!;
    const kind = kindOfLoss(name);
    if (name === "CTC") return ofCtc(`loss ${name} ${i}`);
    return plain(
      kind,
      `loss ${name} ${i}`,
      compiled(kind, () => ({ loss: new make(options ?? {}) })),
    );
  }),
);

const kindOfMetric = (name: string, options: object): Kind =>
  "classId" in options
    ? "categorical"
    : /^(Sparse|IoU|MeanIoU)/.test(name)
      ? "sparse"
      : /^(Categorical|TopK|F1|FBeta|KL|Poisson|Cosine|OneHot)/.test(name)
        ? "categorical"
        : /^(Mean|Root|LogCosh|Accuracy)/.test(name)
          ? "regression"
          : "binary";

/** Mean and Sum take values, not labels and predictions, so no model is compiled with them. */
const ofMetrics = Object.entries(metricCases).flatMap(([name, rows]) => {
  if (name === "Mean" || name === "Sum") return [];
  const make = (metrics as unknown as Record<string, new (options: object) => metrics.Metric>)[name]!;
  const options = optionsOfRow<object, unknown>(rows[0] ?? {});
  const kind = kindOfMetric(name, options);
  return [
    plain(
      kind,
      `metric ${name}`,
      compiled(kind, () => ({ metrics: [new make(options)] })),
    ),
  ];
});

const ofOptimizers = Object.entries(optimizerCases).flatMap(([name, rows]) =>
  rows.map((row, i) => {
    const options = optionsOfRow<object | undefined, unknown>(row);
    const make = (optimizers as unknown as Record<string, new (options?: object) => optimizers.Optimizer>)[name]!;
    return plain(
      "sparse",
      `optimizer ${name} ${i}`,
      compiled("sparse", () => ({ optimizer: new make(options) })),
    );
  }),
);

const aroundOthers = [
  plain(
    "sparse",
    "optimizer LossScaleOptimizer",
    compiled("sparse", () => ({
      optimizer: new optimizers.LossScaleOptimizer(new optimizers.Adam({ useEma: true }), { dynamicGrowthSteps: 3 }),
    })),
  ),
  plain(
    "sparse",
    "optimizer MultiOptimizer",
    compiled("sparse", () => ({
      optimizer: new optimizers.MultiOptimizer(
        new optimizers.OptimizerMap(new optimizers.SGD({ momentum: 0.9 }), {
          ".*bias": new optimizers.Nadam({ useEma: true }),
          "dense_\\d+/kernel": new optimizers.Adam({ learningRate: 0.01 }),
        }),
      ),
    })),
  ),
];

const ofSchedules = Object.entries(scheduleCases).flatMap(([name, rows]) =>
  rows.map((row, i) => {
    const options = optionsOfRow<object | undefined, unknown>(row);
    const make = (schedules as unknown as Record<string, new (options?: object) => schedules.LearningRateSchedule>)[
      name
    ]!;
    const optimizer = () => ({ optimizer: new optimizers.SGD({ learningRate: new make(options), momentum: 0.9 }) });
    return plain("sparse", `schedule ${name} ${i}`, compiled("sparse", optimizer));
  }),
);

const ofPenalties = Object.entries(regularizerCases).flatMap(([name, rows]) =>
  rows.map((row, i) => {
    const options = optionsOfRow<object | undefined, unknown>(row);
    const make = (regularizers as unknown as Record<string, new (options?: object) => object>)[name]!;
    return plain(
      "sparse",
      `regularizer ${name} ${i}`,
      compiled("sparse", undefined, () => ({ kernelRegularizer: new make(options) })),
    );
  }),
);

const ofConstraints = Object.entries(constraintCases).flatMap(([name, rows]) =>
  rows.map((row, i) => {
    const options = optionsOfRow<object | undefined, unknown>(row);
    const make = (constraints as unknown as Record<string, new (options?: object) => object>)[name]!;
    return plain(
      "sparse",
      `constraint ${name} ${i}`,
      compiled("sparse", undefined, () => ({ kernelConstraint: new make(options) })),
    );
  }),
);

const ofCallbacks: ResumeCase[] = [
  ...Object.entries(callbackCases).map(([name, { inTraining }]) => [name, [inTraining]] as const),
  ["two at once", [callbackCases.ReduceLROnPlateau.inTraining, callbackCases.EarlyStopping.inTraining]] as const,
].map(([name, callbacks]) => ({
  ...plain(
    "sparse",
    `callback ${name}`,
    compiled("sparse", () => ({
      metrics: ["accuracy"],
      optimizer: new optimizers.Adam({ useEma: name === "SwapEMAWeights" }),
    })),
  ),
  callbacks,
}));

export const RESUME_CASES: readonly ResumeCase[] = [
  ...ofLayers,
  ...ofLosses,
  ...ofMetrics,
  ...ofOptimizers,
  ...aroundOthers,
  ...ofSchedules,
  ...ofPenalties,
  ...ofConstraints,
  ...ofCallbacks,
];
