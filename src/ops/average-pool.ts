import { charge } from "../core/budget.js";
import { Tensor } from "../core/tensor.js";
import { build, type PoolAttrs, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";
import { type PoolOptions, poolOptions, poolWindows } from "./pooling.js";
import { fromChannelsFirst, toChannelsFirst } from "./spatial.js";

/** Bytes per window while the table of their sizes is made. */
const COUNT_BYTES = 32;

/** The mean of each window; padding does not count, as in Keras. */
export function averagePool(x: Operand, given: PoolOptions): Value {
  const options = poolOptions("averagePool", given);
  const { dataFormat } = options;
  const first = toChannelsFirst(toFloat(x), dataFormat);
  const attrs = poolWindows("averagePool", first, options);
  const sums = build.sumPool(first, attrs);
  return fromChannelsFirst(build.div(sums, windowSizes(first.shape.slice(2), sums.shape.slice(2), attrs)), dataFormat);
}

/** Elements of each window that lie inside the operand: one number, or (1, 1, ...sizes) when padding makes them differ. */
function windowSizes(spatial: readonly number[], sizes: readonly number[], attrs: PoolAttrs): Value {
  if (attrs.padding.every(([before, after]) => before + after === 0)) {
    return build.scalar(attrs.window.reduce((count, width) => count * width, 1));
  }
  charge("the sizes of so many windows", COUNT_BYTES * sizes.reduce((all, size) => all * size, 1));
  const counts = sizes.reduce<number[]>(
    (all, size, i) =>
      all.flatMap((count) => Array.from({ length: size }, (_, at) => count * inside(spatial, attrs, i, at))),
    [1],
  );
  return build.constant(new Tensor(counts, [1, 1, ...sizes], "float32"));
}

function inside(spatial: readonly number[], { window, strides, padding }: PoolAttrs, i: number, at: number): number {
  const start = at * strides[i]! - padding[i]![0];
  return Math.min(spatial[i]!, start + window[i]!) - Math.max(0, start);
}
