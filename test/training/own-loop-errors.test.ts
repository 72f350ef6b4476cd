import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { OptionError, StateError } from "../../src/core/errors.js";
import { clearRandomSeed, setRandomSeed } from "../../src/core/seed.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import { fitInMemory } from "../resume/memory.js";
import { openInMemory, stepsIn } from "../support/loop-in-memory.js";

const x = random.normal([8, 3], { seed: 1 });
const y = random.normal([8, 1], { seed: 2 });

function compiled(units = 4): Sequential {
  const model = new Sequential([new layers.Dense(units, { inputShape: [3] }), new layers.Dense(1)]);
  model.compile({ optimizer: "adam", loss: "mse" });
  return model;
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

async function messageOf(task: Promise<unknown>): Promise<string> {
  return task.then(
    () => "nothing was thrown",
    (error: Error) => error.message,
  );
}

describe("parts that cannot be restored", () => {
  class Board {
    width = 3;
    cells = [1, 2];
    turn = 0;
    player = "x";
  }

  test("an object without the two methods is told how to write them, with its own fields", async () => {
    expect(await messageOf(openInMemory({ board: new Board() as never }))).toBe(
      'part "board" of this run cannot be saved and restored. Received: a Board. Expected: a model, an optimizer, a layer, ' +
        "a metric, a Variable, plain data, or an object with getState and setState. Give Board two methods: getState() " +
        "{ return { width: this.width, cells: this.cells, turn: this.turn }; } and setState(state) { Object.assign(this, " +
        "state); }.",
    );
  });

  test.each([
    ["a number", 3, "Hold it in an object that keeps it: { value: 3 }"],
    ["null", null, "Hold it in an object that keeps it: { value: null }"],
    ["a function", () => 1, "Hold it in an object"],
    ["a Promise", Promise.resolve(1), "Give Promise two methods"],
  ])("%s", async (_, part, fix) => {
    const opening = openInMemory({ part: part as never });
    await expect(opening).rejects.toThrow(OptionError);
    expect(await messageOf(opening)).toContain(fix);
  });

  test.each([
    [
      "a function in data",
      { game: { next() {} } },
      "game.next is no plain data, so it cannot be saved. Received: function next.",
    ],
    [
      "an object of a class in data",
      { game: { deep: [new Board()] } },
      "game.deep[0] is no plain data, so it cannot be saved. Received: a Board.",
    ],
    [
      "what getState gives",
      { game: { getState: (): unknown => ({ board: new Map([["b", new Board()]]) }), setState() {} } },
      "game.getState().board[0][1] is no plain data, so it cannot be saved. Received: a Board.",
    ],
    [
      "what spec gives",
      { game: { spec: () => new Float32Array(2) as never, getState: (): unknown => 1, setState() {} } },
      "game.spec() is no plain data. Received: arrays.",
    ],
  ])("%s is named by its place", async (_, parts, message) => {
    expect(await messageOf(openInMemory(parts as never))).toContain(message);
  });

  test("data that contains itself", async () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = { loop };
    expect(await messageOf(openInMemory({ loop }))).toContain(
      "loop.self.loop is no plain data, so it cannot be saved. Received: an object that contains itself.",
    );
  });

  test("the same object twice", async () => {
    const agent = compiled();
    expect(await messageOf(openInMemory({ agent, target: agent }))).toBe(
      'part "agent" and part "target" of this run are the same object. Give it once.',
    );
  });

  test("a model without weights", async () => {
    const agent = new Sequential([new layers.Dense(2)], { name: "agent" });
    expect(await messageOf(openInMemory({ agent }))).toBe(
      'Sequential "agent", part "agent" of this run, has no weights yet that could be saved or restored. Give an ' +
        "inputShape (a model: to its first layer), or call build, before openRun.",
    );
  });

  test("parts in a list, and unknown options with the nearest spelling", async () => {
    expect(await messageOf(openInMemory([compiled()] as never))).toContain(
      "openRun takes the parts of the run as an object, by name.",
    );
    expect(await messageOf(openInMemory({}, { evry: 2 } as never))).toContain('Did you mean "every"?');
    expect(await messageOf(openInMemory({}, { every: { epochs: 2 } } as never))).toContain(
      'openRun.every has no option "epochs"',
    );
    expect(await messageOf(openInMemory({}, { every: 0 }))).toContain("openRun.every must be an integer >= 1");
  });
});

