import { type Field, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import { ANY_AXIS, WHOLE_NUMBERS } from "../../ops/along.js";
import { NAN_TO_NUM } from "../../ops/arithmetic.js";
import { MESHGRID, ROT90 } from "../../ops/arranging.js";
import { REDUCE } from "../../ops/axes.js";
import { HISTOGRAM, SEARCHSORTED } from "../../ops/bins.js";
import { DIFF } from "../../ops/cumulative.js";
import * as ops from "../../ops/index.js";
import { CROSS, VANDER } from "../../ops/matrices.js";
import { ISIN } from "../../ops/number-tests.js";
import { QUANTILE } from "../../ops/quantiles.js";
import { CORRELATE } from "../../ops/statistics.js";
import { isKerasTensor } from "../base/keras-tensor.js";
import { DTYPE, matched, type Spelling } from "./matched.js";
import { CORE, one, type Row } from "./row.js";
import { turned } from "./shapes.js";

/** One whole number, or several. */
const AXES: Field<number | readonly number[]> = {
  parse: (value, where) => (typeof value === "number" ? int().parse(value, where) : WHOLE_NUMBERS.parse(value, where)),
};
const TWO: Spelling = { operands: ["x1", "x2"] };
const XY: Spelling = { operands: ["x", "y"], numbers: "int32" };
const REDUCED: Spelling = { options: REDUCE };
const K: Spelling = { positional: { k: int({}, { default: 0 }) } };
const AXIS: Spelling = { positional: { axis: ANY_AXIS } };

export const arccos: Row<typeof ops.arccos> = matched("Arccos", ops.arccos);
export const arccosh: Row<typeof ops.arccosh> = matched("Arccosh", ops.arccosh);
export const arcsin: Row<typeof ops.arcsin> = matched("Arcsin", ops.arcsin);
export const arcsinh: Row<typeof ops.arcsinh> = matched("Arcsinh", ops.arcsinh);
export const arctan: Row<typeof ops.arctan> = matched("Arctan", ops.arctan);
export const arctanh: Row<typeof ops.arctanh> = matched("Arctanh", ops.arctanh);
export const cosh: Row<typeof ops.cosh> = matched("Cosh", ops.cosh);
export const deg2rad: Row<typeof ops.deg2rad> = matched("Deg2rad", ops.deg2rad);
export const rad2deg: Row<typeof ops.rad2deg> = matched("Rad2deg", ops.rad2deg);
export const sinc: Row<typeof ops.sinc> = matched("Sinc", ops.sinc);
export const sinh: Row<typeof ops.sinh> = matched("Sinh", ops.sinh);
export const tan: Row<typeof ops.tan> = matched("Tan", ops.tan);
export const cbrt: Row<typeof ops.cbrt> = matched("Cbrt", ops.cbrt);
export const exp2: Row<typeof ops.exp2> = matched("Exp2", ops.exp2);
export const i0: Row<typeof ops.i0> = matched("I0", ops.i0);
export const log10: Row<typeof ops.log10> = matched("Log10", ops.log10);
export const log2: Row<typeof ops.log2> = matched("Log2", ops.log2);
export const fabs: Row<typeof ops.fabs> = matched("Fabs", ops.fabs);
export const trunc: Row<typeof ops.trunc> = matched("Trunc", ops.trunc);
export const copy: Row<typeof ops.copy> = matched("Copy", ops.copy);
export const isfinite: Row<typeof ops.isfinite> = matched("Isfinite", ops.isfinite);
export const isinf: Row<typeof ops.isinf> = matched("Isinf", ops.isinf);
export const isneginf: Row<typeof ops.isneginf> = matched("Isneginf", ops.isneginf);
export const isposinf: Row<typeof ops.isposinf> = matched("Isposinf", ops.isposinf);
export const isreal: Row<typeof ops.isreal> = matched("Isreal", ops.isreal);
export const signbit: Row<typeof ops.signbit> = matched("Signbit", ops.signbit);
export const bitwiseInvert: Row<typeof ops.bitwiseInvert> = matched("BitwiseInvert", ops.bitwiseInvert);
export const bitwiseNot: Row<typeof ops.bitwiseNot> = matched("BitwiseNot", ops.bitwiseNot);
export const angle: Row<typeof ops.angle> = matched("Angle", ops.angle);
export const conj: Row<typeof ops.conj> = matched("Conj", ops.conj);
export const conjugate: Row<typeof ops.conjugate> = matched("Conjugate", ops.conjugate);
export const imag: Row<typeof ops.imag> = matched("Imag", ops.imag);
export const real: Row<typeof ops.real> = matched("Real", ops.real);
export const fliplr: Row<typeof ops.fliplr> = matched("Fliplr", ops.fliplr);
export const flipud: Row<typeof ops.flipud> = matched("Flipud", ops.flipud);
export const ravel: Row<typeof ops.ravel> = matched("Ravel", ops.ravel);
export const corrcoef: Row<typeof ops.corrcoef> = matched("Corrcoef", ops.corrcoef);

export const arctan2: Row<typeof ops.arctan2> = matched("Arctan2", ops.arctan2, TWO);
export const hypot: Row<typeof ops.hypot> = matched("Hypot", ops.hypot, { ...TWO, numbers: "float32" });
export const ldexp: Row<typeof ops.ldexp> = matched("Ldexp", ops.ldexp, TWO);
export const logaddexp2: Row<typeof ops.logaddexp2> = matched("Logaddexp2", ops.logaddexp2, TWO);
export const divideNoNan: Row<typeof ops.divideNoNan> = matched("DivideNoNan", ops.divideNoNan, TWO);
export const fmax: Row<typeof ops.fmax> = matched("Fmax", ops.fmax, TWO);
export const fmin: Row<typeof ops.fmin> = matched("Fmin", ops.fmin, TWO);
export const fmod: Row<typeof ops.fmod> = matched("Fmod", ops.fmod, TWO);
export const heaviside: Row<typeof ops.heaviside> = matched("Heaviside", ops.heaviside, {
  ...TWO,
  numbers: "float32",
});
export const nextafter: Row<typeof ops.nextafter> = matched("Nextafter", ops.nextafter, TWO);
export const trueDivide: Row<typeof ops.trueDivide> = matched("TrueDivide", ops.trueDivide, TWO);
export const gcd: Row<typeof ops.gcd> = matched("Gcd", ops.gcd, TWO);
export const lcm: Row<typeof ops.lcm> = matched("Lcm", ops.lcm, TWO);
export const kron: Row<typeof ops.kron> = matched("Kron", ops.kron, TWO);
export const inner: Row<typeof ops.inner> = matched("Inner", ops.inner, TWO);
export const vdot: Row<typeof ops.vdot> = matched("Vdot", ops.vdot, TWO);

type Pairs = Row<(a: Value, b: Value) => Value>;
/** Keras takes the shape of the result from the first operand: that is the tensor of the network, in whichever order. */
const tensorFirst = (row: Pairs): Pairs => ({
  ...row,
  apply: (a, b) => (isKerasTensor(a) ? row.apply(a, b) : row.apply(b, a)),
});
export const bitwiseAnd: Row<typeof ops.bitwiseAnd> = tensorFirst(matched("BitwiseAnd", ops.bitwiseAnd, XY));
export const bitwiseOr: Row<typeof ops.bitwiseOr> = tensorFirst(matched("BitwiseOr", ops.bitwiseOr, XY));
export const bitwiseXor: Row<typeof ops.bitwiseXor> = tensorFirst(matched("BitwiseXor", ops.bitwiseXor, XY));
export const bitwiseLeftShift: Row<typeof ops.bitwiseLeftShift> = matched("BitwiseLeftShift", ops.bitwiseLeftShift, XY);
export const bitwiseRightShift: Row<typeof ops.bitwiseRightShift> = matched(
  "BitwiseRightShift",
  ops.bitwiseRightShift,
  XY,
);
export const leftShift: Row<typeof ops.leftShift> = matched("LeftShift", ops.leftShift, XY);
export const rightShift: Row<typeof ops.rightShift> = matched("RightShift", ops.rightShift, XY);

export const nanmax: Row<typeof ops.nanmax> = matched("Nanmax", ops.nanmax, REDUCED);
export const nanmin: Row<typeof ops.nanmin> = matched("Nanmin", ops.nanmin, REDUCED);
export const nansum: Row<typeof ops.nansum> = matched("Nansum", ops.nansum, REDUCED);
export const nanprod: Row<typeof ops.nanprod> = matched("Nanprod", ops.nanprod, REDUCED);
export const nanmean: Row<typeof ops.nanmean> = matched("Nanmean", ops.nanmean, REDUCED);
export const nanvar: Row<typeof ops.nanvar> = matched("Nanvar", ops.nanvar, REDUCED);
export const nanstd: Row<typeof ops.nanstd> = matched("Nanstd", ops.nanstd, REDUCED);
export const median: Row<typeof ops.median> = matched("Median", ops.median, REDUCED);
export const nanmedian: Row<typeof ops.nanmedian> = matched("Nanmedian", ops.nanmedian, REDUCED);
export const ptp: Row<typeof ops.ptp> = matched("Ptp", ops.ptp, REDUCED);

export const diag: Row<typeof ops.diag> = matched("Diag", ops.diag, K);
export const diagflat: Row<typeof ops.diagflat> = matched("Diagflat", ops.diagflat, K);

export const nanToNum: Row<typeof ops.nanToNum> = matched("NanToNum", ops.nanToNum, { options: NAN_TO_NUM });
export const rot90: Row<typeof ops.rot90> = matched("Rot90", ops.rot90, { operands: ["array"], options: ROT90 });
export const flip: Row<typeof ops.flip> = {
  definitions: [turned],
  operands: [0],
  apply: (x, axis = null) => one(turned, [x], { axis: axis === null || typeof axis === "number" ? axis : [...axis] }),
};
export const meshgrid: Row<typeof ops.meshgrid> = matched("Meshgrid", ops.meshgrid, {
  operands: ["...x"],
  options: MESHGRID,
});
export const select: Row<typeof ops.select> = matched("Select", ops.select, {
  operands: ["condlist*", "choicelist*", "default"],
});
export const unravelIndex: Row<typeof ops.unravelIndex> = matched("UnravelIndex", ops.unravelIndex, {
  operands: ["indices"],
  positional: { shape: WHOLE_NUMBERS },
});
export const searchsorted: Row<typeof ops.searchsorted> = matched("SearchSorted", ops.searchsorted, {
  operands: ["sorted_sequence", "values"],
  options: SEARCHSORTED,
});
export const digitize: Row<typeof ops.digitize> = matched("Digitize", ops.digitize, { operands: ["x", "bins"] });
const counted = matched("Histogram", ops.histogram, { options: HISTOGRAM, results: ["counts", "edges"] });
/** Keras counts what has one axis. */
export const histogram: Row<typeof ops.histogram> = {
  ...counted,
  apply: (x, options) => counted.apply(isKerasTensor(x) && x.shape.length !== 1 ? ravel.apply(x) : x, options),
};
export const diff: Row<typeof ops.diff> = matched("Diff", ops.diff, { operands: ["a"], options: DIFF });
export const cumprod: Row<typeof ops.cumprod> = matched("Cumprod", ops.cumprod, { ...AXIS, fixed: { dtype: null } });
export const nancumsum: Row<typeof ops.nancumsum> = matched("Nancumsum", ops.nancumsum, {
  ...AXIS,
  fixed: { dtype: null },
});
export const nancumprod: Row<typeof ops.nancumprod> = matched("Nancumprod", ops.nancumprod, {
  ...AXIS,
  fixed: { dtype: null },
});
const PLACE: Spelling = { positional: { axis: int() }, fixed: { keepdims: false } };
export const nanargmax: Row<typeof ops.nanargmax> = matched("Nanargmax", ops.nanargmax, PLACE);
export const nanargmin: Row<typeof ops.nanargmin> = matched("Nanargmin", ops.nanargmin, PLACE);
export const append: Row<typeof ops.append> = matched("Append", ops.append, { ...TWO, ...AXIS });
const LIST: Spelling = { operands: ["xs*"] };
export const hstack: Row<typeof ops.hstack> = matched("Hstack", ops.hstack, LIST);
export const vstack: Row<typeof ops.vstack> = matched("Vstack", ops.vstack, LIST);
export const dstack: Row<typeof ops.dstack> = matched("Dstack", ops.dstack, LIST);
const CUT: Spelling = { positional: { indicesOrSections: AXES } };
export const hsplit: Row<typeof ops.hsplit> = matched("Hsplit", ops.hsplit, CUT);
export const vsplit: Row<typeof ops.vsplit> = matched("Vsplit", ops.vsplit, CUT);
export const dsplit: Row<typeof ops.dsplit> = matched("Dsplit", ops.dsplit, CUT);
export const arraySplit: Row<typeof ops.arraySplit> = matched("ArraySplit", ops.arraySplit, {
  positional: { indicesOrSections: AXES, axis: int({}, { default: 0 }) },
});
export const vander: Row<typeof ops.vander> = matched("Vander", ops.vander, { options: VANDER });
export const cross: Row<typeof ops.cross> = matched("Cross", ops.cross, { ...TWO, options: CROSS });
const SHARES: Spelling = { operands: ["x", "q"], options: QUANTILE };
export const quantile: Row<typeof ops.quantile> = matched("Quantile", ops.quantile, SHARES);
export const nanquantile: Row<typeof ops.nanquantile> = matched("Nanquantile", ops.nanquantile, SHARES);
export const percentile: Row<typeof ops.percentile> = matched("Percentile", ops.percentile, SHARES);
export const nanpercentile: Row<typeof ops.nanpercentile> = matched("Nanpercentile", ops.nanpercentile, SHARES);
export const average: Row<typeof ops.average> = matched("Average", ops.average, { keywords: ["weights"], ...AXIS });
export const countNonzero: Row<typeof ops.countNonzero> = matched("CountNonzero", ops.countNonzero, {
  positional: { axis: REDUCE.axes },
});
export const correlate: Row<typeof ops.correlate> = matched("Correlate", ops.correlate, { ...TWO, options: CORRELATE });
export const isin: Row<typeof ops.isin> = matched("IsIn", ops.isin, { ...TWO, options: ISIN });
export const emptyLike: Row<typeof ops.emptyLike> = matched("EmptyLike", ops.emptyLike, {
  positional: { dtype: DTYPE },
});
export const fullLike: Row<typeof ops.fullLike> = matched("FullLike", ops.fullLike, {
  operands: ["x", "fill_value"],
  positional: { dtype: DTYPE },
});
export const view: Row<typeof ops.view> = matched("View", ops.view, { positional: { dtype: DTYPE } });
export const saturateCast: Row<typeof ops.saturateCast> = matched("SaturateCast", ops.saturateCast, {
  module: CORE,
  positional: { dtype: DTYPE },
});
