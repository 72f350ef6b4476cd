import {
  type Fields,
  int,
  nullable,
  oneOf,
  type Resolved,
  resolveOptions,
  text,
  wrongOption,
} from "../../core/options.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Kept, RetentionPolicy } from "../../store/index.js";
import type { LogKey } from "../state/logs.js";

/** Which checkpoints are kept: all that any of the entries asks for, and always the newest with finite numbers. */
export interface KeepOptions {
  /** The newest so many. Default 2. */
  readonly last?: number;
  /** The best so many by `monitor`. Default 0. */
  readonly best?: number;
  /** Key of the logs that tells which are best. Default "val_loss". */
  readonly monitor?: string;
  /** Which way is better. Default "auto": as the metric has it. */
  readonly mode?: "auto" | "min" | "max";
  /** Every n-th of those ever written. Default null: none. */
  readonly every?: number | null;
  /** Those written in the last so many seconds. Default null: none. */
  readonly seconds?: number | null;
  /** Those that were written after these training steps. */
  readonly pinned?: readonly number[];
  /** Together they should need no more bytes than this: the oldest go first. Default null: no limit. */
  readonly bytes?: number | null;
}

export type ResolvedKeep = Resolved<KeepOptions>;

const FIELDS: Fields<KeepOptions> = {
  last: int({ min: 0 }, { default: 2 }),
  best: int({ min: 0 }, { default: 0 }),
  monitor: text({ default: "val_loss" }),
  mode: oneOf(["auto", "min", "max"], { default: "auto" }),
  every: nullable(int({ min: 1 })),
  seconds: nullable(int({ min: 0 })),
  pinned: {
    default: [],
    parse(value, where) {
      if (Array.isArray(value) && value.every((step) => Number.isInteger(step))) return value as number[];
      throw wrongOption(where, "a list of training steps", value);
    },
  },
  bytes: nullable(int({ min: 0 })),
};

/** A number n stands for `{ last: n }`. @throws {OptionError} */
export function resolveKeep(where: string, value: number | KeepOptions, monitor = "val_loss"): ResolvedKeep {
  if (typeof value !== "number")
    return resolveOptions(where, FIELDS, isPlainObject(value) ? { monitor, ...value } : value);
  return resolveOptions(where, FIELDS, { monitor, last: int({ min: 1 }).parse(value, where) });
}

/** @param logs the keys that the training's logs have */
export function retentionPolicy(keep: ResolvedKeep, logs: readonly LogKey[]): RetentionPolicy {
  const direction = logs.find(
    ({ key }) => key === keep.monitor || key === keep.monitor.replace(/^val_/, ""),
  )?.direction;
  return { ...keep, mode: keep.mode === "auto" ? (direction ?? "min") : keep.mode };
}

export type { Kept };
