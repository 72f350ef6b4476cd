/** Bits of a word that count the units taken of a range; the bits above tell one job from the next. */
export const TAKEN_BITS = 12;
/** Most units of a phase. */
export const MOST_UNITS: number = (1 << TAKEN_BITS) - 1;
/** Jobs that can be told apart by a word. */
export const TAGS: number = 2 ** (32 - TAKEN_BITS);

/** What the numbers that all threads share mean. */
export const Field = {
  /** Rises with each job; members sleep on it. */
  bell: 0,
  /** Number of the present job, or 0 while the next one is written. */
  job: 1,
  /** Number of the job's score. */
  score: 2,
  /** Whether the last one to finish sends a message, because nobody waits. */
  message: 3,
  /** 0, 1 while a failure is written, 2 when it is there: */
  failed: 4,
  /** the call that failed, what its function returned (0 for a session), the bytes of a text. */
  failure: 5,
  /** Members that have begun to listen. */
  present: 8,
  /** Ranges that the units of a phase are divided into: one for each thread that may take part. */
  ranges: 9,
  /** The text of a failure. */
  text: 16,
} as const;

export const CONTROL_BYTES = 4096;

/** Looks at a number before going to sleep over it: some tens of microseconds. */
export const SPINS = 4000;

/** Most threads that have a range of their own. */
export const MOST_RANGES = 64;

/** Words of a phase in a score's state: units done, and units taken of each range. */
export const PHASE_WORDS: number = 1 + MOST_RANGES;
