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

/** Where each of some lists begins when they lie one after the other, and how long they are together. */
export function startsOf(lengths: Iterable<number>): { readonly starts: readonly number[]; readonly total: number } {
  const starts: number[] = [];
  let total = 0;
  for (const length of lengths) {
    starts.push(total);
    total += length;
  }
  return { starts, total };
}

/** For each part that some of the numbers are of: where these stand in the list. */
export function byPart(
  numbers: ArrayLike<number>,
  partOf: (number: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (let i = 0; i < numbers.length; i++) {
    const part = partOf(numbers[i]!);
    const list = places.get(part);
    if (list === undefined) places.set(part, [i]);
    else list.push(i);
  }
  return places;
}
