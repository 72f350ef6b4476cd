import type { PoolAttrs, Value } from "../graph/index.js";
import { checkRank, type DataFormat, type Padding, type PerAxis, paddingOf, perAxis } from "./spatial.js";

/** Windows of a pooling, in Keras's terms. */
export interface PoolOptions {
  /** An entry a spatial axis. */
  readonly poolSize: readonly number[];
  /** Default: the window. */
  readonly strides?: PerAxis | null;
  /** Default "valid". */
  readonly padding?: Exclude<Padding, "causal">;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

/** The attributes for an operand with channels first. */
export function poolWindows(op: string, x: Value, { poolSize, strides, padding = "valid" }: PoolOptions): PoolAttrs {
  const rank = poolSize.length;
  checkRank(op, x, rank);
  const steps = perAxis(strides ?? poolSize, rank);
  const ones = perAxis(1, rank);
  return { window: poolSize, strides: steps, padding: paddingOf(padding, x.shape.slice(2), poolSize, steps, ones) };
}
