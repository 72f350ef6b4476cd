import { byteSize } from "../../core/dtype.js";
import { EngineError } from "../../core/errors.js";
import { sizeOf } from "../../core/shape.js";
import { defaultArena } from "../arena.js";
import { crewOf } from "../crew/crew.js";
import { cpuFingerprint } from "../fingerprint.js";
import { GraphBuilder, ONNX_TYPES } from "../onnx/graph-builder.js";
import { LEFT_OUT, LEFT_OUT_KEY, LEVELS, type OptimizationLevel } from "../onnx/optimizers.js";
import type { Binding, Machine, Session, Slot } from "../session.js";
import { workerCount } from "../workers.js";
import { loadApi, type OrtApi } from "./api.js";
import { adviseHugePages } from "./huge-pages.js";

const FATAL = 4;

/** State that all sessions of the process share. */
interface Runtime {
  readonly api: OrtApi;
  readonly environment: bigint;
  readonly memory: bigint;
}

const cString = (text: string): Uint8Array => new TextEncoder().encode(`${text}\0`);

/** ONNX values for slots, made once and kept with the slot. */
class Values {
  readonly #runtime: Runtime;
  readonly #values = new Map<Slot, { readonly pointer: bigint; readonly dims: BigInt64Array }>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  of(slot: Slot): bigint {
    const known = this.#values.get(slot);
    if (known !== undefined) return known.pointer;
    const { api, memory } = this.#runtime;
    const dims = BigInt64Array.from(slot.dims, BigInt);
    const length = sizeOf(slot.dims);
    const address = api.addressOf(slot.block.view(slot.dtype, length, slot.start));
    const bytes = length * byteSize(slot.dtype);
    const type = ONNX_TYPES[slot.dtype];
    const pointer = api.make(
      "ONNX Runtime refused a tensor",
      "CreateTensorWithDataAsOrtValue",
      memory,
      address,
      bytes,
      dims,
      dims.length,
      type,
    );
    this.#values.set(slot, { pointer, dims });
    return pointer;
  }

  dispose(): void {
    for (const { pointer } of this.#values.values()) this.#runtime.api.release("ReleaseValue", pointer);
    this.#values.clear();
  }
}

const FAILED = "ONNX Runtime could not compute a step";

/** What C holds addresses of lives as long as the binding. */
const kept = new WeakMap<NativeBinding, unknown>();

class NativeBinding implements Binding {
  readonly #api: OrtApi;
  readonly #session: bigint;
  readonly #values: Values;
  readonly #inputs: BigUint64Array;
  readonly #outputs: BigUint64Array;
  /** The slots whose values the tables hold. */
  readonly #placed: { readonly inputs: Slot[]; readonly outputs: Slot[] } = { inputs: [], outputs: [] };
  readonly #arguments: readonly unknown[];
  constructor(runtime: Runtime, session: bigint, inputs: readonly string[], outputs: readonly string[]) {
    this.#api = runtime.api;
    this.#session = session;
    this.#values = new Values(runtime);
    this.#inputs = new BigUint64Array(inputs.length);
    this.#outputs = new BigUint64Array(outputs.length);
    const names = [inputs, outputs].map((list) => list.map(cString));
    const tables = names.map((list) => BigUint64Array.from(list, (name) => runtime.api.addressOf(name)));
    kept.set(this, [names, tables]);
    const at = (array: BigUint64Array): bigint => runtime.api.addressOf(array);
    this.#arguments = [
      this.#session,
      null,
      at(tables[0]!),
      at(this.#inputs),
      inputs.length,
      at(tables[1]!),
      outputs.length,
      at(this.#outputs),
    ];
  }

  get foreign(): readonly unknown[] {
    return this.#arguments;
  }

  place(inputs: readonly Slot[], outputs: readonly Slot[]): void {
    this.#fill(this.#inputs, this.#placed.inputs, inputs);
    this.#fill(this.#outputs, this.#placed.outputs, outputs);
  }

  #fill(table: BigUint64Array, placed: Slot[], slots: readonly Slot[]): void {
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      if (placed[i] === slot) continue;
      table[i] = this.#values.of(slot);
      placed[i] = slot;
    }
  }

  run(): void {
    this.#api.check(FAILED, "Run", ...this.#arguments);
  }

  explain(text: string): EngineError {
    return this.#api.errorOf(FAILED, text);
  }

  dispose(): void {
    this.#values.dispose();
  }
}

