import { describe, expect, test } from "vitest";
import type { Vfs } from "../../core/vfs.js";
import { memoryVfs } from "../../core/vfs-memory.js";
import { isMissing } from "./missing.js";
import { RecordReader } from "./record-reader.js";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines = (...events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join("");

async function diskWith(text: string | Uint8Array): Promise<Vfs> {
  const files = memoryVfs();
  await files.makeFolder("run");
  await files.writeFile("run/log.jsonl", typeof text === "string" ? encode(text) : text);
  return files;
}

async function read(text: string | Uint8Array): Promise<RecordReader> {
  const record = new RecordReader(await diskWith(text), "run");
  await record.update();
  return record;
}

const batch = (step: number, loss: number | string, more: object = {}): object => ({
  event: "batch",
  time: 1000 + step,
  step,
  epoch: 0,
  batch: step,
  logs: { loss },
  rates: { learning_rate: 0.1 },
  stepMs: 2,
  ...more,
});
const start = (step: number, more: object = {}): object => ({ event: "start", time: 1, step, format: 1, ...more });

const curve = (record: RecordReader): [number, number][] =>
  Array.from(record.batches.step, (step, row) => [step, record.batches.column("loss")![row]!]);

describe("points", () => {
  test("are columns by key: logs, rates, step time and norms", async () => {
    const { batches, epochs } = await read(
      lines(
        batch(1, 3, { norms: { weights: 5, gradients: 0.5, "dense/kernel": 4 } }),
        batch(2, "NaN", { stepMs: null }),
        { event: "epoch", time: 9, step: 2, epoch: 0, logs: { loss: 2, val_loss: 4 }, rates: {}, seconds: 0.25 },
      ),
    );
    expect([batches.length, [...batches.keys].sort()]).toEqual([
      2,
      ["learning_rate", "loss", "norm/dense/kernel", "norm/gradients", "norm/weights", "step_ms"],
    ]);
    expect([...batches.step, ...batches.time, ...batches.batch]).toEqual([1, 2, 1001, 1002, 1, 2]);
    expect([...batches.column("loss")!]).toEqual([3, Number.NaN]);
    expect([...batches.column("step_ms")!]).toEqual([2, Number.NaN]);
    expect([...batches.column("norm/dense/kernel")!]).toEqual([4, Number.NaN]);
    expect(batches.column("nothing")).toBeUndefined();
    expect([...epochs.keys]).toEqual(["seconds", "loss", "val_loss"]);
    expect([epochs.epoch[0], epochs.column("seconds")![0]]).toEqual([0, 0.25]);
  });

  test("the last value of a key is the last that was recorded, a NaN too", async () => {
    const { batches } = await read(lines(batch(1, 3, { logs: { loss: 3, val: 7 } }), batch(2, 2), batch(3, "NaN")));
    expect(batches.last("loss")).toEqual({ row: 2, value: Number.NaN });
    expect(batches.last("val")).toEqual({ row: 0, value: 7 });
  });

  test("a NaN that was recorded is told from a value that was not, in any order of points", async () => {
    const { batches } = await read(
      lines(batch(1, "NaN"), batch(2, 2, { logs: {} }), batch(4, 1), batch(3, "NaN"), batch(5, 0, { logs: {} })),
    );
    const loss = batches.column("loss")!;
    expect([...loss].map((value, row) => (isMissing(loss, row) ? "none" : value))).toEqual([
      Number.NaN,
      "none",
      Number.NaN,
      1,
      "none",
    ]);
    expect(batches.last("loss")).toEqual({ row: 3, value: 1 });
  });

  test("after a crash those that were computed again count, in order of steps, and the others stay", async () => {
    const record = await read(
      lines(start(0), batch(1, 10), batch(2, 20), batch(3, 30), batch(4, 40), start(2), batch(3, 33), batch(5, 55)),
    );
    expect(curve(record)).toEqual([
      [1, 10],
      [2, 20],
      [3, 33],
      [4, 40],
      [5, 55],
    ]);
  });

  test("a start that turns back ends what was after its step, and a drift ends nothing", async () => {
    const record = await read(
      lines(batch(1, 10), batch(2, 20), batch(3, 30), start(1, { turnsBack: true }), batch(2, 22), {
        event: "drift",
        time: 1,
        step: 1,
        point: "batch",
        key: "loss",
        before: 20,
        now: 22,
      }),
    );
    expect(curve(record)).toEqual([
      [1, 10],
      [2, 22],
    ]);
    expect(record.drifts).toHaveLength(1);
  });

  test("a later turn back does not touch what came after it", async () => {
    const record = await read(
      lines(batch(4, 1), start(2, { turnsBack: true }), batch(3, 2), start(1, { turnsBack: true }), batch(4, 3)),
    );
    expect(curve(record)).toEqual([[4, 3]]);
  });

  test("of a log of older Pawl come along", async () => {
    const { epochs, batches } = await read(
      lines({ epoch: 0, step: 5, loss: 2, val_loss: "Infinity" }, { step: 1, loss: 4 }),
    );
    expect([epochs.step[0], epochs.column("val_loss")![0]]).toEqual([5, Number.POSITIVE_INFINITY]);
    expect([batches.step[0], batches.column("loss")![0], batches.time[0]]).toEqual([1, 4, Number.NaN]);
  });
});

describe("what is read while others write", () => {
  test("each update reads only what was added", async () => {
    const files = await diskWith(lines(batch(1, 10)));
    let read = 0;
    const counting: Vfs = {
      ...files,
      readRange: async (path, from, length) => {
        const bytes = await files.readRange(path, from, length);
        read += bytes.length;
        return bytes;
      },
    };
    const record = new RecordReader(counting, "run");
    expect(await record.update()).toBe(true);
    expect(await record.update()).toBe(false);
    read = 0;
    const more = encode(lines(batch(2, 20)));
    await files.appendFile("run/log.jsonl", more);
    expect(await record.update()).toBe(true);
    // What stood before is compared.
    expect(read).toBeLessThanOrEqual(more.length + 128);
    expect(curve(record)).toEqual([
      [1, 10],
      [2, 20],
    ]);
  });

  test("cut anywhere, a line counts once, when it is whole", async () => {
    const text = encode(lines(batch(1, 10, { logs: { loss: 10, "größe 😀": 7 } }), batch(2, 20)));
    for (let cut = 0; cut <= text.length; cut++) {
      const files = await diskWith(text.subarray(0, cut));
      const record = new RecordReader(files, "run");
      await record.update();
      const atFirst = curve(record).length;
      await files.appendFile("run/log.jsonl", text.subarray(cut));
      await record.update();
      expect([atFirst <= 2, curve(record), record.batches.column("größe 😀")?.[0]]).toEqual([
        true,
        [
          [1, 10],
          [2, 20],
        ],
        7,
      ]);
      expect(record.passedOver).toMatchObject({ cut: 0, noJson: 0 });
    }
  });

  test("the last line counts without its newline, when it is whole", async () => {
    const record = await read(lines(batch(1, 10)).trimEnd());
    expect([record.batches.length, record.passedOver.cut]).toEqual([1, 0]);
    expect((await read('{"event":"batch","step":1,"lo')).passedOver.cut).toBe(1);
  });

  test("a file that was replaced is read anew, a shorter and a longer one, and a missing one is empty", async () => {
    const files = await diskWith(lines(batch(1, 10), batch(2, 20)));
    const record = new RecordReader(files, "run");
    await record.update();
    await files.writeFile("run/log.jsonl", encode(lines(batch(7, 70))));
    expect([await record.update(), curve(record)]).toEqual([true, [[7, 70]]]);
    await files.writeFile("run/log.jsonl", encode(lines(batch(8, 80), batch(9, 90))));
    await record.update();
    expect(curve(record)).toEqual([
      [8, 80],
      [9, 90],
    ]);
    await files.remove("run/log.jsonl");
    expect([await record.update(), record.batches.length, record.size]).toEqual([true, 0, null]);
    expect(await record.update()).toBe(false);
  });
});

describe("events", () => {
  test("are kept as they were recorded, with what is missing filled in", async () => {
    const record = await read(
      lines(
        start(0, { parent: { run: "runs/a", step: 4, file: "c.pawl", state: "ab" }, seed: 7, epochs: 3 }),
        { event: "save", time: 2, step: 3, file: "checkpoint-000001-step-3.pawl", bytes: 9, finite: true, score: 0.5 },
        { event: "warning", time: 2, step: 3, text: "careful" },
        { event: "histogram", time: 2, step: 3, epoch: 1, weights: { k: { min: 0, max: 1, counts: [1, 2] } } },
        { event: "fork", time: 2, step: 3, child: "runs/b" },
        { event: "stop", time: 3, step: 3, why: "signal", by: "SIGTERM" },
        start(3, { resumes: true }),
      ),
    );
    expect(record.starts.map(({ resumes, step }) => [resumes, step])).toEqual([
      [false, 0],
      [true, 3],
    ]);
    expect(record.parent).toEqual({ run: "runs/a", step: 4, file: "c.pawl", state: "ab" });
    expect(record.starts[0]).toMatchObject({ seed: 7, epochs: 3, kind: "fit", program: { path: null, git: null } });
    expect(record.saves[0]).toMatchObject({ step: 3, score: 0.5, chain: "" });
    expect(record.warnings[0]!.text).toBe("careful");
    expect(record.histograms[0]!.weights["k"]).toEqual({ min: 0, max: 1, counts: [1, 2] });
    expect(record.forks[0]!.child).toBe("runs/b");
    expect(record.stops[0]).toMatchObject({ why: "signal", by: "SIGTERM" });
    expect([record.step, record.time]).toEqual([3, 1]);
  });

  test("what is unknown, wrong or no JSON is passed over and counted", async () => {
    const record = await read(
      `${lines({ event: "later", step: 1 }, { event: "batch", step: -1 }, { event: "stop", step: 1, why: "x" })}{"event":\n[1]\n\n${lines(batch(1, 10, { logs: { loss: 10, no: {}, odd: "x" } }))}`,
    );
    expect(record.passedOver).toEqual({ cut: 0, noJson: 2, unknown: 1, wrong: 2, tooLong: 0, values: 2, old: 0 });
    expect(curve(record)).toEqual([[1, 10]]);
  });
});

describe("hostile records take bounded time and memory", () => {
  const line = (text: string): string => `${text}\n${lines(batch(1, 10))}`;
  test.each([
    ["a line of 10 MB", line(`{"event":"warning","step":1,"text":"${"x".repeat(1e7)}"}`), { tooLong: 1 }],
    [
      "deep nesting",
      line(`{"event":"start","step":1,"config":{"model":${"[".repeat(3e4)}${"]".repeat(3e4)}}}`),
      { noJson: 1 },
    ],
    [
      "deep nesting in a long line",
      line(`{"event":"start","step":1,"x":${"[".repeat(1e6)}${"]".repeat(1e6)}}`),
      { noJson: 1 },
    ],
    ["huge numbers", line('{"event":"batch","step":1e300,"logs":{"loss":1e999}}'), { wrong: 1 }],
    ["wrong types", line('{"event":"batch","step":1,"logs":[1,2],"rates":3,"norms":"x","time":{}}'), {}],
    [
      "10^5 keys",
      line(`{"event":"batch","step":1,"logs":{${Array.from({ length: 1e5 }, (_, i) => `"k${i}":1`).join()}}}`),
      {},
    ],
  ])("%s", async (_, text, passedOver) => {
    const record = await read(text);
    expect(record.passedOver).toMatchObject(passedOver);
    expect(record.batches.column("loss")!.at(-1)).toBe(10);
    expect(record.batches.keys.length).toBeLessThanOrEqual(8192);
  });

  test("names of JavaScript's own are keys like others", async () => {
    const logs = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}') as object;
    const { batches } = await read(lines({ event: "batch", step: 1, logs }));
    expect(batches.keys.map((key) => [key, batches.column(key)![0]])).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
      ["toString", 3],
    ]);
  });

  test("columns with a value here and there take no more than the file justifies", async () => {
    const some = Array.from({ length: 2e4 }, (_, i) => `{"step":${i},"k${i % 4000}":1}\n`).join("");
    const { batches, passedOver } = await read(some);
    expect(batches.length).toBe(2e4);
    expect(passedOver.values).toBeGreaterThan(0);
  });
});
