import { describe, expect, it } from "vitest";
import { sizeOf } from "../../core/shape.js";
import { build } from "../../graph/build.js";
import { interpret } from "../../graph/interpreter/index.js";
import type { Value } from "../../graph/value.js";
import { defaultArena } from "../arena.js";
import type { Slot } from "../session.js";
import { arranged } from "./arrange.js";
import { floats, runKernel } from "./kernel.js";

function slot(dims: readonly number[]): Slot {
  const made: Slot = { block: defaultArena().allocate(sizeOf(dims) * 4), start: 0, dims, dtype: "float32" };
  floats(made).fill(-1);
  return made;
}

const flipped = (x: Value): Value => build.reverse(build.reverse(x, 0), 1);
const CASES: readonly (readonly [string, readonly number[], (x: Value) => Value])[] = [
  ["a kernel, filters first", [3, 3, 17, 23], (x) => build.transpose(x, [3, 2, 0, 1])],
  ["a kernel of one position", [1, 1, 66, 39], (x) => build.transpose(x, [3, 2, 0, 1])],
  ["a kernel over one axis", [5, 24, 31], (x) => build.transpose(x, [2, 1, 0])],
  ["a kernel, backwards, channels first", [3, 5, 12, 19], (x) => build.transpose(flipped(x), [2, 3, 0, 1])],
  ["a kernel for blocks", [3, 3, 2, 16, 3, 16], (x) => build.transpose(x, [4, 2, 0, 1, 3, 5])],
  ["lines", [9, 30, 11], (x) => build.reverse(x, 0)],
  ["lines of three", [33, 30, 3], (x) => build.transpose(x, [1, 0, 2])],
  ["heads", [30, 8, 9], (x) => build.transpose(x, [1, 0, 2])],
  [
    "a pair of transposes",
    [20, 11, 13],
    (x) => build.transpose(build.reverse(build.transpose(x, [1, 2, 0]), 0), [2, 0, 1]),
  ],
];

describe.each(CASES)("weights in another order: %s", (_, shape, order) => {
  const x = build.input("x", shape, "float32");
  const value = order(x);
  const { source, kernel } = arranged(value, new Set())!;
  const data = Float32Array.from({ length: sizeOf(shape) }, (_item, i) => i);

  it("the interpreter's elements, with vectors and without", () => {
    expect(source).toBe(x);
    const [expected] = interpret([value], { feeds: new Map([[x, data]]) });
    const from = slot(shape);
    floats(from).set(data);
    const [fast, plain] = [slot(value.shape), slot(value.shape)];
    runKernel(kernel, [from], [fast]);
    kernel.compute([from], [plain]);
    expect([...floats(fast)]).toEqual([...expected!.data]);
    expect([...floats(plain)]).toEqual([...expected!.data]);
  });
});

it.each<readonly [string, readonly number[], (x: Value) => Value]>([
  ["a few elements", [3, 3, 2, 4], (x) => build.transpose(x, [3, 2, 0, 1])],
  ["what a matrix product reads as it is", [64, 64], (x) => build.transpose(x, [1, 0])],
  ["elements backwards", [64, 64], (x) => build.reverse(x, 1)],
  ["batches", [-1, 64, 64, 2], (x) => build.transpose(x, [0, 3, 1, 2])],
])("the session keeps %s", (_, shape, order) => {
  expect(arranged(order(build.input("x", shape, "float32")), new Set())).toBeUndefined();
});
