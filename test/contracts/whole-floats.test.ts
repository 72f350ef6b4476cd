import { describe, expect, test } from "vitest";
import type { DType } from "../../src/core/dtype.js";
import { Tensor } from "../../src/core/tensor.js";
import { modelFromJSON } from "../../src/model/index.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";

interface Described {
  readonly shape: number[];
  readonly dtype: DType;
  readonly data: number[];
}

const CASES =
  kerasFixture<
    Record<string, { readonly json: string; readonly inputs: readonly Described[]; readonly output: Described }>
  >("whole-floats");

describe("numbers in a file that Python has as 2.0", () => {
  test.each(Object.entries(CASES))("%s", async (_, { json, inputs, output }) => {
    const given = inputs.map(({ data, shape, dtype }) => new Tensor(data, shape, dtype));
    const model = modelFromJSON(json);
    // What is written says the same.
    for (const one of [model, modelFromJSON(JSON.stringify(model))]) {
      expect(one.outputs[0]!.dtype).toBe(output.dtype);
      const predicted = (await one.predict(given.length === 1 ? given[0]! : given, { verbose: 0 })) as Tensor;
      expect(predicted.dtype).toBe(output.dtype);
      expect(firstDifference(Array.from(predicted.data, Number), output.data)).toBeNull();
    }
  });
});
