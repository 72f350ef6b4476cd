import { OptionError, ShapeError } from "../core/errors.js";
import { valueText } from "../core/value-text.js";
import { describe } from "../graph/fit.js";
import type { Value } from "../graph/index.js";
import { isValue } from "./operand.js";

/** Values in lists and objects, however nested; null for none. */
export type Tree = Value | null | readonly Tree[] | { readonly [name: string]: Tree };

/** The values of a tree, in order. @param owner the operation, for messages */
export function leavesOf(owner: string, tree: unknown): Value[] {
  if (tree === null || tree === undefined) return [];
  if (isValue(tree)) return [tree];
  if (Array.isArray(tree)) return tree.flatMap((part) => leavesOf(owner, part));
  if (typeof tree === "object" && Object.getPrototypeOf(tree) === Object.prototype)
    return Object.values(tree).flatMap((part) => leavesOf(owner, part));
  throw new OptionError({
    code: "value-tree",
    what: `${owner} takes values of the graph, alone or in lists and objects`,
    received: valueText(tree),
    fix: "Make values of numbers with ops.full or ops.constant",
  });
}

/** A tree like another one, with these values in order. */
export function treeLike<T>(tree: T, values: readonly Value[]): T {
  const rest = [...values];
  const one = (part: unknown): unknown => {
    if (part === null || part === undefined) return part;
    if (isValue(part)) return rest.shift();
    if (Array.isArray(part)) return part.map(one);
    return Object.fromEntries(Object.entries(part as object).map(([name, inner]) => [name, one(inner)]));
  };
  return one(tree) as T;
}

/** @throws {ShapeError} when two trees that stand for the same do not have the same values */
export function checkAlike(owner: string, what: string, before: readonly Value[], after: readonly Value[]): void {
  const isAlike = (a: Value, b: Value | undefined): boolean => b !== undefined && describe(a) === describe(b);
  if (before.length === after.length && before.every((value, i) => isAlike(value, after[i]))) return;
  throw new ShapeError({
    code: "value-trees",
    what: `${owner}: ${what} must be values of the same shapes and dtypes`,
    received: after.map(describe).join(", ") || "nothing",
    expected: before.map(describe).join(", ") || "nothing",
    fix: "Reshape or cast them to be alike",
  });
}
