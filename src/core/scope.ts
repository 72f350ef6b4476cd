interface Frame {
  readonly name: string;
  readonly owner: object;
}

const stack: Frame[] = [];

/**
 * Runs `body` inside a name scope, as Keras's `name_scope` does: names of variables created inside start with it. A
 * scope that its owner has already opened is not opened twice.
 */
export function withScope<T>(name: string, owner: object, body: () => T): T {
  const top = stack.at(-1);
  if (top?.owner === owner && top.name === name) return body();
  stack.push({ name, owner });
  try {
    return body();
  } finally {
    stack.pop();
  }
}

/** The open scopes, joined by "/"; empty outside of all. */
export function currentScope(): string {
  return stack.map((frame) => frame.name).join("/");
}
