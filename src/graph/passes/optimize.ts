import type { Value } from "../value.js";
import { mergeCommon } from "./common.js";
import { foldConstants } from "./constants.js";
import { factorSums } from "./factor-sums.js";
import { hoistScans } from "./hoist-scans.js";
import { sinkTransposes } from "./layout.js";
import { simplify } from "./simplify.js";
import { withoutEmpty } from "./without-empty.js";

/** All passes, in the order in which they run. Dead code needs none: a graph is only what its outputs reach. */
export const PASSES: readonly (readonly [string, (outputs: readonly Value[]) => Value[]])[] = [
  ["withoutEmpty", withoutEmpty],
  ["mergeCommon", mergeCommon],
  ["hoistScans", hoistScans],
  ["simplify", simplify],
  ["factorSums", factorSums],
  ["foldConstants", foldConstants],
  ["mergeCommon", mergeCommon],
  ["sinkTransposes", sinkTransposes],
  ["simplify", simplify],
  ["foldConstants", foldConstants],
  ["simplify", simplify],
  ["mergeCommon", mergeCommon],
];

/** The same outputs, computed with less work. Inputs stay the same values. */
export function optimize(outputs: readonly Value[]): Value[] {
  return PASSES.reduce<Value[]>((values, [, pass]) => pass(values), [...outputs]);
}
