import { Tensor } from "../../../core/tensor.js";
import type { Value } from "../../../graph/value.js";
import { TensorProto_DataType as DataType } from "../generated/onnx_pb.js";
import { type GraphBuilder, ONNX_TYPES } from "../graph-builder.js";
import type { Emit, Emits, Node } from "../rule.js";

const constant: Emit<"constant"> = (node, _inputs, graph) => graph.tensor(node.attrs.tensor, node.dtype);

const reshape: Emit<"reshape"> = (node, [x], graph) => graph.reshape(x!, node.shape);

const transpose: Emit<"transpose"> = (node, [x], graph) => graph.node("Transpose", [x!], { perm: node.attrs.perm });

/** Expand broadcasts both ways, so for a batch axis that the operand already has, 1 is enough. */
const broadcast: Emit<"broadcast"> = (node, [x], graph) => {
  const from = (node.inputs[0] as Value).shape;
  const offset = node.shape.length - from.length;
  const target = node.shape.map((dim, axis) => (dim < 0 && from[axis - offset] === dim ? 1 : dim));
  return graph.node("Expand", [x!, graph.shape(target)]);
};

const slice: Emit<"slice"> = (node, [x], graph) => {
  const { axis, start, end, step } = node.attrs;
  // On a batch axis the bounds are dimensions.
  return graph.node("Slice", [x!, graph.shape([start]), graph.shape([end]), graph.ints([axis]), graph.ints([step])]);
};

const pad: Emit<"pad"> = (node, [x], graph) => {
  const { before, after, value } = node.attrs;
  return graph.node("Pad", [x!, graph.shape([...before, ...after]), graph.scalar(value, node.dtype)], {
    mode: "constant",
  });
};

const concat: Emit<"concat"> = (node, inputs, graph) => graph.node("Concat", inputs, { axis: node.attrs.axis });

const LOWEST_INT64 = Number.MIN_SAFE_INTEGER;

const reverse: Emit<"reverse"> = (node, [x], graph) =>
  graph.node("Slice", [x!, ...[-1, LOWEST_INT64, node.attrs.axis, -1].map((value) => graph.ints([value]))]);

/** ONNX counts negative ids from the end; read as unsigned they are far beyond it, so that it refuses them. */
function strictIds(ids: string, graph: Parameters<Emit<"gather">>[2]): string {
  return graph.node("Cast", [graph.node("Cast", [ids], { to: DataType.UINT32 })], { to: ONNX_TYPES.int64 });
}

const gather: Emit<"gather"> = (_node, [table, ids], graph) =>
  graph.node("Gather", [table!, strictIds(ids!, graph)], { axis: 0 });

/** For the steps of recurrences, where our kernel cannot run. Sessions have one thread, so the order is kept. */
const scatterAdd: Emit<"scatterAdd"> = (node, [ids, updates], graph) => {
  const zeros = graph.node("Expand", [graph.scalar(0, node.dtype), graph.shape(node.shape)]);
  const index = strictIds(ids!, graph);
  const column = graph.node("Unsqueeze", [index, graph.ints([node.inputs[0]!.shape.length])]);
  return graph.node("ScatterND", [zeros, column, updates!], { reduction: "add" });
};

const take: Emit<"take"> = (node, [x, ids], graph) => {
  const axis = node.shape.length;
  const column = graph.node("Unsqueeze", [strictIds(ids!, graph), graph.ints([axis])]);
  return graph.node("Squeeze", [graph.node("GatherElements", [x!, column], { axis }), graph.ints([axis])]);
};

/** Ids that come from sorting are places of the axis: there is nothing to check. */
const placesOf = ({ inputs }: Node<"takeAlong" | "addAlong">, ids: string, graph: GraphBuilder): string =>
  inputs[1]!.op === "argsort" ? ids : strictIds(ids, graph);

const takeAlong: Emit<"takeAlong"> = (node, [x, ids], graph) => {
  const { axis } = node.attrs;
  return graph.node("GatherElements", [x!, placesOf(node, ids!, graph)], { axis });
};

/** Sessions have one thread, so the order of additions is kept. */
const addAlong: Emit<"addAlong"> = (node, [x, ids], graph) => {
  const { axis } = node.attrs;
  const zeros = graph.node("Expand", [graph.scalar(0, node.dtype), graph.shape(node.shape)]);
  return graph.node("ScatterElements", [zeros, placesOf(node, ids!, graph), x!], { axis, reduction: "add" });
};

/** 0, 1, … as int32. */
function places(size: number, graph: Parameters<Emit<"put">>[2]): string {
  if (size < 0) return graph.node("Range", [graph.scalar(0, "int32"), graph.size(size), graph.scalar(1, "int32")]);
  return graph.tensor(Tensor.from(Int32Array.from({ length: size }, (_, i) => i)), "int32");
}

/** peel.ts may give columns already, and a third operand, to which the elements are added. */
const put: Emit<"put"> = (node, [x, ids, onto], graph) => {
  const axis = node.shape.length - 1;
  const [values, column] = [x!, ids!].map((operand, i) =>
    node.inputs[i]!.shape.length > axis ? operand : graph.node("Unsqueeze", [operand, graph.ints([axis])]),
  ) as [string, string];
  if (onto !== undefined) return graph.node("ScatterElements", [onto, column, values], { axis, reduction: "add" });
  return graph.node("Where", [graph.node("Equal", [column, places(node.attrs.size, graph)]), values, graph.scalar(0)]);
};

export const shape: Emits<
  | "constant"
  | "reshape"
  | "transpose"
  | "broadcast"
  | "slice"
  | "pad"
  | "concat"
  | "reverse"
  | "gather"
  | "scatterAdd"
  | "take"
  | "put"
  | "takeAlong"
  | "addAlong"
> = {
  constant,
  reshape,
  transpose,
  broadcast,
  slice,
  pad,
  concat,
  reverse,
  gather,
  scatterAdd,
  take,
  put,
  takeAlong,
  addAlong,
};
