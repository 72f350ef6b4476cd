import type * as Koffi from "koffi";
import { findPackageFile, requireFile, searchedFolders } from "../program-files.js";
import { unavailable } from "./library.js";

export type KoffiFunction = (...args: unknown[]) => unknown;

/** koffi, and the file that other threads load it from. */
export interface LoadedKoffi {
  readonly koffi: typeof Koffi;
  readonly path: string;
}

/** koffi, which calls C functions. @throws {EngineError} when it is not available for this system */
export function loadKoffi(): LoadedKoffi {
  const path = findPackageFile("koffi");
  if (path === undefined) {
    throw unavailable(`the package koffi is not installed (looked in ${searchedFolders().join(", ")})`, {
      fix: "Ship node_modules/koffi and node_modules/@koromix with the program, or run `npm install pawl`",
    });
  }
  try {
    const module = requireFile(path) as typeof Koffi & { readonly default?: typeof Koffi };
    return { koffi: module.default ?? module, path };
  } catch (cause) {
    throw unavailable(`koffi, which calls its library, could not be loaded: ${(cause as Error).message}`, {
      cause,
      fix: "Run `npm install pawl` on this system, optional dependencies included",
    });
  }
}
