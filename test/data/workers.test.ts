import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test } from "vitest";
import { PawlError } from "../../src/core/errors.js";
import { Tensor } from "../../src/core/tensor.js";
import type { RecordSource } from "../../src/data/index.js";
import { opened, parcelOf } from "../../src/data/workers/parcel.js";
import { data } from "../../src/index.js";
import { rows } from "./sources.js";

const module = new URL("./prepare.mjs", import.meta.url);
const open: { close(): Promise<void> }[] = [];
const kept = <R extends { close(): Promise<void> }>(records: R): R => {
  open.push(records);
  return records;
};
afterEach(async () => {
  for (const records of open.splice(0)) await records.close();
});

async function errorOf(run: () => unknown): Promise<PawlError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof PawlError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("workers", () => {
  test("give records in their order, whichever is done first", async () => {
    const slow = ({ x }: { readonly x: number }) => {
      const end = performance.now() + (x % 16 < 8 ? 3 : 0);
      while (performance.now() < end);
      return { x };
    };
    const made = await kept(rows(100).map(slow, { workers: 3 })).toArray();
    expect(made.map(({ x }) => x)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test("get any kind of value, and give it back as it was", async () => {
    const record = {
      n: 1,
      text: "ß",
      none: null,
      big: 5n,
      list: [[1, 2], ["a"]],
      day: new Date(5),
      tensor: new Tensor([1, 2, 3, 4], [2, 2], "int32"),
      part: new Float32Array([1, 2, 3, 4]).subarray(1, 3),
      bytes: Buffer.from("abc"),
      long: new Float64Array(3000).fill(7),
    };
    const same = (given: typeof record) => ({
      ...given,
      kinds: [
        given.tensor.constructor.name,
        given.bytes.constructor.name,
        given.tensor.at(1).toArray(),
        given.part.buffer.byteLength,
      ],
    });
    const plain = await data.records([record]).map(same).toArray();
    const made = await kept(data.records([record]).map(same, { workers: 1 })).toArray();
    expect(made).toEqual(plain.map((each) => ({ ...each, kinds: [expect.any(String), "Buffer", [3, 4], 8] })));
    expect(made[0]!.tensor).toBeInstanceOf(Tensor);
    expect(made[0]!.bytes.toString()).toBe("abc");
    expect(record.long).toHaveLength(3000);
  });

  test("large arrays are moved, not copied, where nobody else holds them", () => {
    for (const isOwned of [true, false]) {
      const [large, small] = [new Float32Array(5000).fill(3), new Float32Array(5).fill(3)];
      const parcel = parcelOf([{ large, small, twice: large }], isOwned);
      expect(parcel.moved).toHaveLength(isOwned ? 1 : 2);
      const [record] = opened(structuredClone(parcel.records, { transfer: parcel.moved })) as { large: Float32Array }[];
      expect([record!.large.length, large.length, small.length]).toEqual([5000, isOwned ? 0 : 5000, 5]);
    }
  });

  test("what a module keeps is not taken from it", async () => {
    const tables = kept(rows(60).map<{ table: Float64Array }>({ module, export: "withTable" }, { workers: 2 }));
    for (const [i, { table }] of (await tables.toArray()).entries()) {
      expect([table.length, table[0]]).toEqual([1000, (i % 2) + 1]);
    }
  });

  test("a module that keeps nothing spares the copy, and its records are the same", async () => {
    for (const keeps of [true, false]) {
      const large = kept(rows(20).map<{ large: Float64Array }>({ module, export: "fresh", keeps }, { workers: 1 }));
      for (const [i, { large: array }] of (await large.toArray()).entries())
        expect([array.length, array[999]]).toEqual([1000, i]);
    }
  });

  test("the default export, and a module in the calling thread", async () => {
    for (const workers of [0, 1]) {
      const made = await kept(rows(3).map<{ x: number }>({ module }, { workers })).toArray();
      expect(made).toEqual([0, 1, 2].map((x) => ({ x: -x })));
    }
  });

  test("functions of any form are sent, with packages that they import", async () => {
    const forms = {
      // Not written as code here, where vitest would put something else into the place of import.
      method: new Function(`return { async method({ x }) {
        const { join } = await import("node:path");
        const { parse } = await import("csv-parse");
        return { x: join(String(x), typeof parse) };
      } }.method`)() as (record: { readonly x: number }) => Promise<object>,
      function: function named({ x }: { readonly x: number }) {
        return { x: `${x}` };
      },
      arrow: async ({ x }: { readonly x: number }) => ({ x: `${x}` }),
    };
    const made = async (fn: (record: { readonly x: number }) => object) =>
      kept(rows(1).map(fn, { workers: 1 })).toArray();
    expect(await made(forms.method)).toEqual([{ x: "0/function" }]);
    expect(await made(forms.function)).toEqual([{ x: "0" }]);
    expect(await made(forms.arrow)).toEqual([{ x: "0" }]);
  });

  test("read no further ahead than they have work for", async () => {
    let read = 0;
    const source: RecordSource<{ readonly x: number }> = {
      length: 10_000,
      blocks: null,
      fields: {},
      async read(from, to) {
        read += to - from;
        return Array.from({ length: to - from }, (_, i) => ({ x: from + i }));
      },
      parts: async () => [],
    };
    const records = kept(data.Records.from(source, "counted").map((record) => record, { workers: 2 }));
    const pass = records.pass();
    await pass.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Two at work, two that wait, and the one that was asked for; eight records each.
    expect(read).toBe(40);
    await pass.return(undefined);
  });

  test("start when records are asked for, and end with them", async () => {
    const threads: Worker[] = [];
    const listen = (message: unknown) => void threads.push((message as { worker: Worker }).worker);
    subscribe("worker_threads", listen);
    const records = rows(100).map((record) => record, { workers: 3 });
    const batches = records.shuffle().batch(10);
    expect(threads).toHaveLength(0);
    expect(batches.batchesPerPass()).toBe(10);
    for (let round = 1; round <= 2; round++) {
      await records.toArray();
      expect(threads).toHaveLength(3 * round);
      await records.close();
      // A thread that has ended has no number.
      expect(threads.map(({ threadId }) => threadId)).toEqual(threads.map(() => -1));
    }
    unsubscribe("worker_threads", listen);
  });
});

describe("errors in workers", () => {
  test("say what they say without them, and name the record", async () => {
    const failing = ({ x }: { readonly x: number }) => {
      if (x === 37) throw new RangeError("thirty-seven");
      return { x };
    };
    const [here, there] = await Promise.all(
      [0, 2].map((workers) => errorOf(() => kept(rows(60).skip(5).map(failing, { workers })).toArray())),
    );
    expect(there!.message).toBe(here!.message);
    expect(there).toMatchObject({ code: "record-function", data: { record: "record 37 of records(60)" } });
    expect(there!.cause).toBeInstanceOf(RangeError);
  });

  test("name what the text of a function refers to", async () => {
    const scale = 2;
    const error = await errorOf(() => kept(rows(9).map(({ x }) => ({ x: x * scale }), { workers: 1 })).toArray());
    expect(error).toMatchObject({
      code: "function-outside",
      data: { record: "record 0 of records(9)", outside: "scale" },
    });
    expect(error.message).toMatch(/workers do not have "scale".+Define scale inside of it, or give it by its module/u);
  });

  class Own {
    value = 1;
  }
  test.each([
    [
      "what is of a class of the program's own",
      rows(3).map(() => ({ a: { b: [new Own()] } })),
      "record.a.b[0] is an object of class Own",
    ],
    ["a function", rows(3).map(() => ({ f: () => 1 })), "record.f is a function"],
  ])("name %s, which cannot come to a worker", async (_name, records, text) => {
    const error = await errorOf(() => kept(records.map((record: object) => record, { workers: 1 })).toArray());
    expect([error.code, error.message]).toEqual(["record-function", expect.stringContaining(text)]);
    expect(error.message).toContain("failed for record 0 of records(3)");
  });

  test("name what cannot come back", async () => {
    const records = rows(3).map(({ x }) => ({ x, f: x === 1 ? () => 1 : null }), { workers: 1 });
    const error = await errorOf(() => kept(records).toArray());
    expect(error.message).toMatch(/failed for record 1 of records\(3\)\. Received: record\.f is a function/u);
  });

  test.each([
    ["a built-in function", () => rows(3).map(Object.freeze.bind(null) as never, { workers: 1 }), "function-text"],
    ["no module", () => rows(3).map({ modul: "a.mjs" } as never), "unknown-option"],
    ["neither function nor module", () => rows(3).map(5 as never), "wrong-option"],
    ["a module that is not there", () => rows(3).map({ module: "/none.mjs" }, { workers: 1 }).toArray(), "map-module"],
    ["the same in the calling thread", () => rows(3).map({ module: "/none.mjs" }).toArray(), "map-module"],
    ["another name", () => rows(3).map({ module, export: "no" }, { workers: 1 }).toArray(), "map-module"],
    ["no function", () => rows(3).map({ module, export: "notAFunction" }, { workers: 1 }).toArray(), "map-module"],
    ["a URL that is no file", () => rows(3).map({ module: new URL("http://a.b/c.mjs") }), "path"],
    ["a number of workers that is none", () => rows(3).map((x) => x, { workers: -1 }), "wrong-option"],
  ])("%s", async (_name, run, code) => {
    const error = await errorOf(run);
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(/\S\. .+/)]);
  });

  test("a worker that ends is an error, and others take what follows", async () => {
    const records = kept(
      rows(64).map(
        ({ x }) => {
          if (x === 3) process.exit(7);
          return { x };
        },
        { workers: 2 },
      ),
    );
    expect(await errorOf(() => records.toArray())).toMatchObject({
      code: "worker-ended",
      parts: { received: "it ended with code 7" },
    });
    expect((await records.skip(8).toArray()).map(({ x }) => x)).toEqual(Array.from({ length: 56 }, (_, i) => i + 8));
  });
});
