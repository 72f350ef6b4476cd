import type { EngineError } from "../core/errors.js";
import type { GraphDType } from "../graph/value.js";
import type { Block } from "./arena.js";
import type { Crew } from "./crew/crew.js";

/** A tensor in the arena as a session sees it. Equal places are the same object, so that machines can keep handles. */
export interface Slot {
  readonly block: Block;
  /** Elements before the first one. */
  readonly start: number;
  readonly dims: readonly number[];
  readonly dtype: GraphDType | "int64";
}

/** Inputs and outputs of one session, fixed for one batch size. */
export interface Binding {
  /**
   * Sets what is read and written, in the session's order. Between runs a slot may change (a variable's two places),
   * but not its dims.
   */
  place(inputs: readonly Slot[], outputs: readonly Slot[]): void;
  /** Computes on the slots set last. */
  run(): void | Promise<void>;
  /** The arguments of the C function that does the same, on any thread; null where there is none. */
  readonly foreign: readonly unknown[] | null;
  /** The error for that function's message. */
  explain(text: string): EngineError;
  dispose(): void;
}

/** A compiled ONNX model. */
export interface Session {
  bind(inputs: readonly string[], outputs: readonly string[]): Binding;
  dispose(): void;
}

/** Makes sessions: ONNX Runtime in one of its forms. */
export interface Machine {
  readonly name: string;
  readonly fingerprint: Readonly<Record<string, string>>;
  /** Number of threads that may compute at the same time. */
  readonly workers: () => number;
  /** Threads that compute; null where only the calling thread can. */
  readonly crew: Crew | null;
  /** Whether it supports convolutions over blocks of channels. */
  readonly hasChannelBlocks: boolean;
  /** @throws {EngineError} when the runtime refuses the model */
  createSession(model: Uint8Array): Promise<Session>;
}
