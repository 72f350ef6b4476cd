import { c as nearest, n as FormatError } from "./errors-DC-FoqxE.js";
import { a as nameOf, r as folderOf, y as isConfig } from "./vfs-node-5nrdDM0o.js";
import { o as decodeTrainState } from "./run-state-U43fAGQP.js";
//#region src/cli/files.ts
/** Endings of the files that Pawl reads. */
const ENDINGS = [
	".keras",
	".h5",
	".hdf5",
	".pawl",
	".npz",
	".npy"
];
/** @throws {FormatError} when there is nothing at the path */
async function statOf(files, path) {
	const stat = await files.stat(path);
	if (stat !== void 0) return stat;
	const names = await files.list(folderOf(path)).catch(() => []);
	const guess = nearest(nameOf(path), names);
	const fix = guess === void 0 ? {} : { fix: `Did you mean "${path.slice(0, path.length - nameOf(path).length)}${guess}"?` };
	throw new FormatError({
		code: "no-file",
		what: `There is nothing at "${path}"`,
		...fix,
		data: { path }
	});
}
/** Checkpoints in run folders begin with these bytes. */
function isCheckpoint(bytes) {
	return bytes.length > 5 && [
		137,
		80,
		65,
		87,
		76
	].every((byte, i) => bytes[i] === byte);
}
/** "runs/a/" -> "runs/a". */
const trimmed = (path) => path.replace(/(?<=.)[/\\]+$/, "");
//#endregion
//#region src/cli/standing.ts
function standingOf(state, epochs) {
	const { epoch, batch, iteration, stopped, seed, shards, machine, history } = state;
	const logs = Object.entries(history.history).flatMap(([key, values]) => {
		const last = values.at(-1);
		return last === void 0 ? [] : [[key, last]];
	});
	return {
		epoch,
		epochs,
		batch,
		iteration,
		finished: batch === 0 && (stopped || epochs !== null && epoch >= epochs),
		stopped,
		seed,
		shards,
		callbacks: state.callbacks.map(({ className }) => className),
		logs: Object.fromEntries(logs),
		machine
	};
}
/** The standing in a file's training state; null when it has none. */
function standingIn(state) {
	return state === null ? null : standingOf(decodeTrainState(state), null);
}
/** "in epoch 3 of 5, after batch 12, step 132". */
function standingText({ epoch, epochs, batch, iteration, stopped }) {
	const step = `step ${iteration}`;
	const of = epochs === null ? "" : ` of ${epochs}`;
	if (batch > 0) return `in epoch ${epoch + 1}${of}, after batch ${batch}, ${step}`;
	if (epoch === 0 && iteration === 0) return `before the first step${epochs === null ? "" : ` of ${epochs} epochs`}`;
	return `after epoch ${epoch}${of}, ${step}${stopped ? ", ended by a callback" : ""}`;
}
/** The short form of a part of a compile config: a name, or the class of an object. */
function partName(part) {
	if (part === void 0 || part === null) return "none";
	if (typeof part === "string") return part;
	if (Array.isArray(part)) return part.map(partName).join(", ") || "none";
	if (!isConfig(part)) return String(part);
	const { class_name: className, config } = part;
	if (className === "function" && typeof config === "string") return config;
	if (typeof className === "string") return className;
	return Object.entries(part).map(([key, value]) => `${key}: ${partName(value)}`).join(", ");
}
//#endregion
export { ENDINGS as a, trimmed as c, standingText as i, standingIn as n, isCheckpoint as o, standingOf as r, statOf as s, partName as t };
