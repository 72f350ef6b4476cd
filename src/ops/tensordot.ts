import { OptionError } from "../core/errors.js";
import { valueText } from "../core/value-text.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { einsum } from "./einsum.js";
import { type Operand, toFloat } from "./operand.js";

/** A number of axes, the last ones of a and the first ones of b; or the axes of both, in pairs. */
export type TensordotAxes = number | readonly [a: number | readonly number[], b: number | readonly number[]];

/**
 * Sum of products over pairs of axes; the other axes of a, then those of b, are the result's.
 * @param axes default 2
 * @throws {OptionError} when the axes are no pairs
 */
export function tensordot(a: Operand, b: Operand, axes: TensordotAxes = 2): Value {
  const [x, y] = [toFloat(a), toFloat(b)];
  const [overX, overY] = pairsOf(x, y, axes);
  if (overX.length === 0) return outerProduct(x, y);
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const ofX = x.shape.map((_, i) => letters[i]!);
  const ofY = y.shape.map((_, i) => (overY.includes(i) ? ofX[overX[overY.indexOf(i)]!]! : letters[ofX.length + i]!));
  const result = [...ofX.filter((_, i) => !overX.includes(i)), ...ofY.filter((_, i) => !overY.includes(i))];
  return einsum(`${ofX.join("")},${ofY.join("")}->${result.join("")}`, x, y);
}

function outerProduct(x: Value, y: Value): Value {
  return build.mul(build.reshape(x, [...x.shape, ...y.shape.map(() => 1)]), y);
}

function pairsOf(x: Value, y: Value, axes: TensordotAxes): readonly [number[], number[]] {
  const counted = (count: number): readonly [number[], number[]] => [
    Array.from({ length: count }, (_, i) => x.shape.length - count + i),
    Array.from({ length: count }, (_, i) => i),
  ];
  const all = (value: Value, list: number | readonly number[]): number[] =>
    [list].flat().map((axis) => axisOf("tensordot", value.shape, axis as number));
  const isCount = Number.isInteger(axes) && (axes as number) >= 0;
  if (isCount && (axes as number) <= Math.min(x.shape.length, y.shape.length)) return counted(axes as number);
  const [ofX, ofY] = Array.isArray(axes) && axes.length === 2 ? [all(x, axes[0]), all(y, axes[1])] : [[], []];
  const isPairs = ofX.length > 0 && ofX.length === ofY.length && new Set(ofX).size === new Set(ofY).size;
  if (isPairs && new Set(ofX).size === ofX.length) return [ofX, ofY];
  throw new OptionError({
    code: "tensordot-axes",
    what: "tensordot sums over pairs of axes",
    received: `axes ${valueText(axes)} for operands of ${x.shape.length} and ${y.shape.length} axes`,
    expected: "a number of axes that both have, or [axes of a, axes of b] of one length",
  });
}
