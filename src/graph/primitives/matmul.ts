import { FLOAT } from "../families.js";
import { batchAxisOf, checkArity, checkDType, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { addsRows, bilinear } from "../row-rule.js";
import type { Dims } from "../value.js";

/**
 * Matrix products over the last two axes (transposed on request), batched over leading axes, which broadcast.
 * Contracting the batch axis sums over rows.
 */
export const matmul: Primitive<"matmul"> = {
  name: "matmul",
  rows: addsRows<"matmul">(bilinear, ({ inputs: [a], attrs: { transposeA }, shape }) => {
    // Contracting the batch axis sums over rows; without it rows stay apart.
    const contractsBatch = a!.shape.at(transposeA ? -2 : -1)! < 0;
    return contractsBatch && batchAxisOf(shape) >= 0;
  }),
  type(inputs, { transposeA, transposeB }) {
    checkArity("matmul", inputs, 2);
    checkDType("matmul", inputs, 0, FLOAT);
    checkDType("matmul", inputs, 1, FLOAT);
    const [a, b] = [inputs[0]!.shape, inputs[1]!.shape];
    if (a.length < 2 || b.length < 2) throw misfit("matmul", inputs, "operands of rank 2 or more");
    const [m, k] = matrix(a, transposeA);
    const [k2, n] = matrix(b, transposeB);
    const flags = `${transposeA ? ", the first transposed" : ""}${transposeB ? ", the second transposed" : ""}`;
    if (k !== k2)
      throw misfit("matmul", inputs, `the last axis of the first equal to the last but one of the second${flags}`);
    return {
      shape: [...leading(a, b, () => misfit("matmul", inputs, "leading axes that broadcast")), m, n],
      dtype: "float32",
    };
  },
  gradient({ inputs, attrs: { transposeA, transposeB } }, dy, g) {
    const [a, b] = [inputs[0]!, inputs[1]!];
    return [
      transposeA ? g.matmul(b, dy, transposeB, true) : g.matmul(dy, b, false, !transposeB),
      transposeB ? g.matmul(dy, a, true, transposeA) : g.matmul(a, dy, !transposeA, false),
    ];
  },
};

function matrix(shape: Dims, transposed: boolean): readonly [number, number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

function leading(a: Dims, b: Dims, error: () => Error): number[] {
  const [left, right] = [a.slice(0, -2), b.slice(0, -2)];
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = left[i - rank + left.length] ?? 1;
    const y = right[i - rank + right.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw error();
    return x === 1 ? y : x;
  });
}
