import { joinBytes } from "../core/join-bytes.js";
import type { Vfs } from "../core/vfs.js";

/** A file that a callback adds to. What cannot be written waits for the next time. */
export class AppendedFile {
  readonly path: string;
  /** Bytes that were added and are in the file whole. */
  added = 0;
  readonly #files: Vfs;
  #waiting: Uint8Array[] = [];
  /** Size of the file before a write that failed; null after one that did not. */
  #torn: number | null = null;

  constructor(files: Vfs, path: string) {
    this.#files = files;
    this.path = path;
  }

  /**
   * Adds bytes, after those that wait.
   * @throws what the file system throws; the bytes wait then
   */
  async add(...parts: readonly Uint8Array[]): Promise<void> {
    const files = this.#files;
    this.#waiting.push(...parts);
    if (this.#waiting.length === 0) return;
    const bytes = joinBytes(this.#waiting);
    const present = (await files.stat(this.path))?.size ?? 0;
    // First remove the part that a failed write left.
    if (this.#torn !== null && present > this.#torn) await files.truncate(this.path, this.#torn);
    this.#torn ??= present;
    await files.appendFile(this.path, bytes);
    this.#torn = null;
    this.#waiting = [];
    this.added += bytes.length;
  }
}
