import * as ops from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { binary, CORE, MATH, NN, NUMPY, one, plain, type Row, unary } from "./row.js";
import { graphDType, number, only, operand, value } from "./settings.js";

const clipped: OperationDefinition = {
  className: "Clip",
  module: NUMPY,
  parameters: ["x"],
  fields: { x_min: null, x_max: null },
  compute: (args, config) => ops.clip(operand(args, 0), number(config, "x_min"), number(config, "x_max")),
};

const castTo: OperationDefinition = {
  className: "Cast",
  module: CORE,
  parameters: ["x"],
  fields: { dtype: "float32" },
  compute: (args, config) => ops.cast(operand(args, 0), graphDType(String(config["dtype"]))),
};

const rounded: OperationDefinition = {
  className: "Round",
  module: NUMPY,
  parameters: ["x"],
  fields: { decimals: 0 },
  compute: (args, config) => {
    only(config, { decimals: 0 });
    return ops.round(operand(args, 0));
  },
};

const whereTrue = plain(NUMPY, "Where", ["condition", "x1", "x2"], ops.where);

const like = (className: string, fill: 0 | 1): OperationDefinition => ({
  className,
  module: NUMPY,
  parameters: ["x"],
  fields: { dtype: null },
  compute: (args, { dtype = null }) => {
    const filled = fill === 0 ? ops.zerosLike(value(args, 0)) : ops.onesLike(value(args, 0));
    return dtype === null ? filled : ops.cast(filled, graphDType(String(dtype)));
  },
});
const zeros = like("ZerosLike", 0);
const ones = like("OnesLike", 1);

const stopped = plain(CORE, "StopGradient", ["variable"], ops.stopGradient);

export const abs: Row<typeof ops.abs> = unary(NUMPY, "Absolute", ops.abs);
export const neg: Row<typeof ops.neg> = unary(NUMPY, "Negative", ops.neg);
export const sign: Row<typeof ops.sign> = unary(NUMPY, "Sign", ops.sign);
export const exp: Row<typeof ops.exp> = unary(NUMPY, "Exp", ops.exp);
export const expm1: Row<typeof ops.expm1> = unary(NUMPY, "Expm1", ops.expm1);
export const log: Row<typeof ops.log> = unary(NUMPY, "Log", ops.log);
export const log1p: Row<typeof ops.log1p> = unary(NUMPY, "Log1p", ops.log1p);
export const sqrt: Row<typeof ops.sqrt> = unary(NUMPY, "Sqrt", ops.sqrt);
export const rsqrt: Row<typeof ops.rsqrt> = unary(MATH, "Rsqrt", ops.rsqrt);
export const square: Row<typeof ops.square> = unary(NUMPY, "Square", ops.square);
export const reciprocal: Row<typeof ops.reciprocal> = unary(NUMPY, "Reciprocal", ops.reciprocal);
export const sin: Row<typeof ops.sin> = unary(NUMPY, "Sin", ops.sin);
export const cos: Row<typeof ops.cos> = unary(NUMPY, "Cos", ops.cos);
export const tanh: Row<typeof ops.tanh> = unary(NUMPY, "Tanh", ops.tanh);
export const softplus: Row<typeof ops.softplus> = unary(NN, "Softplus", ops.softplus);
export const erf: Row<typeof ops.erf> = unary(MATH, "Erf", ops.erf);
export const sigmoid: Row<typeof ops.sigmoid> = unary(NN, "Sigmoid", ops.sigmoid);
export const relu: Row<typeof ops.relu> = unary(NN, "Relu", ops.relu);
export const floor: Row<typeof ops.floor> = unary(NUMPY, "Floor", ops.floor);
export const ceil: Row<typeof ops.ceil> = unary(NUMPY, "Ceil", ops.ceil);
export const round: Row<typeof ops.round> = { definitions: [rounded], operands: [0], apply: (x) => one(rounded, [x]) };
export const isNan: Row<typeof ops.isNan> = unary(NUMPY, "Isnan", ops.isNan);
export const logicalNot: Row<typeof ops.logicalNot> = unary(NUMPY, "LogicalNot", ops.logicalNot);
export const stopGradient: Row<typeof ops.stopGradient> = {
  definitions: [stopped],
  operands: [0],
  apply: (x) => one(stopped, [x]),
};
export const zerosLike: Row<typeof ops.zerosLike> = {
  definitions: [zeros],
  operands: [0],
  apply: (x) => one(zeros, [x]),
};
export const onesLike: Row<typeof ops.onesLike> = { definitions: [ones], operands: [0], apply: (x) => one(ones, [x]) };
export const cast: Row<typeof ops.cast> = {
  definitions: [castTo],
  operands: [0],
  apply: (x, dtype) => one(castTo, [x], { dtype }),
};
export const add: Row<typeof ops.add> = binary("Add", ops.add);
export const multiply: Row<typeof ops.multiply> = binary("Multiply", ops.multiply);
export const maximum: Row<typeof ops.maximum> = binary("Maximum", ops.maximum);
export const minimum: Row<typeof ops.minimum> = binary("Minimum", ops.minimum);
export const subtract: Row<typeof ops.subtract> = binary("Subtract", ops.subtract);
export const divide: Row<typeof ops.divide> = binary("Divide", ops.divide);
export const floorDivide: Row<typeof ops.floorDivide> = binary("FloorDivide", ops.floorDivide);
export const power: Row<typeof ops.power> = binary("Power", ops.power);
export const mod: Row<typeof ops.mod> = binary("Mod", ops.mod);
export const equal: Row<typeof ops.equal> = binary("Equal", ops.equal);
export const notEqual: Row<typeof ops.notEqual> = binary("NotEqual", ops.notEqual);
export const greater: Row<typeof ops.greater> = binary("Greater", ops.greater);
export const greaterEqual: Row<typeof ops.greaterEqual> = binary("GreaterEqual", ops.greaterEqual);
export const less: Row<typeof ops.less> = binary("Less", ops.less);
export const lessEqual: Row<typeof ops.lessEqual> = binary("LessEqual", ops.lessEqual);
export const logicalAnd: Row<typeof ops.logicalAnd> = binary("LogicalAnd", ops.logicalAnd);
export const logicalOr: Row<typeof ops.logicalOr> = binary("LogicalOr", ops.logicalOr);
export const logicalXor: Row<typeof ops.logicalXor> = binary("LogicalXor", ops.logicalXor);
export const logAddExp: Row<typeof ops.logAddExp> = binary("Logaddexp", ops.logAddExp);
export const where: Row<typeof ops.where> = {
  definitions: [whereTrue],
  operands: [0, 1, 2],
  apply: (condition, a, b) => one(whereTrue, [condition, a, b]),
};
/** Bounds that are numbers are settings of Keras's Clip; others need two operations. */
export const clip: Row<typeof ops.clip> = {
  definitions: [clipped],
  operands: [0, 1, 2],
  apply: (x, min, max) =>
    typeof min === "number" && typeof max === "number"
      ? one(clipped, [x], { x_min: min, x_max: max })
      : minimum.apply(maximum.apply(x, min), max),
};

/** Another name of one of these that files of Keras have. */
export const MORE_ELEMENT_WISE: readonly OperationDefinition[] = [plain(NUMPY, "Abs", ["x"], ops.abs)];
