import type { SaveEvery } from "../options/run-options.js";

/**
 * Saving may cost this part of the time when nobody says how often to save: a hundredth, with room for the first save,
 * which waits for nothing, and for one that takes a quarter longer than the one before.
 */
const SHARE = 0.0075;

/**
 * Decides when a state is to be saved. The clock decides only that: what is computed does not depend on it.
 */
export class SaveInterval {
  readonly #every: Required<SaveEvery>;
  readonly #now: () => number;
  #last: number;
  /** Milliseconds that the last save took, as if training had stood still all the time. */
  #cost = 0;

  constructor(every: Required<SaveEvery>, now: () => number = () => performance.now()) {
    this.#every = every;
    this.#now = now;
    this.#last = now();
  }

  /** A state is being copied. */
  begun(): void {
    this.#last = this.#now();
  }

  /** It is durable, `cost` milliseconds later. */
  ended(cost: number): void {
    this.#cost = cost;
  }

  afterStep(iteration: number): boolean {
    const { steps } = this.#every;
    return (steps !== null && iteration % steps === 0) || this.#timeIsUp();
  }

  /** @param epochs done */
  afterEpoch(epoch: number): boolean {
    const { epochs } = this.#every;
    return (epochs !== null && epoch % epochs === 0) || this.#timeIsUp();
  }

  #timeIsUp(): boolean {
    const { seconds } = this.#every;
    if (seconds === null) return false;
    const gone = this.#now() - this.#last;
    return gone >= (seconds === "auto" ? this.#cost / SHARE : seconds * 1000);
  }
}
