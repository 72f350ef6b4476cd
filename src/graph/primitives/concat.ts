import type { Build } from "../build.js";
import { checkAxis, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes, linear } from "../row-rule.js";
import type { Value } from "../value.js";

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
  gradient({ inputs, attrs: { axis }, shape }, dy, g) {
    let start = 0;
    return inputs.map((x) => {
      const size = Math.abs(x.shape[axis]!);
      start += size;
      if (shape[axis]! < 0) return batchPart(dy, axis, start - size, x, g);
      return g.slice(dy, axis, start - size, start);
    });
  },
};

/** A part of a batch axis -k as a slice of (k, -1): each operand holds whole multiples of the rows. */
function batchPart(dy: Value, axis: number, start: number, x: Value, g: Build): Value {
  const [left, right] = [dy.shape.slice(0, axis), dy.shape.slice(axis + 1)];
  const split = g.reshape(dy, [...left, -dy.shape[axis]!, -1, ...right]);
  return g.reshape(g.slice(split, axis, start, start - x.shape[axis]!), x.shape);
}
