import { PawlError, StateError } from "./errors.js";
import { folderOf } from "./paths.js";
import type { FileStat, Vfs } from "./vfs.js";

type Fs = typeof import("node:fs/promises");

/** Node's file system, or an error that says why there is none. */
async function load(): Promise<Fs> {
  try {
    return await import("node:fs/promises");
  } catch (cause) {
    throw new StateError({
      code: "no-file-system",
      what: "There is no file system here",
      fix: "Hand in a Vfs of your own, e.g. memoryVfs()",
      cause,
    });
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof PawlError ? undefined : (error as NodeJS.ErrnoException).code;

/**
 * The folder and the missing ones above it, one by one: Node's own recursive mkdir never returns for some paths that
 * cannot be made (under /proc, for one).
 */
async function makeFolders(fs: Fs, path: string): Promise<void> {
  try {
    await fs.mkdir(path);
  } catch (error) {
    const above = folderOf(path);
    if (codeOf(error) === "EEXIST" && (await fs.stat(path)).isDirectory()) return;
    if (codeOf(error) !== "ENOENT" || above === path || (await fs.stat(above).catch(() => undefined))) throw error;
    await makeFolders(fs, above);
    await makeFolders(fs, path);
  }
}

/** Opens, hands over, and closes also when `use` throws. */
async function withFile<T>(
  path: string,
  flags: string,
  use: (file: import("node:fs/promises").FileHandle) => Promise<T>,
): Promise<T> {
  const file = await (await load()).open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** All of `bytes`, however many calls the system takes for it. */
async function writeAll(file: import("node:fs/promises").FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

/** At most 1 GiB a call: Linux reads and writes no more than 2 GiB - 4 KiB at once. */
const READ_STEP = 2 ** 30;

async function readExtent(
  file: import("node:fs/promises").FileHandle,
  start: number,
  length: number,
): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(out, done, Math.min(READ_STEP, length - done), start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done === length ? out : out.slice(0, done);
}

/** What a symbolic link says, or null when there is none. */
export async function linkTarget(path: string): Promise<string | null> {
  try {
    return await (await load()).readlink(path);
  } catch {
    return null;
  }
}

/**
 * The kernel's number of the thread that calls this, or null where it has none (Linux only). Asked by the thread
 * itself: the promises of `node:fs` run in others.
 */
export async function ownThread(): Promise<number | null> {
  const { readlinkSync } = await import("node:fs");
  try {
    // "PID/task/TID"
    return Number(readlinkSync("/proc/thread-self").split("/")[2]);
  } catch {
    return null;
  }
}

/** The disk, through Node. */
export function nodeVfs(): Vfs {
  return {
    readFile: (path) =>
      withFile(path, "r", async (file) => {
        const { size } = await file.stat();
        // The kernel's own files (/proc) say 0 and have contents all the same.
        return size === 0 ? new Uint8Array(await file.readFile()) : readExtent(file, 0, size);
      }),

    readRange: (path, start, length) =>
      withFile(path, "r", async (file) => {
        const { size } = await file.stat();
        return readExtent(file, start, Math.max(0, Math.min(length, size - start)));
      }),

    writeFile: (path, bytes) =>
      withFile(path, "w", async (file) => {
        for (const part of bytes instanceof Uint8Array ? [bytes] : bytes) await writeAll(file, part);
      }),

    appendFile: (path, bytes) => withFile(path, "a", (file) => writeAll(file, bytes)),

    truncate: async (path, length) => (await load()).truncate(path, length),

    fsync: (path) => withFile(path, "r+", (file) => file.sync()),

    async fsyncFolder(path) {
      // Windows cannot open a folder, and its renames are journalled.
      if (process.platform === "win32") return;
      await withFile(path, "r", (file) => file.sync());
    },

    rename: async (from, to) => (await load()).rename(from, to),

    link: async (from, to) => (await load()).link(from, to),

    remove: async (path) => (await load()).rm(path),

    async makeFolder(path) {
      await makeFolders(await load(), path);
    },

    list: async (path) => (await (await load()).readdir(path)).sort(),

    async stat(path): Promise<FileStat | undefined> {
      try {
        const stat = await (await load()).stat(path);
        const kind = stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
        return { kind, size: stat.size, modified: stat.mtimeMs };
      } catch (error) {
        if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
        throw error;
      }
    },

    createExclusive: (path, bytes) => withFile(path, "wx", (file) => writeAll(file, bytes)),
  };
}
