import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultArena } from "../../src/engine/arena.js";
import { callbacks, layers, loadModel, Model, Sequential, Tensor, type Value } from "../../src/index.js";

const dir = mkdtempSync(join(tmpdir(), "pawl-leaks-"));

/** The objects of one use of a model; nothing else refers to them. */
interface Things {
  readonly model: Model;
  readonly x: Tensor;
  readonly y: Tensor;
  readonly callback: callbacks.Callback;
  readonly generator: () => Generator<readonly [Tensor, Tensor]>;
}

class Counter extends callbacks.Callback {
  static readonly className = "Counter";
  count = 0;
  override onTrainBatchEnd(): void {
    this.count++;
  }
}

const row = () =>
  [
    new layers.Dense(8, { inputShape: [4], activation: "relu", kernelRegularizer: "l2" }),
    new layers.Dropout(0.5),
    new layers.BatchNormalization(),
    new layers.Dense(1),
  ] as const;

class Held extends Model {
  static override readonly className = "Held";
  readonly row: readonly layers.Layer[];
  constructor(row: readonly layers.Layer[]) {
    super();
    this.row = row;
  }
  override call(input: Value): Value {
    return this.row.reduce((value, layer) => layer.call(value), input);
  }
}
layers.register(Held);

const sequential = (): Model => new Sequential(row());

function classed(): Model {
  const model = new Held(row());
  model.build([null, 4]);
  return model;
}

function make(makeModel: () => Model = sequential): Things {
  const model = makeModel();
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"], shards: 2 });
  const x = new Tensor(
    Float32Array.from({ length: 32 }, (_, i) => i / 32),
    [8, 4],
  );
  const y = new Tensor(
    Float32Array.from({ length: 8 }, (_, i) => i),
    [8, 1],
  );
  const generator = function* () {
    yield [x, y] as const;
  };
  return { model, x, y, callback: new Counter(), generator };
}

const weightsFile = join(dir, "w.weights.h5");
const modelFile = join(dir, "m.keras");

/** Every public method of a model, and the functions that open files. */
const USES: Readonly<Record<string, (things: Things) => unknown>> = {
  "make and compile": () => undefined,
  fit: ({ model, x, y, callback }) =>
    model.fit(x, y, { epochs: 2, batchSize: 4, verbose: 0, callbacks: callback, validationData: [x, y] }),
  "fit on a generator": ({ model, generator }) => model.fit(generator, { verbose: 0 }),
  "fit with a run": ({ model, x, y }) => model.fit(x, y, { verbose: 0, run: mkdtempSync(join(dir, "run-")) }),
  "fit that throws": async ({ model, x, y }) => {
    const callback = new callbacks.Callback();
    callback.onTrainBatchEnd = () => {
      throw new Error("on purpose");
    };
    await model.fit(x, y, { verbose: 0, callbacks: callback }).catch(() => undefined);
  },
  evaluate: ({ model, x, y, callback }) => model.evaluate(x, y, { verbose: 0, callbacks: callback }),
  "evaluate on a generator": ({ model, generator }) => model.evaluate(generator, { verbose: 0 }),
  predict: ({ model, x, callback }) => model.predict(x, { verbose: 0, callbacks: callback }),
  trainOnBatch: ({ model, x, y }) => model.trainOnBatch(x, y),
  testOnBatch: ({ model, x, y }) => model.testOnBatch(x, y),
  predictOnBatch: ({ model, x }) => model.predictOnBatch(x),
  "save and loadModel": async ({ model, x, y }) => {
    await model.trainOnBatch(x, y);
    await model.save(modelFile);
    const loaded = await loadModel(modelFile);
    await loaded.fit(x, y, { epochs: 1, verbose: 0 });
  },
  "saveWeights and loadWeights": async ({ model }) => {
    await model.saveWeights(weightsFile);
    await model.loadWeights(weightsFile);
  },
  "getWeights and setWeights": async ({ model }) => model.setWeights(await model.getWeights()),
  summary: ({ model }) => model.summary({ printFn: () => undefined }),
  "a model of its layers": async ({ model, x }) => {
    const part = new Sequential([model.layers[0]!, model.layers[2]!]);
    await part.predict(x, { verbose: 0 });
  },
};

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Collects garbage until all is collected. Reading a WeakRef keeps its target alive for the turn, so take turns. */
async function collect(done: () => boolean): Promise<void> {
  for (let i = 0; i < 12; i++) {
    globalThis.gc!();
    await turn();
    if (done()) return;
    await turn();
  }
}

/** For each use, the names of the objects that were not collected. */
async function leftBehind(makeModel: () => Model): Promise<Readonly<Record<string, readonly string[]>>> {
  const refs: [use: string, thing: string, ref: WeakRef<object>][] = [];
  // A separate function, so that its local variables are gone when it has returned.
  const tryOne = async (name: string): Promise<void> => {
    const things = make(makeModel);
    await USES[name]!(things);
    const { model } = things;
    const [layer] = model.layers;
    const all = { ...things, layer: layer!, weight: layer!.weights[0]!, optimizer: model.optimizer };
    for (const [thing, object] of Object.entries(all)) refs.push([name, thing, new WeakRef(object)]);
  };
  for (const name of Object.keys(USES)) await tryOne(name);
  const staying = () => refs.filter(([, , ref]) => ref.deref() !== undefined);
  await collect(() => staying().length === 0);
  const left: Record<string, string[]> = Object.fromEntries(Object.keys(USES).map((name) => [name, []]));
  for (const [use, thing] of staying()) left[use]!.push(thing);
  return left;
}

test.each([
  ["Sequential", sequential],
  ["class", classed],
])("every object of a %s that the user drops is garbage collected, after any method", async (_, makeModel) => {
  expect(await leftBehind(makeModel)).toEqual(Object.fromEntries(Object.keys(USES).map((name) => [name, []])));
});

test("the arena and the engine free the memory of dropped models", async () => {
  const round = async (): Promise<void> => {
    const { model, x, y } = make();
    await model.fit(x, y, { verbose: 0, validationData: [x, y] });
    await model.predict(x, { verbose: 0 });
  };
  const settled = async (): Promise<number> => {
    let before = Number.NaN;
    await collect(() => {
      const now = defaultArena().usedBytes;
      const still = now === before;
      before = now;
      return still;
    });
    return before;
  };
  for (let i = 0; i < 3; i++) await round();
  const used = await settled();
  for (let i = 0; i < 12; i++) await round();
  expect(await settled()).toBeLessThanOrEqual(used);
});