function createSession(runtime: Runtime, model: Uint8Array, level: OptimizationLevel): Session {
  const { api } = runtime;
  const what = "ONNX Runtime refused a model";
  const options = api.make(what, "CreateSessionOptions");
  let session: bigint;
  try {
    api.check(what, "SetSessionLogSeverityLevel", options, FATAL);
    api.check(what, "SetSessionGraphOptimizationLevel", options, LEVELS[level]);
    api.check(what, "AddSessionConfigEntry", options, LEFT_OUT_KEY, LEFT_OUT);
    // Several threads would split sums between them: the bits would depend on their number.
    api.check(what, "SetIntraOpNumThreads", options, 1);
    api.check(what, "SetInterOpNumThreads", options, 1);
    session = api.make(what, "CreateSessionFromArray", runtime.environment, model, model.byteLength, options);
  } finally {
    api.release("ReleaseSessionOptions", options);
  }
  let open = true;
  return {
    bind: (inputs, outputs) => new NativeBinding(runtime, session, inputs, outputs),
    dispose() {
      if (open) api.release("ReleaseSession", session);
      open = false;
    },
  };
}

/**
 * ONNX Runtime through its C interface. Its own Node binding allocates and copies every output of every run and refuses
 * shared memory; here results are written in place.
 * @throws {EngineError} when the library is missing or a first small model gives a wrong result
 */
export async function nativeMachine(level: OptimizationLevel = "all"): Promise<Machine> {
  const api = await loadApi();
  const what = "ONNX Runtime could not start";
  const { availableParallelism } = await import("node:os");
  const cores = availableParallelism();
  const runtime: Runtime = {
    api,
    environment: api.make(what, "CreateEnv", FATAL, "pawl"),
    memory: api.make(what, "CreateCpuMemoryInfo", 0, 0),
  };
  const [crew] = await Promise.all([crewOf(api.foreign), smokeTest(runtime), adviseHugePages(defaultArena())]);
  return {
    name: "onnxruntime-native",
    fingerprint: { library: `onnxruntime ${api.version}`, threads: "1", ...(await cpuFingerprint()) },
    workers: () => workerCount(cores),
    crew,
    // On other architectures not every processor has kernels for them.
    hasChannelBlocks: process.arch === "x64",
    createSession: async (model) => createSession(runtime, model, level),
  };
}

/** Runs a small model, so that a wrong table of functions shows now and not in the middle of a training. */
async function smokeTest(runtime: Runtime): Promise<void> {
  const graph = new GraphBuilder();
  const x = graph.input("x", [2], "float32");
  graph.output("y", graph.node("Add", [x, graph.scalar(0.5)]), [2], "float32");
  const session = createSession(runtime, graph.bytes(), "all");
  const slot = (): Slot => ({ block: defaultArena().allocate(8), start: 0, dims: [2], dtype: "float32" });
  const [input, output] = [slot(), slot()];
  input.block.view("float32", 2).set([1, -2]);
  const binding = session.bind(["x"], ["y"]);
  try {
    binding.place([input], [output]);
    await binding.run();
    const result = output.block.view("float32", 2);
    if (result[0] !== 1.5 || result[1] !== -1.5) {
      throw new EngineError({
        code: "native-unavailable",
        what: "ONNX Runtime's library does not compute what it must",
        received: `1 + 0.5 = ${result[0]}, -2 + 0.5 = ${result[1]}`,
      });
    }
  } finally {
    binding.dispose();
    session.dispose();
    for (const { block } of [input, output]) block.free();
  }
}
