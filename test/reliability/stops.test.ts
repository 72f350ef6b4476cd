import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { randomWords, uniformOf } from "../../src/core/philox.js";
import { nodeVfs } from "../../src/core/vfs-node.js";
import { RunFolder } from "../../src/store/index.js";
import { scratch } from "../resume/support.js";
import { everyNth } from "../support/extent.js";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";
import { STOP_PROGRAM } from "../support/stop-program.js";
import { publish, scaled } from "./figures.js";

const STOPS = scaled(200, 30, 2);
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** For the random stops: long enough for many in one training. */
const EPOCHS = scaled(40, 20, 20);

/** Of 36 rows in an epoch. */
const BATCHES = 5;

let program = "";
const whole = new Map<number, string>();
/** Duration of the long training in milliseconds. */
let length = 0;

const digestIn = (output: string): string => /^digest (\w+)$/m.exec(output)?.[1] ?? `none in: ${output}`;
const run = (dir: string, epochs: number, env: NodeJS.ProcessEnv = {}): Promise<Finished> =>
  runNode(program, scratch(), [dir, String(epochs)], env);

beforeAll(async () => {
  program = emitProgram("stops", STOP_PROGRAM);
  for (const epochs of [2, EPOCHS]) {
    const start = performance.now();
    whole.set(epochs, digestIn((await run(join(scratch(), "run"), epochs)).stdout));
    length = performance.now() - start;
  }
});

/** Checks the folder after a stop: the newest checkpoint is good and at that step, and nothing is half written. */
async function lookInto(dir: string): Promise<number> {
  const folder = new RunFolder(nodeVfs(), dir);
  const { found, damaged } = await folder.newestIntact();
  expect(damaged).toEqual([]);
  expect(readdirSync(dir).filter((name) => name.endsWith("-tmp") || name.startsWith("lock."))).toEqual([]);
  return found!.entry.step;
}

describe("a signal to a training in two parts on two threads", () => {
  // 5 batches an epoch, 2 of validation.
  const phases = [
    ["while it compiles", "compiling", 1, "SIGINT", 0],
    ["before its first step", "onTrainBegin", 1, "SIGTERM", 0],
    ["at the beginning of an epoch", "onEpochBegin", 2, "SIGINT", 6],
    ["in a step", "onTrainBatchBegin", 3, "SIGTERM", 3],
    ["in a step with a save under way", "onTrainBatchBegin", 4, "SIGINT", 4],
    ["after a step", "onTrainBatchEnd", 3, "SIGINT", 3],
    ["in the step before a validation", "onTrainBatchBegin", 5, "SIGINT", 5],
    ["at the beginning of a validation", "onTestBegin", 1, "SIGTERM", 5],
    ["in a batch of validation", "onTestBatchBegin", 2, "SIGINT", 5],
    ["after a validation", "onTestEnd", 1, "SIGINT", 5],
    ["at the end of an epoch, with two saves under way", "onEpochEnd", 1, "SIGTERM", 5],
    ["at the end of it all", "onTrainEnd", 1, "SIGINT", 10],
  ] as const;

  test.each(everyNth(phases, scaled(1, 2, 4)))("%s ends in a durable checkpoint", async (_, HOOK, at, SIGNAL, step) => {
    const dir = join(scratch(), "run");
    const stopped = await run(dir, 2, { HOOK, AT: String(at), SIGNAL });
    expect([stopped.code, stopped.stderr]).toEqual([CODES[SIGNAL], ""]);
    expect(stopped.stdout).toContain(`Stopped by ${SIGNAL} after step ${step} `);
    expect(await lookInto(dir)).toBe(step);
    expect(digestIn((await run(dir, 2)).stdout)).toBe(whole.get(2));
  });

  test("a second signal ends it at once, and what was saved remains", async () => {
    const dir = join(scratch(), "run");
    const stopped = await run(dir, 2, { HOOK: "onTrainBatchEnd", AT: "4", TWICE: "1" });
    expect([stopped.code, stopped.stderr]).toEqual([130, ""]);
    expect(stopped.stdout).not.toContain("Stopped");
    expect(digestIn((await run(dir, 2)).stdout)).toBe(whole.get(2));
  });
});

interface Stopped {
  readonly code: number | null;
  readonly output: string;
  /** Whether the signal was sent before the training ended. */
  readonly sent: boolean;
  /** Milliseconds from the signal to the end. */
  readonly took: number;
}

/** Starts the training and sends a signal this many milliseconds after it began to train, or to prepare. */
function stopAfter(dir: string, after: number, word: string, signal: NodeJS.Signals): Promise<Stopped> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dir, String(EPOCHS)], { env: { ...process.env, NO_COLOR: "1" } });
    let output = "";
    let sentAt = 0;
    let said = false;
    const hear = (chunk: Buffer): void => {
      output += chunk;
      if (said || !output.includes(word)) return;
      said = true;
      setTimeout(() => {
        if (child.exitCode !== null || output.includes("digest")) return;
        sentAt = performance.now();
        child.kill(signal);
      }, after);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, output, sent: sentAt > 0, took: performance.now() - sentAt });
    });
  });
}

test(`${STOPS} signals at random moments: each ends in a durable checkpoint, each training with the same bits`, async () => {
  const figures = { stops: 0, trainings: 0, wrongEnds: 0, took: [] as number[] };
  const word = new Uint32Array(1);
  let draw = 0;
  const next = (): number => {
    randomWords({ seed: 9, stream: 2, iteration: 0 }, draw++, word);
    return uniformOf(word[0]!);
  };
  while (figures.stops < STOPS) {
    const dir = join(scratch(), "run");
    figures.trainings++;
    for (let ended = false; !ended; ) {
      const signal = next() < 0.5 ? "SIGINT" : "SIGTERM";
      const { code, output, sent, took } = await stopAfter(
        dir,
        next() * length * 0.3,
        next() < 0.2 ? "ready" : "training",
        signal,
      );
      if (sent && code === null) {
        // It came after the end of `fit`, where a signal does what it does by default: all is saved, and nothing is left to train.
        expect([output, await lookInto(dir)]).toEqual([expect.not.stringContaining("Stopped"), BATCHES * EPOCHS]);
      } else if (sent && code !== 0) {
        figures.stops++;
        figures.took.push(took);
        expect([code, output]).toEqual([CODES[signal], expect.stringContaining(`Stopped by ${signal} after step`)]);
        await lookInto(dir);
      } else {
        expect([code, output]).toEqual([0, expect.stringContaining("digest")]);
        if (digestIn(output) !== whole.get(EPOCHS)) figures.wrongEnds++;
        ended = true;
      }
    }
  }
  const { took, ...rest } = figures;
  took.sort((a, b) => a - b);
  publish("stops", { ...rest, median: took[took.length >> 1], most: took[Math.floor(took.length * 0.95)] });
  expect(figures.wrongEnds).toBe(0);
}, 1_800_000);
