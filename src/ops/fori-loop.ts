import { wrongOption } from "../core/options.js";
import { recur, type Value } from "../graph/index.js";
import { arange } from "./arange.js";
import { checkAlike, leavesOf, type Tree, treeLike } from "./tree.js";

/**
 * `body(i, value)` for i = lower … upper - 1, each time with what it gave before; at the end that, or `init` where there
 * is no step. `i` is an int32 scalar. `init` is a value, alone or in lists and objects.
 * @throws {OptionError} for bounds that are no whole numbers: `whileLoop` has bounds of the graph
 */
export function foriLoop<T extends Tree>(lower: number, upper: number, body: (i: Value, value: T) => T, init: T): T {
  for (const [name, bound] of Object.entries({ lower, upper })) {
    if (Number.isInteger(bound)) continue;
    throw wrongOption(
      `foriLoop.${name}`,
      "a whole number",
      bound,
      "Use ops.whileLoop for bounds that the graph computes",
    );
  }
  if (upper <= lower) return init;
  const states = leavesOf("foriLoop", init);
  const result = recur({ states, sequences: [arange(lower, upper)] }, (before, [i]) => {
    const next = leavesOf("foriLoop", body(i!, treeLike(init, before)));
    checkAlike("foriLoop", "the value before and after a step", before, next);
    return { states: next, outputs: [] };
  });
  return treeLike(init, result.states);
}
