/** What binary fractions may be off by. */
const NOISE = 1e-9;

/**
 * Round numbers within a range: multiples of 1, 2 or 5 times a power of ten.
 * @param most roughly how many
 */
export function ticks(from: number, to: number, most: number): number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  // Powers below the smallest number are 0.
  if (!(power > 0) || !Number.isFinite(to - from)) return [from, to];
  const step = power * ([1, 2, 5].find((each) => each * power >= rough * (1 - NOISE)) ?? 10);
  const first = Math.ceil(from / step - NOISE);
  const count = Math.floor(to / step + NOISE) - first + 1;
  return Array.from({ length: Math.min(count, 4 * most) }, (_, i) => tidy((first + i) * step, step));
}

/** Without the noise of binary fractions. */
function tidy(value: number, step: number): number {
  const digits = Math.max(0, Math.min(100, -Math.floor(Math.log10(step)) + 1));
  return Math.abs(value) < 1e21 ? Number(value.toFixed(digits)) : value;
}

/** A number on an axis or beside a curve, in few characters. */
export function brief(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e4 && size < 1e6) return String(Math.round(value));
  if (size !== 0 && (size >= 1e6 || size < 1e-4))
    return value
      .toExponential(3)
      .replace(/\.?0+e/, "e")
      .replace("e+", "e");
  return String(Number(value.toPrecision(4)));
}
