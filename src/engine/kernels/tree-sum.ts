type Numbers = Float32Array | Int32Array;

const CHUNK = 2048;

/**
 * Adds arrays element by element in a fixed binary tree, ((0 + 1) + (2 + 3)) + …, each sum rounded to the elements'
 * type: the bits depend on how many parts there are and on nothing else.
 */
export function treeSum(parts: readonly Numbers[], out: Numbers): void {
  const make = (length: number): Numbers =>
    out instanceof Float32Array ? new Float32Array(length) : new Int32Array(length);
  const buffers = parts.map(() => make(Math.min(CHUNK, out.length)));
  for (let start = 0; start < out.length; start += CHUNK) {
    const length = Math.min(CHUNK, out.length - start);
    for (const [i, part] of parts.entries()) buffers[i]!.set(part.subarray(start, start + length));
    for (let step = 1; step < parts.length; step *= 2) {
      for (let i = 0; i + step < parts.length; i += 2 * step) {
        const [left, right] = [buffers[i]!, buffers[i + step]!];
        for (let element = 0; element < length; element++) left[element] = left[element]! + right[element]!;
      }
    }
    if (parts.length === 0) out.fill(0, start, start + length);
    else out.set(buffers[0]!.subarray(0, length), start);
  }
}
