import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const input: Primitive<"input"> = {
  name: "input",
  rows: rowByRow(),
  type: (_inputs, { shape, dtype }) => ({ shape, dtype }),
};
