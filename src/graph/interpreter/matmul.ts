import { stridesOf } from "../../core/shape.js";
import { broadcastStrides, offsets } from "./array.js";
import type { Rules } from "./rule.js";

export const MATMUL: Rules<"matmul"> = {
  matmul(node, [a, b], shape) {
    const { transposeA, transposeB } = node.attrs;
    const [m, n] = [shape.at(-2)!, shape.at(-1)!];
    const k = a!.shape.at(transposeA ? -2 : -1)!;
    const batch = shape.slice(0, -2);
    const starts = (x: { shape: readonly number[] }): Int32Array => {
      const lead = x.shape.slice(0, -2);
      const matrix = x.shape.at(-2)! * x.shape.at(-1)!;
      return offsets(batch, broadcastStrides(lead, batch)).map((at) => at * matrix);
    };
    const [aStarts, bStarts] = [starts(a!), starts(b!)];
    const [aRow, aColumn] = order(stridesOf(a!.shape), transposeA);
    const [bRow, bColumn] = order(stridesOf(b!.shape), transposeB);
    const out = new Float64Array(aStarts.length * m * n);
    let at = 0;
    for (let matrix = 0; matrix < aStarts.length; matrix++) {
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let l = 0; l < k; l++) {
            sum +=
              a!.data[aStarts[matrix]! + i * aRow + l * aColumn]! * b!.data[bStarts[matrix]! + l * bRow + j * bColumn]!;
          }
          out[at++] = sum;
        }
      }
    }
    return out;
  },
};

function order(strides: readonly number[], transposed: boolean): readonly [number, number] {
  const [row, column] = [strides.at(-2)!, strides.at(-1)!];
  return transposed ? [column, row] : [row, column];
}
