import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import cases from "../../test/fixtures/printing.json" with { type: "json" };
import type { DType } from "./dtype.js";
import { PawlError } from "./errors.js";
import { Tensor, type TensorLike } from "./tensor.js";

const number = (value: number | string): number => Number(String(value).replace("inf", "Infinity"));

describe("the text of a tensor", () => {
  it.each(cases)("is numpy's: $dtype $shape", ({ shape, dtype, data, text }) => {
    const tensor = new Tensor(data.map(number), shape, dtype as DType);
    expect(String(tensor).slice("Tensor(".length, String(tensor).lastIndexOf("shape=")).trimEnd()).toBe(`${text},`);
    expect(String(tensor)).toMatch(new RegExp(`shape=\\(.*\\), dtype=${dtype}\\)$`, "u"));
  });

  it("is what consoles show", () => {
    expect(inspect(Tensor.from([[1, 2]]))).toBe("Tensor([[1., 2.]], shape=(1, 2), dtype=float32)");
    expect(inspect({ x: new Tensor(["a"]) })).toContain('x: Tensor(["a"], shape=(1,), dtype=string)');
  });
});

it.each([
  Tensor.from([[1, 2.5]]),
  new Tensor(new BigInt64Array([1n, -2n])),
  new Tensor(["a", "b"]),
  Tensor.from([1.5, 3]).cast("bfloat16"),
])("a tensor as JSON is read again by Tensor.from (%s)", (tensor) => {
  expect(Tensor.from(JSON.parse(JSON.stringify(tensor)) as TensorLike)).toEqual(tensor);
});

it("16-bit floats are rounded to the nearest, ties to even, and read back as numbers", () => {
  const values = [1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 65504, 65520, 6e-8, -0.1, Number.NaN];
  const half = Tensor.from(values).cast("float16");
  expect(half.tolist()).toEqual([1, 1, 1 + 2 ** -9, 65504, Infinity, 2 ** -24, -0.0999755859375, Number.NaN]);
  expect(half.cast("float32").cast("float16")).toEqual(half);
  expect(
    Tensor.from([1 + 2 ** -8, 1 + 3 * 2 ** -8, -3])
      .cast("bfloat16")
      .tolist(),
  ).toEqual([1, 1.015625, -3]);
});

describe("something that is not a tensor is a typed error", () => {
  const loop: unknown[] = [];
  loop[0] = loop;
  it.each<[string, () => unknown, string]>([
    ["nothing", () => Tensor.from(undefined as never), "not-a-tensor"],
    ["a Promise", () => Tensor.from(Promise.resolve([1]) as never), "not-a-tensor"],
    ["a view without elements", () => new Tensor(new DataView(new ArrayBuffer(8)) as never), "not-a-tensor"],
    ["a string", () => new Tensor("abc" as never, [3]), "not-a-tensor"],
    ["an unknown dtype", () => Tensor.zeros([1], "float" as never), "dtype"],
    ["a shape of NaN", () => Tensor.zeros([Number.NaN]), "tensor-shape"],
    ["a negative size", () => new Tensor([1], [-1]), "tensor-shape"],
    ["a shape with holes", () => Tensor.zeros(new Array(2) as number[]), "tensor-shape"],
    ["a number as shape", () => Tensor.zeros(3 as never), "tensor-shape"],
    ["a huge shape", () => Tensor.zeros([1e6, 1e6]), "tensor-shape"],
    ["rows of different lengths", () => Tensor.from([[1, 2], [3]]), "ragged"],
    ["an array that holds itself", () => Tensor.from(loop as never), "ragged"],
    ["a sparse array", () => Tensor.from(new Array(3) as number[]), "not-a-number"],
    ["null among numbers", () => Tensor.from([1, null] as never), "not-a-number"],
    ["a string among numbers", () => Tensor.from([1, "2"] as never), "not-a-number"],
    ["bigints among numbers", () => Tensor.from([1, 2n] as never), "not-a-number"],
    ["null as element", () => new Tensor([null] as never), "tensor-element"],
    ["NaN in int64", () => new Tensor([Number.NaN], [1], "int64"), "tensor-element"],
    ["numbers as strings", () => new Tensor([1], [1], "string"), "tensor-element"],
    ["a slice of a scalar", () => Tensor.scalar(1).slice(0, 1), "slice"],
    ["a slice from a word", () => Tensor.zeros([2]).slice("a" as never, 1), "slice"],
    ["too few elements", () => new Tensor([1, 2], [3]), "tensor-size"],
  ])("%s", (_, make, code) => {
    expect(make).toThrow(PawlError);
    expect(make).toThrow(
      expect.objectContaining({ code, parts: expect.objectContaining({ fix: expect.any(String) }) }),
    );
  });
});

it("unusual arrays of numbers are data too", () => {
  expect(new Tensor(Buffer.from([1, 2])).data).toEqual(new Uint8Array([1, 2]));
  expect(Tensor.from([true, false]).tolist()).toEqual([1, 0]);
  expect(Tensor.from([1n, 2n])).toEqual(new Tensor(new BigInt64Array([1n, 2n])));
  expect(Tensor.full([2], 7, "int64").tolist()).toEqual([7, 7]);
});

