import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as callbacks from "../../src/callbacks/index.js";
import type { PawlError } from "../../src/core/errors.js";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import type { CompileOptions, FitOptions } from "../../src/training/index.js";

const folder = mkdtempSync(join(tmpdir(), "pawl-bad-input-"));
const x = random.normal([20, 4], { seed: 1 });
const y = random.integers(0, 3, [20], { seed: 2 });

function make(options: CompileOptions = {}): Sequential {
  const model = new Sequential(
    [
      new layers.Dense(8, { activation: "relu", inputShape: [4], name: "first" }),
      new layers.Dense(3, { activation: "softmax", name: "last" }),
    ],
    { name: "subject" },
  );
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], ...options });
  return model;
}

const fit = (given: Tensor, labels: Tensor = y, options: FitOptions = {}) =>
  make().fit(given, labels, { verbose: 0, ...options });

const unknown = { batch_size: 3 } as FitOptions;
const labels = (value: number) => new Tensor(new Int32Array(20).fill(value), [20]);

/** A user's mistake, and the parts that the message must have: where, what was received and expected, how to fix it. */
const MISTAKES: readonly (readonly [string, () => unknown, string, readonly string[]])[] = [
  [
    "columns",
    () => fit(random.normal([20, 5])),
    "input-shape",
    ['Sequential "subject"', "Received: (20, 5)", "Expected: (?, 4)"],
  ],
  ["samples", () => fit(x, random.integers(0, 3, [19])), "sample-counts", ["x: 20, y: 19"]],
  ["labels above", () => fit(x, labels(3)), "label-range", ["position 0", "Received: 3", "from 0 to 2", '"last"']],
  ["labels below", () => fit(x, labels(-1)), "label-range", ["Received: -1", "Number the classes from 0"]],
  [
    "targets",
    () => make({ loss: "mse" }).fit(x, random.normal([20, 2])),
    "loss-shapes",
    ["mean_squared_error", "targets (?, 2)", "Expected: (?, 3)"],
  ],
  ["fit option", () => fit(x, y, unknown), "unknown-option", ['no option "batch_size"', 'Did you mean "batchSize"?']],
  [
    "layer option",
    () => new layers.Dense(3, { activaton: "relu" } as object),
    "unknown-option",
    ["Dense", 'Did you mean "activation"?'],
  ],
  [
    "Keras's old name",
    () => new optimizers.Adam({ lr: 0.1 } as object),
    "unknown-option",
    ["Adam", 'Did you mean "learningRate"?'],
  ],
  [
    "loss name",
    () => make({ loss: "binary_crossentropi" as "binary_crossentropy" }),
    "unknown-name",
    ['compile of Sequential "subject": loss', 'Did you mean "binary_crossentropy"?'],
  ],
  [
    "metric name",
    () => make({ metrics: ["acuracy" as "accuracy"] }),
    "unknown-name",
    ["metrics", 'Did you mean "accuracy"?'],
  ],
  [
    "monitor",
    () => fit(x, y, { callbacks: [new callbacks.EarlyStopping({ monitor: "val_loss" })] }),
    "missing-monitor",
    ["EarlyStopping", '"val_loss"', '"loss", "accuracy"', "validationData"],
  ],
  [
    "template",
    () => fit(x, y, { callbacks: [new callbacks.ModelCheckpoint(join(folder, "{val_loss:.2f}.h5"))] }),
    "checkpoint-placeholder",
    ["{val_loss}"],
  ],
  ["missing file", () => loadModel(join(folder, "none.h5")), "no-file", ["none.h5"]],
  [
    "not compiled",
    () => new Sequential([new layers.Dense(1, { inputShape: [4] })]).fit(x, y),
    "not-compiled",
    ["Call compile first"],
  ],
];

describe("a mistake gives an error that explains it", () => {
  test.each(MISTAKES)("%s", async (_name, act, code, parts) => {
    const error = await (async () => act())().then(
      () => undefined,
      (reason: PawlError) => reason,
    );
    expect(error?.code).toBe(code);
    for (const part of parts) expect(error?.message).toContain(part);
  });
});

describe("nothing is lost", () => {
  test("truncated and changed files are refused in every format", async () => {
    for (const extension of ["h5", "keras", "weights.h5"]) {
      const file = join(folder, `good.${extension}`);
      const model = make();
      await (extension === "weights.h5" ? model.saveWeights(file) : model.save(file));
      const bytes = readFileSync(file);
      const open = (): Promise<unknown> => (extension === "weights.h5" ? make().loadWeights(file) : loadModel(file));
      await open();
      writeFileSync(file, bytes.subarray(0, bytes.length / 2));
      await expect(open()).rejects.toMatchObject({ name: "FormatError" });
      bytes[bytes.length >> 1]! ^= 4;
      writeFileSync(file, bytes);
      await expect(open()).rejects.toMatchObject({ code: "file-damaged" });
    }
  });

  describe("warnings", () => {
    afterEach(() => void vi.restoreAllMocks());

    test("a checkpoint that cannot be written warns; training goes on, and the older file stays", async () => {
      const said = vi.spyOn(console, "warn").mockImplementation(() => {});
      const file = join(folder, "kept.h5");
      await make().save(file);
      const before = readFileSync(file);
      const checkpoint = new callbacks.ModelCheckpoint(join(file, "epoch_{epoch}.h5"));
      const history = await fit(x, y, { epochs: 2, callbacks: [checkpoint], onSaveFailure: "warn" });
      expect(history.epoch).toEqual([0, 1]);
      expect(said.mock.calls.flat().join("\n")).toMatch(
        /saving .*epoch_1\.h5 .* failed: .*a part of the path is a file/,
      );
      expect(readFileSync(file)).toEqual(before);
    });

    test("a NaN loss warns once, with its first position", async () => {
      const said = vi.spyOn(console, "warn").mockImplementation(() => {});
      await fit(new Tensor(new Float32Array(80).fill(Number.NaN), [20, 4]), y, { epochs: 3 });
      const lines = said.mock.calls.flat().filter((line) => /NaN/.test(String(line)));
      expect(lines).toEqual([
        expect.stringMatching(/"subject" became NaN in epoch 1, step 1.*clipnorm.*TerminateOnNaN/),
      ]);
    });

    test("an empty range of epochs warns", async () => {
      const said = vi.spyOn(console, "warn").mockImplementation(() => {});
      await fit(x, y, { initialEpoch: 5, epochs: 3 });
      expect(said.mock.calls.flat().join()).toContain("not a count: give epochs: 8 for 3 more");
    });
  });
});
