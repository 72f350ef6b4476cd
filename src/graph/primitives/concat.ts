import { checkAxis, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes, linear } from "../row-rule.js";

/** The operands one after the other along an axis. Batches may follow batches: (-1, 3) and (-1, 3) give (-2, 3). */
export const concat: Primitive<"concat"> = {
  name: "concat",
  rows: alongOtherAxes(linear),
  type(inputs, { axis }) {
    const first = inputs[0];
    if (first === undefined) throw misfit("concat", inputs, "at least one operand");
    checkAxis("concat", first, axis);
    const batch = first.shape[axis]! < 0;
    let size = 0;
    for (const { shape, dtype } of inputs) {
      const fits =
        dtype === first.dtype &&
        shape.length === first.shape.length &&
        shape.every((dim, i) => (i === axis ? dim < 0 === batch : dim === first.shape[i]));
      if (!fits) throw misfit("concat", inputs, `one dtype, and one shape but for axis ${axis}`);
      size += shape[axis]!;
    }
    return { shape: first.shape.map((dim, i) => (i === axis ? size : dim)), dtype: first.dtype };
  },
  gradient({ inputs, attrs: { axis } }, dy, g) {
    let end = 0;
    return inputs.map((x) => {
      const start = end;
      end += x.shape[axis]!;
      return g.slice(dy, axis, start, end);
    });
  },
};
