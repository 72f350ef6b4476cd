import type { BinaryName, UnaryName } from "../../src/graph/families.js";
import {
  type GraphDType,
  build as g,
  type PrimitiveName,
  recur,
  type Value,
  withGradient,
} from "../../src/graph/index.js";
import type { Pool } from "./pool.js";

/** Adds one primitive to a program: picks operands that may fit, and attributes; null where no operand is there. */
type Maker = (pool: Pool) => Value | null;

const FLOAT: readonly GraphDType[] = ["float32"];
const NUMBER: readonly GraphDType[] = ["float32", "int32"];
const ANY: readonly GraphDType[] = ["float32", "int32", "bool"];

const unary =
  (name: UnaryName, dtypes: readonly GraphDType[]): Maker =>
  (pool) => {
    const x = pool.pick((value) => dtypes.includes(value.dtype));
    return x === null ? null : g[name](x);
  };

const binary =
  (name: BinaryName, dtypes: readonly GraphDType[]): Maker =>
  (pool) => {
    const a = pool.pick((value) => dtypes.includes(value.dtype));
    if (a === null) return null;
    const b = pool.partner(a);
    return pool.chance(2) ? g[name](a, b) : g[name](b, a);
  };

/** A primitive along one axis of one operand, now and then the batch axis. */
const along =
  (dtypes: readonly GraphDType[], make: (x: Value, axis: number, pool: Pool) => Value): Maker =>
  (pool) => {
    const x = pool.pick((value) => dtypes.includes(value.dtype) && value.shape.length > 0);
    if (x === null) return null;
    const axis = pool.below(x.shape.length);
    return x.shape[axis]! < 0 && !pool.chance(4) ? null : make(x, axis, pool);
  };

const reduced =
  (name: "sum" | "max", dtypes: readonly GraphDType[]): Maker =>
  (pool) => {
    const x = pool.pick((value) => dtypes.includes(value.dtype));
    if (x === null) return null;
    const axes = x.shape.flatMap((_, axis) => (pool.chance(2) ? [axis] : []));
    const keepDims = pool.chance(2);
    return name === "sum" ? g.sum(x, axes, keepDims) : g.max(x, axes, keepDims);
  };

/** A value with rows, channels and one or two spatial axes, made from an existing one. */
function image(pool: Pool): Value {
  const axes = 1 + pool.below(2);
  const isImage = (value: Value): boolean =>
    value.dtype === "float32" && value.shape.length === axes + 2 && value.shape.slice(1).every((dim) => dim > 0);
  const found = pool.chance(3) ? null : pool.pick(isImage);
  return (
    found ?? pool.leaf([-1, 1 + pool.below(3), ...Array.from({ length: axes }, () => 2 + pool.below(4))], "float32")
  );
}

const pairs = (pool: Pool, sizes: readonly number[]): (readonly [number, number])[] =>
  sizes.map((size) => [pool.below(size), pool.below(size)]);

function pooled(name: "maxPool" | "sumPool", pool: Pool): Value {
  const x = image(pool);
  const window = x.shape.slice(2).map((size) => 1 + pool.below(Math.min(3, size)));
  const strides = window.map(() => 1 + pool.below(3));
  const wide = pool.chance(3)
    ? g.pad(x, [0, 0, ...window.map(() => pool.below(4))], [0, 0, ...window.map(() => 1)])
    : x;
  return g[name](wide, { window, strides, padding: pairs(pool, window) });
}

function convolved(pool: Pool): Value {
  const x = image(pool);
  const [, channels, ...spatial] = x.shape as readonly [number, number, ...number[]];
  const window = spatial.map((size) => 1 + pool.below(Math.min(3, size)));
  const groups = pool.chance(4) ? channels : 1;
  const kernel = pool.kernel([groups * (1 + pool.below(3)), channels / groups, ...window]);
  const attrs = {
    strides: window.map(() => 1 + pool.below(2)),
    padding: pairs(pool, window),
    dilations: window.map(() => 1),
    groups,
  };
  const wide = pool.chance(4)
    ? g.pad(x, [0, 0, ...window.map(() => pool.below(4))], [0, 0, ...window.map(() => 1)])
    : x;
  const y = g.conv(wide, kernel, attrs);
  return pool.chance(3) ? g.add(y, pool.leaf([y.shape[1]!, ...window.map(() => 1)], "float32")) : y;
}

/** Some of the batches that a batch axis holds. */
function ofBatches(x: Value, axis: number, pool: Pool): Value {
  const batches = -x.shape[axis]!;
  const start = pool.below(batches);
  const end = start + 1 + pool.below(batches - start);
  return g.slice(x, axis, 0 - start, -end, pool.chance(2) ? end - start : 1);
}

