import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { StateError } from "../../src/core/errors.js";
import { clearRandomSeed, setRandomSeed } from "../../src/core/seed.js";
import { Tensor } from "../../src/core/tensor.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { ReplayBuffer } from "../../src/data/index.js";
import { Variable } from "../../src/engine/index.js";
import * as layers from "../../src/layers/index.js";
import * as metrics from "../../src/metrics/index.js";
import { Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import type { LoopRun } from "../../src/training/index.js";
import { gatedVfs } from "../support/gated-vfs.js";
import { openInMemory, stepsIn } from "../support/loop-in-memory.js";

const x = random.normal([8, 3], { seed: 1 });
const y = random.normal([8, 1], { seed: 2 });

function compiled(units = 4, rate = 0.1): Sequential {
  const model = new Sequential([new layers.Dense(units, { inputShape: [3] }), new layers.Dense(1)]);
  model.compile({ optimizer: new optimizers.Adam({ learningRate: rate }), loss: "mse" });
  return model;
}

class Counter {
  value = 0;
  getState(): { value: number } {
    return { value: this.value };
  }
  setState({ value }: { value: number }): void {
    this.value = value;
  }
}

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
  vi.spyOn(console, "warn").mockImplementation((text: string) => void told.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  clearRandomSeed();
});

async function steps(run: LoopRun, count: number, each: () => unknown = () => undefined): Promise<void> {
  for (let i = 0; i < count; i++) {
    await each();
    await run.commit();
  }
}

