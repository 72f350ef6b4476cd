import type { ConvAttrs } from "../../../graph/primitive.js";
import { writeInBlocks } from "../channel-blocks.js";
import type { GraphBuilder } from "../graph-builder.js";
import type { Emit, Emits, Node } from "../rule.js";
import { tapSlices } from "./taps.js";

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

/** Padding in ONNX's order: all beginnings, then all ends. */
export const pads = (padding: ConvAttrs["padding"]): number[] => [
  ...padding.map(([low]) => low),
  ...padding.map(([, high]) => high),
];

const conv: Emit<"conv"> = (node, [x, kernel, bias], graph) => {
  const { strides, padding, dilations, groups, block } = node.attrs;
  const filters = node.shape[1]!;
  const window = node.inputs[1]!.shape.slice(2);
  const attributes = { kernel_shape: window, strides, pads: pads(padding), dilations, group: groups };
  const operands = [x!, kernel!, ...(bias === undefined ? [] : [graph.reshape(bias, [filters])])];
  return block === undefined
    ? graph.node("Conv", operands, attributes)
    : writeInBlocks(operands, filters, attributes, graph);
};

/** The others are convolutions by now (graph/passes/conv-input.ts). */
const convInput: Emit<"convInput"> = (node, [dy, kernel], graph) => {
  const { strides, padding, dilations, groups, spatial } = node.attrs;
  const window = node.inputs[1]!.shape.slice(2);
  const reach = window.map((size, i) => dilations[i]! * (size - 1));
  // The stride may have skipped the input's last positions: output_padding gives them zeros.
  const out = node.inputs[0]!.shape.slice(2);
  const rest = spatial.map((size, i) => {
    const [low, high] = padding[i]!;
    return size - ((out[i]! - 1) * strides[i]! + reach[i]! + 1 - low - high);
  });
  const attributes = {
    kernel_shape: window,
    strides,
    pads: pads(padding),
    dilations,
    group: groups,
    output_padding: rest,
  };
  return graph.node("ConvTranspose", [dy!, kernel!], attributes);
};

/**
 * The patches of x that each kernel position sees, (N, groups, C / groups * K, P): one strided slice per position,
 * stacked. K = positions of the kernel, P = positions of the output.
 */
function patches(x: string, node: Node<"convKernel">, graph: GraphBuilder): string {
  const { groups, spatial, ...attrs } = node.attrs;
  const [batch, channels] = node.inputs[0]!.shape as readonly [number, number];
  const out = node.inputs[1]!.shape.slice(2);
  const slices = tapSlices(x, { ...attrs, window: spatial, out }, 0, graph).map((piece) =>
    graph.reshape(piece, [batch, channels, 1, product(out)]),
  );
  const stacked = slices.length === 1 ? slices[0]! : graph.node("Concat", slices, { axis: 2 });
  return graph.reshape(stacked, [batch, groups, (channels / groups) * product(spatial), product(out)]);
}

/** Batched products of the gradient with the patches, summed over the batch. */
const convKernel: Emit<"convKernel"> = (node, [x, dy], graph) => {
  const { groups } = node.attrs;
  const [batch, filters, ...out] = node.inputs[1]!.shape as readonly [number, number, ...number[]];
  const columns = patches(x!, node, graph);
  const rows = graph.reshape(dy!, [batch, groups, filters / groups, product(out)]);
  const products = graph.portable
    ? graph.node("MatMul", [rows, graph.node("Transpose", [columns], { perm: [0, 1, 3, 2] })])
    : graph.node("FusedMatMul", [rows, columns], { transA: 0, transB: 1 }, { domain: "com.microsoft" });
  return graph.reshape(graph.node("ReduceSum", [products, graph.ints([0])], { keepdims: 0 }), node.shape);
};

export const convolutions: Emits<"conv" | "convInput" | "convKernel"> = { conv, convInput, convKernel };
