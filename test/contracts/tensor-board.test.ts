import { describe, expect, it } from "vitest";
import { TensorBoard, type TensorBoardOptions } from "../../src/callbacks/index.js";
import { weightPictures } from "../../src/callbacks/weight-pictures.js";
import { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { Embedding } from "../../src/layers/index.js";
import type { TrainingLayer } from "../../src/training/hooks/callback.js";
import { eventPoints, scalarsOf } from "../support/event-points.js";
import { faultyVfs } from "../support/faulty-vfs.js";
import { FakeContext, FakeModel, paramsOf } from "./callback-run.js";

/** A training of one batch an epoch, whose loss is the number of the epoch; it validates after the second. */
class Training {
  readonly model = new FakeModel();
  readonly context: FakeContext;
  readonly board: TensorBoard;

  constructor(files: Vfs, options: TensorBoardOptions = {}, logDir = "logs") {
    this.context = new FakeContext(files);
    this.board = new TensorBoard(logDir, { updateFreq: 1, ...options });
    this.board.setParams(paramsOf());
    this.board.setModel(this.model);
  }

  async begin(from: number | null, state?: unknown): Promise<this> {
    this.model.optimizer.iteration = from ?? 0;
    if (from !== null) this.context.resumed = { epoch: from };
    await this.board.onTrainBegin({}, this.context);
    if (state !== undefined) await this.board.setState({ json: JSON.parse(JSON.stringify(state)), tensors: {} });
    return this;
  }

  async epochs(first: number, end: number): Promise<this> {
    const { board, context } = this;
    for (let epoch = first; epoch < end; epoch++) {
      board.onEpochBegin();
      await board.onTrainBatchBegin(0, {}, context);
      this.model.optimizer.iteration = epoch + 1;
      await board.onTrainBatchEnd(0, { loss: epoch }, context);
      const validates = epoch > 0;
      if (validates) await board.onTestEnd({ loss: epoch + 10 }, context);
      await board.onEpochEnd(epoch, { loss: epoch, ...(validates ? { val_loss: epoch + 10 } : {}) }, context);
    }
    return this;
  }

  get state() {
    return this.board.getState().json;
  }
}

async function eventFiles(files: Vfs, folder: string): Promise<Uint8Array[]> {
  const names = (await files.stat(folder)) === undefined ? [] : await files.list(folder);
  return Promise.all(
    names.filter((name) => name.includes("tfevents")).map((name) => files.readFile(`${folder}/${name}`)),
  );
}

const shown = async (files: Vfs, part = "train") => eventPoints(await eventFiles(files, `logs/${part}`));

/** All points as text: of each part, in their order. */
async function everything(files: Vfs): Promise<string[]> {
  const parts = await Promise.all(["train", "validation"].map((part) => shown(files, part)));
  return parts.flat().map(({ step, tag, value }) => `${step} ${tag} ${value}`);
}

describe("TensorBoard", () => {
  it("writes Keras's tags, at epochs, batches and iterations", async () => {
    const files = memoryVfs();
    await (await new Training(files).begin(null)).epochs(0, 3);
    const train = await shown(files);
    expect(scalarsOf(train, "epoch_loss")).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(scalarsOf(train, "batch_loss")).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    expect(scalarsOf(train, "epoch_learning_rate").map(([step]) => step)).toEqual([0, 1, 2]);
    const validation = await shown(files, "validation");
    expect(scalarsOf(validation, "epoch_loss")).toEqual([
      [1, 11],
      [2, 12],
    ]);
    expect(scalarsOf(validation, "evaluation_loss_vs_iterations")).toEqual([
      [2, 11],
      [3, 12],
    ]);
  });

  it("always writes epochs and evaluations; Keras loses them when updateFreq does not divide the batches", async () => {
    const files = memoryVfs();
    await (await new Training(files, { updateFreq: 2 }).begin(null)).epochs(0, 3);
    const train = await shown(files);
    expect(scalarsOf(train, "batch_loss").map(([step]) => step)).toEqual([2]);
    expect(scalarsOf(train, "epoch_loss").map(([step]) => step)).toEqual([0, 1, 2]);
    expect(scalarsOf(await shown(files, "validation"), "evaluation_loss_vs_iterations")).toHaveLength(2);
  });

  it("listens to no batch unless it has something to write there", () => {
    const quiet = new TensorBoard("logs");
    expect(quiet.onTrainBatchEnd).toBe(Object.getPrototypeOf(TensorBoard.prototype).onTrainBatchEnd);
    expect(new TensorBoard("logs", { updateFreq: "batch" }).options.updateFreq).toBe(1);
  });

  describe("resumed", () => {
    const whole = async (): Promise<string[]> => {
      const files = memoryVfs();
      await (await new Training(files, { histogramFreq: 1 }).begin(null)).epochs(0, 4);
      return everything(files);
    };

    it.each([0, 1, 2, 3])("from after epoch %i, has each step once, whatever was written after it", async (saved) => {
      const expected = await whole();
      const files = memoryVfs();
      const first = await new Training(files, { histogramFreq: 1 }).begin(null);
      const state = (await first.epochs(0, saved + 1)).state;
      await first.epochs(saved + 1, 4);
      // Killed again and again from the same checkpoint, once within a record.
      for (const until of [4, saved + 1, 3, 4]) {
        const next = await new Training(files, { histogramFreq: 1 }).begin(saved + 1, state);
        await next.epochs(saved + 1, until);
        await next.board.onTrainEnd({}, next.context);
        expect(next.context.warnings).toEqual([]);
        expect(await eventFiles(files, "logs/train")).toHaveLength(1);
        if (until === 4) expect(await everything(files)).toEqual(expected);
        const [name] = await files.list("logs/train");
        await files.appendFile(`logs/train/${name}`, Uint8Array.of(30, 0, 0, 0, 0, 0, 0, 0, 1, 2));
      }
    });

    it("goes on from the checkpoint of a resumed training", async () => {
      const files = memoryVfs();
      const first = await (await new Training(files).begin(null)).epochs(0, 1);
      const second = await (await new Training(files).begin(1, first.state)).epochs(1, 2);
      const state = second.state;
      await second.epochs(2, 3);
      await (await new Training(files).begin(2, state)).epochs(2, 4);
      expect(scalarsOf(await shown(files), "epoch_loss")).toEqual([
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ]);
    });

    it("from its very beginning, puts aside what was written before the first checkpoint, and nothing else", async () => {
      const files = memoryVfs();
      await (await new Training(files).begin(null)).epochs(0, 3);
      const [other] = await files.list("logs/validation");
      await (await new Training(files).begin(null)).epochs(0, 1);
      await (await new Training(files).begin(0)).epochs(0, 2);
      const names = await files.list("logs/train");
      expect(names.filter((name) => name.startsWith("superseded.events.out."))).toHaveLength(1);
      expect(scalarsOf(await shown(files), "epoch_loss")).toEqual([
        [0, 0],
        [1, 1],
      ]);
      expect(await files.list("logs/validation")).toContain(other);
    });

    it("says where files are gone, and goes on", async () => {
      const files = memoryVfs();
      const { state } = await (await new Training(files).begin(null)).epochs(0, 2);
      for (const name of await files.list("logs/train")) await files.remove(`logs/train/${name}`);
      const next = await (await new Training(files).begin(2, state)).epochs(2, 3);
      expect(next.context.warnings).toEqual([
        'TensorBoard misses points that were in "logs/train" when the checkpoint was saved; what it shows has a gap.',
      ]);
      expect(scalarsOf(await shown(files), "epoch_loss")).toEqual([[2, 2]]);
    });
  });

  it("leaves the files of an earlier training where they are, as Keras does", async () => {
    const files = memoryVfs();
    for (let i = 0; i < 2; i++) await (await new Training(files).begin(null)).epochs(i, i + 1);
    expect(scalarsOf(await shown(files), "epoch_loss")).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it("waits with its points while they cannot be written, and leaves no torn record", async () => {
    const files = memoryVfs();
    let broken = false;
    const faulty: Vfs = {
      ...files,
      async appendFile(path, bytes) {
        if (!broken) return files.appendFile(path, bytes);
        await files.appendFile(path, bytes.subarray(0, 20));
        throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      },
    };
    const training = await (await new Training(faulty).begin(null)).epochs(0, 1);
    broken = true;
    await training.epochs(1, 2);
    broken = false;
    await training.epochs(2, 3);
    expect(training.context.warnings[0]).toMatch(
      /^Training goes on, but TensorBoard waits to write its points: Cannot write "logs\/train": the disk is full\./u,
    );
    expect(scalarsOf(await shown(files), "epoch_loss")).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  it("fails before training where it cannot write at all", async () => {
    const files = faultyVfs(memoryVfs(), { at: 0, code: "EACCES", counts: (operation) => operation === "makeFolder" });
    await expect(new Training(files).begin(null)).rejects.toThrow('Cannot write "logs"');
  });

  it("says that histograms leave out what is not finite", async () => {
    const training = await new Training(memoryVfs(), { histogramFreq: 1 }).begin(null);
    training.model.weight = Number.NaN;
    await training.epochs(0, 1);
    expect(training.context.warnings).toEqual([
      'TensorBoard: "one/kernel" holds numbers that are not finite; its histograms are without them.',
    ]);
  });

  it("shows Embedding layers in the projector", async () => {
    const files = memoryVfs();
    const table = new Embedding(3, 2, { name: "table" });
    table.build();
    await table.setWeights([
      Tensor.from([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ]);
    const training = new Training(files, { embeddingsFreq: 1, embeddingsMetadata: { table: "labels.tsv" } });
    Object.defineProperty(training.model, "layers", { value: [table] satisfies readonly TrainingLayer[] });
    await (await training.begin(null)).epochs(0, 1);
    const text = async (path: string) => new TextDecoder().decode(await files.readFile(path));
    expect(await text("logs/train/table_embeddings.tsv")).toBe("1\t2\n3\t4\n5\t6\n");
    expect(await text("logs/projector_config.pbtxt")).toBe(
      'embeddings {\n  tensor_name: "table_embeddings"\n  tensor_path: "train/table_embeddings.tsv"\n  metadata_path: "labels.tsv"\n}\n',
    );
    expect(training.context.requests.map(({ path }) => path)).toEqual(["logs/train/keras_embedding.ckpt-0.weights.h5"]);
    const wrong = new Training(files, { embeddingsFreq: 1, embeddingsMetadata: { tables: "labels.tsv" } });
    Object.defineProperty(wrong.model, "layers", { value: [table] });
    await expect(wrong.begin(null)).rejects.toThrow('Did you mean "table"?');
  });

  it("refuses what it cannot do", () => {
    expect(() => new TensorBoard("logs", { profileBatch: 5 as 0 })).toThrow(
      "TensorBoard.profileBatch: a step is no program of XLA here, so there is no trace of one to write. Received: 5. " +
        "Expected: 0. Run the program with PAWL_PROFILE=1",
    );
    expect(() => new TensorBoard("logs", { updateFreq: 0 })).toThrow(
      'TensorBoard.updateFreq must be "epoch", "batch" or a number of batches. Received: 0.',
    );
    expect(() => new TensorBoard("logs", { histogramFreqs: 1 } as never)).toThrow('Did you mean "histogramFreq"?');
  });
});

describe("pictures of weights", () => {
  const weight = (...shape: number[]): Tensor =>
    new Tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i / 100),
      shape,
      "float32",
    );

  it.each<[number[], (readonly [number, number, number])[]]>([
    [[4], [[1, 4, 1]]],
    [[2, 5], [[5, 2, 1]]],
    [[5, 2], [[5, 2, 1]]],
    [
      [3, 2, 1, 5],
      [
        [2, 3, 1],
        [2, 3, 1],
        [2, 3, 1],
      ],
    ],
    [
      [2, 3, 5, 4],
      [
        [5, 3, 4],
        [5, 3, 4],
      ],
    ],
    [[2, 3, 5, 2], []],
    [[1, 1], []],
    [[2, 2, 2, 2, 2], []],
  ])("of shape %j have Keras's sizes", (shape, sizes) => {
    const pictures = weightPictures(weight(...shape));
    expect(pictures.map(({ width, height, channels }) => [width, height, channels])).toEqual(sizes);
    for (const { width, height, channels, data } of pictures) expect(data).toHaveLength(width * height * channels);
  });

  it("are turned with their pixels, and bounded", () => {
    expect([
      ...weightPictures(
        Tensor.from([
          [0, 1],
          [-1, 2],
          [0.5, 0.25],
        ]),
      )[0]!.data,
    ]).toEqual([0, 0, 127, 255, 255, 63]);
  });
});
