import { treeSum as sumInTree } from "../../graph/shards.js";

type Numbers = Float32Array | Int32Array;

/** Elements that are added at a time, so that what lies between stays in the cache. */
const CHUNK = 2048;

/**
 * Adds arrays element by element in the fixed tree of graph/shards.ts, each sum rounded to the elements' type: the bits
 * depend on how many parts there are and on nothing else. `null` adds nothing.
 */
export function treeSum(parts: readonly (Numbers | null)[], out: Numbers): void {
  const length = Math.min(CHUNK, out.length);
  const buffers = parts.map((part) =>
    part === null ? null : out instanceof Float32Array ? new Float32Array(length) : new Int32Array(length),
  );
  for (let start = 0; start < out.length; start += CHUNK) {
    const end = Math.min(start + CHUNK, out.length);
    for (const [i, part] of parts.entries()) buffers[i]?.set(part!.subarray(start, end));
    const sum = sumInTree<Numbers>(buffers, (left, right) => {
      for (let i = 0; i < end - start; i++) left[i] = left[i]! + right[i]!;
      return left;
    });
    if (sum === null) out.fill(0, start, end);
    else out.set(sum.subarray(0, end - start), start);
  }
}
