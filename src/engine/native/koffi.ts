import type * as Koffi from "koffi";
import { unavailable } from "./library.js";

export interface KoffiFunction {
  (...args: unknown[]): unknown;
  /** Calls on one of Node's threads; the last argument is called with an error or null, and the result. */
  readonly async: (...args: unknown[]) => void;
}

/** koffi, and whether its calls on other threads have a stack that matrix products can do with. */
export interface LoadedKoffi {
  readonly koffi: typeof Koffi;
  readonly canCallAside: boolean;
}

const STACK_BYTES = 2 ** 21;

/** koffi, which calls C functions. @throws {EngineError} when it is not there for this system */
export async function loadKoffi(): Promise<LoadedKoffi> {
  try {
    const module = (await import("koffi")) as typeof Koffi & { readonly default?: typeof Koffi };
    const koffi = module.default ?? module;
    return { koffi, canCallAside: hasStack(koffi) };
  } catch (cause) {
    throw unavailable("koffi, which calls its library, could not be loaded", cause);
  }
}

/** koffi's own default is 128 KiB, and it can be changed only before the process loads its first library. */
function hasStack(koffi: typeof Koffi): boolean {
  const size = (): number => koffi.config().async_stack_size ?? 0;
  if (size() >= STACK_BYTES) return true;
  try {
    koffi.config({ async_stack_size: STACK_BYTES });
  } catch {
    // Someone else has loaded a library; everything is computed on the calling thread then.
  }
  return size() >= STACK_BYTES;
}
