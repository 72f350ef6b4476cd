/** Keras's keyword arguments as our options: `from_logits` -> `fromLogits`. */
export function optionsOf(kwargs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(kwargs).map(([key, value]) => [
      key.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
