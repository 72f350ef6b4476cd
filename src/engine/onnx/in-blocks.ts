import { sizeOf } from "../../core/shape.js";
import { withInputs } from "../../graph/apply.js";
import { build } from "../../graph/build.js";
import { is, rewrite } from "../../graph/passes/rewrite.js";
import type { Value } from "../../graph/value.js";

/**
 * Convolutions over blocks of channels, where the machine has them, the channels fill them, and there are enough products
 * per element to pay for the reordering (measured: 13 to 40 % faster with kernels of 3 x 3 and more, and slower with
 * those of one position). Their kernels are put into the order of blocks once for all shards.
 * @param block length of the machine's blocks of channels; 0: there are none
 */
export function inBlocks(outputs: readonly Value[], block: number): Value[] {
  if (block === 0) return [...outputs];
  return rewrite(outputs, (node, inputs) => {
    const value = withInputs(node, inputs);
    if (!is(value, "conv") || !fillsBlocks(value, block)) return value;
    const [x, kernel] = value.inputs as readonly [Value, Value];
    return build.conv(x, orderedKernel(kernel, block), { ...value.attrs, block });
  });
}

function fillsBlocks({ inputs, attrs }: Value<"conv">, block: number): boolean {
  const [filters, channels, ...window] = inputs[1]!.shape as readonly [number, number, ...number[]];
  const isFull = filters > 0 && channels % block === 0 && filters % block === 0;
  return isFull && attrs.groups === 1 && window.length === 2 && sizeOf(window) > 1;
}

/** A kernel (filters, channels, ...window) in the order of blocks, with the same shape. */
export function orderedKernel(kernel: Value, block: number): Value {
  const parts = split(kernel, [block, block, 1, 1]);
  // filters, in blocks, channels, in blocks, window: the blocks come last, channels before filters.
  return build.reshape(build.transpose(parts, [0, 2, 4, 6, 3, 1, 5, 7]), kernel.shape);
}

/**
 * Each axis as two, of which the second has this length. Transposes and reversals come after it, so that the kernel is
 * put into its last order in one go.
 */
function split(value: Value, lengths: readonly number[]): Value {
  if (is(value, "transpose")) {
    const { perm } = value.attrs;
    const inner: number[] = [];
    for (const [i, axis] of perm.entries()) inner[axis] = lengths[i]!;
    return build.transpose(
      split(value.inputs[0]!, inner),
      perm.flatMap((axis) => [2 * axis, 2 * axis + 1]),
    );
  }
  if (is(value, "reverse") && lengths[value.attrs.axis] === 1)
    return build.reverse(split(value.inputs[0]!, lengths), 2 * value.attrs.axis);
  return build.reshape(
    value,
    value.shape.flatMap((size, axis) => [size / lengths[axis]!, lengths[axis]!]),
  );
}
