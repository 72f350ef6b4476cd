import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Only a CommonJS bundle has it. */
declare const __filename: string | undefined;

/** Node's own `createRequire`: a test runner's sandbox has another, whose modules die with each test file. */
function makeRequire(from: string): NodeJS.Require {
  const own = process.getBuiltinModule?.("node:module") ?? null;
  return (own?.createRequire ?? createRequire)(from);
}

/** Tried and not asked for by `typeof`, which webpack answers for programs that have none. */
function bundleFile(): string | undefined {
  try {
    return __filename;
  } catch {
    return undefined;
  }
}

/**
 * Where packages are looked for, in this order: from this module (a bundler may have put the place on the machine that
 * bundled here, which need not exist), from a CommonJS bundle, from the program that was started, from the working folder.
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

/** The folders in which the search begins, for messages. */
export function searchedFolders(): readonly string[] {
  return [...new Set(startingPlaces().map(dirname))];
}

/** Electron packs a program into one file, from which nothing native can be loaded; what it unpacked lies beside it. */
export function unpacked(path: string): string {
  const beside = path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  return beside !== path && existsSync(beside) ? beside : path;
}

/** The file that `request` ("package/file") names, or undefined where it is not installed. */
export function findPackageFile(request: string): string | undefined {
  for (const place of startingPlaces()) {
    try {
      return unpacked(makeRequire(place).resolve(request));
    } catch {
      // Not from here.
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

/** Loads a CommonJS package as it is on disk. No bundler sees this call, so none tries to take native code in. */
export function requireFile(path: string): unknown {
  return makeRequire(path)(path);
}

export { existsSync as fileExists };

export function readProgramFile(path: string): Uint8Array {
  return readFileSync(path);
}
