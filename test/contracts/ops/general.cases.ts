import { Tensor } from "../../../src/core/tensor.js";
import type { Value } from "../../../src/graph/index.js";
import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

export const general: OpRows<
  | "neg"
  | "abs"
  | "sign"
  | "exp"
  | "log"
  | "sqrt"
  | "sin"
  | "cos"
  | "tanh"
  | "erf"
  | "sigmoid"
  | "softplus"
  | "relu"
  | "floor"
  | "round"
  | "logicalNot"
  | "isNan"
  | "square"
  | "rsqrt"
  | "reciprocal"
  | "ceil"
  | "log1p"
  | "expm1"
  | "cast"
  | "stopGradient"
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "floorDivide"
  | "power"
  | "maximum"
  | "minimum"
  | "mod"
  | "equal"
  | "notEqual"
  | "greater"
  | "greaterEqual"
  | "less"
  | "lessEqual"
  | "logicalAnd"
  | "logicalOr"
  | "where"
  | "clip"
  | "constant"
  | "allSum"
  | "input"
  | "random"
  | "iota"
  | "full"
  | "zerosLike"
  | "onesLike"
  | "reshape"
  | "transpose"
  | "broadcastTo"
  | "slice"
  | "pad"
  | "concatenate"
  | "stack"
  | "split"
  | "reverse"
  | "expandDims"
  | "squeeze"
  | "flatten2d"
  | "swapAxes"
  | "moveAxis"
  | "repeat"
  | "tile"
  | "sum"
  | "max"
  | "min"
  | "mean"
  | "batchRows"
  | "variance"
  | "prod"
  | "any"
  | "all"
  | "logSumExp"
  | "argmax"
  | "argmin"
  | "cumsum"
  | "sortDescending"
  | "norm"
  | "normalize"
  | "std"
  | "logicalXor"
  | "tensordot"
  | "dot"
  | "outer"
  | "eye"
  | "tril"
  | "triu"
  | "trace"
  | "diagonal"
  | "arange"
  | "linspace"
  | "ones"
  | "zeros"
  | "logAddExp"
  | "unstack"
  | "roll"
  | "sort"
  | "argsort"
  | "topK"
  | "takeAlongAxis"
  | "l2Norm"
  | "softmax"
  | "logSoftmax"
  | "gather"
  | "take"
  | "oneHot"
  | "scatterAdd"
  | "matmul"
  | "einsum"
  | "conv"
  | "convTranspose"
  | "maxPool"
  | "averagePool"
  | "gradients"
  | "customGradient"
  | "recur"
  | "reverse"
