import { NUMBER, reducedDims } from "../families.js";
import { checkArity, checkDType } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** The maximum of no elements is -Infinity. Equal maxima share the gradient, as in TensorFlow and JAX. NaN wins. */
export const max: Primitive<"max"> = {
  name: "max",
  rows: rowByRow(
    () => false,
    ({ inputs: [x], attrs: { axes } }) => axes.some((axis) => x!.shape[axis]! < 0),
  ),
  type(inputs, { axes, keepDims }) {
    checkArity("max", inputs, 1);
    checkDType("max", inputs, 0, NUMBER);
    const x = inputs[0]!;
    return { shape: reducedDims("max", x, axes, keepDims), dtype: x.dtype };
  },
  gradient(y, dy, g) {
    const x = y.inputs[0]!;
    const { axes } = y.attrs;
    const kept = reducedDims("max", x, axes, true);
    const winners = g.cast(g.equal(x, g.shaped(y, kept)), "float32");
    const share = g.div(g.shaped(dy, kept), g.sum(winners, axes, true));
    return [g.mul(winners, share)];
  },
};
