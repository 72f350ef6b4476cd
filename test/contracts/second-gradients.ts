import { type Value, verify } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";

const STEP = 1e-5;

/** Factors of elements, other ones for each k. */
const factors = (size: number, k: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.cos(i * 2.3 + k) + 0.1);
const product = (a: ArrayLike<number>, b: readonly number[]): number =>
  b.reduce((sum, factor, i) => sum + factor * a[i]!, 0);
const total = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);

/**
 * How far the second gradients of a value are from central differences of the first ones, in a direction in which all
 * elements move: of sum(w * d/dx sum(v * y)) for all x together, with fixed factors v and w, relative to its largest part.
 * @param at the x, and the elements at which the gradients are taken
 * @param compute results in float64 with these feeds added
 */
export function secondError(
  y: Value,
  at: ReadonlyMap<Value, readonly number[]>,
  compute: (values: readonly Value[], feeds: ReadonlyMap<Value, readonly number[]>) => readonly ArrayLike<number>[],
): number {
  const wrt = [...at.keys()];
  const zero = { unconnected: "zero" } as const;
  const [like] = compute([y], at);
  const weight = ops.input("factors", y.shape);
  const first = ops.gradients(y, wrt, { ...zero, outputGradients: weight });
  const weights = first.map((g, k) => ops.input(`factors${k}`, g.shape));
  const second = ops.gradients(first, wrt, { ...zero, outputGradients: weights });
  verify(second);

  const sizes = wrt.map((x) => at.get(x)!.length);
  const own = new Map<Value, readonly number[]>([
    [weight, factors(like!.length, 0.3)],
    ...weights.map((value, k) => [value, factors(sizes[k]!, k)] as const),
  ]);
  const direction = sizes.map((size, k) => factors(size, k + 0.7));
  const moved = (by: number): ReadonlyMap<Value, readonly number[]> =>
    new Map([...own, ...wrt.map((x, k) => [x, at.get(x)!.map((e, i) => e + by * direction[k]![i]!)] as const)]);
  const slope = (by: number): number =>
    total(compute(first, moved(by)).map((g, k) => product(g, factors(sizes[k]!, k))));
  const difference = (slope(STEP) - slope(-STEP)) / (2 * STEP);
  const parts = compute(second, moved(0)).map((g, k) => product(g, direction[k]!));
  return Math.abs(total(parts) - difference) / Math.max(1, ...parts.map(Math.abs));
}
