import { t as EngineError } from "./errors-DC-FoqxE.js";
import { r as sizeOf$1 } from "./shape-Cm7Ckhsa.js";
import { S as outputSize, _ as shapeAt, c as CENTRAL_TOP, d as TAIL_TOP, h as apply, l as LN2, p as build, r as variableOf, s as CENTRAL_BOTTOM, t as sayOnce, u as TAIL_BOTTOM } from "./notice-DqRyolzH.js";
import { n as byteSize } from "./dtype-CoZs3mAt.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { a as foldConstants, c as withInputs, i as simplify, n as copyFeed, o as is, r as prepare, s as rewrite, t as checkRun } from "./program-graph-DXf0hjDj.js";
import { i as defaultArena } from "./arena-DfS7xaUD.js";
import { l as instantiate, n as ONNX_TYPES, o as MOST_UNITS, r as latin1, t as GraphBuilder } from "./graph-builder-Binx7AsO.js";
//#region src/graph/shards.ts
/** The rows of shard `index` of `shards`: floor(index N / shards) to floor((index + 1) N / shards); may be none. */
function rowsOfShard(rows, shards, index) {
	return {
		start: Math.floor(index * rows / shards),
		end: Math.floor((index + 1) * rows / shards)
	};
}
/**
* Adds up in a fixed binary tree, (0 + 1) + (2 + 3) and so on, an odd one out joining a level later. `null` (a shard
* without rows) adds nothing; null is the result when all are. The order depends on the number of parts alone.
*/
function treeSum$1(parts, add) {
	if (parts.length === 0) return null;
	if (parts.length === 1) return parts[0];
	const sums = [];
	for (let i = 0; i < parts.length; i += 2) {
		const [a, b] = [parts[i], parts[i + 1] ?? null];
		sums.push(a === null ? b : b === null ? a : add(a, b));
	}
	return treeSum$1(sums, add);
}
//#endregion
//#region src/engine/onnx/lower.ts
/** Puts in the place of what ONNX Runtime does slowly what it does fast, with kernels of ours. */
function lower(outputs) {
	const lowered = rewrite(outputs, (node, inputs) => {
		const value = withInputs(node, inputs);
		return is(value, "convKernel") ? convKernel$1(value) : value;
	});
	return lowered.every((value, i) => value === outputs[i]) ? lowered : simplify(foldConstants(simplify(lowered)));
}
/**
* The gradient of a convolution's kernel as one product, over all rows and outputs at once, of patches and gradients.
* The patches are its left operand: ONNX Runtime copies the right one to an order of its own, which must be the
* smaller. Groups have a product each, and three axes no kernel for their patches: those stay as they are.
*/
function convKernel$1(node) {
	const { groups, spatial, strides, padding, dilations } = node.attrs;
	if (groups !== 1 || spatial.length > 2) return node;
	const [x, dy] = node.inputs;
	const [rows, filters, ...out] = dy.shape;
	const positions = out.reduce((a, b) => a * b, 1);
	const columns = apply("patches", [x], {
		window: spatial,
		strides,
		padding,
		dilations
	});
	const flat = build.reshape(dy, [
		rows,
		filters,
		positions
	]);
	const gradients = build.reshape(build.transpose(flat, [
		1,
		0,
		2
	]), [filters, rows * positions]);
	const product = build.matmul(columns, gradients, false, true);
	const last = spatial.length + 1;
	const axes = spatial.map((_, i) => i);
	return build.transpose(build.reshape(product, [
		...spatial,
		x.shape[1],
		filters
	]), [
		last,
		last - 1,
		...axes
	]);
}
//#endregion
//#region src/engine/wasm/call.ts
/** Makes a call as a whole. Gives what the function returns: 0 or nothing, or what its kernel knows how to explain. */
function callWhole({ text, name, segment, parameters, along }) {
	const run = instantiate(text, segment)[name];
	return Number((along === void 0 ? run(...parameters) : run(along.bytes, ...parameters)) ?? 0);
}
/** Makes a call for the bytes `start … start + bytes - 1` of its tensors. */
function callPiece({ text, name, segment, parameters, along }, start, bytes) {
	instantiate(text, segment)[name](bytes, ...parameters.map((value, i) => value + along.moves[i] * start));
}
//#endregion
//#region src/engine/crew/score.ts
/** Bytes of each tensor that are worked on at a time. */
const CHUNK = 65536;
/** Smaller tensors are done before anyone else has woken up. */
const LEAST_BYTES = 4 * CHUNK;
/** Pieces that one part is cut into at most. */
const MOST_PIECES = 64;
/**
* What is to be computed, and in which order: phases of chains of parts. A phase begins when the one before has ended;
* its chains know nothing of each other.
*/
var Score = class {
	parts;
	/** The kernels' calls as they were placed last. */
	calls;
	phases;
	/** How long it took last, in milliseconds. */
	time = 0;
	constructor(phases) {
		this.parts = phases.flat(2);
		this.calls = this.parts.map((part) => part.place());
		let next = 0;
		this.phases = phases.map((chains) => this.#units(chains.map((chain) => chain.map(() => next++))));
	}
	/** Sets the places of this run. */
	place() {
		for (const [i, part] of this.parts.entries()) if (part.changes) this.calls[i] = part.place();
	}
	/** Whether several threads would find something to do at the same time. */
	get isWide() {
		return this.phases.some((units) => units.length > 1);
	}
	/** The memory that all kernels work on; null when other threads cannot do this: a part has no function for them. */
	get segment() {
		let segment;
		for (const [i, call] of this.calls.entries()) {
			if (this.parts[i].session !== null) continue;
			if (call === null || segment !== void 0 && call.segment !== segment) return null;
			segment = call.segment;
		}
		return segment;
	}
	/** Computes one unit on the calling thread. @throws {EngineError} */
	compute(unit) {
		for (const [index, start, bytes] of unit) {
			const part = this.parts[index];
			const call = this.calls[index];
			if (call?.along === void 0 || bytes === call.along.bytes) part.run();
			else callPiece(call, start, bytes);
		}
	}
	#units(chains) {
		const units = chains.flatMap((chain) => {
			const bytes = chain.length === 1 ? this.calls[chain[0]]?.along?.bytes ?? 0 : 0;
			if (bytes < LEAST_BYTES) return [chain.map((part) => [
				part,
				0,
				this.calls[part]?.along?.bytes ?? 0
			])];
			const step = Math.max(CHUNK, Math.ceil(bytes / MOST_PIECES / 64) * 64);
			return Array.from({ length: Math.ceil(bytes / step) }, (_, piece) => {
				const start = piece * step;
				return [[
					chain[0],
					start,
					Math.min(step, bytes - start)
				]];
			});
		});
		const together = Math.ceil(units.length / MOST_UNITS);
		if (together <= 1) return units;
		return Array.from({ length: Math.ceil(units.length / together) }, (_, i) => units.slice(i * together, (i + 1) * together).flat());
	}
};
//#endregion
//#region src/engine/kernels/lanes.ts
const op = (name) => (...operands) => `(${name} ${operands.join(" ")})`;
/** What clusters can compute: everything here is rounded exactly by IEEE 754, so any engine gets the same bits. */
const LANE_OPS = {
	add: {
		text: op("f32x4.add"),
		number: (a, b) => a + b
	},
	sub: {
		text: op("f32x4.sub"),
		number: (a, b) => a - b
	},
	mul: {
		text: op("f32x4.mul"),
		number: (a, b) => a * b
	},
	div: {
		text: op("f32x4.div"),
		number: (a, b) => a / b
	},
	neg: {
		text: op("f32x4.neg"),
		number: (a) => -a
	},
	abs: {
		text: op("f32x4.abs"),
		number: Math.abs
	},
	sqrt: {
		text: op("f32x4.sqrt"),
		number: Math.sqrt
	},
	maximum: {
		text: op("f32x4.max"),
		number: (a, b) => Math.max(a, b)
	},
	minimum: {
		text: op("f32x4.min"),
		number: (a, b) => Math.min(a, b)
	},
	equal: {
		text: op("f32x4.eq"),
		number: (a, b) => +(a === b)
	},
	greater: {
		text: op("f32x4.gt"),
		number: (a, b) => +(a > b)
	},
	greaterEqual: {
		text: op("f32x4.ge"),
		number: (a, b) => +(a >= b)
	},
	and: {
		text: op("v128.and"),
		number: (a, b) => a & b
	},
	or: {
		text: op("v128.or"),
		number: (a, b) => a | b
	},
	not: {
		text: op("v128.not"),
		number: (a) => 1 - a
	},
	where: {
		text: (c, a, b) => `(v128.bitselect ${a} ${b} ${c})`,
		number: (c, a, b) => c === 0 ? b : a
	},
	stopGradient: {
		text: (a) => a,
		number: (a) => a
	}
};
/** Whether a value is one number. */
function isScalar(value) {
	return value.shape.every((dim) => dim === 1);
}
//#endregion
//#region src/engine/kernels/clusters.ts
/** Smaller tensors stay in their session. */
const MIN_SIZE = 16;
/** One operation alone is no better off than in a session. */
const MIN_MEMBERS = 2;
/**
* The clusters that compute `roots` (a stage's outputs: mostly new values of variables), as large as they can be
* without needing, from outside, something that depends on them. Values with a batch axis are left to sessions, where
* exponentials and the like are faster.
*/
function findClusters(given, roots, order) {
	const usersOf = /* @__PURE__ */ new Map();
	for (const value of order) {
		if (given.has(value)) continue;
		for (const input of new Set(value.inputs)) (usersOf.get(input) ?? usersOf.set(input, []).get(input)).push(value);
	}
	const isRoot = new Set(roots);
	return groups(roots, given).flatMap((members) => close(members, given, isRoot, usersOf) ?? []);
}
/** What each root is computed from, as far as it can be in a cluster; roots that share some of it go together. */
function groups(roots, given) {
	let all = [];
	for (const root of roots) {
		if (root.dtype !== "float32" || !canJoin(root, root.shape, given)) continue;
		const members = /* @__PURE__ */ new Set();
		const pending = [root];
		for (let value = pending.pop(); value !== void 0; value = pending.pop()) {
			if (members.has(value)) continue;
			members.add(value);
			pending.push(...operandsOf(value).filter((operand) => canJoin(operand, root.shape, given)));
		}
		const touching = all.filter((other) => [...members].some((member) => other.has(member)));
		all = all.filter((other) => !touching.includes(other));
		all.push(new Set([...touching.flatMap((other) => [...other]), ...members]));
	}
	return all;
}
/** The members as a cluster, without those that one of its own inputs depends on. */
function close(members, given, isRoot, usersOf) {
	for (;;) {
		const before = ancestors(inputsOf(members), given);
		const cyclic = [...members].filter((member) => before.has(member));
		if (cyclic.length === 0) break;
		for (const member of cyclic) members.delete(member);
	}
	const ordered = [...members].sort((a, b) => a.id - b.id);
	const outputs = ordered.filter((value) => isRoot.has(value) || (usersOf.get(value) ?? []).some((user) => !members.has(user)));
	const inputs = inputsOf(members);
	const isPlain = [...inputs, ...outputs].every((value) => value.dtype === "float32" || value.dtype === "bool" && isScalar(value));
	if (ordered.length < MIN_MEMBERS || outputs.length === 0 || !isPlain || inputs.length + outputs.length > 100) return null;
	return {
		shape: ordered[0].shape,
		members: ordered,
		inputs,
		outputs
	};
}
/** Operands, scalars read before they are repeated. */
function operandsOf(value) {
	return value.inputs.map((input) => input.op === "broadcast" && isScalar(input.inputs[0]) ? input.inputs[0] : input);
}
function canJoin(value, shape, given) {
	if (given.has(value) || !(value.op in LANE_OPS) || !isSame(value.shape, shape)) return false;
	if (shape.some((dim) => dim < 0) || shape.reduce((a, b) => a * b, 1) < MIN_SIZE) return false;
	return operandsOf(value).every((operand) => operand.dtype !== "int32" && (isScalar(operand) || isSame(operand.shape, shape)));
}
function inputsOf(members) {
	const inputs = /* @__PURE__ */ new Set();
	for (const member of members) for (const operand of operandsOf(member)) if (!members.has(operand)) inputs.add(operand);
	return [...inputs].filter((input) => !(isScalar(input) && input.op === "constant")).sort((a, b) => a.id - b.id);
}
function ancestors(values, given) {
	const seen = /* @__PURE__ */ new Set();
	const pending = [...values];
	for (let value = pending.pop(); value !== void 0; value = pending.pop()) {
		if (seen.has(value)) continue;
		seen.add(value);
		if (!given.has(value)) pending.push(...value.inputs);
	}
	return seen;
}
const isSame = (a, b) => a.length === b.length && a.every((dim, i) => dim === b[i]);
//#endregion
//#region src/engine/kernels/kernel.ts
/** Computes on the calling thread. @throws {EngineError} what the kernel explains */
function runKernel(kernel, inputs, outputs) {
	const call = kernel.call(inputs, outputs);
	const code = call === null ? 0 : callWhole(call);
	if (call === null) kernel.compute(inputs, outputs);
	else if (code !== 0) throw kernel.explain(code, inputs);
}
/** Whether a value is nothing but zeros, known before anything runs. */
function zeroConstant(value) {
	if (value.op === "broadcast") return zeroConstant(value.inputs[0]);
	return value.op === "constant" && value.attrs.tensor.data.every((x) => x === 0);
}
/** The elements of a slot. */
function floats(slot) {
	return slot.block.view("float32", sizeOf(slot), slot.start);
}
function integers(slot) {
	return slot.block.view("int32", sizeOf(slot), slot.start);
}
function numbers(slot) {
	return slot.dtype === "int32" ? integers(slot) : slot.dtype === "bool" ? bytes$1(slot) : floats(slot);
}
/** Bytes of a slot, up to whole vectors: the arena rounds blocks up, so the last one may reach over the tensor's end. */
function vectorBytes(slot) {
	return Math.ceil(sizeOf(slot) / 4) * 16;
}
function bytes$1(slot) {
	return slot.block.view("bool", sizeOf(slot), slot.start);
}
function sizeOf({ dims }) {
	let size = 1;
	for (const dim of dims) size *= dim;
	return size;
}
/** Byte address of a slot's first element in its segment. */
function addressOf({ block, start, dtype }) {
	return block.offset + start * (dtype === "bool" ? 1 : dtype === "int64" ? 8 : 4);
}
/** The segment that all slots lie in, or undefined when they do not lie in one. */
function segmentOf(slots) {
	const segment = slots[0]?.block.segment;
	return slots.every((slot) => slot.block.segment === segment) ? segment : void 0;
}
//#endregion
//#region src/engine/kernels/tree-sum.ts
const VECTOR_BYTES$1 = 16;
/**
* Adds tensors element by element in the fixed tree of graph/shards.ts, each sum rounded to the elements' type: the
* bits depend on how many shards there are and on nothing else. A shard that is not present adds nothing; the kernel's
* inputs are the parts of those that are. Every tensor must be a block of its own, which the arena rounds up to whole
* vectors.
*/
function treeSum(isPresent) {
	const texts = /* @__PURE__ */ new Map();
	const textFor = (add) => {
		let text = texts.get(add);
		if (text === void 0) texts.set(add, text = treeSumText(isPresent, add));
		return text;
	};
	return {
		call(inputs, [output]) {
			const slots = [output, ...inputs];
			const segment = segmentOf(slots);
			const bytes = vectorBytes(output);
			if (segment === void 0 || inputs.length === 0 || bytes === 0) return null;
			const text = textFor(output.dtype === "int32" ? "i32x4.add" : "f32x4.add");
			const along = {
				bytes,
				moves: slots.map(() => 1)
			};
			return {
				text,
				name: "treeSum",
				segment,
				parameters: slots.map(addressOf),
				along
			};
		},
		compute: (inputs, [output]) => inJavaScript$3(isPresent, inputs, output)
	};
}
/** The sum as a WebAssembly function `treeSum(bytes, out, parts…)`. */
function treeSumText(isPresent, add) {
	const parameters = [];
	const parts = isPresent.map((present, shard) => {
		if (!present) return null;
		parameters.push(`$part${shard}`);
		return `(v128.load (i32.add (local.get $part${shard}) (local.get $at)))`;
	});
	return `(func $treeSum ${[
		"$bytes",
		"$out",
		...parameters
	].map((name) => `(param ${name} i32)`).join(" ")}
    (local $at i32)
    (loop $next
      (v128.store (i32.add (local.get $out) (local.get $at)) ${treeSum$1(parts, (a, b) => `(${add} ${a} ${b})`)})
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const ${VECTOR_BYTES$1}))) (local.get $bytes)))))`;
}
/** The same for tensors that lie in different memories. */
function inJavaScript$3(isPresent, inputs, output) {
	addInJavaScript(isPresent, inputs.map(numbers), numbers(output));
}
/** Adds arrays, those of the shards that are present, in the fixed tree. */
function addInJavaScript(isPresent, arrays, out) {
	const pending = arrays.map((array) => array.slice());
	const sum = treeSum$1(isPresent.map((present) => present ? pending.shift() : null), (left, right) => {
		for (let i = 0; i < left.length; i++) left[i] = left[i] + right[i];
		return left;
	});
	if (sum === null) out.fill(0);
	else out.set(sum);
}
//#endregion
//#region src/engine/kernels/fused.ts
const VECTOR_BYTES = 16;
const NO_SUMS = {
	values: /* @__PURE__ */ new Set(),
	isPresent: []
};
/**
* The kernel of a cluster: one pass over its inputs, four elements at a time, all outputs written on the way. In the
* place of an input that is a sum it takes the parts of the shards that are present, in turn.
*/
function fusedKernel(cluster, sums = NO_SUMS) {
	const text = fusedText(cluster, sums);
	const count = sums.isPresent.filter(Boolean).length;
	const moves = cluster.inputs.flatMap((input) => sums.values.has(input) ? new Array(count).fill(1) : [isScalar(input) ? 0 : 1]);
	moves.push(...cluster.outputs.map(() => 1));
	return {
		call(inputs, outputs) {
			const slots = [...inputs, ...outputs];
			const segment = segmentOf(slots);
			if (segment === void 0) return null;
			const along = {
				bytes: vectorBytes(outputs[0]),
				moves
			};
			return {
				text,
				name: "fused",
				segment,
				parameters: slots.map(addressOf),
				along
			};
		},
		compute: (inputs, outputs) => computeInJavaScript(cluster, inputs, outputs, sums)
	};
}
/** The cluster as a WebAssembly function `fused(bytes, inputs…, outputs…)`. */
function fusedText({ inputs, members, outputs }, { values, isPresent } = NO_SUMS) {
	const names = /* @__PURE__ */ new Map();
	const parameters = [];
	const locals = [];
	const once = [];
	const body = [];
	const keep = (value, text, to) => {
		const local = `$v${locals.length}`;
		locals.push(local);
		names.set(value, `(local.get ${local})`);
		to.push(`(local.set ${local} ${text})`);
	};
	const parameter = (name) => {
		parameters.push(`$${name}`);
		return `(local.get $${name})`;
	};
	const load = (name) => `(v128.load (i32.add ${parameter(name)} (local.get $at)))`;
	for (const [i, input] of inputs.entries()) if (values.has(input)) keep(input, treeSum$1(isPresent.map((present, shard) => present ? load(`in${i}_${shard}`) : null), (a, b) => `(f32x4.add ${a} ${b})`), body);
	else if (!isScalar(input)) keep(input, load(`in${i}`), body);
	else if (input.dtype === "bool") keep(input, `(i32x4.splat (i32.sub (i32.const 0) (i32.load8_u ${parameter(`in${i}`)})))`, once);
	else keep(input, `(f32x4.splat (f32.load ${parameter(`in${i}`)}))`, once);
	for (const member of members) {
		const operands = operandsOf(member);
		for (const operand of operands) if (!names.has(operand)) keep(operand, constantText(operand), once);
		keep(member, laneOp(member).text(...operands.map((operand) => names.get(operand))), body);
	}
	const stores = outputs.map((output, i) => `(v128.store (i32.add ${parameter(`out${i}`)} (local.get $at)) ${names.get(output)})`);
	return `(func $fused ${["$bytes", ...parameters].map((name) => `(param ${name} i32)`).join(" ")}
    (local $at i32) ${locals.map((name) => `(local ${name} v128)`).join(" ")}
    ${once.join("\n")}
    (loop $next
      ${[...body, ...stores].join("\n")}
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const ${VECTOR_BYTES}))) (local.get $bytes)))))`;
}
function laneOp(member) {
	return LANE_OPS[member.op];
}
function constantOf(value) {
	return Number(value.attrs.tensor.data[0]);
}
function constantText(value) {
	const number = constantOf(value);
	return value.dtype === "bool" ? `(i32x4.splat (i32.const ${-number}))` : `(f32x4.splat (f32.const ${number}))`;
}
/** The same for tensors that lie in different memories, element by element. */
function computeInJavaScript({ inputs, members, outputs }, from, to, { values, isPresent } = NO_SUMS) {
	const pending = [...from];
	const take = () => pending.shift();
	const arrays = new Map(inputs.map((input) => {
		if (!values.has(input)) return [input, numbers(take())];
		const sum = new Float32Array(numbers(to[0]).length);
		addInJavaScript(isPresent, isPresent.filter(Boolean).map(take).map(numbers), sum);
		return [input, sum];
	}));
	const targets = to.map(numbers);
	const present = /* @__PURE__ */ new Map();
	for (let i = 0; i < targets[0].length; i++) {
		for (const [input, array] of arrays) present.set(input, array[isScalar(input) ? 0 : i]);
		for (const member of members) {
			const [a, b, c] = operandsOf(member).map((operand) => present.get(operand) ?? Math.fround(constantOf(operand)));
			present.set(member, Math.fround(laneOp(member).number(a, b, c)));
		}
		for (const [k, output] of outputs.entries()) targets[k][i] = present.get(output);
	}
}
//#endregion
//#region src/engine/wasm/normal.ts
const get$3 = (name) => `(local.get $${name})`;
const set$2 = (name, value) => `(local.set $${name} ${value})`;
const number = (value) => `(f64.const ${value})`;
const add$3 = (a, b) => `(f64.add ${a} ${b})`;
const sub$1 = (a, b) => `(f64.sub ${a} ${b})`;
const mul$1 = (a, b) => `(f64.mul ${a} ${b})`;
/** A polynomial in a local, by Horner's rule. Coefficients from the constant term on. */
const polynomial = (x, coefficients) => coefficients.slice(0, -1).reduceRight((sum, c) => add$3(mul$1(sum, get$3(x)), number(c)), number(coefficients.at(-1)));
const ratio = (top, bottom) => `(f64.div ${polynomial("r", top)} ${polynomial("r", bottom)})`;
/** 1, 1 / 3, … 1 / 23: the series of artanh. */
const SERIES = Array.from({ length: 12 }, (_, i) => 1 / (2 * i + 1));
/** The natural logarithm of $m, into $m. */
const LOG = `
  ${set$2("e", number(0))}
  (block $scaled (loop $double
    (br_if $scaled (f64.ge ${get$3("m")} ${number(.75)}))
    ${set$2("m", mul$1(get$3("m"), number(2)))}
    ${set$2("e", sub$1(get$3("e"), number(1)))}
    (br $double)))
  ${set$2("s", `(f64.div ${sub$1(get$3("m"), number(1))} ${add$3(get$3("m"), number(1))})`)}
  ${set$2("z", mul$1(get$3("s"), get$3("s")))}
  ${set$2("m", add$3(mul$1(mul$1(number(2), get$3("s")), polynomial("z", SERIES)), mul$1(get$3("e"), number(LN2))))}`;
