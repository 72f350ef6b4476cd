import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { randomWords, uniformOf } from "../../src/core/philox.js";
import { argumentsOf, digestOf, program, runSweep, scratch } from "../sweeps/support.js";
import { publish, scaled } from "./figures.js";

const KILLS = scaled(200, 20, 3);
const ASKED = { kind: "population", trials: scaled(16, 8, 3), epochs: scaled(4, 3, 2) } as const;
/** Each start has another number of them. */
const WORKERS = [2, 1, 4];
let drawn = 0;
function random(): number {
  const word = new Uint32Array(1);
  randomWords({ seed: 9, stream: 1, iteration: 0 }, drawn++, word);
  return uniformOf(word[0]!);
}

const figures = { kills: 0, ofTheSweep: 0, ofTrials: 0, sweeps: 0, wrongEnds: 0, manualRepairs: 0, halfWritten: 0 };
const leftovers: string[] = [];

const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

/** Kills the sweep, or one of the processes that train for it. */
function killOne(pid: number): void {
  const children = childrenOf(pid);
  const ofTrial = children.length > 0 && random() < 0.5;
  try {
    process.kill(ofTrial ? children[Math.floor(random() * children.length)]! : pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
    return;
  }
  figures.kills++;
  figures[ofTrial ? "ofTrials" : "ofTheSweep"]++;
}

/** Runs the sweep until it ends or is killed; of its trials, any number are killed meanwhile. */
function live(
  dir: string,
  workers: number,
  longest: number,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    // Killed trials are tried again however often.
    const env = { ...process.env, RETRIES: "1000" };
    const child = spawn(process.execPath, [program(), ...argumentsOf(dir, { ...ASKED, workers })], { env });
    let [stdout, stderr] = ["", ""];
    let timer: NodeJS.Timeout | undefined;
    const arm = (): void => {
      timer = setTimeout(
        () => {
          if (figures.kills >= KILLS) return;
          killOne(child.pid!);
          arm();
        },
        Math.floor(random() * longest),
      );
    };
    arm();
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

test(`${KILLS} kills of a population of ${ASKED.trials} and of its trials: the winner and the bits of the sweep that was left alone`, async () => {
  const folder = scratch();
  const start = performance.now();
  const whole = digestOf(await runSweep(join(folder, "whole"), { ...ASKED, workers: 2 }, { RETRIES: "1000" }));
  // Between two kills several stages end, however slow the machine is.
  const longest = (performance.now() - start) / 16;
  while (figures.kills < KILLS) {
    const dir = join(folder, `sweep-${figures.sweeps++}`);
    for (let starts = 0; ; starts++) {
      const ended = await live(dir, WORKERS[starts % WORKERS.length]!, longest);
      if (ended.code === null) continue;
      if (ended.code !== 0) {
        figures.manualRepairs++;
        throw new Error(`It ended with code ${ended.code} and said: ${ended.stdout}${ended.stderr}`);
      }
      if (digestOf(ended) !== whole) figures.wrongEnds++;
      break;
    }
    const left = readdirSync(dir, { recursive: true, encoding: "utf8" });
    leftovers.push(...left.filter((name) => /\.pawl-tmp$|\.part$|(^|\/)lock\.\d+$/u.test(name)));
    figures.halfWritten = leftovers.length;
    rmSync(dir, { recursive: true });
  }
  publish("sweep-kills", { ...figures, trials: ASKED.trials, epochs: ASKED.epochs });
  expect(leftovers).toEqual([]);
  expect(figures).toMatchObject({ wrongEnds: 0, manualRepairs: 0, halfWritten: 0 });
  expect(figures.kills).toBeGreaterThanOrEqual(KILLS);
}, 7_200_000);
