import { ShapeError } from "../core/errors.js";
import { describe } from "../graph/fit.js";
import { build, guarded, type Value } from "../graph/index.js";
import { type Operand, toBool } from "./operand.js";
import { checkAlike, leavesOf, type Tree, treeLike } from "./tree.js";

/**
 * What `trueFn` gives where `predicate`, a scalar, is true, else what `falseFn` gives. Both are computed; of the one that
 * is not taken nothing counts, in values and in gradients, not even NaN. They give values of the same shapes, alone or in
 * lists and objects.
 * @throws {ShapeError} when they do not, and for a predicate that is no scalar
 */
export function cond<T extends Tree>(predicate: Operand, trueFn: () => T, falseFn: () => T): T {
  const isTrue = scalarBool("cond", predicate);
  return chosen("cond", [isTrue, build.not(isTrue)], [trueFn, falseFn]);
}

/** A condition for the whole graph. */
export function scalarBool(owner: string, predicate: Operand): Value {
  const value = toBool(predicate);
  if (value.shape.length === 0) return value;
  throw new ShapeError({
    code: "condition-shape",
    what: `${owner} chooses by one condition`,
    received: describe(value),
    expected: "a scalar",
    fix: "Choose by element with ops.where, or take ops.all or ops.any of the condition",
  });
}

/** The result of the branch whose condition is true; exactly one is. */
export function chosen<T extends Tree>(owner: string, conditions: readonly Value[], branches: readonly (() => T)[]): T {
  let form: T | undefined;
  const results = branches.map((branch, i) =>
    guarded(conditions[i]!, () => {
      const tree = branch();
      form ??= tree;
      return leavesOf(owner, tree);
    }),
  );
  for (const result of results) checkAlike(owner, "what the branches give", results[0]!, result);
  const values = results[0]!.map((first, k) =>
    results.slice(1).reduce((value, result, i) => build.where(conditions[i + 1]!, result[k]!, value), first),
  );
  return treeLike(form as T, values);
}
