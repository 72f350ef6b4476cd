import { expect, test } from "vitest";
import { PRESENT } from "../../src/core/reading.js";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import { Input } from "../../src/network/index.js";
import { modernWeights } from "../../src/saving/old-weights.js";

const origin = { pawl: null, keras: "2.4.0", backend: "tensorflow" } as never;
const ramp = (shape: number[], from: number): Tensor =>
  new Tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => from + i),
    shape,
    "float32",
  );
const modern = (layer: layers.Layer, stored: readonly { name: string; tensor: Tensor }[]) =>
  modernWeights(layer, stored, origin).map(({ tensor }) => [[...tensor.shape], [...(tensor.data as Float32Array)]]);

function built<L extends layers.AnyLayer>(layer: L): L {
  layer.apply(Input({ shape: [4, 2] }));
  return layer;
}

test("a GRU of Keras 1 has its gates side by side now, also in both layers of a Bidirectional", () => {
  const gates = ["z", "r", "h"].flatMap((gate, i) => [
    { name: `gru_1_W_${gate}`, tensor: ramp([2, 1], 10 * i) },
    { name: `gru_1_U_${gate}`, tensor: ramp([1, 1], 10 * i + 4) },
    { name: `gru_1_b_${gate}`, tensor: ramp([1], 10 * i + 6) },
  ]);
  const now = [
    [
      [2, 3],
      [0, 10, 20, 1, 11, 21],
    ],
    [
      [1, 3],
      [4, 14, 24],
    ],
    [[3], [6, 16, 26]],
  ];
  const gru = () => new layers.GRU(1, { resetAfter: false });
  expect(modern(built(gru()) as never, gates)).toEqual(now);
  expect(modern(built(new layers.Bidirectional(gru())) as never, [...gates, ...gates])).toEqual([...now, ...now]);
});

test("cuDNN's GRU has the matrix of each gate turned, and two biases of its own", () => {
  const stored = [
    { name: "kernel", tensor: ramp([2, 3], 0) },
    { name: "recurrent_kernel", tensor: ramp([1, 3], 10) },
    { name: "bias", tensor: ramp([6], 20) },
  ];
  expect(modern(built(new layers.GRU(1)) as never, stored)).toEqual([
    [
      [2, 3],
      [0, 1, 2, 3, 4, 5],
    ],
    [
      [1, 3],
      [10, 11, 12],
    ],
    [
      [2, 3],
      [20, 21, 22, 23, 24, 25],
    ],
  ]);
});

test("a GRU that says nothing of its reset is that of its age", () => {
  const read = (className: string, config: object) =>
    layers.deserialize(
      { class_name: className, config: config as never },
      { ...PRESENT, resolve: layers.resolveLayer },
    ) as layers.GRU;
  expect(read("GRU", { output_dim: 3 }).options).toMatchObject({ units: 3, resetAfter: false });
  expect(read("GRU", { units: 3, implementation: 0 }).options).toMatchObject({ resetAfter: false, implementation: 1 });
  expect(read("GRU", { units: 3, implementation: 2, reset_after: true }).options.resetAfter).toBe(true);
  expect(read("CuDNNGRU", { units: 3 }).options.resetAfter).toBe(true);
  expect(read("SimpleRNN", { output_dim: 3, inner_init: "orthogonal" })).toBeInstanceOf(layers.SimpleRNN);
});
