import { FLOAT } from "../families.js";
import { checkArity, checkDType, misfit, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linearIn, rowByRow } from "../row-rule.js";

/** (x (...i), int32 ids (...i)) -> (...i, size): each element at its id along a new last axis, 0 elsewhere. */
export const put: Primitive<"put"> = {
  name: "put",
  rows: rowByRow<"put">(linearIn(0), ({ attrs: { size } }) => size < 0),
  type(inputs, { size }) {
    checkArity("put", inputs, 2);
    checkDType("put", inputs, 0, FLOAT);
    checkDType("put", inputs, 1, ["int32"]);
    const [x, ids] = [inputs[0]!, inputs[1]!];
    if (!sameDims(x.shape, ids.shape)) throw misfit("put", inputs, "an id for each element");
    return { shape: [...x.shape, size], dtype: x.dtype };
  },
  gradient: ({ inputs }, dy, g) => [g.take(dy, inputs[1]!), null],
};
