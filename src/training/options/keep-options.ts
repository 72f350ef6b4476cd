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

/** Which checkpoints to keep: all that any of these rules asks for, and always the newest with finite numbers. */
export interface KeepOptions {
  /** How many of the newest checkpoints to keep. Default 2. */
  readonly last?: number;
  /** How many of the best checkpoints by `monitor` to keep. Default 0. */
  readonly best?: number;
  /** Log key that decides which checkpoints are best. Default "val_loss". */
  readonly monitor?: string;
  /** Whether a smaller or a larger value is better. Default "auto": the metric decides. */
  readonly mode?: "auto" | "min" | "max";
  /** Keep every n-th checkpoint ever written. Default null: none. */
  readonly every?: number | null;
  /** Keep the checkpoints of the last `seconds`. Default null: none. */
  readonly seconds?: number | null;
  /** Keep the checkpoints written after these training steps. Default: none. */
  readonly pinned?: readonly number[];
  /** Most bytes of all checkpoints together: the oldest are removed first. Default null: no limit. */
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

/** A number n means `{ last: n }`. @throws {OptionError} */
export function resolveKeep(where: string, value: number | KeepOptions, monitor = "val_loss"): ResolvedKeep {
  if (typeof value !== "number")
    return resolveOptions(where, FIELDS, isPlainObject(value) ? { monitor, ...value } : value);
  return resolveOptions(where, FIELDS, { monitor, last: int({ min: 1 }).parse(value, where) });
}

/** @param logs the log keys of the training */
export function retentionPolicy(keep: ResolvedKeep, logs: readonly LogKey[]): RetentionPolicy {
  const direction = logs.find(
    ({ key }) => key === keep.monitor || key === keep.monitor.replace(/^val_/, ""),
  )?.direction;
  return { ...keep, mode: keep.mode === "auto" ? (direction ?? "min") : keep.mode };
}

export type { Kept };
