import { n as FormatError, r as OptionError } from "./errors-DC-FoqxE.js";
import { i as stridesOf, r as sizeOf } from "./shape-Cm7Ckhsa.js";
import { n as byteSize, o as viewOf } from "./dtype-CoZs3mAt.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { l as checkJson, y as isConfig } from "./vfs-node-5nrdDM0o.js";
import { t as VERSION$1 } from "./version-BtKw3Rsl.js";
//#region src/formats/hdf5/list-attr.ts
/** Bytes that an attribute may have at most; HDF5's object headers hold no message above 64 KiB. */
const ATTRIBUTE_LIMIT = 64512;
/** Bytes that a reference to a variable-length string takes in an attribute. */
const REFERENCE_BYTES = 16;
/**
* Keras's list attributes (`layer_names`, `weight_names`): the list itself, or in pieces `name0`, `name1`, … when it is
* too large for one attribute.
* @returns undefined when there is neither
* @throws {FormatError} when it is no list of names
*/
function readListAttr(attrs, name) {
	const whole = attrs.get(name);
	if (whole !== void 0) return namesIn(whole, name);
	const out = [];
	for (let piece = 0;; piece++) {
		const value = attrs.get(`${name}${piece}`);
		if (value === void 0) return piece === 0 ? void 0 : out;
		out.push(...namesIn(value, `${name}${piece}`));
	}
}
/**
* Writes a list of names as Keras does (keras.src.legacy.saving.legacy_h5_format.save_attributes_to_hdf5_group): in
* the fewest near-equal pieces of which each fits into an attribute.
* @throws {FormatError} when a single name is longer than an attribute can be
*/
function writeListAttr(attrs, name, list) {
	const encoder = new TextEncoder();
	const longest = Math.max(0, ...list.map((item) => encoder.encode(item).length));
	if (longest > 64512) throw new FormatError({
		code: "hdf5-name-too-long",
		what: `A name in "${name}" is too long for HDF5`,
		received: `${longest} bytes`,
		expected: `at most ${ATTRIBUTE_LIMIT}`,
		fix: "Use shorter names, or save as \".keras\""
	});
	const pieces = Math.ceil(list.length * Math.max(longest, REFERENCE_BYTES) / ATTRIBUTE_LIMIT);
	if (pieces <= 1) {
		attrs.set(name, [...list]);
		return;
	}
	const small = Math.floor(list.length / pieces);
	const larger = list.length % pieces;
	for (let piece = 0, at = 0; piece < pieces; piece++) {
		const end = at + small + (piece < larger ? 1 : 0);
		attrs.set(`${name}${piece}`, list.slice(at, end));
		at = end;
	}
}
function namesIn(value, name) {
	if (typeof value === "string") return [value];
	if (Array.isArray(value)) return [...value];
	if (value instanceof Tensor && value.size === 0) return [];
	if (value instanceof Tensor && value.dtype === "string") return [...value.data];
	throw new FormatError({
		code: "hdf5-not-names",
		what: `The attribute "${name}" is not a list of names`,
		received: value instanceof Tensor ? `an array of ${value.dtype}` : typeof value
	});
}
//#endregion
//#region src/formats/hdf5/tree.ts
/**
* A group of an HDF5 file as a plain tree. Maps keep the order of insertion, and names from a hostile file
* ("__proto__") are only names.
*/
var H5Group = class H5Group {
	attrs = /* @__PURE__ */ new Map();
	groups = /* @__PURE__ */ new Map();
	datasets = /* @__PURE__ */ new Map();
	/** The group at `path` ("a/b"), made with all groups above it when it is not there. */
	group(path) {
		let here = this;
		for (const name of namesOf(path)) {
			let next = here.groups.get(name);
			if (next === void 0) {
				if (here.datasets.has(name)) throw taken(path);
				here.groups.set(name, next = new H5Group());
			}
			here = next;
		}
		return here;
	}
	/** Adds a dataset at `path` ("a/b/kernel"); groups on the way are made. */
	put(path, tensor, attrs) {
		const names = namesOf(path);
		const name = names.pop();
		if (name === void 0) throw taken(path);
		const parent = this.group(names.join("/"));
		if (parent.datasets.has(name) || parent.groups.has(name)) throw taken(path);
		parent.datasets.set(name, {
			tensor,
			attrs: new Map(Object.entries(attrs ?? {}))
		});
	}
	/** The group at `path`, or undefined. */
	findGroup(path) {
		let here = this;
		for (const name of namesOf(path)) here = here?.groups.get(name);
		return here;
	}
	/** The dataset at `path`, or undefined. */
	find(path) {
		const names = namesOf(path);
		const name = names.pop();
		return name === void 0 ? void 0 : this.findGroup(names.join("/"))?.datasets.get(name);
	}
};
const namesOf = (path) => path.split("/").filter((name) => name !== "");
function taken(path) {
	return new FormatError({
		code: "hdf5-name-taken",
		what: `Two things in an HDF5 file cannot have one name: "${path}"`,
		fix: "Give the layers (or weights) different names",
		data: { path }
	});
}
//#endregion
//#region src/formats/npy/header.ts
/**
* Reads the header: a Python dictionary of exactly three entries, parsed as text and never evaluated.
* @throws {FormatError}
*/
function parseHeader(bytes) {
	if (String.fromCharCode(...bytes.subarray(0, 6)) !== "NUMPY" || bytes.length < 12) throw new FormatError({
		code: "not-npy",
		what: "This is not a .npy file",
		expected: "a file that begins with \"\\x93NUMPY\""
	});
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const version = bytes[6];
	if (version < 1 || version > 3) throw damaged(`a header of version ${version}`);
	const start = version === 1 ? 10 : 12;
	const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
	if (start + length > bytes.length) throw damaged("a header that ends outside the file");
	const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(bytes.subarray(start, start + length));
	const descr = /'descr':\s*('[^']*'|\[)/.exec(text)?.[1];
	const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
	const shape = /'shape':\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
	if (descr === void 0 || order === void 0 || shape === void 0) throw damaged(JSON.stringify(text.slice(0, 120)));
	const dims = shape.split(",").map((dim) => dim.trim().replace("L", "")).filter((dim) => dim !== "").map(Number);
	if (!Number.isSafeInteger(dims.reduce((product, dim) => product * Math.max(1, dim), 8))) throw damaged(`shape (${shape})`);
	return {
		descr: descr === "[" ? "a structured type" : descr.slice(1, -1),
		fortranOrder: order === "True",
		shape: dims,
		dataStart: start + length
	};
}
function damaged(received) {
	return new FormatError({
		code: "npy-damaged",
		what: "The header of the .npy file is damaged",
		received
	});
}
//#endregion
//#region src/formats/npy/npy.ts
/** NumPy's names of our dtypes. bfloat16 has none: as NumPy keeps it, two opaque bytes. */
const CODES = {
	bool: "|b1",
	int8: "|i1",
	uint8: "|u1",
	int16: "<i2",
	uint16: "<u2",
	int32: "<i4",
	uint32: "<u4",
	int64: "<i8",
	uint64: "<u8",
	float16: "<f2",
	bfloat16: "|V2",
	float32: "<f4",
	float64: "<f8"
};
const DTYPES = new Map(Object.entries(CODES).map(([dtype, code]) => [code.slice(1), dtype]));
/**
* An array of a `.npy` file: numbers and booleans of any byte order, in C or Fortran order, header versions 1 to 3.
* Pickled objects are refused, always. Format: numpy.lib.format.
* @throws {FormatError}
*/
function readNpy(bytes) {
	const { descr, fortranOrder, shape, dataStart } = parseHeader(bytes);
	const dtype = /^[<>|=]/.test(descr) ? DTYPES.get(descr.slice(1)) : void 0;
	if (dtype === void 0) {
		const pickled = descr.includes("O");
		throw new FormatError({
			code: pickled ? "npy-pickle" : "npy-dtype",
			what: pickled ? "Refused: the array holds pickled Python objects, which can run code when they are read" : "The array's type has no counterpart here",
			received: descr,
			expected: "numbers or booleans",
			fix: "Save it again with a numeric dtype (array.astype('float32'))"
		});
	}
	const length = sizeOf(shape);
	const size = length * byteSize(dtype);
	if (dataStart + size > bytes.length) throw new FormatError({
		code: "npy-damaged",
		what: "The .npy file is cut short",
		received: `${bytes.length - dataStart} bytes of data`,
		expected: `${size} for shape (${shape.join(", ")})`
	});
	const raw = bytes.slice(dataStart, dataStart + size);
	if (descr.startsWith(">")) swap(raw, byteSize(dtype));
	const data = viewOf(dtype, raw.buffer, 0, length);
	return new Tensor(fortranOrder ? toRowMajor(data, shape) : data, shape, dtype);
}
/**
* The tensor as a `.npy` file (version 1, C order).
* @throws {OptionError} for strings
*/
function writeNpy(tensor) {
	if (tensor.dtype === "string") throw new OptionError({
		code: "npy-dtype",
		what: "Strings cannot be written to a .npy file",
		fix: "Write them as JSON"
	});
	const shape = `(${tensor.shape.join(", ")}${tensor.shape.length === 1 ? "," : ""})`;
	const dictionary = `{'descr': '${CODES[tensor.dtype]}', 'fortran_order': False, 'shape': ${shape}, }`;
	const header = `${dictionary}${" ".repeat((64 - (dictionary.length + 11) % 64) % 64)}\n`;
	const { buffer, byteOffset, byteLength } = tensor.data;
	const out = new Uint8Array(10 + header.length + byteLength);
	out.set([
		147,
		...new TextEncoder().encode("NUMPY"),
		1,
		0,
		header.length & 255,
		header.length >> 8
	]);
	out.set(new TextEncoder().encode(header), 10);
	out.set(new Uint8Array(buffer, byteOffset, byteLength), 10 + header.length);
	return out;
}
function swap(bytes, size) {
	for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
/** From Fortran order, in which the first axis runs fastest. */
function toRowMajor(data, shape) {
	const from = data;
	const out = from.slice();
	const strides = stridesOf([...shape].reverse()).reverse();
	const index = shape.map(() => 0);
	let source = 0;
	for (let i = 0; i < out.length; i++) {
		out[i] = from[source];
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			source += strides[axis];
			if (++index[axis] < shape[axis]) break;
			source -= strides[axis] * shape[axis];
			index[axis] = 0;
		}
	}
	return out;
}
//#endregion
//#region src/saving/h5-layout.ts
/** The version of Keras whose files ours are like. */
const KERAS_VERSION = "3.15.1";
/** Keras looks at this only for convolution kernels of Theano. */
const BACKEND = "tensorflow";
/** The weights of each layer under its name, as `.h5` files have them below `model_weights` (or at the root). */
function putLayers(group, layers) {
	writeListAttr(group.attrs, "layer_names", layers.map(({ name }) => name));
	group.attrs.set("backend", BACKEND);
	group.attrs.set("keras_version", KERAS_VERSION);
	const sorted = [...layers].sort((a, b) => a.name < b.name ? -1 : 1);
	for (const { name, weights } of sorted) putNamed(group.group(name), weights);
	putNamed(group.group("top_level_model_weights"), []);
}
/** Tensors in a group, with the attribute that keeps their order. */
function putNamed(group, tensors) {
	writeListAttr(group.attrs, "weight_names", tensors.map(({ name }) => name));
	for (const { name, tensor } of tensors) group.put(name, tensor);
}
/** @throws {FormatError} when the group lacks a dataset that it names */
function namedIn(group, file) {
	return (readListAttr(group.attrs, "weight_names") ?? []).map((name) => {
		const dataset = group.find(name);
		if (dataset === void 0) throw missing(file, name);
		return {
			name,
			tensor: dataset.tensor
		};
	});
}
/** The layers below `model_weights` (or at the root). */
function layersIn(group, file) {
	const names = readListAttr(group.attrs, "layer_names");
	if (names === void 0) throw new FormatError({
		code: "no-layer-names",
		what: `"${file}" names no layers, so it holds no weights of Keras`,
		expected: "the attribute \"layer_names\"",
		fix: "Use a file that Keras or Pawl has saved"
	});
	return names.map((name) => {
		const layer = group.findGroup(name);
		if (layer === void 0) throw missing(file, name);
		return {
			name,
			weights: namedIn(layer, file)
		};
	});
}
/** Variables at `<path>/vars/0, 1, …` with the objects' names, as `.weights.h5` files have them. */
function putObjects(root, objects, optimizer) {
	for (const { path, name, tensors } of objects) putVars(root, path, name, tensors);
	if (optimizer !== null) putVars(root, "optimizer", optimizer.name, optimizer.entries.map(({ tensor }) => tensor));
}
function putVars(root, path, name, tensors) {
	const group = root.group(`${path}/vars`);
	group.attrs.set("name", name);
	tensors.forEach((tensor, i) => {
		group.put(String(i), tensor);
	});
}
/** All groups `vars` of the file: their tensors in order, by the path above them. */
function objectsIn(root) {
	const objects = /* @__PURE__ */ new Map();
	const visit = (group, path) => {
		for (const [name, child] of group.groups) if (name === "vars") objects.set(path, numbered(child));
		else if (path !== "" || name !== "pawl") visit(child, path === "" ? name : `${path}/${name}`);
	};
	visit(root, "");
	return objects;
}
/** Datasets `0`, `1`, … up to the first gap. */
function numbered(group) {
	const out = [];
	for (let dataset = group.datasets.get("0"); dataset !== void 0; dataset = group.datasets.get(String(out.length))) out.push(dataset.tensor);
	return out;
}
function missing(file, name) {
	return new FormatError({
		code: "missing-weights",
		what: `"${file}" names "${name}" but does not hold it`,
		fix: "The file is damaged or incomplete: use another one",
		data: { name }
	});
}
//#endregion
//#region src/saving/plain-json.ts
/** Keys with a meaning of their own in JavaScript; no config needs them. */
const DROPPED = new Set([
	"__proto__",
	"constructor",
	"prototype"
]);
/**
* JSON of a file as plain data. Python's tuples become lists; `NaN` and `Infinity`, which Python writes, become null
* and the words that {@link Json} has for them.
* @throws {FormatError} when it is no JSON, or nested beyond all reason
*/
function parseConfig(text, where) {
	checkJson(text, where);
	try {
		return JSON.parse(withoutBareWords(text), (key, value) => {
			if (DROPPED.has(key)) return void 0;
			if (isTuple(value)) return value.items;
			return value;
		});
	} catch (cause) {
		throw new FormatError({
			code: "config-json",
			what: `${where} is not JSON`,
			received: text.slice(0, 80),
			fix: "The file is damaged, or another program wrote it",
			cause
		});
	}
}
/** Text of JSON that may be longer than the file that it was packed in. */
const MAX_UNPACKED = 8 * 2 ** 20;
/**
* The text of an archive's entry.
* @param fileBytes of the whole file: an entry that is not packed is never longer
* @throws {FormatError} when it is longer than JSON in a file of that size may be
*/
function entryText(bytes, where, fileBytes) {
	const most = Math.max(MAX_UNPACKED, fileBytes);
	if (bytes.length <= most) return new TextDecoder().decode(bytes);
	throw new FormatError({
		code: "config-size",
		what: `${where} is too long`,
		received: `${bytes.length} bytes from a file of ${fileBytes}`,
		expected: `at most ${most}`,
		fix: "No Keras writes that: do not trust the file"
	});
}
function isTuple(value) {
	if (typeof value !== "object" || value === null || !("class_name" in value) || !("items" in value)) return false;
	return value.class_name === "__tuple__" || value.class_name === "TensorShape";
}
function withoutBareWords(text) {
	if (!/NaN|Infinity/.test(text)) return text;
	return text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) => {
		if (token.startsWith("\"")) return token;
		return token === "NaN" ? "null" : `"${token}"`;
	});
}
//#endregion
//#region src/saving/own-state.ts
const VERSION = 1;
/** @param withOptimizer for formats that have no place for an optimizer */
function encodeOwnState(model, withOptimizer) {
	const optimizer = withOptimizer ? model.optimizer?.entries ?? null : null;
	const state = Object.entries(model.state?.tensors ?? {});
	const json = {
		version: VERSION,
		pawl: VERSION$1,
		compile: model.compile,
		own_compile: model.ownCompile,
		optimizer: optimizer?.map(({ name }) => name) ?? null,
		state: model.state === null ? null : {
			json: model.state.json,
			tensors: state.map(([name]) => name)
		}
	};
	return {
		json: JSON.stringify(json),
		tensors: [...(optimizer ?? []).map(({ tensor }) => tensor), ...state.map(([, tensor]) => tensor)]
	};
}
/** @throws {FormatError} when it is not what {@link encodeOwnState} wrote */
function decodeOwnState({ json, tensors }, file) {
	const parsed = parseConfig(json, `The Pawl state in "${file}"`);
	if (!isConfig(parsed) || parsed["version"] !== VERSION) throw new FormatError({
		code: "pawl-state",
		what: `The Pawl state in "${file}" cannot be read`,
		received: isConfig(parsed) ? `version ${String(parsed["version"])}` : "something else",
		expected: `version ${VERSION}`,
		fix: "A newer Pawl may have written it: update, or load with { allowEdited: true }, which takes weights and optimizer alone"
	});
	const rest = [...tensors];
	const take = (names) => (Array.isArray(names) ? names : []).map((name) => {
		const tensor = rest.shift();
		if (tensor === void 0 || typeof name !== "string") throw missingTensor(file, name);
		return [name, tensor];
	});
	const { optimizer, state } = parsed;
	const ownCompile = isConfig(parsed["own_compile"]) ? parsed["own_compile"] : {};
	const [withSlots, trained] = [places(ownCompile["with_slots"]), places(ownCompile["trained"])];
	const entries = take(optimizer).map(([name, tensor]) => ({
		name,
		tensor
	}));
	return {
		pawl: typeof parsed["pawl"] === "string" ? parsed["pawl"] : null,
		compile: isConfig(parsed["compile"]) ? parsed["compile"] : null,
		ownCompile,
		trained: withSlots === null || trained === null ? null : {
			withSlots,
			trained
		},
		optimizer: Array.isArray(optimizer) ? entries : null,
		state: isConfig(state) ? {
			json: state["json"] ?? null,
			tensors: Object.fromEntries(take(state["tensors"]))
		} : null
	};
}
const places = (json) => Array.isArray(json) && json.every((place) => typeof place === "number") ? json : null;
function missingTensor(file, name) {
	return new FormatError({
		code: "pawl-state",
		what: `The Pawl state in "${file}" lacks a tensor`,
		expected: String(name),
		fix: "The file is damaged: use an older one"
	});
}
//#endregion
export { BACKEND as a, namedIn as c, putLayers as d, putNamed as f, H5Group as g, writeNpy as h, parseConfig as i, numbered as l, readNpy as m, encodeOwnState as n, KERAS_VERSION as o, putObjects as p, entryText as r, layersIn as s, decodeOwnState as t, objectsIn as u };
