import type { Vfs } from "../core/vfs.js";
import { fileError } from "../core/vfs-memory.js";
import { linkTarget, realPath } from "../core/vfs-node.js";

/**
 * The same files, without those that a link leads to outside of the folder: they are not there. Only what reads looks
 * for links; nothing is ever written through one.
 */
export async function confined(vfs: Vfs, folder: string): Promise<Vfs> {
  const root = (await realPath(folder)) ?? folder;
  const isInside = async (path: string): Promise<boolean> => {
    if (path === folder || (await linkTarget(path)) === null) return true;
    const real = await realPath(path);
    return real === null || real === root || real.startsWith(root.endsWith("/") ? root : `${root}/`);
  };
  const within =
    <A extends readonly unknown[], T>(name: string, read: (path: string, ...rest: A) => Promise<T>) =>
    async (path: string, ...rest: A): Promise<T> => {
      if (!(await isInside(path))) throw fileError("ENOENT", name, path);
      return read(path, ...rest);
    };
  return {
    ...vfs,
    readFile: within("open", vfs.readFile),
    readRange: within("open", vfs.readRange),
    list: within("scandir", vfs.list),
    stat: async (path) => ((await isInside(path)) ? vfs.stat(path) : undefined),
  };
}
