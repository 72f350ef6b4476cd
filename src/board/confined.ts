import { linksAmong, realPath } from "../core/links-node.js";
import type { Vfs } from "../core/vfs.js";
import { fileError } from "../core/vfs-memory.js";

/**
 * The same files, without those that a link leads to outside of the folder: they are not there. Only what reads looks
 * for links; nothing is ever written through one.
 */
export async function confined(vfs: Vfs, folder: string): Promise<Vfs> {
  const root = (await realPath(folder)) ?? folder;
  const start = root.endsWith("/") ? root : `${root}/`;
  /** Those that lead out. The folder itself may be a link. */
  const leadingOut = async (paths: readonly string[]): Promise<ReadonlySet<string>> => {
    const out = new Set<string>();
    for (const path of await linksAmong(paths)) {
      if (path === folder) continue;
      const real = await realPath(path);
      if (real !== root && real?.startsWith(start) !== true) out.add(path);
    }
    return out;
  };
  const within =
    <A extends readonly unknown[], T>(name: string, read: (path: string, ...rest: A) => Promise<T>) =>
    async (path: string, ...rest: A): Promise<T> => {
      if ((await leadingOut([path])).size > 0) throw fileError("ENOENT", name, path);
      return read(path, ...rest);
    };
  // Every way to read is named, so that one that comes to be is not let through by itself.
  const { readFile, readRange, readRanges, list, stat, listAll, statAll, ...writing } = vfs;
  return {
    ...writing,
    readFile: within("open", readFile),
    readRange: within("open", readRange),
    ...(readRanges && { readRanges: within("open", readRanges) }),
    list: within("scandir", list),
    stat: async (path) => ((await leadingOut([path])).size > 0 ? undefined : stat(path)),
    ...(listAll && {
      listAll: async (paths) => {
        const out = await leadingOut(paths);
        return (await listAll(paths)).map((names, i) => (out.has(paths[i]!) ? null : names));
      },
    }),
    ...(statAll && {
      statAll: async (paths) => {
        const out = await leadingOut(paths);
        return (await statAll(paths)).map((found, i) => (out.has(paths[i]!) ? undefined : found));
      },
    }),
  };
}
