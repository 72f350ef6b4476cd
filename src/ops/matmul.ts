import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Which operands' last two axes are exchanged first. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Matrix product over the last two axes, batched over leading axes, which broadcast. */
export function matmul(a: Operand, b: Operand, { transposeA = false, transposeB = false }: MatmulOptions = {}): Value {
  const [x, y] = [toFloat(a), toFloat(b)];
  if (x.shape.length <= 2 || y.shape.length !== 2 || transposeA) return build.matmul(x, y, transposeA, transposeB);
  // One large product instead of many small ones; its gradient for b needs no sum over the leading axes either.
  const rows = x.shape.slice(0, -1);
  const flat = build.reshape(x, [rows.reduce((size, dim) => size * dim, 1), x.shape.at(-1)!]);
  const product = build.matmul(flat, y, false, transposeB);
  return build.reshape(product, [...rows, product.shape[1]!]);
}
