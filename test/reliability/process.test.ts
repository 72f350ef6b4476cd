import { existsSync, readdirSync } from "node:fs";
import { getPriority } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeVfs } from "../../src/core/vfs-node.js";
import { RunFolder } from "../../src/store/index.js";
import { scratch } from "../resume/support.js";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";

/** Trains with the writing thread; the environment says what happens at which step. */
const PROGRAM = `
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { callbacks, layers, loadModel, random, Sequential, setRandomSeed } from "pawl";

// Field 19 of each thread's line.
const priorities = () =>
  readdirSync("/proc/self/task").map((id) => Number(readFileSync("/proc/self/task/" + id + "/stat", "utf8").split(") ")[1].split(" ")[16]));
const { RUN, DO, SAVE, SIGNALS } = process.env;
setRandomSeed(5);
const wide = 1000;
const x = random.normal([32, wide], { seed: 11 });
const y = random.normal([32, 1], { seed: 12 });
const model = new Sequential([new layers.Dense(wide, { inputShape: [wide] }), new layers.Dropout(0.1), new layers.Dense(1)]);
model.compile({ optimizer: "adam", loss: "mse", shards: 2 });
if (DO === "signal while compiling") process.nextTick(() => process.kill(process.pid, "SIGTERM"));
let step = 0;
const hooks = new callbacks.LambdaCallback({
  onTrainBatchBegin: () => {
    // Fires while threads compute the step: it is not awaited here.
    if (DO === "exit in a step" && step === 4) setImmediate(() => process.exit(7));
  },
  onTrainBatchEnd: async (_batch, _logs, context) => {
    step++;
    if (DO === "exit" && step === 5) process.exit(7);
    if (DO === "priorities" && step === 5) console.log(JSON.stringify(priorities()));
    // The writing thread has the save of step 4 now.
    if (DO === "signal in a save" && step === 5) {
      process.kill(process.pid, "SIGINT");
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (DO === "file in the way" && step === 3) {
      renameSync(RUN, RUN + "-aside");
      writeFileSync(RUN, "");
    }
    if (DO === "file in the way" && step === 6) {
      await context.flush();
      rmSync(RUN);
      renameSync(RUN + "-aside", RUN);
    }
  },
});
const extra = SAVE ? [new callbacks.ModelCheckpoint(SAVE, { saveFreq: 4 })] : [];
const history = await model.fit(x, y, {
  epochs: 2, batchSize: 4, verbose: 0, callbacks: [hooks, ...extra],
  ...(RUN ? { run: { dir: RUN, every: { steps: 4 }, keep: 9 } } : {}),
  ...(SIGNALS ? { signals: false } : {}),
});
const hash = createHash("sha256");
for (const entry of [...model.weights, ...model.optimizer.variables]) hash.update(entry.read().data);
console.log(JSON.stringify({ history: history.history, digest: hash.digest("hex") }));
`;

let file = "";
let whole: unknown;
const run = (env: NodeJS.ProcessEnv): Promise<Finished> => runNode(file, scratch(), [], env);
const result = ({ stdout }: Finished): unknown => JSON.parse(stdout.trim().split("\n").at(-1)!);
const stepsIn = async (dir: string): Promise<number[]> =>
  (await new RunFolder(nodeVfs(), dir).list()).map(({ step }) => step);

beforeAll(async () => {
  file = emitProgram("reliability-process", PROGRAM);
  whole = result(await run({}));
});

describe("a training whose checkpoints are written by another thread", () => {
  test.each(["exit", "exit in a step"])("waits at process.exit for saves in progress (%s)", async (DO) => {
    const dir = join(scratch(), "run");
    expect((await run({ RUN: dir, DO })).code).toBe(7);
    expect(await stepsIn(dir)).toEqual([0, 4]);
    expect((await new RunFolder(nodeVfs(), dir).newestIntact()).damaged).toEqual([]);
    expect(readdirSync(dir).filter((name) => name.endsWith("-tmp"))).toEqual([]);
    expect(result(await run({ RUN: dir }))).toEqual(whole);
  });

  test("does so for a checkpoint callback's file too", async () => {
    const path = join(scratch(), "model.keras");
    expect((await run({ SAVE: path, DO: "exit" })).code).toBe(7);
    expect(existsSync(path)).toBe(true);
  });

  test.runIf(process.platform === "linux")("gives priority to the training's own threads", async () => {
    const { stdout } = await run({ RUN: join(scratch(), "run"), DO: "priorities" });
    const own = getPriority();
    const levels = JSON.parse(stdout.split("\n")[0]!) as number[];
    expect(levels.filter((level) => level > own)).toHaveLength(own < 19 ? 1 : 0);
    expect(levels.filter((level) => level === own).length).toBeGreaterThan(3);
  });

  // The lock is looked at once a second: a look while the folder is away ends the training, rightly, and tells nothing of saves.
  test("goes on when files cannot be written, warns once, and writes checkpoints again afterwards", {
    retry: 4,
  }, async () => {
    const dir = join(scratch(), "run");
    const finished = await run({ RUN: dir, DO: "file in the way" });
    expect(finished.code).toBe(0);
    expect(result(finished)).toEqual(whole);
    expect(finished.stderr).toBe(
      `Training goes on, but saving the run folder at epoch 0, batch 4 failed: Cannot write "${dir}/checkpoint-000001-step-4.pawl": ` +
        "a part of the path is a file. Received: ENOTDIR. Give a path whose folders are folders.\n",
    );
    const steps = await stepsIn(dir);
    expect(steps).toEqual(expect.arrayContaining([0, 8, 16]));
    expect(steps).not.toContain(4);
  });

  test.each([
    ["signal while compiling", 143, [0]],
    ["signal in a save", 130, [0, 4, 5]],
  ])("ends in a durable checkpoint at a %s", async (what, code, steps) => {
    const dir = join(scratch(), "run");
    const stopped = await run({ RUN: dir, DO: what });
    expect([stopped.code, stopped.stderr]).toEqual([code, ""]);
    expect(stopped.stdout).toContain("start the same command again to go on");
    expect(await stepsIn(dir)).toEqual(steps);
    expect(result(await run({ RUN: dir }))).toEqual(whole);
  });

  test("leaves signals alone with signals: false, and keeps what was saved", async () => {
    const dir = join(scratch(), "run");
    const stopped = await run({ RUN: dir, DO: "signal in a save", SIGNALS: "off" });
    expect([stopped.code, stopped.stdout]).toEqual([null, ""]);
    expect(result(await run({ RUN: dir }))).toEqual(whole);
  });
});
