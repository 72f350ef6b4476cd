/** The index of the last of some ascending starts, the first 0, that is not above `index`. */
export function holding(starts: ArrayLike<number>, index: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= index) low = middle;
    else high = middle;
  }
  return low;
}
