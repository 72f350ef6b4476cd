/** A value that is made when it is first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * An object whose members are made when they are first asked for. A bundle has functions for the members of a namespace
 * (`import * as`), and compiles each when it is called: what looks at hundreds of them at its start pays for all.
 */
export function lazyMembers<T extends object>(names: Iterable<string>, make: (name: string) => unknown): T {
  const members = {};
  for (const name of names) {
    const get = (): unknown => {
      const value = make(name);
      Object.defineProperty(members, name, { value });
      return value;
    };
    Object.defineProperty(members, name, { get, enumerable: true, configurable: true });
  }
  return members as T;
}

type Every<T extends readonly object[]> = T extends readonly [infer First, ...infer Rest extends readonly object[]]
  ? First & Every<Rest>
  : unknown;

/** The members of all of these objects; those of later ones go first. None is looked at before it is asked for. */
export function lazilyMerged<const T extends readonly object[]>(...objects: T): Every<T> {
  const owners = new Map(objects.flatMap((object) => Object.keys(object).map((name) => [name, object] as const)));
  return lazyMembers(owners.keys(), (name) => (owners.get(name) as Record<string, unknown>)[name]) as Every<T>;
}
