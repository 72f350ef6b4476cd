import { FormatError, OptionError } from "../core/errors.js";
import { isPlainObject, valueText } from "../core/value-text.js";
import { nodeVfs } from "../core/vfs-node.js";
import { type SweepOptions, SweepResult, sweep } from "../sweep/index.js";
import { statOf } from "./files.js";
import { EXIT, type ExitCode, type Terminal } from "./terminal.js";

/** What the command line says of a sweep; it goes before the options of the file. */
export interface SweepFlags {
  readonly workers?: string;
  readonly retryFailed?: boolean;
  readonly accept?: boolean;
}

/** `pawl sweep FILE` */
export async function runSweep(terminal: Terminal, file: string, flags: SweepFlags): Promise<ExitCode> {
  const given = await defaultExport(file);
  const result = given instanceof SweepResult ? given : await sweep(withFlags(given, flags, terminal.json));
  terminal.printJson(result);
  terminal.print(result.table());
  const { checkpoint, run } = result.best;
  terminal.print(`The best: ${checkpoint}. As a file of Keras: npx pawl export ${run} best.keras`);
  return EXIT.ok;
}

function withFlags(options: SweepOptions, flags: SweepFlags, json: boolean): SweepOptions {
  return {
    ...options,
    ...(flags.workers === undefined ? {} : { workers: Number(flags.workers) }),
    ...(flags.retryFailed === true ? { retryFailed: true } : {}),
    ...(flags.accept === true ? { onChange: "accept" as const } : {}),
    ...(json ? { verbose: 0 as const } : {}),
  };
}

/** The sweep of a module: its options, or the result of one that it has made itself. */
async function defaultExport(file: string): Promise<SweepOptions | SweepResult> {
  await statOf(nodeVfs(), file);
  const { resolve } = await import("node:path");
  const { pathToFileURL } = await import("node:url");
  const module = await imported(file, pathToFileURL(resolve(file)).href);
  const value = await module["default"];
  if (value instanceof SweepResult) return value;
  if (isPlainObject(value)) return value as unknown as SweepOptions;
  throw new OptionError({
    code: "sweep-file",
    what: `"${file}" has no sweep to run`,
    received: `the default export ${valueText(value)}`,
    expected: "the options of a sweep as its default export",
    fix: 'Write: export default sweeps.define({ dir: "sweeps/a", parameters: { … }, async train(trial) { … } })',
    data: { file },
  });
}

async function imported(file: string, url: string): Promise<{ readonly [name: string]: unknown }> {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ url)) as { readonly [name: string]: unknown };
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    throw new FormatError({
      code: "not-a-file",
      what: `This Node does not read "${file}"`,
      expected: "JavaScript, or what a loader of Node's makes of a file",
      fix: `For TypeScript: NODE_OPTIONS="--import tsx" npx pawl sweep ${file}`,
      data: { file },
      cause: error,
    });
  }
}
