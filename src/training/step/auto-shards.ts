/** What the number of shards is chosen by. */
export interface StepSize {
  /** Rows of a batch. */
  readonly rows: number;
  /** Multiplications and additions of a step. */
  readonly work: number;
  /** Numbers in the weights. */
  readonly parameters: number;
  /** Bytes of gradients that the shards' sums are of; 0 outside of training. */
  readonly parameterBytes: number;
}

/** Most shards that are chosen: as many as Node has threads for work aside. */
const MOST = 4;
/** A shard that has less to do is done before another thread has begun: about half a millisecond of one core. */
const LEAST_WORK = 5e7;
/** Matrix products over fewer rows lose speed. */
const LEAST_ROWS = 16;
/** Where each row meets every weight this often (steps of a sequence, places of an image), its products have rows enough. */
const MANY_USES = 32;
const LEAST_ROWS_OF_MANY_USES = 8;
/**
 * Bytes of gradients that all shards write, for each operation of the step: beyond, they cost more than some per cent of
 * it. Two shards are worth more of them than four: there is no machine that two do not make faster.
 */
const MOST_BYTES = { two: 0.015, more: 0.008 };

/**
 * The rule behind `shards: "auto"`, version 3: the largest power of two whose shards are worth a thread of their own.
 * A pure function of the model and its batch, never of the machine, for the bits of a training depend on it. Fitted to
 * the models of bench/ on two cores (milliseconds a step with 1, 2 and 4 shards): MNIST MLP 5.1, 3.2, 4.1; wide MLP 300,
 * 153, 167; convnet 37, 18.5, 19.3; LSTM 30, 16.1, 16.7; transformer (16 rows) 471, 244, 247. On two cores four shards are never faster; where they cost
 * little they are chosen for the sake of machines with four.
 */
export function autoShards({ rows, work, parameters, parameterBytes }: StepSize): number {
  // Each use is a multiplication and an addition.
  const uses = work / (2 * rows * parameters);
  const leastRows = uses >= MANY_USES ? LEAST_ROWS_OF_MANY_USES : LEAST_ROWS;
  const isWorthIt = (shards: number): boolean =>
    rows >= shards * leastRows &&
    work >= shards * LEAST_WORK &&
    shards * parameterBytes <= work * (shards === 2 ? MOST_BYTES.two : MOST_BYTES.more);
  let shards = 1;
  while (shards < MOST && isWorthIt(shards * 2)) shards *= 2;
  return shards;
}
