import { FormatError, type PawlError } from "../../core/errors.js";
import { sizeOf } from "../../core/shape.js";
import { Tensor } from "../../core/tensor.js";
import type { TfValues } from "./tf-example.js";
import { featureKind, type ResolvedFeature, STORED, type TfDType } from "./tf-features.js";
import { wholeNumber } from "./whole-number.js";

/** Where a value stands, for messages. */
export interface TfPlace {
  readonly path: string;
  readonly record: number;
  readonly field: string;
}

/** The elements of a feature in memory. */
type Elements = Float32Array | Int32Array | BigInt64Array | readonly (string | Uint8Array)[];

/** A feature of an example as its options say: one value, a Tensor, or a list of byte strings. */
export function featureValue(feature: ResolvedFeature, stored: TfValues | undefined, place: TfPlace): unknown {
  const elements = elementsOf(feature, stored, place);
  const { dtype, shape } = feature;
  if (shape.length > 0) return shaped(elements, dtype, shapeOf(feature, elements.length, place));
  if (elements.length !== 1) throw wrongCount(feature, elements.length, place);
  const [value] = elements;
  return typeof value === "bigint" ? wholeNumber(value, called(place), { ...place }) : value;
}

/** The steps of a feature list: the first axis. */
export function stepsOf(feature: ResolvedFeature, steps: readonly TfValues[], place: TfPlace): unknown {
  const shape = feature.shape as readonly number[];
  const each = steps.map((step, i) => {
    const elements = elementsOf(feature, step, place);
    if (elements.length !== sizeOf(shape)) throw wrongCount(feature, elements.length, place, `step ${i}: `);
    return elements;
  });
  const width = sizeOf(shape);
  const all = emptyOf(feature.dtype, each.length * width);
  for (const [i, elements] of each.entries()) for (let k = 0; k < width; k++) all[i * width + k] = elements[k]!;
  return shaped(all as Elements, feature.dtype, [each.length, ...shape]);
}

function emptyOf(dtype: TfDType, length: number): { [i: number]: unknown } {
  if (dtype === "float32") return new Float32Array(length);
  if (dtype === "int32") return new Int32Array(length);
  return dtype === "int64" ? new BigInt64Array(length) : new Array(length);
}

function shaped(elements: Elements, dtype: TfDType, shape: readonly number[]): unknown {
  // No tensor holds byte strings.
  if (dtype === "bytes") return [...(elements as readonly Uint8Array[])];
  return new Tensor(elements as Float32Array, shape, dtype);
}

function shapeOf(feature: ResolvedFeature, count: number, place: TfPlace): number[] {
  const [first, ...rest] = feature.shape;
  const width = sizeOf(rest as readonly number[]);
  const rows = first ?? Math.floor(count / width);
  if (rows! * width !== count) throw wrongCount(feature, count, place);
  return [rows!, ...(rest as readonly number[])];
}

/** The elements that are there, or those that stand for them. */
function elementsOf(feature: ResolvedFeature, stored: TfValues | undefined, place: TfPlace): Elements {
  const { dtype, shape } = feature;
  if (stored === undefined || stored.kind === "none") {
    if (feature.default !== null) return emptyWith(dtype, feature.default);
    if (shape[0] === null) return emptyOf(dtype, 0) as Elements;
    throw missing(feature, place);
  }
  if (stored.kind !== STORED[dtype]) throw otherType(feature, stored.kind, place);
  if (dtype === "string") return (stored.values as readonly Uint8Array[]).map((bytes) => textOf(bytes, place));
  return dtype === "int32" ? narrowed(stored.values as BigInt64Array, place) : (stored.values as Elements);
}

function emptyWith(dtype: TfDType, values: readonly unknown[]): Elements {
  const out = emptyOf(dtype, values.length);
  for (const [i, value] of values.entries()) out[i] = value;
  return out as Elements;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array, place: TfPlace): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw problem("text-encoding", place, {
      what: "is no text",
      received: "bytes that are no UTF-8",
      expected: "UTF-8",
      fix: 'Take it as dtype: "bytes"',
    });
  }
}

function narrowed(values: BigInt64Array, place: TfPlace): Int32Array {
  const wrong = values.find((value) => value !== BigInt.asIntN(32, value));
  if (wrong === undefined) return Int32Array.from(values, Number);
  throw problem("feature-values", place, {
    what: "has an integer that int32 cannot hold",
    received: String(wrong),
    expected: "integers from -2^31 to 2^31 - 1",
    fix: 'Take it as dtype: "int64"',
  });
}

interface Problem {
  readonly what: string;
  readonly received: string;
  readonly expected: string;
  readonly fix: string;
}

const called = ({ path, record, field }: TfPlace): string => `"${path}", record ${record}: "${field}"`;

function problem(code: string, place: TfPlace, { what, ...rest }: Problem): PawlError {
  return new FormatError({ code, what: `${called(place)} ${what}`, ...rest, data: { ...place } });
}

function missing(feature: ResolvedFeature, place: TfPlace): PawlError {
  return problem("missing-field", place, {
    what: "is missing",
    received: "an example without it",
    expected: featureKind(feature),
    fix: "Give it a default, or shape: [null] if it may have no values",
  });
}

function otherType({ dtype }: ResolvedFeature, kind: TfValues["kind"], place: TfPlace): PawlError {
  const right = Object.entries(STORED).filter(([, stored]) => stored === kind);
  return problem("feature-type", place, {
    what: "has values of another type",
    received: `a list of ${kind}`,
    expected: `a list of ${STORED[dtype]}, for dtype "${dtype}"`,
    fix: `Give it dtype ${right.map(([name]) => `"${name}"`).join(" or ")}`,
  });
}

function wrongCount(feature: ResolvedFeature, received: number, place: TfPlace, where = ""): PawlError {
  return problem("feature-values", place, {
    what: "has another number of values than its shape",
    received: `${where}${received}`,
    expected: featureKind(feature),
    fix: "Give it the shape that it has, or shape: [null] for any number",
  });
}
