import type { Value } from "../../../graph/value.js";
import { type GraphBuilder, ONNX_TYPES } from "../graph-builder.js";
import type { Emit, Emits, Node } from "../rule.js";

type Reduction = Node<"sum"> | Node<"max">;

/** Without axes ONNX would reduce all of them. */
const reduce = (opType: string, node: Reduction, x: string, graph: GraphBuilder): string =>
  node.attrs.axes.length === 0
    ? x
    : graph.node(opType, [x, graph.ints(node.attrs.axes)], { keepdims: node.attrs.keepDims ? 1 : 0 });

/** Columns from which a product with ones is faster than ReduceSum, and closer. */
const LEAST_COLUMNS = 16;

const sum: Emit<"sum"> = (node, [x], graph) => {
  const { shape, dtype } = node.inputs[0] as Value;
  const { axes, keepDims } = node.attrs;
  const isOfRows = dtype === "float32" && shape.length === 2 && axes.length === 1 && axes[0] === 0 && shape[0]! < 0;
  if (isOfRows && !keepDims && shape[1]! >= LEAST_COLUMNS) return graph.node("MatMul", [graph.ones(shape[0]!), x!]);
  return reduce("ReduceSum", node, x!, graph);
};

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

/** With NaN, ONNX Runtime's TopK gives any order: it is sorted as infinity. Of equals, TopK puts the first first. */
const argsort: Emit<"argsort"> = (node, [x], graph) => {
  const { axis, descending, count } = node.attrs;
  const isFloat = (node.inputs[0] as Value).dtype === "float32";
  const keys = isFloat
    ? graph.node("Where", [graph.node("IsNaN", [x!]), graph.scalar(Number.POSITIVE_INFINITY), x!])
    : x!;
  const attributes = { axis, largest: descending ? 1 : 0, sorted: 1 };
  const places = graph.nodes("TopK", [keys, graph.shape([count])], attributes, { outputs: 2 })[1]!;
  return graph.node("Cast", [places], { to: ONNX_TYPES.int32 });
};

const softmax: Emit<"softmax"> = (node, [x], graph) => graph.node("Softmax", [x!], { axis: node.attrs.axis });

const logSoftmax: Emit<"logSoftmax"> = (node, [x], graph) => graph.node("LogSoftmax", [x!], { axis: node.attrs.axis });

export const reductions: Emits<"sum" | "max" | "argmax" | "cumsum" | "argsort" | "softmax" | "logSoftmax"> = {
  sum,
  max,
  argmax,
  cumsum,
  argsort,
  softmax,
  logSoftmax,
};
