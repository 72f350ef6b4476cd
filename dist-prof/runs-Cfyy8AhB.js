import { d as memorySize, i as joinPath, n as nodeVfs } from "./vfs-node-5nrdDM0o.js";
import { t as RunFolder } from "./run-folder-3gL91LuI.js";
import { i as safe, n as columns, t as EXIT } from "./terminal-kY9Ud_OW.js";
import { c as trimmed, i as standingText, s as statOf } from "./standing-B4k70drg.js";
import { t as readRun } from "./run-report-CcITtcZ3.js";
//#region src/cli/runs.ts
/** Run folders deeper than this are not looked for. */
const MAX_DEPTH = 4;
/** `pawl runs [FOLDER]` */
async function runs(terminal, given) {
	const files = nodeVfs();
	const folder = trimmed(given);
	await statOf(files, folder);
	const found = await runFoldersIn(files, folder, 0);
	const reports = [];
	for (const path of found) reports.push((await readRun(files, path)).run);
	terminal.printJson({
		folder,
		runs: reports
	});
	if (reports.length === 0) terminal.print(`No run folders in "${safe(folder)}".`);
	for (const line of table(reports, terminal.paint)) terminal.print(line);
	return reports.some(({ damaged }) => damaged.length > 0) ? EXIT.damaged : EXIT.ok;
}
async function runFoldersIn(files, folder, depth) {
	if ((await new RunFolder(files, folder).list()).length > 0) return [folder];
	if (depth === MAX_DEPTH) return [];
	const out = [];
	for (const name of await files.list(folder)) {
		if (name === "node_modules" || name.startsWith(".")) continue;
		const path = joinPath(folder, name);
		if ((await files.stat(path))?.kind === "folder") out.push(...await runFoldersIn(files, path, depth + 1));
	}
	return out;
}
function table(reports, paint) {
	if (reports.length === 0) return [];
	const colour = {
		finished: paint.green,
		running: paint.yellow,
		unfinished: paint.yellow,
		unknown: paint.red
	};
	return columns([[
		"RUN",
		"STATE",
		"STANDS",
		"NEWEST INTACT",
		"SIZE",
		""
	], ...reports.map((run) => [
		safe(run.path),
		run.state,
		run.standing === null ? "no checkpoint can be read" : standingText(run.standing),
		run.newest ?? "-",
		memorySize(run.bytes),
		run.damaged.length === 0 ? "" : `${run.damaged.length} damaged`
	])], (cell, column, row) => {
		if (row === 0) return paint.dim(cell);
		if (column === 1) return colour[reports[row - 1].state](cell);
		return column === 5 ? paint.red(cell) : cell;
	});
}
//#endregion
export { runs };
