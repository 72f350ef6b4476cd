import { Tensor } from "../../core/tensor.js";
import { build } from "../build.js";
import { product } from "../fit.js";
import type { Value } from "../value.js";

/**
 * Convolving the padded gradient with the flipped kernel takes products in proportion to the input's positions, a
 * transposed convolution to the output's, but slower ones. The choice depends on shapes alone (timing could change
 * bits): flipped when strides are one and the input has at most this many times the output's positions.
 */
const FLIP_LIMIT = 1.2;

/** The gradient of a convolution by its operand as another convolution, where that takes less time; else null. */
export function asConvolution(node: Value<"convInput">): Value | null {
  const [dy, kernel] = node.inputs as readonly [Value, Value];
  const { strides, padding, dilations, groups, spatial } = node.attrs;
  const window = kernel.shape.slice(2);
  if (groups !== 1) return null;
  const single = window.map(() => 1);
  const swap = [1, 0, ...window.map((_, i) => i + 2)];
  const isStrided = strides.some((stride) => stride !== 1);
  if (product(window) === 1 && padding.every(([low, high]) => low === 0 && high === 0)) {
    const attrs = { strides: single, padding, dilations: single, groups };
    const dense = build.conv(dy, build.transpose(kernel, swap), attrs);
    const channels = dense.shape[1]!;
    if (!isStrided) return dense;
    // Each position of a channel goes where the stride reached, with zeros around it.
    const ones = build.constant(new Tensor(new Float32Array(channels).fill(1), [channels, 1, ...single]));
    return channels > 1 ? build.convInput(dense, ones, { ...node.attrs, groups: channels }, spatial) : null;
  }
  const reach = window.map((size, i) => dilations[i]! * (size - 1));
  const fits = padding.every(([low, high], i) => low <= reach[i]! && high <= reach[i]!);
  const ratio = product(spatial) / product(dy.shape.slice(2));
  if (!fits || isStrided || ratio > FLIP_LIMIT) return null;
  const backwards = window.reduce<Value>((flipped, _, i) => build.reverse(flipped, i + 2), kernel);
  const around = padding.map(([low, high], i) => [reach[i]! - low, reach[i]! - high] as const);
  return build.conv(dy, build.transpose(backwards, swap), { strides, padding: around, dilations, groups });
}
