import { describe, expect, it } from "vitest";
import { build } from "../../graph/build.js";
import { interpret } from "../../graph/interpreter/index.js";
import { outputSize } from "../../graph/windows.js";
import { Arena, defaultArena } from "../arena.js";
import type { Slot } from "../session.js";
import { floats, runKernel } from "./kernel.js";
import { type PatchAttrs, patches } from "./patches.js";

function slot(dims: readonly number[], data?: ArrayLike<number>): Slot {
  const size = dims.reduce((a, b) => a * b, 1);
  const made: Slot = { block: defaultArena().allocate(size * 4), start: 0, dims, dtype: "float32" };
  if (data !== undefined) floats(made).set(data);
  return made;
}

const around = (size: number): [number, number][] => [
  [size, size],
  [size, size],
];
const CONVOLUTIONS: readonly (readonly [string, readonly number[], PatchAttrs])[] = [
  ["valid", [2, 3, 13, 13], { window: [3, 3], strides: [1, 1], dilations: [1, 1], padding: around(0) }],
  ["narrow", [2, 1, 5, 4], { window: [2, 2], strides: [1, 1], dilations: [1, 1], padding: around(0) }],
  ["padded", [2, 2, 9, 8], { window: [3, 3], strides: [1, 1], dilations: [1, 1], padding: around(1) }],
  ["padded beyond the plane", [1, 2, 2, 2], { window: [5, 5], strides: [1, 1], dilations: [1, 1], padding: around(4) }],
  ["strided", [2, 2, 9, 8], { window: [3, 2], strides: [2, 3], dilations: [1, 1], padding: around(1) }],
  ["dilated", [1, 2, 9, 9], { window: [3, 3], strides: [1, 1], dilations: [2, 3], padding: around(2) }],
  [
    "as large as the plane",
    [2, 2, 3, 4],
    {
      window: [5, 7],
      strides: [1, 1],
      dilations: [1, 1],
      padding: [
        [2, 2],
        [3, 3],
      ],
    },
  ],
  [
    "dilated beyond the plane",
    [1, 2, 3, 3],
    { window: [3, 3], strides: [1, 1], dilations: [4, 4], padding: around(4) },
  ],
  ["one axis", [3, 2, 17], { window: [4], strides: [1], dilations: [1], padding: [[2, 1]] }],
  ["no rows", [0, 2, 9, 9], { window: [3, 3], strides: [1, 1], dilations: [1, 1], padding: around(0) }],
];

describe.each(CONVOLUTIONS)("patches, %s", (_, dims, attrs) => {
  const x = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => i + 1);
  const [rows, channels, ...spatial] = dims as readonly [number, number, ...number[]];
  const sizes = spatial.map((size, i) =>
    outputSize(size, attrs.window[i]!, attrs.strides[i]!, attrs.padding[i]!, attrs.dilations[i]!),
  );
  const outputs = sizes.reduce((a, b) => a * b, 1);
  const columns = rows * outputs;
  /** With one filter per output, the gradient of the kernel is what each output sees. */
  const expected = (): Float32Array => {
    const [input, dy] = [build.input("x", dims, "float32"), build.input("dy", [rows, columns, ...sizes], "float32")];
    const ones = new Float32Array(rows * columns * outputs);
    for (let column = 0; column < columns; column++) {
      const row = Math.floor(column / outputs);
      ones[(row * columns + column) * outputs + (column % outputs)] = 1;
    }
    const { window, ...rest } = attrs;
    const feeds = new Map([
      [input, x],
      [dy, ones],
    ]);
    const [seen] = interpret([build.convKernel(input, dy, { ...rest, groups: 1 }, window)], { feeds });
    const positions = window.reduce((a, b) => a * b, 1);
    const out = new Float32Array(positions * channels * columns);
    for (let column = 0; column < columns; column++)
      for (let c = 0; c < channels; c++)
        for (let w = 0; w < positions; w++)
          out[(w * channels + c) * columns + column] = seen!.data[(column * channels + c) * positions + w]!;
    return out;
  };
  const target = (): Slot => {
    const out = slot([attrs.window.reduce((a, b) => a * b, channels), columns]);
    floats(out).fill(-1);
    return out;
  };

  it("are those of the interpreter", () => {
    const [from, out] = [slot(dims, x), target()];
    runKernel(patches(attrs), [from], [out]);
    expect(floats(out)).toEqual(expected());
  });

  it("computed for some lines are the same as for all", () => {
    if (spatial.length === 1) return;
    const [height, width] = sizes as [number, number];
    const whole = expected();
    for (const [from, count] of [
      [0, 1],
      [1, height - 1],
      [height - 1, 1],
    ] as const) {
      const [some, all] = [count * width, outputs];
      const out = slot([attrs.window.reduce((a, b) => a * b, channels), rows * some]);
      floats(out).fill(-1);
      runKernel(patches({ ...attrs, lines: { from, count } }), [slot(dims, x)], [out]);
      const wanted = [...floats(out)].map((_, i) => {
        const [line, at] = [Math.floor(i / (rows * some)), i % (rows * some)];
        return whole[line * columns + Math.floor(at / some) * all + from * width + (at % some)]!;
      });
      expect([...floats(out)]).toEqual(wanted);
    }
  });

  it("are the same when tensors lie in different memories", () => {
    const [from, out] = [slot(dims, x), target()];
    const elsewhere = new Arena().allocate(Math.max(4, x.length * 4));
    elsewhere.view("float32", x.length).set(x);
    runKernel(patches(attrs), [{ ...from, block: elsewhere }], [out]);
    expect(floats(out)).toEqual(expected());
  });
});
