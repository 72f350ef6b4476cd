import type { Tensor } from "../core/tensor.js";
import type { InputValue, Value } from "../graph/value.js";
import type { Variable } from "./variable.js";

/** What a program computes. */
export interface ProgramSpec {
  /** For messages and golden files, e.g. "train". */
  readonly name: string;
  /**
   * Values to return to the host, by name. A value with a batch axis is returned whole, in row order; any other must be
   * the same in all shards (an allSum, or computed from such).
   */
  readonly results: Readonly<Record<string, Value>>;
  /** New values of variables; they take effect together, after everything else has succeeded. */
  readonly updates: ReadonlyMap<Variable, Value>;
  /** Number of contiguous parts that a batch is computed in; the bits of the results depend on it. */
  readonly shards: number;
}

/** What a run needs besides the variables' present values. */
export interface Run {
  /** Rows of the batch. */
  readonly rows: number;
  /** Every input that is not a variable: row-major elements of the whole batch, or a number for a scalar. */
  readonly feeds: ReadonlyMap<InputValue, ArrayLike<number> | number>;
  /** Key of the random numbers. */
  readonly seed: number;
  readonly iteration: number;
  /** Called once on the calling thread, while other threads compute if there are any. It must not throw. */
  readonly meanwhile?: (() => void) | undefined;
  /** Must call its argument, which looks up the variables' places; called just before computing, with no other run. */
  readonly place?: ((place: () => void) => void) | undefined;
  /** Must call its argument, which sets the variables; called when everything is computed. */
  readonly commit?: ((commit: () => void) => void) | undefined;
}

/** A compiled graph, bound to the storage of its variables. */
export interface Program {
  readonly shards: number;
  /**
   * Computes results and, when all of it has succeeded, sets the updated variables. On failure no variable changes.
   * @throws {EngineError}
   */
  run(run: Run): Promise<Record<string, Tensor>>;
  readonly isDisposed: boolean;
  /** Frees sessions and scratch memory; the program can no longer run. */
  dispose(): void;
}

/** A machine that runs graphs. */
export interface Engine {
  /** e.g. "onnxruntime-native", "onnxruntime-web", "interpreter". */
  readonly name: string;
  /** What the bits depend on: library version, instruction set. Recorded in training state. */
  readonly fingerprint: Readonly<Record<string, string>>;
  /** Sessions made since start. Tests check that other batch sizes, steps, rates and seeds need no new ones. */
  readonly sessionCount: number;
  compile(spec: ProgramSpec): Promise<Program>;
}
