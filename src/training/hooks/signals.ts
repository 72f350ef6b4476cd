import { exitAtOnce } from "../../store/index.js";
import { tell } from "./interrupt-notice.js";

/** Exit codes that shells report for processes ended by a signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof EXIT_CODES;

/**
 * Listens for Ctrl-C and SIGTERM while a training with a run folder runs: the first signal ends the training after the
 * current step, a second one ends the process at once.
 */
export class SignalWatch {
  /** The signal received; null before. */
  received: Signal | null = null;
  readonly #own = new Set<Signal>();
  readonly #handle: (signal: Signal) => void;
  #onSignal: (signal: Signal) => void = () => {};

  private constructor() {
    this.#handle = (signal) => {
      if (this.received !== null) exitAtOnce(EXIT_CODES[signal]);
      this.received = signal;
      this.#onSignal(signal);
    };
  }

  /** Starts listening; null on platforms without signals. */
  static start(): SignalWatch | null {
    if (typeof globalThis.process?.on !== "function") return null;
    const watch = new SignalWatch();
    for (const signal of Object.keys(EXIT_CODES) as Signal[]) {
      if (process.listeners(signal).some((listener) => listener !== tell)) watch.#own.add(signal);
      process.on(signal, watch.#handle);
    }
    return watch;
  }

  /** Calls back when a signal comes, or at once when one has come already. */
  tell(onSignal: (signal: Signal) => void): void {
    this.#onSignal = onSignal;
    if (this.received !== null) onSignal(this.received);
  }

  /** Whether the program has its own listeners, and so decides itself what the signal means. */
  get leavesItToProgram(): boolean {
    return this.received !== null && this.#own.has(this.received);
  }

  stop(): void {
    for (const signal of Object.keys(EXIT_CODES) as Signal[]) process.off(signal, this.#handle);
  }

  /** Ends the process as the signal would have, after everything is saved. */
  exit(): never {
    process.exit(EXIT_CODES[this.received!]);
  }
}
