import { broadcastDims } from "../graph/fit.js";
import { build, type Value, withGradient } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** log(exp(a) + exp(b)), without overflow. */
export function logAddExp(a: Operand, b: Operand): Value {
  const operands = [toFloat(a), toFloat(b)];
  const shape = broadcastDims("logAddExp", operands);
  const [x, y] = operands.map((operand) => build.broadcast(operand, shape)) as [Value, Value];
  const difference = build.sub(x, y);
  // Two infinities of one sign.
  const gap = build.where(build.isNan(difference), build.scalar(0), difference);
  const value = build.add(build.maximum(x, y), build.softplus(build.neg(build.abs(gap))));
  // Smooth also where both are equal, which the maximum is not.
  return withGradient(value, [x, y], (dy) => [
    build.mul(dy, build.sigmoid(gap)),
    build.mul(dy, build.sigmoid(build.neg(gap))),
  ]);
}
