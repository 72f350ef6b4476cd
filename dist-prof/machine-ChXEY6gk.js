import { t as EngineError } from "./errors-DC-FoqxE.js";
import { r as sizeOf } from "./shape-Cm7Ckhsa.js";
import { n as byteSize } from "./dtype-CoZs3mAt.js";
import { n as workerCount } from "./workers-BLi4GVta.js";
import { a as Field, c as TAGS, i as CONTROL_BYTES, n as ONNX_TYPES, s as SPINS, t as GraphBuilder, u as moduleOf } from "./graph-builder-Binx7AsO.js";
import { t as cpuFingerprint } from "./fingerprint-B12fWX7f.js";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
//#region src/engine/crew/member.ts
/**
* What a member does, as the text of its thread: it sleeps until the bell rings, learns what has come by message, and
* goes through the phases of the job's score. Of each phase it takes units until there are none, and waits until all
* are done. A unit can be taken only under the number of its job, and a job ends only when all units are done, so what
* has been taken belongs to the job that the shared numbers describe. It is a text because a thread needs a file or a
* text of its own, and this is the same from sources and from a bundle.
*/
const MEMBER = `
const { workerData, receiveMessageOnPort } = require("node:worker_threads");
const { control, port, foreign } = workerData;
const functions = [];
const scores = new Map();
let runSession, messageOf, releaseStatus;
if (foreign !== null) {
  const koffi = require(foreign.koffi);
  // koffi makes a thread's memory for calls when it loads a library.
  koffi.load(foreign.library);
  const at = ([address, result, parameters]) => koffi.decode(address, koffi.proto(result, parameters));
  [runSession, messageOf, releaseStatus] = [foreign.run, foreign.messageOf, foreign.releaseStatus].map(at);
}
const learn = () => {
  for (let received; (received = receiveMessageOnPort(port)); ) {
    const { message } = received;
    if (message.module !== undefined) {
      const { number, name, module, memory } = message;
      functions[number] = new WebAssembly.Instance(module, { env: { memory } }).exports[name];
    } else if (message.phases !== undefined) scores.set(message.number, message);
    else scores.delete(message.forget);
  }
};
const fail = (call, code, text) => {
  if (Atomics.compareExchange(control, ${Field.failed}, 0, 1) !== 0) return;
  const room = new Uint8Array(control.buffer, ${Field.text * 4});
  const bytes = new TextEncoder().encode(text).subarray(0, room.length);
  room.set(bytes);
  control.set([call, code, bytes.length], ${Field.failure});
  Atomics.store(control, ${Field.failed}, 2);
};
const compute = ({ calls, numbers }, [index, start, bytes]) => {
  const call = calls[index];
  if (call.session !== undefined) {
    const status = runSession(...call.session);
    if (status === null) return;
    fail(index, 0, messageOf(status));
    releaseStatus(status);
    return;
  }
  const parameters = call.moves === null ? [] : [bytes];
  for (let i = 0; i < call.count; i++)
    parameters.push(numbers[call.at + i] + (call.moves === null ? 0 : call.moves[i] * start));
  const code = functions[call.function](...parameters);
  if (code) fail(index, code, "");
};
const take = (state, phase, job, units) => {
  for (;;) {
    const word = Atomics.load(state, 2 * phase);
    const next = word & ${2 ** 12 - 1};
    if (word >>> 12 !== job || next >= units) return -1;
    if (Atomics.compareExchange(state, 2 * phase, word, word + 1) === word) return next;
  }
};
const perform = (score, job) => {
  const { state, phases } = score;
  for (let phase = 0; phase < phases.length; phase++) {
    const units = phases[phase];
    for (let unit = take(state, phase, job, units.length); unit >= 0; unit = take(state, phase, job, units.length)) {
      if (Atomics.load(control, ${Field.failed}) === 0) {
        try {
          for (const part of units[unit]) compute(score, part);
        } catch (error) {
          fail(units[unit][0][0], 0, String(error));
        }
      }
      if (Atomics.add(state, 2 * phase + 1, 1) + 1 < units.length) continue;
      const isEnd = phase === phases.length - 1 && Atomics.load(control, ${Field.message}) === 1;
      Atomics.notify(state, 2 * phase + 1);
      if (isEnd) port.postMessage(job);
    }
    if (phase === phases.length - 1) return;
    for (let spins = 0; ; spins++) {
      const done = Atomics.load(state, 2 * phase + 1);
      if (Atomics.load(control, ${Field.job}) !== job) return;
      if (done === units.length) break;
      if (spins > ${SPINS}) Atomics.wait(state, 2 * phase + 1, done, 100);
    }
  }
};
Atomics.add(control, ${Field.present}, 1);
for (let heard = 0; ; ) {
  for (let spins = 0; spins < ${SPINS} && Atomics.load(control, ${Field.bell}) === heard; spins++);
  Atomics.wait(control, ${Field.bell}, heard);
  heard = Atomics.load(control, ${Field.bell});
  const job = Atomics.load(control, ${Field.job});
  const number = Atomics.load(control, ${Field.score});
  if (!scores.has(number)) learn();
  if (job !== 0 && scores.has(number)) perform(scores.get(number), job);
}
`;
//#endregion
//#region src/engine/crew/crew.ts
/** A step that takes longer than this, in milliseconds, is left to the members: the calling thread has other work. */
const LONG = 10;
/** Threads that compute scores together with the calling thread, or for it. */
var Crew = class {
	#threads;
	#foreign;
	#control = new Int32Array(new SharedArrayBuffer(CONTROL_BYTES));
	#members = [];
	#known = /* @__PURE__ */ new Map();
	#functions = /* @__PURE__ */ new Map();
	#lessons = [];
	#scores = 0;
	#job = 0;
	#ended = null;
	constructor(threads, foreign) {
		this.#threads = threads;
		this.#foreign = foreign;
	}
	/**
	* Computes a score with up to `workers` threads. What takes long is computed by members alone while the calling
	* thread does other things; which thread does what makes no difference to the result.
	* @throws {EngineError}
	*/
	perform(score, workers) {
		const start = performance.now();
		const isLong = score.time > LONG;
		const helpers = isLong ? workers : workers - 1;
		const known = helpers >= 1 && (isLong || score.isWide) ? this.#knownOf(score) : null;
		if (known === null) {
			for (const part of score.parts) part.run();
			score.time = performance.now() - start;
			return;
		}
		while (this.#members.length < helpers) this.#members.push(this.#hire());
		const isAside = isLong && Atomics.load(this.#control, Field.present) > 0;
		this.#begin(score, known, helpers, isAside);
		if (isAside) return this.#end(start, score);
		this.#join(score, known.state);
		score.time = performance.now() - start;
	}
	/** Members need not know a score any more. */
	forget(score) {
		const known = this.#known.get(score);
		if (known === void 0) return;
		this.#known.delete(score);
		for (const { tell } of this.#members) tell({ forget: known.number });
	}
	#begin(score, { number, state, numbers, offsets }, helpers, isAside) {
		const control = this.#control;
		Atomics.store(control, Field.job, 0);
		for (const [i, call] of score.calls.entries()) if (call !== null) numbers.set(call.parameters, offsets[i]);
		this.#job = this.#job % (TAGS - 1) + 1;
		for (let phase = 0; 2 * phase < state.length; phase++) {
			Atomics.store(state, 2 * phase + 1, 0);
			Atomics.store(state, 2 * phase, this.#job << 12);
		}
		Atomics.store(control, Field.failed, 0);
		Atomics.store(control, Field.message, +isAside);
		Atomics.store(control, Field.score, number);
		Atomics.store(control, Field.job, this.#job);
		Atomics.add(control, Field.bell, 1);
		Atomics.notify(control, Field.bell, helpers);
	}
	async #end(start, score) {
		const { ref, unref } = this.#members[0];
		ref();
		await new Promise((resolve) => {
			this.#ended = (job) => job === this.#job && resolve();
		});
		unref();
		this.#ended = null;
		score.time = performance.now() - start;
		this.#checkFailure(score);
	}
	#join(score, state) {
		let failure = null;
		for (const [phase, units] of score.phases.entries()) {
			for (let unit = this.#take(state, phase, units.length); unit >= 0; unit = this.#take(state, phase, units.length)) {
				if (failure === null && Atomics.load(this.#control, Field.failed) === 0) try {
					score.compute(units[unit]);
				} catch (error) {
					failure = { error };
				}
				Atomics.add(state, 2 * phase + 1, 1);
				Atomics.notify(state, 2 * phase + 1);
			}
			let spins = 0;
			for (let done = 0; (done = Atomics.load(state, 2 * phase + 1)) < units.length;) if (spins++ > 4e3) Atomics.wait(state, 2 * phase + 1, done, 100);
		}
		if (failure !== null) throw failure.error;
		this.#checkFailure(score);
	}
	#take(state, phase, units) {
		for (;;) {
			const word = Atomics.load(state, 2 * phase);
			const next = word & 2 ** 12 - 1;
			if (next >= units) return -1;
			if (Atomics.compareExchange(state, 2 * phase, word, word + 1) === word) return next;
		}
	}
	#checkFailure(score) {
		const control = this.#control;
		if (Atomics.load(control, Field.failed) === 0) return;
		const [part, code, length] = control.subarray(Field.failure, Field.failure + 3);
		const text = new TextDecoder().decode(new Uint8Array(control.buffer, Field.text * 4, length).slice());
		throw score.parts[part].explain(code, text);
	}
	#knownOf(score) {
		const segment = score.segment;
		const known = this.#known.get(score);
		if (known !== void 0) return known.segment === segment ? known : null;
		if (segment === null || this.#foreign === null && score.parts.some((part) => part.session !== null)) return null;
		const offsets = [];
		let count = 0;
		for (const call of score.calls) {
			offsets.push(count);
			count += call?.parameters.length ?? 0;
		}
		const shared = (length) => new Int32Array(new SharedArrayBuffer(Math.max(1, length) * 4));
		const [state, numbers] = [shared(2 * score.phases.length), shared(count)];
		const number = ++this.#scores;
		const calls = score.parts.map(({ session }, i) => {
			const call = score.calls[i];
			if (call === null) return { session };
			const { parameters, along } = call;
			return {
				function: this.#functionOf(call.text, call.name, call.segment),
				at: offsets[i],
				count: parameters.length,
				moves: along?.moves ?? null
			};
		});
		const made = {
			number,
			state,
			numbers,
			offsets,
			segment
		};
		const message = {
			number,
			state,
			numbers,
			calls,
			phases: score.phases
		};
		this.#known.set(score, {
			...made,
			message
		});
		for (const { tell } of this.#members) tell(message);
		return made;
	}
	#functionOf(text, name, segment) {
		let known = this.#functions.get(segment);
		if (known === void 0) this.#functions.set(segment, known = /* @__PURE__ */ new Map());
		const key = `${name} ${text}`;
		let number = known.get(key);
		if (number === void 0) {
			known.set(key, number = this.#lessons.length);
			const lesson = {
				number,
				name,
				module: moduleOf(text, segment),
				memory: segment.memory
			};
			this.#lessons.push(lesson);
			for (const { tell } of this.#members) tell(lesson);
		}
		return number;
	}
	#hire() {
		const { Worker, MessageChannel } = this.#threads;
		const { port1, port2 } = new MessageChannel();
		const worker = new Worker(MEMBER, {
			eval: true,
			workerData: {
				control: this.#control,
				port: port2,
				foreign: this.#foreign
			},
			transferList: [port2]
		});
		worker.on("error", () => void 0);
		worker.unref();
		for (const lesson of this.#lessons) port1.postMessage(lesson);
		for (const { message } of this.#known.values()) port1.postMessage(message);
		port1.on("message", (job) => this.#ended?.(job));
		port1.unref();
		return {
			tell: (message) => port1.postMessage(message),
			ref: () => port1.ref(),
			unref: () => port1.unref()
		};
	}
};
let present;
/** The crew of this process, where memory is shared and a thread may sleep: in Node. */
async function crewOf(foreign) {
	if (typeof SharedArrayBuffer === "undefined") return null;
	return await (present ??= import("node:worker_threads").then((threads) => new Crew(threads, foreign)));
}
//#endregion
//#region src/engine/native/library.ts
const FILE_NAMES = {
	linux: () => ["libonnxruntime.so.1"],
	darwin: (version) => [`libonnxruntime.${version}.dylib`, "libonnxruntime.1.dylib"],
	win32: () => ["onnxruntime.dll"]
};
/**
* Finds the library by module resolution; the package's own binding is not loaded.
* @throws {EngineError} when the package is missing or has no library for this system
*/
function findLibrary() {
	const require = createRequire(import.meta.url);
	let manifest;
	try {
		manifest = require.resolve("onnxruntime-node/package.json");
	} catch (cause) {
		throw unavailable("the package onnxruntime-node is not installed", cause);
	}
	const { version } = JSON.parse(readFileSync(manifest, "utf8"));
	const bin = join(dirname(manifest), "bin");
	const folders = existsSync(bin) ? readdirSync(bin).filter((name) => name.startsWith("napi-")) : [];
	for (const folder of folders) for (const name of FILE_NAMES[process.platform]?.(version) ?? []) {
		const path = join(bin, folder, process.platform, process.arch, name);
		if (existsSync(path)) return {
			path,
			version
		};
	}
	throw unavailable(`onnxruntime-node ${version} has no library for ${process.platform} ${process.arch}`);
}
/** Why the native engine cannot be had. */
function unavailable(why, cause) {
	return new EngineError({
		code: "native-unavailable",
		what: `The native engine cannot be used: ${why}`,
		fix: "Run `ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node`",
		...cause === void 0 ? {} : { cause }
	});
}
//#endregion
//#region src/engine/native/koffi.ts
/** koffi, which calls C functions. @throws {EngineError} when it is not there for this system */
async function loadKoffi() {
	try {
		const { createRequire } = await import("node:module");
		const module = await import("koffi");
		return {
			koffi: module.default ?? module,
			path: createRequire(import.meta.url).resolve("koffi")
		};
	} catch (cause) {
		throw unavailable("koffi, which calls its library, could not be loaded", cause);
	}
}
//#endregion
//#region src/engine/native/api.ts
/**
* Places of functions in the table OrtApi of onnxruntime_c_api.h, counted in the header of API version 29 (the table
* only ever grows at its end), with their C types. `API_VERSION` is the oldest version that has all of them.
*/
const API_VERSION = 17;
const FUNCTIONS = {
	GetErrorMessage: [
		2,
		"const char *",
		["void *"]
	],
	CreateEnv: [
		3,
		"void *",
		[
			"int",
			"const char *",
			"_Out_ void **"
		]
	],
	CreateSessionFromArray: [
		8,
		"void *",
		[
			"void *",
			"void *",
			"size_t",
			"void *",
			"_Out_ void **"
		]
	],
	Run: [
		9,
		"void *",
		[
			"void *",
			"void *",
			"void *",
			"void *",
			"size_t",
			"void *",
			"size_t",
			"void *"
		]
	],
	CreateSessionOptions: [
		10,
		"void *",
		["_Out_ void **"]
	],
	EnableProfiling: [
		14,
		"void *",
		["void *", "const char *"]
	],
	SessionEndProfiling: [
		110,
		"void *",
		[
			"void *",
			"void *",
			"_Out_ void **"
		]
	],
	GetAllocatorWithDefaultOptions: [
		78,
		"void *",
		["_Out_ void **"]
	],
	SetSessionLogSeverityLevel: [
		22,
		"void *",
		["void *", "int"]
	],
	SetSessionGraphOptimizationLevel: [
		23,
		"void *",
		["void *", "int"]
	],
	SetIntraOpNumThreads: [
		24,
		"void *",
		["void *", "int"]
	],
	SetInterOpNumThreads: [
		25,
		"void *",
		["void *", "int"]
	],
	CreateTensorWithDataAsOrtValue: [
		49,
		"void *",
		[
			"void *",
			"void *",
			"size_t",
			"void *",
			"size_t",
			"int",
			"_Out_ void **"
		]
	],
	CreateCpuMemoryInfo: [
		69,
		"void *",
		[
			"int",
			"int",
			"_Out_ void **"
		]
	],
	ReleaseStatus: [
		93,
		"void",
		["void *"]
	],
	ReleaseSession: [
		95,
		"void",
		["void *"]
	],
	ReleaseValue: [
		96,
		"void",
		["void *"]
	],
	ReleaseSessionOptions: [
		100,
		"void",
		["void *"]
	]
};
const loaded = /* @__PURE__ */ new Set();
/**
* Loads ONNX Runtime's library and its table of functions.
* @throws {EngineError} when library or koffi are missing, or are not what the table was written for
*/
async function loadApi() {
	const file = findLibrary();
	const { koffi, path } = await loadKoffi();
	let table;
	let version;
	try {
		const library = koffi.load(file.path);
		loaded.add(library);
		const base = library.func("void *OrtGetApiBase()")();
		const [getApi, getVersion] = [0, 1].map((index) => koffi.decode(base, index * 8, "void *"));
		version = koffi.call(getVersion, koffi.proto("const char *", []));
		table = koffi.call(getApi, koffi.proto("void *", ["uint32_t"]), API_VERSION);
	} catch (cause) {
		throw unavailable(`its library could not be loaded (${cause.message})`, cause);
	}
	if (version !== file.version) throw unavailable(`library ${version} lies in package ${file.version}`);
	if (table === null) throw unavailable(`ONNX Runtime ${version} does not know version ${API_VERSION} of its interface`);
	const start = table;
	const addressOf = (name) => koffi.decode(start, FUNCTIONS[name][0] * 8, "void *");
	const entries = Object.entries(FUNCTIONS).map(([name, [, result, parameters]]) => {
		const type = koffi.proto(result, [...parameters]);
		return [name, koffi.decode(addressOf(name), type)];
	});
	const functions = Object.fromEntries(entries);
	const errorOf = (what, text) => {
		const received = text.replace(/\.$/, "");
		return new EngineError({
			code: "onnxruntime",
			what,
			received,
			cause: new Error(received)
		});
	};
	const foreignOf = (name) => {
		const [, result, parameters] = FUNCTIONS[name];
		return [
			addressOf(name),
			result,
			parameters
		];
	};
	const checkStatus = (what, status) => {
		if (status === null) return;
		const text = functions.GetErrorMessage(status);
		functions.ReleaseStatus(status);
		throw errorOf(what, text);
	};
	const check = (what, name, ...args) => checkStatus(what, functions[name](...args));
	return {
		version,
		foreign: {
			koffi: path,
			library: file.path,
			run: foreignOf("Run"),
			messageOf: foreignOf("GetErrorMessage"),
			releaseStatus: foreignOf("ReleaseStatus")
		},
		errorOf,
		check,
		make(what, name, ...args) {
			const out = [null];
			check(what, name, ...args, out);
			return out[0];
		},
		release: (name, pointer) => functions[name](pointer),
		addressOf: (array) => koffi.address(array)
	};
}
//#endregion
//#region src/engine/native/machine.ts
const FATAL = 4;
const ALL_OPTIMIZATIONS = 99;
const cString = (text) => new TextEncoder().encode(`${text}\0`);
/** ONNX values for slots, made once and kept with the slot. */
var Values = class {
	#runtime;
	#values = /* @__PURE__ */ new Map();
	constructor(runtime) {
		this.#runtime = runtime;
	}
	of(slot) {
		const known = this.#values.get(slot);
		if (known !== void 0) return known.pointer;
		const { api, memory } = this.#runtime;
		const dims = BigInt64Array.from(slot.dims, BigInt);
		const length = sizeOf(slot.dims);
		const address = api.addressOf(slot.block.view(slot.dtype, length, slot.start));
		const bytes = length * byteSize(slot.dtype);
		const type = ONNX_TYPES[slot.dtype];
		const pointer = api.make("ONNX Runtime refused a tensor", "CreateTensorWithDataAsOrtValue", memory, address, bytes, dims, dims.length, type);
		this.#values.set(slot, {
			pointer,
			dims
		});
		return pointer;
	}
	dispose() {
		for (const { pointer } of this.#values.values()) this.#runtime.api.release("ReleaseValue", pointer);
		this.#values.clear();
	}
};
const FAILED = "ONNX Runtime could not compute a step";
/** What C holds addresses of lives as long as the binding. */
const kept = /* @__PURE__ */ new WeakMap();
var NativeBinding = class {
	#api;
	#session;
	#values;
	#inputs;
	#outputs;
	#arguments;
	constructor(runtime, session, inputs, outputs) {
		this.#api = runtime.api;
		this.#session = session;
		this.#values = new Values(runtime);
		this.#inputs = new BigUint64Array(inputs.length);
		this.#outputs = new BigUint64Array(outputs.length);
		const names = [inputs, outputs].map((list) => list.map(cString));
		const tables = names.map((list) => BigUint64Array.from(list, (name) => runtime.api.addressOf(name)));
		kept.set(this, [names, tables]);
		const at = (array) => runtime.api.addressOf(array);
		this.#arguments = [
			this.#session,
			null,
			at(tables[0]),
			at(this.#inputs),
			inputs.length,
			at(tables[1]),
			outputs.length,
			at(this.#outputs)
		];
	}
	get foreign() {
		return this.#arguments;
	}
	place(inputs, outputs) {
		for (let i = 0; i < inputs.length; i++) this.#inputs[i] = this.#values.of(inputs[i]);
		for (let i = 0; i < outputs.length; i++) this.#outputs[i] = this.#values.of(outputs[i]);
	}
	run() {
		this.#api.check(FAILED, "Run", ...this.#arguments);
	}
	explain(text) {
		return this.#api.errorOf(FAILED, text);
	}
	dispose() {
		this.#values.dispose();
	}
};
function createSession(runtime, model) {
	const { api } = runtime;
	const what = "ONNX Runtime refused a model";
	const options = api.make(what, "CreateSessionOptions");
	let session;
	try {
		api.check(what, "SetSessionLogSeverityLevel", options, FATAL);
		api.check(what, "SetSessionGraphOptimizationLevel", options, ALL_OPTIMIZATIONS);
		api.check(what, "SetIntraOpNumThreads", options, 1);
		api.check(what, "SetInterOpNumThreads", options, 1);
		if (process.env["ORTPROF"]) api.check(what, "EnableProfiling", options, process.env["ORTPROF"] + globalThis.N++ + "_");
		session = api.make(what, "CreateSessionFromArray", runtime.environment, model, model.byteLength, options);
	} finally {
		api.release("ReleaseSessionOptions", options);
	}
	let open = true;
	if (process.env["ORTPROF"]) process.on("exit", () => {
		if (open) try {
			const a = api.make("x", "GetAllocatorWithDefaultOptions");
			api.make("x", "SessionEndProfiling", session, a);
		} catch (e) {
			console.log(e);
		}
	});
	return {
		bind: (inputs, outputs) => new NativeBinding(runtime, session, inputs, outputs),
		dispose() {
			if (open) api.release("ReleaseSession", session);
			open = false;
		}
	};
}
/**
* ONNX Runtime through its C interface. Its own Node binding allocates and copies every output of every run and refuses
* shared memory; here results are written where they belong.
* @throws {EngineError} when the library is missing or a first small model does not give what it must
*/
async function nativeMachine() {
	const api = await loadApi();
	const what = "ONNX Runtime could not start";
	const { availableParallelism } = await import("node:os");
	const cores = availableParallelism();
	const runtime = {
		api,
		environment: api.make(what, "CreateEnv", FATAL, "pawl"),
		memory: api.make(what, "CreateCpuMemoryInfo", 0, 0)
	};
	const [crew] = await Promise.all([crewOf(api.foreign), smokeTest(runtime)]);
	return {
		name: "onnxruntime-native",
		fingerprint: {
			library: `onnxruntime ${api.version}`,
			threads: "1",
			...await cpuFingerprint()
		},
		workers: () => workerCount(cores),
		crew,
		createSession: async (model) => createSession(runtime, model)
	};
}
/** A wrong table of functions would show here and not in the middle of a training. */
async function smokeTest(runtime) {
	const { defaultArena } = await import("./arena-BD56p7L_.js");
	const graph = new GraphBuilder();
	const x = graph.input("x", [2], "float32");
	graph.output("y", graph.node("Add", [x, graph.scalar(.5)]), [2], "float32");
	const session = createSession(runtime, graph.bytes());
	const slot = () => ({
		block: defaultArena().allocate(8),
		start: 0,
		dims: [2],
		dtype: "float32"
	});
	const [input, output] = [slot(), slot()];
	input.block.view("float32", 2).set([1, -2]);
	const binding = session.bind(["x"], ["y"]);
	try {
		binding.place([input], [output]);
		await binding.run();
		const result = output.block.view("float32", 2);
		if (result[0] !== 1.5 || result[1] !== -1.5) throw new EngineError({
			code: "native-unavailable",
			what: "ONNX Runtime's library does not compute what it must",
			received: `1 + 0.5 = ${result[0]}, -2 + 0.5 = ${result[1]}`
		});
	} finally {
		binding.dispose();
		session.dispose();
		for (const { block } of [input, output]) block.free();
	}
}
//#endregion
export { nativeMachine };
