import { FormatError } from "../../core/errors.js";
import { joinPath } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import { commitFile } from "../commit.js";
import { fileFailure } from "../file-failure.js";

/** What people say of a run, in a file of its folder beside the record. */
export const NOTES_FILE = "notes.json";

/** A larger file is no notes. */
const MOST_BYTES = 2 ** 20;
const MOST_TAGS = 100;
const LONGEST_TAG = 100;
const LONGEST_NAME = 200;

export interface Notes {
  /** A name for people; "" for none, where the folder's name serves. */
  readonly name: string;
  readonly note: string;
  readonly tags: readonly string[];
}

export const NO_NOTES: Notes = { name: "", note: "", tags: [] };

/**
 * The notes of a run; none when there is no file.
 * @throws {FormatError} when the file is no notes, {@link StateError} when it cannot be read
 */
export async function readNotes(vfs: Vfs, folder: string): Promise<Notes> {
  const path = joinPath(folder, NOTES_FILE);
  let bytes: Uint8Array;
  try {
    bytes = await vfs.readRange(path, 0, MOST_BYTES + 1);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return NO_NOTES;
    throw fileFailure("read", path, error);
  }
  try {
    if (bytes.length > MOST_BYTES) throw new Error("too large");
    return tidy(JSON.parse(new TextDecoder().decode(bytes)) as Partial<Notes>);
  } catch {
    throw new FormatError({
      code: "notes-malformed",
      what: `"${path}" holds no notes`,
      received: bytes.length > MOST_BYTES ? "more than 1 MB" : "no JSON object",
      expected: '{ "name": "…", "note": "…", "tags": ["…"] }',
      fix: "Mend the file or remove it; the run needs it for nothing",
      data: { path },
    });
  }
}

/**
 * Replaces the notes of a run, as a whole or not at all.
 * @throws {StateError} when the file cannot be written
 */
export async function writeNotes(vfs: Vfs, folder: string, notes: Notes): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(tidy(notes))}\n`);
  await commitFile(vfs, joinPath(folder, NOTES_FILE), bytes);
}

/** Members of other types count as missing; a tag once, in the order in which they stand. */
function tidy(given: Partial<Notes> | null): Notes {
  const text = (value: unknown, most: number): string => (typeof value === "string" ? value.slice(0, most) : "");
  if (typeof given !== "object" || given === null) throw new TypeError("no object");
  const tags = (Array.isArray(given.tags) ? (given.tags as readonly unknown[]) : [])
    .map((tag) => text(tag, LONGEST_TAG).trim())
    .filter((tag) => tag !== "");
  return {
    name: text(given.name, LONGEST_NAME),
    note: text(given.note, MOST_BYTES / 8),
    tags: [...new Set(tags)].slice(0, MOST_TAGS),
  };
}
