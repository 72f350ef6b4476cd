import { joinPath } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import { crc32c } from "../../formats/crc32c.js";
import { commitFile } from "../commit.js";
import { NO_NOTES, type Notes } from "./notes.js";
import { NO_RECORD, type RecordSummary } from "./summary.js";

/** The cache of a folder with runs. */
export const INDEX_FILE = ".pawl-index.jsonl";
/** Raised whenever what a summary holds changes: an index of another version is made anew. */
const VERSION = 2;
/** The first line says what it is, and the checksum of all others. */
const headOf = (body: Uint8Array): string => JSON.stringify({ index: "pawl", version: VERSION, crc: crc32c(body) });

/** How a file is known again. */
export interface Stamp {
  readonly size: number;
  readonly modified: number;
}

/** What is kept of a run, and by what it is known to be still right. */
export interface Cached {
  readonly log: Stamp | null;
  readonly notes: Stamp | null;
  /** Sizes of checkpoints by name. */
  readonly files: { readonly [name: string]: number };
  readonly record: RecordSummary;
  readonly said: Notes;
}

/** What was kept, by path; nothing when there is no index, or none that can be used. */
export async function readIndexFile(vfs: Vfs, folder: string): Promise<Map<string, Cached>> {
  try {
    const bytes = await vfs.readFile(joinPath(folder, INDEX_FILE));
    const body = bytes.subarray(bytes.indexOf(0x0a) + 1);
    const text = new TextDecoder();
    if (text.decode(bytes.subarray(0, bytes.length - body.length)) !== `${headOf(body)}\n`) return new Map();
    const lines = text.decode(body).split("\n").slice(0, -1);
    const all = lines.map((line): [string, Cached] => {
      const [name, cached] = JSON.parse(line) as [string, Cached];
      return [name === "." ? folder : joinPath(folder, name), cached];
    });
    return all.every(([, cached]) => isCached(cached)) ? new Map(all) : new Map();
  } catch {
    return new Map();
  }
}

/** Whether all members are there, for an index may come from anybody. */
function isCached({ record, said, files }: Cached): boolean {
  return (
    typeof files === "object" &&
    files !== null &&
    Object.keys(NO_NOTES).every((key) => Object.hasOwn(said, key)) &&
    Object.entries(NO_RECORD).every(([key, none]) => {
      const value = record[key as keyof RecordSummary];
      return none === null ? value !== undefined : typeof value === typeof none && value !== null;
    })
  );
}

/** Keeps it, if the folder can be written. Paths are below the folder, so that it can be moved. */
export async function writeIndexFile(vfs: Vfs, folder: string, all: ReadonlyMap<string, Cached>): Promise<void> {
  const start = joinPath(folder, "x").length - 1;
  const lines = [...all].map(([path, cached]) => {
    return `${JSON.stringify([path === folder ? "." : path.slice(start), cached])}\n`;
  });
  const text = new TextEncoder();
  const body = text.encode(lines.join(""));
  // It can always be made again.
  await commitFile(vfs, joinPath(folder, INDEX_FILE), [text.encode(`${headOf(body)}\n`), body]).catch(() => undefined);
}
