import { trailerOf } from "../formats/trailer.js";
import { type FileFormat, FORMATS } from "./formats/index.js";
import type { Collected } from "./types.js";

/**
 * A model's copy as a file, in pieces that belong one after the other. The same copy always gives the same bytes. The
 * last 64 bytes hold a digest of all before them.
 */
export async function encodeModel(model: Collected, format: FileFormat): Promise<Uint8Array[]> {
  const pieces = await FORMATS[format].write(model);
  return [...pieces, await trailerOf(pieces)];
}
