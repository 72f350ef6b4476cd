import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EngineError } from "../../core/errors.js";

/** The shared library of ONNX Runtime that lies in the onnxruntime-node package. */
export interface LibraryFile {
  readonly path: string;
  /** Version of the package, which the library must agree with. */
  readonly version: string;
}

const FILE_NAMES: Readonly<Record<string, (version: string) => readonly string[]>> = {
  linux: () => ["libonnxruntime.so.1"],
  darwin: (version) => [`libonnxruntime.${version}.dylib`, "libonnxruntime.1.dylib"],
  win32: () => ["onnxruntime.dll"],
};

/**
 * Finds the library by module resolution; the package's own binding is not loaded.
 * @throws {EngineError} when the package is missing or has no library for this system
 */
export function findLibrary(): LibraryFile {
  const require = createRequire(import.meta.url);
  let manifest: string;
  try {
    manifest = require.resolve("onnxruntime-node/package.json");
  } catch (cause) {
    throw unavailable("the package onnxruntime-node is not installed", cause);
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const bin = join(dirname(manifest), "bin");
  const folders = existsSync(bin) ? readdirSync(bin).filter((name) => name.startsWith("napi-")) : [];
  for (const folder of folders) {
    for (const name of FILE_NAMES[process.platform]?.(version) ?? []) {
      const path = join(bin, folder, process.platform, process.arch, name);
      if (existsSync(path)) return { path, version };
    }
  }
  throw unavailable(`onnxruntime-node ${version} has no library for ${process.platform} ${process.arch}`);
}

/** Why the native engine cannot be had. */
export function unavailable(why: string, cause?: unknown): EngineError {
  return new EngineError({
    code: "native-unavailable",
    what: `The native engine cannot be used: ${why}`,
    fix: "Run `ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node`",
    ...(cause === undefined ? {} : { cause }),
  });
}
