import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PawlError } from "../../src/core/errors.js";
import { setRandomSeed } from "../../src/core/seed.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import { RunFolder } from "../../src/store/index.js";
import { Callback, type CallbackContext, type History, type Trainer } from "../../src/training/index.js";
import { fitInMemory } from "../resume/memory.js";
import { digest, x, y } from "../resume/support.js";
import { type FaultyVfs, faultyVfs } from "../support/faulty-vfs.js";
import { publish, scaled } from "./figures.js";

const CODES = ["ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS"] as const;
const FIT = { epochs: 2, batchSize: 16, verbose: 0, run: { dir: "runs/r", every: { steps: 1 }, keep: 2 } } as const;

/** Waits for each save, so that a training always has the same file operations. */
class Waits extends Callback {
  override onTrainBatchEnd(_batch: number, _logs: unknown, context: CallbackContext): Promise<void> {
    return context.flush();
  }
}

setRandomSeed(3);
const model = new Sequential([
  new layers.Dense(4, { activation: "relu", inputShape: [6] }),
  new layers.Dropout(0.2),
  new layers.Dense(3, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
const fresh = {
  weights: model.weights.map((weight) => weight.read()),
  optimizer: model.optimizer.variables.map((entry) => entry.read()),
  state: model.savable.getTrainState(),
};
const trainer = model.savable as Trainer;
const atStart = trainer.state;

/** The same training again, from the start or from what the folder holds. */
async function train(files: FaultyVfs | ReturnType<typeof memoryVfs>): Promise<History> {
  model.weights.forEach((weight, i) => {
    weight.write(fresh.weights[i]!);
  });
  model.optimizer.variables.forEach((entry, i) => {
    entry.write(fresh.optimizer[i]!);
  });
  trainer.state = atStart;
  return fitInMemory(model, x, y, { ...FIT, callbacks: [new Waits()] }, new Map(), files);
}

/** The epochs in the record. */
async function recorded(disk: ReturnType<typeof memoryVfs>): Promise<string[]> {
  const lines = new TextDecoder().decode(await disk.readFile("runs/r/log.jsonl")).split("\n");
  return lines.flatMap((line) => {
    const epoch = /^\{"event":"epoch".*?"epoch":(\d+)/.exec(line)?.[1];
    return epoch === undefined ? [] : [`epoch ${epoch}`];
  });
}

let warnings: string[] = [];
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => vi.restoreAllMocks());

describe("when the n-th file operation of a durable training fails", () => {
  test.each(CODES)(
    "with %s, the training goes on or does not begin, and loses nothing good",
    async (code) => {
      const { history } = await train(memoryVfs());
      const whole = digest(model);
      const clean = faultyVfs(memoryVfs());
      await train(clean);
      const count = clean.calls.length;
      expect(count).toBeGreaterThan(60);
      const outcomes = { operations: 0, wentOn: 0, refused: 0 };
      for (let at = 0; at < count; at += scaled(1, 1, 3)) {
        warnings = [];
        outcomes.operations++;
        const disk = memoryVfs();
        const files = faultyVfs(disk, { at, code, torn: 5 });
        try {
          expect((await train(files)).history).toEqual(history);
          expect(digest(model)).toBe(whole);
          outcomes.wentOn++;
          const operation = files.calls[at] ?? "";
          // What may fail unnoticed: looking for leftovers, requests and pins, signs of life, and the final release of the lock;
          // and a line of the record, which the next one brings along.
          const harmless =
            /^(list|remove|stat|createExclusive|readFile) .*(runs\/r$|lock\.\d+$)|^remove .*pawl-tmp$/.test(
              operation,
            ) ||
            (/^\w+ .*log\.jsonl$/.test(operation) && warnings.length === 0);
          if (warnings.length === 0)
            expect([operation, await recorded(disk)]).toEqual([operation, ["epoch 0", "epoch 1"]]);
          if (!harmless) expect([operation, warnings.length]).toEqual([operation, 1]);
          for (const warning of warnings) expect(warning).toContain(code);
          expect((await new RunFolder(disk, "runs/r").newestIntact()).found).not.toBeNull();
        } catch (error) {
          if (!(error instanceof PawlError)) throw error;
          // Only before the first step: a training that cannot be made durable is an error.
          expect([files.calls[at], error.message]).toEqual([files.calls[at], expect.stringContaining(code)]);
          expect((await new RunFolder(disk, "runs/r").list()).length).toBeLessThanOrEqual(1);
          outcomes.refused++;
        }
        // No repair is needed: the same command ends with the same bits.
        for (const name of await disk.list("runs/r").catch(() => [])) {
          if (name.startsWith("lock.")) await disk.remove(`runs/r/${name}`);
        }
        expect((await train(disk)).history).toEqual(history);
        expect(digest(model)).toBe(whole);
      }
      publish(`failed-operations-${code}`, outcomes);
      expect(outcomes.wentOn).toBeGreaterThan(outcomes.refused);
    },
    600_000,
  );
});
