import { describe, expect, test } from "vitest";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { Records } from "../../src/data/index.js";
import { openCsv } from "../../src/data/sources/csv.js";
import { damagedRows, rows } from "./sources.js";

const numbersOf = async (records: { pass(options?: { epoch: number }): AsyncIterable<object> }, epoch = 0) => {
  const found: number[] = [];
  for await (const record of records.pass({ epoch })) found.push((record as { x: number }).x);
  return found;
};
const isSound = (i: number): boolean => i % 5 !== 3;

describe('onError("skip")', () => {
  test("leaves out damaged records and no others, counts each once, and keeps what was wrong with the first", async () => {
    const records = damagedRows(40).onError("skip");
    expect(await numbersOf(records)).toEqual(Array.from({ length: 40 }, (_, i) => i).filter(isSound));
    expect(records.skipped.count).toBe(8);
    await numbersOf(records.shuffle(), 1);
    expect(records.skipped.count).toBe(8);
    expect(records.skipped.first).toContain('"damaged.bin", row 3: damaged');
  });

  test("others have the places and random numbers that they have without damage", async () => {
    const made = (records: Records<{ readonly x: number; readonly y: number }>) =>
      numbersOf(records.shuffle().map(({ x }, { random }) => ({ x: x + random.uniform() })));
    const whole = await made(rows(40));
    expect(await made(damagedRows(40).onError("skip"))).toEqual(whole.filter((x) => isSound(Math.floor(x))));
  });

  test("batches are full, and how many there are shows at the end", async () => {
    const batches = damagedRows(40).onError("skip").batch(10);
    expect([batches.rows, batches.batchesPerPass()]).toEqual([null, null]);
    const stream = batches.open({ batchSize: 32, shuffle: false, seed: 0, pass: 0, from: 0, state: null });
    const sizes: number[] = [];
    for (let batch = await stream.next(); batch !== null; batch = await stream.next()) sizes.push(batch.rows);
    expect(sizes).toEqual([10, 10, 10, 2]);
  });

  test("a damaged line of a CSV file is left out; a file that is cut off is an error", async () => {
    const files = memoryVfs();
    const text = `a,b\n${Array.from({ length: 3000 }, (_, i) => (i % 1000 === 7 ? "1,x" : `${i},${i}`)).join("\n")}\n`;
    await files.writeFile("t.csv", new TextEncoder().encode(text));
    const open = async () =>
      Records.from(await openCsv("t.csv", { types: { b: "int" } }, files), "csv").onError("skip");
    const records = await open();
    expect(await records.toArray()).toHaveLength(2997);
    expect(records.skipped.count).toBe(3);
    const cut = await open();
    await files.truncate("t.csv", 100);
    await expect(cut.toArray()).rejects.toMatchObject({ code: "data-cut-short" });
  });

  test("an option that is none, and records without numbers, are refused", () => {
    expect(() => damagedRows(9).onError("ignore" as "skip")).toThrow(/Records.onError/u);
    expect(() =>
      rows(9)
        .filter(() => true)
        .onError("skip"),
    ).toThrow(expect.objectContaining({ code: "records-without-numbers" }));
  });
});
