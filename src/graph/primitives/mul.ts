import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { bilinear, rowByRow } from "../row-rule.js";

export const mul: Primitive<"mul"> = binary("mul", NUMBER, "same", rowByRow(bilinear), ({ inputs: [a, b] }, dy, g) => [
  g.mul(dy, b!),
  g.mul(dy, a!),
]);
