import { type Fields, nullable, type Resolved, resolveOptions, wrongOption } from "../core/options.js";
import type { PoolAttrs, Value } from "../graph/index.js";
import {
  checkRank,
  type DataFormat,
  dataFormatField,
  type Padding,
  type PerAxis,
  paddingField,
  paddingOf,
  perAxis,
  perAxisField,
} from "./spatial.js";

/** Windows of a pooling, in Keras's terms. */
export interface PoolOptions {
  /** A number for each spatial axis. */
  readonly poolSize: readonly number[];
  /** Default: the window. */
  readonly strides?: PerAxis | null;
  /** Default "valid". */
  readonly padding?: Exclude<Padding, "causal">;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

const FIELDS: Fields<PoolOptions> = {
  poolSize: {
    parse(value, where) {
      const isSize = (item: unknown): boolean => typeof item === "number" && Number.isInteger(item) && item >= 1;
      if (Array.isArray(value) && value.every(isSize)) return value as number[];
      throw wrongOption(where, "a list of integers >= 1, one a spatial axis", value);
    },
  },
  strides: nullable(perAxisField(1), { default: null }),
  padding: paddingField(["same", "valid"]),
  dataFormat: dataFormatField,
};

/** The options of a pooling, checked. @param op for messages */
export function poolOptions(op: string, options: PoolOptions): Resolved<PoolOptions> {
  return resolveOptions(op, FIELDS, options);
}

/** The attributes for an operand with channels first. */
export function poolWindows(op: string, x: Value, { poolSize, strides, padding }: Resolved<PoolOptions>): PoolAttrs {
  const rank = poolSize.length;
  checkRank(op, x, rank);
  const steps = perAxis(strides ?? poolSize, rank);
  const ones = perAxis(1, rank);
  return { window: poolSize, strides: steps, padding: paddingOf(padding, x.shape.slice(2), poolSize, steps, ones) };
}
