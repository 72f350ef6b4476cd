import { alongAxis, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes, linear } from "../row-rule.js";

/** Running sum along an axis; `exclusive` leaves out the element itself, `reverse` runs from the end. */
export const cumsum: Primitive<"cumsum"> = {
  name: "cumsum",
  rows: alongOtherAxes(linear),
  type: alongAxis("cumsum", NUMBER),
  gradient: ({ attrs }, dy, g) => [g.cumsum(dy, attrs.axis, attrs.exclusive, !attrs.reverse)],
};
