import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { toValue } from "../../ops/operand.js";
import { Slice } from "../base/arguments.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { Computed, OperationDefinition } from "../base/operation.js";
import { abs, sqrt, square } from "./element-wise.js";
import { LINALG, MATH, NUMPY, one, type Row, reduceConfig, reducing, reduction, type Symbolic } from "./row.js";
import { int, only, operand, reduceOptions, wrongSetting } from "./settings.js";
import { flipped, padded, sliced } from "./shapes.js";

/** The place of an extreme element: over all of them as one row where no axis is given. */
function placed(className: string, op: (x: Computed, axis: number) => Value): OperationDefinition {
  return {
    className,
    module: NUMPY,
    parameters: ["x"],
    fields: { axis: null, keepdims: false },
    compute: (args, config) => {
      const x = toValue(operand(args, 0));
      const axis = int(config, "axis");
      const place = op(x, axis);
      return config["keepdims"] === true ? ops.expandDims(place, axis < 0 ? axis + x.shape.length : axis) : place;
    },
  };
}

const largestAt = placed("Argmax", ops.argmax);
const smallestAt = placed("Argmin", ops.argmin);

const length: OperationDefinition = {
  className: "Norm",
  module: LINALG,
  parameters: ["x"],
  fields: { ord: null, axis: null, keepdims: false },
  compute: (args, config) => {
    const { ord: order = null } = config;
    if (order !== null && order !== "fro" && typeof order !== "number")
      throw wrongSetting("ord", order, 'a number, "fro" or null');
    return ops.norm(operand(args, 0), { ...reduceOptions(config), order });
  },
};

const summedUp: OperationDefinition = {
  className: "Cumsum",
  module: NUMPY,
  parameters: ["x"],
  fields: { axis: null, dtype: null },
  compute: (args, config) => {
    only(config, { dtype: null });
    return ops.cumsum(operand(args, 0), int(config, "axis"));
  },
};

export const sum: Row<typeof ops.sum> = reduction(NUMPY, "Sum", ops.sum);
export const mean: Row<typeof ops.mean> = reduction(NUMPY, "Mean", ops.mean);
export const variance: Row<typeof ops.variance> = reduction(NUMPY, "Var", ops.variance);
export const max: Row<typeof ops.max> = reduction(NUMPY, "Max", ops.max, { initial: null });
export const min: Row<typeof ops.min> = reduction(NUMPY, "Min", ops.min, { initial: null });
export const prod: Row<typeof ops.prod> = reduction(NUMPY, "Prod", ops.prod, { dtype: null });
export const any: Row<typeof ops.any> = reduction(NUMPY, "Any", ops.any);
export const all: Row<typeof ops.all> = reduction(NUMPY, "All", ops.all);
export const logSumExp: Row<typeof ops.logSumExp> = reduction(MATH, "Logsumexp", ops.logSumExp);
export const l2Norm: Row<typeof ops.l2Norm> = {
  definitions: [length],
  operands: [0],
  apply: (x, options = {}) => lengthOf(x, null, options),
};
export const norm: Row<typeof ops.norm> = {
  definitions: [],
  operands: [0],
  apply: (x, { order = null, ...options } = {}) => {
    // Files have no infinite numbers.
    if (order === Number.POSITIVE_INFINITY) return max.apply(abs.apply(x), options);
    if (order === Number.NEGATIVE_INFINITY) return min.apply(abs.apply(x), options);
    return lengthOf(x, order, options);
  },
};

/** Keras's Norm fails on JAX, which cannot take its axes: lengths are written out where they are not those of matrices. */
function lengthOf(x: Symbolic, order: number | string | null, options: ops.ReduceOptions): KerasTensor {
  const { axes = null } = options;
  const isVector = typeof axes === "number" || (axes !== null && axes.length === 1);
  if (order === null || (order === 2 && isVector)) return sqrt.apply(sum.apply(square.apply(x), options));
  if (order === 1 && isVector) return sum.apply(abs.apply(x), options);
  return one(length, [x], { ...reduceConfig(options), ord: order });
}
export const std: Row<typeof ops.std> = reduction(NUMPY, "Std", ops.std);
export const argmax: Row<typeof ops.argmax> = {
  definitions: [largestAt],
  operands: [0],
  apply: (x, axis) => one(largestAt, [x], { axis }),
};
export const argmin: Row<typeof ops.argmin> = {
  definitions: [smallestAt],
  operands: [0],
  apply: (x, axis) => one(smallestAt, [x], { axis }),
};
/** Keras sums from the first element on, that included: other ways are sums of a turned or moved axis. */
export const cumsum: Row<typeof ops.cumsum> = {
  definitions: [summedUp],
  operands: [0],
  apply: (x, axis, { exclusive = false, reverse = false } = {}) => {
    const turned = reverse ? flipped(x, axis) : x;
    const sums = one(summedUp, [exclusive ? zeroBefore(turned, axis) : turned], { axis });
    return reverse ? flipped(sums, axis) : sums;
  },
};

/** The elements moved one place on along an axis: a zero comes first, the last one falls out. */
function zeroBefore(x: Symbolic, axis: number): KerasTensor {
  const { length: rank } = (x as KerasTensor).shape;
  const at = axis < 0 ? axis + rank : axis;
  const widths = Array.from({ length: rank }, (_, i) => [i === at ? 1 : 0, 0]);
  return sliced(one(padded, [x, null], { pad_width: widths }), at, new Slice(null, -1));
}

/** Relatives of these that files of Keras have. */
export const MORE_REDUCTIONS: readonly OperationDefinition[] = [
  reducing(NUMPY, "Amax", ops.max),
  reducing(NUMPY, "Amin", ops.min),
];
