import { FormatError, OptionError, PawlError } from "../../core/errors.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import { folderOf, joinPath, nameOf } from "../../core/paths.js";
import { sha256, toHex } from "../../core/sha256.js";
import { valueText } from "../../core/value-text.js";
import type { FileSample, Vfs } from "../../core/vfs.js";
import type { DataPart } from "../records/source.js";

/** One file of a source. */
export interface SourceFile {
  /** As the user gave it. */
  readonly path: string;
  /** Its place among the files of the source: the same after all of them moved to another folder. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** A file, several, or all of a folder that match a pattern such as "data/train-*.csv". */
export type FilePaths = FilePath | readonly FilePath[];

/**
 * The files at the paths, in the order given; those of a pattern in the order of their names.
 * @throws {OptionError} for anything but paths
 * @throws {FormatError} when there is no such file
 */
export async function sourceFiles(given: FilePaths, owner: string, files: Vfs): Promise<SourceFile[]> {
  const list = Array.isArray(given) ? (given as readonly unknown[]) : [given];
  if (list.length === 0) {
    throw new OptionError({
      code: "no-paths",
      what: `${owner} needs at least one file`,
      received: valueText(given),
      expected: 'a path, several, or a pattern such as "data/train-*.csv"',
      fix: "Give the path of a file",
    });
  }
  const found: { readonly path: string; readonly size: number }[] = [];
  for (const one of list) {
    const path = pathOf(one, `${owner}: path`);
    for (const match of await matches(path, owner, files))
      found.push({ path: match, size: await sizeOf(match, files) });
  }
  const above = commonFolder(found.map(({ path }) => path));
  return found.map(({ path, size }) => ({ path, size, name: path.slice(above) }));
}

/** A path whose last part has a `*` stands for all files of its folder that match it. */
async function matches(path: string, owner: string, files: Vfs): Promise<readonly string[]> {
  const pattern = nameOf(path);
  if (!pattern.includes("*") || (await files.stat(path)) !== undefined) return [path];
  const folder = folderOf(path);
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "su");
  const names = (await withFailure(folder, files.list(folder))).filter((name) => expression.test(name)).sort();
  if (names.length > 0) return names.map((name) => joinPath(folder, name));
  throw new FormatError({
    code: "no-file",
    what: `${owner}: no file matches "${path}"`,
    received: `no such name in "${folder}"`,
    expected: "at least one file",
    fix: "Look at the path; it starts in the folder that the program was started in",
    data: { path },
  });
}

async function sizeOf(path: string, files: Vfs): Promise<number> {
  const stat = await withFailure(path, files.stat(path));
  if (stat?.kind === "file") return stat.size;
  throw new FormatError({
    code: stat === undefined ? "no-file" : "not-a-file",
    what: `There is no file "${path}"`,
    received: stat === undefined ? "nothing there" : stat.kind === "folder" ? "a folder" : "a pipe, socket or device",
    expected: "a file",
    fix: "Look at the path; it starts in the folder that the program was started in",
    data: { path },
  });
}

/** Length of what all paths begin with, to the end of a folder. */
function commonFolder(paths: readonly string[]): number {
  const first = paths[0]!;
  let length = first.length - nameOf(first).length;
  for (const path of paths) {
    while (length > 0 && path.slice(0, length) !== first.slice(0, length)) {
      length = first.lastIndexOf("/", length - 2) + 1;
    }
  }
  return length;
}

/** Files fail while data is read: the error of the system as one of Pawl's, with the path. */
export async function withFailure<T>(path: string, operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    if (cause instanceof PawlError) throw cause;
    const system = (cause as { readonly code?: unknown } | null)?.code;
    const isGone = system === "ENOENT" || system === "ENOTDIR";
    throw new FormatError({
      code: isGone ? "no-file" : "data-file",
      what: isGone ? `There is nothing at "${path}"` : `Cannot read "${path}"`,
      received: typeof system === "string" ? system : cause instanceof Error ? cause.message : String(cause),
      expected: "a file or folder that can be read",
      fix: isGone
        ? "Look at the path; it starts in the folder that the program was started in"
        : "Look at its permissions, and at the disk",
      data: { path },
      cause,
    });
  }
}

/**
 * Bytes `start … end - 1` of a file, all of them.
 * @throws {FormatError} when the file has become shorter
 */
