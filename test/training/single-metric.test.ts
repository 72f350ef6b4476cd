import { expect, test } from "vitest";
import * as layers from "../../src/layers/index.js";
import * as metrics from "../../src/metrics/index.js";
import { Sequential } from "../../src/model/index.js";
import * as random from "../../src/random/index.js";
import type { CompileOptions } from "../../src/training/index.js";

const x = random.normal([8, 3], { seed: 1 });
const y = random.normal([8, 1], { seed: 2 });

const absolute = (): metrics.MeanAbsoluteError => new metrics.MeanAbsoluteError({ name: "mae" });

test.each<[string, NonNullable<CompileOptions["metrics"]>, NonNullable<CompileOptions["metrics"]>]>([
  ["a name", "mae", ["mae"]],
  ["an object", absolute(), [absolute()]],
  ["a Keras config", metrics.serialize(absolute()), [metrics.serialize(absolute())]],
])("a single metric, %s, is a list of one", async (_name, single, list) => {
  const logs = async (options: CompileOptions) => {
    const model = new Sequential([new layers.Dense(1, { kernelInitializer: "ones", inputShape: [3] })]);
    model.compile({ loss: "mse", ...options });
    return await model.evaluate(x, y, { verbose: 0 });
  };
  const expected = await logs({ metrics: list });
  expect(Object.keys(expected).sort()).toEqual(["loss", "mae"]);
  expect(await logs({ metrics: single })).toEqual(expected);
  expect(Object.keys(await logs({ weightedMetrics: single }))).toEqual(Object.keys(expected));
});
