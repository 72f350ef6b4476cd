import { joinPath } from "../core/paths.js";
import type { Json } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { fileFailure } from "./file-failure.js";

/** The log of a run folder: one line of JSON per event, for people. */
export class RunLog {
  readonly path: string;
  private readonly vfs: Vfs;
  private checked = false;

  constructor(vfs: Vfs, folder: string) {
    this.vfs = vfs;
    this.path = joinPath(folder, "log.jsonl");
  }

  /** Adds events, after ending a line that an earlier process left half written. */
  async add(...events: readonly Json[]): Promise<void> {
    try {
      const start = this.checked ? "" : await this.unfinishedLine();
      this.checked = true;
      await this.vfs.appendFile(
        this.path,
        new TextEncoder().encode(start + events.map((event) => `${JSON.stringify(event)}\n`).join("")),
      );
    } catch (error) {
      throw fileFailure("write", this.path, error);
    }
  }

  /** "\n" when the log does not end with one. */
  private async unfinishedLine(): Promise<string> {
    const size = (await this.vfs.stat(this.path))?.size ?? 0;
    return size > 0 && (await this.vfs.readRange(this.path, size - 1, 1))[0] !== 0x0a ? "\n" : "";
  }
}
