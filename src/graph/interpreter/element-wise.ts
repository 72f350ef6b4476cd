import type { BinaryName, UnaryName } from "../families.js";
import { broadcastStrides, offsets, wrap } from "./array.js";
import { erf } from "./erf.js";
import type { Rule, Rules } from "./rule.js";

const map =
  <P extends UnaryName>(f: (x: number) => number): Rule<P> =>
  (node, [x]) =>
    wrap(x!.data.map(f), node.dtype);

const zip =
  <P extends BinaryName>(f: (a: number, b: number, integer: boolean) => number): Rule<P> =>
  (node, [a, b], shape) => {
    const integer = node.inputs[0]!.dtype === "int32";
    const [i, j] = [
      offsets(shape, broadcastStrides(a!.shape, shape)),
      offsets(shape, broadcastStrides(b!.shape, shape)),
    ];
    const out = new Float64Array(i.length);
    for (let k = 0; k < out.length; k++) out[k] = f(a!.data[i[k]!]!, b!.data[j[k]!]!, integer);
    return wrap(out, node.dtype);
  };

/** Half to even; what is rounded to 0 keeps its sign. */
function round(x: number): number {
  const whole = wholeNear(x);
  return whole === 0 && (x < 0 || Object.is(x, -0)) ? -0 : whole;
}

function wholeNear(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return Math.floor(x + 0.5);
  return below % 2 === 0 ? below : below + 1;
}

const mod = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
};

export const UNARY: Rules<UnaryName> = {
  neg: map((x) => -x),
  abs: map(Math.abs),
  sign: map(Math.sign),
  exp: map(Math.exp),
  log: map(Math.log),
  sqrt: map(Math.sqrt),
  sin: map(Math.sin),
  cos: map(Math.cos),
  atan: map(Math.atan),
  tanh: map(Math.tanh),
  erf: map(erf),
  sigmoid: map((x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))),
  softplus: map((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  relu: map((x) => Math.max(x, 0)),
  floor: map(Math.floor),
  round: map(round),
  not: map((x) => 1 - x),
  isNan: map((x) => (Number.isNaN(x) ? 1 : 0)),
  stopGradient: map((x) => x),
};

export const BINARY: Rules<BinaryName> = {
  add: zip((a, b) => a + b),
  sub: zip((a, b) => a - b),
  mul: zip((a, b, integer) => (integer ? Math.imul(a, b) : a * b)),
  div: zip((a, b, integer) => (integer ? (b === 0 ? 0 : Math.trunc(a / b)) : a / b)),
  // 1 to any power, and -1 to an infinite one, is 1 in IEEE 754 and C, but can be NaN in JavaScript.
  pow: zip((a, b) => (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY) ? 1 : a ** b)),
  maximum: zip((a, b) => Math.max(a, b)),
  minimum: zip((a, b) => Math.min(a, b)),
  mod: zip((a, b, integer) => (integer && b === 0 ? 0 : mod(a, b))),
  equal: zip((a, b) => (a === b ? 1 : 0)),
  greater: zip((a, b) => (a > b ? 1 : 0)),
  greaterEqual: zip((a, b) => (a >= b ? 1 : 0)),
  and: zip((a, b) => a * b),
  bitAnd: zip((a, b) => a & b),
  or: zip((a, b) => Math.max(a, b)),
};
