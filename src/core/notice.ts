const said = new Set<string>();

/** Writes one line to stderr, the first time only that this `key` comes up in the process. */
export function sayOnce(key: string, line: string): void {
  if (said.has(key)) return;
  said.add(key);
  console.warn(line);
}
