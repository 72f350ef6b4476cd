import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { randomWords, uniformOf } from "../../src/core/philox.js";
import { scratch } from "../resume/support.js";

/** A training that prints `ready`, `training` after its first step, and the digest of what it ended with. */
export interface Killed {
  readonly program: string;
  /** Arguments after the folder of the run; another number of workers, e.g., for each start. */
  readonly args: (start: number) => readonly string[];
  readonly kills: number;
}

export interface KillFigures {
  kills: number;
  trainings: number;
  wrongEnds: number;
  manualRepairs: number;
  /** Kills while a file was half written. */
  inSave: number;
  /** Files of dead processes that were left at the end. */
  halfWritten: number;
}

interface Life {
  readonly killed: boolean;
  readonly code: number | null;
  readonly output: string;
  /** Milliseconds since `word` was printed. */
  readonly trained: number;
}

/** Starts the program and kills it this many milliseconds after it has printed `word`; null: never. */
function live(program: string, args: readonly string[], after: number | null, word = "training"): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, NO_COLOR: "1" } });
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
const isHalf = (name: string): boolean => /\.pawl-tmp$|\.part$/u.test(name);

/**
 * Trains once to the end, then again and again with kills at random moments, until there were as many as wanted. Two
 * trainings at a time.
 */
export async function killAgain({ program, args, kills }: Killed): Promise<KillFigures> {
  const first = await live(program, [join(scratch(), "run"), ...args(0)], null);
  const whole = digestIn(first.output);
  if (first.code !== 0 || whole === undefined) throw new Error(`It ended with ${first.code}: ${first.output}`);
  const figures = { kills: 0, trainings: 0, wrongEnds: 0, manualRepairs: 0, inSave: 0, halfWritten: 0 };
  const folder = scratch();
  let draw = 0;
  const word = new Uint32Array(1);
  const random = (): number => {
    randomWords({ seed: 7, stream: 1, iteration: 0 }, draw++, word);
    return uniformOf(word[0]!);
  };
  /** What belongs to a run: in its folder, and beside it under its name. */
  const filesOf = (name: string): string[] => [
    ...(existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []),
    ...readdirSync(folder).filter((other) => other.startsWith(`${name}.`)),
  ];
  const oneTraining = async (): Promise<void> => {
    const name = `run-${figures.trainings++}`;
    for (let starts = 1; ; starts++) {
      // Some are killed while compiling, most while training and saving.
      const said = random() < 0.1 ? "ready" : "training";
      const after = figures.kills >= kills || starts > 60 ? null : Math.floor(random() * first.trained * 0.5);
      const { killed, code, output } = await live(program, [join(folder, name), ...args(starts)], after, said);
      if (killed) {
        figures.kills++;
        if (filesOf(name).some(isHalf)) figures.inSave++;
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
    figures.halfWritten += filesOf(name).filter((file) => isHalf(file) || file.startsWith("lock.")).length;
    rmSync(join(folder, name), { recursive: true });
  };
  const untilDone = async (): Promise<void> => {
    while (figures.kills < kills) await oneTraining();
  };
  await Promise.all([untilDone(), untilDone()]);
  return figures;
}
