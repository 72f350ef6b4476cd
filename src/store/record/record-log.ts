import { joinPath } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import { fileFailure } from "../file-failure.js";
import { RECORD_FILE, type RecordEvent } from "./events.js";

/** How many lines wait at most while the file cannot be written; older ones are given up first. */
const MOST_WAITING = 100_000;

/** Adds events to a record. They wait in memory until {@link flush}. */
export class RecordLog {
  readonly path: string;
  readonly #vfs: Vfs;
  #checked = false;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  /** @param path the file; default: the record of the run in this folder */
  constructor(vfs: Vfs, folder: string, path: string = joinPath(folder, RECORD_FILE)) {
    this.#vfs = vfs;
    this.path = path;
  }

  add(event: RecordEvent): void {
    this.#waiting.push(`${JSON.stringify(event)}\n`);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Writes what waits; resolves when the system has it, so that it survives this process, but not a loss of power.
   * @throws {StateError} when it cannot be written; it waits for the next time then
   */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write());
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    if (lines.length === 0) return;
    this.#waiting = [];
    try {
      const start = this.#checked ? "" : await this.#unfinishedLine();
      this.#checked = true;
      await this.#vfs.appendFile(this.path, new TextEncoder().encode(start + lines.join("")));
    } catch (error) {
      this.#waiting = [...lines, ...this.#waiting].slice(-MOST_WAITING);
      // A part of it may be there.
      this.#checked = false;
      throw fileFailure("write", this.path, error);
    }
  }

  /** "\n" when an earlier process left a line half written. */
  async #unfinishedLine(): Promise<string> {
    const size = (await this.#vfs.stat(this.path))?.size ?? 0;
    return size > 0 && (await this.#vfs.readRange(this.path, size - 1, 1))[0] !== 0x0a ? "\n" : "";
  }
}
