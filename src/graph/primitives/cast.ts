import { ANY } from "../families.js";
import { checkArity, checkDType } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/**
 * float32 to int32 truncates towards zero (for NaN and numbers out of range the result depends on the processor);
 * anything but 0 is true. Gradients flow from float32 to float32 only.
 */
export const cast: Primitive<"cast"> = {
  name: "cast",
  rows: rowByRow(({ dtype, inputs }) => dtype === "float32" && inputs[0]!.dtype !== "bool"),
  type(inputs, { dtype }) {
    checkArity("cast", inputs, 1);
    checkDType("cast", inputs, 0, ANY);
    return { shape: inputs[0]!.shape, dtype };
  },
  gradient: ({ inputs: [x], attrs }, dy) => [x!.dtype === "float32" && attrs.dtype === "float32" ? dy : null],
};
