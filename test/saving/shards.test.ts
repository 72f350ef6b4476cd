import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import { loadWeightsFile, restoreModel, saveWeights } from "../../src/saving/index.js";
import { decodeIndex } from "../../src/saving/shard-index.js";
import { faultyVfs } from "../support/faulty-vfs.js";
import { largestDifference, temporaryFolder } from "./support.js";

const KERAS = join(import.meta.dirname, "../fixtures/keras/shards");
const FIT = { epochs: 2, batchSize: 4, verbose: 0 } as const;
/** So small that each layer gets its own file, and the optimizer several. */
const SMALL = 200 / 2 ** 30;

const x = random.normal([12, 6], { seed: 1 });
const y = random.normal([12, 2], { seed: 2 });

function build(seed: number): Sequential {
  setRandomSeed(seed);
  const model = new Sequential([
    new layers.Dense(5, { activation: "relu", inputShape: [6] }),
    new layers.BatchNormalization(),
    new layers.Dropout(0.3),
    new layers.Dense(2),
  ]);
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
  return model;
}

const everything = (model: Sequential): unknown => [
  model.weights.map((weight) => weight.read().tolist()),
  model.optimizer.variables.map((entry) => entry.read().tolist()),
];
const shardsIn = (folder: string, base: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith(`${base}_`));

describe("weights in shards", () => {
  const folder = temporaryFolder();

  test("resume bit for bit, including optimizer and dropout", async () => {
    const path = join(folder, "a.weights.json");
    const model = build(5);
    await model.fit(x, y, FIT);
    await model.saveWeights(path, { maxShardSize: SMALL });
    const index = JSON.parse(readFileSync(path, "utf8")) as { weight_map: Record<string, unknown> };
    expect(shardsIn(folder, "a").length).toBeGreaterThan(3);
    expect(index.weight_map["/layers/dense/vars"]).toBe("a_00000.weights.h5");
    expect(index.weight_map["/optimizer/vars"]).toBeInstanceOf(Array);
    const other = build(99);
    await other.loadWeights(path);
    expect(everything(other)).toEqual(everything(model));
    const more = { ...FIT, initialEpoch: 2, epochs: 4 };
    expect((await other.fit(x, y, more)).history).toEqual((await model.fit(x, y, more)).history);
    expect(everything(other)).toEqual(everything(model));
  });

  test("are one file if one suffices, and load without the optimizer when asked", async () => {
    const path = join(folder, "one.weights.json");
    const model = build(5);
    await model.saveWeights(path);
    expect(shardsIn(folder, "one")).toEqual(["one_00000.weights.h5"]);
    const other = build(6);
    await other.loadWeights(path, { optimizer: false });
    expect(other.weights.map((weight) => weight.read().tolist())).toEqual(
      model.weights.map((weight) => weight.read().tolist()),
    );
  });

  test("replace older shards of the same name, and touch no other file", async () => {
    const path = join(folder, "b.weights.json");
    // As a checkpoint callback may have named one.
    writeFileSync(join(folder, "b_00001.weights.h5"), "someone else's");
    const model = build(5);
    await model.saveWeights(path, { maxShardSize: SMALL });
    const first = shardsIn(folder, "b");
    await model.fit(x, y, FIT);
    await model.saveWeights(path);
    expect(first.filter((name) => name.startsWith("b_g2_")).length).toBeGreaterThan(3);
    expect(shardsIn(folder, "b")).toEqual(["b_00001.weights.h5", "b_g3_00000.weights.h5"]);
    expect(readFileSync(join(folder, "b_00001.weights.h5"), "utf8")).toBe("someone else's");
    const other = build(6);
    await other.loadWeights(path);
    expect(everything(other)).toEqual(everything(model));
    await expect(model.saveWeights(path, { overwrite: false })).rejects.toThrow("exists already");
  });

  test("are refused with the reason when the options do not fit", async () => {
    const model = build(5);
    await expect(model.saveWeights(join(folder, "c.weights.h5"), { maxShardSize: 1 })).rejects.toThrow(
      'End the name in ".weights.json", or leave maxShardSize out.',
    );
    await expect(model.saveWeights(join(folder, "c.weights.json"), { maxShardSize: 0 })).rejects.toThrow(
      "saveWeights.maxShardSize must be a number > 0 and <= 4",
    );
    await expect(model.saveWeights(join(folder, "c.weights.json"), { maxShardSize: 1e-9 })).rejects.toThrow(
      "does not fit into a shard",
    );
    await expect(model.saveWeights(join(folder, "c.weights.json"), { shardSize: 1 } as never)).rejects.toThrow(
      'saveWeights has no option "shardSize". Expected: one of overwrite, maxShardSize.',
    );
    expect(readdirSync(folder).filter((name) => name.startsWith("c") || name.startsWith("."))).toEqual([]);
  });
});

