import type { Config } from "../../core/parts.js";
import { Tensor } from "../../core/tensor.js";
import * as ops from "../../ops/index.js";
import { toValue } from "../../ops/operand.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { OperationDefinition } from "../base/operation.js";
import { neg } from "./element-wise.js";
import { scatter } from "./nn.js";
import { MATH, many, NN, NUMPY, one, type Row, type Symbolic } from "./row.js";
import { int, number, only, operand, wrongSetting } from "./settings.js";
import { flipped, withAxis, withoutAxis } from "./shapes.js";

/** Places are whole numbers. */
const places = (ids: Symbolic): Symbolic => (ids instanceof Tensor ? ids.cast("int32") : ids);

const alongAxis = (
  className: string,
  parameters: readonly string[],
  op: (args: Parameters<OperationDefinition["compute"]>[0], axis: number) => ReturnType<OperationDefinition["compute"]>,
  fields: Config = { axis: -1 },
  module = NUMPY,
): OperationDefinition => ({
  className,
  module,
  parameters,
  fields,
  compute: (args, config) => op(args, int(config, "axis")),
});

const normalized = alongAxis("Softmax", ["x"], (args, axis) => ops.softmax(operand(args, 0), axis), { axis: -1 }, NN);
const logNormalized = alongAxis(
  "LogSoftmax",
  ["x"],
  (args, axis) => ops.logSoftmax(operand(args, 0), axis),
  { axis: -1 },
  NN,
);
const unit: OperationDefinition = {
  className: "Normalize",
  module: NN,
  parameters: ["x"],
  fields: { axis: -1, order: 2, epsilon: null },
  compute: (args, config) => {
    const epsilon = config["epsilon"] === null ? 1e-7 : number(config, "epsilon");
    return ops.normalize(operand(args, 0), { axis: int(config, "axis"), order: int(config, "order"), epsilon });
  },
};
const sorted = alongAxis("Sort", ["x"], (args, axis) => ops.sort(operand(args, 0), { axis }));
const sortedPlaces = alongAxis("Argsort", ["x"], (args, axis) => ops.argsort(operand(args, 0), { axis }));
const alongTaken = alongAxis(
  "TakeAlongAxis",
  ["x", "indices"],
  (args, axis) => ops.takeAlongAxis(operand(args, 0), operand(args, 1), axis),
  { axis: null },
);
const taken = alongAxis(
  "Take",
  ["x", "indices"],
  (args, axis) => {
    const x = toValue(operand(args, 0));
    const at = axis < 0 ? axis + x.shape.length : axis;
    const ids = toValue(operand(args, 1), "int32");
    const size = x.shape[at] ?? 1;
    // As in Python, places may count from the end.
    const positive = size < 0 ? ids : ops.where(ops.less(ids, 0), ops.add(ids, size), ids);
    if (at === 0) return ops.gather(x, positive);
    const rows = ops.gather(ops.moveAxis(x, at, 0), positive);
    const count = ids.shape.length;
    const order = rows.shape.map((_, axis) => axis);
    return ops.transpose(rows, [
      ...order.slice(count, count + at),
      ...order.slice(0, count),
      ...order.slice(count + at),
    ]);
  },
  { axis: null },
);

const topped: OperationDefinition = {
  className: "TopK",
  module: MATH,
  parameters: ["x"],
  fields: { k: null, sorted: true },
  compute: (args, config) => {
    const { values, indices } = ops.topK(operand(args, 0), int(config, "k"));
    return [values, indices];
  },
};

const hot: OperationDefinition = {
  className: "OneHot",
  module: NN,
  parameters: ["x"],
  fields: { num_classes: null, axis: -1, dtype: null, sparse: false },
  compute: (args, config) => {
    only(config, { sparse: false });
    const result = ops.oneHot(operand(args, 0), int(config, "num_classes"));
    const { dtype = null } = config;
    if (dtype !== null && dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
      throw wrongSetting("dtype", dtype, "float32, int32 or bool");
    }
    return ops.cast(ops.moveAxis(result, -1, int(config, "axis")), dtype ?? "float32");
  },
};

export const softmax: Row<typeof ops.softmax> = {
  definitions: [normalized],
  operands: [0],
  apply: (x, axis = -1) => one(normalized, [x], { axis }),
};
export const normalize: Row<typeof ops.normalize> = {
  definitions: [unit],
  operands: [0],
  apply: (x, { axis = -1, order = 2, epsilon = 1e-7 } = {}) => one(unit, [x], { axis, order, epsilon }),
};
export const logSoftmax: Row<typeof ops.logSoftmax> = {
  definitions: [logNormalized],
  operands: [0],
  apply: (x, axis = -1) => one(logNormalized, [x], { axis }),
};
export const sort: Row<typeof ops.sort> = {
  definitions: [sorted],
  operands: [0],
  apply: (x, { axis = -1, descending = false } = {}) => {
    const rising = one(sorted, [x], { axis });
    return descending ? flipped(rising, axis) : rising;
  },
};
export const sortDescending: Row<typeof ops.sortDescending> = {
  definitions: [],
  operands: [0],
  apply: (x, axis = -1) => flipped(one(sorted, [x], { axis }), axis),
};
/** Of equals the first comes first, also in descending order: that is the order of the negative elements. */
export const argsort: Row<typeof ops.argsort> = {
  definitions: [sortedPlaces],
  operands: [0],
  apply: (x, { axis = -1, descending = false } = {}) => one(sortedPlaces, [descending ? neg.apply(x) : x], { axis }),
};
export const topK: Row<typeof ops.topK> = {
  definitions: [topped],
  operands: [0],
  apply: (x, k) => {
    const [values, indices] = many(topped, [x], { k });
    return { values: values!, indices: indices! };
  },
};
export const takeAlongAxis: Row<typeof ops.takeAlongAxis> = {
  definitions: [alongTaken],
  operands: [0, 1],
  apply: (x, indices, axis = -1) => one(alongTaken, [x, places(indices)], { axis }),
};
/** One element of each last axis: places with a last axis of one, which is then taken away. */
export const take: Row<typeof ops.take> = {
  definitions: [],
  operands: [0, 1],
  apply: (x, ids) => withoutAxis(one(alongTaken, [x, withLastAxis(places(ids))], { axis: -1 }), -1),
};
export const gather: Row<typeof ops.gather> = {
  definitions: [taken],
  operands: [0, 1],
  apply: (table, ids) => one(taken, [table, places(ids)], { axis: 0 }),
};
export const oneHot: Row<typeof ops.oneHot> = {
  definitions: [hot],
  operands: [0],
  apply: (ids, depth) => one(hot, [ids], { num_classes: depth, dtype: "float32" }),
};
export const scatterAdd: Row<typeof ops.scatterAdd> = {
  definitions: [],
  operands: [0, 1],
  apply: (ids, updates, rows) => {
    const rest = (updates as KerasTensor).shape.slice((ids as KerasTensor).shape.length);
    return one(scatter.definition, [withLastAxis(places(ids)), updates], { shape: [rows, ...rest] });
  },
};

/** Constants are reshaped at once. */
function withLastAxis(ids: Symbolic): Symbolic {
  return ids instanceof Tensor ? ids.reshape([...ids.shape, 1]) : withAxis(ids, -1);
}
