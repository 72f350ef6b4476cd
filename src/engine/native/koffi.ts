import type * as Koffi from "koffi";
import { unavailable } from "./library.js";

export type KoffiFunction = (...args: unknown[]) => unknown;

/** koffi, which calls C functions. @throws {EngineError} when it is not there for this system */
export async function loadKoffi(): Promise<typeof Koffi> {
  try {
    const module = (await import("koffi")) as typeof Koffi & { readonly default?: typeof Koffi };
    return module.default ?? module;
  } catch (cause) {
    throw unavailable("koffi, which calls its library, could not be loaded", cause);
  }
}