const isTail = `(i32.or (f64.lt ${get$3("x")} ${number(-.425)}) (f64.gt ${get$3("x")} ${number(.425)}))`;
/** One word, into its quantile. The operations are those of core/normal.ts in the same order, so are the bits. */
const quantile = (offset) => `
  ${set$2("x", sub$1(mul$1(add$3(`(f64.convert_i32_u (i32.load offset=${offset} ${get$3("out")}))`, number(.5)), number(2 ** -32)), number(.5)))}
  (if ${isTail}
    (then
      ${set$2("m", sub$1(number(.5), get$3("x")))}
      (if (f64.lt ${get$3("x")} ${number(0)}) (then ${set$2("m", add$3(get$3("x"), number(.5)))}))
      ${LOG}
      ${set$2("r", sub$1(`(f64.sqrt (f64.neg ${get$3("m")}))`, number(1.6)))}
      ${set$2("r", ratio(TAIL_TOP, TAIL_BOTTOM))}
      (if (f64.lt ${get$3("x")} ${number(0)}) (then ${set$2("r", `(f64.neg ${get$3("r")})`)}))
      ${set$2("x", get$3("r"))})
    (else
      ${set$2("r", sub$1(number(.180625), mul$1(get$3("x"), get$3("x"))))}
      ${set$2("x", mul$1(get$3("x"), ratio(CENTRAL_TOP, CENTRAL_BOTTOM)))}))
  (f32.store offset=${offset} ${get$3("out")} (f32.demote_f64 ${get$3("x")}))`;
const NORMAL_LOCALS = [
	"x",
	"r",
	"m",
	"e",
	"s",
	"z"
].map((name) => `(local $${name} f64)`).join(" ");
/** Turns the four words at $out into normal random numbers. */
const NORMAL = [
	0,
	4,
	8,
	12
].map(quantile).join("");
//#endregion
//#region src/engine/wasm/philox.ts
/** One round: new words from the products of words 0 and 2 with the multipliers, mixed with 1, 3 and the key. */
const ROUND = `
  (local.set $p (i64.mul (i64.extend_i32_u (local.get $c0)) (i64.const 0xd2511f53)))
  (local.set $q (i64.mul (i64.extend_i32_u (local.get $c2)) (i64.const 0xcd9e8d57)))
  (local.set $c0 (i32.xor (i32.xor (i32.wrap_i64 (i64.shr_u (local.get $q) (i64.const 32))) (local.get $c1)) (local.get $a)))
  (local.set $c2 (i32.xor (i32.xor (i32.wrap_i64 (i64.shr_u (local.get $p) (i64.const 32))) (local.get $c3)) (local.get $b)))
  (local.set $c1 (i32.wrap_i64 (local.get $q)))
  (local.set $c3 (i32.wrap_i64 (local.get $p)))
  (local.set $a (i32.add (local.get $a) (i32.const -1640531527)))
  (local.set $b (i32.add (local.get $b) (i32.const -1150833019)))`;
