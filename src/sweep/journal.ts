import { FormatError } from "../core/errors.js";
import { isConfig } from "../core/parts.js";
import { joinPath } from "../core/paths.js";
import type { Json } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { fileFailure } from "../store/index.js";
import type { TrialEnd } from "./trial.js";

/** The record of a sweep: one JSON object a line, only ever added to. */
export const SWEEP_FILE = "sweep.jsonl";
const FORMAT = 1;

/** What a sweep's record says. */
export interface Recorded {
  /** What the sweep was begun with, or accepted since; null for a new one. */
  readonly identity: Json | null;
  /** The ends of stages in the order in which they came; a later one of the same stage counts. */
  readonly ends: readonly TrialEnd[];
}

/** Reads a record; lines that are cut, and kinds of lines that are not known, are passed over. */
export async function readJournal(files: Vfs, dir: string): Promise<Recorded> {
  const path = joinPath(dir, SWEEP_FILE);
  if ((await files.stat(path)) === undefined) return { identity: null, ends: [] };
  let identity: Json | null = null;
  const ends: TrialEnd[] = [];
  for (const line of new TextDecoder().decode(await files.readFile(path)).split("\n")) {
    const event = parsed(line);
    if (!isConfig(event)) continue;
    if (event["event"] === "sweep") identity = identityIn(event, path);
    if (event["event"] === "end") ends.push(event["end"] as unknown as TrialEnd);
  }
  return { identity, ends };
}

function identityIn(event: { readonly [key: string]: Json }, path: string): Json {
  if (event["format"] === FORMAT) return event["identity"] ?? null;
  throw new FormatError({
    code: "sweep-format",
    what: `"${path}" is the record of a sweep of another version of Pawl`,
    received: `format ${String(event["format"])}`,
    expected: `format ${FORMAT}`,
    fix: "Go on with that version, or take another folder",
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Adds to a record; each line is durable before anything is decided from it. */
export class Journal {
  readonly #files: Vfs;
  readonly #path: string;
  #checked = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(files: Vfs, dir: string) {
    this.#files = files;
    this.#path = joinPath(dir, SWEEP_FILE);
  }

  begin(identity: Json): Promise<void> {
    return this.#add({ event: "sweep", format: FORMAT, time: Date.now(), identity });
  }

  end(end: TrialEnd): Promise<void> {
    return this.#add({ event: "end", time: Date.now(), end: end as unknown as Json });
  }

  #add(event: Json): Promise<void> {
    const written = this.#writing.then(() => this.#write(event));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write(event: Json): Promise<void> {
    try {
      const start = this.#checked ? "" : await this.#unfinishedLine();
      this.#checked = true;
      await this.#files.appendFile(this.#path, new TextEncoder().encode(`${start}${JSON.stringify(event)}\n`));
      await this.#files.fsync(this.#path);
    } catch (error) {
      throw fileFailure("write", this.#path, error);
    }
  }

  /** "\n" when a process that was killed has left half a line. */
  async #unfinishedLine(): Promise<string> {
    const size = (await this.#files.stat(this.#path))?.size ?? 0;
    return size > 0 && (await this.#files.readRange(this.#path, size - 1, 1))[0] !== 0x0a ? "\n" : "";
  }
}
