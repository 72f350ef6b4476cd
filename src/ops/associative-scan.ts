import { ShapeError } from "../core/errors.js";
import { bool, type Fields, int, resolveOptions } from "../core/options.js";
import { describe } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { checkAlike, leavesOf, type Tree, treeLike } from "./tree.js";

/** Options of `associativeScan`. */
export interface AssociativeScanOptions {
  /** From the last element to the first. Default false. */
  readonly reverse?: boolean;
  /** The axis of the elements, which is not the batch. Default 0. */
  readonly axis?: number;
}

const FIELDS: Fields<AssociativeScanOptions> = { reverse: bool(false), axis: int({}, { default: 0 }) };

/**
 * All partial results of an associative function along an axis: x0, f(x0, x1), f(f(x0, x1), x2), …, in about 2 log2 n
 * calls of `f`, each for many elements at once (Blelloch 1990). `f` takes and gives what `elems` is, with fewer elements.
 * @throws {ShapeError} along the batch, for values that differ in number, and when f changes a shape
 */
export function associativeScan<T extends Tree>(f: (a: T, b: T) => T, elems: T, options?: AssociativeScanOptions): T {
  const { reverse, axis } = resolveOptions("associativeScan", FIELDS, options);
  const given = leavesOf("associativeScan", elems);
  const places = given.map(({ shape }) => axisOf("associativeScan", shape, axis));
  const count = given[0]?.shape[places[0]!] ?? 0;
  if (count < 1 || given.some(({ shape }, i) => shape[places[i]!] !== count)) throw notElements(given, axis);
  const combined = (a: readonly Value[], b: readonly Value[]): Value[] => {
    const result = leavesOf("associativeScan", f(treeLike(elems, a), treeLike(elems, b)));
    checkAlike("associativeScan", "what f takes and gives", a, result);
    return result;
  };
  const turned = (values: readonly Value[]): readonly Value[] =>
    reverse ? values.map((value, i) => build.reverse(value, places[i]!)) : values;
  return treeLike(elems, turned(partial(turned(given), places, combined)));
}

type Combine = (a: readonly Value[], b: readonly Value[]) => readonly Value[];

/** Results of pairs first; those give every second result, and one more call the others. */
function partial(values: readonly Value[], places: readonly number[], combined: Combine): readonly Value[] {
  const count = values[0]!.shape[places[0]!]!;
  if (count < 2) return values;
  const part = (of: readonly Value[], start: number, end: number, step = 1): Value[] =>
    of.map((value, i) => build.slice(value, places[i]!, start, end, step));
  const half = Math.floor(count / 2);
  const odd = partial(combined(part(values, 0, 2 * half, 2), part(values, 1, count, 2)), places, combined);
  const others = Math.ceil(count / 2) - 1;
  const first = part(values, 0, 1);
  const even = others === 0 ? [] : combined(part(odd, 0, others), part(values, 2, count, 2));
  return values.map((value, i) => {
    const place = places[i]!;
    const evens = others === 0 ? first[i]! : build.concat([first[i]!, even[i]!], place);
    const pairs = build.concat(
      [build.slice(evens, place, 0, half), odd[i]!].map((x) => withAxis(x, place + 1)),
      place + 1,
    );
    const shape = value.shape.map((size, axis) => (axis === place ? 2 * half : size));
    const even2 = build.reshape(pairs, shape);
    return 2 * half === count ? even2 : build.concat([even2, build.slice(evens, place, half, half + 1)], place);
  });
}

const withAxis = (x: Value, axis: number): Value =>
  build.reshape(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]);

function notElements(given: readonly Value[], axis: number): ShapeError {
  return new ShapeError({
    code: "scan-elements",
    what: `associativeScan goes along axis ${axis} of values with the same number of elements there`,
    received: given.map(describe).join(", ") || "none",
    expected: "at least one element, and not the batch",
    fix: "Choose another axis, e.g. { axis: 1 } for (batch, steps, …)",
  });
}