describe("a set of shards", () => {
  const path = "w/m.weights.json";
  const load = async (files: Vfs, allowEdited = false): Promise<unknown> => {
    const model = build(9);
    restoreModel(model.savable, await loadWeightsFile(path, { vfs: files, allowEdited }));
    return everything(model);
  };

  test("is the old one or the new one, whichever operation fails", async () => {
    const model = build(5);
    const before = memoryVfs();
    await saveWeights(model.savable, path, before, { maxShardSize: SMALL });
    const old = everything(model);
    await model.fit(x, y, FIT);
    const now = everything(model);
    for (let at = 0; ; at++) {
      const disk = memoryVfs();
      await disk.makeFolder("w");
      for (const name of await before.list("w")) await disk.writeFile(`w/${name}`, await before.readFile(`w/${name}`));
      const files = faultyVfs(disk, { at, code: "ENOSPC", torn: 50 });
      const failed = await saveWeights(model.savable, path, files, { maxShardSize: SMALL }).catch(
        (error: unknown) => error,
      );
      const found = await load(disk);
      // If the folder's last fsync fails, the index already has its new name.
      const renamed = failed instanceof Error && failed.message.startsWith(`Cannot make durable "${path}"`);
      expect([at, found]).toEqual([at, failed === undefined || renamed ? now : old]);
      const { shards } = await decodeIndex(await disk.readFile(path), path);
      const extra = (await disk.list("w")).filter((name) => !shards.includes(name) && name !== path.slice(2));
      // A file that cannot be removed stays, unused.
      if (!renamed && !files.calls[at]?.startsWith("remove")) expect([at, extra]).toEqual([at, []]);
      if (at >= files.calls.length) break;
    }
  });

  test("belongs together: a shard that is missing, changed or from another save is named in the error", async () => {
    const files = memoryVfs();
    const model = build(5);
    await saveWeights(model.savable, path, files, { maxShardSize: SMALL });
    const [first, second] = (await decodeIndex(await files.readFile(path), path)).shards.map((name) => `w/${name}`);
    const [one, two] = [await files.readFile(first!), await files.readFile(second!)];
    await files.remove(second!);
    await expect(load(files)).rejects.toThrow(`There is no file "${second}"`);
    const changed = two.slice();
    changed[200]! ^= 1;
    await files.writeFile(second!, changed);
    await expect(load(files)).rejects.toThrow(`"${second}" is not as Pawl wrote it`);
    await files.writeFile(second!, two);
    await model.fit(x, y, FIT);
    const later = memoryVfs();
    await saveWeights(model.savable, path, later, { maxShardSize: SMALL });
    await files.writeFile(first!, await later.readFile(first!));
    await expect(load(files)).rejects.toThrow(`"${first}" is whole, but not the one that "${path}" was written with`);
    const said = vi.spyOn(console, "warn").mockImplementation(() => {});
    await load(files, true);
    expect(said.mock.calls.flat()).toEqual([expect.stringContaining("the training state was dropped")]);
    said.mockRestore();
    await files.writeFile(first!, one);
    await load(files);
  });

  test("detects every flipped bit of its index", async () => {
    const files = memoryVfs();
    await saveWeights(build(5).savable, path, files, undefined);
    const good = await files.readFile(path);
    for (let bit = 0; bit < good.length * 8; bit++) {
      const flipped = good.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await files.writeFile(path, flipped);
      await expect(loadWeightsFile(path, { vfs: files }), `bit ${bit}`).rejects.toThrow(/./);
    }
  });

  test.each([
    "../m_00000.weights.h5",
    "/etc/passwd",
    "a/b.weights.h5",
    "a\\b.weights.h5",
    "C:x.weights.h5",
    7,
    null,
    ["x", []],
  ])("never leads out of its folder: %j", async (name) => {
    const files = memoryVfs();
    await files.makeFolder("w");
    const index = JSON.stringify({ metadata: {}, weight_map: { "/layers/dense/vars": name } });
    await files.writeFile(path, new TextEncoder().encode(index));
    await expect(load(files)).rejects.toMatchObject({ code: "shard-name" });
  });
});

test("shards saved by real Keras are read and trained on as Keras does", async () => {
  const expected = JSON.parse(readFileSync(join(KERAS, "expected.json"), "utf8")) as Record<
    "x" | "y" | "predictions" | "then",
    number[]
  > & { shards: number };
  const folder = temporaryFolder();
  for (const name of readdirSync(KERAS)) copyFileSync(join(KERAS, name), join(folder, name));
  const model = new Sequential([
    new layers.Dense(5, { activation: "tanh", inputShape: [4] }),
    new layers.BatchNormalization(),
    new layers.Dense(1),
  ]);
  model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.01 }), loss: "mse" });
  await model.loadWeights(join(folder, "keras.weights.json"));
  const data = new Tensor(expected.x, [12, 4]);
  const predicted = (await model.predict(data, { verbose: 0 })) as Tensor;
  expect(largestDifference(predicted.data as Float32Array, expected.predictions)).toBeLessThan(1e-5);
  const { history } = await model.fit(data, new Tensor(expected.y, [12, 1]), {
    epochs: 2,
    batchSize: 6,
    shuffle: false,
    verbose: 0,
  });
  expect(largestDifference(history["loss"]!, expected.then)).toBeLessThan(1e-5);
  expect(expected.shards).toBeGreaterThan(4);
});
