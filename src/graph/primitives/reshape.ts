import { formatShape } from "../../core/shape.js";
import { batchAxesOf, batchAxisOf, checkArity, misfit, product } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";
import type { Dims } from "../value.js";

/**
 * The same elements in row-major order. A batch dimension stays one: (-1, 28) may become (-28,) and (-2, 14). Two of them
 * stay two, since no dimension stands for the square of the rows: (-1, -2) may become (-1, 2, -1).
 */
export const reshape: Primitive<"reshape"> = {
  name: "reshape",
  rows: rowByRow(linear, ({ inputs: [x], shape }) => before(x!.shape) !== before(shape)),
  type(inputs, { shape }) {
    checkArity("reshape", inputs, 1);
    const [x] = inputs;
    const [from, to] = [product(x!.shape), product(shape)];
    const [axes, kept] = [batchAxesOf(x!.shape).length, batchAxesOf(shape).length];
    if (axes !== kept && Math.max(axes, kept) > 1) {
      throw misfit("reshape", inputs, `as many batch axes as ${formatShape(shape)} has (${kept} instead of ${axes})`);
    }
    if (from !== to) {
      const count = Number.isInteger(from / to) || from === 0 ? "" : ` (${Math.abs(to)} instead of ${Math.abs(from)})`;
      throw misfit("reshape", inputs, `as many elements as ${formatShape(shape)} has${count}`);
    }
    return { shape, dtype: x!.dtype };
  },
  gradient: ({ inputs: [x] }, dy, g) => [g.reshape(dy, x!.shape)],
};

/** Elements between one row and the next along the axes before the batch's; 0 where there is no batch axis. */
const before = (shape: Dims): number => {
  const axis = batchAxisOf(shape);
  return axis < 0 ? 0 : product(shape.slice(0, axis));
};
