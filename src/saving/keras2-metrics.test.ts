import { expect, it } from "vitest";
import { withPlainMetricNames } from "./keras2-metrics.js";

const metric = (name: string) => ({ class_name: "MeanMetricWrapper", config: { name, fn: "mse" } });
const model = (...outputs: string[]) => ({
  class_name: "Functional",
  config: { output_layers: outputs.map((name) => [name, 0, 0]) },
});

it("takes the output's name off the metrics of Keras 2's models with several outputs", () => {
  const compile = {
    loss: "mse",
    metrics: [[metric("a_mse"), metric("b_mse"), "mae"], null],
    weighted_metrics: { b: [metric("b_weighted_mse")], a: metric("a_mae") },
  };
  expect(withPlainMetricNames(compile, model("a", "b"))).toEqual({
    loss: "mse",
    metrics: [[metric("mse"), metric("b_mse"), "mae"], null],
    weighted_metrics: { b: [metric("weighted_mse")], a: metric("mae") },
  });
});

it("leaves names alone where there is one output, or nobody knows which output is meant", () => {
  const compile = { metrics: [[metric("a_mse")]] };
  expect(withPlainMetricNames(compile, model("a"))).toEqual(compile);
  expect(withPlainMetricNames(compile, model("a", "b", "c"))).toEqual(compile);
  expect(withPlainMetricNames(compile, { class_name: "Sequential", config: { layers: [] } })).toEqual(compile);
});
