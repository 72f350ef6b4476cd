import { describe, expect, it, vi } from "vitest";
import { storedCompile } from "./stored-compile.js";

const adam = { class_name: "Adam", config: {} };

describe("storedCompile", () => {
  it("takes Keras 3's arguments as they are", () => {
    const loss = { a: "mse", b: { class_name: "Huber", config: { name: "huber_loss", reduction: "sum" } } };
    const stored = storedCompile(
      {
        optimizer: adam,
        loss,
        loss_weights: { a: 0.3 },
        metrics: { a: ["mae"] },
        steps_per_execution: 4,
        jit_compile: true,
      },
      { shards: 3, auto_scale_loss: false },
      { file: "m.keras", strict: true },
    );
    expect(stored).toEqual({
      optimizer: adam,
      loss,
      lossWeights: { a: 0.3 },
      metrics: { a: ["mae"] },
      weightedMetrics: null,
      runEagerly: false,
      stepsPerExecution: 4,
      jitCompile: true,
      autoScaleLoss: false,
      shards: 3,
    });
  });

  it("unwraps Keras 2's metrics and reductions", () => {
    const stored = storedCompile(
      {
        optimizer_config: adam,
        loss: {
          class_name: "MeanSquaredError",
          config: { reduction: "auto", name: "mean_squared_error", fn: "mean_squared_error" },
        },
        metrics: [
          [{ class_name: "MeanMetricWrapper", config: { name: "accuracy", dtype: "float32", fn: "binary_accuracy" } }],
        ],
        weighted_metrics: [],
        loss_weights: {},
      },
      {},
      { file: "m.h5", strict: true },
    );
    expect(stored?.loss).toEqual({
      class_name: "MeanSquaredError",
      config: { name: "mean_squared_error" },
    });
    expect(stored?.metrics).toEqual([{ class_name: "BinaryAccuracy", config: { name: "accuracy", dtype: "float32" } }]);
    expect(stored?.weightedMetrics).toBeNull();
    expect(stored?.lossWeights).toBeNull();
  });

  it("reads functions by name, and an uncompiled model as such", () => {
    const loss = {
      module: "builtins",
      class_name: "function",
      config: "mean_squared_error",
      registered_name: "function",
    };
    expect(storedCompile({ optimizer: "adam", loss }, {}, { file: "m.keras", strict: true })?.loss).toBe(
      "mean_squared_error",
    );
    expect(storedCompile({}, {}, { file: "m.keras", strict: true })).toBeNull();
  });

  it("a missing optimizer is an error or, unless strict, Keras's default with a warning", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(() => storedCompile({ loss: "mse" }, {}, { file: "m.h5", strict: true })).toThrow(
      '"m.h5" says how the model was compiled, but not with which optimizer. Load it with { compile: false } and compile it with the optimizer that you want.',
    );
    expect(storedCompile({ loss: "mse" }, {}, { file: "m.h5", strict: false })).toMatchObject({
      optimizer: "rmsprop",
      loss: "mse",
    });
    expect(warn.mock.calls).toEqual([
      [
        '"m.h5" says how the model was compiled, but not with which optimizer. It gets a fresh "rmsprop", Keras\'s default; with { strict: true } this is an error.',
      ],
    ]);
    warn.mockRestore();
  });
});
