/**
 * Normal random numbers by inversion: Wichura's algorithm AS 241, PPND16 ("The percentage points of the normal
 * distribution", Applied Statistics 37, 1988), relative error about 1e-16. It uses only float64 + - * / and sqrt
 * (which IEEE 754 rounds exactly), in the order written here, so every engine gets the same bits. `Math.log`, which
 * the tails need, differs between machines, so {@link logOf} replaces it.
 */

/** Standard normal for a 32-bit word: the quantile of (word + 0.5) / 2^32, rounded to float32. */
export function normalOf(word: number): number {
  // Twice the distance from the median in units of 2^-33: an odd integer, so 0 and 1 never occur.
  const q = (word + 0.5) * 2 ** -32 - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return Math.fround(q * ratio(r, CENTRAL_TOP, CENTRAL_BOTTOM));
  }
  const p = q < 0 ? q + 0.5 : 0.5 - q;
  // p >= 2^-33, so r stays below 5 and the algorithm's third branch (r > 5) is not needed.
  const r = Math.sqrt(-logOf(p)) - 1.6;
  const x = ratio(r, TAIL_TOP, TAIL_BOTTOM);
  return Math.fround(q < 0 ? -x : x);
}

/** Probability below -2 standard deviations. */
const TAIL = 0.022750131948179195;

/** The same between -2 and 2: the quantile of a uniform number within those tails. */
export function truncatedNormalOf(word: number): number {
  const p = TAIL + (word + 0.5) * 2 ** -32 * (1 - 2 * TAIL);
  return normalOf(p * 2 ** 32 - 0.5);
}

export const LN2: number = 0.6931471805599453;

/**
 * Natural logarithm of p > 0: p = m 2^e with m in [0.75, 1.5), then 2 artanh((m - 1) / (m + 1)) as a series of 12
 * terms (the rest is below 1e-17), plus e ln 2.
 */
export function logOf(p: number): number {
  let m = p;
  let e = 0;
  while (m < 0.75) {
    m *= 2;
    e--;
  }
  while (m >= 1.5) {
    m /= 2;
    e++;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * z + 1 / k;
  return 2 * s * sum + e * LN2;
}

/**
 * The exponential of x <= 0: x = n ln 2 + r with |r| <= ln 2 / 2, the series of e^r in 15 terms (the rest is below
 * 1e-17), times 2^n. Below -200 it is 0, as float32 has it.
 */
export function expOf(x: number): number {
  if (x < -200) return 0;
  const n = Math.round(x / LN2);
  const r = x - n * LN2;
  let sum = 1;
  for (let k = 15; k >= 1; k--) sum = 1 + (sum * r) / k;
  for (let i = n; i < 0; i++) sum *= 0.5;
  return sum;
}

/** The quotient of two polynomials of degree 7, by Horner's rule. Coefficients start at the constant term. */
function ratio(r: number, top: readonly number[], bottom: readonly number[]): number {
  let a = top[7]!;
  let b = bottom[7]!;
  for (let i = 6; i >= 0; i--) {
    a = a * r + top[i]!;
    b = b * r + bottom[i]!;
  }
  return a / b;
}

/** For |q| <= 0.425, in 0.180625 - q². */
export const CENTRAL_TOP: readonly number[] = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
  67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
export const CENTRAL_BOTTOM: readonly number[] = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
  28729.085735721942674, 5226.495278852854561,
];
/** In the tails, in √(-log p) - 1.6. */
export const TAIL_TOP: readonly number[] = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
export const TAIL_BOTTOM: readonly number[] = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
