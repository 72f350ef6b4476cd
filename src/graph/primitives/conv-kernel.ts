import { misfit, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { addsRows, bilinear } from "../row-rule.js";
import { checkConv, convSizes } from "../windows.js";

/** (x, dy) -> dkernel: gradient of a convolution for its kernel, summed over the rows; linear in both. */
export const convKernel: Primitive<"convKernel"> = {
  name: "convKernel",
  rows: addsRows(bilinear),
  type(inputs, attrs) {
    checkConv("convKernel", inputs, attrs);
    const [n, channels, ...spatial] = inputs[0]!.shape;
    const [rows, out, ...sizes] = inputs[1]!.shape;
    const divides = channels! % attrs.groups === 0 && out! % attrs.groups === 0;
    if (n !== rows || !divides || !sameDims(sizes, convSizes(spatial, attrs.spatial, attrs))) {
      throw misfit("convKernel", inputs, `the result of a convolution with a kernel of ${attrs.spatial.join(" x ")}`);
    }
    return { shape: [out!, channels! / attrs.groups, ...attrs.spatial], dtype: "float32" };
  },
  gradient({ inputs: [x, dy], attrs }, dk, g) {
    return [g.convInput(dy!, dk, attrs, x!.shape.slice(2)), g.conv(x!, dk, attrs)];
  },
};
