#!/usr/bin/env node
import { i as PawlError, n as FormatError } from "./errors-DC-FoqxE.js";
import { t as VERSION } from "./version-BtKw3Rsl.js";
import { i as safe, r as openTerminal, t as EXIT } from "./terminal-kY9Ud_OW.js";
import { Command, CommanderError, Option } from "commander";
//#region src/cli/program.ts
/**
* Runs `pawl` with these arguments.
* @returns 0 done, 1 failed, 2 wrong usage, 3 a file is damaged
*/
async function runCommand(argv) {
	let code = EXIT.ok;
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
function build(done) {
	const program = new Command("pawl").description("Look at, check and convert model files and run folders. Nothing is trained, no engine is loaded.").version(VERSION).exitOverride().showSuggestionAfterError().showHelpAfterError("(pawl --help lists the commands)");
	const call = (load) => async (...args) => {
		const json = args.at(-2).json === true;
		done(await (await load())(openTerminal(json), ...args.slice(0, -1)));
	};
	const json = new Option("--json", "print one JSON object instead of text");
	program.command("inspect").description("what a model file, a checkpoint or a run folder holds, and where its training stands").argument("<path>", "a .keras, .h5, .hdf5 or .pawl file, or a run folder").addOption(json).action(call(async () => (await import("./inspect-4SLRmE8F.js")).inspect));
	program.command("verify").description("whether files are as they were written: every checksum, every structure").argument("<path>", "a file, a run folder, or any folder").addOption(json).action(call(async () => (await import("./verify-C3IUAHq0.js")).verify));
	program.command("runs").description("a line for each run folder: where it stands, its newest intact checkpoint, its size").argument("[folder]", "where to look", "runs").addOption(json).action(call(async () => (await import("./runs-Cfyy8AhB.js")).runs));
	program.command("export").description("a file of Keras from a run's checkpoint, with the optimizer and the training state").argument("<run>", "a run folder; RUN@120 for its checkpoint after step 120").argument("<file>", "what to write: .keras, .h5, .hdf5 or .weights.h5").option("--force", "replace the file if it is there").addOption(json).action(call(async () => (await import("./export-Z_lY7SOL.js")).exportRun));
	return program;
}
function failure(error, json) {
	if (error instanceof CommanderError) {
		if (error.exitCode === 0) return EXIT.ok;
		if (json) printError(error.code.replace("commander.", ""), error.message.replace(/^error: /, ""));
		return EXIT.usage;
	}
	if (!(error instanceof PawlError)) throw error;
	const missing = [
		"no-file",
		"missing-file",
		"not-a-file"
	].includes(error.code);
	if (json) printError(error.code, error.message);
	else process.stderr.write(`pawl: ${safe(error.message)}\n`);
	if (missing) return EXIT.usage;
	if (FAILED.has(error.code)) return EXIT.failed;
	return error instanceof FormatError ? EXIT.damaged : EXIT.usage;
}
/** Nothing is wrong with the command or with a file, and yet it cannot be done. */
const FAILED = new Set([
	"disk-full",
	"file-failed",
	"model-not-described"
]);
function printError(code, message) {
	process.stdout.write(`${JSON.stringify({ error: {
		code,
		message
	} }, null, 2)}\n`);
}
//#endregion
//#region src/cli/main.ts
process.stdout.on("error", (error) => {
	if (error.code !== "EPIPE") throw error;
	process.exit(0);
});
process.exitCode = await runCommand(process.argv.slice(2));
//#endregion
