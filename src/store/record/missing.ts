/**
 * Where a point has no value for a key, its column holds a NaN that no arithmetic gives: other bits in its lower half.
 * So a loss that became NaN is told from one that was not recorded. Copies of arrays keep bits; numbers need not.
 */
const LOW = 0x5041_574c;
const HIGH = 0x7ff8_0000;
const LITTLE: boolean = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const lowAt = LITTLE ? 0 : 1;

/** Marks rows `from … to - 1` as having no value. */
export function fillMissing(values: Float64Array, from: number, to: number): void {
  if (from >= to) return;
  const bits = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  bits[2 * from + lowAt] = LOW;
  bits[2 * from + 1 - lowAt] = HIGH;
  // By bytes, since the value of a number may get other bits on its way.
  for (let done = 1; done < to - from; done *= 2) {
    bits.copyWithin(2 * (from + done), 2 * from, 2 * (from + Math.min(done, to - from - done)));
  }
}

/** Whether the point of this row has no value; a NaN that was recorded is one. */
export function isMissing(values: Float64Array, row: number): boolean {
  if (!Number.isNaN(values[row])) return false;
  const bits = new Uint32Array(values.buffer, values.byteOffset + 8 * row, 2);
  return bits[lowAt] === LOW && bits[1 - lowAt] === HIGH;
}
