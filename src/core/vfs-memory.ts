import { joinBytes } from "./join-bytes.js";
import type { FileStat, Vfs } from "./vfs.js";

/** An error like those of Node's file system, so that callers handle one kind of error. */
export function fileError(code: string, operation: string, path: string): Error & { code: string } {
  return Object.assign(new Error(`${code}: ${operation} "${path}"`), { code });
}

interface Entry {
  bytes: Uint8Array;
  modified: number;
}

/** Without "." parts, doubled or trailing slashes. */
function normal(path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return (path.startsWith("/") ? "/" : "") + parts.join("/");
}

function parentOf(path: string): string {
  const cut = path.lastIndexOf("/");
  return cut < 0 ? "" : cut === 0 ? "/" : path.slice(0, cut);
}

/**
 * Files in memory, with the errors of a disk: a missing folder is ENOENT, a folder read as a file EISDIR, and so on.
 * Time is a counter that rises with each write, so `modified` orders files without a clock.
 */
export function memoryVfs(): Vfs {
  const files = new Map<string, Entry>();
  const folders = new Set<string>(["", "/"]);
  let time = 0;

  const fileAt = (path: string, operation: string): Entry => {
    const key = normal(path);
    if (folders.has(key)) throw fileError("EISDIR", operation, path);
    const entry = files.get(key);
    if (entry === undefined) throw fileError("ENOENT", operation, path);
    return entry;
  };
  const checkPlace = (path: string, operation: string): void => {
    const key = normal(path);
    if (folders.has(key)) throw fileError("EISDIR", operation, path);
    if (files.has(parentOf(key))) throw fileError("ENOTDIR", operation, path);
    if (!folders.has(parentOf(key))) throw fileError("ENOENT", operation, path);
  };
  const put = (path: string, bytes: Uint8Array): void => {
    files.set(normal(path), { bytes, modified: ++time });
  };

  return {
    async readFile(path) {
      return fileAt(path, "open").bytes.slice();
    },
    async readRange(path, start, length) {
      return fileAt(path, "open").bytes.slice(start, start + length);
    },
    async writeFile(path, bytes) {
      checkPlace(path, "open");
      put(path, bytes instanceof Uint8Array ? bytes.slice() : joinBytes(bytes));
    },
    async appendFile(path, bytes) {
      checkPlace(path, "open");
      put(path, joinBytes([files.get(normal(path))?.bytes ?? new Uint8Array(0), bytes]));
    },
    async truncate(path, length) {
      const { bytes } = fileAt(path, "truncate");
      const out = new Uint8Array(length);
      out.set(bytes.subarray(0, length));
      put(path, out);
    },
    async fsync(path) {
      fileAt(path, "fsync");
    },
    async fsyncFolder(path) {
      if (!folders.has(normal(path))) throw fileError("ENOENT", "fsync", path);
    },
    async rename(from, to) {
      const entry = fileAt(from, "rename");
      checkPlace(to, "rename");
      files.delete(normal(from));
      files.set(normal(to), entry);
    },
    async link(from, to) {
      const entry = fileAt(from, "link");
      checkPlace(to, "link");
      if (files.has(normal(to))) throw fileError("EEXIST", "link", to);
      // Files in memory are never changed in place, so a copy of the entry works as a second name.
      files.set(normal(to), { ...entry });
    },
    async remove(path) {
      fileAt(path, "unlink");
      files.delete(normal(path));
    },
    async makeFolder(path) {
      for (let key = normal(path); !folders.has(key); key = parentOf(key)) {
        if (files.has(key)) throw fileError("EEXIST", "mkdir", path);
        folders.add(key);
      }
    },
    async list(path) {
      const key = normal(path);
      if (files.has(key)) throw fileError("ENOTDIR", "scandir", path);
      if (!folders.has(key)) throw fileError("ENOENT", "scandir", path);
      const names = [...files.keys(), ...folders].filter(
        (name) => name !== key && parentOf(name) === key && name !== "/",
      );
      return names.map((name) => name.slice(name.lastIndexOf("/") + 1)).sort();
    },
    async stat(path): Promise<FileStat | undefined> {
      const key = normal(path);
      if (folders.has(key)) return { kind: "folder", size: 0, modified: 0, place: key };
      const entry = files.get(key);
      return entry && { kind: "file", size: entry.bytes.length, modified: entry.modified };
    },
    async createExclusive(path, bytes) {
      checkPlace(path, "open");
      if (files.has(normal(path))) throw fileError("EEXIST", "open", path);
      put(path, bytes instanceof Uint8Array ? bytes.slice() : joinBytes(bytes));
    },
  };
}
