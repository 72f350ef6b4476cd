/** Runs `body` and then restores the counters. */
export function keepCounts<T>(counts: Map<string, number>, body: () => T): T {
  const before = [...counts];
  try {
    return body();
  } finally {
    counts.clear();
    for (const [key, count] of before) counts.set(key, count);
  }
}
