type IsCapital<C extends string> = C extends Lowercase<C> ? false : true;
type IsSmall<C extends string> = C extends Uppercase<C> ? false : true;

/** What goes before a character of a class name: see `snakeCase` in names.ts, which this follows. */
type Gap<Before extends string, C extends string, Rest extends string> = Before extends ""
  ? ""
  : IsCapital<C> extends false
    ? ""
    : IsSmall<Before> extends true
      ? "_"
      : Rest extends `${infer Next}${string}`
        ? IsSmall<Next> extends true
          ? "_"
          : ""
        : "";

/** Keras's snake case of a class name, as a type: `KLDivergence` -> `kl_divergence`. */
export type SnakeCase<S extends string, Before extends string = ""> = S extends `${infer C}${infer Rest}`
  ? `${Gap<Before, C, Rest>}${Lowercase<C>}${SnakeCase<Rest, C>}`
  : "";

/** The names that strings may have for classes exported under `Name`: the class's own, and its snake case. */
export type ClassNames<Name> = Name extends string ? Name | SnakeCase<Name> : never;

/** The full name of something registered, as files have it too: `package>Name`, where the package is "Custom" by default. */
export type RegisteredName = `${string}>${string}`;
