import { describe, expect, test } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as random from "../../src/random/index.js";
import { digest, scratch } from "../resume/support.js";

const ROWS = 4;
const quiet = { batchSize: ROWS, verbose: 0 } as const;

function stateful(options: layers.LSTMOptions<false> = {}): { model: Model; lstm: layers.LSTM } {
  const lstm = new layers.LSTM(3, { stateful: true, dropout: 0.2, recurrentDropout: 0.1, ...options });
  const input = Input({ batchShape: [ROWS, 5, 2] });
  const model = new Model(input, new layers.Dense(1).apply(lstm.apply(input)));
  model.compile({ optimizer: "adam", loss: "mse" });
  return { model, lstm };
}

/** Steps `from … to - 1` of sequences (rows, steps, 2). */
function steps(x: Tensor, from: number, to: number): Tensor {
  const all = x.shape[1]!;
  const part = Array.from({ length: x.shape[0]! }, (_, row) =>
    Array.from(x.data as Float32Array).slice((row * all + from) * 2, (row * all + to) * 2),
  );
  return new Tensor(part.flat(), [x.shape[0]!, to - from, 2]);
}

const x = random.normal([3 * ROWS, 5, 2], { seed: 1 });
const y = random.normal([3 * ROWS, 1], { seed: 2 });

describe("stateful layers", () => {
  test("a sequence in two parts gives the same outputs as the whole one", async () => {
    const { model, lstm } = stateful();
    const long = new Sequential([new layers.LSTM(3, { inputShape: [10, 2] }), new layers.Dense(1)]);
    await long.setWeights(await model.getWeights());
    const whole = random.normal([ROWS, 10, 2], { seed: 3 });
    const expected = (await long.predict(whole, quiet)) as Tensor;
    await model.predict(steps(whole, 0, 5), quiet);
    const after = (await model.predict(steps(whole, 5, 10), quiet)) as Tensor;
    after.data.forEach((value, i) => {
      expect(value).toBeCloseTo(Number(expected.data[i]), 6);
    });
    lstm.resetState();
    const anew = (await model.predict(steps(whole, 5, 10), quiet)) as Tensor;
    expect(anew.data).not.toEqual(after.data);
  });

  test("their state continues bit for bit from a file saved in mid-epoch", async () => {
    setRandomSeed(5);
    const { model } = stateful();
    const file = `${scratch()}/half.keras`;
    const options = { ...quiet, shuffle: false };
    await model.fit(x, y, { ...options, epochs: 1 });
    await model.save(file);
    await model.fit(x, y, { ...options, epochs: 2, initialEpoch: 1 });
    const loaded = (await loadModel(file)) as Model;
    await loaded.fit(x, y, { ...options, epochs: 2, initialEpoch: 1 });
    expect(digest(loaded)).toBe(digest(model));
    const carried = (of: Model): unknown[] => layers.carriedStates(of).map((state) => state.read().data);
    expect(carried(loaded)).toEqual(carried(model));
    expect((carried(model)[0] as Float32Array).some((value) => value !== 0)).toBe(true);
  });

  test("validation and evaluation leave their state unchanged", async () => {
    const losses = async (validate: boolean): Promise<unknown> => {
      setRandomSeed(6);
      const { model } = stateful();
      const options = { ...quiet, shuffle: false, epochs: 2, ...(validate ? { validationData: [x, y] as const } : {}) };
      const { history } = await model.fit(x, y, options);
      await model.evaluate(x, y, quiet);
      return [history["loss"], digest(model), layers.carriedStates(model).map((state) => state.read().data)];
    };
    expect(await losses(true)).toEqual(await losses(false));
  });

  test("batches of another size, and a layer without a batch size, are errors", async () => {
    const { model } = stateful();
    await expect(model.predict(steps(x, 0, 5), { batchSize: 5, verbose: 0 })).rejects.toThrow(
      /carries the state of each row.*Received: a batch of 5 rows\. Expected: 4/s,
    );
    expect(() => new layers.LSTM(3, { stateful: true }).apply(Input({ shape: [5, 2] }))).toThrow(
      /is stateful, so it must know the size of the batches/,
    );
    expect(() => new layers.LSTM(3).apply([Input({ shape: [5, 2] }), Input({ shape: [4] })])).toThrow(
      /cannot take these inputs.*\(batch, steps, features\), alone or with states/s,
    );
  });
});
