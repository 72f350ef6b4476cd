import { i as PawlError, n as FormatError } from "./errors-DC-FoqxE.js";
import { a as nameOf, d as memorySize } from "./vfs-node-5nrdDM0o.js";
import { n as decodeRunState } from "./run-state-U43fAGQP.js";
import { i as holderOf, t as RunFolder } from "./run-folder-3gL91LuI.js";
import { i as standingText, r as standingOf } from "./standing-B4k70drg.js";
//#region src/cli/run-report.ts
/** @throws {FormatError} when the folder holds no checkpoints */
async function readRun(files, path) {
	const folder = new RunFolder(files, path);
	const entries = await folder.list();
	if (entries.length === 0) throw notARun(path);
	const sizes = await sizesIn(files, path);
	const damaged = [];
	let newest = null;
	let standing = null;
	for (const entry of [...entries].reverse()) try {
		const state = await folder.read(entry);
		const run = decodeRunState(state);
		newest = {
			entry,
			state,
			bytes: sizes.get(nameOf(entry.path))?.size ?? 0
		};
		standing = standingOf(run.state, run.notes.epochs);
		break;
	} catch (error) {
		if (!(error instanceof PawlError)) throw error;
		damaged.push({
			file: nameOf(entry.path),
			why: error.message
		});
	}
	const holder = await holderOf(files, path);
	const state = holder === "alive" ? "running" : standing === null || holder === "unknown" ? "unknown" : finished(standing);
	const modified = Math.max(...entries.map((entry) => sizes.get(nameOf(entry.path))?.modified ?? 0));
	return {
		run: {
			path,
			state,
			standing,
			newest: newest === null ? null : nameOf(newest.entry.path),
			checkpoints: entries.map(({ path: file, step }) => ({
				file: nameOf(file),
				step,
				bytes: sizes.get(nameOf(file))?.size ?? 0
			})),
			damaged,
			bytes: [...sizes.values()].reduce((sum, { size }) => sum + size, 0),
			modified: modified === 0 ? null : new Date(modified).toISOString()
		},
		newest
	};
}
const finished = (standing) => standing.finished ? "finished" : "unfinished";
/** "unfinished, in epoch 3 of 5, after batch 12, step 132; 2 checkpoints, 4.00 MB". */
function runLine({ state, standing, checkpoints, bytes }) {
	return `${state}, ${standing === null ? "no checkpoint can be read" : standingText(standing)}; ${`${checkpoints.length} checkpoint${checkpoints.length === 1 ? "" : "s"}`}, ${memorySize(bytes)}`;
}
async function sizesIn(files, path) {
	const sizes = /* @__PURE__ */ new Map();
	for (const name of await files.list(path)) {
		const stat = await files.stat(`${path}/${name}`);
		if (stat?.kind === "file") sizes.set(name, stat);
	}
	return sizes;
}
function notARun(path) {
	return new FormatError({
		code: "not-a-file",
		what: `"${path}" is not a run folder`,
		received: "a folder without checkpoints",
		expected: "files like \"checkpoint-000003-step-120.pawl\", as fit({ run }) writes them",
		fix: "Give one of its files, or look for run folders with: pawl runs FOLDER"
	});
}
//#endregion
export { runLine as n, readRun as t };
