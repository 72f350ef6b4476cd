import type { Segment } from "../arena.js";
import { instantiate } from "./kernels.js";

/** A call of a function of a text over a segment's memory. All parameters are 32-bit integers. */
export interface WasmCall {
  readonly text: string;
  readonly name: string;
  readonly segment: Segment;
  readonly parameters: readonly number[];
  /**
   * Where the function goes along tensors, element by element: it can be called for pieces of them, in any order and on
   * any threads, with the same result. It takes the bytes of a piece as an additional first parameter.
   */
  readonly along?: Along;
}

export interface Along {
  /** Of the whole: a multiple of 16. */
  readonly bytes: number;
  /** How much each parameter grows with each byte that a piece starts later: 1 for an address, 0 for what all share. */
  readonly moves: readonly number[];
}

/** Makes a call as a whole. Gives what the function returns: 0 or nothing, or what its kernel knows how to explain. */
export function callWhole({ text, name, segment, parameters, along }: WasmCall): number {
  const run = instantiate(text, segment)[name]!;
  return Number((along === undefined ? run(...parameters) : run(along.bytes, ...parameters)) ?? 0);
}

/** Makes a call for the bytes `start … start + bytes - 1` of its tensors. */
export function callPiece({ text, name, segment, parameters, along }: WasmCall, start: number, bytes: number): void {
  instantiate(text, segment)[name]!(bytes, ...parameters.map((value, i) => value + along!.moves[i]! * start));
}
