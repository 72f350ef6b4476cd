import { trailerOf } from "../formats/trailer.js";
import { allFinite } from "./all-finite.js";
import type { Staged } from "./staging.js";

/**
 * A staged checkpoint, and the float32 tensors that must be finite for it to count as good: position in the body and
 * bytes, two numbers each. (A single array of numbers crosses to another thread quickly; a list of lists does not.)
 */
export interface CheckpointPayload extends Staged {
  readonly weights: Float64Array;
}

/** The file made from a job's payload, in pieces. */
export interface Encoded {
  readonly parts: readonly Uint8Array[];
  readonly finite?: boolean;
}

/** Byte of the prefix that says whether the weights are finite; 0: not checked. */
export const FINITE_AT = 20;
export const FINITE = 1;
export const NOT_FINITE = 2;

/** The file of a staged checkpoint. */
export async function encodeStaged({ head, body, weights }: CheckpointPayload): Promise<Encoded> {
  let finite = true;
  for (let i = 0; finite && i < weights.length; i += 2) {
    finite = allFinite(body.subarray(weights[i]!, weights[i]! + weights[i + 1]!));
  }
  const marked = head.slice();
  marked[FINITE_AT] = finite ? FINITE : NOT_FINITE;
  const parts = [marked, body];
  return { parts: [...parts, await trailerOf(parts)], finite };
}