describe("parts of a tensor", () => {
  const x = new Tensor(
    Array.from({ length: 24 }, (_, i) => i),
    [2, 3, 4],
    "int32",
  );

  it("are copies", () => {
    const parts = [x.reshape([24]), x.clone(), x.slice(0), x.at(0), x.cast("int32"), [...x][0]!];
    for (const part of parts) part.data[0] = 99;
    expect(x.data[0]).toBe(0);
  });

  it("are found by their places, counted from the end if negative", () => {
    expect(x.at(1, -1).toArray()).toEqual([20, 21, 22, 23]);
    expect(x.at(-2).shape).toEqual([3, 4]);
    expect(x.at(1, 2, 3)).toEqual(new Tensor([23], [], "int32"));
    expect([x.item(0, 1, 2), x.item(-1, -1, -1), Tensor.scalar(4).item()]).toEqual([6, 23, 4]);
    expect(new Tensor(new BigInt64Array([5n, 7n])).item(1)).toBe(7);
    expect(new Tensor([1.5]).cast("bfloat16").item()).toBe(1.5);
  });

  it("are ranges of the first axes", () => {
    expect(x.slice(1).toArray()).toEqual([x.at(1).toArray()]);
    expect(x.slice(-1)).toEqual(x.slice(1, 2));
    expect(x.slice(0, -1)).toEqual(x.slice(0, 1));
    expect(x.slice([0, 1, 2], [1, 3, 4]).toArray()).toEqual([
      [
        [6, 7],
        [10, 11],
      ],
    ]);
    expect(x.slice([0, -1]).shape).toEqual([2, 1, 4]);
    expect(x.slice([0, -1]).data).toEqual(Int32Array.of(8, 9, 10, 11, 20, 21, 22, 23));
    expect(x.slice([0, 0], [9, 9])).toEqual(x);
    expect(x.slice(2).shape).toEqual([0, 3, 4]);
    expect(x.slice([0, 3], [2, 1]).shape).toEqual([2, 0, 4]);
    expect(new Tensor(["a", "b", "c"]).slice(1).data).toEqual(["b", "c"]);
  });

  it("come one after the other along the first axis", () => {
    expect([...x].map((row) => row.shape)).toEqual([
      [3, 4],
      [3, 4],
    ]);
    const [, last] = x;
    expect(last).toEqual(x.at(1));
    expect([...new Tensor([1, 2])]).toEqual([Tensor.scalar(1), Tensor.scalar(2)]);
    expect([...Tensor.scalar(1)]).toEqual([]);
    expect([...Tensor.zeros([0, 3])]).toEqual([]);
  });

  it("have the same elements in another shape, of which one size may be left open", () => {
    expect(x.reshape([4, 6]).shape).toEqual([4, 6]);
    expect(x.reshape([-1, 8]).shape).toEqual([3, 8]);
    expect(x.reshape([-1]).data).toEqual(x.data);
    expect(Tensor.zeros([0, 3]).reshape([-1, 3]).shape).toEqual([0, 3]);
  });

  it.each<[string, () => unknown, string]>([
    [
      "item of several",
      () => x.item(),
      "item() needs a tensor of one element. Received: shape (2, 3, 4). Say which: item(0, 2); or use .data or .toArray().",
    ],
    [
      "item of a row",
      () => x.item(1),
      "item(1) is not one element of a tensor of shape (2, 3, 4). Received: 1 places. Expected: 3. Give a place for each axis, or use at() for a part.",
    ],
    [
      "a place beyond the end",
      () => x.at(0, 3),
      "A tensor of shape (2, 3, 4) has no such place. Received: at(0, 3). Expected: whole numbers, one for each of the first axes; negative ones count from the end.",
    ],
    ["no place", () => x.at(), "A tensor of shape (2, 3, 4) has no such place. Received: at()."],
    ["too many places", () => x.item(0, 0, 0, 0), "has no such place. Received: item(0, 0, 0, 0)."],
    ["half a place", () => x.at(0.5), "has no such place. Received: at(0.5)."],
    ["a place in a scalar", () => Tensor.scalar(1).at(0), "A tensor of shape () has no such place."],
    [
      "a slice of a scalar",
      () => Tensor.scalar(1).slice(0),
      "A tensor of shape () has no such slice. Received: slice(0). Expected: whole numbers for the first axis, or a list for the first axes.",
    ],
    ["a slice of too many axes", () => x.slice([0, 0, 0, 0]), "has no such slice. Received: slice([0, 0, 0, 0])."],
    ["a slice from nowhere", () => x.slice(Number.NaN), "has no such slice. Received: slice(NaN)."],
    ["a slice from a word", () => x.slice("1" as never, null as never), "has no such slice."],
    [
      "another number of elements",
      () => x.reshape([5, 5]),
      "A tensor of shape (5, 5) needs 25 elements. Received: 24. Give data and shape that agree.",
    ],
    [
      "sizes that do not divide them",
      () => x.reshape([-1, 5]),
      "A tensor of shape (2, 3, 4) cannot be reshaped. Received: (?, 5). Expected: sizes that divide its 24 elements.",
    ],
    ["two open sizes", () => x.reshape([-1, -1]), "cannot be reshaped. Received: (?, ?)."],
  ])("%s is an error", (_name, run, message) => {
    expect(run).toThrow(message);
  });
});
