import { Tensor } from "../core/tensor.js";
import { apply } from "./apply.js";
import type { BinaryName, UnaryName } from "./families.js";
import { sameDims } from "./fit.js";
import type { GradientRule } from "./gradient-rule.js";
import type { ConvAttrs, PoolAttrs } from "./primitive.js";
import type { Scan, Step } from "./step.js";
import type { Dims, GraphDType, InputValue, Value } from "./value.js";

/** Every primitive as a function. Strict: dtypes are not promoted, axes are not negative; `ops` adds both. */
export interface Build
  extends Readonly<Record<UnaryName, (x: Value) => Value>>,
    Readonly<Record<BinaryName, (a: Value, b: Value) => Value>> {
  input(name: string, shape: Dims, dtype: GraphDType): InputValue;
  constant(tensor: Tensor): Value<"constant">;
  scalar(value: number, dtype?: GraphDType): Value<"constant">;
  random(shape: Dims, stream: number, distribution: "uniform" | "normal"): Value<"random">;
  cast(x: Value, dtype: GraphDType): Value;
  where(condition: Value, a: Value, b: Value): Value;
  reshape(x: Value, shape: Dims): Value;
  transpose(x: Value, perm: readonly number[]): Value;
  broadcast(x: Value, shape: Dims): Value;
  slice(x: Value, axis: number, start: number, end: number, step?: number): Value;
  pad(x: Value, before: readonly number[], after: readonly number[], value?: number): Value;
  concat(xs: readonly Value[], axis: number): Value;
  reverse(x: Value, axis: number): Value;
  sum(x: Value, axes: readonly number[], keepDims?: boolean): Value;
  max(x: Value, axes: readonly number[], keepDims?: boolean): Value;
  argmax(x: Value, axis: number): Value;
  cumsum(x: Value, axis: number, exclusive: boolean, reverse: boolean): Value;
  argsort(x: Value, axis: number, descending: boolean, count: number): Value;
  softmax(x: Value, axis: number): Value;
  logSoftmax(x: Value, axis: number): Value;
  gather(table: Value, ids: Value): Value;
  scatterAdd(ids: Value, updates: Value, rows: number): Value;
  take(x: Value, ids: Value): Value;
  put(x: Value, ids: Value, size: number): Value;
  takeAlong(x: Value, ids: Value, axis: number): Value;
  addAlong(x: Value, ids: Value, axis: number, size: number): Value;
  matmul(a: Value, b: Value, transposeA?: boolean, transposeB?: boolean): Value;
  conv(x: Value, kernel: Value, attrs: ConvAttrs): Value;
  convInput(dy: Value, kernel: Value, attrs: ConvAttrs, spatial: readonly number[]): Value;
  convKernel(x: Value, dy: Value, attrs: ConvAttrs, spatial: readonly number[]): Value;
  maxPool(x: Value, attrs: PoolAttrs): Value;
  maxPoolGrad(x: Value, y: Value, dy: Value, attrs: PoolAttrs): Value;
  sumPool(x: Value, attrs: PoolAttrs): Value;
  sumPoolGrad(dy: Value, attrs: PoolAttrs, spatial: readonly number[]): Value;
  scan(step: Step, of: Value, last: boolean, inputs: readonly Value[]): Scan;
  customGradient(rule: GradientRule, inputs: readonly Value[]): Value;
  allSum(x: Value): Value;
  allRows(x: Value): Value;
  ownRows(x: Value): Value;
  /** `x`, or its reshape when the shape differs. */
  shaped(x: Value, shape: Dims): Value;
  /** 0, 1, …, n - 1 as int32. -k gives as many as k times the rows of the batch. */
  iota(n: number): Value;
}

const unary =
  (name: UnaryName) =>
  (x: Value): Value =>
    apply(name, [x], {});
const binary =
  (name: BinaryName) =>
  (a: Value, b: Value): Value =>
    apply(name, [a, b], {});

const convAttrs = ({ strides, padding, dilations, groups, block }: ConvAttrs): ConvAttrs => ({
  strides,
  padding,
  dilations,
  groups,
  ...(block === undefined ? {} : { block }),
});
const poolAttrs = ({ window, strides, padding }: PoolAttrs): PoolAttrs => ({ window, strides, padding });

