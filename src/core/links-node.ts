/** How many paths are looked at before others get their turn. */
const IN_A_GO = 64;

/** The path without links, or null if nothing is there. */
export async function realPath(path: string): Promise<string | null> {
  const { realpath } = await import("node:fs/promises");
  return realpath(path).catch(() => null);
}

/** Those of the paths at which a symbolic link lies. */
export async function linksAmong(paths: readonly string[]): Promise<string[]> {
  const { lstatSync } = await import("node:fs");
  const out: string[] = [];
  for (const [i, path] of paths.entries()) {
    if (i % IN_A_GO === IN_A_GO - 1) await new Promise((resolve) => setImmediate(resolve));
    if (isLink(lstatSync, path)) out.push(path);
  }
  return out;
}

/** What cannot be looked at is no link: reading it will say why. */
function isLink(lstat: typeof import("node:fs").lstatSync, path: string): boolean {
  try {
    return lstat(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false;
  }
}
