/**
 * Where a thread writes how long each part took: the number of notes, then for each the part's index, its begin and its
 * end in milliseconds since 1970. Notes of one job only; the calling thread reads them when it has ended.
 */
export const MOST_NOTES = 20_000;
export const NOTE_WORDS = 3;
export const NOTES_BYTES: number = 8 * (1 + MOST_NOTES * NOTE_WORDS);

/** Milliseconds since 1970, the same on all threads. */
export const clock = (): number => performance.timeOrigin + performance.now();
