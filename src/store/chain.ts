import { sha256, toHex } from "../core/sha256.js";
import { type ChainMark, type CheckpointLayout, layoutCheckpoint, type SavedState } from "./checkpoint.js";

/** The chain before the first state. */
export const NO_CHAIN: string = "0".repeat(64);

/** A state's place in the chain. */
export interface Chained {
  /** Digest of the state's tensors, hexadecimal. */
  readonly state: string;
  /** The chain up to this state, with it if it is a link. */
  readonly chain: string;
}

const encoder = new TextEncoder();

/** The tensors that decide how a training goes on. What it notes of itself (`train/…`: sums of metrics, callbacks) is none. */
function counts(name: string): boolean {
  return !name.startsWith("train/");
}

/** The tensors of a layout that {@link stateDigest} covers: a line of text for each, and where its bytes lie. */
export function digested({ tensors, rows }: CheckpointLayout): {
  readonly text: string;
  readonly places: Float64Array;
} {
  const chosen = tensors.flatMap((tensor, i) => (counts(tensor.name) ? [{ ...tensor, row: rows[i]! }] : []));
  const places = new Float64Array(2 * chosen.length);
  chosen.forEach(({ at, bytes }, i) => {
    places.set([at, bytes.length], 2 * i);
  });
  return { text: chosen.map(({ row }) => `${JSON.stringify(row)}\n`).join(""), places };
}

/**
 * SHA-256 of a state's tensors: a line of JSON for each with name, dtype, shape and bytes, then the bytes of all of
 * them, little-endian.
 */
export async function stateDigest(text: string, parts: readonly Uint8Array[]): Promise<string> {
  return toHex(await sha256([encoder.encode(text), ...parts]));
}

/** The chain after a link: SHA-256 of the chain before it, the step and the state, as text with spaces between. */
export async function linkAfter(before: string, step: number, state: string): Promise<string> {
  return toHex(await sha256([encoder.encode(`${before} ${step} ${state}`)]));
}

/** The place in the chain of a state that is about to be, or was, saved with this mark. */
export async function chained({ before, links }: ChainMark, step: number, state: string): Promise<Chained> {
  return { state, chain: links ? await linkAfter(before, step, state) : before };
}

/** The place in the chain of a state that was read; a checkpoint of before there were chains begins one. */
export async function chainOf({ tensors, chain }: SavedState, step: number): Promise<Chained> {
  const layout = layoutCheckpoint({ json: null, tensors });
  const { text } = digested(layout);
  const bytes = layout.tensors.filter(({ name }) => counts(name)).map((tensor) => tensor.bytes);
  return chained(chain ?? { before: NO_CHAIN, links: true }, step, await stateDigest(text, bytes));
}
