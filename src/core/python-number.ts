/**
 * Numbers formatted as in Python. JavaScript differs in two visible ways: `toFixed` and `toExponential` round ties up
 * where Python rounds to even, and Python's exponents have at least two digits.
 */

/** Python's `format(x, f".{digits}f")`. */
export function fixed(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const scaled = String(scaledRound(Math.abs(x), digits)).padStart(digits + 1, "0");
  const cut = scaled.length - digits;
  return sign(x) + scaled.slice(0, cut) + (digits > 0 ? `.${scaled.slice(cut)}` : "");
}

/** Python's `format(x, f".{digits}e")`. */
export function exponential(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const size = Math.abs(x);
  let exponent = size === 0 ? 0 : Number(size.toExponential().split("e")[1]);
  let scaled = String(scaledRound(size, digits - exponent));
  if (scaled.length > digits + 1) {
    scaled = scaled.slice(0, -1);
    exponent++;
  }
  scaled = scaled.padStart(digits + 1, "0");
  const mantissa = scaled[0] + (digits > 0 ? `.${scaled.slice(1)}` : "");
  return `${sign(x)}${mantissa}e${exponentText(exponent)}`;
}

/** Python's `format(x, f".{digits}g")`, where 0 digits count as 1. */
export function general(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const significant = Math.max(1, digits);
  const [, power] = exponential(x, significant - 1).split("e");
  const exponent = Number(power);
  const strip = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (exponent >= -4 && exponent < significant) return strip(fixed(x, significant - 1 - exponent));
  const [mantissa] = exponential(x, significant - 1).split("e");
  return `${strip(mantissa!)}e${exponentText(exponent)}`;
}

/**
 * Python's `repr` of a float: the shortest digits that read back as the same number, always with a point or an
 * exponent.
 */
export function repr(x: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const [mantissa, power] = Math.abs(x).toExponential().split("e");
  const exponent = Number(power);
  if (x !== 0 && (exponent < -4 || exponent >= 16)) return `${sign(x)}${mantissa}e${exponentText(exponent)}`;
  const text = String(Math.abs(x));
  return sign(x) + (text.includes(".") ? text : `${text}.0`);
}

function sign(x: number): string {
  return x < 0 || Object.is(x, -0) ? "-" : "";
}

function nonFinite(x: number): string {
  if (Number.isNaN(x)) return "nan";
  return x > 0 ? "inf" : "-inf";
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

const bits = new DataView(new ArrayBuffer(8));

/** round-half-even(x * 10^power), exactly; x >= 0. */
function scaledRound(x: number, power: number): bigint {
  bits.setFloat64(0, x);
  const raw = bits.getBigUint64(0);
  const biased = Number(raw >> 52n);
  const fraction = raw & 0xf_ffff_ffff_ffffn;
  let top = biased === 0 ? fraction : fraction | (1n << 52n);
  let bottom = 1n;
  const exponent = Math.max(biased, 1) - 1075;
  if (exponent >= 0) top <<= BigInt(exponent);
  else bottom <<= BigInt(-exponent);
  if (power >= 0) top *= 10n ** BigInt(power);
  else bottom *= 10n ** BigInt(-power);
  const floor = top / bottom;
  const twice = 2n * (top - floor * bottom);
  const up = twice > bottom || (twice === bottom && floor % 2n === 1n);
  return up ? floor + 1n : floor;
}
