const said = new Set<string>();

/** Writes one line to stderr, once per `key` and process. */
export function sayOnce(key: string, line: string): void {
  if (said.has(key)) return;
  said.add(key);
  console.warn(line);
}

/** As if nothing had been said: for tests, of which many share a process. */
export function forgetNotices(): void {
  said.clear();
}
