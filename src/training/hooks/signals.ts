import { exitAtOnce } from "../../store/index.js";
import { tell } from "./interrupt-notice.js";

/** Exit codes of processes that a signal ended, as shells have them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof EXIT_CODES;

/**
 * Listens for Ctrl-C and SIGTERM while a training with a durable target runs: the first signal asks it to end after the
 * step, a second one ends the process at once.
 */
export class SignalWatch {
  /** The signal that came; null before. */
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

  /** Begins to listen; null where there are no signals. */
  static start(): SignalWatch | null {
    if (typeof globalThis.process?.on !== "function") return null;
    const watch = new SignalWatch();
    for (const signal of Object.keys(EXIT_CODES) as Signal[]) {
      if (process.listeners(signal).some((listener) => listener !== tell)) watch.#own.add(signal);
      process.on(signal, watch.#handle);
    }
    return watch;
  }

  /** Calls back when a signal comes, or at once when it has come already. */
  tell(onSignal: (signal: Signal) => void): void {
    this.#onSignal = onSignal;
    if (this.received !== null) onSignal(this.received);
  }

  /** Whether the program had listeners of its own, and so decides by itself what the signal means. */
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
