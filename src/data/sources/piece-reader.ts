import type { ReadBytes } from "../../formats/index.js";

/** Bytes that are read at once. */
const PIECE = 1 << 20;
/** The same behind something long that was left out: more may follow. */
const SMALL = 1 << 14;

/**
 * Reads a file from its begin to its end in small parts, of which some may be left out: the file itself is read in pieces.
 * @returns bytes `start … start + length - 1`, fewer at the end of the file; `start` never goes back
 */
export function pieceReader(read: ReadBytes, size: number): (start: number, length: number) => Promise<Uint8Array> {
  let at = 0;
  let piece = new Uint8Array(0);
  return async (start, length) => {
    const end = Math.min(size, start + length);
    if (end > at + piece.length || start < at) {
      const isFar = start - (at + piece.length) > PIECE;
      const next = await read(start, Math.min(size, Math.max(end, start + (isFar ? SMALL : PIECE))));
      piece = new Uint8Array(next.buffer as ArrayBuffer, next.byteOffset, next.length);
      at = start;
    }
    return piece.subarray(start - at, Math.max(start, end) - at);
  };
}
