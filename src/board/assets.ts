import { StateError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";

/** The built page, by path. */
export type Assets = ReadonlyMap<string, Asset>;

export interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const FILES: readonly (readonly [path: string, name: string, type: string])[] = [
  ["/", "index.html", "text/html; charset=utf-8"],
  ["/app.js", "app.js", "text/javascript; charset=utf-8"],
  ["/app.css", "app.css", "text/css; charset=utf-8"],
  ["/icon.svg", "icon.svg", "image/svg+xml"],
];

/** @throws {StateError} when the page was not built */
export async function readAssets(vfs: Vfs, folder: string): Promise<Assets> {
  const out = new Map<string, Asset>();
  for (const [path, name, type] of FILES) {
    const file = joinPath(folder, name);
    const bytes = await vfs.readFile(file).catch((cause: unknown) => {
      throw new StateError({
        code: "no-page",
        what: `The page of the board is not in "${folder}"`,
        received: `no file "${name}"`,
        fix: "Install pawl again; in a checkout of its sources, npm run build",
        cause,
      });
    });
    out.set(path, { type, bytes });
  }
  return out;
}
