import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { joinBytes } from "../../src/core/join-bytes.js";
import { Tensor } from "../../src/core/tensor.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { openTar, type TarOptions } from "../../src/data/sources/tar.js";

interface Fixture {
  readonly tar: Readonly<Record<"ustar" | "gnu" | "pax" | "longName", string>> & { readonly png: number[][][] };
}

const path = join(import.meta.dirname, "../fixtures/keras/data_formats.json");
const { tar: fixture } = JSON.parse(readFileSync(path, "utf8")) as Fixture;
const decode = (coded: string): Uint8Array => new Uint8Array(inflateSync(Buffer.from(coded, "base64")));

async function read(bytes: Uint8Array, options?: TarOptions): Promise<Readonly<Record<string, unknown>>[]> {
  const files = memoryVfs();
  await files.writeFile("a.tar", bytes);
  const source = await openTar("a.tar", options, files);
  return [...(await source.read(0, source.length))];
}

describe("archives that Python wrote", () => {
  test.each(["ustar", "gnu", "pax"] as const)("%s: records by the names up to their first dot", async (form) => {
    const png = fixture.png.flat(2);
    const records = await read(decode(fixture[form]));
    const long = form === "ustar" ? fixture.longName.replaceAll("ß", "y") : fixture.longName;
    expect(records).toEqual([
      { __key__: "a/0001", cls: 3, txt: "grüß", png: new Tensor(new Uint8Array(png), [6, 5, 3], "uint8") },
      {
        __key__: "a/0002",
        json: { boxes: [1, 2] },
        npy: new Tensor([0, 1, 2, 3, 4, 5], [2, 3], "int16"),
        npz: { a: new Tensor(new Uint8Array([0, 1, 2])), b: new Tensor([1.5]) },
      },
      { __key__: long, "seg.bin": Uint8Array.from({ length: 768 }, (_, i) => i), id: -12 },
      { __key__: "b/0001", cls: 4 },
    ]);
  });

  test("fields by the endings named, the first that is there", async () => {
    const fields = { x: ["png", "json", "id", "cls"] };
    const records = await read(decode(fixture.pax), { fields, decode: false });
    expect(records.map(({ x }) => (x as Uint8Array).length)).toEqual([expect.any(Number), 17, 3, 1]);
    expect(Object.keys(records[0]!)).toEqual(["x"]);
    const [{ x }] = (await read(decode(fixture.pax), { fields, colorMode: "grayscale" })) as [{ x: Tensor }];
    expect(x.shape).toEqual([6, 5, 1]);
  });

  test("a record without a field is named", async () => {
    await expect(read(decode(fixture.gnu), { fields: { x: "cls" } })).rejects.toMatchObject({
      code: "missing-field",
      data: { path: "a.tar", record: 1, field: "x" },
      message: expect.stringContaining('"a/0002.cls"'),
    });
  });
});

/** A header made by hand, as those before POSIX. */
function entry(name: string, contents: Uint8Array, kind = "0", size?: Uint8Array): Uint8Array {
  const header = new Uint8Array(512);
  const put = (at: number, text: string): void => header.set(new TextEncoder().encode(text), at);
  put(0, name);
  if (size === undefined) put(124, `${contents.length.toString(8).padStart(11, "0")} `);
  else header.set(size, 124);
  put(156, kind);
  put(148, "        ");
  put(
    148,
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
  );
  return joinBytes([header, contents, new Uint8Array((512 - (contents.length % 512)) % 512)]);
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("headers", () => {
  test("old ones, sizes of base 256, an end without zeros", async () => {
    const wide = new Uint8Array(12);
    wide.set([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(await read(joinBytes([entry("a.txt", bytes("x"), "\0"), entry("b.txt", bytes("yz"), "0", wide)]))).toEqual([
      { __key__: "a", txt: "x" },
      { __key__: "b", txt: "yz" },
    ]);
  });

  test("nothing behind the end is read", async () => {
    expect(await read(joinBytes([entry("a.txt", bytes("x")), new Uint8Array(1024), bytes("garbage")]))).toHaveLength(1);
  });

  test("one key again, further on, is another record; one name twice in a record is an error", async () => {
    const [a, b] = [entry("a.txt", bytes("x")), entry("b.txt", bytes("y"))];
    expect(await read(joinBytes([a, b, a]))).toHaveLength(3);
    await expect(read(joinBytes([a, a]))).rejects.toMatchObject({ code: "tar-twice", data: { member: "a.txt" } });
  });

  const huge = new Uint8Array(12).fill(0xff);
  test.each([
    ["a compressed one", joinBytes([new Uint8Array([0x1f, 0x8b]), new Uint8Array(600).fill(7)]), "tar-damaged"],
    ["a size beyond the end", entry("a.txt", bytes("x"), "0", huge), "tar-damaged"],
    ["a size that is no number", entry("a.txt", bytes("x"), "0", bytes("12345678901x")), "tar-damaged"],
    ["a sparse file", entry("a.txt", bytes("x"), "S"), "tar-sparse"],
    ["an extended header that is none", entry("x", bytes("99 path=a\n"), "x"), "tar-damaged"],
    ["a size in it that is no number", entry("x", bytes("13 size=12x3\n"), "x"), "tar-damaged"],
    ["sparse in it", entry("x", bytes("23 GNU.sparse.major=1\n\n"), "x"), "tar-sparse"],
  ])("%s is refused", async (_name, archive, code) => {
    await expect(read(archive)).rejects.toMatchObject({ code, data: { path: "a.tar", at: 0 } });
  });

  test.each([
    ["cls", "three"],
    ["json", "{"],
    ["txt", "\xff"],
    ["npy", "no array"],
    ["npz", "no archive"],
    ["png", "no picture"],
  ])("a %s that is none is named", async (ending, text) => {
    const contents = new Uint8Array(Buffer.from(text, "latin1"));
    const archive = joinBytes([entry("a.txt", bytes("x")), entry(`b.${ending}`, contents)]);
    await expect(read(archive)).rejects.toMatchObject({
      data: { path: "a.tar", member: `b.${ending}` },
      message: expect.stringContaining(`"b.${ending}" of "a.tar"`),
    });
    expect((await read(archive, { decode: false }))[1]).toEqual({ __key__: "b", [ending]: contents });
  });
});
