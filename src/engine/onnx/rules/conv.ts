import type { ConvAttrs } from "../../../graph/primitive.js";
import { writeConvolution } from "../channel-blocks.js";
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
  const { strides, padding, dilations, groups } = node.attrs;
  const spatial = node.inputs[1]!.shape.slice(2);
  const [channels, filters] = [node.inputs[0]!.shape[1]!, node.shape[1]!];
  const attributes = { kernel_shape: spatial, strides, pads: pads(padding), dilations };
  const operands = [x!, kernel!, ...(bias === undefined ? [] : [graph.reshape(bias, [filters])])];
  return writeConvolution({ operands, channels, filters, groups, attributes }, graph);
};

/**
 * Convolving the padded gradient with the flipped kernel takes products in proportion to the input's positions,
 * ConvTranspose to the output's, but slower ones. The choice depends on shapes alone (timing could change bits):
 * flipped when strides are one and the input has at most this many times the output's positions.
 */
const FLIP_LIMIT = 1.2;

function flips(node: Node<"convInput">): boolean {
  const { strides, padding, dilations, groups, spatial } = node.attrs;
  const window = node.inputs[1]!.shape.slice(2);
  const fits = padding.every(([low, high], i) => {
    const reach = dilations[i]! * (window[i]! - 1);
    return low <= reach && high <= reach;
  });
  const ratio = product(spatial) / product(node.inputs[0]!.shape.slice(2));
  return groups === 1 && fits && strides.every((stride) => stride === 1) && ratio <= FLIP_LIMIT;
}

const convInput: Emit<"convInput"> = (node, [dy, kernel], graph) => {
  const { strides, padding, dilations, groups, spatial } = node.attrs;
  const window = node.inputs[1]!.shape.slice(2);
  const reach = window.map((size, i) => dilations[i]! * (size - 1));
  if (flips(node)) {
    const axes = window.map((_, i) => i + 2);
    const ends = axes.map(() => Number.MIN_SAFE_INTEGER);
    const backwards = axes.map(() => -1);
    const flipped = graph.node("Slice", [
      kernel!,
      ...[backwards, ends, axes, backwards].map((values) => graph.ints(values)),
    ]);
    const swapped = graph.node("Transpose", [flipped], { perm: [1, 0, ...axes] });
    const around = padding.map(([low, high], i) => [reach[i]! - low, reach[i]! - high] as const);
    const [channels, filters] = [node.inputs[0]!.shape[1]!, node.shape[1]!];
    const attributes = { kernel_shape: window, strides, pads: pads(around), dilations };
    return writeConvolution({ operands: [dy!, swapped], channels, filters, groups, attributes }, graph);
  }
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
