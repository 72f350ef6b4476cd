import { describe, expect, it, test } from "vitest";
import { kerasFixture } from "../../../test/contracts/fixture.js";
import { FormatError } from "../../core/errors.js";
import { joinBytes } from "../../core/join-bytes.js";
import { Tensor } from "../../core/tensor.js";
import { readSafetensors, writeSafetensors } from "./index.js";

const PYTHON = kerasFixture<{
  every: {
    file: string;
    values: Record<string, { shape: number[]; values: number[] }>;
  };
  bfloat16: string;
  hostile: Record<string, { file: string; refusedByPython: boolean }>;
}>("safetensors");

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

it("every dtype that the Python package writes is read, and written again gives the same tensors", () => {
  const { metadata, tensors } = readSafetensors(bytesOf(PYTHON.every.file));
  expect([...metadata]).toEqual([["made", "by hand"]]);
  const again = readSafetensors(joinBytes(writeSafetensors(tensors, { made: "by hand" })));
  expect([...again.metadata]).toEqual([...metadata]);
  for (const read of [tensors, again.tensors]) {
    expect([...read.keys()].sort()).toEqual(Object.keys(PYTHON.every.values).sort());
    for (const [name, { shape, values }] of Object.entries(PYTHON.every.values)) {
      const tensor = read.get(name)!;
      expect([name, tensor.dtype, tensor.shape]).toEqual([
        name,
        shape.length === 2 && shape[0] === 2 ? name : "float32",
        shape,
      ]);
      expect([name, Array.from(tensor.cast("float64").data)]).toEqual([name, values]);
    }
  }
});

it("bfloat16 is read, and bytes at odd places too", () => {
  const bytes = bytesOf(PYTHON.bfloat16);
  for (const shift of [0, 1]) {
    const moved = new Uint8Array(bytes.length + shift);
    moved.set(bytes, shift);
    const tensor = readSafetensors(moved.subarray(shift)).tensors.get("bfloat16")!;
    expect([tensor.dtype, [...tensor.cast("float32").data]]).toEqual(["bfloat16", [1, -2, 0.25]]);
  }
});

it("tensors lie at multiples of their element's size, whatever the names", () => {
  const odd = new Tensor([1], [1], "uint8");
  const pieces = writeSafetensors([
    ["1", odd],
    ["é", new Tensor([1.5], [1], "float64")],
    ["__proto__", odd],
  ]);
  expect(pieces[0]!.length % 8).toBe(0);
  const { tensors } = readSafetensors(joinBytes(pieces));
  expect([...tensors.keys()].sort()).toEqual(["1", "__proto__", "é"]);
  expect([...tensors.get("é")!.data]).toEqual([1.5]);
});

it("two tensors of one name, and strings, are not written", () => {
  const one = new Tensor([1]);
  const same = [
    ["a", one],
    ["a", one],
  ] as const;
  expect(() => writeSafetensors(same)).toThrow(/two have the same. Received: "a". Give the layers names of their own/);
  expect(() => writeSafetensors([["__metadata__", one]])).toThrow(/two have the same/);
  expect(() => writeSafetensors([["words", new Tensor(["x"], [1], "string")]])).toThrow(
    /has no strings, of which "words"/,
  );
});

describe("a file is refused that has", () => {
  const messages: Record<string, RegExp> = {
    "header longer than the file": /a header of 1048576 bytes. Expected: at most \d+/,
    "name twice": /two members of the same name. Received: "a"/,
    "unknown dtype": /a dtype without a counterpart here. Received: "Q4". Expected: BOOL, I8/,
    "offsets outside": /"a" ends at 4. Expected: at most 3, the end of the file/,
    overlap: /"b" begins at 2, inside another tensor. Expected: 4/,
    hole: /"b" begins at 5, behind bytes that belong to nothing. Expected: 4/,
    "bytes behind the last tensor": /1 bytes behind the last tensor. Expected: none/,
  };
  test.each(Object.entries(PYTHON.hostile))("%s", (name, { file }) => {
    const read = () => readSafetensors(bytesOf(file));
    expect(read).toThrow(FormatError);
    expect(read).toThrow(messages[name] ?? /./);
  });

  test("a header of more than 100 MB, before it is read", () => {
    const bytes = new Uint8Array(100_000_100);
    new DataView(bytes.buffer).setBigUint64(0, 100_000_001n, true);
    expect(() => readSafetensors(bytes)).toThrow("a header of 100000001 bytes. Expected: at most 100000000");
  });
});
