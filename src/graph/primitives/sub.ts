import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";

export const sub: Primitive<"sub"> = binary("sub", NUMBER, "same", (_node, dy, g) => [dy, g.neg(dy)]);
