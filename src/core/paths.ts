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

/** The absolute path, without "." and "..". */
export function wholePath(path: string): string {
  const plain = withoutDetours(path);
  const here = workingFolder();
  return here === "" || plain.startsWith("/") || /^[A-Za-z]:/.test(plain) ? plain : withoutDetours(`${here}/${plain}`);
}

/**
 * A path without "." and "..", relative if it lies in the working folder: "/work/./out//a.h5" in /work is "out/a.h5".
 */
export function plainPath(path: string): string {
  const plain = withoutDetours(path);
  const here = workingFolder();
  return here.length > 1 && plain.startsWith(`${here}/`) ? plain.slice(here.length + 1) : plain;
}

function withoutDetours(path: string): string {
  const parts: string[] = [];
  for (const part of withSlashes(path).split("/")) {
    if (part === "" ? parts.length > 0 : part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== ".." && parts.at(-1) !== "") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

function workingFolder(): string {
  return typeof process === "undefined" || typeof process.cwd !== "function" ? "" : withSlashes(process.cwd());
}

const withSlashes = (path: string): string => (isWindows ? path.replaceAll("\\", "/") : path);
