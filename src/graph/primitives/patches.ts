import { FLOAT } from "../families.js";
import { batchAxisOf, checkArity, checkDType, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { convSizes } from "../windows.js";

/**
 * What each position of a kernel sees of x: (N, C, ...spatial) -> (positions * C, N * outputs), rows in the order of
 * position and channel, columns in that of row and output. At most two spatial axes. Engines put it in the place of convolutions once gradients
 * have been taken, so it has none of its own.
 */
export const patches: Primitive<"patches"> = {
  name: "patches",
  type(inputs, attrs) {
    checkArity("patches", inputs, 1);
    checkDType("patches", inputs, 0, FLOAT);
    const [rows, channels, ...spatial] = inputs[0]!.shape;
    const rank = attrs.window.length;
    const consistent =
      rank <= 2 && [attrs.strides, attrs.padding, attrs.dilations, spatial].every((list) => list.length === rank);
    const sizes = consistent ? convSizes(spatial, attrs.window, { ...attrs, groups: 1 }) : [];
    if (!consistent || batchAxisOf(inputs[0]!.shape) > 0 || sizes.some((size) => size < 1)) {
      throw misfit(
        "patches",
        inputs,
        `(batch, channels, ...spatial) for windows of ${attrs.window.join(" x ")}, at most two axes`,
      );
    }
    const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);
    return { shape: [product(attrs.window) * channels!, rows! * product(sizes)], dtype: "float32" };
  },
};
