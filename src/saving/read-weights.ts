import { loadedFrom, openFile, type ReadOptions } from "./read-file.js";
import type { LoadedWeights } from "./types.js";

/**
 * The weights, optimizer and training state in a file's bytes: `.weights.h5`, `.h5` weights of Keras 2, `.safetensors`,
 * or a whole model (`.h5`, `.keras`).
 * @throws {FormatError} for files that are damaged, edited or of another kind
 */
export async function readWeightsFile(bytes: Uint8Array, options: ReadOptions): Promise<LoadedWeights> {
  const opened = await openFile(bytes, options);
  return loadedFrom(opened, await opened.contents.weights(), options.file);
}
