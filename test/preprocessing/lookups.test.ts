import { describe, expect, test } from "vitest";
import { PRESENT } from "../../src/core/reading.js";
import { layers, Tensor } from "../../src/index.js";
import type { HostLayer } from "../../src/layers/base/host-layer.js";
import { type LayerClass, resolveLayer } from "../../src/layers/index.js";
import { ON_HOST } from "../contracts/layers.cases.js";
import { FIXTURE, type PreprocessingCase } from "./fixture.js";

type Made = HostLayer<object> & {
  adapt(data: unknown): Promise<void>;
  getVocabulary(options?: object): unknown[];
  vocabularySize(): number;
};

/** The layer of a case as its config says it, before it has seen data. */
function made(row: PreprocessingCase): Made {
  const cls = resolveLayer(row.class, null) as LayerClass;
  const config = row.adapt === undefined ? row.config : { ...row.config, vocabulary_size: null };
  return cls.fromConfig(config, { ...PRESENT, resolve: resolveLayer }) as unknown as Made;
}

describe.each(FIXTURE.cases.map((row, i) => [`${i} ${row.class}`, row] as const))("%s", (_, row) => {
  test("gives what Keras gives, and has its config", async () => {
    const layer = made(row);
    if (row.adapt !== undefined) await layer.adapt(row.adapt);
    const output = layer.call(row.inputs as never);
    const expected = Tensor.from(row.output as never);
    expect(output.shape).toEqual(expected.shape);
    if (expected.dtype === "string") expect(output.toArray()).toEqual(row.output);
    else {
      const numbers = Array.from(output.data as ArrayLike<number | bigint>, Number);
      numbers.forEach((value, i) => {
        expect(Math.abs(value - (expected.data[i] as number))).toBeLessThanOrEqual(1e-6);
      });
    }
    const { dtype: _dtype, ...config } = layer.getConfig();
    expect(config).toEqual(row.config);
    expect(Object.keys(config)).toEqual(Object.keys(row.config));
    if (row.vocabulary === undefined) return;
    expect(layer.getVocabulary()).toEqual(row.vocabulary);
    expect(layer.getVocabulary({ includeSpecialTokens: false })).toEqual(row.bare);
    expect(layer.vocabularySize()).toBe(row.size);
  });
});

test("every layer that computes on the host has cases", () => {
  expect([...new Set(FIXTURE.cases.map((row) => row.class))].sort()).toEqual([...ON_HOST]);
});

test("batches of any kind give the vocabulary of the whole", async () => {
  const texts = ["b a", "c a", "a b"];
  for (const data of [
    texts,
    [new Tensor(["b a"]), new Tensor(["c a", "a b"])],
    () => [["b a"], ["c a", "a b"]].values(),
  ]) {
    const layer = new layers.TextVectorization();
    await layer.adapt(data);
    expect(layer.getVocabulary()).toEqual(["", "[UNK]", "a", "b", "c"]);
  }
});
