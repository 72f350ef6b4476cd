import type { Vfs } from "../../src/core/vfs.js";
import { fileError } from "../../src/core/vfs-memory.js";

/** The names of a Vfs's operations. */
export type Operation = keyof Vfs;

/** A file system over another that fails on command and keeps a list of what it was asked. */
export interface FaultyVfs extends Vfs {
  /** What was called, e.g. "rename a -> b". */
  readonly calls: string[];
}

/** When to fail: at the n-th call (from 0) of those that `counts` lets pass (default: all), with this code. */
export interface Fault {
  readonly at: number;
  readonly code: string;
  readonly counts?: (operation: Operation, path: string) => boolean;
  /** Bytes that a failing write leaves behind (a torn write). */
  readonly torn?: number;
}

export function faultyVfs(inner: Vfs, fault: Fault | null = null): FaultyVfs {
  const calls: string[] = [];
  let count = 0;

  const check = async (operation: Operation, path: string, detail = ""): Promise<void> => {
    calls.push(`${operation} ${path}${detail}`);
    if (fault === null || !(fault.counts?.(operation, path) ?? true)) return;
    if (count++ === fault.at) throw fileError(fault.code, operation, path);
  };
  return {
    calls,
    async readFile(path) {
      await check("readFile", path);
      return inner.readFile(path);
    },
    async readRange(path, start, length) {
      await check("readRange", path);
      return inner.readRange(path, start, length);
    },
    async writeFile(path, bytes) {
      await check("writeFile", path);
      await inner.writeFile(path, bytes);
    },
    async appendFile(path, bytes) {
      await check("appendFile", path);
      await inner.appendFile(path, bytes);
    },
    async truncate(path, length) {
      await check("truncate", path);
      await inner.truncate(path, length);
    },
    async fsync(path) {
      await check("fsync", path);
      await inner.fsync(path);
    },
    async fsyncFolder(path) {
      await check("fsyncFolder", path);
      await inner.fsyncFolder(path);
    },
    async rename(from, to) {
      await check("rename", from, ` -> ${to}`);
      await inner.rename(from, to);
    },
    async link(from, to) {
      await check("link", from, ` -> ${to}`);
      await inner.link(from, to);
    },
    async remove(path) {
      await check("remove", path);
      await inner.remove(path);
    },
    async makeFolder(path) {
      await check("makeFolder", path);
      await inner.makeFolder(path);
    },
    async list(path) {
      await check("list", path);
      return inner.list(path);
    },
    async stat(path) {
      await check("stat", path);
      return inner.stat(path);
    },
    async createExclusive(path, bytes, mode) {
      try {
        await check("createExclusive", path);
      } catch (error) {
        const first = bytes instanceof Uint8Array ? bytes : (bytes[0] ?? new Uint8Array(0));
        if (fault?.torn !== undefined) await inner.createExclusive(path, first.subarray(0, fault.torn));
        throw error;
      }
      await inner.createExclusive(path, bytes, mode);
    },
  };
}
