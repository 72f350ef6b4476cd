import { isPlainObject } from "../../core/value-text.js";
import type { Value } from "../../graph/value.js";
import type { Inputs } from "./inputs.js";
import type { Mask } from "./masks.js";

/** One thing, a list of them, or a record by name. */
export type Grouped<T> = T | readonly T[] | { readonly [name: string]: T };

/** The masks of a call. */
export interface CallMasks {
  maskOf(value: Value): Mask;
  setMasks(masks: readonly Mask[]): void;
}

/**
 * How the inputs and outputs of a call are grouped. Between layers they stand in a row: alone, or in a list. Callers of a
 * model, and its `call`, may have them by name.
 */
export interface CallForm {
  /** What the first call of a model took; null for layers, and while nobody knows. */
  readonly takes: Structure | null;
  /** What a caller gives, as a row. */
  inward(given: unknown): unknown;
  /** A row as `call` takes it; also the shapes of a row. */
  toCall<T>(row: T | readonly T[]): Grouped<T>;
  /** What `call` gave, as a row. */
  fromCall(result: unknown, context: CallMasks, inputs: Inputs): Inputs;
  /** A row as the caller gets it. */
  outward<T>(row: T | readonly T[]): Grouped<T>;
}

/** That of layers: what they are given and give is a row. */
export const ROW: CallForm = {
  takes: null,
  inward: (given) => given,
  toCall: (row) => row,
  fromCall: (result) => result as Inputs,
  outward: (row) => row,
};

/** How things are grouped: null for a single one or a list, the sorted names of a record. */
export interface Structure {
  readonly kind: "one" | "list" | "record";
  /** For a record, in the order of its row. */
  readonly names: readonly string[];
}

/** The structure of a group, and its row; undefined when it is none. */
export function structureOf<T>(
  group: unknown,
  isOne: (value: unknown) => value is T,
): { readonly structure: Structure; readonly row: T | readonly T[] } | undefined {
  if (isOne(group)) return { structure: { kind: "one", names: [] }, row: group };
  if (Array.isArray(group)) {
    // Copied, so that holes of sparse arrays are seen.
    const row: unknown[] = [...group];
    return row.length > 0 && row.every(isOne) ? { structure: { kind: "list", names: [] }, row } : undefined;
  }
  if (!isPlainObject(group)) return undefined;
  const names = Object.keys(group).sort();
  const row = names.map((name) => (group as Record<string, unknown>)[name]);
  return names.length > 0 && row.every(isOne) ? { structure: { kind: "record", names }, row } : undefined;
}

/** A row in the structure's form. */
export function inStructure<T>({ kind, names }: Structure, row: T | readonly T[]): Grouped<T> {
  const list = (Array.isArray(row) ? row : [row]) as readonly T[];
  if (kind === "one") return list[0]!;
  return kind === "list" ? list : Object.fromEntries(names.map((name, i) => [name, list[i]!]));
}

/** A structure for messages: "one tensor", "a list", `{ image, text }`. */
export function structureText({ kind, names }: Structure): string {
  return kind === "one" ? "one tensor" : kind === "list" ? "a list" : `{ ${names.join(", ")} }`;
}
