import type { Dims, Value } from "../../../graph/value.js";
import { type GraphBuilder, ONNX_TYPES } from "../graph-builder.js";
import type { Emit, Emits, Node } from "../rule.js";
import { pads } from "./conv.js";
import { type Sliding, tapSlices, tapsOf } from "./taps.js";

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

const slidingOf = ({ attrs, shape }: Pick<Value<"maxPool">, "attrs" | "shape">): Sliding => ({
  ...attrs,
  out: shape.slice(2),
});

/**
 * For the steps of recurrences, where our kernel cannot run. ONNX Runtime's MaxPool skips NaN and takes the least
 * finite number for minus infinity.
 */
const maxPool: Emit<"maxPool"> = (node, [x], graph) => {
  const pieces = tapSlices(x!, slidingOf(node), Number.NEGATIVE_INFINITY, graph);
  return pieces.length === 1 ? pieces[0]! : graph.node("Max", pieces);
};

/** Also for steps: finds the position of each window's first maximum tap by tap, then adds the gradients there. */
const maxPoolGrad: Emit<"maxPoolGrad"> = (node, [x, y, dy], graph) => {
  const [batch, channels, ...spatial] = node.shape as readonly [number, number, ...number[]];
  const sliding = slidingOf(node.inputs[1] as Value<"maxPool">);
  const sizes = { ...sliding, ...node.attrs };
  // NaN equals nothing, so padding never wins.
  const pieces = tapSlices(x!, sizes, Number.NaN, graph);
  let place = graph.node("Cast", [graph.node("Mul", [dy!, graph.scalar(0)])], { to: ONNX_TYPES.int64 });
  let found: string | null = null;
  tapsOf(sizes).forEach((tap, i) => {
    const isMaximum = graph.node("Equal", [pieces[i]!, y!]);
    const isFirst: string = found === null ? isMaximum : graph.node("And", [isMaximum, graph.node("Not", [found])]);
    found = found === null ? isMaximum : graph.node("Or", [found, isMaximum]);
    place = graph.node("Where", [isFirst, placesOf(tap, sizes, spatial, graph), place]);
  });
  const rows = [batch * channels, product(sizes.out)];
  const given = graph.reshape(graph.node("Where", [found!, dy!, graph.scalar(0)]), rows);
  const zeros = graph.node("Expand", [graph.scalar(0), graph.shape([batch * channels, product(spatial)])]);
  const operands = [zeros, graph.reshape(place, rows), given];
  return graph.reshape(graph.node("ScatterElements", operands, { axis: 1, reduction: "add" }), node.shape);
};

/** The flat index in its plane of the element that a tap sees at each position; 0 (unused) for padding. */
function placesOf(
  tap: readonly number[],
  { strides, padding, out }: Sliding,
  spatial: readonly number[],
  graph: GraphBuilder,
): string {
  const places = Array.from({ length: product(out) }, (_, position) => {
    let rest = position;
    let [place, stride] = [0, 1];
    for (let axis = out.length - 1; axis >= 0; axis--) {
      const at = (rest % out[axis]!) * strides[axis]! - padding[axis]![0] + tap[axis]!;
      rest = Math.floor(rest / out[axis]!);
      if (at < 0 || at >= spatial[axis]!) return 0;
      place += at * stride;
      stride *= spatial[axis]!;
    }
    return place;
  });
  return graph.reshape(graph.ints(places), [1, 1, ...out]);
}

/** The mean including padding, times the size of the window. */
const sumPool: Emit<"sumPool"> = (node, [x], graph) => {
  const { window, strides, padding } = node.attrs;
  const attributes = { kernel_shape: window, strides, pads: pads(padding), count_include_pad: 1 };
  return graph.node("Mul", [graph.node("AveragePool", [x!], attributes), graph.scalar(product(window))]);
};

/** Adjacent windows without overlap: each gradient is repeated over its window; zeros fill the rest. */
function repeat(node: Node<"sumPoolGrad">, dy: string, graph: GraphBuilder): string {
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

export const pools: Emits<"maxPool" | "maxPoolGrad" | "sumPool" | "sumPoolGrad"> = {
  maxPool,
  maxPoolGrad,
  sumPool,
  sumPoolGrad,
};
