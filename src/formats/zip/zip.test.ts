import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../core/errors.js";
import { joinBytes } from "../../core/join-bytes.js";
import { splitTrailer, trailerOf } from "../trailer.js";
import { crc32, crc32ByTable } from "./crc32.js";
import { readZip, writeZip } from "./index.js";

const file = join(import.meta.dirname, "../../../test/fixtures/containers.json");
const fixtures = JSON.parse(readFileSync(file, "utf8")) as { zip: Record<string, string> };
const fixture = (name: string): Uint8Array => new Uint8Array(Buffer.from(fixtures.zip[name]!, "base64"));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

const entries = [
  { name: "metadata.json", bytes: utf8("{}") },
  { name: "größe.json", bytes: new Uint8Array(0) },
  { name: "model.weights.h5", bytes: Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) & 255) },
];

describe("crc32", () => {
  it("equals zip's checksum, with and without Node's routine", async () => {
    expect(crc32ByTable(utf8("123456789"))).toBe(0xcbf43926);
    expect(await crc32(entries[2]!.bytes)).toBe(crc32ByTable(entries[2]!.bytes));
  });
});

describe("writeZip", () => {
  it("is read back, names and order kept", async () => {
    const back = await readZip(joinBytes(await writeZip(entries)));
    expect([...back.keys()]).toEqual(entries.map(({ name }) => name));
    for (const { name, bytes } of entries) expect(Buffer.compare(back.get(name)!, bytes)).toBe(0);
  });

  it("writes equal bytes for equal contents", async () => {
    expect(joinBytes(await writeZip(entries))).toEqual(joinBytes(await writeZip(entries)));
  });

  it("takes a trailer as the archive's comment", async () => {
    const parts = await writeZip(entries, { trailer: true });
    const whole = joinBytes([...parts, await trailerOf(parts)]);
    expect((await splitTrailer(whole)).trailer).toBe("intact");
    expect((await readZip(whole)).size).toBe(3);
  });
});

describe("readZip", () => {
  it("reads what Python writes", async () => {
    expect([...(await readZip(fixture("good"))).keys()]).toEqual(["metadata.json", "config.json", "assets/a/b.txt"]);
    expect(text((await readZip(fixture("deflated"))).get("config.json"))).toBe("{}".repeat(500));
  });

  it.each([
    ["dotdot", "zip-"],
    ["inner dotdot", "zip-"],
    ["absolute", "zip-"],
    ["drive", "zip-"],
    ["duplicate", "zip-"],
    ["symlink", "zip-symlink"],
    ["bzip2", "zip-method"],
    ["bomb", "zip-too-large"],
    ["huge", "zip-too-large"],
    ["mismatch", "zip-damaged"],
    ["overlap", "zip-damaged"],
  ])("refuses %s", async (name, code) => {
    const error = await readZip(fixture(name)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FormatError);
    expect((error as FormatError).code).toMatch(code);
  });

  it("detects every flipped bit of a content, and every truncation", async () => {
    const whole = joinBytes(await writeZip([{ name: "a", bytes: utf8("0123456789") }]));
    for (let bit = 31 * 8; bit < 41 * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await expect(readZip(flipped)).rejects.toBeInstanceOf(FormatError);
    }
    for (let length = 0; length < whole.length; length++) {
      await expect(readZip(whole.subarray(0, length))).rejects.toBeInstanceOf(FormatError);
    }
  });
});
