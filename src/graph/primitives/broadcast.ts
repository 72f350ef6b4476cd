import { formatShape } from "../../core/shape.js";
import { checkArity, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

/** The operand repeated to a shape, by NumPy's rules. */
export const broadcast: Primitive<"broadcast"> = {
  name: "broadcast",
  rows: rowByRow(linear),
  type(inputs, { shape }) {
    checkArity("broadcast", inputs, 1);
    const x = inputs[0]!;
    const lead = shape.length - x.shape.length;
    if (lead < 0 || x.shape.some((dim, axis) => dim !== 1 && dim !== shape[lead + axis])) {
      throw misfit("broadcast", inputs, `a shape that broadcasts to ${formatShape(shape)}`);
    }
    return { shape, dtype: x.dtype };
  },
  gradient: (_node, dy) => [dy],
};
