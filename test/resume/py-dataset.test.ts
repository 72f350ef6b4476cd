import { beforeAll, describe, expect, test } from "vitest";
import { permutation } from "../../src/data/index.js";
import { layers, Sequential, setRandomSeed, Tensor, utils } from "../../src/index.js";
import { decodeTrainState } from "../../src/training/state/train-state.js";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";
import { scratch } from "./support.js";

/** Trains on batches by number, whose rows a hook shuffles after each epoch: state that no file holds. */
const PROGRAM = `
import { createHash } from "node:crypto";
import { callbacks, layers, random, Sequential, setRandomSeed, utils } from "pawl";

const { STOP, RUN } = process.env;
setRandomSeed(5);
const x = random.normal([40, 6], { seed: 11 });
const y = random.integers(0, 3, [40], { seed: 12 });

class Batches extends utils.PyDataset {
  rows = [...Array(40).keys()];
  get length() { return 5; }
  async getItem(index) {
    await new Promise((resolve) => setImmediate(resolve));
    const rows = this.rows.slice(index * 8, index * 8 + 8);
    return [rows.map((row) => x.at(row).toArray()), rows.map((row) => y.item(row))];
  }
  onEpochEnd(pass) {
    this.rows = [...this.rows.slice(3 + pass), ...this.rows.slice(0, 3 + pass)].reverse();
  }
}

const model = new Sequential([
  new layers.Dense(8, { activation: "relu", inputShape: [6] }),
  new layers.Dropout(0.3),
  new layers.Dense(3, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
let steps = 0;
const stop = new callbacks.LambdaCallback({
  onTrainBatchEnd: () => {
    if (STOP && ++steps === Number(STOP)) process.kill(process.pid, "SIGTERM");
    return new Promise((resolve) => setTimeout(resolve, STOP ? 5 : 0));
  },
});
const data = new Batches({ fingerprint: "40 rows" });
const history = await model.fit(data, { epochs: 4, verbose: 0, callbacks: [stop], validationData: data, run: RUN });
const hash = createHash("sha256");
for (const { data } of await model.getWeights()) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
console.log(JSON.stringify({ digest: hash.digest("hex"), history: history.history }));
`;

let file = "";
let whole = "";
const run = (env: NodeJS.ProcessEnv): Promise<Finished> => runNode(file, scratch(), [], env);

beforeAll(async () => {
  file = emitProgram("py-dataset", PROGRAM);
  const { code, stdout, stderr } = await run({ RUN: `${scratch()}/run` });
  expect([code, stderr]).toEqual([0, ""]);
  whole = stdout;
});

test("batches by number, stopped twice in the middle of epochs, go on at the very next one in fresh processes", async () => {
  const RUN = `${scratch()}/run`;
  for (const STOP of ["7", "6"]) {
    const { code, stdout } = await run({ RUN, STOP });
    expect([code === 0, stdout]).toEqual([false, expect.stringMatching(/in epoch \d, batch [1-4] of 5/)]);
  }
  const { code, stdout } = await run({ RUN });
  expect([code, stdout]).toEqual([0, whole]);
});

class Numbers extends utils.PyDataset {
  readonly asked: number[] = [];
  readonly told: string[] = [];
  readonly count: number | null;
  constructor(count: number | null) {
    super();
    this.count = count;
  }
  override get length(): number | null {
    return this.count;
  }
  getItem(index: number): [Tensor, Tensor] {
    this.asked.push(index);
    return [Tensor.full([2, 1], index), Tensor.full([2, 1], 1)];
  }
  override onEpochBegin(pass: number): void {
    this.told.push(`begin ${pass}`);
  }
  override onEpochEnd(pass: number): void {
    this.told.push(`end ${pass}`);
  }
}

function model(): Sequential {
  setRandomSeed(1);
  const made = new Sequential([new layers.Dense(1, { inputShape: [1] })]);
  made.compile({ optimizer: "sgd", loss: "mse" });
  return made;
}

describe("a PyDataset", () => {
  test("gives its batches in the keyed order of each pass, each once, and in order with shuffle: false", async () => {
    const data = new Numbers(5);
    const made = model();
    await made.fit(data, { epochs: 2, verbose: 0 });
    const { seed } = decodeTrainState(made.savable.getTrainState()!);
    expect(data.asked).toEqual([...permutation(5, seed, 0), ...permutation(5, seed, 1)]);
    data.asked.length = 0;
    await made.fit(data, { verbose: 0, shuffle: false });
    expect(data.asked).toEqual([0, 1, 2, 3, 4]);
    expect(data.told).toEqual(["begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2"]);
  });

  test("is read in order, without its hooks, where nothing is trained", async () => {
    const data = new Numbers(3);
    const made = model();
    await made.evaluate(data, { verbose: 0 });
    expect((await made.predict(data, { verbose: 0 })).shape).toEqual([6, 1]);
    expect([data.asked, data.told]).toEqual([[0, 1, 2, 0, 1, 2], []]);
  });

  test("without an end needs stepsPerEpoch, and goes through its numbers", async () => {
    const data = new Numbers(null);
    await model().fit(data, { epochs: 2, stepsPerEpoch: 3, verbose: 0 });
    expect(data.asked.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(data.told).toEqual(["begin 0"]);
  });

  test("whose batch fails says which, and the training can go on", async () => {
    class Broken extends Numbers {
      override getItem(index: number): [Tensor, Tensor] {
        if (index === 2) throw new RangeError("no row here");
        return super.getItem(index);
      }
    }
    await expect(model().fit(new Broken(4), { verbose: 0, shuffle: false })).rejects.toThrow(/no row here/);
  });

  test("needs to be told nothing about workers, and says so", () => {
    class Old extends utils.Sequence {
      override get length(): number {
        return 1;
      }
      getItem(): [Tensor] {
        return [Tensor.zeros([1, 1])];
      }
    }
    expect(() => new Old({ workers: 4 } as object)).toThrow(
      /Old has no option workers: nothing needs to be said about workers here\. .* getItem may be async/,
    );
    expect(() => new Old({ row: 4 } as object)).toThrow(/Did you mean "rows"\?/);
    expect(new Old({ rows: 4 }).rows).toBe(4);
  });

  test("without a length says how to write it", async () => {
    class Endless extends utils.PyDataset {
      getItem(): [Tensor, Tensor] {
        return [Tensor.zeros([1, 1]), Tensor.zeros([1, 1])];
      }
    }
    await expect(model().fit(new Endless(), { verbose: 0 })).rejects.toThrow(
      /Endless does not say how many batches it has\. .* get length\(\) \{ return/,
    );
    await expect(model().fit(new Numbers(0), { verbose: 0 })).rejects.toThrow(
      /Received: 0\. Expected: a whole number above 0/,
    );
  });

  test("can be gone through by hand", async () => {
    const seen: number[] = [];
    for await (const batch of new Numbers(3)) if (Array.isArray(batch)) seen.push(batch.length);
    expect(seen).toEqual([2, 2, 2]);
  });
});
