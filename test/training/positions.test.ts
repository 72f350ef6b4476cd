import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { type Batch, type Dataset, fromGenerator, type GeneratedBatch } from "../../src/data/index.js";
import * as layers from "../../src/layers/index.js";
import { type AnyModel, Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as random from "../../src/random/index.js";
import { Callback, type DataLike, type FitOptions } from "../../src/training/index.js";
import { fitInMemory, restore, type Snapshot, snapshot } from "../resume/memory.js";
import { digest } from "../resume/support.js";

let warnings: string[] = [];
const warn = console.warn;
beforeEach(() => {
  warnings = [];
  console.warn = (text: string) => void warnings.push(text);
});
afterEach(() => {
  console.warn = warn;
});

const ROWS = 4;
const x = random.normal([40, 2], { seed: 1 });
const y = random.normal([40, 1], { seed: 2 });
const part = (i: number): [Tensor, Tensor] => [x.slice(i * ROWS, (i + 1) * ROWS), y.slice(i * ROWS, (i + 1) * ROWS)];

function* batches(count: number): Generator<GeneratedBatch> {
  for (let i = 0; i < count; i++) yield part(i);
}

function model(): Sequential {
  const made = new Sequential([new layers.Dense(1, { inputShape: [2], kernelInitializer: "ones" })]);
  made.compile({ optimizer: "sgd", loss: "mse" });
  return made;
}

/** An iterable that saves and restores its position. */
function positioned(count: number): Iterable<GeneratedBatch> {
  return {
    [Symbol.iterator]() {
      let at = 0;
      return {
        next: () => (at < count ? { done: false, value: part(at++) } : { done: true, value: undefined as never }),
        getState: () => at,
        setState: (state: number) => {
          at = state;
        },
      };
    },
  };
}

/** Every kind of data that can start again, with a given number of batches. */
const kinds: Record<string, (count: number) => [DataLike, Tensor | null]> = {
  arrays: (count) => [x.slice(0, count * ROWS), y.slice(0, count * ROWS)],
  "a generator function": (count) => [() => batches(count), null],
  "an async generator function": (count) => [
    async function* () {
      yield* batches(count);
    },
    null,
  ],
  "an iterable": (count) => [new Set(batches(count)), null],
  "a data set of known length": (count) => [fromGenerator(() => batches(count), { batchesPerPass: count }), null],
  "a data set of unknown length": (count) => [fromGenerator(() => batches(count)), null],
  "an iterator with a position": (count) => [positioned(count), null],
};
const names = Object.keys(kinds);

function fit(
  made: Model,
  data: [DataLike, Tensor | null],
  options: FitOptions,
  files: Vfs = memoryVfs(),
  saves = new Map(),
) {
  const batchSize = data[1] === null ? null : ROWS;
  return fitInMemory(made, data[0], data[1], { batchSize, shuffle: false, verbose: 0, ...options }, saves, files);
}

describe("with stepsPerEpoch, the data continues from epoch to epoch and starts again at its end", () => {
  test.each(
    names.flatMap((name) =>
      [
        [3, 3, 9],
        [6, 3, 9],
        [3, 2, 5],
        [4, 3, 7],
        [2, 5, 6],
      ].map(([count, stepsPerEpoch, steps]) => [name, count!, stepsPerEpoch!, steps!] as const),
    ),
  )("%s of %i batches, %i an epoch: three epochs of %i steps in all", async (name, count, stepsPerEpoch, steps) => {
    const made = model();
    const { epoch } = await fit(made, kinds[name]!(count), { stepsPerEpoch, epochs: 3 });
    expect([epoch, made.optimizer.iterations]).toEqual([[0, 1, 2], steps]);
    expect(warnings.length > 0).toBe(count % stepsPerEpoch !== 0);
  });

  test.each(names)("%s: stopped at any cut and resumed, training ends as if never stopped", async (name) => {
    for (const [count, stepsPerEpoch] of [
      [4, 2],
      [3, 2],
    ] as const) {
      const saves = new Map<string, Snapshot>();
      let n = 0;
      class Save extends Callback {
        override onTrainBatchEnd(_batch: number, _logs: object, context: Parameters<Callback["onEpochEnd"]>[2]): void {
          context.requestSave({ path: `${n++}`, weightsOnly: false, overwrite: true, async: false });
        }
        override onEpochEnd(_epoch: number, _logs: object, context: Parameters<Callback["onEpochEnd"]>[2]): void {
          context.requestSave({ path: `${n++}`, weightsOnly: false, overwrite: true, async: false });
        }
      }
      const whole = model();
      const options = { stepsPerEpoch, epochs: 3 };
      const history = await fit(
        whole,
        kinds[name]!(count),
        { ...options, callbacks: [new Save()] },
        memoryVfs(),
        saves,
      );
      for (const [path, state] of saves) {
        const again = model();
        restore(again.savable, state);
        const rest = await fit(again, kinds[name]!(count), { ...options, resume: true });
        expect([path, rest.history, digest(again)]).toEqual([path, history.history, digest(whole)]);
      }
    }
  });

  test("an iterator that cannot start again ends the training with a warning", async () => {
    const { epoch } = await fit(model(), [batches(3), null], { stepsPerEpoch: 3, epochs: 3 });
    expect(epoch).toEqual([0]);
    expect(warnings).toEqual(["The data had nothing left for epoch 2, so the training ends before it."]);
  });
});

describe("a saved position is valid only in the same data", () => {
  const FIRST = { stepsPerEpoch: 3, epochs: 2 };

  const others: readonly (readonly [string, [DataLike, Tensor | null], FitOptions])[] = [
    ["another batch size", kinds["arrays"]!(10), { batchSize: 8 }],
    ["fewer rows", kinds["arrays"]!(5), {}],
    ["other contents", [y.reshape([20, 2]), y.slice(0, 20)], {}],
    ["another order", kinds["arrays"]!(10), { shuffle: true }],
    ...names.slice(1).map((name) => [name, kinds[name]!(4), { batchSize: null }] as const),
  ];

  test.each(others)("%s: a new pass begins, with a warning", async (_name, data, options) => {
    for (const stepsPerEpoch of [null, 2]) {
      const made = model();
      await fit(made, kinds["arrays"]!(10), FIRST);
      warnings = [];
      const steps = made.optimizer.iterations;
      const { epoch } = await fit(made, data, { initialEpoch: 2, epochs: 4, ...options, stepsPerEpoch });
      expect(epoch).toEqual([2, 3]);
      expect(made.optimizer.iterations).toBeGreaterThan(steps + 3);
      expect(warnings[0]).toMatch(
        /: these are other batches than before, so epoch 3 begins a new pass through the data instead of going on after batch 6 of the last one\.$/,
      );
    }
  });

  test.each(names)("%s: data that ends before the position is other data", async (name) => {
    const made = model();
    await fit(made, [() => batches(9), null], FIRST);
    warnings = [];
    const data = kinds[name]!(4);
    const { epoch } = await fit(made, data, { initialEpoch: 2, epochs: 4, stepsPerEpoch: 2 });
    expect([epoch, made.optimizer.iterations]).toEqual([[2, 3], 10]);
    expect(warnings.join()).toMatch(/epoch 3 begins a new pass/);
  });

  test("without stepsPerEpoch each epoch is a whole pass, also the first one after a resume", async () => {
    const made = model();
    await fit(made, kinds["arrays"]!(10), FIRST);
    await fit(made, kinds["arrays"]!(10), { initialEpoch: 2, epochs: 3 });
    expect(made.optimizer.iterations).toBe(16);
    expect(warnings[0]).toMatch(/stepsPerEpoch is not given any more, so epoch 3 begins a new pass/);
  });

  test("the same data continues at its position, also with other stepsPerEpoch", async () => {
    const made = model();
    await fit(made, kinds["arrays"]!(10), FIRST);
    const other = model();
    restore(other.savable, snapshot(made.savable));
    await fit(made, kinds["arrays"]!(10), { initialEpoch: 2, epochs: 3, stepsPerEpoch: 4 });
    expect(warnings).toEqual([expect.stringMatching(/: stepsPerEpoch: was 3, is 4\.$/)]);
    for (let i = 6; i < 10; i++) await other.trainOnBatch(...part(i));
    expect(digest(other)).toBe(digest(made));
  });

  test("a run that accepts other data in mid-epoch trains that epoch from its first batch", async () => {
    class Killed extends Error {}
    class Kill extends Callback {
      override onTrainBatchBegin(batch: number): void {
        if (batch === 2 && this.model.optimizer.learningRate.numpy() > 0) throw new Killed();
      }
    }
    const files = memoryVfs();
    const run = { dir: "r", every: { steps: 1 }, onChange: "accept" } as const;
    await expect(fit(model(), kinds["arrays"]!(5), { run, callbacks: [new Kill()] }, files)).rejects.toThrow(Killed);
    const made = model();
    const { epoch } = await fit(made, kinds["arrays"]!(5), { run, batchSize: 2 }, files);
    expect([epoch, made.optimizer.iterations]).toEqual([[0], 12]);
    expect(warnings.join()).toMatch(/these are other batches than before, so epoch 1 begins a new pass/);
  });
});

describe("data that ends before the steps that were asked for", () => {
  test("gives one warning each in evaluate, predict and validation", async () => {
    const made = model();
    const three = () => batches(3);
    await made.evaluate(three, { steps: 5, verbose: 0 });
    await made.predict(three, { steps: 5, verbose: 0 });
    await made.fit(three, { epochs: 2, validationData: three, validationSteps: 5, verbose: 0 });
    expect(warnings.map((text) => text.replace(/Sequential "\w+"/, "it"))).toEqual([
      "evaluate of it: the data ran out after 3 of 5 steps, so the result is that of 3.",
      "predict of it: the data ran out after 3 of 5 steps, so the result is that of 3.",
      "validation in fit of it: the data ran out after 3 of 5 steps, so the result is that of 3.",
    ]);
  });

  test("data with exactly the requested steps gives no warning", async () => {
    const made = model();
    await made.evaluate(() => batches(3), { steps: 3, verbose: 0 });
    await made.evaluate(() => batches(3), { verbose: 0 });
    expect(warnings).toEqual([]);
  });
});

describe("batches by name", () => {
  const two = (): AnyModel => {
    const [a, b] = [Input({ shape: [2], name: "a" }), Input({ shape: [2], name: "b" })];
    const sum = new layers.Subtract().apply([a, b]);
    const outputs = ["p", "q"].map((name) => new layers.Dense(1, { name, kernelInitializer: "ones" }).apply(sum));
    const made = new Model([a, b], outputs);
    made.compile({ optimizer: "sgd", loss: "mse" });
    return made;
  };
  const at = (i: number): { a: Tensor; b: Tensor; p: Tensor; q: Tensor; w: Tensor } => {
    const [a, p] = part(i);
    const [b, q] = part(9 - i);
    return { a, b, p, q, w: random.uniform([ROWS], { seed: i }) };
  };

  /** Forms of the same batch: each part by name in another order, or as a list. */
  const forms: Record<string, (i: number) => unknown> = {
    "lists, in order": (i) => [
      [at(i).a, at(i).b],
      [at(i).p, at(i).q],
      [at(i).w, at(i).w],
    ],
    "by name, in a list of parts": (i) => [
      { b: at(i).b, a: at(i).a },
      { q: at(i).q, p: at(i).p },
      { q: at(i).w, p: at(i).w },
    ],
    "by name, in an object": (i) => ({
      x: { b: at(i).b, a: at(i).a },
      y: [at(i).p, at(i).q],
      sampleWeight: { p: at(i).w, q: at(i).w },
    }),
    "as xs and ys": (i) => ({
      ys: { q: at(i).q, p: at(i).p },
      xs: { b: at(i).b, a: at(i).a },
      sampleWeight: [at(i).w, at(i).w],
    }),
  };

  test.each(Object.entries(forms))("from generators: %s", async (_name, form) => {
    const source = function* () {
      for (let i = 0; i < 3; i++) yield form(i) as GeneratedBatch;
    };
    const [made, reference] = [two(), two()];
    await fit(made, [source, null], {});
    for (let i = 0; i < 3; i++) {
      const { a, b, p, q, w } = at(i);
      await reference.trainOnBatch([a, b], [p, q], { sampleWeight: [w, w] });
    }
    expect(digest(made)).toBe(digest(reference));
    const logs = await made.evaluate(source, { verbose: 0 });
    expect(Object.keys(logs)).toContain("loss");
    expect(((await made.predict(source, { verbose: 0 })) as Tensor[]).map(({ shape }) => shape)).toEqual([
      [12, 1],
      [12, 1],
    ]);
  });

  test("an unknown or missing name is an OptionError with the nearest spelling", async () => {
    const of = (batch: unknown) => fit(two(), [() => [batch as GeneratedBatch], null], {});
    const { a, b, p, q } = at(0);
    await expect(of([{ a, bb: b }, [p, q]])).rejects.toThrow(
      /no input of the model: unknown name "bb".*Did you mean "b"\?/,
    );
    await expect(of([{ a }, [p, q]])).rejects.toThrow(/has nothing for the input "b"/);
    await expect(of([[a, b], { p, r: q }])).rejects.toThrow(/no output of the model: unknown name "r"/);
    await expect(of({ a, b })).rejects.toThrow("Expected: [x, y], [x, y, sampleWeight] or { x, y, sampleWeight }.");
  });

  test("from custom data sets", async () => {
    const own: Dataset = {
      rows: null,
      seek: "replay",
      ordered: false,
      batchesPerPass: () => null,
      fingerprint: async () => null,
      open() {
        let i = 0;
        return {
          next: async (): Promise<Batch | null> => {
            const { a, b, p, q } = at(i);
            const names = { x: ["b", "a"], y: ["q", "p"] };
            return i++ < 3 ? { rows: ROWS, x: [b, a], y: [q, p], sampleWeight: [], names } : null;
          },
          getState: async () => null,
          close: async () => undefined,
        };
      },
    };
    const [made, reference] = [two(), two()];
    await fit(made, [own, null], {});
    for (let i = 0; i < 3; i++) await reference.trainOnBatch([at(i).a, at(i).b], [at(i).p, at(i).q]);
    expect(digest(made)).toBe(digest(reference));
  });
});
