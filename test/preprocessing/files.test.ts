import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Input, layers, loadModel, Sequential, Tensor } from "../../src/index.js";

const FOLDER = mkdtempSync(join(tmpdir(), "pawl-text-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const TEXTS = ["b a c", "a b", "a", "d"];

function textModel(outputMode: "int" | "tf_idf" = "int") {
  const vectorize = new layers.TextVectorization(
    outputMode === "int" ? { outputSequenceLength: 3 } : { outputMode, maxTokens: 8, padToMaxTokens: true },
  );
  const model = new Sequential([
    Input({ shape: [1], dtype: "string" }),
    vectorize,
    ...(outputMode === "int" ? [new layers.Embedding(8, 2), new layers.Flatten()] : []),
    new layers.Dense(1),
  ]);
  model.compile({ optimizer: "adam", loss: "mse" });
  return { vectorize, model };
}

function numbersModel() {
  const vectorize = new layers.Discretization({ numBins: 4, outputMode: "one_hot", inputShape: [1] });
  const model = new Sequential([vectorize, new layers.Dense(1)]);
  model.compile({ optimizer: "adam", loss: "mse" });
  return { vectorize, model };
}

const KINDS = [
  ["ids", () => textModel(), TEXTS],
  ["tf_idf", () => textModel("tf_idf"), TEXTS],
  ["bins", () => numbersModel(), [[1], [2], [3], [4], [5]]],
] as const;

describe.each(KINDS)("what a layer has learned (%s)", (name, make, data) => {
  test.each(["x.keras", "x.h5", "x.weights.h5"])(
    "is in %s, and loads into a model that has learned nothing",
    async (file) => {
      const { vectorize, model } = make();
      await vectorize.adapt(data);
      const path = join(FOLDER, `${name}-${file}`);
      const expected = await model.predict(data as never, { verbose: 0 });
      if (!file.endsWith(".weights.h5")) {
        await model.save(path);
        const loaded = await loadModel(path);
        expect((await loaded.predict(data as never, { verbose: 0 })) as Tensor).toEqual(expected);
      } else await model.saveWeights(path);
      const other = make();
      await other.model.loadWeights(path);
      expect(await other.model.predict(data as never, { verbose: 0 })).toEqual(expected);
    },
  );

  test("goes on exactly from a run folder, and another one is refused", async () => {
    const y = data.map((_, i) => [i % 2]);
    const fit = async (run: string | null, epochs: number, learn: unknown = data) => {
      const { vectorize, model } = make();
      await vectorize.adapt(learn as never);
      const dir = run === null ? null : join(FOLDER, `${name}-${run}`);
      await model.fit(data as never, y, { epochs, batchSize: 2, verbose: 0, run: dir });
      return model;
    };
    const { setRandomSeed } = await import("../../src/index.js");
    setRandomSeed(3);
    const whole = await fit(null, 4);
    setRandomSeed(3);
    await fit("run", 2);
    setRandomSeed(3);
    const again = await fit("run", 4);
    expect(await again.getWeights()).toEqual(await whole.getWeights());
    const others = name === "bins" ? [[7], [8], [9], [10]] : ["b b a c", "b a b", "a", "d"];
    await expect(fit("run", 5, others)).rejects.toThrow(/learned\[0\] has other contents|bin_boundaries/);
  });
});

describe("setVocabulary", () => {
  test("takes lists, tensors, and files with an entry in each line, as Keras", async () => {
    const file = join(FOLDER, "words.txt");
    writeFileSync(file, "a\nb\n");
    const lookup = new layers.StringLookup();
    for (const vocabulary of [["a", "b"], new Tensor(["[UNK]", "a", "b"]), file]) {
      await lookup.setVocabulary(vocabulary);
      expect(lookup.getVocabulary()).toEqual(["[UNK]", "a", "b"]);
    }
    const numbers = join(FOLDER, "numbers.txt");
    writeFileSync(numbers, "7\n-1");
    const ids = new layers.IntegerLookup();
    await ids.setVocabulary(numbers);
    expect(ids.call([7, 8]).toArray()).toEqual([1, 0]);
    await expect(ids.setVocabulary(file)).rejects.toThrow("is no entry. Received: a. Expected: whole numbers.");
    await expect(lookup.setVocabulary(join(FOLDER, "none.txt"))).rejects.toThrow("there is no file");
    expect(() => new layers.StringLookup({ vocabulary: file as never })).toThrow(
      "For a file: await layer.setVocabulary(path)",
    );
  });

  test("refuses what is no vocabulary", async () => {
    const wrong =
      (vocabulary: readonly string[], options = {}) =>
      () =>
        new layers.StringLookup({ vocabulary, name: "l", ...options });
    expect(wrong([])).toThrow('StringLookup "l" cannot have an empty vocabulary');
    expect(wrong(["a", "a"])).toThrow('StringLookup "l" has an entry of its vocabulary twice. Received: "a".');
    expect(wrong(["a", "m"], { maskToken: "m" })).toThrow("special tokens at the start, exactly");
    expect(wrong(["a", "b"], { maxTokens: 2 })).toThrow(
      "cannot hold so large a vocabulary. Received: 3. Expected: at most maxTokens, 2.",
    );
    expect(wrong(["a"], { outputMode: "tf_idf" })).toThrow("needs idfWeights with its vocabulary");
    expect(wrong(["a"], { outputMode: "tf_idf", idfWeights: [1, 2, 3] })).toThrow("needs a weight for each entry");
    expect(wrong(["a"], { invert: true, outputMode: "count" })).toThrow('invert needs outputMode "int"');
    expect(wrong(["a"], { padToMaxTokens: true })).toThrow("padToMaxTokens needs maxTokens");
    expect(wrong(["a"], { sparse: true })).toThrow("Pawl has no sparse tensors");
    expect(() => new layers.TextVectorization({ ragged: true })).toThrow("Pawl has no ragged tensors");
    const sized = new layers.StringLookup({ outputMode: "count", name: "sized" });
    await sized.setVocabulary(["a"]);
    sized.apply(Input({ shape: [2], dtype: "string" }));
    await expect(sized.setVocabulary(["a", "b"])).rejects.toThrow(
      'A new vocabulary of StringLookup "sized" would change the size',
    );
  });

  test("functions of the user's change and split texts, and no file brings them back", async () => {
    const vectorize = new layers.TextVectorization({
      standardize: (text) => text.toUpperCase(),
      split: (text) => text.split(","),
      vocabulary: ["A", "B"],
    });
    expect(vectorize.call(["a,b,c"]).toArray()).toEqual([[2, 3, 1]]);
    const model = new Sequential([Input({ shape: [1], dtype: "string" }), vectorize]);
    const path = join(FOLDER, "own.keras");
    await model.save(path);
    await expect(loadModel(path)).rejects.toThrow("is a function of the program that wrote the file");
  });
});
