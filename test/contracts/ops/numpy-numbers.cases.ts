import { Tensor } from "../../../src/core/tensor.js";
import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

export const numpyNumbers: OpRows<
  | "arctan"
  | "sinh"
  | "cosh"
  | "arcsinh"
  | "deg2rad"
  | "rad2deg"
  | "tan"
  | "sinc"
  | "cbrt"
  | "exp2"
  | "i0"
  | "fabs"
  | "trunc"
  | "copy"
  | "arcsin"
  | "arccos"
  | "arctanh"
  | "log2"
  | "log10"
  | "arccosh"
  | "isfinite"
  | "isinf"
  | "isneginf"
  | "isposinf"
  | "isreal"
  | "signbit"
  | "bitwiseAnd"
  | "bitwiseOr"
  | "bitwiseXor"
  | "bitwiseNot"
  | "bitwiseInvert"
  | "bitwiseLeftShift"
  | "bitwiseRightShift"
  | "leftShift"
  | "rightShift"
  | "gcd"
  | "lcm"
  | "angle"
  | "conj"
  | "conjugate"
  | "real"
  | "imag"
  | "ldexp"
  | "trueDivide"
  | "heaviside"
  | "arctan2"
  | "hypot"
  | "logaddexp2"
  | "divideNoNan"
  | "fmod"
  | "fmax"
  | "fmin"
  | "nanToNum"
  | "nextafter"
  | "isclose"
  | "allclose"
  | "isin"
  | "view"
  | "nancumsum"
  | "nancumprod"
  | "nanargmax"
  | "nanargmin"
  | "median"
  | "nanmedian"
  | "quantile"
  | "percentile"
  | "nanquantile"
  | "nanpercentile"
  | "saturateCast"
  | "nansum"
  | "nanmean"
  | "nanprod"
  | "nanvar"
  | "nanstd"
  | "nanmax"
  | "nanmin"
