import { ANY, alongAxis } from "../families.js";
import type { Primitive } from "../primitive.js";

export const reverse: Primitive<"reverse"> = {
  name: "reverse",
  type: alongAxis("reverse", ANY),
  gradient: ({ attrs }, dy, g) => [g.reverse(dy, attrs.axis)],
};
