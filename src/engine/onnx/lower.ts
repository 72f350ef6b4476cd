import { apply } from "../../graph/apply.js";
import { build } from "../../graph/build.js";
import { foldConstants } from "../../graph/passes/constants.js";
import { is, rewrite, withInputs } from "../../graph/passes/rewrite.js";
import { simplify } from "../../graph/passes/simplify.js";
import type { Value } from "../../graph/value.js";

/** Puts in the place of what ONNX Runtime does slowly what it does fast, with kernels of ours. */
export function lower(outputs: readonly Value[]): Value[] {
  const lowered = rewrite(outputs, (node, inputs) => {
    const value = withInputs(node, inputs);
    return is(value, "convKernel") ? convKernel(value) : value;
  });
  return lowered.every((value, i) => value === outputs[i]) ? lowered : simplify(foldConstants(simplify(lowered)));
}

/**
 * The gradient of a convolution's kernel as one product, over all rows and outputs at once, of patches and gradients.
 * The patches are its left operand: ONNX Runtime copies the right one to an order of its own, which must be the
 * smaller. Groups have a product each, and three axes no kernel for their patches: those stay as they are.
 */
function convKernel(node: Value<"convKernel">): Value {
  const { groups, spatial, strides, padding, dilations } = node.attrs;
  if (groups !== 1 || spatial.length > 2) return node;
  const [x, dy] = node.inputs as readonly [Value, Value];
  const [rows, filters, ...out] = dy.shape as readonly [number, number, ...number[]];
  const positions = out.reduce((a, b) => a * b, 1);
  const columns = apply("patches", [x], { window: spatial, strides, padding, dilations });
  const flat = build.reshape(dy, [rows, filters, positions]);
  const gradients = build.reshape(build.transpose(flat, [1, 0, 2]), [filters, rows * positions]);
  const product = build.matmul(columns, gradients, false, true);
  const last = spatial.length + 1;
  const axes = spatial.map((_, i) => i);
  return build.transpose(build.reshape(product, [...spatial, x.shape[1]!, filters]), [last, last - 1, ...axes]);
}
