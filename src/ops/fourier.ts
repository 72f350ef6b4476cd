import { charge } from "../core/budget.js";
import { OptionError, ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import { cosTurns, sinTurns } from "../core/turns.js";
import { valueText } from "../core/value-text.js";
import type { Value } from "../graph/index.js";
import { add } from "./add.js";
import { concatenate } from "./concatenate.js";
import { constant } from "./constant.js";
import { matmul } from "./matmul.js";
import { multiply } from "./multiply.js";
import { isValue, type Operand, toFloat } from "./operand.js";
import { pad } from "./pad.js";
import { reshape } from "./reshape.js";
import { reverse } from "./reverse.js";
import { slice } from "./slice.js";
import { subtract } from "./subtract.js";
import { swapAxes } from "./swap-axes.js";

/** Complex numbers: their real and their imaginary parts. */
export type Complex = readonly [real: Operand, imaginary: Operand];

/** The parts as values; the imaginary one may be 0 everywhere, which is known before anything runs. */
export type Parts = readonly [real: Value, imaginary: Value | null];

/** Up to this length a transform is one product with a matrix. */
const SHORT = 64;

/** @throws {OptionError} for what is no pair of equal shapes */
export function partsOf(op: string, x: Complex): readonly [Value, Value] {
  if (Array.isArray(x) && x.length === 2) {
    const [real, imaginary] = [toFloat(x[0]), toFloat(x[1])];
    if (real.shape.join() === imaginary.shape.join()) return [real, imaginary];
    throw new ShapeError({
      code: "complex",
      what: `${op} takes complex numbers as a pair of equal shapes`,
      received: `${formatShape(real.shape)} and ${formatShape(imaginary.shape)}`,
    });
  }
  throw new OptionError({
    code: "complex",
    what: `${op} takes complex numbers as a pair`,
    received: isValue(x) ? "one value" : valueText(x),
    expected: "[real, imaginary]",
    fix: "For real numbers use ops.rfft",
  });
}

/** The length of the last axis. @throws {ShapeError} when it is the batch */
export function lengthOf(op: string, { shape }: Value): number {
  const length = shape.at(-1) ?? -1;
  if (length > 0) return length;
  throw new ShapeError({
    code: "fourier-axis",
    what: `${op} transforms a last axis of known length`,
    received: `shape ${formatShape(shape)}`,
  });
}

/** The last axis, cut off or filled up with zeros. */
export function ofLength(x: Value, length: number): Value {
  const axis = x.shape.length - 1;
  const known = x.shape[axis]!;
  if (known >= length) return known === length ? x : slice(x, axis, 0, length);
  const widths = x.shape.map((_, at) => (at === axis ? length - known : 0));
  return pad(
    x,
    widths.map(() => 0),
    widths,
  );
}

/** A matrix of numbers, from its place's row and column. */
export function matrix(rows: number, columns: number, at: (row: number, column: number) => number): Value {
  charge("a transform of this length", 8 * rows * columns);
  const data = Float32Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
  return constant(new Tensor(data, [rows, columns]));
}

/** Products of complex numbers; the second ones are constants. */
export function times([a, b]: Parts, c: Value, d: Value): readonly [Value, Value] {
  if (b === null) return [multiply(a, c), multiply(a, d)];
  return [subtract(multiply(a, c), multiply(b, d)), add(multiply(a, d), multiply(b, c))];
}

/**
 * The discrete Fourier transform along the last axis, sum of x[j] exp(sign 2πi j k / n): a product with a matrix for
 * short axes, else J. Cooley's and J. Tukey's composition of two shorter ones, and for large prime lengths L. Bluestein's
 * as a convolution.
 */
export function transform(x: Parts, sign: 1 | -1): readonly [Value, Value] {
  const length = x[0].shape.at(-1)!;
  if (length <= SHORT) return direct(x, sign);
  const factor = factorOf(length);
  return factor === 1 ? chirped(x, sign) : composed(x, factor, sign);
}

/** The largest factor for which both parts are as short as can be; 1 for primes and what has only large factors. */
function factorOf(length: number): number {
  for (let factor = Math.floor(Math.sqrt(length)); factor > 1; factor--) if (length % factor === 0) return factor;
  return 1;
}

function direct([real, imaginary]: Parts, sign: 1 | -1): readonly [Value, Value] {
  const n = real.shape.at(-1)!;
  // Whole turns are left out before they cost digits.
  const turn = (j: number, k: number): number => ((j * k) % n) / n;
  const both = matrix(n, 2 * n, (j, k) => (k < n ? cosTurns(turn(j, k)) : sign * sinTurns(turn(j, k - n))));
  const axis = real.shape.length - 1;
  const halves = (y: Value): [Value, Value] => [slice(y, axis, 0, n), slice(y, axis, n, 2 * n)];
  const [a, b] = halves(matmul(real, both));
  if (imaginary === null) return [a, b];
  const [c, d] = halves(matmul(imaginary, both));
  return [subtract(a, d), add(b, c)];
}

function composed(x: Parts, first: number, sign: 1 | -1): readonly [Value, Value] {
  const { shape } = x[0];
  const length = shape.at(-1)!;
  const second = length / first;
  const outer = shape.slice(0, -1);
  // x[j1 * second + j2] -> (..., j2, j1)
  const split = (part: Value): Value => swapAxes(reshape(part, [...outer, first, second]), -1, -2);
  const inner = transform([split(x[0]), x[1] === null ? null : split(x[1])], sign);
  const turn = (j: number, k: number): number => (j * k) / length;
  const turned = times(
    inner,
    matrix(second, first, (j, k) => cosTurns(turn(j, k))),
    matrix(second, first, (j, k) => sign * sinTurns(turn(j, k))),
  );
  // (..., k1, j2) -> (..., k1, k2); the result's place is k2 * first + k1.
  const [real, imaginary] = transform([swapAxes(turned[0], -1, -2), swapAxes(turned[1], -1, -2)], sign);
  return [reshape(swapAxes(real, -1, -2), shape), reshape(swapAxes(imaginary, -1, -2), shape)];
}

function chirped(x: Parts, sign: 1 | -1): readonly [Value, Value] {
  const length = x[0].shape.at(-1)!;
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const turn = (k: number): number => ((k * k) % (2 * length)) / (2 * length);
  const chirp = (count: number, wave: (turns: number) => number, factor: number, place: (k: number) => number | null) =>
    reshape(
      matrix(1, count, (_, k) => {
        const at = place(k);
        return at === null ? 0 : factor * wave(turn(at));
      }),
      [count],
    );
  const own = (k: number): number => k;
  const [cos, sin] = [chirp(length, cosTurns, 1, own), chirp(length, sinTurns, sign, own)];
  const around = (k: number): number | null => (k < length ? k : k > size - length ? size - k : null);
  const filter = transform([chirp(size, cosTurns, 1, around), chirp(size, sinTurns, -sign, around)], -1);
  const [a, b] = times(x, cos, sin);
  const spectrum = transform([ofLength(a, size), ofLength(b, size)], -1);
  const [p, q] = transform(times(spectrum, filter[0], filter[1]), 1);
  const scaled = [p, q].map((part) => multiply(ofLength(part, length), 1 / size)) as [Value, Value];
  return times(scaled, cos, sin);
}

/** Half a spectrum with the half that mirrors it, for real results of this length. */
export function wholeSpectrum([real, imaginary]: readonly [Value, Value], length: number): readonly [Value, Value] {
  const axis = real.shape.length - 1;
  const mirrored = (x: Value, factor: 1 | -1): Value => {
    const missing = length - x.shape[axis]!;
    if (missing === 0) return x;
    const part = reverse(slice(x, axis, 1, missing + 1), axis);
    return concatenate([x, factor === 1 ? part : multiply(part, -1)], axis);
  };
  return [mirrored(real, 1), mirrored(imaginary, -1)];
}
