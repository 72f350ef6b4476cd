import { describe, expect, it } from "vitest";
import { RunLog } from "../../src/callbacks/index.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { RecordReader } from "../../src/store/record/index.js";
import { FakeContext, FakeModel, paramsOf } from "./callback-run.js";

const PATH = "own/log.jsonl";

/** A training of two batches an epoch, whose loss is the number of the step. */
class Training {
  readonly model = new FakeModel();
  readonly context: FakeContext;
  readonly log = new RunLog(PATH, { batches: 1 });

  constructor(files: Vfs) {
    this.context = new FakeContext(files);
    this.log.setModel(this.model);
  }

  async begin(epoch: number | null, state?: unknown): Promise<this> {
    this.log.setParams(paramsOf({ epochs: 4, initialEpoch: epoch ?? 0, steps: 2 }));
    this.model.optimizer.iteration = 2 * (epoch ?? 0);
    if (epoch !== null) this.context.resumed = { epoch };
    await this.log.onTrainBegin({}, this.context);
    if (state !== undefined) this.log.setState({ json: JSON.parse(JSON.stringify(state)), tensors: {} });
    return this;
  }

  async epochs(first: number, end: number): Promise<this> {
    for (let epoch = first; epoch < end; epoch++) {
      this.log.onEpochBegin(epoch);
      for (let batch = 0; batch < 2; batch++) {
        const step = ++this.model.optimizer.iteration;
        await this.log.onTrainBatchEnd(batch, { loss: step }, this.context);
      }
      await this.log.onEpochEnd(epoch, { loss: epoch, accuracy: Number.NaN }, this.context);
    }
    return this;
  }

  end(): Promise<void> {
    return this.log.onTrainEnd({}, this.context);
  }

  get state() {
    return this.log.getState().json;
  }
}

const eventsOf = async (files: Vfs): Promise<{ readonly event: string; readonly step: number }[]> =>
  new TextDecoder()
    .decode(await files.readFile(PATH))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

const stepsOf = async (files: Vfs, kind: string): Promise<number[]> =>
  (await eventsOf(files)).filter(({ event }) => event === kind).map(({ step }) => step);

describe("RunLog", () => {
  it("writes lines that the reader of records reads whole", async () => {
    const files = memoryVfs();
    const training = await (await new Training(files).begin(null)).epochs(0, 4);
    await training.end();
    const record = new RecordReader(files, "own");
    await record.update();
    expect(Object.values(record.passedOver)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect([...record.epochs.column("loss")!]).toEqual([0, 1, 2, 3]);
    expect([...record.epochs.column("accuracy")!]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect([...record.batches.column("loss")!]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...record.batches.column("learning_rate")!]).toEqual(new Array(8).fill(Math.fround(0.1)));
    expect(record.starts).toMatchObject([{ kind: "fit", resumes: false, epochs: 4, steps: 2, epoch: 0 }]);
    expect(record.stops).toMatchObject([{ why: "finished", step: 8 }]);
  });

  it.each([1, 2, 3])("resumed after epoch %i has each step once, also after a kill within a line", async (saved) => {
    const files = memoryVfs();
    const first = await new Training(files).begin(null);
    const { state } = await first.epochs(0, saved);
    await first.epochs(saved, 4);
    for (let again = 0; again < 2; again++) {
      await files.appendFile(PATH, new TextEncoder().encode('{"event":"ba'));
      const next = await new Training(files).begin(saved, state);
      await next.epochs(saved, 4);
      expect(await stepsOf(files, "batch")).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(await stepsOf(files, "epoch")).toEqual([2, 4, 6, 8]);
      expect(await stepsOf(files, "start")).toEqual([0, 2 * saved]);
    }
  });

  it("that was killed before its first checkpoint begins anew", async () => {
    const files = memoryVfs();
    await (await new Training(files).begin(null)).epochs(0, 2);
    await (await new Training(files).begin(0)).epochs(0, 1);
    expect(await stepsOf(files, "batch")).toEqual([1, 2]);
    expect(await stepsOf(files, "start")).toEqual([0]);
  });

  it("of a new training replaces the file; one that joins a resumed training adds to it", async () => {
    const files = memoryVfs();
    await (await new Training(files).begin(null)).epochs(0, 2);
    await (await new Training(files).begin(2)).epochs(2, 3);
    expect(await stepsOf(files, "epoch")).toEqual([2, 4, 6]);
    await (await new Training(files).begin(null)).epochs(0, 1);
    expect(await stepsOf(files, "epoch")).toEqual([2]);
  });

  it("says what ended the training", async () => {
    const files = memoryVfs();
    const training = await (await new Training(files).begin(null)).epochs(0, 2);
    await training.end();
    training.model.stopTraining = true;
    await training.end();
    expect((await eventsOf(files)).slice(-2)).toMatchObject([{ why: "signal" }, { why: "callback" }]);
  });

  it("listens to no batch unless it writes some", () => {
    expect(new RunLog(PATH).onTrainBatchEnd).toBe(Object.getPrototypeOf(RunLog.prototype).onTrainBatchEnd);
    expect(() => new RunLog(PATH, { batches: -1 })).toThrow("RunLog.batches");
  });
});
