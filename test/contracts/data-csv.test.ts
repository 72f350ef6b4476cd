import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { type CsvOptions, openCsv } from "../../src/data/sources/csv.js";

async function read(text: string | Uint8Array, options?: CsvOptions): Promise<readonly unknown[]> {
  const files = memoryVfs();
  await files.writeFile("t.csv", typeof text === "string" ? new TextEncoder().encode(text) : text);
  const source = await openCsv("t.csv", options, files);
  const out: unknown[] = [];
  for (const [i, start] of source.blocks!.entries()) {
    out.push(...(await source.read(start, source.blocks![i + 1] ?? source.length)));
  }
  return out;
}

async function typesOf(cells: readonly string[], options?: CsvOptions): Promise<unknown> {
  const files = memoryVfs();
  await files.writeFile("t.csv", new TextEncoder().encode(`a,b\n${cells.map((cell) => `${cell},x`).join("\n")}\n`));
  return (await openCsv("t.csv", options, files)).fields["a"];
}

describe("types are inferred", () => {
  test.each([
    [["1", "-2", " 3 ", "+4"], "int"],
    [["1", "", "3"], "float"],
    [["1", "2.5", "1e3", ".5", "-inf"], "float"],
    [["", "NA"], "float"],
    [["9007199254740993"], "string"],
    [["true", "False"], "bool"],
    [["true", ""], "string"],
    [["true", "1"], "string"],
    [["2020-01-01"], "string"],
    [["0x10"], "string"],
    [['"1"', '"2"'], "int"],
  ])("%j: %s", async (cells, type) => expect(await typesOf(cells)).toBe(type));

  test("from as many records as were asked for", async () => {
    expect(await typesOf(["1", "x"], { inferFrom: 1 })).toBe("int");
    expect(await typesOf(["1", "x"], { inferFrom: 2 })).toBe("string");
  });
});

test("numbers are those that JavaScript reads", async () => {
  const numbers = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.float({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toFixed(6)),
    fc.tuple(fc.bigInt(), fc.nat({ max: 30 })).map(([digits, places]) => `${digits}.${"0".repeat(places)}7`),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toExponential()),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(numbers, { minLength: 1 }), async (cells) => {
      const rows = await read(`a\n${cells.join("\n")}`, { types: { a: "float" } });
      expect(rows).toEqual(cells.map((cell) => ({ a: Number(cell) })));
    }),
  );
});

test("any text is split as csv-parse splits it, or refused where it refuses", async () => {
  const text = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", "a", "ß", " ", '""', "\t"), maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(text, async (body) => {
      const options = { types: { a: "string", b: "string" }, header: ["a", "b"] } as const;
      const ours = await read(body, options).catch((error: { code: string }) => error.code);
      let theirs: unknown;
      try {
        const rows = parse(body, { skip_empty_lines: true, record_delimiter: ["\r\n", "\n"] as string[] });
        theirs = rows.every((row) => row.length === 2) ? rows.map(([a, b]) => ({ a, b })) : "csv-fields";
      } catch {
        theirs = "refused";
      }
      if (typeof ours === "string") {
        // Of several wrong records each names the first it meets.
        expect(["csv-fields", "refused"]).toContain(theirs);
      } else expect(ours).toEqual(theirs);
    }),
    { numRuns: 500 },
  );
});

describe("options", () => {
  test("delimiter, quote, columns, header, missing and fill", async () => {
    const text = "a;b;c\n'1;x';-999;true\n2;5;\n";
    expect(
      await read(text, {
        delimiter: ";",
        quote: "'",
        missing: ["-999", ""],
        fill: { b: -1, c: false },
        types: { b: "int", c: "bool" },
      }),
    ).toEqual([
      { a: "1;x", b: -1, c: true },
      { a: "2", b: 5, c: false },
    ]);
    expect(await read("a,b,c\n1,2,3\n", { columns: ["c", "a"] })).toEqual([{ c: 3, a: 1 }]);
    expect(await read("1,2\n3,4\n", { header: false })).toEqual([
      { 0: 1, 1: 2 },
      { 0: 3, 1: 4 },
    ]);
    expect(await read(',b\n1,"x"\n', {})).toEqual([{ "Unnamed: 0": 1, b: "x" }]);
    expect(await read('a\n"x', { quote: null })).toEqual([{ a: '"x' }]);
  });

  test("encodings", async () => {
    const text = 'n,t\n1,"ß, 1"\n2,é\n';
    const expected = [
      { n: 1, t: "ß, 1" },
      { n: 2, t: "é" },
    ];
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    expect(await read(utf16, { encoding: "utf-16le" })).toEqual(expected);
    expect(await read(new Uint8Array(Buffer.from(text, "latin1")), { encoding: "latin1" })).toEqual(expected);
    await expect(read(utf16.subarray(1), { encoding: "utf-16le" })).rejects.toMatchObject({ code: "text-encoding" });
  });

  test.each([
    [{ columns: ["aa"] }, "missing-column"],
    [{ types: { z: "int" } }, "missing-column"],
    [{ delimiter: '"' }, "csv-signs"],
    [{ delimiter: "ab" }, "wrong-option"],
    [{ fill: { a: "x" } }, "wrong-option"],
    [{ header: ["a", "a"] }, "csv-header"],
  ] as const)("%j is refused: %s", async (options, code) => {
    await expect(read("a,b\n1,2\n", options as CsvOptions)).rejects.toMatchObject({ code });
  });

  test("a quote that is never closed does not make one record of a large file", async () => {
    const file = new Uint8Array(40 * 2 ** 20).fill(97);
    file.set(new TextEncoder().encode('a\n"'));
    await expect(read(file)).rejects.toMatchObject({ code: "record-too-long", data: { line: 2 } });
  });
});
