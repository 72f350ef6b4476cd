import type { Dims, Value } from "../../../graph/value.js";
import type { GraphBuilder } from "../graph-builder.js";
import type { Emit, Emits } from "../rule.js";
import { pads } from "./conv.js";

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

const maxPool: Emit<"maxPool"> = (node, [x], graph) => {
  const { window, strides, padding } = node.attrs;
  return graph.node("MaxPool", [x!], { kernel_shape: window, strides, pads: pads(padding) });
};

/** The mean with padding counted, times the size of the window. */
const sumPool: Emit<"sumPool"> = (node, [x], graph) => {
  const { window, strides, padding } = node.attrs;
  const attributes = { kernel_shape: window, strides, pads: pads(padding), count_include_pad: 1 };
  return graph.node("Mul", [graph.node("AveragePool", [x!], attributes), graph.scalar(product(window))]);
};

/** Windows that touch but do not overlap: each gradient is repeated over its window, zeros fill what no window saw. */
function repeat(node: Value<"sumPoolGrad">, dy: string, graph: GraphBuilder): string {
  const { window, spatial } = node.attrs;
  const [batch, channels, ...out] = node.inputs[0]!.shape as readonly [number, number, ...number[]];
  const split: Dims = [batch, channels, ...out.flatMap((size) => [size, 1])];
  const wide = graph.ints([1, 1, ...window.flatMap((size) => [1, size])]);
  const covered = out.map((size, i) => size * window[i]!);
  const spread = graph.reshape(graph.node("Expand", [graph.reshape(dy, split), wide]), [batch, channels, ...covered]);
  const missing = spatial.map((size, i) => size - covered[i]!);
  if (missing.every((size) => size === 0)) return spread;
  const around = [0, 0, ...missing.map(() => 0), 0, 0, ...missing];
  return graph.node("Pad", [spread, graph.ints(around), graph.scalar(0)], { mode: "constant" });
}

const sumPoolGrad: Emit<"sumPoolGrad"> = (node, [dy], graph) => {
  const { window, strides, padding, spatial } = node.attrs;
  const touching =
    strides.every((stride, i) => stride === window[i]) && padding.every(([low, high]) => low === 0 && high === 0);
  if (touching) return repeat(node, dy!, graph);
  const [batch, channels, ...out] = node.inputs[0]!.shape as readonly [number, number, ...number[]];
  const rest = spatial.map((size, i) => {
    const [low, high] = padding[i]!;
    return size - ((out[i]! - 1) * strides[i]! + window[i]! - low - high);
  });
  const attributes = { kernel_shape: window, strides, pads: pads(padding), output_padding: rest };
  const ones = graph.node("Expand", [graph.scalar(1), graph.ints([1, 1, ...window])]);
  const single = graph.reshape(dy!, [batch * channels, 1, ...out]);
  return graph.reshape(graph.node("ConvTranspose", [single, ones], attributes), node.shape);
};

export const pools: Emits<"maxPool" | "sumPool" | "sumPoolGrad"> = { maxPool, sumPool, sumPoolGrad };