/** Products of all rows with all rows, or of matrices of such products. */
function ofRows(a: Value, pool: Pool): Value {
  const [transposeA, transposeB] = [pool.chance(3), pool.chance(2)];
  const k = a.shape.at(transposeA ? -2 : -1);
  const b = pool.pick(
    ({ dtype, shape }) => dtype === "float32" && shape.length === 2 && shape[transposeB ? 1 : 0] === k,
  );
  return b === null ? g.matmul(a, a, transposeA, !transposeA) : g.matmul(a, b, transposeA, transposeB);
}

/** For primitives that gradients use: they enter programs through the gradients of others. */
const throughGradient: Maker = () => null;

const shapeWithSameSize = (x: Value, pool: Pool): number[] => {
  const dims = x.shape.filter((dim) => dim !== 1);
  if (dims.length >= 2 && pool.chance(2)) {
    const at = pool.below(dims.length - 1);
    dims.splice(at, 2, dims[at]! * dims[at + 1]!);
  } else if (dims.length > 0) {
    const at = pool.below(dims.length);
    const [dim, factor] = [dims[at]!, 2 + pool.below(2)];
    if (dim % factor === 0) dims.splice(at, 1, ...(pool.chance(2) ? [dim / factor, factor] : [factor, dim / factor]));
  }
  if (pool.chance(3)) dims.splice(pool.below(dims.length + 1), 0, 1);
  return dims;
};

