/** Bits of a word that count the units taken from a range; the bits above hold the job's number. */
export const TAKEN_BITS = 12;
/** Largest number of units in a phase. */
export const MOST_UNITS: number = (1 << TAKEN_BITS) - 1;
/** How many job numbers fit into a word. */
export const TAGS: number = 2 ** (32 - TAKEN_BITS);

/** The numbers that all threads share. */
export const Field = {
  /** Rises with each job; members sleep on it. */
  bell: 0,
  /** Number of the current job, or 0 while the next one is written. */
  job: 1,
  /** Number of the job's score. */
  score: 2,
  /** Whether the last thread to finish sends a message, because the calling thread does not wait. */
  message: 3,
  /** 0: no failure; 1: one is being written; 2: it is complete. */
  failed: 4,
  /** The call that failed, what its function returned (0 for a session), and the length of the text in bytes. */
  failure: 5,
  /** Number of members that listen. */
  present: 8,
  /** Number of ranges that a phase's units are divided into: one for each thread that may take part. */
  ranges: 9,
  /** The text of a failure. */
  text: 16,
} as const;

export const CONTROL_BYTES = 4096;

/** How often a number is polled before sleeping: some tens of microseconds. */
export const SPINS = 4000;

/** Largest number of ranges, and so of threads. */
export const MOST_RANGES = 64;

/** Words of a phase in a score's state: units done, and units taken of each range. */
export const PHASE_WORDS: number = 1 + MOST_RANGES;
