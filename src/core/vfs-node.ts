import { PawlError, StateError } from "./errors.js";
import { HeldFiles } from "./held-files.js";
import { folderOf } from "./paths.js";
import { sampleOf } from "./sample-of.js";
import type { FileStat, Vfs } from "./vfs.js";
import { fileError } from "./vfs-memory.js";

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
 * Makes the folder and its missing parents one by one: Node's recursive mkdir never returns for some paths that cannot
 * be made (under /proc, for one).
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

type Handle = import("node:fs/promises").FileHandle;
type Flags = "read" | "readWrite" | "write" | "append" | "create";

/**
 * Flags for opening a file: never wait for the other end of a pipe, and never write through a symbolic link, which
 * somebody may have put there.
 */
async function flagsOf(how: Flags): Promise<number> {
  const { constants: c } = await import("node:fs");
  // Windows has neither flag.
  const [patient, followed] = [c.O_NONBLOCK ?? 0, c.O_NOFOLLOW ?? 0];
  switch (how) {
    case "read":
      return c.O_RDONLY | patient;
    case "readWrite":
      return c.O_RDWR | patient | followed;
    case "write":
      return c.O_WRONLY | c.O_CREAT | patient | followed;
    case "append":
      return c.O_WRONLY | c.O_CREAT | c.O_APPEND | patient | followed;
    case "create":
      return c.O_WRONLY | c.O_CREAT | c.O_EXCL | patient | followed;
  }
}

/** Opens a plain file, passes it to `use` with its stat, and closes it also when `use` throws. */
async function withFile<T>(
  path: string,
  how: Flags,
  use: (file: Handle, stat: import("node:fs").Stats) => Promise<T>,
  mode?: number,
): Promise<T> {
  const [file, stat] = await openPlain(path, how, mode);
  try {
    return await use(file, stat);
  } finally {
    await file.close();
  }
}

async function openPlain(path: string, how: Flags, mode?: number): Promise<[Handle, import("node:fs").Stats]> {
  const file = await (await load()).open(path, await flagsOf(how), mode);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw fileError("EISDIR", "open", path);
    if (!stat.isFile()) throw fileError("ENXIO", "open", path);
    return [file, stat];
  } catch (error) {
    await file.close();
    throw error;
  }
}

const held = new HeldFiles(async (path) => {
  const [file, { size }] = await openPlain(path, "read");
  return {
    read: (start, length) => readExtent(file, path, start, Math.max(0, Math.min(length, size - start))),
    close: () => file.close(),
  };
});

/** Like {@link withFile}; removes a link at the path first. */
async function withOwnFile<T>(path: string, how: "write" | "append", use: (file: Handle) => Promise<T>): Promise<T> {
  try {
    return await withFile(path, how, use);
  } catch (error) {
    if (codeOf(error) !== "ELOOP") throw error;
    await (await load()).unlink(path);
    return withFile(path, "create", use);
  }
}

/**
 * Writes all parts from the file's beginning, in as many calls as needed, and checks that nothing else is in the file.
 */
async function writeWhole(file: Handle, path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
  let at = 0;
  for (const part of bytes instanceof Uint8Array ? [bytes] : bytes) {
    await writeAll(file, part, at);
    at += part.length;
  }
  if ((await file.stat()).size !== at) throw fileError("EIO", "write", path);
}

/** @param at position in the file; null appends */
async function writeAll(file: Handle, bytes: Uint8Array, at: number | null): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at === null ? null : at + done);
    done += bytesWritten;
  }
}

/** At most 1 GiB per call: Linux reads and writes at most 2 GiB - 4 KiB at once. */
const READ_STEP = 2 ** 30;

async function readExtent(file: Handle, path: string, start: number, length: number): Promise<Uint8Array> {
  const out = memoryFor(length, path);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(out, done, Math.min(READ_STEP, length - done), start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done === length ? out : out.slice(0, done);
}

/** A file may claim any size. */
function memoryFor(length: number, path: string): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch {
    throw fileError("EFBIG", "read", path);
  }
}

/** The target of a symbolic link, or null if there is none. */
export async function linkTarget(path: string): Promise<string | null> {
  try {
    return await (await load()).readlink(path);
  } catch {
    return null;
  }
}

/**
 * The kernel's id of the calling thread, or null where it has none (Linux only). Synchronous, since the promises of
 * `node:fs` run in other threads.
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

function described(stat: import("node:fs").Stats): FileStat {
  const kind = stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
  const { size, mtimeMs: modified, dev, ino, mode } = stat;
  return { kind, size, modified, place: `${dev}:${ino}`, mode: mode & 0o7777 };
}

/** How many calls are made before others get their turn. */
const IN_A_GO = 64;

/** What each call gives, undefined where it fails. A call that waits for the kernel costs a fifth of a promise. */
async function inTurns<T>(paths: readonly string[], call: (path: string) => T): Promise<(T | undefined)[]> {
  const out: (T | undefined)[] = [];
  for (const path of paths) {
    if (out.length % IN_A_GO === IN_A_GO - 1) await new Promise((resolve) => setImmediate(resolve));
    try {
      out.push(call(path));
    } catch {
      out.push(undefined);
    }
  }
  return out;
}

/** The disk, through Node. */
export function nodeVfs(): Vfs {
  return {
    readFile: (path) =>
      withFile(path, "read", async (file, { size }) =>
        // The kernel's own files (/proc) report size 0 but have contents.
        size === 0 ? new Uint8Array(await file.readFile()) : readExtent(file, path, 0, size),
      ),

    readRange: (path, start, length) =>
      withFile(path, "read", (file, { size }) =>
        readExtent(file, path, start, Math.max(0, Math.min(length, size - start))),
      ),

    readHeld: (path, start, length) => held.read(path, start, length),

    sample: async (path, ranges) => sampleOf(await import("node:fs"), path, await flagsOf("read"), ranges),

    readRanges: (path, ranges) =>
      withFile(path, "read", (file, { size }) =>
        Promise.all(
          ranges.map(([start, length]) => readExtent(file, path, start, Math.max(0, Math.min(length, size - start)))),
        ),
      ),

    writeFile: (path, bytes) =>
      withOwnFile(path, "write", async (file) => {
        await file.truncate(0);
        await writeWhole(file, path, bytes);
      }),

    appendFile: (path, bytes) => withOwnFile(path, "append", (file) => writeAll(file, bytes, null)),

    truncate: (path, length) => withFile(path, "readWrite", (file) => file.truncate(length)),

    fsync: (path) => withFile(path, "readWrite", (file) => file.sync()),

    async fsyncFolder(path) {
      // Windows cannot open a folder, and its renames are journalled.
      if (process.platform === "win32") return;
      const folder = await (await load()).open(path, "r");
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
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
        return described(await (await load()).stat(path));
      } catch (error) {
        if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
        throw error;
      }
    },

    async listAll(paths) {
      const { readdirSync } = await import("node:fs");
      return (await inTurns(paths, (path) => readdirSync(path).sort())).map((names) => names ?? null);
    },

    async statAll(paths) {
      const { statSync } = await import("node:fs");
      return (await inTurns(paths, (path) => statSync(path, { throwIfNoEntry: false }))).map(
        (stat) => stat && described(stat),
      );
    },

    createExclusive: (path, bytes, mode) =>
      withFile(
        path,
        "create",
        async (file) => {
          // Until now nobody else may read the file; file systems without permissions ignore this.
          if (mode !== undefined) await file.chmod(mode).catch(() => undefined);
          await writeWhole(file, path, bytes);
        },
        mode === undefined ? undefined : mode & 0o700,
      ),
  };
}
