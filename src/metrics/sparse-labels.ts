import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** Class numbers as int32 without the last axis of one that labels often have: (n, 1) becomes (n). */
export function sparseLabels(yTrue: Value, yPred: Value): Value {
  const extra = yTrue.shape.length === yPred.shape.length && yTrue.shape.at(-1) === 1;
  return ops.cast(extra ? ops.squeeze(yTrue, -1) : yTrue, "int32");
}
