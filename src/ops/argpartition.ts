import { type Fields, int, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/index.js";
import { AXIS, sizeAlong } from "./along.js";
import { argsort } from "./argsort.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Options of {@link argpartition}. */
export interface ArgpartitionOptions {
  /** Default -1. */
  readonly axis?: number;
}

/** The table of {@link ArgpartitionOptions}. */
export const ARGPARTITION: Fields<ArgpartitionOptions> = { axis: AXIS };

/** Places of elements such that those before place `kth` are not larger, and those after it not smaller: the sorted ones. */
export function argpartition(x: Operand, kth: number, options?: ArgpartitionOptions): Value {
  const { axis } = resolveOptions("argpartition", ARGPARTITION, options);
  const value = toNumber(x);
  const size = sizeAlong("argpartition", value, axisOf("argpartition", value.shape, axis));
  int({ min: -size, max: size - 1 }).parse(kth, "argpartition: kth");
  return argsort(value, { axis });
}
