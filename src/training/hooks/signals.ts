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
  /** Watches of users' own loops, which may hold trainings: those leave the signal to them. */
  static readonly #holding = new Set<SignalWatch>();
  readonly #own = new Set<Signal>();
  #hasLeft = false;
  readonly #handle: (signal: Signal) => void;
  #onSignal: (signal: Signal) => void = () => {};

  private constructor() {
    this.#handle = (signal) => {
      if (this.received !== null) exitAtOnce(EXIT_CODES[signal]);
      this.receive(signal);
    };
  }

  /** Does what the first signal of this kind does, for whoever has another way to ask. */
  receive(signal: Signal): void {
    this.received ??= signal;
    this.#onSignal(signal);
  }

  /**
   * Starts listening; null on platforms without signals, and for a training inside a loop that holds: a step of that
   * loop with half a training in it would not be a step.
   */
  static start({ holds = false }: { readonly holds?: boolean } = {}): SignalWatch | null {
    if (typeof globalThis.process?.on !== "function" || (!holds && SignalWatch.#holding.size > 0)) return null;
    const watch = new SignalWatch();
    const known = new Set<unknown>([tell, ...[...SignalWatch.#holding].map((other) => other.#handle)]);
    for (const signal of Object.keys(EXIT_CODES) as Signal[]) {
      if (process.listeners(signal).some((listener) => !known.has(listener))) watch.#own.add(signal);
      process.on(signal, watch.#handle);
    }
    if (holds) SignalWatch.#holding.add(watch);
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
    SignalWatch.#holding.delete(this);
    for (const signal of Object.keys(EXIT_CODES) as Signal[]) process.off(signal, this.#handle);
  }

  /** Ends the process as the signal would have, after everything is saved. */
  exit(): never {
    process.exit(EXIT_CODES[this.received!]);
  }

  /** A loop has saved: ends the process, unless another one is still to reach its next commit. */
  leave(): void {
    const others = [...SignalWatch.#holding].some((other) => other !== this && !other.#hasLeft);
    if (!others || this.#hasLeft) this.exit();
    this.#hasLeft = true;
  }
}
