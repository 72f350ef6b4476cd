import { isConfig } from "../../core/parts.js";
import { isNode } from "../../core/platform.js";
import type { ResolvedRun } from "../options/run-options.js";

/** Name of the variable by which `pawl replay` tells a program's training to run again elsewhere. */
export const REPLAY_VARIABLE = "PAWL_REPLAY";

/** A stretch of a run that is done again in another folder, to compare it. */
export interface Replay {
  /** The run, as an absolute path. */
  readonly run: string;
  /** The folder to train in; it holds the state to begin from. */
  readonly into: string;
  /** The place of the last state to compare. */
  readonly until: { readonly step: number; readonly batch: number };
  /** Steps after which the run has saved. */
  readonly saves: readonly number[];
}

/** The replay of the training in this folder; null where none is wanted. */
export function replayOf(dir: string): Replay | null {
  if (!isNode()) return null;
  const text = process.env[REPLAY_VARIABLE];
  if (text === undefined) return null;
  const replay: unknown = JSON.parse(text);
  if (!isConfig(replay) || replay["run"] !== absolute(dir)) return null;
  return replay as unknown as Replay;
}

/** The options of a run that is replayed: it trains elsewhere, and keeps all. */
export function replayed<R extends Omit<ResolvedRun, "deleteAtEnd">>(run: R, { into }: Replay): R {
  const keep = { ...run.keep, last: Number.MAX_SAFE_INTEGER, bytes: null };
  return { ...run, dir: into, from: "newest", onChange: "refuse", keep };
}

/** A path from the root, without "." and "..". */
export function absolute(path: string): string {
  const whole = /^([/\\]|[A-Za-z]:)/.test(path) ? path : `${process.cwd()}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split(/[/\\]+/)) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