/** A maker for every primitive; a missing one does not compile. */
export const MAKERS: { readonly [P in PrimitiveName]: Maker } = {
  input: (pool) => pool.leaf(pool.shape(), ANY[pool.below(3)]!),
  constant: (pool) =>
    pool.constant(
      pool.shape().filter((dim) => dim >= 0),
      ANY[pool.below(3)]!,
    ),
  random: (pool) => pool.random(),
  neg: unary("neg", NUMBER),
  abs: unary("abs", NUMBER),
  sign: unary("sign", NUMBER),
  exp: unary("exp", FLOAT),
  log: unary("log", FLOAT),
  sqrt: unary("sqrt", FLOAT),
  sin: unary("sin", FLOAT),
  cos: unary("cos", FLOAT),
  atan: unary("atan", FLOAT),
  tanh: unary("tanh", FLOAT),
  erf: unary("erf", FLOAT),
  sigmoid: unary("sigmoid", FLOAT),
  softplus: unary("softplus", FLOAT),
  relu: unary("relu", NUMBER),
  floor: unary("floor", FLOAT),
  round: unary("round", FLOAT),
  not: unary("not", ["bool"]),
  isNan: unary("isNan", FLOAT),
  stopGradient: unary("stopGradient", ANY),
  add: binary("add", NUMBER),
  sub: binary("sub", NUMBER),
  mul: binary("mul", NUMBER),
  div: binary("div", NUMBER),
  pow: binary("pow", FLOAT),
  maximum: binary("maximum", NUMBER),
  minimum: binary("minimum", NUMBER),
  mod: binary("mod", NUMBER),
  equal: binary("equal", ANY),
  greater: binary("greater", NUMBER),
  greaterEqual: binary("greaterEqual", NUMBER),
  and: binary("and", ["bool"]),
  bitAnd: binary("bitAnd", ["int32"]),
  or: binary("or", ["bool"]),
  cast: (pool) => {
    const x = pool.pick(() => true);
    const to = ANY[pool.below(3)]!;
    if (x === null || x.dtype !== "float32" || to !== "int32") return x === null ? null : g.cast(x, to);
    // Casting numbers outside int32 depends on the machine, so they are clipped.
    const number = g.where(g.isNan(x), g.scalar(0), x);
    return g.cast(g.minimum(g.maximum(number, g.scalar(-1e9)), g.scalar(1e9)), "int32");
  },
  where: (pool) => {
    const a = pool.pick(() => true);
    if (a === null) return null;
    const condition = pool.partner(a, "bool");
    return g.where(condition, a, pool.partner(a));
  },
  reshape: (pool) => {
    const x = pool.pick(() => true);
    return x === null ? null : g.reshape(x, shapeWithSameSize(x, pool));
  },
  transpose: (pool) => {
    const x = pool.pick((value) => value.shape.length > 1);
    if (x === null) return null;
    const axes = x.shape.map((_, axis) => axis);
    return g.transpose(
      x,
      x.shape.map(() => axes.splice(pool.below(axes.length), 1)[0]!),
    );
  },
  broadcast: (pool) => {
    const x = pool.pick(() => true);
    if (x === null) return null;
    const wide = x.shape.map((dim) => (dim === 1 ? 1 + pool.below(3) : dim));
    return g.broadcast(x, pool.chance(2) ? [1 + pool.below(3), ...wide] : wide);
  },
  slice: along(ANY, (x, axis, pool) => {
    if (x.shape[axis]! < 0) return ofBatches(x, axis, pool);
    const start = pool.below(x.shape[axis]! + 1);
    return g.slice(x, axis, start, start + pool.below(x.shape[axis]! - start + 1), 1 + pool.below(3));
  }),
  pad: (pool) => {
    const x = pool.pick((value) => value.dtype !== "bool");
    const width = (dim: number): number => (dim < 0 ? -(pool.chance(4) ? pool.below(2) : 0) + 0 : pool.below(3));
    return x === null ? null : g.pad(x, x.shape.map(width), x.shape.map(width), pool.chance(2) ? 0 : 2);
  },
  concat: along(ANY, (x, axis, pool) => {
    const other = pool.pick((value) => value.dtype === x.dtype && value.shape.join() === x.shape.join()) ?? x;
    return g.concat(pool.chance(3) ? [x, other, x] : [x, other], axis);
  }),
  reverse: along(ANY, (x, axis) => g.reverse(x, axis)),
  sum: reduced("sum", NUMBER),
  max: reduced("max", NUMBER),
  // Whether NaN is larger than numbers depends on the machine.
  argmax: along(NUMBER, (x, axis) => g.argmax(x.dtype === "float32" ? g.where(g.isNan(x), g.scalar(0), x) : x, axis)),
  cumsum: along(NUMBER, (x, axis, pool) => g.cumsum(x, axis, pool.chance(2), pool.chance(2))),
  argsort: along(NUMBER, (x, axis, pool) => g.argsort(x, axis, pool.chance(2), x.shape[axis]!)),
  softmax: along(FLOAT, (x, axis) => g.softmax(x, axis)),
  logSoftmax: along(FLOAT, (x, axis) => g.logSoftmax(x, axis)),
  gather: (pool) => {
    const table = pool.pick((value) => value.shape.length > 0 && value.shape[0]! !== 0);
    return table === null ? null : g.gather(table, pool.ids(pool.chance(2) ? [-1, 2] : [3], table.shape[0]!));
  },
  scatterAdd: (pool) => {
    const updates = pool.pick((value) => value.dtype !== "bool" && value.shape.length > 0);
    if (updates === null) return null;
    const rows = pool.chance(4) ? -1 - pool.below(2) : 3;
    return g.scatterAdd(pool.ids(updates.shape.slice(0, 1), rows), updates, rows);
  },
  take: (pool) => {
    const x = pool.pick((value) => value.shape.length > 0 && value.shape.at(-1) !== 0);
    return x === null ? null : g.take(x, pool.ids(x.shape.slice(0, -1), x.shape.at(-1)!));
  },
  takeAlong: along(ANY, (x, axis, pool) => g.takeAlong(x, pool.ids(x.shape, x.shape[axis]!), axis)),
  addAlong: along(NUMBER, (x, axis, pool) => {
    const size = pool.chance(4) ? -1 : 3;
    return g.addAlong(x, pool.ids(x.shape, size), axis, size);
  }),
  put: (pool) => {
    const x = pool.pick((value) => value.dtype === "float32" && value.shape.length < 4);
    const size = pool.chance(4) ? -1 : 3;
    return x === null ? null : g.put(x, pool.ids(x.shape, size), size);
  },
  matmul: (pool) => {
    const a = pool.pick((value) => value.dtype === "float32" && value.shape.length >= 2);
    if (a === null) return null;
    if (pool.chance(3)) return ofRows(a, pool);
    const [k, n] = [a.shape.at(-1)!, 1 + pool.below(3)];
    const transposeB = pool.chance(2);
    const known = pool.pick(
      ({ dtype, shape }) =>
        dtype === "float32" && shape.length === 2 && shape[transposeB ? 1 : 0] === k && shape.every((dim) => dim >= 0),
    );
    return g.matmul(a, known ?? pool.leaf(transposeB ? [n, k] : [k, n], "float32"), false, transposeB);
  },
  conv: convolved,
  convInput: throughGradient,
  convKernel: throughGradient,
  maxPool: (pool) => pooled("maxPool", pool),
  maxPoolGrad: throughGradient,
  sumPool: (pool) => pooled("sumPool", pool),
  sumPoolGrad: throughGradient,
  scan: (pool) => {
    const isPart = ({ dtype, shape }: Value): boolean =>
      dtype === "float32" && shape.length >= 1 && shape[0]! > 0 && shape[0]! < 5;
    const sequence = pool.pick(isPart);
    if (sequence === null || pool.inStep) return null;
    const initial = g.broadcast(g.scalar(0.25), sequence.shape.slice(1));
    const result = recur(
      { states: [initial], sequences: [sequence], reverse: pool.chance(2) },
      ([state], [element]) => {
        const step = pool.step([state!, element!]);
        const like = step.values.filter(
          ({ dtype, shape }) => dtype === "float32" && shape.join() === state!.shape.join(),
        );
        return { states: [g.tanh(g.add(like.at(-1)!, state!))], outputs: [step.values.at(-1)!] };
      },
    );
    return pool.chance(2) ? result.states[0]! : result.outputs[0]!;
  },
  customGradient: (pool) => {
    const x = pool.pick(({ dtype }) => dtype === "float32");
    return x === null ? null : withGradient(g.sin(x), [x], (dy) => [g.mul(dy, g.cos(x))]);
  },
  allSum: () => null,
  allRows: () => null,
  ownRows: () => null,
};