> = {
  arctan: [on("float", ops.arctan)],
  sinh: [on("float", ops.sinh)],
  cosh: [on("float", ops.cosh)],
  arcsinh: [on("float", ops.arcsinh)],
  deg2rad: [on("float", ops.deg2rad)],
  rad2deg: [on("float", ops.rad2deg)],
  tan: [on("float", ops.tan)],
  sinc: [on("float", ops.sinc)],
  cbrt: [on("float", ops.cbrt)],
  exp2: [on("float", ops.exp2)],
  i0: [on("float", ops.i0)],
  fabs: [on("float", ops.fabs)],
  trunc: [on("float", ops.trunc)],
  copy: [on("float", ops.copy)],
  arcsin: [on("float", ops.arcsin)],
  arccos: [on("float", ops.arccos)],
  arctanh: [on("float", ops.arctanh)],
  log2: [on("float", ops.log2)],
  log10: [on("float", ops.log10)],
  arccosh: [on("float", ops.arccosh)],
  isfinite: [on("plain", ops.isfinite)],
  isinf: [on("plain", ops.isinf)],
  isneginf: [on("plain", ops.isneginf)],
  isposinf: [on("plain", ops.isposinf)],
  isreal: [on("plain", ops.isreal)],
  signbit: [on("plain", ops.signbit)],
  bitwiseAnd: [on("plain", ops.bitwiseAnd)],
  bitwiseOr: [on("plain", ops.bitwiseOr)],
  bitwiseXor: [on("plain", ops.bitwiseXor)],
  bitwiseNot: [on("plain", ops.bitwiseNot)],
  bitwiseInvert: [on("plain", ops.bitwiseInvert)],
  bitwiseLeftShift: [on("plain", ops.bitwiseLeftShift)],
  bitwiseRightShift: [on("plain", ops.bitwiseRightShift)],
  leftShift: [on("plain", ops.leftShift)],
  rightShift: [on("plain", ops.rightShift)],
  gcd: [on("plain", ops.gcd)],
  lcm: [on("plain", ops.lcm)],
  angle: [on("plain", ops.angle)],
  conj: [on("plain", ops.conj)],
  conjugate: [on("plain", ops.conjugate)],
  real: [on("plain", ops.real)],
  imag: [on("plain", ops.imag)],
  ldexp: [on("plain", ops.ldexp)],
  trueDivide: [on("plain", ops.trueDivide)],
  heaviside: [on("plain", ops.heaviside)],
  arctan2: [on("float", ops.arctan2), on("row", ops.arctan2)],
  hypot: [on("float", ops.hypot)],
  logaddexp2: [on("float", ops.logaddexp2)],
  divideNoNan: [on("zeros", ops.divideNoNan)],
  fmod: [on("float", ops.fmod), on("int", ops.fmod)],
  fmax: [on("float", ops.fmax), on("NaN", ops.fmax), on("int", ops.fmax)],
  fmin: [on("float", ops.fmin), on("NaN", ops.fmin)],
  nanToNum: [
    on("numbers", (x) => ops.nanToNum(x!, { nan: 1.5, posinf: 9, neginf: -9 })),
    on("float", (x) => ops.nanToNum(x!)),
  ],
  nextafter: [on("float", ops.nextafter)],
  isclose: [
    on("plain", (a, b) => ops.isclose(a!, b!)),
    on("NaN", (a, b) => ops.isclose(a!, b!, { equalNan: true })),
    on("wide", (a, b) => ops.isclose(a!, b!, { rtol: 0.1, atol: 0.5 })),
  ],
  allclose: [on("yes", (a, b) => ops.allclose(a!, b!)), on("no", (a, b) => ops.allclose(a!, b!))],
  isin: [on("int", (a, b) => ops.isin(a!, b!), [0]), on("inverted", (a, b) => ops.isin(a!, b!, { invert: true }), [0])],
  view: [on("same", (x) => ops.view(x!))],
  nancumsum: [on("last", (x) => ops.nancumsum(x!, -1))],
  nancumprod: [on("last", (x) => ops.nancumprod(x!, -1))],
  nanargmax: [on("last", (x) => ops.nanargmax(x!, -1)), on("int", (x) => ops.nanargmax(x!, 1))],
  nanargmin: [on("last", (x) => ops.nanargmin(x!, -1))],
  median: [
    on("even", (x) => ops.median(x!, { axes: -1 })),
    on("odd", (x) => ops.median(x!, { axes: [1, 2], keepDims: true })),
  ],
  nanmedian: [on("last", (x) => ops.nanmedian(x!, { axes: -1 }))],
  quantile: [
    on("linear", (x) => ops.quantile(x!, 0.3, { axes: -1 })),
    on("several", (x) => ops.quantile(x!, new Tensor([0.1, 0.5, 0.85]), { axes: 1, keepDims: true })),
    on("lower", (x) => ops.quantile(x!, 0.4, { axes: -1, method: "lower" })),
    on("higher", (x) => ops.quantile(x!, 0.4, { axes: -1, method: "higher" })),
    on("midpoint", (x) => ops.quantile(x!, 0.5, { axes: -1, method: "midpoint" })),
    on("nearest", (x) => ops.quantile(x!, 0.45, { axes: -1, method: "nearest" })),
    on("NaN", (x) => ops.quantile(x!, 0.3, { axes: -1 })),
  ],
  percentile: [on("linear", (x) => ops.percentile(x!, 30, { axes: -1 }))],
  nanquantile: [on("linear", (x) => ops.nanquantile(x!, 0.3, { axes: -1 }))],
  nanpercentile: [on("linear", (x) => ops.nanpercentile(x!, 70, { axes: -1 }))],
  saturateCast: [on("beyond", (x) => ops.saturateCast(x!, "int32"))],
  nansum: [
    on("last", (x) => ops.nansum(x!, { axes: -1 })),
    on("kept", (x) => ops.nansum(x!, { axes: [1, 2], keepDims: true })),
  ],
  nanmean: [
    on("last", (x) => ops.nanmean(x!, { axes: -1 })),
    on("kept", (x) => ops.nanmean(x!, { axes: [1, 2], keepDims: true })),
  ],
  nanprod: [
    on("last", (x) => ops.nanprod(x!, { axes: -1 })),
    on("kept", (x) => ops.nanprod(x!, { axes: [1, 2], keepDims: true })),
  ],
  nanvar: [
    on("last", (x) => ops.nanvar(x!, { axes: -1 })),
    on("kept", (x) => ops.nanvar(x!, { axes: [1, 2], keepDims: true })),
  ],
  nanstd: [
    on("last", (x) => ops.nanstd(x!, { axes: -1 })),
    on("kept", (x) => ops.nanstd(x!, { axes: [1, 2], keepDims: true })),
  ],
  nanmax: [
    on("last", (x) => ops.nanmax(x!, { axes: -1 })),
    on("kept", (x) => ops.nanmax(x!, { axes: [1, 2], keepDims: true })),
  ],
  nanmin: [
    on("last", (x) => ops.nanmin(x!, { axes: -1 })),
    on("kept", (x) => ops.nanmin(x!, { axes: [1, 2], keepDims: true })),
  ],
};
