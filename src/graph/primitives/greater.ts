import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";

export const greater: Primitive<"greater"> = binary("greater", NUMBER, "bool");
