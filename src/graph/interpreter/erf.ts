/**
 * Error function to about 1e-16: a Taylor series below 2.5 (Abramowitz and Stegun 7.1.6, all terms positive) and the
 * continued fraction of erfc above (7.1.14).
 */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (z > 6) return Math.sign(x);
  const scale = Math.exp(-z * z) / Math.sqrt(Math.PI);
  if (z < 2.5) {
    let term = 2 * z;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * z * z) / (2 * n + 1);
      sum += term;
    }
    return Math.sign(x) * scale * sum;
  }
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / 2 / (z + fraction);
  return Math.sign(x) * (1 - scale / (z + fraction));
}
