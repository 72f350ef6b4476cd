/** The size of a step, from which the number of shards is chosen. */
export interface StepSize {
  /** Rows per batch. */
  readonly rows: number;
  /** Multiplications and additions of a step. */
  readonly work: number;
  /** Number of elements of the weights. */
  readonly parameters: number;
  /** Bytes of gradients that are summed over shards; 0 outside of training. */
  readonly parameterBytes: number;
}

/** Most shards to choose: as many as Node has background threads by default. */
const MOST = 4;
/** A shard with less work than this is done before another thread starts: about half a millisecond of one core. */
const LEAST_WORK = 5e7;
/** Matrix products over fewer rows lose speed. */
const LEAST_ROWS = 16;
/** If each row uses every weight this often (steps of a sequence, places of an image), products have more rows than that. */
const MANY_USES = 32;
/** Two shards are faster from as many uses in each on; four are worth it where rows are many as well. */
const LEAST_USES = 256;
const LEAST_ROWS_OF_MANY_USES = 8;
/**
 * Most bytes of gradients that all shards write, per operation of the step: more would cost over a few per cent of it.
 * Two shards are allowed more than four, because two are faster on every machine.
 */
const MOST_BYTES = { two: 0.015, more: 0.008 };

/**
 * The rule behind `shards: "auto"`, version 4: the largest power of two whose shards are each worth a thread. A pure
 * function of the model and its batch, never of the machine, because the bits of a training depend on it. Fitted to the
 * models of bench/ on two cores (milliseconds per step with 1, 2 and 4 shards): MNIST MLP 5.1, 3.2, 4.1; wide MLP 300,
 * 153, 167; convnet 37, 18.5, 19.3; LSTM 30, 16.1, 16.7; transformer (16 rows) 471, 244, 247. On two cores four shards
 * are never faster; where they cost little, they are chosen for machines with four cores. Few rows, with one core half
 * taken: transformer of 4 rows 1626, 1136, 1165; U-Net of 8 images 119, 80; ResNet-50 of 8 images 333, 292, 308.
 */
export function autoShards({ rows, work, parameters, parameterBytes }: StepSize): number {
  // Each use is a multiplication and an addition.
  const uses = work / (2 * rows * parameters);
  const leastRows = (shards: number): number => {
    if (uses < MANY_USES) return LEAST_ROWS;
    return shards === 2 ? Math.max(1, LEAST_USES / uses) : LEAST_ROWS_OF_MANY_USES;
  };
  const isWorthIt = (shards: number): boolean =>
    rows >= shards * leastRows(shards) &&
    work >= shards * LEAST_WORK &&
    shards * parameterBytes <= work * (shards === 2 ? MOST_BYTES.two : MOST_BYTES.more);
  let shards = 1;
  while (shards < MOST && isWorthIt(shards * 2)) shards *= 2;
  return shards;
}
