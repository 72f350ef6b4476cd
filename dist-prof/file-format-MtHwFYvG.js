import { n as FormatError, r as OptionError } from "./errors-DC-FoqxE.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { c as trailerOf, y as isConfig } from "./vfs-node-5nrdDM0o.js";
import { a as BACKEND, d as putLayers, f as putNamed, g as H5Group, h as writeNpy, n as encodeOwnState, o as KERAS_VERSION, p as putObjects } from "./own-state-CkjsBcj0.js";
import { t as writeZip } from "./write-CVVKuunS.js";
//#region src/formats/hdf5/write/bytes.ts
/** An address or size that is not there. */
const UNDEFINED = 18446744073709551615n;
/** Little-endian fields one after the other. */
var Bytes = class {
	buffer = new Uint8Array(64);
	view = new DataView(this.buffer.buffer);
	length = 0;
	room(size) {
		const at = this.length;
		this.length += size;
		if (this.length > this.buffer.length) {
			const larger = new Uint8Array(Math.max(this.length, this.buffer.length * 2));
			larger.set(this.buffer);
			this.buffer = larger;
			this.view = new DataView(larger.buffer);
		}
		return at;
	}
	u8(...values) {
		for (const value of values) {
			const at = this.room(1);
			this.view.setUint8(at, value);
		}
		return this;
	}
	u16(value) {
		const at = this.room(2);
		this.view.setUint16(at, value, true);
		return this;
	}
	u32(value) {
		const at = this.room(4);
		this.view.setUint32(at, value, true);
		return this;
	}
	u64(value) {
		const at = this.room(8);
		this.view.setBigUint64(at, BigInt(value), true);
		return this;
	}
	raw(bytes) {
		const at = this.room(bytes.length);
		this.buffer.set(bytes, at);
		return this;
	}
	zeros(count) {
		this.room(count);
		return this;
	}
	/** Zeros up to the next multiple of `size`. */
	align(size) {
		return this.zeros(padding(this.length, size));
	}
	done() {
		return this.buffer.subarray(0, this.length);
	}
};
/** Bytes missing to the next multiple of `size`. */
function padding(length, size) {
	return (size - length % size) % size;
}
const utf8 = (text) => new TextEncoder().encode(text);
//#endregion
//#region src/formats/hdf5/write/datatype.ts
/** Class of the datatype message, with version 1. */
const FIXED = 16;
const FLOAT = 17;
const OPAQUE = 21;
const ENUM = 24;
const VLEN = 25;
function fixed(bytes, signed) {
	const bits = signed ? 8 : 0;
	return new Bytes().u8(FIXED, bits, 0, 0).u32(bytes).u16(0).u16(bytes * 8);
}
/** IEEE 754 with `exponent` bits of exponent. */
function float(bytes, exponent) {
	const mantissa = bytes * 8 - 1 - exponent;
	return new Bytes().u8(FLOAT, 32, bytes * 8 - 1, 0).u32(bytes).u16(0).u16(bytes * 8).u8(mantissa, exponent, 0, mantissa).u32(2 ** (exponent - 1) - 1);
}
/** h5py's bool: an enum of int8. */
function bool() {
	const out = new Bytes().u8(ENUM, 2, 0, 0).u32(1).raw(fixed(1, true).done());
	for (const name of ["FALSE", "TRUE"]) out.raw(utf8(name)).zeros(8 - name.length);
	return out.u8(0, 1);
}
/** Variable-length text, zero-terminated. */
function text(unicode) {
	return new Bytes().u8(VLEN, 1, unicode ? 1 : 0, 0).u32(16).raw(fixed(1, false).done());
}
const ENCODINGS = {
	bool,
	int8: () => fixed(1, true),
	uint8: () => fixed(1, false),
	int16: () => fixed(2, true),
	uint16: () => fixed(2, false),
	int32: () => fixed(4, true),
	uint32: () => fixed(4, false),
	int64: () => fixed(8, true),
	uint64: () => fixed(8, false),
	float16: () => float(2, 5),
	bfloat16: () => new Bytes().u8(OPAQUE, 0, 0, 0).u32(2),
	float32: () => float(4, 8),
	float64: () => float(8, 11)
};
/** The datatype message of a dtype; text is ASCII where it can be, since Keras's own is. */
function datatypeMessage(dtype, unicode = false) {
	return (dtype === "string" ? text(unicode) : ENCODINGS[dtype]()).done();
}
//#endregion
//#region src/formats/hdf5/write/file-layout.ts
/** Places pieces of the file one after the other and puts them together at the end, copying each byte once. */
var FileLayout = class {
	pieces = [];
	end;
	/** @param start bytes at the front that the superblock takes */
	constructor(start) {
		this.end = start;
	}
	get size() {
		return this.end;
	}
	/** Keeps `size` bytes free at a multiple of 8; fill them with {@link put}. */
	reserve(size) {
		this.end += padding(this.end, 8);
		const address = this.end;
		this.end += size;
		return address;
	}
	put(address, bytes) {
		this.pieces.push({
			address,
			bytes
		});
	}
	/** Puts `bytes` at the end and returns their address. */
	append(bytes) {
		const address = this.reserve(bytes.length);
		this.put(address, bytes);
		return address;
	}
	assemble() {
		const out = new Uint8Array(this.end);
		for (const { address, bytes } of this.pieces) out.set(bytes, address);
		return out;
	}
};
const NODE_ENTRIES = 8;
const TREE_CHILDREN = 32;
const TREE_BYTES = 24 + (TREE_CHILDREN + 1) * 8 + TREE_CHILDREN * 8;
const NODE_BYTES = 8 + NODE_ENTRIES * 40;
/** Marks a local heap without free blocks. */
const NO_FREE_BLOCK = 1;
/** Writes the symbol table of a group: local heap of names, symbol nodes, and the B-tree above them. */
function writeGroupIndex(layout, links) {
	const sorted = links.map((link) => ({
		...link,
		bytes: utf8(link.name)
	})).sort((a, b) => compare(a.bytes, b.bytes));
	const names = new Bytes().zeros(8);
	const entries = sorted.map(({ address, bytes }) => {
		const offset = names.length;
		names.raw(bytes).u8(0).align(8);
		return {
			offset,
			address
		};
	});
	const segment = layout.append(names.done());
	const heap = layout.append(new Bytes().u8(72, 69, 65, 80, 0, 0, 0, 0).u64(names.length).u64(NO_FREE_BLOCK).u64(segment).done());
	const nodes = chunks(entries, NODE_ENTRIES).map((part) => {
		const node = new Bytes().u8(83, 78, 79, 68, 1, 0).u16(part.length);
		for (const { offset, address } of part) node.u64(offset).u64(address).zeros(24);
		return {
			address: layout.append(node.zeros(NODE_BYTES - node.length).done()),
			lastName: part.at(-1).offset
		};
	});
	let level = 0;
	let trees = writeLevel(layout, nodes, level);
	while (trees.length > 1) trees = writeLevel(layout, trees, ++level);
	return {
		tree: trees[0].address,
		heap
	};
}
/** One level of the B-tree, at least one node. */
function writeLevel(layout, children, level) {
	const groups = children.length === 0 ? [[]] : chunks(children, TREE_CHILDREN);
	const addresses = groups.map(() => layout.reserve(TREE_BYTES));
	let firstName = 0;
	return groups.map((part, i) => {
		const node = new Bytes().u8(84, 82, 69, 69, 0, level).u16(part.length);
		node.u64(addresses[i - 1] ?? 18446744073709551615n).u64(addresses[i + 1] ?? 18446744073709551615n);
		node.u64(firstName);
		for (const child of part) node.u64(child.address).u64(firstName = child.lastName);
		layout.put(addresses[i], node.done());
		return {
			address: addresses[i],
			lastName: firstName
		};
	});
}
function chunks(items, size) {
	const out = [];
	for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size));
	return out;
}
/** As C's strcmp: by unsigned bytes. */
function compare(a, b) {
	const shared = Math.min(a.length, b.length);
	for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i] - b[i];
	return a.length - b.length;
}
//#endregion
//#region src/formats/hdf5/write/object-header.ts
/** Sizes of messages are 16-bit and multiples of 8. */
const MESSAGE_LIMIT = 65528;
function dataspace(shape) {
	const out = new Bytes().u8(1, shape.length, 0, 0).u32(0);
	for (const dim of shape) out.u64(dim);
	return out.done();
}
/** The messages of a contiguous dataset. */
function datasetMessages(shape, datatype, address, size) {
	return [
		{
			type: 1,
			content: dataspace(shape)
		},
		{
			type: 3,
			content: datatype
		},
		{
			type: 5,
			content: new Bytes().u8(2, 2, 2, 1).u32(0).done()
		},
		{
			type: 8,
			content: new Bytes().u8(3, 1).u64(address ?? 18446744073709551615n).u64(size).done()
		}
	];
}
/** @throws {FormatError} when the attribute is larger than HDF5 allows */
function attributeMessage(name, datatype, space, data) {
	const label = utf8(name);
	const out = new Bytes().u8(1, 0).u16(label.length + 1).u16(datatype.length).u16(space.length);
	out.raw(label).u8(0).align(8).raw(datatype).align(8).raw(space).align(8).raw(data);
	if (out.length > MESSAGE_LIMIT) throw new FormatError({
		code: "hdf5-attribute-too-large",
		what: `The attribute "${name}" is too large for HDF5`,
		received: `${out.length} bytes`,
		expected: `at most ${MESSAGE_LIMIT}`,
		fix: "Store it as a dataset, or a list of names in pieces with writeListAttr",
		data: { name }
	});
	return {
		type: 12,
		content: out.done()
	};
}
/** A version 1 object header with all messages in one block. */
function objectHeader(messages) {
	const body = new Bytes();
	for (const { type, content } of messages) body.u16(type).u16(content.length + padding(content.length, 8)).u32(0).raw(content).align(8);
	return new Bytes().u8(1, 0).u16(messages.length).u32(1).u32(body.length).u32(0).raw(body.done()).done();
}
//#endregion
//#region src/formats/hdf5/write/text-heap.ts
/** Smallest collection that HDF5 makes. */
const MINIMUM = 4096;
const HEADER = 16;
/** The global heap: where variable-length strings lie. */
var TextHeap = class {
	layout;
	open = null;
	constructor(layout) {
		this.layout = layout;
	}
	/** Stores the text and writes the reference to it (16 bytes) to `to`. */
	add(text, to) {
		if (text.length === 0) {
			to.zeros(16);
			return;
		}
		const needed = HEADER + text.length + padding(text.length, 8);
		let heap = this.open;
		if (heap === null || heap.content.length + needed > heap.size) {
			this.close();
			const size = Math.max(MINIMUM, HEADER + needed);
			heap = {
				address: this.layout.reserve(size),
				size,
				content: new Bytes(),
				count: 0
			};
			heap.content.u8(71, 67, 79, 76, 1, 0, 0, 0).u64(size);
			this.open = heap;
		}
		heap.count++;
		heap.content.u16(heap.count).u16(0).u32(0).u64(text.length).raw(text).align(8);
		to.u32(text.length).u64(heap.address).u32(heap.count);
	}
	/** Puts the last collection into the file; free space at its end is object 0. */
	close() {
		const heap = this.open;
		if (heap === null) return;
		const free = heap.size - heap.content.length;
		if (free >= HEADER) heap.content.u16(0).u16(0).u32(0).u64(free);
		this.layout.put(heap.address, heap.content.done());
		this.open = null;
	}
};
//#endregion
//#region src/formats/hdf5/write/write.ts
const SUPERBLOCK_BYTES = 96;
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
/**
* The tree as an HDF5 file of the oldest kind (superblock 0, version 1 headers, symbol tables, contiguous data), which
* every reader since 1998 opens and which h5py writes too. Equal trees give equal bytes: no times are stored.
* Own writer because libhdf5's (h5wasm) knows no half floats, booleans or opaque types and stores the time of day.
* Format: HDF5 File Format Specification 3.0.
*/
function writeHdf5(root) {
	const layout = new FileLayout(SUPERBLOCK_BYTES);
	const heap = new TextHeap(layout);
	const { header, index } = writeGroup(root, layout, heap);
	heap.close();
	layout.put(0, superblock(header, index, layout.size));
	return layout.assemble();
}
function superblock(header, index, size) {
	const out = new Bytes().u8(...SIGNATURE, 0, 0, 0, 0, 0, 8, 8, 0);
	out.u16(4).u16(16).u32(0);
	out.u64(0).u64(UNDEFINED).u64(size).u64(UNDEFINED);
	return out.u64(0).u64(header).u32(1).u32(0).u64(index.tree).u64(index.heap).done();
}
function writeGroup(group, layout, heap) {
	const links = [];
	for (const [name, dataset] of group.datasets) links.push({
		name: checkName(name),
		address: writeDataset(dataset, layout, heap)
	});
	for (const [name, child] of group.groups) links.push({
		name: checkName(name),
		address: writeGroup(child, layout, heap).header
	});
	const index = writeGroupIndex(layout, links);
	const table = {
		type: 17,
		content: new Bytes().u64(index.tree).u64(index.heap).done()
	};
	return {
		header: layout.append(objectHeader([table, ...attributes(group.attrs, heap)])),
		index
	};
}
function writeDataset({ tensor, attrs }, layout, heap) {
	const { data, unicode } = contents(tensor, heap);
	const address = data.length === 0 ? null : layout.append(data);
	const messages = datasetMessages(tensor.shape, datatypeMessage(tensor.dtype, unicode), address, data.length);
	const named = tensor.dtype === "bfloat16" ? new Map([...attrs, ["dtype", "bfloat16"]]) : attrs;
	return layout.append(objectHeader([...messages, ...attributes(named, heap)]));
}
function attributes(attrs, heap) {
	return Array.from(attrs, ([name, value]) => {
		const tensor = toTensor(value);
		const { data, unicode } = contents(tensor, heap);
		return attributeMessage(name, datatypeMessage(tensor.dtype, unicode), dataspace(tensor.shape), data);
	});
}
function toTensor(value) {
	if (value instanceof Tensor) return value;
	if (typeof value === "string") return new Tensor([value], [], "string");
	if (typeof value === "number") return new Tensor(new Float64Array([value]), [], "float64");
	if (typeof value === "bigint") return new Tensor(new BigInt64Array([value]), [], "int64");
	if (typeof value === "boolean") return new Tensor(new Uint8Array([value ? 1 : 0]), [], "bool");
	return value.length === 0 ? new Tensor(new Float64Array(0), [0], "float64") : new Tensor(value, void 0, "string");
}
/** The bytes of the elements; strings become references to the heap. */
function contents(tensor, heap) {
	const { data } = tensor;
	if (!Array.isArray(data)) return {
		data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
		unicode: false
	};
	const references = new Bytes();
	let unicode = false;
	for (const text of data) {
		const bytes = utf8(text);
		if (bytes.length !== text.length) unicode = true;
		heap.add(bytes, references);
	}
	return {
		data: references.done(),
		unicode
	};
}
function checkName(name) {
	if (name !== "" && name !== "." && !name.includes("/") && !name.includes("\0")) return name;
	throw new FormatError({
		code: "hdf5-name",
		what: `${JSON.stringify(name)} cannot be a name in an HDF5 file`,
		expected: "a name that is not empty, not \".\" and has no \"/\"",
		data: { name }
	});
}
//#endregion
//#region src/saving/python-json.ts
/**
* Settings of optimizers, schedules, layers and metrics that Keras takes only as Python floats: it refuses a learning
* rate, a momentum or an F-score's beta that is written as `1`, and computes a schedule in integers when its first rate
* is one.
*/
const FLOATS = new Set([
	"alpha",
	"beta",
	"beta_1",
	"beta_2",
	"clipnorm",
	"clipvalue",
	"decay_rate",
	"ema_momentum",
	"end_learning_rate",
	"epsilon",
	"global_clipnorm",
	"initial_learning_rate",
	"learning_rate",
	"loss_scale_factor",
	"m_mul",
	"momentum",
	"power",
	"rho",
	"t_mul",
	"threshold",
	"warmup_target",
	"weight_decay"
]);
/** Keras's configs as JSON: as JavaScript writes it, in ASCII, with whole numbers as floats where Python needs them. */
function pythonJson(value) {
	return write(value, false).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function write(value, float) {
	if (typeof value === "number" && float && Number.isInteger(value) && Math.abs(value) < 1e21) return `${value}.0`;
	if (Array.isArray(value)) return `[${value.map((item) => write(item, float)).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const isFloat = (key) => FLOATS.has(key) || key === "values" && "boundaries" in value;
	return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${write(item, isFloat(key))}`).join(",")}}`;
}
//#endregion
//#region src/saving/full-names.ts
/** Keras's short names of losses (keras.losses). */
const FULL_NAMES = new Map([
	["mse", "mean_squared_error"],
	["mae", "mean_absolute_error"],
	["mape", "mean_absolute_percentage_error"],
	["msle", "mean_squared_logarithmic_error"],
	["bce", "binary_crossentropy"],
	["kld", "kl_divergence"]
]);
/** The names in a loss argument in full; dictionaries keep their keys, objects stay as they are. */
function fullNames(value) {
	if (typeof value === "string") {
		const isUpper = value === value.toUpperCase();
		return FULL_NAMES.get(isUpper ? value.toLowerCase() : value) ?? value;
	}
	if (Array.isArray(value)) return value.map(fullNames);
	if (!isConfig(value) || typeof value["class_name"] === "string") return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fullNames(item)]));
}
//#endregion
//#region src/saving/training-config.ts
/**
* The `training_config` of `.h5` files: class names and configs alone. Losses get their full names, since Keras cannot
* look up all short ones when it reads such a file; metrics keep theirs, which log keys are made of.
*/
function trainingConfig(compile) {
	const { optimizer, ...rest } = compile;
	const config = {};
	for (const [key, value] of Object.entries(rest)) config[key] = withoutModules(key === "loss" ? fullNames(value) : value);
	return {
		...config,
		optimizer_config: withoutModules(optimizer ?? null)
	};
}
/** Objects as `{ class_name, config }`, functions as their names. Only the outermost objects: what they hold stays. */
function withoutModules(value) {
	if (Array.isArray(value)) return value.map(withoutModules);
	if (!isConfig(value)) return value;
	const className = value["class_name"];
	if (typeof className !== "string") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutModules(item)]));
	if (className === "function") return value["config"] ?? null;
	const registered = value["registered_name"];
	return {
		class_name: typeof registered === "string" ? registered : className,
		config: value["config"] ?? {}
	};
}
//#endregion
//#region src/saving/encode.ts
/**
* A model's copy as a file, in pieces that belong one after the other. The same copy always gives the same bytes. The
* last 64 bytes hold a digest of all before them.
*/
async function encodeModel(model, format) {
	const pieces = await encoders[format](model);
	return [...pieces, await trailerOf(pieces)];
}
const encoders = {
	keras: encodeKeras,
	h5: async (model) => [encodeH5(model)],
	"weights.h5": async (model) => [encodeWeights(model)],
	"legacy-weights": async (model) => [encodeLegacyWeights(model)]
};
async function encodeKeras(model) {
	const weights = new H5Group();
	putObjects(weights, model.objects, model.optimizer);
	const own = encodeOwnState(model, false);
	const text = new TextEncoder();
	return writeZip([
		{
			name: "metadata.json",
			bytes: text.encode(JSON.stringify({ keras_version: KERAS_VERSION }))
		},
		{
			name: "config.json",
			bytes: text.encode(pythonJson(model.model))
		},
		{
			name: "model.weights.h5",
			bytes: writeHdf5(weights)
		},
		{
			name: "pawl/state.json",
			bytes: text.encode(own.json)
		},
		...own.tensors.map((tensor, i) => ({
			name: `pawl/tensors/${i}.npy`,
			bytes: writeNpy(tensor)
		}))
	], { trailer: true });
}
function encodeH5(model) {
	const root = new H5Group();
	root.attrs.set("keras_version", KERAS_VERSION);
	root.attrs.set("backend", BACKEND);
	root.attrs.set("model_config", pythonJson(model.legacyModel));
	if (model.compile !== null) root.attrs.set("training_config", pythonJson(trainingConfig(model.compile)));
	putLayers(root.group("model_weights"), model.layers);
	if (model.optimizer !== null) putNamed(root.group("optimizer_weights"), model.optimizer.entries);
	putOwnState(root, encodeOwnState(model, false));
	return writeHdf5(root);
}
function encodeWeights(model) {
	const root = new H5Group();
	putObjects(root, model.objects, model.optimizer);
	putOwnState(root, encodeOwnState(model, false));
	return writeHdf5(root);
}
function encodeLegacyWeights(model) {
	const root = new H5Group();
	putLayers(root, model.layers);
	putOwnState(root, encodeOwnState(model, true));
	return writeHdf5(root);
}
/** Keras reads no group that it does not look for. */
function putOwnState(root, { json, tensors }) {
	const group = root.group("pawl");
	group.attrs.set("state", json);
	tensors.forEach((tensor, i) => {
		group.put(`tensors/${i}`, tensor);
	});
}
//#endregion
//#region src/saving/file-format.ts
const MODEL_ENDINGS = [
	".keras",
	".h5",
	".hdf5"
];
const WEIGHT_ENDINGS = [
	".weights.h5",
	".h5",
	".hdf5"
];
/**
* The format in which a whole model is written to this path.
* @throws {OptionError} when the name has another ending, or that of weights
*/
function modelFormat(path) {
	if (path.endsWith(".weights.h5")) throw wrongEnding(path, MODEL_ENDINGS, "A whole model", "That ending is for weights alone: use saveWeights, or end the name in \".keras\"");
	if (path.endsWith(".keras")) return "keras";
	if (path.endsWith(".h5") || path.endsWith(".hdf5")) return "h5";
	throw wrongEnding(path, MODEL_ENDINGS, "A whole model", "End the name in \".keras\", which everything of a model fits into");
}
/**
* The format in which weights are written to this path.
* @throws {OptionError} when the name has another ending
*/
function weightsFormat(path) {
	if (path.endsWith(".weights.h5")) return "weights.h5";
	if (path.endsWith(".h5") || path.endsWith(".hdf5")) return "legacy-weights";
	throw wrongEnding(path, WEIGHT_ENDINGS, "Weights", "End the name in \".weights.h5\"");
}
function wrongEnding(path, endings, what, fix) {
	const dot = path.lastIndexOf(".");
	const ending = dot > path.lastIndexOf("/") ? `"${path.slice(dot)}"` : "a name without ending";
	return new OptionError({
		code: "file-ending",
		what: `${what} cannot be saved to "${path}"`,
		received: ending,
		expected: `a name that ends in ${endings.map((item) => `"${item}"`).join(", ")}`,
		fix,
		data: {
			path,
			endings
		}
	});
}
//#endregion
export { weightsFormat as n, encodeModel as r, modelFormat as t };
