import { OptionError } from "../../core/errors.js";
import { type Field, type Fields, type Resolved, wrongOption } from "../../core/options.js";
import type { Tensor } from "../../core/tensor.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Batch } from "../dataset.js";
import { toBatch } from "../generator-dataset.js";

/** The fields of a part of a batch: one, a list for several inputs or outputs, or by the names of these. */
export type FieldNames = string | readonly string[] | { readonly [name: string]: string };

/** Which fields of the records a batch is made of. */
export interface BatchParts {
  /** Inputs. Default "x". */
  readonly x?: FieldNames;
  /** Targets. Default "y", which may be absent; null: none. */
  readonly y?: FieldNames | null;
  /** Weights of the samples. Default "sampleWeight", which may be absent; null: none. */
  readonly sampleWeight?: FieldNames | null;
}

const NAMES = 'a field\'s name, a list such as ["a", "b"], or { input: "field" }';

function parse(value: unknown, where: string): FieldNames {
  const isText = (item: unknown): boolean => typeof item === "string";
  if (isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))) return value as FieldNames;
  if (isPlainObject(value) && Object.values(value).length > 0 && Object.values(value).every(isText)) {
    return value as FieldNames;
  }
  throw wrongOption(where, NAMES, value);
}

const optional = (name: string): Field<FieldNames | null> => ({
  default: name,
  parse: (value, where) => (value === null ? null : parse(value, where)),
});

export const PARTS: Fields<BatchParts> = {
  x: { default: "x", parse },
  y: optional("y"),
  sampleWeight: optional("sampleWeight"),
};

export type ResolvedParts = Resolved<BatchParts>;

/** The fields that a batch may be made of. */
export function fieldsOf({ x, y, sampleWeight }: ResolvedParts): readonly string[] {
  return [x, y, sampleWeight].flatMap((given) => {
    if (given === null) return [];
    return typeof given === "string" ? [given] : (Object.values(given) as readonly string[]);
  });
}

/**
 * A batch of fields.
 * @param known the fields that the records have
 * @param tensorOf the values of a field
 */
export function batchOf(
  parts: ResolvedParts,
  known: (field: string) => boolean,
  tensorOf: (field: string) => Tensor,
  where: () => string,
): Batch {
  const part = (key: keyof BatchParts, given: FieldNames | null) => {
    // Data without targets or weights needs no option that says so.
    if (given === null || (given === key && key !== "x" && !known(key))) return null;
    const one = (field: string): Tensor => {
      if (!known(field)) throw noField(field, key, where());
      return tensorOf(field);
    };
    if (typeof given === "string") return one(given);
    if (Array.isArray(given)) return given.map(one);
    return Object.fromEntries(Object.entries(given).map(([name, field]) => [name, one(field as string)]));
  };
  const x = part("x", parts.x);
  return toBatch(
    { x: x as Tensor, y: part("y", parts.y), sampleWeight: part("sampleWeight", parts.sampleWeight) },
    "A batch of records",
  );
}

function noField(field: string, part: string, record: string): OptionError {
  return new OptionError({
    code: "no-such-field",
    what: `There is no field "${field}" for ${part} of a batch`,
    received: record,
    fix: `Say which fields to take: batch(32, { x: "image", y: "label" }), or make them with map`,
    data: { field },
  });
}
