import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LambdaCallback, ReduceLROnPlateau } from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import { Tensor } from "../../src/core/tensor.js";
import { loadModel } from "../../src/model/index.js";
import { Callback, decodeTrainState, type FitOptions } from "../../src/training/index.js";
import { fitInMemory, restore, type Snapshot, snapshot } from "./memory.js";
import { build, digest, SaveEverywhere, scratch, x, y } from "./support.js";

const OPTIONS = { batchSize: 8, verbose: 0 } as const;
let warnings: string[] = [];
const warn = console.warn;

beforeEach(() => {
  warnings = [];
  console.warn = (text: string) => void warnings.push(text);
});
afterEach(() => {
  console.warn = warn;
});

async function saved(epochs: number): Promise<Map<string, Snapshot>> {
  setRandomSeed(5);
  const saves = new Map<string, Snapshot>();
  await fitInMemory(build(), x, y, { ...OPTIONS, epochs, callbacks: [new SaveEverywhere("", "")] }, saves);
  return saves;
}

async function goOn(from: Snapshot | undefined, options: FitOptions) {
  setRandomSeed(99);
  const model = build();
  if (from !== undefined) restore(model.savable, from);
  const history = await fitInMemory(model, x, y, { ...OPTIONS, ...options });
  return { model, history };
}

