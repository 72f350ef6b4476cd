import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { randomWords, uniformOf } from "../../src/core/philox.js";
import { scratch } from "../resume/support.js";
import { KILL_PROGRAM } from "../support/kill-program.js";
import { emitProgram } from "../support/run-ts.js";
import { publish, scaled } from "./figures.js";

const KILLS = scaled(1000, 100, 6);
/** Long enough for many kills in one training. */
const EPOCHS = 60;

interface Life {
  readonly killed: boolean;
  readonly code: number | null;
  readonly output: string;
  /** Milliseconds since `word` was printed. */
  readonly trained: number;
}

let program = "";
let whole = "";
/** Duration of an uninterrupted training from its first step to its end. Milliseconds. */
let length = 0;

/** Starts the training and kills it this many milliseconds after it has printed `word`; null: never. */
function live(dir: string, after: number | null, word = "training"): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dir, String(EPOCHS)], { env: { ...process.env, NO_COLOR: "1" } });
    let output = "";
    let start = 0;
    let killed = false;
    let said = false;
    const hear = (chunk: Buffer): void => {
      output += chunk;
      if (said || !output.includes(word)) return;
      said = true;
      start = performance.now();
      if (after === null) return;
      setTimeout(() => {
        killed = child.kill("SIGKILL");
      }, after);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ killed: killed && code === null, code, output, trained: performance.now() - start });
    });
  });
}

const digestIn = (output: string): string | undefined => /^digest (\w+)$/m.exec(output)?.[1];

beforeAll(async () => {
  program = emitProgram("kills", KILL_PROGRAM);
  const { output, code, trained } = await live(join(scratch(), "run"), null);
  length = trained;
  expect(code).toBe(0);
  whole = digestIn(output)!;
  expect(whole).toMatch(/^[0-9a-f]{64}$/);
});

test(`${KILLS} kills at random moments: every training ends with the bits of the uninterrupted one`, async () => {
  const figures = { kills: 0, trainings: 0, wrongEnds: 0, manualRepairs: 0, inSave: 0, halfWritten: 0 };
  const folder = scratch();
  let draw = 0;
  const word = new Uint32Array(1);
  const random = (): number => {
    randomWords({ seed: 7, stream: 1, iteration: 0 }, draw++, word);
    return uniformOf(word[0]!);
  };
  const oneTraining = async (): Promise<void> => {
    const dir = join(folder, `run-${figures.trainings++}`);
    for (let starts = 0; ; starts++) {
      // Some are killed while compiling, most while training and saving.
      const word = random() < 0.1 ? "ready" : "training";
      const after = figures.kills >= KILLS || starts > 60 ? null : Math.floor(random() * length * 0.5);
      const { killed, code, output } = await live(dir, after, word);
      if (killed) {
        figures.kills++;
        const names = readdirSync(folder).includes(dir.slice(folder.length + 1)) ? readdirSync(dir) : [];
        if (names.some((name) => name.endsWith(".pawl-tmp"))) figures.inSave++;
        continue;
      }
      if (code !== 0) {
        figures.manualRepairs++;
        throw new Error(`It ended with code ${code} and said: ${output}`);
      }
      if (digestIn(output) !== whole) figures.wrongEnds++;
      break;
    }
    // No leftovers of killed processes remain.
    const left = readdirSync(dir).filter((name) => name.endsWith(".pawl-tmp") || name.startsWith("lock."));
    figures.halfWritten += left.length;
    rmSync(dir, { recursive: true });
  };
  const untilDone = async (): Promise<void> => {
    while (figures.kills < KILLS) await oneTraining();
  };
  await Promise.all([untilDone(), untilDone()]);
  publish("kills", figures);
  expect(figures).toMatchObject({ wrongEnds: 0, manualRepairs: 0, halfWritten: 0 });
  expect(figures.kills).toBeGreaterThanOrEqual(KILLS);
}, 7_200_000);
