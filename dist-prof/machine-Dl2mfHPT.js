import { t as EngineError } from "./errors-DC-FoqxE.js";
import { r as sizeOf } from "./shape-Cm7Ckhsa.js";
import { t as cpuFingerprint } from "./fingerprint-B12fWX7f.js";
//#region src/engine/web/ort.ts
let loading;
/**
* onnxruntime-web on one thread (its own threads would need workers that keep a process alive).
* @throws {EngineError} when the package cannot be loaded
*/
function loadOrt() {
	return loading ??= load();
}
async function load() {
	try {
		const ort = await import("onnxruntime-web/wasm");
		ort.env.logLevel = "fatal";
		ort.env.wasm.numThreads = 1;
		ort.env.wasm.proxy = false;
		return ort;
	} catch (cause) {
		throw new EngineError({
			code: "web-unavailable",
			what: "The WebAssembly engine cannot be used: onnxruntime-web could not be loaded",
			received: cause instanceof Error ? cause.message : String(cause),
			fix: "Run `npm install` again",
			cause
		});
	}
}
//#endregion
//#region src/engine/web/machine.ts
/** Errors come as exceptions; nothing is written to stderr besides. */
const FATAL = 4;
const FAILED = "ONNX Runtime could not compute a step";
/** ONNX Runtime compiled to WebAssembly: it has its own memory, so tensors are copied in and out of it. */
async function webMachine() {
	const ort = await loadOrt();
	return {
		name: "onnxruntime-web",
		fingerprint: {
			library: `onnxruntime-web ${ort.env.versions.web ?? "?"}`,
			threads: "1",
			...await cpuFingerprint()
		},
		workers: () => 1,
		crew: null,
		createSession: (model) => createSession(ort, model)
	};
}
async function createSession(ort, model) {
	let session;
	try {
		session = await ort.InferenceSession.create(model, {
			executionProviders: ["wasm"],
			graphOptimizationLevel: "all",
			logSeverityLevel: FATAL,
			intraOpNumThreads: 1
		});
	} catch (cause) {
		throw failure("ONNX Runtime refused a model", cause);
	}
	let released = false;
	return {
		bind: (inputs, outputs) => bind(ort, session, inputs, outputs),
		dispose() {
			if (released) return;
			released = true;
			session.release().catch(() => void 0);
		}
	};
}
function bind(ort, session, inputs, outputs) {
	const tensorOf = ({ block, start, dims, dtype }) => new ort.Tensor(dtype, block.view(dtype, sizeOf(dims), start), dims);
	let from = [];
	let to = [];
	return {
		foreign: null,
		explain: (text) => failure(FAILED, new Error(text)),
		place(inputSlots, outputSlots) {
			from = inputSlots;
			to = outputSlots;
		},
		async run() {
			const feeds = Object.fromEntries(inputs.map((name, i) => [name, tensorOf(from[i])]));
			let results;
			try {
				results = await session.run(feeds, outputs, { logSeverityLevel: FATAL });
			} catch (cause) {
				throw failure(FAILED, cause);
			}
			for (const [i, name] of outputs.entries()) {
				const { block, start, dims, dtype } = to[i];
				const result = results[name];
				const size = sizeOf(dims);
				if (result.size !== size || result.type !== dtype) throw failure(`ONNX Runtime gave output ${name} another type`, /* @__PURE__ */ new Error(`${result.type} [${result.dims}]`));
				block.view(dtype, size, start).set(result.data);
				result.dispose();
			}
		},
		dispose() {}
	};
}
function failure(what, cause) {
	return new EngineError({
		code: "onnxruntime",
		what,
		received: (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, ""),
		cause
	});
}
//#endregion
export { webMachine };
