import { checkArity, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** The operand with `value` around it; to a batch axis whole multiples of the batch are added. */
export const pad: Primitive<"pad"> = {
  name: "pad",
  rows: rowByRow(
    ({ attrs }) => attrs.value === 0,
    ({ attrs: { before, after } }) => [...before, ...after].some((width) => width < 0),
  ),
  type(inputs, { before, after }) {
    checkArity("pad", inputs, 1);
    const { shape, dtype } = inputs[0]!;
    const bad = shape.some((dim, i) => {
      const [left, right] = [before[i] ?? Number.NaN, after[i] ?? Number.NaN];
      return dim < 0 ? !(left <= 0 && right <= 0) : !(left >= 0 && right >= 0);
    });
    if (bad || before.length !== shape.length || after.length !== shape.length) {
      throw misfit(
        "pad",
        inputs,
        `widths >= 0 for each axis, for the batch 0 or multiples of it, not ${before.join(", ")} and ${after.join(", ")}`,
      );
    }
    return { shape: shape.map((dim, i) => dim + before[i]! + after[i]!), dtype };
  },
  gradient({ inputs: [x], attrs: { before, after } }, dy, g) {
    let dx = dy;
    x!.shape.forEach((dim, axis) => {
      if (before[axis]! + after[axis]! !== 0) dx = g.slice(dx, axis, before[axis]!, before[axis]! + dim);
    });
    return [dx];
  },
};
