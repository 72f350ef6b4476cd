import { BOOL } from "../families.js";
import { broadcastDims, checkArity, checkDType, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { isZero, rowByRow } from "../row-rule.js";

/** (condition, a, b): a where the condition holds, else b. The side not chosen gets a gradient of 0, even if NaN. */
export const where: Primitive<"where"> = {
  name: "where",
  rows: rowByRow(
    (node, [condition, ...sides]) =>
      condition === "replicated" && sides.every((kind, i) => kind === "partial" || isZero(node.inputs[i + 1]!)),
  ),
  type(inputs) {
    checkArity("where", inputs, 3);
    checkDType("where", inputs, 0, BOOL);
    if (inputs[1]!.dtype !== inputs[2]!.dtype)
      throw misfit("where", inputs, "two values of one dtype", "Cast one of them");
    return { shape: broadcastDims("where", inputs), dtype: inputs[1]!.dtype };
  },
  gradient({ inputs: [condition] }, dy, g) {
    const zero = g.scalar(0);
    return [null, g.where(condition!, dy, zero), g.where(condition!, zero, dy)];
  },
};
