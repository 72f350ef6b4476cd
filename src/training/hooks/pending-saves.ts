import { Turns } from "./turns.js";

/** A save that training does not wait for. */
interface Pending {
  /** How messages name what is saved, and where training was. */
  readonly what: string;
  /** Called when it is durable. */
  readonly saved: (() => void | Promise<void>) | undefined;
  /** Who asked for it. */
  readonly by: unknown;
  failure?: unknown;
}

/** A failed save that no later save has made up for. */
export interface FailedSave {
  readonly what: string;
  readonly error: unknown;
}

/**
 * Saves that run while training goes on. Their results are handled at cuts and where training waits for them, never in
 * between, so that callbacks run only at fixed points of the training.
 */
export class PendingSaves {
  readonly #failed: (what: string, error: unknown) => void;
  readonly #running = new Set<Promise<void>>();
  readonly #turns = new Turns();
  readonly #lastFailed = new Map<unknown, FailedSave>();
  #ended: Pending[] = [];

  /** @param failed reports a failed save; an error that it throws ends the training */
  constructor(failed: (what: string, error: unknown) => void) {
    this.#failed = failed;
  }

  /** @param by who asked for it: a later save by the same one makes up for a failed save */
  add(by: unknown, what: string, durable: Promise<unknown>, saved?: () => void | Promise<void>): void {
    const pending: Pending = { by, what, saved };
    const running = durable
      .then(
        () => undefined,
        (failure: unknown) => {
          pending.failure = failure ?? new Error("unknown failure");
        },
      )
      .then(() => {
        this.#running.delete(running);
        this.#ended.push(pending);
      });
    this.#running.add(running);
  }

  /** Handles saves that have ended since, without waiting for others. @returns whether there were any */
  async listen(): Promise<boolean> {
    if (this.#running.size > 0) await this.#turns.take();
    if (this.#ended.length === 0) return false;
    await this.settle();
    return true;
  }

  /** Reports failures, and notifies those who wait for their files. */
  async settle(): Promise<void> {
    while (this.#ended.length > 0) {
      const { by, what, saved, failure } = this.#ended.shift()!;
      this.#lastFailed.delete(by);
      if (failure !== undefined) this.#lastFailed.set(by, { what, error: failure });
      try {
        if (failure !== undefined) throw failure;
        await saved?.();
      } catch (error) {
        this.#failed(what, error);
      }
    }
  }

  /** The last save of each requester, if it failed. */
  get lastFailed(): ReadonlyMap<unknown, FailedSave> {
    return this.#lastFailed;
  }

  /** Waits until every save has ended, and settles. */
  async flush(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    await this.settle();
  }
}
