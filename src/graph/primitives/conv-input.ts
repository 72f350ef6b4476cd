import { misfit, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { bilinear, rowByRow } from "../row-rule.js";
import { checkConv, convSizes } from "../windows.js";

/** (dy, kernel) -> dx: gradient of a convolution for its operand, which is a transposed convolution; linear in both. */
export const convInput: Primitive<"convInput"> = {
  name: "convInput",
  rows: rowByRow(bilinear),
  type(inputs, attrs) {
    checkConv("convInput", inputs, attrs);
    const [n, out, ...sizes] = inputs[0]!.shape;
    const [kernelOut, perGroup, ...window] = inputs[1]!.shape;
    if (out !== kernelOut || out! % attrs.groups !== 0 || !sameDims(sizes, convSizes(attrs.spatial, window, attrs))) {
      throw misfit("convInput", inputs, `the result of a convolution of ${attrs.spatial.join(" x ")} with this kernel`);
    }
    return { shape: [n!, perGroup! * attrs.groups, ...attrs.spatial], dtype: "float32" };
  },
  gradient({ inputs: [dy, kernel], attrs }, dz, g) {
    return [g.conv(dz, kernel!, attrs), g.convKernel(dz, dy!, attrs, kernel!.shape.slice(2))];
  },
};
