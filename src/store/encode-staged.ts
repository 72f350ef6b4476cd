import { trailerOf } from "../formats/trailer.js";
import { allFinite } from "./all-finite.js";
import type { Staged } from "./staging.js";
import type { Encoded } from "./writer.js";

/** A staged checkpoint, and where in its body float32 tensors lie that must be finite for it to be a good one. */
export interface CheckpointPayload extends Staged {
  readonly weights: readonly (readonly [at: number, bytes: number])[];
}

/** Byte of the prefix that tells whether the weights are finite: 0 when nobody looked. */
export const FINITE_AT = 20;
export const FINITE = 1;
export const NOT_FINITE = 2;

/** The file of a staged checkpoint. */
export async function encodeStaged({ head, body, weights }: CheckpointPayload): Promise<Encoded> {
  const finite = weights.every(([at, bytes]) => allFinite(body.subarray(at, at + bytes)));
  const marked = head.slice();
  marked[FINITE_AT] = finite ? FINITE : NOT_FINITE;
  const parts = [marked, body];
  return { parts: [...parts, await trailerOf(parts)], finite };
}
