import type { SaveEvery } from "../options/run-options.js";

/**
 * The share of time that saving may take under "auto": a hundredth, less room for the first save, which does not wait,
 * and for a save that takes a quarter longer than the one before.
 */
const SHARE = 0.0075;

/**
 * Decides when to save the state. Only this depends on the clock, never a result.
 */
export class SaveInterval {
  readonly #every: Required<SaveEvery>;
  readonly #now: () => number;
  #last: number;
  /** Milliseconds that the last save took, counted as if training had stopped meanwhile. */
  #cost = 0;

  constructor(every: Required<SaveEvery>, now: () => number = () => performance.now()) {
    this.#every = every;
    this.#now = now;
    this.#last = now();
  }

  /** Called when a state is copied. */
  begun(): void {
    this.#last = this.#now();
  }

  /** Called when it is durable, `cost` milliseconds later. */
  ended(cost: number): void {
    this.#cost = cost;
  }

  afterStep(iteration: number): boolean {
    const { steps } = this.#every;
    return (steps !== null && iteration % steps === 0) || this.#timeIsUp();
  }

  /** @param epoch how many epochs are done */
  afterEpoch(epoch: number): boolean {
    const { epochs } = this.#every;
    return (epochs !== null && epoch % epochs === 0) || this.#timeIsUp();
  }

  /**
   * Whether every training with these settings saves here, so that the save is a link of the chain: at ends of epochs,
   * for which training waits. A save after so many steps may come later on a slow disk. Where there are no saves at ends
   * of epochs, all saves are links.
   * @param epoch how many epochs are done
   * @param batch batches done in the next one
   */
  places(epoch: number, batch: number): boolean {
    const { epochs } = this.#every;
    return epochs === null || (batch === 0 && epoch % epochs === 0);
  }

  #timeIsUp(): boolean {
    const { seconds } = this.#every;
    if (seconds === null) return false;
    const gone = this.#now() - this.#last;
    return gone >= (seconds === "auto" ? this.#cost / SHARE : seconds * 1000);
  }
}
