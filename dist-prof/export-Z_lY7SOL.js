import { n as FormatError, r as OptionError } from "./errors-DC-FoqxE.js";
import { d as memorySize, m as joinBytes, n as nodeVfs } from "./vfs-node-5nrdDM0o.js";
import { n as decodeRunState, s as encodeTrainState } from "./run-state-U43fAGQP.js";
import { n as commitFile } from "./writer-B6_i5ebJ.js";
import { t as RunFolder } from "./run-folder-3gL91LuI.js";
import { t as collectDescribed } from "./description-Bm0DoFC9.js";
import { n as weightsFormat, r as encodeModel, t as modelFormat } from "./file-format-MtHwFYvG.js";
import { i as safe, t as EXIT } from "./terminal-kY9Ud_OW.js";
import { c as trimmed, i as standingText, r as standingOf, s as statOf } from "./standing-B4k70drg.js";
//#region src/cli/export.ts
/** `pawl export RUN[@step] FILE` */
async function exportRun(terminal, run, file, options) {
	const format = file.endsWith(".weights.h5") ? weightsFormat(file) : modelFormat(file);
	const files = nodeVfs();
	const { path, step } = await splitRun(run, async (name) => (await files.stat(name))?.kind === "folder");
	await statOf(files, path);
	const { entry, state: value, passedOver } = await find(new RunFolder(files, path), step);
	for (const warning of passedOver) terminal.warn(`pawl: ${safe(warning)}`);
	const { weights, optimizer, optimizerNames, state, notes } = decodeRunState(value);
	const bytes = joinBytes(await encodeModel(collectDescribed(notes.model, {
		weights,
		optimizer: optimizer.map((tensor, i) => ({
			name: optimizerNames[i],
			tensor
		})),
		state: encodeTrainState(state)
	}, entry.path), format));
	await commitFile(files, file, bytes, { overwrite: options.force === true });
	const standing = standingOf(state, notes.epochs);
	terminal.printJson({
		file,
		bytes: bytes.length,
		checkpoint: entry.path,
		step: entry.step,
		standing
	});
	terminal.print(`${safe(file)}: ${memorySize(bytes.length)}, ${safe(entry.path)}, ${standingText(standing)}`);
	return EXIT.ok;
}
/** A folder whose name holds an "@" is taken as it is. */
async function splitRun(given, isFolder) {
	const whole = trimmed(given);
	const at = whole.lastIndexOf("@");
	if (at <= 0 || await isFolder(whole)) return {
		path: whole,
		step: null
	};
	const word = whole.slice(at + 1);
	if (!/^\d+$/.test(word)) throw new OptionError({
		code: "run-step",
		what: `"${given}" does not name a checkpoint`,
		received: `"${word}" after the @`,
		expected: "a number of training steps, e.g. runs/mnist@1200"
	});
	return {
		path: trimmed(whole.slice(0, at)),
		step: Number(word)
	};
}
async function find(folder, step) {
	const entries = await folder.list();
	if (step === null) {
		const { found, damaged } = await folder.newestIntact();
		if (found === null) throw noCheckpoint(folder.path, "none", "a run folder with checkpoints");
		return {
			...found,
			passedOver: damaged.map(({ path, error }) => `passed over ${path}: ${error.message}`)
		};
	}
	const entry = entries.filter((candidate) => candidate.step === step).at(-1);
	if (entry === void 0) throw noCheckpoint(folder.path, stepsOf(entries), `a checkpoint after step ${step}`);
	return {
		entry,
		state: await folder.read(entry),
		passedOver: []
	};
}
const stepsOf = (entries) => entries.length === 0 ? "none" : `those after steps ${[...new Set(entries.map(({ step }) => step))].join(", ")}`;
function noCheckpoint(path, received, expected) {
	return new FormatError({
		code: "no-file",
		what: `There is no such checkpoint in "${path}"`,
		received,
		expected,
		fix: `See what there is: pawl inspect ${path}`
	});
}
//#endregion
export { exportRun };