describe("a run with other parts", () => {
  const files = memoryVfs();
  const game = { n: 1 };
  const memory = { spec: () => ({ capacity: 10 }), getState: () => ({}), setState() {} };

  test("is refused, with each difference named", async () => {
    setRandomSeed(1);
    const run = await openInMemory({ agent: compiled(), memory, game }, {}, files);
    await run.commit();
    await run.close();
    const other = { ...memory, spec: () => ({ capacity: 20 }) };
    expect(
      await messageOf(openInMemory({ agent: compiled(5), memory: other, game: compiled(), extra: [] }, {}, files)),
    ).toBe(
      'The run in "run" was started with other arguments, and its results would not be those of one training. Received: ' +
        'agent.architecture.layers[1].config.units: was 4, is 5; agent.architecture.layers[2].build_config.input_shape[1]: was 4, is 5; memory.spec.capacity: was 10, is 20; part "game" was ' +
        'plain data, is a model; part "extra" is new. Give the old arguments, or another folder, or say how to go on: ' +
        'openRun(…, { onChange: "accept" }) (in this folder) or "fork" (in a new one).',
    );
    expect(await messageOf(openInMemory({ agent: compiled() }, {}, files))).toContain(
      'part "memory" is not given any more; part "game" is not given any more',
    );
  });

  test("goes on where that is accepted: what has no other half is named", async () => {
    const agent = compiled();
    const run = await openInMemory({ agent, extra: [] }, { onChange: "accept" }, files);
    expect(run.step).toBe(1);
    expect(told).toEqual([
      expect.stringContaining('The run in "run" goes on differently: part "memory" is not given any more; '),
      'The run in "run" goes on without a part of its state: part "extra" begins as it is; the state of part "memory" is ' +
        'not used; the state of part "game" is not used',
    ]);
    await run.close();
  });

  test("or forks, and started again goes on in the fork", async () => {
    const own = memoryVfs();
    const first = await openInMemory({ game }, {}, own);
    await first.commit();
    await first.close();
    const fork = await openInMemory({ game, extra: [] }, { onChange: "fork" }, own);
    expect([fork.dir, fork.step]).toEqual(["run-fork-1", 1]);
    await fork.commit();
    await fork.close();
    const again = await openInMemory({ game, extra: [] }, { onChange: "fork" }, own);
    expect([again.dir, again.step]).toEqual(["run-fork-1", 2]);
    await again.close();
    expect(await stepsIn(own)).toEqual([0, 1]);
  });

  test("another seed is another run; without one, the seeds of the folder are used", async () => {
    const own = memoryVfs();
    setRandomSeed(1);
    await (await openInMemory({ game }, {}, own)).close();
    setRandomSeed(2);
    expect(await messageOf(openInMemory({ game }, {}, own))).toContain("Received: seed: was 1, is 2.");
    clearRandomSeed();
    await (await openInMemory({ game }, {}, own)).close();
  });

  test("weights of another shape are refused even then, and nothing has changed", async () => {
    const own = memoryVfs();
    const list: unknown[] = [];
    const run = await openInMemory({ list, agent: compiled() }, {}, own);
    list.push(1);
    await run.commit();
    await run.close();
    list.length = 0;
    expect(await messageOf(openInMemory({ list, agent: compiled(5) }, { onChange: "accept" }, own))).toContain(
      'The weights in "run" are not those of Sequential',
    );
    expect(list).toEqual([]);
  });

  test("an optimizer without the slots that were saved", async () => {
    const own = memoryVfs();
    const make = () => new optimizers.SGD({ momentum: 0.9 });
    const optimizer = make();
    optimizer.build(compiled().weights);
    await (await openInMemory({ optimizer }, {}, own)).close();
    expect(await messageOf(openInMemory({ optimizer: make() }, {}, own))).toContain(
      "has no slots yet that its saved state could be set in. Received: slots of 4 weights. Call optimizer.build(variables) " +
        "before openRun.",
    );
  });

  test("a folder of fit is refused, and so is a loop's by fit", async () => {
    const own = memoryVfs();
    await fitInMemory(compiled(), x, y, { run: "run", verbose: 0 }, new Map(), own);
    expect(await messageOf(openInMemory({ game }, {}, own))).toBe(
      "This run is a training by fit, not a loop of openRun. Give each its own folder.",
    );
    const loops = memoryVfs();
    await (await openInMemory({ game }, {}, loops)).close();
    expect(await messageOf(fitInMemory(compiled(), x, y, { run: "run", verbose: 0 }, new Map(), loops))).toContain(
      "This run is a loop of openRun, not a training by fit. Give each its own folder.",
    );
  });
});

