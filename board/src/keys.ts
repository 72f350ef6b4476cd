const FIRST_KEYS = ["loss", "accuracy"];
/** Keys in an order for reading: a key, then the same of the validation; rates and times last. */
export function orderedKeys(keys: readonly string[]): string[] {
  const base = (key: string): string => key.replace(/^val_/, "");
  const rank = (key: string): number => {
    const first = FIRST_KEYS.indexOf(base(key));
    if (first >= 0) return first;
    return /^(learning_rate|seconds|step_ms|norm\/)/.test(key) ? 4 : 3;
  };
  return [...keys].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      base(a).localeCompare(base(b)) ||
      Number(a.startsWith("val_")) - Number(b.startsWith("val_")) ||
      a.localeCompare(b),
  );
}
