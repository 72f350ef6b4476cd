type IsCapital<C extends string> = C extends Lowercase<C> ? false : true;
type IsSmall<C extends string> = C extends Uppercase<C> ? false : true;

/** The underscore before a character of a class name, or nothing: the rule of `snakeCase` in names.ts, as a type. */
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

/** The strings that may name a class exported under `Name`: its class name and its snake case. */
export type ClassNames<Name> = Name extends string ? Name | SnakeCase<Name> : never;

/** The full name of a registered class, as in files: `package>Name`, where the package is "Custom" by default. */
export type RegisteredName = `${string}>${string}`;
