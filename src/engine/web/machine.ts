import type { EngineError } from "../../core/errors.js";
import { sizeOf } from "../../core/shape.js";
import { cpuFingerprint } from "../fingerprint.js";
import { LEFT_OUT, type OptimizationLevel } from "../onnx/optimizers.js";
import { runtimeError } from "../runtime-error.js";
import type { Binding, Machine, Session, Slot } from "../session.js";
import { loadOrt, type Ort, type OrtSession } from "./ort.js";

/** Errors are thrown as exceptions; nothing is also written to stderr. */
const FATAL = 4;
const FAILED = "ONNX Runtime could not compute a step";

/** ONNX Runtime compiled to WebAssembly: it has its own memory, so tensors are copied in and out of it. */
export async function webMachine(level: OptimizationLevel = "all"): Promise<Machine> {
  const ort = await loadOrt();
  return {
    name: "onnxruntime-web",
    fingerprint: {
      library: `onnxruntime-web ${ort.env.versions.web ?? "?"}`,
      threads: "1",
      ...(await cpuFingerprint()),
    },
    workers: () => 1,
    crew: null,
    hasChannelBlocks: false,
    createSession: (model) => createSession(ort, model, level),
  };
}

async function createSession(ort: Ort, model: Uint8Array, level: OptimizationLevel): Promise<Session> {
  let session: OrtSession;
  try {
    session = await ort.InferenceSession.create(model, {
      executionProviders: ["wasm"],
      graphOptimizationLevel: level,
      extra: { optimization: { disable_specified_optimizers: LEFT_OUT } },
      logSeverityLevel: FATAL,
      intraOpNumThreads: 1,
    });
  } catch (cause) {
    throw failure("ONNX Runtime refused a model", cause);
  }
  let released = false;
  return {
    bind: (inputs, outputs) => bind(ort, session, inputs, outputs),
    dispose() {
      if (released) return;
      released = true;
      // The runtime frees it in its own time; nothing waits for that, and it cannot fail.
      void session.release().catch(() => undefined);
    },
  };
}

function bind(ort: Ort, session: OrtSession, inputs: readonly string[], outputs: readonly string[]): Binding {
  const tensorOf = ({ block, start, dims, dtype }: Slot) =>
    new ort.Tensor(dtype, block.view(dtype, sizeOf(dims), start), dims);
  let from: readonly Slot[] = [];
  let to: readonly Slot[] = [];
  return {
    foreign: null,
    explain: (text) => failure(FAILED, new Error(text)),
    place(inputSlots, outputSlots) {
      from = inputSlots;
      to = outputSlots;
    },
    async run() {
      const feeds = Object.fromEntries(inputs.map((name, i) => [name, tensorOf(from[i]!)]));
      let results: Awaited<ReturnType<OrtSession["run"]>>;
      try {
        results = await session.run(feeds, outputs, { logSeverityLevel: FATAL });
      } catch (cause) {
        throw failure(FAILED, cause);
      }
      for (const [i, name] of outputs.entries()) {
        const { block, start, dims, dtype } = to[i]!;
        const result = results[name]!;
        const size = sizeOf(dims);
        if (result.size !== size || result.type !== dtype) {
          throw failure(`ONNX Runtime gave output ${name} another type`, new Error(`${result.type} [${result.dims}]`));
        }
        (block.view(dtype, size, start) as Float32Array).set(result.data as Float32Array);
        result.dispose();
      }
    },
    dispose() {},
  };
}

function failure(what: string, cause: unknown): EngineError {
  const text = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
  return runtimeError(what, text, cause);
}
