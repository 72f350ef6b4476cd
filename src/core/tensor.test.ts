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
