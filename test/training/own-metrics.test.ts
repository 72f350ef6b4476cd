import { expect, test } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import * as losses from "../../src/losses/index.js";
import * as metrics from "../../src/metrics/index.js";
import { compute, Sequential } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import * as random from "../../src/random/index.js";
import { kerasFixture } from "../contracts/fixture.js";
import type { MetricFixture } from "../contracts/metric-runner.js";

const rows = kerasFixture<readonly MetricFixture[]>("metrics").filter(({ name }) =>
  ["BinaryAccuracy", "MeanIoU", "Recall", "R2Score", "F1Score", "Mean"].includes(name),
);

test.each(rows)("$name takes batches of data, weighted and not, and gives Keras's results", async (row) => {
  for (const run of [row.plain, row.weighted]) {
    if (run === null) continue;
    const metric = metrics.deserialize(row.config as never);
    metric.resetState();
    for (const [i, batch] of row.batches.entries()) {
      const tensor = (data: readonly number[], shape: readonly number[], dtype?: "float32") =>
        new Tensor(data, [batch.rows, ...shape], dtype);
      const labels = tensor(batch.labels, row.labelShape, row.labelDtype as "float32");
      const predictions = tensor(batch.predictions, row.shape);
      const weights = run === row.weighted ? [...batch.weights] : null;
      if (metric instanceof metrics.Mean) await metric.updateState(predictions, weights);
      else await metric.updateState(labels, predictions, weights);
      [metric.result()].flat().forEach((value, k) => {
        expect(value).toBeCloseTo(run.results[i]![k]!, 5);
      });
    }
  }
});

test("updateState takes nested numbers, and says what does not fit", async () => {
  const metric = new metrics.MeanAbsoluteError();
  await metric.updateState([[1], [2]], [[2], [4]]);
  expect(metric.result()).toBe(1.5);
  metric.resetState();
  await metric.updateState([[1], [2]], [[2], [4]], [0, 1]);
  expect(metric.result()).toBe(2);
  await expect(metric.updateState([[1]], [[2], [4]])).rejects.toThrow(
    "updateState of mean_absolute_error needs data of the same rows. Received: (1, 1) and (2, 1).",
  );
});

test("losses and metrics as functions are those of the classes, and compile and files know them", async () => {
  const [y, p] = [ops.constant(new Tensor([0, 1], [1, 2])), ops.constant(new Tensor([0.2, 0.7], [1, 2]))];
  const options = { labelSmoothing: 0.1 };
  const [ours, own] = await compute([
    losses.binaryCrossentropy(y, p, options),
    new losses.BinaryCrossentropy(options).call(y, p),
  ]);
  expect(ours).toEqual(own);
  expect([...(await compute(metrics.binaryAccuracy(y, p, { threshold: 0.1 }))).data]).toEqual([0, 1]);

  const model = new Sequential([new layers.Dense(2, { inputShape: [3], activation: "sigmoid" })]);
  model.compile({ loss: losses.meanSquaredError, metrics: [metrics.meanAbsoluteError, losses.huber] });
  const x = random.normal([4, 3], { seed: 1 });
  expect(Object.keys(await model.evaluate(x, random.normal([4, 2], { seed: 2 }), { verbose: 0 })).sort()).toEqual([
    "huber",
    "loss",
    "mean_absolute_error",
  ]);
  expect(losses.serialize(losses.get(losses.meanSquaredError)).class_name).toBe("MeanSquaredError");
  const wrapped = metrics.serialize(metrics.get(losses.huber));
  expect(metrics.serialize(metrics.deserialize(wrapped as never))).toEqual(wrapped);
});
