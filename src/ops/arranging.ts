import { OptionError, ShapeError } from "../core/errors.js";
import { type Fields, int, oneOf, resolveOptions, wrongOption } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { product } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { flatOf } from "./along.js";
import { axisOf } from "./axes.js";
import { castTo, type Operand, promote, toBool, toValue } from "./operand.js";
import { reverse } from "./reverse.js";
import { swapAxes } from "./swap-axes.js";

/** x with the order along an axis, some, or (null, the default) all reversed. */
export function flip(x: Operand, axis: number | readonly number[] | null = null): Value {
  const value = toValue(x);
  const axes = axis === null ? value.shape.map((_, i) => i) : [axis].flat();
  return (axes as number[]).reduce((turned, one) => reverse(turned, one), value);
}

/** Left and right exchanged: axis 1 reversed. */
export function fliplr(x: Operand): Value {
  return reverse(x, 1);
}

/** Above and below exchanged: axis 0 reversed. */
export function flipud(x: Operand): Value {
  return reverse(x, 0);
}

/** How often and in which plane. */
export interface Rot90Options {
  /** Quarters of a turn, against the clock. Default 1. */
  readonly k?: number;
  /** The axes of the plane. Default [0, 1]. */
  readonly axes?: readonly [from: number, to: number];
}

/** The table of {@link Rot90Options}. */
export const ROT90: Fields<Rot90Options> = {
  k: int({}, { default: 1 }),
  axes: {
    default: [0, 1],
    parse(value, where) {
      const isPair = Array.isArray(value) && value.length === 2 && value.every(Number.isInteger);
      if (isPair && value[0] !== value[1]) return value as unknown as readonly [number, number];
      throw wrongOption(where, "two different axes", value);
    },
  },
};

/** x turned by quarters, from the first axis towards the second. */
export function rot90(x: Operand, options?: Rot90Options): Value {
  const { k, axes } = resolveOptions("rot90", ROT90, options);
  const value = toValue(x);
  const [a, b] = axes.map((axis) => axisOf("rot90", value.shape, axis)) as [number, number];
  const quarters = ((k % 4) + 4) % 4;
  if (quarters === 0) return value;
  if (quarters === 2) return reverse(reverse(value, a), b);
  return quarters === 1 ? swapAxes(reverse(value, b), a, b) : reverse(swapAxes(value, a, b), b);
}

/** All elements as one row. */
export function ravel(x: Operand): Value {
  return flatOf(toValue(x));
}

/** In which order the axes come. */
export interface MeshgridOptions {
  /** "xy": the first two exchanged, as for images; "ij": in the order of the operands. Default "xy". */
  readonly indexing?: "xy" | "ij";
}

/** The table of {@link MeshgridOptions}. */
export const MESHGRID: Fields<MeshgridOptions> = { indexing: oneOf(["xy", "ij"], { default: "xy" }) };

/** The coordinates of a grid: of each row of numbers the one that counts at each place of it. */
export function meshgrid(xs: readonly Operand[], options?: MeshgridOptions): Value[] {
  const { indexing } = resolveOptions("meshgrid", MESHGRID, options);
  const values = xs.map((x) => flatOf(toValue(x)));
  const order = values.map((_, i) => (indexing === "xy" && i < 2 && values.length > 1 ? 1 - i : i));
  const shape = order.map((of) => values[of]!.shape[0]!);
  return values.map((value, i) =>
    build.broadcast(
      build.reshape(
        value,
        order.map((of) => (of === i ? value.shape[0]! : 1)),
      ),
      shape,
    ),
  );
}

/** The places, one operand for each axis of this shape, of elements counted in row-major order. */
export function unravelIndex(indices: Operand, shape: readonly number[]): Value[] {
  const ids = castTo(toValue(indices, "int32"), "int32");
  const size = build.scalar(product(shape), "int32");
  const isNegative = build.greater(build.scalar(0, "int32"), ids);
  let rest = build.where(isNegative, build.add(ids, size), ids);
  const places: Value[] = [];
  for (const dim of [...shape].reverse()) {
    places.unshift(build.mod(rest, build.scalar(dim, "int32")));
    rest = build.div(rest, build.scalar(dim, "int32"));
  }
  return places;
}

/**
 * From each place the choice of the first condition that holds there.
 * @param otherwise where none holds, default 0
 */
export function select(conditions: readonly Operand[], choices: readonly Operand[], otherwise: Operand = 0): Value {
  if (conditions.length !== choices.length || choices.length === 0) {
    throw new OptionError({
      code: "select",
      what: "select has a choice for each condition",
      received: `${conditions.length} conditions and ${choices.length} choices`,
      expected: "as many, at least one",
    });
  }
  const choose = (rest: Operand, condition: Operand, i: number): Operand => {
    const [yes, no] = promote(choices[i]!, rest, true);
    return build.where(toBool(condition), yes, no);
  };
  return conditions.reduceRight<Operand>(choose, otherwise) as Value;
}

/** @throws {ShapeError} naming the op that has no axis like this */
export function checkAxes(op: string, x: Value, rank: number): void {
  if (x.shape.length === rank) return;
  throw new ShapeError({
    code: "rank",
    what: `${op} works on ${rank} axes`,
    received: `shape ${formatShape(x.shape)}`,
    data: { op, shape: x.shape },
  });
}
