import { describe, expect, it } from "vitest";
import { grad, interpret, interpretPlan, plan, type Value } from "../graph/index.js";
import * as ops from "./index.js";

const ROWS = 4;
const feed = (count: number, seed: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(i * 7 + seed));

const x = ops.input("x", [-1, 3]);
const z = ops.input("z", [-2, 3]);
const w = ops.input("w", [3, 2]);
const feeds = new Map<Value, Float64Array>([
  [x, feed(ROWS * 3, 1)],
  [z, feed(ROWS * 6, 2)],
  [w, feed(6, 3)],
]);
const differences = ops.subtract(ops.expandDims(x, 1), x);
const similarities = ops.matmul(x, x, { transposeB: true });
/** Each op with the same written in another way. */
const SAME: Readonly<Record<string, readonly [Value, Value]>> = {
  "einsum of two batch axes and weights": [ops.einsum("ijd,de->ije", differences, w), ops.matmul(differences, w)],
  "einsum with the batch axes last": [
    ops.einsum("ijd,de->eji", differences, w),
    ops.transpose(ops.matmul(differences, w), [2, 1, 0]),
  ],
  "einsum over both batch axes": [
    ops.einsum("ijd,ij->d", differences, similarities),
    ops.sum(ops.multiply(differences, ops.expandDims(similarities, 2)), { axes: [0, 1] }),
  ],
  "einsum of all rows": [ops.einsum("id,jd->ij", x, z), ops.matmul(x, z, { transposeB: true })],
  "einsum over the batch": [ops.einsum("ij,jd->id", similarities, x), ops.matmul(similarities, x)],
  "mean over two batch axes": [ops.mean(similarities), ops.mean(ops.mean(similarities, { axes: 1 }), { axes: 0 })],
  "variance over one of two": [
    ops.variance(similarities, { axes: 1 }),
    ops.variance(ops.transpose(similarities), { axes: 0 }),
  ],
  "tiled batches": [ops.tile(x, 2, 0), ops.concatenate([x, x], 0)],
  "stacked batches": [ops.reshape(ops.stack([x, x], 0), [-2, 3]), ops.concatenate([x, x], 0)],
  "halves put together": [ops.concatenate(ops.split(z, 2, 0), 0), z],
  "repeated rows": [ops.slice(ops.repeat(x, 3, 0), 0, 0, -3, 3), x],
  "the first rows": [ops.slice(x, 0, 1, 4, 2), ops.gather(x, ops.add(ops.multiply(ops.iota(2), 2), 1))],
  "ids as rows of an identity": [
    ops.oneHot(ops.iota(-1), -1),
    ops.cast(ops.equal(ops.expandDims(ops.iota(-1), 1), ops.iota(-1)), "float32"),
  ],
  "the two best": [
    ops.topK(similarities, 2).values,
    ops.transpose(ops.slice(ops.transpose(ops.sort(similarities, { descending: true })), 0, 0, 2)),
  ],
};

describe.each(Object.entries(SAME))("%s", (_, [one, other]) => {
  it("is the same in another way, and in shards", () => {
    const [expected] = interpret([other], { feeds, rows: ROWS });
    const loss = ops.sum(ops.square(one));
    const gradients = grad(loss, [x, z, w]);
    const whole = interpret([one, ...gradients], { feeds, rows: ROWS });
    expect(whole[0]!.shape).toEqual(expected!.shape);
    for (const [i, value] of whole[0]!.data.entries()) expect(value).toBeCloseTo(expected!.data[i]!, 10);
    const sharded = interpretPlan(plan([one, ...gradients], 3), { feeds, rows: ROWS });
    for (const [k, { data }] of sharded.entries())
      for (const [i, value] of data.entries()) expect(value).toBeCloseTo(whole[k]!.data[i]!, 10);
  });
});

describe("sizes that no dimension stands for", () => {
  const refused: readonly (readonly [string, () => Value, string])[] = [
    ["all pairs in one axis", () => ops.reshape(similarities, [-1]), "reshape cannot take these operands"],
    ["the rows but one", () => ops.slice(x, 0, 1, -1), "slice cannot take these operands"],
    ["the rows and one more", () => ops.pad(x, [0, 0], [1, 0]), "pad cannot take these operands"],
    [
      "the rows and others",
      () => ops.concatenate([x, ops.input("more", [5, 3])], 0),
      "concat cannot take these operands",
    ],
    ["a part of the rows", () => ops.split(x, 2, 0)[0]!, "split cannot divide axis 0 into 2 equal parts"],
    ["a product over the batch", () => ops.prod(x, { axes: 0 }), "prod cannot take these operands"],
    ["scores of as many classes as rows", () => ops.multiply(similarities, x), "mul cannot take these operands"],
  ];
  it.each(refused)("are refused by name: %s", (_, make, text) => {
    expect(make).toThrow(text);
  });
});
