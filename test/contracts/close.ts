/**
 * The first element of `actual` that differs from `expected` by more than 1e-5 relative. Elements that are small beside
 * others of their tensor may stem from cancellation, so at least a tenth of the largest counts as their size.
 */
export function firstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): string | null {
  if (actual.length !== expected.length) return `${actual.length} elements instead of ${expected.length}`;
  const floor =
    Array.from(expected).reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) /
    10;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    if (Object.is(a, b) || Math.abs(a - b) <= 1e-5 * Math.max(Math.abs(b), floor)) continue;
    return `element ${i} is ${a} instead of ${b}`;
  }
  return null;
}
