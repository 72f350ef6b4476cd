import type { Collected } from "../types.js";

/** A form in which models or weights are written; the row of one is all that it takes. */
export interface Format {
  /** Endings of names that choose it. */
  readonly endings: readonly string[];
  readonly holds: "model" | "weights";
  /** The file in pieces that belong one after the other. The same copy always gives the same bytes. */
  write(model: Collected): Promise<Uint8Array[]>;
}
