import type { Value } from "./value.js";

/** All values that `outputs` reach, inputs before users: in the order of their ids. */
export function reachable(outputs: readonly Value[]): Value[] {
  const seen = new Set<Value>(outputs);
  const pending = [...seen];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    for (const input of value.inputs) {
      if (seen.has(input)) continue;
      seen.add(input);
      pending.push(input);
    }
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/** The users of each value among `values`. */
export function usersOf(values: readonly Value[]): Map<Value, Value[]> {
  const users = new Map<Value, Value[]>(values.map((value) => [value, []]));
  for (const value of values) for (const input of new Set(value.inputs)) users.get(input)?.push(value);
  return users;
}
