import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../support/run-ts.js";
import { makeWorld, pawl, pawlJson } from "./support.js";

let world: string;
beforeAll(async () => {
  world = await makeWorld();
});

const LAYERS = [
  { name: "input_layer", class: "InputLayer", parameters: 0, weights: [] },
  {
    name: "dense",
    class: "Dense",
    parameters: 40,
    weights: [
      { name: "kernel", dtype: "float32", shape: [4, 8] },
      { name: "bias", dtype: "float32", shape: [8] },
    ],
  },
  { name: "dropout", class: "Dropout", parameters: 0, weights: [] },
  {
    name: "dense_1",
    class: "Dense",
    parameters: 9,
    weights: [
      { name: "kernel", dtype: "float32", shape: [8, 1] },
      { name: "bias", dtype: "float32", shape: [1] },
    ],
  },
];
const numbered = LAYERS.map((layer) => ({
  ...layer,
  weights: layer.weights.map((weight, i) => ({ ...weight, name: String(i) })),
}));

describe("pawl inspect", () => {
  test.each([
    ["price.h5", "HDF5", LAYERS],
    ["price.keras", "Keras archive", numbered],
  ])("%s: all that the file holds, as JSON", async (file, format, layers) => {
    const { code, json } = await pawlJson(world, ["inspect", file]);
    expect(code).toBe(0);
    expect(json).toEqual({
      path: file,
      bytes: readFileSync(join(world, file)).length,
      kind: "model",
      format,
      digest: true,
      writtenBy: { pawl: "0.1.0", keras: "3.15.1" },
      model: { class: "Sequential", name: "price" },
      layers,
      parameters: 49,
      compile: expect.objectContaining({ loss: "mse", metrics: ["mae"] }),
      optimizer: { variables: 10, iteration: 9, learningRate: Math.fround(0.001) },
      training: expect.objectContaining({
        epoch: 3,
        epochs: null,
        batch: 0,
        iteration: 9,
        finished: false,
        stopped: false,
        callbacks: ["EarlyStopping"],
        logs: { loss: expect.any(Number), mae: expect.any(Number) },
      }),
    });
  });

  test("text for people: a table of layers, facts, and the progress of training", async () => {
    const { code, stdout, stderr } = await pawl(world, ["inspect", "price.keras"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Sequential "price"\n┏━/);
    expect(stdout).toMatch(/│ dense \(Dense\) +│ \(4,8\) \(8\) +│ +40 │/);
    expect(stdout).toContain(" Total params: 49 (196.00 B)\n");
    expect(stdout).toMatch(/\nWritten by {2}Pawl 0\.1\.0\nDigest {6}holds\nCompiled {4}Adam, loss mse, metrics mae\n/);
    expect(stdout).toMatch(
      /\nOptimizer {3}10 variables, step 9, learning rate 0\.001\nStands {6}after epoch 3, step 9\n/,
    );
  });

  test("a file of weights alone lists the layers by their places in the file", async () => {
    const { json } = await pawlJson<{ kind: string; model: null; layers: { name: string }[] }>(world, [
      "inspect",
      "price.weights.h5",
    ]);
    expect([json.kind, json.model, json.layers.map(({ name }) => name)]).toEqual([
      "weights",
      null,
      ["layers/dense", "layers/dense_1"],
    ]);
  });

  test("a run: its newest checkpoint, and all checkpoints", async () => {
    const { code, json } = await pawlJson<{
      state: string;
      checkpoints: { step: number }[];
      newest: { layers: unknown; model: unknown };
    }>(world, ["inspect", "runs/price"]);
    expect(code).toBe(0);
    expect(json.state).toBe("finished");
    expect(json.checkpoints.map(({ step }) => step)).toEqual(expect.arrayContaining([0, 3, 6, 9]));
    expect(json.newest.layers).toEqual(LAYERS);
    expect(json.newest.model).toEqual({ class: "Sequential", name: "price" });
    const { stdout } = await pawl(world, ["inspect", "runs/cut/"]);
    expect(stdout).toMatch(/\nruns\/cut: unfinished, in epoch 2 of 3, after batch 1, step 4; \d+ checkpoints, /);
  });

  test.each(["seed_model.h5", "old_seed_model.h5", "nested_functional_shared.keras", "keras-2.2.h5"])(
    "Keras's own %s",
    async (name) => {
      const file = join(ROOT, "test/fixtures/keras/files", name);
      const { code, json } = await pawlJson<{
        digest: boolean;
        writtenBy: { pawl: null };
        parameters: number;
        layers: { class: string | null }[];
      }>(world, ["inspect", file]);
      expect([code, json.digest, json.writtenBy.pawl]).toEqual([0, false, null]);
      expect(json.parameters).toBeGreaterThan(0);
      // Every weight belongs to a layer of the config.
      expect(json.layers.map(({ class: name }) => name)).not.toContain(null);
    },
  );

  test("a layer that contains code is shown and never run", async () => {
    const { code, json } = await pawlJson<{ layers: { class: string }[] }>(world, [
      "inspect",
      join(ROOT, "test/fixtures/keras/files/bad-lambda.keras"),
    ]);
    expect(code).toBe(0);
    expect(json.layers.map(({ class: name }) => name)).toContain("Lambda");
  });

  test("a missing path is an error with the nearest existing one", async () => {
    const { code, stdout, stderr } = await pawl(world, ["inspect", "prize.keras"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe('pawl: There is nothing at "prize.keras". Did you mean "price.keras"?\n');
  });

  test("a folder that is not a run is an error", async () => {
    const { code, stderr } = await pawl(world, ["inspect", "runs"]);
    expect(code).toBe(2);
    expect(stderr).toContain('"runs" is not a run folder. Received: a folder without checkpoints.');
    expect(stderr).toContain("pawl runs FOLDER");
  });

  test("a damaged file is reported as damaged, with exit code 3", async () => {
    const bytes = readFileSync(join(world, "price.h5"));
    bytes[1000]! ^= 1;
    writeFileSync(join(world, "bad.h5"), bytes);
    const { code, json } = await pawlJson(world, ["inspect", "bad.h5"]);
    expect([code, json]).toEqual([
      3,
      { error: { code: "file-damaged", message: expect.stringContaining('"bad.h5" is not as Pawl wrote it') } },
    ]);
  });

  test("a damaged newest checkpoint is skipped and named, with exit code 3", async () => {
    const run = join(world, "runs/damaged");
    const copy = await makeWorld();
    for (const name of readdirSync(join(copy, "runs/cut"))) {
      if (!name.endsWith(".pawl")) continue;
      const { mkdirSync } = await import("node:fs");
      mkdirSync(run, { recursive: true });
      copyFileSync(join(copy, "runs/cut", name), join(run, name));
    }
    const newest = readdirSync(run).sort().at(-1)!;
    writeFileSync(join(run, newest), readFileSync(join(run, newest)).subarray(0, 3000));
    const { code, stdout } = await pawl(world, ["inspect", "runs/damaged"]);
    expect(code).toBe(3);
    expect(stdout).toContain(`damaged: ${newest}: The checkpoint is damaged. Received: 3000 bytes without the digest`);
    expect(stdout).toContain("unfinished, after epoch 1 of 3, step 3; ");
  });
});
