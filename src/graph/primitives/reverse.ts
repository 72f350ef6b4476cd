import { ANY, alongAxis } from "../families.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes, linear } from "../row-rule.js";

export const reverse: Primitive<"reverse"> = {
  name: "reverse",
  rows: alongOtherAxes(linear),
  type: alongAxis("reverse", ANY),
  gradient: ({ attrs }, dy, g) => [g.reverse(dy, attrs.axis)],
};
