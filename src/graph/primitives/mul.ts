import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";

export const mul: Primitive<"mul"> = binary("mul", NUMBER, "same", ({ inputs: [a, b] }, dy, g) => [
  g.mul(dy, b!),
  g.mul(dy, a!),
]);
