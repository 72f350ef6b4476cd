import { i as PawlError, n as FormatError, o as StateError } from "./errors-DC-FoqxE.js";
import { i as joinPath } from "./vfs-node-5nrdDM0o.js";
import { d as peekCheckpoint, l as decodeCheckpoint, u as layoutCheckpoint } from "./run-state-U43fAGQP.js";
import { a as ownerToName, c as fileFailure, i as temporaryFor, o as stateOf, r as makeFolderDurably, s as thisOwner, t as inPlaceWriter } from "./writer-B6_i5ebJ.js";
//#region src/store/lock.ts
/** As it is in earnest: a holder on another machine has 45 seconds. */
const LOCK_TIMING = {
	beat: 5e3,
	patience: 45e3
};
/**
* Locks are made and renewed as a whole, so one that cannot be read was left by a machine that crashed; unless the file
* system has no hard links and it is being written just now, which is over in so many milliseconds.
*/
const TORN_MS = 1e3;
const TORN_LOOKS = 10;
const NAME$1 = /^lock\.(\d+)$/;
/**
* One writer at a time. The lock is a file `lock.N` that names its owner; the next owner makes `lock.N+1`, which only
* one process can, and the lock of a dead owner (same machine: no such process; another machine: no sign of life for
* a while) does not count. After making its own, a process looks again and gives way to any other that lives, so two
* never hold it.
*/
var Lock = class Lock {
	vfs;
	path;
	owner;
	timer;
	beats = 0;
	writing = Promise.resolve();
	constructor(vfs, path, owner, timing) {
		this.vfs = vfs;
		this.path = path;
		this.owner = owner;
		this.timer = setInterval(() => this.show(), timing.beat);
		this.timer.unref?.();
	}
	/** @throws {StateError} when another process that lives holds it, or the folder cannot be written */
	static async take(vfs, folder, { tell, ...timing } = LOCK_TIMING) {
		const owner = await thisOwner();
		try {
			const before = await locksIn(vfs, folder);
			for (const { name } of before) await refuseIfAlive(vfs, folder, name, timing, tell);
			const path = joinPath(folder, `lock.${(before.at(-1)?.number ?? 0) + 1}`);
			await create(vfs, path, encode({
				owner,
				beat: 0
			}));
			for (const { name } of await locksIn(vfs, folder)) {
				if (joinPath(folder, name) === path || before.some((dead) => dead.name === name)) continue;
				await vfs.remove(path);
				throw taken(folder, (await read(vfs, folder, name))?.owner);
			}
			for (const { name } of before) await vfs.remove(joinPath(folder, name)).catch(() => void 0);
			return new Lock(vfs, path, owner, timing);
		} catch (error) {
			if (error instanceof StateError) throw error;
			if (error.code === "EEXIST") throw taken(folder, void 0);
			throw fileFailure("lock", folder, error);
		}
	}
	async release() {
		clearInterval(this.timer);
		await this.writing;
		await this.vfs.remove(this.path).catch(() => void 0);
	}
	/** A sign of life; when it cannot be written, the next one may be. */
	show() {
		const bytes = encode({
			owner: this.owner,
			beat: ++this.beats
		});
		this.writing = this.writing.then(() => replace(this.vfs, this.path, bytes)).catch(() => void 0);
	}
};
const NO_LINKS = new Set([
	"EPERM",
	"ENOTSUP",
	"EOPNOTSUPP",
	"ENOSYS",
	"EMLINK"
]);
/** Makes the file, whole from its first moment on, if there is none. */
async function create(vfs, path, bytes) {
	const temporary = await temporaryFor(path);
	try {
		await vfs.writeFile(temporary, bytes);
		await vfs.fsync(temporary);
		await vfs.link(temporary, path);
	} catch (error) {
		if (!NO_LINKS.has(error.code)) throw error;
		await vfs.createExclusive(path, bytes);
	} finally {
		await vfs.remove(temporary).catch(() => void 0);
	}
}
/** Others see the old bytes or the new ones. */
async function replace(vfs, path, bytes) {
	const temporary = await temporaryFor(path);
	try {
		await vfs.writeFile(temporary, bytes);
		await vfs.rename(temporary, path);
	} catch (error) {
		await vfs.remove(temporary).catch(() => void 0);
		throw error;
	}
}
/** Locks in the folder, by rising number. */
async function locksIn(vfs, folder) {
	return (await vfs.list(folder)).flatMap((name) => {
		const number = NAME$1.exec(name)?.[1];
		return number === void 0 ? [] : [{
			name,
			number: Number(number)
		}];
	}).sort((a, b) => a.number - b.number);
}
async function refuseIfAlive(vfs, folder, name, timing, tell) {
	const seen = await readSoon(vfs, folder, name);
	const state = seen === null ? "dead" : await stateOf(seen.owner);
	if (state === "dead") return;
	if (state === "alive") throw taken(folder, seen.owner);
	tell?.(`"${folder}" was last in use by ${whoIs(seen.owner)}, which cannot be looked at from here. Waiting ${timing.patience / 1e3} s for a sign of life from it before going on.`);
	for (let waited = 0; waited < timing.patience; waited += timing.beat) {
		await new Promise((resolve) => setTimeout(resolve, timing.beat));
		const now = await read(vfs, folder, name);
		if (JSON.stringify(now) !== JSON.stringify(seen) && now !== null) throw taken(folder, now.owner);
		if (await vfs.stat(joinPath(folder, name)) === void 0) return;
	}
}
/** Null when the file is gone, or still cannot be understood after a while. */
async function readSoon(vfs, folder, name) {
	for (let looks = 0;; looks++) {
		const held = await read(vfs, folder, name);
		if (held !== null || looks === TORN_LOOKS) return held;
		if (await vfs.stat(joinPath(folder, name)) === void 0) return null;
		await new Promise((resolve) => setTimeout(resolve, TORN_MS / TORN_LOOKS));
	}
}
/** Null when the file is gone or no lock's. */
async function read(vfs, folder, name) {
	try {
		const held = JSON.parse(new TextDecoder().decode(await vfs.readFile(joinPath(folder, name))));
		return typeof held?.owner?.pid === "number" ? held : null;
	} catch {
		return null;
	}
}
function encode(held) {
	return new TextEncoder().encode(`${JSON.stringify(held)}\n`);
}
function whoIs({ pid, host }) {
	return `process ${pid} on ${host}`;
}
function taken(folder, owner) {
	return new StateError({
		code: "run-locked",
		what: `"${folder}" is in use by ${owner === void 0 ? "another process" : whoIs(owner)}`,
		expected: "one training at a time in a run folder",
		fix: "Wait until it ends or stop it, or choose another run folder",
		data: {
			folder,
			...owner === void 0 ? {} : { owner: ownerToName(owner) }
		}
	});
}
/** Whether a process holds the folder, without taking it: "unknown" for one on another machine. */
async function holderOf(vfs, folder) {
	const states = await Promise.all((await locksIn(vfs, folder)).map(async ({ name }) => {
		const held = await read(vfs, folder, name);
		return held === null ? "dead" : stateOf(held.owner);
	}));
	return states.includes("alive") ? "alive" : states.includes("unknown") ? "unknown" : "none";
}
//#endregion
//#region src/store/staging.ts
const HEADROOM = 65536;
/** Warm memory for one copy at a time, reused from save to save and grown when a state is larger. */
var Staging = class {
	#memory = new Uint8Array(0);
	/** So many bytes, with whatever was in them. */
	reserve(bytes) {
		if (this.#memory.length < bytes) this.#memory = new Uint8Array(sharedMemory(bytes + Math.floor(bytes / 32) + HEADROOM));
		return this.#memory.subarray(0, bytes);
	}
	/** Copies the tensors; what they view may change afterwards. */
	take({ head, tensors, size }) {
		const body = this.reserve(size);
		tensors.forEach(({ bytes, at }, i) => {
			body.set(bytes, at);
			body.fill(0, at + bytes.length, tensors[i + 1]?.at ?? size);
		});
		return {
			head,
			body
		};
	}
};
function sharedMemory(bytes) {
	return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}
//#endregion
//#region src/store/run-folder.ts
const NAME = /^checkpoint-(\d+)-step-(\d+)\.pawl$/;
const LOG = "log.jsonl";
/**
* A folder that holds one training: its checkpoints (`checkpoint-000007-step-1200.pawl`), its log (a line of JSON an
* event, for people), and a lock while a process writes.
*/
var RunFolder = class {
	path;
	vfs;
	writer;
	staging = new Staging();
	lock = null;
	logChecked = false;
	/** Ordinal of the next checkpoint; null before the folder was looked at. */
	next = null;
	writing = null;
	/** @param writer writes to the same files as `vfs`; by default in place */
	constructor(vfs, path, writer = inPlaceWriter(vfs)) {
		this.vfs = vfs;
		this.path = path;
		this.writer = writer;
	}
	/**
	* Makes the folder if need be and holds it until {@link close}.
	* @throws {StateError} when another process holds it, or it cannot be written
	*/
	async open(options) {
		await makeFolderDurably(this.vfs, this.path);
		this.lock ??= await Lock.take(this.vfs, this.path, options);
		this.next = await this.nextOrdinal();
	}
	/** Lets the folder go when everything is written. */
	async close() {
		await this.ready();
		const { lock } = this;
		this.lock = null;
		await lock?.release();
	}
	/** All checkpoints, oldest first; none for a folder that is not there. */
	async list() {
		let names;
		try {
			names = await this.vfs.list(this.path);
		} catch (error) {
			if (error.code === "ENOENT") return [];
			throw fileFailure("list", this.path, error);
		}
		return names.flatMap((name) => {
			const found = NAME.exec(name);
			if (found === null) return [];
			return [{
				ordinal: Number(found[1]),
				step: Number(found[2]),
				path: joinPath(this.path, name)
			}];
		}).sort((a, b) => a.ordinal - b.ordinal);
	}
	/** @throws {FormatError} when the checkpoint is damaged, {@link StateError} when it cannot be read */
	async read(entry) {
		let bytes;
		try {
			bytes = await this.vfs.readFile(entry.path);
		} catch (error) {
			throw fileFailure("read", entry.path, error);
		}
		return decodeCheckpoint(bytes);
	}
	/**
	* The newest checkpoint whose digest holds, and the newer ones that had to be passed over; null when the folder has
	* no checkpoint.
	* @throws {FormatError} when there are checkpoints and none of them can be used
	*/
	async newestIntact() {
		const damaged = [];
		for (const entry of (await this.list()).reverse()) try {
			return {
				found: {
					entry,
					state: await this.read(entry)
				},
				damaged
			};
		} catch (error) {
			if (!(error instanceof PawlError)) throw error;
			damaged.push({
				path: entry.path,
				error
			});
		}
		if (damaged.length === 0) return {
			found: null,
			damaged
		};
		throw new FormatError({
			code: "no-intact-checkpoint",
			what: `None of the ${damaged.length} checkpoints in "${this.path}" can be used`,
			received: damaged.map(({ path, error }) => `${path}: ${error.message}`).join(" "),
			fix: "Restore one of them from a backup, or start in another folder",
			data: { paths: damaged.map(({ path }) => path) }
		});
	}
	/** Whether a checkpoint is being written. */
	get busy() {
		return this.writing !== null;
	}
	/** Resolves when no checkpoint is being written, so that the memory for the next one's copy is free. */
	async ready() {
		await this.writing?.catch(() => void 0);
	}
	/**
	* Writes a checkpoint after `step` training steps; when it resolves, the checkpoint is durable. In an open folder
	* that is not {@link busy}, the state is copied before this returns, so training may go on meanwhile.
	* @param weights which tensors must be finite for the checkpoint to count as good
	* @param fixed more members of the state's plain data, encoded by `encodeJson` once for many checkpoints
	*/
	commit(step, state, weights = () => false, fixed = {}) {
		if (this.next === null || this.busy) return this.commitLater(step, state, weights, fixed);
		const ordinal = this.next++;
		const path = joinPath(this.path, `checkpoint-${String(ordinal).padStart(6, "0")}-step-${step}.pawl`);
		const layout = layoutCheckpoint(state, fixed);
		const checked = layout.tensors.filter(({ name }) => weights(name));
		const places = new Float64Array(2 * checked.length);
		checked.forEach(({ at, bytes }, i) => {
			places.set([at, bytes.length], 2 * i);
		});
		const payload = {
			...this.staging.take(layout),
			weights: places
		};
		const writing = this.writer.write({
			path,
			overwrite: false,
			kind: "checkpoint",
			payload
		}).then((report) => ({
			...report,
			entry: {
				ordinal,
				step,
				path
			}
		})).finally(() => {
			if (this.writing === writing) this.writing = null;
		});
		this.writing = writing;
		return writing;
	}
	async commitLater(step, state, weights, fixed) {
		await this.ready();
		this.next ??= await this.nextOrdinal();
		return this.commit(step, state, weights, fixed);
	}
	async nextOrdinal() {
		return ((await this.list()).at(-1)?.ordinal ?? -1) + 1;
	}
	/** @throws {FormatError} when it is no checkpoint, {@link StateError} when it cannot be read */
	async summary(entry) {
		try {
			const stat = await this.vfs.stat(entry.path);
			let start = await this.vfs.readRange(entry.path, 0, 65536);
			let peeked = peekCheckpoint(start);
			if ("needs" in peeked && peeked.needs <= (stat?.size ?? 0)) {
				start = await this.vfs.readRange(entry.path, 0, peeked.needs);
				peeked = peekCheckpoint(start);
			}
			if ("needs" in peeked) throw new FormatError({
				code: "checkpoint-malformed",
				what: `"${entry.path}" ends in its header`
			});
			const finite = start[20] !== 2;
			return {
				json: peeked.json,
				finite,
				bytes: stat?.size ?? 0,
				time: stat?.modified ?? 0
			};
		} catch (error) {
			if (error instanceof PawlError) throw error;
			throw fileFailure("read", entry.path, error);
		}
	}
	/** Removes checkpoints for good. @throws {StateError} when one cannot be removed */
	async remove(entries) {
		for (const { path } of entries) try {
			await this.vfs.remove(path);
		} catch (error) {
			if (error.code !== "ENOENT") throw fileFailure("remove", path, error);
		}
	}
	/** Removes all checkpoints and the log; the folder itself and what else is in it stay. */
	async clear() {
		await this.remove(await this.list());
		await this.remove([{
			ordinal: 0,
			step: 0,
			path: joinPath(this.path, LOG)
		}]);
	}
	/** Adds an event to the log. A line that an earlier process left half written is ended first. */
	async log(event) {
		const path = joinPath(this.path, LOG);
		try {
			const start = this.logChecked ? "" : await this.unfinishedLine(path);
			this.logChecked = true;
			await this.vfs.appendFile(path, new TextEncoder().encode(`${start}${JSON.stringify(event)}\n`));
		} catch (error) {
			throw fileFailure("write", path, error);
		}
	}
	/** "\n" when the log does not end with one. */
	async unfinishedLine(path) {
		const size = (await this.vfs.stat(path))?.size ?? 0;
		return size > 0 && (await this.vfs.readRange(path, size - 1, 1))[0] !== 10 ? "\n" : "";
	}
};
//#endregion
export { holderOf as i, Staging as n, LOCK_TIMING as r, RunFolder as t };
