import { bool, type Fields, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Options of `matmul`. */
export interface MatmulOptions {
  /** Exchange the last two axes of a first. Default false. */
  readonly transposeA?: boolean;
  /** Exchange the last two axes of b first. Default false. */
  readonly transposeB?: boolean;
}

const FIELDS: Fields<MatmulOptions> = { transposeA: bool(false), transposeB: bool(false) };

/** Matrix product over the last two axes, batched over leading axes, which broadcast. */
export function matmul(a: Operand, b: Operand, options?: MatmulOptions): Value {
  const { transposeA, transposeB } = resolveOptions("matmul", FIELDS, options);
  const [x, y] = [toFloat(a), toFloat(b)];
  if (x.shape.length <= 2 || y.shape.length !== 2 || transposeA) return build.matmul(x, y, transposeA, transposeB);
  // One large product instead of many small ones; its gradient for b needs no sum over the leading axes either.
  const rows = x.shape.slice(0, -1);
  // No axis stands for a product of two batch axes.
  if (rows.filter((dim) => dim < 0).length > 1) return build.matmul(x, y, transposeA, transposeB);
  const flat = build.reshape(x, [rows.reduce((size, dim) => size * dim, 1), x.shape.at(-1)!]);
  const product = build.matmul(flat, y, false, transposeB);
  return build.reshape(product, [...rows, product.shape[1]!]);
}
