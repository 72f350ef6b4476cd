import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const random: Primitive<"random"> = {
  name: "random",
  rows: rowByRow(),
  type: (_inputs, { shape }) => ({ shape, dtype: "float32" }),
};
