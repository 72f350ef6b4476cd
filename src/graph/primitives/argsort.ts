import { NUMBER } from "../families.js";
import { checkArity, checkAxis, checkDType, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes } from "../row-rule.js";

/**
 * Indices of the first `count` elements along an axis in ascending or descending order; of equals, the first comes
 * first. NaN counts as infinity.
 */
export const argsort: Primitive<"argsort"> = {
  name: "argsort",
  rows: alongOtherAxes(),
  type(inputs, { axis, count }) {
    checkArity("argsort", inputs, 1);
    checkDType("argsort", inputs, 0, NUMBER);
    const { shape } = inputs[0]!;
    checkAxis("argsort", inputs[0]!, axis);
    const size = shape[axis]!;
    // Along the batch all rows are counted, or a fixed number of them, which smaller batches do not have.
    const fits = count < 0 ? count === size : size < 0 || count <= size;
    if (!fits)
      throw misfit("argsort", inputs, count < 0 ? "all rows of the batch as count" : `at least ${count} elements`);
    return { shape: shape.map((dim, i) => (i === axis ? count : dim)), dtype: "int32" };
  },
};
