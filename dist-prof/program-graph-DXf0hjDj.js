import { a as ShapeError, t as EngineError } from "./errors-DC-FoqxE.js";
import { i as stridesOf, r as sizeOf, t as formatShape } from "./shape-Cm7Ckhsa.js";
import { D as sameDims, E as product, _ as shapeAt, b as isIdentityPerm, f as normalOf, h as apply, i as randomWords, o as uniformOf, p as build, r as variableOf, v as composePerm, w as batchAxisOf, x as convSizes, y as inversePerm } from "./notice-DqRyolzH.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
//#region src/graph/walk.ts
/** All values that `outputs` reach, inputs before users: in the order of their ids. */
function reachable(outputs) {
	const seen = new Set(outputs);
	const pending = [...seen];
	for (let value = pending.pop(); value !== void 0; value = pending.pop()) for (const input of value.inputs) {
		if (seen.has(input)) continue;
		seen.add(input);
		pending.push(input);
	}
	return [...seen].sort((a, b) => a.id - b.id);
}
//#endregion
//#region src/graph/interpreter/array.ts
/** Whole numbers wrap around as int32 do. */
function wrap(data, dtype) {
	if (dtype === "int32") for (let i = 0; i < data.length; i++) data[i] = data[i] | 0;
	return data;
}
/** For each element of `shape` in row-major order: its offset in an array of those strides (0 where it is repeated). */
function offsets(shape, strides, start = 0) {
	const out = new Int32Array(sizeOf(shape));
	const index = new Array(shape.length).fill(0);
	let offset = start;
	for (let i = 0; i < out.length; i++) {
		out[i] = offset;
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			offset += strides[axis];
			if (++index[axis] < shape[axis]) break;
			offset -= strides[axis] * shape[axis];
			index[axis] = 0;
		}
	}
	return out;
}
/** Strides of `from` seen as broadcast to `shape`: 0 along repeated axes. */
function broadcastStrides(from, shape) {
	const own = stridesOf(from);
	const lead = shape.length - from.length;
	return shape.map((_, axis) => axis < lead || from[axis - lead] === 1 ? 0 : own[axis - lead]);
}
/** The elements at `offsets`. */
function pick(data, at) {
	const out = new Float64Array(at.length);
	for (let i = 0; i < at.length; i++) out[i] = data[at[i]];
	return out;
}
/** An axis with what is before and after it: element (o, i, n) lies at (o * size + i) * inner + n. */
function aroundAxis(shape, axis) {
	return {
		outer: sizeOf(shape.slice(0, axis)),
		size: shape[axis],
		inner: sizeOf(shape.slice(axis + 1))
	};
}
//#endregion
//#region src/graph/interpreter/along-axes.ts
/** Folds over `axes`, in row-major order of the operand. */
function fold(x, axes, start, f) {
	const kept = x.shape.map((dim, axis) => axes.includes(axis) ? 1 : dim);
	const strides = stridesOf(kept).map((stride, axis) => axes.includes(axis) ? 0 : stride);
	const out = new Float64Array(kept.reduce((size, dim) => size * dim, 1)).fill(start);
	offsets(x.shape, strides).forEach((at, i) => {
		out[at] = f(out[at], x.data[i]);
	});
	return out;
}
/** Applies f to each line along an axis: it reads `line` and writes its results there. */
function lines(x, axis, f) {
	const { outer, size, inner } = aroundAxis(x.shape, axis);
	const out = new Float64Array(x.data.length);
	const line = new Float64Array(size);
	for (let o = 0; o < outer; o++) for (let n = 0; n < inner; n++) {
		for (let i = 0; i < size; i++) line[i] = x.data[(o * size + i) * inner + n];
		f(line);
		for (let i = 0; i < size; i++) out[(o * size + i) * inner + n] = line[i];
	}
	return out;
}
/** Takes the largest element off a line; returns the sum of what exp then gives. */
function shiftLine(line) {
	const largest = line.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
	let total = 0;
	for (let i = 0; i < line.length; i++) {
		line[i] = line[i] - largest;
		total += Math.exp(line[i]);
	}
	return total;
}
function softmaxLine(line) {
	const total = shiftLine(line);
	for (let i = 0; i < line.length; i++) line[i] = Math.exp(line[i]) / total;
}
function logSoftmaxLine(line) {
	const shift = Math.log(shiftLine(line));
	for (let i = 0; i < line.length; i++) line[i] = line[i] - shift;
}
function cumsumLine(line, { exclusive, reverse }) {
	if (reverse) line.reverse();
	let sum = 0;
	for (let i = 0; i < line.length; i++) {
		const before = sum;
		sum += line[i];
		line[i] = exclusive ? before : sum;
	}
	if (reverse) line.reverse();
}
const ALONG_AXES = {
	sum: (node, [x]) => wrap(fold(x, node.attrs.axes, 0, (sum, value) => sum + value), node.dtype),
	max(node, [x]) {
		const least = node.dtype === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY;
		return fold(x, node.attrs.axes, least, Math.max);
	},
	argmax(node, [x]) {
		const { outer, size, inner } = aroundAxis(x.shape, node.attrs.axis);
		return Float64Array.from({ length: outer * inner }, (_, k) => {
			const [o, n] = [Math.floor(k / inner), k % inner];
			let best = 0;
			for (let i = 1; i < size; i++) if (x.data[(o * size + i) * inner + n] > x.data[(o * size + best) * inner + n]) best = i;
			return best;
		});
	},
	cumsum: (node, [x]) => wrap(lines(x, node.attrs.axis, (line) => cumsumLine(line, node.attrs)), node.dtype),
	sortDescending: (node, [x]) => lines(x, node.attrs.axis, (line) => line.sort().reverse()),
	softmax: (node, [x]) => lines(x, node.attrs.axis, softmaxLine),
	logSoftmax: (node, [x]) => lines(x, node.attrs.axis, logSoftmaxLine),
	allSum: (_node, [x]) => x.data
};
//#endregion
//#region src/graph/interpreter/erf.ts
/**
* Error function to about 1e-16: a Taylor series below 2.5 (Abramowitz and Stegun 7.1.6, all terms positive) and the
* continued fraction of erfc above (7.1.14).
*/
function erf(x) {
	const z = Math.abs(x);
	if (Number.isNaN(x)) return x;
	if (z > 6) return Math.sign(x);
	const scale = Math.exp(-z * z) / Math.sqrt(Math.PI);
	if (z < 2.5) {
		let term = 2 * z;
		let sum = term;
		for (let n = 1; term > sum * 1e-17; n++) {
			term *= 2 * z * z / (2 * n + 1);
			sum += term;
		}
		return Math.sign(x) * scale * sum;
	}
	let fraction = 0;
	for (let k = 60; k >= 1; k--) fraction = k / 2 / (z + fraction);
	return Math.sign(x) * (1 - scale / (z + fraction));
}
//#endregion
//#region src/graph/interpreter/element-wise.ts
const map = (f) => (node, [x]) => wrap(x.data.map(f), node.dtype);
const zip = (f) => (node, [a, b], shape) => {
	const integer = node.inputs[0].dtype === "int32";
	const [i, j] = [offsets(shape, broadcastStrides(a.shape, shape)), offsets(shape, broadcastStrides(b.shape, shape))];
	const out = new Float64Array(i.length);
	for (let k = 0; k < out.length; k++) out[k] = f(a.data[i[k]], b.data[j[k]], integer);
	return wrap(out, node.dtype);
};
/** Half to even. */
function round(x) {
	const below = Math.floor(x);
	if (x - below !== .5) return Math.floor(x + .5);
	return below % 2 === 0 ? below : below + 1;
}
const mod = (a, b) => {
	const rest = a % b;
	return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
};
const UNARY = {
	neg: map((x) => -x),
	abs: map(Math.abs),
	sign: map(Math.sign),
	exp: map(Math.exp),
	log: map(Math.log),
	sqrt: map(Math.sqrt),
	sin: map(Math.sin),
	cos: map(Math.cos),
	tanh: map(Math.tanh),
	erf: map(erf),
	sigmoid: map((x) => x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
	softplus: map((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
	relu: map((x) => Math.max(x, 0)),
	floor: map(Math.floor),
	round: map(round),
	not: map((x) => 1 - x),
	isNan: map((x) => Number.isNaN(x) ? 1 : 0),
	stopGradient: map((x) => x)
};
const BINARY = {
	add: zip((a, b) => a + b),
	sub: zip((a, b) => a - b),
	mul: zip((a, b, integer) => integer ? Math.imul(a, b) : a * b),
	div: zip((a, b, integer) => integer ? b === 0 ? 0 : Math.trunc(a / b) : a / b),
	pow: zip((a, b) => a === 1 || a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY ? 1 : a ** b),
	maximum: zip((a, b) => Math.max(a, b)),
	minimum: zip((a, b) => Math.min(a, b)),
	mod: zip((a, b, integer) => integer && b === 0 ? 0 : mod(a, b)),
	equal: zip((a, b) => a === b ? 1 : 0),
	greater: zip((a, b) => a > b ? 1 : 0),
	greaterEqual: zip((a, b) => a >= b ? 1 : 0),
	and: zip((a, b) => a * b),
	or: zip((a, b) => Math.max(a, b))
};
//#endregion
//#region src/graph/interpreter/indexing.ts
function checked(op, id, size) {
	if (id >= 0 && id < size) return id;
	throw new EngineError({
		code: "id-out-of-range",
		what: `${op}: an id does not exist`,
		received: String(id),
		expected: `0 to ${size - 1}`,
		data: {
			op,
			id,
			size
		}
	});
}
const INDEXING = {
	gather(_node, [table, ids]) {
		const width = sizeOf(table.shape.slice(1));
		const out = new Float64Array(ids.data.length * width);
		ids.data.forEach((id, i) => {
			const row = checked("gather", id, table.shape[0]);
			out.set(table.data.subarray(row * width, (row + 1) * width), i * width);
		});
		return out;
	},
	scatterAdd(node, [ids, updates], shape) {
		const width = sizeOf(shape.slice(1));
		const out = new Float64Array(sizeOf(shape));
		ids.data.forEach((id, i) => {
			const row = checked("scatterAdd", id, shape[0]);
			for (let k = 0; k < width; k++) out[row * width + k] = out[row * width + k] + updates.data[i * width + k];
		});
		return wrap(out, node.dtype);
	},
	take(_node, [x, ids]) {
		const width = x.shape.at(-1);
		return ids.data.map((id, i) => x.data[i * width + checked("take", id, width)]);
	}
};
//#endregion
//#region src/graph/interpreter/leaves.ts
const LEAVES = {
	input(node) {
		throw new EngineError({
			code: "missing-feed",
			what: `The graph's input "${node.attrs.name}" was not fed`,
			fix: "Feed it",
			data: { input: node.attrs.name }
		});
	},
	constant: (node) => Float64Array.from(node.attrs.tensor.data),
	random(node, _inputs, shape, { seed, iteration, rowOffset }) {
		const { stream, distribution } = node.attrs;
		const words = new Uint32Array(sizeOf(shape));
		const first = (node.shape[0] ?? 0) < 0 ? rowOffset * -node.shape[0] * sizeOf(shape.slice(1)) : 0;
		randomWords({
			seed,
			stream,
			iteration
		}, first, words);
		return Float64Array.from(words, distribution === "uniform" ? uniformOf : normalOf);
	}
};
//#endregion
//#region src/graph/interpreter/matmul.ts
const MATMUL = { matmul(node, [a, b], shape) {
	const { transposeA, transposeB } = node.attrs;
	const [m, n] = [shape.at(-2), shape.at(-1)];
	const k = a.shape.at(transposeA ? -2 : -1);
	const batch = shape.slice(0, -2);
	const starts = (x) => {
		const lead = x.shape.slice(0, -2);
		const matrix = x.shape.at(-2) * x.shape.at(-1);
		return offsets(batch, broadcastStrides(lead, batch)).map((at) => at * matrix);
	};
	const [aStarts, bStarts] = [starts(a), starts(b)];
	const [aRow, aColumn] = order(stridesOf(a.shape), transposeA);
	const [bRow, bColumn] = order(stridesOf(b.shape), transposeB);
	const out = new Float64Array(aStarts.length * m * n);
	let at = 0;
	for (let matrix = 0; matrix < aStarts.length; matrix++) for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) {
		let sum = 0;
		for (let l = 0; l < k; l++) sum += a.data[aStarts[matrix] + i * aRow + l * aColumn] * b.data[bStarts[matrix] + l * bRow + j * bColumn];
		out[at++] = sum;
	}
	return out;
} };
function order(strides, transposed) {
	const [row, column] = [strides.at(-2), strides.at(-1)];
	return transposed ? [column, row] : [row, column];
}
//#endregion
//#region src/graph/interpreter/shaping.ts
const SHAPING = {
	cast(node, [x]) {
		const { dtype } = node.attrs;
		if (dtype === "bool") return x.data.map((value) => value !== 0 ? 1 : 0);
		return dtype === "int32" ? x.data.map((value) => Math.trunc(value) | 0) : x.data;
	},
	where(_node, [condition, a, b], shape) {
		const at = (x) => offsets(shape, broadcastStrides(x.shape, shape));
		const [c, i, j] = [
			at(condition),
			at(a),
			at(b)
		];
		const out = new Float64Array(c.length);
		for (let k = 0; k < out.length; k++) out[k] = condition.data[c[k]] ? a.data[i[k]] : b.data[j[k]];
		return out;
	},
	reshape: (_node, [x]) => x.data,
	transpose(node, [x], shape) {
		const strides = stridesOf(x.shape);
		return pick(x.data, offsets(shape, node.attrs.perm.map((axis) => strides[axis])));
	},
	broadcast: (_node, [x], shape) => pick(x.data, offsets(shape, broadcastStrides(x.shape, shape))),
	slice(node, [x], shape) {
		const { axis, start, step } = node.attrs;
		const strides = stridesOf(x.shape);
		const steps = strides.map((stride, i) => i === axis ? stride * step : stride);
		return pick(x.data, offsets(shape, steps, start * strides[axis]));
	},
	pad(node, [x], shape) {
		const strides = stridesOf(shape);
		const start = node.attrs.before.reduce((sum, width, axis) => sum + width * strides[axis], 0);
		const out = new Float64Array(shape.reduce((size, dim) => size * dim, 1)).fill(node.attrs.value);
		offsets(x.shape, strides, start).forEach((at, i) => {
			out[at] = x.data[i];
		});
		return out;
	},
	concat(node, inputs, shape) {
		const { outer, size, inner } = aroundAxis(shape, node.attrs.axis);
		const out = new Float64Array(outer * size * inner);
		let start = 0;
		for (const x of inputs) {
			const width = x.shape[node.attrs.axis] * inner;
			for (let o = 0; o < outer; o++) out.set(x.data.subarray(o * width, (o + 1) * width), o * size * inner + start);
			start += width;
		}
		return out;
	},
	reverse(node, [x], shape) {
		const { axis } = node.attrs;
		const strides = stridesOf(shape);
		const steps = strides.map((stride, i) => i === axis ? -stride : stride);
		return pick(x.data, offsets(shape, steps, (shape[axis] - 1) * strides[axis]));
	}
};
//#endregion
//#region src/graph/interpreter/windows.ts
/** Visits all pairs (position of the window, offset in it) that lie inside the operand, in row-major order of both. */
function slide({ spatial, window, sizes, strides, padding, dilations }, visit) {
	const inputStrides = stridesOf(spatial);
	const positions = sizeOf(sizes);
	const taps = sizeOf(window);
	const [sizeSteps, windowSteps] = [stridesOf(sizes), stridesOf(window)];
	for (let y = 0; y < positions; y++) for (let w = 0; w < taps; w++) {
		let x = 0;
		let inside = true;
		for (let axis = 0; axis < spatial.length; axis++) {
			const position = Math.floor(y / sizeSteps[axis]) % sizes[axis];
			const tap = Math.floor(w / windowSteps[axis]) % window[axis];
			const at = position * strides[axis] - padding[axis][0] + tap * dilations[axis];
			inside &&= at >= 0 && at < spatial[axis];
			x += at * inputStrides[axis];
		}
		if (inside) visit(x, w, y);
	}
}
/** Visits all products x * kernel -> y of a convolution by their flat indices. */
function convolve(x, kernel, y, attrs, visit) {
	const geometry = {
		...attrs,
		spatial: x.slice(2),
		window: kernel.slice(2),
		sizes: y.slice(2)
	};
	const [inSize, taps, outSize] = [
		sizeOf(geometry.spatial),
		sizeOf(geometry.window),
		sizeOf(geometry.sizes)
	];
	const [inGroup, outGroup] = [kernel[1], kernel[0] / attrs.groups];
	for (let n = 0; n < x[0]; n++) for (let out = 0; out < kernel[0]; out++) for (let c = 0; c < inGroup; c++) {
		const channel = n * x[1] + Math.floor(out / outGroup) * inGroup + c;
		slide(geometry, (i, w, j) => {
			visit(channel * inSize + i, (out * inGroup + c) * taps + w, (n * kernel[0] + out) * outSize + j);
		});
	}
}
/** Visits all pairs (element of x, window of y) of a pooling. */
function pool(x, y, attrs, visit) {
	const dilations = attrs.window.map(() => 1);
	const geometry = {
		...attrs,
		spatial: x.slice(2),
		sizes: y.slice(2),
		dilations
	};
	const [inSize, outSize] = [sizeOf(geometry.spatial), sizeOf(geometry.sizes)];
	for (let plane = 0; plane < x[0] * x[1]; plane++) slide(geometry, (i, w, j) => visit(plane * inSize + i, w, plane * outSize + j));
}
const add = (out, at, value) => {
	out[at] = out[at] + value;
};
const WINDOWS = {
	conv(node, [x, kernel], shape) {
		const out = new Float64Array(sizeOf(shape));
		convolve(x.shape, kernel.shape, shape, node.attrs, (i, w, j) => add(out, j, x.data[i] * kernel.data[w]));
		return out;
	},
	convInput(node, [dy, kernel], shape) {
		const out = new Float64Array(sizeOf(shape));
		convolve(shape, kernel.shape, dy.shape, node.attrs, (i, w, j) => add(out, i, dy.data[j] * kernel.data[w]));
		return out;
	},
	convKernel(node, [x, dy], shape) {
		const out = new Float64Array(sizeOf(shape));
		convolve(x.shape, shape, dy.shape, node.attrs, (i, w, j) => add(out, w, x.data[i] * dy.data[j]));
		return out;
	},
	patches(node, [x], shape) {
		const out = new Float64Array(sizeOf(shape));
		const { window } = node.attrs;
		const [rows, channels, ...spatial] = x.shape;
		const sizes = convSizes(spatial, window, {
			...node.attrs,
			groups: 1
		});
		const [inSize, outSize] = [sizeOf(spatial), sizeOf(sizes)];
		for (let n = 0; n < rows; n++) for (let c = 0; c < channels; c++) slide({
			...node.attrs,
			spatial,
			sizes
		}, (i, w, j) => {
			out[((w * channels + c) * rows + n) * outSize + j] = x.data[(n * channels + c) * inSize + i];
		});
		return out;
	},
	maxPool(node, [x], shape) {
		const out = new Float64Array(sizeOf(shape)).fill(Number.NEGATIVE_INFINITY);
		pool(x.shape, shape, node.attrs, (i, _w, j) => {
			out[j] = Math.max(out[j], x.data[i]);
		});
		return out;
	},
	maxPoolGrad(node, [x, y, dy], shape) {
		const out = new Float64Array(sizeOf(shape));
		firstMaxima(x, y, node.attrs).forEach((at, j) => {
			if (at >= 0) add(out, at, dy.data[j]);
		});
		return out;
	},
	sumPool(node, [x], shape) {
		const out = new Float64Array(sizeOf(shape));
		pool(x.shape, shape, node.attrs, (i, _w, j) => add(out, j, x.data[i]));
		return out;
	},
	sumPoolGrad(node, [dy], shape) {
		const out = new Float64Array(sizeOf(shape));
		pool(shape, dy.shape, node.attrs, (i, _w, j) => add(out, i, dy.data[j]));
		return out;
	}
};
/** For each window the index of its first maximum; -1 where none is equal to it (NaN). */
function firstMaxima(x, y, attrs) {
	const found = new Int32Array(y.data.length).fill(-1);
	pool(x.shape, y.shape, attrs, (i, _w, j) => {
		if (found[j] === -1 && x.data[i] === y.data[j]) found[j] = i;
	});
	return found;
}
//#endregion
//#region src/graph/interpreter/interpret.ts
/** The meaning of every primitive; a missing one does not compile. */
const RULES$1 = {
	...LEAVES,
	...UNARY,
	...BINARY,
	...SHAPING,
	...ALONG_AXES,
	...INDEXING,
	...MATMUL,
	...WINDOWS
};
/**
* Evaluates values in float64, one primitive at a time: what the graph means. For one shard; `allSum` is the identity.
* Slow and simple on purpose: engines and gradients are tested against it.
* @throws {EngineError} when an input is not fed or has another size, or an id does not exist
*/
function interpret(outputs, environment = {}) {
	const { feeds = /* @__PURE__ */ new Map(), rows = 1, rowOffset = 0, seed = 0, iteration = 0 } = environment;
	const context = {
		rows,
		rowOffset,
		seed,
		iteration
	};
	const known = /* @__PURE__ */ new Map();
	for (const [value, data] of feeds) known.set(value, fed(value, data, rows));
	for (const value of needed(outputs, known)) {
		const shape = shapeAt(value.shape, rows);
		const inputs = value.inputs.map((input) => known.get(input));
		known.set(value, {
			data: RULES$1[value.op](value, inputs, shape, context),
			shape
		});
	}
	return outputs.map((output) => known.get(output));
}
function fed(value, data, rows) {
	const shape = shapeAt(value.shape, rows);
	const elements = typeof data === "number" ? Float64Array.of(data) : Float64Array.from(data);
	if (elements.length !== sizeOf(shape)) throw new EngineError({
		code: "feed-size",
		what: `The value fed for ${value.op === "input" ? `input "${value.attrs.name}"` : value.op} has the wrong size`,
		received: `${elements.length} elements`,
		expected: `${sizeOf(shape)} for shape ${formatShape(shape)}`
	});
	return {
		data: elements,
		shape
	};
}
/** What must be computed, in order: what outputs reach without passing a known value. */
function needed(outputs, known) {
	const seen = /* @__PURE__ */ new Set();
	const pending = [...outputs];
	for (let value = pending.pop(); value !== void 0; value = pending.pop()) {
		if (seen.has(value) || known.has(value)) continue;
		seen.add(value);
		pending.push(...value.inputs);
	}
	return [...seen].sort((a, b) => a.id - b.id);
}
//#endregion
//#region src/graph/print.ts
/** JSON, but with the numbers that it does not have. */
function attrText(x) {
	if (Array.isArray(x)) return `[${x.map(attrText).join(", ")}]`;
	return typeof x === "number" ? Object.is(x, -0) ? "-0" : String(x) : JSON.stringify(x);
}
//#endregion
//#region src/graph/passes/rewrite.ts
/** Rewrites a graph from its leaves up. What no rule changes stays the same value. */
function rewrite(outputs, rule) {
	const done = /* @__PURE__ */ new Map();
	for (const node of reachable(outputs)) {
		const inputs = node.inputs.map((input) => done.get(input));
		done.set(node, rule(node, inputs) ?? withInputs(node, inputs));
	}
	return outputs.map((output) => done.get(output));
}
/** The same operation on other inputs. */
function withInputs(node, inputs) {
	return node.inputs.every((input, i) => input === inputs[i]) ? node : apply(node.op, inputs, node.attrs);
}
/** Narrows a value to one operation. */
function is(value, op) {
	return value?.op === op;
}
//#endregion
//#region src/graph/passes/common.ts
const COMMUTATIVE = new Set([
	"add",
	"mul",
	"maximum",
	"minimum",
	"equal",
	"and",
	"or"
]);
/** Elements up to which constants are compared. */
const LIMIT$1 = 64;
/** Makes values that are computed alike one value. Inputs are what they are: never alike. */
function mergeCommon(outputs) {
	const first = /* @__PURE__ */ new Map();
	return rewrite(outputs, (node, inputs) => {
		const value = withInputs(node, inputs);
		const key = keyOf(value);
		if (key === null) return value;
		const known = first.get(key);
		if (known === void 0) first.set(key, value);
		return known ?? value;
	});
}
function keyOf(value) {
	if (value.op === "input") return null;
	if (is(value, "constant")) {
		const { tensor } = value.attrs;
		return tensor.size > LIMIT$1 ? null : `${tensor.dtype} ${attrText([...tensor.shape])} ${attrText(Array.from(tensor.data))}`;
	}
	const ids = value.inputs.map((input) => input.id);
	if (COMMUTATIVE.has(value.op)) ids.sort((a, b) => a - b);
	const attrs = Object.entries(value.attrs).sort(([a], [b]) => a < b ? -1 : 1);
	return `${value.op} ${ids.join(" ")} ${attrs.map(([key, x]) => `${key}=${attrText(x)}`).join(" ")}`;
}
//#endregion
//#region src/graph/passes/constants.ts
/** Elements up to which a result is worth keeping as a constant. */
const LIMIT = 64;
/** Computes what depends on constants alone, when it is small. */
function foldConstants(outputs) {
	return rewrite(outputs, (node, inputs) => {
		if (inputs.length === 0 || !inputs.every((input) => is(input, "constant"))) return null;
		if (batchAxisOf(node.shape) >= 0 || product(node.shape) > LIMIT) return null;
		return evaluated(withInputs(node, inputs));
	});
}
/** A value that depends on constants alone, as one; float32 results are rounded to float32. */
function evaluated(value) {
	const [result] = interpret([value]);
	return build.constant(new Tensor(result.data, value.shape, value.dtype).cast(value.dtype));
}
/** Whether every element is `number`. */
function isFilledWith(value, number) {
	if (is(value, "broadcast")) return isFilledWith(value.inputs[0], number);
	return is(value, "constant") && value.attrs.tensor.data.every((x) => x === number);
}
//#endregion
//#region src/graph/passes/element-wise.ts
const names = (table) => Object.keys(table);
/** Those that broadcast their operands. */
const BROADCASTING = new Set([...names(BINARY), "where"]);
/** Whatever computes each element of the result from one element of each operand. */
const ELEMENT_WISE = new Set([
	...names(UNARY),
	...BROADCASTING,
	"cast"
]);
//#endregion
//#region src/graph/passes/layout.ts
/**
* Moves transposes towards the outputs, through operations that work element by element or can work along other axes,
* until they meet one that undoes them: convolutions and poolings compute with channels first, and between them no
* transpose of activations remains, forward or backward. Only values with a batch axis are touched: weights and their
* updates stay as they are.
*/
function sinkTransposes(outputs) {
	return rewrite(outputs, (node, inputs) => {
		const value = withInputs(node, inputs);
		return batchAxisOf(value.shape) < 0 && !REDUCING.has(value.op) ? value : sunk(value, inputs) ?? value;
	});
}
const REDUCING = new Set(["sum", "max"]);
const sunk = (node, inputs) => {
	if (is(node, "transpose")) return transposed(inputs[0], node.attrs.perm);
	const first = inputs.find((input) => is(input, "transpose"));
	if (!is(first, "transpose")) return null;
	const { perm } = first.attrs;
	const u = first.inputs[0];
	if (ELEMENT_WISE.has(node.op)) return sunkElementWise(node, inputs);
	if (is(node, "sum") || is(node, "max")) return sunkReduction(node, u, perm);
	if (is(node, "slice")) return transposed(apply("slice", [u], {
		...node.attrs,
		axis: perm[node.attrs.axis]
	}), perm);
	if (is(node, "reverse")) return transposed(build.reverse(u, perm[node.attrs.axis]), perm);
	if (is(node, "pad")) {
		const { before, after, value } = node.attrs;
		return transposed(build.pad(u, unpermuted(before, perm), unpermuted(after, perm), value), perm);
	}
	if (is(node, "broadcast") && node.shape.length === perm.length) return transposed(build.broadcast(u, unpermuted(node.shape, perm)), perm);
	if (is(node, "concat")) {
		const parts = inputs.map((input) => pulled(input, perm, affordable(inputs)));
		if (parts.some((part) => part === null)) return null;
		return transposed(build.concat(parts, perm[node.attrs.axis]), perm);
	}
	return null;
};
/** What lies at axis i of the transposed value, put to the axis that it had before. */
function unpermuted(items, perm) {
	return inversePerm(perm).map((axis) => items[axis]);
}
/** transpose(x, perm), merged with a transpose before it. */
function transposed(x, perm) {
	if (isIdentityPerm(perm)) return x;
	if (is(x, "transpose")) return transposed(x.inputs[0], composePerm(x.attrs.perm, perm));
	if (is(x, "broadcast")) {
		const inner = x.inputs[0];
		const wide = [...new Array(perm.length - inner.shape.length).fill(1), ...inner.shape];
		return build.broadcast(transposed(build.shaped(inner, wide), perm), perm.map((axis) => x.shape[axis]));
	}
	if (x.shape.filter((dim) => dim !== 1).length <= 1) return build.reshape(x, perm.map((axis) => x.shape[axis]));
	return build.transpose(x, perm);
}
/** op(T(u), v, …) -> T(op(u, v', …)). The commonest full-size permutation wins. */
function sunkElementWise(node, inputs) {
	const full = inputs.filter((input) => sameDims(input.shape, node.shape));
	const perm = full.find((input) => is(input, "transpose"));
	if (!is(perm, "transpose")) return null;
	const parts = inputs.map((input) => pulled(input, perm.attrs.perm, affordable(full)));
	if (parts.some((part) => part === null)) return null;
	return transposed(apply(node.op, parts, node.attrs), perm.attrs.perm);
}
/** Whether transposing the other operands costs no more transposes than it moves on. */
function affordable(full) {
	return full.filter((input) => is(input, "transpose")).length * 2 >= full.length;
}
/** A value whose transpose is `x` as broadcast to perm's rank; null when it would cost more than it may save. */
function pulled(x, perm, canTranspose) {
	const rank = perm.length;
	if (x.shape.length === 0) return x;
	if (is(x, "transpose") && x.shape.length === rank) return transposed(x.inputs[0], composePerm(x.attrs.perm, inversePerm(perm)));
	const wide = [...new Array(rank - x.shape.length).fill(1), ...x.shape];
	if (wide.filter((dim) => dim !== 1).length <= 1) return build.shaped(x, unpermuted(wide, perm));
	if (is(x, "broadcast") && x.shape.length === rank) {
		const inner = pulled(x.inputs[0], perm, canTranspose);
		return inner === null ? null : build.broadcast(inner, unpermuted(x.shape, perm));
	}
	const extended = build.shaped(x, wide);
	if (is(x, "constant")) return evaluated(transposed(extended, inversePerm(perm)));
	return canTranspose || batchAxisOf(x.shape) < 0 ? transposed(extended, inversePerm(perm)) : null;
}
/** sum(T(u)) over mapped axes; what stays of the order of axes is left to a smaller transpose. */
function sunkReduction(node, u, perm) {
	const { axes, keepDims } = node.attrs;
	const inner = apply(node.op, [u], {
		axes: axes.map((axis) => perm[axis]).sort((a, b) => a - b),
		keepDims
	});
	if (keepDims) return transposed(inner, perm);
	const kept = perm.filter((_, axis) => !axes.includes(axis));
	const ranks = [...kept].sort((a, b) => a - b);
	return transposed(inner, kept.map((axis) => ranks.indexOf(axis)));
}
//#endregion
//#region src/graph/passes/simplify.ts
/**
* Removes what does nothing: x + 0, x * 1, casts and shapes that are there already, pairs that undo each other,
* repetition that broadcasting does anyway. Every rule keeps the bits of the result, but for the sign of a zero.
*/
function simplify(outputs) {
	return rewrite(outputs, (node, inputs) => {
		const value = withInputs(node, narrowed(node, inputs));
		const rule = RULES[value.op];
		return rule?.(value, value.inputs) ?? beforeBroadcast(value) ?? value;
	});
}
const same = (node, x) => sameDims(node.shape, x.shape) ? x : null;
/** x where the other operand changes nothing. */
const neutral = (number, sides) => (node, inputs) => {
	for (const side of sides) {
		const x = inputs[1 - side];
		if (isFilledWith(inputs[side], number) && sameDims(x.shape, node.shape)) return x;
	}
	return null;
};
const involution = (node, [x]) => x.op === node.op ? x.inputs[0] : null;
const RULES = {
	stopGradient: (_node, [x]) => x,
	neg: involution,
	not: involution,
	add(node, inputs) {
		const [a, b] = inputs;
		if (is(b, "neg")) return build.sub(a, b.inputs[0]);
		if (is(a, "neg")) return build.sub(b, a.inputs[0]);
		return neutral(0, [0, 1])(node, inputs);
	},
	sub(node, inputs) {
		const [a, b] = inputs;
		if (is(b, "neg")) return build.add(a, b.inputs[0]);
		return isFilledWith(a, 0) && sameDims(b.shape, node.shape) ? build.neg(b) : neutral(0, [1])(node, inputs);
	},
	mul: neutral(1, [0, 1]),
	div: neutral(1, [1]),
	cast: (node, [x]) => x.dtype === node.dtype ? x : null,
	where: (node, [, a, b]) => a === b ? same(node, a) : null,
	broadcast: (node, [x]) => same(node, x) ?? (is(x, "broadcast") ? build.broadcast(x.inputs[0], node.shape) : null),
	reshape(node, [x]) {
		if (is(x, "reshape")) return build.shaped(x.inputs[0], node.shape);
		return same(node, x) ?? withoutKeptAxes(node, x);
	},
	transpose(node, [x]) {
		const { perm } = node.attrs;
		if (isIdentityPerm(perm)) return x;
		if (is(x, "transpose")) {
			const both = composePerm(x.attrs.perm, perm);
			return isIdentityPerm(both) ? x.inputs[0] : build.transpose(x.inputs[0], both);
		}
		const moving = perm.filter((axis) => x.shape[axis] !== 1);
		return moving.every((axis, i) => i === 0 || axis > moving[i - 1]) ? build.reshape(x, node.shape) : null;
	},
	slice: (node, [x]) => same(node, x),
	pad: (node, [x]) => same(node, x),
	concat: (_node, inputs) => inputs.length === 1 ? inputs[0] : null,
	sum: (node, inputs) => {
		const [x] = inputs;
		return overNothing(node, inputs) ?? (is(x, "neg") ? build.neg(apply("sum", x.inputs, node.attrs)) : null);
	},
	max: overNothing,
	allSum: (_node, [x]) => is(x, "allSum") ? x : null,
	matmul(node, [a, b]) {
		const { transposeA, transposeB } = node.attrs;
		const [left, right] = [withoutSwap(a), withoutSwap(b)];
		if (left === a && right === b) return null;
		return build.matmul(left, right, transposeA !== (left !== a), transposeB !== (right !== b));
	}
};
/** A reduction over axes of size 1 only moves elements, which it does not change. */
function overNothing(node, [x]) {
	const { axes } = node.attrs;
	return axes.every((axis) => x.shape[axis] === 1) ? build.shaped(x, node.shape) : null;
}
/** A reduction whose kept axes a reshape takes away again. */
function withoutKeptAxes(node, x) {
	if (!(is(x, "sum") || is(x, "max")) || !x.attrs.keepDims) return null;
	const bare = apply(x.op, x.inputs, {
		...x.attrs,
		keepDims: false
	});
	return build.shaped(bare, node.shape);
}
/** The operand of a transpose of the last two axes. */
function withoutSwap(x) {
	if (!is(x, "transpose")) return x;
	const { perm } = x.attrs;
	const rank = perm.length;
	return perm.every((axis, i) => axis === (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i)) ? x.inputs[0] : x;
}
/** Inputs of a broadcasting operation without `broadcast`s that it does itself. */
function narrowed(node, inputs) {
	if (!BROADCASTING.has(node.op)) return inputs;
	let out = inputs;
	inputs.forEach((input, i) => {
		if (!is(input, "broadcast")) return;
		const candidate = out.map((value, k) => k === i ? input.inputs[0] : value);
		if (sameDims(apply(node.op, candidate, node.attrs).shape, node.shape)) out = candidate;
	});
	return out;
}
/** op(broadcast(x), scalar) -> broadcast(op(x, scalar)): fewer elements to compute. */
function beforeBroadcast(node) {
	const wide = node.inputs.find((input) => is(input, "broadcast") && sameDims(input.shape, node.shape));
	if (wide === void 0 || !ELEMENT_WISE.has(node.op)) return null;
	if (node.inputs.some((input) => input !== wide && input.shape.length > 0)) return null;
	const inner = node.inputs.map((input) => input === wide ? wide.inputs[0] : input);
	return build.broadcast(apply(node.op, inner, node.attrs), node.shape);
}
//#endregion
//#region src/graph/passes/optimize.ts
/** All passes, in the order in which they run. What no output reaches is gone by itself. */
const PASSES = [
	["simplify", simplify],
	["foldConstants", foldConstants],
	["mergeCommon", mergeCommon],
	["sinkTransposes", sinkTransposes],
	["simplify", simplify],
	["foldConstants", foldConstants],
	["simplify", simplify],
	["mergeCommon", mergeCommon]
];
/** The same outputs, computed with less. Inputs stay the same values. */
function optimize(outputs) {
	return PASSES.reduce((values, [, pass]) => pass(values), [...outputs]);
}
//#endregion
//#region src/graph/rows.ts
const REPLICATED = { kind: "replicated" };
const ROWS = { kind: "rows" };
const PARTIAL = { kind: "partial" };
const mixed = (why) => ({
	kind: "mixed",
	why
});
/** The spread of every value of a graph, given in the order of their ids. */
function spreadOf(values) {
	const spreads = /* @__PURE__ */ new Map();
	for (const value of values) {
		const inputs = value.inputs.map((input) => spreads.get(input));
		const bad = inputs.find((spread) => spread.kind === "mixed");
		spreads.set(value, bad ?? spreadAfter(value, inputs.map((spread) => spread.kind)));
	}
	return spreads;
}
/** Linear in one operand at a time: one summand of it gives one summand of the result. */
const BILINEAR = new Set([
	"mul",
	"matmul",
	"conv",
	"convInput",
	"convKernel"
]);
/** Linear in all operands together. */
const LINEAR = new Set([
	"neg",
	"stopGradient",
	"add",
	"sub",
	"reshape",
	"transpose",
	"broadcast",
	"slice",
	"concat",
	"reverse",
	"sum",
	"cumsum",
	"sumPool",
	"sumPoolGrad"
]);
function spreadAfter(value, inputs) {
	if (value.op === "allSum") return REPLICATED;
	const crossing = crossesRows(value);
	if (crossing !== null) return mixed(crossing);
	if (inputs.includes("partial")) return afterPartial(value, inputs);
	if (batchAxisOf(value.shape) >= 0) return ROWS;
	return inputs.includes("rows") ? PARTIAL : REPLICATED;
}
/** A summand of one shard stays one only under operations that are linear in it. */
function afterPartial(value, inputs) {
	const { op } = value;
	if (batchAxisOf(value.shape) >= 0) return mixed(`${op} brings a sum over this shard's rows back to the rows`);
	const holds = () => {
		if (LINEAR.has(op)) return inputs.every((kind, i) => kind === "partial" || isZero(value.inputs[i]));
		if (BILINEAR.has(op)) return inputs.filter((kind) => kind === "partial").length === 1 && !inputs.includes("rows");
		switch (op) {
			case "div":
			case "gather": return inputs[0] === "partial" && inputs[1] === "replicated";
			case "scatterAdd": return inputs[0] === "replicated";
			case "take": return inputs[1] === "replicated";
			case "where": return inputs[0] === "replicated" && [1, 2].every((i) => inputs[i] === "partial" || isZero(value.inputs[i]));
			case "pad": return value.attrs.value === 0;
			case "cast": return value.dtype === "float32" && value.inputs[0].dtype !== "bool";
			default: return false;
		}
	};
	return holds() ? PARTIAL : mixed(`${op} takes a sum over this shard's rows as if it were that of the batch`);
}
function isZero(value) {
	if (value.op === "broadcast") return isZero(value.inputs[0]);
	if (value.op !== "constant") return false;
	return value.attrs.tensor.data.every((x) => x === 0);
}
/** Why a primitive brings rows together in another way than by adding them, or null. */
function crossesRows(value) {
	const batchAxes = value.inputs.map((input) => batchAxisOf(input.shape));
	if (batchAxes.every((axis) => axis < 0)) return null;
	const axis = batchAxes[0];
	switch (value.op) {
		case "reshape": {
			const before = (shape) => product(shape.slice(0, batchAxisOf(shape)));
			const [x] = value.inputs;
			return before(x.shape) === before(value.shape) ? null : "reshape moves elements between rows";
		}
		case "concat": return value.attrs.axis === axis ? "concat along the batch axis moves rows" : null;
		case "max": return value.attrs.axes.includes(axis) ? "max goes over the batch axis" : null;
		case "argmax":
		case "cumsum":
		case "reverse":
		case "softmax":
		case "logSoftmax":
		case "sortDescending": return value.attrs.axis === axis ? `${value.op} goes along the batch axis` : null;
		case "matmul": return matmulCrosses(value);
		default: return null;
	}
}
/** A batch axis that both operands contract is a sum over rows; anything else keeps rows apart. */
function matmulCrosses({ inputs: [a, b], attrs, shape }) {
	return a.shape.at(attrs.transposeA ? -2 : -1) < 0 === b.shape.at(attrs.transposeB ? -1 : -2) < 0 || batchAxisOf(shape) < 0 ? null : "matmul contracts the batch axis with another";
}
//#endregion
//#region src/graph/plan.ts
const isLeaf = (value) => value.op === "input" || value.op === "random";
/** Elements up to which a replicated value is computed wherever it is used, rather than handed from stage to stage. */
const SMALL = 64;
/**
* Cuts a graph at its `allSum`s. Level k is what k exchanges of sums must precede; per level there is at most one
* exchange, then one stage for what is the same in all shards, then one for what each shard does with its rows.
* Everything is computed as late as possible, so that little has to be handed on between stages.
*/
function plan(outputs, shards) {
	const order = reachable(outputs);
	const spreads = spreadOf(order);
	const oneShard = shards === 1 ? null : reasonForOne(outputs, order, spreads);
	if (shards === 1 || oneShard !== null) return {
		shards: 1,
		stages: [{
			kind: "shards",
			inputs: order.filter(isLeaf),
			outputs: [...new Set(outputs)]
		}],
		outputs,
		oneShard
	};
	return {
		shards,
		stages: cut(outputs, order, spreads),
		outputs,
		oneShard: null
	};
}
function reasonForOne(outputs, order, spreads) {
	for (const value of order) {
		const spread = spreads.get(value);
		if (spread.kind === "mixed") return {
			value,
			why: spread.why
		};
	}
	const partial = outputs.find((output) => spreads.get(output).kind === "partial");
	return partial === void 0 ? null : {
		value: partial,
		why: `${partial.op} is a sum over this shard's rows only: it needs allSum`
	};
}
function cut(outputs, order, spreads) {
	const kind = (value) => spreads.get(value).kind;
	const isSum = (value) => value.op === "allSum" && kind(value.inputs[0]) === "partial";
	const free = /* @__PURE__ */ new Set();
	const level = /* @__PURE__ */ new Map();
	for (const value of order) {
		level.set(value, Math.max(0, ...value.inputs.map((input) => level.get(input) + (isSum(value) ? 1 : 0))));
		const small = value.op === "reshape" || value.op === "broadcast" || product(value.shape) <= SMALL;
		const local = kind(value) === "replicated" && value.inputs.every((input) => isLeaf(input) || free.has(input));
		if (value.op === "constant" || local && small && !isLeaf(value) && !isSum(value)) free.add(value);
	}
	const last = Math.max(0, ...level.values());
	const late = new Map(order.map((value) => [value, last]));
	for (const value of [...order].reverse()) for (const input of value.inputs) late.set(input, Math.min(late.get(input), late.get(value) - (isSum(value) ? 1 : 0)));
	const wanted = new Set(outputs);
	const homeless = (value) => isLeaf(value) || free.has(value);
	const stages = [];
	for (let l = 0; l <= last; l++) {
		const sums = order.filter((value) => isSum(value) && late.get(value) === l);
		if (sums.length > 0) stages.push({
			kind: "allSum",
			parts: sums.map((sum) => sum.inputs[0]),
			sums
		});
		for (const stageKind of ["once", "shards"]) {
			const own = order.filter((value) => {
				if ((kind(value) === "replicated" ? "once" : "shards") !== stageKind || isSum(value)) return false;
				return homeless(value) ? l === last && wanted.has(value) : late.get(value) === l;
			});
			if (own.length > 0) stages.push(computeStage(stageKind, own, free));
		}
	}
	return withOutputs(stages, outputs);
}
/** A stage that computes `own`; its outputs are not known yet. */
function computeStage(kind, own, free) {
	const mine = new Set(own);
	const inputs = /* @__PURE__ */ new Set();
	const visit = (value) => {
		for (const input of value.inputs) if (free.has(input)) visit(input);
		else if (!mine.has(input)) inputs.add(input);
	};
	for (const value of own) {
		if (isLeaf(value)) inputs.add(value);
		visit(value);
	}
	return {
		kind,
		inputs: [...inputs].sort((a, b) => a.id - b.id),
		outputs: own
	};
}
/** Keeps as a stage's outputs what later stages or the graph's outputs need. */
function withOutputs(stages, outputs) {
	const wanted = new Set(outputs);
	for (const stage of stages) for (const value of stage.kind === "allSum" ? stage.parts : stage.inputs) wanted.add(value);
	return stages.map((stage) => {
		return stage.kind === "allSum" ? stage : {
			...stage,
			outputs: stage.outputs.filter((value) => wanted.has(value))
		};
	});
}
//#endregion
//#region src/engine/program-graph.ts
/**
* Optimizes, plans and sorts what a program computes.
* @param lower puts what a machine has better forms for into those
* @throws {ShapeError} when an update does not fit its variable
*/
function prepare(spec, lower = (outputs) => [...outputs]) {
	for (const [variable, value] of spec.updates) checkUpdate(spec.name, variable, value);
	const plan$1 = plan(lower(optimize([...Object.values(spec.results), ...spec.updates.values()])), spec.shards);
	const outputOf = (index) => plan$1.outputs[index];
	const names = Object.keys(spec.results);
	const results = new Map(names.map((name, i) => [name, outputOf(i)]));
	const updates = new Map([...spec.updates.keys()].map((variable, i) => [variable, outputOf(names.length + i)]));
	const leaves = /* @__PURE__ */ new Set();
	const readLater = new Set(results.values());
	const computed = /* @__PURE__ */ new Set();
	for (const stage of plan$1.stages) {
		const inputs = stage.kind === "allSum" ? stage.parts : stage.inputs;
		for (const value of inputs) readLater.add(value);
		const outputs = stage.kind === "allSum" ? stage.sums : stage.outputs;
		for (const value of outputs) computed.add(value);
		if (stage.kind !== "allSum") {
			for (const value of inputs) if (value.inputs.length === 0) leaves.add(value);
		}
	}
	for (const value of plan$1.outputs) if (value.inputs.length === 0) leaves.add(value);
	const targets = /* @__PURE__ */ new Map();
	const users = /* @__PURE__ */ new Map();
	for (const value of updates.values()) users.set(value, (users.get(value) ?? 0) + 1);
	for (const [variable, value] of updates) if (users.get(value) === 1 && !readLater.has(value) && computed.has(value) && value.inputs.length > 0) targets.set(value, variable.value);
	const inputs = [...leaves].filter((value) => value.op === "input");
	const feeds = inputs.filter((leaf) => variableOf(leaf) === void 0);
	const variables = inputs.filter((leaf) => variableOf(leaf) !== void 0);
	const randoms = [...leaves].filter((value) => value.op === "random");
	const graph = {
		name: spec.name,
		plan: plan$1,
		results,
		updates,
		feeds,
		variables,
		randoms,
		targets
	};
	if (plan$1.shards > 1) for (const feed of feeds) checkBatchFirst(spec.name, feed);
	return graph;
}
/**
* Checks what a run is given.
* @throws {EngineError} for a feed that is missing or has the wrong number of elements
*/
function checkRun(graph, run) {
	const where = `Program "${graph.name}"`;
	if (!Number.isInteger(run.rows) || run.rows < 1) throw new EngineError({
		code: "rows",
		what: `${where} needs a batch of at least one row`,
		received: `${run.rows}`
	});
	for (const leaf of graph.feeds) {
		const feed = run.feeds.get(leaf);
		const shape = shapeAt(leaf.shape, run.rows);
		const received = feed === void 0 ? "nothing" : typeof feed === "number" ? "one number" : `${feed.length} elements`;
		const size = sizeOf(shape);
		if (feed !== void 0 && (typeof feed === "number" ? size === 1 : feed.length === size)) continue;
		throw new EngineError({
			code: "feed",
			what: `${where} cannot run with this input "${leaf.attrs.name}"`,
			received,
			expected: `${size} elements of shape ${formatShape(shape)}`,
			data: { input: leaf.attrs.name }
		});
	}
}
/** Copies what was fed to where the machine reads it. */
function copyFeed(target, feed) {
	if (typeof feed === "number") target[0] = target instanceof Uint8Array ? +(feed !== 0) : feed;
	else if (target instanceof Uint8Array) for (let i = 0; i < feed.length; i++) target[i] = feed[i] === 0 ? 0 : +Boolean(feed[i]);
	else target.set(feed);
}
function checkUpdate(name, variable, value) {
	if (value.dtype === variable.dtype && formatShape(value.shape) === formatShape(variable.shape)) return;
	throw new ShapeError({
		code: "update",
		what: `Program "${name}" cannot set variable "${variable.path}"`,
		received: `${value.dtype} ${formatShape(value.shape)}`,
		expected: `${variable.dtype} ${formatShape(variable.shape)}`
	});
}
function checkBatchFirst(name, leaf) {
	if (leaf.shape.findIndex((dim) => dim < 0) <= 0) return;
	throw new EngineError({
		code: "batch-axis",
		what: `Program "${name}" cannot split its input "${leaf.attrs.name}" into shards`,
		received: formatShape(leaf.shape),
		expected: "the batch as first axis",
		fix: "Feed it with the batch first and transpose it, or use one shard"
	});
}
//#endregion
export { foldConstants as a, withInputs as c, simplify as i, interpret as l, copyFeed as n, is as o, prepare as r, rewrite as s, checkRun as t, reachable as u };
