import { NUMBER } from "../families.js";
import { checkArity, checkAxis, checkDType, misfit, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linearIn, rowByRow } from "../row-rule.js";

/** (x, int32 ids of its shape) -> `size` elements along the axis: each of x added to the place it has an id for. */
export const addAlong: Primitive<"addAlong"> = {
  name: "addAlong",
  rows: rowByRow<"addAlong">(linearIn(0), ({ inputs: [x], attrs: { axis, size } }) => size < 0 || x!.shape[axis]! < 0),
  type(inputs, { axis, size }) {
    checkArity("addAlong", inputs, 2);
    checkDType("addAlong", inputs, 0, NUMBER);
    checkDType("addAlong", inputs, 1, ["int32"]);
    const [x, ids] = [inputs[0]!, inputs[1]!];
    checkAxis("addAlong", x, axis);
    if (!sameDims(x.shape, ids.shape)) throw misfit("addAlong", inputs, "an id for each element");
    return { shape: x.shape.map((dim, i) => (i === axis ? size : dim)), dtype: x.dtype };
  },
  gradient: ({ inputs: [, ids], attrs: { axis } }, dz, g) => [g.takeAlong(dz, ids!, axis), null],
};