const WORDS = [
	"$c0",
	"$c1",
	"$c2",
	"$c3"
];
const word = (index, toElement, op) => `(${op} offset=${4 * index} (local.get $out) ${toElement(`(local.get ${WORDS[index]})`)})`;
/** Goes along a tensor from block `first` of its numbers on, `bytes` bytes far; whole blocks of four are written. */
const fill = (name, op, toElement, after = "") => `
(func ${name} (param $bytes i32) (param $out i32) (param $first i32) (param $seed i32) (param $stream i32) (param $low i32)
  (param $high i32) (local $end i32) (local $c0 i32) (local $c1 i32) (local $c2 i32) (local $c3 i32) (local $a i32)
  (local $b i32) (local $p i64) (local $q i64) ${NORMAL_LOCALS}
  (local.set $end (i32.add (local.get $out) (local.get $bytes)))
  (loop $next
    (local.set $c0 (local.get $first)) (local.set $c1 (i32.const 0))
    (local.set $c2 (local.get $low)) (local.set $c3 (local.get $high))
    (local.set $a (local.get $seed)) (local.set $b (local.get $stream))
    ${ROUND.repeat(10)}
    ${WORDS.map((_, index) => word(index, toElement, op)).join("\n")}
    ${after}
    (local.set $out (i32.add (local.get $out) (i32.const 16)))
    (local.set $first (i32.add (local.get $first) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))`;
