import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { npy } from "../../src/data/index.js";
import { openNpy } from "../../src/data/sources/npy.js";
import { openNpz } from "../../src/data/sources/npz.js";
import { readNpy, writeNpy } from "../../src/formats/index.js";

const fixtureAt = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures", name), "utf8"));
const ours = fixtureAt("keras/data_formats.json") as {
  readonly words: readonly string[];
  readonly npy: Readonly<Record<string, string>>;
  readonly npz: Readonly<Record<string, string>>;
};
const containers = fixtureAt("containers.json") as { readonly npy: Readonly<Record<string, string>> };
const decode = (coded: string): Uint8Array => new Uint8Array(Buffer.from(coded, "base64"));

async function disk(files: Readonly<Record<string, Uint8Array>>): Promise<Vfs> {
  const made = memoryVfs();
  for (const [path, bytes] of Object.entries(files)) await made.writeFile(path, bytes);
  return made;
}

async function rowsOf(bytes: Uint8Array): Promise<unknown[]> {
  const source = await openNpy("a.npy", await disk({ "a.npy": bytes }));
  return (await source.read(0, source.length)).map(({ x }) => x);
}

describe("rows of arrays that NumPy wrote", () => {
  const inOrder = Object.entries(containers.npy).filter(([name]) => !["fortran", "scalar", "empty"].includes(name));
  test.each(inOrder)("%s: those of the array read whole", async (_name, coded) => {
    const whole = readNpy(decode(coded));
    const rows = (await rowsOf(decode(coded))) as Tensor[];
    const half = whole.dtype === "float16";
    expect(rows.map(({ dtype }) => dtype)).toEqual(rows.map(() => (half ? "float32" : whole.dtype)));
    expect(rows.map((row) => row.toArray())).toEqual((half ? whole.cast("float32") : whole).toArray());
  });

  test.each([
    ["text", ours.words],
    ["text, big-endian", ours.words],
    ["text of two axes", [new Tensor(["a", "bc"], [2], "string"), new Tensor(["ß", ""], [2], "string")]],
    ["bytes", ours.words],
    ["int64", [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1)]],
    ["uint64 of two axes", [2n ** 64n - 1n, 1n].map((n) => new Tensor(new BigUint64Array([n]), [1], "uint64"))],
    ["bool", [true, false, true]],
    ["half", [new Tensor(new Float32Array([0.5, 65504, 2 ** -24, Number.POSITIVE_INFINITY]), [4], "float32")]],
    [
      "float64, big-endian",
      [0, 1].map(
        (r) =>
          new Tensor(
            [0, 1, 2].map((c) => (3 * r + c) / 3),
            [3],
            "float64",
          ),
      ),
    ],
    ["Fortran, one axis", [0, 1, 2, 3]],
  ] as const)("%s", async (name, expected) => {
    expect(await rowsOf(decode(ours.npy[name]!))).toEqual(expected);
  });

  test.each([
    ["bytes of no text", "text-encoding"],
    ["int64, too large", "unsafe-integer"],
    ["Fortran", "npy-order"],
    ["scalar", "npy-rows"],
    ["no bytes", "npy-rows"],
    ["complex", "npy-dtype"],
    ["date", "npy-dtype"],
    ["pickled", "npy-pickle"],
    ["structured", "npy-dtype"],
  ])("%s is refused: %s", async (name, code) => {
    await expect(rowsOf(decode(ours.npy[name]!))).rejects.toMatchObject({
      code,
      data: { path: "a.npy" },
      message: expect.stringContaining('"a.npy"'),
    });
  });
});

