import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Only defined in a CommonJS bundle. */
declare const __filename: string | undefined;

/** Node's own `createRequire`: that of a test runner's sandbox loads modules that end with each test file. */
function makeRequire(from: string): NodeJS.Require {
  const own = process.getBuiltinModule?.("node:module") ?? null;
  return (own?.createRequire ?? createRequire)(from);
}

/** Tried instead of tested with `typeof`, which webpack answers even where there is none. */
function bundleFile(): string | undefined {
  try {
    return __filename;
  } catch {
    return undefined;
  }
}

/**
 * Where packages are looked for, in this order: from this module (a bundler may have inserted its path on the bundling
 * machine, which need not exist here), from a CommonJS bundle, from the started program, from the working folder.
 */
function startingPlaces(): string[] {
  const own: string | undefined = import.meta.url;
  const places = [
    own?.startsWith("file:") ? fileURLToPath(own) : undefined,
    bundleFile(),
    process.argv[1],
    join(process.cwd(), "program.js"),
  ];
  return [...new Set(places.filter((place) => place?.startsWith(dirname(place)) === true))] as string[];
}

/** The folders where the search starts, for messages. */
export function searchedFolders(): readonly string[] {
  return [...new Set(startingPlaces().map(dirname))];
}

/** Electron packs a program into one file, from which native code cannot be loaded; unpacked files lie beside it. */
function unpacked(path: string): string {
  const beside = path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  return beside !== path && existsSync(beside) ? beside : path;
}

/** The file that `request` ("package/file") names, or undefined where it is not installed. */
export function findPackageFile(request: string): string | undefined {
  for (const place of startingPlaces()) {
    try {
      return unpacked(makeRequire(place).resolve(request));
    } catch {
      // Not found from this start.
    }
  }
  return undefined;
}

/** A file that was copied beside the program, e.g. beside a bundle; undefined where there is none. */
export function findBesideProgram(name: string): string | undefined {
  return searchedFolders()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Loads a CommonJS package from disk. Bundlers do not see this call, so they do not try to bundle native code. */
export function requireFile(path: string): unknown {
  return makeRequire(path)(path);
}

export { existsSync as fileExists };

export function readProgramFile(path: string): Uint8Array {
  return readFileSync(path);
}
