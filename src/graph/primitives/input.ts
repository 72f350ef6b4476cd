import type { Primitive } from "../primitive.js";

export const input: Primitive<"input"> = {
  name: "input",
  type: (_inputs, { shape, dtype }) => ({ shape, dtype }),
};
