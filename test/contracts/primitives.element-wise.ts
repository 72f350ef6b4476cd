import { Tensor } from "../../src/core/tensor.js";
import { B, binary, type Cases, one, unary, whole } from "./primitive-case.js";

export const ELEMENT_WISE_CASES: Cases<
  | "neg"
  | "abs"
  | "sign"
  | "exp"
  | "log"
  | "sqrt"
  | "sin"
  | "cos"
  | "atan"
  | "tanh"
  | "erf"
  | "sigmoid"
  | "softplus"
  | "relu"
  | "floor"
  | "round"
  | "not"
  | "isNan"
  | "stopGradient"
  | "cast"
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "pow"
  | "maximum"
  | "minimum"
  | "mod"
  | "equal"
  | "greater"
  | "greaterEqual"
  | "and"
  | "bitAnd"
  | "or"
  | "where"
> = {
  neg: [...unary("float", (x, g) => g.neg(x)), ...unary(whole, (x, g) => g.neg(x), false)],
  abs: [...unary("float", (x, g) => g.abs(x)), ...unary(whole, (x, g) => g.abs(x), false)],
  sign: [...unary("float", (x, g) => g.sign(x), false), ...unary(whole, (x, g) => g.sign(x), false)],
  exp: unary("float", (x, g) => g.exp(x)),
  log: unary("positive", (x, g) => g.log(x)),
  sqrt: unary("positive", (x, g) => g.sqrt(x)),
  sin: unary("float", (x, g) => g.sin(x)),
  cos: unary("float", (x, g) => g.cos(x)),
  atan: unary("float", (x, g) => g.atan(x)),
  tanh: unary("float", (x, g) => g.tanh(x)),
  erf: unary("float", (x, g) => g.erf(x)),
  sigmoid: unary("float", (x, g) => g.sigmoid(x)),
  softplus: unary("float", (x, g) => g.softplus(x)),
  relu: [...unary("float", (x, g) => g.relu(x)), ...unary(whole, (x, g) => g.relu(x), false)],
  floor: unary("float", (x, g) => g.floor(x), false),
  round: [
    ...unary("float", (x, g) => g.round(x), false),
    one("halves", [], (_xs, g) => g.round(g.constant(new Tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5], [7]))), false),
  ],
  not: unary("bool", (x, g) => g.not(x), false),
  isNan: [
    ...unary("float", (x, g) => g.isNan(x), false),
    one("NaN", [], (_xs, g) => g.isNan(g.constant(new Tensor([Number.NaN, 1, Number.POSITIVE_INFINITY], [3]))), false),
  ],
  stopGradient: unary("float", (x, g) => g.stopGradient(x), false),
  cast: [
    one("float32 to int32", [[B, "float"]], ([x], g) => g.cast(x!, "int32"), false),
    one("float32 to bool", [[B, "float"]], ([x], g) => g.cast(g.floor(x!), "bool"), false),
    one("int32 to float32", [[B, whole]], ([x], g) => g.cast(x!, "float32"), false),
    one("int32 to bool", [[B, { below: 2 }]], ([x], g) => g.cast(x!, "bool"), false),
    one("bool to float32", [[B, "bool"]], ([x], g) => g.cast(x!, "float32"), false),
    one("bool to int32", [[B, "bool"]], ([x], g) => g.cast(x!, "int32"), false),
    one("float32 to itself", [[B, "float"]], ([x], g) => g.cast(x!, "float32")),
  ],
  add: [
    ...binary("float", "float", (a, b, g) => g.add(a, b)),
    ...binary(whole, whole, (a, b, g) => g.add(a, b), false),
  ],
  sub: [
    ...binary("float", "float", (a, b, g) => g.sub(a, b)),
    ...binary(whole, whole, (a, b, g) => g.sub(a, b), false),
  ],
  mul: [
    ...binary("float", "float", (a, b, g) => g.mul(a, b)),
    ...binary(whole, whole, (a, b, g) => g.mul(a, b), false),
  ],
  div: [
    ...binary("float", "positive", (a, b, g) => g.div(a, b)),
    ...binary(whole, { below: 9, from: 1 }, (a, b, g) => g.div(a, b), false),
    ...binary(whole, { below: 0, from: -9 }, (a, b, g) => g.div(a, b), false),
  ],
  pow: binary("positive", "float", (a, b, g) => g.pow(a, b)),
  maximum: [
    ...binary("float", "float", (a, b, g) => g.maximum(a, b)),
    ...binary(whole, whole, (a, b, g) => g.maximum(a, b), false),
  ],
  minimum: [
    ...binary("float", "float", (a, b, g) => g.minimum(a, b)),
    ...binary(whole, whole, (a, b, g) => g.minimum(a, b), false),
  ],
  mod: [
    ...binary("float", "positive", (a, b, g) => g.mod(a, g.add(b, g.scalar(2)))),
    ...binary(whole, { below: 9, from: 1 }, (a, b, g) => g.mod(a, b), false),
    ...binary(whole, { below: 0, from: -9 }, (a, b, g) => g.mod(a, b), false),
  ],
  equal: [
    ...binary("float", "float", (a, b, g) => g.equal(g.floor(a), g.floor(b)), false),
    ...binary({ below: 3 }, { below: 3 }, (a, b, g) => g.equal(a, b), false),
    ...binary("bool", "bool", (a, b, g) => g.equal(a, b), false),
  ],
  greater: [
    ...binary("float", "float", (a, b, g) => g.greater(a, b), false),
    ...binary({ below: 3 }, { below: 3 }, (a, b, g) => g.greater(a, b), false),
  ],
  greaterEqual: [
    ...binary("float", "float", (a, b, g) => g.greaterEqual(a, b), false),
    ...binary({ below: 3 }, { below: 3 }, (a, b, g) => g.greaterEqual(a, b), false),
  ],
  and: binary("bool", "bool", (a, b, g) => g.and(a, b), false),
  bitAnd: binary({ below: 900, from: -900 }, { below: 2 ** 31, from: -(2 ** 31) }, (a, b, g) => g.bitAnd(a, b), false),
  or: binary("bool", "bool", (a, b, g) => g.or(a, b), false),
  where: [
    one(
      "same shapes",
      [
        [B, "bool"],
        [B, "float"],
        [B, "float"],
      ],
      ([c, a, b], g) => g.where(c!, a!, b!),
    ),
    one(
      "scalar and row",
      [
        [B, "bool"],
        [[], "float"],
        [[3], "float"],
      ],
      ([c, a, b], g) => g.where(c!, a!, b!),
    ),
    one(
      "column condition",
      [
        [[-1, 1], "bool"],
        [B, "float"],
        [[3], "float"],
      ],
      ([c, a, b], g) => g.where(c!, a!, b!),
    ),
    one(
      "int32",
      [
        [B, "bool"],
        [B, whole],
        [[], whole],
      ],
      ([c, a, b], g) => g.where(c!, a!, b!),
      false,
    ),
    one(
      "bool",
      [
        [B, "bool"],
        [B, "bool"],
        [[3], "bool"],
      ],
      ([c, a, b], g) => g.where(c!, a!, b!),
      false,
    ),
  ],
};