describe("fields", () => {
  const row = (i: number): Tensor => new Tensor([i, -i], [2]);
  const part = (from: number, to: number): Uint8Array =>
    writeNpy(
      new Tensor(
        Array.from({ length: 2 * (to - from) }, (_, i) => (from + (i >> 1)) * (i % 2 ? -1 : 1)),
        [to - from, 2],
      ),
    );
  const labels = writeNpy(new Tensor([0, 1, 2, 3, 4], [5], "uint8"));

  test("of several files each, cut at other places", async () => {
    const files = await disk({ "x-0.npy": part(0, 2), "x-1.npy": part(2, 2), "x-2.npy": part(2, 5), "y.npy": labels });
    const source = await openNpy({ x: "x-*.npy", y: "y.npy" }, files);
    expect(await source.read(1, 4)).toEqual([1, 2, 3].map((i) => ({ x: row(i), y: i })));
    expect((await source.parts()).map(({ name }) => name)).toEqual(["x-0.npy", "x-1.npy", "x-2.npy", "y.npy"]);
  });

  test("of different lengths or kinds are refused", async () => {
    const files = await disk({ "a.npy": part(0, 2), "y.npy": labels });
    await expect(openNpy({ x: "a.npy", y: "y.npy" }, files)).rejects.toMatchObject({ code: "npy-rows" });
    await expect(openNpy(["a.npy", "y.npy"], files)).rejects.toMatchObject({ code: "npy-differ" });
    await expect(openNpy({}, files)).rejects.toMatchObject({ code: "no-paths" });
  });
});

describe("npz", () => {
  const archive = (name: string) => disk({ "m.npz": decode(ours.npz[name]!) });
  const arrays = { x: "x_train", y: "y_train" };

  test.each(["stored", "compressed"])("%s: arrays that belong together, under other names", async (name) => {
    const source = await openNpz("m.npz", { arrays }, await archive(name));
    expect(source.fields).toEqual({ x: "uint8 (3, 4)", y: "int64" });
    const read = await source.read(3, 5);
    expect(read.map(({ y }) => y)).toEqual([3, 4]);
    expect([...(read[1]!["x"] as Tensor).data]).toEqual(Array.from({ length: 12 }, (_, i) => 48 + i));
  });

  test("arrays of different lengths need names, which must be there", async () => {
    await expect(openNpz("m.npz", undefined, await archive("stored"))).rejects.toMatchObject({ code: "npy-rows" });
    const wrong = openNpz("m.npz", { arrays: { x: "x_trai" } }, await archive("stored"));
    await expect(wrong).rejects.toThrow('Did you mean "x_train"?');
  });

  test("compressed arrays keep within memoryLimit", async () => {
    const opened = openNpz("m.npz", { arrays, memoryLimit: 100 }, await archive("compressed"));
    await expect(opened).rejects.toMatchObject({ code: "npz-memory", data: { path: "m.npz" } });
    expect((await openNpz("m.npz", { arrays, memoryLimit: 0 }, await archive("stored"))).length).toBe(5);
  });

  test("damage of a compressed array is found when it is opened", async () => {
    const bytes = decode(ours.npz["compressed"]!);
    bytes[100]! ^= 4;
    const opened = openNpz("m.npz", { arrays }, await disk({ "m.npz": bytes }));
    await expect(opened).rejects.toMatchObject({ code: "zip-damaged", data: { path: "m.npz" } });
  });

  test("a file of another kind is refused with its name", async () => {
    const opened = openNpz("m.npz", undefined, await disk({ "m.npz": part }));
    await expect(opened).rejects.toMatchObject({ code: "zip-damaged", data: { path: "m.npz" } });
  });
  const part = writeNpy(Tensor.zeros([3, 2]));
});

describe("rows in any order, from a disk", () => {
  const path = join(mkdtempSync(join(tmpdir(), "pawl-npy-")), "a.npy");
  const array = new Tensor(
    Float32Array.from({ length: 300 }, (_, i) => i),
    [100, 3],
  );

  test("are those of the array, each once", async () => {
    writeFileSync(path, writeNpy(array));
    const rows = await (await npy(path)).shuffle({ seed: 3 }).toArray();
    const numbers = rows.map(({ x }) => (x as Tensor).data[0]! / 3);
    expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(100);
    for (const { x } of rows) expect([...(x as Tensor).data]).toEqual([0, 1, 2].map((k) => (x as Tensor).data[0]! + k));
  });

  test("of a file that was cut short are an error with its name", async () => {
    writeFileSync(path, writeNpy(array));
    const records = (await npy(path)).shuffle();
    writeFileSync(path, writeNpy(array).subarray(0, 1000));
    await expect(records.toArray()).rejects.toMatchObject({ code: "data-cut-short", data: { path } });
  });
});
