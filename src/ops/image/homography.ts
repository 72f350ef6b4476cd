import type { Value } from "../../graph/index.js";
import { add } from "../add.js";
import { concatenate } from "../concatenate.js";
import { divide } from "../divide.js";
import { multiply } from "../multiply.js";
import { slice } from "../slice.js";
import { squeeze } from "../squeeze.js";
import { subtract } from "../subtract.js";

/** Nine numbers of each row, row by row: they broadcast to what they are multiplied with. */
export type Matrix = readonly Value[];

/**
 * The perspective mapping of the unit square to four points (batch, 4, 2), as 9 columns (batch, 1): P. Heckbert,
 * "Fundamentals of texture mapping and image warping", 1989, times the denominator.
 */
function fromSquare(points: Value): Matrix {
  const at = (corner: number, axis: number): Value =>
    squeeze(slice(slice(points, 1, corner, corner + 1), 2, axis, axis + 1), 2);
  // The points stand for the corners (0, 0), (1, 0), (0, 1), (1, 1).
  const side = (axis: number) => {
    const [p0, p1, p3, p2] = [0, 1, 2, 3].map((corner) => at(corner, axis)) as [Value, Value, Value, Value];
    return { p0, p1, p3, d1: subtract(p1, p2), d2: subtract(p3, p2), s: add(subtract(p0, p1), subtract(p2, p3)) };
  };
  const [x, y] = [side(0), side(1)];
  const cross = (a: Value, b: Value, c: Value, d: Value): Value => subtract(multiply(a, b), multiply(c, d));
  const whole = cross(x.d1, y.d2, x.d2, y.d1);
  const g = cross(x.s, y.d2, x.d2, y.s);
  const h = cross(x.d1, y.s, x.s, y.d1);
  const row = ({ p0, p1, p3 }: typeof x): Value[] => [
    add(multiply(subtract(p1, p0), whole), multiply(g, p1)),
    add(multiply(subtract(p3, p0), whole), multiply(h, p3)),
    multiply(p0, whole),
  ];
  return [...row(x), ...row(y), g, h, whole];
}

/** The inverse, times the determinant. */
export function adjugate([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  const minor = (p: Value, q: Value, r: Value, s: Value): Value => subtract(multiply(p, q), multiply(r, s));
  return [
    minor(e!, i!, f!, h!),
    minor(c!, h!, b!, i!),
    minor(b!, f!, c!, e!),
    minor(f!, g!, d!, i!),
    minor(a!, i!, c!, g!),
    minor(c!, d!, a!, f!),
    minor(d!, h!, e!, g!),
    minor(b!, g!, a!, h!),
    minor(a!, e!, b!, d!),
  ];
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((_, i) => {
    const [row, column] = [Math.floor(i / 3) * 3, i % 3];
    return [0, 1, 2].map((k) => multiply(a[row + k]!, b[k * 3 + column]!)).reduce((total, one) => add(total, one));
  });
}

/**
 * The perspective mapping that takes four points to four others, (batch, 4, 2) each: 8 numbers (batch, 8), of which the
 * ninth is 1. No three of the points lie on a line.
 */
export function homography(from: Value, to: Value): Value {
  const matrix = product(fromSquare(to), adjugate(fromSquare(from)));
  return concatenate(
    matrix.slice(0, 8).map((entry) => divide(entry, matrix[8]!)),
    1,
  );
}
