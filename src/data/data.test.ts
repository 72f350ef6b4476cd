import { describe, expect, it } from "vitest";
import type { Json } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import {
  ArrayDataset,
  type Batch,
  type BatchOrder,
  type Dataset,
  fromGenerator,
  isDataset,
  permutation,
  permutationInBatch,
  splitValidation,
  toTensors,
} from "./index.js";

const order: BatchOrder = { batchSize: 4, shuffle: false, seed: 1, pass: 0 };

async function all(data: Dataset, options: Partial<BatchOrder> = {}): Promise<Batch[]> {
  const stream = data.open({ ...order, ...options });
  const out: Batch[] = [];
  for (let batch = await stream.next(); batch !== null; batch = await stream.next()) out.push(batch);
  await stream.close();
  return out;
}

const rowsOf = (batches: readonly Batch[]): number[][] => batches.map(({ x }) => [...x[0]!.data].map(Number));

/** n rows of three numbers, the first of which is the row's index; labels equal the index. */
function numbered(n: number): ArrayDataset {
  const x = Array.from({ length: n }, (_, i) => [i, i + 0.25, i + 0.5]);
  return new ArrayDataset({ x, y: Int32Array.from({ length: n }, (_, i) => i) });
}

describe("ArrayDataset", () => {
  it("gives rows in order, the last batch smaller", async () => {
    const data = numbered(10);
    const batches = await all(data);
    expect(batches.map(({ rows }) => rows)).toEqual([4, 4, 2]);
    expect(data.batchesPerPass(4)).toBe(3);
    expect(batches[2]!.x[0]!.tolist()).toEqual([
      [8, 8.25, 8.5],
      [9, 9.25, 9.5],
    ]);
    expect(batches[2]!.y[0]!.data).toEqual(new Int32Array([8, 9]));
    expect(batches[0]!.sampleWeight).toEqual([]);
  });

  it("shuffles all arrays alike: a new order each pass, the same order for the same seed", async () => {
    const data = numbered(10);
    const first = await all(data, { shuffle: true });
    expect(first.flatMap(({ y }) => [...y[0]!.data])).toEqual([...permutation(10, 1, 0)]);
    for (const { x, y } of first)
      expect(rowsOf([{ rows: 0, x, y, sampleWeight: [] }])[0]!.filter((_, i) => i % 3 === 0)).toEqual([...y[0]!.data]);
    expect(await all(data, { shuffle: true })).toEqual(first);
    expect(await all(data, { shuffle: true, pass: 1 })).not.toEqual(first);
    expect(await all(data, { shuffle: true, seed: 2 })).not.toEqual(first);
  });

  it('shuffles inside batches only with shuffle: "batch"', async () => {
    const batches = await all(numbered(10), { shuffle: "batch" });
    const labels = batches.map(({ y }) => [...y[0]!.data] as number[]);
    expect(labels.map((batch) => [...batch].sort((a, b) => a - b))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(labels[0]).toEqual([...permutationInBatch(4, 1, 0, 0)]);
    expect(labels[1]).toEqual([...permutationInBatch(4, 1, 0, 1)].map((row) => row + 4));
  });

  it.each([false, true, "batch"] as const)("starts at any batch directly (shuffle %s)", async (shuffle) => {
    const whole = await all(numbered(10), { shuffle });
    for (let from = 0; from <= 3; from++) expect(await all(numbered(10), { shuffle, from })).toEqual(whole.slice(from));
  });

  it("gives copies, not views of the user's arrays", async () => {
    const x = new Float32Array([1, 2, 3, 4]);
    const [batch] = await all(new ArrayDataset({ x: { data: x, shape: [4, 1] } }));
    x[0] = 9;
    expect(batch!.x[0]!.data[0]).toBe(1);
  });

  it("reuses the memory of recycled batches only", async () => {
    const order = [...permutation(10, 1, 0)];
    const stream = numbered(10).open({ batchSize: 4, shuffle: true, seed: 1, pass: 0 });
    const first = (await stream.next())!;
    const second = (await stream.next())!;
    expect(second.x[0]!.data).not.toBe(first.x[0]!.data);
    expect([...first.y[0]!.data]).toEqual(order.slice(0, 4));
    stream.recycle!(second);
    const last = (await stream.next())!;
    expect([...last.y[0]!.data]).toEqual(order.slice(8));
    const again = numbered(10).open({ batchSize: 5, shuffle: true, seed: 1, pass: 0 });
    const one = (await again.next())!;
    again.recycle!(one);
    const two = (await again.next())!;
    expect(two.x[0]!.data).toBe(one.x[0]!.data);
    expect([...two.y[0]!.data]).toEqual(order.slice(5));
    expect(two.x[0]!.tolist()).toEqual(order.slice(5).map((row) => [row, row + 0.25, row + 0.5]));
  });

  it.each([true, false, "batch"] as const)(
    "gives the same batches when prepared ahead (shuffle: %s)",
    async (shuffle) => {
      const order: BatchOrder = { batchSize: 4, shuffle, seed: 1, pass: 2, from: 1 };
      const expected = await all(numbered(19), order);
      const stream = numbered(19).open(order);
      const batches: Batch[] = [];
      for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
        const before = batch.x.map((x) => x.tolist());
        for (let i = 0; i < batches.length % 3; i++) stream.prepare!();
        expect(batch.x.map((x) => x.tolist())).toEqual(before);
        batches.push({ ...batch, x: batch.x.map((x) => new Tensor(x.data.slice() as Float32Array, x.shape)) });
        if (batches.length > 1) stream.recycle!(batch);
      }
      expect(batches.map(({ x }) => x[0]!.tolist())).toEqual(expected.map(({ x }) => x[0]!.tolist()));
      stream.prepare!();
      expect(await stream.next()).toBeNull();
    },
  );

  it("takes several inputs, outputs and weights, and strings", async () => {
    const data = new ArrayDataset({
      x: [Tensor.zeros([3, 2]), new Tensor(["a", "b", "c"], [3], "string")],
      y: [new Float32Array([1, 2, 3]), new Int32Array([4, 5, 6])],
      sampleWeight: new Float32Array([1, 0, 1]),
    });
    const [batch] = await all(data, { shuffle: true });
    expect(batch!.x.map(({ shape }) => shape)).toEqual([[3, 2], [3]]);
    const rows = [...permutation(3, 1, 0)];
    expect(batch!.x[1]!.data).toEqual(rows.map((row) => "abc"[row]));
    expect([...batch!.y[1]!.data]).toEqual(rows.map((row) => 4 + row));
    expect(batch!.sampleWeight).toHaveLength(1);
  });

  it("refuses arrays of different lengths", () => {
    expect(() => new ArrayDataset({ x: [[1], [2]], y: [1, 2, 3] })).toThrow(
      "The arrays have different numbers of samples. Received: x: 2, y: 3. Expected: the same first dimension for all.",
    );
    expect(() => new ArrayDataset({ x: [Tensor.zeros([2, 1]), Tensor.zeros([3, 1])] })).toThrow("x[0]: 2, x[1]: 3");
    expect(() => new ArrayDataset({ x: Tensor.zeros([0, 3]) })).toThrow("There is no data. Received: x: 0.");
    expect(() => new ArrayDataset({ x: 5 as never })).toThrow("x has no axis of samples. Received: shape ().");
    expect(() => new ArrayDataset({ x: Tensor.scalar(1) })).toThrow("x has no axis of samples. Received: shape ().");
  });
});

