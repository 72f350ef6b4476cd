import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CSVLogger, EarlyStopping, ModelCheckpoint, ReduceLROnPlateau } from "../../src/callbacks/index.js";
import type { Json, StateValue } from "../../src/core/stateful.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as random from "../../src/random/index.js";
import { Callback, type Trainer } from "../../src/training/index.js";
import { fitInMemory, restore, type Snapshot, snapshot } from "./memory.js";

const x = random.normal([16, 3], { seed: 1 });
const y = random.normal([16, 1], { seed: 2 });
let warnings: string[] = [];
const warn = console.warn;

beforeEach(() => {
  warnings = [];
  console.warn = (text: string) => void warnings.push(text);
});
afterEach(() => {
  console.warn = warn;
});

function model(metrics: ("mae" | "mape" | "msle")[] = ["mae"]): Sequential {
  const made = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
  made.compile({ optimizer: "sgd", loss: "mse", metrics });
  return made;
}

/** Counts epochs, and may have an identity. */
class Counter extends Callback {
  static readonly className = "Counter";
  count = 0;
  readonly #name: Json;

  constructor(name: Json = null) {
    super();
    this.#name = name;
  }

  override identify(): Json {
    return this.#name;
  }

  override onEpochEnd(): void {
    this.count++;
  }

