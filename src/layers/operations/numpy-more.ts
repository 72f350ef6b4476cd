import type { Config } from "../../core/parts.js";
import { Tensor } from "../../core/tensor.js";
import * as ops from "../../ops/index.js";
import { toValue } from "../../ops/operand.js";
import type { Computed, Given, OperationDefinition } from "../base/operation.js";
import { DTYPE, matched } from "./matched.js";
import { CORE, many, NUMPY, one, type Row, type Symbolic } from "./row.js";
import { int, number, only, operand, wrongArgument, wrongSetting } from "./settings.js";

/** Tolerances are arguments of Keras's operation, and only what NaN counts as is a setting. */
const near: OperationDefinition = {
  className: "Isclose",
  module: NUMPY,
  parameters: ["x1", "x2", "rtol", "atol"],
  fields: { equal_nan: false },
  compute: (args, config) =>
    ops.isclose(operand(args, 0), operand(args, 1), {
      rtol: tolerance(args, 2, 1e-5),
      atol: tolerance(args, 3, 1e-8),
      equalNan: config["equal_nan"] === true,
    }),
};

function tolerance(args: readonly Given[], index: number, byDefault: number): number {
  const given = args[index] ?? byDefault;
  if (typeof given === "number") return given;
  throw wrongArgument(index, "a number");
}

export const isclose: Row<typeof ops.isclose> = {
  definitions: [near],
  operands: [0, 1],
  apply: (x1, x2, { rtol = 1e-5, atol = 1e-8, equalNan = false } = {}) =>
    one(near, [x1, x2, rtol, atol], { equal_nan: equalNan }),
};

const allNear: OperationDefinition = {
  className: "AllClose",
  module: NUMPY,
  parameters: ["x1", "x2"],
  fields: { rtol: 1e-5, atol: 1e-8, equal_nan: false },
  compute: (args, config) =>
    ops.allclose(operand(args, 0), operand(args, 1), {
      rtol: number(config, "rtol"),
      atol: number(config, "atol"),
      equalNan: config["equal_nan"] === true,
    }),
};
export const allclose: Row<typeof ops.allclose> = {
  definitions: [allNear],
  operands: [0, 1],
  apply: (x1, x2, { rtol = 1e-5, atol = 1e-8, equalNan = false } = {}) =>
    one(allNear, [x1, x2], { rtol, atol, equal_nan: equalNan }),
};

/** Data that Keras has among an operation's settings: no tensor of a network. */
const dataSetting = (config: Config, name: string): Computed | null => {
  const given = config[name] ?? null;
  if (given === null) return null;
  const isConstant = typeof given === "object" && !Array.isArray(given) && "config" in given;
  const plain = isConstant ? (given["config"] as Config)["value"] : given;
  return operand([plain as Given], 0);
};
const asSetting = (op: string, given: Symbolic): Config[string] => {
  if (given === null || given === undefined) return null;
  if (given instanceof Tensor) return given.tolist() as Config[string];
  throw wrongSetting(op, null, "data, because Keras keeps it among the settings of its operation");
};

const area: OperationDefinition = {
  className: "Trapezoid",
  module: NUMPY,
  parameters: ["y"],
  fields: { x: null, dx: 1, axis: -1 },
  compute: (args, config) =>
    ops.trapezoid(operand(args, 0), dataSetting(config, "x"), { dx: number(config, "dx"), axis: int(config, "axis") }),
};
export const trapezoid: Row<typeof ops.trapezoid> = {
  definitions: [area],
  operands: [0, 1],
  apply: (y, x, { dx = 1, axis = -1 } = {}) => one(area, [y], { x: asSetting("x", x as Symbolic), dx, axis }),
};

const counts: OperationDefinition = {
  className: "Bincount",
  module: NUMPY,
  parameters: ["x"],
  fields: { weights: null, minlength: 0, sparse: false },
  compute: (args, config) => {
    only(config, { sparse: false });
    return ops.bincount(operand(args, 0), dataSetting(config, "weights"), { minlength: int(config, "minlength") });
  },
};
export const bincount: Row<typeof ops.bincount> = {
  definitions: [counts],
  operands: [0, 1],
  apply: (x, weights, { minlength }) =>
    one(counts, [x], { weights: asSetting("weights", weights as Symbolic), minlength }),
};

const RETURNS = ["return_index", "return_inverse", "return_counts"];
const different: OperationDefinition = {
  className: "Unique",
  module: NUMPY,
  parameters: ["x"],
  fields: {
    sorted: true,
    return_index: false,
    return_inverse: false,
    return_counts: false,
    axis: null,
    size: null,
    fill_value: null,
  },
  compute: (args, config) => {
    only(config, { sorted: true, axis: null });
    const fillValue = config["fill_value"] === null ? null : number(config, "fill_value");
    const made = ops.unique(operand(args, 0), { size: int(config, "size"), fillValue });
    const more = [made.indices, made.inverse, made.counts].filter((_, i) => config[RETURNS[i]!] === true);
    return more.length === 0 ? made.values : [made.values, ...more];
  },
};
export const unique: Row<typeof ops.unique> = {
  definitions: [different],
  operands: [0],
  apply: (x, { size, fillValue = null }) => {
    const returned = Object.fromEntries(RETURNS.map((name) => [name, true]));
    const parts = many(different, [x], { ...returned, size, fill_value: fillValue });
    return { values: parts[0]!, indices: parts[1]!, inverse: parts[2]!, counts: parts[3]! };
  },
};

export const array: Row<typeof ops.array> = matched(
  "Array",
  (x: Computed, dtype: "float32" | "int32" | "bool" | null) => ops.convertToTensor(x as never, dtype),
  { positional: { dtype: DTYPE } },
) as unknown as Row<typeof ops.array>;

const made: OperationDefinition = {
  className: "ConvertToTensor",
  module: CORE,
  parameters: ["x"],
  fields: { dtype: null, sparse: null, ragged: null },
  compute: (args, config) => {
    only(config, { sparse: null, ragged: null });
    const { dtype = null } = config;
    return ops.convertToTensor(toValue(operand(args, 0)), dtype === null ? null : DTYPE.fromConfig!(dtype, "", null!));
  },
};
export const convertToTensor: Row<typeof ops.convertToTensor> = {
  definitions: [made],
  operands: [0],
  apply: (x: unknown, dtype: unknown = null) => one(made, [x as Symbolic], { dtype: dtype as string | null }),
} as unknown as Row<typeof ops.convertToTensor>;
