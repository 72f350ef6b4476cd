import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EarlyStopping, TerminateOnNaN } from "../../src/callbacks/index.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import { SGD } from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import { RunFolder } from "../../src/store/index.js";
import { Callback, type FitOptions, type History, type RunOptions } from "../../src/training/index.js";
import { pastItsEnd } from "../../src/training/loop/starting-point.js";
import { decodeRunState } from "../../src/training/run/run-state.js";
import { fitInMemory, restore, snapshot } from "./memory.js";

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

function build(learningRate = 0.01): Sequential {
  const model = new Sequential([new layers.Dense(1, { inputShape: [3], kernelInitializer: "ones" })]);
  model.compile({ optimizer: new SGD({ learningRate }), loss: "mse" });
  return model;
}

interface More extends FitOptions {
  readonly rate?: number;
}

/** Four steps per epoch. */
function go(files: Vfs, run: Partial<RunOptions>, { rate, ...options }: More): Promise<History> {
  const all = { batchSize: 4, shuffle: false, verbose: 0, run: { dir: "r", ...run }, ...options } as const;
  return fitInMemory(build(rate), x, y, all, new Map(), files);
}

const stopping = (patience: number, minDelta = 9) => new EarlyStopping({ monitor: "loss", patience, minDelta });

/** Ends the training after an epoch, and has no public options. */
class StopAfter extends Callback {
  readonly #epoch: number;

  constructor(epoch: number) {
    super();
    this.#epoch = epoch;
  }

  override onEpochEnd(epoch: number): void {
    if (epoch === this.#epoch) this.model.stopTraining = true;
  }
}

class Killed extends Error {}
class KillIn extends Callback {
  readonly #epoch: number;

  constructor(epoch: number) {
    super();
    this.#epoch = epoch;
  }

  override onEpochBegin(epoch: number): void {
    if (epoch === this.#epoch) throw new Killed();
  }
}

async function newest(files: Vfs) {
  return (await new RunFolder(files, "r").newestIntact()).found!.state;
}

describe("a run that a callback has ended", () => {
  test("stays ended when nothing new is asked for", async () => {
    const files = memoryVfs();
    const first = await go(files, {}, { epochs: 9, callbacks: [stopping(1)] });
    for (const epochs of [9, 5]) {
      const again = await go(files, {}, { epochs, callbacks: [stopping(1)] });
      expect(again.history).toEqual(first.history);
    }
    expect([first.epoch, warnings]).toEqual([[0, 1], []]);
  });

  test("goes on with more patience, as if it had been given from the start", async () => {
    const [files, others] = [memoryVfs(), memoryVfs()];
    await go(files, {}, { epochs: 9, callbacks: [stopping(1)] });
    const more = await go(files, {}, { epochs: 9, callbacks: [stopping(4)] });
    const whole = await go(others, {}, { epochs: 9, callbacks: [stopping(4)] });
    expect(more.epoch).toEqual([0, 1, 2, 3, 4]);
    expect(more.history).toEqual(whole.history);
    expect(warnings).toEqual([]);
    const { state } = decodeRunState(await newest(files));
    expect(pastItsEnd(state, { epochs: 9, callbacks: [] }, false)).toBe(
      'after EarlyStopping (monitor "loss", mode "min") had ended it in epoch 5, since EarlyStopping is there no more, or with other options',
    );
  });

  test("goes on with more epochs, and the same patience starts counting again", async () => {
    const files = memoryVfs();
    await go(files, {}, { epochs: 9, callbacks: [stopping(3)] });
    const more = await go(files, {}, { epochs: 20, callbacks: [stopping(3)] });
    expect(more.epoch).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const again = await go(files, {}, { epochs: 20, callbacks: [stopping(3)] });
    expect(again.epoch).toEqual(more.epoch);
  });

  test("goes on without the callback, and stays ended with a custom one", async () => {
    const files = memoryVfs();
    await go(files, {}, { epochs: 4, callbacks: [new StopAfter(1)] });
    expect((await go(files, {}, { epochs: 4, callbacks: [new StopAfter(1)] })).epoch).toEqual([0, 1]);
    expect((await go(files, {}, { epochs: 4 })).epoch).toEqual([0, 1, 2, 3]);
  });

  test("goes on from a file with resume: true in the same way", async () => {
    const model = build();
    await fitInMemory(model, x, y, { epochs: 9, verbose: 0, callbacks: [stopping(1)] });
    const resume = async (options: FitOptions) => {
      const again = build();
      restore(again.savable, snapshot(model.savable));
      return (await fitInMemory(again, x, y, { verbose: 0, resume: true, ...options })).epoch;
    };
    expect(await resume({ epochs: 9, callbacks: [stopping(1)] })).toEqual([0, 1]);
    expect(await resume({ epochs: 9, callbacks: [stopping(2)] })).toEqual([0, 1, 2]);
    expect(await resume({ epochs: 11, callbacks: [stopping(1)] })).toEqual([0, 1, 2]);
  });
});

/** Makes the step after an epoch explode. */
class Explode extends Callback {
  readonly #epoch: number;

