import type { Vfs } from "../core/vfs.js";
import { saveModel } from "../saving/index.js";
import type { SaveHandler } from "../training/index.js";

/** Writes what callbacks ask for to files. Files that it wrote itself it may replace. */
export function fileSaver(vfs: Vfs): SaveHandler {
  const written = new Set<string>();
  return {
    async save(model, { path, weightsOnly, overwrite }) {
      await saveModel(model, path, { vfs, weightsOnly, overwrite: overwrite || written.has(path) });
      written.add(path);
    },
    // Every save is durable when its promise resolves.
    flush: async () => undefined,
  };
}
