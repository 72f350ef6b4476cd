import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { EngineError } from "../../core/errors.js";
import { fileExists, findBesideProgram, findPackageFile, readProgramFile, searchedFolders } from "../program-files.js";

/** The version of onnxruntime-node that Pawl is made for; the same as in package.json. */
export const LIBRARY_VERSION = "1.30.0";

/** The environment variable for another file as ONNX Runtime's library. */
const LIBRARY_VARIABLE = "PAWL_ONNXRUNTIME";

/** The shared library of ONNX Runtime. */
export interface LibraryFile {
  readonly path: string;
  /** The version that the library must report. */
  readonly version: string;
}

/** Systems for which onnxruntime-node has a library. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  "linux x64": "libonnxruntime.so.1",
  "linux arm64": "libonnxruntime.so.1",
  "darwin arm64": `libonnxruntime.${LIBRARY_VERSION}.dylib`,
  "win32 x64": "onnxruntime.dll",
  "win32 arm64": "onnxruntime.dll",
};

/**
 * Finds the library: the file in the environment variable PAWL_ONNXRUNTIME, else the one in the package
 * onnxruntime-node (whose own binding is not loaded), else one beside the program.
 * @throws {EngineError} when there is none, or none for this system
 */
export function findLibrary(): LibraryFile {
  const named = process.env[LIBRARY_VARIABLE];
  if (named !== undefined && named !== "") {
    if (!fileExists(named)) throw unavailable(`there is no file ${named}, which ${LIBRARY_VARIABLE} names`);
    return { path: named, version: LIBRARY_VERSION };
  }
  const system = `${process.platform} ${process.arch}`;
  const name = FILE_NAMES[system];
  if (name === undefined) throw unavailable(`ONNX Runtime has no library for ${systemName(system)}`, { fix: null });
  const manifest = findPackageFile("onnxruntime-node/package.json");
  if (manifest !== undefined) {
    const { version } = JSON.parse(new TextDecoder().decode(readProgramFile(manifest))) as { version: string };
    const path = fileInPackage(dirname(manifest), name);
    if (path !== undefined) return { path, version };
    throw unavailable(`the package onnxruntime-node ${version} at ${dirname(manifest)} lacks ${name}`);
  }
  const beside = findBesideProgram(name);
  if (beside !== undefined) return { path: beside, version: LIBRARY_VERSION };
  throw unavailable(
    `the package onnxruntime-node is not installed, nor does ${name} lie beside the program (looked in ${searchedFolders().join(", ")})`,
  );
}

function fileInPackage(folder: string, name: string): string | undefined {
  const bin = join(folder, "bin");
  if (!fileExists(bin)) return undefined;
  return readdirSync(bin)
    .filter((entry) => entry.startsWith("napi-"))
    .map((entry) => join(bin, entry, process.platform, process.arch, name))
    .find(fileExists);
}

const systemName = (system: string): string =>
  system === "darwin x64" ? "Macs with Intel processors (darwin x64)" : system;

/** Whether the C library is musl, as on Alpine, where ONNX Runtime's library cannot be loaded. */
function isMusl(): boolean {
  if (process.platform !== "linux" || typeof process.report?.getReport !== "function") return false;
  const { header } = process.report.getReport() as unknown as { header?: { glibcVersionRuntime?: string } };
  return header !== undefined && header.glibcVersionRuntime === undefined;
}

/** The error for a library that exists but cannot be loaded. */
export function notLoadable(file: LibraryFile, cause: unknown): EngineError {
  if (isMusl())
    return unavailable("ONNX Runtime's library needs glibc, and this system has musl (Alpine)", { cause, fix: null });
  return unavailable(`${file.path} could not be loaded (${(cause as Error).message})`, { cause });
}

/** The command that installs the native engine, the same in every shell. */
const INSTALL_COMMAND = `npm install --ignore-scripts onnxruntime-node@${LIBRARY_VERSION}`;

/** Why the native engine is not available. `fix` null: installing something would not help. */
export function unavailable(
  why: string,
  { cause, fix = `Run \`${INSTALL_COMMAND}\`` }: { readonly cause?: unknown; readonly fix?: string | null } = {},
): EngineError {
  return new EngineError({
    code: "native-unavailable",
    what: `The native engine cannot be used: ${why}`,
    ...(fix === null ? {} : { fix }),
    ...(cause === undefined ? {} : { cause }),
  });
}