describe("misuse of a run", () => {
  test("a second opener of the folder is refused until the first has closed", async () => {
    const files = memoryVfs();
    const run = await openInMemory({ list: [] }, {}, files);
    await expect(openInMemory({ list: [] }, {}, files)).rejects.toThrow(StateError);
    await run.close();
    await (await openInMemory({ list: [] }, {}, files)).close();
  });

  test("a commit while a model trains, which nobody waits for", async () => {
    const agent = compiled();
    const run = await openInMemory({ agent });
    const training = agent.trainOnBatch(x, y);
    expect(await messageOf(run.commit())).toContain(
      'part "agent" of this run, is in training, so the step is not done. Await fit or trainOnBatch before commit.',
    );
    await training;
    const fitting = agent.fit(x, y, { verbose: 0 });
    await expect(run.save()).rejects.toThrow("is in training, so the step is not done");
    await fitting;
    await run.commit();
    expect(run.step).toBe(1);
    await run.close();
  });

  test("two commits at once, and calls after close", async () => {
    const run = await openInMemory({ list: [] });
    const [first, second] = [run.commit(), run.commit()];
    expect(await messageOf(second)).toBe(
      'commit of the run in "run" while its commit is under way. Await each call: await run.commit().',
    );
    await first;
    expect(run.step).toBe(1);
    await run.close();
    await run.close();
    expect(await messageOf(run.commit())).toBe(
      'commit of the run in "run": the run is closed. Close it after the loop, or open it anew.',
    );
    await expect(run.save()).rejects.toThrow("the run is closed");
  });

  test("a model that is compiled anew in the loop", async () => {
    const agent = compiled();
    const run = await openInMemory({ agent });
    agent.compile({ optimizer: "sgd", loss: "mse" });
    expect(await messageOf(run.commit())).toContain(
      "was compiled since openRun, and a restart would not know. Compile before openRun; learning rates can be set at any " +
        "time with optimizer.learningRate.assign.",
    );
    await run.close();
  });

  test("logs that are no numbers", async () => {
    const run = await openInMemory({ list: [] });
    expect(await messageOf(run.commit({ loss: "low" } as never))).toBe(
      'commit takes logs as numbers by name, and "loss" is none. Received: "low". await run.commit({ loss, reward }).',
    );
    expect(run.step).toBe(0);
    await run.close();
  });
});

describe("a save that fails", () => {
  function breakable() {
    const files = memoryVfs();
    const disk = { full: false };
    const writes = Object.fromEntries(
      (["createExclusive", "appendFile"] as const).map((name) => [
        name,
        async (...given: never[]) => {
          if (disk.full) throw Object.assign(new Error("no space left on device"), { code: "EIO" });
          return (files[name] as (...given: never[]) => Promise<void>)(...given);
        },
      ]),
    );
    return { disk, files: { ...files, ...writes } };
  }

  test("only warns, the loop goes on, and a later save makes up for it", async () => {
    const { disk, files } = breakable();
    const run = await openInMemory({ list: [] }, { every: 1 }, files);
    disk.full = true;
    await run.commit();
    await run.flush();
    expect(told).toEqual([expect.stringMatching(/^Training goes on, but saving the run folder at step 1 failed: /)]);
    disk.full = false;
    await run.commit();
    await run.close();
    expect((await stepsIn(files)).at(-1)).toBe(2);
  });

  test("at the end rejects close, unless it is only to warn; the folder is free in both cases", async () => {
    for (const onSaveFailure of ["reject", "warn"] as const) {
      const { disk, files } = breakable();
      const run = await openInMemory({ list: [] }, { every: 100, onSaveFailure }, files);
      await run.commit();
      disk.full = true;
      const message = await messageOf(run.close());
      expect(message).toContain(
        onSaveFailure === "warn" ? "nothing was thrown" : 'The loop in "run" is done, but its last step is not saved',
      );
      disk.full = false;
      const again = await openInMemory({ list: [] }, {}, files);
      expect(again.step).toBe(0);
      await again.close();
    }
  });
});
