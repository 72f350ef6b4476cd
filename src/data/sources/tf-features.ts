import { OptionError } from "../../core/errors.js";
import { type Field, type Fields, oneOf, type Resolved, resolveOptions, wrongOption } from "../../core/options.js";
import { formatShape, sizeOf } from "../../core/shape.js";
import { isPlainObject } from "../../core/value-text.js";

/** What the elements of a feature become. */
export type TfDType = "float32" | "int32" | "int64" | "bytes" | "string";

type TfValue = number | bigint | string | Uint8Array;

/** A feature of the examples in a TFRecord file: what TensorFlow calls FixedLenFeature and VarLenFeature. */
export interface TfFeature {
  /** "float32" of float lists; "int64" and "int32" of integers; "bytes" and "string" (UTF-8) of bytes. */
  readonly dtype: TfDType;
  /** Default []: one value. [28, 28]: so many, as a Tensor. The first may be null: any number, none too. */
  readonly shape?: readonly (number | null)[];
  /** What stands for a feature that an example lacks: one value, or as many as the shape has. Default null: an error. */
  readonly default?: TfValue | readonly TfValue[] | null;
}

/** A feature with its options filled in. */
export interface ResolvedFeature {
  readonly dtype: TfDType;
  readonly shape: readonly (number | null)[];
  readonly default: readonly TfValue[] | null;
}

/** How values are stored, for each dtype. */
export const STORED: Readonly<Record<TfDType, "bytes" | "float" | "int64">> = {
  float32: "float",
  int32: "int64",
  int64: "int64",
  bytes: "bytes",
  string: "bytes",
};

const FEATURE: Fields<TfFeature> = {
  dtype: oneOf(["float32", "int32", "int64", "bytes", "string"]),
  shape: {
    default: [],
    parse(value, where) {
      const isSize = (size: unknown, axis: number): boolean =>
        (Number.isInteger(size) && (size as number) >= 1) || (size === null && axis === 0);
      if (Array.isArray(value) && value.every(isSize)) return value as readonly (number | null)[];
      throw wrongOption(where, "a list of whole numbers from 1 on, the first of which may be null", value);
    },
  },
  default: { default: null, parse: (value) => value as TfValue },
};

/** Features by their names; null when none were given. */
export function featuresField(isSequence: boolean): Field<Readonly<Record<string, TfFeature>> | null> {
  return {
    default: null,
    parse(value, where) {
      if (value === null) return null;
      if (!isPlainObject(value) || Object.keys(value).length === 0) {
        throw wrongOption(where, 'features by their names, e.g. { label: { dtype: "int64" } }', value);
      }
      for (const [name, feature] of Object.entries(value)) {
        const { shape } = resolveFeature(`${where}.${name}`, feature as TfFeature);
        if (isSequence && shape[0] === null) {
          throw wrongOption(`${where}.${name}.shape`, "the shape of one step, without null", shape);
        }
      }
      return value as Readonly<Record<string, TfFeature>>;
    },
  };
}

/** A feature's options, checked. */
export function resolveFeature(owner: string, given: TfFeature): ResolvedFeature {
  const resolved = resolveOptions(owner, FEATURE, given);
  return { ...resolved, default: defaults(owner, resolved) };
}

function defaults(owner: string, { dtype, shape, default: given }: Resolved<TfFeature>): readonly TfValue[] | null {
  if (given === null) return null;
  if (shape[0] === null) {
    throw new OptionError({
      code: "wrong-option",
      what: `${owner}.default: a feature of any number of values needs none`,
      received: `shape: ${formatShape(shape)}`,
      expected: "no default, for an example that lacks it has no values",
      fix: "Leave default out",
    });
  }
  const count = sizeOf(shape as readonly number[]);
  const list = Array.isArray(given) ? (given as readonly TfValue[]) : new Array<TfValue>(count).fill(given as TfValue);
  if (list.length === count && list.every((value) => isOf(dtype, value))) {
    return dtype === "int64" ? list.map((value) => BigInt(value as number)) : list;
  }
  throw wrongOption(`${owner}.default`, `one value of ${dtype}, or ${count} of them`, given);
}

function isOf(dtype: TfDType, value: unknown): boolean {
  if (dtype === "bytes") return value instanceof Uint8Array;
  if (dtype === "string") return typeof value === "string";
  if (dtype === "float32") return typeof value === "number";
  if (dtype === "int32") return Number.isInteger(value) && (value as number) === ((value as number) | 0);
  return typeof value === "bigint" || Number.isSafeInteger(value);
}

/** What a feature becomes, for messages: `int64 (3,)`. */
export function featureKind({ dtype, shape }: ResolvedFeature, isSequence = false): string {
  const all = isSequence ? [null, ...shape] : shape;
  return all.length === 0 ? dtype : `${dtype} ${formatShape(all)}`;
}