describe("where a call of fit starts", () => {
  test("after a save in a hook of an epoch's end, the rest of that end is done; the history is this call's", async () => {
    const folder = scratch();
    const options = { ...OPTIONS, epochs: 5, validationData: [x, y] } satisfies FitOptions;
    const patient = () => new ReduceLROnPlateau({ monitor: "val_loss", patience: 1, minDelta: 1, factor: 0.5 });
    setRandomSeed(5);
    const whole = build();
    const save = new LambdaCallback({
      onEpochEnd: async (epoch) => {
        if (epoch === 2) await whole.save(join(folder, "own.keras"));
      },
    });
    const { history } = await whole.fit(x, y, { ...options, callbacks: [save, patient()] });
    const model = await loadModel(join(folder, "own.keras"));
    const rest = await model.fit(x, y, { ...options, initialEpoch: 3, callbacks: [patient()] });
    expect(warnings).toEqual([]);
    expect(rest.epoch).toEqual([3, 4]);
    expect(rest.history).toEqual(
      Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values.slice(3)])),
    );
    expect(digest(model)).toBe(digest(whole));
  });

  test("initialEpoch equal to the state's epoch: no warning", async () => {
    const { history } = await goOn((await saved(2)).get("e1-end"), { initialEpoch: 2, epochs: 3 });
    expect([history.epoch, warnings]).toEqual([[2], []]);
  });

  test("a different initialEpoch warns with both numbers", async () => {
    const { history } = await goOn((await saved(2)).get("e1-end"), { initialEpoch: 5, epochs: 6 });
    expect(history.epoch).toEqual([5]);
    expect(warnings[0]).toMatch(/initialEpoch is 5, but the state of the model stands at epoch 2\./);
    expect(warnings).toHaveLength(1);
  });

  test("resume with a different initialEpoch is an error", async () => {
    const from = (await saved(2)).get("e1-end");
    await expect(goOn(from, { resume: true, initialEpoch: 1, epochs: 3 })).rejects.toThrow(
      "initialEpoch 1 contradicts the state that it resumes, which stands at epoch 2. Leave initialEpoch out.",
    );
  });

  test("between epochs, changed arguments warn", async () => {
    const from = (await saved(2)).get("e1-end");
    await goOn(from, { initialEpoch: 2, epochs: 3, batchSize: 4 });
    await goOn(from, { resume: true, epochs: 3, shuffle: false });
    expect(warnings).toEqual([
      expect.stringMatching(/goes on with other arguments than before, .*: batchSize: was 8, is 4\.$/),
      expect.stringMatching(/goes on with other arguments than before, .*: shuffle: was true, is false\.$/),
    ]);
  });

  test("other data of the same size warns between epochs, and is refused in mid-epoch", async () => {
    const states = await saved(2);
    const others = new Tensor(
      (x.data as Float32Array).map((value, i) => (i === 7 ? value + 1 : value)),
      x.shape,
    );
    const on = async (from: Snapshot, options: FitOptions): Promise<unknown> => {
      const model = build();
      restore(model.savable, from);
      return fitInMemory(model, others, y, { ...OPTIONS, ...options });
    };
    await on(states.get("e1-end")!, { initialEpoch: 2, epochs: 3 });
    expect(warnings).toEqual([
      expect.stringMatching(
        /goes on with other arguments than before, .*: data has other contents: was "[0-9a-f]{32}", is "[0-9a-f]{32}"\.$/,
      ),
    ]);
    await expect(on(states.get("e1-b3")!, { resume: true, epochs: 2 })).rejects.toThrow(
      /cannot go on at batch 3 of epoch 1 with other arguments\. Received: data has other contents/,
    );
  });

  test("a state of an earlier version, with a shorter identity of its data, resumes without a warning", async () => {
    const state = (await saved(2)).get("e1-end")!;
    const json = structuredClone(state.state!.json) as { identity: Record<string, unknown> };
    delete json.identity["data"];
    delete json.identity["validationData"];
    await goOn({ ...state, state: { ...state.state!, json: json as never } }, { initialEpoch: 2, epochs: 3 });
    expect(warnings).toEqual([]);
  });

  test("in mid-epoch, resuming needs the same arguments as before", async () => {
    const from = (await saved(2)).get("e1-b3");
    await expect(goOn(from, { resume: true, epochs: 2, batchSize: 4 })).rejects.toThrow(
      /cannot go on at batch 3 of epoch 1 with other arguments\. Received: batchSize: was 8, is 4\. Give the old arguments, or initialEpoch: 1 /,
    );
  });

  test("an optimizer that compile has made since warns", async () => {
    setRandomSeed(99);
    const model = build();
    restore(model.savable, (await saved(2)).get("e1-end")!);
    model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
    await fitInMemory(model, x, y, { ...OPTIONS, initialEpoch: 2, epochs: 3 });
    expect(warnings).toEqual([
      expect.stringMatching(/goes on at epoch 2 with an optimizer that has no state: compile made it anew/),
    ]);
  });

  test("in mid-epoch, initialEpoch restarts the epoch, with batches in the same order, and warns", async () => {
    const again = await goOn((await saved(2)).get("e1-b3"), { initialEpoch: 1, epochs: 2 });
    expect(again.history.epoch).toEqual([1]);
    expect(warnings[0]).toMatch(
      /the state stands after 3 batches of epoch 1, and the epoch starts again at its first batch, .* Give resume: true to go on at the exact batch\.$/,
    );
    expect(decodeTrainState(snapshot(again.model.savable).state!)).toMatchObject({ pass: 2, epoch: 2, iteration: 15 });
  });

  test("without initialEpoch a trained model starts a new training, with data in another order", async () => {
    const { history, model } = await goOn((await saved(2)).get("e1-end"), { epochs: 1 });
    expect([history.epoch, warnings]).toEqual([[0], []]);
    expect(decodeTrainState(snapshot(model.savable).state!)).toMatchObject({ pass: 3, epoch: 1, iteration: 18 });
  });

  test("a file without Pawl's state takes epoch and pass from initialEpoch, and steps from the optimizer", async () => {
    const whole = await goOn({ ...(await saved(1)).get("e0-end")!, state: null }, { initialEpoch: 1, epochs: 2 });
    expect(decodeTrainState(snapshot(whole.model.savable).state!)).toMatchObject({ pass: 2, epoch: 2, iteration: 12 });
    expect([whole.history.epoch, warnings]).toEqual([[1], []]);
  });

  test("nothing is trained when initialEpoch is not below epochs", async () => {
    setRandomSeed(5);
    const model = build();
    const before = digest(model);
    const history = await fitInMemory(model, x, y, { ...OPTIONS, initialEpoch: 3, epochs: 3 });
    expect([history.epoch, history.history]).toEqual([[], {}]);
    // Averages over no step (zeros) do not become the weights, as they would in Keras.
    expect(digest(model)).toBe(before);
  });
});

