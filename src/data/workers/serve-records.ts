import { PawlError } from "../../core/errors.js";
import { FunctionFailed, type MapFunction, made } from "./made.js";
import type { Answer, Failure, Post, Task } from "./messages.js";
import { opened, type Parcel, parcelOf } from "./parcel.js";
import { functionOf } from "./work.js";

type AnyFunction = MapFunction<unknown, unknown>;

/** The program of a thread that makes records. Tasks that wait for files wait together. */
export async function serveRecords(): Promise<void> {
  const { parentPort, workerData } = await import("node:worker_threads");
  const { work, from } = workerData as Post;
  const isText = "text" in work;
  // Of the text of a function nothing is left when it has returned.
  const isOwned = isText || !work.keeps;
  const loaded = isText ? functionOfText(work.text, from) : functionOf<unknown, unknown>(work.path, work.export);
  loaded.catch(() => undefined);
  parentPort!.on("message", async (task: Task) => {
    const { id } = task;
    const send = ({ records, moved }: Parcel): void => parentPort!.postMessage({ id, records } satisfies Answer, moved);
    try {
      const list = await makeAll(await loaded, task);
      try {
        send(parcelOf(list, isOwned));
      } catch (error) {
        if (error instanceof FunctionFailed) throw error;
        // Memory that cannot be moved (of WebAssembly, for one) is copied.
        send(parcelOf(list, false));
      }
    } catch (error) {
      parentPort!.postMessage({ id, failure: failureOf(error, isText) } satisfies Answer);
    }
  });
}

function makeAll(fn: AnyFunction, { records, pass, step, numbers }: Task): Promise<readonly unknown[]> {
  return made(fn, opened(records), { pass, step, numberOf: (i) => numbers[i]! });
}

/** What esbuild and tsx call in the texts of functions, to keep their names. */
const FROM_TOOLS = "const __name = (fn) => fn;";
/** What modules of CommonJS have and a function in a module of today does not. */
const HIDDEN = "require, module, exports, __filename, __dirname";

/** A Module of Node with the method that compiles a text, which its declarations lack. */
type Compiling = NodeJS.Module & { _compile(text: string, path: string): unknown };

/**
 * A function of its text alone, as the text of a module beside the program that was started: `import("package")` in it finds
 * what that program finds.
 */
async function functionOfText(expression: string, from: string): Promise<AnyFunction> {
  const { Module } = await import("node:module");
  const module = new Module(from) as Compiling;
  module._compile(`exports.fn = ((${HIDDEN}) => { "use strict"; ${FROM_TOOLS} return ${expression}; })();`, from);
  return (module.exports as { readonly fn: AnyFunction }).fn;
}

/** Errors cross threads as copies, where they can. */
function failureOf(thrown: unknown, isText: boolean): Failure {
  const [index, error] = thrown instanceof FunctionFailed ? [thrown.index, thrown.cause] : [null, thrown];
  const parts = error instanceof PawlError ? copyOf({ ...error.parts, cause: undefined }) : null;
  const missing = isText && error instanceof ReferenceError ? /^(\S+) is not defined$/u.exec(error.message) : null;
  return {
    index,
    error: copyOf(error),
    parts: typeof parts === "object" ? parts : null,
    outside: missing?.[1] ?? null,
  };
}

function copyOf(error: unknown): unknown {
  try {
    return structuredClone(error);
  } catch {
    return String(error);
  }
}