  override getState(): StateValue {
    return { json: { count: this.count, name: this.#name }, tensors: {} };
  }

  override setState({ json }: StateValue): void {
    this.count = (json as { count: number }).count;
    expect((json as { name: Json }).name).toEqual(this.#name);
  }
}

/** Saves the states of callbacks after an epoch, and reads those that other callbacks get in a second `fit`. */
async function goOn(first: readonly Callback[], second: readonly Callback[]): Promise<void> {
  const files = memoryVfs();
  const options = { validationSplit: 0.25, verbose: 0 } as const;
  const before = model();
  await fitInMemory(before, x, y, { ...options, epochs: 2, callbacks: first }, new Map(), files);
  const after = model();
  restore(after.savable, snapshot(before.savable));
  warnings = [];
  await fitInMemory(after, x, y, { ...options, initialEpoch: 2, epochs: 2, callbacks: second }, new Map(), files);
  warnings = warnings.filter((text) => !text.includes("has nothing to do"));
}

/** Ways to make callbacks of one class, each with another identity. */
const kinds: Record<string, readonly (() => Callback)[]> = {
  ModelCheckpoint: [
    () => new ModelCheckpoint("last.keras"),
    () => new ModelCheckpoint("best.keras", { saveBestOnly: true }),
    () => new ModelCheckpoint("best.keras", { saveBestOnly: true, monitor: "mae" }),
    () => new ModelCheckpoint("most.keras", { saveBestOnly: true, monitor: "mae", mode: "max" }),
  ],
  EarlyStopping: [
    () => new EarlyStopping({ patience: 9 }),
    () => new EarlyStopping({ patience: 9, monitor: "loss" }),
    () => new EarlyStopping({ patience: 9, monitor: "loss", mode: "max" }),
  ],
  ReduceLROnPlateau: [() => new ReduceLROnPlateau(), () => new ReduceLROnPlateau({ monitor: "loss" })],
  CSVLogger: [() => new CSVLogger("a.csv"), () => new CSVLogger("b.csv")],
  "a class of one's own": [() => new Counter("a"), () => new Counter(["b", 1])],
};

describe.each(Object.entries(kinds))("the saved state of %s", (_name, makers) => {
  test("goes to the callback with the same identity, in any order", async () => {
    const first = makers.map((make) => make());
    const second = makers.map((make) => make()).reverse();
    await goOn(first, second);
    const states = async (list: readonly Callback[]) => Promise.all(list.map(async (each) => each.getState()));
    expect(await states([...second].reverse())).toEqual(await states(first));
    expect(warnings).toEqual([]);
  });

  test.each(makers.map((make, i) => [i, make] as const))(
    "goes to number %i when only that one is there again",
    async (i, make) => {
      const first = makers.map((each) => each());
      const alone = make();
      await goOn(first, [alone]);
      expect(await alone.getState()).toEqual(await first[i]!.getState());
    },
  );

  test("never goes to one with another identity, with a warning", async () => {
    await goOn([makers[0]!()], [makers[1]!()]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /goes on without a part of its saved state: the saved state of \w+ \(.*\) found no such callback; \w+ \(.*\) begins anew\.$/,
    );
  });
});

test("all spellings of a path are the same identity", async () => {
  const first = new ModelCheckpoint("out/best.keras", { saveBestOnly: true });
  const second = new ModelCheckpoint(`${process.cwd()}/./out//x/../best.keras`, { saveBestOnly: true, mode: "min" });
  await goOn([first], [second]);
  expect([second.best, warnings]).toEqual([first.best, []]);
});

describe("callbacks with the same identity", () => {
  const stopping = (patience: number) =>
    new EarlyStopping({ monitor: "loss", patience, minDelta: patience === 3 ? 0 : 9 });

  test("are distinguished by their options", async () => {
    const first = [stopping(3), stopping(9)];
    const second = [stopping(9), stopping(3)];
    await goOn(first, second);
    expect(second.map(({ wait }) => wait).reverse()).toEqual(first.map(({ wait }) => wait));
    expect(warnings).toEqual([]);
  });

  test("are matched by order when nothing else distinguishes them, with a warning", async () => {
    const first = [new Counter(), new Counter()];
    first[1]!.count = 5;
    const second = [new Counter(), new Counter()];
    await goOn(first, second);
    expect(second.map(({ count }) => count)).toEqual([2, 7]);
    expect(warnings[0]).toMatch(
      /2 callbacks Counter say nothing to tell them apart, so their states went by their order/,
    );
  });

  test("start anew when their number has changed, with a warning", async () => {
    const alone = new Counter();
    await goOn([new Counter(), new Counter()], [alone]);
    expect(alone.count).toBe(0);
    expect(warnings[0]).toMatch(/the saved state of Counter, Counter found no such callback; Counter begins anew\.$/);
  });
});

describe("in mid-epoch", () => {
  /** A state after the second of four batches. */
  async function middle(from: Sequential): Promise<Snapshot> {
    const saves = new Map<string, Snapshot>();
    class Save extends Callback {
      override onTrainBatchEnd(batch: number, _logs: object, context: Parameters<Callback["onEpochEnd"]>[2]): void {
        if (batch === 1) context.requestSave({ path: "state", weightsOnly: false, overwrite: true, async: false });
      }
    }
    await fitInMemory(from, x, y, { batchSize: 4, verbose: 0, callbacks: [new Save()] }, saves);
    return saves.get("state")!;
  }

  test("accumulators go to the metric with the same key and class; a warning names those without one", async () => {
    const state = await middle(model(["mae", "mape"]));
    const same = model(["mape", "mae"]);
    restore(same.savable, state);
    const whole = await fitInMemory(same, x, y, { batchSize: 4, verbose: 0, resume: true });
    expect(warnings).toEqual([]);
    const other = model(["mae", "msle"]);
    restore(other.savable, state);
    const { history } = await fitInMemory(other, x, y, { batchSize: 4, verbose: 0, resume: true });
    expect(history["mae"]).toEqual(whole.history["mae"]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /: what mape \(MeanMetricWrapper|what mape \(\w+\) had measured in this epoch found no such metric; msle \(\w+\) measures the rest of this epoch alone\.$/,
      ),
    ]);
  });
});

test("carried state goes to the layer with the same name, or in order where names are automatic", async () => {
  const make = (names: readonly (string | undefined)[]): Model => {
    const input = Input({ batchShape: [4, 3, 2] });
    let value = input;
    for (const name of names) {
      const rnn = new layers.LSTM(2, {
        stateful: true,
        returnSequences: true,
        ...(name === undefined ? {} : { name }),
      });
      value = rnn.apply(value) as typeof input;
    }
    const made = new Model(input, value);
    made.compile({ optimizer: "sgd", loss: "mse" });
    return made;
  };
  const steps = random.normal([4, 3, 2], { seed: 3 });
  const values = (from: Model) =>
    Object.values((from.savable as Trainer).state.carried).map(({ data }) => [...(data as Float32Array)]);
  const go = async (first: readonly (string | undefined)[], second: readonly (string | undefined)[]) => {
    const before = make(first);
    await fitInMemory(before, steps, steps, { batchSize: 4, epochs: 1, verbose: 0, shuffle: false });
    const after = make(second);
    after.savable.setTrainState(before.savable.getTrainState()!);
    return [values(before), values(after)] as const;
  };
  const [a, b] = await go(["one", "two"], ["two", "one"]);
  expect(b).toEqual([...a!.slice(2), ...a!.slice(0, 2)]);
  const [c, d] = await go([undefined, undefined], [undefined, undefined]);
  expect(d).toEqual(c);
  const [e, f] = await go(["one", "two"], ["two", "three"]);
  const none = Array.from({ length: 8 }, () => 0);
  expect(f).toEqual([...e!.slice(2), none, none]);
});
