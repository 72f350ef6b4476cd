import type * as OrtWeb from "onnxruntime-web/wasm";
import { EngineError } from "../../core/errors.js";
import { isNode } from "../../core/platform.js";

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

/** The binary file that onnxruntime-web needs besides its JavaScript. */
const BINARY = "ort-wasm-simd-threaded.wasm";

async function load(): Promise<Ort> {
  try {
    const ort = await import("onnxruntime-web/wasm");
    ort.env.logLevel = "fatal";
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.proxy = false;
    if (isNode()) ort.env.wasm.wasmBinary = await findBinary();
    return ort;
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw webUnavailable("onnxruntime-web could not be loaded", cause);
  }
}

/** In Node the binary is looked up like any other file: in a bundle onnxruntime-web would look beside that. */
async function findBinary(): Promise<Uint8Array> {
  const files = await import("../program-files.js");
  const path = files.findPackageFile(`onnxruntime-web/${BINARY}`) ?? files.findBesideProgram(BINARY);
  if (path === undefined) {
    const cause = new Error(`looked for onnxruntime-web/${BINARY} in ${files.searchedFolders().join(", ")}`);
    throw webUnavailable(`the file ${BINARY} was not found`, cause);
  }
  return files.readProgramFile(path);
}

function webUnavailable(why: string, cause: unknown): EngineError {
  return new EngineError({
    code: "web-unavailable",
    what: `The WebAssembly engine cannot be used: ${why}`,
    received: cause instanceof Error ? cause.message : String(cause),
    fix: `Run \`npm install\` again; beside a bundle, ship node_modules/onnxruntime-web or its ${BINARY}`,
    cause,
  });
}
