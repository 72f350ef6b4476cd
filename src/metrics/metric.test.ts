import { describe, expect, it } from "vitest";
import { OptionError, ShapeError, StateError } from "../core/errors.js";
import { interpreterEngine } from "../engine/index.js";
import * as ops from "../ops/index.js";
import {
  AUC,
  BinaryAccuracy,
  CategoricalAccuracy,
  deserialize,
  F1Score,
  get,
  Mean,
  MeanMetricWrapper,
  MeanSquaredError,
  type Metric,
  Precision,
  resolve,
  SparseCategoricalAccuracy,
  serialize,
} from "./index.js";

const rows = ops.input("rows", []);
const update = (metric: Metric, labels: number[], predictions: number[]): ReturnType<Metric["update"]> =>
  metric.update(ops.input("labels", [-1, ...labels]), ops.input("predictions", [-1, ...predictions]), null, { rows });

describe("resolve", () => {
  it("chooses the accuracy by shapes and keeps what was typed", () => {
    const classOf = (yTrue: (number | null)[], yPred: (number | null)[], name = "accuracy"): unknown =>
      resolve(name, yTrue, yPred).constructor;
    expect(classOf([null, 1], [null, 1])).toBe(BinaryAccuracy);
    expect(classOf([null], [null, 1])).toBe(BinaryAccuracy);
    expect(classOf([null], [null, 10])).toBe(SparseCategoricalAccuracy);
    expect(classOf([null, 1], [null, 10])).toBe(SparseCategoricalAccuracy);
    expect(classOf([null, 10], [null, 10], "acc")).toBe(CategoricalAccuracy);
    expect(resolve("acc", [null], [null, 10]).name).toBe("acc");
    expect(resolve("Accuracy", [null], [null, 10]).name).toBe("Accuracy");
    expect(resolve("mse", [null], [null, 1])).toBeInstanceOf(MeanSquaredError);
  });
});

describe("get", () => {
  it("keeps the name as it was typed", () => {
    expect(get("mse").name).toBe("mse");
    expect(get("MeanSquaredError").name).toBe("MeanSquaredError");
    expect(get("mean_squared_error")).toBeInstanceOf(MeanSquaredError);
    const own = new MeanSquaredError({ name: "error" });
    expect(get(own)).toBe(own);
  });

  it("suggests the nearest name for an unknown one", () => {
    expect(() => get("binary_acuracy", "compile.metrics[0]")).toThrow(OptionError);
    expect(() => get("binary_acuracy", "compile.metrics[0]")).toThrow('Did you mean "binary_accuracy"?');
  });

  it("wraps functions, which have no place in files", async () => {
    const metric = get(function distance(yTrue, yPred) {
      return ops.abs(ops.subtract(yTrue, yPred));
    });
    expect(metric).toBeInstanceOf(MeanMetricWrapper);
    expect(metric.name).toBe("distance");
    const labels = ops.input("labels", [-1]);
    const predictions = ops.input("predictions", [-1]);
    const updates = metric.update(labels, predictions, null, { rows });
    const program = await interpreterEngine().compile({ name: "metric", results: {}, updates, shards: 2 });
    const feeds = new Map<typeof rows, number[] | number>([
      [labels, [1, 2, 3]],
      [predictions, [2, 2, 0]],
      [rows, 3],
    ]);
    await program.run({ rows: 3, feeds, seed: 0, iteration: 0 });
    expect(metric.result()).toBeCloseTo(4 / 3, 6);
    expect(() => deserialize(serialize(metric))).toThrow("no file holds the metric's function");
  });

  it("reads Keras 2's wrapped metrics", () => {
    const json = {
      class_name: "MeanMetricWrapper",
      config: { name: "acc", dtype: "float32", fn: "sparse_categorical_accuracy" },
    };
    expect(deserialize(json)).toBeInstanceOf(SparseCategoricalAccuracy);
    expect(deserialize(json).name).toBe("acc");
    const other = { class_name: "MeanMetricWrapper", config: { name: "x", fn: "sparse_categorical_acuracy" } };
    expect(() => deserialize(other)).toThrow('Did you mean "sparse_categorical_accuracy"?');
  });
});

describe("results", () => {
  it("are 0 before the first batch, and after reset", () => {
    expect(new AUC({ multiLabel: true }).result()).toBe(0);
    expect(new F1Score().result()).toBe(0);
    expect(new Mean().result()).toBe(0);
  });
});

describe("build", () => {
  it("makes the accumulators that depend on shapes, once", () => {
    for (const metric of [new AUC({ multiLabel: true, numThresholds: 5 }), new F1Score()]) {
      expect(metric.variables).toEqual([]);
      metric.build([-1, 3]);
      const made = metric.variables.length;
      expect(made).toBe(4);
      update(metric, [3], [3]);
      expect(metric.variables.length).toBe(made);
    }
  });
});

describe("wrong use", () => {
  it("is an error that says what to use instead", () => {
    expect(() => update(new Mean(), [1], [1])).toThrow(StateError);
    expect(() => update(new Mean(), [1], [1])).toThrow("it does not compare labels with predictions");
    expect(() => update(new Precision({ topK: 4 }), [3], [3])).toThrow(
      "The 4 largest predictions of a row need at least 4 predictions. Received: shape (?, 3).",
    );
    expect(() => update(new Precision({ classId: 3 }), [3], [3])).toThrow("There is no class 3 in these predictions");
    expect(() => update(new AUC({ multiLabel: true }), [2, 2], [2, 2])).toThrow(ShapeError);
    expect(() => update(new F1Score(), [], [3])).toThrow("Give one-hot labels");
    expect(() => new AUC({ numLabels: 3 })).toThrow("AUC.numLabels is only used with multiLabel: true");
    expect(() => new Precision({ thresholds: 1.5 })).toThrow("Precision.thresholds must be a number >= 0 and <= 1");
    const labels = ops.input("labels", [-1, 2]);
    const weights = ops.input("weights", [-1, 2, 2]);
    expect(() => new MeanSquaredError().update(labels, labels, weights, { rows })).toThrow(
      "These sample weights do not fit the values of the metric. Received: weights of shape (?, 2, 2)",
    );
  });
});
