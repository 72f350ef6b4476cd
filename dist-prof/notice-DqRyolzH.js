import { t as __exportAll } from "./chunk-pbuEa-1d.js";
import { a as ShapeError } from "./errors-DC-FoqxE.js";
import { r as sizeOf, t as formatShape } from "./shape-Cm7Ckhsa.js";
import { n as byteSize } from "./dtype-CoZs3mAt.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { i as defaultArena } from "./arena-DfS7xaUD.js";
//#region src/graph/fit.ts
/** `float32 (?, 10)`: how messages name a value. */
function describe(value) {
	return `${value.dtype} ${formatShape(value.shape)}`;
}
/** The ShapeError of an operation whose operands do not fit; both sides are shown. */
function misfit(op, inputs, expected, fix) {
	return new ShapeError({
		code: "operands",
		what: `${op} cannot take these operands`,
		received: inputs.map(describe).join(" and "),
		expected,
		...fix === void 0 ? {} : { fix },
		data: {
			op,
			shapes: inputs.map((value) => value.shape)
		}
	});
}
/** Product of the dimensions; negative when one of them is the batch. */
function product(dims) {
	let size = 1;
	for (const dim of dims) size *= dim;
	return size;
}
/** Index of the batch axis, -1 when there is none. */
function batchAxisOf(shape) {
	return shape.findIndex((dim) => dim < 0);
}
function sameDims(a, b) {
	return a.length === b.length && a.every((dim, i) => dim === b[i]);
}
/** At most one batch dimension, whole numbers only. */
function checkDims(op, inputs, shape) {
	if (shape.filter((dim) => dim < 0).length > 1) throw misfit(op, inputs, `a result with at most one batch dimension, not ${formatShape(shape)}`);
	if (!shape.every(Number.isInteger)) throw misfit(op, inputs, `whole numbers as dimensions, not ${formatShape(shape)}`);
}
/** NumPy's broadcasting of several shapes. */
function broadcastDims(op, inputs) {
	const rank = Math.max(...inputs.map((value) => value.shape.length));
	const out = new Array(rank).fill(1);
	for (const { shape } of inputs) for (let i = 0; i < shape.length; i++) {
		const axis = rank - shape.length + i;
		const dim = shape[i];
		if (dim === 1 || dim === out[axis]) continue;
		if (out[axis] !== 1) throw misfit(op, inputs, "shapes that broadcast: equal or 1 on each axis, counted from the last");
		out[axis] = dim;
	}
	return out;
}
/** Checks an axis; primitives take 0 <= axis < rank. */
function checkAxis(op, value, axis) {
	if (!Number.isInteger(axis) || axis < 0 || axis >= value.shape.length) throw misfit(op, [value], `an operand that has axis ${axis}`);
}
/** Checks the number of operands. */
function checkArity(op, inputs, count) {
	if (inputs.length !== count) throw misfit(op, inputs, `${count} operand${count === 1 ? "" : "s"}`);
}
/** Checks one operand's dtype. */
function checkDType(op, inputs, index, dtypes) {
	const value = inputs[index];
	if (value === void 0 || !dtypes.includes(value.dtype)) throw misfit(op, inputs, `${dtypes.join(" or ")} as operand ${index + 1}`, "Cast it first");
}
//#endregion
//#region src/graph/families.ts
const FLOAT = ["float32"];
const NUMBER = ["float32", "int32"];
const BOOL = ["bool"];
const ANY = [
	"float32",
	"int32",
	"bool"
];
/** An element-wise primitive of one operand. */
function unary$1(name, operands, result, gradient) {
	return {
		name,
		type(inputs) {
			checkArity(name, inputs, 1);
			checkDType(name, inputs, 0, operands);
			const [x] = inputs;
			return {
				shape: x.shape,
				dtype: result === "same" ? x.dtype : result
			};
		},
		...gradient ? { gradient } : {}
	};
}
/** An element-wise primitive of two operands of one dtype, which broadcast. */
function binary$1(name, operands, result, gradient) {
	return {
		name,
		type(inputs) {
			checkArity(name, inputs, 2);
			checkDType(name, inputs, 0, operands);
			const [a, b] = inputs;
			if (a.dtype !== b.dtype) throw misfit(name, inputs, "operands of one dtype", "Cast one of them");
			return {
				shape: broadcastDims(name, inputs),
				dtype: result === "same" ? a.dtype : result
			};
		},
		...gradient ? { gradient } : {}
	};
}
/** The type rule of primitives that keep shape and dtype and work along one axis. */
function alongAxis(name, operands) {
	return (inputs, attrs) => {
		checkArity(name, inputs, 1);
		checkDType(name, inputs, 0, operands);
		const [x] = inputs;
		checkAxis(name, x, attrs.axis);
		return {
			shape: x.shape,
			dtype: x.dtype
		};
	};
}
/** Shape after reducing `axes`. */
function reducedDims(name, x, axes, keepDims) {
	for (const axis of axes) checkAxis(name, x, axis);
	if (new Set(axes).size !== axes.length) throw misfit(name, [x], `axes named once, not ${axes.join(", ")}`);
	if (keepDims) return x.shape.map((dim, axis) => axes.includes(axis) ? 1 : dim);
	return x.shape.filter((_, axis) => !axes.includes(axis));
}
//#endregion
//#region src/graph/primitives/abs.ts
/** The gradient at 0 is 0, as in TensorFlow and JAX. */
const abs = unary$1("abs", NUMBER, "same", ({ inputs: [x] }, dy, g) => [g.mul(dy, g.sign(x))]);
//#endregion
//#region src/graph/primitives/add.ts
const add = binary$1("add", NUMBER, "same", (_node, dy) => [dy, dy]);
//#endregion
//#region src/graph/primitives/all-sum.ts
/**
* Sum over the shards of a batch, in a fixed binary tree; identity for one shard, and for a value that is the same in
* all shards. What every shard gets depends on every shard's operand, so the gradient is the same sum.
*/
const allSum = {
	name: "allSum",
	type(inputs) {
		checkArity("allSum", inputs, 1);
		checkDType("allSum", inputs, 0, NUMBER);
		const { shape, dtype } = inputs[0];
		if (batchAxisOf(shape) >= 0) throw misfit("allSum", inputs, "a value without the batch axis", "Sum over the rows first");
		return {
			shape,
			dtype
		};
	},
	gradient: (_node, dy, g) => [g.allSum(dy)]
};
//#endregion
//#region src/graph/primitives/and.ts
const and = binary$1("and", BOOL, "same");
//#endregion
//#region src/graph/primitives/argmax.ts
/** Index of the first maximum along an axis, which goes. */
const argmax = {
	name: "argmax",
	type(inputs, { axis }) {
		checkArity("argmax", inputs, 1);
		checkDType("argmax", inputs, 0, NUMBER);
		return {
			shape: reducedDims("argmax", inputs[0], [axis], false),
			dtype: "int32"
		};
	}
};
//#endregion
//#region src/graph/primitives/broadcast.ts
/** The operand repeated to a shape, by NumPy's rules. */
const broadcast = {
	name: "broadcast",
	type(inputs, { shape }) {
		checkArity("broadcast", inputs, 1);
		const x = inputs[0];
		const lead = shape.length - x.shape.length;
		if (lead < 0 || x.shape.some((dim, axis) => dim !== 1 && dim !== shape[lead + axis])) throw misfit("broadcast", inputs, `a shape that broadcasts to ${formatShape(shape)}`);
		return {
			shape,
			dtype: x.dtype
		};
	},
	gradient: (_node, dy) => [dy]
};
//#endregion
//#region src/graph/primitives/cast.ts
/** float32 to int32 truncates towards zero; anything but 0 is true. Gradients flow from float32 to float32 only. */
const cast = {
	name: "cast",
	type(inputs, { dtype }) {
		checkArity("cast", inputs, 1);
		checkDType("cast", inputs, 0, ANY);
		return {
			shape: inputs[0].shape,
			dtype
		};
	},
	gradient: ({ inputs: [x], attrs }, dy) => [x.dtype === "float32" && attrs.dtype === "float32" ? dy : null]
};
//#endregion
//#region src/graph/primitives/concat.ts
/** The operands one after the other along an axis. Batches may follow batches: (-1, 3) and (-1, 3) give (-2, 3). */
const concat = {
	name: "concat",
	type(inputs, { axis }) {
		const first = inputs[0];
		if (first === void 0) throw misfit("concat", inputs, "at least one operand");
		checkAxis("concat", first, axis);
		const batch = first.shape[axis] < 0;
		let size = 0;
		for (const { shape, dtype } of inputs) {
			if (!(dtype === first.dtype && shape.length === first.shape.length && shape.every((dim, i) => i === axis ? dim < 0 === batch : dim === first.shape[i]))) throw misfit("concat", inputs, `one dtype, and one shape but for axis ${axis}`);
			size += shape[axis];
		}
		return {
			shape: first.shape.map((dim, i) => i === axis ? size : dim),
			dtype: first.dtype
		};
	},
	gradient({ inputs, attrs: { axis }, shape }, dy, g) {
		let start = 0;
		return inputs.map((x) => {
			const size = Math.abs(x.shape[axis]);
			start += size;
			if (shape[axis] < 0) return batchPart(dy, axis, start - size, x, g);
			return g.slice(dy, axis, start - size, start);
		});
	}
};
/** A part of a batch axis -k as a slice of (k, -1): each operand holds whole multiples of the rows. */
function batchPart(dy, axis, start, x, g) {
	const [left, right] = [dy.shape.slice(0, axis), dy.shape.slice(axis + 1)];
	const split = g.reshape(dy, [
		...left,
		-dy.shape[axis],
		-1,
		...right
	]);
	return g.reshape(g.slice(split, axis, start, start - x.shape[axis]), x.shape);
}
//#endregion
//#region src/graph/primitives/constant.ts
const constant = {
	name: "constant",
	type(_inputs, { tensor }) {
		const { dtype, shape } = tensor;
		if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") throw new ShapeError({
			code: "operands",
			what: "A constant of a graph cannot have this dtype",
			received: dtype,
			expected: "float32, int32 or bool",
			fix: "Cast the tensor first"
		});
		return {
			shape,
			dtype
		};
	}
};
//#endregion
//#region src/graph/windows.ts
/** Positions of a window along one axis. */
function outputSize(size, window, stride, [before, after], dilation = 1) {
	return Math.floor((size + before + after - (dilation * (window - 1) + 1)) / stride) + 1;
}
/** Spatial sizes of a convolution's result. */
function convSizes(spatial, kernel, attrs) {
	return spatial.map((size, i) => outputSize(size, kernel[i], attrs.strides[i], attrs.padding[i], attrs.dilations[i]));
}
/** Spatial sizes of a pooling's result. */
function poolSizes(spatial, attrs) {
	return spatial.map((size, i) => outputSize(size, attrs.window[i], attrs.strides[i], attrs.padding[i]));
}
/** Common checks of the three products of a convolution: two float32 operands with as many spatial axes as attributes. */
function checkConv(op, inputs, attrs) {
	checkArity(op, inputs, 2);
	checkDType(op, inputs, 0, FLOAT);
	checkDType(op, inputs, 1, FLOAT);
	const rank = attrs.strides.length;
	const consistent = attrs.padding.length === rank && attrs.dilations.length === rank;
	const positive = [
		...attrs.strides,
		...attrs.dilations,
		attrs.groups
	].every((n) => Number.isInteger(n) && n >= 1);
	if (!consistent || !positive || inputs.some(({ shape }) => shape.length !== rank + 2)) throw misfit(op, inputs, `operands of rank ${rank + 2}, strides, dilations and groups >= 1`);
	if (inputs.some(({ shape }) => shape.some((dim, axis) => axis > 0 && dim < 0))) throw misfit(op, inputs, "the batch as first axis");
}
/** The result type of a pooling. */
function poolType(op, inputs, attrs) {
	checkPool(op, inputs, attrs);
	const [n, channels, ...spatial] = inputs[0].shape;
	const sizes = poolSizes(spatial, attrs);
	if (sizes.some((size) => size < 1)) throw misfit(op, inputs, `spatial axes at least as large as the window ${attrs.window.join(" x ")}`);
	return {
		shape: [
			n,
			channels,
			...sizes
		],
		dtype: "float32"
	};
}
/** Common checks of poolings and their gradients. */
function checkPool(op, inputs, attrs) {
	const rank = attrs.window.length;
	inputs.forEach((value, i) => {
		checkDType(op, inputs, i, FLOAT);
		if (value.shape.length !== rank + 2) throw misfit(op, inputs, `operands of rank ${rank + 2}`);
		if (value.shape.some((dim, axis) => axis > 0 && dim < 0)) throw misfit(op, inputs, "the batch as first axis");
	});
	const covered = attrs.padding.every(([before, after], i) => before < attrs.window[i] && after < attrs.window[i]);
	if (attrs.strides.length !== rank || attrs.padding.length !== rank || !covered) throw misfit(op, inputs, "strides and padding for each window axis, padding smaller than the window");
}
//#endregion
//#region src/graph/primitives/conv.ts
/** (x (N, C, ...spatial), kernel (out, C / groups, ...window)) -> (N, out, ...sizes). */
const conv = {
	name: "conv",
	type(inputs, attrs) {
		checkConv("conv", inputs, attrs);
		const [n, channels, ...spatial] = inputs[0].shape;
		const [out, perGroup, ...window] = inputs[1].shape;
		if (perGroup * attrs.groups !== channels || out % attrs.groups !== 0) throw misfit("conv", inputs, `a kernel (out, ${channels / attrs.groups}, …) for ${channels} channels in ${attrs.groups} groups`);
		const sizes = convSizes(spatial, window, attrs);
		if (sizes.some((size) => size < 1)) throw misfit("conv", inputs, "spatial axes at least as large as the kernel");
		return {
			shape: [
				n,
				out,
				...sizes
			],
			dtype: "float32"
		};
	},
	gradient({ inputs: [x, kernel], attrs }, dy, g) {
		return [g.convInput(dy, kernel, attrs, x.shape.slice(2)), g.convKernel(x, dy, attrs, kernel.shape.slice(2))];
	}
};
//#endregion
//#region src/graph/primitives/conv-input.ts
/** (dy, kernel) -> dx: the gradient of a convolution for its operand, linear in both; also the transposed convolution. */
const convInput = {
	name: "convInput",
	type(inputs, attrs) {
		checkConv("convInput", inputs, attrs);
		const [n, out, ...sizes] = inputs[0].shape;
		const [kernelOut, perGroup, ...window] = inputs[1].shape;
		if (out !== kernelOut || out % attrs.groups !== 0 || !sameDims(sizes, convSizes(attrs.spatial, window, attrs))) throw misfit("convInput", inputs, `the result of a convolution of ${attrs.spatial.join(" x ")} with this kernel`);
		return {
			shape: [
				n,
				perGroup * attrs.groups,
				...attrs.spatial
			],
			dtype: "float32"
		};
	},
	gradient({ inputs: [dy, kernel], attrs }, dz, g) {
		return [g.conv(dz, kernel, attrs), g.convKernel(dz, dy, attrs, kernel.shape.slice(2))];
	}
};
//#endregion
//#region src/graph/primitives/conv-kernel.ts
/** (x, dy) -> dkernel: the gradient of a convolution for its kernel, the sum over this shard's rows; linear in both. */
const convKernel = {
	name: "convKernel",
	type(inputs, attrs) {
		checkConv("convKernel", inputs, attrs);
		const [n, channels, ...spatial] = inputs[0].shape;
		const [rows, out, ...sizes] = inputs[1].shape;
		const divides = channels % attrs.groups === 0 && out % attrs.groups === 0;
		if (n !== rows || !divides || !sameDims(sizes, convSizes(spatial, attrs.spatial, attrs))) throw misfit("convKernel", inputs, `the result of a convolution with a kernel of ${attrs.spatial.join(" x ")}`);
		return {
			shape: [
				out,
				channels / attrs.groups,
				...attrs.spatial
			],
			dtype: "float32"
		};
	},
	gradient({ inputs: [x, dy], attrs }, dk, g) {
		return [g.convInput(dy, dk, attrs, x.shape.slice(2)), g.conv(x, dk, attrs)];
	}
};
//#endregion
//#region src/graph/primitives/cos.ts
const cos = unary$1("cos", FLOAT, "same", ({ inputs: [x] }, dy, g) => [g.neg(g.mul(dy, g.sin(x)))]);
//#endregion
//#region src/graph/primitives/cumsum.ts
/** Running sum along an axis; `exclusive` leaves out the element itself, `reverse` runs from the end. */
const cumsum = {
	name: "cumsum",
	type: alongAxis("cumsum", NUMBER),
	gradient: ({ attrs }, dy, g) => [g.cumsum(dy, attrs.axis, attrs.exclusive, !attrs.reverse)]
};
//#endregion
//#region src/graph/primitives/div.ts
/** int32 truncates towards zero; a division of int32 by zero gives 0. */
const div = binary$1("div", NUMBER, "same", (y, dy, g) => [g.div(dy, y.inputs[1]), g.neg(g.div(g.mul(dy, y), y.inputs[1]))]);
//#endregion
//#region src/graph/primitives/equal.ts
const equal = binary$1("equal", ANY, "bool");
//#endregion
//#region src/graph/primitives/erf.ts
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
const erf = unary$1("erf", FLOAT, "same", ({ inputs: [x] }, dy, g) => [g.mul(dy, g.mul(g.scalar(TWO_OVER_SQRT_PI), g.exp(g.neg(g.mul(x, x)))))]);
//#endregion
//#region src/graph/primitives/exp.ts
const exp = unary$1("exp", FLOAT, "same", (y, dy, g) => [g.mul(dy, y)]);
//#endregion
//#region src/graph/primitives/floor.ts
const floor = unary$1("floor", FLOAT, "same");
//#endregion
//#region src/graph/primitives/gather.ts
/** (table (R, ...rest), int32 ids (...i)) -> (...i, ...rest). Ids lie in 0 … R - 1. */
const gather = {
	name: "gather",
	type(inputs) {
		checkArity("gather", inputs, 2);
		checkDType("gather", inputs, 1, ["int32"]);
		const [table, ids] = [inputs[0], inputs[1]];
		if (!(table.shape[0] >= 0)) throw misfit("gather", inputs, "a table whose first axis is not the batch");
		return {
			shape: [...ids.shape, ...table.shape.slice(1)],
			dtype: table.dtype
		};
	},
	gradient: ({ inputs: [table, ids] }, dy, g) => [g.scatterAdd(ids, dy, table.shape[0]), null]
};
//#endregion
//#region src/graph/primitives/greater.ts
const greater = binary$1("greater", NUMBER, "bool");
//#endregion
//#region src/graph/primitives/greater-equal.ts
const greaterEqual = binary$1("greaterEqual", NUMBER, "bool");
//#endregion
//#region src/graph/primitives/input.ts
const input = {
	name: "input",
	type: (_inputs, { shape, dtype }) => ({
		shape,
		dtype
	})
};
//#endregion
//#region src/graph/primitives/is-nan.ts
const isNan = unary$1("isNan", FLOAT, "bool");
//#endregion
//#region src/graph/primitives/log.ts
const log = unary$1("log", FLOAT, "same", ({ inputs: [x] }, dy, g) => [g.div(dy, x)]);
//#endregion
//#region src/graph/primitives/log-softmax.ts
const logSoftmax = {
	name: "logSoftmax",
	type: alongAxis("logSoftmax", FLOAT),
	gradient: (y, dy, g) => [g.sub(dy, g.mul(g.exp(y), g.sum(dy, [y.attrs.axis], true)))]
};
//#endregion
//#region src/graph/primitives/matmul.ts
/**
* Matrix products over the last two axes (transposed where asked), batched over leading axes, which broadcast. A
* product over the batch axis is the sum of this shard's rows.
*/
const matmul = {
	name: "matmul",
	type(inputs, { transposeA, transposeB }) {
		checkArity("matmul", inputs, 2);
		checkDType("matmul", inputs, 0, FLOAT);
		checkDType("matmul", inputs, 1, FLOAT);
		const [a, b] = [inputs[0].shape, inputs[1].shape];
		if (a.length < 2 || b.length < 2) throw misfit("matmul", inputs, "operands of rank 2 or more");
		const [m, k] = matrix(a, transposeA);
		const [k2, n] = matrix(b, transposeB);
		const flags = `${transposeA ? ", the first transposed" : ""}${transposeB ? ", the second transposed" : ""}`;
		if (k !== k2) throw misfit("matmul", inputs, `the last axis of the first equal to the last but one of the second${flags}`);
		return {
			shape: [
				...leading(a, b, () => misfit("matmul", inputs, "leading axes that broadcast")),
				m,
				n
			],
			dtype: "float32"
		};
	},
	gradient({ inputs, attrs: { transposeA, transposeB } }, dy, g) {
		const [a, b] = [inputs[0], inputs[1]];
		return [transposeA ? g.matmul(b, dy, transposeB, true) : g.matmul(dy, b, false, !transposeB), transposeB ? g.matmul(dy, a, true, transposeA) : g.matmul(a, dy, !transposeA, false)];
	}
};
function matrix(shape, transposed) {
	const [rows, columns] = [shape.at(-2), shape.at(-1)];
	return transposed ? [columns, rows] : [rows, columns];
}
function leading(a, b, error) {
	const [left, right] = [a.slice(0, -2), b.slice(0, -2)];
	const rank = Math.max(left.length, right.length);
	return Array.from({ length: rank }, (_, i) => {
		const x = left[i - rank + left.length] ?? 1;
		const y = right[i - rank + right.length] ?? 1;
		if (x !== y && x !== 1 && y !== 1) throw error();
		return x === 1 ? y : x;
	});
}
//#endregion
//#region src/graph/primitives/max.ts
/** Of nothing it is -Infinity. Equal maxima share the gradient, as in TensorFlow and JAX. NaN wins. */
const max = {
	name: "max",
	type(inputs, { axes, keepDims }) {
		checkArity("max", inputs, 1);
		checkDType("max", inputs, 0, NUMBER);
		const x = inputs[0];
		return {
			shape: reducedDims("max", x, axes, keepDims),
			dtype: x.dtype
		};
	},
	gradient(y, dy, g) {
		const x = y.inputs[0];
		const { axes } = y.attrs;
		const kept = reducedDims("max", x, axes, true);
		const winners = g.cast(g.equal(x, g.shaped(y, kept)), "float32");
		const share = g.div(g.shaped(dy, kept), g.sum(winners, axes, true));
		return [g.mul(winners, share)];
	}
};
//#endregion
//#region src/graph/primitives/max-pool.ts
/** The largest element of each window; the first of equals gets the gradient. */
const maxPool = {
	name: "maxPool",
	type(inputs, attrs) {
		checkArity("maxPool", inputs, 1);
		return poolType("maxPool", inputs, attrs);
	},
	gradient: (y, dy, g) => [g.maxPoolGrad(y.inputs[0], y, dy, y.attrs)]
};
//#endregion
//#region src/graph/primitives/max-pool-grad.ts
/** (x, y, dy) -> dx; the first maximum of a window, in row-major order, gets it. Linear in dy. */
const maxPoolGrad = {
	name: "maxPoolGrad",
	type(inputs, attrs) {
		checkArity("maxPoolGrad", inputs, 3);
		checkPool("maxPoolGrad", inputs, attrs);
		const [x, y, dy] = [
			inputs[0],
			inputs[1],
			inputs[2]
		];
		const { shape } = poolType("maxPool", [x], attrs);
		if (!sameDims(y.shape, shape) || !sameDims(dy.shape, shape)) throw misfit("maxPoolGrad", inputs, "the result of the pooling and its gradient as operands 2 and 3");
		return {
			shape: x.shape,
			dtype: "float32"
		};
	},
	gradient({ inputs: [x, y], attrs }, dz, g) {
		return [
			null,
			null,
			winners(x, y, dz, attrs, g)
		];
	}
};
/** The elements of `values` at each window's first maximum, found offset by offset in row-major order. */
function winners(x, y, values, attrs, g) {
	const sizes = y.shape.slice(2);
	const around = (value, fill) => {
		const before = [
			0,
			0,
			...attrs.padding.map(([width]) => width)
		];
		const after = [
			0,
			0,
			...attrs.padding.map(([, width]) => width)
		];
		return g.pad(value, before, after, fill);
	};
	const [padded, chosen] = [around(x, Number.NEGATIVE_INFINITY), around(values, 0)];
	let found = g.broadcast(g.scalar(0, "bool"), y.shape);
	let out = g.broadcast(g.scalar(0), y.shape);
	for (const offset of offsets(attrs.window)) {
		const at = (value) => offset.reduce((part, start, i) => {
			const end = start + (sizes[i] - 1) * attrs.strides[i] + 1;
			return g.slice(part, i + 2, start, end, attrs.strides[i]);
		}, value);
		const hit = g.and(g.equal(at(padded), y), g.not(found));
		out = g.where(hit, at(chosen), out);
		found = g.or(found, hit);
	}
	return out;
}
function offsets(window) {
	return window.reduce((all, size) => all.flatMap((offset) => Array.from({ length: size }, (_, i) => [...offset, i])), [[]]);
}
//#endregion
//#region src/graph/ties.ts
/** Gradients of maximum and minimum: all to the winner, half each where the operands are equal. */
function splitAtTies(node, dy, g, wins) {
	const [a, b] = node.inputs;
	const zero = g.scalar(0);
	const tie = g.equal(a, b);
	const half = g.mul(dy, g.scalar(.5));
	return [g.where(tie, half, g.where(wins(a, b), dy, zero)), g.where(tie, half, g.where(wins(b, a), dy, zero))];
}
//#endregion
//#region src/graph/primitives/maximum.ts
/** Equal operands get half of the gradient each, as in JAX (TensorFlow gives all of it to the first). NaN wins. */
const maximum = binary$1("maximum", NUMBER, "same", (node, dy, g) => splitAtTies(node, dy, g, (a, b) => g.greater(a, b)));
//#endregion
//#region src/graph/primitives/minimum.ts
/** Equal operands get half of the gradient each, as in JAX (TensorFlow gives all of it to the first). NaN wins. */
const minimum = binary$1("minimum", NUMBER, "same", (node, dy, g) => splitAtTies(node, dy, g, (a, b) => g.greater(b, a)));
//#endregion
//#region src/graph/primitives/mod.ts
/** Remainder with the sign of the divisor, as Python's %. An int32 remainder of 0 is 0. */
const mod = binary$1("mod", NUMBER, "same", ({ inputs: [a, b] }, dy, g) => [dy, g.neg(g.mul(dy, g.floor(g.div(a, b))))]);
//#endregion
//#region src/graph/primitives/mul.ts
const mul = binary$1("mul", NUMBER, "same", ({ inputs: [a, b] }, dy, g) => [g.mul(dy, b), g.mul(dy, a)]);
//#endregion
//#region src/graph/primitives/neg.ts
const neg = unary$1("neg", NUMBER, "same", (_node, dy, g) => [g.neg(dy)]);
//#endregion
//#region src/graph/primitives/not.ts
const not = unary$1("not", BOOL, "same");
//#endregion
//#region src/graph/primitives/or.ts
const or = binary$1("or", BOOL, "same");
//#endregion
//#region src/graph/primitives/pad.ts
/** The operand with `value` around it; nothing is added to the batch axis. */
const pad = {
	name: "pad",
	type(inputs, { before, after }) {
		checkArity("pad", inputs, 1);
		const { shape, dtype } = inputs[0];
		if (shape.some((dim, i) => {
			const [left, right] = [before[i] ?? -1, after[i] ?? -1];
			return left < 0 || right < 0 || dim < 0 && left + right > 0;
		}) || before.length !== shape.length || after.length !== shape.length) throw misfit("pad", inputs, `widths >= 0 for each axis and 0 for the batch, not ${before.join(", ")} and ${after.join(", ")}`);
		return {
			shape: shape.map((dim, i) => dim < 0 ? dim : dim + before[i] + after[i]),
			dtype
		};
	},
	gradient({ inputs: [x], attrs: { before, after } }, dy, g) {
		let dx = dy;
		x.shape.forEach((dim, axis) => {
			if (before[axis] + after[axis] > 0) dx = g.slice(dx, axis, before[axis], before[axis] + dim);
		});
		return [dx];
	}
};
//#endregion
//#region src/graph/primitives/patches.ts
/**
* What each position of a kernel sees of x: (N, C, ...spatial) -> (positions * C, N * outputs), rows in the order of
* position and channel, columns in that of row and output. At most two spatial axes. Engines put it in the place of convolutions once gradients
* have been taken, so it has none of its own.
*/
const patches = {
	name: "patches",
	type(inputs, attrs) {
		checkArity("patches", inputs, 1);
		checkDType("patches", inputs, 0, FLOAT);
		const [rows, channels, ...spatial] = inputs[0].shape;
		const rank = attrs.window.length;
		const consistent = rank <= 2 && [
			attrs.strides,
			attrs.padding,
			attrs.dilations,
			spatial
		].every((list) => list.length === rank);
		const sizes = consistent ? convSizes(spatial, attrs.window, {
			...attrs,
			groups: 1
		}) : [];
		if (!consistent || batchAxisOf(inputs[0].shape) > 0 || sizes.some((size) => size < 1)) throw misfit("patches", inputs, `(batch, channels, ...spatial) for windows of ${attrs.window.join(" x ")}, at most two axes`);
		const product = (values) => values.reduce((a, b) => a * b, 1);
		return {
			shape: [product(attrs.window) * channels, rows * product(sizes)],
			dtype: "float32"
		};
	}
};
//#endregion
//#region src/graph/primitives/pow.ts
const pow = binary$1("pow", FLOAT, "same", ({ inputs }, dy, g) => {
	const [a, b] = inputs;
	const base = g.mul(b, g.pow(a, g.sub(b, g.scalar(1))));
	const positive = g.greater(a, g.scalar(0));
	const exponent = g.mul(g.pow(a, b), g.log(g.where(positive, a, g.scalar(1))));
	return [g.mul(dy, g.where(g.equal(b, g.scalar(0)), g.scalar(0), base)), g.mul(dy, exponent)];
});
//#endregion
//#region src/graph/primitives/random.ts
const random = {
	name: "random",
	type(_inputs, { shape }) {
		if (batchAxisOf(shape) > 0) throw new ShapeError({
			code: "operands",
			what: "Random numbers can have the batch as first axis only",
			received: formatShape(shape),
			fix: "Draw them with the batch first and transpose"
		});
		return {
			shape,
			dtype: "float32"
		};
	}
};
//#endregion
//#region src/graph/primitives/relu.ts
/** The gradient at 0 is 0, as in TensorFlow and JAX. It reads the result, so the operand need not be kept. */
const relu = unary$1("relu", NUMBER, "same", (y, dy, g) => [g.where(g.greater(y, g.scalar(0, y.dtype)), dy, g.scalar(0, dy.dtype))]);
//#endregion
//#region src/graph/primitives/reshape.ts
/** The same elements in row-major order. A batch dimension stays one: (-1, 28) may become (-28,) and (-2, 14). */
const reshape = {
	name: "reshape",
	type(inputs, { shape }) {
		checkArity("reshape", inputs, 1);
		const [x] = inputs;
		const [from, to] = [product(x.shape), product(shape)];
		if (from !== to) {
			const count = Number.isInteger(from / to) || from === 0 ? "" : ` (${Math.abs(to)} instead of ${Math.abs(from)})`;
			throw misfit("reshape", inputs, `as many elements as ${formatShape(shape)} has${count}`);
		}
		return {
			shape,
			dtype: x.dtype
		};
	},
	gradient: ({ inputs: [x] }, dy, g) => [g.reshape(dy, x.shape)]
};
//#endregion
//#region src/graph/primitives/reverse.ts
const reverse = {
	name: "reverse",
	type: alongAxis("reverse", ANY),
	gradient: ({ attrs }, dy, g) => [g.reverse(dy, attrs.axis)]
};
//#endregion
//#region src/graph/primitives/round.ts
/** To the nearest whole number, half to even. */
const round = unary$1("round", FLOAT, "same");
//#endregion
//#region src/graph/primitives/scatter-add.ts
/** (int32 ids (...i), updates (...i, ...rest)) -> (rows, ...rest); equal ids add up in row-major order. */
const scatterAdd = {
	name: "scatterAdd",
	type(inputs, { rows }) {
		checkArity("scatterAdd", inputs, 2);
		checkDType("scatterAdd", inputs, 0, ["int32"]);
		checkDType("scatterAdd", inputs, 1, NUMBER);
		const [ids, updates] = [inputs[0], inputs[1]];
		if (rows < 0 || !sameDims(updates.shape.slice(0, ids.shape.length), ids.shape)) throw misfit("scatterAdd", inputs, "updates whose leading axes are those of the ids");
		return {
			shape: [rows, ...updates.shape.slice(ids.shape.length)],
			dtype: updates.dtype
		};
	},
	gradient: ({ inputs: [ids] }, dy, g) => [null, g.gather(dy, ids)]
};
//#endregion
//#region src/graph/primitives/sigmoid.ts
const sigmoid = unary$1("sigmoid", FLOAT, "same", (y, dy, g) => [g.mul(dy, g.mul(y, g.sub(g.scalar(1), y)))]);
//#endregion
//#region src/graph/primitives/sign.ts
/** -1, 0 or 1. */
const sign = unary$1("sign", NUMBER, "same");
//#endregion
//#region src/graph/primitives/sin.ts
const sin = unary$1("sin", FLOAT, "same", ({ inputs: [x] }, dy, g) => [g.mul(dy, g.cos(x))]);
//#endregion
//#region src/graph/primitives/slice.ts
/** Elements start, start + step, … below end of one axis, which is not the batch. */
const slice = {
	name: "slice",
	type(inputs, { axis, start, end, step }) {
		checkArity("slice", inputs, 1);
		const x = inputs[0];
		checkAxis("slice", x, axis);
		const dim = x.shape[axis];
		if (dim < 0) throw misfit("slice", inputs, `an axis other than the batch, not axis ${axis}`);
		if (start < 0 || end > dim || start > end || step < 1) throw misfit("slice", inputs, `a range inside axis ${axis}, not ${start} to ${end} by ${step}`);
		return {
			shape: x.shape.map((size, i) => i === axis ? Math.ceil((end - start) / step) : size),
			dtype: x.dtype
		};
	},
	gradient({ inputs: [x], shape, attrs: { axis, start, step } }, dy, g) {
		const count = shape[axis];
		const size = x.shape[axis];
		const widths = (width) => shape.map((_, i) => i === axis ? width : 0);
		if (step === 1) return [g.pad(dy, widths(start), widths(size - start - count))];
		const split = [
			...shape.slice(0, axis),
			count,
			1,
			...shape.slice(axis + 1)
		];
		const fill = split.map((_, i) => i === axis + 1 ? step - 1 : 0);
		const spread = g.reshape(g.pad(g.reshape(dy, split), split.map(() => 0), fill), shape.map((dim, i) => i === axis ? count * step : dim));
		const kept = Math.min(count * step, size - start);
		return [g.pad(g.slice(spread, axis, 0, kept), widths(start), widths(size - start - kept))];
	}
};
//#endregion
//#region src/graph/primitives/softmax.ts
const softmax = {
	name: "softmax",
	type: alongAxis("softmax", FLOAT),
	gradient: (y, dy, g) => [g.mul(y, g.sub(dy, g.sum(g.mul(dy, y), [y.attrs.axis], true)))]
};
//#endregion
//#region src/graph/primitives/softplus.ts
/** log(1 + exp(x)), without overflow. */
const softplus = unary$1("softplus", FLOAT, "same", ({ inputs: [x] }, dy, g) => [g.mul(dy, g.sigmoid(x))]);
//#endregion
//#region src/graph/primitives/sort-descending.ts
/** Values in descending order. Has no gradient: what is computed from it is constant for autodiff. */
const sortDescending = {
	name: "sortDescending",
	type: alongAxis("sortDescending", NUMBER)
};
//#endregion
//#region src/graph/primitives/sqrt.ts
const sqrt = unary$1("sqrt", FLOAT, "same", (y, dy, g) => [g.div(g.mul(dy, g.scalar(.5)), y)]);
//#endregion
//#region src/graph/primitives/stop-gradient.ts
/** The operand itself; no gradient flows back. */
const stopGradient = unary$1("stopGradient", ANY, "same");
//#endregion
//#region src/graph/primitives/sub.ts
const sub = binary$1("sub", NUMBER, "same", (_node, dy, g) => [dy, g.neg(dy)]);
//#endregion
//#region src/graph/primitives/sum.ts
/** Over the batch axis it is the sum of this shard's rows: `allSum` makes it the sum of all. */
const sum = {
	name: "sum",
	type(inputs, { axes, keepDims }) {
		checkArity("sum", inputs, 1);
		checkDType("sum", inputs, 0, NUMBER);
		const x = inputs[0];
		return {
			shape: reducedDims("sum", x, axes, keepDims),
			dtype: x.dtype
		};
	},
	gradient({ inputs: [x], attrs: { axes } }, dy, g) {
		return [g.broadcast(g.shaped(dy, reducedDims("sum", x, axes, true)), x.shape)];
	}
};
//#endregion
//#region src/graph/primitives/sum-pool.ts
/** The sum of each window. */
const sumPool = {
	name: "sumPool",
	type(inputs, attrs) {
		checkArity("sumPool", inputs, 1);
		return poolType("sumPool", inputs, attrs);
	},
	gradient: ({ inputs: [x], attrs }, dy, g) => [g.sumPoolGrad(dy, attrs, x.shape.slice(2))]
};
//#endregion
//#region src/graph/primitives/sum-pool-grad.ts
/** dy -> dx: each element of dy added to all of its window. */
const sumPoolGrad = {
	name: "sumPoolGrad",
	type(inputs, attrs) {
		checkArity("sumPoolGrad", inputs, 1);
		checkPool("sumPoolGrad", inputs, attrs);
		const [n, channels, ...sizes] = inputs[0].shape;
		if (!sameDims(sizes, poolSizes(attrs.spatial, attrs))) throw misfit("sumPoolGrad", inputs, `the result of a pooling of ${attrs.spatial.join(" x ")}`);
		return {
			shape: [
				n,
				channels,
				...attrs.spatial
			],
			dtype: "float32"
		};
	},
	gradient: ({ attrs }, dz, g) => [g.sumPool(dz, attrs)]
};
//#endregion
//#region src/graph/primitives/take.ts
/** (x (...i, C), int32 ids (...i)) -> (...i): the element of each last axis that its id, in 0 … C - 1, names. */
const take = {
	name: "take",
	type(inputs) {
		checkArity("take", inputs, 2);
		checkDType("take", inputs, 0, ANY);
		checkDType("take", inputs, 1, ["int32"]);
		const [x, ids] = [inputs[0], inputs[1]];
		if (!sameDims(x.shape.slice(0, -1), ids.shape) || !(x.shape.at(-1) >= 0)) throw misfit("take", inputs, "ids shaped as the values without their last axis, which is not the batch");
		return {
			shape: ids.shape,
			dtype: x.dtype
		};
	},
	gradient({ inputs: [x, ids] }, dy, g) {
		const column = [...ids.shape, 1];
		const chosen = g.equal(g.reshape(ids, column), g.iota(x.shape.at(-1)));
		return [g.where(chosen, g.reshape(dy, column), g.scalar(0)), null];
	}
};
//#endregion
//#region src/graph/primitives/tanh.ts
const tanh = unary$1("tanh", FLOAT, "same", (y, dy, g) => [g.mul(dy, g.sub(g.scalar(1), g.mul(y, y)))]);
//#endregion
//#region src/graph/perm.ts
/** The permutation that undoes `perm`. */
function inversePerm(perm) {
	const out = new Array(perm.length);
	perm.forEach((axis, i) => {
		out[axis] = i;
	});
	return out;
}
/** transpose(transpose(x, first), second) is transpose(x, composePerm(first, second)). */
function composePerm(first, second) {
	return second.map((axis) => first[axis]);
}
function isIdentityPerm(perm) {
	return perm.every((axis, i) => axis === i);
}
//#endregion
//#region src/graph/primitives/transpose.ts
/** Axis i of the result is axis perm[i] of the operand. */
const transpose = {
	name: "transpose",
	type(inputs, { perm }) {
		checkArity("transpose", inputs, 1);
		const { shape, dtype } = inputs[0];
		if (perm.length !== shape.length || [...perm].sort((a, b) => a - b).some((axis, i) => axis !== i)) throw misfit("transpose", inputs, `an operand whose axes ${perm.join(", ")} are`);
		return {
			shape: perm.map((axis) => shape[axis]),
			dtype
		};
	},
	gradient: ({ attrs }, dy, g) => [g.transpose(dy, inversePerm(attrs.perm))]
};
//#endregion
//#region src/graph/primitives/where.ts
/** (condition, a, b): a where the condition holds, else b. The other side gets a gradient of 0, NaN or not. */
const where = {
	name: "where",
	type(inputs) {
		checkArity("where", inputs, 3);
		checkDType("where", inputs, 0, BOOL);
		if (inputs[1].dtype !== inputs[2].dtype) throw misfit("where", inputs, "two values of one dtype", "Cast one of them");
		return {
			shape: broadcastDims("where", inputs),
			dtype: inputs[1].dtype
		};
	},
	gradient({ inputs: [condition] }, dy, g) {
		const zero = g.scalar(0);
		return [
			null,
			g.where(condition, dy, zero),
			g.where(condition, zero, dy)
		];
	}
};
//#endregion
//#region src/graph/primitives/index.ts
var primitives_exports = /* @__PURE__ */ __exportAll({
	abs: () => abs,
	add: () => add,
	allSum: () => allSum,
	and: () => and,
	argmax: () => argmax,
	broadcast: () => broadcast,
	cast: () => cast,
	concat: () => concat,
	constant: () => constant,
	conv: () => conv,
	convInput: () => convInput,
	convKernel: () => convKernel,
	cos: () => cos,
	cumsum: () => cumsum,
	div: () => div,
	equal: () => equal,
	erf: () => erf,
	exp: () => exp,
	floor: () => floor,
	gather: () => gather,
	greater: () => greater,
	greaterEqual: () => greaterEqual,
	input: () => input,
	isNan: () => isNan,
	log: () => log,
	logSoftmax: () => logSoftmax,
	matmul: () => matmul,
	max: () => max,
	maxPool: () => maxPool,
	maxPoolGrad: () => maxPoolGrad,
	maximum: () => maximum,
	minimum: () => minimum,
	mod: () => mod,
	mul: () => mul,
	neg: () => neg,
	not: () => not,
	or: () => or,
	pad: () => pad,
	patches: () => patches,
	pow: () => pow,
	random: () => random,
	relu: () => relu,
	reshape: () => reshape,
	reverse: () => reverse,
	round: () => round,
	scatterAdd: () => scatterAdd,
	sigmoid: () => sigmoid,
	sign: () => sign,
	sin: () => sin,
	slice: () => slice,
	softmax: () => softmax,
	softplus: () => softplus,
	sortDescending: () => sortDescending,
	sqrt: () => sqrt,
	stopGradient: () => stopGradient,
	sub: () => sub,
	sum: () => sum,
	sumPool: () => sumPool,
	sumPoolGrad: () => sumPoolGrad,
	take: () => take,
	tanh: () => tanh,
	transpose: () => transpose,
	where: () => where
});
//#endregion
//#region src/graph/value.ts
let nextId = 0;
/** Only for apply.ts: everyone else makes values by applying primitives. */
function makeValue(op, inputs, attrs, shape, dtype) {
	return Object.freeze({
		id: nextId++,
		op,
		inputs,
		attrs,
		shape: Object.freeze([...shape]),
		dtype
	});
}
/** The dimension for a batch (or shard) of `rows` rows. */
function dimAt(dim, rows) {
	return dim < 0 ? -dim * rows : dim;
}
/** The shape for a batch (or shard) of `rows` rows. */
function shapeAt(shape, rows) {
	return shape.map((dim) => dimAt(dim, rows));
}
//#endregion
//#region src/graph/apply.ts
/** All primitives by name; a missing one does not compile. */
const PRIMITIVES = primitives_exports;
/**
* The one way to make a value.
* @throws {ShapeError} when the operands do not fit the primitive
*/
function apply(op, inputs, attrs) {
	const { shape, dtype } = PRIMITIVES[op].type(inputs, attrs);
	checkDims(op, inputs, shape);
	return makeValue(op, Object.freeze([...inputs]), attrs, shape, dtype);
}
//#endregion
//#region src/graph/build.ts
const unary = (name) => (x) => apply(name, [x], {});
const binary = (name) => (a, b) => apply(name, [a, b], {});
const convAttrs = ({ strides, padding, dilations, groups }) => ({
	strides,
	padding,
	dilations,
	groups
});
const poolAttrs = ({ window, strides, padding }) => ({
	window,
	strides,
	padding
});
const build = {
	input: (name, shape, dtype) => apply("input", [], {
		name,
		shape,
		dtype
	}),
	constant: (tensor) => apply("constant", [], { tensor }),
	scalar: (value, dtype = "float32") => apply("constant", [], { tensor: Tensor.scalar(value, dtype) }),
	random: (shape, stream, distribution) => apply("random", [], {
		stream,
		distribution,
		shape
	}),
	neg: unary("neg"),
	abs: unary("abs"),
	sign: unary("sign"),
	exp: unary("exp"),
	log: unary("log"),
	sqrt: unary("sqrt"),
	sin: unary("sin"),
	cos: unary("cos"),
	tanh: unary("tanh"),
	erf: unary("erf"),
	sigmoid: unary("sigmoid"),
	softplus: unary("softplus"),
	relu: unary("relu"),
	floor: unary("floor"),
	round: unary("round"),
	not: unary("not"),
	isNan: unary("isNan"),
	stopGradient: unary("stopGradient"),
	add: binary("add"),
	sub: binary("sub"),
	mul: binary("mul"),
	div: binary("div"),
	pow: binary("pow"),
	maximum: binary("maximum"),
	minimum: binary("minimum"),
	mod: binary("mod"),
	equal: binary("equal"),
	greater: binary("greater"),
	greaterEqual: binary("greaterEqual"),
	and: binary("and"),
	or: binary("or"),
	cast: (x, dtype) => apply("cast", [x], { dtype }),
	where: (condition, a, b) => apply("where", [
		condition,
		a,
		b
	], {}),
	reshape: (x, shape) => apply("reshape", [x], { shape }),
	transpose: (x, perm) => apply("transpose", [x], { perm }),
	broadcast: (x, shape) => apply("broadcast", [x], { shape }),
	slice: (x, axis, start, end, step = 1) => apply("slice", [x], {
		axis,
		start,
		end,
		step
	}),
	pad: (x, before, after, value = 0) => apply("pad", [x], {
		before,
		after,
		value
	}),
	concat: (xs, axis) => apply("concat", xs, { axis }),
	reverse: (x, axis) => apply("reverse", [x], { axis }),
	sum: (x, axes, keepDims = false) => apply("sum", [x], {
		axes,
		keepDims
	}),
	max: (x, axes, keepDims = false) => apply("max", [x], {
		axes,
		keepDims
	}),
	argmax: (x, axis) => apply("argmax", [x], { axis }),
	cumsum: (x, axis, exclusive, reverse) => apply("cumsum", [x], {
		axis,
		exclusive,
		reverse
	}),
	sortDescending: (x, axis) => apply("sortDescending", [x], { axis }),
	softmax: (x, axis) => apply("softmax", [x], { axis }),
	logSoftmax: (x, axis) => apply("logSoftmax", [x], { axis }),
	gather: (table, ids) => apply("gather", [table, ids], {}),
	scatterAdd: (ids, updates, rows) => apply("scatterAdd", [ids, updates], { rows }),
	take: (x, ids) => apply("take", [x, ids], {}),
	matmul: (a, b, transposeA = false, transposeB = false) => apply("matmul", [a, b], {
		transposeA,
		transposeB
	}),
	conv: (x, kernel, attrs) => apply("conv", [x, kernel], convAttrs(attrs)),
	convInput: (dy, kernel, attrs, spatial) => apply("convInput", [dy, kernel], {
		...convAttrs(attrs),
		spatial
	}),
	convKernel: (x, dy, attrs, spatial) => apply("convKernel", [x, dy], {
		...convAttrs(attrs),
		spatial
	}),
	maxPool: (x, attrs) => apply("maxPool", [x], poolAttrs(attrs)),
	maxPoolGrad: (x, y, dy, attrs) => apply("maxPoolGrad", [
		x,
		y,
		dy
	], poolAttrs(attrs)),
	sumPool: (x, attrs) => apply("sumPool", [x], poolAttrs(attrs)),
	sumPoolGrad: (dy, attrs, spatial) => apply("sumPoolGrad", [dy], {
		...poolAttrs(attrs),
		spatial
	}),
	allSum: (x) => apply("allSum", [x], {}),
	shaped: (x, shape) => sameDims(x.shape, shape) ? x : apply("reshape", [x], { shape }),
	iota: (n) => apply("constant", [], { tensor: new Tensor(Int32Array.from({ length: n }, (_, i) => i), [n], "int32") })
};
//#endregion
//#region src/core/normal.ts
/**
* Normal random numbers by inversion: Wichura's algorithm AS 241, PPND16 ("The percentage points of the normal
* distribution", Applied Statistics 37, 1988), relative error about 1e-16. It is made of float64 + - * / and sqrt only
* (which IEEE 754 rounds exactly) in the order written here, so every engine gets the same bits: `Math.log`, which the
* tails need, differs between machines and is replaced by {@link logOf}.
*/
/** Standard normal for a 32-bit word: the quantile of (word + 0.5) / 2^32, rounded to float32. */
function normalOf(word) {
	const q = (word + .5) * 2 ** -32 - .5;
	if (q >= -.425 && q <= .425) {
		const r = .180625 - q * q;
		return Math.fround(q * ratio(r, CENTRAL_TOP, CENTRAL_BOTTOM));
	}
	const p = q < 0 ? q + .5 : .5 - q;
	const x = ratio(Math.sqrt(-logOf(p)) - 1.6, TAIL_TOP, TAIL_BOTTOM);
	return Math.fround(q < 0 ? -x : x);
}
const LN2 = .6931471805599453;
/**
* Natural logarithm of 0 < p <= 1: p = m 2^e with m in [0.75, 1.5), then 2 artanh((m - 1) / (m + 1)) as a series of 12
* terms (the rest is below 1e-17), plus e ln 2.
*/
function logOf(p) {
	let m = p;
	let e = 0;
	while (m < .75) {
		m *= 2;
		e--;
	}
	const s = (m - 1) / (m + 1);
	const z = s * s;
	let sum = 0;
	for (let k = 23; k >= 1; k -= 2) sum = sum * z + 1 / k;
	return 2 * s * sum + e * LN2;
}
/** Two polynomials of degree 7 by Horner's rule, divided. Coefficients from the constant term on. */
function ratio(r, top, bottom) {
	let a = top[7];
	let b = bottom[7];
	for (let i = 6; i >= 0; i--) {
		a = a * r + top[i];
		b = b * r + bottom[i];
	}
	return a / b;
}
/** For |q| <= 0.425, in 0.180625 - q². */
const CENTRAL_TOP = [
	3.3871328727963665,
	133.14166789178438,
	1971.5909503065513,
	13731.69376550946,
	45921.95393154987,
	67265.7709270087,
	33430.57558358813,
	2509.0809287301227
];
const CENTRAL_BOTTOM = [
	1,
	42.31333070160091,
	687.1870074920579,
	5394.196021424751,
	21213.794301586597,
	39307.89580009271,
	28729.085735721943,
	5226.495278852854
];
/** In the tails, in √(-log p) - 1.6. */
const TAIL_TOP = [
	1.4234371107496835,
	4.630337846156546,
	5.769497221460691,
	3.6478483247632045,
	1.2704582524523684,
	.2417807251774506,
	.022723844989269184,
	.0007745450142783414
];
const TAIL_BOTTOM = [
	1,
	2.053191626637759,
	1.6763848301838038,
	.6897673349851,
	.14810397642748008,
	.015198666563616457,
	.0005475938084995345,
	1.0507500716444169e-9
];
//#endregion
//#region src/core/philox.ts
/**
* Philox 4x32-10: a counter-based random generator. Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
* 1, 2, 3", SC 2011; constants and test vectors from the authors' Random123. Any block of the stream can be computed
* without the ones before it, so a resumed training needs no replay.
*/
const M0 = 3528531795;
const M1 = 3449720151;
const W0 = 2654435769;
const W1 = 3144134277;
/** High 32 bits of the unsigned product, without BigInt. */
function mulHigh(a, b) {
	const aLow = a & 65535;
	const aHigh = a >>> 16;
	const bLow = b & 65535;
	const bHigh = b >>> 16;
	const middle = aHigh * bLow + (aLow * bLow >>> 16);
	const carry = aLow * bHigh + (middle & 65535);
	return aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536) >>> 0;
}
/** One block: four 32-bit words for a 128-bit counter and a 64-bit key, written to `out`. */
function philox4x32(counter, key, out) {
	let [c0, c1, c2, c3] = counter;
	let [k0, k1] = key;
	for (let round = 0; round < 10; round++) {
		const high0 = mulHigh(M0, c0);
		const low0 = Math.imul(M0, c0) >>> 0;
		const high1 = mulHigh(M1, c2);
		const low1 = Math.imul(M1, c2) >>> 0;
		c0 = (high1 ^ c1 ^ k0) >>> 0;
		c1 = low1;
		c2 = (high0 ^ c3 ^ k1) >>> 0;
		c3 = low0;
		k0 = k0 + W0 >>> 0;
		k1 = k1 + W1 >>> 0;
	}
	out[0] = c0;
	out[1] = c1;
	out[2] = c2;
	out[3] = c3;
}
/** FNV-1a over UTF-16 units: the stable 32-bit name of a random stream. */
function streamOf(...parts) {
	let hash = 2166136261;
	for (const char of parts.join("\0")) hash = Math.imul(hash ^ char.codePointAt(0), 16777619) >>> 0;
	return hash;
}
const block = new Uint32Array(4);
/** The raw words `first … first + out.length` of a stream (element e is word e % 4 of block e / 4). */
function randomWords(from, first, out) {
	const key = [from.seed >>> 0, from.stream >>> 0];
	const low = from.iteration >>> 0;
	const high = Math.floor(from.iteration / 4294967296) >>> 0;
	for (let i = 0; i < out.length;) {
		const element = first + i;
		const index = Math.floor(element / 4);
		philox4x32([
			index >>> 0,
			Math.floor(index / 4294967296) >>> 0,
			low,
			high
		], key, block);
		for (let lane = element % 4; lane < 4 && i < out.length; lane++) out[i++] = block[lane];
	}
}
/** Uniform in [0, 1) with 24 bits: exact in float32, the same on every engine. */
function uniformOf(word) {
	return (word >>> 8) * 2 ** -24;
}
//#endregion
//#region src/engine/variable.ts
const variables = /* @__PURE__ */ new WeakMap();
const released = new FinalizationRegistry((storage) => {
	storage.present.block.free();
	storage.next?.block.free();
});
/**
* A tensor that outlives steps: a weight, an optimizer slot, a counter. It owns its memory, so models and programs can
* share it; the memory goes back when nothing refers to the variable any more.
*/
var Variable = class {
	name;
	path;
	shape;
	dtype;
	trainable;
	regularizer;
	constraint;
	/** The variable's present value as a leaf of graphs. */
	value;
	size;
	#storage;
	/** @throws {ShapeError} when `initial` has another number of elements than the shape */
	constructor(options) {
		this.name = options.name;
		this.path = options.path ?? options.name;
		this.shape = Object.freeze([...options.shape]);
		this.dtype = options.dtype ?? "float32";
		this.trainable = options.trainable ?? true;
		this.regularizer = options.regularizer ?? null;
		this.constraint = options.constraint ?? null;
		this.size = sizeOf(this.shape);
		this.value = makeValue("input", [], {
			name: this.path,
			shape: this.shape,
			dtype: this.dtype
		}, this.shape, this.dtype);
		this.#storage = {
			present: this.#allocate(),
			next: null
		};
		if (options.initial === void 0) this.data.fill(0);
		else if (typeof options.initial === "function") options.initial(this.data);
		else this.write(options.initial);
		variables.set(this.value, this);
		released.register(this, this.#storage);
	}
	get byteLength() {
		return this.size * byteSize(this.dtype);
	}
	/**
	* The present elements themselves, not a copy. Valid until the next program run that updates this variable: a step
	* writes the new value beside the old one and exchanges the two. Not for users.
	*/
	get data() {
		return this.#storage.present.block.view(this.dtype, this.size);
	}
	/** A copy of the present value. */
	read() {
		return new Tensor(this.data.slice(), this.shape, this.dtype);
	}
	/**
	* Sets the value. Numbers are converted to the variable's dtype.
	* @throws {ShapeError} when shape or number of elements differ
	*/
	write(value) {
		const isTensor = "shape" in value && "data" in value;
		const data = isTensor ? value.data : value;
		if (isTensor && (value.shape.length !== this.shape.length || value.shape.some((dim, i) => dim !== this.shape[i])) || data.length !== this.size) throw new ShapeError({
			code: "variable-shape",
			what: `Variable "${this.path}" cannot take this value`,
			received: isTensor ? `shape ${formatShape(value.shape)}` : `${data.length} elements`,
			expected: `shape ${formatShape(this.shape)}`,
			data: { variable: this.path }
		});
		this.data.set(toNumbers(data, this.dtype));
	}
	/** Where the present value lies. Engine only. */
	get present() {
		return this.#storage.present;
	}
	/** Where a program writes the next value; taken from the arena on first use. Engine only. */
	get next() {
		return this.#storage.next ??= this.#allocate();
	}
	/** Makes what was written to {@link next} the present value. Engine only. */
	commit() {
		const { present } = this.#storage;
		this.#storage.present = this.next;
		this.#storage.next = present;
	}
	#allocate() {
		return {
			block: defaultArena().allocate(this.byteLength),
			start: 0,
			dims: this.shape,
			dtype: this.dtype
		};
	}
};
function toNumbers(data, dtype) {
	if (dtype === "bool") return Uint8Array.from(data, (element) => Number(element) === 0 ? 0 : 1);
	return typeof data[0] === "bigint" ? Float64Array.from(data, Number) : data;
}
/** The variable whose present value this leaf is, if it is one. */
function variableOf(value) {
	return variables.get(value);
}
//#endregion
//#region src/core/notice.ts
const said = /* @__PURE__ */ new Set();
/** Writes one line to stderr, the first time only that this `key` comes up in the process. */
function sayOnce(key, line) {
	if (said.has(key)) return;
	said.add(key);
	console.warn(line);
}
//#endregion
export { reducedDims as C, sameDims as D, product as E, outputSize as S, describe as T, shapeAt as _, streamOf as a, isIdentityPerm as b, CENTRAL_TOP as c, TAIL_TOP as d, normalOf as f, dimAt as g, apply as h, randomWords as i, LN2 as l, PRIMITIVES as m, Variable as n, uniformOf as o, build as p, variableOf as r, CENTRAL_BOTTOM as s, sayOnce as t, TAIL_BOTTOM as u, composePerm as v, batchAxisOf as w, convSizes as x, inversePerm as y };
