import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { build, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** How axes are split, ordered and joined. */
export interface Rearrangement {
  readonly split: readonly number[];
  readonly order: readonly number[];
  readonly joined: readonly number[];
}

const axesIn = (side: string): string[][] =>
  (side.match(/\([^)]*\)|\w+/gu) ?? []).map((group) => group.match(/\w+/gu) ?? []);

/** What a pattern does to a shape. @throws {ShapeError} where they do not fit */
export function rearrangement(
  pattern: string,
  shape: readonly number[],
  lengths: Readonly<Record<string, number>>,
): Rearrangement {
  const misfit = (): ShapeError =>
    new ShapeError({
      code: "rearrange",
      what: `rearrange cannot read "${pattern}" for these axes`,
      received: `shape ${formatShape(shape)}, lengths ${JSON.stringify(lengths)}`,
      expected: 'each axis once on both sides, as in "b (h p) c -> b h (p c)", and all lengths of a group but one',
    });
  const [from, to, more] = pattern.split("->").map(axesIn);
  if (from === undefined || to === undefined || more !== undefined || from.length !== shape.length) throw misfit();
  const sizes = new Map<string, number>();
  from.forEach((group, i) => {
    const open = group.filter((name) => lengths[name] === undefined);
    const known = group.reduce((n, name) => n * (lengths[name] ?? 1), 1);
    if (open.length > 1 || (open.length === 0 && known !== shape[i])) throw misfit();
    for (const name of group) sizes.set(name, lengths[name] ?? shape[i]! / known);
  });
  const [names, wanted] = [from.flat(), to.flat()];
  const isSame = new Set(names).size === names.length && [...names].sort().join() === [...wanted].sort().join();
  if (!isSame || [...sizes.values()].some((size) => !Number.isInteger(size))) throw misfit();
  return {
    split: names.map((name) => sizes.get(name)!),
    order: wanted.map((name) => names.indexOf(name)),
    joined: to.map((group) => group.reduce((n, name) => n * sizes.get(name)!, 1)),
  };
}

/**
 * Axes split, ordered and joined as a pattern says, in the notation of einops: "b (h p) c -> b h (p c)".
 * @param lengths of axes that the pattern splits off, by name
 */
export function rearrange(x: Operand, pattern: string, lengths: Readonly<Record<string, number>> = {}): Value {
  const value = toValue(x);
  const { split, order, joined } = rearrangement(pattern, value.shape, lengths);
  return build.shaped(build.transpose(build.shaped(value, split), order), joined);
}
