/** Stands for a record that is damaged and left out. It keeps its number, so that all others have theirs. */
export const DAMAGED: unique symbol = Symbol("damaged record");

/** The records that one step left out, in this process. */
export class LeftOut {
  readonly #names: Set<string> = new Set();
  /** What was wrong with the first. */
  first: string | null = null;

  get count(): number {
    return this.#names.size;
  }

  add(name: string, message: string): void {
    this.first ??= message;
    this.#names.add(name);
  }
}

/** The numbers of those that are whole; null for all. */
export function wholeOnes(records: readonly unknown[]): readonly number[] | null {
  if (!records.includes(DAMAGED)) return null;
  return records.flatMap((record, i) => (record === DAMAGED ? [] : [i]));
}

/** What is made of the records that are whole, the others in between. */
export async function aroundDamaged<R, S>(
  records: readonly R[],
  make: (whole: readonly R[], numberOf: (i: number) => number) => Promise<readonly S[]>,
): Promise<readonly S[]> {
  const kept = wholeOnes(records);
  if (kept === null) return make(records, (i) => i);
  const made = await make(
    kept.map((i) => records[i]!),
    (i) => kept[i]!,
  );
  const out = Array.from(records) as unknown as S[];
  for (const [k, i] of kept.entries()) out[i] = made[k]!;
  return out;
}
