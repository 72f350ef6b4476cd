/** Parameters of Keras's call that tensors are given to, as {@link Layer.parameters} names them. */
export interface Parameters {
  /** Those that take one tensor each. */
  readonly single: readonly string[];
  /** The one that takes the list of all further tensors. */
  readonly rest: string | null;
}

/** @param names the last one may be "...name" */
export function splitParameters(names: readonly string[]): Parameters {
  const last = names.at(-1);
  if (!last?.startsWith("...")) return { single: names, rest: null };
  return { single: names.slice(0, -1), rest: last.slice(3) };
}
