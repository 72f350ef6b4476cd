import { alongAxis, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes } from "../row-rule.js";

/** Values in descending order. Has no gradient: what is computed from it is constant for autodiff. */
export const sortDescending: Primitive<"sortDescending"> = {
  name: "sortDescending",
  rows: alongOtherAxes(),
  type: alongAxis("sortDescending", NUMBER),
};
