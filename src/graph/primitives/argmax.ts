import { NUMBER, reducedDims } from "../families.js";
import { checkArity, checkDType } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes } from "../row-rule.js";

/** Index of the first maximum along an axis, which goes. */
export const argmax: Primitive<"argmax"> = {
  name: "argmax",
  rows: alongOtherAxes(),
  type(inputs, { axis }) {
    checkArity("argmax", inputs, 1);
    checkDType("argmax", inputs, 0, NUMBER);
    return { shape: reducedDims("argmax", inputs[0]!, [axis], false), dtype: "int32" };
  },
};
