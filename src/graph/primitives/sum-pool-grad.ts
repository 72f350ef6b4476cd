import { checkArity, misfit, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";
import { checkPool, poolSizes } from "../windows.js";

/** dy -> dx: each element of dy added to all of its window. */
export const sumPoolGrad: Primitive<"sumPoolGrad"> = {
  name: "sumPoolGrad",
  rows: rowByRow(linear),
  type(inputs, attrs) {
    checkArity("sumPoolGrad", inputs, 1);
    checkPool("sumPoolGrad", inputs, attrs);
    const [n, channels, ...sizes] = inputs[0]!.shape;
    if (!sameDims(sizes, poolSizes(attrs.spatial, attrs))) {
      throw misfit("sumPoolGrad", inputs, `the result of a pooling of ${attrs.spatial.join(" x ")}`);
    }
    return { shape: [n!, channels!, ...attrs.spatial], dtype: "float32" };
  },
  gradient: ({ attrs }, dz, g) => [g.sumPool(dz, attrs)],
};
