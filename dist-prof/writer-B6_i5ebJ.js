import { o as StateError } from "./errors-DC-FoqxE.js";
import { a as nameOf, c as trailerOf, i as joinPath, n as nodeVfs, r as folderOf, t as linkTarget } from "./vfs-node-5nrdDM0o.js";
//#region src/store/file-failure.ts
const NOT_WRITABLE = {
	code: "not-writable",
	why: "the folder or file cannot be written",
	fix: "Change its permissions, or choose another place"
};
const DISK_FULL = {
	code: "disk-full",
	why: "the disk is full",
	fix: "Free some space, or keep fewer checkpoints"
};
const KINDS = {
	EACCES: NOT_WRITABLE,
	EPERM: NOT_WRITABLE,
	EROFS: NOT_WRITABLE,
	ENOSPC: DISK_FULL,
	EDQUOT: DISK_FULL,
	EISDIR: {
		code: "is-a-folder",
		why: "there is a folder of that name",
		fix: "Give the path of a file"
	},
	ENOTDIR: {
		code: "not-a-folder",
		why: "a part of the path is a file",
		fix: "Give a path whose folders are folders"
	},
	ENOENT: {
		code: "missing-file",
		why: "there is nothing at that path",
		fix: "Check the path"
	},
	ENAMETOOLONG: {
		code: "name-too-long",
		why: "the name is too long",
		fix: "Choose a shorter name"
	}
};
/** The error for a file operation that failed; `verb` says what could not be done, e.g. "write". */
function fileFailure(verb, path, cause) {
	const system = cause?.code;
	const kind = (typeof system === "string" ? KINDS[system] : void 0) ?? {
		code: "file-failed",
		why: cause instanceof Error ? cause.message : String(cause),
		fix: "Look at the cause, and try again"
	};
	return new StateError({
		code: kind.code,
		what: `Cannot ${verb} "${path}": ${kind.why}`,
		...typeof system === "string" ? { received: system } : {},
		fix: kind.fix,
		data: {
			path,
			...typeof system === "string" ? { system } : {}
		},
		cause
	});
}
//#endregion
//#region src/store/owner.ts
let own = null;
/** This process. */
function thisOwner() {
	own ??= describe();
	return own;
}
async function describe() {
	if (typeof process === "undefined" || process.versions?.node === void 0) return {
		host: "browser",
		boot: globalThis.crypto.randomUUID(),
		pid: 0,
		start: ""
	};
	const { hostname } = await import("node:os");
	const space = await linkTarget("/proc/self/ns/pid") ?? "";
	return {
		host: `${hostname()}-${space.replace(/\D/g, "")}`.replace(/[^A-Za-z0-9.-]/g, "-"),
		boot: await readText("/proc/sys/kernel/random/boot_id"),
		pid: process.pid,
		start: await startOf(process.pid)
	};
}
/** "unknown" for owners on other machines, and where a process cannot be told from a later one of the same number. */
async function stateOf(owner) {
	const self = await thisOwner();
	if (owner.host !== self.host) return "unknown";
	if (owner.boot !== self.boot) return "dead";
	if (owner.pid === self.pid && owner.start !== self.start) return "dead";
	try {
		process.kill(owner.pid, 0);
	} catch (error) {
		if (error.code === "ESRCH") return "dead";
	}
	if (owner.start === "") return "unknown";
	return await startOf(owner.pid) === owner.start ? "alive" : "dead";
}
/** Field 22 of /proc/PID/stat; the name in field 2 may hold blanks and parentheses. */
async function startOf(pid) {
	const stat = await readText(`/proc/${pid}/stat`);
	return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
async function readText(path) {
	try {
		return new TextDecoder().decode(await nodeVfs().readFile(path)).trim();
	} catch {
		return "";
	}
}
const FIELDS = /^([^~]*)~([0-9a-f-]*)~(\d+)~(\d*)$/;
/** The owner as part of a file name. */
function ownerToName({ host, boot, pid, start }) {
	return `${host}~${boot}~${pid}~${start}`;
}
/** The owner in a file name, or null when it is none of {@link ownerToName}'s. */
function ownerFromName(name) {
	const fields = FIELDS.exec(name);
	return fields && {
		host: fields[1],
		boot: fields[2],
		pid: Number(fields[3]),
		start: fields[4]
	};
}
//#endregion
//#region src/store/commit.ts
const SUFFIX = ".pawl-tmp";
let ordinal = 0;
/**
* Writes a file that afterwards either is there in full, durably, or as it was before: temporary name in the same
* folder, write, fsync, rename, fsync of the folder. Missing folders are made.
* @throws {StateError} when it could not be done; the old file is untouched then, unless only the last step (the
*   folder's fsync) failed
*/
async function commitFile(vfs, path, bytes, options = {}) {
	await checkTarget(vfs, path, options.overwrite ?? true);
	const folder = folderOf(path);
	await makeFolderDurably(vfs, folder);
	await sweep(vfs, folder);
	const temporary = await temporaryFor(path);
	try {
		await vfs.writeFile(temporary, bytes);
		await vfs.fsync(temporary);
		await vfs.rename(temporary, path);
	} catch (error) {
		await vfs.remove(temporary).catch(() => void 0);
		throw fileFailure("write", path, error);
	}
	try {
		await vfs.fsyncFolder(folder);
	} catch (error) {
		throw fileFailure("make durable", path, error);
	}
}
/** A name beside the file's, for what is not whole yet; the next writer in the folder removes it when this one dies. */
async function temporaryFor(path) {
	const owner = ownerToName(await thisOwner());
	return joinPath(folderOf(path), `.${shortened(nameOf(path))}~${ordinal++}~${owner}${SUFFIX}`);
}
async function checkTarget(vfs, path, overwrite) {
	let kind;
	try {
		kind = (await vfs.stat(path))?.kind;
	} catch (error) {
		throw fileFailure("write", path, error);
	}
	if (kind === "folder") throw fileFailure("write", path, { code: "EISDIR" });
	if (kind !== void 0 && !overwrite) throw new StateError({
		code: "file-exists",
		what: `"${path}" exists already`,
		expected: "a new file, since overwrite is false",
		fix: "Choose another name, delete the file, or set overwrite to true",
		data: { path }
	});
}
/**
* Makes the folder and all above it that are missing, and their entries durable: without that, a folder can vanish in a
* crash with all that was durable inside it.
* @throws {StateError} when it could not be done
*/
async function makeFolderDurably(vfs, folder) {
	try {
		const made = [];
		for (let here = folder; await vfs.stat(here) === void 0; here = folderOf(here)) {
			made.push(here);
			if (folderOf(here) === here) break;
		}
		if (made.length === 0) return;
		await vfs.makeFolder(folder);
		for (const each of made.reverse()) await vfs.fsyncFolder(folderOf(each));
	} catch (error) {
		throw fileFailure("make the folder", folder, error);
	}
}
const swept = /* @__PURE__ */ new WeakMap();
/** Once for each folder: removes temporary files whose writers are dead. What cannot be removed may stay. */
async function sweep(vfs, folder) {
	const done = swept.get(vfs) ?? /* @__PURE__ */ new Set();
	swept.set(vfs, done);
	if (done.has(folder)) return;
	done.add(folder);
	const names = await vfs.list(folder).catch(() => []);
	for (const name of names) {
		const owner = temporaryOwner(name);
		if (owner !== null && await stateOf(owner) === "dead") await vfs.remove(joinPath(folder, name)).catch(() => void 0);
	}
}
/** The writer that a temporary file's name tells of, or null for any other file. */
function temporaryOwner(name) {
	if (!name.startsWith(".") || !name.endsWith(SUFFIX)) return null;
	const owner = /^[^~]*~\d+~(.*)$/.exec(name.slice(0, -9))?.[1];
	return owner === void 0 ? null : ownerFromName(owner);
}
/** File names have at most 255 bytes, of which the owner's part needs some. */
function shortened(name) {
	return name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 60);
}
//#endregion
//#region src/store/all-finite.ts
/** Bits of a float32's exponent; all set in infinities and NaN, and in nothing else. */
const EXPONENT = 2139095040;
/** Whether every float32 in the bytes is a finite number. The bytes start at a multiple of 4. */
function allFinite(bytes) {
	const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
	for (let i = 0; i < words.length; i++) if ((words[i] & EXPONENT) === EXPONENT) return false;
	return true;
}
/** The file of a staged checkpoint. */
async function encodeStaged({ head, body, weights }) {
	let finite = true;
	for (let i = 0; finite && i < weights.length; i += 2) finite = allFinite(body.subarray(weights[i], weights[i] + weights[i + 1]));
	const marked = head.slice();
	marked[20] = finite ? 1 : 2;
	const parts = [marked, body];
	return {
		parts: [...parts, await trailerOf(parts)],
		finite
	};
}
//#endregion
//#region src/store/writer.ts
/** Encoders that every writer has. */
const OWN = { checkpoint: encodeStaged };
/** Encodes and writes where it is called, between the steps of whatever else runs there. */
function inPlaceWriter(vfs, encoders = {}) {
	const all = {
		...OWN,
		...encoders
	};
	let last = Promise.resolve();
	return {
		prepare: async () => void 0,
		write(job) {
			const written = last.then(() => perform(vfs, all, job));
			last = written.catch(() => void 0);
			return written;
		}
	};
}
async function perform(vfs, encoders, { path, overwrite, kind, payload }) {
	const start = performance.now();
	const { parts, finite = true } = await encoders[kind](payload);
	await commitFile(vfs, path, parts, { overwrite });
	return {
		bytes: parts.reduce((sum, part) => sum + part.length, 0),
		milliseconds: performance.now() - start,
		finite
	};
}
//#endregion
export { ownerToName as a, fileFailure as c, temporaryFor as i, commitFile as n, stateOf as o, makeFolderDurably as r, thisOwner as s, inPlaceWriter as t };
