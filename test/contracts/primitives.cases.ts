import { Tensor } from "../../src/core/tensor.js";
import { type Build, build, type PrimitiveName, type Value } from "../../src/graph/index.js";

/**
 * What an operand is fed with: distinct floats in (-2, 2) that keep away from 0, from whole numbers and from each
 * other; positive ones; unit ones in (-1, 1); whole numbers below a bound; truth values.
 */
export type Kind = "float" | "positive" | "unit" | "bool" | { readonly below: number; readonly from?: number };

export interface PrimitiveCase {
  readonly name: string;
  /** Shape (-1 is the batch, as always) and contents of each operand. */
  readonly operands: readonly (readonly [dims: readonly number[], kind: Kind])[];
  readonly make: (operands: readonly Value[], g: Build) => Value;
  /** false: no gradient flows (or none is defined), so that it must be 0. Default true. */
  readonly gradient?: boolean;
}

type Make = PrimitiveCase["make"];
const B = [-1, 3] as const;

const unary = (kind: Kind, make: (x: Value, g: Build) => Value, gradient = true): PrimitiveCase[] => [
  { name: "batch", operands: [[[-1, 3, 2], kind]], make: ([x], g) => make(x!, g), gradient },
];

const binary = (
  left: Kind,
  right: Kind,
  make: (a: Value, b: Value, g: Build) => Value,
  gradient = true,
): PrimitiveCase[] => {
  const both: Make = ([a, b], g) => make(a!, b!, g);
  return [
    {
      name: "same shapes",
      operands: [
        [B, left],
        [B, right],
      ],
      make: both,
      gradient,
    },
    {
      name: "row",
      operands: [
        [B, left],
        [[3], right],
      ],
      make: both,
      gradient,
    },
    {
      name: "scalar",
      operands: [
        [[], left],
        [B, right],
      ],
      make: both,
      gradient,
    },
    {
      name: "column and row",
      operands: [
        [[-1, 1], left],
        [[2, 1, 3], right],
      ],
      make: both,
      gradient,
    },
  ];
};

