import { n as FormatError, r as OptionError } from "./errors-DC-FoqxE.js";
import { a as nameOf, d as memorySize, i as joinPath, n as nodeVfs } from "./vfs-node-5nrdDM0o.js";
import { l as decodeCheckpoint, n as decodeRunState, o as decodeTrainState } from "./run-state-U43fAGQP.js";
import { m as readNpy } from "./own-state-CkjsBcj0.js";
import { r as readZip } from "./read-weights-BREAVQoL.js";
import { i as safe, n as columns, t as EXIT } from "./terminal-kY9Ud_OW.js";
import { a as ENDINGS, c as trimmed, o as isCheckpoint, s as statOf } from "./standing-B4k70drg.js";
import { t as readAnything } from "./inspect-file-BZLRKhQf.js";
//#region src/formats/npy/npz.ts
/**
* The arrays of a `.npz` file (NumPy's `savez` or `savez_compressed`) by name.
* @throws {FormatError}
*/
async function readNpz(bytes, limits) {
	const out = /* @__PURE__ */ new Map();
	for (const [name, content] of await readZip(bytes, limits)) {
		if (!name.endsWith(".npy")) throw new FormatError({
			code: "not-npz",
			what: "The archive is not a .npz file",
			received: `an entry "${name}"`,
			expected: "entries that end in .npy"
		});
		out.set(name.slice(0, -4), readNpy(content));
	}
	return out;
}
//#endregion
//#region src/cli/verdict.ts
/** Codes of errors about files in order that hold no model. */
const FOREIGN = new Set([
	"no-weights",
	"no-model",
	"no-layer-names",
	"hdf5-unsupported"
]);
/** Codes of errors about files that attack whoever reads them. */
const REFUSED = /^(python-code|registered-built-in|npy-pickle|config-(depth|size)|hdf5-(external-|virtual|soft|too-|cycle|unknown-filter|shared)|zip-(?!damaged))/;
/** Reads all of a file, and says whether it is as it was written. */
async function check(path, bytes) {
	const say = (verdict, why) => ({
		path,
		bytes: bytes.length,
		verdict,
		why
	});
	try {
		return say(...await read(path, bytes));
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		if (error.code === "file-edited") return say("edited", error.message);
		return say(FOREIGN.has(error.code) ? "foreign" : REFUSED.test(error.code) ? "refused" : "damaged", error.message);
	}
}
async function read(path, bytes) {
	const ending = /\.[^.]*$/.exec(nameOf(path))?.[0];
	if (ending === ".npy") {
		const { dtype, shape } = readNpy(bytes);
		return ["readable", `an array of ${dtype}, shape (${shape.join(", ")}); the format has no checksum`];
	}
	if (ending === ".npz") return ["readable", `${(await readNpz(bytes)).size} arrays, their checksums hold`];
	if (ending === ".pawl" || isCheckpoint(bytes)) {
		decodeRunState(await decodeCheckpoint(bytes));
		return ["intact", "the digest holds, the state can be read"];
	}
	const loaded = await readAnything(path, bytes);
	if (loaded.state !== null) decodeTrainState(loaded.state);
	const what = "model" in loaded ? "the model" : "the weights";
	if (loaded.origin.digest) return ["intact", `the digest holds, ${what} can be read`];
	return loaded.origin.container === "zip" ? ["readable", `${what} can be read, the archive's checksums hold; it has no digest of Pawl`] : ["readable", `${what} can be read; it has no digest of Pawl`];
}
//#endregion
//#region src/cli/verify.ts
/** Folders nested deeper than this are not gone into: a link that leads upwards comes to an end. */
const MAX_DEPTH = 16;
/** What a save leaves that a crash cut off, see store/commit.ts. */
const LEFTOVER = /^\..*\.pawl-tmp$/;
/** `pawl verify PATH` */
async function verify(terminal, given) {
	const files = nodeVfs();
	const path = trimmed(given);
	const { kind } = await statOf(files, path);
	const found = kind === "folder" ? await filesIn(files, path, 0) : {
		paths: [path],
		leftovers: []
	};
	if (found.paths.length === 0) throw nothingToVerify(path);
	const checked = [];
	for (const each of found.paths) {
		const result = await check(each, await files.readFile(each));
		checked.push(result);
		terminal.print(line(result, terminal, found.paths));
	}
	const bad = checked.filter(({ verdict }) => [
		"damaged",
		"edited",
		"refused"
	].includes(verdict));
	terminal.printJson({
		path,
		ok: bad.length === 0,
		files: checked,
		leftovers: found.leftovers
	});
	for (const leftover of found.leftovers) terminal.print(`${terminal.paint.dim("leftover")}  ${safe(leftover)}  of a save that was cut off; nothing needs it`);
	if (checked.length > 1) {
		const total = memorySize(checked.reduce((sum, { bytes }) => sum + bytes, 0));
		const rest = bad.length === 0 ? "all good" : `${bad.length} not as written`;
		terminal.print(`${checked.length} files, ${total}: ${rest}`);
	}
	return bad.length > 0 ? EXIT.damaged : EXIT.ok;
}
function line({ path, verdict, why }, { paint }, all) {
	const width = Math.max(...all.map((each) => safe(each).length));
	const colour = {
		intact: paint.green,
		readable: paint.green,
		foreign: paint.dim,
		edited: paint.yellow,
		damaged: paint.red,
		refused: paint.red
	};
	return columns([[
		verdict.padEnd(8),
		safe(path).padEnd(width),
		safe(why)
	]], (cell, column) => column === 0 ? colour[verdict](cell) : cell).join("");
}
async function filesIn(files, folder, depth) {
	const paths = [];
	const leftovers = [];
	for (const name of await files.list(folder)) {
		const path = joinPath(folder, name);
		const kind = (await files.stat(path))?.kind;
		if (kind === "folder" && name !== "node_modules" && name !== ".git" && depth < MAX_DEPTH) {
			const inner = await filesIn(files, path, depth + 1);
			paths.push(...inner.paths);
			leftovers.push(...inner.leftovers);
		} else if (kind === "file" && LEFTOVER.test(name)) leftovers.push(path);
		else if (kind === "file" && ENDINGS.some((ending) => name.endsWith(ending))) paths.push(path);
	}
	return {
		paths,
		leftovers
	};
}
function nothingToVerify(path) {
	return new OptionError({
		code: "nothing-to-verify",
		what: `There is nothing to verify in "${nameOf(path)}"`,
		expected: `files that end in ${ENDINGS.join(", ")}`
	});
}
//#endregion
export { verify };
