import { describe, expect, it } from "vitest";
import { sizeOf } from "../../core/shape.js";
import { build } from "../../graph/build.js";
import { interpret } from "../../graph/interpreter/index.js";
import type { ConvAttrs } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";
import { outputSize } from "../../graph/windows.js";
import { defaultArena } from "../arena.js";
import type { Slot } from "../session.js";
import { depthwise } from "./depthwise.js";
import { floats, runKernel } from "./kernel.js";

interface Case {
  readonly x: readonly number[];
  readonly window: readonly number[];
  readonly each?: number;
  readonly strides?: readonly number[];
  readonly dilations?: readonly number[];
  readonly padding?: ConvAttrs["padding"];
}

const around = (...sizes: readonly number[]): ConvAttrs["padding"] => sizes.map((size) => [size, size] as const);

const CASES: Readonly<Record<string, Case>> = {
  valid: { x: [2, 3, 9, 11], window: [3, 3] },
  padded: { x: [3, 2, 6, 6], window: [3, 3], padding: around(1, 1) },
  "of planes smaller than a vector": { x: [2, 5, 3, 3], window: [3, 3], padding: around(1, 1) },
  "of single elements": { x: [2, 2, 1, 1], window: [3, 3], padding: around(1, 1) },
  strided: { x: [2, 3, 9, 8], window: [3, 3], strides: [2, 2], padding: around(1, 1) },
  "with uneven padding": {
    x: [2, 2, 8, 8],
    window: [3, 3],
    strides: [2, 2],
    padding: [
      [0, 1],
      [0, 1],
    ],
  },
  "with other strides down than to the right": { x: [1, 2, 10, 11], window: [4, 3], strides: [3, 2] },
  "with strides larger than the window": { x: [2, 2, 10, 10], window: [1, 1], strides: [3, 2] },
  "with strides that leave a rest": { x: [1, 2, 8, 9], window: [2, 2], strides: [3, 4] },
  dilated: { x: [2, 2, 9, 9], window: [3, 3], dilations: [2, 3], padding: around(2, 3) },
  "dilated and strided": {
    x: [2, 2, 11, 12],
    window: [3, 3],
    dilations: [3, 2],
    strides: [2, 3],
    padding: around(2, 1),
  },
  "with several filters a channel": { x: [2, 3, 7, 6], window: [3, 3], each: 3, padding: around(1, 1) },
  "strided, with several filters a channel": { x: [2, 2, 7, 6], window: [3, 3], each: 2, strides: [2, 2] },
  "over one axis": { x: [2, 3, 17], window: [4], strides: [2], padding: [[2, 1]] },
  "with a large window": { x: [2, 2, 9, 10], window: [7, 7], padding: around(3, 3) },
  "with a window as large as can be": { x: [1, 2, 12, 12], window: [11, 11], padding: around(5, 5) },
  "padded beyond the plane": { x: [1, 2, 2, 3], window: [5, 5], padding: around(4, 4) },
};

let state = 1;
const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1;

function slot(dims: readonly number[], data?: Float32Array): Slot {
  const made: Slot = { block: defaultArena().allocate(sizeOf(dims) * 4), start: 0, dims, dtype: "float32" };
  floats(made).set(data ?? new Float32Array(sizeOf(dims)).fill(Number.NaN));
  return made;
}

describe.each(Object.entries(CASES))("a convolution whose filters see one channel each, %s", (_, given) => {
  const { x, window, each = 1 } = given;
  const [rows, channels, ...spatial] = x as readonly [number, number, ...number[]];
  const single = window.map(() => 1);
  const attrs: ConvAttrs = {
    strides: given.strides ?? single,
    dilations: given.dilations ?? single,
    padding: given.padding ?? around(...window.map(() => 0)),
    groups: channels,
  };
  const sizes = spatial.map((size, i) =>
    outputSize(size, window[i]!, attrs.strides[i]!, attrs.padding[i]!, attrs.dilations[i]!),
  );
  const dims = { x, w: [channels * each, 1, ...window], y: [rows, channels * each, ...sizes] };
  const values = {
    x: build.input("x", dims.x, "float32"),
    w: build.input("w", dims.w, "float32"),
    y: build.input("y", dims.y, "float32"),
  };

  it.each([
    ["its sums", build.conv(values.x, values.w, attrs), "x", "w"],
    ["its gradient by x", build.convInput(values.y, values.w, attrs, spatial), "y", "w"],
    ["its gradient by the kernel", build.convKernel(values.x, values.y, attrs, window), "x", "y"],
  ] as const)("%s are the interpreter's, and the same bits without vectors", (_name, value, a, b) => {
    const data = [a, b].map((name) => Float32Array.from({ length: sizeOf(dims[name as "x"]) }, next));
    const feeds = new Map([a, b].map((name, i) => [values[name as "x"], data[i]!]));
    const [expected] = interpret([value], { feeds });
    const kernel = depthwise(value as Value<"conv">)!;
    const inputs = [a, b].map((name, i) => slot(dims[name as "x"], data[i]!));
    const [output, plain] = [slot(value.shape), slot(value.shape)];
    runKernel(kernel, [...inputs, slot([kernel.temporary!])], [output]);
    kernel.compute(inputs, [plain]);
    expect([...floats(output)]).toEqual([...floats(plain)]);
    const largest = Math.max(1, ...expected!.data.map(Math.abs));
    const differences = expected!.data.map((number, i) => Math.abs(number - floats(output)[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-6 * largest);
  });
});

it("a convolution of more than one channel a filter, or over three axes, has no kernel of its own", () => {
  const x = build.input("x", [2, 4, 5, 5], "float32");
  const w = build.input("w", [4, 2, 3, 3], "float32");
  const attrs = { strides: [1, 1], dilations: [1, 1], padding: around(0, 0), groups: 2 };
  expect(depthwise(build.conv(x, w, attrs) as Value<"conv">)).toBeUndefined();
});
