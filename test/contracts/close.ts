/** Whether `actual` equals `expected` within 1e-5 relative; `floor` is the magnitude below which errors are absolute. */
export function firstDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-5,
  floor = 1e-3,
): string | null {
  if (actual.length !== expected.length) return `${actual.length} elements instead of ${expected.length}`;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    if (Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(Math.abs(b), floor)) continue;
    return `element ${i} is ${a} instead of ${b}`;
  }
  return null;
}
