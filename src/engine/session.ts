import type { GraphDType } from "../graph/value.js";
import type { Block } from "./arena.js";

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
   * Computes. `inputs` and `outputs` are in the session's order; a slot may change between runs (a variable's two
   * places) but not its dims.
   */
  run(inputs: readonly Slot[], outputs: readonly Slot[]): void | Promise<void>;
  /** The same on another thread, where the machine can do that; several bindings at a time. */
  runAside?(inputs: readonly Slot[], outputs: readonly Slot[]): Promise<void>;
  dispose(): void;
}

/** A compiled ONNX model. */
export interface Session {
  bind(inputs: readonly string[], outputs: readonly string[]): Binding;
  dispose(): void;
}

/** What makes sessions: ONNX Runtime in one of its forms. */
export interface Machine {
  readonly name: string;
  readonly fingerprint: Readonly<Record<string, string>>;
  /** How many bindings may run at the same time. */
  readonly workers: () => number;
  /** @throws {EngineError} when the runtime refuses the model */
  createSession(model: Uint8Array): Promise<Session>;
}
