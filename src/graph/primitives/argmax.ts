import { NUMBER, reducedDims } from "../families.js";
import { checkArity, checkDType, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes } from "../row-rule.js";

/** Index of the first maximum along an axis, which is removed. Which one it is among NaN depends on the machine. */
export const argmax: Primitive<"argmax"> = {
  name: "argmax",
  rows: alongOtherAxes(),
  type(inputs, { axis }) {
    checkArity("argmax", inputs, 1);
    checkDType("argmax", inputs, 0, NUMBER);
    const shape = reducedDims("argmax", inputs[0]!, [axis], false);
    if (inputs[0]!.shape[axis] === 0) throw misfit("argmax", inputs, `elements along axis ${axis}`);
    return { shape, dtype: "int32" };
  },
};
