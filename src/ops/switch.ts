import { build, type Value } from "../graph/index.js";
import { clip } from "./clip.js";
import { chosen } from "./cond.js";
import { castTo, type Operand, toValue } from "./operand.js";
import type { Tree } from "./tree.js";

/**
 * What the branch of that number gives for the operands; numbers below 0 and beyond the last mean the first and the last.
 * All are computed, and only the one that is taken counts, as in `cond`.
 * @throws {ShapeError} when the branches give values of different shapes, and for a number that is no scalar
 */
function choose<T extends Tree, A extends readonly Tree[]>(
  index: Operand,
  branches: readonly ((...operands: A) => T)[],
  ...operands: A
): T {
  const at = castTo(toValue(clip(castTo(toValue(index, "int32"), "int32"), 0, branches.length - 1)), "int32");
  const isAt = (i: number): Value => build.equal(at, build.scalar(i, "int32"));
  return chosen(
    "switch",
    branches.map((_, i) => isAt(i)),
    branches.map((branch) => () => branch(...operands)),
  );
}

export { choose as switch };
