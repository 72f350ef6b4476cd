import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";
import { SWEEP_PROGRAM } from "../support/sweep-program.js";

export const scratch = (): string => mkdtempSync(join(tmpdir(), "pawl-sweep-"));

export interface Asked {
  readonly kind: "whole" | "grid" | "halving" | "population";
  readonly trials?: number;
  readonly epochs: number;
  readonly workers: number;
}

export const program = (): string => emitProgram("sweep", SWEEP_PROGRAM);

export const argumentsOf = (dir: string, { kind, trials = 0, epochs, workers }: Asked): string[] =>
  [dir, kind, trials, epochs, workers].map(String);

/** Runs the sweep of tests to its end. */
export function runSweep(dir: string, asked: Asked, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return runNode(program(), scratch(), argumentsOf(dir, asked), env);
}

/** What the program of tests tells of each trial. */
export interface Told {
  readonly parameters: { readonly [name: string]: number };
  readonly value: number | null;
  readonly status: string;
  readonly message: string | null;
  readonly epochs: number;
  readonly state: string | null;
  readonly parent: string | null;
}

const line = (output: string, word: string): string => {
  const found = output.split("\n").find((each) => each.startsWith(`${word} `));
  if (found === undefined) throw new Error(`no line "${word}" in: ${output}`);
  return found.slice(word.length + 1);
};

/** The digest of a sweep that ended well. */
export function digestOf({ code, stdout, stderr }: Finished): string {
  if (code !== 0) throw new Error(`It ended with ${code}: ${stdout}${stderr}`);
  return line(stdout, "digest");
}

export const trialsOf = ({ stdout }: Finished): Told[] => JSON.parse(line(stdout, "trials")) as Told[];
