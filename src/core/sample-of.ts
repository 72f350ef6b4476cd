import type { FileSample } from "./vfs.js";
import { fileError } from "./vfs-memory.js";

/** Ranges that lie within so many bytes are read at once. */
const SPAN = 1 << 16;

type Callback<T> = (error: Error | null, result?: T) => void;

interface Stat {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** What is needed of `node:fs`. */
export interface CallbackFs {
  open(path: string, flags: number, done: Callback<number>): void;
  fstat(file: number, done: Callback<Stat>): void;
  read(file: number, into: Uint8Array, offset: number, length: number, position: number, done: Callback<number>): void;
  close(file: number, done: Callback<void>): void;
}

/** What a function with a callback gives: a promise with little around it. */
const awaited = <T>(begin: (done: Callback<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    begin((error, result) => (error === null || error === undefined ? resolve(result as T) : reject(error)));
  });

/**
 * The size of a plain file of the disk, and ranges of it. A `FileHandle` of Node's promises takes several times as long as
 * the calls of the system, which counts where there are ten thousands of files.
 * @param flags to open it with
 */
export async function sampleOf(
  fs: CallbackFs,
  path: string,
  flags: number,
  ranges: (size: number) => readonly (readonly [start: number, length: number])[],
): Promise<FileSample> {
  const file = await awaited<number>((done) => fs.open(path, flags, done));
  try {
    const stat = await awaited<Stat>((done) => fs.fstat(file, done));
    if (stat.isDirectory()) throw fileError("EISDIR", "open", path);
    if (!stat.isFile()) throw fileError("ENXIO", "open", path);
    const { size } = stat;
    const inside = ranges(size).map(([start, length]) => [start, Math.max(0, Math.min(length, size - start))] as const);
    const read = async (start: number, length: number): Promise<Uint8Array> => {
      const out = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const count = await awaited<number>((end) => fs.read(file, out, done, length - done, start + done, end));
        if (count === 0) break;
        done += count;
      }
      return out.subarray(0, done);
    };
    const begin = Math.min(...inside.map(([start]) => start));
    const end = Math.max(...inside.map(([start, length]) => start + length));
    if (end - begin > SPAN)
      return { size, parts: await Promise.all(inside.map(([start, length]) => read(start, length))) };
    const span = await read(begin, Math.max(0, end - begin));
    return { size, parts: inside.map(([start, length]) => span.subarray(start - begin, start - begin + length)) };
  } finally {
    await awaited<void>((done) => fs.close(file, done));
  }
}
