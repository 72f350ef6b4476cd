import { isPlainObject } from "./value-text.js";

/** One thing, or lists and records of things, in one another. */
export type Grouped<T> = T | readonly Grouped<T>[] | { readonly [name: string]: Grouped<T> };

/** How things are grouped. Its row has them one after the other, in Keras's order: records by sorted name. */
export interface Structure {
  readonly kind: "one" | "list" | "record";
  /** For a record, in the order of its row. */
  readonly names: readonly string[];
  /** How many things there are. */
  readonly count: number;
  /** The structures inside, where not all of them are single things. */
  readonly parts?: readonly Structure[];
}

export const ONE: Structure = { kind: "one", names: [], count: 1 };

/** More levels than any group has. Stops at lists that contain themselves. */
export const MOST_LEVELS = 32;

/** The structure of a group, and its row: alone, or a list; undefined when it is none. */
export function structureOf<T>(
  group: unknown,
  isOne: (value: unknown) => value is T,
): { readonly structure: Structure; readonly row: T | readonly T[] } | undefined {
  const row: T[] = [];
  const structure = read(group, isOne, row, 0);
  if (structure === undefined) return undefined;
  return { structure, row: structure.kind === "one" ? row[0]! : row };
}

function read<T>(
  group: unknown,
  isOne: (value: unknown) => value is T,
  row: T[],
  level: number,
): Structure | undefined {
  if (isOne(group)) {
    row.push(group);
    return ONE;
  }
  const isList = Array.isArray(group);
  if ((!isList && !isPlainObject(group)) || level === MOST_LEVELS) return undefined;
  const names = isList ? [] : Object.keys(group).sort();
  // Copied, so that holes of sparse arrays are seen.
  const entries: unknown[] = isList ? [...group] : names.map((name) => group[name]);
  const parts: Structure[] = [];
  for (const entry of entries) {
    const part = read(entry, isOne, row, level + 1);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts.length === 0 ? undefined : grouping(isList ? "list" : "record", names, parts);
}

/** A structure of structures. */
export function grouping(kind: "list" | "record", names: readonly string[], parts: readonly Structure[]): Structure {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { kind, names, count, ...(parts.some((part) => part.kind !== "one") ? { parts } : {}) };
}

/** What a structure holds, each with its name, or its place in a list. */
export function partsOf(structure: Structure): readonly (readonly [key: string, part: Structure])[] {
  const { kind, names, count } = structure;
  if (kind === "one") return [];
  const parts = structure.parts ?? Array.from({ length: count }, () => ONE);
  return parts.map((part, i) => [kind === "record" ? names[i]! : String(i), part] as const);
}

/** A row in the structure's form. */
export function inStructure<T>(structure: Structure, row: T | readonly T[]): Grouped<T> {
  const list = (Array.isArray(row) ? row : [row]) as readonly T[];
  // A list of other length than it had first stays whole.
  if (structure.kind === "list" && structure.parts === undefined) return list;
  let next = 0;
  const build = (one: Structure): Grouped<T> => {
    if (one.kind === "one") return list[next++]!;
    const entries = partsOf(one).map(([key, part]) => [key, build(part)] as const);
    return one.kind === "list" ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
  };
  return build(structure);
}

/** The group with each thing mapped, in its order. */
export function mapGrouped<T, U>(
  group: Grouped<T>,
  isOne: (value: unknown) => value is T,
  map: (one: T) => U,
): Grouped<U> {
  if (isOne(group)) return map(group);
  if (Array.isArray(group)) return (group as readonly Grouped<T>[]).map((entry) => mapGrouped(entry, isOne, map));
  return Object.fromEntries(
    Object.entries(group as { readonly [name: string]: Grouped<T> }).map(([name, entry]) => [
      name,
      mapGrouped(entry, isOne, map),
    ]),
  );
}

/** The way to each thing of the row: `[]`, `["image"]`, `["aux", 0]`. */
export function pathsIn(structure: Structure): (readonly (string | number)[])[] {
  if (structure.kind === "one") return [[]];
  return partsOf(structure).flatMap(([key, part], i) =>
    pathsIn(part).map((path) => [structure.kind === "record" ? key : i, ...path]),
  );
}

/** The ways as texts, "aux/0"; undefined for a single thing or a plain list, whose things have no names. */
export function keysIn(structure: Structure): readonly string[] | undefined {
  if (structure.kind !== "record" && structure.parts === undefined) return undefined;
  return pathsIn(structure).map((path) => path.join("/"));
}

/** Whether two groups have the same form; plain lists may be of any length. */
export function sameStructure(a: Structure, b: Structure): boolean {
  return structureText(a) === structureText(b);
}

/** A structure for messages: "one tensor", "a list", `{ image, text }`, `{ aux: [one tensor, one tensor], image }`. */
export function structureText(structure: Structure): string {
  const { kind, names, parts } = structure;
  if (kind === "one") return "one tensor";
  if (parts === undefined) return kind === "list" ? "a list" : `{ ${names.join(", ")} }`;
  const inner = (part: Structure): string =>
    part.kind === "list" && part.parts === undefined
      ? `[${Array.from({ length: part.count }, () => "one tensor").join(", ")}]`
      : structureText(part);
  if (kind === "list") return `[${parts.map(inner).join(", ")}]`;
  return `{ ${parts.map((part, i) => (part.kind === "one" ? names[i]! : `${names[i]}: ${inner(part)}`)).join(", ")} }`;
}

/**
 * What a group has at the places of a structure, null where it has nothing; undefined when it has another form.
 * @param isOne whether it may stand at a place
 * @param all whether no place of a record may be left out
 */
export function alongStructure(
  structure: Structure,
  given: unknown,
  isOne: (value: unknown) => boolean,
  all = false,
): unknown[] | undefined {
  const { kind, count } = structure;
  if (given === null || (given === undefined && !all)) return Array.from({ length: count }, () => null);
  if (kind === "one") return given !== undefined && isOne(given) ? [given] : undefined;
  const parts = partsOf(structure);
  const isRight = kind === "list" ? Array.isArray(given) && given.length === parts.length : isPlainObject(given);
  if (!isRight || Object.keys(given as object).some((key) => !parts.some(([name]) => name === key))) return undefined;
  const found = parts.map(([key, part]) => alongStructure(part, (given as Record<string, unknown>)[key], isOne, all));
  return found.every((part) => part !== undefined) ? found.flat() : undefined;
}
