import { misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { bilinear, rowByRow } from "../row-rule.js";
import { checkConv, convSizes } from "../windows.js";

/** (x (N, C, ...spatial), kernel (out, C / groups, ...window)) -> (N, out, ...sizes). */
export const conv: Primitive<"conv"> = {
  name: "conv",
  rows: rowByRow(bilinear, ({ inputs: [, kernel] }) => kernel!.shape[0]! < 0),
  type(inputs, attrs) {
    checkConv("conv", inputs, attrs);
    const [n, channels, ...spatial] = inputs[0]!.shape;
    const [out, perGroup, ...window] = inputs[1]!.shape;
    if (perGroup! * attrs.groups !== channels || out! % attrs.groups !== 0) {
      throw misfit(
        "conv",
        inputs,
        `a kernel (out, ${channels! / attrs.groups}, …) for ${channels} channels in ${attrs.groups} groups`,
      );
    }
    const sizes = convSizes(spatial, window, attrs);
    if (sizes.some((size) => size < 1)) throw misfit("conv", inputs, "spatial axes at least as large as the kernel");
    return { shape: [n!, out!, ...sizes], dtype: "float32" };
  },
  gradient({ inputs: [x, kernel], attrs }, dy, g) {
    return [g.convInput(dy, kernel!, attrs, x!.shape.slice(2)), g.convKernel(x!, dy, attrs, kernel!.shape.slice(2))];
  },
};
