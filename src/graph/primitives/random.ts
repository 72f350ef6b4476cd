import { ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { batchAxisOf } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const random: Primitive<"random"> = {
  name: "random",
  rows: rowByRow(),
  type(_inputs, { shape }) {
    if (batchAxisOf(shape) > 0) {
      throw new ShapeError({
        code: "operands",
        what: "Random numbers can have the batch as first axis only",
        received: formatShape(shape),
        fix: "Draw them with the batch first and transpose",
      });
    }
    return { shape, dtype: "float32" };
  },
};
