import { ANY } from "../families.js";
import { checkArity, checkAxis, checkDType, misfit, product } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes, linearIn } from "../row-rule.js";

/** (x, int32 ids, shaped as x but for the axis) -> the elements at these places along the axis, line by line. */
export const takeAlong: Primitive<"takeAlong"> = {
  name: "takeAlong",
  rows: alongOtherAxes(linearIn(0)),
  type(inputs, { axis }) {
    checkArity("takeAlong", inputs, 2);
    checkDType("takeAlong", inputs, 0, ANY);
    checkDType("takeAlong", inputs, 1, ["int32"]);
    const [x, ids] = [inputs[0]!, inputs[1]!];
    checkAxis("takeAlong", x, axis);
    const fits = ids.shape.length === x.shape.length && ids.shape.every((dim, i) => i === axis || dim === x.shape[i]);
    if (!fits) throw misfit("takeAlong", inputs, `ids shaped as the values but for axis ${axis}`);
    if (x.shape[axis] === 0 && product(ids.shape) !== 0) throw misfit("takeAlong", inputs, "elements along the axis");
    return { shape: ids.shape, dtype: x.dtype };
  },
  gradient: ({ inputs: [x, ids], attrs: { axis } }, dy, g) => [g.addAlong(dy, ids!, axis, x!.shape[axis]!), null],
};
