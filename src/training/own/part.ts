import type { Json, StateValue } from "../../core/stateful.js";

/** What a part of a run is, however it keeps its state. */
export interface Part {
  /** The kind's name in checkpoints. */
  readonly kind: string;
  /** The object that the user gave. */
  readonly object: object;
  /** What the results depend on besides the state. */
  identity(): Json;
  /**
   * The state now, as views where possible: whoever asks copies it before anything else runs.
   * @throws {OptionError} when it cannot be saved
   */
  state(): StateValue | Promise<StateValue>;
  /** A value that differs when the state has changed; null when that would cost too much to know. */
  mark(): string | null | Promise<string | null>;
  /**
   * Checks a saved state, and says how to set it.
   * @returns a function that sets it, and returns which parts of it have no counterpart
   * @throws {FormatError} when it does not fit; nothing has changed then
   */
  prepare(saved: Restoring): () => readonly string[] | Promise<readonly string[]>;
  /** Whether the setting of a state that fits may fail: then it is done before those that cannot. */
  readonly mayFail: boolean;
  /** Called before a step counts as done. @throws {StateError} when something is still changing it */
  checkIdle(): void;
}

/** A saved state, and the identity that the part had then. */
export interface Restoring {
  readonly value: StateValue;
  readonly before: Json;
  /** How messages name the run. */
  readonly where: string;
}

/** How messages name a part: `part "agent"`. */
export function partName(name: string): string {
  return `part "${name}"`;
}
