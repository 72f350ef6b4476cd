import { NUMBER } from "../families.js";
import { checkArity, checkDType, misfit, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { addsRows, linearIn } from "../row-rule.js";

/** (int32 ids (...i), updates (...i, ...rest)) -> (rows, ...rest); equal ids add up in row-major order. */
export const scatterAdd: Primitive<"scatterAdd"> = {
  name: "scatterAdd",
  rows: addsRows<"scatterAdd">(linearIn(1), ({ attrs: { rows } }) => rows < 0),
  type(inputs, { rows }) {
    checkArity("scatterAdd", inputs, 2);
    checkDType("scatterAdd", inputs, 0, ["int32"]);
    checkDType("scatterAdd", inputs, 1, NUMBER);
    const [ids, updates] = [inputs[0]!, inputs[1]!];
    if (!sameDims(updates.shape.slice(0, ids.shape.length), ids.shape)) {
      throw misfit("scatterAdd", inputs, "updates whose leading axes are those of the ids");
    }
    return { shape: [rows, ...updates.shape.slice(ids.shape.length)], dtype: updates.dtype };
  },
  gradient: ({ inputs: [ids] }, dy, g) => [null, g.gather(dy, ids!)],
};