export const build: Build = {
  input: (name, shape, dtype) => apply("input", [], { name, shape, dtype }),
  constant: (tensor) => apply("constant", [], { tensor }),
  scalar: (value, dtype = "float32") => apply("constant", [], { tensor: Tensor.scalar(value, dtype) }),
  random: (shape, stream, distribution) => apply("random", [], { stream, distribution, shape }),
  neg: unary("neg"),
  abs: unary("abs"),
  sign: unary("sign"),
  exp: unary("exp"),
  log: unary("log"),
  sqrt: unary("sqrt"),
  sin: unary("sin"),
  cos: unary("cos"),
  atan: unary("atan"),
  tanh: unary("tanh"),
  erf: unary("erf"),
  sigmoid: unary("sigmoid"),
  softplus: unary("softplus"),
  relu: unary("relu"),
  floor: unary("floor"),
  round: unary("round"),
  not: unary("not"),
  isNan: unary("isNan"),
  stopGradient: unary("stopGradient"),
  add: binary("add"),
  sub: binary("sub"),
  mul: binary("mul"),
  div: binary("div"),
  pow: binary("pow"),
  maximum: binary("maximum"),
  minimum: binary("minimum"),
  mod: binary("mod"),
  equal: binary("equal"),
  greater: binary("greater"),
  greaterEqual: binary("greaterEqual"),
  and: binary("and"),
  bitAnd: binary("bitAnd"),
  or: binary("or"),
  cast: (x, dtype) => apply("cast", [x], { dtype }),
  where: (condition, a, b) => apply("where", [condition, a, b], {}),
  reshape: (x, shape) => apply("reshape", [x], { shape }),
  transpose: (x, perm) => apply("transpose", [x], { perm }),
  broadcast: (x, shape) => apply("broadcast", [x], { shape }),
  slice: (x, axis, start, end, step = 1) => apply("slice", [x], { axis, start, end, step }),
  pad: (x, before, after, value = 0) => apply("pad", [x], { before, after, value }),
  concat: (xs, axis) => apply("concat", xs, { axis }),
  reverse: (x, axis) => apply("reverse", [x], { axis }),
  sum: (x, axes, keepDims = false) => apply("sum", [x], { axes, keepDims }),
  max: (x, axes, keepDims = false) => apply("max", [x], { axes, keepDims }),
  argmax: (x, axis) => apply("argmax", [x], { axis }),
  cumsum: (x, axis, exclusive, reverse) => apply("cumsum", [x], { axis, exclusive, reverse }),
  argsort: (x, axis, descending, count) => apply("argsort", [x], { axis, descending, count }),
  softmax: (x, axis) => apply("softmax", [x], { axis }),
  logSoftmax: (x, axis) => apply("logSoftmax", [x], { axis }),
  gather: (table, ids) => apply("gather", [table, ids], {}),
  scatterAdd: (ids, updates, rows) => apply("scatterAdd", [ids, updates], { rows }),
  take: (x, ids) => apply("take", [x, ids], {}),
  put: (x, ids, size) => apply("put", [x, ids], { size }),
  takeAlong: (x, ids, axis) => apply("takeAlong", [x, ids], { axis }),
  addAlong: (x, ids, axis, size) => apply("addAlong", [x, ids], { axis, size }),
  matmul: (a, b, transposeA = false, transposeB = false) => apply("matmul", [a, b], { transposeA, transposeB }),
  conv: (x, kernel, attrs) => apply("conv", [x, kernel], convAttrs(attrs)),
  convInput: (dy, kernel, attrs, spatial) => apply("convInput", [dy, kernel], { ...convAttrs(attrs), spatial }),
  convKernel: (x, dy, attrs, spatial) => apply("convKernel", [x, dy], { ...convAttrs(attrs), spatial }),
  maxPool: (x, attrs) => apply("maxPool", [x], poolAttrs(attrs)),
  maxPoolGrad: (x, y, dy, attrs) => apply("maxPoolGrad", [x, y, dy], poolAttrs(attrs)),
  sumPool: (x, attrs) => apply("sumPool", [x], poolAttrs(attrs)),
  sumPoolGrad: (dy, attrs, spatial) => apply("sumPoolGrad", [dy], { ...poolAttrs(attrs), spatial }),
  scan: (step, of, last, inputs) => apply("scan", inputs, { step, of, last }),
  customGradient: (rule, inputs) => apply("customGradient", inputs, { rule }),
  allSum: (x) => apply("allSum", [x], {}),
  allRows: (x) => apply("allRows", [x], {}),
  ownRows: (x) => apply("ownRows", [x], {}),
  shaped: (x, shape) => (sameDims(x.shape, shape) ? x : apply("reshape", [x], { shape })),
  iota(n) {
    if (n < 0) return build.cumsum(build.broadcast(build.scalar(1, "int32"), [n]), 0, true, false);
    const data = Int32Array.from({ length: n }, (_, i) => i);
    return build.constant(new Tensor(data, [n], "int32"));
  },
};