const whole: Kind = { below: 50, from: -50 };
const one = (name: string, operands: PrimitiveCase["operands"], make: Make, gradient = true): PrimitiveCase => {
  return { name, operands, make, gradient };
};
const conv2d = {
  strides: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  dilations: [1, 1],
  groups: 1,
} as const;
const convs = [
  ["valid", [-1, 2, 5, 4], [3, 2, 3, 2], [3, 3], conv2d],
  [
    "padded",
    [-1, 2, 4, 4],
    [2, 2, 3, 3],
    [4, 4],
    {
      ...conv2d,
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  ],
  [
    "uneven padding, strides",
    [-1, 2, 5, 6],
    [2, 2, 3, 2],
    [3, 3],
    {
      ...conv2d,
      strides: [2, 2],
      padding: [
        [1, 1],
        [0, 1],
      ],
    },
  ],
  ["strides that leave a rest", [-1, 1, 6, 6], [2, 1, 3, 3], [2, 2], { ...conv2d, strides: [2, 3] }],
  ["dilated", [-1, 1, 6, 5], [2, 1, 2, 2], [4, 3], { ...conv2d, dilations: [2, 2] }],
  ["groups", [-1, 4, 3, 3], [6, 2, 2, 2], [2, 2], { ...conv2d, groups: 2 }],
  [
    "depthwise, strided, padded",
    [-1, 3, 5, 5],
    [3, 1, 3, 3],
    [3, 3],
    {
      ...conv2d,
      groups: 3,
      strides: [2, 2],
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  ],
  ["one axis", [-1, 2, 7], [3, 2, 3], [3], { strides: [2], padding: [[0, 0]], dilations: [1], groups: 1 }],
  [
    "three axes",
    [-1, 1, 3, 3, 3],
    [2, 1, 2, 2, 2],
    [2, 2, 2],
    {
      strides: [1, 1, 1],
      padding: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      dilations: [1, 1, 1],
      groups: 1,
    },
  ],
] as const;
const pools = [
  [
    "2x2",
    [-1, 2, 4, 4],
    [2, 2],
    {
      window: [2, 2],
      strides: [2, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    "overlapping",
    [-1, 1, 5, 5],
    [3, 2],
    {
      window: [3, 3],
      strides: [1, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    "padded",
    [-1, 2, 5, 4],
    [3, 2],
    {
      window: [2, 3],
      strides: [2, 2],
      padding: [
        [0, 1],
        [0, 1],
      ],
    },
  ],
  ["one axis", [-1, 2, 7], [3], { window: [2], strides: [2], padding: [[0, 0]] }],
  [
    "gaps",
    [-1, 1, 5, 7],
    [2, 3],
    {
      window: [1, 2],
      strides: [3, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
] as const;

/** Rows for every primitive; a missing one does not compile. */
export const PRIMITIVE_CASES: { readonly [P in PrimitiveName]: readonly PrimitiveCase[] } = {
  input: [one("itself", [[B, "float"]], ([x]) => x!)],
  constant: [
    one("float32", [[B, "float"]], ([x], g) => g.mul(x!, g.constant(new Tensor([1.5, -2, 3], [3])))),
    one("int32", [], (_xs, g) => g.constant(new Tensor([1, -2, 3], [3], "int32")), false),
    one("bool", [], (_xs, g) => g.constant(new Tensor([1, 0], [2], "bool")), false),
  ],
  random: [
    one("uniform", [[[-1, 5], "float"]], ([x], g) => g.mul(x!, g.random([-1, 5], 3, "uniform"))),
    one("normal", [[[-1, 5], "float"]], ([x], g) => g.mul(x!, g.random([-1, 5], 4, "normal"))),
    one("without batch", [], (_xs, g) => g.random([2, 3], 5, "uniform"), false),
  ],
  neg: [...unary("float", (x, g) => g.neg(x)), ...unary(whole, (x, g) => g.neg(x), false)],
  abs: [...unary("float", (x, g) => g.abs(x)), ...unary(whole, (x, g) => g.abs(x), false)],
  sign: [...unary("float", (x, g) => g.sign(x), false), ...unary(whole, (x, g) => g.sign(x), false)],
  exp: unary("float", (x, g) => g.exp(x)),
  log: unary("positive", (x, g) => g.log(x)),
  sqrt: unary("positive", (x, g) => g.sqrt(x)),
  sin: unary("float", (x, g) => g.sin(x)),
  cos: unary("float", (x, g) => g.cos(x)),
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
  reshape: [
    one("merges axes", [[[-1, 2, 3], "float"]], ([x], g) => g.reshape(x!, [-1, 6])),
    one("splits an axis", [[[-1, 6], "float"]], ([x], g) => g.reshape(x!, [-1, 3, 1, 2])),
    one("merges the batch", [[[-1, 2, 3], "float"]], ([x], g) => g.reshape(x!, [-2, 3])),
    one("splits the batch", [[[-4, 3], "float"]], ([x], g) => g.reshape(x!, [-1, 2, 6])),
    one("all to one", [[[-1, 2, 3], "float"]], ([x], g) => g.reshape(x!, [-6])),
    one("without batch", [[[2, 6], "float"]], ([x], g) => g.reshape(x!, [3, 4])),
    one("int32", [[[-1, 6], whole]], ([x], g) => g.reshape(x!, [-1, 2, 3]), false),
    one("bool", [[[-1, 6], "bool"]], ([x], g) => g.reshape(x!, [-3, 2]), false),
  ],
  transpose: [
    one("matrix", [[[-1, 3], "float"]], ([x], g) => g.transpose(x!, [1, 0])),
    one("channels first", [[[-1, 2, 3, 4], "float"]], ([x], g) => g.transpose(x!, [0, 3, 1, 2])),
    one("cycle", [[[2, 3, 4], "float"]], ([x], g) => g.transpose(x!, [2, 0, 1])),
    one("bool", [[[-1, 3], "bool"]], ([x], g) => g.transpose(x!, [1, 0]), false),
  ],
  broadcast: [
    one("row to batch", [[[3], "float"]], ([x], g) => g.broadcast(x!, [-1, 3])),
    one("scalar to batch", [[[], "float"]], ([x], g) => g.broadcast(x!, [-1, 2])),
    one("column", [[[-1, 1, 2], "float"]], ([x], g) => g.broadcast(x!, [-1, 3, 2])),
    one("new axes", [[[2, 1], "float"]], ([x], g) => g.broadcast(x!, [3, 2, 2])),
    one("multiple of the batch", [[[1, 2], "float"]], ([x], g) => g.broadcast(x!, [-3, 2])),
    one("int32", [[[3], whole]], ([x], g) => g.broadcast(x!, [-1, 3]), false),
    one("bool", [[[3], "bool"]], ([x], g) => g.broadcast(x!, [-1, 3]), false),
  ],
  slice: [
    one("inside", [[[-1, 6], "float"]], ([x], g) => g.slice(x!, 1, 1, 4)),
    one("steps", [[[-1, 7, 2], "float"]], ([x], g) => g.slice(x!, 1, 1, 7, 3)),
    one("steps to the end", [[[-1, 7], "float"]], ([x], g) => g.slice(x!, 1, 0, 7, 2)),
    one("steps with a rest", [[[-1, 8], "float"]], ([x], g) => g.slice(x!, 1, 1, 5, 3)),
    one("int32", [[[-1, 6], whole]], ([x], g) => g.slice(x!, 1, 2, 6), false),
  ],
  pad: [
    one("zeros", [[[-1, 2, 3], "float"]], ([x], g) => g.pad(x!, [0, 1, 0], [0, 0, 2])),
    one("a value", [[[2, 3], "float"]], ([x], g) => g.pad(x!, [1, 1], [1, 2], -1.5)),
    one("minus infinity", [[[-1, 3], "float"]], ([x], g) =>
      g.max(g.pad(x!, [0, 1], [0, 1], Number.NEGATIVE_INFINITY), [1]),
    ),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.pad(x!, [0, 1], [0, 1], 7), false),
  ],
  concat: [
    one(
      "columns",
      [
        [[-1, 2], "float"],
        [[-1, 1], "float"],
        [[-1, 3], "float"],
      ],
      (xs, g) => g.concat(xs, 1),
    ),
    one(
      "middle axis",
      [
        [[-1, 2, 2], "float"],
        [[-1, 1, 2], "float"],
      ],
      (xs, g) => g.concat(xs, 1),
    ),
    one(
      "batches",
      [
        [[-1, 2], "float"],
        [[-2, 2], "float"],
      ],
      (xs, g) => g.concat(xs, 0),
    ),
    one("the same twice", [[[-1, 2], "float"]], ([x], g) => g.concat([x!, x!], 1)),
    one(
      "bool",
      [
        [[-1, 2], "bool"],
        [[-1, 1], "bool"],
      ],
      (xs, g) => g.concat(xs, 1),
      false,
    ),
  ],
  reverse: [
    one("columns", [[[-1, 3, 2], "float"]], ([x], g) => g.reverse(x!, 1)),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.reverse(x!, 0)),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.reverse(x!, 1), false),
  ],
  sum: [
    one("all", [[[-1, 3, 2], "float"]], ([x], g) => g.sum(x!, [0, 1, 2])),
    one("last", [[[-1, 3, 2], "float"]], ([x], g) => g.sum(x!, [2])),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.sum(x!, [0])),
    one("kept", [[[-1, 3, 2], "float"]], ([x], g) => g.sum(x!, [0, 2], true)),
    one("nothing", [[[-1, 3], "float"]], ([x], g) => g.sum(x!, [])),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.sum(x!, [1]), false),
  ],
  max: [
    one("last", [[[-1, 3, 2], "float"]], ([x], g) => g.max(x!, [2])),
    one("several kept", [[[-1, 3, 2], "float"]], ([x], g) => g.max(x!, [1, 2], true)),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.max(x!, [0])),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.max(x!, [1]), false),
  ],
  argmax: [
    one("last", [[[-1, 5], "float"]], ([x], g) => g.argmax(x!, 1), false),
    one("middle", [[[-1, 5, 2], "float"]], ([x], g) => g.argmax(x!, 1), false),
    one("ties", [[[-1, 6], { below: 2 }]], ([x], g) => g.argmax(x!, 1), false),
  ],
  cumsum: [
    one("plain", [[[-1, 4], "float"]], ([x], g) => g.cumsum(x!, 1, false, false)),
    one("exclusive", [[[-1, 4, 2], "float"]], ([x], g) => g.cumsum(x!, 1, true, false)),
    one("reverse", [[[-1, 4], "float"]], ([x], g) => g.cumsum(x!, 1, false, true)),
    one("exclusive, reverse", [[[-1, 4], "float"]], ([x], g) => g.cumsum(x!, 1, true, true)),
  ],
  sortDescending: [
    one("last", [[[-1, 5], "float"]], ([x], g) => g.sortDescending(x!, 1), false),
    one("middle", [[[-1, 5, 2], "float"]], ([x], g) => g.sortDescending(x!, 1), false),
  ],
  softmax: [
    one("last", [[[-1, 4], "float"]], ([x], g) => g.softmax(x!, 1)),
    one("middle", [[[-1, 3, 2], "float"]], ([x], g) => g.softmax(x!, 1)),
  ],
  logSoftmax: [
    one("last", [[[-1, 4], "float"]], ([x], g) => g.logSoftmax(x!, 1)),
    one("middle", [[[-1, 3, 2], "float"]], ([x], g) => g.logSoftmax(x!, 1)),
  ],
  gather: [
    one(
      "rows",
      [
        [[5, 3], "float"],
        [[-1], { below: 5 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
    ),
    one(
      "of many",
      [
        [[4, 2, 2], "float"],
        [[-1, 3], { below: 4 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
    ),
    one(
      "numbers",
      [
        [[6], "float"],
        [[-1, 2], { below: 6 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
    ),
    one(
      "int32",
      [
        [[6], whole],
        [[-1, 2], { below: 6 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
      false,
    ),
  ],
  scatterAdd: [
    one(
      "rows",
      [
        [[-1], { below: 3 }],
        [[-1, 2], "float"],
      ],
      ([ids, updates], g) => g.scatterAdd(ids!, updates!, 4),
    ),
    one(
      "of many",
      [
        [[-1, 3], { below: 5 }],
        [[-1, 3, 2], "float"],
      ],
      ([ids, updates], g) => g.scatterAdd(ids!, updates!, 5),
    ),
    one(
      "numbers",
      [
        [[-1, 3], { below: 5 }],
        [[-1, 3], "float"],
      ],
      ([ids, updates], g) => g.scatterAdd(ids!, updates!, 6),
    ),
  ],
  take: [
    one(
      "rows",
      [
        [[-1, 4], "float"],
        [[-1], { below: 4 }],
      ],
      ([x, ids], g) => g.take(x!, ids!),
    ),
    one(
      "deeper",
      [
        [[-1, 2, 4], "float"],
        [[-1, 2], { below: 4 }],
      ],
      ([x, ids], g) => g.take(x!, ids!),
    ),
    one(
      "int32",
      [
        [[-1, 4], whole],
        [[-1], { below: 4 }],
      ],
      ([x, ids], g) => g.take(x!, ids!),
      false,
    ),
  ],
  matmul: [
    one(
      "plain",
      [
        [[-1, 3], "float"],
        [[3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
    one(
      "second transposed",
      [
        [[-1, 3], "float"],
        [[2, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, false, true),
    ),
    one(
      "over the batch",
      [
        [[-1, 3], "float"],
        [[-1, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, true, false),
    ),
    one(
      "both transposed",
      [
        [[3, -1], "float"],
        [[2, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, true, true),
    ),
    one(
      "batched",
      [
        [[-1, 2, 3], "float"],
        [[-1, 3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
    one(
      "batched, transposed",
      [
        [[-1, 3, 2], "float"],
        [[-1, 4, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, true, true),
    ),
    one(
      "broadcast",
      [
        [[-1, 1, 2, 3], "float"],
        [[4, 3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
    one(
      "matrix with batch",
      [
        [[2, 3], "float"],
        [[-1, 3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
  ],
  conv: convs.map(([name, x, kernel, , attrs]) =>
    one(
      name,
      [
        [x, "float"],
        [kernel, "unit"],
      ],
      ([a, b], g) => g.conv(a!, b!, attrs),
    ),
  ),
  convInput: convs.map(([name, x, kernel, sizes, attrs]) =>
    one(
      name,
      [
        [[x[0], kernel[0], ...sizes], "float"],
        [kernel, "unit"],
      ],
      ([dy, b], g) => g.convInput(dy!, b!, attrs, x.slice(2)),
    ),
  ),
  convKernel: convs.map(([name, x, kernel, sizes, attrs]) =>
    one(
      name,
      [
        [x, "float"],
        [[x[0], kernel[0], ...sizes], "unit"],
      ],
      ([a, dy], g) => g.convKernel(a!, dy!, attrs, kernel.slice(2)),
    ),
  ),
  maxPool: pools.map(([name, x, , attrs]) => one(name, [[x, "float"]], ([a], g) => g.maxPool(a!, attrs))),
  maxPoolGrad: [
    ...pools.map(([name, x, sizes, attrs]) =>
      one(
        name,
        [
          [x, "float"],
          [[x[0], x[1], ...sizes], "float"],
        ],
        ([a, dy], g) => g.maxPoolGrad(g.stopGradient(a!), g.stopGradient(g.maxPool(a!, attrs)), dy!, attrs),
      ),
    ),
    one(
      "ties",
      [
        [[-1, 1, 4, 4], { below: 2 }],
        [[-1, 1, 2, 2], "float"],
      ],
      ([a, dy], g) => {
        const x = g.cast(a!, "float32");
        return g.maxPoolGrad(x, g.maxPool(x, pools[0][3]), dy!, pools[0][3]);
      },
    ),
  ],
  sumPool: pools.map(([name, x, , attrs]) => one(name, [[x, "float"]], ([a], g) => g.sumPool(a!, attrs))),
  sumPoolGrad: pools.map(([name, x, sizes, attrs]) =>
    one(name, [[[x[0], x[1], ...sizes], "float"]], ([dy], g) => g.sumPoolGrad(dy!, attrs, x.slice(2))),
  ),
  allSum: [one("sum over rows", [[[-1, 3], "float"]], ([x], g) => g.allSum(g.sum(x!, [0])))],
};

/** A case's graph, with deterministic elements (float32 exactly) for its inputs. */
export function graphOf(
  { operands, make }: PrimitiveCase,
  rows: number,
): { output: Value; inputs: Value<"input">[]; feeds: Map<Value, Float64Array> } {
  const inputs = operands.map(([dims, kind], i) => {
    const dtype = kind === "bool" ? "bool" : typeof kind === "object" ? "int32" : "float32";
    return build.input(`x${i}`, dims, dtype) as Value<"input">;
  });
  const feeds = new Map<Value, Float64Array>();
  inputs.forEach((input, i) => {
    const size = input.shape.reduce((product, dim) => product * (dim < 0 ? -dim * rows : dim), 1);
    feeds.set(input, elements(operands[i]![1], size, i));
  });
  return { output: make(inputs, build), inputs, feeds };
}

function elements(kind: Kind, size: number, seed: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    // 7919 is prime to every size here, so this runs through all places once.
    const place = (i * 7919 + seed * 131 + 5) % size;
    if (kind === "bool") return (place * 7 + seed) % 3 === 0 ? 1 : 0;
    if (typeof kind === "object") {
      const from = kind.from ?? 0;
      return from + ((place * 31 + seed * 17) % (kind.below - from));
    }
    const between = (place + 0.5 + 0.11 * (seed + 1)) / (size + 1);
    return Math.fround(
      kind === "positive" ? 0.3 + 2 * between : (kind === "unit" ? 1 : 2) * (2 * between - 1) + 0.0113,
    );
  });
}
