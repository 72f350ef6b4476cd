import { describe, expect, it } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import { matchWeights } from "../../src/saving/apply-weights.js";
import { modernWeights } from "../../src/saving/old-weights.js";
import type { Origin } from "../../src/saving/types.js";
import { kerasFixture } from "../contracts/fixture.js";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Row {
  readonly layer: "LSTM" | "Conv1D" | "Conv2D" | "Conv3D" | "Conv2DTranspose";
  readonly options: object;
  readonly inputShape: readonly number[];
  readonly keras: string;
  readonly backend: string | null;
  readonly stored: readonly (Numbers & { readonly name: string })[];
  readonly expected: readonly Numbers[];
}

const CLASSES = { ...layers } as unknown as Record<string, new (...args: unknown[]) => layers.Layer>;
const rows = kerasFixture<readonly Row[]>("old-weights");
const origin = (of: Partial<Origin>): Origin => ({
  format: "HDF5",
  hasChecksums: false,
  digest: false,
  pawl: null,
  keras: null,
  backend: null,
  ...of,
});
const tensor = ({ shape, data }: Numbers): Tensor => new Tensor([...data], shape, "float32");

describe("weights of old files are converted as by Keras 2.3.1:", () => {
  it.each(rows.map((row) => [row.layer, JSON.stringify(row.options), row.keras, row.backend, row] as const))(
    "%s %s of Keras %s on %s",
    (_layer, _options, keras, backend, row) => {
      const cls = CLASSES[row.layer]!;
      const { units, filters, kernelSize, ...rest } = row.options as Record<string, unknown>;
      const layer = new cls(...[units, filters, kernelSize].filter(Boolean), { ...rest, inputShape: row.inputShape });
      const model = new Sequential([layer]);
      const stored = row.stored.map((weight) => ({ name: weight.name, tensor: tensor(weight) }));
      // The version may be missing: Keras 1 is then recognized by the names.
      for (const version of keras === "1" ? ["1.2.2", null] : [keras]) {
        const modern = modernWeights(layer, stored, origin({ keras: version, backend }));
        expect(modern.map((weight) => weight.tensor)).toEqual(row.expected.map(tensor));
      }
      expect(model.weights.map(({ shape }) => shape)).toEqual(row.expected.map(({ shape }) => shape));
    },
  );
});

it("a Keras 1 file without TensorFlow's names counts as Theano's, whose kernels are flipped", () => {
  const layer = new layers.Conv2D(1, 2, { inputShape: [3, 3, 1] });
  new Sequential([layer]);
  const kernel = { name: "convolution2d_1_W", tensor: new Tensor([1, 2, 3, 4], [2, 2, 1, 1], "float32") };
  const [modern] = modernWeights(layer, [kernel], origin({}));
  expect(modern!.tensor).toEqual(new Tensor([4, 3, 2, 1], [2, 2, 1, 1], "float32"));
});

it("weights of a nested model are assigned to its layers, trainable ones first", () => {
  const inner = new Sequential([new layers.BatchNormalization({ inputShape: [4, 2] }), new layers.LSTM(1)]);
  const names = ["gamma:0", "beta:0", ...gateNames(), "mean:0", "std:0"];
  const stored = names.map((name, i) => {
    const shape = /_U_/.test(name) ? [1, 1] : /_W_/.test(name) ? [2, 1] : /_b_/.test(name) ? [1] : [2];
    return { name, tensor: Tensor.full(shape, i) };
  });
  const modern = modernWeights(inner, stored, origin({ keras: "1.2.0" }));
  expect(modern.map(({ tensor: { shape } }) => shape)).toEqual([[2], [2], [2, 4], [1, 4], [4], [2], [2]]);
  expect(Array.from(modern[4]!.tensor.data as Float32Array)).toEqual([4, 10, 7, 13]);
});

const gateNames = (): string[] =>
  ["i", "c", "f", "o"].flatMap((gate) => ["W", "U", "b"].map((part) => `lstm_1_${part}_${gate}:0`));

it("slots beside rearranged weights are not used as they are", () => {
  const model = new Sequential([new layers.Conv2D(1, 2, { inputShape: [3, 3, 1] })]);
  const weights = [
    { name: "conv/kernel", tensor: new Tensor([1, 2, 3, 4], [2, 2, 1, 1], "float32") },
    { name: "conv/bias", tensor: new Tensor([0], [1], "float32") },
  ];
  const matched = (backend: string) =>
    matchWeights(model, {
      weights: { layout: "layers", topLevel: [], layers: [{ name: "conv", weights }] },
      origin: origin({ keras: "2.0.5", backend }),
      file: "old.h5",
    }).isRearranged;
  expect([matched("theano"), matched("tensorflow")]).toEqual([true, false]);
});
