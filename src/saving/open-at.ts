import type { Vfs } from "../core/vfs.js";
import { type OpenedFile, openFile, type ReadOptions } from "./read-file.js";
import { isModelJson } from "./tfjs/is-model-json.js";
import { openTfjs, type ReadBytes } from "./tfjs/open.js";

export interface OpenAtOptions extends ReadOptions {
  readonly vfs: Vfs;
  /** Reads the files beside it that a model.json names. */
  readonly readBytes: ReadBytes;
}

/**
 * Opens what lies at a path: one file, or a model.json with the files that it names.
 * @param bytes of the file at the path
 * @throws {FormatError} for damaged, edited and other files
 */
export function openAt(bytes: Uint8Array, options: OpenAtOptions): Promise<OpenedFile> {
  return isModelJson(options.file) ? openTfjs(bytes, options) : openFile(bytes, options);
}
