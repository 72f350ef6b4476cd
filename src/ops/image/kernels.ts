import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/index.js";
import { abs } from "../abs.js";
import { add } from "../add.js";
import { divide } from "../divide.js";
import { greater } from "../greater.js";
import { greaterEqual } from "../greater-equal.js";
import { iota } from "../iota.js";
import { logicalAnd } from "../logical-and.js";
import { maximum } from "../maximum.js";
import { multiply } from "../multiply.js";
import { notEqual } from "../not-equal.js";
import { type Operand, toFloat, toValue } from "../operand.js";
import { reciprocal } from "../reciprocal.js";
import { reshape } from "../reshape.js";
import { sin } from "../sin.js";
import { square } from "../square.js";
import { subtract } from "../subtract.js";
import { sum } from "../sum.js";
import { where } from "../where.js";

export type Kernel = "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

/** Interpolations by the weight of an element at a distance from 0. */
const KERNELS: Readonly<Record<Kernel, (distance: Value) => Value>> = {
  bilinear: triangle,
  bicubic: cubic,
  lanczos3: (x) => lanczos(x, 3),
  lanczos5: (x) => lanczos(x, 5),
};

function triangle(x: Value): Value {
  return maximum(subtract(1, x), 0);
}

/** R. G. Keys, "Cubic convolution interpolation for digital image processing", 1981, with a = -0.5. */
function cubic(x: Value): Value {
  const polynomial = (...factors: readonly number[]): Value =>
    factors.slice(1).reduce<Value>((sum, factor) => add(multiply(sum, x), factor), multiply(toFloat(factors[0]!), 1));
  const near = polynomial(1.5, -2.5, 0, 1);
  const far = polynomial(-0.5, 2.5, -4, 2);
  return where(greaterEqual(x, 2), 0, where(greaterEqual(x, 1), far, near));
}

/** sinc(x) sinc(x / radius), cut off at the radius. */
function lanczos(x: Value, radius: number): Value {
  const turns = multiply(x, Math.PI);
  const top = multiply(multiply(sin(turns), sin(divide(turns, radius))), radius);
  const safe = where(notEqual(x, 0), square(turns), 1);
  return where(greater(x, radius), 0, where(greater(x, 1e-3), divide(top, safe), 1));
}

/** What is left of a sum of weights below this counts as none. */
const NO_WEIGHT = 1000 * 2 ** -23;

/** Where the elements of a scaled axis come from. Pixels are squares around their centres. */
export interface Samples {
  /** (elements before, elements after): how far each is from the place of each. */
  readonly distance: Value;
  /** (1, elements after): whether the place lies within the axis. */
  readonly inside: Value;
  /** How many elements before one of after covers. */
  readonly inverse: Operand;
}

/** The samples of an axis that keeps its ends. */
export function fullSamples(from: number, to: number): Samples {
  // The places are exact here, where those far from 0 would lose digits as float32.
  const distance = Float32Array.from({ length: from * to }, (_, at) => {
    const [i, j] = [Math.floor(at / to), at % to];
    return ((j + 0.5) * from) / to - 0.5 - i;
  });
  const inside = new Tensor(new Uint8Array(to).fill(1), [1, to], "bool");
  return { distance: toValue(new Tensor(distance, [from, to])), inside: toValue(inside), inverse: from / to };
}

/** The samples of an axis that is scaled and then moved. */
export function movedSamples(from: number, to: number, scale: Operand, translation: Operand): Samples {
  const inverse = reciprocal(scale);
  const centres = add(reshape(toFloat(iota(to)), [1, to]), 0.5);
  const places = subtract(multiply(subtract(centres, translation), inverse), 0.5);
  const distance = subtract(places, reshape(toFloat(iota(from)), [from, 1]));
  return { distance, inside: logicalAnd(greaterEqual(places, -0.5), greaterEqual(from - 0.5, places)), inverse };
}

/**
 * Weights of an axis (elements before, elements after); columns of elements that come from outside are 0. `antialias`
 * widens the kernel when the axis shrinks. As jax.image.scale_and_translate.
 */
export function weightMatrix(kernel: Kernel, { distance, inside, inverse }: Samples, antialias: boolean): Value {
  const width = antialias ? maximum(inverse, 1) : 1;
  const weights = KERNELS[kernel](divide(abs(distance), width));
  const total = sum(weights, { axes: 0, keepDims: true });
  const safe = where(notEqual(total, 0), total, 1);
  return where(inside, where(greater(abs(total), NO_WEIGHT), divide(weights, safe), 0), 0);
}