describe("what openRun restores", () => {
  test("each kind of part, in place where it is plain data", async () => {
    const files = memoryVfs();
    const make = () => {
      setRandomSeed(1);
      const layer = new layers.Dense(2, { inputShape: [3] });
      layer.build([[null, 3]]);
      const optimizer = new optimizers.SGD({ learningRate: 0.5, momentum: 0.9 });
      const variable = new Variable({ name: "scale", shape: [2] });
      optimizer.build([variable]);
      const metric = new metrics.Mean();
      return {
        model: compiled(),
        target: new Sequential([new layers.Dense(4, { inputShape: [3] })]),
        layer,
        optimizer,
        variable,
        metric,
        counter: new Counter(),
        object: { n: 1, gone: true } as Record<string, unknown>,
        list: [] as unknown[],
        map: new Map<unknown, unknown>(),
        set: new Set<unknown>(),
        array: new Float64Array(2),
      };
    };
    const parts = make();
    const run = await openInMemory(parts, {}, files);
    await parts.model.trainOnBatch(x, y);
    parts.target.weights[0]!.write(new Float32Array(12).fill(2));
    parts.layer.weights[0]!.write([1, 2, 3, 4, 5, 6]);
    parts.optimizer.variables.at(-1)!.write(new Tensor([7, 8]));
    parts.optimizer.iteration = 5;
    parts.variable.write([3, -0]);
    for (const variable of parts.metric.variables) variable.write(new Float32Array(variable.size).fill(4));
    parts.counter.value = 6;
    delete parts.object["gone"];
    Object.assign(parts.object, {
      n: -0,
      nan: Number.NaN,
      deep: { $: 1, list: [undefined, 10n, null] },
      t: new Tensor([1]),
    });
    parts.list.push([1, 2], "x");
    parts.map.set("k", new Uint8Array([1])).set(2, new Map([["a", Infinity]]));
    parts.set.add("s");
    parts.array.set([1e300, -0]);
    await run.commit({ loss: 1 });
    await run.close();

    const again = make();
    const { list, array } = again;
    const resumed = await openInMemory(again, {}, files);
    expect([resumed.step, resumed.logs]).toEqual([1, { loss: 1 }]);
    for (const key of ["model", "target", "layer"] as const) {
      expect(await again[key].getWeights()).toEqual(await parts[key].getWeights());
    }
    const slots = (optimizer: typeof parts.optimizer) => optimizer.variables.map((entry) => entry.read());
    expect(slots(again.optimizer)).toEqual(slots(parts.optimizer));
    expect(again.model.optimizer.variables.map((entry) => entry.read())).toEqual(
      parts.model.optimizer.variables.map((entry) => entry.read()),
    );
    expect(again.variable.read()).toEqual(parts.variable.read());
    expect(again.metric.variables.map((each) => each.read())).toEqual(
      parts.metric.variables.map((each) => each.read()),
    );
    expect([again.counter.value, again.list, again.array]).toEqual([6, list, array]);
    const { object, map, set } = parts;
    expect([again.object, again.list, again.map, again.set, again.array]).toEqual([
      object,
      parts.list,
      map,
      set,
      parts.array,
    ]);
    await resumed.close();
  });

  test("tensors that a part gives as views are copied when it is saved", async () => {
    const files = memoryVfs();
    const board = new Float32Array([1]);
    const game = {
      getState: () => ({ board }),
      setState: (state: { board: Float32Array }) => void board.set(state.board),
    };
    const run = await openInMemory({ game }, { every: 1 }, files);
    board[0] = 5;
    const committing = run.commit();
    await committing;
    board[0] = 9;
    await run.flush();
    await run.close();
    await (await openInMemory({ game }, {}, files)).close();
    expect(board[0]).toBe(5);
  });

  test("a StateValue and promises of it are states too", async () => {
    const files = memoryVfs();
    let kept = new Tensor([0]);
    const part = {
      getState: async () => ({ json: { a: 1 }, tensors: { kept } }),
      setState: async ({ tensors }: { tensors: { kept: Tensor } }) => {
        kept = tensors.kept;
      },
    };
    const run = await openInMemory({ part }, {}, files);
    kept = new Tensor([4]);
    await run.commit();
    await run.close();
    kept = new Tensor([0]);
    await (await openInMemory({ part }, {}, files)).close();
    expect([...kept.data]).toEqual([4]);
  });

  test("a model of the user's with a state of its own keeps both", async () => {
    class Agent extends Sequential {
      visits = 0;
      getState(): { visits: number } {
        return { visits: this.visits };
      }
      setState({ visits }: { visits: number }): void {
        this.visits = visits;
      }
    }
    const files = memoryVfs();
    const make = () => new Agent([new layers.Dense(1, { inputShape: [1] })]);
    const agent = make();
    const run = await openInMemory({ agent }, {}, files);
    agent.visits = 3;
    agent.weights[0]!.write([9]);
    await run.commit();
    await run.close();
    const again = make();
    await (await openInMemory({ agent: again }, {}, files)).close();
    expect([again.visits, again.weights[0]!.read().item()]).toEqual([3, 9]);
  });

  test("all parts or none: where a setState fails, those before it get back what they had", async () => {
    const files = memoryVfs();
    const run = await openInMemory({ model: compiled(), counter: new Counter(), last: new Counter() }, {}, files);
    await run.commit();
    await run.close();
    const [model, counter, last] = [compiled(), new Counter(), new Counter()];
    counter.value = 8;
    const before = await model.getWeights();
    last.setState = () => {
      throw new Error("no room");
    };
    await expect(openInMemory({ model, counter, last }, {}, files)).rejects.toThrow(
      'setState of part "last" failed: no room. Nothing was restored.',
    );
    expect([counter.value, await model.getWeights()]).toEqual([8, before]);
    // The folder is free again.
    await (await openInMemory({ model, counter, last: new Counter() }, {}, files)).close();
  });

  test("the random numbers of setRandomSeed go on where they stood", async () => {
    const files = memoryVfs();
    const draw = (): number => random.uniform([]).item();
    setRandomSeed(4);
    const run = await openInMemory({ counter: new Counter() }, {}, files);
    draw();
    await run.commit();
    await run.close();
    const next = [draw(), draw()];
    setRandomSeed(4);
    await (await openInMemory({ counter: new Counter() }, {}, files)).close();
    expect([draw(), draw()]).toEqual(next);
  });
});

