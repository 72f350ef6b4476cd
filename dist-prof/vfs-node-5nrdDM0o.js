import { c as nearest, i as PawlError, n as FormatError, o as StateError, r as OptionError, s as unknownName } from "./errors-DC-FoqxE.js";
import { c as optionsToConfig, m as snakeCase, s as optionsFromConfig } from "./options-BKRopCvu.js";
//#region src/core/parts.ts
/** Base of parts of which everything follows from their option table. */
var OptionPart = class {
	options;
	#fields;
	constructor(fields, options) {
		this.#fields = fields;
		this.options = options;
	}
	getConfig() {
		return optionsToConfig(this.#fields, this.options);
	}
};
/** Keras's dictionary for a part; user classes need to be registered. */
function serializePart(kind, part) {
	const cls = part.constructor;
	const { className } = cls;
	if (kind.builtIn.get(className) === cls) return {
		module: kind.module,
		class_name: className,
		config: part.getConfig(),
		registered_name: null
	};
	const registeredName = kind.registered.registeredName(cls);
	if (registeredName === null) throw new OptionError({
		code: "unregistered-class",
		what: `The ${kind.kind} class ${cls.name} is not registered, so no file can name it`,
		fix: `Register it first: register(${cls.name})`
	});
	return {
		module: null,
		class_name: className,
		config: part.getConfig(),
		registered_name: registeredName
	};
}
/** The part that a dictionary of Keras (or its older form `{ class_name, config }`) describes. */
function deserializePart(kind, json, where) {
	if (!isConfig(json) || typeof json["class_name"] !== "string") throw new FormatError({
		code: "part-json",
		what: `${where}: this does not describe a ${kind.kind}`,
		received: JSON.stringify(json),
		expected: "{ class_name, config }"
	});
	const name = json["class_name"];
	const registeredName = typeof json["registered_name"] === "string" ? json["registered_name"] : null;
	const cls = (registeredName === null ? void 0 : kind.registered.find(registeredName)) ?? findClass(kind, name);
	if (cls === void 0) {
		const guess = nearest(name, [...kind.builtIn.keys()]);
		throw new FormatError({
			code: "unknown-class",
			what: `${where}: unknown ${kind.kind} class "${registeredName ?? name}"`,
			fix: guess === void 0 ? `Register the class before loading: register(${name})` : `Did you mean "${guess}"?`,
			data: { className: name }
		});
	}
	const config = isConfig(json["config"]) ? json["config"] : {};
	return new cls(optionsFromConfig(cls.className, cls.fields, config));
}
/** An instance from whatever an option takes: an instance, a name, or Keras's dictionary. */
function getPart(kind, base, identifier, where) {
	if (identifier instanceof base) return identifier;
	if (typeof identifier === "string") {
		const cls = findClass(kind, identifier);
		if (cls === void 0) throw unknownName(where, identifier, [...[...kind.builtIn.keys()].filter((name) => name === name.toLowerCase()), ...kind.registered.names()]);
		return new cls({});
	}
	if (isConfig(identifier)) return deserializePart(kind, identifier, where);
	throw new OptionError({
		code: "wrong-option",
		what: `${where} must be a name, a ${kind.kind} or its config`,
		received: identifier === null ? "null" : typeof identifier
	});
}
/**
* The map of {@link PartKind.builtIn} from a folder's exports: each class of the kind under its name and its snake case,
* and under further names that Keras accepts. Exports that are no such class are left out.
*/
function builtInClasses(base, exported, aliases = {}) {
	const classes = /* @__PURE__ */ new Map();
	for (const value of Object.values(exported)) {
		if (typeof value !== "function" || !(value.prototype instanceof base)) continue;
		const cls = value;
		classes.set(cls.className, cls);
		classes.set(snakeCase(cls.className), cls);
	}
	for (const [alias, className] of Object.entries(aliases)) classes.set(alias, classes.get(className));
	return classes;
}
function isConfig(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value);
}
function isPlain(value) {
	const prototype = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
function findClass(kind, name) {
	return kind.builtIn.get(name) ?? kind.registered.find(name);
}
//#endregion
//#region src/core/join-bytes.ts
/** The pieces one after the other in new memory. */
function joinBytes(parts) {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}
//#endregion
//#region src/core/sha256.ts
/**
* SHA-256 of the parts one after the other. Node's own implementation takes them as they are; a browser's wants one
* array, so there they are joined first.
*/
async function sha256(parts) {
	if (typeof process !== "undefined" && process.versions?.node !== void 0) {
		const { createHash } = await import("node:crypto");
		const hash = createHash("sha256");
		for (const part of parts) hash.update(part);
		return new Uint8Array(hash.digest());
	}
	return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", joinBytes(parts)));
}
/** Lower-case hexadecimal digits. */
function toHex(bytes) {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
//#endregion
//#region src/core/human.ts
/** 1234567 -> "1,234,567". */
function formatCount(count) {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
const UNITS = [
	"B",
	"KB",
	"MB",
	"GB",
	"TB",
	"PB"
];
/** Bytes as Keras prints them: "4.56 KB", in steps of 1024. */
function memorySize(bytes) {
	let size = bytes;
	let unit = 0;
	while (size >= 1024 && unit < UNITS.length - 1) {
		size /= 1024;
		unit++;
	}
	return `${size.toFixed(2)} ${UNITS[unit]}`;
}
//#endregion
//#region src/core/json-limits.ts
/** Nesting that real data never reaches: a nested model adds five levels. */
const MAX_DEPTH = 400;
/** Roughly what V8 spends on an object or list, and on a value in one. */
const CONTAINER_BYTES = 64;
const VALUE_BYTES = 16;
const COST_FLOOR = 32 * 2 ** 20;
/**
* Looks through the text of a file's JSON before it is parsed: millions of empty lists take far more memory than the
* text that writes them.
* @throws {FormatError} when it is nested beyond all reason, or would take much more memory than it has bytes
*/
function checkJson(text, where) {
	let depth = 0;
	let containers = 0;
	let values = 0;
	let quoted = false;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (quoted) {
			if (code === 92) i++;
			else if (code === 34) quoted = false;
			continue;
		}
		if (code === 34) quoted = true;
		else if (code === 44) values++;
		else if (code === 93 || code === 125) depth--;
		else if (code === 91 || code === 123) {
			containers++;
			if (++depth > MAX_DEPTH) throw tooDeep(where);
		}
	}
	if (containers * CONTAINER_BYTES + values * VALUE_BYTES > COST_FLOOR + text.length) throw tooMany(where, containers, values);
}
function tooDeep(where) {
	return new FormatError({
		code: "config-depth",
		what: `${where} is nested too deeply`,
		expected: `at most ${MAX_DEPTH} levels`
	});
}
function tooMany(where, containers, values) {
	return new FormatError({
		code: "config-size",
		what: `${where} would take far more memory than it has bytes`,
		received: `${containers} objects and lists with ${values} values`,
		fix: "No Keras writes that: do not trust the file"
	});
}
/** Sixteen bytes that no text and no careless copy has, as PNG's signature: what they begin says `word` (7 letters). */
function magicOf(word) {
	return new Uint8Array([
		137,
		80,
		65,
		87,
		76,
		13,
		10,
		26,
		10,
		...new TextEncoder().encode(word)
	]);
}
const MAGIC = magicOf("TRAILER");
const VERSION = 1;
const HEAD_BYTES = 32;
/** Bits in which bytes may differ from the magic and still be taken for a damaged one; chance makes it once in 10^12. */
const NEAR_BITS = 24;
/** Python finds the end of a zip archive by these bytes, also inside a comment. */
const ZIP_END = [
	80,
	75,
	5,
	6
];
/**
* The 64 bytes that, put after the given pieces, make every later change of them visible. HDF5 readers ignore what
* follows the end of the file; in a zip archive the trailer is its comment (`writeZip(…, { trailer: true })`).
*/
async function trailerOf(parts) {
	const trailer = new Uint8Array(64);
	const view = new DataView(trailer.buffer);
	trailer.set(MAGIC);
	view.setUint32(16, VERSION, true);
	view.setBigUint64(24, BigInt(parts.reduce((sum, part) => sum + part.length, 0)), true);
	for (let salt = 0;; salt++) {
		view.setUint32(20, salt, true);
		trailer.set(await digestOf(parts, trailer), HEAD_BYTES);
		if (!includes(trailer, ZIP_END)) return trailer;
	}
}
/** Takes the trailer off and verifies it. Any single flipped bit, in body or trailer, makes it "damaged". */
async function splitTrailer(bytes) {
	if (bytes.length < 64) return {
		body: bytes,
		trailer: "none"
	};
	const body = bytes.subarray(0, bytes.length - 64);
	const trailer = bytes.subarray(bytes.length - 64);
	const distance = bitsBetween(trailer.subarray(0, MAGIC.length), MAGIC);
	if (distance > NEAR_BITS) return {
		body: bytes,
		trailer: "none"
	};
	const view = new DataView(trailer.buffer, trailer.byteOffset, 64);
	return {
		body,
		trailer: distance === 0 && view.getUint32(16, true) === VERSION && view.getBigUint64(24, true) === BigInt(body.length) && bitsBetween(await digestOf([body], trailer), trailer.subarray(HEAD_BYTES)) === 0 ? "intact" : "damaged"
	};
}
function digestOf(parts, trailer) {
	return sha256([...parts, trailer.subarray(0, HEAD_BYTES)]);
}
function bitsBetween(a, b) {
	let bits = 0;
	for (let i = 0; i < b.length; i++) for (let difference = a[i] ^ b[i]; difference !== 0; difference &= difference - 1) bits++;
	return bits;
}
function includes(bytes, pattern) {
	return bytes.some((_, at) => pattern.every((byte, i) => bytes[at + i] === byte));
}
//#endregion
//#region src/core/paths.ts
const isWindows = typeof process !== "undefined" && process.platform === "win32";
/** Index of the last separator, or -1. */
function lastCut(path) {
	return isWindows ? Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) : path.lastIndexOf("/");
}
/** The folder of a path: "a/b.h5" -> "a", "b.h5" -> ".", "/b.h5" -> "/". */
function folderOf(path) {
	const cut = lastCut(path);
	return cut < 0 ? "." : cut === 0 ? "/" : path.slice(0, cut);
}
/** The last part of a path: "a/b.h5" -> "b.h5". */
function nameOf(path) {
	return path.slice(lastCut(path) + 1);
}
function joinPath(folder, name) {
	return folder === "." || folder === "" ? name : folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;
}
//#endregion
//#region src/core/vfs-node.ts
/** Node's file system, or an error that says why there is none. */
async function load() {
	try {
		return await import("node:fs/promises");
	} catch (cause) {
		throw new StateError({
			code: "no-file-system",
			what: "There is no file system here",
			fix: "Hand in a Vfs of your own, e.g. memoryVfs()",
			cause
		});
	}
}
const codeOf = (error) => error instanceof PawlError ? void 0 : error.code;
/**
* The folder and the missing ones above it, one by one: Node's own recursive mkdir never returns for some paths that
* cannot be made (under /proc, for one).
*/
async function makeFolders(fs, path) {
	try {
		await fs.mkdir(path);
	} catch (error) {
		const above = folderOf(path);
		if (codeOf(error) === "EEXIST" && (await fs.stat(path)).isDirectory()) return;
		if (codeOf(error) !== "ENOENT" || above === path || await fs.stat(above).catch(() => void 0)) throw error;
		await makeFolders(fs, above);
		await makeFolders(fs, path);
	}
}
/** Opens, hands over, and closes also when `use` throws. */
async function withFile(path, flags, use) {
	const file = await (await load()).open(path, flags);
	try {
		return await use(file);
	} finally {
		await file.close();
	}
}
/** All of `bytes`, however many calls the system takes for it. */
async function writeAll(file, bytes) {
	for (let done = 0; done < bytes.length;) {
		const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
		done += bytesWritten;
	}
}
/** At most 1 GiB a call: Linux reads and writes no more than 2 GiB - 4 KiB at once. */
const READ_STEP = 2 ** 30;
async function readExtent(file, start, length) {
	const out = new Uint8Array(length);
	let done = 0;
	while (done < length) {
		const { bytesRead } = await file.read(out, done, Math.min(READ_STEP, length - done), start + done);
		if (bytesRead === 0) break;
		done += bytesRead;
	}
	return done === length ? out : out.slice(0, done);
}
/** What a symbolic link says, or null when there is none. */
async function linkTarget(path) {
	try {
		return await (await load()).readlink(path);
	} catch {
		return null;
	}
}
/** The disk, through Node. */
function nodeVfs() {
	return {
		readFile: (path) => withFile(path, "r", async (file) => {
			const { size } = await file.stat();
			return size === 0 ? new Uint8Array(await file.readFile()) : readExtent(file, 0, size);
		}),
		readRange: (path, start, length) => withFile(path, "r", async (file) => {
			const { size } = await file.stat();
			return readExtent(file, start, Math.max(0, Math.min(length, size - start)));
		}),
		writeFile: (path, bytes) => withFile(path, "w", async (file) => {
			for (const part of bytes instanceof Uint8Array ? [bytes] : bytes) await writeAll(file, part);
		}),
		appendFile: (path, bytes) => withFile(path, "a", (file) => writeAll(file, bytes)),
		truncate: async (path, length) => (await load()).truncate(path, length),
		fsync: (path) => withFile(path, "r+", (file) => file.sync()),
		async fsyncFolder(path) {
			if (process.platform === "win32") return;
			await withFile(path, "r", (file) => file.sync());
		},
		rename: async (from, to) => (await load()).rename(from, to),
		link: async (from, to) => (await load()).link(from, to),
		remove: async (path) => (await load()).rm(path),
		async makeFolder(path) {
			await makeFolders(await load(), path);
		},
		list: async (path) => (await (await load()).readdir(path)).sort(),
		async stat(path) {
			try {
				const stat = await (await load()).stat(path);
				return {
					kind: stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other",
					size: stat.size,
					modified: stat.mtimeMs
				};
			} catch (error) {
				if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return void 0;
				throw error;
			}
		},
		createExclusive: (path, bytes) => withFile(path, "wx", (file) => writeAll(file, bytes))
	};
}
//#endregion
export { deserializePart as _, nameOf as a, serializePart as b, trailerOf as c, memorySize as d, sha256 as f, builtInClasses as g, OptionPart as h, joinPath as i, checkJson as l, joinBytes as m, nodeVfs as n, magicOf as o, toHex as p, folderOf as r, splitTrailer as s, linkTarget as t, formatCount as u, getPart as v, isConfig as y };
