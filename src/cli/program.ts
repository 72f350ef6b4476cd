import { Command, CommanderError, Option } from "commander";
import { FormatError, PawlError } from "../core/errors.js";
import { shownJson } from "../core/shown.js";
import { VERSION } from "../core/version.js";
import type { Edit, EditOptions } from "./edit.js";
import { FORMATS } from "./records/formats.js";
import { EXIT, type ExitCode, openTerminal, type Terminal } from "./terminal.js";

const formatsText = (): string =>
  Object.entries(FORMATS)
    .map(([name, { about }]) => `${name} (${about})`)
    .join(", ");

/** Each command's code loads only when it runs, so that `--help` and usage errors answer at once. */
type Action<A extends readonly unknown[]> = (terminal: Terminal, ...args: A) => Promise<ExitCode>;

/**
 * Runs `pawl` with these arguments.
 * @returns 0 done, 1 failed, 2 wrong usage, 3 a file is damaged
 */
export async function runCommand(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = build((result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return failure(error, argv.includes("--json"));
  }
}

function build(done: (code: ExitCode) => void): Command {
  const program = new Command("pawl")
    .description(
      "Look at, check and convert model files and run folders. Nothing is trained, no engine is loaded, but by sweep.",
    )
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(pawl --help lists the commands)");
  const call =
    <A extends readonly unknown[]>(load: () => Promise<Action<A>>) =>
    async (...args: [...A, { json?: boolean }, Command]): Promise<void> => {
      const json = (args.at(-2) as { json?: boolean }).json === true;
      const action = await load();
      done(await action(openTerminal(json), ...(args.slice(0, -1) as unknown as A)));
    };
  const json = new Option("--json", "print one JSON object instead of text");

  program
    .command("inspect")
    .description("what a model file, a checkpoint or a run folder holds, and where its training stands")
    .argument("<path>", "a .keras, .h5, .hdf5 or .pawl file, or a run folder")
    .addOption(json)
    .action(call(async () => (await import("./inspect.js")).inspect));
  program
    .command("verify")
    .description("whether files are as they were written: every checksum, every structure")
    .argument("<path>", "a file, a run folder, or any folder")
    .addOption(json)
    .action(call(async () => (await import("./verify.js")).verify));
  program
    .command("runs")
    .description("a line for each run folder: where it stands, its newest intact checkpoint, its size")
    .argument("[folder]", "where to look", "runs")
    .option("--quick", "what records say, without reading checkpoints: for thousands of runs")
    .option("--watch", "the same on one screen, again and again, until q or Ctrl-C")
    .addOption(json)
    .action(call(async () => (await import("./runs.js")).runs));
  program
    .command("tail")
    .description("what happens in a training, a line each, until it ends")
    .argument("<run>", "a run folder")
    .option("-n, --lines <count>", "how many lines to begin with", "10")
    .option("--no-follow", "only these lines")
    .addOption(json)
    .action(call(async () => (await import("./records/tail.js")).tail));
  program
    .command("board")
    .description("a page with all runs, live: tables, curves, lineage, comparisons; serves until Ctrl-C")
    .argument("[folder]", "where to look (default: runs)")
    .option("--port <number>", "the port, or an error if it is in use; default: the first free one from 7295 on")
    .option("--host <host>", "where to listen", "127.0.0.1")
    .option("--allow-remote", "let other machines reach it, with --host")
    .option("--no-open", "do not open a browser")
    .addOption(json)
    .action(call(async () => (await import("./board.js")).board));
  program
    .command("export")
    .description("a file of Keras from a run's checkpoint, with the optimizer and the training state; or its record")
    .argument("<run>", "a run folder; RUN@120 for its checkpoint after step 120")
    .argument("[file]", "what to write: .keras, .h5, .hdf5, .weights.h5, .safetensors or model.json; or by --to")
    .option("--part <name>", "which model, of a loop that holds several")
    .option("--to <format>", `the record, not a model: ${formatsText()}`)
    .option("--batches", "with --to: points of steps, not of epochs")
    .option("--force", "replace the file if it is there")
    .addOption(json)
    .action(call(async () => (await import("./export.js")).exportRun));
  program
    .command("sweep")
    .description("search for the best parameters of a training; started again, it goes on")
    .argument("<file>", "a module whose default export is the options of a sweep")
    .option("--workers <count>", "how many processes train at the same time")
    .option("--retry-failed", "train the trials again that have failed")
    .option("--accept", "go on in the same folder with other options or another train")
    .addOption(json)
    .action(call(async () => (await import("./sweep.js")).runSweep));
  program
    .command("fork")
    .description("a new run that goes on from a checkpoint of another one, with other settings if wanted")
    .argument("<run>", "RUN, RUN@1200, RUN@epoch:3, RUN@best, or the path of a checkpoint's file")
    .argument("<folder>", "the new run's folder")
    .addOption(json)
    .action(call(async () => (await import("./fork.js")).fork));
  program
    .command("diff")
    .description("how two runs differ: settings, machine, numbers, and the first step and tensors at which they part")
    .argument("<a>", "a run folder")
    .argument("<b>", "another one")
    .addOption(json)
    .action(call(async () => (await import("./diff.js")).diff));
  program
    .command("replay")
    .description("whether a program that is run again gives the recorded bits: pawl replay RUN -- node train.ts")
    .argument("<run>", "RUN, or RUN@a..b for the stretch between two steps; a needs a checkpoint")
    .argument("<command...>", "what trains, after --")
    .addOption(json)
    .action(call(async () => (await import("./replay.js")).replay));
  const edits: Edit[] = [];
  // One list, so that changes are made in the order in which they stand.
  const change =
    (kind: Edit["kind"]) =>
    (value: string): void => {
      edits.push({ kind, value });
    };
  program
    .command("edit")
    .description("list, compare, rename, add and delete the weights in a file of a model, and write another file")
    .argument("<file>", "a .keras, .weights.h5 or .h5 file")
    .option("--rename <object=name>", "another name for an object: layers/dense_1=dense_2", change("rename"))
    .option("--rename-layer <layer=name>", "another name for a layer of the architecture", change("rename-layer"))
    .option("--delete <object>", "remove an object", change("delete"))
    .option("--add <object=file>", "add an object with the arrays of an .npz file", change("add"))
    .option("--rename-weight <object:weight=name>", "another name for a weight", change("rename-weight"))
    .option("--delete-weight <object:weight>", "remove a weight: layers/dense:1", change("delete-weight"))
    .option("--add-weights <object=file>", "add the arrays of an .npz file to an object", change("add-weights"))
    .option("--compare <other>", "say what another file has otherwise; exit code 1 where something differs")
    .option("--to <new>", "the file to write")
    .option("--in-place", "replace the file itself")
    .option("--force", "replace the file of --to if it is there")
    .addOption(json)
    .action(
      call(async () => {
        const { edit } = await import("./edit.js");
        return (terminal: Terminal, file: string, options: EditOptions) => edit(terminal, file, edits, options);
      }),
    );
  return program;
}

function failure(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    // Commander ends --help and --version with an error of code 0, after printing.
    if (error.exitCode === 0) return EXIT.ok;
    if (json) printError(error.code.replace("commander.", ""), error.message.replace(/^error: /, ""));
    return EXIT.usage;
  }
  if (!(error instanceof PawlError)) throw error;
  const missing = ["no-file", "missing-file", "not-a-file"].includes(error.code);
  if (json) printError(error.code, error.message);
  else process.stderr.write(`pawl: ${error.message}\n`);
  if (missing) return EXIT.usage;
  if (FAILED.has(error.code)) return EXIT.failed;
  return error instanceof FormatError ? EXIT.damaged : EXIT.usage;
}

/** Codes of errors where neither the command nor a file is wrong. */
const FAILED = new Set(["disk-full", "file-failed", "model-not-described"]);

function printError(code: string, message: string): void {
  process.stdout.write(`${shownJson({ error: { code, message } })}\n`);
}
