import { i as PawlError, n as FormatError } from "./errors-DC-FoqxE.js";
import { i as stridesOf, r as sizeOf } from "./shape-Cm7Ckhsa.js";
import { o as viewOf } from "./dtype-CoZs3mAt.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { m as joinBytes, s as splitTrailer, y as isConfig } from "./vfs-node-5nrdDM0o.js";
import { c as namedIn, g as H5Group, i as parseConfig, l as numbered, m as readNpy, r as entryText, s as layersIn, t as decodeOwnState, u as objectsIn } from "./own-state-CkjsBcj0.js";
//#region src/formats/hdf5/read/refusals.ts
/** The bytes do not say what they should: cut short, damaged or made up. */
function damaged$1(what, received, expected) {
	return new FormatError({
		code: "hdf5-damaged",
		what: `The HDF5 file is damaged: ${what}`,
		...received === void 0 ? {} : { received },
		...expected === void 0 ? {} : { expected },
		fix: "Take another copy of the file, or an earlier checkpoint"
	});
}
/** Something that reaches outside the file, or could use up memory or time. Never followed. */
function refused$1(code, what, fix) {
	return new FormatError({
		code: `hdf5-${code}`,
		what: `Refused: ${what}`,
		...fix === void 0 ? {} : { fix }
	});
}
/** A part of HDF5 that neither Keras nor h5py's defaults write. */
function unsupported(what) {
	return new FormatError({
		code: "hdf5-unsupported",
		what: `This HDF5 file uses ${what}, which is not read here`,
		fix: "Write it again with h5py's defaults (as Keras does)"
	});
}
//#endregion
//#region src/formats/hdf5/read/dataspace.ts
/** The shape in the dataspace message at `at`, or null for one that has no elements at all ("null" space). */
function readDataspace(source, at, end) {
	if (at + 4 > end) throw damaged$1("a dataspace is cut short");
	const version = source.u8(at);
	const rank = source.u8(at + 1);
	if (version !== 1 && version !== 2) throw unsupported(`dataspaces of version ${version}`);
	if (version === 2 && source.u8(at + 3) === 2) return null;
	const first = at + (version === 1 ? 8 : 4);
	if (rank > 32 || first + rank * 8 > end) throw damaged$1("a dataspace is cut short");
	const shape = Array.from({ length: rank }, (_, i) => source.u64(first + i * 8));
	if (!Number.isSafeInteger(shape.reduce((product, dim) => product * Math.max(1, dim), 1))) throw refused$1("too-large", `an array of shape (${shape.join(", ")})`);
	return shape;
}
//#endregion
//#region src/formats/hdf5/read/source.ts
/** Bytes of structure that may be looked at, as a multiple of the file: overlapping structures cannot hold us up. */
const WORK_FACTOR = 16;
const WORK_FLOOR = 2 ** 20;
const MAX_OBJECTS = 2 ** 20;
/** The bytes of a file behind checks of every offset, with the account of what reading them costs. */
var Source = class {
	bytes;
	view;
	work;
	memory;
	maxBytes;
	objects = 0;
	/** Addresses of all structures seen; each may be reached once, which rules out cycles and bombs of shared parts. */
	seen = /* @__PURE__ */ new Set();
	constructor(bytes, limits = {}) {
		this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.work = WORK_FLOOR + WORK_FACTOR * bytes.length;
		this.maxBytes = limits.maxBytes ?? 64 * 2 ** 20 + 2 * bytes.length;
		this.memory = this.maxBytes;
	}
	/** Makes sure that `size` bytes at `at` are in the file. */
	need(at, size, what) {
		if (!(at >= 0 && size >= 0 && at + size <= this.bytes.length)) throw damaged$1(`${what} lies outside the file`, `bytes ${at} to ${at + size}`, `at most ${this.bytes.length}`);
		if ((this.work -= size) < 0) throw refused$1("too-complex", "an HDF5 file whose structures overlap or repeat");
	}
	u8(at) {
		return this.view.getUint8(at);
	}
	u16(at) {
		return this.view.getUint16(at, true);
	}
	u32(at) {
		return this.view.getUint32(at, true);
	}
	/** A 64-bit offset or size; what exceeds 2^53 cannot be in any file. */
	u64(at) {
		return this.view.getUint32(at, true) + this.view.getUint32(at + 4, true) * 2 ** 32;
	}
	/** A 64-bit address, null when it is the undefined one. */
	address(at) {
		return this.view.getBigUint64(at, true) === 18446744073709551615n ? null : this.u64(at);
	}
	/** An unsigned number of 1, 2, 4 or 8 bytes. */
	uint(at, size) {
		return size === 1 ? this.u8(at) : size === 2 ? this.u16(at) : size === 4 ? this.u32(at) : this.u64(at);
	}
	/** Checks a four-letter signature. */
	signature(at, letters, what) {
		this.need(at, 4, what);
		const found = String.fromCharCode(...this.bytes.subarray(at, at + 4));
		if (found !== letters) throw damaged$1(`${what} does not begin as it must`, JSON.stringify(found), letters);
	}
	/** Notes that the structure at `address` is used. */
	once(address, what) {
		if (this.seen.has(address)) throw refused$1("cycle", `an HDF5 file in which ${what} is reached twice`);
		this.seen.add(address);
		if (++this.objects > MAX_OBJECTS) throw refused$1("too-many-objects", `an HDF5 file of more than ${MAX_OBJECTS} parts`);
	}
	/** Counts `size` bytes about to be allocated. */
	allocate(size, what) {
		if (Number.isSafeInteger(size) && (this.memory -= size) >= 0) return;
		throw refused$1("too-large", `${what} makes the contents larger than ${this.maxBytes} bytes, from a file of ${this.bytes.length}`, "If you trust the file, read it with a larger limit: { maxBytes }");
	}
};
const decodeText = (bytes) => new TextDecoder("utf-8").decode(bytes);
//#endregion
//#region src/formats/hdf5/read/datatype.ts
const CLASSES = [
	"integers",
	"floats",
	"times",
	"strings",
	"bit fields",
	"opaque data",
	"compounds",
	"references",
	"enumerations",
	"variable-length lists",
	"arrays"
];
/** Decodes the datatype message at `at`; `end` is the end of the message. */
function readDatatype(source, at, end) {
	if (at + 8 > end) throw damaged$1("a datatype is cut short");
	const version = source.u8(at) >> 4;
	const kind = source.u8(at) & 15;
	const bits = source.u8(at + 1);
	const size = source.u32(at + 4);
	if (size === 0) throw damaged$1("a datatype of no bytes");
	const other = {
		kind: "other",
		size,
		name: CLASSES[kind] ?? `type class ${kind}`
	};
	switch (kind) {
		case 0: return integer(bits, size) ?? other;
		case 1: return at + 20 <= end ? float(source, at, bits, size) ?? other : other;
		case 3: return {
			kind: "text",
			size,
			spacePadded: (bits & 15) === 2
		};
		case 5: return {
			kind: "opaque",
			size
		};
		case 8: return enumeration(source, at, end, version) ?? other;
		case 9: return (bits & 15) === 1 && size === 16 ? {
			kind: "vlen-text",
			size: 16
		} : other;
		default: return other;
	}
}
function integer(bits, size) {
	if (size !== 1 && size !== 2 && size !== 4 && size !== 8) return void 0;
	return {
		kind: "number",
		dtype: `${bits & 8 ? "int" : "uint"}${size * 8}`,
		size,
		swapped: (bits & 1) === 1
	};
}
function float(source, at, bits, size) {
	const dtype = {
		"2 5 10": "float16",
		"2 8 7": "bfloat16",
		"4 8 23": "float32",
		"8 11 52": "float64"
	}[`${size} ${source.u8(at + 13)} ${source.u8(at + 15)}`];
	if (dtype === void 0 || bits & 64) return void 0;
	return {
		kind: "number",
		dtype,
		size,
		swapped: (bits & 1) === 1
	};
}
/** h5py's bool, or any enumeration as the integers under it. */
function enumeration(source, at, end, version) {
	const count = source.u16(at + 1);
	const base = readDatatype(source, at + 8, end);
	if (base.kind !== "number") return void 0;
	if (count !== 2 || base.size !== 1) return base;
	let next = at + 20;
	const names = [];
	for (let i = 0; i < count; i++) {
		const rest = source.bytes.subarray(next, end);
		const length = rest.indexOf(0) + 1;
		if (length === 0) throw damaged$1("an enumeration is cut short");
		names.push(decodeText(rest.subarray(0, length - 1)));
		next += version < 3 ? Math.ceil(length / 8) * 8 : length;
	}
	if (next + 2 > end) throw damaged$1("an enumeration is cut short");
	return names[0] === "FALSE" && names[1] === "TRUE" && source.u8(next) === 0 && source.u8(next + 1) === 1 ? {
		...base,
		dtype: "bool"
	} : base;
}
//#endregion
//#region src/formats/hdf5/read/elements.ts
/**
* The tensor that `raw` (all elements as stored, its own memory) holds. Opaque elements of two bytes are bfloat16 when
* `named` says so, as Keras writes it.
*/
function toTensor(raw, type, shape, heap, named) {
	const count = sizeOf(shape);
	switch (type.kind) {
		case "number":
			if (type.swapped) swap(raw, type.size);
			return numbers(raw, type.dtype, shape);
		case "opaque":
			if (type.size === 2 && named === "bfloat16") return numbers(raw, "bfloat16", shape);
			throw unsupported(`opaque data of ${type.size} bytes`);
		case "text": return new Tensor(Array.from({ length: count }, (_, i) => fixedText(raw.subarray(i * type.size, (i + 1) * type.size), type)), shape, "string");
		case "vlen-text": {
			const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
			return new Tensor(Array.from({ length: count }, (_, i) => heap.text(view, i * 16)), shape, "string");
		}
		case "other": throw unsupported(type.name);
	}
}
function numbers(raw, dtype, shape) {
	return new Tensor(viewOf(dtype, raw.buffer, raw.byteOffset, sizeOf(shape)), shape, dtype);
}
function fixedText(bytes, { spacePadded }) {
	const zero = bytes.indexOf(0);
	const text = decodeText(zero < 0 ? bytes : bytes.subarray(0, zero));
	return spacePadded ? text.replace(/ +$/, "") : text;
}
/** Big-endian to little-endian, in place. */
function swap(bytes, size) {
	for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
//#endregion
//#region src/formats/hdf5/read/object-header.ts
/** Message types by their numbers in the specification. */
const MESSAGE = {
	dataspace: 1,
	linkInfo: 2,
	datatype: 3,
	fill: 5,
	link: 6,
	externalFiles: 7,
	layout: 8,
	groupInfo: 10,
	filters: 11,
	attribute: 12,
	continuation: 16,
	symbolTable: 17,
	attributeInfo: 21
};
/** All messages of the object header at `address`, of version 1 or 2. Messages kept elsewhere (shared) are refused. */
function readObjectHeader(source, address) {
	source.once(address, "an object");
	source.need(address, 16, "an object header");
	return source.u8(address) === 1 ? readVersion1(source, address) : readVersion2(source, address);
}
function readVersion1(source, address) {
	const size = source.u32(address + 8);
	return readBlocks(source, {
		start: address + 16,
		end: address + 16 + size
	}, 8, (at) => ({
		type: source.u16(at),
		size: source.u16(at + 2),
		flags: source.u8(at + 4)
	}));
}
function readVersion2(source, address) {
	source.signature(address, "OHDR", "an object header");
	const version = source.u8(address + 4);
	if (version !== 2) throw unsupported(`object headers of version ${version}`);
	const flags = source.u8(address + 5);
	const sizeAt = address + 6 + (flags & 32 ? 16 : 0) + (flags & 16 ? 4 : 0);
	const sizeBytes = 2 ** (flags & 3);
	source.need(sizeAt, sizeBytes, "an object header");
	const start = sizeAt + sizeBytes;
	const prefix = flags & 4 ? 6 : 4;
	return readBlocks(source, {
		start,
		end: start + source.uint(sizeAt, sizeBytes)
	}, prefix, (at) => ({
		type: source.u8(at),
		size: source.u16(at + 1),
		flags: source.u8(at + 3)
	}));
}
/** Reads the messages of a block and of the blocks that continue it. `prefix` is the size of a message's own header. */
function readBlocks(source, first, prefix, read) {
	const out = [];
	const blocks = [first];
	const version2 = prefix < 8;
	for (const { start, end } of blocks) {
		source.need(start, end - start, "a block of header messages");
		let at = start;
		while (at + prefix <= end) {
			const { type, size, flags } = read(at);
			at += prefix;
			source.need(at, size, "a header message");
			if (at + size > end) break;
			if (flags & 2 && type !== 0) throw refused$1("shared-message", "an object whose description lies elsewhere");
			if (type === MESSAGE.continuation) blocks.push(continuation(source, at, version2));
			else if (type !== 0) out.push({
				type,
				start: at,
				size
			});
			at += size;
		}
	}
	return out;
}
function continuation(source, at, version2) {
	const start = source.u64(at);
	const size = source.u64(at + 8);
	source.once(start, "a block of header messages");
	if (!version2) return {
		start,
		end: start + size
	};
	source.signature(start, "OCHK", "a block of header messages");
	return {
		start: start + 4,
		end: start + size - 4
	};
}
//#endregion
//#region src/formats/hdf5/read/attributes.ts
/**
* The attributes among an object's header messages. Those of types that have no counterpart here (references,
* compounds, no value at all) are left out: they belong to other programs' bookkeeping.
*/
function readAttributes(source, messages, heap) {
	const out = /* @__PURE__ */ new Map();
	for (const message of messages) {
		if (message.type === MESSAGE.attributeInfo) checkInfo(source, message);
		if (message.type !== MESSAGE.attribute) continue;
		const { name, value } = readAttribute(source, message, heap);
		if (value !== void 0) out.set(name, value);
	}
	return out;
}
function readAttribute(source, { start, size }, heap) {
	const end = start + size;
	if (size < 9) throw damaged$1("an attribute is cut short");
	const version = source.u8(start);
	if (version < 1 || version > 3) throw unsupported(`attributes of version ${version}`);
	if (version > 1 && source.u8(start + 1) !== 0) throw refused$1("shared-message", "an attribute described elsewhere");
	const padded = (length) => version === 1 ? Math.ceil(length / 8) * 8 : length;
	const nameBytes = source.u16(start + 2);
	const typeBytes = source.u16(start + 4);
	const spaceBytes = source.u16(start + 6);
	const nameAt = start + (version === 3 ? 9 : 8);
	const typeAt = nameAt + padded(nameBytes);
	const spaceAt = typeAt + padded(typeBytes);
	const dataAt = spaceAt + padded(spaceBytes);
	if (nameBytes === 0 || dataAt > end) throw damaged$1("an attribute is cut short");
	const name = decodeText(source.bytes.subarray(nameAt, nameAt + nameBytes - 1));
	const type = readDatatype(source, typeAt, typeAt + typeBytes);
	const shape = readDataspace(source, spaceAt, spaceAt + spaceBytes);
	if (shape === null || type.kind === "other" || type.kind === "opaque") return {
		name,
		value: void 0
	};
	const count = shape.reduce((product, dim) => product * dim, 1);
	if (dataAt + count * type.size > end) throw damaged$1(`the attribute ${JSON.stringify(name)} is cut short`, `${end - dataAt} bytes`, `${count * type.size}`);
	source.allocate(count * type.size, `the attribute ${JSON.stringify(name)}`);
	return {
		name,
		value: plain(toTensor(source.bytes.slice(dataAt, dataAt + count * type.size), type, shape, heap))
	};
}
/** Scalars and lists of text as JavaScript has them. */
function plain(tensor) {
	const { data, dtype, shape } = tensor;
	if (dtype === "string" && shape.length === 1) return data;
	const first = data[0];
	if (shape.length > 0 || first === void 0 || dtype === "float16" || dtype === "bfloat16") return tensor;
	return dtype === "bool" ? first === 1 : first;
}
function checkInfo(source, { start }) {
	const heap = start + 2 + (source.u8(start + 1) & 1 ? 2 : 0);
	source.need(heap, 8, "a list of attributes");
	if (source.address(heap) !== null) throw unsupported("objects with many attributes in the \"latest\" layout");
}
//#endregion
//#region src/formats/hdf5/read/filters.ts
const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
/** Filters of a dataset, in the order in which they were applied to write it. */
function readFilters(source, { start, size }) {
	const end = start + size;
	const version = source.u8(start);
	const count = source.u8(start + 1);
	let at = start + (version === 1 ? 8 : 2);
	const ids = [];
	for (let i = 0; i < count; i++) {
		if (at + 8 > end) throw damaged$1("a list of filters is cut short");
		const id = source.u16(at);
		const named = version === 1 || id >= 256;
		const nameBytes = named ? source.u16(at + 2) : 0;
		const values = source.u16(at + (named ? 6 : 4));
		at += named ? 8 : 6;
		if (id !== DEFLATE && id !== SHUFFLE && id !== FLETCHER32) {
			const name = decodeText(source.bytes.subarray(at, Math.min(end, at + nameBytes))).replace(/\0.*$/s, "");
			throw refused$1("unknown-filter", `data packed with filter ${id}${name === "" ? "" : ` (${JSON.stringify(name)})`}`, "Only gzip, shuffle and fletcher32 are read; write the file without other filters");
		}
		ids.push(id);
		at += Math.ceil(nameBytes / 8) * 8 * (version === 1 ? 1 : 0) + (version === 1 ? 0 : nameBytes);
		at += values * 4 + (version === 1 && values % 2 === 1 ? 4 : 0);
	}
	return ids;
}
/** Undoes the filters of one chunk of `size` bytes. Bit i of `skipped` says that filter i was not applied. */
async function unfilter(stored, filters, skipped, size, elementSize) {
	let bytes = stored;
	for (let i = filters.length - 1; i >= 0; i--) {
		if (skipped & 1 << i) continue;
		if (filters[i] === DEFLATE) bytes = await inflate(bytes, size + 4);
		else if (filters[i] === SHUFFLE) bytes = unshuffle(bytes, elementSize);
		else bytes = checkFletcher32(bytes);
	}
	if (bytes.length !== size) throw damaged$1("a chunk has another size than declared", `${bytes.length}`, `${size}`);
	return bytes;
}
/** zlib's inflate that gives up as soon as more than `limit` bytes come out. */
async function inflate(bytes, limit) {
	const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
	const parts = [];
	let length = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			length += value.length;
			if (length > limit) throw damaged$1("a chunk unpacks to more than declared", void 0, `at most ${limit} bytes`);
			parts.push(value);
		}
	} catch (error) {
		await reader.cancel().catch(() => void 0);
		throw error instanceof TypeError || !(error instanceof Error) || !("data" in error) ? damaged$1("a packed chunk cannot be unpacked") : error;
	}
	return joinBytes(parts);
}
/** Byte k of all elements lies together; a rest that fills no element stays at the end. */
function unshuffle(bytes, size) {
	const count = Math.floor(bytes.length / size);
	const out = new Uint8Array(bytes.length);
	for (let k = 0; k < size; k++) for (let i = 0; i < count; i++) out[i * size + k] = bytes[k * count + i];
	out.set(bytes.subarray(count * size), count * size);
	return out;
}
/** Checks and takes off the checksum: Fletcher's over big-endian 16-bit words (H5_checksum_fletcher32). */
function checkFletcher32(bytes) {
	if (bytes.length < 4) throw damaged$1("a checksum is missing");
	const data = bytes.subarray(0, bytes.length - 4);
	const stored = new DataView(bytes.buffer, bytes.byteOffset + data.length, 4).getUint32(0, true);
	const fold = (sum) => (sum & 65535) + (sum >>> 16);
	let first = 0;
	let second = 0;
	const words = data.length >> 1;
	for (let i = 0; i < words;) {
		const stop = Math.min(words, i + 360);
		for (; i < stop; i++) {
			first += data[i * 2] << 8 | data[i * 2 + 1];
			second += first;
		}
		first = fold(first);
		second = fold(second);
	}
	if (data.length % 2 === 1) {
		first += data[data.length - 1] << 8;
		second += first;
		first = fold(first);
		second = fold(second);
	}
	const sum = (fold(second) << 16 | fold(first)) >>> 0;
	const old = ((sum & 16711935) << 8 | sum >>> 8 & 16711935) >>> 0;
	if (stored !== sum && stored !== old) throw damaged$1("a chunk does not match its checksum");
	return data;
}
//#endregion
//#region src/formats/hdf5/read/chunks.ts
const MAX_LEVELS$1 = 16;
/** Bytes that chunks may unpack to, as a multiple of the array: the last chunk of each axis reaches over its edge. */
const OVERHANG = 4;
const OVERHANG_FLOOR = 2 ** 20;
/** Fills `out` (the whole array, as stored elements) from its chunks. */
async function readChunks(source, layout, shape, filters, out) {
	const { chunk, elementSize } = layout;
	if (chunk.length !== shape.length || chunk.some((dim) => dim === 0) || elementSize === 0) throw damaged$1("the chunks do not fit the array", `chunks of (${chunk})`, `an array of (${shape})`);
	const chunkBytes = sizeOf(chunk) * elementSize;
	const count = sizeOf(shape.map((dim, axis) => Math.ceil(dim / chunk[axis])));
	if (!(chunkBytes * count <= OVERHANG_FLOOR + OVERHANG * out.length)) throw refused$1("too-large", `chunks of ${chunkBytes} bytes for an array of ${out.length} bytes`);
	if (layout.address === null || count === 0) return;
	const chunks = listChunks(source, layout, shape, chunkBytes);
	if (chunks.length > count) throw damaged$1("an array has more chunks than fit into it", `${chunks.length}`, `${count}`);
	for (const { address, size, skipped, origin } of chunks) {
		source.need(address, size, "a chunk");
		copyChunk(await unfilter(source.bytes.subarray(address, address + size), filters, skipped, chunkBytes, elementSize), chunk, origin, out, shape, elementSize);
	}
}
function listChunks(source, layout, shape, chunkBytes) {
	const address = layout.address;
	const zero = shape.map(() => 0);
	if (layout.index === "single") {
		const { size, skipped } = layout.stored ?? {
			size: chunkBytes,
			skipped: 0
		};
		return [{
			address,
			size,
			skipped,
			origin: zero
		}];
	}
	const out = [];
	if (layout.index === "tree") {
		listTree(source, address, shape.length, 0, out);
		return out;
	}
	const grid = shape.map((dim, axis) => Math.ceil(dim / layout.chunk[axis]));
	const strides = stridesOf(grid);
	for (let i = 0; i < sizeOf(grid); i++) {
		const origin = grid.map((dim, axis) => Math.floor(i / strides[axis]) % dim * layout.chunk[axis]);
		out.push({
			address: address + i * chunkBytes,
			size: chunkBytes,
			skipped: 0,
			origin
		});
	}
	return out;
}
/** Leaves of a version 1 B-tree of chunks: keys are (size, skipped filters, origin, 0). */
function listTree(source, node, rank, depth, out) {
	if (depth > MAX_LEVELS$1) throw damaged$1("an index of chunks is too deep");
	source.once(node, "a node of an index of chunks");
	source.signature(node, "TREE", "an index of chunks");
	source.need(node, 24, "an index of chunks");
	if (source.u8(node + 4) !== 1) throw damaged$1("an index of chunks is of another kind");
	const level = source.u8(node + 5);
	const count = source.u16(node + 6);
	const keyBytes = 8 + (rank + 1) * 8;
	source.need(node + 24, count * (keyBytes + 8) + keyBytes, "an index of chunks");
	for (let i = 0; i < count; i++) {
		const key = node + 24 + i * (keyBytes + 8);
		const address = source.u64(key + keyBytes);
		if (level > 0) {
			listTree(source, address, rank, depth + 1, out);
			continue;
		}
		const origin = Array.from({ length: rank }, (_, axis) => source.u64(key + 8 + axis * 8));
		out.push({
			address,
			size: source.u32(key),
			skipped: source.u32(key + 4),
			origin
		});
	}
}
/** Copies the part of a chunk that lies inside the array, a run of the last axis at a time. */
function copyChunk(bytes, chunk, origin, out, shape, size) {
	const last = shape.length - 1;
	if (origin.some((start, axis) => start >= shape[axis] || start % chunk[axis] !== 0)) throw damaged$1("a chunk lies outside its array", `at (${origin})`, `an array of (${shape})`);
	const extent = shape.map((dim, axis) => Math.min(chunk[axis], dim - origin[axis]));
	const from = stridesOf(chunk);
	const to = stridesOf(shape);
	const run = (extent[last] ?? 1) * size;
	const visit = (axis, source, target) => {
		if (axis >= last) {
			out.set(bytes.subarray(source * size, source * size + run), target * size);
			return;
		}
		for (let i = 0; i < extent[axis]; i++) visit(axis + 1, source + i * from[axis], target + i * to[axis]);
	};
	visit(0, 0, origin.reduce((sum, start, axis) => sum + start * to[axis], 0));
}
//#endregion
//#region src/formats/hdf5/read/layout.ts
const INDEXES = [
	"",
	"single",
	"implicit",
	"a fixed array",
	"an extensible array",
	"a version 2 B-tree"
];
/** Decodes the data layout message. */
function readLayout(source, { start, size }) {
	const end = start + size;
	const fits = (at, bytes) => {
		if (at + bytes > end) throw damaged$1("a data layout is cut short");
	};
	fits(start, 2);
	const version = source.u8(start);
	const kind = source.u8(start + 1);
	if (version === 4 && kind === 3) throw refused$1("virtual-dataset", "a virtual dataset, whose data lies in other files");
	if (version !== 3 && version !== 4) throw unsupported(`data layouts of version ${version}`);
	if (kind === 0) {
		fits(start, 4);
		const bytes = source.u16(start + 2);
		fits(start + 4, bytes);
		return {
			kind: "compact",
			start: start + 4,
			size: bytes
		};
	}
	if (kind === 1) {
		fits(start, 18);
		return {
			kind: "contiguous",
			address: source.address(start + 2),
			size: source.u64(start + 10)
		};
	}
	if (kind !== 2) throw damaged$1(`a data layout of class ${kind}`);
	if (version === 3) {
		fits(start, 11);
		const rank = source.u8(start + 2) - 1;
		fits(start + 11, (rank + 1) * 4);
		const chunk = Array.from({ length: rank }, (_, i) => source.u32(start + 11 + i * 4));
		const elementSize = source.u32(start + 11 + rank * 4);
		return {
			kind: "chunked",
			index: "tree",
			address: source.address(start + 3),
			chunk,
			elementSize
		};
	}
	return chunkedVersion4(source, start, fits);
}
function chunkedVersion4(source, start, fits) {
	fits(start, 5);
	const flags = source.u8(start + 2);
	const rank = source.u8(start + 3) - 1;
	const width = source.u8(start + 4);
	if (![
		1,
		2,
		4,
		8
	].includes(width)) throw damaged$1(`chunk dimensions of ${width} bytes`);
	fits(start + 5, (rank + 1) * width + 1);
	const dims = Array.from({ length: rank + 1 }, (_, i) => source.uint(start + 5 + i * width, width));
	const elementSize = dims.pop() ?? 0;
	let at = start + 5 + (rank + 1) * width;
	const index = source.u8(at++);
	if (index !== 1 && index !== 2) throw unsupported(`chunks indexed by ${INDEXES[index] ?? `index type ${index}`}`);
	const filtered = index === 1 && (flags & 2) !== 0;
	fits(at, filtered ? 20 : 8);
	const stored = filtered ? {
		size: source.u64(at),
		skipped: source.u32(at + 8)
	} : void 0;
	if (filtered) at += 12;
	return {
		kind: "chunked",
		index: index === 1 ? "single" : "implicit",
		address: source.address(at),
		chunk: dims,
		elementSize,
		...stored && { stored }
	};
}
//#endregion
//#region src/formats/hdf5/read/dataset.ts
/** Reads the dataset with these header messages, attributes included. */
async function readDataset(source, messages, path, heap) {
	const only = (type) => messages.find((message) => message.type === type);
	if (only(MESSAGE.externalFiles) !== void 0) throw refused$1("external-file", `the data of "${path}" lies in other files`, "Copy the data into the file");
	const typeAt = only(MESSAGE.datatype);
	const spaceAt = only(MESSAGE.dataspace);
	const layoutAt = only(MESSAGE.layout);
	if (typeAt === void 0 || spaceAt === void 0 || layoutAt === void 0) throw damaged$1(`"${path}" is not described in full`);
	const type = readDatatype(source, typeAt.start, typeAt.start + typeAt.size);
	if (type.kind === "other") throw unsupported(`${type.name} in "${path}"`);
	const shape = readDataspace(source, spaceAt.start, spaceAt.start + spaceAt.size) ?? [0];
	const attrs = readAttributes(source, messages, heap);
	const raw = await readElements(source, messages, layoutAt, type, shape, path);
	const named = attrs.get("dtype");
	return {
		tensor: toTensor(raw, type, shape, heap, typeof named === "string" ? named : void 0),
		attrs
	};
}
/** All elements as they are stored, copied out of the file. */
async function readElements(source, messages, layoutAt, type, shape, path) {
	const layout = readLayout(source, layoutAt);
	const size = shape.reduce((product, dim) => product * dim, type.size);
	source.allocate(size, `"${path}" of shape (${shape.join(", ")})`);
	if (layout.kind === "chunked") {
		const pipeline = messages.find((message) => message.type === MESSAGE.filters);
		const filters = pipeline === void 0 ? [] : readFilters(source, pipeline);
		if (layout.elementSize !== type.size) throw damaged$1(`the chunks of "${path}" do not fit its elements`);
		const out = filled(source, messages, type, size);
		await readChunks(source, layout, shape, filters, out);
		return out;
	}
	const start = layout.kind === "compact" ? layout.start : layout.address;
	if (start === null || size === 0) return filled(source, messages, type, size);
	if (layout.size < size) throw damaged$1(`"${path}" is larger than its storage`, `${layout.size} bytes`, `${size}`);
	source.need(start, size, `the data of "${path}"`);
	return source.bytes.slice(start, start + size);
}
/** Memory in which every element is the dataset's fill value (zeros unless one is set). */
function filled(source, messages, type, size) {
	const out = new Uint8Array(size);
	const message = messages.find(({ type: id }) => id === MESSAGE.fill);
	if (message === void 0 || message.size < 8) return out;
	const { start } = message;
	const version = source.u8(start);
	const defined = version === 3 ? (source.u8(start + 1) & 32) !== 0 : source.u8(start + 3) === 1;
	const sizeAt = start + (version === 3 ? 2 : 4);
	if (!defined || source.u32(sizeAt) !== type.size || sizeAt + 4 + type.size > start + message.size) return out;
	const value = source.bytes.subarray(sizeAt + 4, sizeAt + 4 + type.size);
	if (value.some((byte) => byte !== 0)) for (let at = 0; at < size; at += type.size) out.set(value, at);
	return out;
}
//#endregion
//#region src/formats/hdf5/read/links.ts
const SYMBOLIC = 2;
const HARD = 0;
const MAX_LEVELS = 16;
/** Children of the group with these header messages. Links that point anywhere but into the file are refused. */
function readLinks(source, messages) {
	const links = [];
	for (const message of messages) if (message.type === MESSAGE.symbolTable) readSymbolTable(source, message, links);
	else if (message.type === MESSAGE.link) links.push(readLinkMessage(source, message));
	else if (message.type === MESSAGE.linkInfo) checkLinkInfo(source, message);
	const names = /* @__PURE__ */ new Set();
	for (const { name } of links) {
		if (names.has(name)) throw damaged$1(`a group has two children named ${JSON.stringify(name)}`);
		names.add(name);
	}
	return links;
}
function readSymbolTable(source, { start }, links) {
	const heap = source.u64(start + 8);
	source.signature(heap, "HEAP", "a group's heap of names");
	source.need(heap, 32, "a group's heap of names");
	const size = source.u64(heap + 8);
	const names = source.u64(heap + 24);
	source.need(names, size, "a group's heap of names");
	readTree(source, source.u64(start), 0, (node) => {
		source.signature(node, "SNOD", "a symbol node");
		source.need(node, 8, "a symbol node");
		const count = source.u16(node + 6);
		source.need(node + 8, count * 40, "a symbol node");
		for (let i = 0; i < count; i++) {
			const entry = node + 8 + i * 40;
			const name = textIn(source, names, size, source.u64(entry));
			if (source.u32(entry + 16) === SYMBOLIC) throw softLink(name);
			links.push({
				name,
				address: source.u64(entry + 8)
			});
		}
	});
}
/** Visits the leaves of a version 1 B-tree of groups. */
function readTree(source, node, depth, leaf) {
	if (depth > MAX_LEVELS) throw damaged$1("a group's B-tree is too deep");
	source.once(node, "a node of a group's B-tree");
	source.signature(node, "TREE", "a group's B-tree");
	source.need(node, 24, "a group's B-tree");
	const level = source.u8(node + 5);
	const count = source.u16(node + 6);
	if (source.u8(node + 4) !== 0) throw damaged$1("a group's B-tree is of another kind");
	source.need(node + 24, 8 + count * 16, "a group's B-tree");
	for (let i = 0; i < count; i++) {
		const child = source.u64(node + 32 + i * 16);
		if (level > 0) readTree(source, child, depth + 1, leaf);
		else {
			source.once(child, "a symbol node");
			leaf(child);
		}
	}
}
function textIn(source, start, size, offset) {
	if (offset >= size) throw damaged$1("a name lies outside its heap");
	const rest = source.bytes.subarray(start + offset, start + size);
	const length = rest.indexOf(0);
	if (length < 0) throw damaged$1("a name does not end inside its heap");
	source.need(start + offset, length, "a name");
	return decodeText(rest.subarray(0, length));
}
function readLinkMessage(source, { start, size }) {
	const end = start + size;
	if (source.u8(start) !== 1) throw unsupported(`link messages of version ${source.u8(start)}`);
	const flags = source.u8(start + 1);
	let at = start + 2;
	const type = flags & 8 ? source.u8(at++) : HARD;
	if (flags & 4) at += 8;
	if (flags & 16) at += 1;
	const lengthBytes = 2 ** (flags & 3);
	if (at + lengthBytes > end) throw damaged$1("a link is cut short");
	const length = source.uint(at, lengthBytes);
	at += lengthBytes;
	if (at + length + 8 > end && type === HARD) throw damaged$1("a link is cut short");
	source.need(at, length, "a link's name");
	const name = decodeText(source.bytes.subarray(at, at + length));
	if (type === 1) throw softLink(name);
	if (type !== HARD) throw refused$1("external-link", `the link ${JSON.stringify(name)} leads to another file`);
	return {
		name,
		address: source.u64(at + length)
	};
}
function checkLinkInfo(source, { start }) {
	const heap = start + 2 + (source.u8(start + 1) & 1 ? 8 : 0);
	source.need(heap, 8, "a group's description");
	if (source.address(heap) !== null) throw unsupported("groups of many links in the \"latest\" layout");
}
function softLink(name) {
	return refused$1("soft-link", `the symbolic link ${JSON.stringify(name)}`, "Copy the data in place of the link");
}
//#endregion
//#region src/formats/hdf5/read/superblock.ts
const SIGNATURE = [
	137,
	72,
	68,
	70,
	13,
	10,
	26,
	10
];
/** Address of the root group's object header. Superblocks 0 to 3 at the front of the file. */
function readSuperblock(source) {
	if (source.bytes.length < 48 || SIGNATURE.some((byte, i) => source.bytes[i] !== byte)) throw new FormatError({
		code: "not-hdf5",
		what: "This is not an HDF5 file",
		received: source.bytes.length === 0 ? "an empty file" : `${source.bytes.length} bytes that begin otherwise`,
		expected: "a file that begins with \"\\x89HDF\""
	});
	const version = source.u8(8);
	if (version > 3) throw unsupported(`superblock version ${version}`);
	return version < 2 ? oldSuperblock(source, version) : newSuperblock(source);
}
function oldSuperblock(source, version) {
	const fields = version === 0 ? 24 : 28;
	source.need(0, fields + 72, "the superblock");
	checkSizes(source.u8(13), source.u8(14));
	checkExtent(source, source.u64(fields), source.u64(fields + 16));
	if (source.address(fields + 24) !== null) throw unsupported("a file driver");
	return source.u64(fields + 40);
}
function newSuperblock(source) {
	checkSizes(source.u8(9), source.u8(10));
	checkExtent(source, source.u64(12), source.u64(28));
	return source.u64(36);
}
function checkSizes(offsets, lengths) {
	if (offsets !== 8 || lengths !== 8) throw unsupported(`offsets of ${offsets} and lengths of ${lengths} bytes`);
}
function checkExtent(source, base, end) {
	if (base !== 0) throw unsupported("a user block");
	if (end > source.bytes.length) throw damaged$1("it is cut short", `${source.bytes.length} bytes`, `${end}, as its superblock says`);
}
//#endregion
//#region src/formats/hdf5/read/text-heap.ts
/** Reads variable-length strings out of global heap collections; each collection is indexed once. */
var TextHeapReader = class {
	source;
	collections = /* @__PURE__ */ new Map();
	constructor(source) {
		this.source = source;
	}
	/** The text that the 16-byte reference at `at` (in `view`) names. */
	text(view, at) {
		const length = view.getUint32(at, true);
		if (length === 0) return "";
		const address = view.getUint32(at + 4, true) + view.getUint32(at + 8, true) * 2 ** 32;
		const index = view.getUint32(at + 12, true);
		const object = this.collection(address).get(index);
		if (object === void 0 || length > object.size) throw damaged$1("a text lies outside its heap");
		this.source.allocate(length, "a text");
		const bytes = this.source.bytes.subarray(object.start, object.start + length);
		const zero = bytes.indexOf(0);
		return decodeText(zero < 0 ? bytes : bytes.subarray(0, zero));
	}
	collection(address) {
		const known = this.collections.get(address);
		if (known !== void 0) return known;
		const { source } = this;
		source.signature(address, "GCOL", "a heap of texts");
		source.need(address, 16, "a heap of texts");
		const size = source.u64(address + 8);
		source.need(address, size, "a heap of texts");
		const objects = /* @__PURE__ */ new Map();
		for (let at = address + 16; at + 16 <= address + size;) {
			const index = source.u16(at);
			const bytes = source.u64(at + 8);
			if (index === 0) break;
			if (at + 16 + bytes > address + size) throw damaged$1("a text is larger than its heap");
			objects.set(index, {
				start: at + 16,
				size: bytes
			});
			at += 16 + Math.ceil(bytes / 8) * 8;
		}
		this.collections.set(address, objects);
		return objects;
	}
};
//#endregion
//#region src/formats/hdf5/read/read.ts
const MAX_DEPTH = 64;
/**
* Reads an HDF5 file into a tree, as data and nothing but data: every offset is checked before it is followed, every
* allocation counted against a limit, and whatever leads out of the file (external files, virtual datasets, soft and
* external links, filters that are plugins) is refused, as are cycles, things reached twice and nesting below 64
* groups. Superblocks 0 to 3, symbol tables and link messages; contiguous, compact and chunked data with gzip, shuffle
* and fletcher32. Format: HDF5 File Format Specification 3.0.
* @throws {FormatError} for anything else
*/
async function readHdf5(bytes, limits) {
	const source = new Source(bytes, limits);
	const heap = new TextHeapReader(source);
	try {
		return await readGroup(source, readObjectHeader(source, readSuperblock(source)), "", heap);
	} catch (error) {
		if (error instanceof PawlError || !(error instanceof RangeError)) throw error;
		throw damaged$1("a part of it is cut short");
	}
}
async function readGroup(source, messages, path, heap) {
	const group = new H5Group();
	for (const [name, value] of readAttributes(source, messages, heap)) group.attrs.set(name, value);
	for (const { name, address } of readLinks(source, messages)) {
		const childPath = `${path}/${name}`;
		const child = readObjectHeader(source, address);
		const has = (type) => child.some((message) => message.type === type);
		if (has(MESSAGE.layout)) group.datasets.set(name, await readDataset(source, child, childPath, heap));
		else if (has(MESSAGE.symbolTable) || has(MESSAGE.linkInfo)) {
			if (childPath.split("/").length > MAX_DEPTH) throw refused$1("too-deep", `groups nested deeper than ${MAX_DEPTH}`);
			group.groups.set(name, await readGroup(source, child, childPath, heap));
		} else if (!has(MESSAGE.datatype)) throw damaged$1(`"${childPath}" is neither a group nor a dataset`);
	}
	return group;
}
//#endregion
//#region src/formats/zip/read.ts
const STORED = 0;
const DEFLATED = 8;
/**
* All files of a zip archive by name, in the archive's order, with sizes, checksums and headers verified. Refused
* before anything is unpacked: absolute paths and "..", two entries of one name, symbolic links, encryption, local
* headers that contradict the directory, overlapping entries, and declared sizes beyond the limit.
* @throws {FormatError}
*/
async function readZip(bytes, limits = {}) {
	const { ZipReader, Uint8ArrayReader, configure } = await import("@zip.js/zip.js");
	configure({ useWebWorkers: false });
	const reader = new ZipReader(new Uint8ArrayReader(bytes), {
		checkSignature: true,
		strictness: "strict",
		checkOverlappingEntry: true
	});
	try {
		const entries = await reader.getEntries();
		const maxBytes = limits.maxBytes ?? 32 * 2 ** 20 + 2 * bytes.length;
		const names = /* @__PURE__ */ new Set();
		let total = 0;
		for (const entry of entries) {
			checkName(entry.filename, names);
			if (entry.symlink) throw refused("zip-symlink", `"${entry.filename}" is a symbolic link`);
			if (entry.encrypted) throw refused("zip-encrypted", `"${entry.filename}" is encrypted`);
			const method = entry.compressionMethod;
			if (method !== STORED && method !== DEFLATED) throw refused("zip-method", `"${entry.filename}" is packed by method ${method}, which is neither stored nor deflated`);
			total += entry.uncompressedSize;
			if (!(total <= maxBytes)) throw new FormatError({
				code: "zip-too-large",
				what: `Refused: the archive unpacks to more than ${maxBytes} bytes, from ${bytes.length}`,
				fix: "If you trust the file, read it with a larger limit: { maxBytes }"
			});
		}
		const out = /* @__PURE__ */ new Map();
		for (const entry of entries) {
			if (!("getData" in entry) || entry.getData === void 0) continue;
			out.set(entry.filename, await unpack(entry.filename, entry.uncompressedSize, (into) => entry.getData(into)));
		}
		return out;
	} catch (error) {
		if (error instanceof PawlError) throw error;
		throw new FormatError({
			code: "zip-damaged",
			what: `The archive cannot be read: ${error instanceof Error ? error.message : String(error)}`,
			fix: "Take another copy of the file, or an earlier checkpoint",
			cause: error
		});
	} finally {
		await reader.close();
	}
}
/** Collects exactly `size` bytes. */
async function unpack(name, size, getData) {
	const out = new Uint8Array(size);
	let at = 0;
	await getData(new WritableStream({ write(part) {
		if (at + part.length > size) throw wrongSize(name, `more than ${size} bytes`);
		out.set(part, at);
		at += part.length;
	} }));
	if (at !== size) throw wrongSize(name, `${at} bytes of ${size}`);
	return out;
}
function checkName(name, names) {
	const parts = name.split("/");
	if (name === "" || name.startsWith("/") || /^[A-Za-z]:|[\\\0]/.test(name) || parts.includes("..")) throw refused("zip-path", `the entry ${JSON.stringify(name)} would lie outside the archive's folder`);
	if (names.has(name)) throw refused("zip-duplicate", `two entries are named "${name}"`);
	names.add(name);
}
function wrongSize(name, received) {
	return new FormatError({
		code: "zip-damaged",
		what: `"${name}" in the archive does not have its declared size`,
		received,
		fix: "Take another copy of the file, or an earlier checkpoint"
	});
}
function refused(code, what) {
	return new FormatError({
		code,
		what: `Refused: ${what}`
	});
}
//#endregion
//#region src/saving/keras2-activations.ts
/** Says so when a Keras 2 model uses a function that Keras 3 has under the same name with other values. */
function warnOfChangedActivations(model, file) {
	if (!usesHardSigmoid(model)) return;
	console.warn(`"${file}" was written by Keras 2, whose hard_sigmoid is 0.2 x + 0.5 between 0 and 1. Here it is x / 6 + 0.5, as in Keras 3, so that predictions differ. Train on before they are relied on, or replace the activation.`);
}
function usesHardSigmoid(json) {
	if (Array.isArray(json)) return json.some(usesHardSigmoid);
	if (!isConfig(json)) return false;
	return Object.entries(json).some(([key, value]) => key.endsWith("activation") ? value === "hard_sigmoid" : usesHardSigmoid(value));
}
//#endregion
//#region src/saving/keras2-metrics.ts
/**
* Compile arguments of a Keras 2 file as their user gave them. Where a model has several outputs, Keras 2 renames the
* metrics themselves (`acc` of the output `kind` is stored as `kind_acc`), so that each load would put the output's name
* in front once more and logs would change their keys.
* @param model the model's config
*/
function withPlainMetricNames(compile, model) {
	const outputs = outputNames(model);
	if (outputs.length < 2) return compile;
	const plain = (key) => compile[key] === void 0 ? {} : { [key]: plainNames(compile[key], outputs) };
	return {
		...compile,
		...plain("metrics"),
		...plain("weighted_metrics")
	};
}
function outputNames(model) {
	const outputs = isConfig(model["config"]) ? model["config"]["output_layers"] : null;
	if (!Array.isArray(outputs)) return [];
	const names = outputs.map((output) => Array.isArray(output) ? output[0] : null);
	return names.every((name) => typeof name === "string") ? names : [];
}
/** A list with an entry an output, or an object of them by name. */
function plainNames(metrics, outputs) {
	if (Array.isArray(metrics)) {
		const byOutput = metrics;
		if (byOutput.length !== outputs.length) return metrics;
		return byOutput.map((entry, i) => withoutPrefix(entry, `${outputs[i]}_`));
	}
	if (!isConfig(metrics)) return metrics;
	return Object.fromEntries(Object.entries(metrics).map(([name, entry]) => [name, withoutPrefix(entry, `${name}_`)]));
}
function withoutPrefix(entry, prefix) {
	if (Array.isArray(entry)) return entry.map((item) => withoutPrefix(item, prefix));
	if (!isConfig(entry) || !isConfig(entry["config"])) return entry;
	const { name } = entry["config"];
	if (typeof name !== "string" || !name.startsWith(prefix)) return entry;
	return {
		...entry,
		config: {
			...entry["config"],
			name: name.slice(prefix.length)
		}
	};
}
//#endregion
//#region src/saving/read-file.ts
/**
* Checks the digest, tells the container by its first bytes, and reads it.
* @throws {FormatError} for damaged, edited and other files
*/
async function readFileParts(bytes, options) {
	const { file } = options;
	if (bytes.length === 0) throw otherKind(file, "an empty file");
	const { body, trailer } = await splitTrailer(bytes);
	if (trailer === "damaged" && options.allowEdited !== true) throw damaged(file);
	if (isHdf5(body)) {
		const root = await readHdf5(body);
		const group = root.groups.get("pawl");
		const state = group?.attrs.get("state");
		const tensors = group?.groups.get("tensors");
		return hdf5Parts(root, ownState(typeof state === "string" ? {
			json: state,
			tensors: tensors === void 0 ? [] : numbered(tensors)
		} : null, trailer, options), trailer === "intact", body.length);
	}
	if (isZip(body)) {
		const entries = await readZip(body);
		return zipParts(entries, ownState(ownInZip(entries, file, body.length), trailer, options), trailer === "intact", file, body.length);
	}
	throw otherKind(file, firstBytes(body));
}
function hdf5Parts(root, own, digest, size) {
	const version = root.attrs.get("keras_version") ?? root.groups.get("model_weights")?.attrs.get("keras_version");
	const keras = typeof version === "string" ? version : null;
	return {
		container: "hdf5",
		root,
		own,
		size,
		origin: {
			container: "hdf5",
			digest,
			pawl: own?.pawl ?? null,
			keras
		}
	};
}
function zipParts(entries, own, digest, file, size) {
	const text = entries.get("metadata.json");
	const where = `metadata.json of "${file}"`;
	const metadata = text === void 0 ? null : parseConfig(entryText(text, where, size), where);
	const version = isConfig(metadata) ? metadata["keras_version"] : void 0;
	const keras = typeof version === "string" ? version : null;
	return {
		container: "zip",
		entries,
		own,
		size,
		origin: {
			container: "zip",
			digest,
			pawl: own?.pawl ?? null,
			keras
		}
	};
}
function ownInZip(entries, file, size) {
	const json = entries.get("pawl/state.json");
	if (json === void 0) return null;
	const text = entryText(json, `The Pawl state in "${file}"`, size);
	const tensors = [];
	for (let i = 0;; i++) {
		const bytes = entries.get(`pawl/tensors/${i}.npy`);
		if (bytes === void 0) return {
			json: text,
			tensors
		};
		tensors.push(readNpy(bytes));
	}
}
function ownState(own, trailer, options) {
	if (own === null) return null;
	if (trailer === "intact") return decodeOwnState(own, options.file);
	if (options.allowEdited !== true) throw edited(options.file);
	console.warn(`"${options.file}" was changed after Pawl wrote it: weights and optimizer were loaded, the training state was dropped.`);
	return null;
}
const startsWith = (bytes, magic) => bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
const isHdf5 = (bytes) => startsWith(bytes, [
	137,
	72,
	68,
	70,
	13,
	10,
	26,
	10
]);
const isZip = (bytes) => startsWith(bytes, [
	80,
	75,
	3,
	4
]);
function firstBytes(bytes) {
	const hex = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0"));
	return `${bytes.length} bytes that begin with ${hex.join(" ")}`;
}
function otherKind(file, received) {
	return new FormatError({
		code: "file-kind",
		what: `"${file}" is not a file that Pawl or Keras writes`,
		received,
		expected: "a .keras archive (ZIP), or an HDF5 file (.h5, .hdf5, .weights.h5)",
		fix: "If it was copied or downloaded, it may be incomplete: fetch it again"
	});
}
function damaged(file) {
	return new FormatError({
		code: "file-damaged",
		what: `"${file}" is not as Pawl wrote it: its digest does not match`,
		fix: "If a program changed it on purpose, load it with { allowEdited: true }; otherwise it is damaged: use an older one"
	});
}
function edited(file) {
	return new FormatError({
		code: "file-edited",
		what: `"${file}" was changed after Pawl wrote it: the digest at its end is gone`,
		fix: "Load it with { allowEdited: true } to take weights and optimizer; the training state cannot be trusted any more"
	});
}
//#endregion
//#region src/saving/refuse-code.ts
/** Layers whose config is a program, or that load one from elsewhere. */
const PROGRAMS = new Set([
	"Lambda",
	"TFSMLayer",
	"TorchModuleWrapper",
	"JaxLayer",
	"FlaxLayer"
]);
/**
* Refuses configs that carry Python code or give a built-in class another meaning. Loading only ever looks names up
* in registries, so this is for the message: which layer it is, and what to do.
* @param replaces whether the user has given a class of their own for that name
* @throws {FormatError}
*/
function refuseCode(config, file, replaces) {
	const visit = (value, layer) => {
		if (Array.isArray(value)) {
			for (const item of value) visit(item, layer);
			return;
		}
		if (!isConfig(value)) return;
		const className = value["class_name"];
		const inside = typeof className === "string" ? describe(value, className, layer) : layer;
		if (typeof className === "string") {
			if (PROGRAMS.has(className) && replaces(className)) return;
			checkObject(value, className, inside, file);
		}
		for (const item of Object.values(value)) visit(item, inside);
	};
	visit(config, "");
}
function checkObject(object, className, layer, file) {
	if (PROGRAMS.has(className) || className === "__lambda__") throw new FormatError({
		code: "python-code",
		what: `"${file}": ${layer || className} holds Python code, which Pawl never runs`,
		fix: `Write the layer in TypeScript and give it to loadModel: { customObjects: { ${className === "__lambda__" ? "Lambda" : className}: YourLayer } }`,
		data: { className }
	});
	const { module, registered_name: registered } = object;
	if (typeof module === "string" && /^keras(\.|$)/.test(module) && typeof registered === "string" && registered !== className) throw new FormatError({
		code: "registered-built-in",
		what: `"${file}": ${layer || className} claims to be Keras's own class and a registered one`,
		received: `class_name "${className}" of "${module}", registered_name "${registered}"`,
		expected: "one of the two",
		fix: "No Keras writes that: do not trust the file"
	});
}
/** `Dense "dense_1"`, or where it sits when it is a part of a layer. */
function describe(object, className, layer) {
	const config = object["config"];
	const name = isConfig(config) ? config["name"] : void 0;
	return layer !== "" && typeof name !== "string" ? layer : `${className}${typeof name === "string" ? ` "${name}"` : ""}`;
}
//#endregion
//#region src/saving/stored-compile.ts
/**
* Arguments of `compile` from any Keras's file: `compile_config` of `.keras`, `training_config` of `.h5` (Keras 3's,
* and Keras 2's, where functions are objects and metrics are wrapped and put into a list of their own).
* @param own Pawl's own arguments, where the file has them
*/
function storedCompile(config, own, file) {
	const optimizer = config["optimizer"] ?? config["optimizer_config"];
	if (optimizer === void 0 && config["loss"] === void 0) return null;
	if (optimizer === void 0 || optimizer === null) throw new FormatError({
		code: "no-optimizer-config",
		what: `"${file}" says how the model was compiled, but not with which optimizer`,
		fix: "The file is incomplete: build the model in code and load its weights"
	});
	const steps = config["steps_per_execution"];
	const shards = own["shards"];
	return {
		optimizer,
		loss: modernSpec(config["loss"] ?? null),
		lossWeights: noneIfEmpty(config["loss_weights"] ?? null),
		metrics: modernMetrics(config["metrics"] ?? null),
		weightedMetrics: modernMetrics(config["weighted_metrics"] ?? null),
		runEagerly: config["run_eagerly"] === true,
		stepsPerExecution: typeof steps === "number" ? steps : 1,
		jitCompile: typeof config["jit_compile"] === "boolean" ? config["jit_compile"] : "auto",
		autoScaleLoss: own["auto_scale_loss"] !== false,
		shards: typeof shards === "number" ? shards : "auto"
	};
}
/** Keras 2 puts the metrics of a model with one output into a list of lists. */
function modernMetrics(metrics) {
	const modern = noneIfEmpty(modernSpec(metrics));
	const list = modern;
	return Array.isArray(modern) && list.length === 1 && Array.isArray(list[0]) ? list[0] : modern;
}
function noneIfEmpty(value) {
	return (Array.isArray(value) ? value.length === 0 : isConfig(value) && Object.keys(value).length === 0) ? null : value;
}
function modernSpec(spec) {
	if (Array.isArray(spec)) return spec.map(modernSpec);
	if (!isConfig(spec)) return spec;
	const className = spec["class_name"];
	if (typeof className !== "string") return Object.fromEntries(Object.entries(spec).map(([key, item]) => [key, modernSpec(item)]));
	if (className === "function") return spec["config"] ?? null;
	if (className === "__tuple__") return modernSpec(spec["items"] ?? null);
	return modernObject(spec, className);
}
/**
* Keras 2's wrappers of functions become the classes that they stand for, classes lose the function that Keras 2 names
* beside them, and its "auto" reduction is Keras 3's default.
*/
function modernObject(object, className) {
	const config = isConfig(object["config"]) ? object["config"] : {};
	const name = /(MeanMetricWrapper|LossFunctionWrapper)$/.test(className) ? classOfFunction(config["fn"] ?? config["name"] ?? null) : null;
	const kept = Object.entries(config).filter(([key, value]) => key !== "__passive_serialization__" && key !== "fn" && !(key === "reduction" && value === "auto"));
	return {
		...object,
		class_name: name ?? className,
		config: Object.fromEntries(kept)
	};
}
/** `binary_accuracy` -> `BinaryAccuracy`; null when it names no function of Keras. */
function classOfFunction(fn) {
	const name = isConfig(fn) ? fn["config"] ?? null : fn;
	if (typeof name !== "string" || !/^[a-z][a-z0-9_]*$/.test(name)) return null;
	return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
//#endregion
//#region src/saving/read-model.ts
/**
* A whole model from a file's bytes: `.keras`, or `.h5` of Keras 2 and 3. Nothing in the file is run or imported.
* @throws {FormatError} for files that are damaged, edited, of another kind, or carry code
*/
async function readModelFile(bytes, options) {
	const { file, replaces = () => false } = options;
	const parts = await readFileParts(bytes, options);
	const stored = parts.container === "zip" ? await fromArchive(parts, file) : fromH5(parts, file);
	refuseCode(stored.model, file, replaces);
	const model = withLayersNamed(stored.model);
	const className = model["class_name"];
	if (typeof className !== "string" || !isConfig(model["config"])) throw new FormatError({
		code: "model-json",
		what: `The configuration in "${file}" does not describe a model`,
		expected: "{ class_name, config }"
	});
	const own = parts.own;
	if (byKeras2(parts)) warnOfChangedActivations(model, file);
	const compile = own?.compile ?? (byKeras2(parts) ? plainCompile(stored) : stored.compile);
	refuseCode(compile, file, replaces);
	return {
		...stored.weights,
		className,
		model,
		compile: compile === null ? null : storedCompile(compile, own?.ownCompile ?? {}, file)
	};
}
function byKeras2({ origin }) {
	return origin.pawl === null && origin.keras !== null && Number.parseInt(origin.keras, 10) === 2;
}
function plainCompile({ compile, model }) {
	return compile === null ? null : withPlainMetricNames(compile, model);
}
/** What reading an archive may take beyond twice its size. */
const MEMORY_FLOOR = 32 * 2 ** 20;
/** The oldest Keras 2 writes a Sequential's config as a bare list of layers. */
function withLayersNamed(model) {
	return Array.isArray(model["config"]) ? {
		...model,
		config: { layers: model["config"] }
	} : model;
}
async function fromArchive(parts, file) {
	const text = parts.entries.get("config.json");
	if (text === void 0) throw noConfig(file, "config.json", [...parts.entries.keys()]);
	const where = `config.json of "${file}"`;
	const model = asConfig(parseConfig(entryText(text, where, parts.size), where), file);
	const { compile_config: compile } = model;
	return {
		model,
		compile: isConfig(compile) ? compile : null,
		weights: await archiveWeights(parts, file)
	};
}
/** The weights in a `.keras` archive. */
async function archiveWeights(parts, file) {
	const bytes = parts.entries.get("model.weights.h5");
	if (bytes === void 0) throw noConfig(file, "model.weights.h5", [...parts.entries.keys()]);
	const unpacked = [...parts.entries.values()].reduce((sum, entry) => sum + entry.length, 0);
	return pathWeights(objectsIn(await readHdf5(bytes, { maxBytes: Math.max(bytes.length + 2 ** 20, MEMORY_FLOOR + 2 * parts.size - unpacked) })), parts, file);
}
/** Weights by path, as `.weights.h5` and `.keras` have them. */
function pathWeights(objects, { own, origin }, file) {
	const optimizer = objects.get("optimizer");
	return {
		file,
		origin,
		weights: {
			layout: "paths",
			objects
		},
		optimizer: optimizer?.map((tensor, i) => ({
			name: String(i),
			tensor
		})) ?? null,
		trained: own?.trained ?? null,
		state: own?.state ?? null
	};
}
function fromH5({ root, own, origin }, file) {
	const text = root.attrs.get("model_config");
	const weights = root.groups.get("model_weights");
	if (typeof text !== "string" || weights === void 0) throw weightsOnly(file);
	const training = root.attrs.get("training_config");
	const optimizer = root.groups.get("optimizer_weights");
	return {
		model: asConfig(parseConfig(text, `model_config of "${file}"`), file),
		compile: typeof training === "string" ? asConfig(parseConfig(training, `training_config of "${file}"`), file) : null,
		weights: {
			file,
			origin,
			weights: {
				layout: "layers",
				layers: layersIn(weights, file)
			},
			optimizer: optimizer === void 0 ? null : namedIn(optimizer, file),
			trained: own?.trained ?? null,
			state: own?.state ?? null
		}
	};
}
function asConfig(json, file) {
	if (isConfig(json)) return json;
	throw new FormatError({
		code: "model-json",
		what: `The configuration in "${file}" is not an object`
	});
}
function noConfig(file, entry, entries) {
	return new FormatError({
		code: "no-model",
		what: `"${file}" is an archive, but not one of a Keras model`,
		received: entries.slice(0, 5).join(", ") || "no entries",
		expected: `an entry "${entry}"`
	});
}
function weightsOnly(file) {
	return new FormatError({
		code: "weights-only",
		what: `"${file}" holds no architecture, so no model can be made from it`,
		expected: "the attribute \"model_config\" and the group \"model_weights\"",
		fix: "If it holds weights, make the model in code and call model.loadWeights"
	});
}
//#endregion
//#region src/saving/read-weights.ts
/**
* The weights, optimizer and training state in a file's bytes: `.weights.h5`, `.h5` weights of Keras 2, or a whole
* model (`.h5`, `.keras`).
* @throws {FormatError} for files that are damaged, edited or of another kind
*/
async function readWeightsFile(bytes, options) {
	const { file } = options;
	const parts = await readFileParts(bytes, options);
	if (parts.container === "zip") return archiveWeights(parts, file);
	const { root, own, origin } = parts;
	const whole = root.groups.get("model_weights");
	if (whole !== void 0 || root.attrs.has("layer_names") || root.attrs.has("layer_names0")) {
		const optimizer = root.groups.get("optimizer_weights");
		return {
			file,
			origin,
			weights: {
				layout: "layers",
				layers: layersIn(whole ?? root, file)
			},
			optimizer: own?.optimizer ?? (optimizer === void 0 ? null : namedIn(optimizer, file)),
			trained: own?.trained ?? null,
			state: own?.state ?? null
		};
	}
	const objects = objectsIn(root);
	if (objects.size === 0) throw new FormatError({
		code: "no-weights",
		what: `"${file}" is an HDF5 file, but holds no weights of Keras`,
		received: [...root.groups.keys()].slice(0, 5).join(", ") || "no groups",
		expected: "groups \"vars\" (.weights.h5) or the attribute \"layer_names\" (.h5)"
	});
	return pathWeights(objects, parts, file);
}
//#endregion
export { readModelFile as n, readZip as r, readWeightsFile as t };