describe("with stepsPerEpoch a pass continues from epoch to epoch", () => {
  const options = { epochs: 4, batchSize: 8, stepsPerEpoch: 4, verbose: 0 } as const;

  test("it resumes at every cut", async () => {
    setRandomSeed(5);
    const saves = new Map<string, Snapshot>();
    const model = build();
    const whole = await fitInMemory(model, x, y, { ...options, callbacks: [new SaveEverywhere("", "")] }, saves);
    expect([...saves.keys()].filter((key) => key.startsWith("e1"))).toEqual(["e1-b1", "e1-b2", "e1-end"]);
    for (const [path, from] of saves) {
      const again = await goOn(from, { ...options, resume: true });
      expect([path, again.history.history]).toEqual([path, whole.history]);
      expect([path, digest(again.model)]).toEqual([path, digest(model)]);
    }
  });

  test("it resumes with data that keeps its own position", async () => {
    let opened = 0;
    const source = () => {
      let next = 0;
      opened++;
      return {
        getState: () => next,
        setState: (state: unknown) => {
          next = state as number;
        },
        [Symbol.iterator]() {
          return this;
        },
        next: () => {
          const start = next++ * 8;
          return start < 44
            ? { done: false as const, value: [x.slice(start, start + 8), y.slice(start, start + 8)] as const }
            : { done: true as const, value: undefined };
        },
      };
    };
    const { batchSize: _, ...fitOptions } = options;
    setRandomSeed(5);
    const saves = new Map<string, Snapshot>();
    const model = build();
    const saver = new SaveEverywhere("", "");
    const whole = await fitInMemory(model, source, null, { ...fitOptions, callbacks: [saver] }, saves);
    expect(opened).toBe(2);
    for (const [path, from] of saves) {
      setRandomSeed(99);
      const again = build();
      restore(again.savable, from);
      const history = await fitInMemory(again, source, null, { ...fitOptions, resume: true });
      expect([path, history.history]).toEqual([path, whole.history]);
      expect([path, digest(again)]).toEqual([path, digest(model)]);
    }
  });
});

test("a saved state without its callback warns with the name, unless the callback only watches", async () => {
  class Special extends Callback {
    static readonly className = "Special";
    override getState() {
      return { json: 1, tensors: {} };
    }
  }
  setRandomSeed(5);
  const model = build();
  await fitInMemory(model, x, y, { ...OPTIONS, callbacks: [new Special()] });
  await goOn(snapshot(model.savable), { initialEpoch: 1, epochs: 2 });
  expect(warnings).toEqual([
    expect.stringMatching(
      /goes on without a part of its saved state: the saved state of Special found no such callback\.$/,
    ),
  ]);
});

test("a resume on another machine warns with the differences", async () => {
  const from = (await saved(1)).get("e0-end")!;
  const state = { ...from.state!, json: { ...(from.state!.json as object), machine: { engine: "abacus" } } };
  await goOn({ ...from, state: state as Snapshot["state"] }, { initialEpoch: 1, epochs: 2 });
  expect(warnings[0]).toMatch(
    /goes on on another machine, so the last bits of its numbers may differ: engine: was "abacus"/,
  );
});

test("the file keeps the number of shards", async () => {
  setRandomSeed(5);
  const model = build();
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", shards: 3 });
  await model.fit(x, y, OPTIONS);
  const path = join(scratch(), "m.keras");
  await model.save(path);
  const loaded = await loadModel(path);
  expect(decodeTrainState(loaded.savable.getTrainState()!).shards).toBe(3);
  const [a, b] = [model, loaded];
  const options = { ...OPTIONS, initialEpoch: 1, epochs: 2 };
  expect((await b.fit(x, y, options)).history).toEqual((await a.fit(x, y, options)).history);
  expect(digest(b)).toBe(digest(a));
});
