import { byteSize } from "../../core/dtype.js";
import type { Value } from "../../graph/value.js";
import { readsOf, type Step } from "./step.js";

/**
 * Values that can reuse the place of another one, whose last reader came before; each with the first value of the
 * place. Only values with the batch as first axis and with rows of the same length share a place: each shard then has
 * the same bytes of both, so shards need not wait for each other.
 * @param kept values that are read after the run
 */
export function sharedPlaces(steps: readonly Step[], kept: ReadonlySet<Value>): Map<Value, Value> {
  const last = new Map<Value, number>();
  const writers = new Map<Value, number>();
  for (const [index, step] of steps.entries()) {
    for (const value of readsOf(step)) last.set(value, index);
    const outputs = step.kind === "allSum" ? step.sums : step.outputs;
    for (const value of outputs) writers.set(value, (writers.get(value) ?? 0) + 1);
  }

  const first = new Map<Value, Value>();
  const free = new Map<number, Value[]>();
  for (const [index, step] of steps.entries()) {
    if (step.kind === "allSum") continue;
    // What is done once may run beside other work that is done once, so its results keep their own places.
    for (const value of step.each ? step.outputs : []) {
      // Values that are passed through or recomputed keep their own place.
      if (value.shape[0] !== -1 || kept.has(value) || writers.get(value) !== 1 || readsOf(step).includes(value))
        continue;
      const place = free.get(rowBytes(value))?.pop();
      first.set(value, place ?? value);
    }
    for (const value of new Set([...readsOf(step), ...step.outputs])) {
      if (!first.has(value) || (last.get(value) ?? index) !== index) continue;
      const bytes = rowBytes(value);
      (free.get(bytes) ?? free.set(bytes, []).get(bytes)!).push(first.get(value)!);
    }
  }
  return first;
}

const rowBytes = ({ shape, dtype }: Value): number =>
  shape.slice(1).reduce((size, dim) => size * dim, 1) * byteSize(dtype);
