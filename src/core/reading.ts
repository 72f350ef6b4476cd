/** The major version of the Keras that wrote a config: some keys mean something else in each. */
export type Age = 1 | 2 | 3;

/** The user's classes and functions, by their names in the file. */
export type CustomObjects = { readonly [name: string]: unknown };

/** How configs are read: passed down from the file to every object in it. */
export interface Reading {
  readonly age: Age;
  readonly custom: CustomObjects;
  /** What to do with unknown keys. */
  readonly unknownKeys: "error" | "warn";
  /** For messages: the file and the object in it; may be empty. */
  readonly where: string;
}

/** For configs of the current version, without custom objects. */
export const PRESENT: Reading = { age: 3, custom: {}, unknownKeys: "error", where: "" };

/** The custom object under the first of these names that the user gave; undefined if none. */
export function customFor({ custom }: Reading, ...names: readonly (string | null)[]): unknown {
  const given = names.find((name) => name !== null && Object.hasOwn(custom, name));
  return given === undefined || given === null ? undefined : custom[given];
}
