import { FormatError, PawlError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Json } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { decodeCheckpoint, peekCheckpoint, type SavedState } from "./checkpoint.js";
import { FINITE_AT, NOT_FINITE } from "./encode-staged.js";
import { fileFailure } from "./file-failure.js";

/** A checkpoint in a run folder. */
export interface CheckpointEntry {
  /** Number of the checkpoint in its folder; the largest is the newest. */
  readonly ordinal: number;
  /** Training steps done. */
  readonly step: number;
  readonly path: string;
}

/** What the start of a checkpoint's file says; its digest is not checked. */
export interface Summary {
  readonly json: Json;
  /** Whether its weights are finite, if that was checked. */
  readonly finite: boolean;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** What {@link RunFolder.newestIntact} found. */
export interface Found {
  readonly entry: CheckpointEntry;
  readonly state: SavedState;
}

/** A checkpoint that could not be used, and why. */
export interface Damaged {
  readonly path: string;
  readonly error: PawlError;
}

const NAME = /^checkpoint-(\d+)-step-(\d+)\.pawl$/;

/** The checkpoints of a run folder, for whoever reads them; another process may be writing more. */
export class RunCheckpoints {
  readonly path: string;
  protected readonly vfs: Vfs;

  constructor(vfs: Vfs, path: string) {
    this.vfs = vfs;
    this.path = path;
  }

  /** All checkpoints, oldest first; none if the folder does not exist. */
  async list(): Promise<CheckpointEntry[]> {
    let names: string[];
    try {
      names = await this.vfs.list(this.path);
    } catch (error) {
      if ((error as { code?: string }).code === "ENOENT") return [];
      throw fileFailure("list", this.path, error);
    }
    return names
      .flatMap((name) => {
        const found = NAME.exec(name);
        if (found === null) return [];
        return [{ ordinal: Number(found[1]), step: Number(found[2]), path: joinPath(this.path, name) }];
      })
      .sort((a, b) => a.ordinal - b.ordinal);
  }

  /** @throws {FormatError} when the checkpoint is damaged, {@link StateError} when it cannot be read */
  async read(entry: CheckpointEntry): Promise<SavedState> {
    let bytes: Uint8Array;
    try {
      bytes = await this.vfs.readFile(entry.path);
    } catch (error) {
      throw fileFailure("read", entry.path, error);
    }
    return decodeCheckpoint(bytes);
  }

  /**
   * The newest checkpoint whose digest holds, and the newer ones that had to be skipped; null when the folder has no
   * checkpoint.
   * @throws {FormatError} when there are checkpoints and none of them can be used
   */
  async newestIntact(): Promise<{ readonly found: Found | null; readonly damaged: readonly Damaged[] }> {
    const damaged: Damaged[] = [];
    for (const entry of (await this.list()).reverse()) {
      try {
        return { found: { entry, state: await this.read(entry) }, damaged };
      } catch (error) {
        if (!(error instanceof PawlError)) throw error;
        damaged.push({ path: entry.path, error });
      }
    }
    if (damaged.length === 0) return { found: null, damaged };
    throw new FormatError({
      code: "no-intact-checkpoint",
      what: `None of the ${damaged.length} checkpoints in "${this.path}" can be used`,
      received: damaged.map(({ path, error }) => `${path}: ${error.message}`).join(" "),
      fix: "Restore one of them from a backup, or start in another folder",
      data: { paths: damaged.map(({ path }) => path) },
    });
  }

  /** @throws {FormatError} when it is no checkpoint, {@link StateError} when it cannot be read */
  async summary(entry: CheckpointEntry): Promise<Summary> {
    try {
      const stat = await this.vfs.stat(entry.path);
      let start = await this.vfs.readRange(entry.path, 0, 1 << 16);
      let peeked = peekCheckpoint(start);
      if ("needs" in peeked && peeked.needs <= (stat?.size ?? 0)) {
        start = await this.vfs.readRange(entry.path, 0, peeked.needs);
        peeked = peekCheckpoint(start);
      }
      if ("needs" in peeked) {
        throw new FormatError({ code: "checkpoint-malformed", what: `"${entry.path}" ends in its header` });
      }
      const finite = start[FINITE_AT] !== NOT_FINITE;
      return { json: peeked.json, finite, bytes: stat?.size ?? 0, time: stat?.modified ?? 0 };
    } catch (error) {
      if (error instanceof PawlError) throw error;
      throw fileFailure("read", entry.path, error);
    }
  }
}
