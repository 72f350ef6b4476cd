import { OptionError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { build, guarded, recur } from "../graph/index.js";
import { scalarBool } from "./cond.js";
import type { Operand } from "./operand.js";
import { checkAlike, leavesOf, type Tree, treeLike } from "./tree.js";

/** Options of `whileLoop`. */
export interface WhileLoopOptions {
  /**
   * The most steps that are made: all of them are computed, and those after the end change nothing. Default null, which
   * is refused: a loop needs a bound here.
   */
  readonly maximumIterations?: number | null;
}

const FIELDS: Fields<WhileLoopOptions> = { maximumIterations: nullable(int({ min: 0 })) };

/**
 * `loopVars = body(loopVars)` as long as `condition(loopVars)`, a scalar, is true, at most `maximumIterations` times.
 * `loopVars` are values, alone or in lists and objects, whose shapes stay. Steps after the end count for nothing, in
 * values and in gradients, not even NaN.
 * @throws {OptionError} without `maximumIterations`; {ShapeError} when a step changes a shape
 */
export function whileLoop<T extends Tree>(
  condition: (loopVars: T) => Operand,
  body: (loopVars: T) => T,
  loopVars: T,
  options?: WhileLoopOptions,
): T {
  const { maximumIterations: most } = resolveOptions("whileLoop", FIELDS, options);
  if (most === null) {
    throw new OptionError({
      code: "unbounded-loop",
      what: "whileLoop needs a bound: how often the body runs is part of the graph",
      received: "no maximumIterations",
      fix: "Give { maximumIterations: 100 }, at least as many as the loop can need; all of them are computed",
    });
  }
  if (most === 0) return loopVars;
  const states = leavesOf("whileLoop", loopVars);
  const result = recur({ states, sequences: [build.iota(most)] }, (before) => {
    const vars = treeLike(loopVars, before);
    const goesOn = scalarBool("whileLoop", condition(vars));
    const next = guarded(goesOn, () => leavesOf("whileLoop", body(vars)));
    checkAlike("whileLoop", "the values before and after a step", before, next);
    return { states: next.map((value, i) => build.where(goesOn, value, before[i]!)), outputs: [] };
  });
  return treeLike(loopVars, result.states);
}
