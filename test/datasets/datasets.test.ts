import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { type CifarLayout, openCifar } from "../../src/datasets/cifar.js";
import { CIFAR10 } from "../../src/datasets/cifar10.js";
import { cifar100Layout } from "../../src/datasets/cifar100.js";
import { datasets, type Tensor } from "../../src/index.js";
import { kerasFixture } from "../contracts/fixture.js";

interface Part {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
const fixture = kerasFixture<{
  readonly files: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, readonly (readonly Part[])[]>>;
}>("datasets");

type Loaded = Awaited<ReturnType<typeof datasets.mnist.loadData>>;
const plain = (loaded: Loaded): unknown =>
  loaded.map((part) => part.map(({ dtype, shape, data }: Tensor) => ({ dtype, shape, data: [...data] })));

const home = mkdtempSync(join(tmpdir(), "pawl-datasets-"));
const kept = join(home, "datasets");
beforeAll(() => {
  mkdirSync(join(kept, "fashion-mnist"), { recursive: true });
  for (const [name, coded] of Object.entries(fixture.files)) {
    const folder = name.includes("ubyte") ? join(kept, "fashion-mnist") : kept;
    writeFileSync(join(folder, name), Buffer.from(coded, "base64"));
  }
});
const before = process.env["KERAS_HOME"];
afterEach(() => {
  if (before === undefined) delete process.env["KERAS_HOME"];
  else process.env["KERAS_HOME"] = before;
});

const LOADERS: Readonly<Record<string, () => Promise<Loaded>>> = {
  mnist: () => datasets.mnist.loadData(),
  fashion_mnist: () => datasets.fashionMnist.loadData(),
  boston_housing: () => datasets.bostonHousing.loadData(),
  "boston_housing, options": () => datasets.bostonHousing.loadData(null, { testSplit: 0.35, seed: 7 }),
  california_housing: () => datasets.californiaHousing.loadData(null, { version: "small", testSplit: 0.95 }),
};

describe("data sets that Keras has kept are what Keras makes of them", () => {
  test("every case of the fixture has a loader", () => {
    expect(Object.keys(LOADERS)).toEqual(Object.keys(fixture.cases));
  });

  test.each(Object.entries(LOADERS))("%s", async (name, load) => {
    process.env["KERAS_HOME"] = home;
    expect(plain(await load())).toEqual(fixture.cases[name]);
  });
});

describe("files elsewhere", () => {
  test("by path, and the four files of MNIST as they are", async () => {
    expect(plain(await datasets.mnist.loadData(join(kept, "mnist.npz")))).toEqual(fixture.cases["mnist"]);
    const folder = mkdtempSync(join(tmpdir(), "pawl-idx-"));
    for (const [name, coded] of Object.entries(fixture.files)) {
      if (!name.endsWith(".gz")) continue;
      writeFileSync(join(folder, name.slice(0, -3)), gunzipSync(Buffer.from(coded, "base64")));
    }
    expect(plain(await datasets.mnist.loadData(folder))).toEqual(fixture.cases["fashion_mnist"]);
    const labels = join(folder, "t10k-labels-idx1-ubyte");
    for (const bytes of [readFileSync(labels).subarray(0, 9), Buffer.from("no labels")]) {
      writeFileSync(labels, bytes);
      await expect(datasets.mnist.loadData(folder)).rejects.toMatchObject({
        code: "dataset-damaged",
        data: { path: labels },
      });
    }
  });

  test("what is not there is not fetched: the error says where it would be, and how to get it", async () => {
    process.env["KERAS_HOME"] = join(home, "nowhere");
    for (const load of [
      ...Object.values(LOADERS),
      () => datasets.cifar10.loadData(),
      () => datasets.cifar100.loadData(),
    ]) {
      await expect(load()).rejects.toMatchObject({
        code: "no-dataset",
        data: { path: expect.stringContaining("nowhere/datasets/") },
        parts: { fix: expect.stringContaining("Pawl fetches nothing") },
      });
    }
  });

  test("arrays that are missing or do not fit are named", async () => {
    const mnist = join(kept, "mnist.npz");
    await expect(datasets.bostonHousing.loadData(mnist)).rejects.toThrow('has no array "x"');
    const wrong = join(kept, "boston_housing.npz");
    await expect(datasets.mnist.loadData(wrong)).rejects.toThrow('has no array "x_train"');
    writeFileSync(join(home, "none.npz"), "none");
    await expect(datasets.mnist.loadData(join(home, "none.npz"))).rejects.toMatchObject({ code: "zip-damaged" });
  });
});

describe("CIFAR, of the binary version", () => {
  /** Pictures whose bytes say where they are. */
  const file = (count: number, labels: readonly number[], first: number): Uint8Array => {
    const out = new Uint8Array(count * (labels.length + 3072));
    for (let i = 0, at = 0; i < count; i++) {
      for (const label of labels) out[at++] = label + first + i;
      for (let k = 0; k < 3072; k++) out[at++] = (Math.floor(k / 1024) * 100 + (k % 1024) + first + i) % 256;
    }
    return out;
  };
  const pixel = (picture: number, y: number, x: number): number[] =>
    [0, 1, 2].map((c) => (c * 100 + y * 32 + x + picture) % 256);

  test.each([
    ["cifar10", CIFAR10, [0]],
    ["cifar100, fine", cifar100Layout("fine"), [50, 0]],
    ["cifar100, coarse", cifar100Layout("coarse"), [0, 50]],
  ] as readonly (readonly [string, CifarLayout, readonly number[]])[])("%s", async (_name, layout, labels) => {
    const files = memoryVfs();
    await files.makeFolder("c");
    for (const [i, name] of layout.train.entries()) await files.writeFile(`c/${name}`, file(2, labels, 2 * i));
    for (const name of layout.test) await files.writeFile(`c/${name}`, file(1, labels, 20));
    const [[x, y], [xTest, yTest]] = await openCifar("cifar", "c", layout, files);
    const count = 2 * layout.train.length;
    expect([x.shape, y.shape, xTest.shape, yTest.shape]).toEqual([
      [count, 32, 32, 3],
      [count, 1],
      [1, 32, 32, 3],
      [1, 1],
    ]);
    expect([...y.data, ...yTest.data]).toEqual([...Array.from({ length: count }, (_, i) => i), 20]);
    for (const [row, col] of [
      [0, 0],
      [3, 31],
      [31, 7],
    ] as const) {
      const at = ((count - 1) * 1024 + row * 32 + col) * 3;
      expect([...x.data.slice(at, at + 3)]).toEqual(pixel(count - 1, row, col));
    }
    await files.writeFile(`c/${layout.test[0]}`, new Uint8Array(100));
    await expect(openCifar("cifar", "c", layout, files)).rejects.toMatchObject({ code: "dataset-damaged" });
  });
});
