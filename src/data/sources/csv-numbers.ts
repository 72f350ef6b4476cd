/** 10^0 … 10^22 are exact. */
export const POWERS: readonly number[] = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const LARGEST = Number.MAX_SAFE_INTEGER;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
const INFINITE = /^([+-]?)inf(?:inity)?$/iu;

/**
 * The number that the text is, rounded as JavaScript and C round; undefined for text that is none. Spaces around it do not
 * count.
 */
export function numberIn(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  let digits = 0;
  let places = 0;
  let isNegative = false;
  if (bytes[at] === 45) {
    isNegative = true;
    at++;
  }
  const first = at;
  for (; at < end; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) break;
    digits = digits * 10 + digit;
  }
  let count = at - first;
  if (at < end && bytes[at] === 46) {
    const point = ++at;
    for (; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9) break;
      digits = digits * 10 + digit;
    }
    places = at - point;
    count += places;
  }
  // One division of two exact numbers is rounded once (Clinger 1990).
  if (at === end && count > 0 && digits <= LARGEST && places <= 22) {
    const value = places === 0 ? digits : digits / POWERS[places]!;
    return isNegative ? -value : value;
  }
  return numberOf(asciiIn(bytes, start, end));
}

function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) return Number(trimmed);
  const sign = INFINITE.exec(trimmed)?.[1];
  return sign === undefined ? undefined : sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Short text of ASCII; other bytes give characters that no number has. */
function asciiIn(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < Math.min(end, start + 400); i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** Whether a number is one that counts things exactly. */
export const isWhole = (value: number): boolean => Number.isSafeInteger(value);
