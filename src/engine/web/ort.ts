import type * as OrtWeb from "onnxruntime-web/wasm";
import { EngineError } from "../../core/errors.js";

export type Ort = typeof OrtWeb;
export type OrtSession = OrtWeb.InferenceSession;

let loading: Promise<Ort> | undefined;

/**
 * onnxruntime-web on one thread (its own threads would need workers that keep a process alive).
 * @throws {EngineError} when the package cannot be loaded
 */
export function loadOrt(): Promise<Ort> {
  return (loading ??= load());
}

async function load(): Promise<Ort> {
  try {
    const ort = await import("onnxruntime-web/wasm");
    ort.env.logLevel = "fatal";
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.proxy = false;
    return ort;
  } catch (cause) {
    throw new EngineError({
      code: "web-unavailable",
      what: "The WebAssembly engine cannot be used: onnxruntime-web could not be loaded",
      received: cause instanceof Error ? cause.message : String(cause),
      fix: "Run `npm install` again",
      cause,
    });
  }
}
