/** Names in other libraries that are too different for a comparison of letters. */
const ELSEWHERE: Readonly<Record<string, string>> = { lr: "learningRate", decay: "weightDecay" };

/** Longer names are not compared: the time grows with the product of their lengths. */
const LONGEST = 80;

/** The candidate most like `word`, if it is near enough to be a typing error. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const known = ELSEWHERE[word];
  if (known !== undefined && candidates.includes(known)) return known;
  if (word.length > LONGEST) return undefined;
  const most = Math.max(1, Math.floor(word.length / 3));
  const plain = canonical(word);
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of candidates) {
    // The distance of two words is at least the difference of their lengths.
    if (candidate.length > 2 * LONGEST) continue;
    const other = canonical(candidate);
    if (Math.abs(other.length - plain.length) >= bestDistance) continue;
    const distance = editDistance(plain, other);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** A name in lower case without underscores. */
export const canonical = (word: string): string => word.toLowerCase().replaceAll("_", "");

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}
