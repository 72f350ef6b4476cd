import { ANY, binary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const equal: Primitive<"equal"> = binary("equal", ANY, "bool");
