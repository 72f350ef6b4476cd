import { charge } from "../core/budget.js";
import { OptionError } from "../core/errors.js";
import { bool, type Fields, float, int, resolveOptions } from "../core/options.js";
import { type NestedNumbers, Tensor } from "../core/tensor.js";
import { build, type Dims, type GraphDType, type Value } from "../graph/index.js";
import { castTo, isValue, type Operand, toFloat, toValue } from "./operand.js";

/** A value of the shape, whose elements nobody should rely on: zeros. @param dtype default "float32" */
export function empty(dims: Dims, dtype: GraphDType = "float32"): Value {
  return build.broadcast(build.scalar(0, dtype), dims);
}

/** As `empty`, in the shape of x. @param dtype default null: that of x */
export function emptyLike(x: Operand, dtype: GraphDType | null = null): Value {
  const value = toValue(x);
  return empty(value.shape, dtype ?? value.dtype);
}

/** A number in the shape of x. @param dtype default null: that of x */
export function fullLike(x: Operand, fill: Operand, dtype: GraphDType | null = null): Value {
  const value = toValue(x);
  return build.broadcast(castTo(toValue(fill), dtype ?? value.dtype), value.shape);
}

/** Data, or a value, as a value of a graph. @param dtype default null: the one it has */
export function convertToTensor(x: Operand | NestedNumbers, dtype: GraphDType | null = null): Value {
  const value = toValue(Array.isArray(x) ? Tensor.from(x as NestedNumbers) : (x as Operand));
  return castTo(value, dtype ?? value.dtype);
}

/** Another name of `convertToTensor`. */
export function array(x: Operand | NestedNumbers, dtype: GraphDType | null = null): Value {
  return convertToTensor(x, dtype);
}

/**
 * Data as a typed array.
 * @throws {OptionError} for a value of a graph, which has no numbers before it is computed
 */
export function convertToNumpy(x: Tensor): Tensor["data"] {
  if (!isValue(x) && x instanceof Tensor) return x.data;
  throw new OptionError({
    code: "not-computed",
    what: "convertToNumpy cannot read a value that is not computed yet",
    received: isValue(x) ? "a value of a graph" : typeof x,
    expected: "a Tensor",
    fix: "Compute it first: (await compute(x)).data",
  });
}

/** Options of {@link logspace} and {@link geomspace}. */
export interface SpaceOptions {
  /** How many numbers. Default 50. */
  readonly num?: number;
  /** Whether the end is one of them. Default true. */
  readonly endpoint?: boolean;
}

/** Options of {@link logspace}. */
export interface LogspaceOptions extends SpaceOptions {
  /** What is raised to powers. Default 10. */
  readonly base?: number;
}

const SPACE: Fields<SpaceOptions> = { num: int({ min: 0 }, { default: 50 }), endpoint: bool(true) };
const LOGSPACE: Fields<LogspaceOptions> = { ...SPACE, base: float({ above: 0 }, { default: 10 }) };

function spaced(num: number, endpoint: boolean, at: (share: number) => number): Value {
  charge("so many numbers", 16 * num);
  const steps = Math.max(1, endpoint ? num - 1 : num);
  return build.constant(
    new Tensor(
      Array.from({ length: num }, (_, i) => at(i / steps)),
      [num],
      "float32",
    ),
  );
}

/** Powers of a base whose exponents have equal distances, from base^start to base^stop. */
export function logspace(start: number, stop: number, options?: LogspaceOptions): Value {
  const { num, endpoint, base } = resolveOptions("logspace", LOGSPACE, options);
  return spaced(num, endpoint, (share) => base ** (start + (stop - start) * share));
}

/** Numbers from start to stop, each the same multiple of the one before. @throws {OptionError} when one is 0 */
export function geomspace(start: number, stop: number, options?: SpaceOptions): Value {
  const { num, endpoint } = resolveOptions("geomspace", SPACE, options);
  if (!(start / stop > 0)) {
    throw new OptionError({
      code: "geomspace",
      what: "geomspace needs two numbers with one sign",
      received: `${start} and ${stop}`,
      expected: "both above 0, or both below",
    });
  }
  return spaced(num, endpoint, (share) => (share === 1 ? stop : start * (stop / start) ** share));
}

/** The shape of x: a number for each axis; -1 stands for the batch, -k for k times its rows. */
export function shape(x: Operand): readonly number[] {
  return toValue(x).shape;
}

/** How many axes x has. */
export function ndim(x: Operand): number {
  return toValue(x).shape.length;
}

/** How many elements x has; -k stands for k times the rows of the batch. */
export function size(x: Operand): number {
  return toValue(x).shape.reduce((n, dim) => n * dim, 1);
}

/** The dtype of x. */
export function dtype(x: Operand): GraphDType {
  return toValue(x).dtype;
}

/** Whether x is a value of a graph, or a Tensor. */
export function isTensor(x: unknown): boolean {
  return isValue(x) || x instanceof Tensor;
}

/** x as float32 rounded and kept within a dtype, then in it: what lies outside becomes the nearest bound. */
export function saturateCast(x: Operand, to: GraphDType): Value {
  const value = toValue(x);
  if (to !== "int32" || value.dtype !== "float32") return castTo(value, to);
  // The largest float32 below 2^31.
  const bounded = build.minimum(build.maximum(toFloat(value), build.scalar(-(2 ** 31))), build.scalar(2147483520));
  const isOver = build.greaterEqual(value, build.scalar(2 ** 31));
  return build.where(isOver, build.scalar(2 ** 31 - 1, "int32"), build.cast(bounded, "int32"));
}
