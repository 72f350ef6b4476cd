import type { Segment } from "../arena.js";
import { instantiate } from "./kernels.js";

/** A call of a WebAssembly function over a segment's memory. All parameters are 32-bit integers. */
export interface WasmCall {
  readonly text: string;
  readonly name: string;
  readonly segment: Segment;
  readonly parameters: readonly number[];
  /**
   * Set for functions that work along tensors, element by element: they can be called for pieces, in any order and on
   * any threads, with the same result. The bytes of a piece are an additional first parameter.
   */
  readonly along?: Along;
}

export interface Along {
  /** Bytes of the whole: a multiple of 16. */
  readonly bytes: number;
  /** How much each parameter grows per byte of a piece's offset: 1 for an address, 0 for what all pieces share. */
  readonly moves: readonly number[];
}

/** Calls that are made again and again, as functions without parameters. */
const ready = new WeakMap<WasmCall, () => number | undefined>();

/** Makes a call as a whole. Returns 0, or the function's result, which its kernel can explain. */
export function callWhole(call: WasmCall): number {
  let run = ready.get(call);
  if (run === undefined) ready.set(call, (run = bound(call)));
  return run() ?? 0;
}

function bound({ text, name, segment, parameters, along }: WasmCall): () => number | undefined {
  const run = instantiate(text, segment)[name]!;
  const all = along === undefined ? parameters : [along.bytes, ...parameters];
  return () => run(...all);
}

/** Makes a call for the bytes `start … start + bytes - 1` of its tensors. */
export function callPiece({ text, name, segment, parameters, along }: WasmCall, start: number, bytes: number): void {
  instantiate(text, segment)[name]!(bytes, ...parameters.map((value, i) => value + along!.moves[i]! * start));
}
