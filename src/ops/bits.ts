import { OptionError } from "../core/errors.js";
import { Tensor } from "../core/tensor.js";
import { describe } from "../graph/fit.js";
import { build, recur, type Value } from "../graph/index.js";
import { floorDivide } from "./floor-divide.js";
import { type Operand, toValue } from "./operand.js";

/** Whole numbers; truth values count as 0 and 1. @throws {OptionError} for others */
function whole(op: string, x: Operand): Value {
  const value = toValue(x, "int32");
  if (value.dtype === "int32") return value;
  if (value.dtype === "bool") return build.cast(value, "int32");
  throw new OptionError({
    code: "whole-numbers",
    what: `${op} works on whole numbers`,
    received: describe(value),
    expected: "int32 or bool",
    fix: 'Cast it first: ops.cast(x, "int32")',
    data: { op },
  });
}

const pair = (op: string, x: Operand, y: Operand): readonly [Value, Value] => [whole(op, x), whole(op, y)];

/** The bits that both have. Whole numbers have 32 bits here, in two's complement. */
export function bitwiseAnd(x: Operand, y: Operand): Value {
  return build.bitAnd(...pair("bitwiseAnd", x, y));
}

/** The bits that either has: x + y counts those of both twice. */
export function bitwiseOr(x: Operand, y: Operand): Value {
  const [a, b] = pair("bitwiseOr", x, y);
  // a without the bits of b, and b: nothing is carried, so nothing overflows.
  return build.add(build.sub(a, build.bitAnd(a, b)), b);
}

/** The bits that exactly one has. */
export function bitwiseXor(x: Operand, y: Operand): Value {
  const [a, b] = pair("bitwiseXor", x, y);
  const both = build.bitAnd(a, b);
  return build.add(build.sub(a, both), build.sub(b, both));
}

/** All bits turned over: -1 - x. */
export function bitwiseNot(x: Operand): Value {
  return build.sub(build.scalar(-1, "int32"), whole("bitwiseNot", x));
}

/** All bits turned over: another name of `bitwiseNot`. */
export function bitwiseInvert(x: Operand): Value {
  return bitwiseNot(x);
}

/** 2^0 … 2^31 as whole numbers of 32 bits, and 0. */
const POWERS = Int32Array.from({ length: 33 }, (_, k) => (k < 32 ? 1 << k : 0));

/** x moved y places to the left; what leaves is lost, and 32 places or more leave 0. */
export function bitwiseLeftShift(x: Operand, y: Operand): Value {
  const [a, places] = pair("bitwiseLeftShift", x, y);
  const within = build.minimum(build.maximum(places, build.scalar(0, "int32")), build.scalar(32, "int32"));
  const isNegative = build.greater(build.scalar(0, "int32"), places);
  const power = build.gather(build.constant(new Tensor(POWERS, [33], "int32")), within);
  return build.where(isNegative, build.scalar(0, "int32"), build.mul(a, power));
}

/** x moved y places to the right; the sign comes in from the left. */
export function bitwiseRightShift(x: Operand, y: Operand): Value {
  const [a, places] = pair("bitwiseRightShift", x, y);
  const [zero, last] = [build.scalar(0, "int32"), build.scalar(30, "int32")];
  const power = build.gather(
    build.constant(new Tensor(POWERS, [33], "int32")),
    build.minimum(build.maximum(places, zero), last),
  );
  const isFar = build.or(build.greater(places, last), build.greater(zero, places));
  const sign = build.where(build.greater(zero, a), build.scalar(-1, "int32"), zero);
  return build.where(isFar, sign, floorDivide(a, power));
}

/** Another name of `bitwiseLeftShift`. */
export function leftShift(x: Operand, y: Operand): Value {
  return bitwiseLeftShift(x, y);
}

/** Another name of `bitwiseRightShift`. */
export function rightShift(x: Operand, y: Operand): Value {
  return bitwiseRightShift(x, y);
}

/** As many steps as Euclid's algorithm can take for whole numbers of 32 bits. */
const STEPS = 46;

/** Greatest common divisor, by Euclid's algorithm; gcd(0, 0) is 0. */
export function gcd(x1: Operand, x2: Operand): Value {
  const [a, b] = pair("gcd", x1, x2).map(build.abs) as [Value, Value];
  const { shape } = build.add(a, b);
  const zero = build.scalar(0, "int32");
  const { states } = recur(
    { states: [build.broadcast(a, shape), build.broadcast(b, shape)], sequences: [build.iota(STEPS)] },
    ([m, n]) => {
      const isDone = build.equal(n!, zero);
      return { states: [build.where(isDone, m!, n!), build.where(isDone, n!, build.mod(m!, n!))], outputs: [] };
    },
  );
  return states[0]!;
}

/** Least common multiple; 0 where either is 0. */
export function lcm(x1: Operand, x2: Operand): Value {
  const [a, b] = pair("lcm", x1, x2);
  return build.abs(build.mul(build.div(a, gcd(a, b)), b));
}
