import { FormatError } from "../core/errors.js";
import { folderOf, nameOf } from "../core/paths.js";
import { nearest } from "../core/spelling.js";
import type { FileStat, Vfs } from "../core/vfs.js";
import { CONTAINERS } from "../saving/containers/index.js";
import { INDEX_ENDING } from "../saving/shard-index.js";
import { fileFailure } from "../store/file-failure.js";

/** Extensions of the files that Pawl reads. */
export const ENDINGS: readonly string[] = [
  ...CONTAINERS.flatMap(({ endings }) => endings),
  ".pawl",
  ".npz",
  ".npy",
  INDEX_ENDING,
  // Other JSON is nobody's model.
  "model.json",
];

/** @throws {FormatError} when there is nothing at the path */
export async function statOf(files: Vfs, path: string): Promise<FileStat> {
  const stat = await files.stat(path);
  if (stat !== undefined) return stat;
  const names = await files.list(folderOf(path)).catch((): string[] => []);
  const guess = nearest(nameOf(path), names);
  const fix =
    guess === undefined ? {} : { fix: `Did you mean "${path.slice(0, path.length - nameOf(path).length)}${guess}"?` };
  throw new FormatError({ code: "no-file", what: `There is nothing at "${path}"`, ...fix, data: { path } });
}

/** Checkpoints in run folders begin with these bytes. */
export function isCheckpoint(bytes: Uint8Array): boolean {
  return bytes.length > 5 && [0x89, 0x50, 0x41, 0x57, 0x4c].every((byte, i) => bytes[i] === byte);
}

/** "runs/a/" -> "runs/a". */
export const trimmed = (path: string): string => path.replace(/(?<=.)[/\\]+$/, "");

/** @throws {StateError} when it cannot be read */
export async function readBytes(files: Vfs, path: string): Promise<Uint8Array> {
  try {
    return await files.readFile(path);
  } catch (error) {
    throw fileFailure("read", path, error);
  }
}
