import { n as FormatError, o as StateError } from "./errors-DC-FoqxE.js";
import { n as sameShape, r as sizeOf, t as formatShape } from "./shape-Cm7Ckhsa.js";
import { n as byteSize, o as viewOf, r as isDType } from "./dtype-CoZs3mAt.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { l as checkJson, o as magicOf, s as splitTrailer, y as isConfig } from "./vfs-node-5nrdDM0o.js";
//#region src/core/stateful.ts
const NO_STATE = {
	json: null,
	tensors: {}
};
//#endregion
//#region src/core/json-number.ts
/** JSON has no NaN and no infinities; they are written as words. */
function numberToJson(value) {
	return Number.isFinite(value) ? value : String(value);
}
/** What {@link numberToJson} wrote. */
function numberFromJson(value) {
	return typeof value === "number" ? value : Number(value);
}
//#endregion
//#region src/store/checkpoint-json.ts
const encoder = new TextEncoder();
const OPEN = encoder.encode("{\"json\":");
const MIDDLE = encoder.encode(",\"tensors\":");
const CLOSE = encoder.encode("}");
/**
* UTF-8 of the value's JSON.
* @throws {StateError} for numbers that are not finite, which JSON would turn into null without a word
*/
function encodeJson(json) {
	checkFinite(json, "");
	return encoder.encode(JSON.stringify(json));
}
/**
* The header of a checkpoint: plain data, and a table of tensors.
* @param fixed more members of `json`, which is an object then
*/
function encodeHeader(json, fixed, tensors) {
	const plain = encodeJson(json);
	const parts = [OPEN, plain];
	let empty = plain.length === 2;
	const entries = Object.entries(fixed);
	if (entries.length > 0) parts[1] = plain.subarray(0, -1);
	for (const [name, bytes] of entries) {
		parts.push(encoder.encode(`${empty ? "" : ","}${JSON.stringify(name)}:`), bytes);
		empty = false;
	}
	if (entries.length > 0) parts.push(CLOSE);
	return [
		...parts,
		MIDDLE,
		encoder.encode(JSON.stringify(tensors)),
		CLOSE
	];
}
function checkFinite(value, key) {
	if (typeof value === "number") {
		if (Number.isFinite(value)) return;
		throw new StateError({
			code: "not-json",
			what: `State holds ${value} under "${key}"`,
			expected: "finite numbers, or the strings \"NaN\", \"Infinity\" and \"-Infinity\""
		});
	}
	if (typeof value !== "object" || value === null) return;
	if (Array.isArray(value)) {
		for (const item of value) checkFinite(item, key);
		return;
	}
	const members = value;
	for (const name in members) checkFinite(members[name], name);
}
//#endregion
//#region src/store/checkpoint.ts
const MAGIC = magicOf("CHECKPT");
const VERSION = 1;
/** Magic (16), version (4), zeros (4), bytes of the header (8). */
const PREFIX_BYTES = 32;
const ALIGNMENT = 64;
/**
* Lays a state out; the tensors' bytes are views, not copies, and each lies at a multiple of 64 bytes.
* @param fixed more members of the state's plain data, encoded by {@link encodeJson}
*/
function layoutCheckpoint(state, fixed = {}) {
	const tensors = [];
	const table = [];
	let size = 0;
	for (const [name, { data, dtype, shape }] of Object.entries(state.tensors)) {
		const bytes = bytesOf(data);
		tensors.push({
			name,
			bytes,
			at: size
		});
		table.push([
			name,
			dtype,
			shape,
			bytes.length
		]);
		size += bytes.length + gapAfter(bytes.length);
	}
	const parts = encodeHeader(state.json, fixed, table);
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	const head = new Uint8Array(PREFIX_BYTES + length + gapAfter(PREFIX_BYTES + length));
	head.set(MAGIC);
	new DataView(head.buffer).setUint32(16, VERSION, true);
	new DataView(head.buffer).setBigUint64(24, BigInt(length), true);
	let at = PREFIX_BYTES;
	for (const part of parts) {
		head.set(part, at);
		at += part.length;
	}
	return {
		head,
		tensors,
		size
	};
}
/**
* The plain data of a checkpoint from the first bytes of its file, without the tensors and without looking at the
* digest; null when more bytes are needed, whose number `needs` tells.
* @throws {FormatError} when it is no checkpoint
*/
function peekCheckpoint(start) {
	if (start.length < PREFIX_BYTES) return { needs: PREFIX_BYTES };
	const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(24, true));
	if (start.length < PREFIX_BYTES + length) return { needs: PREFIX_BYTES + length };
	return { json: readHeader(start).json };
}
/**
* The state in a checkpoint file, its digest verified before anything is looked at. The tensors lie in `bytes` where
* their alignment allows it.
* @throws {FormatError} when it is no checkpoint, or not exactly what was written
*/
async function decodeCheckpoint(bytes) {
	const { body, trailer } = await splitTrailer(bytes);
	if (trailer !== "intact") throw new FormatError({
		code: "checkpoint-damaged",
		what: "The checkpoint is damaged",
		received: trailer === "damaged" ? "contents that do not match their digest" : `${bytes.length} bytes without the digest at their end`,
		fix: "Use an earlier checkpoint"
	});
	const header = readHeader(body);
	const tensors = Object.create(null);
	let at = header.end;
	for (const [name, dtype, shape, size] of header.tensors) {
		if (at + size > body.length) throw malformed(`the tensor "${name}" ends outside the file`);
		tensors[name] = tensorAt(body, at, size, dtype, shape, name);
		at += size + gapAfter(size);
	}
	return {
		json: header.json,
		tensors
	};
}
function readHeader(body) {
	const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
	if (body.length < PREFIX_BYTES || MAGIC.some((byte, i) => body[i] !== byte)) throw new FormatError({
		code: "not-a-checkpoint",
		what: "This is not a checkpoint of a run"
	});
	const version = view.getUint32(16, true);
	if (version !== VERSION) throw new FormatError({
		code: "checkpoint-version",
		what: "The checkpoint was written by another version of Pawl",
		received: `format ${version}`,
		expected: `format ${VERSION}`,
		fix: "Update Pawl"
	});
	const length = Number(view.getBigUint64(24, true));
	if (PREFIX_BYTES + length > body.length) throw malformed("the header ends outside the file");
	const header = parseJson(new TextDecoder().decode(body.subarray(PREFIX_BYTES, PREFIX_BYTES + length)), "its header");
	if (typeof header !== "object" || header === null || !Array.isArray(header.tensors)) throw malformed("its header is another kind of data");
	for (const row of header.tensors) checkRow(row);
	return {
		...header,
		end: PREFIX_BYTES + length + gapAfter(PREFIX_BYTES + length)
	};
}
function checkRow(row) {
	const count = (value) => Number.isSafeInteger(value) && value >= 0;
	const [name, dtype, shape, size] = Array.isArray(row) ? row : [];
	if (!(typeof name === "string" && isDType(dtype) && Array.isArray(shape) && shape.every(count) && count(size))) throw malformed(`its table of tensors has the row ${JSON.stringify(row).slice(0, 100)}`);
}
function parseJson(text, what) {
	checkJson(text, `The checkpoint is malformed: ${what}`);
	try {
		return JSON.parse(text);
	} catch {
		throw malformed(`${what} is not JSON`);
	}
}
function bytesOf(data) {
	if (Array.isArray(data)) return new TextEncoder().encode(JSON.stringify(data));
	return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
function tensorAt(body, at, size, dtype, shape, name) {
	const bytes = body.subarray(at, at + size);
	if (dtype === "string") {
		const texts = parseJson(new TextDecoder().decode(bytes), `the tensor "${name}"`);
		if (!Array.isArray(texts) || texts.length !== sizeOf(shape)) throw malformed(`the tensor "${name}" has not its size`);
		return new Tensor(texts, shape, dtype);
	}
	if (sizeOf(shape) * byteSize(dtype) !== size) throw malformed(`the tensor "${name}" does not have its size`);
	const aligned = bytes.byteOffset % byteSize(dtype) === 0 ? bytes : bytes.slice();
	return new Tensor(viewOf(dtype, aligned.buffer, aligned.byteOffset, sizeOf(shape)), shape, dtype);
}
/** Bytes up to the next multiple of the alignment. */
function gapAfter(length) {
	return (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
}
function malformed(why) {
	return new FormatError({
		code: "checkpoint-malformed",
		what: `The checkpoint is malformed: ${why}`
	});
}
//#endregion
//#region src/training/train-state.ts
/** The state of a model that has not trained. */
function freshState(seed) {
	return {
		iteration: 0,
		epoch: 0,
		batch: 0,
		pass: 0,
		position: null,
		stopped: false,
		seed,
		shards: 1,
		metrics: {},
		callbacks: [],
		history: {
			epoch: [],
			history: {}
		},
		data: NO_STATE,
		identity: null,
		machine: {}
	};
}
const FORMAT = 1;
/** The state as plain data and tensors, for files. */
function encodeTrainState(state) {
	const tensors = {};
	const keep = (prefix, from) => {
		for (const [name, tensor] of Object.entries(from)) tensors[`${prefix}/${name}`] = tensor;
		return Object.keys(from);
	};
	const { metrics, callbacks, data, history, ...plain } = state;
	return {
		json: {
			format: FORMAT,
			...plain,
			machine: { ...plain.machine },
			metrics: keep("metrics", metrics),
			callbacks: callbacks.map(({ className, watchesOnly, state: own }, i) => ({
				className,
				watchesOnly,
				json: own.json,
				tensors: keep(`callbacks/${i}`, own.tensors)
			})),
			data: {
				json: data.json,
				tensors: keep("data", data.tensors)
			},
			history: {
				epoch: [...history.epoch],
				history: Object.fromEntries(Object.entries(history.history).map(([key, values]) => [key, values.map(numberToJson)]))
			}
		},
		tensors
	};
}
/** @throws {FormatError} when it is not such a state, or of a newer version */
function decodeTrainState(value) {
	const { json, tensors } = value;
	if (!isConfig(json) || json["format"] !== FORMAT) throw notAState(json);
	checkCounters(json);
	const read = (prefix, names) => {
		const out = {};
		for (const name of names) {
			const tensor = tensors[`${prefix}/${name}`];
			if (tensor === void 0) throw notAState(`no tensor ${prefix}/${name}`);
			out[name] = tensor;
		}
		return out;
	};
	try {
		const raw = json;
		return {
			iteration: raw.iteration,
			epoch: raw.epoch,
			batch: raw.batch,
			pass: raw.pass,
			position: raw.position,
			stopped: raw.stopped,
			seed: raw.seed,
			shards: raw.shards,
			identity: raw.identity,
			machine: raw.machine,
			metrics: read("metrics", raw.metrics),
			callbacks: raw.callbacks.map((own, i) => ({
				className: own.className,
				watchesOnly: own.watchesOnly === true,
				state: {
					json: own.json,
					tensors: read(`callbacks/${i}`, own.tensors)
				}
			})),
			data: {
				json: raw.data.json,
				tensors: read("data", raw.data.tensors)
			},
			history: {
				epoch: raw.history.epoch,
				history: Object.fromEntries(Object.entries(raw.history.history).map(([key, values]) => [key, values.map((value) => numberFromJson(value))]))
			}
		};
	} catch (cause) {
		if (cause instanceof FormatError) throw cause;
		throw notAState(json, cause);
	}
}
/** More parts of a batch than any machine has cores for. */
const MAX_SHARDS = 2 ** 16;
/** What training counts with must be counts: a made-up one would only show up much later. */
function checkCounters(json) {
	const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
	const counts = [
		"iteration",
		"epoch",
		"batch",
		"pass",
		"shards",
		"seed"
	].every((key) => isCount(json[key]));
	const { position, stopped, machine, shards } = json;
	if (counts && shards >= 1 && shards <= MAX_SHARDS && (position === null || isCount(position)) && typeof stopped === "boolean" && isConfig(machine)) return;
	throw notAState(json);
}
function notAState(received, cause) {
	return new FormatError({
		code: "train-state",
		what: "The training state in this file cannot be read",
		received: JSON.stringify(received)?.slice(0, 200) ?? String(received),
		expected: `a training state of format ${FORMAT}`,
		fix: "It may come from a newer Pawl: update, or load the model with { allowEdited: true }, which takes weights and optimizer alone",
		cause
	});
}
//#endregion
//#region src/training/run-state.ts
/** What stays as it is while a training runs: what tells it from others, and the model without its tensors. */
function fixedMembers(identity, model) {
	return {
		identity: encodeJson(identity),
		model: encodeJson(model)
	};
}
/** Names of tensors whose numbers must be finite for a checkpoint to be a good one. */
function isWeight(name) {
	return name.startsWith("weights/");
}
/**
* Everything as it is now, but for what {@link fixedMembers} has. Weights and optimizer variables are views of the live ones: whoever keeps them past the next
* step copies them.
*/
function encodeRunState(trainer, notes) {
	const train = encodeTrainState(trainer.state);
	const tensors = {};
	const weights = trainer.network.weights.map((weight, i) => {
		tensors[`weights/${i}`] = live(weight);
		return weight.path;
	});
	const optimizer = trainer.optimizer.variables.map((entry, i) => {
		tensors[`optimizer/${i}`] = entry.variable === void 0 ? entry.read() : live(entry.variable);
		return entry.name;
	});
	for (const [name, tensor] of Object.entries(train.tensors)) tensors[`train/${name}`] = tensor;
	return {
		json: {
			format: 1,
			...notes,
			train: train.json,
			weights,
			optimizer
		},
		tensors
	};
}
function live({ data, shape, dtype }) {
	return new Tensor(data, shape, dtype);
}
/** @throws {FormatError} when it is no such state */
function decodeRunState({ json, tensors }) {
	if (!isConfig(json) || json["format"] !== 1) throw notARunState("no run state of format 1");
	const take = (prefix, names) => names.map((_, i) => {
		const tensor = tensors[`${prefix}/${i}`];
		if (tensor === void 0) throw notARunState(`no tensor ${prefix}/${i}`);
		return tensor;
	});
	const train = Object.entries(tensors).filter(([name]) => name.startsWith("train/"));
	const optimizerNames = namesIn(json["optimizer"]);
	const { model, epochs, pawl, finiteLoss } = json;
	return {
		identity: json["identity"] ?? null,
		weights: take("weights", namesIn(json["weights"])),
		optimizer: take("optimizer", optimizerNames),
		optimizerNames,
		notes: {
			model: model ?? null,
			epochs: typeof epochs === "number" ? epochs : null,
			pawl: typeof pawl === "string" ? pawl : null,
			finiteLoss: finiteLoss !== false
		},
		state: decodeTrainState({
			json: json["train"] ?? null,
			tensors: Object.fromEntries(train.map(([name, tensor]) => [name.slice(6), tensor]))
		})
	};
}
function namesIn(names) {
	if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
	throw notARunState("no list of names");
}
function notARunState(received) {
	return new FormatError({
		code: "run-state",
		what: "The checkpoint in this run folder is none of Pawl's, or of a newer version",
		received
	});
}
/**
* Sets weights, optimizer and training state.
* @throws {FormatError} when the model has other weights; nothing is set then
*/
function applyRunState(trainer, { state, weights, optimizer }, where) {
	const variables = trainer.network.weights;
	const entries = trainer.optimizer.variables;
	const check = (what, have, saved) => {
		if (have.findIndex(({ shape }, i) => saved[i] === void 0 || !sameShape(shape, saved[i].shape)) < 0 && have.length === saved.length) return;
		throw new FormatError({
			code: "run-state-shapes",
			what: `The ${what} in ${where} are not those of ${trainer.network.label}`,
			received: saved.map(({ shape }) => formatShape(shape)).join(" "),
			expected: have.map(({ shape }) => formatShape(shape)).join(" "),
			fix: "Use another run folder for another model"
		});
	};
	check("weights", variables, weights);
	check("optimizer variables", entries, optimizer);
	variables.forEach((variable, i) => {
		variable.write(weights[i]);
	});
	entries.forEach((entry, i) => {
		entry.write(optimizer[i]);
	});
	trainer.state = state;
}
//#endregion
export { isWeight as a, freshState as c, peekCheckpoint as d, numberFromJson as f, fixedMembers as i, decodeCheckpoint as l, NO_STATE as m, decodeRunState as n, decodeTrainState as o, numberToJson as p, encodeRunState as r, encodeTrainState as s, applyRunState as t, layoutCheckpoint as u };
