import { type GraphBuilder, ONNX_TYPES } from "../graph-builder.js";
import type { Emit, Emits, Node } from "../rule.js";

type Reduction = Node<"sum"> | Node<"max">;

/** Without axes ONNX would reduce all of them. */
const reduce = (opType: string, node: Reduction, x: string, graph: GraphBuilder): string =>
  node.attrs.axes.length === 0
    ? x
    : graph.node(opType, [x, graph.ints(node.attrs.axes)], { keepdims: node.attrs.keepDims ? 1 : 0 });

const sum: Emit<"sum"> = (node, [x], graph) => reduce("ReduceSum", node, x!, graph);

/** ONNX Runtime's ReduceMax ignores NaN unless it is the first element; here any NaN must be the result. */
const max: Emit<"max"> = (node, [x], graph) => {
  const largest = reduce("ReduceMax", node, x!, graph);
  if (node.dtype !== "float32" || largest === x) return largest;
  const hasNan = reduce("ReduceMax", node, graph.node("IsNaN", [x!]), graph);
  return graph.node("Where", [hasNan, graph.scalar(Number.NaN), largest]);
};

const argmax: Emit<"argmax"> = (node, [x], graph) =>
  graph.node("Cast", [graph.node("ArgMax", [x!], { axis: node.attrs.axis, keepdims: 0 })], { to: ONNX_TYPES.int32 });

const cumsum: Emit<"cumsum"> = (node, [x], graph) => {
  const { axis, exclusive, reverse } = node.attrs;
  const flags = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 };
  return graph.node("CumSum", [x!, graph.scalar(axis, "int32")], flags);
};

/** With NaN, ONNX Runtime's TopK gives any order. Here NaN comes first: it is sorted as infinity. */
const sortDescending: Emit<"sortDescending"> = (node, [x], graph) => {
  const { axis } = node.attrs;
  const [length, isFloat] = [node.shape[axis]!, node.dtype === "float32"];
  const isNan = isFloat ? graph.node("IsNaN", [x!]) : null;
  const ordered = isNan === null ? x! : graph.node("Where", [isNan, graph.scalar(Number.POSITIVE_INFINITY), x!]);
  const sorted = graph.node("TopK", [ordered, graph.shape([length])], { axis, largest: 1, sorted: 1 }, { outputs: 2 });
  if (isNan === null) return sorted;
  const number = graph.node("Cast", [isNan], { to: ONNX_TYPES.int32 });
  const count = graph.node("ReduceSum", [number, graph.ints([axis])], { keepdims: 1 });
  // 0, 1, 2, … along the axis; along the batch axis there are as many as rows.
  const ones = graph.node("Cast", [graph.node("GreaterOrEqual", [number, graph.scalar(0, "int32")])], {
    to: ONNX_TYPES.int32,
  });
  const places = graph.node("CumSum", [ones, graph.scalar(axis, "int32")], { exclusive: 1, reverse: 0 });
  const isBefore = graph.node("Less", [places, count]);
  return graph.node("Where", [isBefore, graph.scalar(Number.NaN), sorted]);
};

const softmax: Emit<"softmax"> = (node, [x], graph) => graph.node("Softmax", [x!], { axis: node.attrs.axis });

const logSoftmax: Emit<"logSoftmax"> = (node, [x], graph) => graph.node("LogSoftmax", [x!], { axis: node.attrs.axis });

export const reductions: Emits<"sum" | "max" | "argmax" | "cumsum" | "sortDescending" | "softmax" | "logSoftmax"> = {
  sum,
  max,
  argmax,
  cumsum,
  sortDescending,
  softmax,
  logSoftmax,
};
