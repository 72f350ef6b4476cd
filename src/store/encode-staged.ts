import { trailerOf } from "../formats/trailer.js";
import { allFinite } from "./all-finite.js";
import { stateDigest } from "./chain.js";
import type { Staged } from "./staging.js";

/**
 * A staged checkpoint, and the float32 tensors that must be finite for it to count as good: position in the body and
 * bytes, two numbers each. (A single array of numbers crosses to another thread quickly; a list of lists does not.)
 */
export interface CheckpointPayload extends Staged {
  readonly weights: Float64Array;
  /** The tensors that the state's digest covers, see `digested`: their lines of text, and their places in the same form. */
  readonly digested: { readonly text: string; readonly places: Float64Array };
}

/** The file made from a job's payload, in pieces. */
export interface Encoded {
  readonly parts: readonly Uint8Array[];
  readonly finite?: boolean;
  /** Digest of a checkpoint's state. */
  readonly state?: string;
}

/** Byte of the prefix that says whether the weights are finite; 0: not checked. */
export const FINITE_AT = 20;
export const FINITE = 1;
export const NOT_FINITE = 2;

/** The file of a staged checkpoint. */
export async function encodeStaged({ head, body, weights, digested }: CheckpointPayload): Promise<Encoded> {
  const finite = piecesOf(body, weights).every(allFinite);
  const marked = head.slice();
  marked[FINITE_AT] = finite ? FINITE : NOT_FINITE;
  const parts = [marked, body];
  const state = await stateDigest(digested.text, piecesOf(body, digested.places));
  return { parts: [...parts, await trailerOf(parts)], finite, state };
}

/** @param places position and bytes of each piece, two numbers each */
function piecesOf(body: Uint8Array, places: Float64Array): Uint8Array[] {
  return Array.from({ length: places.length / 2 }, (_, i) =>
    body.subarray(places[2 * i]!, places[2 * i]! + places[2 * i + 1]!),
  );
}
