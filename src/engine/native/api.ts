import type { EngineError } from "../../core/errors.js";
import type { Foreign, ForeignFunction } from "../crew/crew.js";
import { runtimeError } from "../runtime-error.js";
import type { KoffiFunction } from "./koffi.js";
import { loadKoffi } from "./koffi.js";
import { findLibrary, notLoadable, unavailable } from "./library.js";

/**
 * Places of functions in the table OrtApi of onnxruntime_c_api.h, counted in the header of API version 29 (the table
 * only ever grows at its end), with their C types. `API_VERSION` is the oldest version that has all of them.
 */
const API_VERSION = 17;
const FUNCTIONS = {
  GetErrorMessage: [2, "const char *", ["void *"]],
  CreateEnv: [3, "void *", ["int", "const char *", "_Out_ void **"]],
  CreateSessionFromArray: [8, "void *", ["void *", "void *", "size_t", "void *", "_Out_ void **"]],
  Run: [9, "void *", ["void *", "void *", "void *", "void *", "size_t", "void *", "size_t", "void *"]],
  CreateSessionOptions: [10, "void *", ["_Out_ void **"]],
  SetSessionLogSeverityLevel: [22, "void *", ["void *", "int"]],
  SetSessionGraphOptimizationLevel: [23, "void *", ["void *", "int"]],
  SetIntraOpNumThreads: [24, "void *", ["void *", "int"]],
  SetInterOpNumThreads: [25, "void *", ["void *", "int"]],
  CreateTensorWithDataAsOrtValue: [
    49,
    "void *",
    ["void *", "void *", "size_t", "void *", "size_t", "int", "_Out_ void **"],
  ],
  CreateCpuMemoryInfo: [69, "void *", ["int", "int", "_Out_ void **"]],
  ReleaseStatus: [93, "void", ["void *"]],
  ReleaseSession: [95, "void", ["void *"]],
  ReleaseValue: [96, "void", ["void *"]],
  ReleaseSessionOptions: [100, "void", ["void *"]],
  AddSessionConfigEntry: [130, "void *", ["void *", "const char *", "const char *"]],
} as const;

export type FunctionName = keyof typeof FUNCTIONS;
/** An address; null is C's NULL. */
export type Pointer = bigint | null;

/** The C functions of ONNX Runtime, with its errors turned into ours. */
export interface OrtApi {
  readonly version: string;
  /** What other threads need to run sessions. */
  readonly foreign: Foreign;
  /** Calls a function that returns an OrtStatus. @throws {EngineError} with ONNX Runtime's message as its cause */
  check(what: string, name: FunctionName, ...args: unknown[]): void;
  /** The error for a message of ONNX Runtime. */
  errorOf(what: string, text: string): EngineError;
  /** Like {@link check}, for a function that writes a pointer to its last parameter; returns that pointer. */
  make(what: string, name: FunctionName, ...args: unknown[]): bigint;
  /** Calls a function that cannot fail. */
  release(name: "ReleaseSession" | "ReleaseValue" | "ReleaseSessionOptions", pointer: bigint): void;
  /** Address of a typed array's first byte, also in shared memory. The caller must keep the array alive. */
  addressOf(array: ArrayBufferView): bigint;
}

const loaded = new Set<object>();

/**
 * Loads ONNX Runtime's library and its table of functions.
 * @throws {EngineError} when the library or koffi is missing, or the library's version does not match the table
 */
export async function loadApi(): Promise<OrtApi> {
  const file = findLibrary();
  const { koffi, path } = loadKoffi();
  let table: bigint | null;
  let version: string;
  try {
    const library = koffi.load(file.path);
    // koffi unloads a library once nothing refers to it, even while its functions are in use.
    loaded.add(library);
    const base = library.func("void *OrtGetApiBase()")() as bigint;
    const [getApi, getVersion] = [0, 1].map((index) => koffi.decode(base, index * 8, "void *") as bigint);
    version = koffi.call(getVersion, koffi.proto("const char *", [])) as string;
    table = koffi.call(getApi, koffi.proto("void *", ["uint32_t"]), API_VERSION) as bigint | null;
  } catch (cause) {
    throw notLoadable(file, cause);
  }
  if (version !== file.version) throw unavailable(`library ${version} lies in package ${file.version}`);
  if (table === null)
    throw unavailable(`ONNX Runtime ${version} does not know version ${API_VERSION} of its interface`);
  const start = table;
  const addressOf = (name: FunctionName): bigint => koffi.decode(start, FUNCTIONS[name][0] * 8, "void *") as bigint;
  const entries = Object.entries(FUNCTIONS).map(([name, [, result, parameters]]) => {
    const type = koffi.proto(result, [...parameters]);
    return [name, koffi.decode(addressOf(name as FunctionName), type) as KoffiFunction] as const;
  });
  const functions = Object.fromEntries(entries) as Record<FunctionName, KoffiFunction>;

  const errorOf: OrtApi["errorOf"] = (what, text) => runtimeError(what, text.replace(/\.$/, ""));
  const foreignOf = (name: FunctionName): ForeignFunction => {
    const [, result, parameters] = FUNCTIONS[name];
    return [addressOf(name), result, parameters];
  };
  const checkStatus = (what: string, status: Pointer): void => {
    if (status === null) return;
    const text = functions.GetErrorMessage(status) as string;
    functions.ReleaseStatus(status);
    throw errorOf(what, text);
  };
  const check: OrtApi["check"] = (what, name, ...args) => checkStatus(what, functions[name](...args) as Pointer);
  return {
    version,
    foreign: {
      koffi: path,
      library: file.path,
      run: foreignOf("Run"),
      messageOf: foreignOf("GetErrorMessage"),
      releaseStatus: foreignOf("ReleaseStatus"),
    },
    errorOf,
    check,
    make(what, name, ...args) {
      const out: [bigint | null] = [null];
      check(what, name, ...args, out);
      return out[0]!;
    },
    release: (name, pointer) => functions[name](pointer),
    addressOf: (array) => koffi.address(array),
  };
}
