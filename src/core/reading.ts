/** The major version of the Keras that wrote a config: some words mean something else in each. */
export type Age = 1 | 2 | 3;

/** Classes and functions of the user's, by the name that a file has for them. */
export type CustomObjects = { readonly [name: string]: unknown };

/** How configs are read: handed down from the file to every object in it. */
export interface Reading {
  readonly age: Age;
  readonly custom: CustomObjects;
  /** What to do with unknown keys. */
  readonly unknownKeys: "error" | "warn";
  /** For messages: the file and the object in it; empty where nobody said. */
  readonly where: string;
}

/** Configs in today's words, with nothing of the user's. */
export const PRESENT: Reading = { age: 3, custom: {}, unknownKeys: "error", where: "" };

/** What the user gave for one of these names, in their order; undefined when nothing. */
export function customFor({ custom }: Reading, ...names: readonly (string | null)[]): unknown {
  const given = names.find((name) => name !== null && Object.hasOwn(custom, name));
  return given === undefined || given === null ? undefined : custom[given];
}