> = {
  neg: [on("float", ops.neg), on("int", ops.neg)],
  abs: [on("float", ops.abs), on("int", ops.abs)],
  sign: [on("float", ops.sign)],
  exp: [on("float", ops.exp), on("int", ops.exp)],
  log: [on("float", ops.log)],
  sqrt: [on("float", ops.sqrt)],
  sin: [on("float", ops.sin)],
  cos: [on("float", ops.cos)],
  tanh: [on("float", ops.tanh)],
  erf: [on("float", ops.erf)],
  sigmoid: [on("float", ops.sigmoid)],
  softplus: [on("float", ops.softplus)],
  relu: [on("float", ops.relu), on("at 0", ops.relu)],
  floor: [on("float", ops.floor)],
  round: [on("float", ops.round), on("halves", ops.round)],
  logicalNot: [on("bool", ops.logicalNot)],
  isNan: [on("float", ops.isNan)],
  square: [on("float", ops.square)],
  rsqrt: [on("float", ops.rsqrt)],
  reciprocal: [on("float", ops.reciprocal)],
  ceil: [on("float", ops.ceil)],
  log1p: [on("float", ops.log1p), on("near 0", ops.log1p), on("large", ops.log1p)],
  expm1: [on("float", ops.expm1), on("near 0", ops.expm1), on("large", ops.expm1)],
  cast: [
    on("to int", (x) => ops.cast(x!, "int32")),
    on("to bool", (x) => ops.cast(x!, "bool")),
    on("to float", (x) => ops.cast(x!, "float32")),
  ],
  stopGradient: [on("float", (x) => ops.multiply(ops.stopGradient(x!), x!))],
  add: [on("float", ops.add), on("row", ops.add), on("number", (x) => ops.add(x!, 1.5)), on("int and float", ops.add)],
  subtract: [on("float", ops.subtract), on("int", ops.subtract)],
  multiply: [on("float", ops.multiply), on("bool", ops.multiply)],
  divide: [on("float", ops.divide), on("int", ops.divide)],
  floorDivide: [on("float", ops.floorDivide), on("int", ops.floorDivide), on("negative int", ops.floorDivide)],
  power: [on("float", ops.power), on("square", (x) => ops.power(x!, 2)), on("cube", (x) => ops.power(x!, 3))],
  maximum: [on("float", ops.maximum), on("ties", ops.maximum)],
  minimum: [on("float", ops.minimum), on("ties", ops.minimum)],
  mod: [on("float", ops.mod), on("int", ops.mod)],
  equal: [on("int", ops.equal), on("bool", ops.equal)],
  notEqual: [on("int", ops.notEqual)],
  greater: [on("float", ops.greater), on("int", ops.greater)],
  greaterEqual: [on("int", ops.greaterEqual)],
  less: [on("float", ops.less)],
  lessEqual: [on("int", ops.lessEqual)],
  logicalAnd: [on("bool", ops.logicalAnd)],
  logicalOr: [on("bool", ops.logicalOr)],
  where: [on("float", ops.where), on("number", (c, x) => ops.where(c!, x!, 0))],
  clip: [on("float", (x) => ops.clip(x!, -1, 0.5))],
  constant: [on("tensor", (x) => ops.multiply(x!, ops.constant(new Tensor([1, -2, 0.5, 3]))))],
  allSum: [on("rows", (x) => ops.allSum(ops.sum(x!, { axes: 0 })))],
  input: [on("itself", (x) => x!)],
  random: [on("times 0", (x) => ops.multiply(x!, ops.multiply(ops.random(x!.shape, 1, "uniform"), 0)))],
  iota: [on("five", () => ops.iota(5))],
  full: [on("number", () => ops.full([-1, 2], 1.5))],
  zerosLike: [on("float", ops.zerosLike)],
  onesLike: [on("int", ops.onesLike)],
  reshape: [on("split", (x) => ops.reshape(x!, [-1, 2, 2]))],
  transpose: [on("all", (x) => ops.transpose(x!)), on("perm", (x) => ops.transpose(x!, [0, 2, 1]))],
  broadcastTo: [on("row", (x) => ops.broadcastTo(x!, [-1, 4]), [])],
  slice: [
    on("plain", (x) => ops.slice(x!, 1, 1, 3)),
    on("negative, steps", (x) => ops.slice(x!, 1, -6, -1, 2)),
    on("last axis", (x) => ops.slice(x!, -1, 2, 9)),
  ],
  pad: [on("zeros", (x) => ops.pad(x!, [0, 1], [0, 2])), on("value", (x) => ops.pad(x!, [0, 1], [0, 0], 7))],
  concatenate: [on("last", (a, b) => ops.concatenate([a!, b!], -1))],
  stack: [on("last", (a, b) => ops.stack([a!, b!], -1)), on("middle", (a, b) => ops.stack([a!, b!], 1))],
  split: [on("second part", (x) => ops.split(x!, 2, -1)[1]!)],
  reverse: [on("last", (x) => ops.reverse(x!, -1))],
  expandDims: [on("last", (x) => ops.expandDims(x!, -1)), on("first", (x) => ops.expandDims(x!, 1))],
  squeeze: [on("middle", (x) => ops.squeeze(x!, 1))],
  flatten2d: [on("image", ops.flatten2d)],
  swapAxes: [on("last two", (x) => ops.swapAxes(x!, -1, -2))],
  moveAxis: [on("last to 1", (x) => ops.moveAxis(x!, -1, 1)), on("1 to last", (x) => ops.moveAxis(x!, 1, -1))],
  repeat: [on("axis 1", (x) => ops.repeat(x!, 3, 1)), on("rows", (x) => ops.repeat(x!, 2, 0))],
  tile: [on("axis 1", (x) => ops.tile(x!, 3, 1))],
  sum: [
    on("all", (x) => ops.allSum(ops.sum(x!))),
    on("axes", (x) => ops.allSum(ops.sum(x!, { axes: [0, -1], keepDims: true }))),
    on("bool", (x) => ops.sum(x!, { axes: 1 })),
  ],
  max: [on("last", (x) => ops.max(x!, { axes: -1 })), on("ties", (x) => ops.max(x!, { axes: -1 }))],
  min: [on("last", (x) => ops.min(x!, { axes: -1, keepDims: true })), on("int", (x) => ops.min(x!, { axes: -1 }))],
  mean: [
    on("all", (x) => ops.mean(x!)),
    on("last", (x) => ops.mean(x!, { axes: -1, keepDims: true })),
    on("int", (x) => ops.mean(x!, { axes: 0 })),
  ],
  batchRows: [on("three", (x) => ops.multiply(x!, ops.batchRows()))],
  variance: [
    on("all", (x) => ops.variance(x!)),
    on("batch", (x) => ops.variance(x!, { axes: 0 })),
    on("last", (x) => ops.variance(x!, { axes: -1, keepDims: true })),
  ],
  prod: [on("last", (x) => ops.prod(x!, { axes: -1 })), on("zeros", (x) => ops.prod(x!, { axes: 1, keepDims: true }))],
  any: [on("last", (x) => ops.any(x!, { axes: -1 }))],
  all: [on("last", (x) => ops.all(x!, { axes: -1 }))],
  logSumExp: [
    on("last", (x) => ops.logSumExp(x!, { axes: -1 })),
    on("large", (x) => ops.logSumExp(x!, { axes: -1, keepDims: true })),
  ],
  argmax: [on("last", (x) => ops.argmax(x!, -1)), on("ties", (x) => ops.argmax(x!, 1))],
  argmin: [on("last", (x) => ops.argmin(x!, -1))],
  cumsum: [
    on("last", (x) => ops.cumsum(x!, -1)),
    on("exclusive, reverse", (x) => ops.cumsum(x!, 1, { exclusive: true, reverse: true })),
  ],
  sortDescending: [on("last", (x) => ops.sortDescending(x!))],
  norm: [
    on("all", (x) => ops.norm(x!)),
    on("three axes", (x) => ops.norm(x!, { axes: [1, 2, 3] })),
    on("order 1", (x) => ops.norm(x!, { order: 1, axes: -1 })),
    on("order 2, kept", (x) => ops.norm(x!, { order: 2, axes: 1, keepDims: true })),
    on("order 3", (x) => ops.norm(x!, { order: 3, axes: -1 })),
    on("order 0", (x) => ops.norm(x!, { order: 0, axes: -1 })),
    on("largest", (x) => ops.norm(x!, { order: Number.POSITIVE_INFINITY, axes: -1 })),
    on("smallest", (x) => ops.norm(x!, { order: Number.NEGATIVE_INFINITY, axes: -1 })),
    on("fro", (x) => ops.norm(x!, { order: "fro", axes: [1, 2] })),
  ],
  normalize: [
    on("last", (x) => ops.normalize(x!)),
    on("order 1, middle", (x) => ops.normalize(x!, { axis: 1, order: 1 })),
    on("order 3", (x) => ops.normalize(x!, { order: 3 })),
    on("short", (x) => ops.normalize(x!, { epsilon: 0.5 })),
  ],
  std: [on("all", (x) => ops.std(x!)), on("last", (x) => ops.std(x!, { axes: -1, keepDims: true }))],
  logicalXor: [on("bool", ops.logicalXor)],
  tensordot: [
    on("two axes", (a, b) => ops.tensordot(a!, b!), [0]),
    on("a pair", (a, b) => ops.tensordot(a!, b!, [1, 0]), [0]),
    on(
      "pairs",
      (a, b) =>
        ops.tensordot(a!, b!, [
          [2, 1],
          [0, -1],
        ]),
      [0],
    ),
    on("none", (a, b) => ops.tensordot(a!, b!, 0), [0]),
  ],
  dot: [
    on("matrices", ops.dot, [0]),
    on("vector", ops.dot, [0]),
    on("deeper", ops.dot, [0]),
    on("number", (x) => ops.dot(x!, 2.5)),
  ],
  outer: [on("rows and vector", ops.outer, [0]), on("matrices", ops.outer, [0])],
  eye: [on("square", () => ops.eye(3)), on("moved", () => ops.eye(3, 4, 1, "int32"))],
  tril: [on("square", (x) => ops.tril(x!)), on("moved", (x) => ops.tril(x!, -1))],
  triu: [on("square", (x) => ops.triu(x!)), on("moved", (x) => ops.triu(x!, 1))],
  trace: [on("square", ops.trace)],
  diagonal: [on("square", ops.diagonal), on("wide", ops.diagonal)],
  arange: [
    on("to", () => ops.arange(5)),
    on("by", () => ops.arange(1, 8, 3)),
    on("fractions", () => ops.arange(0.5, -1.1, -0.5)),
  ],
  linspace: [on("five", () => ops.linspace(-1, 2, 5)), on("one", () => ops.linspace(3, 4, 1))],
  ones: [on("int", () => ops.ones([-1, 2], "int32"))],
  zeros: [on("float", () => ops.zeros([-1, 2]))],
  logAddExp: [
    on("row", ops.logAddExp),
    on("equal", (x) => ops.logAddExp(x!, ops.multiply(x!, 1))),
    on("far apart", ops.logAddExp),
    on("infinite", ops.logAddExp),
  ],
  unstack: [on("second", (x) => ops.unstack(x!, 1)[1]!)],
  roll: [on("ahead", (x) => ops.roll(x!, 1, 1)), on("back", (x) => ops.roll(x!, -6, -1))],
  sort: [
    on("last", (x) => ops.sort(x!)),
    on("middle", (x) => ops.sort(x!, { axis: 1 })),
    on("int", (x) => ops.sort(x!)),
  ],
  argsort: [on("last", (x) => ops.argsort(x!)), on("equals", (x) => ops.argsort(x!, { axis: 1 }))],
  topK: [on("values", (x) => ops.topK(x!, 2).values), on("indices", (x) => ops.topK(x!, 3).indices)],
  takeAlongAxis: [
    on("last", (x, ids) => ops.takeAlongAxis(x!, ids!)),
    on("one place for all", (x, ids) => ops.takeAlongAxis(x!, ids!, 1)),
  ],
  l2Norm: [on("last", (x) => ops.l2Norm(x!, { axes: -1 }))],
  softmax: [on("last", (x) => ops.softmax(x!)), on("middle", (x) => ops.softmax(x!, 1))],
  logSoftmax: [on("last", (x) => ops.logSoftmax(x!)), on("large", (x) => ops.logSoftmax(x!))],
  gather: [on("rows", ops.gather, [1])],
  take: [on("last", ops.take, [0, 1])],
  oneHot: [on("inside and outside", (ids) => ops.oneHot(ids!, 4))],
  scatterAdd: [on("rows", (ids, updates) => ops.allSum(ops.scatterAdd(ids!, updates!, 5)), [0, 1])],
  matmul: [
    on("matrices", (a, b) => ops.matmul(a!, b!)),
    on("rank 3 by 2", (a, b) => ops.matmul(a!, b!)),
    on("rank 3 by 2, transposed", (a, b) => ops.matmul(a!, b!, { transposeB: true })),
    on("batched, transposed", (a, b) => ops.matmul(a!, b!, { transposeB: true })),
  ],
  einsum: [
    on("dense", (a, b) => ops.einsum("abc,cd->abd", a!, b!), [0]),
    on("attention scores", (a, b) => ops.einsum("aecd,abcd->acbe", a!, b!)),
    on("attention output", (a, b) => ops.einsum("acbe,aecd->abcd", a!, b!)),
    on("heads to features", (a, b) => ops.einsum("abcd,cde->abe", a!, b!), [0]),
    on("lonely letters, transposed", (a, b) => ops.einsum("abc,db->da", a!, b!), [0]),
    on("ellipsis", (a, b) => ops.einsum("...x,xy->...y", a!, b!), [0]),
    on("outer", (a, b) => ops.einsum("ab,c->cab", a!, b!), [0]),
  ],
  conv: [
    on("valid", (x, k) => ops.conv(x!, k!), [0]),
    on("same, strides", (x, k) => ops.conv(x!, k!, { padding: "same", strides: 2 }), [0]),
    on("dilated", (x, k) => ops.conv(x!, k!, { padding: "same", dilations: 2 }), [0]),
    on("groups", (x, k) => ops.conv(x!, k!, { groups: 2 }), [0]),
    on("channels first", (x, k) => ops.conv(x!, k!, { padding: "same", dataFormat: "channels_first" }), [0]),
    on("one axis, causal", (x, k) => ops.conv(x!, k!, { padding: "causal", dilations: 2 }), [0]),
  ],
  convTranspose: [
    on("valid", (x, k) => ops.convTranspose(x!, k!), [0]),
    on("valid, strides", (x, k) => ops.convTranspose(x!, k!, { strides: 2 }), [0]),
    on("strides above kernel", (x, k) => ops.convTranspose(x!, k!, { strides: 3 }), [0]),
    on("same, strides", (x, k) => ops.convTranspose(x!, k!, { strides: 2, padding: "same" }), [0]),
    on("same, even kernel", (x, k) => ops.convTranspose(x!, k!, { strides: 2, padding: "same" }), [0]),
    on("same, kernel 1", (x, k) => ops.convTranspose(x!, k!, { strides: 2, padding: "same" }), [0]),
    on("same, strides 1", (x, k) => ops.convTranspose(x!, k!, { padding: "same" }), [0]),
    on("output padding", (x, k) => ops.convTranspose(x!, k!, { strides: 2, padding: "same", outputPadding: 1 }), [0]),
    on("valid, output padding", (x, k) => ops.convTranspose(x!, k!, { strides: 2, outputPadding: 0 }), [0]),
    on("dilated", (x, k) => ops.convTranspose(x!, k!, { dilations: 2 }), [0]),
    on("one axis", (x, k) => ops.convTranspose(x!, k!, { strides: 2, padding: "same" }), [0]),
  ],
  maxPool: [
    on("valid", (x) => ops.maxPool(x!, { poolSize: [2, 2] })),
    on("same", (x) => ops.maxPool(x!, { poolSize: [3, 2], strides: 2, padding: "same" })),
    on("channels first", (x) => ops.maxPool(x!, { poolSize: [2, 2], strides: 1, dataFormat: "channels_first" })),
    on("ties", (x) => ops.maxPool(x!, { poolSize: [2, 2] })),
  ],
  averagePool: [
    on("valid", (x) => ops.averagePool(x!, { poolSize: [2, 2] })),
    on("same", (x) => ops.averagePool(x!, { poolSize: [3, 2], strides: 2, padding: "same" })),
    on("one axis", (x) => ops.averagePool(x!, { poolSize: [3], strides: 1, padding: "same" })),
  ],
  gradients: [
    on("of rows", (x) => ops.gradients(ops.multiply(ops.exp(x!), ops.tanh(x!)), x!)),
    on("of a weight", (x, w) => ops.gradients(ops.power(ops.tanh(ops.matmul(x!, w!)), 3), w!), [0]),
    on(
      "several",
      (x, w) => {
        const [dx, dw] = ops.gradients([ops.multiply(ops.sin(x!), w!), ops.square(w!)], [x!, w!]);
        return ops.concatenate([dx, ops.broadcastTo(dw, x!.shape)], -1);
      },
      [0],
    ),
    on("arriving", (x, d) => ops.gradients(ops.softmax(x!), x!, { outputGradients: d! })),
    on(
      "of gradients",
      (x, w) => {
        const slope = ops.l2Norm(ops.gradients(ops.tanh(ops.matmul(x!, w!)), x!), { axes: -1 });
        return ops.gradients(ops.mean(ops.square(ops.subtract(slope, 1))), w!);
      },
      [0],
    ),
    on("third order", (x) => {
      const first = ops.gradients(ops.tanh(x!), x!);
      return ops.gradients(ops.gradients(first, x!), x!);
    }),
  ],
  customGradient: [
    on("reversed and clipped", (x) =>
      ops.customGradient((x) => ({
        value: ops.square(x),
        gradient: (dy) => ops.neg(ops.clip(ops.multiply(dy, x), -0.5, 0.5)),
      }))(x!),
    ),
    on(
      "of two",
      (x, w) =>
        ops.customGradient((x: Value, w: Value) => ({
          value: ops.multiply(ops.sin(x), w),
          gradient: (dy) => [ops.multiply(ops.multiply(dy, w), 2), ops.sum(ops.multiply(dy, x), { axes: 0 })],
        }))(x!, w!),
      [0],
    ),
    on("its gradient again", (x) => {
      const y = ops.customGradient((x) => ({ value: x, gradient: (dy) => ops.multiply(dy, ops.power(x, 3)) }))(x!);
      return ops.gradients(ops.square(y), x!);
    }),
  ],
  recur: [
    on(
      "states and outputs",
      (h, x, w) =>
        recurred(h!, x!, false, (c, e) => [ops.tanh(ops.add(ops.matmul(c, w!), e)), ops.multiply(ops.exp(c), e)]),
      [0, 1],
    ),
    on("backwards", (h, x) => recurred(h!, x!, true, (c, e) => [ops.add(ops.multiply(c, e), 1), c]), [0, 1]),
  ],
};

/** The last state and the outputs of all steps, side by side. */
function recurred(
  h: Value,
  x: Value,
  reverse: boolean,
  step: (state: Value, element: Value) => readonly [Value, Value],
): Value {
  const { states, outputs } = ops.recur({ states: [h], sequences: [ops.swapAxes(x, 0, 1)], reverse }, ([c], [e]) => {
    const [next, output] = step(c!, e!);
    return { states: [next], outputs: [output] };
  });
  return ops.concatenate([ops.expandDims(states[0]!, 1), ops.swapAxes(outputs[0]!, 0, 1)], 1);
}
