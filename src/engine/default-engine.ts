import { OptionError } from "../core/errors.js";
import { sayOnce } from "../core/notice.js";
import { isNode } from "../core/platform.js";
import type { Engine } from "./engine.js";
import { InterpreterEngine } from "./interpreter-engine.js";

const CHOICES = ["native", "web", "interpreter"] as const;
type Choice = (typeof CHOICES)[number];

let chosen: Engine | null = null;
let starting: Promise<Engine> | undefined;

/**
 * The engine that models run on: the one set by {@link setDefaultEngine}; else the one in the environment variable
 * PAWL_ENGINE ("native", "web", "interpreter"); else ONNX Runtime's native library; where that cannot be loaded,
 * onnxruntime-web, with a note on stderr, once.
 * @throws {EngineError} when a forced engine cannot start
 */
export function defaultEngine(): Promise<Engine> {
  if (chosen !== null) return Promise.resolve(chosen);
  starting ??= start().catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

/** Makes `engine` the default for programs compiled from now on; null returns to the automatic choice. */
export function setDefaultEngine(engine: Engine | null): void {
  chosen = engine;
}

/** The interpreter, for tests: precise (float64) and slow. */
export function interpreterEngine(): Engine {
  return new InterpreterEngine();
}

async function start(): Promise<Engine> {
  const forced = environmentChoice();
  if (forced === "interpreter") return interpreterEngine();
  if (forced === "native") return await nativeEngine();
  if (forced === "web" || !isNode()) return await webEngine();
  try {
    return await nativeEngine();
  } catch (error) {
    const engine = await webEngine();
    sayOnce(
      "engine",
      `pawl: running on WebAssembly (onnxruntime-web), several times slower than native. ${(error as Error).message}`,
    );
    return engine;
  }
}

function environmentChoice(): Choice | undefined {
  if (!isNode()) return undefined;
  const value = process.env["PAWL_ENGINE"];
  if (value === undefined || value === "") return undefined;
  const found = CHOICES.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new OptionError({
    code: "engine-choice",
    what: "The environment variable PAWL_ENGINE names no engine",
    received: `"${value}"`,
    expected: CHOICES.map((choice) => `"${choice}"`).join(", "),
  });
}

async function nativeEngine(): Promise<Engine> {
  // One after the other: in Node's vm modules (Jest, vitest's vm pools) concurrent imports of a dependency fail.
  const { OnnxEngine } = await import("./onnx/engine.js");
  const { nativeMachine } = await import("./native/machine.js");
  return new OnnxEngine(await nativeMachine());
}

async function webEngine(): Promise<Engine> {
  const { OnnxEngine } = await import("./onnx/engine.js");
  const { webMachine } = await import("./web/machine.js");
  return new OnnxEngine(await webMachine());
}
