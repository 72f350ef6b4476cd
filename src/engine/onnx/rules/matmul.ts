import type { Dims, Value } from "../../../graph/value.js";
import type { GraphBuilder } from "../graph-builder.js";
import type { Emit } from "../rule.js";

/** Swaps the last two axes. */
function transposed(x: string, of: Value, graph: GraphBuilder): string {
  const rank = of.shape.length;
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  perm.splice(rank - 2, 2, rank - 1, rank - 2);
  return graph.node("Transpose", [x], { perm });
}

/** Merges all axes but the last. */
function flattened(shape: Dims): Dims {
  return [shape.slice(0, -1).reduce((size, dim) => size * dim, 1), shape.at(-1)!];
}

/** FusedMatMul reads a transposed operand in place, where a Transpose node would copy it; it takes floats only. */
export const matmul: Emit<"matmul"> = (node, [a, b], graph) => {
  const { transposeA, transposeB } = node.attrs;
  const lead = node.inputs[0]!.shape.length - 2;
  if (lead > 0 && node.shape.length === 2) {
    const flat = node.inputs.map((input, i) => graph.reshape([a!, b!][i]!, flattened(input.shape)));
    if (graph.portable) {
      const [left, right] = flat as [string, string];
      return graph.node("MatMul", [graph.node("Transpose", [left], { perm: [1, 0] }), right]);
    }
    return graph.node("FusedMatMul", flat, { transA: 1, transB: 0 }, { domain: "com.microsoft" });
  }
  if (!transposeA && !transposeB) return graph.node("MatMul", [a!, b!]);
  if (node.dtype === "float32" && !graph.portable) {
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
