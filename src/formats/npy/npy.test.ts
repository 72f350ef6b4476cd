import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DType } from "../../core/dtype.js";
import { FormatError } from "../../core/errors.js";
import { Tensor } from "../../core/tensor.js";
import { readNpy, readNpz, writeNpy, writeNpz } from "./index.js";

const file = join(import.meta.dirname, "../../../test/fixtures/containers.json");
type Coded = Record<string, string>;
const fixtures = JSON.parse(readFileSync(file, "utf8")) as { npy: Coded; npyRefused: Coded; npz: Coded };
const decode = (coded: string): Uint8Array => new Uint8Array(Buffer.from(coded, "base64"));
const count = Array.from({ length: 24 }, (_, i) => i);

const DTYPES: Record<string, DType> = {
  i1: "int8",
  u1: "uint8",
  "<i2": "int16",
  "<u2": "uint16",
  "<i4": "int32",
  "<u4": "uint32",
  "<i8": "int64",
  "<u8": "uint64",
  "<f4": "float32",
  "<f8": "float64",
  ">i4": "int32",
  ">f4": "float32",
  ">f8": "float64",
  fortran: "float32",
  "version 2": "float32",
  "version 3": "float32",
};

describe("readNpy", () => {
  it.each(Object.entries(DTYPES))("reads NumPy's %s", (name, dtype) => {
    const tensor = readNpy(decode(fixtures.npy[name]!));
    expect([tensor.dtype, tensor.shape]).toEqual([dtype, [2, 3, 4]]);
    expect([...tensor.data].map(Number)).toEqual(count);
  });

  it("reads booleans, half floats, scalars and empty arrays", () => {
    expect([...readNpy(decode(fixtures.npy["bool"]!)).data]).toEqual(count.map((i) => (i % 2 === 0 ? 1 : 0)));
    expect(readNpy(decode(fixtures.npy["<f2"]!)).data[1]).toBe(0x3c00);
    expect(readNpy(decode(fixtures.npy["scalar"]!)).item()).toBe(2.5);
    expect(readNpy(decode(fixtures.npy["empty"]!)).shape).toEqual([0, 3]);
  });

  it.each([
    ["pickle", "npy-pickle"],
    ["structured", "npy-dtype"],
    ["text", "npy-dtype"],
  ])("refuses %s", (name, code) => {
    const read = (): unknown => readNpy(decode(fixtures.npyRefused[name]!));
    expect(read).toThrow(FormatError);
    expect(read).toThrow(expect.objectContaining({ code }));
  });

  it("refuses files truncated anywhere", () => {
    const whole = decode(fixtures.npy["<f4"]!);
    for (let length = 0; length < whole.length; length++) {
      expect(() => readNpy(whole.subarray(0, length))).toThrow(FormatError);
    }
  });
});

describe("writeNpy", () => {
  it.each(["bool", "int8", "uint16", "int64", "float16", "float32", "float64"] as const)("keeps %s", (dtype) => {
    const tensor = new Tensor(dtype === "int64" ? [1n, 0n, 1n] : [1, 0, 1], [3, 1], dtype);
    const bytes = writeNpy(tensor);
    expect((bytes.length - tensor.byteLength) % 64).toBe(0);
    expect(readNpy(bytes)).toEqual(tensor);
  });

  it("refuses strings", () => {
    expect(() => writeNpy(new Tensor(["a"], [1], "string"))).toThrow("Strings cannot be written to a .npy file.");
  });
});

it("writes tensors from another thread, which lack the getters of their class", () => {
  const tensor = new Tensor([1, 2, 3], [3]);
  expect(writeNpy(structuredClone(tensor))).toEqual(writeNpy(tensor));
});

describe("npz", () => {
  it.each(["savez", "compressed"])("reads NumPy's %s", async (name) => {
    const arrays = await readNpz(decode(fixtures.npz[name]!));
    expect([...arrays.keys()]).toEqual(["x", "y"]);
    expect([...arrays.get("x")!.data]).toEqual(count);
    expect(arrays.get("y")!.data).toEqual(new BigInt64Array([1n, 2n]));
  });

  it("is read back", async () => {
    const arrays = { a: Tensor.zeros([2, 2]), "b/c": Tensor.scalar(3, "int32") };
    expect(await readNpz(await writeNpz(arrays))).toEqual(new Map(Object.entries(arrays)));
  });
});
