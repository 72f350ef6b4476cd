import { build } from "../../graph/build.js";
import type { PrimitiveName } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";

/** An element-wise operation on four lanes of a vector register, and the same on one number. */
export interface LaneOp {
  /** Instruction over operands given as text. Truth values are masks of all ones or zeros. */
  readonly text: (...operands: string[]) => string;
  /** Truth values are 1 and 0. The caller rounds results to float32. */
  readonly number: (a: number, b: number, c: number) => number;
}

const op =
  (name: string) =>
  (...operands: string[]): string =>
    `(${name} ${operands.join(" ")})`;

/**
 * The operations that clusters can compute: IEEE 754 rounds all of them exactly, so any engine gets the same bits. ReLU
 * is a maximum whose second operand comes from `laneInputs`.
 */
export const LANE_OPS: { readonly [P in PrimitiveName]?: LaneOp } = {
  add: { text: op("f32x4.add"), number: (a, b) => a + b },
  sub: { text: op("f32x4.sub"), number: (a, b) => a - b },
  mul: { text: op("f32x4.mul"), number: (a, b) => a * b },
  div: { text: op("f32x4.div"), number: (a, b) => a / b },
  neg: { text: op("f32x4.neg"), number: (a) => -a },
  abs: { text: op("f32x4.abs"), number: Math.abs },
  sqrt: { text: op("f32x4.sqrt"), number: Math.sqrt },
  maximum: { text: op("f32x4.max"), number: (a, b) => Math.max(a, b) },
  minimum: { text: op("f32x4.min"), number: (a, b) => Math.min(a, b) },
  relu: { text: op("f32x4.max"), number: (a, b) => Math.max(a, b) },
  equal: { text: op("f32x4.eq"), number: (a, b) => +(a === b) },
  greater: { text: op("f32x4.gt"), number: (a, b) => +(a > b) },
  greaterEqual: { text: op("f32x4.ge"), number: (a, b) => +(a >= b) },
  and: { text: op("v128.and"), number: (a, b) => a & b },
  or: { text: op("v128.or"), number: (a, b) => a | b },
  not: { text: op("v128.not"), number: (a) => 1 - a },
  where: { text: (c, a, b) => `(v128.bitselect ${a} ${b} ${c})`, number: (c, a, b) => (c === 0 ? b : a) },
  stopGradient: { text: (a) => a!, number: (a) => a },
};

const ZERO: Value = build.scalar(0);

/** The operands of a lane operation. */
export function laneInputs(value: Value): readonly Value[] {
  return value.op === "relu" ? [value.inputs[0]!, ZERO] : value.inputs;
}

/** Whether a value is one number. */
export function isScalar(value: Value): boolean {
  return value.shape.every((dim) => dim === 1);
}

/** The number in a constant of one element. */
export function constantOf(value: Value): number {
  return Math.fround(Number((value as Value<"constant">).attrs.tensor.data[0]));
}

/** A constant of one element in all lanes. */
export function constantText(value: Value): string {
  const number = constantOf(value);
  return value.dtype === "bool" ? `(i32x4.splat (i32.const ${-number}))` : `(f32x4.splat (f32.const ${number}))`;
}