describe("run.random", () => {
  test("depends on seed, step, purpose and call, and on nothing else", async () => {
    const files = memoryVfs();
    const counter = new Counter();
    const run = await openInMemory({ counter }, { seed: 3 }, files);
    const draws = (of: LoopRun) => [
      ...of.random.uniform([3]).data,
      of.random.normal().item(),
      ...of.random.integers(0, 100, [3]).data,
      ...of.random.permutation(5).data,
      of.random.uniform([], { purpose: "explore" }).item(),
    ];
    const first = draws(run);
    const second = draws(run);
    expect(second).not.toEqual(first);
    await run.commit();
    const third = draws(run);
    expect(third).not.toEqual(first);
    await run.close();
    const again = await openInMemory({ counter }, { seed: 3 }, files);
    again.random.integers(0, 2, [], { purpose: "other" });
    expect(draws(again)).toEqual(third);
    await again.close();
    const anew = await openInMemory({ counter }, { seed: 3 });
    expect(draws(anew)).toEqual(first);
    await anew.close();
    const other = await openInMemory({ counter }, { seed: 4 });
    expect(draws(other)).not.toEqual(first);
    await other.close();
  });

  test("without a seed, the folder keeps the one that was drawn", async () => {
    const files = memoryVfs();
    const run = await openInMemory({ counter: new Counter() }, {}, files);
    const value = run.random.uniform().item();
    await run.close();
    const again = await openInMemory({ counter: new Counter() }, {}, files);
    expect(again.random.uniform().item()).toBe(value);
    await again.close();
  });

  test("permutation holds every number once", async () => {
    const run = await openInMemory({ counter: new Counter() });
    expect([...run.random.permutation(40).data].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 40 }, (_, i) => i),
    );
    await run.close();
  });
});

describe("when a run saves", () => {
  test("after every n-th step, and keeps the newest ones", async () => {
    const files = memoryVfs();
    const counter = new Counter();
    const run = await openInMemory({ counter }, { every: 2, keep: 3 }, files);
    for (let i = 0; i < 9; i++) {
      counter.value++;
      await run.commit();
      await run.flush();
    }
    expect(await stepsIn(files)).toEqual([4, 6, 8]);
    await run.close();
    expect(await stepsIn(files)).toEqual([6, 8, 9]);
  });

  test("the best by a log stays, and `from` goes back to it", async () => {
    const files = memoryVfs();
    const counter = new Counter();
    const keep = { last: 1, best: 1, monitor: "reward", mode: "max" } as const;
    const run = await openInMemory({ counter }, { every: 1, keep }, files);
    for (const reward of [1, 5, 2, 3]) {
      counter.value = reward;
      await run.commit({ reward });
      await run.flush();
    }
    await run.close();
    expect(await stepsIn(files)).toEqual([2, 4]);
    const best = await openInMemory({ counter }, { keep, from: "best" }, files);
    expect([best.step, best.logs, counter.value]).toEqual([2, { reward: 5 }, 5]);
    await best.close();
  });

  test("checkpoints whose losses are no numbers are not good ones", async () => {
    const files = memoryVfs();
    const counter = new Counter();
    const run = await openInMemory({ counter }, { every: 1, keep: 2 }, files);
    for (const loss of [1, 2, Number.NaN, Number.NaN, Number.NaN]) {
      await run.commit({ loss, reward: Number.NEGATIVE_INFINITY });
      await run.flush();
    }
    await run.close();
    // The step before the first NaN has a finite loss, but the weights that led to it.
    expect(await stepsIn(files)).toEqual([1, 4, 5]);
    const good = await openInMemory({ counter }, { from: "last-finite" }, files);
    expect(good.step).toBe(1);
    await good.close();
  });

  test("the last of `steps` always saves", async () => {
    const files = memoryVfs();
    const run = await openInMemory({ list: [] }, { every: 100, steps: 3 }, files);
    await steps(run, 3);
    await run.flush();
    expect(await stepsIn(files)).toEqual([0, 3]);
    await run.close();
  });

  test("save() is durable when it resolves, and nothing is saved twice", async () => {
    const files = memoryVfs();
    const run = await openInMemory({ counter: new Counter() }, { every: 100 }, files);
    await run.save();
    await steps(run, 2);
    await run.save();
    await run.save();
    expect(await stepsIn(files)).toEqual([0, 2]);
    await run.close();
    expect(await stepsIn(files)).toEqual([0, 2]);
  });

  test("close saves what the last commit left", async () => {
    const files = memoryVfs();
    const model = compiled();
    {
      await using run = await openInMemory({ model }, { every: 100 }, files);
      await steps(run, 2, () => model.trainOnBatch(x, y));
    }
    expect(await stepsIn(files)).toEqual([0, 2]);
  });

  test.each([
    ["a model has trained", (parts: Changing) => parts.model.trainOnBatch(x, y)],
    ["a weight was set", (parts: Changing) => parts.model.weights[0]!.write(new Float32Array(12))],
    ["a rate was set", (parts: Changing) => parts.model.optimizer.learningRate.assign(0.5)],
    ["an object has changed", (parts: Changing) => void parts.counter.value++],
    ["a list has grown", (parts: Changing) => void parts.list.push(1)],
    ["a small array has changed", (parts: Changing) => void parts.array.set([-0])],
  ])("in the middle of a step, where %s, save refuses and close saves nothing", async (_, change) => {
    const files = memoryVfs();
    const parts: Changing = { model: compiled(), counter: new Counter(), list: [], array: new Float32Array(2) };
    const run = await openInMemory({ ...parts }, { every: 100 }, files);
    await steps(run, 2, () => parts.model.trainOnBatch(x, y));
    await change(parts);
    await expect(run.save()).rejects.toThrow(
      'The run in "run" cannot be saved now: something has changed since the commit of step 2',
    );
    await run.close();
    expect([await stepsIn(files), told]).toEqual([[0], []]);
  });

  test("of an object with a large state nobody knows: close says so and saves nothing, save does", async () => {
    const files = memoryVfs();
    const large = { cells: new Float32Array(10_000) };
    const run = await openInMemory({ large }, { every: 100 }, files);
    await steps(run, 2);
    await run.close();
    expect(await stepsIn(files)).toEqual([0]);
    expect(told).toEqual([
      expect.stringMatching(/^The run in "run" ends at step 2, which is not saved: .* run\.save\(\)/),
    ]);
    const again = await openInMemory({ large }, { every: 100 }, files);
    await steps(again, 2);
    await again.save();
    await again.close();
    expect(await stepsIn(files)).toEqual([0, 2]);
  });
});

