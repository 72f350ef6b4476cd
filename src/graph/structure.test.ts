import { expect, test } from "vitest";
import { Tensor } from "../core/tensor.js";
import * as ops from "../ops/index.js";
import type { Value } from "./index.js";
import { structureOf } from "./structure.js";

const keyOf = (...values: Value[]): string => structureOf(values, ({ attrs }) => attrs.name).key;
const tensor = (...data: number[]): Tensor => new Tensor(data, [data.length]);

test("graphs that differ in the elements of constants alone have one key, and give their constants in one order", () => {
  const graph = (a: Tensor, b: Tensor): Value => ops.softmax(ops.subtract(ops.multiply(a, 2), b));
  expect(keyOf(graph(tensor(1, 2), tensor(3, 4)))).toBe(keyOf(graph(tensor(5, 6), tensor(7, 8))));
  const dataOf = (value: Value): number[][] =>
    structureOf([value], () => "").constants.map(({ attrs }) => Array.from(attrs.tensor.data));
  const made = dataOf(ops.subtract(ops.multiply(tensor(9, 9), 2), tensor(1, 2)));
  const late = ops.constant(tensor(1, 2));
  expect(dataOf(ops.subtract(ops.multiply(tensor(9, 9), 2), late))).toEqual(made);
  expect(made).toHaveLength(3);
});

test("everything else makes another key", () => {
  const x = ops.input("x", [4, 3], "float32");
  const graphs = [
    ops.sum(x, { axes: 0 }),
    ops.sum(x, { axes: 1 }),
    ops.sum(x, { axes: 0, keepDims: true }),
    ops.max(x, { axes: 0 }),
    ops.sum(ops.input("y", [4, 3], "float32"), { axes: 0 }),
    ops.sum(ops.add(x, x), { axes: 0 }),
    ops.sum(ops.add(x, tensor(1, 2, 3)), { axes: 0 }),
    ops.sum(ops.add(x, 1), { axes: 0 }),
    ops.cast(ops.sum(x, { axes: 0 }), "int32"),
    ops.random([4], 1, "normal"),
    ops.random([4], 2, "normal"),
    ops.random([4], 1, "uniform"),
  ];
  expect(new Set(graphs.map((graph) => keyOf(graph))).size).toBe(graphs.length);
  const [a, b] = [ops.exp(x), ops.log(x)];
  expect(keyOf(a, b)).not.toBe(keyOf(b, a));
  // The same value twice is not two equal ones.
  expect(keyOf(ops.add(a, a))).not.toBe(keyOf(ops.add(a, ops.exp(x))));
});
