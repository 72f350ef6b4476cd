import { ANY } from "../families.js";
import { checkArity, checkDType, misfit, product, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linearIn, rowByRow } from "../row-rule.js";

/** (x (...i, C), int32 ids (...i)) -> (...i): from each last axis, the element at its id in 0 … C - 1. */
export const take: Primitive<"take"> = {
  name: "take",
  rows: rowByRow(linearIn(0), ({ inputs: [x] }) => x!.shape.at(-1)! < 0),
  type(inputs) {
    checkArity("take", inputs, 2);
    checkDType("take", inputs, 0, ANY);
    checkDType("take", inputs, 1, ["int32"]);
    const [x, ids] = [inputs[0]!, inputs[1]!];
    if (x.shape.length === 0 || !sameDims(x.shape.slice(0, -1), ids.shape)) {
      throw misfit("take", inputs, "ids shaped as the values without their last axis");
    }
    if (x.shape.at(-1) === 0 && product(ids.shape) !== 0) throw misfit("take", inputs, "elements along the last axis");
    return { shape: ids.shape, dtype: x.dtype };
  },
  gradient: ({ inputs: [x, ids] }, dy, g) => [g.put(dy, ids!, x!.shape.at(-1)!), null],
};
