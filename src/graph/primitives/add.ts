import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";

export const add: Primitive<"add"> = binary("add", NUMBER, "same", (_node, dy) => [dy, dy]);
