import { expect, it } from "vitest";
import { Tensor } from "./tensor.js";
import { withNumbers } from "./with-numbers.js";

it("decodes bfloat16 and float16", () => {
  const bfloat16 = new Tensor(new Uint16Array([0x3f80, 0xbfc0, 0x7f80]), [3], "bfloat16");
  expect([...(withNumbers(bfloat16).data as Float32Array)]).toEqual([1, -1.5, Number.POSITIVE_INFINITY]);
  const float16 = new Tensor(new Uint16Array([0x3c00, 0xc100, 0x0001, 0x7bff, 0xfc00, 0x7e00]), [6], "float16");
  expect([...(withNumbers(float16).data as Float32Array)]).toEqual([
    1,
    -2.5,
    2 ** -24,
    65504,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ]);
});

it("leaves other tensors alone", () => {
  const tensor = new Tensor([1, 2]);
  expect(withNumbers(tensor)).toBe(tensor);
});