describe("splitValidation", () => {
  // keras.src.trainers.data_adapters.array_data_adapter.train_validation_split
  it.each([
    [10, 0.2, 8],
    [10, 0.25, 7],
    [7, 0.3, 4],
    [10, 0.1, 9],
  ])("of %i samples at %f trains on the first %i", (n, fraction, kept) => {
    const { training, validation } = splitValidation(numbered(n), fraction);
    expect([training.rows, validation.rows]).toEqual([kept, n - kept]);
    expect(validation.y[0]!.data[0]).toBe(kept);
    expect(validation.x[0]!.tolist()).toEqual(numbered(n).x[0]!.slice(kept, n).tolist());
  });

  it("refuses splits that leave one side empty, and fractions outside 0 to 1", () => {
    expect(() => splitValidation(numbered(1), 0.5)).toThrow(
      "validationSplit 0.5 of 1 samples leaves nothing for training.",
    );
    expect(() => splitValidation(numbered(10), 1)).toThrow(
      "validationSplit must be a number > 0 and < 1. Received: 1.",
    );
  });
});

describe("fromGenerator", () => {
  function* counting(pass: number): Generator<[number[][], number[]]> {
    for (let i = 0; i < 4; i++) yield [[[pass * 10 + i]], [i]];
  }

  it("calls a generator function once per pass", async () => {
    const data = fromGenerator(counting, { batchesPerPass: 4 });
    expect(rowsOf(await all(data, { pass: 2 }))).toEqual([[20], [21], [22], [23]]);
    expect([data.ordered, data.rows, data.batchesPerPass(32), await data.fingerprint()]).toEqual([
      false,
      null,
      4,
      null,
    ]);
  });

  it("replays a source that cannot save its position", async () => {
    const data = fromGenerator(counting);
    expect(data.seek).toBe("replay");
    expect(rowsOf(await all(data, { from: 2 }))).toEqual([[2], [3]]);
  });

  it("takes asynchronous sources, and batches as objects with weights", async () => {
    const data = fromGenerator(async function* () {
      yield { x: [[1], [2]], y: null, sampleWeight: [0.5, 1] };
    });
    const [batch] = await all(data);
    expect([batch!.rows, batch!.y, batch!.sampleWeight[0]!.tolist()]).toEqual([2, [], [0.5, 1]]);
  });

  it("saves and restores the position of a source that supports it", async () => {
    class Source {
      made = 0;
      private at = 0;
      getState(): Json {
        return { at: this.at };
      }
      setState(state: Json): void {
        this.at = (state as { at: number }).at;
      }
      *[Symbol.iterator](): Generator<[number[][]]> {
        while (this.at < 5) {
          this.made++;
          yield [[[this.at++]]];
        }
      }
    }
    const stream = fromGenerator(new Source()).open(order);
    await stream.next();
    await stream.next();
    await stream.next();
    const state = await stream.getState();
    const fresh = new Source();
    const data = fromGenerator(fresh);
    expect(data.seek).toBe("state");
    expect(rowsOf(await all(data, { from: 3, state }))).toEqual([[3], [4]]);
    expect(fresh.made).toBe(2);
  });

  it("ends a source that is abandoned early", async () => {
    let ended = false;
    const stream = fromGenerator(function* () {
      try {
        for (;;) yield [[[1]]] as const;
      } finally {
        ended = true;
      }
    }).open(order);
    await stream.next();
    await stream.close();
    expect([ended, await stream.next()]).toEqual([true, null]);
  });

  it("continues an endless iterator in the next pass", async () => {
    const endless = (function* () {
      for (let i = 0; ; i++) yield [[[i]]] as const;
    })();
    const data = fromGenerator(endless);
    for (const want of [0, 1]) {
      const stream = data.open(order);
      expect((await stream.next())!.x[0]!.item()).toBe(want);
      await stream.close();
    }
  });

  it("an item that is not a batch is an error with its number", async () => {
    const wrong = (value: unknown): Promise<Batch[]> => all(fromGenerator([value] as never));
    await expect(wrong(5)).rejects.toThrow("Batch 0 of the generator is not a batch. Received: 5.");
    await expect(wrong([])).rejects.toThrow("Received: a list of 0. Expected: [x, y], [x, y, sampleWeight]");
    await expect(wrong([[[1]], [1, 2]])).rejects.toThrow("different numbers of samples");
    await expect(all(fromGenerator(5 as never))).rejects.toThrow("must be an iterable, or a function that returns one");
  });
});

describe("toTensors and isDataset", () => {
  it("tell lists of arrays from nested numbers", () => {
    expect(
      toTensors(
        [
          [1, 2],
          [3, 4],
        ],
        "x",
      ).map(({ shape }) => shape),
    ).toEqual([[2, 2]]);
    expect(toTensors([new Float32Array(2), Tensor.zeros([3, 1])], "x").map(({ shape }) => shape)).toEqual([
      [2],
      [3, 1],
    ]);
  });

  it("know a dataset", () => {
    expect([isDataset(numbered(1)), isDataset(fromGenerator([])), isDataset([1]), isDataset(null)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