  constructor(epoch: number) {
    super();
    this.#epoch = epoch;
  }

  override onEpochEnd(epoch: number): void {
    if (epoch === this.#epoch) this.model.optimizer.learningRate.assign(1e30);
  }
}

describe("a run that ended with a loss or weights that are not finite", () => {
  const explode = async (keep: RunOptions["keep"]) => {
    const files = memoryVfs();
    const callbacks = [new Explode(1), new TerminateOnNaN()];
    const broken = await go(files, { keep: keep!, every: { steps: 1 } }, { epochs: 6, callbacks });
    expect(broken.history["loss"]!.at(-1)).not.toBeLessThan(Number.POSITIVE_INFINITY);
    warnings = [];
    return files;
  };

  test.each([2, 3])("goes on from finite weights when more is asked for, with the last %i kept", async (keep) => {
    const files = await explode(keep);
    const options = { epochs: 6, rate: 0.001, callbacks: [new TerminateOnNaN()] };
    const { history, epoch } = await go(files, { onChange: "accept", keep }, options);
    expect(epoch).toEqual([0, 1, 2, 3, 4, 5]);
    expect(history["loss"]!.every(Number.isFinite)).toBe(true);
    expect(warnings[0]).toMatch(
      /The newest checkpoint in "r" holds numbers that are not finite\. The run goes on from the newest good one, after step \d+/,
    );
  });

  test("goes on from finite weights when run.from names them, with nothing else changed", async () => {
    const files = await explode(3);
    const ended = await go(files, {}, { epochs: 6, callbacks: [new TerminateOnNaN()] });
    expect(ended.history["loss"]!.at(-1)).not.toBeLessThan(Number.POSITIVE_INFINITY);
    const model = build();
    const at: number[] = [];
    class At extends Callback {
      override onTrainBegin(): void {
        at.push(model.optimizer.iterations);
      }
    }
    const run = { dir: "r", from: "last-finite" } as const;
    const options = { batchSize: 4, shuffle: false, verbose: 0, epochs: 6, run, callbacks: [new At()] } as const;
    await fitInMemory(model, x, y, options, new Map(), files);
    expect(at).toEqual([8]);
  });

  test("warns when no checkpoint is finite", async () => {
    const files = memoryVfs();
    const callbacks = [new TerminateOnNaN()];
    await go(files, { keep: 1 }, { epochs: 2, rate: 1e38, callbacks });
    for (const name of await files.list("r")) if (name.includes("step-0")) await files.remove(`r/${name}`);
    await expect(go(files, { from: "last-finite" }, { epochs: 2, rate: 1e38 })).rejects.toThrow(
      /cannot go on from its last-finite\. Expected: a checkpoint whose loss and weights are finite numbers/,
    );
  });
});

describe("run.from", () => {
  const keep = { last: 9, best: 1, monitor: "loss" };

  test("goes on from the checkpoint after a step, once", async () => {
    const files = memoryVfs();
    const whole = await go(files, { keep }, { epochs: 4 });
    const fromStep = { keep, from: 8 };
    await expect(go(files, fromStep, { epochs: 4, callbacks: [new KillIn(3)] })).rejects.toThrow(Killed);
    const seen: number[] = [];
    class See extends Callback {
      override onEpochBegin(epoch: number): void {
        seen.push(epoch);
      }
    }
    const again = await go(files, fromStep, { epochs: 4, callbacks: [new See()] });
    expect([seen, again.history]).toEqual([[3], whole.history]);
    expect((await go(files, fromStep, { epochs: 4 })).history).toEqual(whole.history);
  });

  test("goes on from the best checkpoint by the monitor of keep, once", async () => {
    const files = memoryVfs();
    class Spoil extends Callback {
      override onEpochEnd(epoch: number): void {
        if (epoch === 1) this.model.optimizer.learningRate.assign(1.5);
      }
    }
    const first = await go(files, { keep }, { epochs: 4, callbacks: [new Spoil()] });
    const losses = first.history["loss"]!;
    const best = losses.indexOf(Math.min(...losses));
    expect(best).toBeLessThan(3);
    const more = await go(files, { keep, from: "best", onChange: "accept" }, { epochs: 4, rate: 0.02 });
    expect(more.epoch).toEqual([0, 1, 2, 3]);
    expect(more.history["loss"]!.slice(0, best + 1)).toEqual(losses.slice(0, best + 1));
    expect(more.history["loss"]!.slice(best + 1)).not.toEqual(losses.slice(best + 1));
    const again = await go(files, { keep, from: "best" }, { epochs: 4, rate: 0.02 });
    expect(again.history).toEqual(more.history);
  });

  test("an unknown checkpoint is an error that names it", async () => {
    const files = memoryVfs();
    await expect(go(files, { from: 4 }, { epochs: 1 })).rejects.toThrow(
      'The run in "r" cannot go on from step 4. Received: a folder without checkpoints.',
    );
    await go(files, { from: "best" }, { epochs: 1 });
    await expect(go(files, { from: 3 }, { epochs: 2 })).rejects.toThrow(
      "Expected: a checkpoint after step 3. See which checkpoints there are: pawl inspect r",
    );
    await expect(go(files, { from: "best" }, { epochs: 2 })).rejects.toThrow(
      'Expected: a checkpoint at an epoch\'s end with "val_loss" in its logs.',
    );
    await expect(go(files, { from: "newset" as never }, { epochs: 2 })).rejects.toThrow(
      'run.from must be "newest", "last-finite", "best", a number of training steps, or another run: "runs/a@1200". Received: "newset"',
    );
  });
});

describe("a fork", () => {
  test("continues where it stopped when started again, even if its parent has trained on", async () => {
    const files = memoryVfs();
    await go(files, {}, { epochs: 2 });
    const fork = { onChange: "fork" } as const;
    await expect(go(files, fork, { epochs: 4, rate: 0.02, callbacks: [new KillIn(3)] })).rejects.toThrow(Killed);
    await go(files, {}, { epochs: 3 });
    const seen: number[] = [];
    class See extends Callback {
      override onEpochBegin(epoch: number): void {
        seen.push(epoch);
      }
    }
    await go(files, fork, { epochs: 4, rate: 0.02, callbacks: [new See()] });
    expect(seen).toEqual([3]);
    expect((await files.list("")).filter((name) => name.startsWith("r-fork"))).toEqual(["r-fork-8"]);
    await go(files, fork, { epochs: 4, rate: 0.04 });
    expect((await files.list("")).filter((name) => name.startsWith("r-fork"))).toEqual(["r-fork-12", "r-fork-8"]);
  });

  test("from an earlier checkpoint leaves the parent's checkpoints unchanged", async () => {
    const files = memoryVfs();
    await go(files, { keep: 9 }, { epochs: 3 });
    const before = await files.list("r");
    await go(files, { keep: 9, from: 4, onChange: "fork" }, { epochs: 3 });
    await go(files, { keep: 9, from: 4, onChange: "fork" }, { epochs: 3 });
    expect(await files.list("r")).toEqual(before);
    expect((await files.list("")).filter((name) => name.startsWith("r-fork"))).toEqual(["r-fork-4"]);
  });
});
