import type { DType } from "./dtype.js";
import { halfOf } from "./half.js";
import { exponential, fixed } from "./python-number.js";
import { type StaticShape, sizeOf } from "./shape.js";
import { valueText } from "./value-text.js";

/** The parts of a tensor that are printed. */
interface Printed {
  readonly data: ArrayLike<unknown>;
  readonly shape: StaticShape;
  readonly dtype: DType;
}

/** numpy's print options: entries shown at either end of an axis of large arrays, and the line width. */
const THRESHOLD = 1000;
const EDGE = 3;
const COLUMNS = 75;
const OPEN = "Tensor(";

/** The tensor as numpy's `repr` prints arrays: `Tensor([1., 2.5], shape=(2,), dtype=float32)`. */
export function printTensor({ data, shape, dtype }: Printed): string {
  const isLarge = sizeOf(shape) > THRESHOLD;
  const places = visiblePlaces(shape, isLarge);
  const texts = textsOf(places.map((place) => data[place]) as unknown[], dtype);
  const body = sizeOf(shape) === 0 ? "[]" : bodyOf(shape, texts, isLarge);
  const tail = `shape=(${shape.join(", ")}${shape.length === 1 ? "," : ""}), dtype=${dtype})`;
  const last = body.slice(body.lastIndexOf("\n") + 1).length + (body.includes("\n") ? 0 : OPEN.length);
  return `${OPEN}${body},${last + tail.length + 2 > COLUMNS ? `\n${" ".repeat(OPEN.length)}` : " "}${tail}`;
}

/** Indices shown along an axis; -1 stands for those left out. */
function entriesOf(size: number, isLarge: boolean): number[] {
  const all = (count: number, from = 0): number[] => Array.from({ length: count }, (_, i) => from + i);
  return isLarge && size > 2 * EDGE ? [...all(EDGE), -1, ...all(EDGE, size - EDGE)] : all(size);
}

/** Indices of the elements shown, in order. */
function visiblePlaces(shape: StaticShape, isLarge: boolean): number[] {
  let places = [0];
  for (const size of shape) {
    const entries = entriesOf(size, isLarge).filter((entry) => entry >= 0);
    places = places.flatMap((place) => entries.map((entry) => place * size + entry));
  }
  return places;
}

function bodyOf(shape: StaticShape, texts: readonly string[], isLarge: boolean): string {
  let next = 0;
  const write = (axis: number, indent: string, width: number): string => {
    if (axis === shape.length) return texts[next++]!;
    const isRow = axis === shape.length - 1;
    const between = isRow ? ", " : `,${"\n".repeat(shape.length - 1 - axis)}${indent} `;
    const entries = entriesOf(shape[axis]!, isLarge);
    let out = "";
    let line = `${indent} `.length;
    entries.forEach((entry, i) => {
      const item = entry < 0 ? "..." : write(axis + 1, `${indent} `, width - 1);
      if (isRow && i > 0 && line + item.length >= width) {
        out = `${out.trimEnd()}\n${indent} `;
        line = `${indent} `.length;
      }
      out += i === entries.length - 1 ? item : item + between;
      line += item.length + 2;
    });
    return `[${out}]`;
  };
  return write(0, " ".repeat(OPEN.length), COLUMNS);
}

function textsOf(values: readonly unknown[], dtype: DType): string[] {
  if (dtype === "string") return values.map(valueText);
  if (dtype === "bool") return padded(values.map((value) => (value ? "true" : "false")));
  if (dtype === "float64") return floatTexts(values as readonly number[], { largest: 1e8, rounded: (value) => value });
  const half = halfOf(dtype);
  if (half !== undefined) {
    const rounded = (value: number): number => half.decode(half.encode(value));
    return floatTexts(
      values.map((bits) => half.decode(bits as number)),
      { largest: 1e3, rounded },
    );
  }
  if (dtype === "float32") return floatTexts(values as readonly number[], { largest: 1e6, rounded: Math.fround });
  return padded(values.map(String));
}

function padded(texts: readonly string[]): string[] {
  const width = Math.max(0, ...texts.map(({ length }) => length));
  return texts.map((text) => text.padStart(width));
}

const DIGITS = 8;

/** What depends on the precision of a dtype. */
interface Precision {
  /** From this size on, numbers are printed with exponents. */
  readonly largest: number;
  /** The nearest number that the dtype holds. */
  rounded(value: number): number;
}

/** All aligned at the point, with exponents where sizes differ much; as numpy. */
function floatTexts(values: readonly number[], precision: Precision): string[] {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const exponents = sizes.length > 0 && (most >= precision.largest || least < 1e-4 || most / least > 1000);
  const short = finite.map((value) => shortest(value, precision));
  const texts = exponents ? exponentTexts(finite, short) : short.map(positional);
  const cut = texts.map((text) => text.split(".") as [string, string]);
  const after = Math.max(0, ...cut.map(([, fraction]) => fraction.length));
  let next = 0;
  return padded(
    values.map((value) => {
      if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
      const [whole, fraction] = cut[next++]!;
      return `${whole}.${fraction.padEnd(after)}`;
    }),
  );
}

/** At most 8 digits after the point. */
function positional(value: number): string {
  return fixed(value, DIGITS).replace(/0+$/u, "");
}

/** The digits of the longest shortest form, then rounded from the exact numbers. */
function exponentTexts(values: readonly number[], short: readonly number[]): string[] {
  const digits = short.map((value) => (value.toExponential().split("e")[0]!.split(".")[1] ?? "").length);
  const most = Math.min(DIGITS, Math.max(0, ...digits));
  return values.map((value) => {
    const text = exponential(value, most);
    return most === 0 ? text.replace("e", ".e") : text;
  });
}

/** The number with the fewest digits that the dtype rounds to the same value. */
function shortest(value: number, { rounded }: Precision): number {
  if (value === 0) return value;
  for (let digits = 1; digits < 17; digits++) {
    const short = Number(value.toPrecision(digits));
    if (rounded(short) === value) return short;
  }
  return value;
}
