/** Least milliseconds between two points that nobody asked for. */
const APART = 50;
/** Points are also so far apart that there are not many more than this. */
const MANY = 10_000;

/**
 * Which steps of a training are recorded. The clock only chooses k of 2^k, so that two trainings that record at all
 * record the same steps, one of them perhaps fewer.
 */
export class RecordedSteps {
  readonly #every: "auto" | number;
  readonly #now: () => number;
  readonly #begun: number;
  #stride = 1;
  #last: number;

  constructor(every: "auto" | number, now: () => number = () => performance.now()) {
    this.#every = every;
    this.#now = now;
    this.#begun = now();
    this.#last = this.#begun;
  }

  /** @param step training steps done */
  has(step: number): boolean {
    if (this.#every !== "auto") return this.#every > 0 && step % this.#every === 0;
    if (step % this.#stride !== 0) return false;
    const now = this.#now();
    const apart = Math.max(APART, (now - this.#begun) / MANY);
    const gone = now - this.#last;
    this.#last = now;
    if (gone < apart) this.#stride *= 2;
    else if (gone > 4 * apart && this.#stride > 1) this.#stride /= 2;
    return true;
  }
}