interface Changing {
  readonly model: Sequential;
  readonly counter: Counter;
  readonly list: unknown[];
  readonly array: Float32Array;
}

describe("a slow disk", () => {
  test("does not hold up the loop: a save copies the state, later ones wait their turn, none piles up", async () => {
    const files = gatedVfs(memoryVfs());
    const memory = new ReplayBuffer({ capacity: 4, fields: { n: [] } });
    const run = await openInMemory({ memory }, { every: 1 }, files);
    files.hold();
    for (let n = 1; n <= 5; n++) {
      memory.add({ n });
      await run.commit();
    }
    expect([files.waiting, await stepsIn(files)]).toEqual([1, [0]]);
    files.release();
    await run.flush();
    expect(await stepsIn(files)).toEqual([0, 1]);
    // The postponed save is made at the next step.
    memory.add({ n: 6 });
    await run.commit();
    await run.flush();
    expect(await stepsIn(files)).toEqual([1, 6]);
    await run.close();
    const first = new ReplayBuffer({ capacity: 4, fields: { n: [] } });
    const again = await openInMemory({ memory: first }, { from: 1 }, files);
    expect([again.step, first.size, first.rows([0]).n.tolist()]).toEqual([1, 1, [1]]);
    await again.close();
  });
});

describe("a rate that the loop has set", () => {
  test("is state: it comes back, and is not taken for one that the program states anew", async () => {
    const files = memoryVfs();
    const model = compiled();
    const run = await openInMemory({ model }, {}, files);
    model.optimizer.learningRate.assign(0.25);
    await run.commit();
    await run.close();
    const again = await openInMemory({ model }, {}, files);
    expect(again.step).toBe(1);
    await again.close();
    const fresh = compiled();
    await (await openInMemory({ model: fresh }, {}, files)).close();
    expect(fresh.optimizer.learningRate.numpy()).toBe(0.25);
    await expect(openInMemory({ model: compiled(4, 0.7) }, {}, files)).rejects.toThrow(StateError);
    const other = compiled(4, 0.7);
    await (await openInMemory({ model: other }, { onChange: "accept" }, files)).close();
    expect(other.optimizer.learningRate.numpy()).toBe(Math.fround(0.7));
  });
});
