import type { Value } from "../../../graph/value.js";
import type { GraphBuilder } from "../graph-builder.js";
import type { Emit } from "../rule.js";

/** Swaps the last two axes. */
function transposed(x: string, of: Value, graph: GraphBuilder): string {
  const rank = of.shape.length;
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  perm.splice(rank - 2, 2, rank - 1, rank - 2);
  return graph.node("Transpose", [x], { perm });
}

/** FusedMatMul reads a transposed operand in place, where a Transpose node would copy it; it takes floats only. */
export const matmul: Emit<"matmul"> = (node, [a, b], graph) => {
  const { transposeA, transposeB } = node.attrs;
  if (!transposeA && !transposeB) return graph.node("MatMul", [a!, b!]);
  if (node.dtype === "float32") {
    return graph.node(
      "FusedMatMul",
      [a!, b!],
      { transA: +transposeA, transB: +transposeB },
      { domain: "com.microsoft" },
    );
  }
  const left = transposeA ? transposed(a!, node.inputs[0]!, graph) : a!;
  return graph.node("MatMul", [left, transposeB ? transposed(b!, node.inputs[1]!, graph) : b!]);
};
