import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Input, type LoadWeightsOptions, layers, Sequential } from "../../src/index.js";
import { kerasFixture } from "../contracts/fixture.js";

const KERAS = kerasFixture<{
  targets: Record<string, [number[], string]>;
  files: Record<string, string>;
  cases: {
    target: string;
    file: string;
    options: { by_name?: true; skip_mismatch?: true };
    expected: number[][] | null;
  }[];
}>("part-weights");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pawl-"));
  for (const [name, text] of Object.entries(KERAS.files))
    writeFileSync(join(folder, name), Buffer.from(text, "base64"));
});
afterEach(() => {
  vi.restoreAllMocks();
});

function chain([units, names]: [number[], string]): Sequential {
  const model = new Sequential([
    Input({ shape: [4] }),
    ...units.map((count, i) => new layers.Dense(count, { name: names[i]! })),
  ]);
  model.weights.forEach((weight, i) => {
    weight.write(new Float32Array(weight.size).fill(i));
  });
  return model;
}

const valuesOf = (model: Sequential): number[][] => model.weights.map((weight) => [...new Set(weight.data)].sort());

describe("loadWeights takes what fits of a file of real Keras, as Keras does", () => {
  test.each(KERAS.cases)("$file, $options into $target", async ({ target, file, options, expected }) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const model = chain(KERAS.targets[target]!);
    const before = valuesOf(model);
    const given: LoadWeightsOptions = {
      byName: options.by_name ?? false,
      skipMismatch: options.skip_mismatch ?? false,
    };
    const loading = model.loadWeights(join(folder, file), given);
    if (expected === null) {
      await expect(loading).rejects.toThrow(/(Expected|fix|Received): |Leave byName out/);
      expect(valuesOf(model)).toEqual(before);
    } else {
      await loading;
      expect(valuesOf(model)).toEqual(expected);
      const leftOut = expected.some((values, i) => values[0] === before[i]![0]);
      const isNamed = target !== "wider" && target !== "turned";
      if (options.skip_mismatch && leftOut && !isNamed)
        expect(warn.mock.calls.join()).toMatch(/left out \d of the weights/);
      if (target === "same") expect(warn).not.toHaveBeenCalled();
    }
  });

  test("an optimizer belongs to all weights: a part of them comes without it", async () => {
    const model = chain(KERAS.targets["same"]!);
    model.compile({ optimizer: "adam", loss: "mse" });
    await model.loadWeights(join(folder, "source.h5"), { byName: true });
    expect(model.optimizer.iteration).toBe(0);
    await expect(model.loadWeights(join(folder, "source.h5"), { byName: true, optimizer: true })).rejects.toThrow(
      /comes without the optimizer, whose slots belong to all of them\. Received: optimizer: true and byName: true/,
    );
  });
});
