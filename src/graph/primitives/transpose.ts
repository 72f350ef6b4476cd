import { checkArity, misfit } from "../fit.js";
import { inversePerm } from "../perm.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

/** Axis i of the result is axis perm[i] of the operand. */
export const transpose: Primitive<"transpose"> = {
  name: "transpose",
  rows: rowByRow(linear),
  type(inputs, { perm }) {
    checkArity("transpose", inputs, 1);
    const { shape, dtype } = inputs[0]!;
    if (perm.length !== shape.length || [...perm].sort((a, b) => a - b).some((axis, i) => axis !== i)) {
      throw misfit("transpose", inputs, `an operand whose axes ${perm.join(", ")} are`);
    }
    return { shape: perm.map((axis) => shape[axis]!), dtype };
  },
  gradient: ({ attrs }, dy, g) => [g.transpose(dy, inversePerm(attrs.perm))],
};
