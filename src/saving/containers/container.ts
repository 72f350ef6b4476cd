import type { Budget } from "../../core/budget.js";
import type { Config } from "../../core/parts.js";
import type { StateValue } from "../../core/stateful.js";
import type { NamedTensor } from "../../optimizers/index.js";
import type { OwnState } from "../own-state.js";
import type { StoredWeights } from "../types.js";

/** Weights and optimizer as a container has them. */
export interface StoredTensors {
  readonly weights: StoredWeights;
  /** The optimizer's variables, in the file's order; null when it has none. */
  readonly optimizer: readonly NamedTensor[] | null;
  /** What layers have learned from data, by their places, where Keras's format has it; absent: nothing. */
  readonly learned?: ReadonlyMap<string, StateValue>;
}

/** A whole model as a container has it. */
export interface StoredModel extends StoredTensors {
  readonly model: Config;
  /** Keras's compile config; null when the model was saved without. */
  readonly compile: Config | null;
}

/** What is in an opened container. */
export interface Contents {
  /** The version of Keras that wrote it, and what that ran on; null where it does not say. */
  readonly keras: string | null;
  readonly backend: string | null;
  /** Pawl's state, before its digest was looked at. */
  readonly own: OwnState<string | Uint8Array> | null;
  /** @throws {FormatError} when it holds no whole model */
  model(): Promise<StoredModel>;
  /** @throws {FormatError} when it holds no weights */
  weights(): Promise<StoredTensors>;
}

/** A file's bytes: with what Pawl may have put behind them, and without. */
export interface FileBytes {
  readonly whole: Uint8Array;
  readonly body: Uint8Array;
}

/** A kind of file that models are read from; the row of one is all that it takes. */
export interface Container {
  /** For people, e.g. "HDF5". */
  readonly title: string;
  /** What its files are called, for messages. */
  readonly files: string;
  /** Endings of their names. */
  readonly endings: readonly string[];
  /** Whether it has checksums of its own. */
  readonly hasChecksums: boolean;
  /** The bytes that its files begin with; null for any byte. */
  readonly magic: readonly (number | null)[];
  /** Reads the container; nothing in it is run. */
  open(bytes: FileBytes, file: string, budget: Budget): Promise<Contents>;
}
