import { create, toBinary } from "@bufbuild/protobuf";
import { enumDesc, fileDesc, messageDesc, tsEnum } from "@bufbuild/protobuf/codegenv2";
//#region src/engine/wasm/encode.ts
/** Unsigned LEB128. */
function unsigned(value) {
	const out = [];
	let rest = value;
	do {
		const low = rest % 128;
		rest = Math.floor(rest / 128);
		out.push(rest > 0 ? low + 128 : low);
	} while (rest > 0);
	return out;
}
/** Signed LEB128. */
function signed(value) {
	const out = [];
	let rest = value;
	for (;;) {
		const low = Number(rest & 127n);
		rest >>= 7n;
		const done = rest === 0n && low < 64 || rest === -1n && low >= 64;
		out.push(done ? low : low + 128);
		if (done) return out;
	}
}
/** Little-endian bytes of a float32. */
function float32Bytes(value) {
	const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));
	view.setFloat32(0, value, true);
	return [
		0,
		1,
		2,
		3
	].map((index) => view.getUint8(index));
}
/** Little-endian bytes of a float64. */
function float64Bytes(value) {
	const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
	view.setFloat64(0, value, true);
	return [
		0,
		1,
		2,
		3,
		4,
		5,
		6,
		7
	].map((index) => view.getUint8(index));
}
//#endregion
//#region src/engine/wasm/opcodes.ts
/** Binary codes of the WebAssembly instructions that kernels use (core specification 2.0, section 5.4). */
const OPCODES = {
	return: [15],
	drop: [26],
	select: [27],
	"i32.eqz": [69],
	"i32.eq": [70],
	"i32.ne": [71],
	"i32.lt_s": [72],
	"i32.lt_u": [73],
	"i32.gt_s": [74],
	"i32.gt_u": [75],
	"i32.le_s": [76],
	"i32.ge_s": [78],
	"i32.ge_u": [79],
	"f32.eq": [91],
	"f32.gt": [94],
	"f64.lt": [99],
	"f64.gt": [100],
	"f64.le": [101],
	"f64.ge": [102],
	"i32.add": [106],
	"i32.sub": [107],
	"i32.mul": [108],
	"i32.and": [113],
	"i32.or": [114],
	"i32.xor": [115],
	"i32.shl": [116],
	"i32.shr_u": [118],
	"i64.add": [124],
	"i64.mul": [126],
	"i64.shr_u": [136],
	"f32.add": [146],
	"f32.sub": [147],
	"f32.mul": [148],
	"f64.neg": [154],
	"f64.sqrt": [159],
	"f64.add": [160],
	"f64.sub": [161],
	"f64.mul": [162],
	"f64.div": [163],
	"i32.wrap_i64": [167],
	"i64.extend_i32_u": [173],
	"f32.convert_i32_u": [179],
	"f32.demote_f64": [182],
	"f64.convert_i32_u": [184],
	"memory.fill": [
		252,
		11,
		0
	],
	"memory.copy": [
		252,
		10,
		0,
		0
	],
	"i32x4.splat": [253, 17],
	"f32x4.splat": [253, 19],
	"f32x4.eq": [253, 65],
	"f32x4.gt": [253, 68],
	"f32x4.ge": [253, 70],
	"v128.not": [253, 77],
	"v128.and": [253, 78],
	"v128.andnot": [253, 79],
	"v128.or": [253, 80],
	"v128.bitselect": [253, 82],
	"i32x4.add": [
		253,
		174,
		1
	],
	"f32x4.abs": [
		253,
		224,
		1
	],
	"f32x4.neg": [
		253,
		225,
		1
	],
	"f32x4.sqrt": [
		253,
		227,
		1
	],
	"f32x4.add": [
		253,
		228,
		1
	],
	"f32x4.sub": [
		253,
		229,
		1
	],
	"f32x4.mul": [
		253,
		230,
		1
	],
	"f32x4.div": [
		253,
		231,
		1
	],
	"f32x4.min": [
		253,
		232,
		1
	],
	"f32x4.max": [
		253,
		233,
		1
	]
};
/** Instructions that name an address, with the exponent of their natural alignment. */
const MEMORY_OPCODES = {
	"i32.load": [[40], 2],
	"f32.load": [[42], 2],
	"i32.load8_u": [[45], 0],
	"i32.store": [[54], 2],
	"f32.store": [[56], 2],
	"v128.load": [[253, 0], 4],
	"v128.store": [[253, 11], 4]
};
const TYPES = {
	i32: 127,
	i64: 126,
	f32: 125,
	f64: 124,
	v128: 123
};
//#endregion
//#region src/engine/wasm/text.ts
/** Reads the expressions of a text; `;;` starts a comment. */
function parse(source) {
	const tokens = source.replace(/;;[^\n]*/g, "").match(/[()]|[^\s()]+/g) ?? [];
	let next = 0;
	const list = () => {
		const out = [];
		while (next < tokens.length && tokens[next] !== ")") if (tokens[next] === "(") {
			next++;
			out.push(list());
			next++;
		} else out.push(tokens[next++]);
		return out;
	};
	return list();
}
//#endregion
//#region src/engine/wasm/assemble.ts
const IMPORT_MEMORY = 2;
const FUNCTION_TYPE = 96;
const END = 11;
const NO_RESULT = 64;
/** Pages of 64 KiB in 4 GiB. */
const MAX_PAGES = 65536;
/**
* Assembles functions in the folded form of WebAssembly's text format, `(func $name (param $a i32) (local $b f32) …)`,
* to a module that imports the memory `env.memory` and exports each function. They return nothing, or `(result i32)`. It
* knows what our kernels use and no more; that way kernels need no compiler and stay readable.
*/
function assemble(source, sharedMemory) {
	const functions = parse(source).map((expression) => assembleFunction(expression));
	const limits = sharedMemory ? [
		3,
		...unsigned(1),
		...unsigned(MAX_PAGES)
	] : [0, ...unsigned(1)];
	const list = (types) => vector(types.map((type) => [type]));
	const types = functions.map(({ parameters, results }) => [
		FUNCTION_TYPE,
		...list(parameters),
		...list(results)
	]);
	return Uint8Array.from([
		...[
			0,
			97,
			115,
			109,
			1,
			0,
			0,
			0
		],
		...section(1, vector(types)),
		...section(2, vector([[
			...name("env"),
			...name("memory"),
			IMPORT_MEMORY,
			...limits
		]])),
		...section(3, vector(functions.map((_, index) => unsigned(index)))),
		...section(7, vector(functions.map((code, index) => [
			...name(code.name),
			0,
			...unsigned(index)
		]))),
		...section(10, vector(functions.map(({ body }) => [...unsigned(body.length), ...body])))
	]);
}
function assembleFunction(expression) {
	const declared = (kind) => expression.flatMap((part) => Array.isArray(part) && part[0] === kind ? [[part[1], TYPES[part[2]]]] : []);
	const parameters = declared("param");
	const locals = declared("local");
	const names = new Map([...parameters, ...locals].map(([local], index) => [local, index]));
	const code = [];
	const results = [];
	for (const part of expression.slice(2)) {
		if (!Array.isArray(part) || part[0] === "param" || part[0] === "local") continue;
		if (part[0] === "result") {
			results.push(TYPES[part[1]]);
			continue;
		}
		instruction(part, names, [], code);
	}
	const groups = vector(locals.map(([, type]) => [1, type]));
	return {
		name: expression[1].slice(1),
		parameters: parameters.map(([, type]) => type),
		results,
		body: [
			...groups,
			...code,
			END
		]
	};
}
/** Operands first, then the instruction: the folded form unfolds itself. `labels`: the innermost is the last. */
function instruction(expression, locals, labels, code) {
	const op = expression[0];
	const rest = expression.slice(1);
	const evaluate = (parts, inside = labels) => {
		for (const part of parts) if (Array.isArray(part)) instruction(part, locals, inside, code);
	};
	const depth = (label) => unsigned(labels.length - 1 - labels.lastIndexOf(label));
	switch (op) {
		case "block":
		case "loop":
			code.push(op === "block" ? 2 : 3, NO_RESULT);
			evaluate(rest.slice(1), [...labels, rest[0]]);
			code.push(END);
			return;
		case "if": {
			evaluate(rest.slice(0, 1));
			code.push(4, NO_RESULT);
			const branch = (part) => evaluate(part.slice(1), [...labels, ""]);
			branch(rest[1]);
			if (rest[2] !== void 0) {
				code.push(5);
				branch(rest[2]);
			}
			code.push(END);
			return;
		}
		case "br":
			code.push(12, ...depth(rest[0]));
			return;
		case "br_if":
			evaluate(rest.slice(1));
			code.push(13, ...depth(rest[0]));
			return;
		case "local.get":
		case "local.set":
		case "local.tee":
			evaluate(rest.slice(1));
			code.push({
				"local.get": 32,
				"local.set": 33,
				"local.tee": 34
			}[op], ...unsigned(found(locals, rest[0])));
			return;
		case "i32.const":
			code.push(65, ...signed(BigInt(rest[0])));
			return;
		case "i64.const":
			code.push(66, ...signed(BigInt(rest[0])));
			return;
		case "f32.const":
			code.push(67, ...float32Bytes(Number(rest[0])));
			return;
		case "f64.const":
			code.push(68, ...float64Bytes(Number(rest[0])));
			return;
		default:
			evaluate(rest);
			code.push(...plain(op, rest));
	}
}
function plain(op, rest) {
	const memory = MEMORY_OPCODES[op];
	if (memory !== void 0) {
		const offset = typeof rest[0] === "string" ? Number(rest[0].replace("offset=", "")) : 0;
		return [
			...memory[0],
			memory[1],
			...unsigned(offset)
		];
	}
	if (op === "i8x16.shuffle") return [
		253,
		13,
		...rest.filter((part) => typeof part === "string").map(Number)
	];
	const known = OPCODES[op];
	if (known === void 0) throw new Error(`The assembler does not know ${op}`);
	return known;
}
function found(locals, name) {
	const index = locals.get(name);
	if (index === void 0) throw new Error(`A kernel has no local ${String(name)}`);
	return index;
}
const vector = (items) => [...unsigned(items.length), ...items.flat()];
const section = (id, content) => [
	id,
	...unsigned(content.length),
	...content
];
function name(text) {
	const bytes = [...new TextEncoder().encode(text)];
	return [...unsigned(bytes.length), ...bytes];
}
//#endregion
//#region src/engine/wasm/kernels.ts
const modules = /* @__PURE__ */ new Map();
const instances = /* @__PURE__ */ new WeakMap();
/** The compiled text, for memory such as the segment's. */
function moduleOf(text, segment) {
	const isShared = !(segment.memory.buffer instanceof ArrayBuffer);
	const key = `${isShared}:${text}`;
	let module = modules.get(key);
	if (module === void 0) modules.set(key, module = new WebAssembly.Module(assemble(text, isShared)));
	return module;
}
/** The functions of a text over a segment's memory; assembled once, instantiated once a segment. */
function instantiate(text, segment) {
	let known = instances.get(segment);
	if (known === void 0) instances.set(segment, known = /* @__PURE__ */ new Map());
	let functions = known.get(text);
	if (functions === void 0) {
		const { exports } = new WebAssembly.Instance(moduleOf(text, segment), { env: { memory: segment.memory } });
		known.set(text, functions = exports);
	}
	return functions;
}
/** Most units of a phase. */
const MOST_UNITS = 4095;
/** Jobs that can be told apart by a word. */
const TAGS = 2 ** 20;
/** What the numbers that all threads share mean. */
const Field = {
	/** Rises with each job; members sleep on it. */
	bell: 0,
	/** Number of the present job, or 0 while the next one is written. */
	job: 1,
	/** Number of the job's score. */
	score: 2,
	/** Whether the last one to finish sends a message, because nobody waits. */
	message: 3,
	/** 0, 1 while a failure is written, 2 when it is there: */
	failed: 4,
	/** the call that failed, what its function returned (0 for a session), the bytes of a text. */
	failure: 5,
	/** Members that have begun to listen. */
	present: 8,
	/** The text of a failure. */
	text: 16
};
const CONTROL_BYTES = 4096;
/** Looks at a number before going to sleep over it: some tens of microseconds. */
const SPINS = 4e3;
//#endregion
//#region src/engine/onnx/generated/onnx_pb.js
/**
* Describes the file onnx.proto.
*/
const file_onnx = /* @__PURE__ */ fileDesc("Cgpvbm54LnByb3RvEgRvbm54ItsFCg5BdHRyaWJ1dGVQcm90bxIMCgRuYW1lGAEgASgJEhUKDXJlZl9hdHRyX25hbWUYFSABKAkSEgoKZG9jX3N0cmluZxgNIAEoCRIwCgR0eXBlGBQgASgOMiIub25ueC5BdHRyaWJ1dGVQcm90by5BdHRyaWJ1dGVUeXBlEgkKAWYYAiABKAISCQoBaRgDIAEoAxIJCgFzGAQgASgMEhwKAXQYBSABKAsyES5vbm54LlRlbnNvclByb3RvEhsKAWcYBiABKAsyEC5vbm54LkdyYXBoUHJvdG8SLgoNc3BhcnNlX3RlbnNvchgWIAEoCzIXLm9ubnguU3BhcnNlVGVuc29yUHJvdG8SGwoCdHAYDiABKAsyDy5vbm54LlR5cGVQcm90bxIOCgZmbG9hdHMYByADKAISDAoEaW50cxgIIAMoAxIPCgdzdHJpbmdzGAkgAygMEiIKB3RlbnNvcnMYCiADKAsyES5vbm54LlRlbnNvclByb3RvEiAKBmdyYXBocxgLIAMoCzIQLm9ubnguR3JhcGhQcm90bxIvCg5zcGFyc2VfdGVuc29ycxgXIAMoCzIXLm9ubnguU3BhcnNlVGVuc29yUHJvdG8SJAoLdHlwZV9wcm90b3MYDyADKAsyDy5vbm54LlR5cGVQcm90byLZAQoNQXR0cmlidXRlVHlwZRINCglVTkRFRklORUQQABIJCgVGTE9BVBABEgcKA0lOVBACEgoKBlNUUklORxADEgoKBlRFTlNPUhAEEgkKBUdSQVBIEAUSEQoNU1BBUlNFX1RFTlNPUhALEg4KClRZUEVfUFJPVE8QDRIKCgZGTE9BVFMQBhIICgRJTlRTEAcSCwoHU1RSSU5HUxAIEgsKB1RFTlNPUlMQCRIKCgZHUkFQSFMQChISCg5TUEFSU0VfVEVOU09SUxAMEg8KC1RZUEVfUFJPVE9TEA5KBAgMEA1KBAgQEBRSAXYihwEKDlZhbHVlSW5mb1Byb3RvEgwKBG5hbWUYASABKAkSHQoEdHlwZRgCIAEoCzIPLm9ubnguVHlwZVByb3RvEhIKCmRvY19zdHJpbmcYAyABKAkSNAoObWV0YWRhdGFfcHJvcHMYBCADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG8ioQIKCU5vZGVQcm90bxINCgVpbnB1dBgBIAMoCRIOCgZvdXRwdXQYAiADKAkSDAoEbmFtZRgDIAEoCRIPCgdvcF90eXBlGAQgASgJEg4KBmRvbWFpbhgHIAEoCRIQCghvdmVybG9hZBgIIAEoCRInCglhdHRyaWJ1dGUYBSADKAsyFC5vbm54LkF0dHJpYnV0ZVByb3RvEhIKCmRvY19zdHJpbmcYBiABKAkSNAoObWV0YWRhdGFfcHJvcHMYCSADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG8SQQoVZGV2aWNlX2NvbmZpZ3VyYXRpb25zGAogAygLMiIub25ueC5Ob2RlRGV2aWNlQ29uZmlndXJhdGlvblByb3RvIjIKFEludEludExpc3RFbnRyeVByb3RvEgsKA2tleRgBIAEoAxINCgV2YWx1ZRgCIAMoAyKAAQocTm9kZURldmljZUNvbmZpZ3VyYXRpb25Qcm90bxIYChBjb25maWd1cmF0aW9uX2lkGAEgASgJEi4KDXNoYXJkaW5nX3NwZWMYAiADKAsyFy5vbm54LlNoYXJkaW5nU3BlY1Byb3RvEhYKDnBpcGVsaW5lX3N0YWdlGAMgASgFIqMBChFTaGFyZGluZ1NwZWNQcm90bxITCgt0ZW5zb3JfbmFtZRgBIAEoCRIOCgZkZXZpY2UYAiADKAMSPQoZaW5kZXhfdG9fZGV2aWNlX2dyb3VwX21hcBgDIAMoCzIaLm9ubnguSW50SW50TGlzdEVudHJ5UHJvdG8SKgoLc2hhcmRlZF9kaW0YBCADKAsyFS5vbm54LlNoYXJkZWREaW1Qcm90byJVCg9TaGFyZGVkRGltUHJvdG8SDAoEYXhpcxgBIAEoAxI0Cg9zaW1wbGVfc2hhcmRpbmcYAiADKAsyGy5vbm54LlNpbXBsZVNoYXJkZWREaW1Qcm90byJcChVTaW1wbGVTaGFyZGVkRGltUHJvdG8SEwoJZGltX3ZhbHVlGAEgASgDSAASEwoJZGltX3BhcmFtGAIgASgJSAASEgoKbnVtX3NoYXJkcxgDIAEoA0IFCgNkaW0i1gEKEVRyYWluaW5nSW5mb1Byb3RvEigKDmluaXRpYWxpemF0aW9uGAEgASgLMhAub25ueC5HcmFwaFByb3RvEiMKCWFsZ29yaXRobRgCIAEoCzIQLm9ubnguR3JhcGhQcm90bxI8ChZpbml0aWFsaXphdGlvbl9iaW5kaW5nGAMgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvEjQKDnVwZGF0ZV9iaW5kaW5nGAQgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvIqIDCgpNb2RlbFByb3RvEhIKCmlyX3ZlcnNpb24YASABKAMSLgoMb3BzZXRfaW1wb3J0GAggAygLMhgub25ueC5PcGVyYXRvclNldElkUHJvdG8SFQoNcHJvZHVjZXJfbmFtZRgCIAEoCRIYChBwcm9kdWNlcl92ZXJzaW9uGAMgASgJEg4KBmRvbWFpbhgEIAEoCRIVCg1tb2RlbF92ZXJzaW9uGAUgASgDEhIKCmRvY19zdHJpbmcYBiABKAkSHwoFZ3JhcGgYByABKAsyEC5vbm54LkdyYXBoUHJvdG8SNAoObWV0YWRhdGFfcHJvcHMYDiADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG8SLgoNdHJhaW5pbmdfaW5mbxgUIAMoCzIXLm9ubnguVHJhaW5pbmdJbmZvUHJvdG8SJgoJZnVuY3Rpb25zGBkgAygLMhMub25ueC5GdW5jdGlvblByb3RvEjUKDWNvbmZpZ3VyYXRpb24YGiADKAsyHi5vbm54LkRldmljZUNvbmZpZ3VyYXRpb25Qcm90byJNChhEZXZpY2VDb25maWd1cmF0aW9uUHJvdG8SDAoEbmFtZRgBIAEoCRITCgtudW1fZGV2aWNlcxgCIAEoBRIOCgZkZXZpY2UYAyADKAkiNAoWU3RyaW5nU3RyaW5nRW50cnlQcm90bxILCgNrZXkYASABKAkSDQoFdmFsdWUYAiABKAkiawoQVGVuc29yQW5ub3RhdGlvbhITCgt0ZW5zb3JfbmFtZRgBIAEoCRJCChxxdWFudF9wYXJhbWV0ZXJfdGVuc29yX25hbWVzGAIgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvItQDCgpHcmFwaFByb3RvEh0KBG5vZGUYASADKAsyDy5vbm54Lk5vZGVQcm90bxIMCgRuYW1lGAIgASgJEiYKC2luaXRpYWxpemVyGAUgAygLMhEub25ueC5UZW5zb3JQcm90bxIzChJzcGFyc2VfaW5pdGlhbGl6ZXIYDyADKAsyFy5vbm54LlNwYXJzZVRlbnNvclByb3RvEhIKCmRvY19zdHJpbmcYCiABKAkSIwoFaW5wdXQYCyADKAsyFC5vbm54LlZhbHVlSW5mb1Byb3RvEiQKBm91dHB1dBgMIAMoCzIULm9ubnguVmFsdWVJbmZvUHJvdG8SKAoKdmFsdWVfaW5mbxgNIAMoCzIULm9ubnguVmFsdWVJbmZvUHJvdG8SNwoXcXVhbnRpemF0aW9uX2Fubm90YXRpb24YDiADKAsyFi5vbm54LlRlbnNvckFubm90YXRpb24SNAoObWV0YWRhdGFfcHJvcHMYECADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG9KBAgDEARKBAgEEAVKBAgGEApSCmlyX3ZlcnNpb25SEHByb2R1Y2VyX3ZlcnNpb25SDHByb2R1Y2VyX3RhZ1IGZG9tYWluIqIHCgtUZW5zb3JQcm90bxIMCgRkaW1zGAEgAygDEhEKCWRhdGFfdHlwZRgCIAEoBRIqCgdzZWdtZW50GAMgASgLMhkub25ueC5UZW5zb3JQcm90by5TZWdtZW50EhYKCmZsb2F0X2RhdGEYBCADKAJCAhABEhYKCmludDMyX2RhdGEYBSADKAVCAhABEhMKC3N0cmluZ19kYXRhGAYgAygMEhYKCmludDY0X2RhdGEYByADKANCAhABEgwKBG5hbWUYCCABKAkSEgoKZG9jX3N0cmluZxgMIAEoCRIQCghyYXdfZGF0YRgJIAEoDBIzCg1leHRlcm5hbF9kYXRhGA0gAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvEjUKDWRhdGFfbG9jYXRpb24YDiABKA4yHi5vbm54LlRlbnNvclByb3RvLkRhdGFMb2NhdGlvbhIXCgtkb3VibGVfZGF0YRgKIAMoAUICEAESFwoLdWludDY0X2RhdGEYCyADKARCAhABEjQKDm1ldGFkYXRhX3Byb3BzGBAgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvGiUKB1NlZ21lbnQSDQoFYmVnaW4YASABKAMSCwoDZW5kGAIgASgDIo4DCghEYXRhVHlwZRINCglVTkRFRklORUQQABIJCgVGTE9BVBABEgkKBVVJTlQ4EAISCAoESU5UOBADEgoKBlVJTlQxNhAEEgkKBUlOVDE2EAUSCQoFSU5UMzIQBhIJCgVJTlQ2NBAHEgoKBlNUUklORxAIEggKBEJPT0wQCRILCgdGTE9BVDE2EAoSCgoGRE9VQkxFEAsSCgoGVUlOVDMyEAwSCgoGVUlOVDY0EA0SDQoJQ09NUExFWDY0EA4SDgoKQ09NUExFWDEyOBAPEgwKCEJGTE9BVDE2EBASEAoMRkxPQVQ4RTRNM0ZOEBESEgoORkxPQVQ4RTRNM0ZOVVoQEhIOCgpGTE9BVDhFNU0yEBMSEgoORkxPQVQ4RTVNMkZOVVoQFBIJCgVVSU5UNBAVEggKBElOVDQQFhIOCgpGTE9BVDRFMk0xEBcSDgoKRkxPQVQ4RThNMBAYEgkKBVVJTlQyEBkSCAoESU5UMhAaEg4KCkZMT0FUNkUyTTMQGxIOCgpGTE9BVDZFM00yEBwiKQoMRGF0YUxvY2F0aW9uEgsKB0RFRkFVTFQQABIMCghFWFRFUk5BTBABImgKEVNwYXJzZVRlbnNvclByb3RvEiEKBnZhbHVlcxgBIAEoCzIRLm9ubnguVGVuc29yUHJvdG8SIgoHaW5kaWNlcxgCIAEoCzIRLm9ubnguVGVuc29yUHJvdG8SDAoEZGltcxgDIAMoAyKVAQoQVGVuc29yU2hhcGVQcm90bxItCgNkaW0YASADKAsyIC5vbm54LlRlbnNvclNoYXBlUHJvdG8uRGltZW5zaW9uGlIKCURpbWVuc2lvbhITCglkaW1fdmFsdWUYASABKANIABITCglkaW1fcGFyYW0YAiABKAlIABISCgpkZW5vdGF0aW9uGAMgASgJQgcKBXZhbHVlIrcFCglUeXBlUHJvdG8SLQoLdGVuc29yX3R5cGUYASABKAsyFi5vbm54LlR5cGVQcm90by5UZW5zb3JIABIxCg1zZXF1ZW5jZV90eXBlGAQgASgLMhgub25ueC5UeXBlUHJvdG8uU2VxdWVuY2VIABInCghtYXBfdHlwZRgFIAEoCzITLm9ubnguVHlwZVByb3RvLk1hcEgAEjEKDW9wdGlvbmFsX3R5cGUYCSABKAsyGC5vbm54LlR5cGVQcm90by5PcHRpb25hbEgAEjoKEnNwYXJzZV90ZW5zb3JfdHlwZRgIIAEoCzIcLm9ubnguVHlwZVByb3RvLlNwYXJzZVRlbnNvckgAEi0KC29wYXF1ZV90eXBlGAcgASgLMhYub25ueC5UeXBlUHJvdG8uT3BhcXVlSAASEgoKZGVub3RhdGlvbhgGIAEoCRpCCgZUZW5zb3ISEQoJZWxlbV90eXBlGAEgASgFEiUKBXNoYXBlGAIgASgLMhYub25ueC5UZW5zb3JTaGFwZVByb3RvGi4KCFNlcXVlbmNlEiIKCWVsZW1fdHlwZRgBIAEoCzIPLm9ubnguVHlwZVByb3RvGjwKA01hcBIQCghrZXlfdHlwZRgBIAEoBRIjCgp2YWx1ZV90eXBlGAIgASgLMg8ub25ueC5UeXBlUHJvdG8aLgoIT3B0aW9uYWwSIgoJZWxlbV90eXBlGAEgASgLMg8ub25ueC5UeXBlUHJvdG8aSAoMU3BhcnNlVGVuc29yEhEKCWVsZW1fdHlwZRgBIAEoBRIlCgVzaGFwZRgCIAEoCzIWLm9ubnguVGVuc29yU2hhcGVQcm90bxo4CgZPcGFxdWUSDgoGZG9tYWluGAEgASgJEgwKBG5hbWUYAiABKAlKBAgDEARSCnBhcmFtZXRlcnNCBwoFdmFsdWUiNQoST3BlcmF0b3JTZXRJZFByb3RvEg4KBmRvbWFpbhgBIAEoCRIPCgd2ZXJzaW9uGAIgASgDIoYDCg1GdW5jdGlvblByb3RvEgwKBG5hbWUYASABKAkSDQoFaW5wdXQYBCADKAkSDgoGb3V0cHV0GAUgAygJEhEKCWF0dHJpYnV0ZRgGIAMoCRItCg9hdHRyaWJ1dGVfcHJvdG8YCyADKAsyFC5vbm54LkF0dHJpYnV0ZVByb3RvEh0KBG5vZGUYByADKAsyDy5vbm54Lk5vZGVQcm90bxISCgpkb2Nfc3RyaW5nGAggASgJEi4KDG9wc2V0X2ltcG9ydBgJIAMoCzIYLm9ubnguT3BlcmF0b3JTZXRJZFByb3RvEg4KBmRvbWFpbhgKIAEoCRIQCghvdmVybG9hZBgNIAEoCRIoCgp2YWx1ZV9pbmZvGAwgAygLMhQub25ueC5WYWx1ZUluZm9Qcm90bxI0Cg5tZXRhZGF0YV9wcm9wcxgOIAMoCzIcLm9ubnguU3RyaW5nU3RyaW5nRW50cnlQcm90b0oECAIQA0oECAMQBFINc2luY2VfdmVyc2lvblIGc3RhdHVzKoIDCgdWZXJzaW9uEhIKDl9TVEFSVF9WRVJTSU9OEAASGQoVSVJfVkVSU0lPTl8yMDE3XzEwXzEwEAESGQoVSVJfVkVSU0lPTl8yMDE3XzEwXzMwEAISGAoUSVJfVkVSU0lPTl8yMDE3XzExXzMQAxIYChRJUl9WRVJTSU9OXzIwMTlfMV8yMhAEEhgKFElSX1ZFUlNJT05fMjAxOV8zXzE4EAUSGAoUSVJfVkVSU0lPTl8yMDE5XzlfMTkQBhIXChNJUl9WRVJTSU9OXzIwMjBfNV84EAcSGAoUSVJfVkVSU0lPTl8yMDIxXzdfMzAQCBIXChNJUl9WRVJTSU9OXzIwMjNfNV81EAkSGAoUSVJfVkVSU0lPTl8yMDI0XzNfMjUQChIZChVJUl9WRVJTSU9OXzIwMjVfMDVfMTIQCxIZChVJUl9WRVJTSU9OXzIwMjVfMDhfMjYQDBIZChVJUl9WRVJTSU9OXzIwMjVfMTFfMDYQDRIOCgpJUl9WRVJTSU9OEA4qLgoOT3BlcmF0b3JTdGF0dXMSEAoMRVhQRVJJTUVOVEFMEAASCgoGU1RBQkxFEAFCAkgD");
/**
* Describes the message onnx.AttributeProto.
* Use `create(AttributeProtoSchema)` to create a new message.
*/
const AttributeProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 0);
/**
* Note: this enum is structurally identical to the OpSchema::AttrType
* enum defined in schema.h.  If you rev one, you likely need to rev the other.
*
* @generated from enum onnx.AttributeProto.AttributeType
*/
const AttributeProto_AttributeType = /* @__PURE__ */ tsEnum(/* @__PURE__ */ enumDesc(file_onnx, 0, 0));
/**
* Describes the message onnx.ValueInfoProto.
* Use `create(ValueInfoProtoSchema)` to create a new message.
*/
const ValueInfoProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 1);
/**
* Describes the message onnx.NodeProto.
* Use `create(NodeProtoSchema)` to create a new message.
*/
const NodeProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 2);
/**
* Describes the message onnx.ModelProto.
* Use `create(ModelProtoSchema)` to create a new message.
*/
const ModelProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 9);
/**
* Describes the message onnx.GraphProto.
* Use `create(GraphProtoSchema)` to create a new message.
*/
const GraphProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 13);
/**
* Describes the message onnx.TensorProto.
* Use `create(TensorProtoSchema)` to create a new message.
*/
const TensorProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 14);
/**
* @generated from enum onnx.TensorProto.DataType
*/
const TensorProto_DataType = /* @__PURE__ */ tsEnum(/* @__PURE__ */ enumDesc(file_onnx, 14, 0));
/**
* Describes the message onnx.OperatorSetIdProto.
* Use `create(OperatorSetIdProtoSchema)` to create a new message.
*/
const OperatorSetIdProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 18);
const IR_VERSION = 10n;
const ONNX_TYPES = {
	float32: TensorProto_DataType.FLOAT,
	int32: TensorProto_DataType.INT32,
	int64: TensorProto_DataType.INT64,
	bool: TensorProto_DataType.BOOL
};
/** Name of a dimension: `rows` or, for k rows, `rows_k`. */
const dimension = (dim) => dim >= 0 ? dim : dim === -1 ? "rows" : `rows_${-dim}`;
/**
* Writes one ONNX graph node by node. Names are numbered in the order of calls, so equal graphs give equal bytes;
* equal constants are kept once.
*/
var GraphBuilder = class {
	#nodes = [];
	#inputs = [];
	#outputs = [];
	#constants = /* @__PURE__ */ new Map();
	#lines = [];
	#nextNode = 0;
	#rows;
	/** Appends a node and returns the name of its first output. `domain`: "" is ONNX itself. */
	node(opType, inputs, attributes = {}, { domain = "", outputs = 1 } = {}) {
		const output = `v${this.#nextNode++}`;
		const others = Array.from({ length: outputs - 1 }, (_, index) => `${output}_${index + 1}`);
		this.#append(opType, inputs, [output, ...others], attributes, domain);
		return output;
	}
	input(name, dims, dtype) {
		this.#inputs.push(valueInfo(name, dims, dtype));
		this.#lines.push(`input ${name}: ${dtype}[${dims.map(dimension).join(", ")}]`);
		return name;
	}
	/** Declares an output that holds `source`. */
	output(name, source, dims, dtype) {
		if (this.#nodes.find((node) => node.output[0] === source) !== void 0 && !this.#outputs.some((output) => output.name === source)) this.#rename(source, name);
		else this.#append("Identity", [source], [name], {}, "");
		this.#outputs.push(valueInfo(name, dims, dtype));
		this.#lines.push(`output ${name}: ${dtype}[${dims.map(dimension).join(", ")}]`);
	}
	/** The number of rows as an int64 vector of one element: an input that the model then has. */
	rows() {
		return this.#rows ??= this.input("rows", [1], "int64");
	}
	get usesRows() {
		return this.#rows !== void 0;
	}
	/** A vector of int64. */
	ints(values) {
		const bytes = new BigInt64Array(values.map(BigInt));
		return this.#constant(TensorProto_DataType.INT64, [values.length], new Uint8Array(bytes.buffer));
	}
	/** A scalar. */
	scalar(value, dtype = "float32") {
		const data = dtype === "float32" ? Float32Array.of(value) : dtype === "int32" ? Int32Array.of(value) : Uint8Array.of(value);
		return this.#constant(ONNX_TYPES[dtype], [], new Uint8Array(data.buffer));
	}
	tensor(tensor, dtype) {
		const data = tensor.cast(dtype).data;
		const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
		return this.#constant(ONNX_TYPES[dtype], tensor.shape, bytes);
	}
	/** A shape as an int64 vector; one that depends on the batch is computed from {@link rows}. */
	shape(dims) {
		const batch = dims.findIndex((dim) => dim < 0);
		if (batch < 0) return this.ints(dims);
		const factor = -dims[batch];
		const rows = factor === 1 ? this.rows() : this.node("Mul", [this.rows(), this.ints([factor])]);
		const parts = [
			...batch > 0 ? [this.ints(dims.slice(0, batch))] : [],
			rows,
			...batch + 1 < dims.length ? [this.ints(dims.slice(batch + 1))] : []
		];
		return parts.length === 1 ? rows : this.node("Concat", parts, { axis: 0 });
	}
	reshape(x, dims) {
		const target = dims.map((dim) => Math.max(dim, -1));
		return this.node("Reshape", [x, this.ints(target)], dims.includes(0) ? { allowzero: 1 } : {});
	}
	/** The model. Its name is always the same, so that equal graphs of different programs share a session. */
	bytes() {
		const graph = create(GraphProtoSchema, {
			name: "pawl",
			node: this.#nodes,
			input: this.#inputs,
			output: this.#outputs,
			initializer: [...this.#constants.values()]
		});
		return toBinary(ModelProtoSchema, create(ModelProtoSchema, {
			irVersion: IR_VERSION,
			opsetImport: [{
				domain: "",
				version: BigInt(21)
			}, {
				domain: "com.microsoft",
				version: 1n
			}].map((opset) => create(OperatorSetIdProtoSchema, opset)),
			graph
		}));
	}
	/** The graph for people and golden files, one line a node. */
	text() {
		return `${[...[...this.#constants.values()].map((tensor) => `constant ${tensor.name}: ${constantText(tensor)}`), ...this.#lines].join("\n")}\n`;
	}
	#append(opType, inputs, outputs, attributes, domain) {
		const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
		this.#nodes.push(create(NodeProtoSchema, {
			opType,
			domain,
			input: [...inputs],
			output: [...outputs],
			attribute
		}));
		const options = Object.entries(attributes).map(([name, value]) => `, ${name}=${attributeText(value)}`);
		this.#lines.push(`${outputs.join(", ")} = ${opType}(${inputs.join(", ")}${options.join("")})`);
	}
	#rename(from, to) {
		const swap = (names) => names.map((name) => name === from ? to : name);
		for (const node of this.#nodes) {
			node.input = swap(node.input);
			node.output = swap(node.output);
		}
		const word = new RegExp(`\\b${from}\\b`, "g");
		for (let i = 0; i < this.#lines.length; i++) this.#lines[i] = this.#lines[i].replace(word, to);
	}
	#constant(dataType, dims, bytes) {
		const key = `${dataType}:${dims.join()}:${latin1(bytes)}`;
		const known = this.#constants.get(key);
		if (known !== void 0) return known.name;
		const name = `c${this.#constants.size}`;
		const tensor = create(TensorProtoSchema, {
			name,
			dataType,
			dims: dims.map(BigInt),
			rawData: bytes
		});
		this.#constants.set(key, tensor);
		return name;
	}
};
/** Bytes as text of the same length: a key for maps. */
function latin1(bytes) {
	return new TextDecoder("latin1").decode(bytes);
}
function valueInfo(name, dims, dtype) {
	const dim = dims.map(dimension).map((size) => ({ value: typeof size === "number" ? {
		case: "dimValue",
		value: BigInt(size)
	} : {
		case: "dimParam",
		value: size
	} }));
	return create(ValueInfoProtoSchema, {
		name,
		type: { value: {
			case: "tensorType",
			value: {
				elemType: ONNX_TYPES[dtype],
				shape: { dim }
			}
		} }
	});
}
function attributeProto(name, value) {
	if (typeof value === "number") return create(AttributeProtoSchema, {
		name,
		type: AttributeProto_AttributeType.INT,
		i: BigInt(value)
	});
	if (typeof value === "string") return create(AttributeProtoSchema, {
		name,
		type: AttributeProto_AttributeType.STRING,
		s: new TextEncoder().encode(value)
	});
	if ("float" in value) return create(AttributeProtoSchema, {
		name,
		type: AttributeProto_AttributeType.FLOAT,
		f: value.float
	});
	return create(AttributeProtoSchema, {
		name,
		type: AttributeProto_AttributeType.INTS,
		ints: value.map(BigInt)
	});
}
function attributeText(value) {
	if (typeof value === "number" || typeof value === "string") return JSON.stringify(value);
	return "float" in value ? `${value.float}f` : `[${value.join(", ")}]`;
}
function constantText(tensor) {
	const type = TensorProto_DataType[tensor.dataType ?? 0].toLowerCase();
	const copy = tensor.rawData.slice();
	const elements = tensor.dataType === TensorProto_DataType.FLOAT ? new Float32Array(copy.buffer) : tensor.dataType === TensorProto_DataType.INT32 ? new Int32Array(copy.buffer) : tensor.dataType === TensorProto_DataType.INT64 ? new BigInt64Array(copy.buffer) : copy;
	const shown = Array.from(elements.subarray(0, 16), String).join(", ");
	return `${type}[${tensor.dims.join(", ")}] {${shown}${elements.length > 16 ? ", …" : ""}}`;
}
//#endregion
export { Field as a, TAGS as c, CONTROL_BYTES as i, instantiate as l, ONNX_TYPES as n, MOST_UNITS as o, latin1 as r, SPINS as s, GraphBuilder as t, moduleOf as u };
