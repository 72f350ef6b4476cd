import { bool, type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { build, recur } from "../graph/index.js";
import { checkAlike, leavesOf, type Tree, treeLike } from "./tree.js";

/** Options of `scan`. */
export interface ScanOptions {
  /** Number of steps, needed where `xs` is null. Default null: that of `xs`. */
  readonly length?: number | null;
  /** From the last element to the first; each output stays at the index of its element. Default false. */
  readonly reverse?: boolean;
}

const FIELDS: Fields<ScanOptions> = { length: nullable(int({ min: 1 })), reverse: bool(false) };

/**
 * Runs `f` over the elements of the first axes of `xs`, which are not the batch, and hands a state on: `f(carry, x)` gives
 * `[carry, y]`. Gives the last state and all y, stacked along a new first axis. State, xs and y are values, alone or in
 * lists and objects. Random numbers in `f` are the same in all steps.
 * @throws {ShapeError} when the state changes its shape, or the elements differ in number
 */
export function scan<C extends Tree, X extends Tree, Y extends Tree>(
  f: (carry: C, x: X) => readonly [C, Y],
  init: C,
  xs: X,
  options?: ScanOptions,
): [C, Y] {
  const { length, reverse } = resolveOptions("scan", FIELDS, options);
  const states = leavesOf("scan", init);
  const given = leavesOf("scan", xs);
  const sequences = given.length > 0 ? given : [build.iota(length ?? 0)];
  let form: Y | undefined;
  const result = recur({ states, sequences, reverse }, (before, elements) => {
    const [carry, y] = f(treeLike(init, before), treeLike(xs, elements));
    form = y;
    const next = leavesOf("scan", carry);
    checkAlike("scan", "the state before and after a step", before, next);
    return { states: next, outputs: leavesOf("scan", y) };
  });
  return [treeLike(init, result.states), treeLike(form as Y, result.outputs)];
}
