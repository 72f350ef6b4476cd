import { OptionError } from "../core/errors.js";
import { valueText } from "../core/value-text.js";
import { build, type Value } from "../graph/index.js";
import { flatOf, sizeAlong } from "./along.js";
import { axisOf } from "./axes.js";
import { concatenate } from "./concatenate.js";
import { type Operand, toValue } from "./operand.js";

/** x2 after x1. @param axis default null: all elements of both as one row */
export function append(x1: Operand, x2: Operand, axis: number | null = null): Value {
  const both = [toValue(x1), toValue(x2)];
  return concatenate(axis === null ? both.map(flatOf) : both, axis ?? 0);
}

/** x with axes of size 1 until there are as many as this. */
const atLeast = (rank: number, x: Operand): Value => {
  const value = toValue(x);
  const missing = Math.max(0, rank - value.shape.length);
  if (missing === 0) return value;
  // A row of numbers lies across the first axis: (n) is (1, n), and (1, n, 1).
  const { shape } = value;
  const dims = [...(shape.length === 2 ? [] : [1]), ...shape, 1, 1].slice(0, rank);
  return build.reshape(value, shape.length === 0 ? new Array<number>(rank).fill(1) : dims);
};

/** Side by side: along axis 1, or along the only axis. */
export function hstack(xs: readonly Operand[]): Value {
  const values = xs.map((x) => atLeast(1, x));
  return concatenate(values, values[0]!.shape.length === 1 ? 0 : 1);
}

/** One above the other: along axis 0; rows of numbers become the rows of a matrix. */
export function vstack(xs: readonly Operand[]): Value {
  return concatenate(
    xs.map((x) => atLeast(2, x)),
    0,
  );
}

/** One behind the other: along axis 2. */
export function dstack(xs: readonly Operand[]): Value {
  return concatenate(
    xs.map((x) => atLeast(3, x)),
    2,
  );
}

/** How many parts, or where the parts after the first one begin. */
export type Sections = number | readonly number[];

/** @throws {OptionError} for what is neither */
export function checkSections(op: string, sections: Sections): void {
  const isCount = typeof sections === "number" && Number.isInteger(sections) && sections >= 1;
  if (isCount || (Array.isArray(sections) && sections.every(Number.isInteger))) return;
  throw new OptionError({
    code: "sections",
    what: `${op} cuts an axis into a number of parts, or at places`,
    received: valueText(sections),
    expected: "a whole number of at least 1, or a list of places",
    data: { op },
  });
}

/** Parts of nearly one size: the first ones have an element more where the axis is not divisible. */
export function arraySplit(x: Operand, sections: Sections, axis = 0): Value[] {
  return cut("arraySplit", x, sections, axis, true);
}

function cut(op: string, x: Operand, sections: Sections, axis: number, uneven = false): Value[] {
  checkSections(op, sections);
  const value = toValue(x);
  const at = axisOf(op, value.shape, axis);
  const size = sizeAlong(op, value, at);
  if (typeof sections === "number" && !uneven && size % sections !== 0) {
    throw new OptionError({
      code: "split",
      what: `${op} cannot divide axis ${at} into ${sections} equal parts`,
      received: `${size} entries`,
      fix: "Give places instead, or take arraySplit",
    });
  }
  const places =
    typeof sections === "number"
      ? Array.from({ length: sections - 1 }, (_, k) => {
          const [each, more] = [Math.floor(size / sections), size % sections];
          return (k + 1) * each + Math.min(k + 1, more);
        })
      : sections.map((place) => Math.min(size, Math.max(0, place < 0 ? place + size : place)));
  const bounds = [0, ...places, size];
  return bounds.slice(1).map((end, k) => build.slice(value, at, bounds[k]!, Math.max(bounds[k]!, end)));
}

/** Parts along axis 1, or along the only axis: equal ones, or cut at places. */
export function hsplit(x: Operand, sections: Sections): Value[] {
  const value = toValue(x);
  return cut("hsplit", value, sections, value.shape.length === 1 ? 0 : 1);
}

/** Parts along axis 0, which is not the batch: equal ones, or cut at places. */
export function vsplit(x: Operand, sections: Sections): Value[] {
  return cut("vsplit", x, sections, 0);
}

/** Parts along axis 2: equal ones, or cut at places. */
export function dsplit(x: Operand, sections: Sections): Value[] {
  return cut("dsplit", x, sections, 2);
}
