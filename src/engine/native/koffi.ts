import type * as Koffi from "koffi";
import { unavailable } from "./library.js";

export type KoffiFunction = (...args: unknown[]) => unknown;

/** koffi, and the file that other threads load it from. */
export interface LoadedKoffi {
  readonly koffi: typeof Koffi;
  readonly path: string;
}

/** koffi, which calls C functions. @throws {EngineError} when it is not there for this system */
export async function loadKoffi(): Promise<LoadedKoffi> {
  try {
    const { createRequire } = await import("node:module");
    const module = (await import("koffi")) as typeof Koffi & { readonly default?: typeof Koffi };
    return { koffi: module.default ?? module, path: createRequire(import.meta.url).resolve("koffi") };
  } catch (cause) {
    throw unavailable("koffi, which calls its library, could not be loaded", cause);
  }
}
