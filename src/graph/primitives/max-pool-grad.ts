import type { Build } from "../build.js";
import { checkArity, misfit, sameDims } from "../fit.js";
import type { PoolAttrs, Primitive } from "../primitive.js";
import { linearIn, rowByRow } from "../row-rule.js";
import type { Value } from "../value.js";
import { checkPool, poolType } from "../windows.js";

/** (x, y, dy) -> dx; the first maximum of a window, in row-major order, gets it. Linear in dy. */
export const maxPoolGrad: Primitive<"maxPoolGrad"> = {
  name: "maxPoolGrad",
  rows: rowByRow(linearIn(2)),
  type(inputs, attrs) {
    checkArity("maxPoolGrad", inputs, 3);
    checkPool("maxPoolGrad", inputs, attrs);
    const [x, y, dy] = [inputs[0]!, inputs[1]!, inputs[2]!];
    const { shape } = poolType("maxPool", [x], attrs);
    if (!sameDims(y.shape, shape) || !sameDims(dy.shape, shape)) {
      throw misfit("maxPoolGrad", inputs, "the result of the pooling and its gradient as operands 2 and 3");
    }
    return { shape: x.shape, dtype: "float32" };
  },
  gradient({ inputs: [x, y], attrs }, dz, g) {
    return [null, null, winners(x!, y!, dz, attrs, g)];
  },
};

/** The elements of `values` at each window's first maximum, found offset by offset in row-major order. */
function winners(x: Value, y: Value, values: Value, attrs: PoolAttrs, g: Build): Value {
  const sizes = y.shape.slice(2);
  const around = (value: Value, fill: number): Value => {
    const before = [0, 0, ...attrs.padding.map(([width]) => width)];
    const after = [0, 0, ...attrs.padding.map(([, width]) => width)];
    return g.pad(value, before, after, fill);
  };
  const [padded, chosen] = [around(x, Number.NEGATIVE_INFINITY), around(values, 0)];
  let found: Value = g.broadcast(g.scalar(0, "bool"), y.shape);
  let out: Value = g.broadcast(g.scalar(0), y.shape);
  for (const offset of offsets(attrs.window)) {
    const at = (value: Value): Value =>
      offset.reduce((part, start, i) => {
        const end = start + (sizes[i]! - 1) * attrs.strides[i]! + 1;
        return g.slice(part, i + 2, start, end, attrs.strides[i]!);
      }, value);
    const hit = g.and(g.equal(at(padded), y), g.not(found));
    out = g.where(hit, at(chosen), out);
    found = g.or(found, hit);
  }
  return out;
}

function offsets(window: readonly number[]): number[][] {
  return window.reduce<number[][]>(
    (all, size) => all.flatMap((offset) => Array.from({ length: size }, (_, i) => [...offset, i])),
    [[]],
  );
}
