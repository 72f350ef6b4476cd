import { t as __exportAll } from "./chunk-pbuEa-1d.js";
import { a as ShapeError, c as nearest, i as PawlError, n as FormatError, o as StateError, r as OptionError, s as unknownName, t as EngineError } from "./errors-DC-FoqxE.js";
import { n as sameShape, r as sizeOf, t as formatShape } from "./shape-Cm7Ckhsa.js";
import { D as sameDims, T as describe, a as streamOf, f as normalOf, g as dimAt, i as randomWords, m as PRIMITIVES, n as Variable, o as uniformOf, p as build, r as variableOf, t as sayOnce } from "./notice-DqRyolzH.js";
import { n as byteSize, t as allocate } from "./dtype-CoZs3mAt.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { l as interpret, r as prepare$1, t as checkRun, u as reachable } from "./program-graph-DXf0hjDj.js";
import { $ as activations_exports, A as isList, At as divide, B as clearRandomSeed, Bt as neg, C as withStyle, Ct as logSumExp, D as CallTrace, Dt as flatten2d, E as graphDType, Et as gather, F as policyConfig, Ft as minimum, G as activationField, H as seedIsSet, Ht as add, I as optionFromKeras, It as maximum, J as regularizerField, K as constraintField, L as KerasTensor, Lt as cast, M as Node, Mt as conv, N as layerFields, Nt as constant, O as rootContext, Ot as expandDims, P as shapeField, Pt as concatenate, Q as constraints_exports, R as flattenTensors, Rt as broadcastTo, S as serialize, St as matmul, T as withWeightBudget, Tt as greaterEqual, U as setRandomSeed, Ut as abs, V as nextSeed, Vt as allSum, W as withScope, X as initializers_exports, Y as regularizers_exports, Z as fillFromWords, _ as FunctionLoss, _t as pad$1, a as placeObjects, at as variance, b as markBuiltIn, bt as maxPool, c as serialize$1, ct as subtract, d as resolve, dt as slice, et as relu$1, f as Metric, ft as rsqrt, g as serialize$2, gt as square, h as get$1, ht as relu, i as outlineModel, it as where, j as valuesOf, jt as convTranspose, k as invoke, kt as exp, l as schedules_exports, lt as stopGradient, m as lossValue, mt as repeat$1, n as modelJob, nt as elu, o as optimizers_exports, ot as transpose, p as losses_exports, pt as reshape, q as initializerField, r as saveModel, rt as ops_exports, s as get, st as sum$1, t as MODEL_ENCODERS, tt as leakyRelu, u as metrics_exports, ut as softmax, v as Loss, vt as multiply, w as Layer, wt as input, x as registered, xt as max, y as deserialize, yt as mean, z as isKerasTensor, zt as averagePool } from "./save-CYzO9pxl.js";
import { a as nullable, c as optionsToConfig, d as text, f as wrongOption, h as uniqueName, i as ints, l as options_exports, n as float, o as oneOf, p as optionToKeras, r as int, s as optionsFromConfig, t as bool, u as resolveOptions } from "./options-BKRopCvu.js";
import { d as memorySize, f as sha256, n as nodeVfs, p as toHex, u as formatCount, y as isConfig } from "./vfs-node-5nrdDM0o.js";
import { a as isWeight, c as freshState, f as numberFromJson, i as fixedMembers, m as NO_STATE, n as decodeRunState, o as decodeTrainState, p as numberToJson, r as encodeRunState, s as encodeTrainState, t as applyRunState } from "./run-state-U43fAGQP.js";
import { t as VERSION } from "./version-BtKw3Rsl.js";
import { t as inPlaceWriter } from "./writer-B6_i5ebJ.js";
import { n as Staging, r as LOCK_TIMING, t as RunFolder } from "./run-folder-3gL91LuI.js";
import { t as configure } from "./workers-BLi4GVta.js";
import { n as readModelFile, t as readWeightsFile } from "./read-weights-BREAVQoL.js";
import { t as drawTable } from "./table-MOD9b2V-.js";
//#region src/graph/sum-to.ts
/** Undoes broadcasting: sums `x` over the axes along which `shape` was repeated, the batch axis included. */
function sumTo(x, shape) {
	if (sameDims(x.shape, shape)) return x;
	const rank = Math.max(x.shape.length, shape.length);
	const wide = build.shaped(x, [...new Array(rank - x.shape.length).fill(1), ...x.shape]);
	const lead = rank - shape.length;
	const axes = wide.shape.flatMap((dim, axis) => axis < lead || shape[axis - lead] === 1 && dim !== 1 ? [axis] : []);
	const summed = axes.length === 0 ? wide : build.sum(wide, axes);
	const kept = shape.map((dim, axis) => axes.includes(axis + lead) || wide.shape[axis + lead] === 1 ? 1 : dim);
	const shaped = build.shaped(summed, kept);
	return sameDims(kept, shape) ? shaped : build.broadcast(shaped, shape);
}
//#endregion
//#region src/graph/autodiff.ts
/**
* Gradients of a float32 scalar with respect to values, by reverse-mode differentiation; zeros where nothing flows.
* They are values like any other, so gradients of gradients work too. Contributions are added in the order of their
* users' ids from last to first, so one graph always gives one order of additions.
*
* With a batch in shards they are the gradients of the shard's own loss; `allSum` adds them up.
* @throws {ShapeError} when the loss is no float32 scalar
*/
function grad(loss, wrt) {
	if (loss.dtype !== "float32" || loss.shape.length !== 0) throw new ShapeError({
		code: "loss-not-scalar",
		what: "Gradients are taken of a scalar",
		received: describe(loss),
		expected: "float32 ()",
		fix: "Sum or average the losses first"
	});
	return gradFrom([loss], [build.scalar(1)], wrt);
}
/** The same from several values of any shape, given the gradients that arrive at them. */
function gradFrom(outputs, arriving, wrt) {
	const order = reachable(outputs);
	const active = dependents(order, new Set(wrt));
	const gradients = /* @__PURE__ */ new Map();
	const add = (value, gradient) => {
		const before = gradients.get(value);
		gradients.set(value, before === void 0 ? gradient : build.add(before, gradient));
	};
	outputs.forEach((output, i) => {
		if (active.has(output)) add(output, arriving[i]);
	});
	for (let i = order.length - 1; i >= 0; i--) {
		const node = order[i];
		const dy = gradients.get(node);
		const { gradient } = PRIMITIVES[node.op];
		if (dy === void 0 || gradient === void 0 || !node.inputs.some((value) => active.has(value))) continue;
		gradient(node, dy, build).forEach((dx, k) => {
			const x = node.inputs[k];
			if (dx !== null && active.has(x) && x.dtype === "float32") add(x, sumTo(dx, x.shape));
		});
	}
	return wrt.map((value) => gradients.get(value) ?? build.broadcast(build.scalar(0), value.shape));
}
/** Values through which a change of `targets` reaches the end, by data flow alone. */
function dependents(order, targets) {
	const active = /* @__PURE__ */ new Set();
	for (const value of order) if (targets.has(value) || value.inputs.some((input) => active.has(input))) active.add(value);
	return active;
}
//#endregion
//#region src/training/callback.ts
/**
* Base of all callbacks: override the hooks you need. Hooks may be async and are awaited, in the order of the list.
*
* What a callback remembers between hooks belongs in its state (`getState`, `setState`), then it survives a resume. A
* training that resumes runs `onTrainBegin` first and then `setState`.
* @typeParam M what `this.model` is
*/
var Callback = class {
	/**
	* Keys that this callback adds to the logs of epochs; null (the default) when it may add any. Monitors are checked
	* against them before training.
	*/
	addsLogs = null;
	/**
	* True for callbacks that only watch or save: the training is the same without them, so a resume need not tell that
	* their saved state found no taker.
	*/
	watchesOnly = false;
	/** Not null on a callback that makes the training durable in a folder, as `run` does. */
	durable = null;
	#model = null;
	#params = null;
	/** The model in training. Only valid inside hooks. */
	get model() {
		return this.#model;
	}
	get params() {
		return this.#params;
	}
	setModel(model) {
		this.#model = model;
	}
	setParams(params) {
		this.#params = params;
	}
	getState() {
		return NO_STATE;
	}
	setState(_state) {}
	onTrainBegin(_logs, _context) {}
	onTrainEnd(_logs, _context) {}
	onEpochBegin(_epoch, _logs, _context) {}
	onEpochEnd(_epoch, _logs, _context) {}
	onTrainBatchBegin(_batch, _logs, _context) {}
	onTrainBatchEnd(_batch, _logs, _context) {}
	onTestBegin(_logs, _context) {}
	onTestEnd(_logs, _context) {}
	onTestBatchBegin(_batch, _logs, _context) {}
	onTestBatchEnd(_batch, _logs, _context) {}
	onPredictBegin(_logs, _context) {}
	onPredictEnd(_logs, _context) {}
	onPredictBatchBegin(_batch, _logs, _context) {}
	onPredictBatchEnd(_batch, _logs, _context) {}
};
/** The name of a callback's class, by which a resumed training finds whose state is whose. */
function callbackName(callback) {
	const cls = callback.constructor;
	return cls.className ?? cls.name;
}
/** Whether the callback has its own version of a hook, so that the loop need not prepare logs nobody reads. */
function overrides(callback, hook) {
	return callback[hook] !== Callback.prototype[hook];
}
/** The logs of a model's training, and what its callbacks add to them. */
function withAddedLogs(model, callbacks) {
	const known = new Set(model.map((log) => log.key));
	const logs = [...model];
	let logsMayGrow = false;
	for (const callback of callbacks) {
		if (callback.addsLogs === null) logsMayGrow ||= overrides(callback, "onEpochEnd");
		for (const key of callback.addsLogs ?? []) {
			if (known.has(key)) continue;
			known.add(key);
			logs.push({
				key,
				direction: null,
				batch: false
			});
		}
	}
	return {
		logs,
		logsMayGrow
	};
}
//#endregion
//#region src/training/callback-list.ts
/** The callbacks of one loop, called hook by hook in their order, each awaited before the next. */
var CallbackList = class {
	callbacks;
	#context;
	#listeners = /* @__PURE__ */ new Map();
	constructor(callbacks, context) {
		this.callbacks = callbacks;
		this.#context = context;
	}
	begin(model, params) {
		for (const callback of this.callbacks) {
			callback.setParams(params);
			callback.setModel(model);
		}
	}
	/** Whether any callback listens, so that logs are worth making. */
	hears(hook) {
		return this.#listening(hook).length > 0;
	}
	async run(hook, logs) {
		for (const callback of this.#listening(hook)) await this.#inside(hook, () => callback[hook](logs, this.#context));
	}
	async at(hook, index, logs) {
		for (const callback of this.#listening(hook)) await this.#inside(hook, () => callback[hook](index, logs, this.#context));
	}
	/** What the callbacks remember; those that remember nothing are left out. */
	async getState() {
		const states = [];
		for (const callback of this.callbacks) {
			const state = await callback.getState();
			if (state.json === null && Object.keys(state.tensors).length === 0) continue;
			states.push({
				className: callbackName(callback),
				watchesOnly: callback.watchesOnly,
				state
			});
		}
		return states;
	}
	/**
	* Gives saved states back, to the callbacks of their class in order.
	* @returns classes of states that found no callback, where that makes a difference
	*/
	async setState(states) {
		const waiting = [...this.callbacks];
		const lost = [];
		for (const { className, watchesOnly, state } of states) {
			const index = waiting.findIndex((callback) => callbackName(callback) === className);
			if (index < 0 && !watchesOnly) lost.push(className);
			if (index >= 0) await waiting.splice(index, 1)[0].setState(state);
		}
		return lost;
	}
	#listening(hook) {
		let listening = this.#listeners.get(hook);
		if (listening === void 0) {
			listening = this.callbacks.filter((callback) => overrides(callback, hook));
			this.#listeners.set(hook, listening);
		}
		return listening;
	}
	async #inside(hook, call) {
		this.#context.hook = hook;
		try {
			const pending = call();
			if (pending !== void 0) await pending;
		} finally {
			this.#context.hook = null;
		}
	}
};
//#endregion
//#region src/training/cursor.ts
/** A pass through the data: its batches one after the other, and where it stands. */
var Cursor = class {
	#source;
	#stream;
	#taken;
	/** The data behind the last batch. */
	#raw = null;
	/** A batch that was looked at before it was taken, with the position before it. */
	#ahead = null;
	constructor(source, order) {
		this.#source = source;
		this.#stream = source.dataset.open(order);
		this.#taken = order.from ?? 0;
	}
	/** Batches of the pass that have been taken. */
	get position() {
		return this.#taken;
	}
	/** The batch to come, or null at the end. */
	async peek() {
		this.#ahead ??= {
			state: await this.#stream.getState(),
			batch: await this.#pull()
		};
		return this.#ahead.batch;
	}
	async next() {
		const batch = this.#ahead === null ? await this.#pull() : this.#ahead.batch;
		this.#ahead = null;
		if (batch !== null) this.#taken++;
		return batch;
	}
	/** Gives the memory of the last batch that was taken back to its source; it must not be used any more. */
	recycle() {
		if (this.#ahead === null && this.#raw !== null) this.#stream.recycle?.(this.#raw);
		this.#raw = null;
	}
	/** For data that keeps its own position: where it stands after the batches taken. */
	getState() {
		return this.#ahead === null ? this.#stream.getState() : this.#ahead.state;
	}
	close() {
		return this.#stream.close();
	}
	async #pull() {
		const raw = await this.#stream.next();
		this.#raw = raw;
		return raw === null ? null : this.#source.batch(raw);
	}
};
/**
* Rows of a batch: as given; else what makes `steps` batches of all rows; else 32.
* @throws {OptionError} when the data decides by itself
*/
function batchSizeFor(where, source, given, steps) {
	const { ordered, rows } = source.dataset;
	if (!ordered && given !== null) throw new OptionError({
		code: "batch-size-of-batches",
		what: `${where}: batchSize means nothing for data that comes in batches`,
		received: String(given),
		fix: "Leave batchSize out; the data decides"
	});
	if (given !== null) return given;
	return steps !== null && rows !== null ? Math.ceil(rows / steps) : 32;
}
//#endregion
//#region src/training/class-weight.ts
/**
* @throws {OptionError} when a label is no integer or a weight is no number
*/
function parseClassWeight(value, where) {
	const entries = value instanceof Map ? [...value] : Object.entries(value).map(([key, weight]) => [Number(key), weight]);
	for (const [label, weight] of entries) {
		if (Number.isInteger(label) && typeof weight === "number" && Number.isFinite(weight)) continue;
		throw new OptionError({
			code: "class-weight",
			what: `${where} must give a number for each class`,
			received: `${label}: ${String(weight)}`,
			expected: "e.g. { 0: 1, 1: 2.5 }"
		});
	}
	return new Map(entries);
}
/**
* A weight for each row, from its label: one-hot targets by their largest element, others rounded (half to even).
* @throws {OptionError} when a row has several labels
*/
function classWeights(targets, weights) {
	const { data, shape } = targets;
	const rows = shape[0];
	const last = shape.length > 1 ? shape.at(-1) : 1;
	if (data.length !== rows * last) throw new OptionError({
		code: "class-weight-targets",
		what: "Class weights need one label a row",
		received: `targets of shape ${formatShape(shape)}`,
		expected: "(rows,), (rows, 1), or one-hot (rows, classes)",
		fix: "Give sampleWeight instead"
	});
	const out = new Float32Array(rows);
	for (let row = 0; row < rows; row++) out[row] = weights.get(last === 1 ? roundHalfEven(Number(data[row])) : largest(data, row * last, last)) ?? 1;
	return new Tensor(out, [rows]);
}
function largest(data, start, length) {
	let best = 0;
	for (let i = 1; i < length; i++) if (Number(data[start + i]) > Number(data[start + best])) best = i;
	return best;
}
function roundHalfEven(value) {
	const down = Math.floor(value);
	if (value - down !== .5) return Math.round(value);
	return down % 2 === 0 ? down : down + 1;
}
//#endregion
//#region src/training/keep-options.ts
const FIELDS$11 = {
	last: int({ min: 0 }, { default: 2 }),
	best: int({ min: 0 }, { default: 0 }),
	monitor: text({ default: "val_loss" }),
	mode: oneOf([
		"auto",
		"min",
		"max"
	], { default: "auto" }),
	every: nullable(int({ min: 1 })),
	seconds: nullable(int({ min: 0 })),
	pinned: {
		default: [],
		parse(value, where) {
			if (Array.isArray(value) && value.every((step) => Number.isInteger(step))) return value;
			throw wrongOption(where, "a list of training steps", value);
		}
	},
	bytes: nullable(int({ min: 0 }))
};
/** A number n stands for `{ last: n }`. @throws {OptionError} */
function resolveKeep(where, value, monitor = "val_loss") {
	if (typeof value !== "number") return resolveOptions(where, FIELDS$11, {
		monitor,
		...value
	});
	return resolveOptions(where, FIELDS$11, {
		monitor,
		last: int({ min: 1 }).parse(value, where)
	});
}
/** @param logs the keys that the training's logs have */
function retentionPolicy(keep, logs) {
	const direction = logs.find(({ key }) => key === keep.monitor || key === keep.monitor.replace(/^val_/, ""))?.direction;
	return {
		...keep,
		mode: keep.mode === "auto" ? direction ?? "min" : keep.mode
	};
}
//#endregion
//#region src/training/run-options.ts
const EVERY = {
	epochs: nullable(int({ min: 1 }), { default: 1 }),
	steps: nullable(int({ min: 1 })),
	seconds: {
		default: null,
		parse: (value, where) => value === "auto" || value === null ? value : float({ min: 0 }).parse(value, where)
	}
};
const AUTO = {
	epochs: null,
	seconds: "auto"
};
const RUN = {
	dir: { parse(value, where) {
		if (typeof value === "string" && value !== "") return value;
		throw wrongOption(where, "the path of a folder", value);
	} },
	every: {
		default: {},
		parse: (value, where) => resolveOptions(where, EVERY, value === "auto" ? AUTO : value)
	},
	keep: {
		default: 2,
		parse: (value, where) => resolveKeep(where, value)
	},
	onChange: oneOf([
		"refuse",
		"accept",
		"fork"
	], { default: "refuse" })
};
/** @throws {OptionError} for unknown or wrong options */
function resolveRun(where, given) {
	const { dir, every, keep, onChange } = resolveOptions(where, RUN, typeof given === "string" ? { dir: given } : given);
	return {
		dir,
		every: resolveOptions(where, EVERY, every),
		keep: typeof keep === "number" ? resolveKeep(where, keep) : keep,
		onChange
	};
}
//#endregion
//#region src/training/fit-options.ts
const asGiven$1 = (extra = {}) => ({
	default: null,
	parse: (value) => value,
	...extra
});
const COMMON = {
	batchSize: nullable(int({ min: 1 })),
	verbose: {
		default: "auto",
		parse(value, where) {
			if (value === "auto" || value === 0 || value === 1 || value === 2) return value;
			throw wrongOption(where, "\"auto\", 0, 1 or 2", value);
		}
	},
	callbacks: {
		default: [],
		parse(value, where) {
			const list = value === null ? [] : Array.isArray(value) ? value : [value];
			const wrong = list.find((callback) => !(callback instanceof Callback));
			if (wrong !== void 0) throw wrongOption(where, "a list of callbacks", wrong, "Subclass callbacks.Callback");
			return list;
		}
	},
	sampleWeight: asGiven$1()
};
const FIELDS$10 = {
	...COMMON,
	epochs: int({ min: 0 }, { default: 1 }),
	validationSplit: float({
		min: 0,
		max: 1
	}, { default: 0 }),
	validationData: asGiven$1(),
	shuffle: {
		default: true,
		parse: (value, where) => {
			if (typeof value === "boolean" || value === "batch") return value;
			throw wrongOption(where, "true, false or \"batch\"", value);
		}
	},
	classWeight: {
		default: null,
		parse: (value, where) => {
			if (value === null || value instanceof Map || isConfig(value)) return value;
			throw wrongOption(where, "an object { label: weight }", value);
		}
	},
	initialEpoch: nullable(int({ min: 0 })),
	stepsPerEpoch: nullable(int({ min: 1 })),
	validationSteps: nullable(int({ min: 1 })),
	validationBatchSize: nullable(int({ min: 1 })),
	validationFreq: {
		default: 1,
		parse: (value, where) => {
			const list = Array.isArray(value) ? value : [value];
			for (const epoch of list) if (!Number.isInteger(epoch) || epoch < 1) throw wrongOption(where, "an integer >= 1 or a list of such", value);
			return value;
		}
	},
	resume: bool(false),
	run: asGiven$1(),
	signals: bool(true)
};
/**
* @param model how messages call the model
* @throws {OptionError} for unknown or wrong options, and ones that exclude each other
*/
function resolveFit(model, options) {
	const where = `fit of ${model}`;
	const resolved = resolveOptions(where, FIELDS$10, options);
	if (resolved.classWeight !== null && resolved.sampleWeight !== null) throw new OptionError({
		code: "two-weights",
		what: `${where}: classWeight and sampleWeight cannot be given together`,
		fix: "Multiply the class weights into sampleWeight"
	});
	const callbacks = resolved.callbacks;
	return {
		...resolved,
		callbacks,
		run: durableRun(where, resolved.run, callbacks),
		classWeight: resolved.classWeight === null ? null : parseClassWeight(resolved.classWeight, `${where}.classWeight`),
		verbose: resolveVerbosity(resolved.verbose)
	};
}
function resolveVerbosity(verbose) {
	return verbose === "auto" ? 1 : verbose;
}
/** Whether an epoch is followed by validation. */
function validatesAfter(epoch, freq) {
	return typeof freq === "number" ? (epoch + 1) % freq === 0 : freq.includes(epoch + 1);
}
/** The run folder that `run` names, or a callback. */
function durableRun(where, run, callbacks) {
	const asking = callbacks.filter(({ durable }) => durable !== null);
	if (asking.length + (run === null ? 0 : 1) > 1) throw new OptionError({
		code: "two-runs",
		what: `${where}: a training can be durable in one folder only`,
		received: [...run === null ? [] : ["run"], ...asking.map(callbackName)].join(" and "),
		fix: "Give one of them"
	});
	if (run !== null) return {
		...resolveRun(`${where}.run`, run),
		deleteAtEnd: false
	};
	return asking[0]?.durable ?? null;
}
//#endregion
//#region src/training/loop-context.ts
const SAVING = new Set([
	"onTrainBatchEnd",
	"onEpochEnd",
	"onTrainEnd"
]);
/** The context that the hooks of one loop get. */
var LoopContext = class {
	files;
	resumed = null;
	/** The hook that runs now. */
	hook = null;
	#services;
	#said = /* @__PURE__ */ new Set();
	#requests = [];
	constructor(services) {
		this.files = services.files;
		this.#services = services;
	}
	requestSave(request) {
		if (this.hook === null || !SAVING.has(this.hook)) throw new StateError({
			code: "save-outside-cut",
			what: `A save of ${request.path} cannot be requested ${this.hook === null ? "outside of hooks" : `in ${this.hook}`}`,
			expected: `one of ${[...SAVING].join(", ")}, where the state is whole`
		});
		this.#requests.push(request);
	}
	/** The saves requested since the last call. */
	takeRequests() {
		const requests = this.#requests;
		if (requests.length > 0) this.#requests = [];
		return requests;
	}
	flush() {
		return this.#services.flush();
	}
	print(text) {
		this.#services.print(text);
	}
	warn(text) {
		if (this.#said.has(text)) return;
		this.#said.add(text);
		console.warn(text);
	}
};
//#endregion
//#region src/core/python-number.ts
/**
* Numbers as Python prints them. JavaScript differs in two ways that show: `toFixed` and `toExponential` round ties up
* where Python rounds them to even, and exponents have at least two digits in Python.
*/
/** Python's `format(x, f".{digits}f")`. */
function fixed(x, digits) {
	if (!Number.isFinite(x)) return nonFinite(x);
	const scaled = String(scaledRound(Math.abs(x), digits)).padStart(digits + 1, "0");
	const cut = scaled.length - digits;
	return sign(x) + scaled.slice(0, cut) + (digits > 0 ? `.${scaled.slice(cut)}` : "");
}
/** Python's `format(x, f".{digits}e")`. */
function exponential(x, digits) {
	if (!Number.isFinite(x)) return nonFinite(x);
	const size = Math.abs(x);
	let exponent = size === 0 ? 0 : Number(size.toExponential().split("e")[1]);
	let scaled = String(scaledRound(size, digits - exponent));
	if (scaled.length > digits + 1) {
		scaled = scaled.slice(0, -1);
		exponent++;
	}
	scaled = scaled.padStart(digits + 1, "0");
	const mantissa = scaled[0] + (digits > 0 ? `.${scaled.slice(1)}` : "");
	return `${sign(x)}${mantissa}e${exponentText(exponent)}`;
}
/** Python's `format(x, f".{digits}g")`, where 0 digits count as 1. */
function general(x, digits) {
	if (!Number.isFinite(x)) return nonFinite(x);
	const significant = Math.max(1, digits);
	const [, power] = exponential(x, significant - 1).split("e");
	const exponent = Number(power);
	const strip = (text) => text.includes(".") ? text.replace(/\.?0+$/, "") : text;
	if (exponent >= -4 && exponent < significant) return strip(fixed(x, significant - 1 - exponent));
	const [mantissa] = exponential(x, significant - 1).split("e");
	return `${strip(mantissa)}e${exponentText(exponent)}`;
}
/** Python's `repr` of a float: the shortest digits that read back as the same number, always with a point or exponent. */
function repr(x) {
	if (!Number.isFinite(x)) return nonFinite(x);
	const [mantissa, power] = Math.abs(x).toExponential().split("e");
	const exponent = Number(power);
	if (x !== 0 && (exponent < -4 || exponent >= 16)) return `${sign(x)}${mantissa}e${exponentText(exponent)}`;
	const text = String(Math.abs(x));
	return sign(x) + (text.includes(".") ? text : `${text}.0`);
}
function sign(x) {
	return x < 0 || Object.is(x, -0) ? "-" : "";
}
function nonFinite(x) {
	if (Number.isNaN(x)) return "nan";
	return x > 0 ? "inf" : "-inf";
}
function exponentText(exponent) {
	return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
/** round-half-even(x * 10^power), exactly; x >= 0. */
function scaledRound(x, power) {
	bits.setFloat64(0, x);
	const raw = bits.getBigUint64(0);
	const biased = Number(raw >> 52n);
	const fraction = raw & 4503599627370495n;
	let top = biased === 0 ? fraction : fraction | 1n << 52n;
	let bottom = 1n;
	const exponent = Math.max(biased, 1) - 1075;
	if (exponent >= 0) top <<= BigInt(exponent);
	else bottom <<= BigInt(-exponent);
	if (power >= 0) top *= 10n ** BigInt(power);
	else bottom *= 10n ** BigInt(-power);
	const floor = top / bottom;
	const twice = 2n * (top - floor * bottom);
	return twice > bottom || twice === bottom && floor % 2n === 1n ? floor + 1n : floor;
}
//#endregion
//#region src/training/progbar.ts
const WIDTH = 20;
/** Seconds between two drawings of the bar. */
const INTERVAL = .05;
/** One progress bar: the text that Keras 3's `Progbar` prints, byte for byte, with colours on a terminal. */
var Progbar = class {
	target;
	#verbose;
	#output;
	#clock;
	#done;
	#start;
	#values = /* @__PURE__ */ new Map();
	#lastUpdate = Number.NEGATIVE_INFINITY;
	#afterFirstStep = null;
	#width = 0;
	constructor({ target, verbose, output, clock, done = 0 }) {
		this.target = target;
		this.#verbose = verbose;
		this.#output = output;
		this.#clock = clock;
		this.#done = done;
		this.#start = clock();
	}
	/**
	* @param current steps done so far
	* @param values what to show, by name; names keep their first place
	* @param finalize whether this is the last update
	*/
	update(current, values, finalize) {
		for (const [name, value] of Object.entries(values)) this.#values.set(name, value);
		const now = this.#clock();
		const perStep = this.#stepDuration(current, now);
		if (this.#verbose === 1) {
			if (now - this.#lastUpdate < INTERVAL && !finalize) return;
			this.#draw(current, now, perStep, finalize);
		} else if (this.#verbose === 2 && finalize && this.target !== null && this.target > 0) {
			const count = `${pad(current, this.target)}/${this.target}`;
			const metrics = this.#metrics((value) => value > .001);
			this.#output.write(`${count} - ${fixed(now - this.#start, 0)}s -${duration(perStep)}${metrics}\n`);
		}
		this.#lastUpdate = now;
	}
	#draw(current, now, perStep, finalize) {
		const target = this.target !== null && this.target > 0 ? this.target : null;
		let bar;
		if (target === null) bar = `${String(current).padStart(7)}/Unknown`;
		else {
			const filled = Math.min(WIDTH, Math.floor(WIDTH * (current / target)));
			bar = `${this.#style("1", `${pad(current, target)}/${target}`)} `;
			if (filled > 0) bar += this.#style("32", "━".repeat(filled));
			bar += this.#style("37", "━".repeat(WIDTH - filled));
		}
		const time = target !== null && !finalize ? clockTime(perStep * (target - current)) : `${fixed(now - this.#start, 0)}s`;
		const info = ` ${this.#style("1", time)}${duration(perStep)}${this.#metrics((value) => Math.abs(value) > .001)}`;
		const width = visibleLength(bar + info);
		const rest = " ".repeat(Math.max(0, this.#width - width));
		this.#output.write(`${"\b".repeat(this.#width)}\r${bar}${info}${rest}${finalize ? "\n" : ""}`);
		this.#width = width;
	}
	#metrics(isPlain) {
		let text = "";
		for (const [name, value] of this.#values) text += ` - ${name}: ${isPlain(value) ? fixed(value, 4) : exponential(value, 4)}`;
		return text;
	}
	/** Seconds a step. The first step compiles and warms up, so it does not count once there are others. */
	#stepDuration(current, now) {
		const steps = current - this.#done;
		if (steps <= 0) return 0;
		const perStep = this.#afterFirstStep !== null && steps > 1 ? (now - this.#afterFirstStep) / (steps - 1) : (now - this.#start) / steps;
		if (steps === 1) this.#afterFirstStep = now;
		return perStep;
	}
	#style(code, text) {
		return this.#output.colors ? `\x1b[${code}m${text}\x1b[0m` : text;
	}
};
function pad(current, target) {
	return String(current).padStart(String(target).length);
}
const STYLES = /\x1b\[\d+m/g;
function visibleLength(text) {
	return text.replace(STYLES, "").length;
}
/** `12s`, `1:05`, `1:02:03`. */
function clockTime(seconds) {
	const two = (value) => String(Math.floor(value)).padStart(2, "0");
	if (seconds > 3600) return `${Math.floor(seconds / 3600)}:${two(seconds % 3600 / 60)}:${two(seconds % 60)}`;
	if (seconds > 60) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
	return `${Math.trunc(seconds)}s`;
}
/** ` 3s/step`, ` 12ms/step`, ` 527us/step`. */
function duration(seconds) {
	if (seconds >= 1 || seconds === 0) return ` ${fixed(seconds, 0)}s/step`;
	if (seconds >= .001) return ` ${fixed(seconds * 1e3, 0)}ms/step`;
	return ` ${fixed(seconds * 1e6, 0)}us/step`;
}
//#endregion
//#region src/training/progress-output.ts
const systemClock = () => performance.now() / 1e3;
/** The process's stdout; in browsers the console, line by line. `NO_COLOR` switches colours off. */
function standardOutput() {
	const { process } = globalThis;
	if (process?.stdout === void 0) return consoleOutput();
	const isTerminal = process.stdout.isTTY === true && process.env["TERM"] !== "dumb";
	return {
		write: (text) => void process.stdout.write(text),
		isTerminal,
		colors: isTerminal && !process.env["NO_COLOR"]
	};
}
function consoleOutput() {
	let line = "";
	return {
		write(text) {
			const lines = (line + text).split("\n");
			line = lines.pop();
			for (const whole of lines) console.log(whole);
		},
		isTerminal: false,
		colors: false
	};
}
//#endregion
//#region src/training/progress.ts
/**
* Shows progress as Keras's ProgbarLogger does. The loop adds it after the user's callbacks; `params.verbose` says how
* much it prints. Validation inside `fit` is silent.
*/
var ProgressLogger = class extends Callback {
	addsLogs = [];
	#output;
	#clock;
	#inFit = false;
	#seen = 0;
	/** Steps an epoch, when only the end of the first one told. */
	#learned = null;
	#bar = null;
	constructor(output = standardOutput(), clock = systemClock) {
		super();
		this.#output = output;
		this.#clock = clock;
	}
	onTrainBegin() {
		this.#inFit = true;
	}
	onEpochBegin(epoch) {
		const { verbose, epochs } = this.params;
		this.#begin();
		if (verbose !== 0 && epochs > 1) this.#output.write(`Epoch ${epoch + 1}/${epochs}\n`);
	}
	onTrainBatchBegin(batch) {
		if (this.#seen === 0 && batch > 0) this.#begin(batch);
	}
	onTrainBatchEnd(batch, logs) {
		this.#update(batch, logs);
	}
	onEpochEnd(_epoch, logs) {
		this.#finish(logs);
	}
	onTestBegin() {
		if (!this.#inFit) this.#begin();
	}
	onTestBatchEnd(batch, logs) {
		if (!this.#inFit) this.#update(batch, logs);
	}
	onTestEnd(logs) {
		if (!this.#inFit) this.#finish(logs);
	}
	onPredictBegin() {
		this.#begin();
	}
	onPredictBatchEnd(batch) {
		this.#update(batch, {});
	}
	onPredictEnd() {
		this.#finish({});
	}
	/** Where nothing can be drawn over, a bar is a line an epoch. */
	get #verbose() {
		const { verbose } = this.params;
		return verbose === 1 && !this.#output.isTerminal ? 2 : verbose;
	}
	/** What batches have comes first, as it does where every batch is shown. */
	#asShown(logs) {
		const shown = {};
		for (const { key, batch } of this.params.logs) if (batch && Object.hasOwn(logs, key)) shown[key] = logs[key];
		return {
			...shown,
			...logs
		};
	}
	#begin(done = 0) {
		const { steps } = this.params;
		this.#seen = done;
		const target = steps ?? this.#learned;
		this.#bar = new Progbar({
			target,
			verbose: this.#verbose,
			output: this.#output,
			clock: this.#clock,
			done
		});
	}
	#update(batch, logs) {
		this.#seen = batch + 1;
		if (this.#verbose === 1) this.#bar?.update(this.#seen, logs, false);
	}
	/** The bar ends full; with a length that only now is known, that is what was seen. */
	#finish(logs) {
		if (this.#bar === null) return;
		this.#learned ??= this.#seen;
		this.#bar.target ??= this.#learned;
		this.#bar.update(this.#bar.target, this.#asShown(logs), true);
		this.#bar = null;
	}
};
//#endregion
//#region src/data/fingerprint.ts
const utf8 = new TextEncoder();
/** 32 hexadecimal digits of SHA-256 over names, shapes, dtypes and contents. */
function fingerprintOf(arrays) {
	return digest(arrays, (bytes) => [bytes]);
}
/** Of an array larger than this, a sample looks at this many bytes. */
const SAMPLE_BYTES = 1 << 20;
const BLOCK_BYTES = 4096;
/**
* The same over a sample of the contents, which takes about a millisecond however much data there is: all of arrays up
* to 1 MiB, of larger ones 256 blocks, spread evenly from the first byte to the last.
*/
function sampledFingerprintOf(arrays) {
	return digest(arrays, (bytes) => {
		if (bytes.length <= SAMPLE_BYTES) return [bytes];
		const blocks = SAMPLE_BYTES / BLOCK_BYTES;
		return Array.from({ length: blocks }, (_, i) => {
			const start = Math.floor(i * (bytes.length - BLOCK_BYTES) / (blocks - 1));
			return bytes.subarray(start, start + BLOCK_BYTES);
		});
	});
}
async function digest(arrays, look) {
	const parts = [];
	for (const [name, tensors] of Object.entries(arrays)) for (const { shape, dtype, data } of tensors) {
		const bytes = Array.isArray(data) ? utf8.encode(JSON.stringify(data)) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
		parts.push(utf8.encode(`${name} ${dtype} [${shape.join()}] ${bytes.length}\n`), ...look(bytes));
	}
	return toHex(await sha256(parts)).slice(0, 32);
}
//#endregion
//#region src/data/gather-rows.ts
/**
* Rows of the first axis picked by `order[start … end - 1]`, copied.
* @param into a tensor of earlier rows, whose memory is used when it fits
*/
function gatherRows(tensor, order, start, end, into) {
	const width = sizeOf(tensor.shape.slice(1));
	const shape = [end - start, ...tensor.shape.slice(1)];
	const size = (end - start) * width;
	const out = into !== void 0 && into.dtype === tensor.dtype && into.size === size ? into.data : allocate(tensor.dtype, size);
	if (tensor.dtype === "string" || width === 1) {
		const from = tensor.data;
		for (let i = start; i < end; i++) {
			const row = order[i] * width;
			for (let k = 0; k < width; k++) out[(i - start) * width + k] = from[row + k];
		}
		return new Tensor(out, shape, tensor.dtype);
	}
	const from = tensor.data;
	const to = out;
	for (let i = start; i < end; i++) {
		const row = order[i] * width;
		to.set(from.subarray(row, row + width), (i - start) * width);
	}
	return new Tensor(out, shape, tensor.dtype);
}
/** Rows `start … end - 1` over the same memory (strings are copied). */
function rowsView(tensor, start, end) {
	const width = sizeOf(tensor.shape.slice(1));
	const shape = [end - start, ...tensor.shape.slice(1)];
	if (tensor.dtype === "string") return tensor.slice(start, end);
	return new Tensor(tensor.data.subarray(start * width, end * width), shape, tensor.dtype);
}
//#endregion
//#region src/data/permutation.ts
const WHOLE = streamOf("shuffle");
/**
* The order of `n` rows in pass number `pass`: Fisher-Yates from the last row to the first, with word k of the Philox
* stream (seed, "shuffle", pass) for its k-th swap. Part of the format of saved training states: never to change.
*/
function permutation(n, seed, pass) {
	return shuffled(n, seed, WHOLE, pass);
}
/** The order inside batch number `batch` of `rows` rows, for `shuffle: "batch"`. */
function permutationInBatch(rows, seed, pass, batch) {
	return shuffled(rows, seed, streamOf("shuffle in batch", batch), pass);
}
function shuffled(n, seed, stream, pass) {
	const order = new Uint32Array(n);
	for (let i = 0; i < n; i++) order[i] = i;
	const words = new Uint32Array(Math.max(0, n - 1));
	randomWords({
		seed,
		stream,
		iteration: pass
	}, 0, words);
	for (let i = n - 1, k = 0; i > 0; i--, k++) {
		const j = Math.floor(words[k] * (i + 1) * 2 ** -32);
		const held = order[i];
		order[i] = order[j];
		order[j] = held;
	}
	return order;
}
//#endregion
//#region src/data/to-tensors.ts
const isArrayObject = (value) => ArrayBuffer.isView(value) || typeof value === "object" && value !== null && "data" in value && "shape" in value;
/**
* A list of tensors of what a user gave for `what` ("x", "y", "sampleWeight"). A list is one array a place when its
* items are typed arrays or tensors; nested numbers are one array.
* @throws {OptionError} when it is no data
*/
function toTensors(value, what) {
	if (Array.isArray(value) && value.length > 0 && value.every(isArrayObject)) return value.map((item) => Tensor.from(item));
	if (isArrayObject(value) || Array.isArray(value)) return [Tensor.from(value)];
	throw new OptionError({
		code: "not-data",
		what: `${what} is not data`,
		received: value === null ? "null" : typeof value === "object" ? "an object" : typeof value,
		expected: "nested arrays of numbers, a typed array, a Tensor, or a list of Tensors",
		fix: "Several inputs go as one list, in the order of the model's inputs",
		data: { argument: what }
	});
}
//#endregion
//#region src/data/array-dataset.ts
/** Samples in memory: rows of arrays that all have equally many. */
var ArrayDataset = class ArrayDataset {
	x;
	y;
	sampleWeight;
	rows;
	seek = "index";
	ordered = true;
	/** @throws {ShapeError} when the arrays have different numbers of samples, or none */
	constructor(arrays) {
		this.x = toTensors(arrays.x, "x");
		this.y = arrays.y == null ? [] : toTensors(arrays.y, "y");
		this.sampleWeight = arrays.sampleWeight == null ? [] : toTensors(arrays.sampleWeight, "sampleWeight");
		this.rows = commonRows({
			x: this.x,
			y: this.y,
			sampleWeight: this.sampleWeight
		});
	}
	batchesPerPass(batchSize) {
		return Math.ceil(this.rows / batchSize);
	}
	open(order) {
		const rows = order.shuffle === true ? permutation(this.rows, order.seed, order.pass) : null;
		let batch = order.from ?? 0;
		let spare = null;
		const pick = (from, start, end) => {
			const picked = this.pick(from, start, end, spare);
			spare = null;
			return picked;
		};
		return {
			next: async () => {
				const start = batch * order.batchSize;
				const end = Math.min(start + order.batchSize, this.rows);
				if (start >= end) return null;
				const index = batch++;
				if (rows !== null) return pick(rows, start, end);
				if (order.shuffle !== "batch") return this.range(start, end);
				return pick(permutationInBatch(end - start, order.seed, order.pass, index).map((row) => start + row), 0, end - start);
			},
			recycle(used) {
				spare = used;
			},
			getState: async () => null,
			close: async () => void 0
		};
	}
	/** Rows `start … end - 1` as a dataset of their own, over the same memory. */
	slice(start, end) {
		const cut = (tensors) => tensors.map((tensor) => rowsView(tensor, start, end));
		const { x, y, sampleWeight } = this;
		return new ArrayDataset({
			x: cut(x),
			y: y.length === 0 ? null : cut(y),
			sampleWeight: sampleWeight.length === 0 ? null : cut(sampleWeight)
		});
	}
	fingerprint() {
		return fingerprintOf({
			x: this.x,
			y: this.y,
			sampleWeight: this.sampleWeight
		});
	}
	/** The same over a sample of large arrays: fast enough for each call of `fit`. */
	sampledFingerprint() {
		return sampledFingerprintOf({
			x: this.x,
			y: this.y,
			sampleWeight: this.sampleWeight
		});
	}
	range(start, end) {
		const cut = (tensors) => tensors.map((tensor) => tensor.slice(start, end));
		return {
			rows: end - start,
			x: cut(this.x),
			y: cut(this.y),
			sampleWeight: cut(this.sampleWeight)
		};
	}
	pick(order, start, end, spare) {
		const cut = (key) => this[key].map((tensor, i) => gatherRows(tensor, order, start, end, spare?.[key][i]));
		return {
			rows: end - start,
			x: cut("x"),
			y: cut("y"),
			sampleWeight: cut("sampleWeight")
		};
	}
};
/**
* The number of samples that all arrays have.
* @throws {ShapeError} naming every array with its size when they differ
*/
function commonRows(arrays) {
	const named = Object.entries(arrays).flatMap(([name, tensors]) => tensors.map((tensor, i) => ({
		name: tensors.length === 1 ? name : `${name}[${i}]`,
		shape: tensor.shape
	})));
	const scalar = named.find(({ shape }) => shape.length === 0);
	if (scalar !== void 0) throw new ShapeError({
		code: "no-sample-axis",
		what: `${scalar.name} has no axis of samples`,
		received: `shape ${formatShape(scalar.shape)}`,
		expected: "at least one axis, the first of which counts samples"
	});
	const sizes = named.map(({ name, shape }) => `${name}: ${shape[0]}`);
	const rows = named[0]?.shape[0] ?? 0;
	if (named.some(({ shape }) => shape[0] !== rows)) throw new ShapeError({
		code: "sample-counts",
		what: "The arrays have different numbers of samples",
		received: sizes.join(", "),
		expected: "the same first dimension for all",
		data: { sizes }
	});
	if (rows === 0) throw new ShapeError({
		code: "no-samples",
		what: "There is no data",
		received: sizes.join(", ") || "no arrays"
	});
	return rows;
}
//#endregion
//#region src/data/dataset.ts
/** Whether a value offers what training needs of a {@link Dataset}. */
function isDataset(value) {
	if (typeof value !== "object" || value === null) return false;
	const like = value;
	return typeof like.open === "function" && typeof like.batchesPerPass === "function" && typeof like.fingerprint === "function";
}
//#endregion
//#region src/data/generator-dataset.ts
/**
* Batches from a function that is called once a pass and gives an iterable (a generator function), or from an iterable
* that starts anew each time it is iterated. An iterator (or iterable) with `getState` and `setState` is put back
* where it was on a resume; any other is replayed up to there.
*/
function fromGenerator(source, options = {}) {
	const positioned = typeof source !== "function" && isPositioned(source);
	return {
		rows: options.rows ?? null,
		seek: positioned ? "state" : "replay",
		ordered: false,
		batchesPerPass: () => options.batchesPerPass ?? null,
		open: (order) => openStream(source, order),
		fingerprint: async () => options.fingerprint ?? null
	};
}
function openStream(source, order) {
	const iterable = typeof source === "function" ? source(order.pass) : source;
	const iterator = iteratorOf(iterable);
	const positioned = isPositioned(iterator) ? iterator : isPositioned(iterable) ? iterable : null;
	const continues = typeof source !== "function" && iterator === iterable;
	let started = false;
	let ended = false;
	let given = 0;
	const pull = async () => {
		if (ended) return null;
		const step = await iterator.next();
		if (step.done) {
			ended = true;
			return null;
		}
		return toBatch(step.value, given++);
	};
	const start = async () => {
		started = true;
		const from = order.from ?? 0;
		if (from === 0 && order.state == null) return;
		if (positioned !== null && order.state != null) {
			await positioned.setState(order.state);
			given = from;
		} else while (given < from && await pull() !== null);
	};
	return {
		async next() {
			if (!started) await start();
			return pull();
		},
		async getState() {
			if (!started) await start();
			return positioned === null ? null : positioned.getState();
		},
		async close() {
			if (!ended && !continues) await iterator.return?.();
			ended = true;
		}
	};
}
function isPositioned(value) {
	const like = value;
	return typeof like.getState === "function" && typeof like.setState === "function";
}
function iteratorOf(iterable) {
	if (typeof iterable === "object" && iterable !== null) {
		if (Symbol.asyncIterator in iterable) return iterable[Symbol.asyncIterator]();
		if (Symbol.iterator in iterable) return iterable[Symbol.iterator]();
	}
	throw new OptionError({
		code: "not-iterable",
		what: "A source of batches must be an iterable, or a function that returns one",
		received: typeof iterable,
		expected: "e.g. a generator function that yields [x, y]"
	});
}
function toBatch(value, index) {
	const parts = partsOf(value);
	if (parts === void 0) throw new OptionError({
		code: "not-a-batch",
		what: `Batch ${index} of the generator is not a batch`,
		received: value === null ? "null" : Array.isArray(value) ? `a list of ${value.length}` : typeof value,
		expected: "[x, y], [x, y, sampleWeight] or { x, y, sampleWeight }"
	});
	const x = toTensors(parts[0], "x");
	const y = parts[1] == null ? [] : toTensors(parts[1], "y");
	const sampleWeight = parts[2] == null ? [] : toTensors(parts[2], "sampleWeight");
	return {
		rows: commonRows({
			x,
			y,
			sampleWeight
		}),
		x,
		y,
		sampleWeight
	};
}
function partsOf(value) {
	if (typeof value !== "object" || value === null) return void 0;
	if (Array.isArray(value)) {
		const list = value;
		return list.length >= 1 && list.length <= 3 ? [
			list[0],
			list[1] ?? null,
			list[2] ?? null
		] : void 0;
	}
	if (!("x" in value)) return void 0;
	return [
		value.x,
		value.y ?? null,
		value.sampleWeight ?? null
	];
}
//#endregion
//#region src/data/split.ts
/**
* Keras's `validation_split`: the last n - floor(n (1 - fraction)) samples in the order given, taken before any
* shuffling.
* @throws {ShapeError} when either side would be empty
*/
function splitValidation(data, fraction) {
	if (!(fraction > 0 && fraction < 1)) throw wrongOption("validationSplit", "a number > 0 and < 1", fraction);
	const kept = Math.floor(data.rows * (1 - fraction));
	if (kept === 0 || kept === data.rows) throw new ShapeError({
		code: "empty-split",
		what: `validationSplit ${fraction} of ${data.rows} samples leaves nothing for ${kept === 0 ? "training" : "validation"}`,
		fix: "Choose another fraction, or give validationData",
		data: {
			rows: data.rows,
			fraction
		}
	});
	return {
		training: data.slice(0, kept),
		validation: data.slice(kept, data.rows)
	};
}
//#endregion
//#region src/data/index.ts
var data_exports = /* @__PURE__ */ __exportAll({
	ArrayDataset: () => ArrayDataset,
	commonRows: () => commonRows,
	fingerprintOf: () => fingerprintOf,
	fromGenerator: () => fromGenerator,
	isDataset: () => isDataset,
	permutation: () => permutation,
	permutationInBatch: () => permutationInBatch,
	splitValidation: () => splitValidation,
	toTensors: () => toTensors
});
//#endregion
//#region src/layers/data-format.ts
/** The option for it; null in files means the default. */
function dataFormatField() {
	const field = oneOf(["channels_last", "channels_first"], { default: "channels_last" });
	return {
		...field,
		parse: (value, where) => value === null ? "channels_last" : field.parse(value, where)
	};
}
/** Axes of height, width, … of an input of this rank. */
function spatialAxes(rank, format) {
	return Array.from({ length: rank - 2 }, (_, i) => i + (format === "channels_first" ? 2 : 1));
}
/** Axis of the channels. */
function channelAxis(rank, format) {
	return format === "channels_first" ? 1 : rank - 1;
}
//#endregion
//#region src/layers/conv-settings.ts
/** A list of integers, an entry a spatial axis, as Keras writes it. */
function perAxisField(rank, value) {
	const toConfig = (list) => [...list];
	return ints(rank, { min: 1 }, value === void 0 ? { toConfig } : {
		toConfig,
		default: new Array(rank).fill(value)
	});
}
/** As {@link perAxisField}, zeros allowed. */
function zeroPerAxisField(rank) {
	return ints(rank, { min: 0 }, { toConfig: (list) => [...list] });
}
function paddingField(rank) {
	return rank === 1 ? oneOf([
		"valid",
		"same",
		"causal"
	], { default: "valid" }) : oneOf(["valid", "same"], { default: "valid" });
}
/** The option table of a convolution over `rank` spatial axes, in Keras's order. */
function convFields(rank) {
	return {
		filters: int({ min: 1 }),
		kernelSize: perAxisField(rank),
		strides: perAxisField(rank, 1),
		padding: paddingField(rank),
		dataFormat: dataFormatField(),
		dilationRate: perAxisField(rank, 1),
		groups: int({ min: 1 }, { default: 1 }),
		activation: activationField(),
		useBias: bool(true),
		kernelInitializer: initializerField("glorot_uniform"),
		biasInitializer: initializerField("zeros"),
		kernelRegularizer: regularizerField(),
		biasRegularizer: regularizerField(),
		activityRegularizer: regularizerField(),
		kernelConstraint: constraintField(),
		biasConstraint: constraintField()
	};
}
//#endregion
//#region src/layers/legacy-config.ts
/**
* A layer's config in today's spelling. Keras 2 wrote a one-element `axis` list for what is an integer now, and both
* versions write `activity_regularizer: null` where it means nothing.
*/
function modernConfig(config) {
	const out = { ...config };
	const axis = out["axis"];
	if (Array.isArray(axis) && axis.length === 1) out["axis"] = axis[0];
	return out;
}
//#endregion
//#region src/layers/table-layer.ts
/**
* A layer whose options are declared once, in the static table `fields`: checks, defaults, `getConfig` and
* `fromConfig` follow from it. `positional` names the options that the constructor takes as arguments.
*/
var TableLayer = class extends Layer {
	static fields = {};
	static positional = [];
	options;
	constructor(options) {
		super(options);
		const { fields } = this.constructor;
		const all = resolveOptions(this.className, allFields(fields), options);
		const own = Object.entries(all).filter(([key]) => Object.hasOwn(fields, key));
		this.options = Object.fromEntries(own);
	}
	getConfig() {
		const { fields } = this.constructor;
		return {
			...super.getConfig(),
			...optionsToConfig(fields, this.options)
		};
	}
	/** The layer that a Keras config (of version 2 or 3) describes. */
	static fromConfig(config) {
		return fromTable(this, config);
	}
};
function fromTable(cls, config) {
	const options = optionsFromConfig(cls.className, allFields(cls.fields), modernConfig(config));
	const args = cls.positional.map((key) => options[key]);
	for (const key of cls.positional) delete options[key];
	return new cls(...args, options);
}
function allFields(fields) {
	return {
		...layerFields,
		...fields
	};
}
//#endregion
//#region src/layers/base-pooling.ts
/** The option table of a pooling over `rank` spatial axes, in Keras's order. */
function poolFields(rank) {
	return {
		poolSize: perAxisField(rank, 2),
		padding: oneOf(["valid", "same"], { default: "valid" }),
		strides: nullable(perAxisField(rank)),
		dataFormat: dataFormatField()
	};
}
/** A pooling over windows. Keras writes strides that were not given as the window. */
var BasePooling = class extends TableLayer {
	static positional = ["poolSize"];
	constructor(poolSize = 2, options = {}) {
		super({
			poolSize,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		return [{ rank: this.spatialRank + 2 }];
	}
	getConfig() {
		const { poolSize, strides } = this.options;
		return {
			...super.getConfig(),
			strides: [...strides ?? poolSize]
		};
	}
};
//#endregion
//#region src/layers/average-pooling1d.ts
/** The mean of each window over 1 spatial axis. */
var AveragePooling1D = class extends BasePooling {
	static className = "AveragePooling1D";
	static fields = poolFields(1);
	get spatialRank() {
		return 1;
	}
	call(x) {
		return averagePool(x, this.options);
	}
};
//#endregion
//#region src/layers/average-pooling2d.ts
/** The mean of each window over 2 spatial axes. */
var AveragePooling2D = class extends BasePooling {
	static className = "AveragePooling2D";
	static fields = poolFields(2);
	get spatialRank() {
		return 2;
	}
	call(x) {
		return averagePool(x, this.options);
	}
};
//#endregion
//#region src/layers/average-pooling3d.ts
/** The mean of each window over 3 spatial axes. */
var AveragePooling3D = class extends BasePooling {
	static className = "AveragePooling3D";
	static fields = poolFields(3);
	get spatialRank() {
		return 3;
	}
	call(x) {
		return averagePool(x, this.options);
	}
};
//#endregion
//#region src/layers/shape-checks.ts
/**
* The size of an axis, negative ones counted from the end.
* @throws {ShapeError} when the shape does not have the axis, or its size is not known
*/
function axisSize(layer, shape, axis) {
	const size = shape[axis < 0 ? axis + shape.length : axis];
	if (typeof size === "number") return size;
	throw new ShapeError({
		code: "axis-size",
		what: `${layer.label} must know the size of axis ${axis} of its input to make its weights`,
		received: formatShape(shape),
		expected: size === null ? `a number at axis ${axis}` : `at least ${axis < 0 ? -axis : axis + 1} dimensions`,
		fix: "Give that dimension in the shape of the Input",
		data: {
			layer: layer.name,
			shape
		}
	});
}
function lastAxis(layer, shape) {
	return axisSize(layer, shape, -1);
}
/** The axis counted from the start. */
function positiveAxis(layer, axis, rank) {
	const at = axis < 0 ? axis + rank : axis;
	if (at >= 0 && at < rank) return at;
	throw new ShapeError({
		code: "axis",
		what: `${layer.label} has axis ${axis}, which its input does not have`,
		received: `${rank} dimensions`,
		data: { layer: layer.name }
	});
}
//#endregion
//#region src/layers/base-conv.ts
/** What all convolutions share: rank and channels of the input, bias and activation. */
var ConvLayer = class extends TableLayer {
	bias = null;
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		const rank = this.spatialRank + 2;
		const shape = this.buildShapes?.[0];
		if (shape === void 0) return [{ rank }];
		const axis = channelAxis(rank, this.options.dataFormat);
		return [{
			rank,
			axes: { [axis]: shape[axis] }
		}];
	}
	/** Input channels of the shape. */
	channels(shape) {
		return axisSize(this, shape, channelAxis(this.spatialRank + 2, this.options.dataFormat));
	}
	addBias(channels) {
		const { useBias, biasInitializer, biasRegularizer, biasConstraint } = this.options;
		if (!useBias) return;
		this.bias = this.addWeight("bias", {
			shape: [channels],
			initializer: biasInitializer,
			regularizer: biasRegularizer,
			constraint: biasConstraint
		});
	}
	/** Bias and activation. */
	finish(products) {
		const { activation, dataFormat } = this.options;
		if (this.bias === null) return activation(products);
		const ones = new Array(this.spatialRank).fill(1);
		return activation(add(products, dataFormat === "channels_last" ? this.bias.value : reshape(this.bias.value, [
			1,
			this.bias.size,
			...ones
		])));
	}
};
/** Convolution of any number of spatial axes. Weights: kernel (...window, in / groups, filters), bias (filters). */
var BaseConv = class extends ConvLayer {
	static positional = ["filters", "kernelSize"];
	kernel;
	constructor(filters, kernelSize, options = {}) {
		super({
			filters,
			kernelSize,
			...options
		});
		const { groups } = this.options;
		if (filters % groups !== 0) throw this.#notDivisible("filters", filters);
	}
	build([shape]) {
		const { filters, kernelSize, groups, ...options } = this.options;
		const channels = this.channels(shape);
		if (channels % groups !== 0) throw this.#notDivisible("channels of the input", channels);
		this.kernel = this.addWeight("kernel", {
			shape: [
				...kernelSize,
				channels / groups,
				filters
			],
			initializer: options.kernelInitializer,
			regularizer: options.kernelRegularizer,
			constraint: options.kernelConstraint
		});
		this.addBias(filters);
	}
	call(x) {
		const { strides, padding, dilationRate, groups, dataFormat } = this.options;
		const options = {
			strides,
			padding,
			dilations: dilationRate,
			groups,
			dataFormat
		};
		return this.finish(conv(x, this.kernel.value, options));
	}
	#notDivisible(what, received) {
		return new OptionError({
			code: "groups",
			what: `The ${what} of ${this.label} must divide into its ${this.options.groups} groups`,
			received: `${received}`,
			fix: "Choose groups that divide both filters and the channels of the input",
			data: { layer: this.name }
		});
	}
};
//#endregion
//#region src/layers/conv1d.ts
/** Convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
var Conv1D = class extends BaseConv {
	static className = "Conv1D";
	static fields = convFields(1);
	get spatialRank() {
		return 1;
	}
};
//#endregion
//#region src/layers/base-conv-transpose.ts
/** The option table of a transposed convolution, in Keras's order. */
function convTransposeFields(rank) {
	return {
		filters: int({ min: 1 }),
		kernelSize: perAxisField(rank),
		strides: perAxisField(rank, 1),
		padding: oneOf(["valid", "same"], { default: "valid" }),
		outputPadding: nullable(zeroPerAxisField(rank)),
		dataFormat: dataFormatField(),
		dilationRate: perAxisField(rank, 1),
		activation: activationField(),
		useBias: bool(true),
		kernelInitializer: initializerField("glorot_uniform"),
		biasInitializer: initializerField("zeros"),
		kernelRegularizer: regularizerField(),
		biasRegularizer: regularizerField(),
		activityRegularizer: regularizerField(),
		kernelConstraint: constraintField(),
		biasConstraint: constraintField()
	};
}
/** Transposed ("de-") convolution. Weights: kernel (...window, filters, in), bias (filters). */
var BaseConvTranspose = class extends ConvLayer {
	static positional = ["filters", "kernelSize"];
	kernel;
	constructor(filters, kernelSize, options = {}) {
		super({
			filters,
			kernelSize,
			...options
		});
	}
	build([shape]) {
		const { filters, kernelSize, ...options } = this.options;
		this.kernel = this.addWeight("kernel", {
			shape: [
				...kernelSize,
				filters,
				this.channels(shape)
			],
			initializer: options.kernelInitializer,
			regularizer: options.kernelRegularizer,
			constraint: options.kernelConstraint
		});
		this.addBias(filters);
	}
	call(x) {
		const { strides, padding, outputPadding, dilationRate, dataFormat } = this.options;
		const options = {
			strides,
			padding,
			outputPadding,
			dilations: dilationRate,
			dataFormat
		};
		return this.finish(convTranspose(x, this.kernel.value, options));
	}
};
//#endregion
//#region src/layers/conv1d-transpose.ts
/** Transposed convolution over 1 spatial axis. */
var Conv1DTranspose = class extends BaseConvTranspose {
	static className = "Conv1DTranspose";
	static fields = convTransposeFields(1);
	get spatialRank() {
		return 1;
	}
};
//#endregion
//#region src/layers/conv2d.ts
/** Convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
var Conv2D = class extends BaseConv {
	static className = "Conv2D";
	static fields = convFields(2);
	get spatialRank() {
		return 2;
	}
};
//#endregion
//#region src/layers/conv2d-transpose.ts
/** Transposed convolution over 2 spatial axes. */
var Conv2DTranspose = class extends BaseConvTranspose {
	static className = "Conv2DTranspose";
	static fields = convTransposeFields(2);
	get spatialRank() {
		return 2;
	}
};
//#endregion
//#region src/layers/conv3d.ts
/** Convolution over (batch, depth, height, width, channels); with dataFormat "channels_first" the channels come second. */
var Conv3D = class extends BaseConv {
	static className = "Conv3D";
	static fields = convFields(3);
	get spatialRank() {
		return 3;
	}
};
//#endregion
//#region src/layers/conv3d-transpose.ts
/** Transposed convolution over 3 spatial axes. */
var Conv3DTranspose = class extends BaseConvTranspose {
	static className = "Conv3DTranspose";
	static fields = convTransposeFields(3);
	get spatialRank() {
		return 3;
	}
};
//#endregion
//#region src/layers/base-global-pooling.ts
const globalPoolFields = {
	dataFormat: dataFormatField(),
	keepdims: bool(false)
};
/** A pooling over all of the spatial axes. */
var BaseGlobalPooling = class extends TableLayer {
	static fields = globalPoolFields;
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		return [{ rank: this.spatialRank + 2 }];
	}
};
//#endregion
//#region src/layers/global-average-pooling1d.ts
/** The mean of each channel: (batch, ...1 spatial axis, channels) -> (batch, channels). */
var GlobalAveragePooling1D = class extends BaseGlobalPooling {
	static className = "GlobalAveragePooling1D";
	constructor(options = {}) {
		super(options);
	}
	get spatialRank() {
		return 1;
	}
	get takesMask() {
		return true;
	}
	call(x) {
		const { dataFormat, keepdims } = this.options;
		return mean(x, {
			axes: spatialAxes(3, dataFormat),
			keepDims: keepdims
		});
	}
};
//#endregion
//#region src/layers/global-average-pooling2d.ts
/** The mean of each channel: (batch, ...2 spatial axes, channels) -> (batch, channels). */
var GlobalAveragePooling2D = class extends BaseGlobalPooling {
	static className = "GlobalAveragePooling2D";
	constructor(options = {}) {
		super(options);
	}
	get spatialRank() {
		return 2;
	}
	call(x) {
		const { dataFormat, keepdims } = this.options;
		return mean(x, {
			axes: spatialAxes(4, dataFormat),
			keepDims: keepdims
		});
	}
};
//#endregion
//#region src/layers/global-average-pooling3d.ts
/** The mean of each channel: (batch, ...3 spatial axes, channels) -> (batch, channels). */
var GlobalAveragePooling3D = class extends BaseGlobalPooling {
	static className = "GlobalAveragePooling3D";
	constructor(options = {}) {
		super(options);
	}
	get spatialRank() {
		return 3;
	}
	call(x) {
		const { dataFormat, keepdims } = this.options;
		return mean(x, {
			axes: spatialAxes(5, dataFormat),
			keepDims: keepdims
		});
	}
};
//#endregion
//#region src/layers/global-max-pooling1d.ts
/** The largest element of each channel: (batch, ...1 spatial axis, channels) -> (batch, channels). */
var GlobalMaxPooling1D = class extends BaseGlobalPooling {
	static className = "GlobalMaxPooling1D";
	constructor(options = {}) {
		super(options);
	}
	get spatialRank() {
		return 1;
	}
	call(x) {
		const { dataFormat, keepdims } = this.options;
		return max(x, {
			axes: spatialAxes(3, dataFormat),
			keepDims: keepdims
		});
	}
};
//#endregion
//#region src/layers/global-max-pooling2d.ts
/** The largest element of each channel: (batch, ...2 spatial axes, channels) -> (batch, channels). */
var GlobalMaxPooling2D = class extends BaseGlobalPooling {
	static className = "GlobalMaxPooling2D";
	constructor(options = {}) {
		super(options);
	}
	get spatialRank() {
		return 2;
	}
	call(x) {
		const { dataFormat, keepdims } = this.options;
		return max(x, {
			axes: spatialAxes(4, dataFormat),
			keepDims: keepdims
		});
	}
};
//#endregion
//#region src/layers/global-max-pooling3d.ts
/** The largest element of each channel: (batch, ...3 spatial axes, channels) -> (batch, channels). */
var GlobalMaxPooling3D = class extends BaseGlobalPooling {
	static className = "GlobalMaxPooling3D";
	constructor(options = {}) {
		super(options);
	}
	get spatialRank() {
		return 3;
	}
	call(x) {
		const { dataFormat, keepdims } = this.options;
		return max(x, {
			axes: spatialAxes(5, dataFormat),
			keepDims: keepdims
		});
	}
};
//#endregion
//#region src/layers/max-pooling1d.ts
/** The largest element of each window over 1 spatial axis. */
var MaxPooling1D = class extends BasePooling {
	static className = "MaxPooling1D";
	static fields = poolFields(1);
	get spatialRank() {
		return 1;
	}
	call(x) {
		return maxPool(x, this.options);
	}
};
//#endregion
//#region src/layers/max-pooling2d.ts
/** The largest element of each window over 2 spatial axes. */
var MaxPooling2D = class extends BasePooling {
	static className = "MaxPooling2D";
	static fields = poolFields(2);
	get spatialRank() {
		return 2;
	}
	call(x) {
		return maxPool(x, this.options);
	}
};
//#endregion
//#region src/layers/max-pooling3d.ts
/** The largest element of each window over 3 spatial axes. */
var MaxPooling3D = class extends BasePooling {
	static className = "MaxPooling3D";
	static fields = poolFields(3);
	get spatialRank() {
		return 3;
	}
	call(x) {
		return maxPool(x, this.options);
	}
};
//#endregion
//#region src/layers/base-depthwise-conv.ts
/** The option table of a depthwise convolution, in Keras's order. */
function depthwiseFields(rank) {
	return {
		depthMultiplier: int({ min: 1 }, { default: 1 }),
		kernelSize: perAxisField(rank),
		strides: perAxisField(rank, 1),
		padding: paddingField(rank),
		dataFormat: dataFormatField(),
		dilationRate: perAxisField(rank, 1),
		activation: activationField(),
		useBias: bool(true),
		depthwiseInitializer: initializerField("glorot_uniform"),
		biasInitializer: initializerField("zeros"),
		depthwiseRegularizer: regularizerField(),
		biasRegularizer: regularizerField(),
		activityRegularizer: regularizerField(),
		depthwiseConstraint: constraintField(),
		biasConstraint: constraintField()
	};
}
/** A convolution of each channel alone. Weights: kernel (...window, in, depthMultiplier), bias (in * depthMultiplier). */
var BaseDepthwiseConv = class extends ConvLayer {
	static positional = ["kernelSize"];
	kernel;
	constructor(kernelSize, options = {}) {
		super({
			kernelSize,
			...options
		});
	}
	build([shape]) {
		const { kernelSize, depthMultiplier, ...options } = this.options;
		const channels = this.channels(shape);
		this.kernel = this.addWeight("kernel", {
			shape: [
				...kernelSize,
				channels,
				depthMultiplier
			],
			initializer: options.depthwiseInitializer,
			regularizer: options.depthwiseRegularizer,
			constraint: options.depthwiseConstraint
		});
		this.addBias(channels * depthMultiplier);
	}
	call(x) {
		return this.finish(depthwiseConv(x, this.kernel.value, this.options));
	}
};
/** One group a channel: the kernel's last two axes become (1, in * multiplier). */
function depthwiseConv(x, kernel, settings) {
	const { strides, padding, dilationRate, dataFormat } = settings;
	const rank = kernel.shape.length - 2;
	const [channels, multiplier] = [kernel.shape[rank], kernel.shape[rank + 1]];
	return conv(x, reshape(kernel, [
		...kernel.shape.slice(0, rank),
		1,
		channels * multiplier
	]), {
		strides,
		padding,
		dilations: dilationRate,
		groups: channels,
		dataFormat
	});
}
//#endregion
//#region src/layers/base-separable-conv.ts
/** The option table of a separable convolution, in Keras's order. */
function separableFields(rank) {
	return {
		depthMultiplier: int({ min: 1 }, { default: 1 }),
		filters: int({ min: 1 }),
		kernelSize: perAxisField(rank),
		strides: perAxisField(rank, 1),
		padding: paddingField(rank),
		dataFormat: dataFormatField(),
		dilationRate: perAxisField(rank, 1),
		activation: activationField(),
		useBias: bool(true),
		depthwiseInitializer: initializerField("glorot_uniform"),
		pointwiseInitializer: initializerField("glorot_uniform"),
		biasInitializer: initializerField("zeros"),
		depthwiseRegularizer: regularizerField(),
		pointwiseRegularizer: regularizerField(),
		biasRegularizer: regularizerField(),
		activityRegularizer: regularizerField(),
		depthwiseConstraint: constraintField(),
		pointwiseConstraint: constraintField(),
		biasConstraint: constraintField()
	};
}
/**
* A depthwise convolution and then one of window 1 over the channels. Weights: depthwise_kernel
* (...window, in, depthMultiplier), pointwise_kernel (...1, in * depthMultiplier, filters), bias (filters).
*/
var BaseSeparableConv = class extends ConvLayer {
	static positional = ["filters", "kernelSize"];
	depthwiseKernel;
	pointwiseKernel;
	constructor(filters, kernelSize, options = {}) {
		super({
			filters,
			kernelSize,
			...options
		});
	}
	build([shape]) {
		const { filters, kernelSize, depthMultiplier, ...options } = this.options;
		const channels = this.channels(shape);
		this.depthwiseKernel = this.addWeight("depthwise_kernel", {
			shape: [
				...kernelSize,
				channels,
				depthMultiplier
			],
			initializer: options.depthwiseInitializer,
			regularizer: options.depthwiseRegularizer,
			constraint: options.depthwiseConstraint
		});
		this.pointwiseKernel = this.addWeight("pointwise_kernel", {
			shape: [
				...kernelSize.map(() => 1),
				channels * depthMultiplier,
				filters
			],
			initializer: options.pointwiseInitializer,
			regularizer: options.pointwiseRegularizer,
			constraint: options.pointwiseConstraint
		});
		this.addBias(filters);
	}
	call(x) {
		const { dataFormat } = this.options;
		const depthwise = depthwiseConv(x, this.depthwiseKernel.value, this.options);
		return this.finish(conv(depthwise, this.pointwiseKernel.value, { dataFormat }));
	}
};
//#endregion
//#region src/layers/separable-conv1d.ts
/** Separable convolution over 1 spatial axis. */
var SeparableConv1D = class extends BaseSeparableConv {
	static className = "SeparableConv1D";
	static fields = separableFields(1);
	get spatialRank() {
		return 1;
	}
};
//#endregion
//#region src/layers/separable-conv2d.ts
/** Separable convolution over 2 spatial axes. */
var SeparableConv2D = class extends BaseSeparableConv {
	static className = "SeparableConv2D";
	static fields = separableFields(2);
	get spatialRank() {
		return 2;
	}
};
//#endregion
//#region src/layers/aliases.ts
var aliases_exports = /* @__PURE__ */ __exportAll({
	AvgPool1D: () => AveragePooling1D,
	AvgPool2D: () => AveragePooling2D,
	AvgPool3D: () => AveragePooling3D,
	Convolution1D: () => Conv1D,
	Convolution1DTranspose: () => Conv1DTranspose,
	Convolution2D: () => Conv2D,
	Convolution2DTranspose: () => Conv2DTranspose,
	Convolution3D: () => Conv3D,
	Convolution3DTranspose: () => Conv3DTranspose,
	GlobalAvgPool1D: () => GlobalAveragePooling1D,
	GlobalAvgPool2D: () => GlobalAveragePooling2D,
	GlobalAvgPool3D: () => GlobalAveragePooling3D,
	GlobalMaxPool1D: () => GlobalMaxPooling1D,
	GlobalMaxPool2D: () => GlobalMaxPooling2D,
	GlobalMaxPool3D: () => GlobalMaxPooling3D,
	MaxPool1D: () => MaxPooling1D,
	MaxPool2D: () => MaxPooling2D,
	MaxPool3D: () => MaxPooling3D,
	SeparableConvolution1D: () => SeparableConv1D,
	SeparableConvolution2D: () => SeparableConv2D
});
//#endregion
//#region src/layers/activation.ts
/** An activation as a layer of its own. */
var Activation = class extends TableLayer {
	static className = "Activation";
	static positional = ["activation"];
	static fields = { activation: activationField() };
	constructor(activation, options = {}) {
		super({
			activation,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	call(x) {
		return this.options.activation(x);
	}
};
//#endregion
//#region src/layers/activity-regularization.ts
/** Gives what it takes and adds a penalty on it, divided by the rows of the batch, to the loss. */
var ActivityRegularization = class extends TableLayer {
	static className = "ActivityRegularization";
	static fields = {
		l1: float({}, { default: 0 }),
		l2: float({}, { default: 0 })
	};
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	call(x, context) {
		const { l1, l2 } = this.options;
		if (l1 !== 0) context.addLoss(divide(multiply(sum$1(abs(x)), l1), context.rows));
		if (l2 !== 0) context.addLoss(divide(multiply(sum$1(square(x)), l2), context.rows));
		return x;
	}
};
//#endregion
//#region src/layers/base-merge.ts
/** Element-wise merging of a list of tensors that broadcast. Those of lower rank get axes of size 1 after the batch. */
var BaseMerge = class extends TableLayer {
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	build(shapes) {
		if (!shapes.every((shape) => shape.length > 0)) throw notMergeable(this, shapes);
		const rank = Math.max(...shapes.map((shape) => shape.length));
		for (let axis = 1; axis < rank; axis++) {
			const sizes = shapes.map((shape) => shape.length > axis ? shape[shape.length - axis] : 1);
			if (new Set(sizes.filter((size) => size !== null && size !== 1)).size > 1) throw notMergeable(this, shapes);
		}
	}
	call(inputs) {
		if (!isList(inputs)) throw notMergeable(this, null);
		const rank = Math.max(...inputs.map((input) => input.shape.length));
		return this.merge(inputs.map((input) => raise(input, rank)));
	}
};
function raise(x, rank) {
	let value = x;
	while (value.shape.length < rank) value = expandDims(value, 1);
	return value;
}
function notMergeable(layer, shapes) {
	return new ShapeError({
		code: "merge-shapes",
		what: `${layer.label} takes a list of tensors that broadcast to one shape`,
		received: shapes === null ? "one tensor" : shapes.map(formatShape).join(" and "),
		fix: `Use ${layer.className}.apply([a, b])`,
		data: { layer: layer.name }
	});
}
//#endregion
//#region src/layers/add.ts
/** The sum of the inputs. */
var Add = class extends BaseMerge {
	static className = "Add";
	merge(inputs) {
		return inputs.reduce((sum, input) => add(sum, input));
	}
};
//#endregion
//#region src/layers/noise.ts
/** Which random stream of its place a layer with this seed draws from. */
function purposeOf(name, seed) {
	return seed === null ? name : `${name}:${seed}`;
}
/** True where an element is kept: uniform numbers of shape `dims` that are at least `rate`. */
function keepMask({ rate, seed }, dims, context) {
	return greaterEqual(context.random(purposeOf("dropout", seed), dims, "uniform"), rate);
}
/** Drops elements by a mask of shape `dims` and scales the rest; x itself outside of training. */
function dropout(x, options, dims, context) {
	const { rate } = options;
	if (!context.training || rate === 0) return x;
	if (rate === 1) return multiply(x, 0);
	return where(keepMask(options, dims, context), multiply(x, 1 / (1 - rate)), 0);
}
/**
* The dims of a mask: those of x where `shape` is null.
* @throws {ShapeError} when the mask does not broadcast to x
*/
function noiseDims(layer, x, shape) {
	if (shape === null) return x.shape;
	if (!(shape.length === x.shape.length && shape.every((dim, i) => dim === null || dim === 1 || dim === x.shape[i]))) throw new ShapeError({
		code: "noise-shape",
		what: `The noiseShape of ${layer.label} does not fit its input`,
		received: formatShape(shape),
		expected: `1, null or the size of the input at each axis of ${formatShape(x.shape)}`,
		data: { layer: layer.name }
	});
	return shape.map((dim, i) => dim ?? x.shape[i]);
}
//#endregion
//#region src/layers/alpha-dropout.ts
/** What SELU tends to below: -alpha * scale. */
const SATURATION = -1.6732632423543772 * 1.0507009873554805;
/** Dropout that keeps mean and variance of SELU networks (Klambauer et al. 2017, https://arxiv.org/abs/1706.02515). */
var AlphaDropout = class extends TableLayer {
	static className = "AlphaDropout";
	static positional = ["rate"];
	static fields = {
		rate: float({
			min: 0,
			max: 1
		}),
		seed: nullable(int()),
		noiseShape: nullable(shapeField())
	};
	constructor(rate, options = {}) {
		super({
			rate,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	call(x, context) {
		const { rate } = this.options;
		if (!context.training || rate === 0) return x;
		const mask = keepMask(this.options, noiseDims(this, x, this.options.noiseShape), context);
		const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * SATURATION * SATURATION));
		return add(multiply(where(mask, x, SATURATION), scale), -scale * SATURATION * rate);
	}
};
//#endregion
//#region src/layers/average.ts
/** The mean of the inputs, element by element. */
var Average = class extends BaseMerge {
	static className = "Average";
	merge(inputs) {
		return divide(inputs.reduce((sum, input) => add(sum, input)), inputs.length);
	}
};
//#endregion
//#region src/layers/absent-field.ts
/** A key that Keras writes for something that Pawl does not compute: only its resting value is taken. */
function absentField(resting, what) {
	return {
		default: resting,
		parse(value, where) {
			if (value === resting) return resting;
			throw wrongOption(where, JSON.stringify(resting), value, `Pawl has no ${what}`);
		}
	};
}
//#endregion
//#region src/layers/affine-layer.ts
/** A normalization with scale and offset. Weights: gamma, beta, where wanted. */
var AffineLayer = class extends TableLayer {
	gamma = null;
	beta = null;
	get castsToFloat() {
		return true;
	}
	addAffine(shape) {
		const { center, scale, ...options } = this.options;
		if (scale) this.gamma = this.addWeight("gamma", {
			shape,
			initializer: options.gammaInitializer,
			regularizer: options.gammaRegularizer,
			constraint: options.gammaConstraint
		});
		if (!center) return;
		this.beta = this.addWeight("beta", {
			shape,
			initializer: options.betaInitializer,
			regularizer: options.betaRegularizer,
			constraint: options.betaConstraint
		});
	}
	/** (x - mean) / sqrt(variance + epsilon) * gamma + beta; weights are reshaped to `dims` to broadcast. */
	normalize(x, mean, variance, epsilon, dims) {
		const root = rsqrt(add(variance, epsilon));
		const factor = this.gamma === null ? root : multiply(root, reshape(this.gamma.value, dims));
		const scaled = multiply(subtract(x, mean), factor);
		return this.beta === null ? scaled : add(scaled, reshape(this.beta.value, dims));
	}
};
//#endregion
//#region src/layers/normalization-settings.ts
const affineSwitches = {
	center: bool(true),
	scale: bool(true)
};
const affineInitializers = {
	betaInitializer: initializerField("zeros"),
	gammaInitializer: initializerField("ones")
};
const affinePenalties = {
	betaRegularizer: regularizerField(),
	gammaRegularizer: regularizerField(),
	betaConstraint: constraintField(),
	gammaConstraint: constraintField()
};
//#endregion
//#region src/layers/batch-normalization.ts
/**
* Normalizes each feature over the batch (Ioffe & Szegedy 2015, https://arxiv.org/abs/1502.03167). In training with the
* statistics of the whole batch, which move the moving ones (with the biased variance, as Keras); else, and while
* `trainable` is false, with the moving ones. Weights: gamma, beta, moving_mean, moving_variance.
*/
var BatchNormalization = class extends AffineLayer {
	static className = "BatchNormalization";
	static fields = {
		axis: int({}, { default: -1 }),
		momentum: float({
			min: 0,
			max: 1
		}, { default: .99 }),
		epsilon: float({ min: 0 }, { default: .001 }),
		...affineSwitches,
		...affineInitializers,
		movingMeanInitializer: initializerField("zeros"),
		movingVarianceInitializer: initializerField("ones"),
		...affinePenalties,
		synchronized: bool(false),
		renorm: absentField(false, "batch renormalization"),
		renormClipping: absentField(null, "batch renormalization"),
		renormMomentum: float({
			min: 0,
			max: 1
		}, { default: .99 })
	};
	movingMean;
	movingVariance;
	constructor(options = {}) {
		super(options);
	}
	get inputSpecs() {
		const shape = this.buildShapes?.[0];
		if (shape === void 0) return [{ minRank: 2 }];
		const axis = positiveAxis(this, this.options.axis, shape.length);
		return [{
			rank: shape.length,
			axes: { [axis]: shape[axis] }
		}];
	}
	build([shape]) {
		const { axis, movingMeanInitializer, movingVarianceInitializer } = this.options;
		const features = [axisSize(this, shape, axis)];
		this.addAffine(features);
		const state = {
			shape: features,
			trainable: false
		};
		this.movingMean = this.addWeight("moving_mean", {
			...state,
			initializer: movingMeanInitializer
		});
		this.movingVariance = this.addWeight("moving_variance", {
			...state,
			initializer: movingVarianceInitializer
		});
	}
	get takesMask() {
		return true;
	}
	call(x, context) {
		const { epsilon } = this.options;
		const axis = positiveAxis(this, this.options.axis, x.shape.length);
		const dims = x.shape.map((dim, i) => i === axis ? dim : 1);
		const [mean, variance] = context.training && this.trainable ? this.#batchStatistics(x, axis, context) : [context.read(this.movingMean), context.read(this.movingVariance)];
		return this.normalize(x, reshape(mean, dims), reshape(variance, dims), epsilon, dims);
	}
	/**
	* Mean and biased variance of the whole batch, in two passes: the sums of the shards meet after each, so that every
	* shard centres with the same mean and nothing cancels.
	*/
	#batchStatistics(x, axis, context) {
		const axes = x.shape.map((_, i) => i).filter((i) => i !== axis);
		const perRow = axes.slice(1).reduce((product, i) => product * x.shape[i], 1);
		const count = multiply(context.rows, perRow);
		const mean = divide(allSum(sum$1(x, { axes })), count);
		const variance = divide(allSum(sum$1(square(subtract(x, reshape(mean, x.shape.map((dim, i) => i === axis ? dim : 1)))), { axes })), count);
		this.#move(this.movingMean, mean, context);
		this.#move(this.movingVariance, variance, context);
		return [mean, variance];
	}
	#move(statistic, batch, context) {
		const { momentum } = this.options;
		const old = multiply(context.read(statistic), momentum);
		context.assign(statistic, stopGradient(add(old, multiply(batch, 1 - momentum))));
	}
};
//#endregion
//#region src/layers/concatenate.ts
/** Its inputs one after the other along an axis; all other axes must agree. */
var Concatenate = class extends TableLayer {
	static className = "Concatenate";
	static fields = { axis: int({}, { default: -1 }) };
	constructor(options = {}) {
		super(options);
	}
	build(shapes) {
		const { axis } = this.options;
		const first = shapes[0];
		const at = axis < 0 ? axis + first.length : axis;
		const fits = (shape) => shape.length === first.length && shape.every((dim, i) => i === at || dim === null || first[i] === null || dim === first[i]);
		if (at > 0 && at < first.length && shapes.every(fits)) return;
		throw new ShapeError({
			code: "concatenate-shapes",
			what: `${this.label} needs inputs that agree in all axes but ${axis}`,
			received: shapes.map(formatShape).join(" and "),
			...at === 0 ? { fix: "Axis 0 is the batch: rows cannot be joined inside a network" } : {},
			data: { layer: this.name }
		});
	}
	call(inputs) {
		if (isList(inputs)) return concatenate(sameKind(inputs), this.options.axis);
		throw new ShapeError({
			code: "merge-shapes",
			what: `${this.label} takes a list of tensors`,
			received: "one tensor",
			fix: "Use concatenate.apply([a, b])",
			data: { layer: this.name }
		});
	}
};
function sameKind(inputs) {
	return inputs.every((input) => input.dtype === inputs[0].dtype) ? inputs : inputs.map((input) => cast(input, "float32"));
}
//#endregion
//#region src/layers/borders-field.ts
const isWidth = (value) => typeof value === "number" && Number.isInteger(value) && value >= 0;
const isPair = (value) => Array.isArray(value) && value.length === 2 && value.every(isWidth);
/** An option that says how much to add or take away at both ends of each of `rank` spatial axes. */
function bordersField(rank) {
	return {
		parse(value, where) {
			if (isWidth(value)) return new Array(rank).fill([value, value]);
			if (rank === 1 && isPair(value)) return [value];
			if (Array.isArray(value) && value.length === rank && value.every((item) => isWidth(item) || isPair(item))) return value.map((item) => isWidth(item) ? [item, item] : [item[0], item[1]]);
			throw wrongOption(where, `a whole number, or a list of ${rank} numbers or pairs [before, after]`, value);
		},
		toConfig: (borders) => rank === 1 ? [...borders[0]] : borders.map((pair) => [...pair])
	};
}
//#endregion
//#region src/layers/crop.ts
/** x without the borders of the axes. */
function crop(layer, x, borders, axes) {
	return axes.reduce((value, axis, i) => {
		const [before, after] = borders[i];
		const size = x.shape[axis];
		if (before + after >= size) throw new ShapeError({
			code: "cropping",
			what: `${layer.label} cuts off ${before + after} of ${size} elements of axis ${axis}`,
			received: formatShape(x.shape),
			fix: "Crop less than the input is long",
			data: { layer: layer.name }
		});
		return slice(value, axis, before, size - after);
	}, x);
}
//#endregion
//#region src/layers/cropping1d.ts
/** Cuts off the ends of 1 spatial axis. */
var Cropping1D = class extends TableLayer {
	static className = "Cropping1D";
	static positional = ["cropping"];
	static fields = { cropping: bordersField(1) };
	constructor(cropping = 1, options = {}) {
		super({
			cropping,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 3 }];
	}
	call(x) {
		const { cropping } = this.options;
		return crop(this, x, cropping, spatialAxes(3, "channels_last"));
	}
};
//#endregion
//#region src/layers/cropping2d.ts
/** Cuts off the ends of 2 spatial axes. */
var Cropping2D = class extends TableLayer {
	static className = "Cropping2D";
	static positional = ["cropping"];
	static fields = {
		cropping: bordersField(2),
		dataFormat: dataFormatField()
	};
	constructor(cropping = 0, options = {}) {
		super({
			cropping,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 4 }];
	}
	call(x) {
		const { cropping, dataFormat } = this.options;
		return crop(this, x, cropping, spatialAxes(4, dataFormat));
	}
};
//#endregion
//#region src/layers/cropping3d.ts
/** Cuts off the ends of 3 spatial axes. */
var Cropping3D = class extends TableLayer {
	static className = "Cropping3D";
	static positional = ["cropping"];
	static fields = {
		cropping: bordersField(3),
		dataFormat: dataFormatField()
	};
	constructor(cropping = 1, options = {}) {
		super({
			cropping,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 5 }];
	}
	call(x) {
		const { cropping, dataFormat } = this.options;
		return crop(this, x, cropping, spatialAxes(5, dataFormat));
	}
};
//#endregion
//#region src/layers/dense.ts
/**
* `activation(x . kernel + bias)` along the last axis: (batch, ..., in) -> (batch, ..., units). Weights: kernel
* (in, units), bias (units).
*/
var Dense = class extends TableLayer {
	static className = "Dense";
	static positional = ["units"];
	static fields = {
		units: int({ min: 1 }),
		activation: activationField(),
		useBias: bool(true),
		kernelInitializer: initializerField("glorot_uniform"),
		biasInitializer: initializerField("zeros"),
		kernelRegularizer: regularizerField(),
		biasRegularizer: regularizerField(),
		kernelConstraint: constraintField(),
		biasConstraint: constraintField(),
		quantizationConfig: absentField(null, "quantized layers")
	};
	kernel;
	bias = null;
	constructor(units, options = {}) {
		super({
			units,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		return [{
			minRank: 2,
			...this.built ? { axes: { [-1]: this.kernel.shape[0] } } : {}
		}];
	}
	build([shape]) {
		const { units, useBias, ...options } = this.options;
		this.kernel = this.addWeight("kernel", {
			shape: [lastAxis(this, shape), units],
			initializer: options.kernelInitializer,
			regularizer: options.kernelRegularizer,
			constraint: options.kernelConstraint
		});
		if (!useBias) return;
		this.bias = this.addWeight("bias", {
			shape: [units],
			initializer: options.biasInitializer,
			regularizer: options.biasRegularizer,
			constraint: options.biasConstraint
		});
	}
	call(x) {
		const product = matmul(x, this.kernel.value);
		return this.options.activation(this.bias === null ? product : add(product, this.bias.value));
	}
};
//#endregion
//#region src/layers/depthwise-conv1d.ts
/** Depthwise convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
var DepthwiseConv1D = class extends BaseDepthwiseConv {
	static className = "DepthwiseConv1D";
	static fields = depthwiseFields(1);
	get spatialRank() {
		return 1;
	}
};
//#endregion
//#region src/layers/depthwise-conv2d.ts
/** Depthwise convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
var DepthwiseConv2D = class extends BaseDepthwiseConv {
	static className = "DepthwiseConv2D";
	static fields = depthwiseFields(2);
	get spatialRank() {
		return 2;
	}
};
//#endregion
//#region src/layers/dropout.ts
/** In training, sets a fraction `rate` of the elements to 0 and scales the others up by 1 / (1 - rate). */
var Dropout = class extends TableLayer {
	static className = "Dropout";
	static positional = ["rate"];
	static fields = {
		rate: float({
			min: 0,
			max: 1
		}),
		seed: nullable(int()),
		noiseShape: nullable(shapeField())
	};
	constructor(rate, options = {}) {
		super({
			rate,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	call(x, context) {
		return dropout(x, this.options, noiseDims(this, x, this.options.noiseShape), context);
	}
};
//#endregion
//#region src/layers/elu.ts
/** x above 0, alpha * (exp(x) - 1) below. */
var ELU = class extends TableLayer {
	static className = "ELU";
	static fields = { alpha: float({}, { default: 1 }) };
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	call(x) {
		return elu(x, { alpha: this.options.alpha });
	}
	getConfig() {
		const { name, ...config } = super.getConfig();
		return {
			name,
			alpha: this.options.alpha,
			...config
		};
	}
};
//#endregion
//#region src/layers/embedding.ts
/** A vector for each id: (batch, ...) of whole numbers -> (batch, ..., outputDim). Weight: embeddings (inputDim, outputDim). */
var Embedding = class extends TableLayer {
	static className = "Embedding";
	static positional = ["inputDim", "outputDim"];
	static fields = {
		inputDim: int({ min: 1 }),
		outputDim: int({ min: 1 }),
		embeddingsInitializer: initializerField("uniform"),
		embeddingsRegularizer: regularizerField(),
		activityRegularizer: regularizerField(),
		embeddingsConstraint: constraintField(),
		maskZero: absentField(false, "masking of timesteps yet"),
		quantizationConfig: absentField(null, "quantized layers")
	};
	embeddings;
	constructor(inputDim, outputDim, options = {}) {
		super({
			inputDim,
			outputDim,
			...options
		});
	}
	build() {
		const { inputDim, outputDim, ...options } = this.options;
		this.embeddings = this.addWeight("embeddings", {
			shape: [inputDim, outputDim],
			initializer: options.embeddingsInitializer,
			regularizer: options.embeddingsRegularizer,
			constraint: options.embeddingsConstraint
		});
	}
	call(ids) {
		return gather(this.embeddings.value, ids.dtype === "int32" ? ids : cast(ids, "int32"));
	}
};
//#endregion
//#region src/layers/flatten.ts
/** (batch, ...rest) -> (batch, product of rest). */
var Flatten = class extends TableLayer {
	static className = "Flatten";
	static fields = { dataFormat: dataFormatField() };
	constructor(options = {}) {
		super(options);
	}
	call(x) {
		if (x.shape.length < 2) return expandDims(x, -1);
		if (this.options.dataFormat === "channels_last" || x.shape.length < 3) return flatten2d(x);
		return flatten2d(transpose(x, [
			0,
			...spatialAxes(x.shape.length, "channels_first"),
			1
		]));
	}
};
//#endregion
//#region src/layers/gaussian-dropout.ts
const anyRate = float({
	min: 0,
	max: 1
});
const rateField = { parse(value, where) {
	if (value === 1) throw wrongOption(where, "a number >= 0 and < 1", value);
	return anyRate.parse(value, where);
} };
/** In training, multiplies by normal noise of mean 1. */
var GaussianDropout = class extends TableLayer {
	static className = "GaussianDropout";
	static positional = ["rate"];
	static fields = {
		rate: rateField,
		seed: nullable(int())
	};
	constructor(rate, options = {}) {
		super({
			rate,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	call(x, context) {
		const { rate, seed } = this.options;
		if (!context.training || rate === 0) return x;
		return multiply(x, add(multiply(context.random(purposeOf("noise", seed), x.shape, "normal"), Math.sqrt(rate / (1 - rate))), 1));
	}
};
//#endregion
//#region src/layers/gaussian-noise.ts
/** In training, adds normal noise of mean 0. */
var GaussianNoise = class extends TableLayer {
	static className = "GaussianNoise";
	static positional = ["stddev"];
	static fields = {
		stddev: float({ min: 0 }),
		seed: nullable(int())
	};
	constructor(stddev, options = {}) {
		super({
			stddev,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	call(x, context) {
		const { stddev, seed } = this.options;
		if (!context.training || stddev === 0) return x;
		return add(x, multiply(context.random(purposeOf("noise", seed), x.shape, "normal"), stddev));
	}
};
//#endregion
//#region src/layers/group-normalization.ts
/**
* Normalizes each sample over groups of channels (Wu & He 2018, https://arxiv.org/abs/1803.08494). Weights: gamma, beta, an
* entry a channel.
*/
var GroupNormalization = class extends AffineLayer {
	static className = "GroupNormalization";
	static fields = {
		groups: int({ min: -1 }, { default: 32 }),
		axis: int({}, { default: -1 }),
		epsilon: float({ min: 0 }, { default: .001 }),
		...affineSwitches,
		...affineInitializers,
		...affinePenalties
	};
	constructor(options = {}) {
		super(options);
	}
	build([shape]) {
		const channels = axisSize(this, shape, this.options.axis);
		if (channels % this.#groups(channels) !== 0) throw new OptionError({
			code: "groups",
			what: `The channels of the input of ${this.label} must divide into its ${this.options.groups} groups`,
			received: `${channels} channels`,
			fix: "Choose groups that divide the channels",
			data: { layer: this.name }
		});
		this.addAffine([channels]);
	}
	call(x) {
		const axis = positiveAxis(this, this.options.axis, x.shape.length);
		const channels = x.shape[axis];
		const groups = this.#groups(channels);
		const split = [
			...x.shape.slice(0, axis),
			groups,
			channels / groups,
			...x.shape.slice(axis + 1)
		];
		const grouped = reshape(x, split);
		const axes = split.map((_, i) => i).filter((i) => i !== 0 && i !== axis);
		const mean$2 = mean(grouped, {
			axes,
			keepDims: true
		});
		const variance$2 = variance(grouped, {
			axes,
			keepDims: true
		});
		const dims = split.map((dim, i) => i === axis || i === axis + 1 ? dim : 1);
		return reshape(this.normalize(grouped, mean$2, variance$2, this.options.epsilon, dims), x.shape);
	}
	getConfig() {
		const config = super.getConfig();
		const shape = this.buildShapes?.[0];
		return shape ? {
			...config,
			groups: this.#groups(axisSize(this, shape, this.options.axis))
		} : config;
	}
	#groups(channels) {
		return this.options.groups === -1 ? channels : this.options.groups;
	}
};
//#endregion
//#region src/layers/identity.ts
/** Gives what it takes. */
var Identity = class extends TableLayer {
	static className = "Identity";
	constructor(options = {}) {
		super(options);
	}
	call(inputs) {
		return inputs;
	}
};
//#endregion
//#region src/layers/input-layer.ts
const fields = {
	shape: nullable(shapeField(), { transient: true }),
	batchShape: nullable(shapeField()),
	dtype: nullable(text()),
	name: nullable(text()),
	sparse: bool(false),
	ragged: bool(false),
	optional: bool(false)
};
/** The entry of a network: one input tensor. `Input()` makes one and gives its tensor. */
var InputLayer = class InputLayer extends Layer {
	static className = "InputLayer";
	batchShape;
	inputDtype;
	#tensor;
	constructor(options) {
		const all = resolveOptions("InputLayer", fields, options);
		super({ name: all.name });
		if (all.shape === null === (all.batchShape === null)) throw new OptionError({
			code: "input-shape-option",
			what: `${this.label} needs either shape or batchShape`,
			received: all.shape === null ? "neither" : "both",
			fix: "Give the shape of one sample, e.g. Input({ shape: [28, 28, 1] })"
		});
		if (all.sparse || all.ragged) throw new OptionError({
			code: "sparse-input",
			what: `${this.label} is ${all.sparse ? "sparse" : "ragged"}; only dense inputs can be computed on`,
			fix: "Make the data dense and the input with it"
		});
		this.batchShape = all.batchShape ?? [null, ...all.shape];
		this.inputDtype = all.dtype ?? "float32";
		this.build([this.batchShape]);
		this.#tensor = this.addNode([], {}, {
			shape: this.batchShape,
			dtype: this.inputDtype
		}).outputs[0];
	}
	/** The tensor that enters here. */
	get tensor() {
		return this.#tensor;
	}
	call(inputs) {
		return inputs;
	}
	getConfig() {
		return {
			batch_shape: [...this.batchShape],
			dtype: this.inputDtype,
			sparse: false,
			ragged: false,
			name: this.name,
			optional: false
		};
	}
	/** From the config of Keras 3 or 2 (`batch_input_shape`). */
	static fromConfig(config) {
		const { batch_input_shape: old, ...rest } = config;
		return new InputLayer(optionsFromConfig("InputLayer", fields, old === void 0 ? rest : {
			...rest,
			batch_shape: old
		}));
	}
};
//#endregion
//#region src/layers/axes-field.ts
/** An option that is one axis or a list of axes; negative ones count from the end. */
function axesField(axis) {
	return {
		default: axis,
		parse(value, where) {
			if (Number.isInteger(value)) return value;
			if (Array.isArray(value) && value.length > 0 && value.every(Number.isInteger)) return [...value];
			throw wrongOption(where, "an axis or a list of axes", value);
		},
		toConfig: (value) => value
	};
}
//#endregion
//#region src/layers/layer-normalization.ts
/**
* Normalizes each sample over its features (Ba et al. 2016, https://arxiv.org/abs/1607.06450). Weights: gamma and beta of
* the shape of the normalized axes.
*/
var LayerNormalization = class extends AffineLayer {
	static className = "LayerNormalization";
	static fields = {
		axis: axesField(-1),
		epsilon: float({ min: 0 }, { default: .001 }),
		...affineSwitches,
		rmsScaling: absentField(false, "scaling by the variance; use RMSNormalization"),
		...affineInitializers,
		...affinePenalties
	};
	constructor(options = {}) {
		super(options);
	}
	get inputSpecs() {
		const shape = this.buildShapes?.[0];
		if (shape === void 0) return [{ minRank: 2 }];
		const axes = this.#axes(shape.length);
		return [{
			rank: shape.length,
			axes: Object.fromEntries(axes.map((axis) => [axis, shape[axis]]))
		}];
	}
	build([shape]) {
		this.addAffine(this.#axes(shape.length).map((axis) => axisSize(this, shape, axis)));
	}
	call(x) {
		const axes = this.#axes(x.shape.length);
		const mean$1 = mean(x, {
			axes,
			keepDims: true
		});
		const variance$1 = variance(x, {
			axes,
			keepDims: true
		});
		const dims = x.shape.map((dim, i) => axes.includes(i) ? dim : 1);
		return this.normalize(x, mean$1, variance$1, this.options.epsilon, dims);
	}
	getConfig() {
		const config = super.getConfig();
		return this.built ? {
			...config,
			axis: [...this.#sorted()]
		} : config;
	}
	#sorted() {
		const { axis } = this.options;
		return typeof axis === "number" ? [axis] : [...axis].sort((a, b) => a - b);
	}
	#axes(rank) {
		return this.#sorted().map((axis) => positiveAxis(this, axis, rank));
	}
};
//#endregion
//#region src/layers/leaky-relu.ts
/** x above 0, negativeSlope * x below. */
var LeakyReLU = class extends TableLayer {
	static className = "LeakyReLU";
	static fields = { negativeSlope: float({ min: 0 }, { default: .3 }) };
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	call(x) {
		return leakyRelu(x, { negativeSlope: this.options.negativeSlope });
	}
};
//#endregion
//#region src/layers/maximum.ts
/** The largest of the inputs, element by element. */
var Maximum = class extends BaseMerge {
	static className = "Maximum";
	merge(inputs) {
		return inputs.reduce((largest, input) => maximum(largest, input));
	}
};
//#endregion
//#region src/layers/minimum.ts
/** The least of the inputs, element by element. */
var Minimum = class extends BaseMerge {
	static className = "Minimum";
	merge(inputs) {
		return inputs.reduce((least, input) => minimum(least, input));
	}
};
//#endregion
//#region src/layers/multiply.ts
/** The product of the inputs, element by element. */
var Multiply = class extends BaseMerge {
	static className = "Multiply";
	merge(inputs) {
		return inputs.reduce((product, input) => multiply(product, input));
	}
};
//#endregion
//#region src/layers/permute.ts
const dimsField = {
	parse(value, where) {
		const sorted = Array.isArray(value) ? [...value].sort((a, b) => a - b) : [];
		if (!Array.isArray(value) || !sorted.every((dim, i) => dim === i + 1)) throw wrongOption(where, "the numbers 1 to n in some order", value);
		return [...value];
	},
	toConfig: (value) => value
};
/** Reorders the axes of a sample. */
var Permute = class extends TableLayer {
	static className = "Permute";
	static positional = ["dims"];
	static fields = { dims: dimsField };
	constructor(dims, options = {}) {
		super({
			dims,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: this.options.dims.length + 1 }];
	}
	call(x) {
		return transpose(x, [0, ...this.options.dims]);
	}
};
//#endregion
//#region src/layers/prelu.ts
const sharedAxesField = {
	default: null,
	parse(value, where) {
		if (value === null) return null;
		const list = Array.isArray(value) ? value : [value];
		if (list.every((axis) => typeof axis === "number" && Number.isInteger(axis) && axis >= 1)) return list;
		throw wrongOption(where, "axes, counted from 1", value);
	},
	toConfig: (value) => value
};
/** x above 0, alpha * x below with learned slopes (He et al. 2015). Weight: alpha, of a sample's shape. */
var PReLU = class extends TableLayer {
	static className = "PReLU";
	static fields = {
		alphaInitializer: initializerField("zeros"),
		alphaRegularizer: regularizerField(),
		alphaConstraint: constraintField(),
		sharedAxes: sharedAxesField
	};
	alpha;
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		const shape = this.buildShapes?.[0];
		return shape === void 0 ? null : [{ rank: shape.length }];
	}
	build([shape]) {
		const { sharedAxes, alphaInitializer, alphaRegularizer, alphaConstraint } = this.options;
		const axes = shape.map((_, axis) => axis).slice(1);
		this.alpha = this.addWeight("alpha", {
			shape: axes.map((axis) => sharedAxes?.includes(axis) ? 1 : axisSize(this, shape, axis)),
			initializer: alphaInitializer,
			regularizer: alphaRegularizer,
			constraint: alphaConstraint
		});
	}
	call(x) {
		return subtract(relu(x), multiply(this.alpha.value, relu(neg(x))));
	}
};
//#endregion
//#region src/layers/relu.ts
/** Rectifier with optional slope, threshold and limit: `activations.relu`. */
var ReLU = class extends TableLayer {
	static className = "ReLU";
	static fields = {
		maxValue: nullable(float({ min: 0 })),
		negativeSlope: float({ min: 0 }, { default: 0 }),
		threshold: float({ min: 0 }, { default: 0 })
	};
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	call(x) {
		return relu$1(x, this.options);
	}
};
//#endregion
//#region src/layers/repeat-vector.ts
/** (batch, features) -> (batch, n, features). */
var RepeatVector = class extends TableLayer {
	static className = "RepeatVector";
	static positional = ["n"];
	static fields = { n: int({ min: 1 }) };
	constructor(n, options = {}) {
		super({
			n,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 2 }];
	}
	call(x) {
		return repeat$1(expandDims(x, 1), this.options.n, 1);
	}
};
//#endregion
//#region src/layers/rescaling.ts
function numbersField(value) {
	const field = {
		parse(received, where) {
			if (typeof received === "number") return received;
			if (Array.isArray(received) && received.every((item) => typeof item === "number")) return received;
			throw wrongOption(where, "a number or a list of numbers", received);
		},
		toConfig: (list) => list
	};
	return value === void 0 ? field : {
		...field,
		default: value
	};
}
/** x * scale + offset, e.g. `new Rescaling(1 / 255)` for bytes of images. */
var Rescaling = class extends TableLayer {
	static className = "Rescaling";
	static positional = ["scale"];
	static fields = {
		scale: numbersField(),
		offset: numbersField(0)
	};
	constructor(scale, options = {}) {
		super({
			scale,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	call(x) {
		const { scale, offset } = this.options;
		return add(multiply(x, operand(scale)), operand(offset));
	}
};
const operand = (value) => typeof value === "number" ? value : new Tensor([...value]);
//#endregion
//#region src/layers/reshape.ts
const targetField = {
	parse(value, where) {
		if (!(Array.isArray(value) && value.every((dim) => Number.isInteger(dim) && dim >= -1)) || value.filter((dim) => dim === -1).length > 1) throw wrongOption(where, "a list of whole numbers, at most one of them -1", value);
		return [...value];
	},
	toConfig: (value) => value
};
/** (batch, ...rest) -> (batch, ...targetShape). */
var Reshape = class extends TableLayer {
	static className = "Reshape";
	static positional = ["targetShape"];
	static fields = { targetShape: targetField };
	constructor(targetShape, options = {}) {
		super({
			targetShape,
			...options
		});
	}
	call(x) {
		return reshape(x, [x.shape[0], ...this.#resolve(x)]);
	}
	#resolve(x) {
		const { targetShape } = this.options;
		const size = sizeOf(x.shape.slice(1));
		const known = targetShape.reduce((product, dim) => dim === -1 ? product : product * dim, 1);
		const open = targetShape.includes(-1);
		if (open ? known === 0 || size % known !== 0 : known !== size) throw new ShapeError({
			code: "reshape-size",
			what: `${this.label} cannot make (${targetShape.join(", ")}) of its input`,
			received: `${size} elements a sample, shape ${formatShape(x.shape)}`,
			expected: open ? `a multiple of ${known}` : `${known} elements a sample`,
			data: { layer: this.name }
		});
		return targetShape.map((dim) => dim === -1 ? size / known : dim);
	}
};
//#endregion
//#region src/layers/rms-normalization.ts
/** Divides by the root mean square of the features (Zhang & Sennrich 2019). Weight: scale. */
var RMSNormalization = class extends TableLayer {
	static className = "RMSNormalization";
	static fields = {
		axis: axesField(-1),
		epsilon: float({ min: 0 }, { default: 1e-6 })
	};
	scale;
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	build([shape]) {
		const sizes = this.#list().map((axis) => axisSize(this, shape, axis));
		this.scale = this.addWeight("scale", {
			shape: sizes,
			initializer: "ones"
		});
	}
	call(x) {
		const axes = this.#list().map((axis) => positiveAxis(this, axis, x.shape.length));
		const meanSquare = mean(square(x), {
			axes,
			keepDims: true
		});
		const dims = x.shape.map((dim, i) => axes.includes(i) ? dim : 1);
		return multiply(x, multiply(rsqrt(add(meanSquare, this.options.epsilon)), reshape(this.scale.value, dims)));
	}
	getConfig() {
		const config = super.getConfig();
		return this.built ? {
			...config,
			axis: [...this.#list()]
		} : config;
	}
	#list() {
		const { axis } = this.options;
		return typeof axis === "number" ? [axis] : [...axis].sort((a, b) => a - b);
	}
};
//#endregion
//#region src/layers/softmax.ts
/** exp(x) over its sum along an axis. */
var Softmax = class extends TableLayer {
	static className = "Softmax";
	static fields = { axis: axesField(-1) };
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	get takesMask() {
		return true;
	}
	call(x) {
		const { axis } = this.options;
		if (typeof axis === "number") return softmax(x, axis);
		return exp(subtract(x, logSumExp(x, {
			axes: axis,
			keepDims: true
		})));
	}
};
//#endregion
//#region src/layers/spatial-dropout.ts
/** Dims of a mask that drops whole feature maps: one number a sample and channel. */
function featureMapDims(x, format) {
	const channel = format === "channels_first" ? 1 : x.shape.length - 1;
	return x.shape.map((dim, axis) => axis === 0 || axis === channel ? dim : 1);
}
/** Keras writes these layers in another order and shorter than others. */
function spatialDropoutConfig(layer, format) {
	const { rate, seed } = layer.options;
	const config = {
		rate,
		seed,
		name: layer.name,
		dtype: layer.dtype
	};
	return format === null ? config : {
		...config,
		data_format: format
	};
}
//#endregion
//#region src/layers/spatial-dropout1d.ts
/** Dropout of whole feature maps: input of rank 3. */
var SpatialDropout1D = class extends TableLayer {
	static className = "SpatialDropout1D";
	static positional = ["rate"];
	static fields = {
		rate: float({
			min: 0,
			max: 1
		}),
		seed: nullable(int())
	};
	constructor(rate, options = {}) {
		super({
			rate,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		return [{ rank: 3 }];
	}
	call(x, context) {
		return dropout(x, this.options, featureMapDims(x, "channels_last"), context);
	}
	getConfig() {
		return spatialDropoutConfig(this, null);
	}
};
//#endregion
//#region src/layers/spatial-dropout2d.ts
/** Dropout of whole feature maps: input of rank 4. */
var SpatialDropout2D = class extends TableLayer {
	static className = "SpatialDropout2D";
	static positional = ["rate"];
	static fields = {
		rate: float({
			min: 0,
			max: 1
		}),
		seed: nullable(int()),
		dataFormat: dataFormatField()
	};
	constructor(rate, options = {}) {
		super({
			rate,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		return [{ rank: 4 }];
	}
	call(x, context) {
		return dropout(x, this.options, featureMapDims(x, this.options.dataFormat), context);
	}
	getConfig() {
		return spatialDropoutConfig(this, this.options.dataFormat);
	}
};
//#endregion
//#region src/layers/spatial-dropout3d.ts
/** Dropout of whole feature maps: input of rank 5. */
var SpatialDropout3D = class extends TableLayer {
	static className = "SpatialDropout3D";
	static positional = ["rate"];
	static fields = {
		rate: float({
			min: 0,
			max: 1
		}),
		seed: nullable(int()),
		dataFormat: dataFormatField()
	};
	constructor(rate, options = {}) {
		super({
			rate,
			...options
		});
	}
	get castsToFloat() {
		return true;
	}
	get inputSpecs() {
		return [{ rank: 5 }];
	}
	call(x, context) {
		return dropout(x, this.options, featureMapDims(x, this.options.dataFormat), context);
	}
	getConfig() {
		return spatialDropoutConfig(this, this.options.dataFormat);
	}
};
//#endregion
//#region src/layers/subtract.ts
/** The first of two inputs minus the second. */
var Subtract = class extends BaseMerge {
	static className = "Subtract";
	merge(inputs) {
		const [a, b] = inputs;
		if (a !== void 0 && b !== void 0 && inputs.length === 2) return subtract(a, b);
		throw new ShapeError({
			code: "input-count",
			what: `${this.label} takes exactly two inputs`,
			received: `${inputs.length}`,
			data: { layer: this.name }
		});
	}
};
//#endregion
//#region src/layers/unit-normalization.ts
/** Scales to Euclidean length 1 along an axis. */
var UnitNormalization = class extends TableLayer {
	static className = "UnitNormalization";
	static fields = { axis: axesField(-1) };
	constructor(options = {}) {
		super(options);
	}
	get castsToFloat() {
		return true;
	}
	call(x) {
		return multiply(x, rsqrt(maximum(sum$1(square(x), {
			axes: this.options.axis,
			keepDims: true
		}), 1e-12)));
	}
};
//#endregion
//#region src/layers/up-sampling1d.ts
/** Repeats each step: (batch, steps, channels) -> (batch, size * steps, channels). */
var UpSampling1D = class extends TableLayer {
	static className = "UpSampling1D";
	static positional = ["size"];
	static fields = { size: int({ min: 1 }) };
	constructor(size = 2, options = {}) {
		super({
			size,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 3 }];
	}
	call(x) {
		return repeat$1(x, this.options.size, 1);
	}
};
//#endregion
//#region src/layers/up-sampling2d.ts
/** Repeats each element along 2 spatial axes. */
var UpSampling2D = class extends TableLayer {
	static className = "UpSampling2D";
	static positional = ["size"];
	static fields = {
		size: perAxisField(2),
		dataFormat: dataFormatField(),
		interpolation: oneOf(["nearest"], { default: "nearest" })
	};
	constructor(size = 2, options = {}) {
		super({
			size,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 4 }];
	}
	call(x) {
		const { size, dataFormat } = this.options;
		return spatialAxes(4, dataFormat).reduce((value, axis, i) => repeat$1(value, size[i], axis), x);
	}
};
//#endregion
//#region src/layers/up-sampling3d.ts
/** Repeats each element along 3 spatial axes. */
var UpSampling3D = class extends TableLayer {
	static className = "UpSampling3D";
	static positional = ["size"];
	static fields = {
		size: perAxisField(3),
		dataFormat: dataFormatField()
	};
	constructor(size = 2, options = {}) {
		super({
			size,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 5 }];
	}
	call(x) {
		const { size, dataFormat } = this.options;
		return spatialAxes(5, dataFormat).reduce((value, axis, i) => repeat$1(value, size[i], axis), x);
	}
};
//#endregion
//#region src/layers/zero-padding1d.ts
/** Adds zeros around 1 spatial axis. */
var ZeroPadding1D = class extends TableLayer {
	static className = "ZeroPadding1D";
	static positional = ["padding"];
	static fields = {
		padding: bordersField(1),
		dataFormat: dataFormatField()
	};
	constructor(padding = 1, options = {}) {
		super({
			padding,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 3 }];
	}
	call(x) {
		const { padding, dataFormat } = this.options;
		const before = x.shape.map(() => 0);
		const after = x.shape.map(() => 0);
		spatialAxes(3, dataFormat).forEach((axis, i) => {
			[before[axis], after[axis]] = padding[i];
		});
		return pad$1(x, before, after);
	}
};
//#endregion
//#region src/layers/zero-padding2d.ts
/** Adds zeros around 2 spatial axes. */
var ZeroPadding2D = class extends TableLayer {
	static className = "ZeroPadding2D";
	static positional = ["padding"];
	static fields = {
		padding: bordersField(2),
		dataFormat: dataFormatField()
	};
	constructor(padding = 1, options = {}) {
		super({
			padding,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 4 }];
	}
	call(x) {
		const { padding, dataFormat } = this.options;
		const before = x.shape.map(() => 0);
		const after = x.shape.map(() => 0);
		spatialAxes(4, dataFormat).forEach((axis, i) => {
			[before[axis], after[axis]] = padding[i];
		});
		return pad$1(x, before, after);
	}
};
//#endregion
//#region src/layers/zero-padding3d.ts
/** Adds zeros around 3 spatial axes. */
var ZeroPadding3D = class extends TableLayer {
	static className = "ZeroPadding3D";
	static positional = ["padding"];
	static fields = {
		padding: bordersField(3),
		dataFormat: dataFormatField()
	};
	constructor(padding = 1, options = {}) {
		super({
			padding,
			...options
		});
	}
	get inputSpecs() {
		return [{ rank: 5 }];
	}
	call(x) {
		const { padding, dataFormat } = this.options;
		const before = x.shape.map(() => 0);
		const after = x.shape.map(() => 0);
		spatialAxes(5, dataFormat).forEach((axis, i) => {
			[before[axis], after[axis]] = padding[i];
		});
		return pad$1(x, before, after);
	}
};
//#endregion
//#region src/layers/get.ts
const builtIn = new Map(Object.entries({
	.../* @__PURE__ */ __exportAll({
		Activation: () => Activation,
		ActivityRegularization: () => ActivityRegularization,
		Add: () => Add,
		AlphaDropout: () => AlphaDropout,
		Average: () => Average,
		AveragePooling1D: () => AveragePooling1D,
		AveragePooling2D: () => AveragePooling2D,
		AveragePooling3D: () => AveragePooling3D,
		BatchNormalization: () => BatchNormalization,
		Concatenate: () => Concatenate,
		Conv1D: () => Conv1D,
		Conv1DTranspose: () => Conv1DTranspose,
		Conv2D: () => Conv2D,
		Conv2DTranspose: () => Conv2DTranspose,
		Conv3D: () => Conv3D,
		Conv3DTranspose: () => Conv3DTranspose,
		Cropping1D: () => Cropping1D,
		Cropping2D: () => Cropping2D,
		Cropping3D: () => Cropping3D,
		Dense: () => Dense,
		DepthwiseConv1D: () => DepthwiseConv1D,
		DepthwiseConv2D: () => DepthwiseConv2D,
		Dropout: () => Dropout,
		ELU: () => ELU,
		Embedding: () => Embedding,
		Flatten: () => Flatten,
		GaussianDropout: () => GaussianDropout,
		GaussianNoise: () => GaussianNoise,
		GlobalAveragePooling1D: () => GlobalAveragePooling1D,
		GlobalAveragePooling2D: () => GlobalAveragePooling2D,
		GlobalAveragePooling3D: () => GlobalAveragePooling3D,
		GlobalMaxPooling1D: () => GlobalMaxPooling1D,
		GlobalMaxPooling2D: () => GlobalMaxPooling2D,
		GlobalMaxPooling3D: () => GlobalMaxPooling3D,
		GroupNormalization: () => GroupNormalization,
		Identity: () => Identity,
		InputLayer: () => InputLayer,
		LayerNormalization: () => LayerNormalization,
		LeakyReLU: () => LeakyReLU,
		MaxPooling1D: () => MaxPooling1D,
		MaxPooling2D: () => MaxPooling2D,
		MaxPooling3D: () => MaxPooling3D,
		Maximum: () => Maximum,
		Minimum: () => Minimum,
		Multiply: () => Multiply,
		PReLU: () => PReLU,
		Permute: () => Permute,
		RMSNormalization: () => RMSNormalization,
		ReLU: () => ReLU,
		RepeatVector: () => RepeatVector,
		Rescaling: () => Rescaling,
		Reshape: () => Reshape,
		SeparableConv1D: () => SeparableConv1D,
		SeparableConv2D: () => SeparableConv2D,
		Softmax: () => Softmax,
		SpatialDropout1D: () => SpatialDropout1D,
		SpatialDropout2D: () => SpatialDropout2D,
		SpatialDropout3D: () => SpatialDropout3D,
		Subtract: () => Subtract,
		UnitNormalization: () => UnitNormalization,
		UpSampling1D: () => UpSampling1D,
		UpSampling2D: () => UpSampling2D,
		UpSampling3D: () => UpSampling3D,
		ZeroPadding1D: () => ZeroPadding1D,
		ZeroPadding2D: () => ZeroPadding2D,
		ZeroPadding3D: () => ZeroPadding3D
	}),
	...aliases_exports
}));
markBuiltIn(builtIn.values());
/** Finds Pawl's own layers and those that users registered. Models are not among them: see model/. */
const resolveLayer = (className, registeredName) => (registeredName === null ? void 0 : registered.find(registeredName)) ?? builtIn.get(className) ?? registered.find(className);
/** Makes a layer class of your own known by its `className`, so that files can name it. */
function register(cls, packageName) {
	return registered.register(cls, packageName);
}
//#endregion
//#region src/layers/index.ts
var layers_exports = /* @__PURE__ */ __exportAll({
	Activation: () => Activation,
	ActivityRegularization: () => ActivityRegularization,
	Add: () => Add,
	AlphaDropout: () => AlphaDropout,
	Average: () => Average,
	AveragePooling1D: () => AveragePooling1D,
	AveragePooling2D: () => AveragePooling2D,
	AveragePooling3D: () => AveragePooling3D,
	AvgPool1D: () => AveragePooling1D,
	AvgPool2D: () => AveragePooling2D,
	AvgPool3D: () => AveragePooling3D,
	BatchNormalization: () => BatchNormalization,
	CallTrace: () => CallTrace,
	Concatenate: () => Concatenate,
	Conv1D: () => Conv1D,
	Conv1DTranspose: () => Conv1DTranspose,
	Conv2D: () => Conv2D,
	Conv2DTranspose: () => Conv2DTranspose,
	Conv3D: () => Conv3D,
	Conv3DTranspose: () => Conv3DTranspose,
	Convolution1D: () => Conv1D,
	Convolution1DTranspose: () => Conv1DTranspose,
	Convolution2D: () => Conv2D,
	Convolution2DTranspose: () => Conv2DTranspose,
	Convolution3D: () => Conv3D,
	Convolution3DTranspose: () => Conv3DTranspose,
	Cropping1D: () => Cropping1D,
	Cropping2D: () => Cropping2D,
	Cropping3D: () => Cropping3D,
	Dense: () => Dense,
	DepthwiseConv1D: () => DepthwiseConv1D,
	DepthwiseConv2D: () => DepthwiseConv2D,
	Dropout: () => Dropout,
	ELU: () => ELU,
	Embedding: () => Embedding,
	Flatten: () => Flatten,
	GaussianDropout: () => GaussianDropout,
	GaussianNoise: () => GaussianNoise,
	GlobalAveragePooling1D: () => GlobalAveragePooling1D,
	GlobalAveragePooling2D: () => GlobalAveragePooling2D,
	GlobalAveragePooling3D: () => GlobalAveragePooling3D,
	GlobalAvgPool1D: () => GlobalAveragePooling1D,
	GlobalAvgPool2D: () => GlobalAveragePooling2D,
	GlobalAvgPool3D: () => GlobalAveragePooling3D,
	GlobalMaxPool1D: () => GlobalMaxPooling1D,
	GlobalMaxPool2D: () => GlobalMaxPooling2D,
	GlobalMaxPool3D: () => GlobalMaxPooling3D,
	GlobalMaxPooling1D: () => GlobalMaxPooling1D,
	GlobalMaxPooling2D: () => GlobalMaxPooling2D,
	GlobalMaxPooling3D: () => GlobalMaxPooling3D,
	GroupNormalization: () => GroupNormalization,
	Identity: () => Identity,
	InputLayer: () => InputLayer,
	KerasTensor: () => KerasTensor,
	Layer: () => Layer,
	LayerNormalization: () => LayerNormalization,
	LeakyReLU: () => LeakyReLU,
	MaxPool1D: () => MaxPooling1D,
	MaxPool2D: () => MaxPooling2D,
	MaxPool3D: () => MaxPooling3D,
	MaxPooling1D: () => MaxPooling1D,
	MaxPooling2D: () => MaxPooling2D,
	MaxPooling3D: () => MaxPooling3D,
	Maximum: () => Maximum,
	Minimum: () => Minimum,
	Multiply: () => Multiply,
	Node: () => Node,
	PReLU: () => PReLU,
	Permute: () => Permute,
	RMSNormalization: () => RMSNormalization,
	ReLU: () => ReLU,
	RepeatVector: () => RepeatVector,
	Rescaling: () => Rescaling,
	Reshape: () => Reshape,
	SeparableConv1D: () => SeparableConv1D,
	SeparableConv2D: () => SeparableConv2D,
	SeparableConvolution1D: () => SeparableConv1D,
	SeparableConvolution2D: () => SeparableConv2D,
	Softmax: () => Softmax,
	SpatialDropout1D: () => SpatialDropout1D,
	SpatialDropout2D: () => SpatialDropout2D,
	SpatialDropout3D: () => SpatialDropout3D,
	Subtract: () => Subtract,
	TableLayer: () => TableLayer,
	UnitNormalization: () => UnitNormalization,
	UpSampling1D: () => UpSampling1D,
	UpSampling2D: () => UpSampling2D,
	UpSampling3D: () => UpSampling3D,
	ZeroPadding1D: () => ZeroPadding1D,
	ZeroPadding2D: () => ZeroPadding2D,
	ZeroPadding3D: () => ZeroPadding3D,
	deserialize: () => deserialize,
	flattenTensors: () => flattenTensors,
	graphDType: () => graphDType,
	isKerasTensor: () => isKerasTensor,
	isList: () => isList,
	markBuiltIn: () => markBuiltIn,
	register: () => register,
	resolveLayer: () => resolveLayer,
	rootContext: () => rootContext,
	serialize: () => serialize,
	valuesOf: () => valuesOf,
	withStyle: () => withStyle,
	withWeightBudget: () => withWeightBudget
});
//#endregion
//#region src/training/per-output.ts
/** The names of a model's outputs: the keys of an object of outputs, else the names of the layers that they come from. */
function namesOfOutputs(network) {
	return keysOf(network.grouping.outputs) ?? network.outputNames;
}
/** The keys of inputs or outputs that were given as an object, in the order that the model has them. */
function keysOf(tensors) {
	return tensors instanceof KerasTensor || Array.isArray(tensors) ? void 0 : Object.keys(tensors).sort();
}
/** Whether it is an object by output name, and not Keras's dictionary of one object. */
function isByName(value) {
	return isConfig(value) && !("class_name" in value);
}
/**
* One entry an output, from an object by output name.
* @param all whether every output must have one
* @throws {OptionError} for names that are no outputs, and for outputs without an entry
*/
function byOutputName(where, given, outputs, all, kind = "output") {
	for (const key of Object.keys(given)) if (!outputs.includes(key)) throw unknownName(`${where}: no ${kind} of the model`, key, outputs);
	const missing = outputs.filter((name) => !Object.hasOwn(given, name));
	if (all && missing.length > 0) throw new OptionError({
		code: "missing-output",
		what: `${where} has no entry for ${missing.map((name) => `"${name}"`).join(", ")}`,
		received: Object.keys(given).join(", "),
		expected: outputs.join(", "),
		fix: "Add an entry for each output; null leaves one out"
	});
	return outputs.map((name) => given[name] ?? null);
}
/** The OptionError for a list that does not have one entry an output. */
function wrongCount(where, received, outputs) {
	return new OptionError({
		code: "output-count",
		what: `${where} must have one entry an output`,
		received: `${received} entries`,
		expected: `${outputs.length}, for ${outputs.join(", ")}`
	});
}
//#endregion
//#region src/training/arrays.ts
/**
* The tensors that a user gave, one a slot; null where nothing was given.
* @throws {OptionError} when there are too few, too many, or unknown names
*/
function tensorsOf(given, { where, names, keys, kind }) {
	if (given === null || given === void 0) return names.map(() => null);
	if (isRecord(given)) return byOutputName(where, given, keys !== void 0 && Object.keys(given).every((key) => keys.includes(key)) ? keys : names, false, kind).map((entry, i) => toTensor(entry, `${where} "${names[i]}"`));
	if (!isListOfArrays(given, names.length)) {
		if (names.length === 1) return [toTensor(given, where)];
		throw wrongNumber(where, names, Array.isArray(given) ? `a list of ${given.length}` : "one array");
	}
	if (given.length !== names.length) throw wrongNumber(where, names, `a list of ${given.length} arrays`);
	return given.map((entry, i) => toTensor(entry, `${where} "${names[i]}"`));
}
function toTensor(given, where) {
	if (given === null) return null;
	const tensor = Tensor.from(given);
	if (tensor.shape.length === 0) throw new ShapeError({
		code: "no-rows",
		what: `${where} must have an axis of rows`,
		received: "a number",
		expected: "an array with one entry a row"
	});
	if (tensor.dtype === "string") throw new OptionError({
		code: "string-data",
		what: `${where} holds strings, and models compute on numbers`,
		fix: "Turn the strings into integers first"
	});
	return tensor;
}
function isRecord(given) {
	return isConfig(given) && !("data" in given && "shape" in given);
}
/** A list of arrays, and not the nested numbers of one array. */
function isListOfArrays(given, count) {
	if (!Array.isArray(given)) return false;
	return given.some((item) => item === null || typeof item === "object" && !Array.isArray(item)) || count > 1 && given.length === count && given.every((item) => Array.isArray(item));
}
/** Whether it is one array rather than a list or an object of arrays. */
function isOneArray(given, count) {
	return !isRecord(given) && !isListOfArrays(given, count);
}
function wrongNumber(where, names, received) {
	return new OptionError({
		code: "number-of-arrays",
		what: `${where} must have ${names.length === 1 ? "one array" : `${names.length} arrays`}`,
		received,
		...names.length === 1 && received.startsWith("a list") ? { fix: "Rows in arrays of their own go into one: Tensor.from(rows.map((row) => [...row]))" } : {},
		expected: names.length === 1 ? "an array" : `a list for ${names.join(", ")}, or an object with these names`
	});
}
/**
* Data in the shape that a model's input has; as in Keras, a last axis of length 1 is added or dropped.
* @param shape the input's, null where any length will do
* @throws {ShapeError} naming the input
*/
function fitToInput(tensor, shape, where) {
	const fits = (dims) => dims.length === shape.length && dims.every((dim, axis) => axis === 0 || shape[axis] === null || shape[axis] === dim);
	if (fits(tensor.shape)) return tensor;
	const longer = [...tensor.shape, 1];
	if (fits(longer)) return tensor.reshape(longer);
	const shorter = tensor.shape.slice(0, -1);
	if (tensor.shape.at(-1) === 1 && fits(shorter)) return tensor.reshape(shorter);
	throw new ShapeError({
		code: "input-shape",
		what: `${where} has the wrong shape`,
		received: formatShape(tensor.shape),
		expected: formatShape(shape),
		fix: "The first axis counts the rows; reshape or transpose the others",
		data: {
			received: tensor.shape,
			expected: shape
		}
	});
}
//#endregion
//#region src/training/source.ts
/** Whether x brings its own batches (and targets and weights with them). */
function isBatches(x) {
	if (typeof x === "function" || isDataset(x)) return true;
	if (typeof x !== "object" || x === null || Array.isArray(x) || ArrayBuffer.isView(x) || x instanceof Tensor) return false;
	return Symbol.iterator in x || Symbol.asyncIterator in x;
}
/** Options that nobody would call an output by. */
const OPTIONS = [
	"epochs",
	"batchSize",
	"verbose",
	"callbacks",
	"run",
	"resume",
	"steps"
];
/** A data set as a model sees it: which of its arrays belong to which inputs and outputs. */
var Source = class Source {
	dataset;
	#network;
	#where;
	#classWeight;
	#withLoss;
	/** Null where batches only tell by their number of arrays. */
	#targets;
	#weights;
	constructor(from) {
		this.dataset = from.dataset;
		this.#network = from.network;
		this.#where = from.where;
		this.#classWeight = from.classWeight;
		this.#withLoss = from.withLoss;
		this.#targets = from.targets;
		this.#weights = from.weights;
	}
	/**
	* @param where for messages, e.g. `fit of Sequential "mnist"`
	* @param withLoss which outputs have a loss: batches may bring targets for these alone
	* @throws {OptionError} for arrays that the model has no place for, {ShapeError} for wrong shapes
	*/
	static of(network, where, given, withLoss) {
		const classWeight = given.classWeight ?? null;
		if (classWeight !== null && network.outputs.length > 1) throw severalOutputs(where);
		const common = {
			network,
			where,
			classWeight,
			withLoss
		};
		if (!isBatches(given.x)) return new Source({
			...common,
			...fromArrays(network, where, given, given.x)
		});
		checkAlone(where, given);
		const dataset = isDataset(given.x) ? given.x : fromGenerator(given.x);
		return new Source({
			...common,
			dataset,
			targets: null,
			weights: null
		});
	}
	/** All targets, one entry an output; null for data that does not lie in memory. */
	get allTargets() {
		const { dataset } = this;
		return dataset instanceof ArrayDataset ? spread(dataset.y, this.#targets ?? this.#slotsFor(dataset.y.length, "y")) : null;
	}
	/** The same source over a part of its data, perhaps without class weights (validation has none). */
	over(dataset, classWeight = this.#classWeight) {
		return new Source({
			dataset,
			network: this.#network,
			where: this.#where,
			classWeight,
			withLoss: this.#withLoss,
			targets: this.#targets,
			weights: this.#weights
		});
	}
	/** A batch of the data set, checked and sorted to inputs and outputs. */
	batch(raw) {
		const { inputs, inputNames } = this.#network;
		if (raw.x.length !== inputs.length) throw this.#wrongNumber("x", raw.x.length, inputNames);
		const targets = spread(raw.y, this.#targets ?? this.#slotsFor(raw.y.length, "y"));
		const weights = spread(raw.sampleWeight, this.#weights ?? this.#slotsFor(raw.sampleWeight.length, "sampleWeight"));
		const byClass = this.#classWeight !== null && targets[0] ? [classWeights(targets[0], this.#classWeight)] : null;
		return {
			rows: raw.rows,
			inputs: raw.x.map((tensor, i) => fitInput(this.#network, this.#where, tensor, i)),
			targets,
			weights: byClass ?? weights
		};
	}
	/** Outputs that so many arrays are for: all, those that have a loss, or (weights) one array for all. */
	#slotsFor(count, what) {
		const all = this.#withLoss.map((_, i) => i);
		if (count === 0) return all.map(() => -1);
		if (count === all.length) return all;
		let next = 0;
		const withLoss = this.#withLoss.map((has) => has ? next++ : -1);
		if (count === next) return withLoss;
		if (what === "sampleWeight" && count === 1) return all.map(() => 0);
		throw this.#wrongNumber(what, count, this.#network.outputNames);
	}
	#wrongNumber(what, received, names) {
		return new ShapeError({
			code: "number-of-arrays",
			what: `A batch of ${this.#where} has the wrong number of arrays as ${what}`,
			received: `${received}`,
			expected: `${names.length}: ${names.join(", ")}`
		});
	}
};
function fromArrays(network, where, given, x) {
	const { inputNames, outputNames, grouping } = network;
	const inputs = tensorsOf(x, {
		where: `x of ${where}`,
		names: inputNames,
		keys: keysOf(grouping.inputs),
		kind: "input"
	});
	const missing = inputs.indexOf(null);
	if (missing >= 0) throw new OptionError({
		code: "missing-input",
		what: `x of ${where} has nothing for the input "${inputNames[missing]}"`,
		expected: `data for ${inputNames.join(", ")}`
	});
	const keys = keysOf(grouping.outputs);
	checkNoOptions(where, given.y, keys ?? outputNames);
	const targets = tensorsOf(given.y, {
		where: `y of ${where}`,
		names: outputNames,
		keys
	});
	const { sampleWeight } = given;
	const shared = sampleWeight != null && outputNames.length > 1 && isOneArray(sampleWeight, outputNames.length);
	const weights = tensorsOf(sampleWeight, {
		where: `sampleWeight of ${where}`,
		names: shared ? ["sampleWeight"] : outputNames,
		keys
	});
	return {
		dataset: new ArrayDataset({
			x: inputs.map((input, i) => fitInput(network, where, input, i)),
			y: present(targets),
			sampleWeight: present(weights)
		}),
		targets: slotsOf(targets),
		weights: shared ? outputNames.map(() => 0) : slotsOf(weights)
	};
}
function fitInput(network, where, tensor, i) {
	return fitToInput(tensor, network.inputs[i].shape, `Input "${network.inputNames[i]}" of ${where}`);
}
function spread(arrays, slots) {
	return slots.map((index) => index < 0 ? null : arrays[index]);
}
function slotsOf(arrays) {
	let next = 0;
	return arrays.map((array) => array === null ? -1 : next++);
}
function present(arrays) {
	const list = arrays.filter((array) => array !== null);
	return list.length === 0 ? null : list;
}
function checkAlone(where, given) {
	for (const key of ["y", "sampleWeight"]) {
		if (given[key] === void 0 || given[key] === null) continue;
		throw new OptionError({
			code: "batches-with-arrays",
			what: `${where}: ${key} cannot be given beside data that comes in batches`,
			fix: key === "y" ? "Yield [x, y] from the data" : "Yield [x, y, sampleWeight] from the data"
		});
	}
}
/** Options in the place of y would read as targets by name. */
function checkNoOptions(where, y, outputs) {
	if (!isConfig(y)) return;
	const option = Object.keys(y).find((key) => OPTIONS.includes(key) && !outputs.includes(key));
	if (option === void 0) return;
	throw new OptionError({
		code: "options-as-targets",
		what: `${where} was given options in the place of y`,
		received: `an object with "${option}"`,
		fix: "Options come after the targets: (x, y, options)"
	});
}
function severalOutputs(where) {
	return new OptionError({
		code: "class-weight-outputs",
		what: `${where}: classWeight is for models with one output`,
		fix: "Give sampleWeight, as an object by output name"
	});
}
//#endregion
//#region src/training/training-data.ts
/**
* @throws {OptionError} for data that does not go with the options, {ShapeError} for shapes that the model cannot take
*/
function trainingData(trainer, given, options) {
	const { network } = trainer;
	const where = `fit of ${network.label}`;
	buildFor(network, given.x);
	const { sampleWeight, classWeight, validationSplit } = options;
	const source = Source.of(network, where, {
		...given,
		sampleWeight,
		classWeight
	}, trainer.withLoss);
	if (options.validationData !== null) return {
		training: source,
		validation: Source.of(network, `validationData of ${where}`, validationGiven(options.validationData, where), trainer.withLoss)
	};
	if (validationSplit === 0) return {
		training: source,
		validation: null
	};
	if (!(source.dataset instanceof ArrayDataset)) throw new OptionError({
		code: "split-of-batches",
		what: `${where}: validationSplit needs arrays, and the data comes in batches`,
		received: `validationSplit: ${validationSplit}`,
		fix: "Give validationData instead"
	});
	const { training, validation } = splitValidation(source.dataset, validationSplit);
	return {
		training: source.over(training),
		validation: source.over(validation, null)
	};
}
/** Lets data decide the input's shape of a model that has not been told it. */
function buildFor(network, x) {
	if (network.wired || isBatches(x)) return;
	const shapes = (isOneArray(x, 1) ? [x] : Object.values(x)).map((array) => [null, ...Tensor.from(array).shape.slice(1)]);
	network.ensureBuilt(shapes.map((shape) => shape.length === 1 ? [null, 1] : shape));
}
function validationGiven(given, where) {
	if (isBatches(given)) return { x: given };
	const list = given;
	if (Array.isArray(list) && (list.length === 2 || list.length === 3)) {
		const [x, y, sampleWeight] = list;
		return {
			x,
			y,
			sampleWeight
		};
	}
	throw new OptionError({
		code: "validation-data",
		what: `${where}: validationData must be [x, y] or [x, y, sampleWeight], or a data set`,
		received: Array.isArray(list) ? `a list of ${list.length}` : "an object"
	});
}
//#endregion
//#region src/training/validation.ts
/**
* Losses and metrics over the data, with hooks. Pure: the accumulators of a training that is under way come back as
* they were, so that a stop in the middle leaves the state of before.
*/
async function evaluateOn(evaluation) {
	const { trainer, source, batchSize, steps, callbacks, where } = evaluation;
	const cursor = new Cursor(source, {
		batchSize,
		shuffle: false,
		seed: 0,
		pass: 0
	});
	let kept = null;
	let measures = null;
	let logs = {};
	await callbacks.run("onTestBegin", {});
	try {
		for (let index = 0; steps === null || index < steps; index++) {
			const batch = await cursor.next();
			if (batch === null) break;
			if (measures === null) {
				measures = trainer.measures(batch);
				await trainer.prepareTest(batch);
				kept = measures.getState();
				measures.reset();
			}
			await callbacks.at("onTestBatchBegin", index, {});
			await trainer.test(batch);
			cursor.recycle();
			if (callbacks.hears("onTestBatchEnd")) await callbacks.at("onTestBatchEnd", index, measures.logs());
			if (evaluation.interrupted?.()) break;
		}
		if (measures === null) throw nothingToTest(where);
		logs = measures.logs();
	} finally {
		if (kept !== null) measures.setState(kept);
		await cursor.close();
	}
	await callbacks.run("onTestEnd", logs);
	return logs;
}
function nothingToTest(where) {
	return new StateError({
		code: "no-data",
		what: `${where}: the data gave no batch`,
		fix: "Iterators can be gone through once only: give a function that makes one, e.g. () => batches()"
	});
}
//#endregion
//#region src/training/evaluate.ts
const FIELDS$9 = {
	...COMMON,
	steps: nullable(int({ min: 1 }))
};
/** The losses and metrics of a compiled model over data, by name. */
async function evaluate(trainer, model, given, options, services) {
	const { network } = trainer;
	const where = `evaluate of ${network.label}`;
	const { batchSize, steps, sampleWeight, ...rest } = resolveOptions(where, FIELDS$9, options);
	trainer.compiled("evaluate");
	buildFor(network, given.x);
	const source = Source.of(network, where, {
		...given,
		sampleWeight
	}, trainer.withLoss);
	const size = batchSizeFor(where, source, batchSize, steps);
	const callbacks = loopCallbacks(rest, services);
	callbacks.begin(model, {
		...LOOP,
		verbose: resolveVerbosity(rest.verbose),
		steps: steps ?? source.dataset.batchesPerPass(size)
	});
	return evaluateOn({
		trainer,
		source,
		batchSize: size,
		steps,
		callbacks,
		where
	});
}
/** Parameters of a loop that does not train. */
const LOOP = {
	epochs: 1,
	initialEpoch: 0,
	logs: [],
	logsMayGrow: true
};
/** The callbacks of a loop that does not train, and its progress. */
function loopCallbacks(options, services) {
	const output = standardOutput();
	const context = new LoopContext({
		files: services.files,
		print: (text) => output.write(text),
		flush: () => services.saver.ready()
	});
	const progress = options.verbose === 0 ? [] : [new ProgressLogger(output)];
	return new CallbackList([...options.callbacks, ...progress], context);
}
//#endregion
//#region src/training/cut.ts
/**
* A cut: all hooks of the event have run, so the state is whole. Takes one snapshot for everything that wants one;
* training goes on as soon as it is copied. A save that fails is reported at the next cut and never ends the training.
*/
async function cut(event, session, target) {
	const { saves } = session;
	await saves.listen();
	const requests = session.context.takeRequests();
	const due = target?.due(event, session) ?? false;
	if (requests.length === 0 && !due) return;
	session.parts.trainer.state = await session.capture();
	for (const request of requests) await save(session, request);
	if (!due) return;
	await target.ready();
	saves.add(placed(session, "the run folder"), target.commit(session));
}
async function save(session, request) {
	const { trainer, services } = session.parts;
	await services.saver.ready();
	session.saves.add(placed(session, request.path), services.saver.save(trainer, request), request.saved);
	if (!request.async) await session.saves.flush();
}
/** Saves the state as it is at this cut to the durable target, whether it is due or not. */
async function saveNow(session, target) {
	session.parts.trainer.state = await session.capture();
	await target.ready();
	await target.commit(session);
}
function placed({ epoch, batch }, what) {
	return `${what} at epoch ${epoch}, batch ${batch}`;
}
/** What the user asked for wrongly ends the training; what a disk does is not the training's fault. */
function reportFailedSave(warn, what, error) {
	if (error instanceof OptionError || error instanceof PawlError && error.code === "file-exists") throw error;
	warn(`Training goes on, but saving ${what} failed: ${error instanceof Error ? error.message : String(error)}`);
}
//#endregion
//#region src/training/epoch.ts
/**
* The batches of an epoch, from `session.batch` on.
* @returns false when the data was already used up, so that there was no epoch
*/
async function runBatches(session, target) {
	const { trainer, options, model } = session.parts;
	const { callbacks, steps } = session;
	const cursor = session.cursor ?? session.openPass(null, null);
	const every = trainer.compiled("fit").stepsPerExecution;
	let logs = {};
	while (!session.stopped && (steps === null || session.batch < steps)) {
		const batch = await cursor.next();
		if (batch === null) {
			if (session.batch === 0) return false;
			if (options.stepsPerEpoch !== null) session.context.warn(ranOut(options.stepsPerEpoch, session.batch));
			break;
		}
		if (session.batch % every === 0) await callbacks.at("onTrainBatchBegin", session.batch, {});
		await trainer.train(batch);
		cursor.recycle();
		session.batch++;
		warnOfNaN(session);
		if (session.batch % every === 0 || session.batch === steps) {
			if (callbacks.hears("onTrainBatchEnd")) logs = session.measures.logs();
			await callbacks.at("onTrainBatchEnd", session.batch - 1, logs);
		}
		session.stopped = model.stopTraining;
		await cut("batch", session, target);
		if (session.interrupted !== null) break;
	}
	return true;
}
/** With stepsPerEpoch a pass goes on from epoch to epoch; else each epoch has its own. */
async function endPass(session) {
	const { options, source, batchSize } = session.parts;
	const batches = source.dataset.batchesPerPass(batchSize);
	const position = session.cursor?.position ?? 0;
	if (!(options.stepsPerEpoch !== null && session.batch === options.stepsPerEpoch && (batches === null || position < batches))) await session.closePass();
}
/** Opens the data where the start says it stands, and looks at the first batch. */
async function openFirst(session, state) {
	return session.openPass(session.parts.start.position, state).peek();
}
function warnOfNaN(session) {
	const { data } = session.measures.loss.total;
	if (!Number.isNaN(data[0]) || session.sawNaN) return;
	session.sawNaN = true;
	session.context.warn(`The loss of ${session.parts.trainer.network.label} became NaN in epoch ${session.epoch + 1}, step ${session.batch}. Weights are no numbers from here on. Lower the learning rate, clip gradients (clipnorm), or look at the data; callbacks.TerminateOnNaN ends such a training.`);
}
function ranOut(wanted, had) {
	return `The data ran out after ${had} of ${wanted} steps of this epoch, which ends here. Give data for stepsPerEpoch * epochs batches, or a generator function that begins anew each time.`;
}
/** The error for data that has nothing at all. */
function noData(where) {
	return new StateError({
		code: "no-data",
		what: `${where}: the data gave no batch`,
		fix: "Iterators can be gone through once only: give a function that makes one, e.g. () => batches()"
	});
}
//#endregion
//#region src/training/identity.ts
/** The arguments of `fit` that the results depend on. */
async function fitIdentity(options, batchSize, { training, validation }) {
	return {
		batchSize: training.dataset.ordered ? batchSize : null,
		shuffle: training.dataset.ordered ? options.shuffle : null,
		stepsPerEpoch: options.stepsPerEpoch,
		classWeight: options.classWeight === null ? null : [...options.classWeight].map(([label, weight]) => [label, weight]),
		sampleWeight: options.sampleWeight !== null,
		validationSplit: validation === null || options.validationData !== null ? 0 : options.validationSplit,
		rows: training.dataset.rows,
		data: await lookAt(training.dataset),
		validationData: validation === null ? null : await lookAt(validation.dataset)
	};
}
function lookAt(dataset) {
	return dataset instanceof ArrayDataset ? dataset.sampledFingerprint() : dataset.fingerprint();
}
/** The entries that an identity written by an earlier version has too. */
function knownTo(before, now) {
	if (!isObject(before) || !isObject(now)) return now;
	return Object.fromEntries(Object.entries(now).filter(([key]) => Object.hasOwn(before, key)));
}
/** Entries that say nothing to people. */
const FINGERPRINTS = /^(data|validationData)$/;
/** One line for each entry in which two identities differ; empty when they agree. */
function differences(before, now, path = "") {
	if (isObject(before) && isObject(now)) return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((key) => differences(before[key] ?? null, now[key] ?? null, path === "" ? key : `${path}.${key}`));
	if (Array.isArray(before) && Array.isArray(now) && before.length === now.length) return before.flatMap((item, i) => differences(item, now[i], `${path}[${i}]`));
	const [a, b] = [JSON.stringify(before), JSON.stringify(now)];
	if (a === b) return [];
	return [`${path}${FINGERPRINTS.test(path) && before !== null && now !== null ? " has other contents" : ""}: was ${short(a)}, is ${short(b)}`];
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function short(text) {
	return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}
//#endregion
//#region src/training/labels.ts
/**
* Looks at all class indices of a batch or data set: an index out of range would take a wrong element, or none.
* @param targets one entry an output
* @throws {OptionError} naming the first wrong label
*/
function checkLabels(network, measures, targets) {
	for (const { output, loss } of measures.losses) {
		const classes = loss.classes(network.outputs[output].shape.map((dim) => dim ?? -1));
		const tensor = targets[output];
		if (classes === null || !tensor) continue;
		const wrong = wrongLabel(tensor.data, classes, ignoredClass(loss));
		if (wrong < 0) continue;
		throw new OptionError({
			code: "label-range",
			what: `y of ${network.label}: the label at position ${wrong} is no class of output "${network.outputNames[output]}"`,
			received: String(tensor.data[wrong]),
			expected: `an integer from 0 to ${classes - 1}, as the output has ${classes} classes`,
			fix: "Number the classes from 0, or give the output more units",
			data: {
				position: wrong,
				classes
			}
		});
	}
}
function wrongLabel(data, classes, ignored) {
	for (let i = 0; i < data.length; i++) {
		const label = Number(data[i]);
		if (!(label >= 0 && label < classes && Number.isInteger(label)) && label !== ignored) return i;
	}
	return -1;
}
function ignoredClass(loss) {
	const { options } = loss;
	return options.ignoreClass ?? null;
}
//#endregion
//#region src/training/begin.ts
/**
* The beginning of a call of `fit`: looks at the first batch, makes losses and metrics, runs the first hooks. What a
* resumed training takes up comes last, so that the saved state has the last word.
*/
async function begin(session, data) {
	const { trainer, start, model } = session.parts;
	const changes = changedSince(session);
	await prepare(session, data);
	for (const warning of [
		...start.warnings,
		...changes,
		...trainer.warnings(),
		...machineWarnings(session)
	]) session.context.warn(warning);
	const rate = trainer.optimizer.learningRate;
	const before = rate.numpy();
	model.stopTraining = false;
	await session.callbacks.run("onTrainBegin", {});
	if (start.batch > 0 && !start.finished) await session.callbacks.at("onEpochBegin", session.epoch, {});
	if (!start.resumes) return;
	const { state } = trainer;
	if (rate.schedule === null) rate.assign(before);
	if (start.batch > 0) session.measures.setState(state.metrics);
	if (start.wholeHistory) {
		session.takeHistory(state.history);
		model.stopTraining = state.stopped;
	}
	const lost = await session.callbacks.setState(state.callbacks);
	for (const name of lost) session.context.warn(`The saved state of ${name} found no such callback in this fit.`);
}
async function prepare(session, data) {
	const { trainer, start } = session.parts;
	const { network } = trainer;
	const batch = (session.idle ? null : await openFirst(session, start.position === null ? null : trainer.state.data.json)) ?? (session.idle || start.batch > 0 ? await session.anyBatch() : null);
	if (batch === null) throw noData(`fit of ${network.label}`);
	const measures = trainer.measures(batch);
	for (const source of [data.training, data.validation]) if (source?.allTargets) checkLabels(network, measures, source.allTargets);
	await trainer.prepare(batch);
	measures.reset();
	session.begin(measures, data.validation !== null);
}
/**
* What is not as it was in the training that goes on. (Run folders compare more, and before.)
* @throws {StateError} when the very batch to go on at is a batch of other arguments
*/
function changedSince(session) {
	const { trainer, start, identity, options } = session.parts;
	const { state, optimizer, network } = trainer;
	if (!start.resumes || start.finished || options.run !== null) return [];
	const warnings = [];
	const changes = state.identity === null ? "" : differences(state.identity, knownTo(state.identity, identity)).join("; ");
	if (changes !== "" && start.batch > 0) throw new StateError({
		code: "resume-changed",
		what: `fit of ${network.label} cannot go on at batch ${start.batch} of epoch ${start.epoch} with other arguments`,
		received: changes,
		fix: `Give the old arguments, or initialEpoch: ${start.epoch} instead of resume to start that epoch again`
	});
	if (changes !== "") warnings.push(`fit of ${network.label} goes on with other arguments than before, so it is not the same training any more: ${changes}.`);
	if (state.iteration > 0 && optimizer.iteration === 0) warnings.push(`fit of ${network.label} goes on at epoch ${start.epoch} with an optimizer that has no state: compile made it anew after the weights were loaded. Compile before loadWeights, and do not compile what loadModel has compiled.`);
	return warnings;
}
function machineWarnings(session) {
	const { trainer, start, machine } = session.parts;
	if (!start.resumes) return [];
	const changes = differences({ ...trainer.state.machine }, { ...machine });
	if (changes.length === 0) return [];
	return [`${trainer.network.label} goes on on another machine, so the last bits of its numbers may differ: ${changes.join("; ")}.`];
}
//#endregion
//#region src/training/epochs.ts
/**
* The epochs that are to be trained, hooks in Keras's order. Ends early when a callback stops the training, when data
* runs out, or when a signal comes; in the last case at the cut after the step, or before the validation.
* @returns the logs of the last epoch
*/
async function runEpochs(session, validation, target) {
	const { options, model } = session.parts;
	let logs = {};
	while (!session.idle && session.epoch < options.epochs && session.interrupted === null) {
		if (session.batch === 0) {
			session.measures.reset();
			await session.callbacks.at("onEpochBegin", session.epoch, {});
		}
		if (!await runBatches(session, target)) {
			session.context.warn(`The data had nothing left for epoch ${session.epoch + 1}, so the training ends before it.`);
			break;
		}
		if (session.interrupted !== null) break;
		logs = session.measures.logs();
		if (validation !== null && validatesAfter(session.epoch, options.validationFreq)) {
			const validated = await evaluateOn(validation);
			if (session.interrupted !== null) break;
			for (const [key, value] of Object.entries(validated)) logs[`val_${key}`] = value;
			logs = sorted(logs);
		}
		const { epoch } = session;
		await endPass(session);
		session.epoch++;
		session.batch = 0;
		await session.callbacks.at("onEpochEnd", epoch, logs);
		session.stopped = model.stopTraining;
		await cut("epoch", session, target);
		if (session.stopped || session.interrupted !== null) break;
	}
	return logs;
}
/** As in Keras, keys are in alphabetical order; what callbacks add comes after them. */
function sorted(logs) {
	return Object.fromEntries(Object.entries(logs).sort(([a], [b]) => a < b ? -1 : 1));
}
//#endregion
//#region src/store/retention.ts
/**
* The checkpoints to keep, of those that are durable.
* @param now milliseconds since 1970
*/
function retain(checkpoints, policy, now) {
	const newestFirst = [...checkpoints].sort((a, b) => b.ordinal - a.ordinal);
	const newest = newestFirst[0];
	if (newest === void 0) return /* @__PURE__ */ new Set();
	const firm = new Set([newest, newestFirst.find(({ finite }) => finite) ?? newest]);
	for (const each of newestFirst) if (policy.pinned.includes(each.step)) firm.add(each);
	const wanted = new Set([
		...firm,
		...newestFirst.slice(0, policy.last),
		...bestOf(newestFirst, policy)
	]);
	for (const each of newestFirst) {
		const nth = policy.every !== null && each.ordinal % policy.every === 0;
		const young = policy.seconds !== null && now - each.time <= policy.seconds * 1e3;
		if (nth || young) wanted.add(each);
	}
	return policy.bytes === null ? wanted : withinBytes(wanted, firm, policy.bytes);
}
/** Scores that are no finite number never count as good; of equal ones the newer is better. */
function bestOf(newestFirst, { best, mode }) {
	const sign = mode === "min" ? 1 : -1;
	return newestFirst.filter(({ score, finite }) => score !== null && Number.isFinite(score) && finite).sort((a, b) => sign * (a.score - b.score)).slice(0, best);
}
function withinBytes(wanted, firm, limit) {
	let total = 0;
	for (const { bytes } of wanted) total += bytes;
	for (const each of [...wanted].sort((a, b) => a.ordinal - b.ordinal)) {
		if (total <= limit) break;
		if (firm.has(each)) continue;
		wanted.delete(each);
		total -= each.bytes;
	}
	return wanted;
}
//#endregion
//#region src/store/thread-writer.ts
/** How long the end of the process waits for files that are being written. */
const EXIT_PATIENCE_MS = 1e4;
let exitsAtOnce = false;
/** Ends the process without waiting for files that are being written: they stay as they were. */
function exitAtOnce(code) {
	exitsAtOnce = true;
	process.exit(code);
}
/**
* Encodes and writes in a thread of its own, on this machine's disk. It is started by the first job (what
* that needs is loaded before, by {@link prepare}), keeps the process
* alive only while it has work, and a `process.exit` in the meantime waits for it. Where the thread's program is not
* found (this library bundled into another file), where there are no threads, and after the thread has died, files are
* written in place.
* @param program the thread's program, which calls `serveWrites` with the same encoders
*/
var ThreadWriter = class {
	#program;
	#inPlace;
	#preparing = null;
	#prepared = false;
	#make = null;
	#thread = null;
	#waiting = /* @__PURE__ */ new Map();
	/** Jobs handed to the thread, and in memory shared with it: jobs that it is done with. */
	#asked = 0;
	#done = new Int32Array(sharedWord());
	constructor(program, encoders) {
		this.#program = program;
		this.#inPlace = inPlaceWriter(nodeVfs(), encoders);
	}
	prepare() {
		this.#preparing ??= this.#load();
		return this.#preparing;
	}
	async write(job) {
		if (this.#preparing === null || !this.#prepared) await this.prepare();
		if (this.#make === null) return this.#inPlace.write(job);
		this.#thread ??= this.#start(this.#make);
		const thread = this.#thread;
		return new Promise((resolve, reject) => {
			const id = this.#asked++;
			this.#waiting.set(id, {
				resolve,
				reject
			});
			thread.ref();
			thread.postMessage({
				id,
				job
			});
		});
	}
	async #load() {
		this.#make = await this.#maker();
		this.#prepared = true;
	}
	/** How a thread is made; null where there can be none. */
	async #maker() {
		if (typeof process === "undefined" || process.versions?.node === void 0) return null;
		const { fileURLToPath } = await import("node:url");
		if (this.#program.protocol !== "file:") return null;
		if (await nodeVfs().stat(fileURLToPath(this.#program)) === void 0) return null;
		const { Worker } = await import("node:worker_threads");
		return () => new Worker(this.#program, {
			workerData: this.#done.buffer,
			name: "pawl-writer"
		});
	}
	#start(make) {
		const thread = make();
		thread.unref();
		thread.on("message", (answer) => this.#answered(thread, answer));
		thread.on("error", (error) => this.#died(error));
		thread.on("exit", (code) => this.#died(/* @__PURE__ */ new Error(`the writing thread ended with code ${code}`)));
		process.on("exit", () => this.#finish());
		return thread;
	}
	#answered(thread, { id, written, failure }) {
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		if (this.#waiting.size === 0) thread.unref();
		if (written !== void 0) waiting.resolve(written);
		else waiting.reject(new StateError({
			...failure,
			what: failure.message
		}));
	}
	/** What waits fails, and what comes later is written in place. */
	#died(cause) {
		this.#make = null;
		for (const { reject } of this.#waiting.values()) reject(new StateError({
			code: "writer-died",
			what: `The thread that writes files died: ${cause.message}`,
			fix: "Files are written without it from here on",
			cause
		}));
		this.#waiting.clear();
	}
	/** At the end of the process nothing else runs here any more: what the thread has begun, it may finish. */
	#finish() {
		const until = performance.now() + EXIT_PATIENCE_MS;
		for (;;) {
			const done = Atomics.load(this.#done, 0);
			const left = until - performance.now();
			if (exitsAtOnce || this.#waiting.size === 0 || done === this.#asked || left <= 0) return;
			Atomics.wait(this.#done, 0, done, left);
		}
	}
};
function sharedWord() {
	return typeof SharedArrayBuffer === "undefined" ? /* @__PURE__ */ new ArrayBuffer(4) : new SharedArrayBuffer(4);
}
//#endregion
//#region src/training/run-retention.ts
/** Removes the checkpoints of a run folder that its rules do not ask for, after each new one that is durable. */
var RunRetention = class {
	#folder;
	#keep;
	#known = /* @__PURE__ */ new Map();
	/** Checkpoints that are damaged: they are no use, but not ours to throw away. */
	#passedOver = /* @__PURE__ */ new Set();
	#judging = Promise.resolve();
	/** Keys of the training's logs. */
	logs = [];
	validationFreq = 1;
	constructor(folder, keep) {
		this.#folder = folder;
		this.#keep = keep;
	}
	passOver(paths) {
		for (const path of paths) this.#passedOver.add(path);
	}
	/**
	* @param state that was saved
	* @param finite whether its loss and its weights are finite numbers
	*/
	committed(committed, state, finite) {
		const judged = this.#judging.then(() => this.#judge(committed, state, finite));
		this.#judging = judged.catch(() => void 0);
		return judged;
	}
	async #judge({ entry, bytes }, state, finite) {
		await this.#lookAtOthers(entry);
		const { ordinal, step } = entry;
		this.#known.set(entry.path, {
			entry,
			ordinal,
			step,
			bytes,
			time: Date.now(),
			finite,
			score: this.#score(state)
		});
		const all = [...this.#known.values()];
		const kept = retain(all, retentionPolicy(this.#keep, this.logs), Date.now());
		for (const known of all) {
			if (kept.has(known)) continue;
			await this.#folder.remove([known.entry]);
			this.#known.delete(known.entry.path);
		}
	}
	/** Checkpoints of earlier processes tell by themselves what they are. */
	async #lookAtOthers(newest) {
		for (const entry of await this.#folder.list()) {
			const { path, ordinal, step } = entry;
			if (path === newest.path || this.#known.has(path) || this.#passedOver.has(path)) continue;
			try {
				const { json, finite, bytes, time } = await this.#folder.summary(entry);
				const [score, finiteLoss] = this.#read(json);
				this.#known.set(path, {
					entry,
					ordinal,
					step,
					bytes,
					time,
					finite: finite && finiteLoss,
					score
				});
			} catch {
				this.#passedOver.add(path);
			}
		}
	}
	#read(json) {
		if (!isConfig(json)) return [null, true];
		const { train, finiteLoss } = json;
		return [scoreIn(train ?? null, (state) => this.#score(state)), finiteLoss !== false];
	}
	/** The monitored value of the epoch that has just ended; null in mid-epoch, and without one. */
	#score({ batch, epoch, history }) {
		const { monitor } = this.#keep;
		if (batch > 0 || epoch === 0) return null;
		if (monitor.startsWith("val_") && !validatesAfter(epoch - 1, this.validationFreq)) return null;
		return history.history[monitor]?.at(-1) ?? null;
	}
};
/** A header has no tensors, which the history does not need. */
function scoreIn(train, score) {
	if (!isConfig(train)) return null;
	return score(decodeTrainState({
		json: {
			...train,
			metrics: [],
			callbacks: [],
			data: {
				json: null,
				tensors: []
			}
		},
		tensors: {}
	}));
}
//#endregion
//#region src/training/save-interval.ts
/** Saving may cost this part of the time when nobody says how often to save. */
const SHARE = .01;
/**
* Decides when a state is to be saved. The clock decides only that: what is computed does not depend on it.
*/
var SaveInterval = class {
	#every;
	#now;
	#last;
	/** Milliseconds that the last save took, as if training had stood still all the time. */
	#cost = 0;
	constructor(every, now = () => performance.now()) {
		this.#every = every;
		this.#now = now;
		this.#last = now();
	}
	/** A state is being copied. */
	begun() {
		this.#last = this.#now();
	}
	/** It is durable, `cost` milliseconds later. */
	ended(cost) {
		this.#cost = cost;
	}
	afterStep(iteration) {
		const { steps } = this.#every;
		return steps !== null && iteration % steps === 0 || this.#timeIsUp();
	}
	/** @param epochs done */
	afterEpoch(epoch) {
		const { epochs } = this.#every;
		return epochs !== null && epoch % epochs === 0 || this.#timeIsUp();
	}
	#timeIsUp() {
		const { seconds } = this.#every;
		if (seconds === null) return false;
		return this.#now() - this.#last >= (seconds === "auto" ? this.#cost / SHARE : seconds * 1e3);
	}
};
//#endregion
//#region src/training/run.ts
/** The run folder of a training: what `fit({ run })` goes on from, and saves to. */
var Run = class Run {
	dir;
	/** What the caller should know, e.g. that a damaged checkpoint was passed over. */
	warnings;
	/** Whether there was a state in the folder, which the model has now. */
	continues;
	#folder;
	#options;
	#interval;
	#retention;
	#identity;
	#describe;
	#fixed = null;
	/** Where the last checkpoint stands, as text; so that nothing is saved twice. */
	#saved = null;
	#logged = 0;
	#logging = Promise.resolve();
	/** A save that is due waits for the one before it. */
	#postponed = false;
	constructor(folder, options, identity, describe, warnings, continues) {
		this.continues = continues;
		this.dir = folder.path;
		this.warnings = warnings;
		this.#folder = folder;
		this.#options = options;
		this.#interval = new SaveInterval(options.every);
		this.#retention = new RunRetention(folder, options.keep);
		this.#identity = identity;
		this.#describe = describe;
	}
	/**
	* Takes the folder, and the state in it, if there is one, into the model.
	* @throws {StateError} when another process trains in it, or it belongs to a training that differs
	*/
	static async open(trainer, options, identity, services) {
		const folder = new RunFolder(services.files, options.dir, services.writer);
		await folder.open({
			...LOCK_TIMING,
			tell: (text) => console.warn(text)
		});
		try {
			return await Run.#enter(trainer, folder, options, identity, services);
		} catch (error) {
			await folder.close();
			throw error;
		}
	}
	static async #enter(trainer, folder, options, identity, { files, writer, describe }) {
		const { found, damaged } = await folder.newestIntact();
		const warnings = damaged.map(({ path, error }) => `A checkpoint was passed over, ${path}: ${error.message}`);
		if (found === null) return new Run(folder, options, identity, describe, warnings, false);
		const saved = decodeRunState(found.state);
		const changes = differences(comparable(saved.identity, identity), comparable(identity, saved.identity));
		if (changes.length > 0 && options.onChange === "refuse") throw refused(options.dir, changes);
		applyRunState(trainer, saved, `"${options.dir}"`);
		if (changes.length > 0) warnings.push(`The run in "${options.dir}" goes on differently: ${changes.join("; ")}`);
		if (changes.length === 0 || options.onChange === "accept") {
			const run = new Run(folder, options, identity, describe, warnings, true);
			if (changes.length === 0) run.#saved = placeOf(saved.state);
			run.#logged = saved.state.history.epoch.length;
			run.#retention.passOver(damaged.map(({ path }) => path));
			return run;
		}
		await folder.close();
		const fork = new RunFolder(files, forkName(options.dir, found.entry), writer);
		await fork.open();
		return new Run(fork, options, identity, describe, warnings, true);
	}
	due(event, session) {
		const { trainer, options } = session.parts;
		if (event === "epoch") return session.stopped || session.epoch === options.epochs || this.#interval.afterEpoch(session.epoch);
		if (session.batch === session.steps && this.#interval.afterEpoch(session.epoch + 1)) return false;
		if (event !== "batch" || !(this.#postponed || this.#interval.afterStep(trainer.state.iteration))) return false;
		this.#postponed = this.#folder.busy;
		return !this.#postponed;
	}
	ready() {
		return this.#folder.ready();
	}
	async commit(session) {
		const { trainer, options } = session.parts;
		const { state } = trainer;
		const place = placeOf(state);
		if (place === this.#saved) return;
		const start = performance.now();
		this.#interval.begun();
		this.#postponed = false;
		this.#fixed ??= fixedMembers(this.#identity, this.#describe(trainer));
		const finiteLoss = Number.isFinite(session.measures.loss.total.data[0]);
		const whole = encodeRunState(trainer, {
			epochs: options.epochs,
			pawl: VERSION,
			finiteLoss
		});
		const committing = this.#folder.commit(state.iteration, whole, isWeight, this.#fixed);
		const stall = performance.now() - start;
		this.#saved = place;
		let committed;
		try {
			committed = await committing;
		} catch (error) {
			if (this.#saved === place) this.#saved = null;
			throw error;
		}
		this.#interval.ended(stall + committed.milliseconds);
		this.#retention.logs = session.history.params.logs;
		this.#retention.validationFreq = options.validationFreq;
		const judging = this.#retention.committed(committed, state, committed.finite && finiteLoss);
		const logged = this.#logging.then(() => judging).then(() => this.#log(state));
		this.#logging = logged.catch(() => void 0);
		await logged;
	}
	/** What is to be done when the training has ended well. */
	async finish() {
		if (!this.#options.deleteAtEnd) return;
		await this.#folder.ready();
		await this.#folder.clear();
	}
	async close() {
		await this.#folder.close();
	}
	/** A line for each epoch that is newly done; for people. */
	async #log({ history, iteration }) {
		for (; this.#logged < history.epoch.length; this.#logged++) {
			const logs = {};
			for (const [key, values] of Object.entries(history.history)) {
				const value = values[this.#logged - history.epoch.length + values.length];
				if (value !== void 0) logs[key] = value;
			}
			const numbers = Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberToJson(value)]));
			await this.#folder.log({
				epoch: history.epoch[this.#logged],
				step: iteration,
				...numbers
			});
		}
	}
};
function placeOf({ iteration, epoch, batch, stopped }) {
	return `${iteration} ${epoch} ${batch} ${stopped}`;
}
/** A seed counts only where both sides have one that the user set. */
function comparable(identity, other) {
	const [own, others] = [identity, other];
	return others?.["seed"] === null || own?.["seed"] === null ? {
		...own,
		seed: null
	} : identity;
}
function forkName(dir, { step }) {
	return `${dir.replace(/\/+$/, "")}-fork-${step}`;
}
function refused(dir, changes) {
	return new StateError({
		code: "run-changed",
		what: `The run in "${dir}" was started with other arguments, and its results would not be those of one training`,
		received: changes.join("; "),
		fix: `Give the old arguments, or another folder, or say how to go on: run: { dir: "${dir}", onChange: "accept" } (in this folder) or "fork" (in a new one)`,
		data: {
			dir,
			changes
		}
	});
}
//#endregion
//#region src/training/run-identity.ts
/** Everything that a training's results depend on, as plain data: what tells one run from another. */
async function runIdentity(trainer, fit, { training, validation }) {
	const { data: _data, validationData: _validationData, ...arguments_ } = fit;
	return {
		fit: arguments_,
		compile: compileIdentity(trainer.compiled("fit")),
		shards: trainer.compiled("fit").shards,
		seed: seedIsSet() ? trainer.state.seed : null,
		data: await training.dataset.fingerprint(),
		validationData: validation === null ? null : await validation.dataset.fingerprint(),
		architecture: withoutNames(trainer.network.getConfig())
	};
}
function compileIdentity(args) {
	const { optimizer } = args;
	const { class_name: className, config } = serialize$1(optimizer);
	const { name: _name, ...rest } = config;
	const { learningRate } = optimizer.common;
	return {
		optimizer: {
			...rest,
			class: className,
			...typeof learningRate === "number" ? { learning_rate: learningRate } : {}
		},
		loss: plain$1(args.loss),
		lossWeights: plain$1(args.lossWeights),
		metrics: plain$1(args.metrics),
		weightedMetrics: plain$1(args.weightedMetrics)
	};
}
function plain$1(spec) {
	if (spec instanceof Loss) return spec instanceof FunctionLoss ? spec.name : serialize$2(spec);
	if (spec instanceof Metric) return {
		class: spec.constructor.name,
		name: spec.name
	};
	if (typeof spec === "function") return `function ${spec.name}`;
	if (Array.isArray(spec)) return spec.map(plain$1);
	if (isConfig(spec)) return Object.fromEntries(Object.entries(spec).map(([key, item]) => [key, plain$1(item)]));
	return spec ?? null;
}
/**
* A model's config with its layers' names replaced by their places: automatic names depend on what else the process
* has made.
*/
function withoutNames(config) {
	const places = /* @__PURE__ */ new Map();
	const collect = (value) => {
		if (Array.isArray(value)) for (const item of value) collect(item);
		if (!isConfig(value)) return;
		const { name } = value;
		if (typeof name === "string" && !places.has(name)) places.set(name, `#${places.size}`);
		for (const item of Object.values(value)) collect(item);
	};
	const replace = (value) => {
		if (typeof value === "string") return places.get(value) ?? value;
		if (Array.isArray(value)) return value.map(replace);
		if (!isConfig(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]));
	};
	collect(config);
	return replace(config);
}
//#endregion
//#region src/training/history.ts
/** What `fit` returns: the logs of each epoch. */
var History = class extends Callback {
	addsLogs = [];
	/** Zero-based numbers of the epochs. */
	epoch = [];
	/** One list a log key; lists of validation are shorter when not every epoch validates. */
	history = {};
	/** Whether the training was stopped by a signal, with its state saved. */
	interrupted = false;
	onEpochEnd(epoch, logs) {
		this.epoch.push(epoch);
		for (const [key, value] of Object.entries(logs)) {
			const values = Object.hasOwn(this.history, key) ? this.history[key] : [];
			values.push(value);
			this.history[key] = values;
		}
	}
	getState() {
		const history = Object.fromEntries(Object.entries(this.history).map(([key, values]) => [key, values.map(numberToJson)]));
		return {
			json: {
				epoch: [...this.epoch],
				history
			},
			tensors: {}
		};
	}
	setState({ json }) {
		const { epoch, history } = json;
		this.epoch = [...epoch];
		this.history = Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values.map((value) => numberFromJson(value))]));
	}
};
//#endregion
//#region src/training/turns.ts
/** How long a loop may keep the thread to itself while files are being written, in milliseconds. */
const PATIENCE = 1;
/**
* Gives the event loop a turn now and then. A loop of small steps may hardly ever wait for anything, and what comes of
* a save in another thread would be heard late. The clock decides only when; nothing that is computed depends on it.
*/
var Turns = class {
	#last = 0;
	/** A turn, when it is time for one; null otherwise, so that nothing is awaited. */
	take() {
		if (performance.now() - this.#last < PATIENCE) return null;
		return new Promise((resolve) => {
			const go = () => {
				this.#last = performance.now();
				resolve();
			};
			if (typeof setImmediate === "function") setImmediate(go);
			else setTimeout(go, 0);
		});
	}
};
//#endregion
//#region src/training/pending-saves.ts
/**
* Saves that run while training goes on. What comes of them is dealt with at cuts and where training waits for them,
* never in between: a callback hears of its file in the training's own time.
*/
var PendingSaves = class {
	#failed;
	#running = /* @__PURE__ */ new Set();
	#turns = new Turns();
	#ended = [];
	/** @param failed reports a save that failed; what it throws ends the training */
	constructor(failed) {
		this.#failed = failed;
	}
	add(what, durable, saved) {
		const pending = {
			what,
			saved
		};
		const running = durable.then(() => void 0, (failure) => {
			pending.failure = failure ?? /* @__PURE__ */ new Error("unknown failure");
		}).then(() => {
			this.#running.delete(running);
			this.#ended.push(pending);
		});
		this.#running.add(running);
	}
	/** Hears of saves that have ended since, while training goes on. */
	async listen() {
		if (this.#running.size > 0) await this.#turns.take();
		await this.settle();
	}
	/** Reports failures, and tells those who wait for their files. */
	async settle() {
		while (this.#ended.length > 0) {
			const { what, saved, failure } = this.#ended.shift();
			try {
				if (failure !== void 0) throw failure;
				await saved?.();
			} catch (error) {
				this.#failed(what, error);
			}
		}
	}
	/** Waits until every save has ended, and settles. */
	async flush() {
		while (this.#running.size > 0) await Promise.all(this.#running);
		await this.settle();
	}
};
//#endregion
//#region src/training/session.ts
const NO_HISTORY = {
	epoch: [],
	history: {}
};
/** The live state of a training: where it stands, its callbacks and its data. */
var Session = class {
	parts;
	history = new History();
	context;
	callbacks;
	/** Saves that training does not wait for. */
	saves;
	/** The pass through the data that is open. */
	cursor = null;
	epoch;
	/** Batches of the epoch that are done. */
	batch;
	/** Passes begun. */
	pass;
	/** A callback has ended the training. */
	stopped;
	sawNaN = false;
	/** The signal that asked the training to end. */
	interrupted = null;
	#measures = null;
	/** Epochs of earlier calls that this one continues. */
	#earlier;
	constructor(parts) {
		const { options, services, start, trainer } = parts;
		this.parts = parts;
		this.epoch = start.epoch;
		this.batch = start.batch;
		this.pass = start.pass;
		this.stopped = start.wholeHistory && start.resumes && trainer.state.stopped;
		const output = standardOutput();
		this.context = new LoopContext({
			files: services.files,
			print: (text) => output.write(text),
			flush: () => this.saves.flush()
		});
		this.saves = new PendingSaves((what, error) => reportFailedSave((text) => this.context.warn(text), what, error));
		this.context.resumed = start.resumes ? { epoch: start.epoch } : null;
		const progress = options.verbose === 0 ? [] : [new ProgressLogger(output)];
		this.callbacks = new CallbackList([
			...options.callbacks,
			...progress,
			this.history
		], this.context);
		this.#earlier = start.resumes && !start.wholeHistory ? trainer.state.history : NO_HISTORY;
	}
	/** Nothing is to be trained: the hooks of begin and end run alone. */
	get idle() {
		const { start, options } = this.parts;
		return start.finished || start.epoch >= options.epochs;
	}
	/** Batches an epoch, when known. */
	get steps() {
		const { options, source, batchSize } = this.parts;
		return options.stepsPerEpoch ?? source.dataset.batchesPerPass(batchSize);
	}
	get measures() {
		return this.#measures;
	}
	/** Gives the callbacks their model and parameters. */
	begin(measures, validates) {
		this.#measures = measures;
		const { options, model, start } = this.parts;
		const keys = measures.logKeys;
		const validation = keys.map(({ key, direction }) => ({
			key: `val_${key}`,
			direction,
			batch: false
		}));
		const params = {
			epochs: options.epochs,
			initialEpoch: start.epoch,
			steps: this.steps,
			verbose: options.verbose,
			...withAddedLogs([...keys, ...validates ? validation : []], this.callbacks.callbacks)
		};
		this.callbacks.begin(model, params);
	}
	/** Opens the pass that is to be gone through next: a new one, or the one that the start left open. */
	openPass(position, state) {
		const { source, options, batchSize, trainer } = this.parts;
		const pass = position === null ? this.pass++ : this.pass - 1;
		this.cursor = new Cursor(source, {
			batchSize,
			shuffle: options.shuffle,
			seed: trainer.state.seed,
			pass,
			from: position ?? 0,
			...state === null ? {} : { state }
		});
		return this.cursor;
	}
	/** A batch to learn shapes from; the pass that is open is not touched. */
	async anyBatch() {
		const { source, batchSize } = this.parts;
		const cursor = new Cursor(source, {
			batchSize,
			shuffle: false,
			seed: 0,
			pass: 0
		});
		const batch = await cursor.peek();
		await cursor.close();
		return batch;
	}
	/** Lets the history begin with the epochs of an earlier call. */
	takeHistory({ epoch, history }) {
		this.history.epoch = [...epoch];
		this.history.history = Object.fromEntries(Object.entries(history).map(([key, values]) => [key, [...values]]));
	}
	async closePass() {
		const { cursor } = this;
		this.cursor = null;
		await cursor?.close();
	}
	/** The whole state as it is now. At cuts only it is what training goes on from. */
	async capture() {
		const { trainer, identity, machine } = this.parts;
		const position = await this.cursor?.getState();
		return {
			...trainer.state,
			epoch: this.epoch,
			batch: this.batch,
			pass: this.pass,
			position: this.cursor?.position ?? null,
			stopped: this.stopped,
			metrics: this.batch === 0 ? {} : this.measures.getState(),
			callbacks: (await this.callbacks.getState()).filter(({ className }) => className !== "History"),
			history: this.#wholeHistory(),
			data: position == null ? NO_STATE : {
				json: position,
				tensors: {}
			},
			identity,
			machine
		};
	}
	#wholeHistory() {
		const history = { ...this.#earlier.history };
		for (const [key, values] of Object.entries(this.history.history)) history[key] = [...history[key] ?? [], ...values];
		return {
			epoch: [...this.#earlier.epoch, ...this.history.epoch],
			history
		};
	}
};
//#endregion
//#region src/training/signals.ts
/** Exit codes of processes that a signal ended, as shells have them. */
const EXIT_CODES = {
	SIGINT: 130,
	SIGTERM: 143
};
/**
* Listens for Ctrl-C and SIGTERM while a training with a durable target runs: the first signal asks it to end after the
* step, a second one ends the process at once.
*/
var SignalWatch = class SignalWatch {
	/** The signal that came; null before. */
	received = null;
	#own = /* @__PURE__ */ new Set();
	#handle;
	#onSignal = () => {};
	constructor() {
		this.#handle = (signal) => {
			if (this.received !== null) exitAtOnce(EXIT_CODES[signal]);
			this.received = signal;
			this.#onSignal(signal);
		};
	}
	/** Begins to listen; null where there are no signals. */
	static start() {
		if (typeof globalThis.process?.on !== "function") return null;
		const watch = new SignalWatch();
		for (const signal of Object.keys(EXIT_CODES)) {
			if (process.listenerCount(signal) > 0) watch.#own.add(signal);
			process.on(signal, watch.#handle);
		}
		return watch;
	}
	/** Calls back when a signal comes, or at once when it has come already. */
	tell(onSignal) {
		this.#onSignal = onSignal;
		if (this.received !== null) onSignal(this.received);
	}
	/** Whether the program had listeners of its own, and so decides by itself what the signal means. */
	get leavesItToProgram() {
		return this.received !== null && this.#own.has(this.received);
	}
	stop() {
		for (const signal of Object.keys(EXIT_CODES)) process.off(signal, this.#handle);
	}
	/** Ends the process as the signal would have, after everything is saved. */
	exit() {
		process.exit(EXIT_CODES[this.received]);
	}
};
//#endregion
//#region src/training/start.ts
/**
* @param state of the model: loaded from a file, or left by an earlier call
* @param model how messages call the model
* @param continuesRun the state comes from the run folder
* @throws {StateError} when there is nothing to resume
* @throws {OptionError} when `resume` and `initialEpoch` contradict each other
*/
function planStart(state, options, model, continuesRun) {
	const trained = state.identity !== null;
	if (options.resume && (options.run === null || trained) || continuesRun) return exactStart(state, options, model);
	const epoch = options.initialEpoch ?? 0;
	const fresh = {
		epoch,
		batch: 0,
		pass: trained ? state.pass : Math.max(state.pass, epoch),
		position: null,
		resumes: false,
		wholeHistory: false,
		finished: false,
		warnings: epoch > 0 && epoch >= options.epochs ? [nothingToDo(epoch, options.epochs, model)] : []
	};
	if (!trained) return fresh;
	if (state.epoch === epoch && state.batch > 0) return {
		...fresh,
		...again(state),
		resumes: true,
		warnings: [restartWarning(state, model)]
	};
	if (epoch === 0) return fresh;
	if (state.epoch === epoch) return {
		...fresh,
		position: state.position,
		resumes: true
	};
	return {
		...fresh,
		warnings: [disagreement(state, epoch, model)]
	};
}
function nothingToDo(epoch, epochs, model) {
	return `fit of ${model} has nothing to do: initialEpoch is ${epoch} and epochs is ${epochs}. epochs is the number of the last epoch, not a count: give epochs: ${epoch + epochs} for ${epochs} more.`;
}
/** `resume: true` and `run`: the very batch. */
function exactStart(state, options, model) {
	const { initialEpoch } = options;
	if (state.identity === null) throw new StateError({
		code: "nothing-to-resume",
		what: `fit of ${model}: resume is true, but the model has no training state`,
		received: state.iteration > 0 ? "weights and an optimizer alone" : "a model that has not trained",
		fix: "Load the model from a file that Pawl wrote during training, or give initialEpoch instead"
	});
	if (options.resume && initialEpoch !== null && initialEpoch !== state.epoch) throw new OptionError({
		code: "resume-epoch",
		what: `fit of ${model}: initialEpoch ${initialEpoch} contradicts the state that it resumes, which stands at epoch ${state.epoch}`,
		fix: "Leave initialEpoch out",
		data: {
			initialEpoch,
			epoch: state.epoch
		}
	});
	return {
		epoch: state.epoch,
		batch: state.batch,
		pass: state.pass,
		position: state.position,
		resumes: true,
		wholeHistory: true,
		finished: state.stopped && state.batch === 0 || state.epoch >= options.epochs,
		warnings: []
	};
}
/** The epoch again from its first batch: with one pass an epoch that is the same pass, so the same order. */
function again(state) {
	if (state.position !== null && state.position > state.batch) return {
		pass: state.pass,
		position: state.position - state.batch
	};
	return {
		pass: state.pass - 1,
		position: null
	};
}
function restartWarning(state, model) {
	return `fit of ${model}: the state stands after ${state.batch} batches of epoch ${state.epoch}, and the epoch starts again at its first batch, on weights that have seen these already. Give resume: true to go on at the exact batch.`;
}
function disagreement(state, epoch, model) {
	return `fit of ${model}: initialEpoch is ${epoch}, but the state of the model stands at epoch ${state.epoch}. Training goes on as epoch ${epoch}, with callbacks that start anew. Give initialEpoch: ${state.epoch} to continue exactly.`;
}
//#endregion
//#region src/training/fit.ts
/** Trains a compiled model; see {@link FitOptions}. */
async function fit(trainer, model, given, options, services) {
	const { label } = trainer.network;
	const resolved = resolveFit(label, options);
	trainer.compiled("fit");
	return trainer.alone(async () => {
		const data = trainingData(trainer, given, resolved);
		const batchSize = batchSizeFor(`fit of ${label}`, data.training, resolved.batchSize, resolved.stepsPerEpoch);
		const identity = await fitIdentity(resolved, batchSize, data);
		const watch = resolved.run !== null && resolved.signals ? SignalWatch.start() : null;
		let run = null;
		try {
			if (resolved.run !== null) run = await Run.open(trainer, resolved.run, await runIdentity(trainer, identity, data), services);
			await services.writer.prepare();
			trainer.catchUp();
			return await train(new Session({
				trainer,
				model,
				source: data.training,
				options: resolved,
				batchSize,
				services,
				start: planStart(trainer.state, resolved, label, run?.continues ?? false),
				identity,
				machine: (await trainer.engine()).fingerprint
			}), data, run, watch);
		} finally {
			watch?.stop();
			await run?.close();
		}
	});
}
async function train(session, data, run, watch) {
	const { trainer, options } = session.parts;
	for (const warning of run?.warnings ?? []) session.context.warn(warning);
	watch?.tell((signal) => {
		session.interrupted = signal;
	});
	try {
		await begin(session, data);
		trainer.live = () => session.capture();
		if (run !== null) await saveNow(session, run);
		const logs = await runEpochs(session, validationOf(session, data), run);
		if (run !== null && session.parts.start.finished && options.verbose > 0) session.context.print(finishedLine(session, run));
		if (session.interrupted !== null) await saveNow(session, run);
		else await end(session, logs);
		await session.saves.flush();
		if (session.interrupted === null) await run?.finish();
	} catch (error) {
		await session.saves.flush().catch(() => void 0);
		throw error;
	} finally {
		await trainer.refresh();
		trainer.live = null;
		await session.closePass();
	}
	if (session.interrupted !== null) {
		session.history.interrupted = true;
		session.context.print(`\n${farewell(session, run)}\n`);
		await run.close();
		if (!watch.leavesItToProgram) watch.exit();
	}
	return session.history;
}
/** Averages become the weights, as Keras has it; then the last hooks. */
async function end(session, logs) {
	const optimizer = session.parts.trainer.optimizer;
	if (optimizer.iteration > 0) optimizer.finalizeVariables();
	await session.callbacks.run("onTrainEnd", logs);
	await cut("end", session, null);
}
function validationOf(session, { validation: source }) {
	if (source === null) return null;
	const { trainer, options } = session.parts;
	const where = `validation in fit of ${trainer.network.label}`;
	const { validationSteps: steps } = options;
	return {
		trainer,
		source,
		batchSize: batchSizeFor(where, source, validationBatch(source.dataset.ordered, options), steps),
		steps,
		callbacks: session.callbacks,
		where,
		interrupted: () => session.interrupted !== null
	};
}
function validationBatch(ordered, { validationBatchSize, batchSize }) {
	return validationBatchSize ?? (ordered ? batchSize : null);
}
function finishedLine({ history }, { dir }) {
	const epochs = history.epoch.length;
	return `The run in ${dir} is finished after ${epochs} epoch${epochs === 1 ? "" : "s"}: nothing is trained.\n`;
}
function farewell({ interrupted, epoch, batch, steps, parts }, run) {
	const { iteration } = parts.trainer.state;
	return `Stopped by ${interrupted} after step ${iteration} (${batch === 0 ? `before epoch ${epoch + 1}` : `in epoch ${epoch + 1}, batch ${batch} of ${steps ?? "?"}`}). Everything is saved in ${run.dir}: start the same command again to go on.`;
}
//#endregion
//#region src/training/on-batch.ts
/**
* One step of training on these rows.
* @returns loss and metrics of these rows alone, by name, as in Keras
*/
async function trainOnBatch(trainer, given, options = {}) {
	trainer.compiled("trainOnBatch");
	const batch = await oneBatch(trainer, "trainOnBatch", given, options);
	trainer.catchUp();
	await trainer.alone(() => {
		trainer.resetMetrics();
		return trainer.train(batch);
	});
	return trainer.measures(batch).logs();
}
/** The same without training. */
async function testOnBatch(trainer, given, options = {}) {
	trainer.compiled("testOnBatch");
	const batch = await oneBatch(trainer, "testOnBatch", given, options);
	trainer.resetMetrics();
	await trainer.test(batch);
	return trainer.measures(batch).logs();
}
/** The outputs for these rows, one tensor an output. */
async function predictOnBatch(trainer, x) {
	return trainer.predict(await oneBatch(trainer, "predictOnBatch", { x }, {}));
}
async function oneBatch(trainer, method, given, options) {
	const { network } = trainer;
	const where = `${method} of ${network.label}`;
	buildFor(network, given.x);
	const classWeight = options.classWeight == null ? null : parseClassWeight(options.classWeight, `${where}.classWeight`);
	const source = Source.of(network, where, {
		...given,
		sampleWeight: options.sampleWeight,
		classWeight
	}, trainer.withLoss);
	return await new Cursor(source, {
		batchSize: source.dataset.rows,
		shuffle: false,
		seed: 0,
		pass: 0
	}).next();
}
//#endregion
//#region src/training/predict.ts
const FIELDS$8 = {
	batchSize: COMMON.batchSize,
	verbose: COMMON.verbose,
	callbacks: COMMON.callbacks,
	steps: nullable(int({ min: 1 }))
};
/** The outputs for all rows of x, one tensor an output. Targets that a data set brings are left alone. */
async function predict(trainer, model, x, options, services) {
	const { network } = trainer;
	const where = `predict of ${network.label}`;
	const { batchSize, steps, ...rest } = resolveOptions(where, FIELDS$8, options);
	buildFor(network, x);
	const source = Source.of(network, where, { x }, trainer.withLoss);
	const size = batchSizeFor(where, source, batchSize, steps);
	const callbacks = loopCallbacks(rest, services);
	callbacks.begin(model, {
		...LOOP,
		verbose: resolveVerbosity(rest.verbose),
		steps: steps ?? source.dataset.batchesPerPass(size)
	});
	const cursor = new Cursor(source, {
		batchSize: size,
		shuffle: false,
		seed: 0,
		pass: 0
	});
	const parts = [];
	await callbacks.run("onPredictBegin", {});
	for (let index = 0; steps === null || index < steps; index++) {
		const batch = await cursor.next();
		if (batch === null) break;
		await callbacks.at("onPredictBatchBegin", index, {});
		const outputs = await trainer.predict(withoutTargets(batch));
		parts.push(outputs);
		await callbacks.at("onPredictBatchEnd", index, { outputs });
	}
	await cursor.close();
	await callbacks.run("onPredictEnd", {});
	if (parts.length === 0) throw new StateError({
		code: "no-data",
		what: `${where}: the data gave no batch`
	});
	return network.outputs.map((_, i) => joinRows(parts.map((outputs) => outputs[i])));
}
/** A batch as prediction takes it. */
function withoutTargets(batch) {
	const none = batch.targets.map(() => null);
	return {
		...batch,
		targets: none,
		weights: none
	};
}
/** Tensors below each other. */
function joinRows(parts) {
	const [first] = parts;
	if (parts.length === 1) return first;
	const rows = parts.reduce((sum, part) => sum + part.shape[0], 0);
	const joined = Tensor.zeros([rows, ...first.shape.slice(1)], first.dtype);
	let offset = 0;
	for (const part of parts) {
		joined.data.set(part.data, offset);
		offset += part.size;
	}
	return joined;
}
//#endregion
//#region src/engine/interpreter-engine.ts
/**
* Computes what graphs mean: float64, one primitive at a time. Variables and results are float32 all the same. As the
* meaning of a graph does not depend on shards, the whole batch is one.
*/
var InterpreterEngine = class {
	name = "interpreter";
	fingerprint = { library: "interpreter" };
	sessionCount = 0;
	async compile(spec) {
		return new InterpreterProgram(prepare$1(spec));
	}
};
var InterpreterProgram = class {
	shards;
	#graph;
	constructor(graph) {
		this.#graph = graph;
		this.shards = graph.plan.shards;
	}
	async run(run) {
		const { results, updates, feeds, variables } = this.#graph;
		checkRun(this.#graph, run);
		const known = /* @__PURE__ */ new Map();
		for (const leaf of feeds) known.set(leaf, run.feeds.get(leaf));
		for (const leaf of variables) known.set(leaf, variableOf(leaf).data);
		const outputs = [...results.values(), ...updates.values()];
		const { rows, seed, iteration } = run;
		const computed = interpret(outputs, {
			feeds: known,
			rows,
			seed,
			iteration
		});
		const names = [...results.keys()];
		const read = names.map((name, i) => [name, tensorOf(results.get(name), computed[i])]);
		[...updates.keys()].forEach((variable, i) => {
			variable.next.block.view(variable.dtype, variable.size).set(computed[names.length + i].data);
		});
		for (const variable of updates.keys()) variable.commit();
		return Object.fromEntries(read);
	}
	dispose() {}
};
function tensorOf(value, { data, shape }) {
	return new Tensor(data, shape, value.dtype);
}
//#endregion
//#region src/engine/default-engine.ts
const CHOICES = [
	"native",
	"web",
	"interpreter"
];
let chosen = null;
let starting;
/**
* The engine that models run on: the one set by {@link setDefaultEngine}; else the one that the environment variable
* PAWL_ENGINE names ("native", "web", "interpreter"); else ONNX Runtime's native library where it can be loaded, and
* onnxruntime-web where it cannot, which is said once on stderr.
* @throws {EngineError} when a forced engine cannot start
*/
function defaultEngine() {
	if (chosen !== null) return Promise.resolve(chosen);
	starting ??= start().catch((error) => {
		starting = void 0;
		throw error;
	});
	return starting;
}
/** The engine that computes what graphs mean, in float64 and without any hurry: for tests. */
function interpreterEngine() {
	return new InterpreterEngine();
}
async function start() {
	const forced = environmentChoice();
	if (forced === "interpreter") return interpreterEngine();
	if (forced === "native") return await nativeEngine();
	if (forced === "web" || !isNode()) return await webEngine();
	try {
		return await nativeEngine();
	} catch (error) {
		const engine = await webEngine();
		sayOnce("engine", `pawl: running on WebAssembly (onnxruntime-web), several times slower than native. ${error.message}`);
		return engine;
	}
}
const isNode = () => globalThis.process?.versions?.node !== void 0;
function environmentChoice() {
	if (!isNode()) return void 0;
	const value = process.env["PAWL_ENGINE"];
	if (value === void 0 || value === "") return void 0;
	const found = CHOICES.find((choice) => choice === value);
	if (found !== void 0) return found;
	throw new OptionError({
		code: "engine-choice",
		what: "The environment variable PAWL_ENGINE names no engine",
		received: `"${value}"`,
		expected: CHOICES.map((choice) => `"${choice}"`).join(", ")
	});
}
async function nativeEngine() {
	const [{ OnnxEngine }, { nativeMachine }] = await Promise.all([import("./engine-BU-7FrXf.js"), import("./machine-ChXEY6gk.js")]);
	return new OnnxEngine(await nativeMachine());
}
async function webEngine() {
	const [{ OnnxEngine }, { webMachine }] = await Promise.all([import("./engine-BU-7FrXf.js"), import("./machine-Dl2mfHPT.js")]);
	return new OnnxEngine(await webMachine());
}
//#endregion
//#region src/core/half.ts
/** The tensor with numbers in it: bfloat16 and float16, which are kept as their bits, become float32. */
function withNumbers(tensor) {
	if (tensor.dtype === "bfloat16") return decoded(tensor, bfloat16);
	if (tensor.dtype === "float16") return decoded(tensor, float16);
	return tensor;
}
function decoded(tensor, decode) {
	return new Tensor(Float32Array.from(tensor.data, decode), tensor.shape, "float32");
}
const bits32 = new Uint32Array(1);
const float32 = new Float32Array(bits32.buffer);
/** bfloat16 is the upper half of a float32. */
function bfloat16(bits) {
	bits32[0] = bits << 16;
	return float32[0];
}
/** IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 bits of fraction. */
function float16(bits) {
	const sign = bits & 32768 ? -1 : 1;
	const exponent = bits >> 10 & 31;
	const fraction = bits & 1023;
	if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : NaN;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
//#endregion
//#region src/training/batch.ts
/** @param inputTypes dtypes of the model's inputs, which data is cast to */
function signatureOf(batch, inputTypes) {
	const typeOf = (tensor, dtype) => ({
		shape: [-1, ...tensor.shape.slice(1)],
		dtype
	});
	return {
		inputs: batch.inputs.map((tensor, i) => typeOf(tensor, inputTypes[i])),
		targets: batch.targets.map((tensor) => tensor && typeOf(tensor, graphDType(tensor.dtype))),
		weights: batch.weights.map((tensor) => tensor && typeOf(tensor, "float32"))
	};
}
/** The tensor's elements as numbers for a leaf of `dtype`; not copied when they are. */
function feedOf(tensor, dtype) {
	const { data } = withNumbers(tensor);
	if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) return plain(data, dtype);
	return dtype === "float32" ? Float32Array.from(data, Number) : Int32Array.from(data, Number);
}
function plain(data, dtype) {
	const numbers = data;
	if (dtype === "float32") return data instanceof Float32Array ? data : Float32Array.from(numbers);
	if (dtype === "int32") return data instanceof Int32Array ? data : Int32Array.from(numbers);
	return data instanceof Uint8Array ? data : Uint8Array.from(numbers, (element) => element === 0 ? 0 : 1);
}
//#endregion
//#region src/training/compile.ts
const asGiven = (check, expected) => ({
	default: null,
	parse(value, where) {
		if (value !== null && !check(value)) throw wrongOption(where, expected, value);
		return value;
	}
});
const isMetrics = (value) => Array.isArray(value) || isConfig(value);
const metricsField = asGiven(isMetrics, "a list of metrics, or an object by output name");
const FIELDS$7 = {
	optimizer: {
		default: "rmsprop",
		parse: (value) => value
	},
	loss: asGiven((value) => [
		"string",
		"function",
		"object"
	].includes(typeof value), "a loss, a list of losses, or an object by output name"),
	lossWeights: asGiven((value) => typeof value === "number" || Array.isArray(value) || isConfig(value), "a number, a list of numbers, or an object by output name"),
	metrics: metricsField,
	weightedMetrics: metricsField,
	stepsPerExecution: int({ min: 1 }, { default: 1 }),
	runEagerly: bool(false),
	jitCompile: {
		default: "auto",
		parse: (value, where) => value === "auto" ? "auto" : bool(false).parse(value, where)
	},
	autoScaleLoss: bool(true),
	shards: {
		default: "auto",
		parse: (value, where) => typeof value === "string" ? oneOf(["auto"]).parse(value, where) : int({ min: 1 }).parse(value, where)
	}
};
/** Names whose loss or metric follows from the shapes of the data. */
const NAMED_BY_SHAPE = [
	"accuracy",
	"acc",
	"crossentropy",
	"ce"
];
/**
* @param model how messages call the model, e.g. `Sequential "mnist"`
* @throws {OptionError} for unknown options, and options of a wrong kind
*/
function resolveCompile(model, options) {
	const where = `compile of ${model}`;
	const resolved = resolveOptions(where, FIELDS$7, options);
	for (const [option, part] of [
		["loss", losses_exports],
		["metrics", metrics_exports],
		["weightedMetrics", metrics_exports]
	]) for (const name of namesIn(resolved[option])) if (!NAMED_BY_SHAPE.includes(name.toLowerCase())) part.get(name, `${where}: ${option}`);
	return {
		...resolved,
		optimizer: get(resolved.optimizer, `compile of ${model}: optimizer`)
	};
}
/** The names in a specification, to be checked at once; what they stand for may depend on shapes that come later. */
function namesIn(spec) {
	if (typeof spec === "string") return [spec];
	if (Array.isArray(spec)) return spec.flatMap(namesIn);
	return isConfig(spec) && !("class_name" in spec) ? Object.values(spec).flatMap(namesIn) : [];
}
//#endregion
//#region src/training/feeds.ts
/** The arrays of a batch at the places where a program wants them. */
function feedsOf(leaves, batch) {
	const feeds = new Map([[leaves.rows, batch.rows]]);
	const add = (values, tensors) => {
		values.forEach((value, i) => {
			if (value !== null) feeds.set(value, feedOf(tensors[i], value.dtype));
		});
	};
	add(leaves.inputs, batch.inputs);
	add(leaves.targets, batch.targets);
	add(leaves.weights, batch.weights);
	return feeds;
}
//#endregion
//#region src/training/running-mean.ts
/** Mean of a scalar over batches, weighted by their rows: how Keras reports losses. Kept in float32, as there. */
var RunningMean = class {
	name;
	total;
	count;
	constructor(name) {
		this.name = name;
		this.total = new Variable({
			name: "total",
			path: `${name}/total`,
			shape: [],
			trainable: false
		});
		this.count = new Variable({
			name: "count",
			path: `${name}/count`,
			shape: [],
			trainable: false
		});
	}
	get variables() {
		return [this.total, this.count];
	}
	/** @param value the same for all shards */
	update(value, rows) {
		return new Map([[this.total, add(this.total.value, multiply(value, rows))], [this.count, add(this.count.value, rows)]]);
	}
	/** 0 before the first batch. */
	result() {
		const count = this.count.data[0];
		return count === 0 ? 0 : Math.fround(this.total.data[0] / count);
	}
	reset() {
		this.total.write([0]);
		this.count.write([0]);
	}
};
//#endregion
//#region src/training/signature.ts
/** A text that is equal for equal signatures. */
function signatureKey({ inputs, targets, weights }) {
	const text = (type) => type === null ? "-" : `${type.dtype}${type.shape.join("x")}`;
	return [
		inputs,
		targets,
		weights
	].map((types) => types.map(text).join(",")).join("|");
}
/** Keras's rule for names that stand for one of three losses or metrics: "accuracy", "crossentropy". */
function taskKind(target, prediction) {
	const last = prediction.at(-1);
	if (last === 1) return "binary";
	return target.length < prediction.length || target.at(-1) === 1 && last !== 1 ? "sparse" : "categorical";
}
//#endregion
//#region src/training/output-losses.ts
/**
* The losses that `compile` was given, one for each output that has one.
* @throws {OptionError} when they do not fit the outputs, and for unknown names
*/
function makeOutputLosses(model, args, outputs, predictions, { targets }) {
	const where = `compile of ${model}: loss`;
	const given = entries(where, args.loss, outputs);
	const weights = factors(`compile of ${model}: lossWeights`, args.lossWeights, outputs);
	const present = given.flatMap((loss, output) => loss === null ? [] : [output]);
	return present.map((output) => {
		const target = targets[output] ?? null;
		if (target === null) throw missingTarget$1(model, outputs[output]);
		const loss = makeLoss(given[output], target.shape, predictions[output], where);
		const mean = present.length > 1 ? new RunningMean(`${outputs[output]}_loss`) : null;
		return {
			output,
			loss,
			weight: weights[output],
			mean
		};
	});
}
/** Which outputs have a loss; known before there is data. */
function outputsWithLoss(model, args, outputs) {
	return entries(`compile of ${model}: loss`, args.loss, outputs).map((loss) => loss !== null);
}
function entries(where, spec, outputs) {
	if (spec === null) return outputs.map(() => null);
	if (Array.isArray(spec)) {
		if (spec.length !== outputs.length) throw wrongCount(where, spec.length, outputs);
		return [...spec];
	}
	if (isByName(spec)) return byOutputName(where, spec, outputs, true);
	return outputs.map(() => spec);
}
function factors(where, spec, outputs) {
	if (spec === null) return outputs.map(() => 1);
	const list = typeof spec === "number" ? [spec] : Array.isArray(spec) ? [...spec] : byOutputName(where, spec, outputs, false);
	if (list.length !== outputs.length) throw wrongCount(where, list.length, outputs);
	return list.map((factor) => {
		if (factor === null) return 1;
		if (typeof factor === "number" && Number.isFinite(factor)) return factor;
		throw new OptionError({
			code: "loss-weight",
			what: `${where} must be numbers`,
			received: String(factor)
		});
	});
}
function makeLoss(given, target, prediction, where) {
	const name = typeof given === "string" ? given.toLowerCase() : "";
	if (name !== "crossentropy" && name !== "ce") return get$1(given, where);
	const kind = taskKind(target, prediction);
	return get$1(kind === "sparse" ? "sparse_categorical_crossentropy" : `${kind}_crossentropy`, where);
}
function missingTarget$1(model, output) {
	return new OptionError({
		code: "missing-targets",
		what: `${model}: output "${output}" has a loss, but the data has no targets for it`,
		fix: `Give targets as y, or leave the output out of the loss with { "${output}": null }`,
		data: { output }
	});
}
//#endregion
//#region src/training/output-metrics.ts
/**
* The metrics that `compile` was given, named as Keras names them.
* @throws {OptionError} when they do not fit the outputs, and for unknown names
*/
function makeOutputMetrics(model, args, outputs, predictions, signature) {
	const taken = /* @__PURE__ */ new Map();
	const made = [];
	const add = (option, weighted) => {
		const where = `compile of ${model}: ${option}`;
		perOutput(where, args[option], outputs).forEach((list, output) => {
			for (const given of list) {
				const target = signature.targets[output] ?? null;
				if (target === null) throw missingTarget(where, outputs[output]);
				const metric = resolve(given, target.shape, predictions[output], where);
				metric.build(predictions[output]);
				const prefix = outputs.length > 1 ? `${outputs[output]}_` : "";
				made.push({
					output,
					key: uniqueKey(taken, prefix, metric.name, weighted),
					metric,
					weighted
				});
			}
		});
	};
	add("metrics", false);
	add("weightedMetrics", true);
	return made;
}
/** One output takes all metrics that are given, however they are nested; several want a list or an object of them. */
function perOutput(where, spec, outputs) {
	const asList = (entry) => (Array.isArray(entry) ? entry : [entry]).filter((metric) => metric !== null && metric !== void 0);
	if (spec === null || Array.isArray(spec) && spec.length === 0) return outputs.map(() => []);
	if (outputs.length === 1) return [Object.values(spec).flatMap(asList)];
	if (isByName(spec)) return byOutputName(where, spec, outputs, false).map(asList);
	if (!Array.isArray(spec) || spec.length !== outputs.length) throw wrongCount(where, Array.isArray(spec) ? spec.length : 1, outputs);
	return spec.map(asList);
}
/** Keras's way with equal names: `_1`, `_2`, …; a weighted metric becomes `weighted_…` first. */
function uniqueKey(taken, prefix, name, weighted) {
	const claim = (key) => {
		const count = taken.get(key) ?? 0;
		taken.set(key, count + 1);
		return count === 0 ? key : null;
	};
	const plain = `${prefix}${name}`;
	const key = weighted && taken.has(plain) ? `${prefix}weighted_${name}` : plain;
	return claim(key) ?? `${key}_${taken.get(key) - 1}`;
}
function missingTarget(where, output) {
	return new OptionError({
		code: "missing-targets",
		what: `${where}: output "${output}" has a metric, but the data has no targets for it`,
		fix: "Give targets as y",
		data: { output }
	});
}
//#endregion
//#region src/training/measures.ts
/** The losses and metrics of a compiled model, with the accumulators of what logs report. */
var Measures = class {
	loss = new RunningMean("loss");
	losses;
	metrics;
	/**
	* Losses and metrics that depend on the shape of the data ("accuracy") are chosen for `signature` once and for all.
	* @throws {OptionError} when what `compile` was given does not fit the model's outputs
	*/
	constructor(network, args, signature) {
		const predictions = network.outputs.map(({ shape }) => shape.map((dim, axis) => axis === 0 ? -1 : dim ?? 0));
		const { label } = network;
		const outputNames = namesOfOutputs(network);
		this.losses = makeOutputLosses(label, args, outputNames, predictions, signature);
		this.metrics = makeOutputMetrics(label, args, outputNames, predictions, signature);
	}
	/** The keys of logs, and which way each is better. */
	get logKeys() {
		return [...["loss", ...this.losses.flatMap(({ mean }) => mean === null ? [] : [mean.name])].map((key) => ({
			key,
			direction: "min",
			batch: true
		})), ...this.metrics.map(({ key, metric }) => ({
			key,
			direction: metric.direction,
			batch: true
		}))];
	}
	/**
	* What has been measured since the last reset, by key in alphabetical order, as Keras has it. A metric of several
	* numbers (one a threshold, say) has a key for each: `precision_0`, `precision_1`.
	*/
	logs() {
		const entries = this.#reported().flatMap(({ key, result }) => {
			const value = result();
			if (typeof value === "number") return [[key, value]];
			return value.map((one, i) => [`${key}_${i}`, one]);
		});
		return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1));
	}
	reset() {
		this.loss.reset();
		for (const { mean } of this.losses) mean?.reset();
		for (const { metric } of this.metrics) metric.reset();
	}
	/** Copies of all accumulators. */
	getState() {
		return Object.fromEntries(this.#accumulators().map(([name, variable]) => [name, variable.read()]));
	}
	/** @throws {FormatError} when an accumulator is missing */
	setState(state) {
		for (const [name, variable] of this.#accumulators()) {
			const tensor = state[name];
			if (tensor === void 0) throw new FormatError({
				code: "metric-state",
				what: `The saved state has no accumulator "${name}"`,
				received: Object.keys(state).join(", "),
				fix: "Compile with the metrics that the training was started with, or resume at an epoch with initialEpoch"
			});
			variable.write(tensor);
		}
	}
	#reported() {
		return [...[this.loss, ...this.losses.flatMap(({ mean }) => mean === null ? [] : [mean])].map((mean) => ({
			key: mean.name,
			result: () => mean.result(),
			variables: mean.variables
		})), ...this.metrics.map(({ key, metric }) => ({
			key,
			result: () => metric.result(),
			variables: metric.variables
		}))];
	}
	#accumulators() {
		return this.#reported().flatMap(({ key, variables }) => variables.map((variable, i) => [`${key}/${i}`, variable]));
	}
};
//#endregion
//#region src/graph/work.ts
/**
* Multiplications and additions in the products (of matrices, convolutions and recurrences) that `outputs` reach, for
* a batch of `rows` rows. Everything else is small beside them where time matters.
*/
function workOf(outputs, rows) {
	const sizeOf = (value) => value.shape.reduce((size, dim) => size * dimAt(dim, rows), 1);
	let work = 0;
	for (const value of reachable(outputs)) {
		const [a, b] = value.inputs;
		switch (value.op) {
			case "matmul": {
				const { transposeA } = value.attrs;
				work += 2 * sizeOf(value) * dimAt(a.shape.at(transposeA ? -2 : -1), rows);
				break;
			}
			case "conv":
				work += 2 * sizeOf(value) * sizeOf(b) / b.shape[0];
				break;
			case "convInput":
				work += 2 * sizeOf(a) * sizeOf(b) / b.shape[0];
				break;
			case "convKernel":
				work += 2 * sizeOf(b) * sizeOf(value) / value.shape[0];
				break;
			default:
		}
	}
	return work;
}
//#endregion
//#region src/training/auto-shards.ts
/** Most shards that are chosen: as many as Node has threads for work aside. */
const MOST$1 = 4;
/** A shard that has less to do is done before another thread has begun: about half a millisecond of one core. */
const LEAST_WORK = 5e7;
/** Matrix products over fewer rows lose speed. */
const LEAST_ROWS = 16;
/** Bytes that are added up, for each operation of the step: beyond, the sums cost more than some per cent of it. */
const MOST_BYTES = .015;
/**
* The rule behind `shards: "auto"`, version 1: the largest power of two whose shards are worth a thread of their own.
* A pure function of the model and its batch, never of the machine, for the bits of a training depend on it. Measured:
* of the MNIST MLP (2.7 MB, 4e8 operations a step of 128 rows) 1, 2, 4 and 8 shards take 4.4, 4.5, 4.8 and 5.8 ms of
* one core.
*/
function autoShards({ rows, work, parameterBytes }) {
	const isWorthIt = (shards) => rows >= shards * LEAST_ROWS && work >= shards * LEAST_WORK && shards * parameterBytes <= MOST_BYTES * work;
	let shards = 1;
	while (shards < MOST$1 && isWorthIt(shards * 2)) shards *= 2;
	return shards;
}
//#endregion
//#region src/training/forward.ts
function forward(network, signature, training) {
	const { inputNames, outputNames } = network;
	const leaves = {
		rows: input("rows", [], "float32"),
		inputs: signature.inputs.map(({ shape, dtype }, i) => input(`x:${inputNames[i]}`, shape, dtype)),
		targets: signature.targets.map((type, i) => type && input(`y:${outputNames[i]}`, type.shape, type.dtype)),
		weights: signature.weights.map((type, i) => type && input(`w:${outputNames[i]}`, type.shape, type.dtype))
	};
	const trace = new CallTrace();
	const context = rootContext(network, {
		training,
		rows: leaves.rows,
		trace
	});
	const { inputs } = leaves;
	return {
		leaves,
		predictions: valuesOf(invoke(network, inputs.length === 1 ? inputs[0] : inputs, context)),
		assigned: trace.assigned,
		added: trace.losses
	};
}
//#endregion
//#region src/training/measure.ts
/** New accumulators of the running loss and of all metrics after this batch. */
function measure(measures, step, loss) {
	const { leaves, predictions } = step;
	const updates = /* @__PURE__ */ new Map();
	const take = (from) => {
		for (const [variable, value] of from) updates.set(variable, value);
	};
	take(measures.loss.update(loss.reported, leaves.rows));
	for (const [{ mean }, value] of loss.byOutput) take(mean.update(value, leaves.rows));
	for (const { metric, output, weighted } of measures.metrics) {
		const weights = weighted ? leaves.weights[output] ?? null : null;
		take(metric.update(leaves.targets[output], predictions[output], weights, { rows: leaves.rows }));
	}
	return updates;
}
//#endregion
//#region src/training/total-loss.ts
/**
* @param penalized weights whose regularizers count
*/
function totalLoss(step, losses, penalized) {
	const { predictions, leaves, added } = step;
	const byOutput = /* @__PURE__ */ new Map();
	const local = sum([...losses.map((entry) => {
		const { output, loss, weight, mean } = entry;
		const [target, prediction] = [leaves.targets[output], predictions[output]];
		const value = fitting(loss.name, target, prediction, () => lossValue(loss, target, prediction, leaves.weights[output] ?? null, leaves.rows));
		if (mean !== null) byOutput.set(entry, allSum(value));
		return weight === 1 ? value : multiply(value, weight);
	}), ...added]);
	const penalty = sum(penalized.flatMap((weight) => weight.regularizer ? [weight.regularizer(weight.value)] : []));
	return {
		local,
		penalty,
		byOutput,
		reported: sum([local === null ? null : allSum(local), penalty].filter((part) => part !== null)) ?? constant(0)
	};
}
/** Says which loss it is when targets and predictions cannot be compared. */
function fitting(loss, target, prediction, make) {
	try {
		return make();
	} catch (cause) {
		if (!(cause instanceof ShapeError) || cause.code === "loss-shapes") throw cause;
		throw new ShapeError({
			code: "loss-shapes",
			what: `${loss} cannot compare these targets with the predictions`,
			received: `targets ${formatShape(target.shape)}`,
			expected: formatShape(prediction.shape),
			fix: "Give targets of the predictions' shape, or the last layer as many units as the targets have columns",
			cause
		});
	}
}
function sum(parts) {
	return parts.length === 0 ? null : parts.reduce((total, part) => add(total, part));
}
//#endregion
//#region src/training/programs.ts
const MOST = 16;
/** The programs of a model: one for training, evaluation and prediction each, and for each shape of data. */
var Programs = class {
	#network;
	#engine;
	#shards;
	#steps = /* @__PURE__ */ new Map();
	/** @param shards null: each step is given as many as suit it */
	constructor(network, engine, shards) {
		forgotten.register(this, this.#steps);
		this.#network = network;
		this.#engine = engine;
		this.#shards = shards;
	}
	/** One step of training: loss, gradients, update of weights, state of layers, metrics. */
	train(signature, rows, { optimizer, measures, trainable }) {
		return this.#step("train", signature, rows, () => {
			const step = forward(this.#network, signature, true);
			const loss = totalLoss(step, measures.losses, trainable);
			const learningRate = input("learning_rate", [], "float32");
			const iteration = input("iteration", [], "int32");
			const gradients = gradientsOf(loss, trainable);
			return {
				results: {},
				updates: new Map([
					...step.assigned,
					...measure(measures, step, loss),
					...optimizer.apply(gradients, {
						learningRate,
						iteration
					})
				]),
				leaves: step.leaves,
				learningRate,
				iteration
			};
		});
	}
	/** Losses and metrics of a batch; changes nothing but their accumulators. */
	test(signature, rows, { measures, trainable }) {
		return this.#step("test", signature, rows, () => {
			const step = forward(this.#network, signature, false);
			return {
				results: {},
				updates: measure(measures, step, totalLoss(step, measures.losses, trainable)),
				leaves: step.leaves,
				learningRate: null,
				iteration: null
			};
		});
	}
	/** The outputs for a batch, as results "0", "1", …. */
	predict(signature, rows) {
		return this.#step("predict", signature, rows, () => {
			const { predictions, leaves } = forward(this.#network, signature, false);
			return {
				results: Object.fromEntries(predictions.map((value, i) => [String(i), value])),
				updates: /* @__PURE__ */ new Map(),
				leaves,
				learningRate: null,
				iteration: null
			};
		});
	}
	/** Computes everything in so many shards from now on. */
	settle(shards) {
		this.#shards = shards;
		for (const [key, step] of this.#steps) {
			if (key.startsWith("train|")) continue;
			this.#steps.delete(key);
			release(step);
		}
	}
	dispose() {
		for (const step of this.#steps.values()) release(step);
		this.#steps.clear();
	}
	/** Least recently used steps go first; most models never have more than three. */
	#step(name, signature, rows, assemble) {
		const key = `${name}|${signatureKey(signature)}`;
		const known = this.#steps.get(key);
		if (known !== void 0) {
			this.#steps.delete(key);
			this.#steps.set(key, known);
			return known;
		}
		if (this.#steps.size >= MOST) this.#evict();
		const made = this.#compile(name, rows, assemble);
		this.#steps.set(key, made);
		made.catch(() => this.#steps.delete(key));
		return made;
	}
	async #compile(name, rows, assemble) {
		const { results, updates, ...rest } = assemble();
		const shards = this.#shards ?? shardsFor({
			results,
			updates
		}, rows, this.#network);
		return {
			...rest,
			shards,
			program: await this.#engine.compile({
				name,
				results,
				updates,
				shards
			})
		};
	}
	#evict() {
		const [key, oldest] = this.#steps.entries().next().value;
		this.#steps.delete(key);
		release(oldest);
		sayOnce(`shapes:${this.#network.name}`, `${this.#network.label}: data comes in more than ${MOST} shapes, and each new one is compiled anew. Pad it to fewer.`);
	}
};
function shardsFor({ results, updates }, rows, network) {
	const work = workOf([...Object.values(results), ...updates.values()], rows);
	const parameterBytes = network.trainableWeights.reduce((bytes, weight) => bytes + weight.byteLength, 0);
	return autoShards({
		rows,
		work,
		parameterBytes: updates.size === 0 ? 0 : parameterBytes
	});
}
/** Sessions live outside of JavaScript's memory: those of a model that nobody has any more are let go. */
const forgotten = new FinalizationRegistry((steps) => {
	for (const step of steps.values()) release(step);
});
function release(step) {
	step.then(({ program }) => program.dispose(), () => void 0);
}
/** Gradients over the whole batch: those of the shards added up, then those of the penalties, which are there once. */
function gradientsOf(loss, trainable) {
	const weights = trainable.map((variable) => variable.value);
	const zeros = () => trainable.map(({ shape }) => broadcastTo(0, shape));
	const data = loss.local === null ? null : grad(loss.local, weights).map((gradient) => allSum(gradient));
	const penalty = loss.penalty === null ? null : grad(loss.penalty, weights);
	if (data === null || penalty === null) return data ?? penalty ?? zeros();
	return data.map((gradient, i) => trainable[i].regularizer ? add(gradient, penalty[i]) : gradient);
}
//#endregion
//#region src/training/trainer.ts
/**
* The training side of a model: what was compiled, the programs, and the counters of its training. Knows one step at
* a time; loops are in fit.ts, evaluate.ts and predict.ts.
*/
var Trainer = class {
	network;
	#compiled = null;
	#programs = null;
	#topology = null;
	#state;
	/** Brings the state up to date while a training runs; null otherwise. */
	#live = null;
	#busy = false;
	/** Whether the number of shards is settled: given, or chosen for the first batch that was trained on. */
	#hasShards = false;
	constructor(network) {
		this.network = network;
		this.#state = freshState(nextSeed("model"));
	}
	get className() {
		return this.network.networkKind === "sequential" ? "Sequential" : "Functional";
	}
	/** The state at the last cut. */
	get state() {
		return this.#state;
	}
	set state(given) {
		const shards = this.#compiled?.args.shards;
		const state = typeof shards === "number" ? {
			...given,
			shards
		} : given;
		this.#hasShards = typeof shards === "number" || given.iteration > 0 || given.pass > 0;
		if (state.shards !== this.#state.shards || state.seed !== this.#state.seed) this.#dropPrograms();
		this.#state = state;
	}
	/** How a training that runs describes itself when it is asked to; null when none runs. */
	set live(capture) {
		this.#live = capture;
	}
	/**
	* Runs a training, one at a time.
	* @throws {StateError} when one is running already
	*/
	async alone(training) {
		if (this.#busy) throw new StateError({
			code: "training-twice",
			what: `${this.network.label} is in training already`,
			fix: "Await the first fit before the next"
		});
		this.#busy = true;
		try {
			return await training();
		} finally {
			this.#busy = false;
		}
	}
	/** Has the running training, if any, bring {@link state} up to date. */
	async refresh() {
		if (this.#live !== null) this.#state = await this.#live();
	}
	getTrainState() {
		return this.#state.iteration === 0 && this.#state.pass === 0 ? null : encodeTrainState(this.#state);
	}
	setTrainState(value) {
		this.state = decodeTrainState(value);
	}
	compile(options) {
		const args = resolveCompile(this.network.label, options);
		this.#compiled = {
			args,
			trainable: null,
			measures: null
		};
		this.#dropPrograms();
		if (typeof args.shards === "number") {
			this.#state = {
				...this.#state,
				shards: args.shards
			};
			this.#hasShards = true;
		}
		if (this.network.wired) this.#bindOptimizer(this.#compiled);
	}
	get compileArgs() {
		return this.#compiled?.args ?? null;
	}
	/** Built for the trainable weights as soon as there are weights. */
	get optimizer() {
		if (this.#compiled !== null && this.network.wired) this.#bindOptimizer(this.#compiled);
		return this.#compiled?.args.optimizer ?? null;
	}
	/** @throws {StateError} before `compile` */
	compiled(method) {
		return this.#requireCompiled(method).args;
	}
	/** Which outputs have a loss. */
	get withLoss() {
		const { network } = this;
		const args = this.#compiled?.args;
		return args ? outputsWithLoss(network.label, args, namesOfOutputs(network)) : network.outputs.map(() => true);
	}
	/** Losses and metrics; made for the first data that comes. */
	measures(batch) {
		this.#followTopology();
		const compiled = this.#requireCompiled("fit");
		compiled.measures ??= new Measures(this.network, compiled.args, this.#signature(batch));
		return compiled.measures;
	}
	/** Weights that are trained. */
	get trainable() {
		this.#followTopology();
		const compiled = this.#requireCompiled("fit");
		this.#bindOptimizer(compiled);
		return compiled.trainable;
	}
	/** What the user should know before training. */
	warnings() {
		const now = this.network.trainableWeights;
		const { trainable } = this;
		if (now.length === trainable.length && now.every((weight, i) => weight === trainable[i])) return [];
		return [`${this.network.label}: layers have been frozen or thawed since compile, which takes effect only at the next compile. Call compile again to train other weights.`];
	}
	/** Lets a model whose training Pawl has not seen (a file of Keras) count on from its optimizer's steps. */
	catchUp() {
		const steps = this.optimizer?.iteration ?? 0;
		if (this.#state.iteration === 0 && steps > 0) this.#state = {
			...this.#state,
			iteration: steps
		};
	}
	resetMetrics() {
		this.#compiled?.measures?.reset();
	}
	/** Compiles what a step of training on such a batch needs; accumulators of all metrics exist afterwards. */
	async prepare(batch) {
		await this.#trainStep(batch);
	}
	/** One step: new weights, optimizer variables, layers' state and metrics, all or nothing. */
	async train(batch) {
		const { program, leaves, learningRate, iteration } = await this.#trainStep(batch);
		const optimizer = this.#compiled.args.optimizer;
		const feeds = feedsOf(leaves, batch);
		feeds.set(learningRate, optimizer.learningRate.at(optimizer.iteration));
		feeds.set(iteration, optimizer.iteration);
		await program.run({
			rows: batch.rows,
			feeds,
			seed: this.#state.seed,
			iteration: this.#state.iteration
		});
		optimizer.iteration++;
		this.#state = {
			...this.#state,
			iteration: this.#state.iteration + 1
		};
	}
	/** Compiles what evaluating such a batch needs; accumulators of all metrics exist afterwards. */
	async prepareTest(batch) {
		await this.#testStep(batch);
	}
	/** Adds a batch to the metrics without training. */
	async test(batch) {
		const { program, leaves } = await this.#testStep(batch);
		await program.run({
			rows: batch.rows,
			feeds: feedsOf(leaves, batch),
			seed: this.#state.seed,
			iteration: 0
		});
	}
	/** Copies of the outputs, in the model's order. */
	async predict(batch) {
		const { program, leaves } = await (await this.#getPrograms()).predict(this.#signature(batch), batch.rows);
		const feeds = feedsOf(leaves, batch);
		const results = await program.run({
			rows: batch.rows,
			feeds,
			seed: this.#state.seed,
			iteration: 0
		});
		return this.network.outputs.map((_, i) => results[String(i)]);
	}
	/** The engine that computes, and what its bits depend on. */
	async engine() {
		return defaultEngine();
	}
	async #trainStep(batch) {
		const measures = this.measures(batch);
		checkLabels(this.network, measures, batch.targets);
		const { optimizer } = this.#compiled.args;
		const programs = await this.#getPrograms();
		const step = await programs.train(this.#signature(batch), batch.rows, {
			optimizer,
			measures,
			trainable: this.trainable
		});
		if (!this.#hasShards) {
			this.#hasShards = true;
			this.#state = {
				...this.#state,
				shards: step.shards
			};
			programs.settle(step.shards);
		}
		return step;
	}
	async #testStep(batch) {
		const measures = this.measures(batch);
		checkLabels(this.network, measures, batch.targets);
		return (await this.#getPrograms()).test(this.#signature(batch), batch.rows, {
			measures,
			trainable: this.trainable
		});
	}
	async #getPrograms() {
		this.#followTopology();
		this.#programs ??= new Programs(this.network, await defaultEngine(), this.#hasShards ? this.#state.shards : null);
		return this.#programs;
	}
	/** A Sequential that has grown or shrunk computes something else. */
	#followTopology() {
		const { topology } = this.network;
		if (this.#topology !== null && this.#topology !== topology) {
			this.#dropPrograms();
			if (this.#compiled !== null) this.#compiled = {
				...this.#compiled,
				trainable: null,
				measures: null
			};
		}
		this.#topology = topology;
	}
	#dropPrograms() {
		this.#programs?.dispose();
		this.#programs = null;
	}
	#signature(batch) {
		return signatureOf(batch, this.network.inputs.map(({ dtype }) => graphDType(dtype)));
	}
	setTrained(withSlots, trained) {
		const compiled = this.#requireCompiled("restoring");
		compiled.trainable = trained;
		this.#topology = this.network.topology;
		compiled.args.optimizer.rebuild(withSlots);
		compiled.args.optimizer.build(trained);
		this.#dropPrograms();
	}
	#bindOptimizer(compiled) {
		if (compiled.trainable !== null) return;
		compiled.trainable = this.network.trainableWeights;
		this.#topology = this.network.topology;
		compiled.args.optimizer.build(compiled.trainable);
	}
	#requireCompiled(method) {
		if (this.#compiled !== null) return this.#compiled;
		throw new StateError({
			code: "not-compiled",
			what: `${this.network.label} is not compiled, so ${method} does not know what to minimize`,
			fix: "Call compile first, e.g. model.compile({ optimizer: \"adam\", loss: \"mse\" })"
		});
	}
};
//#endregion
//#region src/callbacks/backup-and-restore.ts
const FIELDS$6 = {
	saveFreq: {
		default: "epoch",
		parse(value, where) {
			if (value === "epoch" || typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
			throw wrongOption(where, "\"epoch\" or a number of batches", value);
		}
	},
	doubleCheckpoint: bool(false),
	deleteCheckpoint: bool(true)
};
/**
* Makes a training survive interruptions: the whole state lives in `backupDir`, and the same call of `fit`, started
* again after anything, goes on where it was. It is `fit({ run })` with Keras's arguments.
*
* Unlike in Keras, a backup in mid-epoch goes on at the very batch, everything that trains is in it (the state of
* callbacks, metrics, random numbers and data, the history), a backup of another training is refused, and a later `fit`
* starts where it says.
*/
var BackupAndRestore = class extends Callback {
	static className = "BackupAndRestore";
	addsLogs = [];
	watchesOnly = true;
	durable;
	backupDir;
	/** @throws {OptionError} for wrong options */
	constructor(backupDir, options) {
		super();
		const { saveFreq, doubleCheckpoint, deleteCheckpoint } = resolveOptions("BackupAndRestore", FIELDS$6, options);
		this.backupDir = text().parse(backupDir, "BackupAndRestore.backupDir");
		const run = resolveRun("BackupAndRestore", {
			dir: this.backupDir,
			every: { steps: saveFreq === "epoch" ? null : saveFreq },
			keep: doubleCheckpoint ? 2 : 1
		});
		this.durable = {
			...run,
			deleteAtEnd: deleteCheckpoint
		};
	}
};
//#endregion
//#region src/callbacks/csv-line.ts
/** One line as Python's `csv` module writes it: quotes only where needed, CRLF at the end. */
function csvLine(fields, separator) {
	return `${fields.map((field) => field.includes(separator) || /["\r\n]/u.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field).join(separator)}\r\n`;
}
/** The fields of a line without its end. */
function parseCsvLine(line, separator) {
	const fields = [];
	let field = "";
	let quoted = false;
	for (let i = 0; i < line.length; i++) {
		const char = line[i];
		if (quoted && char === "\"" && line[i + 1] === "\"") {
			field += char;
			i++;
		} else if (char === "\"") quoted = !quoted;
		else if (char === separator && !quoted) {
			fields.push(field);
			field = "";
		} else field += char;
	}
	return [...fields, field];
}
//#endregion
//#region src/callbacks/csv-logger.ts
const FIELDS$5 = {
	separator: {
		default: ",",
		parse(value, where) {
			if (typeof value !== "string" || value.length !== 1) throw wrongOption(where, "one character", value);
			return value;
		}
	},
	append: bool(false)
};
/**
* Writes a row of logs an epoch: the zero-based epoch and the keys in alphabetical order, `NA` where there is no value,
* exactly as Keras does. A resumed training goes on in the file, without the rows of epochs that are trained again.
*/
var CSVLogger = class extends Callback {
	static className = "CSVLogger";
	addsLogs = [];
	watchesOnly = true;
	filename;
	options;
	#keys = null;
	#hasHeader = false;
	constructor(filename, options) {
		super();
		this.filename = text().parse(filename, "CSVLogger.filename");
		this.options = resolveOptions("CSVLogger", FIELDS$5, options);
	}
	async onTrainBegin(_logs, { files, resumed }) {
		const folder = this.filename.slice(0, Math.max(0, this.filename.lastIndexOf("/")));
		if (folder !== "") await files.makeFolder(folder);
		this.#keys = null;
		this.#hasHeader = false;
		if (await files.stat(this.filename) === void 0 || !this.options.append && resumed === null) {
			await files.writeFile(this.filename, new Uint8Array(0));
			return;
		}
		const content = new TextDecoder().decode(await files.readFile(this.filename));
		const kept = resumed === null ? content : withoutRowsFrom(resumed.epoch, content, this.options.separator);
		if (kept.length < content.length) await files.truncate(this.filename, new TextEncoder().encode(kept).length);
		if (kept === "") return;
		this.#hasHeader = true;
		const [first, ...keys] = parseCsvLine(kept.split(/\r?\n/u)[0], this.options.separator);
		if (first === "epoch" && keys.length > 0) this.#keys = keys;
	}
	async onEpochEnd(epoch, logs, { files }) {
		const keys = this.#keys ??= columns(logs);
		const { separator } = this.options;
		let lines = "";
		if (!this.#hasHeader) lines += csvLine(["epoch", ...keys], separator);
		lines += csvLine([String(epoch), ...keys.map((key) => Object.hasOwn(logs, key) ? repr(logs[key]) : "NA")], separator);
		await files.appendFile(this.filename, new TextEncoder().encode(lines));
		this.#hasHeader = true;
	}
	getState() {
		return {
			json: { keys: this.#keys === null ? null : [...this.#keys] },
			tensors: {}
		};
	}
	setState({ json }) {
		const { keys } = json;
		this.#keys ??= keys;
	}
};
/** The keys of the first logs; without validation in them, also those that validation would have. */
function columns(logs) {
	const keys = Object.keys(logs).sort();
	return keys.some((key) => key.startsWith("val_")) ? keys : [...keys, ...keys.map((key) => `val_${key}`)];
}
/** The file up to the last row of an epoch before `epoch`; a torn last line goes too. */
function withoutRowsFrom(epoch, content, separator) {
	const lines = content.split(/(?<=\n)/u);
	if (lines.length > 0 && !lines.at(-1).endsWith("\n")) lines.pop();
	while (lines.length > 1) {
		if (Number(parseCsvLine(lines.at(-1).trimEnd(), separator)[0]) < epoch) break;
		lines.pop();
	}
	return lines.join("");
}
//#endregion
//#region src/callbacks/monitor.ts
const monitorFields = {
	monitor: text({ default: "val_loss" }),
	mode: oneOf([
		"auto",
		"min",
		"max"
	], { default: "auto" })
};
/** Watches one key of the logs: checks before training that it will come, and tells improvements. */
var Monitor = class {
	key;
	#owner;
	#mode;
	#minDelta;
	#direction = null;
	/** @param owner class of the callback, for messages */
	constructor(owner, { monitor, mode }, minDelta = 0) {
		this.#owner = owner;
		this.key = monitor;
		this.#mode = mode;
		this.#minDelta = Math.abs(minDelta);
	}
	/**
	* Finds the direction, and fails where it can be known that the key will not come.
	* @param ofBatches whether it is wanted at the end of batches
	* @throws {OptionError} naming the keys there will be, and the nearest spelling
	*/
	prepare(params, ofBatches = false) {
		const log = params.logs.find(({ key }) => key === this.key);
		if (log === void 0 && !params.logsMayGrow) throw this.#missing(params);
		if (log?.batch === false && ofBatches) throw new OptionError({
			code: "monitor-batch",
			what: `${this.#owner} monitors "${this.key}" at the end of batches, where it is not known`,
			expected: `one of ${names(params.logs.filter(({ batch }) => batch).map(({ key }) => key))}`,
			fix: "Save at the end of epochs (saveFreq: \"epoch\"), or monitor a value of batches"
		});
		const known = log?.direction ?? (/(^|_)loss$/u.test(this.key) ? "min" : null);
		this.#direction = this.#mode === "auto" ? known : this.#mode;
		if (this.#direction === null) throw new OptionError({
			code: "monitor-direction",
			what: `${this.#owner} cannot tell whether more or less of "${this.key}" is better`,
			fix: "Pass mode: \"max\" or mode: \"min\""
		});
	}
	/** The value in the logs. A key that never was announced is reported; one that skips an epoch is not. */
	read(logs, params, context) {
		if (Object.hasOwn(logs, this.key)) return logs[this.key];
		if (!params.logs.some(({ key }) => key === this.key)) context.warn(`${this.#owner} monitors "${this.key}", which is not in the logs. There are ${names(Object.keys(logs))}.`);
	}
	/**
	* Whether `value` is better than `reference` by more than minDelta, compared in float32 as in Keras. Anything is
	* better than nothing, and any number better than NaN (with which Keras would stay for ever).
	*/
	isBetter(value, reference) {
		if (reference === null) return true;
		if (Number.isNaN(reference)) return !Number.isNaN(value);
		const bound = Math.fround(reference);
		return this.#direction === "max" ? Math.fround(value - this.#minDelta) > bound : Math.fround(value + this.#minDelta) < bound;
	}
	#missing(params) {
		const known = params.logs.map(({ key }) => key);
		const guess = nearest(this.key, known);
		const noValidation = this.key.startsWith("val_") && known.includes(this.key.slice(4));
		return new OptionError({
			code: "missing-monitor",
			what: `${this.#owner} monitors "${this.key}", which this training does not have`,
			expected: `one of ${names(known)}`,
			fix: noValidation ? `Give fit validationData or validationSplit, or monitor "${this.key.slice(4)}"` : guess === void 0 ? "Compile the model with that metric" : `Did you mean "${guess}"?`,
			data: {
				monitor: this.key,
				known
			}
		});
	}
};
function names(keys) {
	return keys.map((key) => `"${key}"`).join(", ");
}
//#endregion
//#region src/callbacks/verbose.ts
const verboseField = int({
	min: 0,
	max: 2
}, { default: 0 });
//#endregion
//#region src/callbacks/early-stopping.ts
const FIELDS$4 = {
	...monitorFields,
	verbose: verboseField,
	minDelta: float({}, { default: 0 }),
	patience: int({ min: 0 }, { default: 0 }),
	baseline: nullable(float()),
	restoreBestWeights: bool(false),
	startFromEpoch: int({ min: 0 }, { default: 0 })
};
/** Stops training when a value has stopped getting better. What it has seen survives a resume, best weights included. */
var EarlyStopping = class extends Callback {
	static className = "EarlyStopping";
	addsLogs = [];
	options;
	#monitor;
	#best = null;
	#bestEpoch = 0;
	#bestWeights = null;
	#wait = 0;
	#stoppedEpoch = 0;
	constructor(options) {
		super();
		this.options = resolveOptions("EarlyStopping", FIELDS$4, options);
		this.#monitor = new Monitor("EarlyStopping", this.options, this.options.minDelta);
	}
	/** The best value so far; null before the first. */
	get best() {
		return this.#best;
	}
	/** Zero-based epoch of the best value. */
	get bestEpoch() {
		return this.#bestEpoch;
	}
	/** Epochs since the last improvement. */
	get wait() {
		return this.#wait;
	}
	/** Zero-based epoch that training was stopped in; 0 when it was not. */
	get stoppedEpoch() {
		return this.#stoppedEpoch;
	}
	onTrainBegin() {
		this.#monitor.prepare(this.params);
		this.#best = null;
		this.#bestEpoch = 0;
		this.#bestWeights = null;
		this.#wait = 0;
		this.#stoppedEpoch = 0;
	}
	async onEpochEnd(epoch, logs, context) {
		const { baseline, patience, restoreBestWeights, startFromEpoch } = this.options;
		const current = this.#monitor.read(logs, this.params, context);
		if (current === void 0 || epoch < startFromEpoch) return;
		const improved = this.#monitor.isBetter(current, this.#best);
		if (restoreBestWeights && (improved || this.#bestWeights === null)) {
			this.#bestWeights = await this.model.getWeights();
			this.#bestEpoch = epoch;
		}
		this.#wait++;
		if (improved) {
			this.#best = current;
			this.#bestEpoch = epoch;
			if (baseline === null || this.#monitor.isBetter(current, baseline)) this.#wait = 0;
		} else if (this.#wait >= patience && epoch > 0) {
			this.#stoppedEpoch = epoch;
			this.model.stopTraining = true;
		}
	}
	async onTrainEnd(_logs, context) {
		const { restoreBestWeights, verbose } = this.options;
		if (this.#stoppedEpoch > 0 && verbose > 0) context.print(`Epoch ${this.#stoppedEpoch + 1}: early stopping\n`);
		if (!restoreBestWeights || this.#bestWeights === null) return;
		if (verbose > 0) context.print(`Restoring model weights from the end of the best epoch: ${this.#bestEpoch + 1}.\n`);
		await this.model.setWeights(this.#bestWeights);
	}
	getState() {
		return {
			json: {
				best: this.#best === null ? null : numberToJson(this.#best),
				bestEpoch: this.#bestEpoch,
				wait: this.#wait,
				stoppedEpoch: this.#stoppedEpoch,
				bestWeights: this.#bestWeights?.length ?? null
			},
			tensors: Object.fromEntries((this.#bestWeights ?? []).map((weight, i) => [String(i), weight]))
		};
	}
	setState({ json, tensors }) {
		const state = json;
		this.#best = state.best === null ? null : numberFromJson(state.best);
		this.#bestEpoch = state.bestEpoch;
		this.#wait = state.wait;
		this.#stoppedEpoch = state.stoppedEpoch;
		this.#bestWeights = state.bestWeights === null ? null : Array.from({ length: state.bestWeights }, (_, i) => tensors[String(i)]);
	}
};
//#endregion
//#region src/callbacks/lambda-callback.ts
/** A callback made of functions. It remembers nothing across a resume; subclass Callback for that. */
var LambdaCallback = class extends Callback {
	static className = "LambdaCallback";
	/** @throws {OptionError} for hooks that do not exist, with the nearest spelling, and for what is no function */
	constructor(hooks) {
		super();
		const known = Object.getOwnPropertyNames(Callback.prototype).filter((name) => /^on[A-Z]/u.test(name));
		for (const [name, hook] of Object.entries(hooks)) {
			if (hook === void 0) continue;
			if (!known.includes(name) || typeof hook !== "function") {
				const guess = nearest(name, known);
				throw new OptionError({
					code: "unknown-hook",
					what: known.includes(name) ? `LambdaCallback.${name} must be a function` : `LambdaCallback has no hook "${name}"`,
					...known.includes(name) ? { received: typeof hook } : { expected: `one of ${known.join(", ")}` },
					...known.includes(name) || guess === void 0 ? {} : { fix: `Did you mean "${guess}"?` }
				});
			}
			Object.defineProperty(this, name, {
				value: hook,
				enumerable: true
			});
		}
	}
};
//#endregion
//#region src/callbacks/learning-rate.ts
/**
* The model's learning rate, if it can be set.
* @throws {StateError} when a schedule computes it
*/
function settableRate(owner, { optimizer }) {
	if (!optimizer.hasSchedule) return optimizer.learningRate;
	throw new StateError({
		code: "learning-rate-schedule",
		what: `${owner} sets the learning rate, but the optimizer "${optimizer.name}" follows a schedule`,
		fix: "Give the optimizer a number as learningRate, or leave the callback out"
	});
}
//#endregion
//#region src/callbacks/learning-rate-scheduler.ts
const FIELDS$3 = { verbose: verboseField };
/**
* Sets the learning rate at the begin of each epoch. Adds `learning_rate` to the logs. Epochs are absolute and the rate
* is part of the optimizer's state, so a resumed training goes on as it was.
*/
var LearningRateScheduler = class extends Callback {
	static className = "LearningRateScheduler";
	addsLogs = ["learning_rate"];
	options;
	#schedule;
	constructor(schedule, options) {
		super();
		if (typeof schedule !== "function") throw wrongOption("LearningRateScheduler.schedule", "a function of (epoch, learningRate)", schedule);
		this.#schedule = schedule;
		this.options = resolveOptions("LearningRateScheduler", FIELDS$3, options);
	}
	onTrainBegin() {
		settableRate("LearningRateScheduler", this.model);
	}
	/** @throws {OptionError} when the schedule does not give a number */
	onEpochBegin(epoch, _logs, context) {
		const rate = settableRate("LearningRateScheduler", this.model);
		const next = this.#schedule(epoch, rate.numpy());
		if (typeof next !== "number" || !Number.isFinite(next)) throw new OptionError({
			code: "schedule-result",
			what: `The schedule of LearningRateScheduler gave no learning rate for epoch ${epoch}`,
			received: String(next),
			expected: "a finite number"
		});
		rate.assign(next);
		if (this.options.verbose > 0) context.print(`\nEpoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${repr(next)}.\n`);
	}
	onEpochEnd(_epoch, logs) {
		logs["learning_rate"] = this.model.optimizer.learningRate.numpy();
	}
};
//#endregion
//#region src/callbacks/checkpoint-checks.ts
/** Epochs whose paths are looked at before training. */
const CHECKED_EPOCHS = 1e3;
/**
* Checks that every placeholder of a checkpoint's path will have a value.
* @param ofBatches whether files are saved at the end of batches
* @throws {OptionError} naming the keys there are, and the nearest spelling
*/
function checkFields(fields, { logs, logsMayGrow }, ofBatches) {
	const known = [
		"epoch",
		...ofBatches ? ["batch"] : [],
		...logs.filter(({ batch }) => batch || !ofBatches).map(({ key }) => key)
	];
	for (const field of fields) {
		if (known.includes(field) || logsMayGrow && field !== "batch") continue;
		const guess = nearest(field, known);
		const onlyOfEpochs = logs.some(({ key }) => key === field);
		throw new OptionError({
			code: "checkpoint-placeholder",
			what: `ModelCheckpoint.filepath: there is no value for {${field}}${ofBatches ? " at the end of batches" : ""}`,
			expected: `one of ${[...new Set(known)].map((key) => `{${key}}`).join(", ")}`,
			fix: field === "batch" ? "Set saveFreq to a number of batches, or leave {batch} out" : onlyOfEpochs ? "Save at the end of epochs (saveFreq: \"epoch\")" : guess === void 0 ? "Compile the model with that metric, or give fit validation data" : `Did you mean {${guess}}?`,
			data: {
				field,
				known
			}
		});
	}
}
/**
* Checks paths that are known before training: none may be a folder, and with `written` (the files that this callback
* wrote itself; null: any file may be replaced) none may exist.
* @throws {OptionError}
*/
async function checkFree(template, { epochs, initialEpoch }, written, { files }) {
	if (template.fields.some((field) => field !== "epoch")) return;
	const last = template.fields.length === 0 ? initialEpoch + 1 : Math.min(epochs, initialEpoch + CHECKED_EPOCHS);
	for (let epoch = initialEpoch + 1; epoch <= last; epoch++) {
		const path = template.format(new Map([["epoch", epoch]]));
		const present = await files.stat(path);
		if (present === void 0) continue;
		if (present.kind === "folder") throw new OptionError({
			code: "checkpoint-folder",
			what: `ModelCheckpoint.filepath "${path}" is a folder`,
			fix: "Give the path of a file"
		});
		if (written === null || written.has(path)) continue;
		throw new OptionError({
			code: "checkpoint-exists",
			what: `ModelCheckpoint would overwrite "${path}", which this run did not write`,
			fix: "Choose another path, move the file away, or set overwrite: true",
			data: { path }
		});
	}
}
//#endregion
//#region src/callbacks/checkpoint-retention.ts
/**
* Removes the files that the policy does not ask for, now that `saved` is durable. The newest, and the newest whose
* loss was finite, always stay; files that are still being written are not counted.
* @param files oldest first
* @returns paths that are there no more
*/
async function removeOld(files, saved, policy, { files: disk, warn }) {
	const gone = /* @__PURE__ */ new Set();
	const durable = [];
	for (const file of files.slice(0, files.findIndex(({ path }) => path === saved) + 1)) {
		const stat = await disk.stat(file.path);
		if (stat === void 0) gone.add(file.path);
		else durable.push({
			...file,
			bytes: stat.size,
			time: stat.modified
		});
	}
	const kept = retain(durable, policy, Date.now());
	for (const file of durable) {
		if (kept.has(file)) continue;
		try {
			await disk.remove(file.path);
			gone.add(file.path);
		} catch (error) {
			warn(`ModelCheckpoint could not remove "${file.path}": ${error.message}`);
		}
	}
	return gone;
}
//#endregion
//#region src/callbacks/template.ts
const SPEC = /^(?:(.)?([<>^=]))?([-+ ]?)(0?)(\d*)([,_]?)(?:\.(\d+))?([a-zA-Z%]?)$/su;
const WHOLE_TYPES = [
	"",
	"d",
	"n",
	"b",
	"o",
	"x",
	"X",
	"e",
	"E",
	"f",
	"F",
	"g",
	"G",
	"%"
];
const FLOAT_TYPES = [
	"",
	"n",
	"e",
	"E",
	"f",
	"F",
	"g",
	"G",
	"%"
];
/**
* Parses a template, and checks formats against the kind of value: `{val_loss:02d}` fails here and not after an epoch.
* @param where for messages, e.g. "ModelCheckpoint.filepath"
* @param whole names of the fields that are whole numbers
* @throws {OptionError}
*/
function parseTemplate(text, where, whole) {
	const parts = [];
	const fail = (why) => new OptionError({
		code: "template",
		what: `${where}: ${why}`,
		received: JSON.stringify(text),
		expected: "placeholders as in Python's str.format, e.g. {epoch:02d} or {val_loss:.2f}"
	});
	for (const [piece] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[^{}]+|[{}]/gu)) if (piece === "{{" || piece === "}}") parts.push(piece[0]);
	else if (piece === "{" || piece === "}") throw fail(`a single "${piece}" stands alone; write "${piece}${piece}" for the character`);
	else if (piece.startsWith("{")) parts.push(placeholder(piece.slice(1, -1), whole, fail));
	else parts.push(piece);
	return {
		fields: [...new Set(parts.flatMap((part) => typeof part === "string" ? [] : [part.name]))],
		format: (values) => parts.map((part) => typeof part === "string" ? part : show(values.get(part.name), part.spec, whole.includes(part.name))).join("")
	};
}
function placeholder(body, whole, fail) {
	const colon = body.indexOf(":");
	const name = colon < 0 ? body : body.slice(0, colon);
	if (!/^[A-Za-z_][\w-]*$/u.test(name)) throw fail(name === "" ? "a placeholder needs a name" : `"${name}" is no name of a placeholder`);
	const text = colon < 0 ? "" : body.slice(colon + 1);
	const match = SPEC.exec(text);
	const types = whole.includes(name) ? WHOLE_TYPES : FLOAT_TYPES;
	const type = match?.[8] ?? "";
	if (match === null) throw fail(`"${text}" is no format for {${name}}`);
	if (!types.includes(type)) throw fail(`the format "${type}" of {${name}} does not fit a ${whole.includes(name) ? "whole number" : "number with decimals"}`);
	const precision = match[7] === void 0 ? null : Number(match[7]);
	if (precision !== null && whole.includes(name) && [
		"",
		"d",
		"n",
		"b",
		"o",
		"x",
		"X"
	].includes(type)) throw fail(`the whole number {${name}} takes no precision`);
	const zero = match[4] === "0";
	return {
		name,
		spec: {
			fill: match[1] ?? (zero ? "0" : " "),
			align: match[2] ?? (zero ? "=" : ">"),
			sign: match[3] ?? "",
			width: Number(match[5] || 0),
			grouping: match[6] ?? "",
			precision,
			type
		}
	};
}
function show(value, spec, whole) {
	const sign = value < 0 || Object.is(value, -0) ? "-" : spec.sign === "-" ? "" : spec.sign;
	const body = grouped(digits(Math.abs(value), spec, whole), spec, spec.width - sign.length);
	const missing = Math.max(0, spec.width - sign.length - body.length);
	const pad = spec.fill.repeat(missing);
	if (spec.align === "=") return sign + pad + body;
	if (spec.align === "<") return sign + body + pad;
	if (spec.align === "^") {
		const left = Math.floor(missing / 2);
		return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
	}
	return pad + sign + body;
}
/** Separators between groups of three digits; zeros that fill up to the width are grouped too. */
function grouped(body, { align, fill, grouping }, width) {
	if (grouping === "") return body;
	const group = (text) => text.replace(/^\d+/u, (run) => run.replace(/\B(?=(\d{3})+$)/gu, grouping));
	let zeros = "";
	if (align === "=" && fill === "0") while (group(zeros + body).length < width) zeros += "0";
	return group(zeros + body);
}
function digits(value, { type, precision }, whole) {
	const places = precision ?? 6;
	switch (type) {
		case "e": return exponential(value, places);
		case "E": return exponential(value, places).toUpperCase();
		case "f": return fixed(value, places);
		case "F": return fixed(value, places).toUpperCase();
		case "g": return general(value, places);
		case "G": return general(value, places).toUpperCase();
		case "%": return `${fixed(value * 100, places)}%`;
		case "b": return value.toString(2);
		case "o": return value.toString(8);
		case "x": return value.toString(16);
		case "X": return value.toString(16).toUpperCase();
		case "n": return whole ? String(value) : general(value, places);
		default:
			if (whole) return String(value);
			return precision === null ? repr(value) : withPoint(general(value, precision));
	}
}
/** Without a type but with a precision, Python's floats are "g" that keeps a digit after the point. */
function withPoint(text) {
	return /[.einf]/u.test(text) ? text : `${text}.0`;
}
//#endregion
//#region src/callbacks/model-checkpoint.ts
const saveFreqField = {
	default: "epoch",
	parse(value, where) {
		if (value === "epoch") return value;
		if (typeof value !== "number" || !Number.isInteger(value) || value < 1) throw wrongOption(where, "\"epoch\" or a number of batches", value);
		return value;
	}
};
const FIELDS$2 = {
	...monitorFields,
	verbose: verboseField,
	saveBestOnly: bool(false),
	saveWeightsOnly: bool(false),
	saveFreq: saveFreqField,
	initialValueThreshold: nullable(float()),
	overwrite: bool(true),
	maxToKeep: {
		default: null,
		parse: (value, where) => value === null ? null : resolveKeep(where, value)
	},
	async: bool(true)
};
/**
* Saves the model (or its weights) while it trains, with everything that training needs to go on. The path may have
* placeholders: `{epoch:02d}` (from 1), with a numeric saveFreq `{batch:04d}` (from 1), and any key of the logs,
* `{val_loss:.2f}`. `.keras` or `.h5` for whole models, `.weights.h5` or `.h5` for weights.
*
* Unlike in Keras, the best value survives a resume, keys and formats are checked before training, and an epoch
* without the monitored value saves nothing under saveBestOnly.
*/
var ModelCheckpoint = class extends Callback {
	static className = "ModelCheckpoint";
	addsLogs = [];
	watchesOnly = true;
	filepath;
	options;
	#monitor;
	#template;
	#best;
	#epoch = 0;
	#batchesSinceSave = 0;
	#lastBatch = null;
	#files = [];
	/** Saves so far. */
	#saves = 0;
	#keep;
	/** @throws {OptionError} for wrong options, extensions and placeholders */
	constructor(filepath, options) {
		super();
		this.options = resolveOptions("ModelCheckpoint", FIELDS$2, options);
		this.filepath = text().parse(filepath, "ModelCheckpoint.filepath");
		checkExtension(this.filepath, this.options.saveWeightsOnly);
		this.#template = parseTemplate(this.filepath, "ModelCheckpoint.filepath", ["epoch", "batch"]);
		this.#monitor = new Monitor("ModelCheckpoint", this.options);
		this.#best = this.options.initialValueThreshold;
		const keep = options?.maxToKeep ?? null;
		this.#keep = keep === null ? null : resolveKeep("ModelCheckpoint.maxToKeep", keep, this.options.monitor);
	}
	/** The best value so far; null before the first. */
	get best() {
		return this.#best;
	}
	async onTrainBegin(_logs, context) {
		const { overwrite, saveBestOnly, saveFreq } = this.options;
		if (saveBestOnly) this.#monitor.prepare(this.params, saveFreq !== "epoch");
		checkFields(this.#template.fields, this.params, saveFreq !== "epoch");
		if (context.resumed === null) {
			const written = overwrite ? null : new Set(this.#files.map(({ path }) => path));
			await checkFree(this.#template, this.params, written, context);
		}
	}
	onEpochBegin(epoch) {
		this.#epoch = epoch;
	}
	onTrainBatchEnd(batch, logs, context) {
		const { saveFreq } = this.options;
		if (saveFreq === "epoch") return;
		const isNewEpoch = this.#lastBatch === null || batch <= this.#lastBatch;
		this.#batchesSinceSave += isNewEpoch ? batch + 1 : batch - this.#lastBatch;
		this.#lastBatch = batch;
		if (this.#batchesSinceSave < saveFreq) return;
		this.#batchesSinceSave = 0;
		this.#save(this.#epoch, batch, logs, context);
	}
	onEpochEnd(epoch, logs, context) {
		if (this.options.saveFreq === "epoch") this.#save(epoch, null, logs, context);
	}
	getState() {
		return {
			json: {
				best: this.#best === null ? null : numberToJson(this.#best),
				epoch: this.#epoch,
				batchesSinceSave: this.#batchesSinceSave,
				lastBatch: this.#lastBatch,
				saves: this.#saves,
				files: this.#files.map((file) => ({
					...file,
					score: file.score === null ? null : numberToJson(file.score)
				}))
			},
			tensors: {}
		};
	}
	setState({ json }) {
		const state = json;
		this.#best = state.best === null ? null : numberFromJson(state.best);
		this.#epoch = state.epoch;
		this.#batchesSinceSave = state.batchesSinceSave;
		this.#lastBatch = state.lastBatch;
		this.#saves = state.saves;
		this.#files = state.files.map((file) => ({
			...file,
			score: file.score === null ? null : numberFromJson(file.score)
		}));
	}
	#save(epoch, batch, logs, context) {
		const path = this.#due(epoch, batch, logs, context);
		if (path === null) return;
		const { async, overwrite, saveWeightsOnly, verbose } = this.options;
		const others = this.#files.filter((file) => file.path !== path);
		const own = others.length < this.#files.length;
		const score = (this.#keep === null ? void 0 : logs[this.#keep.monitor]) ?? null;
		const finite = Number.isFinite(logs["loss"] ?? 0);
		this.#files = [...others, {
			path,
			ordinal: this.#saves++,
			step: epoch + 1,
			finite,
			score
		}];
		context.requestSave({
			path,
			weightsOnly: saveWeightsOnly,
			overwrite: overwrite || own || context.resumed !== null,
			async,
			saved: async () => {
				if (verbose > 0) context.print(`\nEpoch ${epoch + 1}: finished saving model to ${path}\n`);
				if (this.#keep === null) return;
				const policy = retentionPolicy(this.#keep, this.params.logs);
				const gone = await removeOld(this.#files, path, policy, context);
				this.#files = this.#files.filter((file) => !gone.has(file.path));
			}
		});
	}
	/** The path to save to, or null when nothing is to be saved. */
	#due(epoch, batch, logs, context) {
		const { saveBestOnly, verbose } = this.options;
		const say = (message) => {
			if (verbose > 0) context.print(`\nEpoch ${epoch + 1}: ${message}\n`);
		};
		if (!saveBestOnly) {
			const path = this.#pathOf(epoch, batch, logs, context);
			if (path !== null) say(`saving model to ${path}`);
			return path;
		}
		const current = this.#monitor.read(logs, this.params, context);
		if (current === void 0) return null;
		const best = this.#best === null ? "None" : fixed(this.#best, 5);
		if (!this.#monitor.isBetter(current, this.#best)) {
			say(`${this.#monitor.key} did not improve from ${best}`);
			return null;
		}
		const path = this.#pathOf(epoch, batch, logs, context);
		if (path === null) return null;
		say(`${this.#monitor.key} improved from ${best} to ${fixed(current, 5)}, saving model to ${path}`);
		this.#best = current;
		return path;
	}
	/** Null, with a warning, when these logs lack a value of the path: a save that cannot be never ends a training. */
	#pathOf(epoch, batch, logs, context) {
		const values = new Map(Object.entries(logs));
		if (batch !== null && !values.has("batch")) values.set("batch", batch + 1);
		values.set("epoch", epoch + 1);
		const missing = this.#template.fields.find((field) => !values.has(field));
		if (missing === void 0) return this.#template.format(values);
		context.warn(`ModelCheckpoint saved nothing at the end of epoch ${epoch + 1}: these logs have no {${missing}} for "${this.filepath}". There are ${[...values.keys()].join(", ")}.`);
		return null;
	}
};
function checkExtension(path, weightsOnly) {
	const allowed = weightsOnly ? [".weights.h5", ".h5"] : [".keras", ".h5"];
	if (allowed.some((extension) => path.endsWith(extension))) return;
	throw new OptionError({
		code: "checkpoint-extension",
		what: `ModelCheckpoint cannot save ${weightsOnly ? "weights" : "a model"} to this kind of file`,
		received: JSON.stringify(path),
		expected: `a path that ends in ${allowed.map((extension) => `"${extension}"`).join(" or ")}`
	});
}
//#endregion
//#region src/callbacks/reduce-lr-on-plateau.ts
const FIELDS$1 = {
	...monitorFields,
	verbose: verboseField,
	factor: {
		default: .1,
		parse(value, where) {
			if (typeof value !== "number" || !(value >= 0 && value < 1)) throw wrongOption(where, "a number below 1", value);
			return value;
		}
	},
	patience: int({ min: 0 }, { default: 10 }),
	minDelta: float({}, { default: 1e-4 }),
	cooldown: int({ min: 0 }, { default: 0 }),
	minLr: float({ min: 0 }, { default: 0 })
};
/** Reduces the learning rate when a value has stopped getting better. Adds `learning_rate` to the logs. */
var ReduceLROnPlateau = class extends Callback {
	static className = "ReduceLROnPlateau";
	addsLogs = ["learning_rate"];
	options;
	#monitor;
	#best = null;
	#wait = 0;
	#cooldownCounter = 0;
	constructor(options) {
		super();
		this.options = resolveOptions("ReduceLROnPlateau", FIELDS$1, options);
		this.#monitor = new Monitor("ReduceLROnPlateau", this.options, this.options.minDelta);
	}
	get best() {
		return this.#best;
	}
	/** Epochs since the last improvement or reduction. */
	get wait() {
		return this.#wait;
	}
	/** Epochs that do not count yet. */
	get cooldownCounter() {
		return this.#cooldownCounter;
	}
	onTrainBegin() {
		this.#monitor.prepare(this.params);
		settableRate("ReduceLROnPlateau", this.model);
		this.#best = null;
		this.#wait = 0;
		this.#cooldownCounter = 0;
	}
	onEpochEnd(epoch, logs, context) {
		logs["learning_rate"] = this.model.optimizer.learningRate.numpy();
		const current = this.#monitor.read(logs, this.params, context);
		if (current === void 0) return;
		if (this.#cooldownCounter > 0) {
			this.#cooldownCounter--;
			this.#wait = 0;
		}
		if (this.#monitor.isBetter(current, this.#best)) {
			this.#best = current;
			this.#wait = 0;
		} else if (this.#cooldownCounter === 0) {
			this.#wait++;
			if (this.#wait >= this.options.patience) this.#reduce(epoch, context);
		}
	}
	getState() {
		return {
			json: {
				best: this.#best === null ? null : numberToJson(this.#best),
				wait: this.#wait,
				cooldownCounter: this.#cooldownCounter
			},
			tensors: {}
		};
	}
	setState({ json }) {
		const state = json;
		this.#best = state.best === null ? null : numberFromJson(state.best);
		this.#wait = state.wait;
		this.#cooldownCounter = state.cooldownCounter;
	}
	#reduce(epoch, context) {
		const { cooldown, factor, minLr, verbose } = this.options;
		const rate = settableRate("ReduceLROnPlateau", this.model);
		const old = rate.numpy();
		if (old <= Math.fround(minLr)) return;
		const reduced = Math.max(old * factor, minLr);
		rate.assign(reduced);
		if (verbose > 0) context.print(`\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${repr(reduced)}.\n`);
		this.#cooldownCounter = cooldown;
		this.#wait = 0;
	}
};
//#endregion
//#region src/callbacks/terminate-on-nan.ts
const FIELDS = { raiseError: bool(false) };
/** Ends the training when the loss of a batch is NaN or infinite. */
var TerminateOnNaN = class extends Callback {
	static className = "TerminateOnNaN";
	addsLogs = [];
	options;
	constructor(options) {
		super();
		this.options = resolveOptions("TerminateOnNaN", FIELDS, options);
	}
	/** @throws {StateError} with raiseError */
	onTrainBatchEnd(batch, logs, context) {
		const loss = logs["loss"];
		if (loss === void 0 || Number.isFinite(loss)) return;
		if (this.options.raiseError) throw new StateError({
			code: "invalid-loss",
			what: `The loss of batch ${batch} is ${repr(loss)}`,
			fix: "Lower the learning rate, clip gradients (clipnorm), or look for invalid values in the data",
			data: {
				batch,
				loss: repr(loss)
			}
		});
		context.print(`Batch ${batch}: Invalid loss, terminating training\n`);
		this.model.stopTraining = true;
	}
};
//#endregion
//#region src/callbacks/index.ts
var callbacks_exports = /* @__PURE__ */ __exportAll({
	BackupAndRestore: () => BackupAndRestore,
	CSVLogger: () => CSVLogger,
	Callback: () => Callback,
	EarlyStopping: () => EarlyStopping,
	History: () => History,
	LambdaCallback: () => LambdaCallback,
	LearningRateScheduler: () => LearningRateScheduler,
	ModelCheckpoint: () => ModelCheckpoint,
	ReduceLROnPlateau: () => ReduceLROnPlateau,
	TerminateOnNaN: () => TerminateOnNaN
});
//#endregion
//#region src/saving/apply-optimizer.ts
/**
* Sets an optimizer's variables from a file, in any of the orders and namings that Keras has had.
* @param optimizer built for the model's trainable weights
* @throws {FormatError} naming the file and what does not fit; nothing has been set then
*/
function applyOptimizer(optimizer, entries, file) {
	const numbers = entries.map(({ name, tensor }) => ({
		name,
		tensor: withNumbers(tensor)
	}));
	if (isUntouched(numbers) && optimizer.variables.length > numbers.length) {
		optimizer.iteration = 0;
		const rate = numbers[1];
		if (rate !== void 0 && optimizer.learningRate.variable !== null) optimizer.learningRate.assign(rate.tensor.item());
		return;
	}
	try {
		optimizer.loadEntries(numbers);
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		throw new FormatError({
			code: error.code,
			what: `The optimizer state in "${file}" cannot be used`,
			received: error.message.replace(/\.$/, ""),
			fix: "Load the weights alone: loadWeights(path, { optimizer: false }), or loadModel(path, { compile: false })",
			data: error.data,
			cause: error
		});
	}
}
/** A step counter of 0 and perhaps a learning rate: the optimizer has made no step and has no slots. */
function isUntouched(entries) {
	if (entries.length === 0) return true;
	return entries.length <= 2 && entries.every(({ tensor }) => tensor.shape.length === 0) && entries[0].tensor.item() === 0;
}
//#endregion
//#region src/saving/apply-weights.ts
/**
* Sets all weights of a model, or none: everything is compared before the first one is set.
* @throws {FormatError} naming the layer whose weights do not fit, with both counts or shapes
*/
function applyWeights(network, stored, file) {
	const assignments = stored.layout === "layers" ? byOrder(network, stored.layers, file) : byPath(network, stored.objects, file);
	for (const [variable, tensor] of assignments) variable.write(withNumbers(tensor));
}
/** As `.h5` files are matched: layers that have weights, in order, whatever their names. */
function byOrder(network, stored, file) {
	const here = network.layers.map((layer) => ({
		layer,
		variables: [...layer.trainableWeights, ...layer.nonTrainableWeights]
	})).filter(({ variables }) => variables.length > 0);
	const there = stored.filter(({ weights }) => weights.length > 0);
	if (here.length !== there.length) throw new FormatError({
		code: "layer-count",
		what: `The weights in "${file}" do not fit ${network.label}: the number of layers with weights differs`,
		received: `${there.length} (${there.map(({ name }) => name).join(", ")})`,
		expected: `${here.length} (${here.map(({ layer }) => layer.name).join(", ")})`,
		fix: "Make the model as it was when the file was saved"
	});
	return here.flatMap(({ layer, variables }, i) => {
		const { name, weights } = there[i];
		return pairUp(layer, variables, weights.map(({ tensor }) => tensor), `"${file}", layer "${name}"`);
	});
}
/** As `.weights.h5` files are matched: by the objects' places in the model. */
function byPath(network, stored, file) {
	const placed = placeObjects(network).map((object) => ({
		...object,
		tensors: find(stored, object.path)
	}));
	const missing = placed.filter(({ variables, tensors }) => variables.length > 0 && !tensors?.length);
	const claimed = new Set(placed.flatMap(({ path }) => [path, oldPath(path)]));
	const unclaimed = [...stored].filter(([path, tensors]) => tensors.length > 0 && /^(layers|_layer_checkpoint_dependencies)\//.test(path) && !claimed.has(path));
	if (missing.length > 0 || unclaimed.length > 0) {
		const [first] = missing;
		throw new FormatError({
			code: "weights-places",
			what: first === void 0 ? `"${file}" holds weights that ${network.label} has no place for` : `"${file}" lacks the weights of ${missing.length} of the layers of ${network.label}, first ${first.layer.label}`,
			received: listed(unclaimed.map(([path]) => path)) || "no others",
			expected: listed(missing.map(({ path }) => path)) || "nothing else",
			fix: "Make the model as it was when the file was saved"
		});
	}
	return placed.flatMap(({ path, layer, variables, tensors }) => pairUp(layer, variables, tensors ?? [], `"${file}" at "${path}"`));
}
/** Keras 2.13 to 2.15 have another word for `layers`. */
const oldPath = (path) => path.replace(/(^|\/)layers(?=\/)/g, "$1_layer_checkpoint_dependencies");
function find(stored, path) {
	return stored.get(path) ?? stored.get(oldPath(path));
}
const listed = (paths) => paths.slice(0, 5).join(", ") + (paths.length > 5 ? ` and ${paths.length - 5} more` : "");
function pairUp(layer, variables, tensors, where) {
	if (variables.length !== tensors.length) throw new FormatError({
		code: "weight-count",
		what: `The weights of ${layer.label} do not fit (${where})`,
		received: `${tensors.length} weights`,
		expected: `${variables.length} (${variables.map(({ name }) => name).join(", ")})`,
		fix: "Make the layer as it was when the file was saved"
	});
	return variables.map((variable, i) => {
		const tensor = tensors[i];
		if (!sameShape(tensor.shape, variable.shape)) throw new FormatError({
			code: "weight-shape",
			what: `The weight "${variable.name}" of ${layer.label} does not fit (${where})`,
			received: `shape ${formatShape(tensor.shape)}`,
			expected: `shape ${formatShape(variable.shape)}`,
			fix: "Make the layer as it was when the file was saved"
		});
		return [variable, tensor];
	});
}
//#endregion
//#region src/saving/describe.ts
/** {@link Description}, or `{ unavailable }` with the reason when no file can describe the model. */
function describeModel(model) {
	try {
		const { layers, objects, ...outline } = outlineModel(model);
		const order = new Map(model.network.weights.map((variable, i) => [variable, i]));
		return {
			...outline,
			optimizer: model.optimizer?.name ?? null,
			layers: layers.map(({ name, variables }) => ({
				name,
				weights: variables.map((variable) => [variable.path, order.get(variable)])
			})),
			objects: objects.map(({ path, name, variables }) => ({
				path,
				name,
				weights: variables.map((variable) => order.get(variable))
			}))
		};
	} catch (error) {
		if (!(error instanceof PawlError)) throw error;
		return { unavailable: error.message };
	}
}
//#endregion
//#region src/saving/load.ts
/**
* What the whole-model file at `path` describes. To get the model: make the network from `model`, compile it with
* `compile`, then {@link restoreModel}.
* @throws {FormatError} when the file is missing, damaged, edited, of another kind, or carries code
*/
async function loadModelFile(path, options) {
	return readModelFile(await readBytes(path, options.vfs), {
		...options,
		file: path
	});
}
/** What the file at `path` has of weights, optimizer and training state; also from whole models. */
async function loadWeightsFile(path, options) {
	return readWeightsFile(await readBytes(path, options.vfs), {
		...options,
		file: path
	});
}
/**
* Sets weights, then the optimizer (when the model is compiled and the file has one), then the training state.
* @param loaded from the same architecture; of names only their order or places count
* @throws {FormatError} naming what does not fit
*/
function restoreModel(model, loaded, options = {}) {
	const { optimizer: wanted = true } = options;
	applyWeights(model.network, loaded.weights, loaded.file);
	if (!wanted || model.compileArgs === null) return;
	if (loaded.optimizer !== null) {
		if (loaded.trained !== null) {
			const { withSlots, trained } = loaded.trained;
			model.setTrained(at(withSlots, model, loaded.file), at(trained, model, loaded.file));
		}
		applyOptimizer(model.optimizer, loaded.optimizer, loaded.file);
	}
	if (loaded.state !== null) model.setTrainState(loaded.state);
}
function at(places, { network }, file) {
	return places.map((place) => {
		const weight = network.weights[place];
		if (weight !== void 0) return weight;
		throw new FormatError({
			code: "pawl-state",
			what: `The Pawl state in "${file}" names a trained weight that the model does not have`,
			received: `number ${place}`,
			expected: `0 to ${network.weights.length - 1}`,
			fix: "The file is damaged: use an older one"
		});
	});
}
async function readBytes(path, vfs) {
	const stat = await vfs.stat(path);
	if (stat === void 0) throw await missingFile(path, vfs);
	if (stat.kind !== "file") throw new FormatError({
		code: "not-a-file",
		what: `"${path}" is not a file`,
		received: stat.kind === "folder" ? "a folder" : "something else",
		expected: "a .keras, .h5, .hdf5 or .weights.h5 file"
	});
	return vfs.readFile(path);
}
async function missingFile(path, vfs) {
	const slash = path.lastIndexOf("/");
	const folder = slash < 0 ? "." : path.slice(0, slash);
	const names = await vfs.list(folder).catch(() => null);
	const guess = names === null ? void 0 : nearest(path.slice(slash + 1), names);
	return new FormatError({
		code: "no-file",
		what: names === null ? `There is no folder "${folder}"` : `There is no file "${path}"`,
		...guess === void 0 ? {} : { fix: `Did you mean "${slash < 0 ? guess : `${folder}/${guess}`}"?` },
		data: { path }
	});
}
//#endregion
//#region src/model/compile-from.ts
/** The arguments of `compile` that a file has, with classes and functions of the user in their places. */
function compileFrom(stored, custom) {
	const put = (value) => withCustom(value, custom);
	return {
		...stored,
		optimizer: put(stored.optimizer),
		loss: put(stored.loss),
		lossWeights: stored.lossWeights,
		metrics: put(stored.metrics),
		weightedMetrics: put(stored.weightedMetrics)
	};
}
function withCustom(value, custom) {
	if (typeof value === "string") return Object.hasOwn(custom, value) ? made(custom[value], {}) : value;
	if (Array.isArray(value)) return value.map((item) => withCustom(item, custom));
	if (!isConfig(value)) return value;
	const { class_name: name, config, registered_name: registered } = value;
	if (typeof name !== "string") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withCustom(item, custom)]));
	const found = [registered, name].find((key) => typeof key === "string" && Object.hasOwn(custom, key));
	return typeof found === "string" ? made(custom[found], isConfig(config) ? config : {}) : value;
}
/** A class is made with its config, where it can read one; anything else stands for itself. */
function made(given, config) {
	if (typeof given !== "function" || !("className" in given)) return given;
	const cls = given;
	return cls.fromConfig === void 0 ? new cls(config) : cls.fromConfig(config);
}
//#endregion
//#region src/network/functional-config.ts
/** The config of a functional model as Keras 3 writes it: layers with the calls that belong to this model. */
function functionalConfig(model) {
	const { nodes, layers } = model.topology;
	const own = new Set(nodes);
	const { inputs, outputs } = model.grouping;
	return {
		name: model.name,
		trainable: model.trainable,
		layers: layers.map((layer) => ({
			...serialize(layer),
			name: layer.name,
			inbound_nodes: layer.inboundNodes.filter((node) => own.has(node) && !node.isInput).map((node) => nodeConfig(node, own))
		})),
		input_layers: groupConfig(inputs, own),
		output_layers: groupConfig(outputs, own)
	};
}
/** How often the layer was called for this model before `node`. */
function ownIndex(node, own) {
	return node.layer.inboundNodes.slice(0, node.index).filter((other) => own.has(other)).length;
}
function nodeConfig(node, own) {
	const inputs = node.inputs.map((tensor) => tensorConfig(tensor, own));
	const kwargs = node.layer.takesMask ? { mask: null } : {};
	for (const [option, value] of Object.entries(node.options)) kwargs[optionToKeras(option)] = value;
	return {
		args: [node.takesList ? inputs : inputs[0]],
		kwargs
	};
}
function tensorConfig(tensor, own) {
	const { node, tensorIndex, shape, dtype } = tensor;
	return {
		class_name: "__keras_tensor__",
		config: {
			shape: [...shape],
			dtype,
			keras_history: [
				node.layer.name,
				ownIndex(node, own),
				tensorIndex
			]
		}
	};
}
function groupConfig(tensors, own) {
	const one = ({ node, tensorIndex }) => [
		node.layer.name,
		ownIndex(node, own) + (node.layer.networkKind === "functional" ? 1 : 0),
		tensorIndex
	];
	if (tensors instanceof KerasTensor) return one(tensors);
	if (Array.isArray(tensors)) return tensors.map(one);
	return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, one(tensor)]));
}
//#endregion
//#region src/network/node-config.ts
/** Reads an entry of `inbound_nodes`: Keras 3's `{ args, kwargs }`, or Keras 2's list of [layer, node, tensor, kwargs]. */
function readCall(json, where) {
	if (Array.isArray(json)) return readLegacyCall(json, where);
	if (!isConfig(json) || !Array.isArray(json["args"])) throw notACall(json, where);
	const [argument, ...rest] = json["args"];
	if (argument === void 0 || rest.length > 0) throw notACall(json, where);
	const takesList = Array.isArray(argument);
	return {
		references: (takesList ? argument : [argument]).map((item) => readTensor(item, where)),
		takesList,
		options: readOptions(isConfig(json["kwargs"]) ? json["kwargs"] : {}),
		legacy: false
	};
}
function readTensor(json, where) {
	const config = isConfig(json) && json["class_name"] === "__keras_tensor__" ? json["config"] : void 0;
	const history = isConfig(config) ? config["keras_history"] : void 0;
	if (!Array.isArray(history)) throw notACall(json, where);
	const [layer, node, tensor] = history;
	if (typeof layer !== "string" || typeof node !== "number" || typeof tensor !== "number") throw notACall(json, where);
	return {
		layer,
		node,
		tensor
	};
}
function readLegacyCall(json, where) {
	const items = typeof json[0] === "string" ? [json] : json;
	let options = {};
	const references = items.map((item) => {
		if (!Array.isArray(item)) throw notACall(item, where);
		const [layer, node, tensor, kwargs] = item;
		if (typeof layer !== "string" || typeof node !== "number" || typeof tensor !== "number") throw notACall(item, where);
		if (isConfig(kwargs)) options = readOptions(kwargs);
		return {
			layer,
			node,
			tensor
		};
	});
	return {
		references,
		takesList: references.length > 1,
		options,
		legacy: true
	};
}
function readOptions(kwargs) {
	const given = Object.entries(kwargs).filter(([, value]) => value !== null);
	return Object.fromEntries(given.map(([key, value]) => [optionFromKeras(key), value]));
}
function notACall(json, where) {
	return new FormatError({
		code: "call-json",
		what: `${where}: this does not describe a call of a layer`,
		received: JSON.stringify(json)?.slice(0, 200) ?? "nothing",
		expected: "one tensor or one list of tensors that other layers give"
	});
}
//#endregion
//#region src/network/functional-from-config.ts
/**
* Makes the layers of a functional config and repeats their calls. Calls whose inputs do not exist yet (shared layers
* at several depths) are tried again after the others.
* @throws {FormatError} when calls depend on each other or on nothing
*/
function rebuildFunctional(config, resolve) {
	const name = typeof config["name"] === "string" ? config["name"] : null;
	const where = `model "${name ?? "without a name"}"`;
	const layers = /* @__PURE__ */ new Map();
	const pending = /* @__PURE__ */ new Map();
	for (const entry of list(config["layers"], where)) {
		const { layer, calls } = readLayer(entry, resolve, where);
		layers.set(layer.name, layer);
		pending.set(layer, calls);
	}
	const legacy = [...pending.values()].some((calls) => calls.some((call) => call.legacy));
	const wiring = new Wiring(layers, pending, config, where);
	wiring.repeatCalls();
	const group = (tensors) => legacy && Array.isArray(tensors) && tensors.length === 1 ? tensors[0] : tensors;
	return {
		inputs: group(wiring.group(config["input_layers"])),
		outputs: group(wiring.group(config["output_layers"])),
		name,
		trainable: config["trainable"] !== false
	};
}
function readLayer(entry, resolve, where) {
	const layer = deserialize(entry, resolve, where);
	return {
		layer,
		calls: (isConfig(entry) ? list(entry["inbound_nodes"] ?? [], where) : []).map((node) => readCall(node, `${where}, ${layer.label}`))
	};
}
var Wiring = class {
	#layers;
	#pending;
	#where;
	/** What the index of a layer's first call is: 1 for nested models in some places, as their own wiring counted once. */
	#firstInNodes;
	#firstInGroups;
	/** Calls from before: an InputLayer has one of its own, a nested model may have been called already. */
	#before = /* @__PURE__ */ new Map();
	constructor(layers, pending, config, where) {
		this.#layers = layers;
		this.#pending = pending;
		this.#where = where;
		for (const layer of layers.values()) {
			const isEntry = layer.inboundNodes.some((node) => node.isInput);
			this.#before.set(layer, isEntry ? 0 : layer.inboundNodes.length);
		}
		const calls = [...pending.values()].flat();
		if (calls.some((call) => call.legacy)) {
			const least = leastIndices([
				...calls.flatMap((call) => call.references),
				...references(config["input_layers"]),
				...references(config["output_layers"])
			]);
			const first = (name) => this.#layers.get(name)?.networkKind ? least.get(name) ?? 0 : 0;
			this.#firstInNodes = first;
			this.#firstInGroups = first;
		} else {
			this.#firstInNodes = () => 0;
			this.#firstInGroups = (name) => this.#layers.get(name)?.networkKind === "functional" ? 1 : 0;
		}
	}
	repeatCalls() {
		for (let progress = true; progress;) {
			progress = false;
			for (const [layer, calls] of this.#pending) while (calls.length > 0) {
				const call = calls[0];
				const tensors = call.references.map((reference) => this.#find(reference, this.#firstInNodes));
				if (!tensors.every((tensor) => tensor !== null)) break;
				layer.apply(call.takesList ? tensors : tensors[0], call.options);
				calls.shift();
				progress = true;
			}
		}
		const stuck = [...this.#pending].filter(([, calls]) => calls.length > 0).map(([layer]) => layer.label);
		if (stuck.length > 0) throw new FormatError({
			code: "unresolved-calls",
			what: `${this.#where}: these layers are called with tensors that never come to be: ${stuck.join(", ")}`,
			fix: "The file's graph has a loop or a missing part; it cannot be used"
		});
	}
	/** The tensors that `input_layers` or `output_layers` name, grouped as there. */
	group(json) {
		if (Array.isArray(json) && isReference(json)) return this.#named(json);
		if (Array.isArray(json)) return json.map((item) => this.#named(item));
		if (isConfig(json)) return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, this.#named(item)]));
		throw this.#wrongReference(json);
	}
	#named(json) {
		if (!Array.isArray(json) || !isReference(json)) throw this.#wrongReference(json);
		const tensor = this.#find(toReference(json), this.#firstInGroups);
		if (tensor === null) throw this.#wrongReference(json);
		return tensor;
	}
	#find({ layer: name, node, tensor }, first) {
		const layer = this.#layers.get(name);
		if (layer === void 0) throw new FormatError({
			code: "unknown-layer",
			what: `${this.#where}: a call refers to the layer "${name}", which the file does not have`
		});
		return layer.inboundNodes[this.#before.get(layer) + node - first(name)]?.outputs[tensor] ?? null;
	}
	#wrongReference(json) {
		return new FormatError({
			code: "tensor-reference",
			what: `${this.#where}: inputs and outputs must name tensors of layers`,
			received: JSON.stringify(json) ?? "nothing",
			expected: "[\"layer\", 0, 0]"
		});
	}
};
function isReference(json) {
	return json.length === 3 && typeof json[0] === "string" && typeof json[1] === "number" && typeof json[2] === "number";
}
function toReference(json) {
	return {
		layer: json[0],
		node: json[1],
		tensor: json[2]
	};
}
function references(json) {
	if (Array.isArray(json)) return isReference(json) ? [toReference(json)] : json.flatMap(references);
	return isConfig(json) ? Object.values(json).flatMap(references) : [];
}
function leastIndices(all) {
	const least = /* @__PURE__ */ new Map();
	for (const { layer, node } of all) least.set(layer, Math.min(node, least.get(layer) ?? node));
	return least;
}
function list(json, where) {
	if (Array.isArray(json)) return json;
	throw new FormatError({
		code: "model-json",
		what: `${where}: its config lacks a list of layers or calls`
	});
}
//#endregion
//#region src/network/input.ts
/**
* An entry of a network: the tensor that the first layers are applied to.
* @example const x = Input({ shape: [28, 28, 1], name: "image" });
*/
function Input(options) {
	return new InputLayer(options).tensor;
}
//#endregion
//#region src/network/topology.ts
/**
* Walks from the outputs to the inputs, depth first. The order of the layers decides their order in files: it follows
* Keras's `map_graph` step by step.
* @throws {StateError} when an output does not come from the inputs
* @throws {OptionError} when two layers have one name
*/
function mapTopology(label, inputs, outputs) {
	const { ordered, firstSeen } = walk(inputs, outputs);
	const inGraph = new Set(ordered);
	const nodeDepths = /* @__PURE__ */ new Map();
	const layerDepths = /* @__PURE__ */ new Map();
	for (const node of [...ordered].reverse()) {
		const depth = Math.max(nodeDepths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
		nodeDepths.set(node, depth);
		layerDepths.set(node.layer, depth);
		for (const { node: parent } of node.inputs) if (inGraph.has(parent)) nodeDepths.set(parent, Math.max(nodeDepths.get(parent) ?? 0, depth + 1));
	}
	for (const { node } of inputs) {
		if (layerDepths.has(node.layer) || !node.isInput) continue;
		layerDepths.set(node.layer, 0);
		firstSeen.set(node.layer, -1);
		nodeDepths.set(node, 0);
	}
	const nodes = [...nodeDepths].sort(([, a], [, b]) => b - a).map(([node]) => node);
	const layers = [...layerDepths].sort(([a, depthA], [b, depthB]) => depthB - depthA || firstSeen.get(a) - firstSeen.get(b)).map(([layer]) => layer);
	checkConnected(label, inputs, nodes);
	checkNames(label, layers);
	return {
		inputs,
		outputs,
		nodes,
		layers
	};
}
function walk(inputs, outputs) {
	const given = new Set(inputs);
	const finished = /* @__PURE__ */ new Set();
	const ordered = [];
	const firstSeen = /* @__PURE__ */ new Map();
	for (const output of outputs) {
		const stack = [];
		const enter = (tensor) => {
			const { node } = tensor;
			if (finished.has(node)) return;
			if (!node.isInput && given.has(tensor)) {
				finished.add(node);
				return;
			}
			if (!firstSeen.has(node.layer)) firstSeen.set(node.layer, firstSeen.size);
			stack.push({
				node,
				next: 0
			});
		};
		enter(output);
		for (let top = stack.at(-1); top !== void 0; top = stack.at(-1)) {
			const input = top.node.inputs[top.next++];
			if (input !== void 0) {
				enter(input);
				continue;
			}
			stack.pop();
			finished.add(top.node);
			ordered.push(top.node);
		}
	}
	return {
		ordered,
		firstSeen
	};
}
function checkConnected(label, inputs, nodes) {
	const known = new Set(inputs);
	for (const node of nodes) {
		const missing = node.isInput ? node.outputs.find((output) => !known.has(output)) : node.inputs.find((input) => !known.has(input));
		if (missing !== void 0) throw new StateError({
			code: "disconnected",
			what: `The graph of ${label} is disconnected: ${node.isInput ? `its outputs need ${missing}` : `${node.layer.label} needs ${missing}`}, which the inputs do not lead to`,
			received: `inputs ${inputs.map(String).join(", ")}`,
			fix: "Give every Input() that the outputs depend on in the list of inputs",
			data: { layer: node.layer.name }
		});
		for (const output of node.outputs) known.add(output);
	}
}
function checkNames(label, layers) {
	const seen = /* @__PURE__ */ new Map();
	for (const layer of layers) {
		const other = seen.get(layer.name);
		if (other !== void 0) throw new OptionError({
			code: "duplicate-layer",
			what: `Two layers of ${label} have the name "${layer.name}": a ${other.className} and a ${layer.className}`,
			fix: "Give one of them another name",
			data: { layer: layer.name }
		});
		seen.set(layer.name, layer);
	}
}
//#endregion
//#region src/network/intermediate.ts
/**
* Inputs may be tensors in the middle of another network: then fresh inputs take their place and the calls between are
* noted once more on the same layers, as Keras's `clone_graph_nodes` does.
*/
function fromIntermediate(label, grouping) {
	const inputs = flattenTensors(grouping.inputs);
	if (inputs.every((tensor) => tensor.node.isInput)) return grouping;
	const replaced = /* @__PURE__ */ new Map();
	for (const tensor of inputs) {
		const fresh = tensor.node.isInput ? tensor : Input({
			batchShape: tensor.shape,
			dtype: tensor.dtype,
			name: `${tensor.node.layer.name}CLONE`
		});
		replaced.set(tensor, fresh);
	}
	for (const node of mapTopology(label, inputs, flattenTensors(grouping.outputs)).nodes) repeat(node, replaced);
	const swap = (tensor) => replaced.get(tensor) ?? tensor;
	return {
		inputs: mapTensors(grouping.inputs, swap),
		outputs: mapTensors(grouping.outputs, swap)
	};
}
function repeat(node, replaced) {
	if (node.isInput || node.outputs.every((output) => replaced.has(output))) return;
	const inputs = node.inputs.map((input) => replaced.get(input));
	const copy = node.layer.addNode(node.takesList ? inputs : inputs[0], node.options, node.givesList ? node.outputs : node.outputs[0]);
	node.outputs.forEach((output, i) => {
		replaced.set(output, copy.outputs[i]);
	});
}
/** The same grouping with every tensor mapped. */
function mapTensors(tensors, map) {
	if (tensors instanceof KerasTensor) return map(tensors);
	if (Array.isArray(tensors)) return tensors.map(map);
	return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, map(tensor)]));
}
//#endregion
//#region src/network/run.ts
/** The values of the outputs for values of the inputs: every call of the topology once, in order. */
function runTopology(topology, inputs, context) {
	const values = /* @__PURE__ */ new Map();
	topology.inputs.forEach((tensor, i) => {
		values.set(tensor, inputs[i]);
	});
	for (const node of topology.nodes) {
		if (node.isInput || node.outputs.every((output) => values.has(output))) continue;
		const args = node.inputs.map((tensor) => values.get(tensor));
		const results = valuesOf(context.apply(node.layer, node.takesList ? args : args[0], node.options));
		node.outputs.forEach((tensor, i) => {
			values.set(tensor, results[i]);
		});
	}
	return topology.outputs.map((tensor) => {
		const value = values.get(tensor);
		if (value === void 0) throw new StateError({
			code: "disconnected",
			what: `${tensor} is not part of this network`
		});
		return value;
	});
}
//#endregion
//#region src/network/summary.ts
/** Below so many columns a table cannot be read, and a terminal says 0 when it does not know. */
const NARROWEST = 40;
/** Keras's table of a network: a row a layer, and the counts of parameters below. */
function summarize(model, optimizer, options) {
	const { expandNested = false, showTrainable = false, ascii = false } = options;
	const chain = isChain(model);
	const columns = columnsOf(chain, showTrainable, options.lineLength);
	const rows = model.layers.flatMap((layer) => rowsOf(model, layer, {
		chain,
		expandNested,
		showTrainable,
		level: 0
	}));
	const text = `${[
		`Model: "${model.name}"`,
		...drawTable(columns, rows, ascii),
		...counts(model, optimizer)
	].join("\n")}\n`;
	if (options.printFn) options.printFn(text);
	else console.log(text.trimEnd());
	return text;
}
function isChain(model) {
	if (model.networkKind === "sequential" || !model.wired) return true;
	const { nodes, layers } = model.topology;
	return nodes.every((node, i) => i === 0 ? node.isInput : node.inputs.length === 1 && node.inputs[0].node === nodes[i - 1]) && nodes.length === layers.length;
}
function columnsOf(chain, showTrainable, lineLength) {
	const titles = [
		"Layer (type)",
		"Output Shape",
		"Param #"
	];
	let ends = chain ? [
		.45,
		.8,
		1
	] : [
		.3,
		.56,
		.74,
		1
	];
	let width = chain ? 88 : 108;
	if (!chain) titles.push("Connected to");
	if (showTrainable) {
		width += 12;
		ends = [...ends.map((end) => end * .9), 1];
		titles.push("Trainable");
	}
	const total = lineLength ?? Math.min(width, terminalColumns());
	let used = 0;
	return titles.map((title, i) => {
		const size = Math.trunc(ends[i] * total) - used;
		used += size;
		return {
			title,
			width: size,
			align: title === "Param #" ? "right" : title === "Trainable" ? "center" : "left"
		};
	});
}
/** Columns of the terminal that stdout is, where it is one. */
function terminalColumns() {
	const { process } = globalThis;
	const columns = process?.stdout?.isTTY ? process.stdout.columns : void 0;
	return columns === void 0 || columns < NARROWEST ? Number.POSITIVE_INFINITY : columns;
}
function rowsOf(model, layer, options) {
	const row = [
		`${options.level === 0 ? "" : `${"   ".repeat(options.level)}└ `}${layer.name} (${layer.className})`,
		outputShape(layer),
		parameters(layer)
	];
	if (!options.chain) row.push(connections(model, layer));
	if (options.showTrainable) row.push(layer.weights.length === 0 ? "-" : layer.trainable ? "Y" : "N");
	if (!options.expandNested || layer.networkKind === null) return [row];
	return [row, ...layer.layers.flatMap((child) => rowsOf(model, child, {
		...options,
		level: options.level + 1
	}))];
}
function outputShape(layer) {
	const node = layer.inboundNodes.at(-1);
	if (node === void 0) return "?";
	const shapes = node.outputs.map(({ shape }) => pythonShape(shape));
	return node.givesList && shapes.length > 1 ? `[${shapes.join(", ")}]` : shapes[0];
}
function pythonShape(shape) {
	return `(${shape.map((dim) => dim ?? "None").join(", ")})`;
}
function parameters(layer) {
	return layer.built ? formatCount(layer.countParams()) : "0 (unbuilt)";
}
function connections(model, layer) {
	const own = new Set(model.topology.nodes);
	const names = layer.inboundNodes.filter((node) => own.has(node)).flatMap((node) => node.inputs).map(({ node, tensorIndex }) => `${node.layer.name}[${node.index}][${tensorIndex}]`);
	return names.length === 0 ? "-" : names.join(", ");
}
function counts(model, optimizer) {
	const line = (title, weights) => {
		const count = weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
		const bytes = weights.reduce((sum, weight) => sum + sizeOf(weight.shape) * byteSize(weight.dtype), 0);
		return ` ${title} params: ${formatCount(count)} (${memorySize(bytes)})`;
	};
	return [
		line("Total", [...model.weights, ...optimizer ?? []]),
		line("Trainable", model.trainableWeights),
		line("Non-trainable", model.nonTrainableWeights),
		...optimizer === null ? [] : [line("Optimizer", optimizer)]
	];
}
//#endregion
//#region src/network/functional.ts
/** A graph of layers between inputs and outputs; itself a layer. */
var Functional = class extends Layer {
	static className = "Functional";
	#topology = null;
	#grouping = null;
	/**
	* @param inputs what `Input()` gave (or tensors in the middle of another network): one, a list or a record by name
	* @param outputs what layers gave for them; null makes a network that is wired later
	*/
	constructor(inputs, outputs, options = {}) {
		super(options);
		if (inputs !== null && outputs !== null) this.rewire({
			inputs,
			outputs
		});
	}
	/** Sets, replaces or (null) drops the graph. For models that grow, such as Sequential. */
	rewire(grouping) {
		this.#grouping = null;
		this.#topology = null;
		if (grouping === null) return;
		checkTensors(this, "inputs", grouping.inputs);
		checkTensors(this, "outputs", grouping.outputs);
		const own = fromIntermediate(this.label, grouping);
		this.#topology = mapTopology(this.label, flattenTensors(own.inputs), flattenTensors(own.outputs));
		this.#grouping = own;
	}
	/** Whether inputs and outputs are known. */
	get wired() {
		return this.#topology !== null;
	}
	get topology() {
		if (this.#topology === null) throw new StateError({
			code: "not-built",
			what: `${this.label} is not built: the shape of its input is not known yet`,
			fix: "Give the first layer an inputShape, start with Input({ shape }), or call build([null, ...shape])",
			data: { layer: this.name }
		});
		return this.#topology;
	}
	get grouping() {
		this.topology;
		return this.#grouping;
	}
	get networkKind() {
		return "functional";
	}
	get built() {
		return this.wired;
	}
	/** All layers in Keras's order, input layers among them; the order of weights and files. */
	get layers() {
		return this.topology.layers;
	}
	get sublayers() {
		const own = super.sublayers;
		return [...new Set([...this.wired ? this.topology.layers : [], ...own])];
	}
	get inputs() {
		return this.topology.inputs;
	}
	get outputs() {
		return this.topology.outputs;
	}
	/** Names of the inputs, in order. */
	get inputNames() {
		return this.inputs.map(({ node }) => node.layer.name);
	}
	/** Names of the layers that the outputs come from, in order. */
	get outputNames() {
		return this.outputs.map(({ node }) => node.layer.name);
	}
	get knownInputShape() {
		return this.wired && this.inputs.length === 1 ? this.inputs[0].shape : super.knownInputShape;
	}
	get inputShape() {
		const shapes = this.inputs.map(({ shape }) => shape);
		return shapes.length === 1 ? shapes[0] : shapes;
	}
	get outputShape() {
		const shapes = this.outputs.map(({ shape }) => shape);
		return shapes.length === 1 ? shapes[0] : shapes;
	}
	/** @throws {OptionError} with the nearest name when there is no such layer */
	getLayer(nameOrIndex) {
		const { layers } = this;
		const found = typeof nameOrIndex === "number" ? layers.at(nameOrIndex) : layers.find((layer) => layer.name === nameOrIndex);
		if (found !== void 0) return found;
		if (typeof nameOrIndex === "string") throw unknownName(`${this.label} has no such layer`, nameOrIndex, layers.map((layer) => layer.name));
		throw new OptionError({
			code: "layer-index",
			what: `${this.label} has no layer ${nameOrIndex}`,
			expected: `0 to ${layers.length - 1}`
		});
	}
	get inputSpecs() {
		if (!this.wired) return null;
		return this.inputs.map(({ shape }) => ({
			rank: shape.length,
			axes: knownAxes(shape)
		}));
	}
	ensureBuilt(shapes) {
		if (!this.wired) this.build(shapes);
	}
	call(inputs, context) {
		const outputs = runTopology(this.topology, valuesOf(inputs), context);
		return outputs.length === 1 && this.#grouping?.outputs instanceof KerasTensor ? outputs[0] : outputs;
	}
	/** The architecture as Keras writes it. */
	getConfig() {
		return functionalConfig(this);
	}
	/** The network that a Keras config (of version 2 or 3) describes; `resolve` finds classes of layers. */
	static fromConfig(config, resolve) {
		const { inputs, outputs, name, trainable } = rebuildFunctional(config, resolve);
		return new this(inputs, outputs, {
			name,
			trainable
		});
	}
	/** Sizes of what else is counted in the summary: a model gives its optimizer's variables here once they exist. */
	get optimizerSizes() {
		return null;
	}
	/** Prints Keras's table of layers, shapes and parameters (through `printFn`) and returns it. */
	summary(options = {}) {
		return summarize(this, this.optimizerSizes, options);
	}
};
function knownAxes(shape) {
	const axes = {};
	shape.forEach((dim, axis) => {
		if (axis > 0 && dim !== null) axes[axis] = dim;
	});
	return axes;
}
function checkTensors(network, what, tensors) {
	const list = flattenTensors(tensors);
	const wrong = list.find((tensor) => !(tensor instanceof KerasTensor));
	if (list.length > 0 && wrong === void 0) return;
	throw new OptionError({
		code: "not-a-keras-tensor",
		what: `The ${what} of ${network.label} must be what Input() or a layer's apply() gives`,
		received: list.length === 0 ? "an empty list" : typeof wrong,
		fix: "Wire the layers with layer.apply(tensor)"
	});
}
//#endregion
//#region src/network/layer-chain.ts
/** The layers of a Sequential: wired one after the other as soon as the input's shape is known. */
var LayerChain = class {
	#owner;
	#layers = [];
	/** What each layer gives, as far as wired. */
	#tensors = [];
	#entry = null;
	constructor(owner) {
		this.#owner = owner;
	}
	/** The layers that were added; not the input. */
	get layers() {
		return this.#layers;
	}
	get entry() {
		return this.#entry;
	}
	/** Adds many, then wires once: Keras's constructor. */
	fill(layers) {
		for (const layer of layers) this.#append(layer);
		if (layers.length > 0) this.#rewire();
	}
	/**
	* @throws {OptionError} for something that is no layer, or a name that is taken
	* @throws {ShapeError} when the layer cannot take what the one before gives; it is not added then
	*/
	add(layer) {
		const entry = this.#entry;
		this.#append(layer);
		try {
			this.#rewire();
		} catch (error) {
			this.#entry = entry;
			if (this.#layers.at(-1) === layer) this.#layers.pop();
			this.#tensors.length = Math.min(this.#tensors.length, this.#layers.length);
			this.#rewire();
			throw error;
		}
	}
	/** Takes the last layer off. */
	pop() {
		const last = this.#layers.pop();
		if (last === void 0) throw new StateError({
			code: "empty-model",
			what: `${this.#owner.label} has no layer to take off`
		});
		this.#tensors.length = Math.min(this.#tensors.length, this.#layers.length);
		this.#rewire();
		return last;
	}
	/** Sets the shape of the input (with batch) and wires. */
	build(shape) {
		if (this.#layers.length === 0) throw new StateError({
			code: "empty-model",
			what: `${this.#owner.label} cannot be built: it has no layers`,
			fix: "Add layers first"
		});
		if (this.#entry !== null && !sameShape(this.#entry.batchShape, shape)) throw new ShapeError({
			code: "input-shape",
			what: `${this.#owner.label} is already set up for another input shape`,
			received: formatShape(shape),
			expected: formatShape(this.#entry.batchShape),
			fix: "Make a new model for inputs of another shape"
		});
		this.#entry ??= new InputLayer({ batchShape: shape });
		this.#wire(this.#entry);
	}
	#append(item) {
		const layer = item instanceof KerasTensor ? item.node.layer : item;
		if (!(layer instanceof Layer) || item instanceof KerasTensor && !(layer instanceof InputLayer)) throw new OptionError({
			code: "not-a-layer",
			what: `${this.#owner.label} takes layers, and Input() as its first entry`,
			received: layer instanceof Layer ? `a tensor that ${layer.label} gives` : typeof layer
		});
		if (layer instanceof InputLayer) {
			this.#setEntry(layer);
			return;
		}
		if (this.#layers.some((other) => other !== layer && other.name === layer.name)) throw new OptionError({
			code: "duplicate-layer",
			what: `Two layers of ${this.#owner.label} have the name "${layer.name}"`,
			fix: "Give one of them another name",
			data: { layer: layer.name }
		});
		if (this.#layers.length === 0 && this.#entry === null && layer.inputShapeOption !== null) this.#entry = new InputLayer({ batchShape: layer.inputShapeOption });
		this.#layers.push(layer);
	}
	#setEntry(layer) {
		if (this.#entry !== null || this.#layers.length > 0) throw new OptionError({
			code: "second-input",
			what: `${this.#owner.label} can have one input, as its first entry`,
			received: this.#entry === null ? `Input() after ${this.#layers.at(-1).label}` : "a second Input()",
			fix: "For several inputs use the functional Model"
		});
		this.#entry = layer;
	}
	#rewire() {
		this.#owner.rewire(null);
		const first = this.#layers[0];
		if (first === void 0) return;
		const shape = this.#entry?.batchShape ?? (this.#layers.length > 1 ? first.knownInputShape : null);
		if (shape !== null) this.build(shape);
	}
	#wire(entry) {
		withScope(this.#owner.name, this.#owner, () => {
			for (const layer of this.#layers.slice(this.#tensors.length)) {
				const result = layer.apply(this.#tensors.at(-1) ?? entry.tensor);
				if (!(result instanceof KerasTensor)) throw new OptionError({
					code: "several-outputs",
					what: `${layer.label} gives several tensors, which ${this.#owner.label} cannot pass on`,
					fix: "Use the functional Model"
				});
				this.#tensors.push(result);
			}
		});
		uniqueName("Functional");
		this.#owner.rewire({
			inputs: entry.tensor,
			outputs: this.#tensors.at(-1)
		});
	}
};
//#endregion
//#region src/network/one-shape.ts
/** A shape from a shape or from a list of one. */
function oneShape(shapes) {
	return Array.isArray(shapes[0]) ? shapes[0] : shapes;
}
//#endregion
//#region src/network/sequential-config.ts
/** The config of a Sequential as Keras 3 writes it: its layers, the input among them. */
function chainConfig(model, chain) {
	const { entry, layers } = chain;
	const all = entry === null ? layers : [entry, ...layers];
	return {
		name: model.name,
		trainable: model.trainable,
		dtype: policyConfig(model.dtype),
		layers: all.map(serialize),
		...model.wired && entry !== null ? { build_input_shape: [...entry.batchShape] } : {}
	};
}
/** Reads that of Keras 3 or 2 (whose oldest form is a bare list of layers). */
function readChainConfig(config, resolve) {
	const { name, layers, build_input_shape: shape, trainable } = Array.isArray(config) ? { layers: config } : config;
	const where = `model "${typeof name === "string" ? name : "without a name"}"`;
	if (!Array.isArray(layers)) throw new FormatError({
		code: "model-json",
		what: `${where}: its config lacks a list of layers`
	});
	return {
		layers: layers.map((json) => {
			const layer = deserialize(json, resolve, where);
			return layer instanceof InputLayer ? layer.tensor : layer;
		}),
		name: typeof name === "string" ? name : null,
		trainable: trainable !== false,
		buildShape: Array.isArray(shape) && !isConfig(shape) ? shape : null
	};
}
//#endregion
//#region src/model/file-saver.ts
const ALIGNMENT = 64;
/** Writes what callbacks ask for to files. Files that it wrote itself it may replace. */
function fileSaver(writer) {
	const written = /* @__PURE__ */ new Set();
	const staging = new Staging();
	let last = Promise.resolve();
	return {
		ready: () => last.then(() => void 0),
		async save(model, { path, weightsOnly, overwrite }) {
			const options = {
				path,
				weightsOnly,
				overwrite: overwrite || written.has(path)
			};
			const writing = writer.write(modelJob(model, options, copierInto(staging, model)));
			last = writing.catch(() => void 0);
			await writing;
			written.add(path);
		}
	};
}
/** Copies variables one behind the other into warm memory. */
function copierInto(staging, { network, optimizer }) {
	let total = 0;
	const variables = new Set(network.weights);
	for (const { variable } of optimizer?.variables ?? []) if (variable !== void 0) variables.add(variable);
	for (const { byteLength } of variables) total += aligned(byteLength);
	const memory = staging.reserve(total);
	let at = 0;
	return (variable) => {
		if (!variables.has(variable)) return variable.read();
		const { data, shape, dtype, byteLength } = variable;
		const place = memory.byteOffset + at;
		at += aligned(byteLength);
		const copy = new data.constructor(memory.buffer, place, data.length);
		copy.set(data);
		return new Tensor(copy, shape, dtype);
	};
}
function aligned(bytes) {
	return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
//#endregion
//#region src/model/trained.ts
/** One for all trainings of the process. Its program lies beside the bundled library. */
const writer = new ThreadWriter(new URL("./writer.js", import.meta.url), MODEL_ENCODERS);
/** The disk, and files written to it. */
function services() {
	return {
		files: nodeVfs(),
		saver: fileSaver(writer),
		writer,
		describe: describeModel
	};
}
/** One output is given as it is, several as a list. */
function oneOrList(outputs) {
	return outputs.length === 1 ? outputs[0] : [...outputs];
}
/** The arguments of `fit` and `evaluate`: with data that brings its own targets, options come second. */
function withOptions(batches, y, options) {
	if (!batches || options !== void 0 || y === void 0 || y === null) return {
		y,
		options
	};
	if (Array.isArray(y) || ArrayBuffer.isView(y) || "shape" in y) throw new OptionError({
		code: "batches-with-arrays",
		what: "y cannot be given beside data that comes in batches",
		fix: "Yield [x, y] from the data"
	});
	return {
		y: void 0,
		options: y
	};
}
//#endregion
//#region src/model/model.ts
/**
* A network that can be trained, evaluated and saved.
* @example
* const x = Input({ shape: [8] });
* const model = new Model(x, new layers.Dense(1).apply(x));
*/
var Model = class extends Functional {
	static className = "Functional";
	/** Set to true in a hook of a callback, training ends after the hooks of this epoch. */
	stopTraining = false;
	/** What the last `fit` returned. */
	history = null;
	#trainer;
	/**
	* @param inputs what `Input()` gave: one tensor, a list, or an object by name
	* @param outputs what layers gave for them
	*/
	constructor(inputs, outputs, options = {}) {
		super(inputs, outputs, options);
		this.#trainer = new Trainer(this);
	}
	/** The optimizer of `compile`. @throws {StateError} before it */
	get optimizer() {
		this.#trainer.compiled("optimizer");
		return this.#trainer.optimizer;
	}
	/** Keras's summary counts the optimizer once it has its variables. */
	get optimizerSizes() {
		const optimizer = this.#trainer.optimizer;
		if (!optimizer?.built) return null;
		return optimizer.variables.map(({ shape, variable }) => ({
			shape,
			dtype: variable?.dtype ?? "int64"
		}));
	}
	/** The training side of this model, for files. */
	get savable() {
		return this.#trainer;
	}
	/** Says how to train: optimizer, losses, metrics. A new optimizer starts without state, as in Keras. */
	compile(options = {}) {
		this.#trainer.compile(options);
	}
	async fit(x, y, options) {
		const given = withOptions(isBatches(x), y, options);
		this.history = await fit(this.#trainer, this, {
			x,
			y: given.y
		}, given.options, services());
		return this.history;
	}
	async evaluate(x, y, options) {
		const given = withOptions(isBatches(x), y, options);
		return evaluate(this.#trainer, this, {
			x,
			y: given.y
		}, given.options, services());
	}
	/** The output for all rows: a tensor, or a list of them for several outputs. */
	async predict(x, options) {
		return oneOrList(await predict(this.#trainer, this, x, options, services()));
	}
	/** One step of training; loss and metrics of these rows, by name. */
	async trainOnBatch(x, y, options) {
		return trainOnBatch(this.#trainer, {
			x,
			y
		}, options);
	}
	/** The same without training. */
	async testOnBatch(x, y, options) {
		return testOnBatch(this.#trainer, {
			x,
			y
		}, options);
	}
	async predictOnBatch(x) {
		return oneOrList(await predictOnBatch(this.#trainer, x));
	}
	/** Starts losses and metrics anew; whatever trains or evaluates does so by itself. */
	resetMetrics() {
		this.#trainer.resetMetrics();
	}
	/**
	* Writes model, optimizer and training state to a `.keras` or `.h5` file. In a hook of a callback, prefer
	* `context.requestSave`: it saves when all hooks have run.
	*/
	async save(path, options = {}) {
		await this.#trainer.refresh();
		await saveModel(this.#trainer, path, {
			vfs: nodeVfs(),
			...options
		});
	}
	/** Writes weights, optimizer and training state to a `.weights.h5` file, or an `.h5` file in Keras 2's layout. */
	async saveWeights(path, options = {}) {
		await this.#trainer.refresh();
		await saveModel(this.#trainer, path, {
			vfs: nodeVfs(),
			weightsOnly: true,
			...options
		});
	}
	/**
	* Takes weights from a file (of weights or of a whole model), and, when compiled, optimizer and training state.
	* @throws {FormatError} naming what does not fit; nothing has changed then
	*/
	async loadWeights(path, options = {}) {
		const { optimizer = true, ...rest } = options;
		restoreModel(this.#trainer, await loadWeightsFile(path, {
			vfs: nodeVfs(),
			...rest
		}), { optimizer });
	}
};
//#endregion
//#region src/model/sequential.ts
/**
* Layers one after the other.
* @example new Sequential([new layers.Dense(10, { activation: "relu", inputShape: [4] }), new layers.Dense(1)])
*/
var Sequential = class extends Model {
	static className = "Sequential";
	static module = "keras";
	#chain;
	/** @param layers the first one may be an `Input()`, or carry `inputShape`; else the data decides the input's shape */
	constructor(layers = [], options = {}) {
		super(null, null, options);
		this.#chain = new LayerChain(this);
		this.#chain.fill(layers);
	}
	get networkKind() {
		return "sequential";
	}
	/** The layers that were added, without the input. */
	get layers() {
		return this.#chain.layers;
	}
	get sublayers() {
		return #chain in this ? this.#chain.layers : [];
	}
	add(layer) {
		this.#chain.add(layer);
	}
	/** Takes the last layer off and returns it. */
	pop() {
		return this.#chain.pop();
	}
	/** Sets the shape of the input, with the batch in front. */
	build(shapes) {
		this.#chain.build(oneShape(shapes));
	}
	getConfig() {
		return chainConfig(this, this.#chain);
	}
	static fromConfig(config, resolve) {
		const { layers, name, trainable, buildShape } = readChainConfig(config, resolve);
		const model = new this(layers, {
			name,
			trainable
		});
		if (!model.wired && buildShape !== null && layers.length > 0) model.build(buildShape);
		return model;
	}
};
//#endregion
//#region src/model/load-model.ts
markBuiltIn([Model, Sequential]);
const MODELS = new Map([
	["Functional", Model],
	["Model", Model],
	["Sequential", Sequential]
]);
/**
* Opens a whole model: `.keras` or `.h5`, written by Pawl or by Keras 2 or 3. It is compiled, and training goes on where
* it stood: give `fit` the epoch as `initialEpoch`, or `resume: true`.
* @throws {FormatError} when the file is missing, damaged, edited by another program, or names an unknown class
*/
async function loadModel(path, options = {}) {
	const { customObjects = {}, compile = true, allowEdited = false } = options;
	const loaded = await loadModelFile(path, {
		vfs: nodeVfs(),
		allowEdited,
		replaces: (className) => Object.hasOwn(customObjects, className)
	});
	const network = withWeightBudget(weightBytes(loaded.weights), `"${path}"`, () => deserialize(loaded.model, resolverOf(customObjects), `"${path}"`));
	if (!(network instanceof Model)) throw new FormatError({
		code: "not-a-model",
		what: `"${path}" holds a ${network.className}, and no model`,
		expected: "a Sequential or a functional model"
	});
	if (compile && loaded.compile !== null) network.compile(compileFrom(loaded.compile, customObjects));
	restoreModel(network.savable, loaded);
	return network;
}
/** What the stored weights take as variables, which are of four bytes an element whatever the file has. */
function weightBytes(stored) {
	return (stored.layout === "layers" ? stored.layers.flatMap(({ weights }) => weights.map(({ tensor }) => tensor)) : [...stored.objects].flatMap(([path, own]) => path === "optimizer" ? [] : own)).reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
}
function resolverOf(custom) {
	return (className, registeredName) => {
		const given = [registeredName, className].find((name) => name !== null && Object.hasOwn(custom, name));
		if (given !== void 0 && given !== null) return custom[given];
		return MODELS.get(className) ?? resolveLayer(className, registeredName);
	};
}
//#endregion
//#region src/model/random.ts
var random_exports = /* @__PURE__ */ __exportAll({
	integers: () => integers,
	normal: () => normal,
	uniform: () => uniform
});
const seedField = int({
	min: 0,
	max: 4294967295
}, { default: -1 });
const UNIFORM = {
	min: float({}, { default: 0 }),
	max: float({}, { default: 1 }),
	seed: seedField
};
const NORMAL = {
	mean: float({}, { default: 0 }),
	stddev: float({ min: 0 }, { default: 1 }),
	seed: seedField
};
const SEED = { seed: seedField };
/** float32 numbers from [min, max), evenly spread; [0, 1) by default. */
function uniform(shape, options) {
	const { min, max, seed } = resolveOptions("random.uniform", UNIFORM, options);
	return new Tensor(fillFromWords(new Float32Array(sizeOf(shape)), stream("uniform", seed), (word) => min + uniformOf(word) * (max - min)), shape);
}
/** float32 numbers of a normal distribution. */
function normal(shape, options) {
	const { mean, stddev, seed } = resolveOptions("random.normal", NORMAL, options);
	return new Tensor(fillFromWords(new Float32Array(sizeOf(shape)), stream("normal", seed), (word) => mean + normalOf(word) * stddev), shape);
}
/** int32 numbers from `low` to `high - 1`, evenly spread. */
function integers(low, high, shape, options) {
	const { seed } = resolveOptions("random.integers", SEED, options);
	if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low) throw wrongOption("random.integers: high", `an integer above low (${low})`, high);
	const scale = (high - low) / 2 ** 32;
	return new Tensor(fillFromWords(new Int32Array(sizeOf(shape)), stream("integers", seed), (word) => low + Math.floor(word * scale)), shape);
}
function stream(purpose, seed) {
	return {
		seed: seed < 0 ? nextSeed("random") : seed,
		stream: streamOf("random", purpose),
		iteration: 0
	};
}
//#endregion
export { EngineError, FormatError, Input, Model, OptionError, PawlError, Sequential, ShapeError, StateError, Tensor, Variable, activations_exports as activations, callbacks_exports as callbacks, clearRandomSeed, configure, constraints_exports as constraints, data_exports as data, initializers_exports as initializers, layers_exports as layers, loadModel, losses_exports as losses, metrics_exports as metrics, ops_exports as ops, optimizers_exports as optimizers, options_exports as options, random_exports as random, regularizers_exports as regularizers, schedules_exports as schedules, setRandomSeed };