export async function readBytes(files: Vfs, file: SourceFile, start: number, end: number): Promise<Uint8Array> {
  const { path } = file;
  const read = files.readHeld?.(path, start, end - start) ?? files.readRange(path, start, end - start);
  const bytes = await withFailure(path, read);
  if (bytes.length === end - start) return bytes;
  throw cutShort(file, start + bytes.length, end);
}

function cutShort({ path, size }: SourceFile, received: number, end: number): FormatError {
  return new FormatError({
    code: "data-cut-short",
    what: `"${path}" ends at byte ${received}`,
    received: `${received} bytes`,
    expected: end > size ? `${end} bytes, as the file itself says` : `${size} bytes, as when it was opened`,
    fix: end > size ? "Get the file again" : "Let files be as they are while they are read; open it again",
    data: { path },
  });
}

/**
 * Several parts of a file, each from a start to an end, all of them; it is opened once.
 * @throws {FormatError} when the file has become shorter
 */
export async function readParts(
  files: Vfs,
  file: SourceFile,
  parts: readonly (readonly [start: number, end: number])[],
): Promise<Uint8Array[]> {
  const { path } = file;
  if (files.readRanges === undefined)
    return Promise.all(parts.map(([start, end]) => readBytes(files, file, start, end)));
  const ranges = parts.map(([start, end]) => [start, end - start] as const);
  const read = await withFailure(path, files.readRanges(path, ranges));
  for (const [i, bytes] of read.entries()) {
    if (bytes.length < ranges[i]![1]) throw cutShort(file, ranges[i]![0] + bytes.length, parts[i]![1]);
  }
  return read;
}

/**
 * A whole file.
 * @throws {FormatError} when it has another size than before
 */
export async function readWhole(files: Vfs, { path, size }: SourceFile): Promise<Uint8Array> {
  const bytes = await withFailure(path, files.readFile(path));
  if (bytes.length === size) return bytes;
  throw new FormatError({
    code: "data-changed",
    what: `"${path}" was changed while it was open`,
    received: `${bytes.length} bytes`,
    expected: `${size}, as when it was opened`,
    fix: "Let files be as they are while they are read; open it again",
    data: { path },
  });
}

/** Bytes that are looked at in all files of a source together, and the least in each. */
const SAMPLED_BLOCKS = 256;
const FEWEST_BLOCKS = 3;
const BLOCK_BYTES = 1 << 12;
/** Files that are read at the same time. */
const AT_ONCE = 16;

/**
 * What the files are, for a run's identity: sizes, and digests of small files whole, of larger ones of blocks that are
 * spread evenly from the first byte to the last. It takes about as long for data of any size.
 */
export async function fileParts(list: readonly SourceFile[], files: Vfs): Promise<DataPart[]> {
  const blocks = Math.max(FEWEST_BLOCKS, Math.floor(SAMPLED_BLOCKS / list.length));
  const out = new Array<DataPart>(list.length);
  let next = 0;
  const some = async (): Promise<void> => {
    while (next < list.length) {
      const i = next++;
      out[i] = await filePart(list[i]!, blocks, files);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  return out;
}

async function filePart({ path, name }: SourceFile, blocks: number, files: Vfs): Promise<DataPart> {
  const { size, parts } = await withFailure(
    path,
    sample(files, path, (bytes) => {
      if (bytes <= blocks * BLOCK_BYTES) return [[0, bytes]];
      const startOf = (i: number): number => Math.floor((i * (bytes - BLOCK_BYTES)) / (blocks - 1));
      return Array.from({ length: blocks }, (_, i) => [startOf(i), BLOCK_BYTES] as const);
    }),
  );
  return { name, digest: `${size}:${toHex(await sha256(parts)).slice(0, 32)}` };
}

type Ranges = Parameters<Required<Vfs>["sample"]>[1];

async function sample(files: Vfs, path: string, ranges: Ranges): Promise<FileSample> {
  if (files.sample !== undefined) return files.sample(path, ranges);
  const size = await sizeOf(path, files);
  return {
    size,
    parts: await Promise.all(ranges(size).map(([start, length]) => files.readRange(path, start, length))),
  };
}

/** What records of files are called in messages: `csv("train.csv")`. */
export function called(source: string, paths: FilePaths): string {
  const list = (Array.isArray(paths) ? (paths as readonly FilePath[]) : [paths as FilePath]).map(
    (path) => `"${nameOf(pathOf(path, source))}"`,
  );
  return `${source}(${list.length > 3 ? `${list[0]} and ${list.length - 1} more` : list.join(", ")})`;
}
