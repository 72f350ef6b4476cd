const isWindows = typeof process !== "undefined" && process.platform === "win32";

/** Index of the last separator, or -1. */
function lastCut(path: string): number {
  return isWindows ? Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) : path.lastIndexOf("/");
}

/** The folder of a path: "a/b.h5" -> "a", "b.h5" -> ".", "/b.h5" -> "/". */
export function folderOf(path: string): string {
  const cut = lastCut(path);
  return cut < 0 ? "." : cut === 0 ? "/" : path.slice(0, cut);
}

/** The last part of a path: "a/b.h5" -> "b.h5". */
export function nameOf(path: string): string {
  return path.slice(lastCut(path) + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder === "." || folder === "" ? name : folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;
}
