import { describe, expect, test } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import { Model, modelFromJSON, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import { SGD } from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import { firstDifference } from "../contracts/close.js";
import { kerasFixture } from "../contracts/fixture.js";

interface Plain {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Training {
  readonly model: object;
  readonly paths: readonly string[];
  readonly optimizer: { readonly momentum?: number };
  readonly x: Plain;
  readonly y: Plain;
  readonly first: readonly Plain[];
  readonly steps: readonly { readonly loss: number; readonly weights: readonly Plain[] }[];
  readonly predicted: Plain;
}

const TRAININGS = kerasFixture<Record<string, Training>>("spectral-normalization");
const tensor = ({ data, shape }: Plain): Tensor => new Tensor(data, shape);

describe("SpectralNormalization in training", () => {
  // On JAX Keras forgets after the step what became of the kernel.
  test.each(Object.entries(TRAININGS))("%s: kernel and state are those of Keras on TensorFlow", async (_, fixture) => {
    const model = modelFromJSON(JSON.stringify(fixture.model));
    expect(model.weights.map(({ path }) => path)).toEqual(fixture.paths);
    await model.setWeights(fixture.first.map(tensor));
    model.compile({ optimizer: new SGD({ learningRate: 0.1, ...fixture.optimizer }), loss: "mse" });
    const [x, y] = [tensor(fixture.x), tensor(fixture.y)];
    for (const { loss, weights } of fixture.steps) {
      expect((await model.trainOnBatch(x, y))["loss"]).toBeCloseTo(loss, 5);
      weights.forEach(({ data }, i) => {
        expect(firstDifference(model.weights[i]!.data, data)).toBeNull();
      });
    }
    const predicted = (await model.predict(x)) as Tensor;
    expect(firstDifference(predicted.data as Float32Array, fixture.predicted.data)).toBeNull();
  });

  test("shards divide the kernel by the same number", async () => {
    const { model: config, first, x, y } = TRAININGS["conv"]!;
    const trained = async (shards: number): Promise<number[][]> => {
      const model = modelFromJSON(JSON.stringify(config));
      await model.setWeights(first.map(tensor));
      model.compile({ optimizer: "sgd", loss: "mse", shards });
      await model.trainOnBatch(tensor(x), tensor(y));
      return model.weights.map(({ data }) => Array.from(data, Number));
    };
    const [one, three] = [await trained(1), await trained(3)];
    one.forEach((weight, i) => {
      expect(firstDifference(three[i]!, weight)).toBeNull();
    });
  });

  // Keras casts the result to the dtype of the ids, so that all becomes 0.
  test("embeddings come out as they are", async () => {
    const embedding = new layers.Embedding(5, 3, { embeddingsInitializer: "ones" });
    const input = Input({ shape: [2], dtype: "int32" });
    const model = new Model(input, new layers.SpectralNormalization(embedding).apply(input));
    await model.setWeights(model.weights.map(({ shape }) => random.uniform([...shape], { seed: 3 })));
    const predicted = (await model.predict(new Tensor(Int32Array.from([0, 1, 4, 2]), [2, 2]))) as Tensor;
    const rows = [0, 1, 4, 2].flatMap((id) => [
      ...(embedding.embeddings.data as Float32Array).slice(3 * id, 3 * id + 3),
    ]);
    expect([...(predicted.data as Float32Array)]).toEqual(rows);
  });

  test("a layer without a kernel is refused by name", () => {
    const model = new Sequential([
      new layers.SpectralNormalization(new layers.Flatten({ name: "flat" }), { name: "sn" }),
    ]);
    expect(() => model.build([null, 4])).toThrow(
      /"sn" .*has nothing to normalize.*"flat".*neither `kernel` nor `embeddings`.*Wrap the layers with kernels/s,
    );
  });
});
