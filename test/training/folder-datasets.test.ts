import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { data, layers, Sequential, utils } from "../../src/index.js";

const file = join(import.meta.dirname, "../fixtures/keras/data_folders.json");
type Coded = Readonly<Record<string, string>>;
const fixture = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<"pictures" | "texts" | "sounds", Coded>>;

function onDisk(files: Coded): string {
  const root = mkdtempSync(join(tmpdir(), "pawl-folder-"));
  for (const [name, coded] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), Buffer.from(coded, "base64"));
  }
  return root;
}

test("a model trains on a folder of pictures, and knows the names of the classes", async () => {
  const pictures = await utils.imageDatasetFromDirectory(onDisk(fixture.pictures), {
    imageSize: 6,
    batchSize: 3,
    labelMode: "binary",
    seed: 1,
  });
  expect(pictures.classNames).toEqual(["a", "b"]);
  expect(pictures.filePaths).toHaveLength(4);
  const model = new Sequential([
    new layers.Rescaling(1 / 255),
    new layers.Flatten(),
    new layers.Dense(1, { activation: "sigmoid" }),
  ]);
  model.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  const { history } = await model.fit(pictures, { epochs: 2, verbose: 0 });
  expect(history["loss"]!.every(Number.isFinite)).toBe(true);
});

test("texts and sounds come in two parts that share no file", async () => {
  const split = { validationSplit: 0.25, subset: "both", seed: 5 } as const;
  const [training, validation] = await utils.textDatasetFromDirectory(onDisk(fixture.texts), split);
  expect([training.rows, validation.rows]).toEqual([9, 3]);
  expect(new Set([...training.filePaths, ...validation.filePaths]).size).toBe(12);
  const sounds = await utils.audioDatasetFromDirectory(onDisk(fixture.sounds), {
    outputSequenceLength: 10,
    labelMode: "categorical",
    shuffle: false,
  });
  const batch = await sounds.open({ batchSize: 1, shuffle: false, seed: 0, pass: 0 }).next();
  expect(batch!.x[0]!.shape).toEqual([3, 10, 1]);
  expect(batch!.y[0]!.shape).toEqual([3, 2]);
});

test("records of a file on disk go through a pipeline", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "pawl-csv-")), "t.csv");
  writeFileSync(path, "x,y\n1,0\n2,1\n3,0\n");
  const records = await data.csv(path);
  expect(String(records)).toBe('csv("t.csv")');
  expect(await records.map(({ x }) => ({ twice: 2 * (x as number) })).toArray()).toEqual([
    { twice: 2 },
    { twice: 4 },
    { twice: 6 },
  ]);
});