/**
* Philox 4x32-10, the same words as core/philox.ts (whose comments name the source): `uniforms` writes numbers in
* [0, 1) of 24 bits, `normals` the quantiles of core/normal.ts.
*/
const PHILOX = `${fill("$normals", "i32.store", (word) => word, NORMAL)}
${fill("$uniforms", "f32.store", (word) => `(f32.mul (f32.convert_i32_u (i32.shr_u ${word} (i32.const 8))) (f32.const ${2 ** -24}))`)}`;
//#endregion
//#region src/engine/kernels/random.ts
/**
* The numbers of one random leaf for a whole batch; null for a batch without elements. They come in blocks of four; the
* slot must be a block of its own, which the arena rounds up to whole blocks.
*/
function randomCall({ stream, distribution }, { seed, iteration }, out) {
	const bytes = vectorBytes(out);
	if (bytes === 0) return null;
	const counter = [iteration >>> 0, Math.floor(iteration / 4294967296) >>> 0];
	return {
		text: PHILOX,
		name: distribution === "uniform" ? "uniforms" : "normals",
		segment: out.block.segment,
		parameters: [
			addressOf(out),
			0,
			seed >>> 0,
			stream >>> 0,
			...counter
		],
		along: {
			bytes,
			moves: [
				1,
				1 / 16,
				0,
				0,
				0,
				0
			]
		}
	};
}
//#endregion
//#region src/engine/places.ts
/**
* Where the values of one program lie for one batch size. Values with the batch as first axis lie whole, each shard
* using its rows; other values of a shard have a place for each shard; the rest one place for all.
*/
var Places = class {
	shards;
	#rows;
	/** Values that each shard computes for itself. */
	#perShard;
	/** Variables into whose next place a value is computed at once. */
	#targets;
	/** Those of them that are computed where the present value lies. */
	#overwritten;
	#blocks = [];
	#whole = /* @__PURE__ */ new Map();
	#slots;
	#rowCounts = [];
	constructor(rows, shards, perShard, targets, overwritten) {
		this.#rows = rows;
		this.shards = Array.from({ length: shards }, (_, index) => rowsOfShard(rows, shards, index));
		this.#perShard = perShard;
		this.#targets = targets;
		this.#overwritten = overwritten;
		this.#slots = this.shards.map(() => /* @__PURE__ */ new Map());
	}
	/** The value as shard `shard` sees it. */
	slot(value, shard) {
		const variable = variableOf(value);
		if (variable !== void 0) return variable.present;
		const target = this.#targets.get(value);
		if (target !== void 0) {
			const updated = variableOf(target);
			return this.#overwritten.has(target) ? updated.present : updated.next;
		}
		const known = this.#slots[shard].get(value);
		if (known !== void 0) return known;
		const slot = this.#make(value, shard);
		this.#slots[shard].set(value, slot);
		return slot;
	}
	/** A value that lies in one piece: one for all shards, or with the batch as its first axis. */
	whole(value) {
		if (variableOf(value) !== void 0 || this.#targets.has(value)) return this.slot(value, 0);
		let slot = this.#whole.get(value);
		if (slot === void 0) {
			slot = this.#allocate(shapeAt(value.shape, this.#rows), value.dtype);
			if (value.op === "constant") numbers(slot).set(value.attrs.tensor.cast(value.dtype).data);
			this.#whole.set(value, slot);
		}
		return slot;
	}
	/** The number of a shard's rows as an int64 vector. */
	rowCount(shard) {
		const { start, end } = this.shards[shard];
		return this.#rowCounts[shard] ??= this.#allocateRows(end - start);
	}
	/** A copy of a value for the host, put together from the shards where it must be. */
	read(value) {
		const batch = value.shape.findIndex((dim) => dim < 0);
		if (batch > 0 && this.#isSplit(value)) return this.#join(value, batch);
		const slot = batch < 0 && this.#isSplit(value) ? this.slot(value, this.shards.findIndex((rows) => rows.end > rows.start)) : this.whole(value);
		return new Tensor(numbers(slot).slice(), slot.dims, value.dtype);
	}
	dispose() {
		for (const block of this.#blocks) block.free();
	}
	#isSplit(value) {
		return this.shards.length > 1 && this.#perShard.has(value);
	}
	#make(value, shard) {
		const isSliced = value.shape[0] !== void 0 && value.shape[0] < 0;
		if (this.shards.length === 1 || !isSliced && !this.#perShard.has(value)) return this.whole(value);
		const { start, end } = this.shards[shard];
		const dims = shapeAt(value.shape, end - start);
		if (!isSliced) return this.#allocate(dims, value.dtype);
		const { block } = this.whole(value);
		return {
			block,
			start: sizeOf$1(shapeAt(value.shape, start)),
			dims,
			dtype: value.dtype
		};
	}
	#allocate(dims, dtype) {
		const block = defaultArena().allocate(sizeOf$1(dims) * byteSize(dtype));
		this.#blocks.push(block);
		return {
			block,
			start: 0,
			dims,
			dtype
		};
	}
	#allocateRows(count) {
		const slot = this.#allocate([1], "int64");
		slot.block.view("int64", 1)[0] = BigInt(count);
		return slot;
	}
	#join(value, axis) {
		const shape = shapeAt(value.shape, this.#rows);
		const out = Tensor.zeros(shape, value.dtype);
		const inner = sizeOf$1(shape.slice(axis + 1));
		let offset = 0;
		for (const [shard, { start, end }] of this.shards.entries()) {
			if (start === end) continue;
			const slot = this.slot(value, shard);
			const run = slot.dims[axis] * inner;
			const data = numbers(slot);
			for (let outer = 0; outer * run < data.length; outer++) {
				const target = outer * shape[axis] * inner + offset;
				out.data.set(data.subarray(outer * run, (outer + 1) * run), target);
			}
			offset += run;
		}
		return out;
	}
};
//#endregion
//#region src/engine/onnx/breath.ts
/** How long steps may follow each other, in milliseconds, before others have their turn. */
const MOST = 10;
let last = 0;
/**
* Lets the event loop go round when it has not for a while: steps that are computed on the calling thread would keep
* timers and sockets waiting for as long as a training takes.
*/
function breathe() {
	if (performance.now() - last < MOST) return null;
	return new Promise((resolve) => {
		const go = () => {
			last = performance.now();
			resolve();
		};
		if (typeof setImmediate === "function") setImmediate(go);
		else setTimeout(go, 0);
	});
}
//#endregion
//#region src/engine/onnx/in-place.ts
/**
* A failed run must leave all variables as they were, so new values lie beside the old ones until everything is
* computed. The last kernels of a step, its updates, cannot fail: those of them that alone read a variable's old value
* write the new one over it, element by element. That is faster, and the variable needs no second place.
*/
function inPlace(steps, { results, updates, targets }) {
	let from = steps.length;
	for (; from > 0; from--) {
		const step = steps[from - 1];
		if (step.kind !== "kernel" || step.each || step.call.cluster === void 0) break;
	}
	const readers = /* @__PURE__ */ new Map();
	const read = (value) => void readers.set(value, (readers.get(value) ?? 0) + 1);
	for (const step of steps.slice(from)) if (step.kind === "kernel") for (const value of step.call.inputs) read(value);
	for (const value of [...results.values(), ...updates.values()]) read(value);
	const variables = /* @__PURE__ */ new Set();
	for (const step of steps.slice(from)) {
		if (step.kind !== "kernel") continue;
		for (const output of step.outputs) {
			const leaf = targets.get(output);
			if (leaf !== void 0 && readers.get(leaf) === 1 && step.call.inputs.includes(leaf)) variables.add(leaf);
		}
	}
	return {
		from,
		variables
	};
}
//#endregion
//#region src/engine/onnx/profile.ts
/**
* Measures what a program does when the environment variable PAWL_PROFILE is set, and prints it on stderr at the end
* of the process: for whoever works on the engine. Null otherwise.
*/
const profiled = profiler();
/** Does a task, under a name where there is a profile. */
const timed = (name, task) => profiled === null ? task() : profiled(name, task);
function profiler() {
	const node = globalThis.process;
	if (node?.versions?.node === void 0 || !node.env["PAWL_PROFILE"]) return null;
	const entries = /* @__PURE__ */ new Map();
	node.on("exit", () => {
		for (const [name, { total, least, calls }] of [...entries].sort(([, a], [, b]) => b.total - a.total)) node.stderr.write(`${total.toFixed(1).padStart(10)} ms ${least.toFixed(3).padStart(9)} x ${calls}  ${name}\n`);
	});
	return (name, task) => {
		const start = performance.now();
		const end = () => {
			const time = performance.now() - start;
			const entry = entries.get(name) ?? {
				total: 0,
				least: Number.POSITIVE_INFINITY,
				calls: 0
			};
			entry.total += time;
			entry.calls++;
			entry.least = Math.min(entry.least, time);
			entries.set(name, entry);
		};
		const result = task();
		if (result instanceof Promise) result.then(end, end);
		else end();
		return result;
	};
}
//#endregion
//#region src/engine/onnx/parts.ts
const slotOf = ([value, slot], places) => value === null ? slot : places.slot(value, 0);
const changing = ({ inputs, outputs }) => [...inputs, ...outputs].some(([value]) => value !== null);
function sessionPart(ends, binding) {
	const { name, places, inputs, outputs } = ends;
	return {
		name,
		changes: changing(ends),
		session: binding.foreign,
		place() {
			binding.place(inputs.map((place) => slotOf(place, places)), outputs.map((place) => slotOf(place, places)));
			return null;
		},
		run: () => timed(name, () => binding.run()),
		explain: (_code, text) => binding.explain(text)
	};
}
function kernelPart(ends, kernel) {
	const { name, places } = ends;
	let inputs = [];
	let outputs = [];
	return {
		name,
		changes: changing(ends),
		session: null,
		place() {
			inputs = ends.inputs.map((place) => slotOf(place, places));
			outputs = ends.outputs.map((place) => slotOf(place, places));
			return kernel.call(inputs, outputs);
		},
		run: () => timed(name, () => runKernel(kernel, inputs, outputs)),
		explain: (code, text) => code === 0 ? new Error(text) : kernel.explain(code, inputs)
	};
}
/** A call that is made anew for each run; null has nothing to do. */
function callPart(name, make) {
	let call = make();
	return {
		name,
		changes: true,
		session: null,
		place: () => call = make(),
		run: () => void timed(name, () => callWhole(call)),
		explain: (_code, text) => new Error(text)
	};
}
//#endregion
//#region src/engine/onnx/program.ts
/** Batch sizes whose bindings are kept. */
const MAX_SHAPES = 16;
/** Steps over sessions of one machine. */
var OnnxProgram = class {
	shards;
	#graph;
	#steps;
	#inPlace;
	#sessions;
	#shapes = /* @__PURE__ */ new Map();
	#queue;
	#machine;
	#running = false;
	/** The run that random numbers are for. */
	#present = {
		seed: 0,
		iteration: 0
	};
	#disposed = false;
	constructor(graph, steps, sessions, queue, machine) {
		this.shards = graph.plan.shards;
		this.#graph = graph;
		this.#steps = steps;
		this.#inPlace = inPlace(steps, graph);
		this.#sessions = sessions;
		this.#queue = queue;
		this.#machine = machine;
	}
	run(run) {
		return this.#queue.add(async () => {
			this.#running = true;
			try {
				return await this.#run(run);
			} finally {
				this.#running = false;
				if (this.#disposed) this.#release();
			}
		});
	}
	async #run(run) {
		if (this.#disposed) throw new EngineError({
			code: "disposed",
			what: `Program "${this.#graph.name}" was disposed and cannot run`
		});
		checkRun(this.#graph, run);
		const { places, score } = this.#shaped(run.rows);
		timed(`${this.#graph.name}: feeds`, () => {
			for (const leaf of this.#graph.feeds) copyFeed(numbers(places.whole(leaf)), run.feeds.get(leaf));
		});
		this.#present = run;
		score.place();
		const { crew, workers } = this.#machine;
		if (crew === null) for (const part of score.parts) await part.run();
		else await crew.perform(score, workers());
		const results = {};
		for (const [name, value] of this.#graph.results) results[name] = places.read(value);
		this.#commit(places);
		await breathe();
		return results;
	}
	/** Nothing here can fail: new values lie ready, and places change hands. */
	#commit(places) {
		const { updates, targets } = this.#graph;
		for (const [variable, value] of updates) {
			if (targets.get(value) === variable.value) continue;
			numbers(variable.next).set(numbers(places.whole(value)));
		}
		for (const variable of updates.keys()) if (!this.#inPlace.variables.has(variable.value)) variable.commit();
	}
	#shaped(rows) {
		let shaped = this.#shapes.get(rows);
		if (shaped === void 0) {
			shaped = this.#bind(rows);
			if (this.#shapes.size >= MAX_SHAPES) this.#evict();
		} else this.#shapes.delete(rows);
		this.#shapes.set(rows, shaped);
		return shaped;
	}
	#evict() {
		const [rows, shaped] = this.#shapes.entries().next().value;
		sayOnce(`shapes:${this.#graph.name}`, `pawl: "${this.#graph.name}" has seen more than ${MAX_SHAPES} batch sizes; each further one costs set-up time. Pad or drop batches to keep their number low.`);
		this.#shapes.delete(rows);
		this.#free(shaped);
	}
	#bind(rows) {
		const { plan, targets } = this.#graph;
		const places = new Places(rows, plan.shards, ownPerShard(this.#steps), targets, this.#inPlace.variables);
		const bindings = [];
		const { name } = this.#graph;
		const at = (value, shard) => [variableOf(value) !== void 0 || targets.has(value) ? value : null, places.slot(value, shard)];
		const present = places.shards.flatMap(({ start, end }, shard) => end > start ? [shard] : []);
		const partOf = (step, shard) => {
			const ends = (inputs, outputs) => ({
				places,
				inputs: inputs.map((value) => at(value, shard)),
				outputs: outputs.map((value) => at(value, shard))
			});
			if (step.kind === "kernel") {
				const { inputs, outputs } = step.call;
				const label = `${name}: ${step.call.name} of ${outputs[0].shape.join(" x ")}`;
				if (step.sums === void 0) return kernelPart({
					name: label,
					...ends(inputs, outputs)
				}, step.call.kernel);
				const { sums } = step;
				const all = inputs.flatMap((value) => sums.has(value) ? present.map((part) => at(sums.get(value), part)) : [at(value, shard)]);
				const isPresent = places.shards.map(({ start, end }) => end > start);
				const kernel = fusedKernel(step.call.cluster, {
					values: new Set(sums.keys()),
					isPresent
				});
				return kernelPart({
					name: label,
					...ends([], outputs),
					inputs: all
				}, kernel);
			}
			const { emitted, outputs } = step;
			const names = emitted.inputs.map((_, i) => `x${i}`);
			const { session } = this.#sessions.get(step);
			const binding = session.bind(emitted.usesRows ? [...names, "rows"] : names, emitted.outputs);
			bindings.push(binding);
			const { inputs, ...rest } = ends(emitted.inputs, outputs);
			const withRows = emitted.usesRows ? [...inputs, [null, places.rowCount(shard)]] : inputs;
			return sessionPart({
				name: `${name}: session ${this.#steps.indexOf(step)}`,
				inputs: withRows,
				...rest
			}, binding);
		};
		const phases = [];
		const randoms = this.#graph.randoms.flatMap((leaf) => {
			const make = () => randomCall(leaf.attrs, this.#present, places.whole(leaf));
			return make() === null ? [] : [[callPart(`${name}: random numbers`, () => make())]];
		});
		if (randoms.length > 0) phases.push(randoms);
		let open = null;
		for (const [index, step] of this.#steps.entries()) {
			if (index === this.#inPlace.from) open = null;
			if (step.kind === "allSum") {
				phases.push(step.parts.map((part, i) => [sumPart(part, step.sums[i], places, at)]));
				open = null;
				continue;
			}
			const kind = step.each ? "each" : "once";
			const reads = step.kind === "kernel" ? step.call.inputs : step.emitted.inputs;
			if (open?.kind !== kind || kind === "once" && reads.some((value) => open.written.has(value))) {
				open = {
					kind,
					written: /* @__PURE__ */ new Set(),
					chains: kind === "each" ? present.map(() => []) : []
				};
				phases.push(open.chains);
			}
			for (const value of step.outputs) open.written.add(value);
			if (step.each) for (const [i, shard] of present.entries()) open.chains[i].push(partOf(step, shard));
			else open.chains.push([partOf(step, 0)]);
		}
		return {
			places,
			bindings,
			score: new Score(phases)
		};
	}
	dispose() {
		if (this.#disposed) return;
		this.#disposed = true;
		if (!this.#running) this.#release();
	}
	#free({ bindings, places, score }) {
		this.#machine.crew?.forget(score);
		for (const binding of bindings) binding.dispose();
		places.dispose();
	}
	#release() {
		for (const shaped of this.#shapes.values()) this.#free(shaped);
		this.#shapes.clear();
		for (const held of this.#sessions.values()) held.release();
	}
};
/** Shards without rows keep their position in the tree and add nothing. */
function sumPart(part, sum, places, at) {
	const isPresent = places.shards.map(({ start, end }) => end > start);
	const inputs = places.shards.flatMap((_, shard) => isPresent[shard] ? [at(part, shard)] : []);
	return kernelPart({
		name: `allSum of ${sum.shape.join(" x ")}`,
		places,
		inputs,
		outputs: [at(sum, 0)]
	}, treeSum(isPresent));
}
/** Values that each shard computes for itself; what is also computed once for all lies in one place. */
function ownPerShard(steps) {
	const outputs = (each) => steps.flatMap((step) => step.kind !== "allSum" && step.each === each ? step.outputs : []);
	const own = new Set(outputs(true));
	for (const value of outputs(false)) own.delete(value);
	return own;
}
//#endregion
//#region src/engine/onnx/queue.ts
/**
* Runs one thing after the other. Programs may share variables, and a machine that computes asynchronously would mix
* their steps.
*/
var Queue = class {
	#last = Promise.resolve();
	/** Begins when everything before has ended, well or not. */
	add(task) {
		const result = this.#last.then(task);
		this.#last = result.catch(() => void 0);
		return result;
	}
};
//#endregion
//#region src/engine/wasm/max-pool-grad.ts
const add$2 = (a, b) => `(i32.add ${a} ${b})`;
const get$2 = (name) => `(local.get $${name})`;
const words = (name) => `(i32.shl ${get$2(name)} (i32.const 2))`;
/** Gives the gradient to the element at an address, if it is the maximum. */
const tryAt = (address) => `(if (f32.eq (f32.load ${address}) ${get$2("best")}) (then
      (f32.store ${add$2(address, get$2("shift"))} (f32.add (f32.load ${add$2(address, get$2("shift"))}) ${get$2("g")})) (br $found)))`;
/** Zeros for all of dx. */
const CLEAR = `(memory.fill ${get$2("dx")} (i32.const 0)
    (i32.shl (i32.mul ${get$2("planes")} (i32.mul ${get$2("height")} ${get$2("width")})) (i32.const 2)))`;
/** A maximum that a ReLU has cut off gets no gradient. */
const MASK = `(if (i32.and ${get$2("positiveOnly")} (i32.eqz (f32.gt ${get$2("best")} (f32.const 0)))) (then (local.set $g (f32.const 0))))`;
/**
* Gradient of a maximum over windows of two axes: for each plane and output, the first element of the window (row by
* row) that equals the output gets the output's gradient added. Padding is given as `top` and `left`; what lies outside of the plane is skipped. Sizes are in elements, x, y, dy and dx are addresses. With `positiveOnly`
* the gradient of the ReLU that made x is taken too.
*/
const MAX_POOL_GRAD = `
(func $maxPoolGrad (param $x i32) (param $y i32) (param $dy i32) (param $dx i32) (param $planes i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32)
  (param $windowHeight i32) (param $windowWidth i32) (param $down i32) (param $right i32) (param $top i32) (param $left i32) (param $positiveOnly i32)
  (local $shift i32) (local $oh i32) (local $ow i32) (local $row i32) (local $column i32) (local $rowEnd i32)
  (local $columnStart i32) (local $columnEnd i32) (local $rowStart i32) (local $at i32) (local $best f32) (local $g f32)
  (local.set $shift (i32.sub ${get$2("dx")} ${get$2("x")}))
  ${CLEAR}
  (loop $plane
    (local.set $oh (i32.const 0))
    (loop $outRow
      (local.set $rowStart (i32.sub (i32.mul ${get$2("oh")} ${get$2("down")}) ${get$2("top")}))
      (local.set $rowEnd ${add$2(get$2("rowStart"), get$2("windowHeight"))})
      (if (i32.lt_s ${get$2("rowStart")} (i32.const 0)) (then (local.set $rowStart (i32.const 0))))
      (if (i32.gt_s ${get$2("rowEnd")} ${get$2("height")}) (then (local.set $rowEnd ${get$2("height")})))
      (local.set $ow (i32.const 0))
      (loop $outColumn
        (local.set $best (f32.load ${get$2("y")}))
        (local.set $g (f32.load ${get$2("dy")}))
        ${MASK}
        (local.set $columnStart (i32.sub (i32.mul ${get$2("ow")} ${get$2("right")}) ${get$2("left")}))
        (local.set $columnEnd ${add$2(get$2("columnStart"), get$2("windowWidth"))})
        (if (i32.lt_s ${get$2("columnStart")} (i32.const 0)) (then (local.set $columnStart (i32.const 0))))
        (if (i32.gt_s ${get$2("columnEnd")} ${get$2("width")}) (then (local.set $columnEnd ${get$2("width")})))
        (block $found
          (local.set $row ${get$2("rowStart")})
          (loop $windowRow
            (br_if $found (i32.ge_s ${get$2("row")} ${get$2("rowEnd")}))
            (local.set $column ${get$2("columnStart")})
            (local.set $at ${add$2(get$2("x"), `(i32.shl ${add$2(`(i32.mul ${get$2("row")} ${get$2("width")})`, get$2("column"))} (i32.const 2))`)})
            (block $rowDone
              (loop $windowColumn
                (br_if $rowDone (i32.ge_s ${get$2("column")} ${get$2("columnEnd")}))
                ${tryAt(get$2("at"))}
                (local.set $at ${add$2(get$2("at"), "(i32.const 4)")})
                (local.set $column ${add$2(get$2("column"), "(i32.const 1)")})
                (br $windowColumn)))
            (local.set $row ${add$2(get$2("row"), "(i32.const 1)")})
            (br $windowRow)))
        (local.set $y ${add$2(get$2("y"), "(i32.const 4)")})
        (local.set $dy ${add$2(get$2("dy"), "(i32.const 4)")})
        (br_if $outColumn (i32.lt_s (local.tee $ow ${add$2(get$2("ow"), "(i32.const 1)")}) ${get$2("outWidth")})))
      (br_if $outRow (i32.lt_s (local.tee $oh ${add$2(get$2("oh"), "(i32.const 1)")}) ${get$2("outHeight")})))
    (local.set $x ${add$2(get$2("x"), `(i32.shl (i32.mul ${get$2("height")} ${get$2("width")}) (i32.const 2))`)})
    (br_if $plane (local.tee $planes (i32.sub ${get$2("planes")} (i32.const 1))))))`;
/** Bytes of the lanes named, of two vectors of four lanes each: 0 … 3 and 4 … 7. */
const shuffle = (lanes, a, b) => `(i8x16.shuffle ${lanes.flatMap((lane) => [
	0,
	1,
	2,
	3
].map((byte) => lane * 4 + byte)).join(" ")} ${a} ${b})`;
const pair = (address) => [`(v128.load ${address})`, `(v128.load offset=16 ${address})`];
/** A row of four windows: eight numbers as those on the left and those on the right of each window. */
const loadRow = (address, left, right) => {
	const [a, b] = pair(get$2(address));
	return `(local.set $${left} ${shuffle([
		0,
		2,
		4,
		6
	], a, b)}) (local.set $${right} ${shuffle([
		1,
		3,
		5,
		7
	], a, b)})`;
};
const storeRow = (address, left, right) => {
	const target = add$2(get$2(address), get$2("shift"));
	return `(v128.store ${target} ${shuffle([
		0,
		4,
		1,
		5
	], get$2(left), get$2(right))})
          (v128.store offset=16 ${target} ${shuffle([
		2,
		6,
		3,
		7
	], get$2(left), get$2(right))})`;
};
/** Replaces a number by its window's gradient if it is the first maximum, else by 0; `open`: none was found yet. */
const settle = (name) => `
  (local.set $hit (v128.and (f32x4.eq ${get$2(name)} ${get$2("best")}) ${get$2("open")}))
  (local.set $open (v128.andnot ${get$2("open")} ${get$2("hit")}))
  (local.set $${name} (v128.and ${get$2("hit")} ${get$2("g")}))`;
/**
* The same for windows of 2 x 2 that touch, without padding, four at a time and without branches (which window an
* element wins is as good as random, and a processor that guesses is often wrong). Rows have at least four windows;
* the last four of a row are done again where the number is no multiple. Every element of every window is written;
* rows and columns behind the last window are cleared before.
*/
const MAX_POOL_GRAD_2 = `
(func $maxPoolGrad2 (param $x i32) (param $y i32) (param $dy i32) (param $dx i32) (param $planes i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32) (param $positiveOnly i32)
  (local $shift i32) (local $oh i32) (local $ow i32) (local $row i32) (local $at i32) (local $below i32)
  (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $best v128) (local $g v128)
  (local $open v128) (local $hit v128) (local $pass v128) (local $zero v128)
  (local.set $shift (i32.sub ${get$2("dx")} ${get$2("x")}))
  (if (i32.or (i32.ne ${get$2("height")} (i32.shl ${get$2("outHeight")} (i32.const 1)))
              (i32.ne ${get$2("width")} (i32.shl ${get$2("outWidth")} (i32.const 1)))) (then ${CLEAR}))
  (local.set $pass (i32x4.splat (i32.sub ${get$2("positiveOnly")} (i32.const 1))))
  (loop $plane
    (local.set $oh (i32.const 0))
    (loop $outRow
      (local.set $row ${add$2(get$2("x"), `(i32.shl (i32.mul ${get$2("oh")} ${get$2("width")}) (i32.const 3))`)})
      (local.set $ow (i32.const 0))
      (block $rowDone
        (loop $windows
          (local.set $at ${add$2(get$2("row"), `(i32.shl ${get$2("ow")} (i32.const 3))`)})
          (local.set $below ${add$2(get$2("at"), words("width"))})
          (local.set $best (v128.load ${add$2(get$2("y"), words("ow"))}))
          ;; Adding 0 turns -0 into the 0 that a sum of gradients has.
          (local.set $g (f32x4.add (v128.load ${add$2(get$2("dy"), words("ow"))}) ${get$2("zero")}))
          (local.set $g (v128.and ${get$2("g")} (v128.or ${get$2("pass")} (f32x4.gt ${get$2("best")} ${get$2("zero")}))))
          ${loadRow("at", "a", "b")}
          ${loadRow("below", "c", "d")}
          (local.set $open (f32x4.eq ${get$2("zero")} ${get$2("zero")}))
          ${[
	"a",
	"b",
	"c",
	"d"
].map(settle).join("")}
          ${storeRow("at", "a", "b")}
          ${storeRow("below", "c", "d")}
          (local.set $ow ${add$2(get$2("ow"), "(i32.const 4)")})
          (br_if $rowDone (i32.ge_s ${get$2("ow")} ${get$2("outWidth")}))
          (if (i32.gt_s ${add$2(get$2("ow"), "(i32.const 4)")} ${get$2("outWidth")}) (then
            (local.set $ow (i32.sub ${get$2("outWidth")} (i32.const 4)))))
          (br $windows)))
      (local.set $y ${add$2(get$2("y"), words("outWidth"))})
      (local.set $dy ${add$2(get$2("dy"), words("outWidth"))})
      (br_if $outRow (i32.lt_s (local.tee $oh ${add$2(get$2("oh"), "(i32.const 1)")}) ${get$2("outHeight")})))
    (local.set $x ${add$2(get$2("x"), `(i32.shl (i32.mul ${get$2("height")} ${get$2("width")}) (i32.const 2))`)})
    (br_if $plane (local.tee $planes (i32.sub ${get$2("planes")} (i32.const 1))))))`;
//#endregion
//#region src/engine/kernels/max-pool-grad.ts
/**
* Gives each output's gradient to the first maximum of its window, in row-major order. The maximum is found again from
* x and y, which costs less than to have ONNX Runtime write indices. Operands: x, y, dy.
*/
const maxPoolGrad = (attrs) => kernel(attrs, false);
/** The same where x is the result of a ReLU, whose gradient is taken at once: maxima that are not positive get nothing. */
const maxPoolReluGrad = (attrs) => kernel(attrs, true);
const kernel = (attrs, positiveOnly) => ({
	call: (inputs, [output]) => callFor(attrs, inputs, output, positiveOnly),
	compute: (inputs, [output]) => inJavaScript$2(attrs, inputs, output, positiveOnly)
});
function callFor({ window, strides, padding }, inputs, output, positiveOnly) {
	const segment = segmentOf([...inputs, output]);
	const planar = (values, missing) => values.length === 1 ? [missing, values[0]] : values;
	const { dims } = inputs[0];
	const sizes = [
		dims[0] * dims[1],
		...planar(dims.slice(2), 1),
		...planar(inputs[1].dims.slice(2), 1)
	];
	if (segment === void 0 || window.length > 2 || sizes.includes(0)) return null;
	const [height, width] = planar(window, 1);
	const [down, right] = planar(strides, 1);
	const [top, left] = planar(padding.map(([low]) => low), 0);
	const isPaddedAfter = padding.some(([, high]) => high > 0);
	const outWidth = sizes[4];
	const isUsual = [
		height,
		width,
		down,
		right
	].every((size) => size === 2) && top + left === 0 && !isPaddedAfter && outWidth >= 4;
	const parameters = [...[...inputs, output].map(addressOf), ...sizes];
	return isUsual ? {
		text: MAX_POOL_GRAD_2,
		name: "maxPoolGrad2",
		segment,
		parameters: [...parameters, +positiveOnly]
	} : {
		text: MAX_POOL_GRAD,
		name: "maxPoolGrad",
		segment,
		parameters: [
			...parameters,
			height,
			width,
			down,
			right,
			top,
			left,
			+positiveOnly
		]
	};
}
/** The same in JavaScript: for three axes, and for tensors that lie in different memories. */
function inJavaScript$2({ window, strides, padding }, inputs, output, positiveOnly) {
	const lead = 3 - window.length;
	const at = (values, axis, missing) => values[axis - lead] ?? missing;
	const spatial = inputs[0].dims.slice(2);
	const outputs = inputs[1].dims.slice(2);
	const [xd, xh, xw] = [
		0,
		1,
		2
	].map((axis) => at(spatial, axis, 1));
	const [yd, yh, yw] = [
		0,
		1,
		2
	].map((axis) => at(outputs, axis, 1));
	const [wd, wh, ww] = [
		0,
		1,
		2
	].map((axis) => at(window, axis, 1));
	const [sd, sh, sw] = [
		0,
		1,
		2
	].map((axis) => at(strides, axis, 1));
	const before = padding.map(([low]) => low);
	const [pd, ph, pw] = [
		0,
		1,
		2
	].map((axis) => at(before, axis, 0));
	const [x, y, dy] = inputs.map(floats);
	const dx = floats(output);
	dx.fill(0);
	const planes = inputs[0].dims[0] * inputs[0].dims[1];
	let from = 0;
	for (let plane = 0; plane < planes; plane++) {
		const base = plane * xd * xh * xw;
		for (let d = 0; d < yd; d++) {
			const d0 = d * sd - pd;
			const dLow = Math.max(0, d0);
			const dHigh = Math.min(xd, d0 + wd);
			for (let h = 0; h < yh; h++) {
				const h0 = h * sh - ph;
				const hLow = Math.max(0, h0);
				const hHigh = Math.min(xh, h0 + wh);
				for (let w = 0; w < yw; w++, from++) {
					const w0 = w * sw - pw;
					const wLow = Math.max(0, w0);
					const wHigh = Math.min(xw, w0 + ww);
					const best = y[from];
					if (positiveOnly && !(best > 0)) continue;
					search: for (let i = dLow; i < dHigh; i++) for (let j = hLow; j < hHigh; j++) {
						const row = base + (i * xh + j) * xw;
						for (let k = wLow; k < wHigh; k++) {
							if (x[row + k] !== best) continue;
							dx[row + k] = dx[row + k] + dy[from];
							break search;
						}
					}
				}
			}
		}
	}
}
//#endregion
//#region src/engine/wasm/patches.ts
const get$1 = (name) => `(local.get $${name})`;
const set$1 = (name, value) => `(local.set $${name} ${value})`;
const add$1 = (a, b) => `(i32.add ${a} ${b})`;
const sub = (a, b) => `(i32.sub ${a} ${b})`;
const mul = (a, b) => `(i32.mul ${a} ${b})`;
const int$1 = (value) => `(i32.const ${value})`;
const bytes = (count) => `(i32.shl ${count} ${int$1(2)})`;
/** Counts `name` from 0 up to a local, whose value is at least 1. */
const times = (name, limit, body) => `
  ${set$1(name, int$1(0))}
  (loop $next_${name}
    ${body}
    (br_if $next_${name} (i32.lt_s (local.tee $${name} ${add$1(get$1(name), int$1(1))}) ${get$1(limit)})))`;
/** Writes zeros from $to up to an address. */
const zeroUntil = (end) => `
  (block $zeroed
    (loop $zero
      (br_if $zeroed (i32.ge_u ${get$1("to")} ${end}))
      (f32.store ${get$1("to")} (f32.const 0))
      ${set$1("to", add$1(get$1("to"), int$1(4)))}
      (br $zero)))`;
/** Copies from $from to $to, up to the address $copyEnd; the last four elements overlap where the number is no multiple. */
const COPY = `
  (if (i32.ge_u ${sub(get$1("copyEnd"), get$1("to"))} ${int$1(16)}) (then
    (block $copied
      (loop $vectors
        (v128.store ${get$1("to")} (v128.load ${get$1("from")}))
        ${set$1("to", add$1(get$1("to"), int$1(16)))}
        ${set$1("from", add$1(get$1("from"), int$1(16)))}
        (br_if $copied (i32.ge_u ${get$1("to")} ${get$1("copyEnd")}))
        (if (i32.gt_u ${add$1(get$1("to"), int$1(16))} ${get$1("copyEnd")}) (then
          ${set$1("from", sub(get$1("from"), sub(add$1(get$1("to"), int$1(16)), get$1("copyEnd"))))}
          ${set$1("to", sub(get$1("copyEnd"), int$1(16)))}))
        (br $vectors)))
    ${set$1("to", get$1("copyEnd"))}))
  (block $copiedRest
    (loop $rest
      (br_if $copiedRest (i32.ge_u ${get$1("to")} ${get$1("copyEnd")}))
      (f32.store ${get$1("to")} (f32.load ${get$1("from")}))
      ${set$1("to", add$1(get$1("to"), int$1(4)))}
      ${set$1("from", add$1(get$1("from"), int$1(4)))}
      (br $rest)))`;
/** A row of outputs whose windows lie side by side: zeros, a piece of the input's row, zeros. */
const CONTIGUOUS = `
  ${set$1("copyEnd", add$1(get$1("row"), bytes(get$1("last"))))}
  ${zeroUntil(add$1(get$1("row"), bytes(get$1("first"))))}
  ${set$1("from", add$1(get$1("source"), bytes(add$1(get$1("left"), get$1("first")))))}
  ${COPY}
  ${zeroUntil(get$1("rowEnd"))}`;
/** A row of outputs whose windows have a distance. */
const STRIDED = `
  ${set$1("column", get$1("left"))}
  (loop $each
    (if (i32.and (i32.ge_s ${get$1("column")} ${int$1(0)}) (i32.lt_s ${get$1("column")} ${get$1("width")}))
      (then (f32.store ${get$1("to")} (f32.load ${add$1(get$1("source"), bytes(get$1("column")))})))
      (else (f32.store ${get$1("to")} (f32.const 0))))
    ${set$1("column", add$1(get$1("column"), get$1("right")))}
    (br_if $each (i32.lt_u (local.tee $to ${add$1(get$1("to"), int$1(4))}) ${get$1("rowEnd")})))`;
/**
* Patches of a convolution over two axes, x (rows, channels, height, width), written row after row: for each position
* of the window and each channel, the outputs of all rows. Sizes are in elements; `down`, `right` are strides, `top`,
* `before` the padding in front.
*/
const PATCHES = `
(func $patches (param $x i32) (param $to i32) (param $rows i32) (param $channels i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32)
  (param $windowHeight i32) (param $windowWidth i32) (param $down i32) (param $right i32)
  (param $dilationDown i32) (param $dilationRight i32) (param $top i32) (param $before i32)
  (local $i i32) (local $j i32) (local $c i32) (local $n i32) (local $h i32) (local $left i32) (local $first i32)
  (local $last i32) (local $plane i32) (local $y i32) (local $source i32) (local $row i32) (local $rowEnd i32)
  (local $copyEnd i32) (local $from i32) (local $column i32)
  ${times("i", "windowHeight", times("j", "windowWidth", `
    ;; Outputs first … last - 1 lie inside when windows are side by side.
    ${set$1("left", sub(mul(get$1("j"), get$1("dilationRight")), get$1("before")))}
    ${set$1("first", sub(int$1(0), get$1("left")))}
    (if (i32.lt_s ${get$1("first")} ${int$1(0)}) (then ${set$1("first", int$1(0))}))
    (if (i32.gt_s ${get$1("first")} ${get$1("outWidth")}) (then ${set$1("first", get$1("outWidth"))}))
    ${set$1("last", sub(get$1("width"), get$1("left")))}
    (if (i32.gt_s ${get$1("last")} ${get$1("outWidth")}) (then ${set$1("last", get$1("outWidth"))}))
    (if (i32.lt_s ${get$1("last")} ${get$1("first")}) (then ${set$1("last", get$1("first"))}))
    ${times("c", "channels", times("n", "rows", `
      ${set$1("plane", add$1(get$1("x"), bytes(mul(add$1(mul(get$1("n"), get$1("channels")), get$1("c")), mul(get$1("height"), get$1("width"))))))}
      ${times("h", "outHeight", `
        ${set$1("row", get$1("to"))}
        ${set$1("rowEnd", add$1(get$1("to"), bytes(get$1("outWidth"))))}
        ${set$1("y", sub(add$1(mul(get$1("h"), get$1("down")), mul(get$1("i"), get$1("dilationDown"))), get$1("top")))}
        ${set$1("source", add$1(get$1("plane"), bytes(mul(get$1("y"), get$1("width")))))}
        (if (i32.or (i32.lt_s ${get$1("y")} ${int$1(0)}) (i32.ge_s ${get$1("y")} ${get$1("height")}))
          (then ${zeroUntil(get$1("rowEnd"))})
          (else
            (if (i32.eq ${get$1("right")} ${int$1(1)}) (then ${CONTIGUOUS}) (else ${STRIDED}))))`)}`))}`))})`;
//#endregion
//#region src/engine/kernels/patches.ts
/** Writes what each position of a convolution's kernel sees, row after row; at most two spatial axes. */
const patches$1 = (attrs) => ({
	call([x], [output]) {
		const segment = segmentOf([x, output]);
		if (segment === void 0 || floats(output).length === 0) return null;
		const { rows, channels, size, out, window, strides, dilations, before } = planeOf(attrs, x);
		const parameters = [
			addressOf(x),
			addressOf(output),
			rows,
			channels,
			...size,
			...out
		];
		parameters.push(...window, ...strides, ...dilations, ...before);
		return {
			text: PATCHES,
			name: "patches",
			segment,
			parameters
		};
	},
	compute: ([x], [output]) => inJavaScript$1(planeOf(attrs, x), floats(x), floats(output))
});
function planeOf({ window, strides, padding, dilations }, { dims }) {
	const planar = (values, missing) => values.length === 1 ? [missing, values[0]] : values;
	const [rows, channels, ...spatial] = dims;
	const sizes = spatial.map((size, i) => outputSize(size, window[i], strides[i], padding[i], dilations[i]));
	return {
		rows,
		channels,
		size: planar(spatial, 1),
		out: planar(sizes, 1),
		window: planar(window, 1),
		strides: planar(strides, 1),
		dilations: planar(dilations, 1),
		before: planar(padding.map(([low]) => low), 0)
	};
}
/** The same for tensors that lie in different memories. */
function inJavaScript$1(plane, x, target) {
	const { rows, channels, size, out, window, strides, dilations, before } = plane;
	let to = 0;
	for (let i = 0; i < window[0]; i++) for (let j = 0; j < window[1]; j++) for (let c = 0; c < channels; c++) for (let n = 0; n < rows; n++) for (let h = 0; h < out[0]; h++) for (let w = 0; w < out[1]; w++) {
		const row = h * strides[0] + i * dilations[0] - before[0];
		const column = w * strides[1] + j * dilations[1] - before[1];
		const isInside = row >= 0 && row < size[0] && column >= 0 && column < size[1];
		target[to++] = isInside ? x[((n * channels + c) * size[0] + row) * size[1] + column] : 0;
	}
}
//#endregion
//#region src/engine/wasm/scatter-add.ts
const get = (name) => `(local.get $${name})`;
const set = (name, value) => `(local.set $${name} ${value})`;
const add = (a, b) => `(i32.add ${a} ${b})`;
const int = (value) => `(i32.const ${value})`;
/** Adds one vector, or one number, of a row of updates to the table and goes on by its bytes. */
const step = (load, store, sum, bytes) => `
  (${store} ${get("to")} (${sum} (${load} ${get("to")}) (${load} ${get("updates")})))
  ${set("to", add(get("to"), int(bytes)))}
  ${set("updates", add(get("updates"), int(bytes)))}`;
/**
* Clears a table of `rows` rows of `width` numbers and adds, for each of `count` ids in turn, a row of updates to the
* row that the id names. Returns 0, or 1 + the position of the first id that names none.
*/
const scatterAddText = (type) => `
(func $scatterAdd (param $ids i32) (param $updates i32) (param $out i32) (param $count i32) (param $width i32)
  (param $rows i32) (result i32) (local $i i32) (local $id i32) (local $to i32) (local $end i32)
  (memory.fill ${get("out")} ${int(0)} (i32.shl (i32.mul ${get("rows")} ${get("width")}) ${int(2)}))
  (loop $next
    ${set("id", `(i32.load ${get("ids")})`)}
    (if (i32.ge_u ${get("id")} ${get("rows")}) (then (return ${add(get("i"), int(1))})))
    ${set("to", add(get("out"), `(i32.shl (i32.mul ${get("id")} ${get("width")}) ${int(2)})`))}
    ${set("end", add(get("to"), `(i32.shl ${get("width")} ${int(2)})`))}
    (block $vectors (loop $vector
      (br_if $vectors (i32.gt_u ${add(get("to"), int(16))} ${get("end")}))
      ${step("v128.load", "v128.store", `${type}x4.add`, 16)}
      (br $vector)))
    (block $row (loop $number
      (br_if $row (i32.ge_u ${get("to")} ${get("end")}))
      ${step(`${type}.load`, `${type}.store`, `${type}.add`, 4)}
      (br $number)))
    ${set("ids", add(get("ids"), int(4)))}
    (br_if $next (i32.lt_u (local.tee $i ${add(get("i"), int(1))}) ${get("count")})))
  ${int(0)})`;
//#endregion
//#region src/engine/kernels/scatter-add.ts
/** Adds each row of updates to the row that its id names, in row-major order of the ids. */
const scatterAdd = ({ rows }) => ({
	call([ids, updates], [output]) {
		const segment = segmentOf([
			ids,
			updates,
			output
		]);
		const count = integers(ids).length;
		const size = numbers(output).length;
		if (segment === void 0 || count === 0 || size === 0) return null;
		return {
			text: scatterAddText(updates.dtype === "int32" ? "i32" : "f32"),
			name: "scatterAdd",
			segment,
			parameters: [
				...[
					ids,
					updates,
					output
				].map(addressOf),
				count,
				size / rows,
				rows
			]
		};
	},
	compute: ([ids, updates], [output]) => inJavaScript(rows, ids, updates, output),
	explain: (code, [ids]) => outOfRange(integers(ids)[code - 1], rows)
});
/** The same for tensors that lie in different memories. */
function inJavaScript(rows, ids, updates, output) {
	const index = integers(ids);
	const source = numbers(updates);
	const target = numbers(output);
	target.fill(0);
	const width = rows === 0 ? 0 : target.length / rows;
	for (let i = 0; i < index.length; i++) {
		const id = index[i];
		if (id < 0 || id >= rows) throw outOfRange(id, rows);
		for (let from = i * width, to = id * width, end = to + width; to < end; from++, to++) target[to] = target[to] + source[from];
	}
}
function outOfRange(id, rows) {
	return new EngineError({
		code: "id-range",
		what: "An id lies outside of its table",
		received: `${id}`,
		expected: `0 … ${rows - 1}`,
		fix: "Check the integers that are fed as ids"
	});
}
//#endregion
//#region src/engine/kernels/index.ts
/** The kernels of a stage by the values that they compute; all others belong into sessions. */
function kernelCalls(given, outputs, order, withClusters) {
	const calls = /* @__PURE__ */ new Map();
	for (const value of order) {
		const call = given.has(value) ? void 0 : singleCall(value);
		if (call !== void 0) calls.set(value, call);
	}
	for (const cluster of withClusters ? findClusters(given, outputs, order) : []) {
		const { members, inputs, outputs: results } = cluster;
		if (members.some((member) => calls.has(member))) continue;
		const call = {
			name: `fused ${members.map((member) => member.op).join(" ")}`,
			kernel: fusedKernel(cluster),
			inputs,
			outputs: results,
			cluster
		};
		for (const result of results) calls.set(result, call);
	}
	return calls;
}
function singleCall(value) {
	const { inputs } = value;
	const outputs = [value];
	switch (value.op) {
		case "scatterAdd": return {
			name: "scatterAdd",
			kernel: scatterAdd(value.attrs),
			inputs,
			outputs
		};
		case "patches": return {
			name: "patches",
			kernel: patches$1(value.attrs),
			inputs,
			outputs
		};
		case "maxPoolGrad": return {
			name: "maxPoolGrad",
			kernel: maxPoolGrad(value.attrs),
			inputs,
			outputs
		};
		case "where": return maskedPoolGrad(value);
		default: return;
	}
}
/** where(y > 0, maxPoolGrad(y, …), 0): the gradient of ReLU followed by a pooling, in one pass over the tensor. */
function maskedPoolGrad(value) {
	const [condition, gradient, other] = value.inputs;
	if (condition?.op !== "greater" || gradient?.op !== "maxPoolGrad" || !zeroConstant(other)) return void 0;
	const [x, threshold] = condition.inputs;
	if (x !== gradient.inputs[0] || !zeroConstant(threshold)) return void 0;
	const { attrs } = gradient;
	return {
		name: "maxPoolReluGrad",
		kernel: maxPoolReluGrad(attrs),
		inputs: gradient.inputs,
		outputs: [value]
	};
}
//#endregion
//#region src/engine/onnx/cuts.ts
/**
* Cuts a stage into sessions with kernels between them. A value belongs to the first session that can compute it; the
* kernels that follow session n come between it and session n + 1.
*/
function cut(inputs, outputs) {
	return cutWith(inputs, outputs, true) ?? cutWith(inputs, outputs, false);
}
function cutWith(inputs, outputs, withClusters) {
	const given = new Set(inputs);
	const calls = kernelCalls(given, outputs, reach(outputs, (value) => given.has(value) ? [] : value.inputs), withClusters);
	const operandsOf = (value) => given.has(value) ? [] : calls.get(value)?.inputs ?? value.inputs;
	const order = reach(outputs, operandsOf);
	const levels = levelsOf(order, operandsOf, (value) => calls.has(value));
	if (levels === null) return null;
	const wanted = new Set(outputs.filter((value) => !given.has(value)));
	const belongs = (value, level) => !given.has(value) && !calls.has(value) && (value.op === "constant" || levels.get(value) === level);
	const pieces = [];
	const last = Math.max(0, ...levels.values());
	for (let level = last; level >= 0; level--) {
		const computed = order.filter((value) => calls.has(value) && levels.get(value) === level && wanted.has(value));
		const kernels = new Set(computed.map((value) => calls.get(value)));
		pieces.push(...[...kernels].reverse().map((call) => ({
			kind: "kernel",
			call
		})));
		for (const { inputs: operands } of kernels) for (const operand of operands) if (!given.has(operand)) wanted.add(operand);
		const sessionOutputs = order.filter((value) => wanted.has(value) && belongs(value, level));
		for (const value of sessionOutputs) wanted.delete(value);
		if (sessionOutputs.length === 0) continue;
		const needed = neededFrom(sessionOutputs, (value) => belongs(value, level));
		for (const value of needed) if (!given.has(value)) wanted.add(value);
		pieces.push({
			kind: "session",
			given: needed,
			outputs: sessionOutputs
		});
	}
	return pieces.reverse();
}
/**
* How many kernels come one after the other before each value; null when values wait for each other. Ids do not order
* them here: a kernel's outputs share its operands.
*/
function levelsOf(order, operandsOf, isKernel) {
	const levels = /* @__PURE__ */ new Map();
	const waiting = /* @__PURE__ */ new Set();
	const pending = [...order];
	for (let value = pending.at(-1); value !== void 0; value = pending.at(-1)) {
		const operands = operandsOf(value);
		const missing = levels.has(value) ? [] : operands.filter((operand) => !levels.has(operand));
		if (missing.length > 0) {
			if (missing.some((operand) => waiting.has(operand))) return null;
			waiting.add(value);
			pending.push(...missing);
			continue;
		}
		pending.pop();
		waiting.delete(value);
		levels.set(value, Math.max(0, ...operands.map((from) => levels.get(from) + (isKernel(from) ? 1 : 0))));
	}
	return levels;
}
/** What comes from outside when the values that `inside` accepts are computed. */
function neededFrom(outputs, inside) {
	const seen = reach(outputs, (value) => inside(value) ? value.inputs : []);
	return new Set(seen.filter((value) => !inside(value)));
}
/** All values that can be reached, in the order of their ids. */
function reach(from, next) {
	const seen = /* @__PURE__ */ new Set();
	const pending = [...from];
	for (let value = pending.pop(); value !== void 0; value = pending.pop()) {
		if (seen.has(value)) continue;
		seen.add(value);
		pending.push(...next(value));
	}
	return [...seen].sort((a, b) => a.id - b.id);
}
//#endregion
//#region src/engine/onnx/peel.ts
const BROADCASTING = new Set("add sub mul div pow maximum minimum mod equal greater greaterEqual and or where".split(" "));
/**
* The value as it is emitted: an operand that is only repeated or transposed for the sake of a node that can do this
* itself is read before that, unless it is given. Broadcasting operators broadcast, matrix products read transposed
* operands, and a convolution adds its own bias (as a third operand, which only this makes).
*/
function effective(value, { given, uses }) {
	if (value.op === "matmul") return withoutTransposes(value, given);
	if (!BROADCASTING.has(value.op)) return value;
	const node = withoutBroadcasts(value, given);
	return node.op === "add" ? withBias(node, given, uses) ?? node : node;
}
function withBias(node, given, uses) {
	for (const [conv, bias] of [node.inputs, [...node.inputs].reverse()]) {
		if (conv.op !== "conv" || given.has(conv) || uses.get(conv) !== 1 || !sameDims(conv.shape, node.shape)) continue;
		const channel = bias.shape.length - (conv.shape.length - 1);
		const isPerChannel = bias.shape.every((dim, axis) => dim === (axis === channel ? conv.shape[1] : 1));
		if (channel >= 0 && isPerChannel) return {
			...conv,
			id: node.id,
			inputs: [...conv.inputs, bias]
		};
	}
	return null;
}
function withoutBroadcasts(value, given) {
	const inputs = [...value.inputs];
	for (let i = 0; i < inputs.length; i++) {
		const operand = inputs[i];
		if (operand.op !== "broadcast" || given.has(operand)) continue;
		inputs[i] = operand.inputs[0];
		if (!sameDims(broadcastOf(inputs.map((input) => input.shape)), value.shape)) inputs[i] = operand;
	}
	return {
		...value,
		inputs
	};
}
function withoutTransposes(value, given) {
	const inputs = [...value.inputs];
	let { transposeA, transposeB } = value.attrs;
	if (swapsLastTwo(inputs[0]) && !given.has(inputs[0])) [inputs[0], transposeA] = [inputs[0].inputs[0], !transposeA];
	if (swapsLastTwo(inputs[1]) && !given.has(inputs[1])) [inputs[1], transposeB] = [inputs[1].inputs[0], !transposeB];
	return {
		...value,
		inputs,
		attrs: {
			transposeA,
			transposeB
		}
	};
}
function swapsLastTwo(value) {
	if (value.op !== "transpose" || value.dtype !== "float32") return false;
	const { perm } = value.attrs;
	const last = perm.length - 1;
	return last >= 1 && perm.every((axis, i) => axis === (i === last ? last - 1 : i === last - 1 ? last : i));
}
function broadcastOf(shapes) {
	const rank = Math.max(...shapes.map((shape) => shape.length));
	return Array.from({ length: rank }, (_, axis) => {
		return shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).find((dim) => dim !== 1) ?? 1;
	});
}
const sameDims = (a, b) => a.length === b.length && a.every((dim, i) => dim === b[i]);
//#endregion
//#region src/engine/onnx/rules/conv.ts
const product$1 = (values) => values.reduce((a, b) => a * b, 1);
/** ONNX's order: all beginnings, then all ends. */
const pads = (padding) => [...padding.map(([low]) => low), ...padding.map(([, high]) => high)];
const conv = (node, [x, kernel, bias], graph) => {
	const { strides, padding, dilations, groups } = node.attrs;
	const spatial = node.inputs[1].shape.slice(2);
	const operands = [
		x,
		kernel,
		...bias === void 0 ? [] : [graph.reshape(bias, [node.shape[1]])]
	];
	return graph.node("Conv", operands, {
		kernel_shape: spatial,
		strides,
		pads: pads(padding),
		dilations,
		group: groups
	});
};
/**
* A flipped kernel convolved over the padded gradient costs as many products as the input has positions, ConvTranspose
* as many as the output has, but slower ones. By shape alone (never by a clock, which would change bits): flipped when
* strides are one and the input has at most this many times the positions of the output.
*/
const FLIP_LIMIT = 1.2;
function flips(node) {
	const { strides, padding, dilations, groups, spatial } = node.attrs;
	const window = node.inputs[1].shape.slice(2);
	const fits = padding.every(([low, high], i) => {
		const reach = dilations[i] * (window[i] - 1);
		return low <= reach && high <= reach;
	});
	const ratio = product$1(spatial) / product$1(node.inputs[0].shape.slice(2));
	return groups === 1 && fits && strides.every((stride) => stride === 1) && ratio <= FLIP_LIMIT;
}
const convInput = (node, [dy, kernel], graph) => {
	const { strides, padding, dilations, groups, spatial } = node.attrs;
	const window = node.inputs[1].shape.slice(2);
	const reach = window.map((size, i) => dilations[i] * (size - 1));
	if (flips(node)) {
		const axes = window.map((_, i) => i + 2);
		const ends = axes.map(() => Number.MIN_SAFE_INTEGER);
		const backwards = axes.map(() => -1);
		const flipped = graph.node("Slice", [kernel, ...[
			backwards,
			ends,
			axes,
			backwards
		].map((values) => graph.ints(values))]);
		const swapped = graph.node("Transpose", [flipped], { perm: [
			1,
			0,
			...axes
		] });
		const around = padding.map(([low, high], i) => [reach[i] - low, reach[i] - high]);
		return graph.node("Conv", [dy, swapped], {
			kernel_shape: window,
			strides,
			pads: pads(around),
			dilations,
			group: 1
		});
	}
	const out = node.inputs[0].shape.slice(2);
	const rest = spatial.map((size, i) => {
		const [low, high] = padding[i];
		return size - ((out[i] - 1) * strides[i] + reach[i] + 1 - low - high);
	});
	const attributes = {
		kernel_shape: window,
		strides,
		pads: pads(padding),
		dilations,
		group: groups,
		output_padding: rest
	};
	return graph.node("ConvTranspose", [dy, kernel], attributes);
};
/**
* The patches of x that each kernel position sees, (N, groups, C / groups * K, P): one strided slice a position,
* stacked. K = positions of the kernel, P = positions of the output.
*/
function patches(x, node, graph) {
	const { strides, padding, dilations, groups, spatial } = node.attrs;
	const [batch, channels] = node.inputs[0].shape;
	const out = node.inputs[1].shape.slice(2);
	const padded = padding.some(([low, high]) => low > 0 || high > 0) ? graph.node("Pad", [
		x,
		graph.ints([
			0,
			0,
			...padding.map(([low]) => low),
			0,
			0,
			...padding.map(([, high]) => high)
		]),
		graph.scalar(0)
	]) : x;
	const axes = graph.ints(out.map((_, i) => i + 2));
	const steps = graph.ints(strides);
	const slices = [];
	for (let position = 0; position < product$1(spatial); position++) {
		let rest = position;
		const start = new Array(out.length);
		for (let i = out.length - 1; i >= 0; i--) {
			start[i] = rest % spatial[i] * dilations[i];
			rest = Math.floor(rest / spatial[i]);
		}
		const end = start.map((from, i) => from + (out[i] - 1) * strides[i] + 1);
		const piece = graph.node("Slice", [
			padded,
			graph.ints(start),
			graph.ints(end),
			axes,
			steps
		]);
		slices.push(graph.reshape(piece, [
			batch,
			channels,
			1,
			product$1(out)
		]));
	}
	const stacked = slices.length === 1 ? slices[0] : graph.node("Concat", slices, { axis: 2 });
	return graph.reshape(stacked, [
		batch,
		groups,
		channels / groups * product$1(spatial),
		product$1(out)
	]);
}
/** Batched products of the gradient with the patches, summed over the batch. */
const convKernel = (node, [x, dy], graph) => {
	const { groups } = node.attrs;
	const [batch, filters, ...out] = node.inputs[1].shape;
	const columns = patches(x, node, graph);
	const rows = graph.reshape(dy, [
		batch,
		groups,
		filters / groups,
		product$1(out)
	]);
	const products = graph.node("FusedMatMul", [rows, columns], {
		transA: 0,
		transB: 1
	}, { domain: "com.microsoft" });
	return graph.reshape(graph.node("ReduceSum", [products, graph.ints([0])], { keepdims: 0 }), node.shape);
};
const convolutions = {
	conv,
	convInput,
	convKernel
};
//#endregion
//#region src/engine/onnx/rules/elementwise.ts
/** One ONNX node of the same operands. */
const as = (opType) => (_node, inputs, graph) => graph.node(opType, inputs);
/** Rounding integers changes nothing, and ONNX has these operators for floats only. */
const floatOnly = (opType) => (node, inputs, graph) => node.dtype === "float32" ? graph.node(opType, inputs) : inputs[0];
/** ONNX orders numbers only; false < true as 0 < 1. */
const compare = (opType) => (node, inputs, graph) => {
	const operands = node.inputs[0].dtype === "bool" ? inputs.map((name) => graph.node("Cast", [name], { to: ONNX_TYPES.int32 })) : inputs;
	return graph.node(opType, operands);
};
/** Integer division by zero would end the process; as in the meaning of the graph it gives zero. */
const div = (node, [a, b], graph) => {
	if (node.dtype !== "int32") return graph.node("Div", [a, b]);
	const zero = graph.scalar(0, "int32");
	const isZero = graph.node("Equal", [b, zero]);
	const divisor = graph.node("Where", [
		isZero,
		graph.scalar(1, "int32"),
		b
	]);
	return graph.node("Where", [
		isZero,
		zero,
		graph.node("Div", [a, divisor])
	]);
};
/** ONNX's float Mod is C's fmod, with the sign of the dividend; the divisor is added where the signs differ. */
const mod = (node, [a, b], graph) => {
	if (node.dtype === "int32") {
		const zero = graph.scalar(0, "int32");
		const isZero = graph.node("Equal", [b, zero]);
		const divisor = graph.node("Where", [
			isZero,
			graph.scalar(1, "int32"),
			b
		]);
		return graph.node("Mod", [a, divisor], { fmod: 0 });
	}
	const zero = graph.scalar(0);
	const rest = graph.node("Mod", [a, b], { fmod: 1 });
	const differs = graph.node("Less", [graph.node("Mul", [graph.node("Sign", [rest]), graph.node("Sign", [b])]), zero]);
	return graph.node("Where", [
		differs,
		graph.node("Add", [rest, b]),
		rest
	]);
};
/** ONNX Runtime's Where has no boolean branches. */
const where = (node, [condition, a, b], graph) => {
	if (node.dtype !== "bool") return graph.node("Where", [
		condition,
		a,
		b
	]);
	const yes = graph.node("And", [condition, a]);
	return graph.node("Or", [yes, graph.node("And", [graph.node("Not", [condition]), b])]);
};
const cast = (node, [x], graph) => {
	if (node.dtype === node.inputs[0].dtype) return x;
	return graph.node("Cast", [x], { to: ONNX_TYPES[node.dtype] });
};
const same = (_node, inputs) => inputs[0];
const elementwise = {
	neg: as("Neg"),
	abs: as("Abs"),
	sign: as("Sign"),
	exp: as("Exp"),
	log: as("Log"),
	sqrt: as("Sqrt"),
	sin: as("Sin"),
	cos: as("Cos"),
	tanh: as("Tanh"),
	erf: as("Erf"),
	sigmoid: as("Sigmoid"),
	softplus: as("Softplus"),
	add: as("Add"),
	sub: as("Sub"),
	mul: as("Mul"),
	pow: as("Pow"),
	maximum: as("Max"),
	minimum: as("Min"),
	equal: as("Equal"),
	and: as("And"),
	or: as("Or"),
	relu: as("Relu"),
	floor: floatOnly("Floor"),
	round: floatOnly("Round"),
	not: as("Not"),
	isNan: as("IsNaN"),
	greater: compare("Greater"),
	greaterEqual: compare("GreaterOrEqual"),
	cast,
	div,
	mod,
	where,
	stopGradient: same,
	allSum: same
};
//#endregion
//#region src/engine/onnx/rules/matmul.ts
/** Swaps the last two axes. */
function transposed(x, of, graph) {
	const rank = of.shape.length;
	const perm = Array.from({ length: rank }, (_, axis) => axis);
	perm.splice(rank - 2, 2, rank - 1, rank - 2);
	return graph.node("Transpose", [x], { perm });
}
/** FusedMatMul reads a transposed operand in place, where a Transpose node would copy it; it takes floats only. */
const matmul = (node, [a, b], graph) => {
	const { transposeA, transposeB } = node.attrs;
	if (!transposeA && !transposeB) return graph.node("MatMul", [a, b]);
	if (node.dtype === "float32") return graph.node("FusedMatMul", [a, b], {
		transA: +transposeA,
		transB: +transposeB
	}, { domain: "com.microsoft" });
	const left = transposeA ? transposed(a, node.inputs[0], graph) : a;
	return graph.node("MatMul", [left, transposeB ? transposed(b, node.inputs[1], graph) : b]);
};
//#endregion
//#region src/engine/onnx/rules/pool.ts
const product = (values) => values.reduce((a, b) => a * b, 1);
const maxPool = (node, [x], graph) => {
	const { window, strides, padding } = node.attrs;
	return graph.node("MaxPool", [x], {
		kernel_shape: window,
		strides,
		pads: pads(padding)
	});
};
/** The mean with padding counted, times the size of the window. */
const sumPool = (node, [x], graph) => {
	const { window, strides, padding } = node.attrs;
	const attributes = {
		kernel_shape: window,
		strides,
		pads: pads(padding),
		count_include_pad: 1
	};
	return graph.node("Mul", [graph.node("AveragePool", [x], attributes), graph.scalar(product(window))]);
};
/** Windows that touch but do not overlap: each gradient is repeated over its window, zeros fill what no window saw. */
function repeat(node, dy, graph) {
	const { window, spatial } = node.attrs;
	const [batch, channels, ...out] = node.inputs[0].shape;
	const split = [
		batch,
		channels,
		...out.flatMap((size) => [size, 1])
	];
	const wide = graph.ints([
		1,
		1,
		...window.flatMap((size) => [1, size])
	]);
	const covered = out.map((size, i) => size * window[i]);
	const spread = graph.reshape(graph.node("Expand", [graph.reshape(dy, split), wide]), [
		batch,
		channels,
		...covered
	]);
	const missing = spatial.map((size, i) => size - covered[i]);
	if (missing.every((size) => size === 0)) return spread;
	const around = [
		0,
		0,
		...missing.map(() => 0),
		0,
		0,
		...missing
	];
	return graph.node("Pad", [
		spread,
		graph.ints(around),
		graph.scalar(0)
	], { mode: "constant" });
}
const sumPoolGrad = (node, [dy], graph) => {
	const { window, strides, padding, spatial } = node.attrs;
	if (strides.every((stride, i) => stride === window[i]) && padding.every(([low, high]) => low === 0 && high === 0)) return repeat(node, dy, graph);
	const [batch, channels, ...out] = node.inputs[0].shape;
	const rest = spatial.map((size, i) => {
		const [low, high] = padding[i];
		return size - ((out[i] - 1) * strides[i] + window[i] - low - high);
	});
	const attributes = {
		kernel_shape: window,
		strides,
		pads: pads(padding),
		output_padding: rest
	};
	const ones = graph.node("Expand", [graph.scalar(1), graph.ints([
		1,
		1,
		...window
	])]);
	const single = graph.reshape(dy, [
		batch * channels,
		1,
		...out
	]);
	return graph.reshape(graph.node("ConvTranspose", [single, ones], attributes), node.shape);
};
const pools = {
	maxPool,
	sumPool,
	sumPoolGrad
};
//#endregion
//#region src/engine/onnx/rules/reduce.ts
/** With no axis named, ONNX would reduce all of them. */
const reduce = (opType, node, x, graph) => node.attrs.axes.length === 0 ? x : graph.node(opType, [x, graph.ints(node.attrs.axes)], { keepdims: node.attrs.keepDims ? 1 : 0 });
const sum = (node, [x], graph) => reduce("ReduceSum", node, x, graph);
/** ONNX Runtime's ReduceMax passes over NaN wherever it is not the first element; a NaN must come through. */
const max = (node, [x], graph) => {
	const largest = reduce("ReduceMax", node, x, graph);
	if (node.dtype !== "float32" || largest === x) return largest;
	const hasNan = reduce("ReduceMax", node, graph.node("IsNaN", [x]), graph);
	return graph.node("Where", [
		hasNan,
		graph.scalar(NaN),
		largest
	]);
};
const argmax = (node, [x], graph) => graph.node("Cast", [graph.node("ArgMax", [x], {
	axis: node.attrs.axis,
	keepdims: 0
})], { to: ONNX_TYPES.int32 });
const cumsum = (node, [x], graph) => {
	const { axis, exclusive, reverse } = node.attrs;
	const flags = {
		exclusive: exclusive ? 1 : 0,
		reverse: reverse ? 1 : 0
	};
	return graph.node("CumSum", [x, graph.scalar(axis, "int32")], flags);
};
const sortDescending = (node, [x], graph) => {
	const { axis } = node.attrs;
	return graph.node("TopK", [x, graph.shape([node.shape[axis]])], {
		axis,
		largest: 1,
		sorted: 1
	}, { outputs: 2 });
};
const softmax = (node, [x], graph) => graph.node("Softmax", [x], { axis: node.attrs.axis });
const logSoftmax = (node, [x], graph) => graph.node("LogSoftmax", [x], { axis: node.attrs.axis });
const reductions = {
	sum,
	max,
	argmax,
	cumsum,
	sortDescending,
	softmax,
	logSoftmax
};
//#endregion
//#region src/engine/onnx/rules/shape.ts
const constant = (node, _inputs, graph) => graph.tensor(node.attrs.tensor, node.dtype);
const reshape = (node, [x], graph) => graph.reshape(x, node.shape);
const transpose = (node, [x], graph) => graph.node("Transpose", [x], { perm: node.attrs.perm });
/** Expand broadcasts both ways, so a batch axis that the operand has already needs no number. */
const broadcast = (node, [x], graph) => {
	const from = node.inputs[0].shape;
	const offset = node.shape.length - from.length;
	const target = node.shape.map((dim, axis) => dim < 0 && from[axis - offset] === dim ? 1 : dim);
	return graph.node("Expand", [x, graph.shape(target)]);
};
const slice = (node, [x], graph) => {
	const { axis, start, end, step } = node.attrs;
	return graph.node("Slice", [x, ...[
		start,
		end,
		axis,
		step
	].map((value) => graph.ints([value]))]);
};
const pad = (node, [x], graph) => {
	const { before, after, value } = node.attrs;
	return graph.node("Pad", [
		x,
		graph.ints([...before, ...after]),
		graph.scalar(value, node.dtype)
	], { mode: "constant" });
};
const concat = (node, inputs, graph) => graph.node("Concat", inputs, { axis: node.attrs.axis });
const LOWEST_INT64 = Number.MIN_SAFE_INTEGER;
const reverse = (node, [x], graph) => graph.node("Slice", [x, ...[
	-1,
	LOWEST_INT64,
	node.attrs.axis,
	-1
].map((value) => graph.ints([value]))]);
const gather = (_node, inputs, graph) => graph.node("Gather", inputs, { axis: 0 });
const take = (node, [x, ids], graph) => {
	const axis = node.shape.length;
	const column = graph.node("Unsqueeze", [ids, graph.ints([axis])]);
	return graph.node("Squeeze", [graph.node("GatherElements", [x, column], { axis }), graph.ints([axis])]);
};
//#endregion
//#region src/engine/onnx/rules/index.ts
/** How each primitive becomes ONNX; a missing one does not compile. */
const RULES = {
	input: "leaf",
	random: "leaf",
	constant,
	reshape,
	transpose,
	broadcast,
	slice,
	pad,
	concat,
	reverse,
	gather,
	take,
	...elementwise,
	...reductions,
	...convolutions,
	...pools,
	matmul,
	scatterAdd: "kernel",
	maxPoolGrad: "kernel",
	patches: "kernel"
};
//#endregion
//#region src/engine/onnx/emit.ts
/**
* Writes what `outputs` reach without passing `given` as one ONNX model. Equal pieces of graphs give equal bytes.
* The same value may be an output several times: each gets its own place.
*/
function emit(given, outputs) {
	const graph = new GraphBuilder();
	const surroundings = {
		given,
		uses: usesOf(given, outputs)
	};
	const order = needed(surroundings, outputs);
	const names = /* @__PURE__ */ new Map();
	const inputs = order.filter((value) => given.has(value));
	for (const [index, value] of inputs.entries()) names.set(value, graph.input(`x${index}`, value.shape, value.dtype));
	for (const value of order) {
		if (names.has(value)) continue;
		const node = effective(value, surroundings);
		const rule = RULES[node.op];
		if (typeof rule === "string") throw new Error(`${node.op} does not belong into a session`);
		const operands = node.inputs.map((input) => names.get(input));
		names.set(value, rule(node, operands, graph));
	}
	const outputNames = outputs.map((_, index) => `y${index}`);
	for (const [index, value] of outputs.entries()) graph.output(outputNames[index], names.get(value), value.shape, value.dtype);
	return {
		model: graph.bytes(),
		text: graph.text(),
		inputs,
		usesRows: graph.usesRows,
		outputs: outputNames
	};
}
/** The values that are computed or given, operands first. */
function needed(surroundings, outputs) {
	return [...walk(outputs, (value) => surroundings.given.has(value) ? [] : effective(value, surroundings).inputs)].sort((a, b) => a.id - b.id);
}
function usesOf(given, outputs) {
	const uses = /* @__PURE__ */ new Map();
	const count = (values) => {
		for (const value of values) uses.set(value, (uses.get(value) ?? 0) + 1);
		return values;
	};
	walk(count(outputs), (value) => given.has(value) ? [] : count(value.inputs));
	return uses;
}
/** Everything that can be reached, by hand and not by recursion, for graphs may be deep. */
function walk(from, next) {
	const seen = /* @__PURE__ */ new Set();
	const pending = [...from];
	for (let value = pending.pop(); value !== void 0; value = pending.pop()) {
		if (seen.has(value)) continue;
		seen.add(value);
		pending.push(...next(value));
	}
	return seen;
}
//#endregion
//#region src/engine/onnx/fuse-sums.ts
const readsOf = (step) => step.kind === "allSum" ? step.parts : step.kind === "kernel" ? step.call.inputs : step.emitted.inputs;
/**
* Sums over shards that nothing but one fused kernel reads are added up by that kernel: for gradients this saves
* writing and reading them once more.
* @param kept values that are read from outside
*/
function fuseSums(steps, shards, kept) {
	const readers = /* @__PURE__ */ new Map();
	for (const step of steps) for (const value of readsOf(step)) (readers.get(value) ?? readers.set(value, []).get(value)).push(step);
	const fused = /* @__PURE__ */ new Map();
	const gone = /* @__PURE__ */ new Set();
	for (const step of steps) {
		if (step.kind !== "allSum") continue;
		for (const [i, sum] of step.sums.entries()) {
			const [reader, ...others] = readers.get(sum) ?? [];
			if (reader?.kind !== "kernel" || others.length > 0 || kept.has(sum)) continue;
			const { cluster } = reader.call;
			if (cluster === void 0 || reader.each || sum.dtype !== "float32" || !sameShape(sum, cluster.shape)) continue;
			const sums = fused.get(reader) ?? /* @__PURE__ */ new Map();
			if (cluster.inputs.length + cluster.outputs.length + (sums.size + 1) * (shards - 1) > 100) continue;
			fused.set(reader, sums.set(sum, step.parts[i]));
			gone.add(sum);
		}
	}
	return steps.flatMap((step) => {
		if (step.kind === "kernel") return [fused.has(step) ? {
			...step,
			sums: fused.get(step)
		} : step];
		if (step.kind !== "allSum") return [step];
		const left = step.sums.flatMap((sum, i) => gone.has(sum) ? [] : [i]);
		if (left.length === 0) return [];
		return [{
			...step,
			parts: left.map((i) => step.parts[i]),
			sums: left.map((i) => step.sums[i])
		}];
	});
}
const sameShape = ({ shape }, other) => shape.length === other.length && shape.every((dim, i) => dim === other[i]);
//#endregion
//#region src/engine/onnx/steps.ts
/** The plan as steps that an ONNX machine can do. */
function stepsOf(plan) {
	return fuseSums(plan.stages.flatMap((stage) => stepsOfStage(stage)), plan.shards, new Set(plan.outputs));
}
function stepsOfStage(stage) {
	if (stage.kind === "allSum") return [{
		kind: "allSum",
		parts: stage.parts,
		sums: stage.sums
	}];
	const each = stage.kind === "shards";
	return cut(stage.inputs, stage.outputs).map((piece) => {
		if (piece.kind === "kernel") return {
			kind: "kernel",
			each,
			call: piece.call,
			outputs: piece.call.outputs
		};
		return {
			kind: "session",
			each,
			emitted: emit(piece.given, piece.outputs),
			outputs: piece.outputs
		};
	});
}
//#endregion
//#region src/engine/onnx/engine.ts
/** Runs graphs as ONNX models on a machine; sessions of identical models are shared between programs. */
var OnnxEngine = class {
	name;
	fingerprint;
	#machine;
	#sessions = /* @__PURE__ */ new Map();
	#queue = new Queue();
	#created = 0;
	constructor(machine) {
		this.#machine = machine;
		this.name = machine.name;
		this.fingerprint = machine.fingerprint;
	}
	get sessionCount() {
		return this.#created;
	}
	async compile(spec) {
		const graph = prepare(spec, lower);
		const steps = stepsOf(graph.plan);
		const sessions = /* @__PURE__ */ new Map();
		try {
			for (const step of steps) if (step.kind === "session") sessions.set(step, await this.#hold(step.emitted.model));
		} catch (error) {
			for (const held of sessions.values()) held.release();
			throw error;
		}
		return new OnnxProgram(graph, steps, sessions, this.#queue, this.#machine);
	}
	async #hold(model) {
		const key = latin1(model);
		let shared = this.#sessions.get(key);
		if (shared === void 0) {
			const session = await this.#machine.createSession(model);
			shared = this.#sessions.get(key);
			if (shared === void 0) {
				this.#created++;
				this.#sessions.set(key, shared = {
					session,
					users: 0
				});
			} else session.dispose();
		}
		const held = shared;
		held.users++;
		return {
			session: held.session,
			release: () => {
				if (--held.users > 0) return;
				this.#sessions.delete(key);
				held.session.dispose();
			}
		};
	}
};
//#endregion
export { OnnxEngine };
