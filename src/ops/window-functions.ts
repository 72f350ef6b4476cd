import { charge } from "../core/budget.js";
import { OptionError } from "../core/errors.js";
import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";

/** `n` numbers, made once while the graph is: by their place from 0 to 1. */
function windowOf(op: string, n: number, at: (share: number) => number): Value {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new OptionError({
      code: "window",
      what: `${op} gives a whole number of numbers`,
      received: `${n}`,
      expected: "0 or more",
      data: { op },
    });
  }
  charge("a window of so many numbers", 16 * n);
  const numbers = Array.from({ length: n }, (_, i) => (n === 1 ? 1 : at(i / (n - 1))));
  return build.constant(new Tensor(numbers, [n], "float32"));
}

const turn = (share: number): number => Math.cos(2 * Math.PI * share);

/** Bartlett's window of n numbers: a triangle. */
export function bartlett(n: number): Value {
  return windowOf("bartlett", n, (share) => 1 - Math.abs(2 * share - 1));
}

/** Blackman's window of n numbers. */
export function blackman(n: number): Value {
  return windowOf("blackman", n, (share) => 0.42 - 0.5 * turn(share) + 0.08 * turn(2 * share));
}

/** Hamming's window of n numbers. */
export function hamming(n: number): Value {
  return windowOf("hamming", n, (share) => 0.54 - 0.46 * turn(share));
}

/** Von Hann's window of n numbers. */
export function hanning(n: number): Value {
  return windowOf("hanning", n, (share) => 0.5 - 0.5 * turn(share));
}

/** Kaiser's window of n numbers. @param beta how narrow it is; 0 is a rectangle */
export function kaiser(n: number, beta: number): Value {
  return windowOf(
    "kaiser",
    n,
    (share) => bessel(beta * Math.sqrt(Math.max(0, 1 - (2 * share - 1) ** 2))) / bessel(beta),
  );
}

/** I0(x) by its power series, all of whose terms are positive. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
