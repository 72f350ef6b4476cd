import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Shape } from "../../src/core/shape.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Model } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as ops from "../../src/ops/index.js";
import { temporaryFolder } from "./support.js";

const folder = temporaryFolder();

function doubled(x: Value): Value {
  return ops.concatenate([x, x], -1);
}
function doubledShape(shape: Shape | readonly Shape[]): Shape {
  const [rows, size] = shape as readonly number[];
  return [rows!, 2 * size!];
}
const customObjects = { doubled, doubledShape };

function model(outputShape: layers.LambdaOptions["outputShape"]): Model {
  const input = Input({ shape: [3] });
  return new Model(input, new layers.Lambda(doubled, { outputShape: outputShape!, name: "twice" }).apply(input));
}

describe("outputShape of Lambda", () => {
  test.each([
    ["a shape without the batch", [6], [6]],
    ["one with a size that is not said", [null], [null]],
    ["a function of the input's shape", doubledShape, { class_name: "function", config: "doubledShape" }],
  ] as const)("%s comes back from a file", async (_, outputShape, written) => {
    const made = model(outputShape);
    const config = made.getLayer("twice").getConfig();
    // In Keras's order.
    expect(Object.keys(config).slice(-3)).toEqual(["function", "output_shape", "arguments"]);
    expect(config["output_shape"]).toMatchObject(written);
    const path = join(folder, "lambda.keras");
    await made.save(path);
    const loaded = await loadModel(path, { customObjects });
    expect(loaded.getLayer("twice").getConfig()).toEqual(config);
    expect(loaded.outputs[0]!.shape).toEqual([null, 6]);
  });

  test("must be what the function gives", () => {
    expect(() => model([5])).toThrow(
      /Lambda "twice" does not give what its outputShape says\. Received: \(\?, 6\)\. Expected: \(\?, 5\)\. Leave outputShape out/,
    );
    expect(() => model([6, 1])).toThrow(/does not give what its outputShape says/);
    expect(() => model("6" as never)).toThrow(/a shape without the batch/);
  });

  test("as a function of a file has to be given, like the function itself", async () => {
    const path = join(folder, "function.keras");
    await model(doubledShape).save(path);
    await expect(loadModel(path, { customObjects: { doubled } })).rejects.toThrow(
      /its output_shape "doubledShape" is not known here/,
    );
  });
});
