import type { Value } from "../graph/value.js";
import {
  add,
  allSum,
  cast,
  equal,
  logicalNot,
  logicalOr,
  maximum,
  multiply,
  subtract,
  sum,
  where,
} from "../ops/index.js";

/** max(1 - yTrue yPred, 0). When all targets of the batch are 0 or 1, they stand for -1 and 1, as in Keras. */
export function margin(yTrue: Value, yPred: Value): Value {
  const isBinary = logicalOr(equal(yTrue, 0), equal(yTrue, 1));
  const others = allSum(sum(cast(logicalNot(isBinary), "float32")));
  const target = where(equal(others, 0), add(multiply(yTrue, 2), -1), yTrue);
  return maximum(subtract(1, multiply(target, yPred)), 0);
}
