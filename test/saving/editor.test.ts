import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as layers from "../../src/layers/index.js";
import { loadModel, Sequential } from "../../src/model/index.js";
import * as random from "../../src/random/index.js";
import { KerasFileEditor } from "../../src/saving/editor/file-editor.js";
import { kerasFixture } from "../contracts/fixture.js";
import { kerasCases, kerasFile, temporaryFolder, toTensors } from "./support.js";

type Call = readonly [method: "renameObject", object: string, ...rest: unknown[]];
const KERAS =
  kerasFixture<
    readonly {
      readonly file: string;
      readonly calls: readonly Call[];
      readonly contents?: Readonly<Record<string, readonly number[]>>;
      readonly error?: string;
    }[]
  >("file-editor");

const folder = temporaryFolder();
const out = (name: string): string => join(folder, name);

/** Path and shape of every weight. */
const contents = (editor: KerasFileEditor): Record<string, readonly number[]> =>
  Object.fromEntries(
    editor.objects
      .flatMap(({ path, weights }) => [...weights].map(([name, { shape }]) => [`${path}/${name}`, shape] as const))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

describe("KerasFileEditor", () => {
  test.each(KERAS)("makes of $file by $calls what Keras makes", async ({ file, calls, contents: expected, error }) => {
    const editor = await KerasFileEditor.open(kerasFile(file));
    const run = (): void => {
      for (const [method, ...args] of calls) (editor[method] as (...args: unknown[]) => void)(...args);
    };
    if (error !== undefined) {
      expect(run).toThrow(/Received: .*Expected: /);
      return;
    }
    run();
    await editor.save(out("edited.weights.h5"));
    expect(contents(await KerasFileEditor.open(out("edited.weights.h5")))).toEqual(expected);
  });

  test.each(["seed_model.keras", "seed_model.weights.h5", "seed_model.h5", "old_seed_model.h5"])(
    "%s, opened and saved, is the same file for loading",
    async (file) => {
      const editor = await KerasFileEditor.open(kerasFile(file));
      await editor.save(out(file));
      const again = await KerasFileEditor.open(out(file));
      const { status, matchCount, equalCount } = editor.compare(again);
      expect([status, equalCount]).toEqual(["success", matchCount]);
      expect(matchCount).toBeGreaterThan(3);
      if (file.endsWith(".weights.h5")) return;
      const { x } = kerasCases["seed_model"]!;
      const [before, after] = [await loadModel(kerasFile(file)), await loadModel(out(file))];
      expect(await after.predict(toTensors(x))).toEqual(await before.predict(toTensors(x)));
    },
  );

  test.each(["seed_model.keras", "old_seed_model.h5", "nested_functional_shared.h5", "two_outputs.h5"])(
    "a layer of %s gets another name wherever it stands",
    async (file) => {
      const editor = await KerasFileEditor.open(kerasFile(file));
      const layer = editor.layerNames.find(
        (name) => editor.summary().includes(name) && /dense|trunk|a|kind/.test(name),
      )!;
      editor.renameLayer(layer, "another");
      await editor.save(out(`renamed-${file}`));
      const [before, after] = [await loadModel(kerasFile(file)), await loadModel(out(`renamed-${file}`))];
      expect(after.layers.map(({ name }) => name)).toEqual(
        before.layers.map(({ name }) => (name === layer ? "another" : name)),
      );
      expect((await after.getWeights()).map(({ data }) => data)).toEqual(
        (await before.getWeights()).map(({ data }) => data),
      );
    },
  );

  test("weights for a layer that a model has since got are added to its file", async () => {
    const model = new Sequential([new layers.Dense(3, { inputShape: [2] }), new layers.Dense(1)]);
    await model.saveWeights(out("two.weights.h5"));
    const editor = await KerasFileEditor.open(out("two.weights.h5"));
    expect(editor.notes.join()).toMatch(/Pawl's state of the training is left out/);
    editor.renameObject("layers/dense_1", "dense_2");
    editor.addObject("layers/dense_1", { "0": random.normal([3, 3], { seed: 1 }), "1": [1, 2, 3] });
    await editor.save(out("three.weights.h5"));
    const larger = new Sequential([new layers.Dense(3, { inputShape: [2] }), new layers.Dense(3), new layers.Dense(1)]);
    await larger.loadWeights(out("three.weights.h5"));
    expect([...larger.layers.at(-2)!.weights[1]!.data]).toEqual([1, 2, 3]);
    expect(larger.layers.at(-1)!.weights[0]!.data).toEqual(model.layers.at(-1)!.weights[0]!.data);
  });

  test("what no longer fits the architecture is written as weights", async () => {
    const archive = await KerasFileEditor.open(kerasFile("seed_model.keras"));
    archive.deleteObject("dense_1");
    await expect(archive.save(out("less.keras"))).rejects.toThrow(/no longer fit the architecture.*\.weights\.h5/);
    const old = await KerasFileEditor.open(kerasFile("old_seed_model.h5"));
    old.deleteWeight("dense", "dense/bias:0");
    await old.save(out("less.h5"));
    expect(old.notes.join()).toMatch(/written without it/);
    await expect(loadModel(out("less.h5"))).rejects.toThrow(/holds no architecture/);
    expect(contents(await KerasFileEditor.open(out("less.h5")))).not.toHaveProperty(["dense/dense/bias:0"]);
  });

  // Keras counts a name in nested objects once more for each object before it, and so refuses it.
  test("a name alone is enough where only one object has it", async () => {
    const editor = await KerasFileEditor.open(kerasFile("seed_model.weights.h5"));
    editor.renameObject("dense_1", "last");
    expect(editor.objects.map(({ path }) => path)).toContain("layers/last");
    editor.addObject("other", { "0": [1] });
    editor.addObject("other/last", { "0": [1] });
    expect(() => editor.deleteObject("last")).toThrow(/several objects of that name.*layers\/last, other\/last/);
  });

  test("a comparison names places, and what either file has there", async () => {
    const [one, other] = [
      await KerasFileEditor.open(kerasFile("seed_model.weights.h5")),
      await KerasFileEditor.open(kerasFile("seed_model.weights.h5")),
    ];
    other.deleteWeight("layers/dense", "1");
    other.addObject("layers/extra", { "0": [1] });
    expect(one.compare(other)).toMatchObject({
      status: "error",
      differences: [
        { place: "layers/dense: 1", here: "float32 (10,)", there: null },
        { place: "layers/extra: 0", here: null, there: "float32 (1,)" },
      ],
    });
    const layout = await KerasFileEditor.open(kerasFile("old_seed_model.h5"));
    expect(() => one.compare(layout)).toThrow(/by path and the other by layer/);
  });

  test("errors name what is there, and the nearest spelling", async () => {
    const editor = await KerasFileEditor.open(kerasFile("seed_model.weights.h5"));
    expect(() => editor.deleteObject("layers/dence")).toThrow(
      /has no object "layers\/dence"\. Received: .*Expected: layers, layers\/dense, .*Did you mean "layers\/dense"\?/,
    );
    expect(() => editor.renameObject("layers/dense", "dense_1")).toThrow(/has such an object already/);
    expect(() => editor.addWeights("dense", { "0": [1] })).toThrow(/has such a weight already/);
    expect(() => editor.renameLayer("dense", "x")).toThrow(/has no layer "dense"/);
    await expect(editor.save(out("a.h5"))).rejects.toThrow(/of another layout.*\.weights\.h5/);
    copyFileSync(kerasFile("seed_model.weights.h5"), out("mine.weights.h5"));
    await expect(editor.save(out("mine.weights.h5"), { overwrite: false })).rejects.toThrow(/exists already/);
    expect(readFileSync(out("mine.weights.h5"))).toEqual(readFileSync(kerasFile("seed_model.weights.h5")));
  });
});
