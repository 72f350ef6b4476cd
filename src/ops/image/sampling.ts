import type { Field } from "../../core/options.js";
import { oneOf } from "../../core/options.js";
import type { Value } from "../../graph/index.js";
import { abs } from "../abs.js";
import { add } from "../add.js";
import { cast } from "../cast.js";
import { clip } from "../clip.js";
import { divide } from "../divide.js";
import { floor } from "../floor.js";
import { greaterEqual } from "../greater-equal.js";
import { lessEqual } from "../less-equal.js";
import { logicalAnd } from "../logical-and.js";
import { minimum } from "../minimum.js";
import { multiply } from "../multiply.js";
import type { Operand } from "../operand.js";
import { sign } from "../sign.js";
import { stopGradient } from "../stop-gradient.js";
import { subtract } from "../subtract.js";
import { where } from "../where.js";

/** What lies outside of an image: a number, its edge, or the image again: repeated, or mirrored at or behind its edge. */
export type FillMode = "constant" | "nearest" | "wrap" | "mirror" | "reflect";

export const FILL_MODES: readonly FillMode[] = ["constant", "nearest", "wrap", "mirror", "reflect"];

export const fillModeField: Field<FillMode> = oneOf(FILL_MODES, { default: "constant" });

/** How an image is read between and outside of its pixels. */
export interface Sampling {
  /** 0: the nearest pixel; 1: linear. */
  readonly order: 0 | 1;
  readonly fillMode: FillMode;
  readonly fillValue: number;
}

/** An axis that is read at places, which are real numbers. */
export interface Axis {
  readonly places: Value;
  /** How many elements it has. */
  readonly size: Operand;
  /** Whether there is one more before and after these, of what is outside. Default false. */
  readonly hasBorder?: boolean;
}

interface Node {
  readonly index: Value;
  readonly weight: Value | null;
  readonly isInside: Value | null;
}

/** Places behind the edge stand for places within. All are whole numbers. */
function within(mode: FillMode, index: Value, size: Operand): Value {
  const last = typeof size === "number" ? size - 1 : subtract(size, 1);
  const inside = (x: Value): Value => clip(x, 0, last);
  if (size === 1 || mode === "constant" || mode === "nearest") return inside(index);
  if (mode === "wrap") return inside(remainder(index, size));
  // There and back again: mirrored at the last place, which comes once, or behind it.
  const once = mode === "mirror" ? 0 : 1;
  const period = typeof size === "number" ? 2 * (size - 1 + once) : multiply(add(last, once), 2);
  const way = remainder(index, period);
  return inside(minimum(way, subtract(subtract(period, once), way)));
}

/** Exact for whole numbers below 2^24, and six times as fast as the remainder that is exact for all. */
function remainder(index: Value, period: Operand): Value {
  return subtract(index, multiply(floor(divide(index, period)), period));
}

/** Halves away from 0. */
function rounded(x: Value): Value {
  return multiply(sign(x), floor(add(abs(x), 0.5)));
}

function nodesOf({ places, size, hasBorder = false }: Axis, { order, fillMode }: Sampling): Node[] {
  const inBorder = (index: Value, weight: Value | null): Node => ({
    index: cast(add(clip(index, -1, size), 1), "int32"),
    weight,
    isInside: null,
  });
  const inside = (index: Value, weight: Value | null): Node => ({
    index: cast(within(fillMode, index, size), "int32"),
    weight,
    isInside: fillMode === "constant" ? logicalAnd(greaterEqual(index, 0), lessEqual(index, subtract(size, 1))) : null,
  });
  const node = hasBorder ? inBorder : inside;
  if (order === 0) return [node(stopGradient(rounded(places)), null)];
  const lower = stopGradient(floor(places));
  const upper = subtract(places, lower);
  return [node(lower, subtract(1, upper)), node(add(lower, 1), upper)];
}

/**
 * The elements at places of all axes, interpolated.
 * @param pick the elements at whole places within, a list of numbers for each axis
 * @param widen a value for each place, as one that broadcasts to the elements
 */
export function sample(
  axes: readonly Axis[],
  sampling: Sampling,
  pick: (indices: readonly Value[]) => Value,
  widen: (value: Value) => Value = (value) => value,
): Value {
  const corners = axes.reduce<readonly (readonly Node[])[]>(
    (found, axis) => {
      const nodes = nodesOf(axis, sampling);
      return found.flatMap((corner) => nodes.map((node) => [...corner, node]));
    },
    [[]],
  );
  const parts = corners.map((corner) => {
    const found = pick(corner.map(({ index }) => index));
    const inside = corner.flatMap(({ isInside }) => isInside ?? []);
    const weights = corner.flatMap(({ weight }) => weight ?? []);
    const known =
      inside.length === 0
        ? found
        : where(widen(inside.reduce((all, one) => logicalAnd(all, one))), found, sampling.fillValue);
    return weights.length === 0 ? known : multiply(widen(weights.reduce((all, one) => multiply(all, one))), known);
  });
  return parts.reduce((total, part) => add(total, part));
}
