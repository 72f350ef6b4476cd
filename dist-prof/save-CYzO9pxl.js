import { t as __exportAll } from "./chunk-pbuEa-1d.js";
import { a as ShapeError, n as FormatError, o as StateError, r as OptionError, s as unknownName, t as EngineError } from "./errors-DC-FoqxE.js";
import { i as stridesOf, n as sameShape, r as sizeOf, t as formatShape } from "./shape-Cm7Ckhsa.js";
import { C as reducedDims, a as streamOf, f as normalOf, i as randomWords, n as Variable, o as uniformOf, p as build, t as sayOnce } from "./notice-DqRyolzH.js";
import { a as isInteger, i as isFloat, n as byteSize } from "./dtype-CoZs3mAt.js";
import { t as Tensor } from "./tensor-Do0SkpXK.js";
import { a as nullable, c as optionsToConfig, d as text, f as wrongOption, h as uniqueName, m as snakeCase, n as float, o as oneOf, p as optionToKeras, r as int, s as optionsFromConfig, t as bool, u as resolveOptions } from "./options-BKRopCvu.js";
import { _ as deserializePart, b as serializePart, d as memorySize, g as builtInClasses, h as OptionPart, v as getPart, y as isConfig } from "./vfs-node-5nrdDM0o.js";
import { t as inPlaceWriter } from "./writer-B6_i5ebJ.js";
import { n as weightsFormat, r as encodeModel, t as modelFormat } from "./file-format-MtHwFYvG.js";
//#region src/ops/operand.ts
function isValue(x) {
	return typeof x === "object" && x !== null && "op" in x && "inputs" in x;
}
/** The tensor as a constant: floats as float32, whole numbers as int32, bool as bool. */
function toConstant(tensor) {
	const { dtype } = tensor;
	if (dtype === "float32" || dtype === "int32" || dtype === "bool") return build.constant(tensor);
	if (dtype === "float64" || isInteger(dtype)) return build.constant(tensor.cast(isFloat(dtype) ? "float32" : "int32"));
	throw new ShapeError({
		code: "operands",
		what: "A tensor of this dtype cannot be part of a graph",
		received: dtype,
		expected: "bool, whole numbers, float32 or float64",
		fix: "Cast the tensor first"
	});
}
/** The operand as a value; a plain number has the dtype given. */
function toValue(x, dtype = "float32") {
	if (typeof x === "number") return build.scalar(x, dtype);
	return isValue(x) ? x : toConstant(x);
}
/** `x` in another dtype; itself when it has that already. */
function castTo(x, dtype) {
	return x.dtype === dtype ? x : build.cast(x, dtype);
}
/** The operand as float32. */
function toFloat$1(x) {
	return castTo(toValue(x), "float32");
}
/** The operand as float32 or int32: bool becomes int32. */
function toNumber(x) {
	const value = toValue(x);
	return value.dtype === "bool" ? build.cast(value, "int32") : value;
}
/** The operand as a condition: anything but 0 holds. */
function toBool(x) {
	return castTo(toValue(x, "float32"), "bool");
}
const RANK = [
	"bool",
	"int32",
	"float32"
];
/** The smallest dtype that holds both. A number that is whole takes the dtype of the other side if that is int32. */
function commonDType(a, b) {
	const rank = (x) => {
		if (typeof x === "number") return Number.isInteger(x) ? 1 : 2;
		return RANK.indexOf(isValue(x) ? x.dtype : toConstant(x).dtype);
	};
	if (typeof a === "number" && typeof b === "number") return "float32";
	return RANK[Math.max(rank(a), rank(b))];
}
/** Both operands in the smallest dtype that holds both; bool only when `bools` are welcome. */
function promote(a, b, bools = false) {
	const common = commonDType(a, b);
	const dtype = common === "bool" && !bools ? "int32" : common;
	return [castTo(toValue(a, dtype), dtype), castTo(toValue(b, dtype), dtype)];
}
//#endregion
//#region src/ops/abs.ts
/** |x|; its gradient at 0 is 0. */
function abs(x) {
	return build.abs(toNumber(x));
}
//#endregion
//#region src/ops/add.ts
/** a + b, broadcasting; int32 with float32 gives float32. */
function add(a, b) {
	return build.add(...promote(a, b));
}
//#endregion
//#region src/ops/axes.ts
/** An axis as 0 … rank - 1. */
function axisOf(op, shape, axis, rank = shape.length) {
	const positive = axis < 0 ? axis + rank : axis;
	if (Number.isInteger(positive) && positive >= 0 && positive < rank) return positive;
	throw new ShapeError({
		code: "axis",
		what: `${op} has no axis ${axis} to work on`,
		received: `shape ${formatShape(shape)}`,
		expected: rank === 0 ? "no axis" : `an axis from ${-rank} to ${rank - 1}`,
		data: {
			op,
			axis,
			shape
		}
	});
}
/** The axes of a reduction in ascending order. */
function axesOf(op, x, axes) {
	if (axes === void 0) return x.shape.map((_, axis) => axis);
	return [...new Set((typeof axes === "number" ? [axes] : axes).map((axis) => axisOf(op, x.shape, axis)))].sort((a, b) => a - b);
}
//#endregion
//#region src/ops/any.ts
/** True where one of the elements holds. */
function any(x, { axes, keepDims = false } = {}) {
	const value = castTo(toBool(x), "int32");
	return build.greater(build.max(value, axesOf("any", value, axes), keepDims), build.scalar(0, "int32"));
}
//#endregion
//#region src/ops/all.ts
/** True where all elements hold. */
function all(x, options = {}) {
	return build.not(any(build.not(toBool(x)), options));
}
//#endregion
//#region src/ops/all-sum.ts
/** Sum over the shards of a batch of what each shard has; x itself for one shard, and when all shards have the same. */
function allSum(x) {
	return build.allSum(toNumber(x));
}
//#endregion
//#region src/ops/argmax.ts
/** Index of the first maximum along an axis, which goes, as int32. */
function argmax(x, axis) {
	const value = toNumber(x);
	return build.argmax(value, axisOf("argmax", value.shape, axis));
}
//#endregion
//#region src/ops/neg.ts
/** -x */
function neg(x) {
	return build.neg(toNumber(x));
}
//#endregion
//#region src/ops/argmin.ts
/** Index of the first minimum along an axis, which goes, as int32. */
function argmin(x, axis) {
	return argmax(neg(x), axis);
}
//#endregion
//#region src/ops/spatial.ts
function perAxis(value, rank) {
	return typeof value === "number" ? new Array(rank).fill(value) : value;
}
/** Padding as widths, by TensorFlow's rule for "same": the odd one goes after. */
function paddingOf(padding, spatial, window, strides, dilations) {
	if (typeof padding !== "string") return [...padding];
	return spatial.map((size, i) => {
		const reach = dilations[i] * (window[i] - 1);
		if (padding === "valid") return [0, 0];
		if (padding === "causal") return [reach, 0];
		const total = Math.max(0, (Math.ceil(size / strides[i]) - 1) * strides[i] + reach + 1 - size);
		return [Math.floor(total / 2), Math.ceil(total / 2)];
	});
}
/** (batch, ...spatial, channels) as (batch, channels, ...spatial), when it is that. */
function toChannelsFirst(x, format) {
	if (format === "channels_first") return x;
	const last = x.shape.length - 1;
	return build.transpose(x, [
		0,
		last,
		...x.shape.slice(2).map((_, i) => i + 1)
	]);
}
/** The inverse of {@link toChannelsFirst}. */
function fromChannelsFirst(x, format) {
	if (format === "channels_first") return x;
	return build.transpose(x, [
		0,
		...x.shape.slice(2).map((_, i) => i + 2),
		1
	]);
}
/** @throws {ShapeError} when the operand does not have the spatial axes that the window has */
function checkRank(op, x, rank) {
	if (x.shape.length === rank + 2) return;
	throw new ShapeError({
		code: "rank",
		what: `${op} with ${rank} spatial axes needs an operand of rank ${rank + 2}`,
		received: `shape ${formatShape(x.shape)}`,
		data: {
			op,
			shape: x.shape
		}
	});
}
//#endregion
//#region src/ops/pooling.ts
/** The attributes for an operand with channels first. */
function poolWindows(op, x, { poolSize, strides, padding = "valid" }) {
	const rank = poolSize.length;
	checkRank(op, x, rank);
	const steps = perAxis(strides ?? poolSize, rank);
	const ones = perAxis(1, rank);
	return {
		window: poolSize,
		strides: steps,
		padding: paddingOf(padding, x.shape.slice(2), poolSize, steps, ones)
	};
}
//#endregion
//#region src/ops/average-pool.ts
/** The mean of each window; padding does not count, as in Keras. */
function averagePool(x, options) {
	const { dataFormat = "channels_last" } = options;
	const first = toChannelsFirst(toFloat$1(x), dataFormat);
	const attrs = poolWindows("averagePool", first, options);
	const sums = build.sumPool(first, attrs);
	return fromChannelsFirst(build.div(sums, windowSizes(first.shape.slice(2), sums.shape.slice(2), attrs)), dataFormat);
}
/** Elements of each window that lie inside the operand: one number, or (1, 1, ...sizes) when padding makes them differ. */
function windowSizes(spatial, sizes, attrs) {
	if (attrs.padding.every(([before, after]) => before + after === 0)) return build.scalar(attrs.window.reduce((count, width) => count * width, 1));
	const counts = sizes.reduce((all, size, i) => all.flatMap((count) => Array.from({ length: size }, (_, at) => count * inside(spatial, attrs, i, at))), [1]);
	return build.constant(new Tensor(counts, [
		1,
		1,
		...sizes
	], "float32"));
}
function inside(spatial, { window, strides, padding }, i, at) {
	const start = at * strides[i] - padding[i][0];
	return Math.min(spatial[i], start + window[i]) - Math.max(0, start);
}
//#endregion
//#region src/ops/batch-rows.ts
/** Rows of the whole batch as a float32 scalar, counted in the graph itself. */
function batchRows() {
	return build.allSum(build.sum(build.broadcast(build.scalar(1), [-1]), [0]));
}
//#endregion
//#region src/ops/broadcast-to.ts
/** x repeated to a shape, by NumPy's rules. */
function broadcastTo(x, dims) {
	return build.broadcast(toValue(x), dims);
}
//#endregion
//#region src/ops/cast.ts
/** x in another dtype. Whole numbers are cut towards zero; anything but 0 is true. */
function cast(x, dtype) {
	return castTo(toValue(x), dtype);
}
//#endregion
//#region src/ops/ceil.ts
/** Smallest whole number that is not below x. */
function ceil(x) {
	return build.neg(build.floor(build.neg(toFloat$1(x))));
}
//#endregion
//#region src/ops/maximum.ts
/** The larger of each pair; equal ones share the gradient, as in JAX. */
function maximum(a, b) {
	return build.maximum(...promote(a, b));
}
//#endregion
//#region src/ops/minimum.ts
/** The smaller of each pair; equal ones share the gradient, as in JAX. */
function minimum(a, b) {
	return build.minimum(...promote(a, b));
}
//#endregion
//#region src/ops/clip.ts
/** x, not below `min` and not above `max`. Where x equals a bound half of the gradient passes, as in JAX. */
function clip(x, min, max) {
	return minimum(maximum(x, min), max);
}
//#endregion
//#region src/ops/concatenate.ts
/** Operands one after the other along an axis, in the smallest dtype that holds all. */
function concatenate(xs, axis) {
	const values = xs.map((x) => toValue(x));
	const dtype = values.reduce((a, b) => promote(a, b, true)[0]).dtype;
	const at = axisOf("concatenate", values[0].shape, axis);
	return values.length === 1 ? values[0] : build.concat(values.map((value) => castTo(value, dtype)), at);
}
//#endregion
//#region src/ops/constant.ts
/** A tensor or number as a value; floats become float32, whole numbers of a tensor int32. */
function constant(x) {
	return toValue(x);
}
//#endregion
//#region src/ops/conv.ts
/**
* Convolution (cross-correlation) over any number of spatial axes, in Keras's layouts: x (batch, ...spatial, in) or
* (batch, in, ...spatial), kernel (...window, in / groups, out) in both cases.
*/
function conv(x, kernel, options = {}) {
	const { padding = "valid", groups = 1, dataFormat = "channels_last" } = options;
	const [value, weights] = [toFloat$1(x), toFloat$1(kernel)];
	const rank = weights.shape.length - 2;
	checkRank("conv", value, rank);
	const strides = perAxis(options.strides ?? 1, rank);
	const dilations = perAxis(options.dilations ?? 1, rank);
	const first = toChannelsFirst(value, dataFormat);
	const widths = paddingOf(padding, first.shape.slice(2), weights.shape.slice(0, rank), strides, dilations);
	const inner = build.transpose(weights, [
		rank + 1,
		rank,
		...perAxis(0, rank).map((_, i) => i)
	]);
	return fromChannelsFirst(build.conv(first, inner, {
		strides,
		padding: widths,
		dilations,
		groups
	}), dataFormat);
}
//#endregion
//#region src/ops/conv-transpose.ts
/**
* Transposed convolution: what the gradient of {@link conv} for its operand is. x (batch, ...spatial, in), kernel
* (...window, out, in). Sizes and cropping follow keras.src.backend.common.backend_utils.
*/
function convTranspose(x, kernel, options = {}) {
	const { padding = "valid", outputPadding = null, dataFormat = "channels_last" } = options;
	const [value, weights] = [toFloat$1(x), toFloat$1(kernel)];
	const rank = weights.shape.length - 2;
	checkRank("convTranspose", value, rank);
	const strides = perAxis(options.strides ?? 1, rank);
	const dilations = perAxis(options.dilations ?? 1, rank);
	const first = toChannelsFirst(value, dataFormat);
	const extra = outputPadding === null ? null : perAxis(outputPadding, rank);
	const widths = first.shape.slice(2).map((_, i) => {
		return cropsOf(dilations[i] * (weights.shape[i] - 1) + 1, strides[i], padding, extra === null ? null : extra[i]);
	});
	const sizes = first.shape.slice(2).map((size, i) => {
		return (size - 1) * strides[i] + dilations[i] * (weights.shape[i] - 1) + 1 - widths[i][0] - widths[i][1];
	});
	const inner = build.transpose(weights, [
		rank + 1,
		rank,
		...perAxis(0, rank).map((_, i) => i)
	]);
	const beyond = widths.map(([, after]) => Math.max(0, -after));
	const covered = sizes.map((size, i) => size - beyond[i]);
	const padded = widths.map(([before, after]) => [before, Math.max(0, after)]);
	const spread = build.convInput(first, inner, {
		strides,
		padding: padded,
		dilations,
		groups: 1
	}, covered);
	return fromChannelsFirst(beyond.some((width) => width > 0) ? build.pad(spread, perAxis(0, rank + 2), [
		0,
		0,
		...beyond
	]) : spread, dataFormat);
}
/** How much of the full result is cut off before and after; a negative number adds zeros. `reach`: the dilated kernel. */
function cropsOf(reach, stride, padding, extra) {
	if (padding === "valid") return [0, -(extra ?? Math.max(reach, stride) - reach)];
	const total = extra === null ? stride + reach - 2 : reach + reach % 2 - 2 + extra;
	const left = Math.min(Math.ceil(total / 2), reach - 1);
	return [reach - 1 - left, reach - 1 - (total - left)];
}
//#endregion
//#region src/ops/cos.ts
/** Cosine of radians. */
function cos(x) {
	return build.cos(toFloat$1(x));
}
//#endregion
//#region src/ops/cumsum.ts
/** Running sum along an axis. */
function cumsum(x, axis, { exclusive = false, reverse = false } = {}) {
	const value = toNumber(x);
	return build.cumsum(value, axisOf("cumsum", value.shape, axis), exclusive, reverse);
}
//#endregion
//#region src/ops/divide.ts
/** a / b as float32, also of whole numbers. */
function divide(a, b) {
	return build.div(toFloat$1(a), toFloat$1(b));
}
//#endregion
//#region src/ops/equal.ts
/** a = b, as bool. */
function equal(a, b) {
	return build.equal(...promote(a, b, true));
}
//#endregion
//#region src/ops/erf.ts
/** Error function. */
function erf(x) {
	return build.erf(toFloat$1(x));
}
//#endregion
//#region src/ops/exp.ts
/** e to the power of x. */
function exp(x) {
	return build.exp(toFloat$1(x));
}
//#endregion
//#region src/ops/expand-dims.ts
/** x with a new axis of size 1; a negative axis counts from the end of the result. */
function expandDims(x, axis) {
	const value = toValue(x);
	const at = axisOf("expandDims", value.shape, axis, value.shape.length + 1);
	return build.reshape(value, [
		...value.shape.slice(0, at),
		1,
		...value.shape.slice(at)
	]);
}
//#endregion
//#region src/ops/expm1.ts
/** exp(x) - 1, precise near 0 in float32 too: 2 t / (1 - t) with t = tanh(x / 2) there. */
function expm1(x) {
	const value = toFloat$1(x);
	const one = build.scalar(1);
	const t = build.tanh(build.mul(clip(value, -1, 1), build.scalar(.5)));
	const near = build.div(build.mul(t, build.scalar(2)), build.sub(one, t));
	return build.where(build.greater(one, build.abs(value)), near, build.sub(build.exp(value), one));
}
//#endregion
//#region src/ops/flatten2d.ts
/** (batch, rest): all axes but the first as one. */
function flatten2d(x) {
	const value = toValue(x);
	return build.shaped(value, [value.shape[0] ?? 1, value.shape.slice(1).reduce((size, dim) => size * dim, 1)]);
}
//#endregion
//#region src/ops/floor.ts
/** Largest whole number that is not above x. */
function floor(x) {
	return build.floor(toFloat$1(x));
}
//#endregion
//#region src/ops/floor-divide.ts
/** Largest whole number that is not above a / b; int32 when both are. */
function floorDivide(a, b) {
	const [x, y] = promote(a, b);
	if (x.dtype === "float32") return build.floor(build.div(x, y));
	return build.div(build.sub(x, build.mod(x, y)), y);
}
//#endregion
//#region src/ops/full.ts
/** A value of the shape, filled with a scalar. */
function full(dims, value) {
	return build.broadcast(toValue(value), dims);
}
//#endregion
//#region src/ops/gather.ts
/** Rows of a table: (table (R, ...rest), ids (...i)) -> (...i, ...rest). */
function gather(table, ids) {
	return build.gather(toValue(table), castTo(toValue(ids, "int32"), "int32"));
}
//#endregion
//#region src/ops/greater.ts
/** a > b, as bool. */
function greater(a, b) {
	return build.greater(...promote(a, b));
}
//#endregion
//#region src/ops/greater-equal.ts
/** a >= b, as bool. */
function greaterEqual(a, b) {
	return build.greaterEqual(...promote(a, b));
}
//#endregion
//#region src/ops/input.ts
/** A leaf that is fed from outside. `name` is for people. */
function input(name, dims, dtype = "float32") {
	return build.input(name, dims, dtype);
}
//#endregion
//#region src/ops/iota.ts
/** 0, 1, …, n - 1 as int32. */
function iota(n) {
	return build.iota(n);
}
//#endregion
//#region src/ops/is-nan.ts
/** True where x is not a number. */
function isNan(x) {
	return build.isNan(toFloat$1(x));
}
//#endregion
//#region src/ops/l2-norm.ts
/** Square root of the sum of squares. */
function l2Norm(x, { axes, keepDims = false } = {}) {
	const value = toFloat$1(x);
	return build.sqrt(build.sum(build.mul(value, value), axesOf("l2Norm", value, axes), keepDims));
}
//#endregion
//#region src/ops/less.ts
/** a < b, as bool. */
function less(a, b) {
	return greater(b, a);
}
//#endregion
//#region src/ops/less-equal.ts
/** a <= b, as bool. */
function lessEqual(a, b) {
	return greaterEqual(b, a);
}
//#endregion
//#region src/ops/log.ts
/** Natural logarithm. */
function log(x) {
	return build.log(toFloat$1(x));
}
//#endregion
//#region src/ops/log-softmax.ts
/** log of softmax, without overflow. */
function logSoftmax$1(x, axis = -1) {
	const value = toFloat$1(x);
	return build.logSoftmax(value, axisOf("logSoftmax", value.shape, axis));
}
//#endregion
//#region src/ops/log-sum-exp.ts
/** log of the sum of exp, without overflow. */
function logSumExp(x, { axes, keepDims = false } = {}) {
	const value = toFloat$1(x);
	const over = axesOf("logSumExp", value, axes);
	const largest = build.stopGradient(build.max(value, over, true));
	const infinite = build.equal(build.abs(largest), build.scalar(Number.POSITIVE_INFINITY));
	const shift = build.where(infinite, build.scalar(0), largest);
	const total = build.add(build.log(build.sum(build.exp(build.sub(value, shift)), over, true)), shift);
	return keepDims ? total : build.reshape(total, value.shape.filter((_, axis) => !over.includes(axis)));
}
//#endregion
//#region src/ops/log1p.ts
/** log(1 + x), precise near 0 in float32 too: the rounding error of 1 + x is added back to first order. */
function log1p(x) {
	const value = toFloat$1(x);
	const [one, zero, half] = [
		build.scalar(1),
		build.scalar(0),
		build.scalar(.5)
	];
	const u = build.add(one, value);
	const lost = build.div(build.sub(value, build.sub(u, one)), u);
	const near = build.greater(half, build.abs(value));
	return build.add(build.log(u), build.stopGradient(build.where(near, lost, zero)));
}
//#endregion
//#region src/ops/logical-and.ts
/** True where both hold. */
function logicalAnd(a, b) {
	return build.and(toBool(a), toBool(b));
}
//#endregion
//#region src/ops/logical-not.ts
/** True where the condition does not hold. */
function logicalNot(x) {
	return build.not(toBool(x));
}
//#endregion
//#region src/ops/logical-or.ts
/** True where one of the two holds. */
function logicalOr(a, b) {
	return build.or(toBool(a), toBool(b));
}
//#endregion
//#region src/ops/matmul.ts
/** Matrix product over the last two axes, batched over leading axes, which broadcast. */
function matmul(a, b, { transposeA = false, transposeB = false } = {}) {
	const [x, y] = [toFloat$1(a), toFloat$1(b)];
	if (x.shape.length <= 2 || y.shape.length !== 2 || transposeA) return build.matmul(x, y, transposeA, transposeB);
	const rows = x.shape.slice(0, -1);
	const flat = build.reshape(x, [rows.reduce((size, dim) => size * dim, 1), x.shape.at(-1)]);
	const product = build.matmul(flat, y, false, transposeB);
	return build.reshape(product, [...rows, product.shape[1]]);
}
//#endregion
//#region src/ops/max.ts
/** Largest element; equal ones share the gradient. */
function max(x, { axes, keepDims = false } = {}) {
	const value = toNumber(x);
	return build.max(value, axesOf("max", value, axes), keepDims);
}
//#endregion
//#region src/ops/max-pool.ts
/** The largest element of each window; the first of equals gets the gradient. Padding never wins. */
function maxPool(x, options) {
	const { dataFormat = "channels_last" } = options;
	const first = toChannelsFirst(toFloat$1(x), dataFormat);
	return fromChannelsFirst(build.maxPool(first, poolWindows("maxPool", first, options)), dataFormat);
}
//#endregion
//#region src/ops/mean.ts
/** Mean, as float32. Over the batch axis it is that of the whole batch, whatever the shards. */
function mean(x, { axes, keepDims = false } = {}) {
	const value = toFloat$1(x);
	const over = axesOf("mean", value, axes);
	const average = divided(build.sum(value, over), value, over);
	return keepDims ? build.shaped(average, reducedDims("sum", value, over, true)) : average;
}
function divided(total, value, axes) {
	let count = 1;
	let batch = false;
	for (const axis of axes) {
		count *= Math.abs(value.shape[axis]);
		batch ||= value.shape[axis] < 0;
	}
	if (!batch) return build.div(total, build.scalar(count));
	return build.div(build.allSum(total), build.mul(batchRows(), build.scalar(count)));
}
//#endregion
//#region src/ops/min.ts
/** Smallest element; equal ones share the gradient. */
function min(x, options = {}) {
	return build.neg(max(build.neg(toNumber(x)), options));
}
//#endregion
//#region src/ops/mod.ts
/** Remainder with the sign of b, as Python's %. */
function mod(a, b) {
	return build.mod(...promote(a, b));
}
//#endregion
//#region src/ops/move-axis.ts
/** x with one axis moved to another place; the others keep their order. */
function moveAxis(x, from, to) {
	const value = toValue(x);
	const [i, j] = [axisOf("moveAxis", value.shape, from), axisOf("moveAxis", value.shape, to)];
	const perm = value.shape.map((_, axis) => axis).filter((axis) => axis !== i);
	perm.splice(j, 0, i);
	return build.transpose(value, perm);
}
//#endregion
//#region src/ops/multiply.ts
/** a b, broadcasting. */
function multiply(a, b) {
	return build.mul(...promote(a, b));
}
//#endregion
//#region src/ops/not-equal.ts
/** a ≠ b, as bool. NaN differs from everything. */
function notEqual(a, b) {
	return build.not(equal(a, b));
}
//#endregion
//#region src/ops/one-hot.ts
/** 1 at each id, else 0, as float32, on a new last axis; ids outside 0 … depth - 1 give zeros. */
function oneHot(ids, depth) {
	const value = castTo(toValue(ids, "int32"), "int32");
	return build.cast(build.equal(build.reshape(value, [...value.shape, 1]), build.iota(depth)), "float32");
}
//#endregion
//#region src/ops/ones-like.ts
/** Ones of the shape and dtype of x. */
function onesLike(x) {
	return build.broadcast(build.scalar(1, x.dtype), x.shape);
}
//#endregion
//#region src/ops/pad.ts
/** x with `value` around it: `before` and `after` an entry an axis, 0 for the batch. */
function pad(x, before, after, value = 0) {
	return build.pad(toValue(x), before, after, value);
}
//#endregion
//#region src/ops/square.ts
/** x x */
function square(x) {
	const value = toNumber(x);
	return build.mul(value, value);
}
//#endregion
//#region src/ops/power.ts
/** a to the power of b, as float32. */
function power(a, b) {
	if (b === 1) return toFloat$1(a);
	if (b === 2) return square(toFloat$1(a));
	return build.pow(toFloat$1(a), toFloat$1(b));
}
//#endregion
//#region src/ops/prod.ts
/** Product, multiplied up in halves; right gradients also where factors are 0. Never over the batch axis. */
function prod(x, { axes, keepDims = false } = {}) {
	let value = toNumber(x);
	const over = axesOf("prod", value, axes);
	for (const axis of over) value = productAlong(value, axis);
	return keepDims ? value : build.reshape(value, value.shape.filter((_, axis) => !over.includes(axis)));
}
function productAlong(x, axis) {
	const size = x.shape[axis];
	if (size === 1) return x;
	if (size === 0) return build.broadcast(build.scalar(1, x.dtype), x.shape.map((dim, i) => i === axis ? 1 : dim));
	const half = Math.floor(size / 2);
	const rest = productAlong(build.mul(build.slice(x, axis, 0, half), build.slice(x, axis, half, 2 * half)), axis);
	return size % 2 === 0 ? rest : build.mul(rest, build.slice(x, axis, size - 1, size));
}
//#endregion
//#region src/ops/random.ts
/** Random numbers of a stream: uniform in [0, 1), or of mean 0 and variance 1. Only the first axis can be the batch. */
function random(dims, stream, distribution) {
	return build.random(dims, stream, distribution);
}
//#endregion
//#region src/ops/reciprocal.ts
/** 1 / x */
function reciprocal(x) {
	return build.div(build.scalar(1), toFloat$1(x));
}
//#endregion
//#region src/ops/relu.ts
/** max(x, 0); its gradient at 0 is 0. */
function relu$1(x) {
	return build.relu(toNumber(x));
}
//#endregion
//#region src/ops/repeat.ts
/** Each entry of an axis `times` times in a row (Keras's repeat). */
function repeat(x, times, axis) {
	const value = toValue(x);
	const at = axisOf("repeat", value.shape, axis);
	const [left, right] = [value.shape.slice(0, at + 1), value.shape.slice(at + 1)];
	const wide = build.broadcast(build.reshape(value, [
		...left,
		1,
		...right
	]), [
		...left,
		times,
		...right
	]);
	return build.reshape(wide, value.shape.map((dim, i) => i === at ? dim * times : dim));
}
//#endregion
//#region src/ops/reshape.ts
/** The same elements in another shape. The batch is written as in `x.shape`: -1, or -k for k times its rows. */
function reshape(x, dims) {
	return build.shaped(toValue(x), dims);
}
//#endregion
//#region src/ops/reverse.ts
/** x with the order along an axis reversed. */
function reverse(x, axis) {
	const value = toValue(x);
	return build.reverse(value, axisOf("reverse", value.shape, axis));
}
//#endregion
//#region src/ops/round.ts
/** Nearest whole number, half to even. */
function round(x) {
	return build.round(toFloat$1(x));
}
//#endregion
//#region src/ops/rsqrt.ts
/** 1 / √x */
function rsqrt(x) {
	return build.div(build.scalar(1), build.sqrt(toFloat$1(x)));
}
//#endregion
//#region src/ops/scatter-add.ts
/** (ids (...i), updates (...i, ...rest)) -> (rows, ...rest), equal ids added up. */
function scatterAdd(ids, updates, rows) {
	return build.scatterAdd(castTo(toValue(ids, "int32"), "int32"), toNumber(updates), rows);
}
//#endregion
//#region src/ops/sigmoid.ts
/** 1 / (1 + exp(-x)). */
function sigmoid$1(x) {
	return build.sigmoid(toFloat$1(x));
}
//#endregion
//#region src/ops/sign.ts
/** -1, 0 or 1. */
function sign(x) {
	return build.sign(toNumber(x));
}
//#endregion
//#region src/ops/sin.ts
/** Sine of radians. */
function sin(x) {
	return build.sin(toFloat$1(x));
}
//#endregion
//#region src/ops/slice.ts
/** Elements start, start + step, … below end of one axis; negative bounds count from the end. Never the batch axis. */
function slice(x, axis, start, end, step = 1) {
	const value = toValue(x);
	const at = axisOf("slice", value.shape, axis);
	const size = value.shape[at];
	if (size < 0) return build.slice(value, at, start, end, step);
	const bound = (index) => Math.max(0, Math.min(size, index < 0 ? index + size : index));
	const from = bound(start);
	return build.slice(value, at, from, Math.max(from, bound(end)), step);
}
//#endregion
//#region src/ops/softmax.ts
/** exp(x) divided by its sum along an axis. */
function softmax$1(x, axis = -1) {
	const value = toFloat$1(x);
	return build.softmax(value, axisOf("softmax", value.shape, axis));
}
//#endregion
//#region src/ops/softplus.ts
/** log(1 + exp(x)), without overflow. */
function softplus$1(x) {
	return build.softplus(toFloat$1(x));
}
//#endregion
//#region src/ops/sort-descending.ts
/** Values in descending order along an axis. No gradient flows through it. */
function sortDescending(x, axis = -1) {
	const value = toNumber(x);
	return build.sortDescending(value, axisOf("sortDescending", value.shape, axis));
}
//#endregion
//#region src/ops/split.ts
/** Equal parts of x along an axis. @throws {ShapeError} when the axis cannot be divided so */
function split(x, parts, axis) {
	const value = toValue(x);
	const at = axisOf("split", value.shape, axis);
	const size = value.shape[at] / parts;
	if (!Number.isInteger(size) || size < 0) throw new ShapeError({
		code: "split",
		what: `split cannot divide axis ${axis} into ${parts} equal parts`,
		received: value.shape[at] < 0 ? "the batch axis" : `${value.shape[at]} entries`,
		data: {
			axis,
			parts
		}
	});
	return Array.from({ length: parts }, (_, i) => build.slice(value, at, i * size, (i + 1) * size));
}
//#endregion
//#region src/ops/sqrt.ts
/** Square root. */
function sqrt(x) {
	return build.sqrt(toFloat$1(x));
}
//#endregion
//#region src/ops/squeeze.ts
/** x without an axis of size 1. */
function squeeze(x, axis) {
	const value = toValue(x);
	const at = axisOf("squeeze", value.shape, axis);
	if (value.shape[at] !== 1) throw new ShapeError({
		code: "squeeze",
		what: `squeeze cannot remove axis ${axis}`,
		received: `shape ${formatShape(value.shape)}`,
		expected: "an axis of size 1"
	});
	return build.reshape(value, value.shape.filter((_, i) => i !== at));
}
//#endregion
//#region src/ops/stack.ts
/** Operands of one shape as entries of a new axis. */
function stack$1(xs, axis) {
	return concatenate(xs.map((x) => expandDims(x, axis)), axis);
}
//#endregion
//#region src/ops/stop-gradient.ts
/** x, and no gradient flows back. */
function stopGradient(x) {
	return build.stopGradient(toValue(x));
}
//#endregion
//#region src/ops/subtract.ts
/** a - b, broadcasting. */
function subtract(a, b) {
	return build.sub(...promote(a, b));
}
//#endregion
//#region src/ops/sum.ts
/** Sum. Over the batch axis it is the sum of this shard's rows: `allSum` of it is that of the whole batch. */
function sum(x, { axes, keepDims = false } = {}) {
	const value = toNumber(x);
	return build.sum(value, axesOf("sum", value, axes), keepDims);
}
//#endregion
//#region src/ops/swap-axes.ts
/** x with two axes exchanged. */
function swapAxes(x, a, b) {
	const value = toValue(x);
	const [i, j] = [axisOf("swapAxes", value.shape, a), axisOf("swapAxes", value.shape, b)];
	return build.transpose(value, value.shape.map((_, axis) => axis === i ? j : axis === j ? i : axis));
}
//#endregion
//#region src/ops/take.ts
/** The element of each last axis that its id names: (x (...i, C), ids (...i)) -> (...i). */
function take(x, ids) {
	return build.take(toValue(x), castTo(toValue(ids, "int32"), "int32"));
}
//#endregion
//#region src/ops/tanh.ts
/** Hyperbolic tangent. */
function tanh$1(x) {
	return build.tanh(toFloat$1(x));
}
//#endregion
//#region src/ops/tile.ts
/** An axis `times` times one after the other. Not the batch axis, whose rows would no longer be contiguous. */
function tile(x, times, axis) {
	const value = toValue(x);
	const at = axisOf("tile", value.shape, axis);
	const [left, right] = [value.shape.slice(0, at), value.shape.slice(at)];
	const wide = build.broadcast(build.reshape(value, [
		...left,
		1,
		...right
	]), [
		...left,
		times,
		...right
	]);
	return build.reshape(wide, value.shape.map((dim, i) => i === at ? dim * times : dim));
}
//#endregion
//#region src/ops/transpose.ts
/** Axis i of the result is axis perm[i] of x; without perm the axes are reversed. */
function transpose(x, perm) {
	const value = toValue(x);
	return build.transpose(value, perm ?? value.shape.map((_, i) => value.shape.length - 1 - i));
}
//#endregion
//#region src/ops/variance.ts
/** Variance (divided by the number of elements), in two passes. Over the batch axis it is that of the whole batch. */
function variance(x, options = {}) {
	const value = toFloat$1(x);
	return mean(square(subtract(value, mean(value, {
		...options,
		keepDims: true
	}))), options);
}
//#endregion
//#region src/ops/where.ts
/** a where the condition holds, else b; broadcasting. */
function where(condition, a, b) {
	return build.where(toBool(condition), ...promote(a, b, true));
}
//#endregion
//#region src/ops/zeros-like.ts
/** Zeros of the shape and dtype of x. */
function zerosLike(x) {
	return build.broadcast(build.scalar(0, x.dtype), x.shape);
}
//#endregion
//#region src/ops/index.ts
var ops_exports = /* @__PURE__ */ __exportAll({
	abs: () => abs,
	add: () => add,
	all: () => all,
	allSum: () => allSum,
	any: () => any,
	argmax: () => argmax,
	argmin: () => argmin,
	averagePool: () => averagePool,
	batchRows: () => batchRows,
	broadcastTo: () => broadcastTo,
	cast: () => cast,
	ceil: () => ceil,
	clip: () => clip,
	concatenate: () => concatenate,
	constant: () => constant,
	conv: () => conv,
	convTranspose: () => convTranspose,
	cos: () => cos,
	cumsum: () => cumsum,
	divide: () => divide,
	equal: () => equal,
	erf: () => erf,
	exp: () => exp,
	expandDims: () => expandDims,
	expm1: () => expm1,
	flatten2d: () => flatten2d,
	floor: () => floor,
	floorDivide: () => floorDivide,
	full: () => full,
	gather: () => gather,
	greater: () => greater,
	greaterEqual: () => greaterEqual,
	input: () => input,
	iota: () => iota,
	isNan: () => isNan,
	l2Norm: () => l2Norm,
	less: () => less,
	lessEqual: () => lessEqual,
	log: () => log,
	log1p: () => log1p,
	logSoftmax: () => logSoftmax$1,
	logSumExp: () => logSumExp,
	logicalAnd: () => logicalAnd,
	logicalNot: () => logicalNot,
	logicalOr: () => logicalOr,
	matmul: () => matmul,
	max: () => max,
	maxPool: () => maxPool,
	maximum: () => maximum,
	mean: () => mean,
	min: () => min,
	minimum: () => minimum,
	mod: () => mod,
	moveAxis: () => moveAxis,
	multiply: () => multiply,
	neg: () => neg,
	notEqual: () => notEqual,
	oneHot: () => oneHot,
	onesLike: () => onesLike,
	pad: () => pad,
	power: () => power,
	prod: () => prod,
	random: () => random,
	reciprocal: () => reciprocal,
	relu: () => relu$1,
	repeat: () => repeat,
	reshape: () => reshape,
	reverse: () => reverse,
	round: () => round,
	rsqrt: () => rsqrt,
	scatterAdd: () => scatterAdd,
	sigmoid: () => sigmoid$1,
	sign: () => sign,
	sin: () => sin,
	slice: () => slice,
	softmax: () => softmax$1,
	softplus: () => softplus$1,
	sortDescending: () => sortDescending,
	split: () => split,
	sqrt: () => sqrt,
	square: () => square,
	squeeze: () => squeeze,
	stack: () => stack$1,
	stopGradient: () => stopGradient,
	subtract: () => subtract,
	sum: () => sum,
	swapAxes: () => swapAxes,
	take: () => take,
	tanh: () => tanh$1,
	tile: () => tile,
	transpose: () => transpose,
	variance: () => variance,
	where: () => where,
	zerosLike: () => zerosLike
});
//#endregion
//#region src/activations/celu.ts
/** max(x, 0) + min(0, alpha (exp(x / alpha) - 1)). Barron 2017, arXiv:1704.07483. */
function celu(x, { alpha = 1 } = {}) {
	return add(maximum(x, 0), multiply(expm1(divide(minimum(x, 0), alpha)), alpha));
}
//#endregion
//#region src/activations/elu.ts
/** x above 0, alpha (exp(x) - 1) below. Clevert et al. 2016, arXiv:1511.07289. */
function elu(x, { alpha = 1 } = {}) {
	return where(greater(x, 0), x, multiply(expm1(minimum(x, 0)), alpha));
}
//#endregion
//#region src/activations/exponential.ts
/** exp(x). */
function exponential(x) {
	return exp(x);
}
//#endregion
//#region src/activations/gelu.ts
/** x Phi(x), exactly or by the tanh formula. Hendrycks and Gimpel 2016, arXiv:1606.08415. */
function gelu(x, { approximate = false } = {}) {
	if (approximate) {
		const inner = multiply(add(x, multiply(power(x, 3), .044715)), Math.sqrt(2 / Math.PI));
		return multiply(multiply(x, .5), add(tanh$1(inner), 1));
	}
	return multiply(multiply(x, .5), add(erf(multiply(x, Math.SQRT1_2)), 1));
}
//#endregion
//#region src/activations/glu.ts
/**
* a sigmoid(b), where a and b are the halves of x along the axis. Dauphin et al. 2017, arXiv:1612.08083.
* @throws {ShapeError} when the axis has an odd size
*/
function glu(x, { axis = -1 } = {}) {
	const at = axis < 0 ? axis + x.shape.length : axis;
	const size = x.shape[at] ?? 0;
	if (size <= 0 || size % 2 !== 0) throw new ShapeError({
		code: "glu-axis",
		what: "glu needs an axis of even size",
		received: `shape ${formatShape(x.shape)}, axis ${axis}`
	});
	return multiply(slice(x, at, 0, size / 2), sigmoid$1(slice(x, at, size / 2, size)));
}
//#endregion
//#region src/activations/hard-shrink.ts
/** x where |x| > threshold, 0 elsewhere. */
function hardShrink(x, { threshold = .5 } = {}) {
	return where(greater(abs(x), threshold), x, 0);
}
//#endregion
//#region src/activations/hard-sigmoid.ts
/** relu6(x + 3) / 6. */
function hardSigmoid(x) {
	return divide(clip(add(x, 3), 0, 6), 6);
}
//#endregion
//#region src/activations/hard-silu.ts
/** x hard_sigmoid(x), also called hard swish. Howard et al. 2019, arXiv:1905.02244. */
function hardSilu(x) {
	return multiply(x, hardSigmoid(x));
}
//#endregion
//#region src/activations/hard-tanh.ts
/** x clipped to [-1, 1]. */
function hardTanh(x) {
	return clip(x, -1, 1);
}
//#endregion
//#region src/activations/leaky-relu.ts
/** x from 0 upwards, negative_slope x below. */
function leakyRelu(x, { negativeSlope = .2 } = {}) {
	return where(greaterEqual(x, 0), x, multiply(x, negativeSlope));
}
//#endregion
//#region src/activations/linear.ts
/** x itself. */
function linear(x) {
	return x;
}
//#endregion
//#region src/activations/log-sigmoid.ts
/** log(sigmoid(x)). */
function logSigmoid(x) {
	return neg(softplus$1(neg(x)));
}
//#endregion
//#region src/activations/log-softmax.ts
/** log(softmax(x)) along an axis. */
function logSoftmax(x, { axis = -1 } = {}) {
	return logSoftmax$1(x, axis);
}
//#endregion
//#region src/activations/mish.ts
/** x tanh(softplus(x)). Misra 2019, arXiv:1908.08681. */
function mish(x) {
	return multiply(x, tanh$1(softplus$1(x)));
}
//#endregion
//#region src/activations/relu.ts
/** max(x, 0); with options: bounded above, with another threshold, with a slope below it. */
function relu(x, { negativeSlope = 0, maxValue = null, threshold = 0 } = {}) {
	if (negativeSlope !== 0 && maxValue === null && threshold === 0) return leakyRelu(x, { negativeSlope });
	let y = threshold === 0 ? relu$1(x) : where(greater(x, threshold), x, 0);
	if (maxValue !== null) y = threshold === 0 ? minimum(y, maxValue) : clip(y, 0, maxValue);
	if (negativeSlope === 0) return y;
	return subtract(y, multiply(relu$1(add(neg(x), threshold)), negativeSlope));
}
//#endregion
//#region src/activations/relu6.ts
/** min(max(x, 0), 6). */
function relu6(x) {
	return minimum(relu$1(x), 6);
}
//#endregion
//#region src/activations/selu.ts
const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;
/** scale elu(x, alpha), with the constants that keep mean 0 and variance 1. Klambauer et al. 2017, arXiv:1706.02515. */
function selu(x) {
	return multiply(elu(x, { alpha: ALPHA }), SCALE);
}
//#endregion
//#region src/activations/sigmoid.ts
/** 1 / (1 + exp(-x)). */
function sigmoid(x) {
	return sigmoid$1(x);
}
//#endregion
//#region src/activations/silu.ts
/** x sigmoid(x), also called swish. Ramachandran et al. 2017, arXiv:1710.05941. */
function silu(x) {
	return multiply(x, sigmoid$1(x));
}
//#endregion
//#region src/activations/soft-shrink.ts
/** x moved towards 0 by the threshold, 0 within it. */
function softShrink(x, { threshold = .5 } = {}) {
	const above = where(greater(x, threshold), subtract(x, threshold), 0);
	return where(less(x, -threshold), add(x, threshold), above);
}
//#endregion
//#region src/activations/softmax.ts
/** exp(x) / sum(exp(x)) along an axis. */
function softmax(x, { axis = -1 } = {}) {
	return softmax$1(x, axis);
}
//#endregion
//#region src/activations/softplus.ts
/** log(1 + exp(x)). */
function softplus(x) {
	return softplus$1(x);
}
//#endregion
//#region src/activations/softsign.ts
/** x / (1 + |x|). */
function softsign(x) {
	return divide(x, add(abs(x), 1));
}
//#endregion
//#region src/activations/sparse-plus.ts
/** 0 up to -1, x from 1 on, (x + 1)² / 4 between. */
function sparsePlus(x) {
	const between = divide(square(add(clip(x, -1, 1), 1)), 4);
	return where(greaterEqual(x, 1), x, between);
}
//#endregion
//#region src/activations/sparse-sigmoid.ts
/** 0 up to -1, 1 from 1 on, (x + 1) / 2 between. */
function sparseSigmoid(x) {
	return multiply(clip(add(x, 1), 0, 2), .5);
}
//#endregion
//#region src/activations/sparsemax.ts
const LAST$1 = {
	axes: [-1],
	keepDims: true
};
/**
* Keras's sparsemax along an axis: max(x - tau, 0), where tau = (sum of the cumulative sums of the support - 1) / size of
* the support. Of Martins and Astudillo 2016 (arXiv:1602.02068) it differs when the support has several elements: there
* the last cumulative sum alone is meant. Every backend of Keras computes it so, and models must predict the same here.
*
* Needs memory for the square of the axis's size.
* @throws {ShapeError} along the batch axis
*/
function sparsemax(x, { axis = -1 } = {}) {
	const size = x.shape.at(axis);
	if (size === void 0 || size < 0) throw new ShapeError({
		code: "sparsemax-axis",
		what: "sparsemax needs an axis of known size",
		received: `shape ${formatShape(x.shape)}, axis ${axis}`
	});
	const moved = moveAxis(x, axis, -1);
	const fixed = stopGradient(moved);
	const sorted = sortDescending(fixed, -1);
	const sums = cumsum(sorted, -1);
	const ranks = new Tensor(Array.from({ length: size }, (_, i) => i + 1));
	const support = cast(greater(sorted, divide(subtract(sums, 1), constant(ranks))), "float32");
	const count = sum(support, LAST$1);
	const tau = divide(subtract(sum(multiply(sums, support), LAST$1), 1), count);
	const slope = divide(sum(multiply(moved, sum(multiply(cast(lessEqual(expandDims(sorted, -2), expandDims(fixed, -1)), "float32"), expandDims(support, -2)), { axes: [-1] })), LAST$1), count);
	return moveAxis(maximum(subtract(moved, add(tau, subtract(slope, stopGradient(slope)))), 0), -1, axis);
}
//#endregion
//#region src/activations/squareplus.ts
/** (x + sqrt(x² + b)) / 2. Barron 2021, arXiv:2112.11687. */
function squareplus(x, { b = 4 } = {}) {
	return multiply(add(x, sqrt(add(square(x), b))), .5);
}
//#endregion
//#region src/activations/tanh.ts
/** (exp(x) - exp(-x)) / (exp(x) + exp(-x)). */
function tanh(x) {
	return tanh$1(x);
}
//#endregion
//#region src/activations/tanh-shrink.ts
/** x - tanh(x). */
function tanhShrink(x) {
	return subtract(x, tanh$1(x));
}
//#endregion
//#region src/activations/threshold.ts
/**
* x above the threshold, `defaultValue` elsewhere.
* @throws {OptionError} without options: there are no defaults, so the bare name is no activation
*/
function threshold(x, options) {
	if (options === void 0) throw new OptionError({
		code: "threshold-options",
		what: "The activation \"threshold\" has no defaults",
		fix: "Pass a function: (x) => activations.threshold(x, { threshold, defaultValue })"
	});
	return where(greater(x, options.threshold), x, options.defaultValue);
}
//#endregion
//#region src/activations/get.ts
const builtIn$1 = new Map(Object.entries(/* @__PURE__ */ __exportAll({
	celu: () => celu,
	elu: () => elu,
	exponential: () => exponential,
	gelu: () => gelu,
	glu: () => glu,
	hard_shrink: () => hardShrink,
	hard_sigmoid: () => hardSigmoid,
	hard_silu: () => hardSilu,
	hard_swish: () => hardSilu,
	hard_tanh: () => hardTanh,
	leaky_relu: () => leakyRelu,
	linear: () => linear,
	log_sigmoid: () => logSigmoid,
	log_softmax: () => logSoftmax,
	mish: () => mish,
	relu: () => relu,
	relu6: () => relu6,
	selu: () => selu,
	sigmoid: () => sigmoid,
	silu: () => silu,
	soft_shrink: () => softShrink,
	softmax: () => softmax,
	softplus: () => softplus,
	softsign: () => softsign,
	sparse_plus: () => sparsePlus,
	sparse_sigmoid: () => sparseSigmoid,
	sparsemax: () => sparsemax,
	squareplus: () => squareplus,
	swish: () => silu,
	tanh: () => tanh,
	tanh_shrink: () => tanhShrink,
	threshold: () => threshold
})));
/** Canonical name of each function; an alias (`swish`) is written as Keras does (`silu`). */
const names = /* @__PURE__ */ new Map();
for (const [name, activation] of builtIn$1) if (!isAlias(name)) names.set(activation, name);
const registered$8 = /* @__PURE__ */ new Map();
const registeredNames = /* @__PURE__ */ new Map();
/**
* The function that an identifier names.
* @param where for messages, e.g. "Dense.activation"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
function get$6(identifier, where = "activation") {
	if (identifier === null) return linear;
	if (typeof identifier === "function") return identifier;
	if (typeof identifier === "string") {
		const activation = builtIn$1.get(identifier) ?? registered$8.get(bareName$1(identifier));
		if (activation === void 0) throw unknownName(where, identifier, [...builtIn$1.keys(), ...registered$8.keys()]);
		return activation;
	}
	return fromConfig(identifier, where);
}
/**
* The name that files have for an activation: Keras's own, or `Custom>name` for a registered one.
* @throws {OptionError} for a function that nobody registered
*/
function serialize$8(activation) {
	const name = names.get(activation) ?? registeredNames.get(activation);
	if (name === void 0) throw new OptionError({
		code: "unregistered-function",
		what: `The activation function ${activation.name || "without a name"} is not registered, so no file can name it`,
		fix: "Register it first: activations.register(\"my_activation\", myActivation)"
	});
	return name;
}
/** The function that a file's name (or Keras's dictionary for a function) stands for. */
function deserialize$8(json, where = "activation") {
	return get$6(json, where);
}
/** Makes a function of your own known by a name, so that files can name it. */
function register$7(name, activation, packageName = "Custom") {
	const present = builtIn$1.get(name) ?? registered$8.get(name);
	if (present !== void 0 && present !== activation) throw new OptionError({
		code: "activation-registered",
		what: `Another activation is called "${name}"`,
		fix: "Give yours another name"
	});
	registered$8.set(name, activation);
	registeredNames.set(activation, `${packageName}>${name}`);
	return activation;
}
/** Keras writes functions as { class_name: "function", config: name } and layers as activations by their class. */
function fromConfig(json, where) {
	if (isConfig(json)) {
		const { class_name: className, config, registered_name: registeredName } = json;
		if (className === "function" && typeof config === "string") return get$6(typeof registeredName === "string" && registered$8.has(bareName$1(registeredName)) ? registeredName : config, where);
	}
	throw new OptionError({
		code: "wrong-option",
		what: `${where} must be a name of an activation, a function or null`,
		received: JSON.stringify(json) ?? typeof json
	});
}
function bareName$1(name) {
	return name.slice(name.indexOf(">") + 1);
}
function isAlias(name) {
	return name === "swish" || name === "hard_swish";
}
//#endregion
//#region src/activations/index.ts
var activations_exports = /* @__PURE__ */ __exportAll({
	celu: () => celu,
	deserialize: () => deserialize$8,
	elu: () => elu,
	exponential: () => exponential,
	gelu: () => gelu,
	get: () => get$6,
	glu: () => glu,
	hard_shrink: () => hardShrink,
	hard_sigmoid: () => hardSigmoid,
	hard_silu: () => hardSilu,
	hard_swish: () => hardSilu,
	hard_tanh: () => hardTanh,
	leaky_relu: () => leakyRelu,
	linear: () => linear,
	log_sigmoid: () => logSigmoid,
	log_softmax: () => logSoftmax,
	mish: () => mish,
	register: () => register$7,
	relu: () => relu,
	relu6: () => relu6,
	selu: () => selu,
	serialize: () => serialize$8,
	sigmoid: () => sigmoid,
	silu: () => silu,
	soft_shrink: () => softShrink,
	softmax: () => softmax,
	softplus: () => softplus,
	softsign: () => softsign,
	sparse_plus: () => sparsePlus,
	sparse_sigmoid: () => sparseSigmoid,
	sparsemax: () => sparsemax,
	squareplus: () => squareplus,
	swish: () => silu,
	tanh: () => tanh,
	tanh_shrink: () => tanhShrink,
	threshold: () => threshold
});
//#endregion
//#region src/constraints/constraint.ts
/** A projection applied to a weight after each update. Own ones: subclass, and register the class to save it. */
var Constraint = class extends OptionPart {};
//#endregion
//#region src/constraints/norms.ts
/** Keras's `backend.epsilon()`. */
const EPSILON$1 = 1e-7;
/** The axis option of the norm constraints: one axis or several, negative ones count from the end. Default 0. */
const axisField$1 = {
	default: 0,
	parse(value, where) {
		const list = Array.isArray(value) ? value : [value];
		if (list.length === 0 || !list.every((axis) => Number.isInteger(axis))) throw wrongOption(where, "an axis or a list of axes", value);
		return value;
	}
};
/** L2 norms along the axes, which stay with size 1. */
function norms(weight, axis) {
	return sqrt(sum(square(weight), {
		axes: typeof axis === "number" ? [axis] : axis,
		keepDims: true
	}));
}
//#endregion
//#region src/constraints/max-norm.ts
/** Scales down every weight vector that is longer than `maxValue`. */
var MaxNorm = class MaxNorm extends Constraint {
	static className = "MaxNorm";
	static fields = {
		maxValue: float({ min: 0 }, { default: 2 }),
		axis: axisField$1
	};
	constructor(options) {
		super(MaxNorm.fields, resolveOptions("MaxNorm", MaxNorm.fields, options));
	}
	apply(weight) {
		const norm = norms(weight, this.options.axis);
		return multiply(weight, divide(clip(norm, 0, this.options.maxValue), add(norm, EPSILON$1)));
	}
};
//#endregion
//#region src/constraints/min-max-norm.ts
/** Keeps the norm of every weight vector between two values. */
var MinMaxNorm = class MinMaxNorm extends Constraint {
	static className = "MinMaxNorm";
	static fields = {
		minValue: float({ min: 0 }, { default: 0 }),
		maxValue: float({ min: 0 }, { default: 1 }),
		rate: float({}, { default: 1 }),
		axis: axisField$1
	};
	constructor(options) {
		super(MinMaxNorm.fields, resolveOptions("MinMaxNorm", MinMaxNorm.fields, options));
	}
	apply(weight) {
		const { minValue, maxValue, rate, axis } = this.options;
		const norm = norms(weight, axis);
		return multiply(weight, divide(add(multiply(clip(norm, minValue, maxValue), rate), multiply(norm, 1 - rate)), add(norm, EPSILON$1)));
	}
};
//#endregion
//#region src/constraints/non-neg.ts
/** Sets negative weights to 0. */
var NonNeg = class NonNeg extends Constraint {
	static className = "NonNeg";
	static fields = {};
	constructor(options) {
		super(NonNeg.fields, resolveOptions("NonNeg", NonNeg.fields, options));
	}
	apply(weight) {
		return maximum(weight, 0);
	}
};
//#endregion
//#region src/constraints/unit-norm.ts
/** Scales every weight vector to length 1. */
var UnitNorm = class UnitNorm extends Constraint {
	static className = "UnitNorm";
	static fields = { axis: axisField$1 };
	constructor(options) {
		super(UnitNorm.fields, resolveOptions("UnitNorm", UnitNorm.fields, options));
	}
	apply(weight) {
		return divide(weight, add(norms(weight, this.options.axis), EPSILON$1));
	}
};
//#endregion
//#region src/constraints/catalogue.ts
var catalogue_exports$6 = /* @__PURE__ */ __exportAll({
	MaxNorm: () => MaxNorm,
	MinMaxNorm: () => MinMaxNorm,
	NonNeg: () => NonNeg,
	UnitNorm: () => UnitNorm
});
//#endregion
//#region src/core/registry.ts
/**
* Classes of users by the name that files have for them. Only what is registered here (or built in) is ever made from a
* file; nothing is imported by name.
*/
var Registry = class {
	#classes = /* @__PURE__ */ new Map();
	#kind;
	/** @param kind what the classes are, for messages, e.g. "layer" */
	constructor(kind) {
		this.#kind = kind;
	}
	/**
	* Makes the class known. Keras calls it `package>ClassName` in files; both that and the bare name find it.
	* @throws {OptionError} when another class has the name already
	*/
	register(cls, packageName = "Custom") {
		const { className } = cls;
		if (!className || !Object.hasOwn(cls, "className")) throw new OptionError({
			code: "class-name",
			what: `A ${this.#kind} class needs its own static className to be registered`,
			received: cls.name || "an anonymous class",
			fix: "Add `static readonly className = \"...\"` to the class"
		});
		for (const name of [className, `${packageName}>${className}`]) {
			const present = this.#classes.get(name);
			if (present !== void 0 && present !== cls) throw new OptionError({
				code: "class-registered",
				what: `Another ${this.#kind} class is registered as "${name}"`,
				fix: "Give one of the two another className"
			});
			this.#classes.set(name, cls);
		}
		return cls;
	}
	/** The class of that name, with or without its package; undefined when nobody registered it. */
	find(name) {
		return this.#classes.get(name);
	}
	/** `package>ClassName` of a registered class, as files have it; null for others. */
	registeredName(cls) {
		for (const [name, present] of this.#classes) if (present === cls && name.includes(">")) return name;
		return null;
	}
	names() {
		return [...this.#classes.keys()].filter((name) => !name.includes(">"));
	}
};
//#endregion
//#region src/constraints/get.ts
const registered$7 = new Registry("constraint");
const kind$6 = {
	kind: "constraint",
	module: "keras.constraints",
	builtIn: builtInClasses(Constraint, catalogue_exports$6),
	registered: registered$7
};
/**
* The constraint that an identifier names.
* @param where for messages, e.g. "Dense.kernelConstraint"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
function get$5(identifier, where = "constraint") {
	return getPart(kind$6, Constraint, identifier, where);
}
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
function serialize$7(constraint) {
	return serializePart(kind$6, constraint);
}
/** The constraint that Keras's dictionary describes. */
function deserialize$7(json, where = "constraint") {
	return deserializePart(kind$6, json, where);
}
/** Makes a class of your own known by its `className`, so that files can name it. */
function register$6(cls, packageName) {
	return registered$7.register(cls, packageName);
}
//#endregion
//#region src/constraints/index.ts
var constraints_exports = /* @__PURE__ */ __exportAll({
	Constraint: () => Constraint,
	MaxNorm: () => MaxNorm,
	MinMaxNorm: () => MinMaxNorm,
	NonNeg: () => NonNeg,
	UnitNorm: () => UnitNorm,
	deserialize: () => deserialize$7,
	get: () => get$5,
	register: () => register$6,
	serialize: () => serialize$7
});
//#endregion
//#region src/initializers/initializer.ts
/** Makes the first values of a weight. Own ones: subclass, and register the class to save it. */
var Initializer = class extends OptionPart {};
/** An initializer that makes its elements where the weight lies: large weights need no second copy. */
var FillingInitializer = class extends Initializer {
	initialize(shape, seed) {
		const out = new Float32Array(sizeOf(shape));
		this.fill(out, shape, seed);
		return out;
	}
};
//#endregion
//#region src/initializers/constant.ts
const valueField = {
	default: 0,
	parse(value, where) {
		if (!isNested(value)) throw wrongOption(where, "a number or nested arrays of numbers", value);
		return value;
	},
	fromConfig(json, where) {
		const config = isConfig(json) ? json["config"] : void 0;
		return valueField.parse(isConfig(config) ? config["value"] : json, where);
	},
	toConfig(value) {
		if (typeof value === "number") return value;
		return {
			class_name: "__numpy__",
			config: {
				value,
				dtype: "float32"
			}
		};
	}
};
/** The same value everywhere, or given values. */
var Constant = class Constant extends Initializer {
	static className = "Constant";
	static fields = { value: valueField };
	constructor(options) {
		super(Constant.fields, resolveOptions("Constant", Constant.fields, options));
	}
	/** @throws {ShapeError} when the given values do not broadcast to the shape */
	initialize(shape, _seed) {
		const { value } = this.options;
		if (typeof value === "number") return new Float32Array(sizeOf(shape)).fill(value);
		return broadcast(Tensor.from(value), shape);
	}
};
function broadcast(from, shape) {
	const lead = shape.length - from.shape.length;
	if (!(lead >= 0 && from.shape.every((dim, i) => dim === 1 || dim === shape[lead + i]))) throw new ShapeError({
		code: "constant-shape",
		what: "The values of Constant do not fit the weight",
		received: `values of shape ${formatShape(from.shape)}`,
		expected: `shape ${formatShape(shape)}, or one that broadcasts to it`
	});
	const strides = stridesOf(from.shape).map((stride, i) => from.shape[i] === 1 ? 0 : stride);
	const out = new Float32Array(sizeOf(shape));
	const steps = stridesOf(shape);
	for (let element = 0; element < out.length; element++) {
		let source = 0;
		for (const [axis, stride] of strides.entries()) source += Math.floor(element / steps[lead + axis]) % shape[lead + axis] * stride;
		out[element] = from.data[source];
	}
	return out;
}
function isNested(value) {
	return typeof value === "number" || Array.isArray(value) && value.every(isNested);
}
//#endregion
//#region src/core/draw.ts
/** Words drawn at a time. */
const PIECE = 16384;
/**
* Fills an array, however long, with numbers made of a stream's words: element `e` of word `e`. Only a piece of the
* words is in memory at a time.
*/
function fillFromWords(out, from, numberOf) {
	const words = new Uint32Array(Math.min(PIECE, out.length));
	for (let first = 0; first < out.length; first += PIECE) {
		const piece = words.subarray(0, Math.min(PIECE, out.length - first));
		randomWords(from, first, piece);
		for (let i = 0; i < piece.length; i++) out[first + i] = numberOf(piece[i]);
	}
	return out;
}
//#endregion
//#region src/initializers/draw.ts
const STREAM = streamOf("initializer");
/** Probability below -2 standard deviations. */
const TAIL = .022750131948179195;
/** Makes elements of uniform numbers in [0, 1). */
function uniforms(seed, out, make) {
	draw(seed, out, (word) => make(uniformOf(word)));
}
/** Makes elements of standard normal numbers. */
function normals(seed, out, make) {
	draw(seed, out, (word) => make(normalOf(word)));
}
/** Makes elements of standard normal numbers between -2 and 2: quantiles of uniform numbers within those tails. */
function truncatedNormals(seed, out, make) {
	draw(seed, out, (word) => {
		return make(normalOf((TAIL + (word + .5) * 2 ** -32 * (1 - 2 * TAIL)) * 2 ** 32 - .5));
	});
}
/** Seeds beyond 32 bits go on in the counter, so that all bits count. */
function draw(seed, out, numberOf) {
	fillFromWords(out, {
		seed: seed >>> 0,
		stream: STREAM,
		iteration: Math.floor(seed / 2 ** 32) >>> 0
	}, numberOf);
}
//#endregion
//#region src/initializers/fans.ts
/**
* Keras's rule (`compute_fans`): (in, out) for matrices; for kernels (…window, in, out), each times the window's size.
* With both lists of axes given, the products of those dimensions.
*/
function computeFans(shape, inputAxes = null, outputAxes = null) {
	if (inputAxes !== null && outputAxes !== null) return {
		fanIn: product(inputAxes.map((axis) => shape.at(axis))),
		fanOut: product(outputAxes.map((axis) => shape.at(axis)))
	};
	if (shape.length === 0) return {
		fanIn: 1,
		fanOut: 1
	};
	if (shape.length === 1) return {
		fanIn: shape[0],
		fanOut: shape[0]
	};
	const window = product(shape.slice(0, -2));
	return {
		fanIn: shape.at(-2) * window,
		fanOut: shape.at(-1) * window
	};
}
function product(dims) {
	return dims.reduce((size, dim) => size * dim, 1);
}
//#endregion
//#region src/initializers/seed.ts
/** The seed of random initializers. Files of Keras may also hold a SeedGenerator, of which its seed is taken. */
const seedField = {
	default: null,
	parse(value, where) {
		if (value === null) return null;
		if (typeof value !== "number" || !Number.isSafeInteger(value)) throw wrongOption(where, "a whole number or null", value);
		return value;
	},
	fromConfig(json, where) {
		if (!isConfig(json)) return seedField.parse(json, where);
		const config = json["config"];
		return seedField.parse(isConfig(config) ? config["seed"] ?? null : null, where);
	}
};
//#endregion
//#region src/initializers/scaling.ts
/** Standard deviation of a standard normal that is cut at two standard deviations. */
const TRUNCATED_STDDEV = .8796256610342398;
const axes = { parse(value, where) {
	const list = typeof value === "number" ? [value] : value;
	if (!Array.isArray(list) || !list.every((axis) => Number.isInteger(axis))) throw wrongOption(where, "a list of axes or null", value);
	return list;
} };
const fanFields = {
	seed: seedField,
	inputAxes: nullable(axes),
	outputAxes: nullable(axes)
};
/** Base of the initializers whose variance is scale / fan. */
var ScalingInitializer = class extends FillingInitializer {
	fill(out, shape, seed) {
		const { scale, mode, distribution } = this.scaling();
		const options = this.options;
		const { fanIn, fanOut } = computeFans(shape, options.inputAxes, options.outputAxes);
		const fan = mode === "fan_in" ? fanIn : mode === "fan_out" ? fanOut : (fanIn + fanOut) / 2;
		const variance = scale / Math.max(1, fan);
		const key = options.seed ?? seed;
		if (distribution === "uniform") {
			const limit = Math.sqrt(3 * variance);
			uniforms(key, out, (u) => (2 * u - 1) * limit);
		} else if (distribution === "untruncated_normal") {
			const stddev = Math.sqrt(variance);
			normals(key, out, (z) => z * stddev);
		} else {
			const stddev = Math.sqrt(variance) / TRUNCATED_STDDEV;
			truncatedNormals(key, out, (z) => z * stddev);
		}
	}
};
//#endregion
//#region src/initializers/glorot-normal.ts
/** Truncated normal of variance 2 / (inputs + outputs). Glorot and Bengio 2010. */
var GlorotNormal = class GlorotNormal extends ScalingInitializer {
	static className = "GlorotNormal";
	static fields = fanFields;
	constructor(options) {
		super(GlorotNormal.fields, resolveOptions("GlorotNormal", GlorotNormal.fields, options));
	}
	scaling() {
		return {
			scale: 1,
			mode: "fan_avg",
			distribution: "truncated_normal"
		};
	}
};
//#endregion
//#region src/initializers/glorot-uniform.ts
/** Uniform within sqrt(6 / (inputs + outputs)). Glorot and Bengio 2010. */
var GlorotUniform = class GlorotUniform extends ScalingInitializer {
	static className = "GlorotUniform";
	static fields = fanFields;
	constructor(options) {
		super(GlorotUniform.fields, resolveOptions("GlorotUniform", GlorotUniform.fields, options));
	}
	scaling() {
		return {
			scale: 1,
			mode: "fan_avg",
			distribution: "uniform"
		};
	}
};
//#endregion
//#region src/initializers/he-normal.ts
/** Truncated normal of variance 2 / inputs. He et al. 2015, arXiv:1502.01852. */
var HeNormal = class HeNormal extends ScalingInitializer {
	static className = "HeNormal";
	static fields = fanFields;
	constructor(options) {
		super(HeNormal.fields, resolveOptions("HeNormal", HeNormal.fields, options));
	}
	scaling() {
		return {
			scale: 2,
			mode: "fan_in",
			distribution: "truncated_normal"
		};
	}
};
//#endregion
//#region src/initializers/he-uniform.ts
/** Uniform within sqrt(6 / inputs). He et al. 2015, arXiv:1502.01852. */
var HeUniform = class HeUniform extends ScalingInitializer {
	static className = "HeUniform";
	static fields = fanFields;
	constructor(options) {
		super(HeUniform.fields, resolveOptions("HeUniform", HeUniform.fields, options));
	}
	scaling() {
		return {
			scale: 2,
			mode: "fan_in",
			distribution: "uniform"
		};
	}
};
//#endregion
//#region src/initializers/identity.ts
/** The identity matrix, times `gain`. Only for weights of two dimensions. */
var Identity = class Identity extends Initializer {
	static className = "Identity";
	static fields = { gain: float({}, { default: 1 }) };
	constructor(options) {
		super(Identity.fields, resolveOptions("Identity", Identity.fields, options));
	}
	/** @throws {ShapeError} for weights that are not matrices */
	initialize(shape, _seed) {
		const [rows, columns] = shape;
		if (shape.length !== 2 || rows === void 0 || columns === void 0) throw new ShapeError({
			code: "initializer-rank",
			what: "Identity can only initialize matrices",
			received: `shape ${formatShape(shape)}`,
			expected: "2 dimensions"
		});
		const out = new Float32Array(rows * columns);
		for (let i = 0; i < Math.min(rows, columns); i++) out[i * columns + i] = this.options.gain;
		return out;
	}
};
//#endregion
//#region src/initializers/lecun-normal.ts
/** Truncated normal of variance 1 / inputs. Klambauer et al. 2017, arXiv:1706.02515. */
var LecunNormal = class LecunNormal extends ScalingInitializer {
	static className = "LecunNormal";
	static fields = fanFields;
	constructor(options) {
		super(LecunNormal.fields, resolveOptions("LecunNormal", LecunNormal.fields, options));
	}
	scaling() {
		return {
			scale: 1,
			mode: "fan_in",
			distribution: "truncated_normal"
		};
	}
};
//#endregion
//#region src/initializers/lecun-uniform.ts
/** Uniform within sqrt(3 / inputs). LeCun et al. 1998. */
var LecunUniform = class LecunUniform extends ScalingInitializer {
	static className = "LecunUniform";
	static fields = fanFields;
	constructor(options) {
		super(LecunUniform.fields, resolveOptions("LecunUniform", LecunUniform.fields, options));
	}
	scaling() {
		return {
			scale: 1,
			mode: "fan_in",
			distribution: "uniform"
		};
	}
};
//#endregion
//#region src/initializers/ones.ts
/** All 1. */
var Ones = class Ones extends Initializer {
	static className = "Ones";
	static fields = {};
	constructor(options) {
		super(Ones.fields, resolveOptions("Ones", Ones.fields, options));
	}
	initialize(shape, _seed) {
		return new Float32Array(sizeOf(shape)).fill(1);
	}
};
//#endregion
//#region src/initializers/orthogonal.ts
/**
* A random orthogonal matrix (all dimensions but the last are taken as one), times `gain`: the orthogonal factor of a
* normal matrix with positive diagonal in R. Saxe et al. 2014, arXiv:1312.6120.
*/
var Orthogonal = class Orthogonal extends Initializer {
	static className = "Orthogonal";
	static fields = {
		gain: float({}, { default: 1 }),
		seed: seedField
	};
	constructor(options) {
		super(Orthogonal.fields, resolveOptions("Orthogonal", Orthogonal.fields, options));
	}
	/** @throws {ShapeError} for weights of fewer than two dimensions */
	initialize(shape, seed) {
		if (shape.length < 2) throw new ShapeError({
			code: "initializer-rank",
			what: "Orthogonal needs at least two dimensions",
			received: `shape ${formatShape(shape)}`
		});
		const columns = shape.at(-1);
		const rows = sizeOf(shape) / columns;
		const long = Math.max(rows, columns);
		const short = Math.min(rows, columns);
		const vectors = new Float64Array(long * short);
		normals(this.options.seed ?? seed, vectors, (z) => z);
		orthonormalize(vectors, short, long);
		const out = new Float32Array(rows * columns);
		for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) {
			const value = rows < columns ? vectors[row * long + column] : vectors[column * long + row];
			out[row * columns + column] = value * this.options.gain;
		}
		return out;
	}
};
/** Gram-Schmidt in place, done twice for each vector: once loses orthogonality to rounding. */
function orthonormalize(vectors, count, length) {
	for (let i = 0; i < count; i++) {
		const vector = vectors.subarray(i * length, (i + 1) * length);
		for (let pass = 0; pass < 2; pass++) for (let j = 0; j < i; j++) {
			const other = vectors.subarray(j * length, (j + 1) * length);
			const along = dot(vector, other);
			for (let k = 0; k < length; k++) vector[k] -= along * other[k];
		}
		const norm = Math.sqrt(dot(vector, vector));
		for (let k = 0; k < length; k++) vector[k] /= norm;
	}
}
function dot(a, b) {
	let total = 0;
	for (let k = 0; k < a.length; k++) total += a[k] * b[k];
	return total;
}
//#endregion
//#region src/initializers/random-normal.ts
/** Normal with the given mean and standard deviation. */
var RandomNormal = class RandomNormal extends FillingInitializer {
	static className = "RandomNormal";
	static fields = {
		mean: float({}, { default: 0 }),
		stddev: float({ min: 0 }, { default: .05 }),
		seed: seedField
	};
	constructor(options) {
		super(RandomNormal.fields, resolveOptions("RandomNormal", RandomNormal.fields, options));
	}
	fill(out, _shape, seed) {
		const { mean, stddev } = this.options;
		normals(this.options.seed ?? seed, out, (z) => mean + z * stddev);
	}
};
//#endregion
//#region src/initializers/random-uniform.ts
/** Uniform in [minval, maxval). */
var RandomUniform = class RandomUniform extends FillingInitializer {
	static className = "RandomUniform";
	static fields = {
		minval: float({}, { default: -.05 }),
		maxval: float({}, { default: .05 }),
		seed: seedField
	};
	constructor(options) {
		super(RandomUniform.fields, resolveOptions("RandomUniform", RandomUniform.fields, options));
	}
	fill(out, _shape, seed) {
		const { minval, maxval } = this.options;
		uniforms(this.options.seed ?? seed, out, (u) => minval + u * (maxval - minval));
	}
};
//#endregion
//#region src/initializers/truncated-normal.ts
/** Normal with the given mean and standard deviation, cut at two standard deviations. */
var TruncatedNormal = class TruncatedNormal extends FillingInitializer {
	static className = "TruncatedNormal";
	static fields = {
		mean: float({}, { default: 0 }),
		stddev: float({ min: 0 }, { default: .05 }),
		seed: seedField
	};
	constructor(options) {
		super(TruncatedNormal.fields, resolveOptions("TruncatedNormal", TruncatedNormal.fields, options));
	}
	fill(out, _shape, seed) {
		const { mean, stddev } = this.options;
		truncatedNormals(this.options.seed ?? seed, out, (z) => mean + z * stddev);
	}
};
//#endregion
//#region src/initializers/variance-scaling.ts
const DISTRIBUTIONS = [
	"truncated_normal",
	"untruncated_normal",
	"uniform",
	"normal"
];
/** Variance scale / fan, where fan is the number of inputs, of outputs, or their mean. */
var VarianceScaling = class VarianceScaling extends ScalingInitializer {
	static className = "VarianceScaling";
	static fields = {
		...fanFields,
		scale: float({ above: 0 }, { default: 1 }),
		mode: oneOf([
			"fan_in",
			"fan_out",
			"fan_avg"
		], { default: "fan_in" }),
		distribution: {
			default: "truncated_normal",
			parse(value, where) {
				const name = oneOf(DISTRIBUTIONS).parse(typeof value === "string" ? value.toLowerCase() : value, where);
				return name === "normal" ? "truncated_normal" : name;
			}
		}
	};
	constructor(options) {
		super(VarianceScaling.fields, resolveOptions("VarianceScaling", VarianceScaling.fields, options));
	}
	scaling() {
		return this.options;
	}
};
//#endregion
//#region src/initializers/zeros.ts
/** All 0. */
var Zeros = class Zeros extends Initializer {
	static className = "Zeros";
	static fields = {};
	constructor(options) {
		super(Zeros.fields, resolveOptions("Zeros", Zeros.fields, options));
	}
	initialize(shape, _seed) {
		return new Float32Array(sizeOf(shape));
	}
};
//#endregion
//#region src/initializers/catalogue.ts
var catalogue_exports$5 = /* @__PURE__ */ __exportAll({
	Constant: () => Constant,
	GlorotNormal: () => GlorotNormal,
	GlorotUniform: () => GlorotUniform,
	HeNormal: () => HeNormal,
	HeUniform: () => HeUniform,
	Identity: () => Identity,
	LecunNormal: () => LecunNormal,
	LecunUniform: () => LecunUniform,
	Ones: () => Ones,
	Orthogonal: () => Orthogonal,
	RandomNormal: () => RandomNormal,
	RandomUniform: () => RandomUniform,
	TruncatedNormal: () => TruncatedNormal,
	VarianceScaling: () => VarianceScaling,
	Zeros: () => Zeros
});
//#endregion
//#region src/initializers/get.ts
const ALIASES$2 = {
	IdentityInitializer: "Identity",
	OrthogonalInitializer: "Orthogonal",
	normal: "RandomNormal",
	uniform: "RandomUniform",
	one: "Ones",
	zero: "Zeros"
};
const registered$6 = new Registry("initializer");
const kind$5 = {
	kind: "initializer",
	module: "keras.initializers",
	builtIn: builtInClasses(Initializer, catalogue_exports$5, ALIASES$2),
	registered: registered$6
};
/**
* The initializer that an identifier names.
* @param where for messages, e.g. "Dense.kernelInitializer"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
function get$4(identifier, where = "initializer") {
	return getPart(kind$5, Initializer, identifier, where);
}
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
function serialize$6(initializer) {
	return serializePart(kind$5, initializer);
}
/** The initializer that Keras's dictionary describes. */
function deserialize$6(json, where = "initializer") {
	return deserializePart(kind$5, json, where);
}
/** Makes a class of your own known by its `className`, so that files can name it. */
function register$5(cls, packageName) {
	return registered$6.register(cls, packageName);
}
//#endregion
//#region src/initializers/index.ts
var initializers_exports = /* @__PURE__ */ __exportAll({
	Constant: () => Constant,
	FillingInitializer: () => FillingInitializer,
	GlorotNormal: () => GlorotNormal,
	GlorotUniform: () => GlorotUniform,
	HeNormal: () => HeNormal,
	HeUniform: () => HeUniform,
	Identity: () => Identity,
	Initializer: () => Initializer,
	LecunNormal: () => LecunNormal,
	LecunUniform: () => LecunUniform,
	Ones: () => Ones,
	Orthogonal: () => Orthogonal,
	RandomNormal: () => RandomNormal,
	RandomUniform: () => RandomUniform,
	TruncatedNormal: () => TruncatedNormal,
	VarianceScaling: () => VarianceScaling,
	Zeros: () => Zeros,
	computeFans: () => computeFans,
	deserialize: () => deserialize$6,
	get: () => get$4,
	register: () => register$5,
	serialize: () => serialize$6
});
//#endregion
//#region src/regularizers/regularizer.ts
/** A penalty on a weight, added to the loss once a step. Own ones: subclass, and register the class to save it. */
var Regularizer = class extends OptionPart {};
//#endregion
//#region src/regularizers/l1.ts
/** l1 * sum |w|. */
var L1 = class L1 extends Regularizer {
	static className = "L1";
	static fields = { l1: float({ min: 0 }, { default: .01 }) };
	constructor(options) {
		super(L1.fields, resolveOptions("L1", L1.fields, options));
	}
	apply(weight) {
		return multiply(sum(abs(weight)), this.options.l1);
	}
};
//#endregion
//#region src/regularizers/l1-l2.ts
/** l1 * sum |w| + l2 * sum w². */
var L1L2 = class L1L2 extends Regularizer {
	static className = "L1L2";
	static fields = {
		l1: float({ min: 0 }, { default: 0 }),
		l2: float({ min: 0 }, { default: 0 })
	};
	constructor(options) {
		super(L1L2.fields, resolveOptions("L1L2", L1L2.fields, options));
	}
	apply(weight) {
		const { l1, l2 } = this.options;
		let penalty = constant(0);
		if (l1 !== 0) penalty = add(penalty, multiply(sum(abs(weight)), l1));
		if (l2 !== 0) penalty = add(penalty, multiply(sum(square(weight)), l2));
		return penalty;
	}
};
//#endregion
//#region src/regularizers/l2.ts
/** l2 * sum w². */
var L2 = class L2 extends Regularizer {
	static className = "L2";
	static fields = { l2: float({ min: 0 }, { default: .01 }) };
	constructor(options) {
		super(L2.fields, resolveOptions("L2", L2.fields, options));
	}
	apply(weight) {
		return multiply(sum(square(weight)), this.options.l2);
	}
};
//#endregion
//#region src/regularizers/orthogonal-regularizer.ts
/** Pushes the rows (or columns) of a matrix apart: factor / 2 * sum of |cosine| over all pairs / number of pairs. */
var OrthogonalRegularizer = class OrthogonalRegularizer extends Regularizer {
	static className = "OrthogonalRegularizer";
	static fields = {
		factor: float({ min: 0 }, { default: .01 }),
		mode: oneOf(["rows", "columns"], { default: "rows" })
	};
	constructor(options) {
		super(OrthogonalRegularizer.fields, resolveOptions("OrthogonalRegularizer", OrthogonalRegularizer.fields, options));
	}
	/** @throws {ShapeError} for weights that are not matrices */
	apply(weight) {
		if (weight.shape.length !== 2) throw new ShapeError({
			code: "regularizer-rank",
			what: "OrthogonalRegularizer needs a matrix",
			received: `shape ${formatShape(weight.shape)}`,
			expected: "2 dimensions"
		});
		const rows = this.options.mode === "rows";
		const unit = divide(weight, sqrt(maximum(sum(square(weight), {
			axes: [rows ? 1 : 0],
			keepDims: true
		}), 1e-14)));
		const cosines = rows ? matmul(unit, unit, { transposeB: true }) : matmul(unit, unit, { transposeA: true });
		const size = weight.shape[rows ? 0 : 1];
		const offDiagonal = new Float32Array(size * size).fill(1);
		for (let i = 0; i < size; i++) offDiagonal[i * size + i] = 0;
		return multiply(sum(multiply(abs(cosines), constant(new Tensor(offDiagonal, [size, size])))), this.options.factor * .5 / (size * (size - 1) / 2));
	}
};
//#endregion
//#region src/regularizers/catalogue.ts
var catalogue_exports$4 = /* @__PURE__ */ __exportAll({
	L1: () => L1,
	L1L2: () => L1L2,
	L2: () => L2,
	OrthogonalRegularizer: () => OrthogonalRegularizer
});
//#endregion
//#region src/regularizers/get.ts
const registered$5 = new Registry("regularizer");
const kind$4 = {
	kind: "regularizer",
	module: "keras.regularizers",
	builtIn: builtInClasses(Regularizer, catalogue_exports$4, { l1_l2: "L1L2" }),
	registered: registered$5
};
/**
* The regularizer that an identifier names.
* @param where for messages, e.g. "Dense.kernelRegularizer"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
function get$3(identifier, where = "regularizer") {
	return getPart(kind$4, Regularizer, identifier, where);
}
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
function serialize$5(regularizer) {
	return serializePart(kind$4, regularizer);
}
/** The regularizer that Keras's dictionary describes. */
function deserialize$5(json, where = "regularizer") {
	return deserializePart(kind$4, json, where);
}
/** Makes a class of your own known by its `className`, so that files can name it. */
function register$4(cls, packageName) {
	return registered$5.register(cls, packageName);
}
//#endregion
//#region src/regularizers/index.ts
var regularizers_exports = /* @__PURE__ */ __exportAll({
	L1: () => L1,
	L1L2: () => L1L2,
	L2: () => L2,
	OrthogonalRegularizer: () => OrthogonalRegularizer,
	Regularizer: () => Regularizer,
	deserialize: () => deserialize$5,
	get: () => get$3,
	register: () => register$4,
	serialize: () => serialize$5
});
//#endregion
//#region src/layers/fields.ts
/** An activation by name or function; the default is Keras's "linear". */
function activationField() {
	return {
		default: get$6("linear", "activation"),
		parse: (value, where) => get$6(value, where),
		toConfig: (value) => serialize$8(value)
	};
}
/** An initializer by name, instance or config. */
function initializerField(name) {
	return {
		get default() {
			return get$4(name, name);
		},
		parse: (value, where) => get$4(value, where),
		toConfig: (value) => serialize$6(value)
	};
}
/** A regularizer by name, instance or config, or null (the default). */
function regularizerField() {
	return {
		default: null,
		parse: (value, where) => value === null ? null : get$3(value, where),
		toConfig: (value) => value === null ? null : serialize$5(value)
	};
}
/** A constraint by name, instance or config, or null (the default). */
function constraintField() {
	return {
		default: null,
		parse: (value, where) => value === null ? null : get$5(value, where),
		toConfig: (value) => value === null ? null : serialize$7(value)
	};
}
//#endregion
//#region src/core/scope.ts
const stack = [];
/**
* Runs `body` inside a name scope, as Keras's `name_scope` does: names of variables made inside start with it. A scope
* that its owner has already opened is not opened twice.
*/
function withScope(name, owner, body) {
	const top = stack.at(-1);
	if (top?.owner === owner && top.name === name) return body();
	stack.push({
		name,
		owner
	});
	try {
		return body();
	} finally {
		stack.pop();
	}
}
/** The open scopes, joined by "/"; empty outside of all. */
function currentScope() {
	return stack.map((frame) => frame.name).join("/");
}
//#endregion
//#region src/core/seed.ts
let userSeed = null;
const ordinals = /* @__PURE__ */ new Map();
/**
* From now on all seeds follow from `seed`: what is made after this call, in the same order, gets the same random
* numbers in every process.
* @param seed an integer from 0 to 2^32 - 1
*/
function setRandomSeed(seed) {
	if (!Number.isInteger(seed) || seed < 0 || seed > 4294967295) throw new OptionError({
		code: "seed",
		what: "A random seed must be a whole number",
		received: String(seed),
		expected: "0 to 4294967295"
	});
	userSeed = seed;
	ordinals.clear();
}
/** Forgets the seed of {@link setRandomSeed}: seeds are fresh again. */
function clearRandomSeed() {
	userSeed = null;
	ordinals.clear();
}
/** Whether seeds follow from a seed of the user. */
function seedIsSet() {
	return userSeed !== null;
}
/**
* A seed (unsigned, 32 bits) for the next object made for `purpose`, e.g. "model": a function of the user's seed, the
* purpose and how many of that purpose came before; from the system's generator when no seed is set.
*/
function nextSeed(purpose) {
	const word = new Uint32Array(1);
	if (userSeed === null) globalThis.crypto.getRandomValues(word);
	else {
		const ordinal = ordinals.get(purpose) ?? 0;
		ordinals.set(purpose, ordinal + 1);
		randomWords({
			seed: userSeed,
			stream: streamOf("seed", purpose),
			iteration: ordinal
		}, 0, word);
	}
	return word[0];
}
//#endregion
//#region src/layers/keras-tensor.ts
/** What is known of a tensor before there is data: shape and dtype, and which call of which layer makes it. */
var KerasTensor = class {
	/** `null` is a dimension that only data fixes; the first one is the batch. */
	shape;
	dtype;
	name;
	/** The call that this tensor comes out of. */
	node;
	/** Which output of that call it is. */
	tensorIndex;
	constructor(shape, dtype, name, node, tensorIndex) {
		this.shape = shape;
		this.dtype = dtype;
		this.name = name;
		this.node = node;
		this.tensorIndex = tensorIndex;
	}
	toString() {
		return `<KerasTensor ${this.name} shape=${formatShape(this.shape)} dtype=${this.dtype}>`;
	}
};
function isKerasTensor(value) {
	return value instanceof KerasTensor;
}
/** The tensors of a group in Keras's order: lists as they are, records by sorted key. */
function flattenTensors(tensors) {
	if (tensors instanceof KerasTensor) return [tensors];
	if (Array.isArray(tensors)) return tensors;
	const record = tensors;
	return Object.keys(record).sort().map((key) => record[key]);
}
//#endregion
//#region src/layers/layer-errors.ts
/** For `apply` on something that is no Keras tensor. */
function notALayerInput(layer, received) {
	const list = Array.isArray(received) ? received : [received];
	const wrong = list.find((item) => !(item instanceof KerasTensor));
	const kind = wrong === null ? "null" : typeof wrong === "object" ? wrong.constructor.name : typeof wrong;
	return new OptionError({
		code: "not-a-keras-tensor",
		what: `${layer.label} can only be applied to what Input() or another layer's apply() gives`,
		received: list.length === 0 ? "an empty list" : kind,
		fix: "To compute on data, make a model and use predict()",
		data: { layer: layer.name }
	});
}
function builtTwice(layer, before, now) {
	return new StateError({
		code: "built-twice",
		what: `${layer.label} is built already, for ${before.map(formatShape).join(" and ")}`,
		received: now.map(formatShape).join(" and "),
		fix: "Make a new layer for inputs of another shape",
		data: { layer: layer.name }
	});
}
/** For questions that only a layer with weights can answer. */
function notBuilt(layer) {
	return new StateError({
		code: "not-built",
		what: `${layer.label} is not built, so its weights cannot be counted`,
		fix: "Apply it to a tensor, or give the model an input shape, first",
		data: { layer: layer.name }
	});
}
function notApplied(layer, property) {
	return new StateError({
		code: "not-applied",
		what: `${layer.label} has no ${property}: it was not applied to anything yet`,
		fix: "Apply it to a tensor first",
		data: { layer: layer.name }
	});
}
/** Names are parts of paths in files. */
function slashInName(layer) {
	return new OptionError({
		code: "layer-name",
		what: `The name of a layer cannot contain "/"`,
		received: layer.label,
		fix: "Use \"_\" or \".\" instead",
		data: { layer: layer.name }
	});
}
//#endregion
//#region src/core/option-names.ts
/** `batch_size` -> `batchSize`: our spelling of an option of Keras. */
function optionFromKeras(name) {
	return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
//#endregion
//#region src/layers/dtype-policy.ts
const FLOATS = [
	"float32",
	"float64",
	"float16",
	"bfloat16",
	"mixed_float16",
	"mixed_bfloat16"
];
const INTEGERS = [
	"bool",
	"int8",
	"uint8",
	"int16",
	"uint16",
	"int32",
	"uint32",
	"int64",
	"uint64",
	"string"
];
/** The name of a dtype policy from what users and files write: "float32", "mixed_float16", Keras's dictionary, null. */
function policyName(value, where) {
	if (value === null) return "float32";
	const config = isConfig(value) ? value["config"] : void 0;
	const name = isConfig(config) ? config["name"] : value;
	const known = [...FLOATS, ...INTEGERS];
	if (typeof name !== "string" || !known.includes(name)) throw wrongOption(where, "the name of a dtype policy that Pawl knows", value, `Use one of ${FLOATS.join(", ")}`);
	if (name !== "float32" && FLOATS.includes(name)) sayOnce(`dtype-policy:${name}`, `Pawl computes the dtype policy "${name}" in float32; the policy itself is kept when the model is saved.`);
	return name;
}
/** Keras's dictionary of a dtype policy. */
function policyConfig(name) {
	return {
		module: "keras",
		class_name: "DTypePolicy",
		config: { name },
		registered_name: null
	};
}
/** The option `dtype` of a layer: the name of a policy. */
const policyField = {
	default: "float32",
	parse: policyName,
	toConfig: policyConfig
};
//#endregion
//#region src/layers/shape-field.ts
/** An option that is a shape: whole numbers, and null where only data decides. */
function shapeField() {
	return {
		parse(value, where) {
			const ok = (dim) => dim === null || typeof dim === "number" && Number.isInteger(dim) && dim >= 0;
			if (!Array.isArray(value) || !value.every(ok)) throw wrongOption(where, "a list of whole numbers (null: not known)", value);
			return [...value];
		},
		toConfig: (shape) => shape
	};
}
//#endregion
//#region src/layers/layer-options.ts
const layerFields = {
	name: nullable(text()),
	trainable: bool(true),
	dtype: policyField,
	activityRegularizer: regularizerField(),
	inputShape: nullable(shapeField(), { transient: true }),
	batchInputShape: nullable(shapeField(), { transient: true })
};
/** The options of {@link LayerOptions} among `options`, checked and with defaults; others are left to the class. */
function resolveLayerOptions(owner, options) {
	const common = Object.entries(options).filter(([key]) => Object.hasOwn(layerFields, key));
	return resolveOptions(owner, layerFields, Object.fromEntries(common));
}
/** The head of every layer's config. Keras leaves an absent activity regularizer out. */
function layerConfig(options) {
	const { activity_regularizer: penalty, ...config } = optionsToConfig(layerFields, options);
	return penalty === null || penalty === void 0 ? config : {
		...config,
		activity_regularizer: penalty
	};
}
/** A config as one options object: common keys checked, others taken as they are, in our spelling. */
function optionsOfConfig(config) {
	const own = {};
	return {
		...optionsFromConfig("layer", layerFields, config, (key, value) => {
			own[optionFromKeras(key)] = value;
		}),
		...own
	};
}
//#endregion
//#region src/layers/layer-parts.ts
/** The layers among the values of an object's properties: alone, in arrays, or in plain objects. */
function layersAmong(values, isLayer) {
	const found = /* @__PURE__ */ new Set();
	const collect = (value) => {
		if (isLayer(value)) found.add(value);
		else if (Array.isArray(value)) value.forEach(collect);
		else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
			for (const item of Object.values(value)) if (isLayer(item)) found.add(item);
		}
	};
	values.forEach(collect);
	return [...found];
}
/**
* Sets all weights of a layer, in their order.
* @throws {ShapeError} when number or shapes differ; nothing is set then
*/
function setWeights(layer, tensors) {
	const weights = layer.weights;
	const misfit = weights.findIndex((weight, i) => {
		const shape = tensors[i]?.shape;
		return shape === void 0 || !sameShape(shape, weight.shape);
	});
	if (tensors.length !== weights.length || misfit !== -1) {
		const at = misfit === -1 ? void 0 : weights[misfit];
		throw new ShapeError({
			code: "weights-misfit",
			what: tensors.length === weights.length ? `${layer.label} cannot take these weights: "${at?.path}" differs` : `${layer.label} has ${weights.length} weights`,
			received: tensors.length === weights.length ? formatShape(tensors[misfit].shape) : `${tensors.length}`,
			...tensors.length === weights.length && at ? { expected: formatShape(at.shape) } : {},
			fix: "Give the weights in the order of layer.weights",
			data: { layer: layer.name }
		});
	}
	weights.forEach((weight, i) => {
		weight.write(Tensor.from(tensors[i]));
	});
}
//#endregion
//#region src/layers/node.ts
/** One call of a layer: an edge bundle of the network. A shared layer has a node for each of its calls. */
var Node = class {
	layer;
	/** Position among the layer's calls. */
	index;
	inputs;
	/** Whether the layer was given a list (of perhaps one tensor) rather than one tensor. */
	takesList;
	options;
	outputs;
	givesList;
	constructor(layer, inputs, options, outputs) {
		this.layer = layer;
		this.index = layer.inboundNodes.length;
		this.takesList = !(inputs instanceof KerasTensor);
		this.inputs = inputs instanceof KerasTensor ? [inputs] : inputs;
		this.options = options;
		this.givesList = Array.isArray(outputs);
		const types = this.givesList ? outputs : [outputs];
		const name = this.index === 0 ? layer.name : `${layer.name}[${this.index}]`;
		this.outputs = types.map(({ shape, dtype }, i) => new KerasTensor(shape, dtype, types.length === 1 ? name : `${name}:${i}`, this, i));
	}
	/** An entry point of networks: the call of an InputLayer. */
	get isInput() {
		return this.inputs.length === 0;
	}
	/** What the call gave: one tensor, or the list. */
	get result() {
		return this.givesList ? this.outputs : this.outputs[0];
	}
};
//#endregion
//#region src/layers/input-spec.ts
/** @throws {ShapeError} naming the layer when an input does not fit its spec, or when their number is wrong */
function checkInputs(layer, shapes) {
	const specs = layer.inputSpecs;
	if (specs === null) return;
	if (specs.length !== shapes.length) throw new ShapeError({
		code: "input-count",
		what: `${layer.label} takes ${specs.length === 1 ? "one input" : `${specs.length} inputs`}`,
		received: `${shapes.length}`,
		fix: "Give several inputs as one list, to a layer that takes a list",
		data: { layer: layer.name }
	});
	specs.forEach((spec, i) => {
		const shape = shapes[i];
		const expected = misfit(spec, shape);
		if (expected === null) return;
		throw new ShapeError({
			code: "input-shape",
			what: `The input of ${layer.label} has a shape that it cannot take`,
			received: formatShape(shape),
			expected,
			fix: "Check the shape of the data and of the layer before",
			data: {
				layer: layer.name,
				shape
			}
		});
	});
}
function misfit(spec, shape) {
	if (spec.rank !== void 0 && shape.length !== spec.rank) return `${spec.rank} dimensions, the batch among them`;
	if (spec.minRank !== void 0 && shape.length < spec.minRank) return `at least ${spec.minRank} dimensions, the batch among them`;
	for (const [key, size] of Object.entries(spec.axes ?? {})) {
		const axis = Number(key);
		const dim = shape[axis < 0 ? axis + shape.length : axis];
		if (dim !== size && dim !== null) return `${size} at axis ${axis}`;
	}
	return null;
}
//#endregion
//#region src/layers/inputs.ts
function isList(inputs) {
	return Array.isArray(inputs);
}
function valuesOf$1(inputs) {
	return isList(inputs) ? inputs : [inputs];
}
//#endregion
//#region src/layers/invoke.ts
/** Everything around `layer.call`: building at first use, checks of the inputs, casts, activity regularization. */
function invoke(layer, inputs, context) {
	const list = valuesOf$1(inputs);
	const shapes = list.map((value) => shapeOf(value.shape));
	checkInputs(layer, shapes);
	layer.ensureBuilt(shapes);
	checkInputs(layer, shapes);
	const cast = layer.castsToFloat ? list.map(toFloat) : list;
	const outputs = withScope(layer.name, layer, () => callNamed(layer, isList(inputs) ? cast : cast[0], context));
	const penalty = layer.activityRegularizer;
	if (penalty !== null) for (const output of valuesOf$1(outputs)) context.addLoss(divide(penalty.apply(output), context.rows));
	return outputs;
}
function callNamed(layer, inputs, context) {
	try {
		return layer.call(inputs, context);
	} catch (error) {
		if (!(error instanceof ShapeError) || "layer" in error.data) throw error;
		throw new ShapeError({
			code: error.code,
			what: `${layer.label} cannot take these inputs: ${error.message}`,
			received: valuesOf$1(inputs).map(({ shape }) => formatShape(shape)).join(" and "),
			data: {
				...error.data,
				layer: layer.name
			},
			cause: error
		});
	}
}
/** Dims with every batch dimension as `null`, as users see shapes. */
function shapeOf(dims) {
	return dims.map((dim) => dim < 0 ? null : dim);
}
function toFloat(value) {
	return isFloat(value.dtype) ? value : cast(value, "float32");
}
//#endregion
//#region src/layers/call-context.ts
/** What calls leave behind while a graph is made: one for all contexts of a graph. */
var CallTrace = class {
	assigned = /* @__PURE__ */ new Map();
	losses = [];
	#calls = /* @__PURE__ */ new Map();
	/** Which call of this place it is, counted from 0. */
	count(path) {
		const index = this.#calls.get(path) ?? 0;
		this.#calls.set(path, index + 1);
		return index;
	}
};
var GraphContext = class GraphContext {
	training;
	rows;
	options;
	#layer;
	#path;
	#call;
	#trace;
	#keys = null;
	constructor(from, layer, path, options) {
		this.training = typeof options["training"] === "boolean" ? options["training"] : from.training;
		this.rows = from.rows;
		this.options = options;
		this.#layer = layer;
		this.#path = path;
		this.#trace = from.trace;
		this.#call = from.trace.count(path);
	}
	random(purpose, dims, distribution) {
		return random(dims, streamOf(this.#path, this.#call, purpose), distribution);
	}
	read(variable) {
		return this.#trace.assigned.get(variable) ?? variable.value;
	}
	assign(variable, value) {
		this.#trace.assigned.set(variable, value);
	}
	addLoss(value) {
		this.#trace.losses.push(value);
	}
	child(layer, options = {}) {
		this.#keys ??= new Map(placeNames(this.#layer.sublayers));
		const key = this.#keys.get(layer) ?? layer.name;
		const path = this.#path === "" ? key : `${this.#path}/${key}`;
		return new GraphContext({
			training: this.training,
			rows: this.rows,
			trace: this.#trace
		}, layer, path, options);
	}
	apply(layer, inputs, options) {
		return invoke(layer, inputs, this.child(layer, options));
	}
};
/** The context of a model's call; its layers get theirs from it. */
function rootContext(model, options) {
	return new GraphContext(options, model, "", {});
}
/**
* Names by place: class and how many of it came before. Unlike the layers' names they do not depend on what else the
* process has made, so random streams do not either.
*/
function placeNames(layers) {
	const counts = /* @__PURE__ */ new Map();
	return layers.map((layer) => {
		const count = counts.get(layer.className) ?? 0;
		counts.set(layer.className, count + 1);
		return [layer, `${layer.className}.${count}`];
	});
}
//#endregion
//#region src/layers/symbolic.ts
/** The dtype that a tensor of `dtype` has inside a graph. */
function graphDType(dtype) {
	if (dtype === "bool") return "bool";
	if (isFloat(dtype)) return "float32";
	if (dtype !== "string") return "int32";
	throw new EngineError({
		code: "string-tensor",
		what: "Strings cannot be computed on",
		fix: "Turn them into integers before they enter the model"
	});
}
/** A leaf with the shape of a Keras tensor; `unknown` stands in for dimensions other than the batch that are not known. */
function placeholder(name, shape, dtype, unknown) {
	return input(name, placeholderDims(shape, unknown), graphDType(dtype));
}
function placeholderDims(shape, unknown) {
	return shape.map((dim, axis) => axis === 0 ? -1 : dim ?? unknown);
}
const STAND_INS = [192, 320];
/** Shapes and dtypes that `layer` gives for the tensors, found by running its `call` on leaves without data. */
function inferOutputs(layer, inputs, options) {
	const tensors = inputs instanceof KerasTensor ? [inputs] : inputs;
	const batch = tensors.every((tensor) => tensor.shape[0] === tensors[0]?.shape[0]) ? tensors[0]?.shape[0] ?? null : null;
	const shapes = tensors.map((tensor) => tensor.shape);
	checkInputs(layer, shapes);
	layer.ensureBuilt(shapes);
	const run = (unknown) => {
		const values = tensors.map((tensor) => placeholder(tensor.name, tensor.shape, tensor.dtype, unknown));
		const root = rootContext(layer, {
			training: false,
			rows: input("rows", [], "float32"),
			trace: new CallTrace()
		});
		return withScope(layer.name, layer, () => invoke(layer, inputs instanceof KerasTensor ? values[0] : values, withOptions(root, layer, options)));
	};
	const first = run(STAND_INS[0]);
	const second = tensors.every((tensor) => tensor.shape.slice(1).every((dim) => dim !== null)) ? first : run(STAND_INS[1]);
	const typeOf = (a, b) => ({
		shape: mergedShape(a.shape, b.shape, batch),
		dtype: a.dtype
	});
	if (!isList(first)) return typeOf(first, second);
	return first.map((value, i) => typeOf(value, second[i]));
}
function mergedShape(a, b, batch) {
	return a.map((dim, axis) => {
		if (dim !== b[axis]) return null;
		if (dim >= 0) return dim;
		return batch === null ? null : -dim * batch;
	});
}
function withOptions(root, layer, options) {
	return Object.keys(options).length === 0 ? root : root.child(layer, options);
}
/** Options of a call, checked against what the layer takes. */
function checkCallOptions(layer, options) {
	const known = ["training", ...layer.callOptions];
	for (const key of Object.keys(options)) {
		if (known.includes(key)) continue;
		throw new OptionError({
			code: "unknown-option",
			what: `A call of ${layer.label} has no option "${key}"`,
			expected: `one of ${known.join(", ")}`,
			data: {
				layer: layer.name,
				option: key
			}
		});
	}
}
//#endregion
//#region src/layers/weight-budget.ts
/** Small layers that do not fit a file are better told apart by their shapes, which comes later. */
const SLACK = 2 ** 20;
let budget = null;
/**
* Runs `body`, which makes layers from a file's config, and lets their weights take no more memory than the weights in
* the file (and 1 MiB): a config of a few bytes can ask for a layer of any size.
* @param bytes that the file's weights take
*/
function withWeightBudget(bytes, where, body) {
	const outer = budget;
	budget = {
		left: bytes + SLACK,
		bytes,
		where
	};
	try {
		return body();
	} finally {
		budget = outer;
	}
}
/**
* Counts a weight that is about to be made.
* @throws {FormatError} when the budget, if there is one, does not cover it
*/
function spendWeight(bytes, layer) {
	if (budget === null) return;
	budget.left -= bytes;
	if (budget.left >= 0) return;
	throw new FormatError({
		code: "weights-missing",
		what: `${budget.where}: the architecture has more weights than the file holds, first ${layer}`,
		received: `weights of ${memorySize(budget.bytes)}`,
		fix: "The file is damaged or made up: use another one"
	});
}
//#endregion
//#region src/layers/layer.ts
/**
* A step of a network: maps tensors to tensors, may own weights. Subclasses override `build` (make weights for the
* shapes of the inputs) and `call` (the computation, on graph values). Layers that they hold as properties, alone, in
* arrays or in plain objects, count as parts of them, in the order in which they were set.
*/
var Layer = class Layer {
	/** The name that files have for the class. */
	static className = "Layer";
	#name;
	#options;
	#nodes = [];
	#trainableWeights = [];
	#otherWeights = [];
	#trainable;
	#buildShapes = null;
	/** @throws {OptionError} for a wrong common option */
	constructor(options = {}) {
		this.#options = resolveLayerOptions(this.className, options);
		this.#name = this.#options.name ?? uniqueName(this.className);
		if (this.#name.includes("/")) throw slashInName(this);
		this.#trainable = this.#options.trainable;
		const build = this.build;
		Object.defineProperty(this, "build", { value: (shapes) => this.#buildOnce(build, shapes) });
	}
	/** The class name as files have it. */
	get className() {
		const cls = this.constructor;
		return Object.hasOwn(cls, "className") ? cls.className : cls.name;
	}
	get name() {
		return this.#name;
	}
	/** How messages call this layer, e.g. `Dense "dense_1"`. */
	get label() {
		return `${this.className} "${this.name}"`;
	}
	get dtype() {
		return this.#options.dtype;
	}
	get activityRegularizer() {
		return this.#options.activityRegularizer;
	}
	/** Shape with batch that the layer was told to expect by `inputShape` or `batchInputShape`. */
	get inputShapeOption() {
		const { inputShape, batchInputShape } = this.#options;
		return batchInputShape ?? (inputShape === null ? null : [null, ...inputShape]);
	}
	/** Shape with batch of the only input, as far as it is known before the layer is applied. */
	get knownInputShape() {
		return this.inputShapeOption;
	}
	get trainable() {
		return this.#trainable;
	}
	/** Freezes or thaws this layer and all inside it. As in Keras, it takes effect with the next `compile`. */
	set trainable(value) {
		this.#trainable = value;
		for (const weight of this.#trainableWeights) weight.trainable = value;
		for (const layer of this.sublayers) layer.trainable = value;
	}
	get built() {
		return this.#buildShapes !== null;
	}
	/** The shapes that the layer was built for; null before. */
	get buildShapes() {
		return this.#buildShapes;
	}
	/** The calls on Keras tensors so far. */
	get inboundNodes() {
		return this.#nodes;
	}
	/** Layers inside this one. */
	get sublayers() {
		return layersAmong(Object.values(this), (value) => value instanceof Layer);
	}
	/** All weights: own ones (trainable first), then those of the layers inside. */
	get weights() {
		const all = new Set([...this.#trainableWeights, ...this.#otherWeights]);
		for (const layer of this.sublayers) for (const weight of layer.weights) all.add(weight);
		return [...all];
	}
	/** Weights that belong to this layer itself: trainable ones, then others. */
	get ownWeights() {
		return [...this.#trainableWeights, ...this.#otherWeights];
	}
	get trainableWeights() {
		return this.#trainable ? this.weights.filter((weight) => weight.trainable) : [];
	}
	get nonTrainableWeights() {
		return this.#trainable ? this.weights.filter((weight) => !weight.trainable) : this.weights;
	}
	/** Number of scalars in all weights. */
	countParams() {
		if (!this.built) throw notBuilt(this);
		return this.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
	}
	/** Copies of all weights, in the order of {@link weights}. */
	async getWeights() {
		return this.weights.map((weight) => weight.read());
	}
	/**
	* Sets all weights, in the order of {@link weights}.
	* @throws {ShapeError} when number or shapes differ; nothing is set then
	*/
	async setWeights(tensors) {
		setWeights(this, tensors);
	}
	/** What the inputs must look like, one entry an input; null: anything goes. */
	get inputSpecs() {
		return null;
	}
	/** For models used as layers: which kind, since files write the two differently. */
	get networkKind() {
		return null;
	}
	/** Whether Keras's class of that name takes a mask in its call: files note an empty one then. */
	get takesMask() {
		return this.networkKind !== null;
	}
	/** Whether integer and boolean inputs become float32 before `call`. */
	get castsToFloat() {
		return false;
	}
	/** Names of options that a call takes besides `training`. */
	get callOptions() {
		return [];
	}
	/** Makes the weights for inputs of these shapes (`null` is the batch). Override it; layers without weights need not. */
	build(_inputShapes) {}
	/** Builds the layer unless it is built. */
	ensureBuilt(shapes) {
		if (!this.built) this.build(shapes);
	}
	apply(inputs, options = {}) {
		const list = inputs instanceof KerasTensor ? [inputs] : inputs;
		if (!Array.isArray(list) || list.length === 0 || !list.every((input) => input instanceof KerasTensor)) throw notALayerInput(this, inputs);
		checkCallOptions(this, options);
		const outputs = inferOutputs(this, inputs, options);
		return this.addNode(inputs, options, outputs).result;
	}
	/** Notes a call; `apply` does it for you. */
	addNode(inputs, options, outputs) {
		const node = new Node(this, inputs, options, outputs);
		this.#nodes.push(node);
		return node;
	}
	/** What the first call of the layer took. */
	get input() {
		const node = this.#firstNode("input");
		return node.takesList ? node.inputs : node.inputs[0];
	}
	/** What the first call of the layer gave. */
	get output() {
		return this.#firstNode("output").result;
	}
	/** The config as Keras writes it. */
	getConfig() {
		return {
			...layerConfig(this.#options),
			name: this.name,
			trainable: this.trainable
		};
	}
	/**
	* The layer that a Keras config describes. Here: a call of the constructor with the config as one options object, in
	* our spelling. Override it together with `getConfig` where the constructor wants something else.
	*/
	static fromConfig(config, _resolve) {
		return new this(optionsOfConfig(config));
	}
	/**
	* A weight, initialized now.
	* @param name last part of its path, e.g. "kernel"
	*/
	addWeight(name, options) {
		const { shape, regularizer, constraint, trainable = true, dtype = "float32" } = options;
		const where = `${this.label}: initializer of "${name}"`;
		const initializer = get$4(options.initializer ?? (dtype === "float32" ? "glorot_uniform" : "zeros"), where);
		spendWeight(sizeOf(shape) * byteSize(dtype), this.label);
		const seed = nextSeed("weight");
		const fills = initializer instanceof FillingInitializer && dtype === "float32";
		const weight = new Variable({
			name,
			path: withScope(this.name, this, () => `${currentScope()}/${name}`),
			shape,
			dtype,
			initial: fills ? (out) => initializer.fill(out, shape, seed) : initializer.initialize(shape, seed),
			trainable: trainable && this.#trainable,
			regularizer: regularizer ? (value) => regularizer.apply(value) : null,
			constraint: constraint ? (value) => constraint.apply(value) : null
		});
		(trainable ? this.#trainableWeights : this.#otherWeights).push(weight);
		return weight;
	}
	#buildOnce(build, shapes) {
		const before = this.#buildShapes;
		if (before !== null) {
			if (before.length === shapes.length && before.every((shape, i) => sameShape(shape, shapes[i]))) return;
			throw builtTwice(this, before, shapes);
		}
		try {
			withScope(this.name, this, () => build.call(this, shapes));
		} catch (error) {
			this.#trainableWeights.length = 0;
			this.#otherWeights.length = 0;
			throw error;
		}
		this.#buildShapes = shapes;
	}
	#firstNode(property) {
		const [first] = this.#nodes;
		if (first !== void 0) return first;
		throw notApplied(this, property);
	}
};
//#endregion
//#region src/layers/serialize.ts
/** Classes of layers that users made known to files. */
const registered$4 = new Registry("layer");
let style = "keras";
/** Runs `body` with configs of layers inside layers written in that style. */
function withStyle(wanted, body) {
	const before = style;
	style = wanted;
	try {
		return body();
	} finally {
		style = before;
	}
}
/** Keras's dictionary for a layer, in the present style (see {@link withStyle}). */
function serialize$4(layer) {
	const { className } = layer;
	const config = layer.getConfig();
	const cls = layer.constructor;
	if (style === "legacy") return {
		class_name: registered$4.registeredName(cls) ?? className,
		config
	};
	const own = Object.hasOwn(cls, "className") && builtIn.has(cls);
	return {
		...own ? BUILT_IN[layer.networkKind ?? "layer"] : { module: null },
		class_name: className,
		config,
		registered_name: own ? REGISTERED_NAME[layer.networkKind ?? "layer"] : registered$4.registeredName(cls) ?? className,
		...buildConfig(layer)
	};
}
const BUILT_IN = {
	functional: { module: "keras.src.models.functional" },
	sequential: { module: "keras" },
	layer: { module: "keras.layers" }
};
const REGISTERED_NAME = {
	functional: "Functional",
	sequential: null,
	layer: null
};
const builtIn = /* @__PURE__ */ new Set();
/** Marks classes as Pawl's own, which files name without a registration. */
function markBuiltIn(classes) {
	for (const cls of classes) builtIn.add(cls);
}
function buildConfig(layer) {
	const shapes = layer.buildShapes;
	if (shapes === null || layer.ownWeights.length === 0) return {};
	const plain = shapes.map((shape) => [...shape]);
	return { build_config: { input_shape: plain.length === 1 ? plain[0] : plain } };
}
/**
* The layer that a dictionary describes (`{ module, class_name, config, registered_name }`, or the older
* `{ class_name, config }`).
* @throws {FormatError} for a class that nobody knows, or a config that the class cannot take
*/
function deserialize$4(json, resolve, where = "layer") {
	if (!isConfig(json) || typeof json["class_name"] !== "string" || !isConfig(json["config"])) throw new FormatError({
		code: "layer-json",
		what: `${where}: this does not describe a layer`,
		received: JSON.stringify(json)?.slice(0, 200) ?? "nothing",
		expected: "{ class_name, config }"
	});
	const className = json["class_name"].replace(/^.*>/, "");
	const config = json["config"];
	const name = typeof config["name"] === "string" ? ` "${config["name"]}"` : "";
	const inClassName = className === json["class_name"] ? null : json["class_name"];
	const cls = resolve(className, typeof json["registered_name"] === "string" ? json["registered_name"] : inClassName);
	if (cls === void 0) throw unknownClass(className, name, where);
	try {
		return cls.fromConfig(plainConfig(config), resolve);
	} catch (error) {
		if (error instanceof FormatError) throw error;
		throw new FormatError({
			code: "layer-config",
			what: `${where}: ${className}${name} cannot be made from its config`,
			received: error instanceof Error ? error.message : String(error),
			cause: error
		});
	}
}
function plainConfig(config) {
	const { __proto__: _proto, constructor: _constructor, ...rest } = config;
	return rest;
}
function unknownClass(className, name, where) {
	return new FormatError({
		code: "unknown-class",
		what: `${where}: unknown layer class "${className}"${name === "" ? "" : ` (layer${name})`}`,
		fix: `If it is yours, register it before loading: layers.register(${className}), or give it in customObjects`,
		data: { className }
	});
}
//#endregion
//#region src/losses/align.ts
/** Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;
/** Reductions over the last axis. */
const LAST = { axes: [-1] };
function asFloat(x) {
	return x.dtype === "float32" ? x : cast(x, "float32");
}
/**
* Keras's `squeeze_or_expand_to_same_rank`: where ranks differ by one and the longer shape ends in 1, that axis goes,
* or, when the other is a vector, the vector gets one.
*/
function alignRanks(a, b) {
	const [rankA, rankB] = [a.shape.length, b.shape.length];
	if (rankA === rankB + 1 && a.shape.at(-1) === 1) return rankB === 1 ? [a, expandDims(b, -1)] : [squeeze(a, -1), b];
	if (rankB === rankA + 1 && b.shape.at(-1) === 1) return rankA === 1 ? [expandDims(a, -1), b] : [a, squeeze(b, -1)];
	return [a, b];
}
/** @throws {ShapeError} when targets and predictions do not have one shape */
function expectSameShape(loss, yTrue, yPred, fix) {
	if (yTrue.shape.length === yPred.shape.length && yTrue.shape.every((dim, i) => dim === yPred.shape[i])) return;
	throw new ShapeError({
		code: "loss-shapes",
		what: `${loss} needs targets of the predictions' shape`,
		received: `targets ${formatShape(yTrue.shape)}`,
		expected: formatShape(yPred.shape),
		fix
	});
}
//#endregion
//#region src/losses/crossentropy.ts
/** Probabilities kept off 0 and 1, as Keras does before taking logarithms. */
function clipProbability(p) {
	return clip(p, EPSILON, 1 - EPSILON);
}
/** Element-wise -(t log p + (1 - t) log(1 - p)). */
function binaryCrossentropy(yTrue, yPred, fromLogits) {
	if (fromLogits) return add(multiply(yTrue, softplus$1(neg(yPred))), multiply(subtract(1, yTrue), softplus$1(yPred)));
	const p = clipProbability(yPred);
	return neg(add(multiply(yTrue, log(p)), multiply(subtract(1, yTrue), log(subtract(1, p)))));
}
/** Log-probabilities along the axis: of logits, or of values that are scaled to add up to 1 first. */
function logProbabilities(yPred, fromLogits, axis) {
	return fromLogits ? logSoftmax$1(yPred, axis) : log(probabilities(yPred, axis));
}
function probabilities(yPred, axis) {
	return clipProbability(divide(yPred, sum(yPred, {
		axes: [axis],
		keepDims: true
	})));
}
/** Targets of two classes moved towards 1/2. */
function smoothBinary(yTrue, smoothing) {
	return smoothing === 0 ? yTrue : add(multiply(yTrue, 1 - smoothing), .5 * smoothing);
}
/** One-hot targets moved towards the uniform distribution. */
function smoothCategorical(yTrue, smoothing) {
	return smoothing === 0 ? yTrue : add(multiply(yTrue, 1 - smoothing), smoothing / Math.abs(yTrue.shape.at(-1)));
}
//#endregion
//#region src/losses/loss.ts
const choice = oneOf([
	"sum_over_batch_size",
	"sum",
	"mean",
	"mean_with_sample_weight",
	"none"
]);
const reductionField = {
	default: "sum_over_batch_size",
	parse: choice.parse,
	fromConfig(json, where) {
		if (json === null) return "none";
		return json === "auto" ? "sum_over_batch_size" : choice.parse(json, where);
	}
};
/** The options that every loss has. */
function lossFields(name) {
	return {
		name: text({ default: name }),
		reduction: reductionField
	};
}
/**
* A loss of targets and predictions. Own ones: subclass, define `call` with `ops`, and register the class to save it.
*/
var Loss = class extends OptionPart {
	get name() {
		return this.options.name;
	}
	get reduction() {
		return this.options.reduction;
	}
	/** Which losses count (bool, of the losses' shape); null: all. Like Keras's masks, it scales the mean up. */
	mask(_yTrue, _yPred) {
		return null;
	}
	/** Number of classes when targets are class indices from 0, for checking them; null when they are not. */
	classes(_yPred) {
		return null;
	}
};
/** Base of the built-in losses: targets and predictions come as float32 and with one rank, as Keras brings them there. */
var PairLoss = class extends Loss {
	call(yTrue, yPred) {
		const [target, prediction] = alignRanks(asFloat(yTrue), asFloat(yPred));
		return this.compute(target, prediction);
	}
};
//#endregion
//#region src/losses/binary-crossentropy.ts
/** Crossentropy of yes-or-no targets (0 and 1, or between), mean over an axis. */
var BinaryCrossentropy$1 = class BinaryCrossentropy$1 extends PairLoss {
	static className = "BinaryCrossentropy";
	static fields = {
		...lossFields("binary_crossentropy"),
		fromLogits: bool(false),
		labelSmoothing: float({
			min: 0,
			max: 1
		}, { default: 0 }),
		axis: int({}, { default: -1 })
	};
	constructor(options) {
		super(BinaryCrossentropy$1.fields, resolveOptions("BinaryCrossentropy", BinaryCrossentropy$1.fields, options));
	}
	compute(yTrue, yPred) {
		const { fromLogits, labelSmoothing, axis } = this.options;
		expectSameShape(this.name, yTrue, yPred, "Give a 0 or 1 for every prediction");
		return mean(binaryCrossentropy(smoothBinary(yTrue, labelSmoothing), yPred, fromLogits), { axes: [axis] });
	}
};
//#endregion
//#region src/losses/binary-focal-crossentropy.ts
/** Binary crossentropy times (1 - p of the truth)^gamma. Lin et al. 2018, arXiv:1708.02002. */
var BinaryFocalCrossentropy = class BinaryFocalCrossentropy extends PairLoss {
	static className = "BinaryFocalCrossentropy";
	static fields = {
		...lossFields("binary_focal_crossentropy"),
		applyClassBalancing: bool(false),
		alpha: float({}, { default: .25 }),
		gamma: float({}, { default: 2 }),
		fromLogits: bool(false),
		labelSmoothing: float({
			min: 0,
			max: 1
		}, { default: 0 }),
		axis: int({}, { default: -1 })
	};
	constructor(options) {
		super(BinaryFocalCrossentropy.fields, resolveOptions("BinaryFocalCrossentropy", BinaryFocalCrossentropy.fields, options));
	}
	compute(yTrue, yPred) {
		const { applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis } = this.options;
		expectSameShape(this.name, yTrue, yPred, "Give a 0 or 1 for every prediction");
		const target = smoothBinary(yTrue, labelSmoothing);
		const p = fromLogits ? sigmoid$1(yPred) : yPred;
		const other = subtract(1, target);
		let loss = multiply(power(subtract(1, add(multiply(target, p), multiply(other, subtract(1, p)))), gamma), binaryCrossentropy(target, p, false));
		if (applyClassBalancing) loss = multiply(add(multiply(target, alpha), multiply(other, 1 - alpha)), loss);
		return mean(loss, { axes: [axis] });
	}
};
//#endregion
//#region src/losses/categorical-crossentropy.ts
/** Crossentropy of one-hot targets (or distributions): -sum t log p over the classes. */
var CategoricalCrossentropy$1 = class CategoricalCrossentropy$1 extends PairLoss {
	static className = "CategoricalCrossentropy";
	static fields = {
		...lossFields("categorical_crossentropy"),
		fromLogits: bool(false),
		labelSmoothing: float({
			min: 0,
			max: 1
		}, { default: 0 }),
		axis: int({}, { default: -1 })
	};
	constructor(options) {
		super(CategoricalCrossentropy$1.fields, resolveOptions("CategoricalCrossentropy", CategoricalCrossentropy$1.fields, options));
	}
	compute(yTrue, yPred) {
		const { fromLogits, labelSmoothing, axis } = this.options;
		expectSameShape(this.name, yTrue, yPred, "Give one-hot targets, or use SparseCategoricalCrossentropy for class indices");
		return neg(sum(multiply(smoothCategorical(yTrue, labelSmoothing), logProbabilities(yPred, fromLogits, axis)), { axes: [axis] }));
	}
};
//#endregion
//#region src/losses/categorical-focal-crossentropy.ts
/** Crossentropy of one-hot targets with each class times alpha (1 - p)^gamma. Lin et al. 2018, arXiv:1708.02002. */
var CategoricalFocalCrossentropy = class CategoricalFocalCrossentropy extends PairLoss {
	static className = "CategoricalFocalCrossentropy";
	static fields = {
		...lossFields("categorical_focal_crossentropy"),
		alpha: float({}, { default: .25 }),
		gamma: float({}, { default: 2 }),
		fromLogits: bool(false),
		labelSmoothing: float({
			min: 0,
			max: 1
		}, { default: 0 }),
		axis: int({}, { default: -1 })
	};
	constructor(options) {
		super(CategoricalFocalCrossentropy.fields, resolveOptions("CategoricalFocalCrossentropy", CategoricalFocalCrossentropy.fields, options));
	}
	compute(yTrue, yPred) {
		const { alpha, gamma, fromLogits, labelSmoothing, axis } = this.options;
		expectSameShape(this.name, yTrue, yPred, "Give one-hot targets, or use SparseCategoricalCrossentropy for class indices");
		const target = smoothCategorical(yTrue, labelSmoothing);
		const p = probabilities(fromLogits ? softmax$1(yPred, axis) : yPred, axis);
		return neg(sum(multiply(multiply(power(subtract(1, p), gamma), alpha), multiply(target, log(p))), { axes: [axis] }));
	}
};
//#endregion
//#region src/losses/categorical-generalized-cross-entropy.ts
/**
* (1 - p^q) / q for the right class's p: robust to wrong labels. Targets are class indices. Zhang and Sabuncu 2018,
* arXiv:1805.07836.
*/
var CategoricalGeneralizedCrossEntropy = class CategoricalGeneralizedCrossEntropy extends Loss {
	static className = "CategoricalGeneralizedCrossEntropy";
	static fields = {
		...lossFields("categorical_generalized_cross_entropy"),
		q: float({
			above: 0,
			max: 1 - Number.EPSILON
		}, { default: .5 })
	};
	constructor(options) {
		super(CategoricalGeneralizedCrossEntropy.fields, resolveOptions("CategoricalGeneralizedCrossEntropy", CategoricalGeneralizedCrossEntropy.fields, options));
	}
	call(yTrue, yPred) {
		const indices = yTrue.shape.length === yPred.shape.length && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, -1) : yTrue;
		const { q } = this.options;
		return divide(subtract(1, power(take(yPred, cast(indices, "int32")), q)), q);
	}
	classes(yPred) {
		return yPred.at(-1) ?? null;
	}
};
//#endregion
//#region src/losses/categorical-hinge.ts
/** max(best score of a wrong class - score of the right class + 1, 0); targets one-hot. */
var CategoricalHinge$1 = class CategoricalHinge$1 extends PairLoss {
	static className = "CategoricalHinge";
	static fields = lossFields("categorical_hinge");
	constructor(options) {
		super(CategoricalHinge$1.fields, resolveOptions("CategoricalHinge", CategoricalHinge$1.fields, options));
	}
	compute(yTrue, yPred) {
		const right = sum(multiply(yTrue, yPred), LAST);
		return maximum(add(subtract(max(multiply(subtract(1, yTrue), yPred), LAST), right), 1), 0);
	}
};
//#endregion
//#region src/losses/cosine-similarity.ts
/** -cos of the angle between targets and predictions along an axis: -1 for the same direction. */
var CosineSimilarity$1 = class CosineSimilarity$1 extends PairLoss {
	static className = "CosineSimilarity";
	static fields = {
		...lossFields("cosine_similarity"),
		axis: int({}, { default: -1 })
	};
	constructor(options) {
		super(CosineSimilarity$1.fields, resolveOptions("CosineSimilarity", CosineSimilarity$1.fields, options));
	}
	compute(yTrue, yPred) {
		const { axis } = this.options;
		return neg(sum(multiply(unit(yTrue, axis), unit(yPred, axis)), { axes: [axis] }));
	}
};
/** x / max(|x|, 1e-7), Keras's `normalize`. */
function unit(x, axis) {
	return divide(x, sqrt(maximum(sum(square(x), {
		axes: [axis],
		keepDims: true
	}), 1e-14)));
}
//#endregion
//#region src/losses/over-batch.ts
/** Axes to add up: one, several, or null for all. */
const axisField = {
	default: null,
	parse(value, where) {
		if (value !== null && !(Array.isArray(value) ? value : [value]).every((axis) => Number.isInteger(axis))) throw wrongOption(where, "an axis, a list of axes or null", value);
		return value;
	}
};
/** Sum along the axes, over the whole batch where the batch axis is among them. */
function overBatch(x, axis) {
	const axes = axis === null ? x.shape.map((_, i) => i) : typeof axis === "number" ? [axis] : axis;
	const total = sum(x, { axes });
	return axes.some((at) => x.shape.at(at) < 0) ? allSum(total) : total;
}
//#endregion
//#region src/losses/dice.ts
/** 1 - 2 |overlap| / (|targets| + |predictions|), over the whole batch unless axes are given. */
var Dice = class Dice extends PairLoss {
	static className = "Dice";
	static fields = {
		...lossFields("dice"),
		axis: axisField
	};
	constructor(options) {
		super(Dice.fields, resolveOptions("Dice", Dice.fields, options));
	}
	compute(yTrue, yPred) {
		const total = (y) => overBatch(y, this.options.axis);
		const both = add(add(total(yTrue), total(yPred)), EPSILON);
		return subtract(1, divide(multiply(total(multiply(yTrue, yPred)), 2), both));
	}
};
//#endregion
//#region src/losses/hinge-margin.ts
/** max(1 - yTrue yPred, 0). When all targets of the batch are 0 or 1, they stand for -1 and 1, as in Keras. */
function margin(yTrue, yPred) {
	return maximum(subtract(1, multiply(where(equal(allSum(sum(cast(logicalNot(logicalOr(equal(yTrue, 0), equal(yTrue, 1))), "float32"))), 0), add(multiply(yTrue, 2), -1), yTrue), yPred)), 0);
}
//#endregion
//#region src/losses/hinge.ts
/** mean max(1 - yTrue yPred, 0) over the last axis; targets of -1 and 1, or 0 and 1. */
var Hinge$1 = class Hinge$1 extends PairLoss {
	static className = "Hinge";
	static fields = lossFields("hinge");
	constructor(options) {
		super(Hinge$1.fields, resolveOptions("Hinge", Hinge$1.fields, options));
	}
	compute(yTrue, yPred) {
		return mean(margin(yTrue, yPred), LAST);
	}
};
//#endregion
//#region src/losses/huber.ts
/** Half squares up to `delta`, straight lines beyond; mean over the last axis. */
var Huber = class Huber extends PairLoss {
	static className = "Huber";
	static fields = {
		...lossFields("huber_loss"),
		delta: float({}, { default: 1 })
	};
	constructor(options) {
		super(Huber.fields, resolveOptions("Huber", Huber.fields, options));
	}
	compute(yTrue, yPred) {
		const { delta } = this.options;
		const error = abs(subtract(yPred, yTrue));
		const bounded = minimum(error, delta);
		return mean(multiply(bounded, subtract(error, multiply(bounded, .5))), LAST);
	}
};
//#endregion
//#region src/losses/kl-divergence.ts
/** sum yTrue log(yTrue / yPred) over the last axis, both clipped to [1e-7, 1]. */
var KLDivergence$1 = class KLDivergence$1 extends PairLoss {
	static className = "KLDivergence";
	static fields = lossFields("kl_divergence");
	constructor(options) {
		super(KLDivergence$1.fields, resolveOptions("KLDivergence", KLDivergence$1.fields, options));
	}
	compute(yTrue, yPred) {
		const target = clip(yTrue, EPSILON, 1);
		return sum(multiply(target, log(divide(target, clip(yPred, EPSILON, 1)))), LAST);
	}
};
//#endregion
//#region src/losses/log-cosh.ts
/** mean log(cosh(yPred - yTrue)) over the last axis. */
var LogCosh = class LogCosh extends PairLoss {
	static className = "LogCosh";
	static fields = lossFields("log_cosh");
	constructor(options) {
		super(LogCosh.fields, resolveOptions("LogCosh", LogCosh.fields, options));
	}
	compute(yTrue, yPred) {
		const error = subtract(yPred, yTrue);
		return mean(subtract(add(error, softplus$1(multiply(error, -2))), Math.LN2), LAST);
	}
};
//#endregion
//#region src/losses/mean-absolute-error.ts
/** mean |yTrue - yPred| over the last axis. */
var MeanAbsoluteError$1 = class MeanAbsoluteError$1 extends PairLoss {
	static className = "MeanAbsoluteError";
	static fields = lossFields("mean_absolute_error");
	constructor(options) {
		super(MeanAbsoluteError$1.fields, resolveOptions("MeanAbsoluteError", MeanAbsoluteError$1.fields, options));
	}
	compute(yTrue, yPred) {
		return mean(abs(subtract(yTrue, yPred)), LAST);
	}
};
//#endregion
//#region src/losses/mean-absolute-percentage-error.ts
/** 100 mean |(yTrue - yPred) / yTrue| over the last axis, with |yTrue| taken as at least 1e-7. */
var MeanAbsolutePercentageError$1 = class MeanAbsolutePercentageError$1 extends PairLoss {
	static className = "MeanAbsolutePercentageError";
	static fields = lossFields("mean_absolute_percentage_error");
	constructor(options) {
		super(MeanAbsolutePercentageError$1.fields, resolveOptions("MeanAbsolutePercentageError", MeanAbsolutePercentageError$1.fields, options));
	}
	compute(yTrue, yPred) {
		return multiply(mean(abs(divide(subtract(yTrue, yPred), maximum(abs(yTrue), EPSILON))), LAST), 100);
	}
};
//#endregion
//#region src/losses/mean-squared-error.ts
/** mean (yTrue - yPred)² over the last axis. */
var MeanSquaredError$1 = class MeanSquaredError$1 extends PairLoss {
	static className = "MeanSquaredError";
	static fields = lossFields("mean_squared_error");
	constructor(options) {
		super(MeanSquaredError$1.fields, resolveOptions("MeanSquaredError", MeanSquaredError$1.fields, options));
	}
	compute(yTrue, yPred) {
		return mean(square(subtract(yTrue, yPred)), LAST);
	}
};
//#endregion
//#region src/losses/mean-squared-logarithmic-error.ts
/** mean (log(yTrue + 1) - log(yPred + 1))² over the last axis; values below 1e-7 count as that. */
var MeanSquaredLogarithmicError$1 = class MeanSquaredLogarithmicError$1 extends PairLoss {
	static className = "MeanSquaredLogarithmicError";
	static fields = lossFields("mean_squared_logarithmic_error");
	constructor(options) {
		super(MeanSquaredLogarithmicError$1.fields, resolveOptions("MeanSquaredLogarithmicError", MeanSquaredLogarithmicError$1.fields, options));
	}
	compute(yTrue, yPred) {
		const logOf = (y) => log(add(maximum(y, EPSILON), 1));
		return mean(square(subtract(logOf(yPred), logOf(yTrue))), LAST);
	}
};
//#endregion
//#region src/losses/poisson.ts
/** mean (yPred - yTrue log(yPred)) over the last axis. */
var Poisson$1 = class Poisson$1 extends PairLoss {
	static className = "Poisson";
	static fields = lossFields("poisson");
	constructor(options) {
		super(Poisson$1.fields, resolveOptions("Poisson", Poisson$1.fields, options));
	}
	compute(yTrue, yPred) {
		return mean(subtract(yPred, multiply(yTrue, log(add(yPred, EPSILON)))), LAST);
	}
};
//#endregion
//#region src/losses/sparse-categorical-crossentropy.ts
/** Crossentropy of class indices: -log p of the right class. Classes are the last axis of the predictions. */
var SparseCategoricalCrossentropy$1 = class SparseCategoricalCrossentropy$1 extends Loss {
	static className = "SparseCategoricalCrossentropy";
	static fields = {
		...lossFields("sparse_categorical_crossentropy"),
		fromLogits: bool(false),
		ignoreClass: nullable(int())
	};
	constructor(options) {
		super(SparseCategoricalCrossentropy$1.fields, resolveOptions("SparseCategoricalCrossentropy", SparseCategoricalCrossentropy$1.fields, options));
	}
	/** @throws {ShapeError} when targets do not have the predictions' shape without (or with 1 as) its last axis */
	call(yTrue, yPred) {
		const ids = this.#ids(yTrue, yPred);
		const valid = this.#valid(ids);
		const safe = valid === null ? ids : where(valid, ids, cast(0, "int32"));
		const logP = this.options.fromLogits ? take(logSoftmax$1(yPred, -1), safe) : log(clipProbability(divide(take(yPred, safe), sum(yPred, LAST))));
		return valid === null ? neg(logP) : where(valid, neg(logP), 0);
	}
	mask(yTrue, yPred) {
		return this.#valid(this.#ids(yTrue, yPred));
	}
	classes(yPred) {
		return yPred.at(-1) ?? null;
	}
	#valid(ids) {
		const { ignoreClass } = this.options;
		return ignoreClass === null ? null : notEqual(ids, cast(ignoreClass, "int32"));
	}
	#ids(yTrue, yPred) {
		const rank = yPred.shape.length;
		const ids = yTrue.shape.length === rank && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, -1) : yTrue;
		if (ids.shape.length !== rank - 1 || ids.shape.some((dim, i) => dim !== yPred.shape[i])) throw new ShapeError({
			code: "loss-shapes",
			what: `${this.name} needs one class index for each prediction`,
			received: `targets ${formatShape(yTrue.shape)}`,
			expected: formatShape(yPred.shape.slice(0, -1)),
			fix: "Give class indices from 0, or use CategoricalCrossentropy for one-hot targets"
		});
		return ids.dtype === "int32" ? ids : cast(ids, "int32");
	}
};
//#endregion
//#region src/losses/squared-hinge.ts
/** mean max(1 - yTrue yPred, 0)² over the last axis; targets of -1 and 1, or 0 and 1. */
var SquaredHinge$1 = class SquaredHinge$1 extends PairLoss {
	static className = "SquaredHinge";
	static fields = lossFields("squared_hinge");
	constructor(options) {
		super(SquaredHinge$1.fields, resolveOptions("SquaredHinge", SquaredHinge$1.fields, options));
	}
	compute(yTrue, yPred) {
		return mean(square(margin(yTrue, yPred)), LAST);
	}
};
//#endregion
//#region src/losses/tversky.ts
/** 1 - overlap / (overlap + alpha misses + beta false alarms), over the whole batch unless axes are given. Salehi et al. 2017, arXiv:1706.05721. */
var Tversky = class Tversky extends PairLoss {
	static className = "Tversky";
	static fields = {
		...lossFields("tversky"),
		alpha: float({}, { default: .5 }),
		beta: float({}, { default: .5 }),
		axis: axisField
	};
	constructor(options) {
		super(Tversky.fields, resolveOptions("Tversky", Tversky.fields, options));
	}
	compute(yTrue, yPred) {
		const { alpha, beta, axis } = this.options;
		const overlap = overBatch(multiply(yTrue, yPred), axis);
		const missed = overBatch(multiply(subtract(1, yPred), yTrue), axis);
		const excess = overBatch(multiply(yPred, subtract(1, yTrue)), axis);
		return subtract(1, divide(overlap, add(add(overlap, multiply(missed, alpha)), add(multiply(excess, beta), EPSILON))));
	}
};
//#endregion
//#region src/losses/catalogue.ts
var catalogue_exports$3 = /* @__PURE__ */ __exportAll({
	BinaryCrossentropy: () => BinaryCrossentropy$1,
	BinaryFocalCrossentropy: () => BinaryFocalCrossentropy,
	CategoricalCrossentropy: () => CategoricalCrossentropy$1,
	CategoricalFocalCrossentropy: () => CategoricalFocalCrossentropy,
	CategoricalGeneralizedCrossEntropy: () => CategoricalGeneralizedCrossEntropy,
	CategoricalHinge: () => CategoricalHinge$1,
	CosineSimilarity: () => CosineSimilarity$1,
	Dice: () => Dice,
	Hinge: () => Hinge$1,
	Huber: () => Huber,
	KLDivergence: () => KLDivergence$1,
	LogCosh: () => LogCosh,
	MeanAbsoluteError: () => MeanAbsoluteError$1,
	MeanAbsolutePercentageError: () => MeanAbsolutePercentageError$1,
	MeanSquaredError: () => MeanSquaredError$1,
	MeanSquaredLogarithmicError: () => MeanSquaredLogarithmicError$1,
	Poisson: () => Poisson$1,
	SparseCategoricalCrossentropy: () => SparseCategoricalCrossentropy$1,
	SquaredHinge: () => SquaredHinge$1,
	Tversky: () => Tversky
});
//#endregion
//#region src/losses/function-loss.ts
/** A loss made of a function. Files cannot name it: to save and load it, write a class and register it. */
var FunctionLoss = class FunctionLoss extends PairLoss {
	static className = "FunctionLoss";
	static fields = lossFields("loss");
	#function;
	constructor(fn) {
		super(FunctionLoss.fields, resolveOptions("FunctionLoss", FunctionLoss.fields, { name: fn.name || "loss" }));
		this.#function = fn;
	}
	compute(yTrue, yPred) {
		return this.#function(yTrue, yPred);
	}
};
//#endregion
//#region src/losses/get.ts
const ALIASES$1 = {
	bce: "BinaryCrossentropy",
	BCE: "BinaryCrossentropy",
	kld: "KLDivergence",
	KLD: "KLDivergence",
	kullback_leibler_divergence: "KLDivergence",
	logcosh: "LogCosh",
	mae: "MeanAbsoluteError",
	MAE: "MeanAbsoluteError",
	mape: "MeanAbsolutePercentageError",
	MAPE: "MeanAbsolutePercentageError",
	mse: "MeanSquaredError",
	MSE: "MeanSquaredError",
	msle: "MeanSquaredLogarithmicError",
	MSLE: "MeanSquaredLogarithmicError"
};
const registered$3 = new Registry("loss");
const kind$3 = {
	kind: "loss",
	module: "keras.losses",
	builtIn: builtInClasses(Loss, catalogue_exports$3, ALIASES$1),
	registered: registered$3
};
/**
* The loss that an identifier names.
* @param where for messages, e.g. "compile: loss"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
function get$2(identifier, where = "loss") {
	if (typeof identifier === "function") return new FunctionLoss(identifier);
	return getPart(kind$3, Loss, functionConfig$1(identifier) ?? identifier, where);
}
/**
* The name that Keras reads back: `mse` and `MeanSquaredError` are `mean_squared_error`. Keras 3 cannot read its own
* files that say "mse".
*/
function canonicalName(name) {
	const cls = kind$3.builtIn.get(name);
	return cls === void 0 ? name : snakeCase(cls.className);
}
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
function serialize$3(loss) {
	if (loss instanceof FunctionLoss) throw new OptionError({
		code: "unregistered-function",
		what: `The loss function "${loss.name}" cannot be saved, because files cannot hold functions`,
		fix: "Write it as a subclass of Loss and register that class"
	});
	return serializePart(kind$3, loss);
}
/** The loss that Keras's dictionary (or a name) describes. */
function deserialize$3(json, where = "loss") {
	const name = typeof json === "string" ? json : functionConfig$1(json);
	return name === void 0 ? deserializePart(kind$3, json, where) : getPart(kind$3, Loss, name, where);
}
/** Makes a class of your own known by its `className`, so that files can name it. */
function register$3(cls, packageName) {
	return registered$3.register(cls, packageName);
}
/** Keras writes a loss given as a function as { class_name: "function", config: name }. */
function functionConfig$1(json) {
	if (!isConfig(json) || json["class_name"] !== "function") return void 0;
	return typeof json["config"] === "string" ? json["config"] : void 0;
}
//#endregion
//#region src/losses/reduce.ts
/**
* The loss of a batch as a scalar: this shard's part, so that the parts of all shards add up to Keras's number.
* @param sampleWeight weights of samples (rows), or of every loss; null for none
* @param rows rows of the whole batch, a float32 scalar
*/
function lossValue(loss, yTrue, yPred, sampleWeight, rows) {
	const values = loss.call(yTrue, yPred);
	const mask = loss.mask(yTrue, yPred);
	return reduceLoss(values, mask === null ? sampleWeight : withMask(sampleWeight, mask, loss.reduction, rows), loss.reduction, rows);
}
/**
* Keras's `reduce_weighted_values`: weighted losses, added up, and divided
* - for "sum_over_batch_size" and "mean" by their number (weights do not count),
* - for "mean_with_sample_weight" by the sum of the weights,
* - for "sum" not at all.
*
* Gives this shard's part of the batch's number.
* @throws {OptionError} for "none", which leaves nothing to minimize
*/
function reduceLoss(values, sampleWeight, reduction, rows) {
	if (reduction === "none") throw new OptionError({
		code: "loss-reduction",
		what: "A loss with reduction \"none\" gives no number to minimize",
		expected: "\"sum_over_batch_size\", \"sum\", \"mean\" or \"mean_with_sample_weight\""
	});
	const [losses, weight] = sampleWeight === null ? [values, null] : alignWeights(values, asFloat(sampleWeight));
	const weighted = weight === null ? losses : multiply(losses, weight);
	const total = sum(weighted);
	const part = hasBatch(weighted) ? total : multiply(total, divide(shardRows(), rows));
	if (reduction === "sum" || weighted.shape.length === 0) return part;
	if (reduction === "mean_with_sample_weight" && weight !== null) return divideNoNan(part, allSum(sum(weight)));
	return divide(part, count(weighted, rows));
}
/** Number of elements in the whole batch. */
function count(values, rows) {
	const perRow = values.shape.reduce((size, dim) => size * Math.abs(dim), 1);
	return hasBatch(values) ? multiply(rows, perRow) : perRow;
}
/** Rows of this shard. */
function shardRows() {
	return sum(broadcastTo(constant(1), [-1]));
}
function hasBatch(value) {
	return value.shape.some((dim) => dim < 0);
}
/** Weights that broadcast against the losses; a weight a row covers everything in its row. */
function alignWeights(values, weight) {
	let [losses, aligned] = alignRanks(values, weight);
	if (losses.shape.length === 0) return [losses, aligned];
	if (aligned.shape.length > losses.shape.length) throw new ShapeError({
		code: "sample-weight-shape",
		what: "Sample weights have more dimensions than the losses they weigh",
		received: `weights ${formatShape(weight.shape)}`,
		expected: `at most ${formatShape(values.shape)}`,
		fix: "Give one weight a sample"
	});
	while (aligned.shape.length < losses.shape.length) aligned = expandDims(aligned, -1);
	return [losses, aligned];
}
/** Keras's `apply_mask`: for means, entries that count get total / valid, so that the mean is over them alone. */
function withMask(sampleWeight, mask, reduction, rows) {
	let weight = cast(mask, "float32");
	if (reduction === "mean" || reduction === "sum_over_batch_size") weight = multiply(weight, divideNoNan(count(mask, rows), allSum(sum(weight))));
	if (sampleWeight === null) return weight;
	const [aligned, own] = alignWeights(weight, asFloat(sampleWeight));
	return multiply(own, aligned);
}
function divideNoNan(a, b) {
	const zero = equal(b, 0);
	return where(zero, 0, divide(a, where(zero, 1, b)));
}
//#endregion
//#region src/losses/index.ts
var losses_exports = /* @__PURE__ */ __exportAll({
	BinaryCrossentropy: () => BinaryCrossentropy$1,
	BinaryFocalCrossentropy: () => BinaryFocalCrossentropy,
	CategoricalCrossentropy: () => CategoricalCrossentropy$1,
	CategoricalFocalCrossentropy: () => CategoricalFocalCrossentropy,
	CategoricalGeneralizedCrossEntropy: () => CategoricalGeneralizedCrossEntropy,
	CategoricalHinge: () => CategoricalHinge$1,
	CosineSimilarity: () => CosineSimilarity$1,
	Dice: () => Dice,
	FunctionLoss: () => FunctionLoss,
	Hinge: () => Hinge$1,
	Huber: () => Huber,
	KLDivergence: () => KLDivergence$1,
	LogCosh: () => LogCosh,
	Loss: () => Loss,
	MeanAbsoluteError: () => MeanAbsoluteError$1,
	MeanAbsolutePercentageError: () => MeanAbsolutePercentageError$1,
	MeanSquaredError: () => MeanSquaredError$1,
	MeanSquaredLogarithmicError: () => MeanSquaredLogarithmicError$1,
	PairLoss: () => PairLoss,
	Poisson: () => Poisson$1,
	SparseCategoricalCrossentropy: () => SparseCategoricalCrossentropy$1,
	SquaredHinge: () => SquaredHinge$1,
	Tversky: () => Tversky,
	alignRanks: () => alignRanks,
	canonicalName: () => canonicalName,
	deserialize: () => deserialize$3,
	get: () => get$2,
	lossFields: () => lossFields,
	lossValue: () => lossValue,
	reduceLoss: () => reduceLoss,
	register: () => register$3,
	serialize: () => serialize$3
});
//#endregion
//#region src/metrics/metric.ts
/**
* Something measured over many batches. Accumulators are variables; {@link update} says symbolically what a batch adds
* to them (the whole batch: sums over rows go through allSum), and {@link result} works the number out on the host.
*/
var Metric = class extends OptionPart {
	/** Name in files; equal to the export's name. */
	static className;
	/** The key in logs. `compile` sets it to what the user wrote. */
	name;
	#variables = [];
	constructor(fields, options) {
		super(fields, options);
		const { name } = options;
		this.name = name ?? uniqueName(new.target.className);
	}
	/** The accumulators. Those of some metrics depend on shapes: {@link build} makes them, or the first {@link update}. */
	get variables() {
		return this.#variables;
	}
	/**
	* Makes the accumulators that depend on shapes, once.
	* @throws {ShapeError} when the metric cannot measure predictions of this shape
	*/
	build(_yPred) {}
	/** Starts anew. */
	reset() {
		for (const variable of this.#variables) variable.data.fill(0);
	}
	getConfig() {
		return {
			...super.getConfig(),
			name: this.name
		};
	}
	/** An accumulator of zeros. */
	addVariable(name, shape) {
		const variable = new Variable({
			name,
			path: `${this.name}/${name}`,
			shape,
			trainable: false
		});
		this.#variables.push(variable);
		return variable;
	}
};
/** The options that all metrics share. @param name the default; null for the class's name in snake case, numbered */
function metricFields(name) {
	return {
		name: nullable(text(), { default: name }),
		dtype: oneOf(["float32"], { default: "float32" })
	};
}
//#endregion
//#region src/metrics/samplewise.ts
/** Weights with axes of one at their end, to broadcast against values of more dimensions. */
function rowWeights(sampleWeight, values) {
	let weights = asFloat(sampleWeight);
	while (weights.shape.length < values.shape.length) weights = expandDims(weights, -1);
	return weights;
}
/**
* Brings values to one a row, weighted: Keras's `reduce_to_samplewise_values`.
* @throws {ShapeError} when the weights have no row axis or do not fit
*/
function samplewise(values, sampleWeight, how) {
	const reduce = (value, from) => {
		const axes = value.shape.map((_, axis) => axis).slice(from);
		if (axes.length === 0) return value;
		return how === "sum" ? sum(value, { axes }) : mean(value, { axes });
	};
	const floats = asFloat(values);
	if (sampleWeight === null) return {
		values: reduce(floats, 1),
		weights: null
	};
	const [fitted, weights] = alignRanks(floats, asFloat(sampleWeight));
	const rank = weights.shape.length;
	if (rank === 0 || rank > fitted.shape.length) throw new ShapeError({
		code: "sample-weight-shape",
		what: "These sample weights do not fit the values of the metric",
		received: `weights of shape ${formatShape(weights.shape)} for values of shape ${formatShape(fitted.shape)}`,
		expected: "one weight a row, or one for each leading element of a row"
	});
	const reduced = reduce(fitted, rank);
	const broadcast = broadcastTo(weights, reduced.shape);
	return {
		values: reduce(multiply(reduced, broadcast), 1),
		weights: reduce(broadcast, 1)
	};
}
//#endregion
//#region src/metrics/whole.ts
/** Whether the value has an axis along the batch. */
const hasRows = (value) => value.shape.some((dim) => dim < 0);
/**
* The sum over `axes` (all by default) for the whole batch, not only for the part of it that one shard computes.
*/
function wholeSum(value, axes) {
	const sum$1 = sum(value, axes === void 0 ? {} : { axes });
	return hasRows(value) ? allSum(sum$1) : sum$1;
}
/** The update that adds a value to an accumulator. */
function plus(variable, value) {
	return [variable, add(variable.value, value)];
}
//#endregion
//#region src/metrics/mean-base.ts
/** What all weighted means share. */
var MeanBase = class extends Metric {
	#total;
	#count;
	constructor(fields, options) {
		super(fields, options);
		this.#total = this.addVariable("total", []);
		this.#count = this.addVariable("count", []);
	}
	/** What values of a batch add: their weighted sum, and the sum of the weights (the rows, without weights). */
	accumulate(values, sampleWeight, context) {
		const rowwise = samplewise(values, sampleWeight, "mean");
		const count = rowwise.weights === null ? rowsOf(rowwise.values, context) : wholeSum(rowwise.weights);
		return new Map([plus(this.#total, wholeSum(rowwise.values)), plus(this.#count, count)]);
	}
	/** 0 before the first value. */
	result() {
		const count = this.#count.read().item();
		return count === 0 ? 0 : this.#total.read().item() / count;
	}
};
/** Rows of the whole batch in a value: k times those of the batch for a first dimension of -k. */
function rowsOf({ shape }, { rows }) {
	const first = shape[0] ?? 1;
	return first < 0 ? multiply(rows, -first) : multiply(constant(1), first);
}
/** A mean of values that a function of labels and predictions gives. */
var MeanOfValues = class extends MeanBase {
	update(yTrue, yPred, sampleWeight, context) {
		return this.accumulate(this.values(yTrue, yPred), sampleWeight, context);
	}
};
//#endregion
//#region src/metrics/accuracy.ts
/** How often a prediction equals its label exactly. `"accuracy"` in `compile` means another: see `resolve`. */
var Accuracy = class Accuracy extends MeanOfValues {
	static className = "Accuracy";
	static fields = metricFields("accuracy");
	direction = "max";
	constructor(options = {}) {
		super(Accuracy.fields, resolveOptions("Accuracy", Accuracy.fields, options));
	}
	values(yTrue, yPred) {
		const [labels, predictions] = alignRanks(cast(yTrue, yPred.dtype), yPred);
		return cast(equal(labels, predictions), "float32");
	}
};
//#endregion
//#region src/metrics/thresholds.ts
/** Below every prediction: what top-k puts in place of the others, and its default threshold. */
const NEVER = -1e10;
/** Thresholds in [0, 1], kept as they were given. */
const thresholdsField = {
	default: null,
	parse(value, where) {
		const one = float({
			min: 0,
			max: 1
		});
		if (value === null) return null;
		if (!Array.isArray(value)) return one.parse(value, where);
		if (value.length === 0) throw wrongOption(where, "a number or a list of numbers from 0 to 1", value);
		return value.map((item) => one.parse(item, where));
	}
};
function thresholdList(thresholds, fallback) {
	if (thresholds === null) return [fallback];
	return typeof thresholds === "number" ? [thresholds] : thresholds;
}
/**
* Whether there are at least three and they divide [0, 1] evenly. Keras then sorts predictions into buckets, which
* costs one pass instead of one a threshold, and decides predictions that lie on a threshold in its own way.
*/
function isEven(thresholds) {
	const last = thresholds.length - 1;
	if (last < 2) return false;
	return thresholds.every((threshold, i) => {
		const even = Math.fround(Math.fround(i) / last);
		return Math.abs(threshold - even) <= 1e-7 + 1e-5 * even;
	});
}
/** `count` thresholds from 0 to 1, ends included. */
function evenThresholds(count) {
	if (count === 1) return [.5];
	return Array.from({ length: count }, (_, i) => i / (count - 1));
}
//#endregion
//#region src/metrics/top-k-filter.ts
/**
* The k largest of each last axis (of equals, the first), and {@link NEVER} for the others.
* @throws {ShapeError} when the axis has fewer than k
*/
function keepTopK(x, k) {
	if (k > (x.shape.at(-1) ?? 1)) throw new ShapeError({
		code: "top-k-classes",
		what: `The ${k} largest predictions of a row need at least ${k} predictions`,
		received: `shape ${formatShape(x.shape)}`
	});
	const least = slice(sortDescending(x, -1), -1, k - 1, k);
	const above = greater(x, least);
	const level = equal(x, least);
	const room = subtract(k, sum(cast(above, "float32"), {
		axes: [-1],
		keepDims: true
	}));
	return where(logicalOr(above, logicalAnd(level, lessEqual(cumsum(cast(level, "float32"), -1), room))), x, NEVER);
}
//#endregion
//#region src/metrics/confusion.ts
/** Counts labels against predictions as Keras's `update_confusion_matrix_variables` does. */
function confusion(yTrue, yPred, sampleWeight, options) {
	let [predictions, labels] = alignRanks(asFloat(yPred), asFloat(yTrue));
	const { topK = null, classId = null, labelWeights = null, multiLabel = false } = options;
	if (topK !== null) predictions = keepTopK(predictions, topK);
	if (classId !== null) {
		checkClass(predictions, classId);
		predictions = slice(predictions, -1, classId, classId + 1);
		labels = slice(labels, -1, classId, classId + 1);
	}
	const shape = predictions.shape;
	let weights = broadcastTo(sampleWeight === null ? constant(1) : rowWeights(sampleWeight, labels), shape);
	if (labelWeights !== null) weights = multiply(weights, constant(new Tensor(labelWeights, void 0, "float32")));
	const positive = cast(notEqual(labels, 0), "float32");
	const size = shape.reduce((a, b) => a * b, 1);
	const flat = (value) => multiLabel ? value : reshape(value, [size, 1]);
	const rows = {
		predictions: flat(predictions),
		yes: flat(multiply(positive, weights)),
		no: flat(multiply(subtract(1, positive), weights))
	};
	const counts = options.even ? inBuckets(rows, options.thresholds) : oneByOne(rows, options.thresholds);
	return multiLabel ? counts : mapCounts(counts, (count) => squeeze(count, -1));
}
/** Buckets between evenly spaced thresholds, and their sums from the right. */
function inBuckets({ predictions, yes, no }, thresholds) {
	const count = thresholds.length;
	const columns = predictions.shape.at(-1);
	const exact = subtract(ceil(multiply(clip(predictions, 0, 1), count - 1)), 1);
	const inside = thresholds[0] < 0 ? null : cast(greaterEqual(exact, 0), "float32");
	const bucket = cast(relu$1(exact), "int32");
	const ids = columns === 1 ? bucket : add(multiply(bucket, columns), iota(columns));
	const size = ids.shape.reduce((a, b) => a * b, 1);
	const above = (weights) => {
		const updates = reshape(inside === null ? weights : multiply(weights, inside), [size]);
		return cumsum(reshape(allSum(scatterAdd(reshape(ids, [size]), updates, count * columns)), [count, columns]), 0, { reverse: true });
	};
	const truePositives = above(yes);
	const falsePositives = above(no);
	return {
		truePositives,
		falsePositives,
		trueNegatives: subtract(wholeSum(no, [0]), falsePositives),
		falseNegatives: subtract(wholeSum(yes, [0]), truePositives)
	};
}
/** Each threshold against each prediction. */
function oneByOne({ predictions, yes, no }, thresholds) {
	const limits = constant(new Tensor(thresholds, [thresholds.length], "float32"));
	const above = cast(greater(expandDims(predictions, -1), limits), "float32");
	const below = subtract(1, above);
	const count = (weights, where) => transpose(wholeSum(multiply(expandDims(weights, -1), where), [0]), [1, 0]);
	return {
		truePositives: count(yes, above),
		falsePositives: count(no, above),
		trueNegatives: count(no, below),
		falseNegatives: count(yes, below)
	};
}
function mapCounts(counts, f) {
	return {
		truePositives: f(counts.truePositives),
		falsePositives: f(counts.falsePositives),
		trueNegatives: f(counts.trueNegatives),
		falseNegatives: f(counts.falseNegatives)
	};
}
function checkClass(predictions, classId) {
	if (predictions.shape.length >= 2 && classId < predictions.shape.at(-1)) return;
	throw new ShapeError({
		code: "class-id",
		what: `There is no class ${classId} in these predictions`,
		received: `shape ${formatShape(predictions.shape)}`,
		expected: `at least ${classId + 1} classes along the last axis`
	});
}
//#endregion
//#region src/metrics/curve.ts
/** a / b, and 0 for b = 0. */
const ratio = (a, b) => b === 0 ? 0 : a / b;
/**
* The area under a curve through the counts.
* @param summation heights of the strips between neighbours: their mean, the lower or the higher one. Precision-recall
*   curves are interpolated between counts, not between ratios (Davis & Goadrich 2006).
*/
function areaUnder(counts, curve, summation) {
	if (curve === "PR" && summation === "interpolation") return interpolatedPrecisionRecall(counts);
	const { x, y } = points(counts, curve);
	let area = 0;
	for (let i = 0; i + 1 < x.length; i++) {
		const [a, b] = [y[i], y[i + 1]];
		const height = summation === "interpolation" ? (a + b) / 2 : summation === "minoring" ? Math.min(a, b) : Math.max(a, b);
		area += (x[i] - x[i + 1]) * height;
	}
	return area;
}
function points(counts, curve) {
	const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = counts;
	const recall = tp.map((count, i) => ratio(count, count + fn[i]));
	if (curve === "ROC") return {
		x: fp.map((count, i) => ratio(count, count + tn[i])),
		y: recall
	};
	if (curve === "PR") return {
		x: recall,
		y: tp.map((count, i) => ratio(count, count + fp[i]))
	};
	const scale = tp.map((count, i) => ratio(count + fn[i], tn[i] + fp[i]));
	return {
		x: tp.map((count, i) => count === 0 ? 0 : Math.max(0, 1 - scale[i] * ratio(fn[i], count))),
		y: tp.map((count, i) => count === 0 ? 1 : 1 - scale[i] * ratio(fp[i], count))
	};
}
function interpolatedPrecisionRecall(counts) {
	const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = counts;
	let area = 0;
	for (let i = 0; i + 1 < tp.length; i++) {
		const gained = tp[i] - tp[i + 1];
		const [here, next] = [tp[i] + fp[i], tp[i + 1] + fp[i + 1]];
		const slope = ratio(gained, Math.max(here - next, 0));
		const intercept = tp[i + 1] - slope * next;
		const grown = here > 0 && next > 0 ? here / next : 1;
		area += ratio(slope * (gained + intercept * Math.log(grown)), Math.max(tp[i + 1] + fn[i + 1], 0));
	}
	return area;
}
//#endregion
//#region src/metrics/auc.ts
const numbers$1 = (range) => {
	const parse = (value, where) => {
		if (!Array.isArray(value)) throw wrongOption(where, "a list of numbers", value);
		return value.map((item) => float(range).parse(item, where));
	};
	return {
		parse,
		fromConfig(json, where) {
			const config = isConfig(json) ? json["config"] : void 0;
			return parse(isConfig(config) ? config["value"] : json, where);
		}
	};
};
const COUNTS$2 = [
	["truePositives", "true_positives"],
	["falsePositives", "false_positives"],
	["trueNegatives", "true_negatives"],
	["falseNegatives", "false_negatives"]
];
/** The area under the ROC or a precision-recall curve, from counts at many thresholds. */
var AUC = class AUC extends Metric {
	static className = "AUC";
	static fields = {
		...metricFields(null),
		numThresholds: int({ min: 2 }, { default: 200 }),
		curve: oneOf([
			"ROC",
			"PR",
			"PRGAIN"
		], { default: "ROC" }),
		summationMethod: oneOf([
			"interpolation",
			"minoring",
			"majoring"
		], { default: "interpolation" }),
		multiLabel: bool(false),
		numLabels: nullable(int({ min: 1 })),
		labelWeights: nullable(numbers$1({ min: 0 })),
		fromLogits: bool(false),
		thresholds: nullable(numbers$1({
			min: 0,
			max: 1
		}))
	};
	direction = "max";
	#thresholds;
	#even;
	#counts = null;
	constructor(options = {}) {
		const resolved = resolveOptions("AUC", AUC.fields, options);
		super(AUC.fields, resolved);
		const { thresholds, numThresholds, multiLabel, numLabels } = resolved;
		const inner = thresholds === null ? evenThresholds(numThresholds).slice(1, -1) : [...thresholds].sort((a, b) => a - b);
		this.#even = thresholds === null || isEven([
			0,
			...inner,
			1
		]);
		this.#thresholds = [
			-1e-7,
			...inner,
			1.0000001
		];
		if (numLabels !== null && !multiLabel) throw new OptionError({
			code: "auc-labels",
			what: "AUC.numLabels is only used with multiLabel: true",
			received: `numLabels: ${numLabels}`,
			fix: "Set multiLabel: true or leave numLabels out"
		});
		if (!multiLabel) this.#makeCounts([]);
		else if (numLabels !== null) this.#makeCounts([numLabels]);
	}
	build(yPred) {
		if (this.#counts === null) this.#makeCounts([labelsOf(yPred)]);
	}
	update(yTrue, yPred, sampleWeight) {
		const { multiLabel, labelWeights, fromLogits } = this.options;
		this.build(yPred.shape);
		const counts = confusion(yTrue, fromLogits ? sigmoid$1(yPred) : yPred, sampleWeight, {
			thresholds: this.#thresholds,
			even: this.#even,
			multiLabel,
			labelWeights: multiLabel ? null : labelWeights
		});
		return new Map([...this.#counts].map(([key, variable]) => plus(variable, counts[key])));
	}
	/** 0 before the first batch. */
	result() {
		if (this.#counts === null) return 0;
		const { curve, summationMethod, multiLabel, labelWeights } = this.options;
		const labels = this.#counts.get("truePositives").shape[1] ?? 1;
		const areas = Array.from({ length: labels }, (_, label) => areaUnder(this.#column(label, labels), curve, summationMethod));
		if (!multiLabel) return areas[0];
		const weights = labelWeights ?? areas.map(() => 1);
		return ratio(areas.reduce((total, area, label) => total + area * weights[label], 0), weights.reduce((a, b) => a + b, 0));
	}
	/** As Keras: thresholds only where they were given, and `num_thresholds` counts the two ends. */
	getConfig() {
		const { thresholds, ...config } = super.getConfig();
		const count = { num_thresholds: this.#thresholds.length };
		return thresholds === null ? {
			...config,
			...count
		} : {
			...config,
			...count,
			thresholds
		};
	}
	#makeCounts(labels) {
		const shape = [this.#thresholds.length, ...labels];
		this.#counts = new Map(COUNTS$2.map(([key, name]) => [key, this.addVariable(name, shape)]));
	}
	#column(label, labels) {
		const column = (key) => Array.from(this.#counts.get(key).data).filter((_, i) => i % labels === label);
		return {
			truePositives: column("truePositives"),
			falsePositives: column("falsePositives"),
			trueNegatives: column("trueNegatives"),
			falseNegatives: column("falseNegatives")
		};
	}
};
function labelsOf(shape) {
	const labels = shape[1];
	if (shape.length === 2 && labels !== void 0 && labels > 0) return labels;
	throw new ShapeError({
		code: "auc-shape",
		what: "AUC with multiLabel needs predictions of shape (rows, labels)",
		received: `shape ${formatShape(shape)}`
	});
}
//#endregion
//#region src/metrics/binary-accuracy.ts
/** How often predictions, cut at a threshold, equal labels of 0 and 1. */
var BinaryAccuracy = class BinaryAccuracy extends MeanOfValues {
	static className = "BinaryAccuracy";
	static fields = {
		...metricFields("binary_accuracy"),
		threshold: float({}, { default: .5 })
	};
	direction = "max";
	constructor(options = {}) {
		super(BinaryAccuracy.fields, resolveOptions("BinaryAccuracy", BinaryAccuracy.fields, options));
	}
	values(yTrue, yPred) {
		const [labels, predictions] = alignRanks(cast(yTrue, "float32"), yPred);
		return cast(equal(labels, cast(greater(predictions, this.options.threshold), "float32")), "float32");
	}
};
//#endregion
//#region src/metrics/loss-metric.ts
/** The mean of a loss over rows. */
var LossMetric = class extends MeanOfValues {
	#loss;
	constructor(loss, fields, options) {
		super(fields, options);
		this.#loss = loss;
	}
	values(yTrue, yPred) {
		return this.#loss.call(yTrue, yPred);
	}
	/** As in Keras, what a loss leaves out (`ignoreClass`) lowers the weights, if there are any. */
	update(yTrue, yPred, sampleWeight, context) {
		const mask = sampleWeight === null ? null : this.#loss.mask(yTrue, yPred);
		if (sampleWeight === null || mask === null) return super.update(yTrue, yPred, sampleWeight, context);
		const weights = multiply(rowWeights(sampleWeight, mask), cast(mask, "float32"));
		return super.update(yTrue, yPred, weights, context);
	}
};
//#endregion
//#region src/metrics/binary-crossentropy.ts
/** The mean crossentropy of yes or no labels. */
var BinaryCrossentropy = class BinaryCrossentropy extends LossMetric {
	static className = "BinaryCrossentropy";
	static fields = {
		...metricFields("binary_crossentropy"),
		fromLogits: bool(false),
		labelSmoothing: float({
			min: 0,
			max: 1
		}, { default: 0 })
	};
	direction = "min";
	constructor(options = {}) {
		const resolved = resolveOptions("BinaryCrossentropy", BinaryCrossentropy.fields, options);
		const { fromLogits, labelSmoothing } = resolved;
		super(new BinaryCrossentropy$1({
			fromLogits,
			labelSmoothing
		}), BinaryCrossentropy.fields, resolved);
	}
};
//#endregion
//#region src/metrics/categorical-accuracy.ts
/** How often the largest prediction is at the largest label (one-hot labels). */
var CategoricalAccuracy = class CategoricalAccuracy extends MeanOfValues {
	static className = "CategoricalAccuracy";
	static fields = metricFields("categorical_accuracy");
	direction = "max";
	constructor(options = {}) {
		super(CategoricalAccuracy.fields, resolveOptions("CategoricalAccuracy", CategoricalAccuracy.fields, options));
	}
	values(yTrue, yPred) {
		return cast(equal(argmax(cast(yTrue, "float32"), -1), argmax(yPred, -1)), "float32");
	}
};
//#endregion
//#region src/metrics/categorical-crossentropy.ts
/** The mean crossentropy of one-hot labels. */
var CategoricalCrossentropy = class CategoricalCrossentropy extends LossMetric {
	static className = "CategoricalCrossentropy";
	static fields = {
		...metricFields("categorical_crossentropy"),
		fromLogits: bool(false),
		labelSmoothing: float({
			min: 0,
			max: 1
		}, { default: 0 }),
		axis: int({}, { default: -1 })
	};
	direction = "min";
	constructor(options = {}) {
		const resolved = resolveOptions("CategoricalCrossentropy", CategoricalCrossentropy.fields, options);
		const { fromLogits, labelSmoothing, axis } = resolved;
		super(new CategoricalCrossentropy$1({
			fromLogits,
			labelSmoothing,
			axis
		}), CategoricalCrossentropy.fields, resolved);
	}
};
//#endregion
//#region src/metrics/categorical-hinge.ts
/** The mean of the hinge loss between the right class and the best wrong one (one-hot labels). */
var CategoricalHinge = class CategoricalHinge extends LossMetric {
	static className = "CategoricalHinge";
	static fields = metricFields("categorical_hinge");
	direction = "min";
	constructor(options = {}) {
		super(new CategoricalHinge$1(), CategoricalHinge.fields, resolveOptions("CategoricalHinge", CategoricalHinge.fields, options));
	}
};
//#endregion
//#region src/metrics/correlation.ts
const correlationFields = (name) => ({
	...metricFields(name),
	axis: int({}, { default: -1 })
});
/** The axis, counted from the front; rows are not compared with each other. */
function correlationAxis(owner, axis, shape) {
	const index = axis < 0 ? shape.length + axis : axis;
	const size = shape[index];
	if (size !== void 0 && size > 0) return index;
	throw new ShapeError({
		code: "correlation-axis",
		what: `${owner} compares values of one row, so axis ${axis} of the predictions must be another than that of the rows`,
		received: `shape ${formatShape(shape)}`
	});
}
//#endregion
//#region src/metrics/concordance-correlation.ts
/** The mean concordance (Lin 1989, in Keras's form) of each row's labels and predictions. */
var ConcordanceCorrelation = class ConcordanceCorrelation extends MeanOfValues {
	static className = "ConcordanceCorrelation";
	static fields = correlationFields("concordance_correlation");
	direction = "max";
	constructor(options = {}) {
		super(ConcordanceCorrelation.fields, resolveOptions("ConcordanceCorrelation", ConcordanceCorrelation.fields, options));
	}
	/** @throws {ShapeError} when the axis is that of the rows */
	values(yTrue, yPred) {
		const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
		const axis = correlationAxis(this.name, this.options.axis, predictions.shape);
		const along = {
			axes: [axis],
			keepDims: true
		};
		const labelMean = mean(labels, along);
		const predictionMean = mean(predictions, along);
		const product = multiply(subtract(labels, predictionMean), subtract(predictions, predictionMean));
		const norm = add(add(variance(labels, along), variance(predictions, along)), square(subtract(labelMean, predictionMean)));
		return mean(divide(multiply(2, product), add(norm, EPSILON)), { axes: [axis] });
	}
};
//#endregion
//#region src/metrics/cosine-similarity.ts
/** The mean cosine between labels and predictions. */
var CosineSimilarity = class CosineSimilarity extends MeanOfValues {
	static className = "CosineSimilarity";
	static fields = {
		...metricFields("cosine_similarity"),
		axis: int({}, { default: -1 })
	};
	direction = "max";
	#loss;
	constructor(options = {}) {
		super(CosineSimilarity.fields, resolveOptions("CosineSimilarity", CosineSimilarity.fields, options));
		this.#loss = new CosineSimilarity$1({ axis: this.options.axis });
	}
	values(yTrue, yPred) {
		return neg(this.#loss.call(yTrue, yPred));
	}
	/** As Keras, which does not write the axis; another than the default is written, so that it is not lost. */
	getConfig() {
		const { axis, ...config } = super.getConfig();
		return axis === -1 ? config : {
			...config,
			axis
		};
	}
};
//#endregion
//#region src/metrics/fbeta-score.ts
const f1Fields = (name) => ({
	...metricFields(name),
	average: nullable(oneOf([
		"micro",
		"macro",
		"weighted"
	])),
	threshold: nullable(float({
		above: 0,
		max: 1
	}))
});
const COUNTS$1 = [
	"true_positives",
	"false_positives",
	"false_negatives",
	"intermediate_weights"
];
/** What the F scores share: `(1 + beta²) * precision * recall / (beta² * precision + recall)`, class by class. */
var FScore = class extends Metric {
	direction = "max";
	#beta;
	#average;
	#threshold;
	#counts = null;
	constructor(beta, fields, options) {
		super(fields, options);
		const { average, threshold } = options;
		this.#beta = beta;
		this.#average = average;
		this.#threshold = threshold;
	}
	build(yPred) {
		if (yPred.length !== 2) throw this.#wrongShape(`predictions ${formatShape(yPred)}`);
		this.#counts ??= this.#makeCounts(yPred[1]);
	}
	update(yTrue, yPred, sampleWeight) {
		this.build(yPred.shape);
		if (yTrue.shape.length !== 2) throw this.#wrongShape(`labels ${formatShape(yTrue.shape)}`);
		const counts = this.#counts;
		const labels = asFloat(yTrue);
		const chosen = cast(this.#choose(yPred), "float32");
		const total = (values) => {
			const weighted = sampleWeight === null ? values : multiply(values, rowWeights(sampleWeight, values));
			return this.#average === "micro" ? wholeSum(weighted) : wholeSum(weighted, [0]);
		};
		return new Map([
			plus(counts.true_positives, total(multiply(chosen, labels))),
			plus(counts.false_positives, total(multiply(chosen, subtract(1, labels)))),
			plus(counts.false_negatives, total(multiply(subtract(1, chosen), labels))),
			plus(counts.intermediate_weights, total(labels))
		]);
	}
	/** 0 before the first batch. */
	result() {
		const counts = this.#counts;
		if (counts === null) return 0;
		const beta2 = this.#beta ** 2;
		const scores = Array.from(counts.true_positives.data, (hits, i) => {
			const precision = hits / (hits + counts.false_positives.data[i] + EPSILON);
			const recall = hits / (hits + counts.false_negatives.data[i] + EPSILON);
			return precision * recall / (beta2 * precision + recall + EPSILON) * (1 + beta2);
		});
		if (this.#average === null) return scores;
		if (this.#average !== "weighted") return scores.reduce((a, b) => a + b, 0) / scores.length;
		const weights = Array.from(counts.intermediate_weights.data);
		const whole = weights.reduce((a, b) => a + b, 0) + EPSILON;
		return scores.reduce((total, score, i) => total + score * weights[i] / whole, 0);
	}
	#choose(yPred) {
		if (this.#threshold !== null) return greater(yPred, this.#threshold);
		return logicalAnd(greaterEqual(yPred, max(yPred, {
			axes: [-1],
			keepDims: true
		})), greater(abs(yPred), 1e-9));
	}
	#wrongShape(received) {
		return new ShapeError({
			code: "f-score-shape",
			what: `${this.name} needs labels and predictions of shape (rows, classes)`,
			received,
			fix: "Give one-hot labels"
		});
	}
	#makeCounts(classes) {
		const shape = this.#average === "micro" ? [] : [classes];
		const entries = COUNTS$1.map((name) => [name, this.addVariable(name, shape)]);
		return Object.fromEntries(entries);
	}
};
/** The weighted harmonic mean of precision and recall. */
var FBetaScore = class FBetaScore extends FScore {
	static className = "FBetaScore";
	static fields = {
		...f1Fields("fbeta_score"),
		beta: float({ above: 0 }, { default: 1 })
	};
	constructor(options = {}) {
		const resolved = resolveOptions("FBetaScore", FBetaScore.fields, options);
		super(resolved.beta, FBetaScore.fields, resolved);
	}
};
//#endregion
//#region src/metrics/f1-score.ts
/** The harmonic mean of precision and recall. */
var F1Score = class F1Score extends FScore {
	static className = "F1Score";
	static fields = f1Fields("f1_score");
	constructor(options = {}) {
		super(1, F1Score.fields, resolveOptions("F1Score", F1Score.fields, options));
	}
};
//#endregion
//#region src/metrics/condition-count.ts
const conditionCountFields = () => ({
	...metricFields(null),
	thresholds: thresholdsField
});
/** What the four counts of a confusion matrix share. */
var ConditionCount = class extends Metric {
	direction = null;
	#condition;
	#thresholds;
	#accumulator;
	constructor(condition, fields, options) {
		super(fields, options);
		this.#condition = condition;
		this.#thresholds = thresholdList(this.options.thresholds, .5);
		this.#accumulator = this.addVariable("accumulator", [this.#thresholds.length]);
	}
	update(yTrue, yPred, sampleWeight) {
		const thresholds = this.#thresholds;
		const counts = confusion(yTrue, yPred, sampleWeight, {
			thresholds,
			even: isEven(thresholds)
		});
		return new Map([plus(this.#accumulator, counts[this.#condition])]);
	}
	result() {
		const counts = Array.from(this.#accumulator.data);
		return counts.length === 1 ? counts[0] : counts;
	}
};
//#endregion
//#region src/metrics/false-negatives.ts
/** How many rows were predicted negative but are not, by weight. */
var FalseNegatives = class FalseNegatives extends ConditionCount {
	static className = "FalseNegatives";
	static fields = conditionCountFields();
	constructor(options = {}) {
		super("falseNegatives", FalseNegatives.fields, resolveOptions("FalseNegatives", FalseNegatives.fields, options));
	}
};
//#endregion
//#region src/metrics/false-positives.ts
/** How many rows were predicted positive but are not, by weight. */
var FalsePositives = class FalsePositives extends ConditionCount {
	static className = "FalsePositives";
	static fields = conditionCountFields();
	constructor(options = {}) {
		super("falsePositives", FalsePositives.fields, resolveOptions("FalsePositives", FalsePositives.fields, options));
	}
};
//#endregion
//#region src/metrics/hinge.ts
/** The mean of `max(1 - label * prediction, 0)`, labels -1 or 1 (0 counts as -1). */
var Hinge = class Hinge extends LossMetric {
	static className = "Hinge";
	static fields = metricFields("hinge");
	direction = "min";
	constructor(options = {}) {
		super(new Hinge$1(), Hinge.fields, resolveOptions("Hinge", Hinge.fields, options));
	}
};
//#endregion
//#region src/metrics/kl-divergence.ts
/** Kullback and Leibler's divergence of predicted distributions from the labels'. */
var KLDivergence = class KLDivergence extends LossMetric {
	static className = "KLDivergence";
	static fields = metricFields("kl_divergence");
	direction = "min";
	constructor(options = {}) {
		super(new KLDivergence$1(), KLDivergence.fields, resolveOptions("KLDivergence", KLDivergence.fields, options));
	}
};
//#endregion
//#region src/metrics/log-cosh-error.ts
/** The mean of the logarithm of the hyperbolic cosine of differences. */
var LogCoshError = class LogCoshError extends LossMetric {
	static className = "LogCoshError";
	static fields = metricFields("logcosh");
	direction = "min";
	constructor(options = {}) {
		super(new LogCosh(), LogCoshError.fields, resolveOptions("LogCoshError", LogCoshError.fields, options));
	}
};
//#endregion
//#region src/metrics/mean.ts
/** The weighted mean of values, fed to {@link accumulate}. It compares nothing, so `compile` cannot use it. */
var Mean = class Mean extends MeanBase {
	static className = "Mean";
	static fields = metricFields("mean");
	direction = null;
	constructor(options = {}) {
		super(Mean.fields, resolveOptions("Mean", Mean.fields, options));
	}
	/** @throws {StateError} always */
	update(_yTrue, _yPred, _sampleWeight, _context) {
		throw new StateError({
			code: "metric-compares-nothing",
			what: `${this.name}: Mean averages values, it does not compare labels with predictions`,
			fix: "Use a metric such as MeanAbsoluteError, or new MeanMetricWrapper({ fn }) with a function of both"
		});
	}
};
//#endregion
//#region src/metrics/mean-absolute-error.ts
/** The mean of absolute differences. */
var MeanAbsoluteError = class MeanAbsoluteError extends LossMetric {
	static className = "MeanAbsoluteError";
	static fields = metricFields("mean_absolute_error");
	direction = "min";
	constructor(options = {}) {
		super(new MeanAbsoluteError$1(), MeanAbsoluteError.fields, resolveOptions("MeanAbsoluteError", MeanAbsoluteError.fields, options));
	}
};
//#endregion
//#region src/metrics/mean-absolute-percentage-error.ts
/** The mean of absolute differences in percent of the labels. */
var MeanAbsolutePercentageError = class MeanAbsolutePercentageError extends LossMetric {
	static className = "MeanAbsolutePercentageError";
	static fields = metricFields("mean_absolute_percentage_error");
	direction = "min";
	constructor(options = {}) {
		super(new MeanAbsolutePercentageError$1(), MeanAbsolutePercentageError.fields, resolveOptions("MeanAbsolutePercentageError", MeanAbsolutePercentageError.fields, options));
	}
};
//#endregion
//#region src/metrics/mean-metric-wrapper.ts
/** The mean of what a function says about each row. */
var MeanMetricWrapper = class MeanMetricWrapper extends MeanOfValues {
	static className = "MeanMetricWrapper";
	static fields = {
		...metricFields(null),
		fn: {
			parse(value, where) {
				if (typeof value !== "function") throw wrongOption(where, "a function of labels and predictions", value);
				return value;
			},
			toConfig: (fn) => ({
				module: "builtins",
				class_name: "function",
				config: fn.name,
				registered_name: fn.name
			}),
			fromConfig(_json, where) {
				throw new OptionError({
					code: "metric-function",
					what: `${where}: no file holds the metric's function`,
					fix: "Load without compiling and compile with the function again"
				});
			}
		}
	};
	direction = null;
	constructor(options) {
		super(MeanMetricWrapper.fields, resolveOptions("MeanMetricWrapper", MeanMetricWrapper.fields, options));
		if (this.options.name === null && this.options.fn.name !== "") this.name = this.options.fn.name;
	}
	values(yTrue, yPred) {
		return this.options.fn(yTrue, yPred);
	}
};
//#endregion
//#region src/metrics/mean-squared-error.ts
/** The mean of squared differences. */
var MeanSquaredError = class MeanSquaredError extends LossMetric {
	static className = "MeanSquaredError";
	static fields = metricFields("mean_squared_error");
	direction = "min";
	constructor(options = {}) {
		super(new MeanSquaredError$1(), MeanSquaredError.fields, resolveOptions("MeanSquaredError", MeanSquaredError.fields, options));
	}
};
//#endregion
//#region src/metrics/mean-squared-logarithmic-error.ts
/** The mean of squared differences of `log(1 + x)`. */
var MeanSquaredLogarithmicError = class MeanSquaredLogarithmicError extends LossMetric {
	static className = "MeanSquaredLogarithmicError";
	static fields = metricFields("mean_squared_logarithmic_error");
	direction = "min";
	constructor(options = {}) {
		super(new MeanSquaredLogarithmicError$1(), MeanSquaredLogarithmicError.fields, resolveOptions("MeanSquaredLogarithmicError", MeanSquaredLogarithmicError.fields, options));
	}
};
//#endregion
//#region src/metrics/pearson-correlation.ts
/** The mean of Pearson's correlation of each row's labels and predictions. */
var PearsonCorrelation = class PearsonCorrelation extends MeanOfValues {
	static className = "PearsonCorrelation";
	static fields = correlationFields("pearson_correlation");
	direction = "max";
	constructor(options = {}) {
		super(PearsonCorrelation.fields, resolveOptions("PearsonCorrelation", PearsonCorrelation.fields, options));
	}
	/** @throws {ShapeError} when the axis is that of the rows */
	values(yTrue, yPred) {
		const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
		const axis = correlationAxis(this.name, this.options.axis, predictions.shape);
		const along = {
			axes: [axis],
			keepDims: true
		};
		const unit = (x) => {
			const centred = subtract(x, mean(x, along));
			return divide(centred, sqrt(variance(centred, along)));
		};
		return mean(multiply(unit(labels), unit(predictions)), { axes: [axis] });
	}
};
//#endregion
//#region src/metrics/poisson.ts
/** The mean of Poisson's loss `prediction - label * log(prediction)`. */
var Poisson = class Poisson extends LossMetric {
	static className = "Poisson";
	static fields = metricFields("poisson");
	direction = "min";
	constructor(options = {}) {
		super(new Poisson$1(), Poisson.fields, resolveOptions("Poisson", Poisson.fields, options));
	}
};
//#endregion
//#region src/metrics/positive-ratio.ts
const ratioFields = () => ({
	...metricFields(null),
	thresholds: thresholdsField,
	topK: nullable(int({ min: 1 })),
	classId: nullable(int({ min: 0 }))
});
/** What precision and recall share: true positives beside another count. */
var PositiveRatio = class extends Metric {
	direction = "max";
	#other;
	#thresholds;
	#truePositives;
	#others;
	constructor(other, name, fields, options) {
		super(fields, options);
		this.#other = other;
		this.#thresholds = thresholdList(this.options.thresholds, this.options.topK === null ? .5 : NEVER);
		this.#truePositives = this.addVariable("true_positives", [this.#thresholds.length]);
		this.#others = this.addVariable(name, [this.#thresholds.length]);
	}
	update(yTrue, yPred, sampleWeight) {
		const { topK, classId } = this.options;
		const thresholds = this.#thresholds;
		const counts = confusion(yTrue, yPred, sampleWeight, {
			thresholds,
			even: isEven(thresholds),
			topK,
			classId
		});
		return new Map([plus(this.#truePositives, counts.truePositives), plus(this.#others, counts[this.#other])]);
	}
	result() {
		const others = this.#others.data;
		const ratios = Array.from(this.#truePositives.data, (count, i) => ratio(count, count + others[i]));
		return ratios.length === 1 ? ratios[0] : ratios;
	}
};
//#endregion
//#region src/metrics/precision.ts
/** The part of positive predictions that is right: TP / (TP + FP). 0 where there is none. */
var Precision = class Precision extends PositiveRatio {
	static className = "Precision";
	static fields = ratioFields();
	constructor(options = {}) {
		super("falsePositives", "false_positives", Precision.fields, resolveOptions("Precision", Precision.fields, options));
	}
};
//#endregion
//#region src/metrics/best-under.ts
const bestUnderFields = () => ({
	...metricFields(null),
	numThresholds: int({ min: 1 }, { default: 200 }),
	classId: nullable(int({ min: 0 }))
});
/** The field of the bound: a part, 0 to 1. */
const bound = float({
	min: 0,
	max: 1
});
const COUNTS = [
	["truePositives", "true_positives"],
	["falsePositives", "false_positives"],
	["trueNegatives", "true_negatives"],
	["falseNegatives", "false_negatives"]
];
/** Ratios of counts, one a threshold. */
const RATIOS = {
	/** Recall, true positive rate. */
	sensitivity: (c) => c.truePositives.map((tp, i) => ratio(tp, tp + c.falseNegatives[i])),
	specificity: (c) => c.trueNegatives.map((tn, i) => ratio(tn, tn + c.falsePositives[i])),
	precision: (c) => c.truePositives.map((tp, i) => ratio(tp, tp + c.falsePositives[i]))
};
/** What "the best X at Y" share: of the thresholds where one ratio reaches a bound, the largest other ratio. */
var BestUnder = class extends Metric {
	direction = "max";
	#best;
	#bounded;
	#least;
	#thresholds;
	#classId;
	#counts;
	/** @param least what `bounded` must reach */
	constructor(best, bounded, least, fields, options) {
		super(fields, options);
		const { numThresholds, classId } = options;
		this.#best = best;
		this.#bounded = bounded;
		this.#least = least;
		this.#classId = classId;
		this.#thresholds = evenThresholds(numThresholds);
		this.#counts = COUNTS.map(([key, name]) => [key, this.addVariable(name, [this.#thresholds.length])]);
	}
	update(yTrue, yPred, sampleWeight) {
		const thresholds = this.#thresholds;
		const counts = confusion(yTrue, yPred, sampleWeight, {
			thresholds,
			even: thresholds.length > 1,
			classId: this.#classId
		});
		return new Map(this.#counts.map(([key, variable]) => plus(variable, counts[key])));
	}
	/** 0 where no threshold reaches the bound. */
	result() {
		const counts = Object.fromEntries(this.#counts.map(([key, variable]) => [key, Array.from(variable.data)]));
		const bounded = RATIOS[this.#bounded](counts);
		return RATIOS[this.#best](counts).reduce((best, value, i) => bounded[i] >= this.#least ? Math.max(best, value) : best, 0);
	}
};
//#endregion
//#region src/metrics/precision-at-recall.ts
/** The best precision of the thresholds with at least a given recall. */
var PrecisionAtRecall = class PrecisionAtRecall extends BestUnder {
	static className = "PrecisionAtRecall";
	static fields = {
		...bestUnderFields(),
		recall: bound
	};
	constructor(options) {
		const { className, fields } = PrecisionAtRecall;
		const resolved = resolveOptions(className, fields, options);
		super("precision", "sensitivity", resolved.recall, fields, resolved);
	}
};
//#endregion
//#region src/metrics/r2-score.ts
/** The part of the labels' variance that predictions explain: 1 - residual / total, for each output. */
var R2Score = class R2Score extends Metric {
	static className = "R2Score";
	static fields = {
		...metricFields("r2_score"),
		classAggregation: nullable(oneOf(["uniform_average", "variance_weighted_average"]), { default: "uniform_average" }),
		numRegressors: int({ min: 0 }, { default: 0 })
	};
	direction = "max";
	#sums = null;
	constructor(options = {}) {
		super(R2Score.fields, resolveOptions("R2Score", R2Score.fields, options));
	}
	build(yPred) {
		const outputs = yPred[1];
		if (yPred.length !== 2 || outputs === void 0) throw new ShapeError({
			code: "r2-shape",
			what: `${this.name} needs labels and predictions of shape (rows, outputs)`,
			received: `predictions ${formatShape(yPred)}`
		});
		this.#sums ??= {
			samples: this.addVariable("num_samples", []),
			squares: this.addVariable("squared_sum", [outputs]),
			sum: this.addVariable("sum", [outputs]),
			residual: this.addVariable("residual", [outputs]),
			count: this.addVariable("count", [outputs])
		};
	}
	update(yTrue, yPred, sampleWeight, { rows }) {
		const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
		this.build(predictions.shape);
		const sums = this.#sums;
		const weights = broadcastTo(sampleWeight === null ? constant(1) : rowWeights(sampleWeight, labels), labels.shape);
		const weighted = multiply(labels, weights);
		const errors = multiply(square(subtract(labels, predictions)), weights);
		return new Map([
			plus(sums.samples, multiply(rows, labels.shape[1])),
			plus(sums.squares, wholeSum(multiply(labels, weighted), [0])),
			plus(sums.sum, wholeSum(weighted, [0])),
			plus(sums.residual, wholeSum(errors, [0])),
			plus(sums.count, wholeSum(weights, [0]))
		]);
	}
	/** 0 before the first batch, and for an output whose labels are all equal. */
	result() {
		const sums = this.#sums;
		if (sums === null || sums.samples.data[0] === 0) return 0;
		const totals = Array.from(sums.squares.data, (squares, i) => {
			const sum = sums.sum.data[i];
			return squares - sum * sum / sums.count.data[i];
		});
		const scores = totals.map((total, i) => total === 0 ? 0 : 1 - sums.residual.data[i] / total);
		const { classAggregation } = this.options;
		if (classAggregation === null) return scores.map((score) => this.#adjusted(score, sums));
		const weights = classAggregation === "uniform_average" ? scores.map(() => 1) : totals;
		const whole = weights.reduce((a, b) => a + b, 0);
		return this.#adjusted(scores.reduce((sum, score, i) => sum + score * weights[i], 0) / whole, sums);
	}
	/** Keras's adjustment for the number of regressors, where there are samples enough for it. */
	#adjusted(score, { samples }) {
		const count = samples.data[0];
		const regressors = this.options.numRegressors;
		if (regressors === 0 || regressors >= count - 1) return score;
		return 1 - (1 - score) * (count - 1) / (count - regressors - 1);
	}
};
//#endregion
//#region src/metrics/recall.ts
/** The part of positive rows that was found: TP / (TP + FN). 0 where there is none. */
var Recall = class Recall extends PositiveRatio {
	static className = "Recall";
	static fields = ratioFields();
	constructor(options = {}) {
		super("falseNegatives", "false_negatives", Recall.fields, resolveOptions("Recall", Recall.fields, options));
	}
};
//#endregion
//#region src/metrics/recall-at-precision.ts
/** The best recall of the thresholds with at least a given precision. */
var RecallAtPrecision = class RecallAtPrecision extends BestUnder {
	static className = "RecallAtPrecision";
	static fields = {
		...bestUnderFields(),
		precision: bound
	};
	constructor(options) {
		const { className, fields } = RecallAtPrecision;
		const resolved = resolveOptions(className, fields, options);
		super("sensitivity", "precision", resolved.precision, fields, resolved);
	}
};
//#endregion
//#region src/metrics/root-mean-squared-error.ts
/** The root of the mean of squared differences. */
var RootMeanSquaredError = class RootMeanSquaredError extends MeanOfValues {
	static className = "RootMeanSquaredError";
	static fields = metricFields("root_mean_squared_error");
	direction = "min";
	constructor(options = {}) {
		super(RootMeanSquaredError.fields, resolveOptions("RootMeanSquaredError", RootMeanSquaredError.fields, options));
	}
	values(yTrue, yPred) {
		const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
		return square(subtract(predictions, labels));
	}
	result() {
		return Math.sqrt(super.result());
	}
};
//#endregion
//#region src/metrics/sensitivity-at-specificity.ts
/** The best sensitivity of the thresholds with at least a given specificity. */
var SensitivityAtSpecificity = class SensitivityAtSpecificity extends BestUnder {
	static className = "SensitivityAtSpecificity";
	static fields = {
		...bestUnderFields(),
		specificity: bound
	};
	constructor(options) {
		const { className, fields } = SensitivityAtSpecificity;
		const resolved = resolveOptions(className, fields, options);
		super("sensitivity", "specificity", resolved.specificity, fields, resolved);
	}
};
//#endregion
//#region src/metrics/sparse-labels.ts
/** Class numbers as int32 without the last axis of one that labels often have: (n, 1) becomes (n). */
function sparseLabels(yTrue, yPred) {
	return cast(yTrue.shape.length === yPred.shape.length && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, -1) : yTrue, "int32");
}
//#endregion
//#region src/metrics/sparse-categorical-accuracy.ts
/** How often the largest prediction is at the label (labels are class numbers). */
var SparseCategoricalAccuracy = class SparseCategoricalAccuracy extends MeanOfValues {
	static className = "SparseCategoricalAccuracy";
	static fields = metricFields("sparse_categorical_accuracy");
	direction = "max";
	constructor(options = {}) {
		const { className, fields } = SparseCategoricalAccuracy;
		super(fields, resolveOptions(className, fields, options));
	}
	values(yTrue, yPred) {
		const matches = equal(sparseLabels(yTrue, yPred), argmax(yPred, -1));
		return cast(matches.shape.length > 1 && matches.shape.at(-1) === 1 ? squeeze(matches, -1) : matches, "float32");
	}
};
//#endregion
//#region src/metrics/sparse-categorical-crossentropy.ts
/** The mean crossentropy of labels that are class numbers. */
var SparseCategoricalCrossentropy = class SparseCategoricalCrossentropy extends LossMetric {
	static className = "SparseCategoricalCrossentropy";
	static fields = {
		...metricFields("sparse_categorical_crossentropy"),
		fromLogits: bool(false),
		ignoreClass: nullable(int()),
		axis: int({}, { default: -1 })
	};
	direction = "min";
	constructor(options = {}) {
		const { className, fields } = SparseCategoricalCrossentropy;
		const resolved = resolveOptions(className, fields, options);
		const { fromLogits, ignoreClass } = resolved;
		super(new SparseCategoricalCrossentropy$1({
			fromLogits,
			ignoreClass
		}), fields, resolved);
	}
	/** @throws {ShapeError} for an axis that the predictions do not have */
	update(yTrue, yPred, sampleWeight, context) {
		return super.update(yTrue, this.#classesLast(yPred), sampleWeight, context);
	}
	#classesLast(yPred) {
		const { axis } = this.options;
		const rank = yPred.shape.length;
		const from = axis < 0 ? rank + axis : axis;
		if (from < 0 || from >= rank) throw new ShapeError({
			code: "metric-axis",
			what: `${this.name}: the predictions have no axis ${axis}`,
			received: `shape ${formatShape(yPred.shape)}`
		});
		if (from === rank - 1) return yPred;
		return transpose(yPred, [...yPred.shape.map((_, i) => i).filter((i) => i !== from), from]);
	}
};
//#endregion
//#region src/metrics/in-top-k.ts
/**
* 1 where fewer than k predictions are larger than that of the label, else 0; a label's prediction of NaN is the least.
* @param labels int32 (...i)
* @param predictions (...i, classes)
*/
function inTopK(labels, predictions, k) {
	const own = take(predictions, labels);
	return cast(less(sum(cast(greater(predictions, expandDims(where(isNan(own), Number.NEGATIVE_INFINITY, own), -1)), "float32"), { axes: [-1] }), k), "float32");
}
//#endregion
//#region src/metrics/sparse-top-k-categorical-accuracy.ts
/** How often the label (a class number) is among the k largest predictions. */
var SparseTopKCategoricalAccuracy = class SparseTopKCategoricalAccuracy extends MeanOfValues {
	static className = "SparseTopKCategoricalAccuracy";
	static fields = {
		...metricFields("sparse_top_k_categorical_accuracy"),
		k: int({ min: 1 }, { default: 5 }),
		fromSortedIds: bool(false)
	};
	direction = "max";
	constructor(options = {}) {
		const { className, fields } = SparseTopKCategoricalAccuracy;
		super(fields, resolveOptions(className, fields, options));
	}
	values(yTrue, yPred) {
		const { k, fromSortedIds } = this.options;
		const labels = sparseLabels(yTrue, yPred);
		if (!fromSortedIds) return inTopK(labels, yPred, k);
		const classes = yPred.shape.at(-1);
		const first = slice(yPred, -1, 0, Math.min(k, classes));
		return max(cast(equal(expandDims(cast(labels, yPred.dtype), -1), first), "float32"), { axes: [-1] });
	}
	/** As Keras, which writes `from_sorted_ids` only when it is set. */
	getConfig() {
		const { from_sorted_ids: sorted, ...config } = super.getConfig();
		return sorted === true ? {
			...config,
			from_sorted_ids: true
		} : config;
	}
};
//#endregion
//#region src/metrics/specificity-at-sensitivity.ts
/** The best specificity of the thresholds with at least a given sensitivity. */
var SpecificityAtSensitivity = class SpecificityAtSensitivity extends BestUnder {
	static className = "SpecificityAtSensitivity";
	static fields = {
		...bestUnderFields(),
		sensitivity: bound
	};
	constructor(options) {
		const { className, fields } = SpecificityAtSensitivity;
		const resolved = resolveOptions(className, fields, options);
		super("specificity", "sensitivity", resolved.sensitivity, fields, resolved);
	}
};
//#endregion
//#region src/metrics/squared-hinge.ts
/** The mean of the squared hinge loss, labels -1 or 1 (0 counts as -1). */
var SquaredHinge = class SquaredHinge extends LossMetric {
	static className = "SquaredHinge";
	static fields = metricFields("squared_hinge");
	direction = "min";
	constructor(options = {}) {
		super(new SquaredHinge$1(), SquaredHinge.fields, resolveOptions("SquaredHinge", SquaredHinge.fields, options));
	}
};
//#endregion
//#region src/metrics/sum.ts
/** The weighted sum of values, fed to {@link accumulate}. It compares nothing, so `compile` cannot use it. */
var Sum = class Sum extends Metric {
	static className = "Sum";
	static fields = metricFields("sum");
	direction = null;
	#total;
	constructor(options = {}) {
		super(Sum.fields, resolveOptions("Sum", Sum.fields, options));
		this.#total = this.addVariable("total", []);
	}
	accumulate(values, sampleWeight) {
		return new Map([plus(this.#total, wholeSum(samplewise(values, sampleWeight, "sum").values))]);
	}
	/** @throws {StateError} always */
	update(_yTrue, _yPred, _sampleWeight, _context) {
		throw new StateError({
			code: "metric-compares-nothing",
			what: `${this.name}: Sum adds values up, it does not compare labels with predictions`,
			fix: "Use a metric that does, or new MeanMetricWrapper({ fn }) with a function of both"
		});
	}
	result() {
		return this.#total.read().item();
	}
};
//#endregion
//#region src/metrics/top-k-categorical-accuracy.ts
/** How often the label (one-hot) is among the k largest predictions. */
var TopKCategoricalAccuracy = class TopKCategoricalAccuracy extends MeanOfValues {
	static className = "TopKCategoricalAccuracy";
	static fields = {
		...metricFields("top_k_categorical_accuracy"),
		k: int({ min: 1 }, { default: 5 })
	};
	direction = "max";
	constructor(options = {}) {
		const { className, fields } = TopKCategoricalAccuracy;
		super(fields, resolveOptions(className, fields, options));
	}
	values(yTrue, yPred) {
		return inTopK(argmax(cast(yTrue, "float32"), -1), yPred, this.options.k);
	}
};
//#endregion
//#region src/metrics/true-negatives.ts
/** How many rows are negative and were predicted so, by weight. */
var TrueNegatives = class TrueNegatives extends ConditionCount {
	static className = "TrueNegatives";
	static fields = conditionCountFields();
	constructor(options = {}) {
		super("trueNegatives", TrueNegatives.fields, resolveOptions("TrueNegatives", TrueNegatives.fields, options));
	}
};
//#endregion
//#region src/metrics/true-positives.ts
/** How many rows are positive and were predicted so, by weight. */
var TruePositives = class TruePositives extends ConditionCount {
	static className = "TruePositives";
	static fields = conditionCountFields();
	constructor(options = {}) {
		super("truePositives", TruePositives.fields, resolveOptions("TruePositives", TruePositives.fields, options));
	}
};
//#endregion
//#region src/metrics/catalogue.ts
var catalogue_exports$2 = /* @__PURE__ */ __exportAll({
	AUC: () => AUC,
	Accuracy: () => Accuracy,
	BinaryAccuracy: () => BinaryAccuracy,
	BinaryCrossentropy: () => BinaryCrossentropy,
	CategoricalAccuracy: () => CategoricalAccuracy,
	CategoricalCrossentropy: () => CategoricalCrossentropy,
	CategoricalHinge: () => CategoricalHinge,
	ConcordanceCorrelation: () => ConcordanceCorrelation,
	CosineSimilarity: () => CosineSimilarity,
	F1Score: () => F1Score,
	FBetaScore: () => FBetaScore,
	FalseNegatives: () => FalseNegatives,
	FalsePositives: () => FalsePositives,
	Hinge: () => Hinge,
	KLDivergence: () => KLDivergence,
	LogCoshError: () => LogCoshError,
	Mean: () => Mean,
	MeanAbsoluteError: () => MeanAbsoluteError,
	MeanAbsolutePercentageError: () => MeanAbsolutePercentageError,
	MeanMetricWrapper: () => MeanMetricWrapper,
	MeanSquaredError: () => MeanSquaredError,
	MeanSquaredLogarithmicError: () => MeanSquaredLogarithmicError,
	PearsonCorrelation: () => PearsonCorrelation,
	Poisson: () => Poisson,
	Precision: () => Precision,
	PrecisionAtRecall: () => PrecisionAtRecall,
	R2Score: () => R2Score,
	Recall: () => Recall,
	RecallAtPrecision: () => RecallAtPrecision,
	RootMeanSquaredError: () => RootMeanSquaredError,
	SensitivityAtSpecificity: () => SensitivityAtSpecificity,
	SparseCategoricalAccuracy: () => SparseCategoricalAccuracy,
	SparseCategoricalCrossentropy: () => SparseCategoricalCrossentropy,
	SparseTopKCategoricalAccuracy: () => SparseTopKCategoricalAccuracy,
	SpecificityAtSensitivity: () => SpecificityAtSensitivity,
	SquaredHinge: () => SquaredHinge,
	Sum: () => Sum,
	TopKCategoricalAccuracy: () => TopKCategoricalAccuracy,
	TrueNegatives: () => TrueNegatives,
	TruePositives: () => TruePositives
});
//#endregion
//#region src/metrics/get.ts
const ALIASES = {
	bce: "BinaryCrossentropy",
	BCE: "BinaryCrossentropy",
	mse: "MeanSquaredError",
	MSE: "MeanSquaredError",
	mae: "MeanAbsoluteError",
	MAE: "MeanAbsoluteError",
	mape: "MeanAbsolutePercentageError",
	MAPE: "MeanAbsolutePercentageError",
	msle: "MeanSquaredLogarithmicError",
	MSLE: "MeanSquaredLogarithmicError"
};
const registered$2 = new Registry("metric");
const kind$2 = {
	kind: "metric",
	module: "keras.metrics",
	builtIn: builtInClasses(Metric, catalogue_exports$2, ALIASES),
	registered: registered$2
};
/**
* The metric that an identifier names. A name becomes the metric's key in logs as it was written.
* @param where for messages, e.g. "compile.metrics[0]"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
function get$1(identifier, where = "metric") {
	if (typeof identifier === "function") return new MeanMetricWrapper({ fn: identifier });
	if (typeof identifier !== "string") return isConfig(identifier) ? deserialize$2(identifier, where) : getPart(kind$2, Metric, identifier, where);
	const cls = kind$2.builtIn.get(identifier) ?? registered$2.find(identifier);
	if (cls === void 0) throw unknownName(where, identifier, namesLike(identifier));
	const metric = new cls({});
	metric.name = identifier;
	return metric;
}
/** The names that somebody who wrote this one can have meant: those in snake case for a name in lower case. */
function namesLike(name) {
	const known = [...kind$2.builtIn.keys(), ...registered$2.names()];
	return name === name.toLowerCase() ? known.filter((other) => other === other.toLowerCase()) : known;
}
/**
* Like {@link get}, where labels and predictions are known: "accuracy" and "acc" (in any case) then mean binary, sparse
* or categorical accuracy, as Keras chooses.
*/
function resolve(identifier, yTrue, yPred, where = "metric") {
	if (typeof identifier !== "string" || !/^acc(uracy)?$/i.test(identifier)) return get$1(identifier, where);
	const metric = get$1(accuracyFor(yTrue, yPred), where);
	metric.name = identifier;
	return metric;
}
function accuracyFor(yTrue, yPred) {
	const classes = yPred.at(-1);
	if (classes === 1) return "BinaryAccuracy";
	return yTrue.length < yPred.length || yTrue.at(-1) === 1 && typeof classes === "number" && classes > 1 ? "SparseCategoricalAccuracy" : "CategoricalAccuracy";
}
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
function serialize$2(metric) {
	return serializePart(kind$2, metric);
}
/** The metric that a dictionary of Keras 2 or 3 describes. */
function deserialize$2(json, where = "metric") {
	if (!isConfig(json)) return deserializePart(kind$2, json, where);
	return wrapped(json, where) ?? deserializePart(kind$2, json, where);
}
/** Keras 2 wraps metrics that were given by name: `MeanMetricWrapper` around `{ fn: "binary_accuracy" }`. */
function wrapped(json, where) {
	const config = json["config"];
	if (json["class_name"] !== "MeanMetricWrapper" || !isConfig(config)) return null;
	const { fn, name } = config;
	const fnName = isConfig(fn) ? fn["config"] : fn;
	if (typeof fnName !== "string") return null;
	const metric = isConfig(fn) && !kind$2.builtIn.has(fnName) ? null : get$1(fnName, `${where}: the metric's function`);
	if (metric !== null && typeof name === "string") metric.name = name;
	return metric;
}
/** Makes a class of your own known by its `className`, so that files can name it. */
function register$2(cls, packageName) {
	return registered$2.register(cls, packageName);
}
//#endregion
//#region src/metrics/index.ts
var metrics_exports = /* @__PURE__ */ __exportAll({
	AUC: () => AUC,
	Accuracy: () => Accuracy,
	BinaryAccuracy: () => BinaryAccuracy,
	BinaryCrossentropy: () => BinaryCrossentropy,
	CategoricalAccuracy: () => CategoricalAccuracy,
	CategoricalCrossentropy: () => CategoricalCrossentropy,
	CategoricalHinge: () => CategoricalHinge,
	ConcordanceCorrelation: () => ConcordanceCorrelation,
	CosineSimilarity: () => CosineSimilarity,
	F1Score: () => F1Score,
	FBetaScore: () => FBetaScore,
	FalseNegatives: () => FalseNegatives,
	FalsePositives: () => FalsePositives,
	Hinge: () => Hinge,
	KLDivergence: () => KLDivergence,
	LogCoshError: () => LogCoshError,
	Mean: () => Mean,
	MeanAbsoluteError: () => MeanAbsoluteError,
	MeanAbsolutePercentageError: () => MeanAbsolutePercentageError,
	MeanMetricWrapper: () => MeanMetricWrapper,
	MeanOfValues: () => MeanOfValues,
	MeanSquaredError: () => MeanSquaredError,
	MeanSquaredLogarithmicError: () => MeanSquaredLogarithmicError,
	Metric: () => Metric,
	PearsonCorrelation: () => PearsonCorrelation,
	Poisson: () => Poisson,
	Precision: () => Precision,
	PrecisionAtRecall: () => PrecisionAtRecall,
	R2Score: () => R2Score,
	Recall: () => Recall,
	RecallAtPrecision: () => RecallAtPrecision,
	RootMeanSquaredError: () => RootMeanSquaredError,
	SensitivityAtSpecificity: () => SensitivityAtSpecificity,
	SparseCategoricalAccuracy: () => SparseCategoricalAccuracy,
	SparseCategoricalCrossentropy: () => SparseCategoricalCrossentropy,
	SparseTopKCategoricalAccuracy: () => SparseTopKCategoricalAccuracy,
	SpecificityAtSensitivity: () => SpecificityAtSensitivity,
	SquaredHinge: () => SquaredHinge,
	Sum: () => Sum,
	TopKCategoricalAccuracy: () => TopKCategoricalAccuracy,
	TrueNegatives: () => TrueNegatives,
	TruePositives: () => TruePositives,
	deserialize: () => deserialize$2,
	get: () => get$1,
	metricFields: () => metricFields,
	register: () => register$2,
	resolve: () => resolve,
	serialize: () => serialize$2
});
//#endregion
//#region src/optimizers/accumulation.ts
/** @param iteration steps made before this one, int32 */
function accumulate(gradients, accumulators, steps, iteration) {
	const isUpdate = equal(mod(add(iteration, 1), steps), 0);
	const sums = gradients.map((gradient, i) => add(gradient, accumulators[i]));
	return {
		isUpdate,
		updates: floorDivide(iteration, steps),
		means: sums.map((sum) => divide(sum, steps)),
		sums: sums.map((sum) => where(isUpdate, 0, sum))
	};
}
//#endregion
//#region src/optimizers/clipping.ts
/** The gradients, clipped. They must be those of the whole batch: norms of parts say nothing. */
function clipGradients(gradients, clipping) {
	const { clipnorm, globalClipnorm, clipvalue } = clipping;
	if (clipnorm) return gradients.map((gradient) => clipByNorm(gradient, clipnorm));
	if (globalClipnorm) return clipByGlobalNorm(gradients, globalClipnorm);
	if (clipvalue) return gradients.map((gradient) => clip(gradient, -clipvalue, clipvalue));
	return gradients;
}
function clipByNorm(gradient, limit) {
	const norm = sqrt(sum(square(gradient)));
	return divide(multiply(gradient, limit), maximum(norm, limit));
}
function clipByGlobalNorm(gradients, limit) {
	if (gradients.length === 0) return gradients;
	const norm = sqrt(gradients.map((gradient) => sum(square(gradient))).reduce((a, b) => add(a, b)));
	const checked = add(multiply(limit, minimum(divide(1, norm), 1 / limit)), subtract(norm, norm));
	return gradients.map((gradient) => multiply(gradient, checked));
}
//#endregion
//#region src/optimizers/ema.ts
/**
* The rule that moves an average towards its weight, and the weight onto its average in every
* `emaOverwriteFrequency`-th update.
* @param updates updates made before this step, int32; the first one sets the average to the weight
*/
function averaging(options, updates) {
	const { emaMomentum, emaOverwriteFrequency } = options;
	const momentum = where(equal(updates, 0), 0, emaMomentum);
	const rest = subtract(1, momentum);
	const overwrite = emaOverwriteFrequency === null ? null : equal(mod(add(updates, 1), emaOverwriteFrequency), 0);
	return (before, param) => {
		const average = add(multiply(momentum, before), multiply(rest, param));
		return {
			average,
			param: overwrite === null ? param : where(overwrite, average, param)
		};
	};
}
//#endregion
//#region src/optimizers/weight-decay.ts
/** Decoupled weight decay (Loshchilov & Hutter 2017): the weight shrinks by `param * decay * learningRate`. */
function decay(param, weightDecay, learningRate) {
	return subtract(param, multiply(multiply(param, weightDecay), learningRate));
}
function isExcluded(variable, { variables = [], names = [] }) {
	return variables.includes(variable) || names.some((part) => variable.name.includes(part));
}
//#endregion
//#region src/optimizers/apply.ts
/**
* One step of an optimizer as Keras's `BaseOptimizer.apply` makes it.
* @param active the weights that the gradients belong to, as indexes into `state.params`
*/
function applyUpdate(optimizer, state, active, exclusion, gradients, { learningRate, iteration }) {
	const { weightDecay, gradientAccumulationSteps: steps, useEma } = optimizer.common;
	const updates = /* @__PURE__ */ new Map();
	/** Steps that only accumulate leave everything else as it was. */
	let keep = (_before, after) => after;
	let count = iteration;
	let used = gradients;
	if (steps !== null) {
		const accumulators = active.map((index) => state.accumulators[index]);
		const { isUpdate, updates: made, means, sums } = accumulate(gradients, accumulators.map((variable) => variable.value), steps, iteration);
		accumulators.forEach((variable, i) => {
			updates.set(variable, sums[i]);
		});
		keep = (before, after) => where(isUpdate, after, before);
		count = made;
		used = means;
	}
	const clipped = clipGradients(used, optimizer.common);
	const scalars = {
		learningRate,
		step: cast(add(count, 1), "float32")
	};
	const sharedBefore = valuesOf(state.shared);
	const shared = optimizer.updateShared(sharedBefore, scalars);
	for (const [name, variable] of state.shared) updates.set(variable, keep(variable.value, shared[name]));
	const rule = optimizer.rule(scalars, shared);
	active.forEach((index, i) => {
		const variable = state.params[index];
		const { param, slots } = rule(weightDecay !== null && !isExcluded(variable, exclusion) ? decay(variable.value, weightDecay, learningRate) : variable.value, clipped[i], valuesOf(state.slots[index]));
		updates.set(variable, keep(variable.value, param));
		for (const [name, slot] of state.slots[index]) updates.set(slot, keep(slot.value, slots[name]));
	});
	if (useEma) {
		const average = averaging(optimizer.common, count);
		state.averages.forEach((variable, index) => {
			const weight = state.params[index];
			const moved = average(variable.value, updates.get(weight) ?? weight.value);
			updates.set(variable, moved.average);
			updates.set(weight, moved.param);
		});
	}
	for (const index of active) {
		const variable = state.params[index];
		if (variable.constraint) updates.set(variable, variable.constraint(updates.get(variable)));
	}
	return updates;
}
function valuesOf(variables) {
	return Object.fromEntries([...variables].map(([name, variable]) => [name, variable.value]));
}
//#endregion
//#region src/optimizers/entry.ts
/** The entry of a variable. */
function variableEntry(variable) {
	return {
		name: variable.path,
		shape: variable.shape,
		variable,
		read: () => variable.read(),
		write: (tensor) => variable.write(tensor)
	};
}
/** The entry of the step counter. */
function iterationEntry(name, get, set) {
	return {
		name,
		shape: [],
		read: () => new Tensor([get()], [], "int64"),
		write: (tensor) => set(tensor.item())
	};
}
//#endregion
//#region src/schedules/name-field.ts
/** The option `name`. Keras 2 writes null where no name was given. */
function nameField(fallback) {
	const field = text({ default: fallback });
	return {
		...field,
		fromConfig: (json, where) => json === null ? fallback : field.parse(json, where)
	};
}
//#endregion
//#region src/schedules/schedule.ts
/**
* A learning rate that follows the step. It is computed on the host for each step and fed to the training graph, so a
* schedule of one's own is a subclass with an option table and `at`; nothing has to be expressed in `ops`.
*/
var LearningRateSchedule = class extends OptionPart {
	/** Name in files; equal to the export's name. */
	static className;
};
//#endregion
//#region src/schedules/cosine-decay.ts
/** Half a cosine from the start's rate to `alpha` times it (Loshchilov & Hutter 2016), after an optional warm-up. */
var CosineDecay = class CosineDecay extends LearningRateSchedule {
	static className = "CosineDecay";
	static fields = {
		initialLearningRate: float(),
		decaySteps: float({ above: 0 }),
		alpha: float({}, { default: 0 }),
		name: nameField("CosineDecay"),
		warmupTarget: nullable(float()),
		warmupSteps: float({ min: 0 }, { default: 0 })
	};
	constructor(options) {
		super(CosineDecay.fields, resolveOptions("CosineDecay", CosineDecay.fields, options));
	}
	at(step) {
		const { initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps } = this.options;
		const warmup = warmupTarget === null ? 0 : warmupSteps;
		if (warmupTarget !== null && step < warmup) return initialLearningRate + (warmupTarget - initialLearningRate) * (step / warmup);
		const done = Math.min(step - warmup, decaySteps) / decaySteps;
		const cosine = .5 * (1 + Math.cos(Math.PI * done));
		return (warmupTarget ?? initialLearningRate) * ((1 - alpha) * cosine + alpha);
	}
};
//#endregion
//#region src/schedules/cosine-decay-restarts.ts
/** Cosine decay that starts again and again (SGDR, Loshchilov & Hutter 2016). */
var CosineDecayRestarts = class CosineDecayRestarts extends LearningRateSchedule {
	static className = "CosineDecayRestarts";
	static fields = {
		initialLearningRate: float(),
		firstDecaySteps: float({ above: 0 }),
		tMul: float({ min: 1 }, { default: 2 }),
		mMul: float({}, { default: 1 }),
		alpha: float({}, { default: 0 }),
		name: nameField("SGDRDecay")
	};
	constructor(options) {
		super(CosineDecayRestarts.fields, resolveOptions("CosineDecayRestarts", CosineDecayRestarts.fields, options));
	}
	at(step) {
		const { initialLearningRate, firstDecaySteps, tMul, mMul, alpha } = this.options;
		let periods = 0;
		let done = step / firstDecaySteps;
		if (tMul === 1) {
			periods = Math.floor(done);
			done -= periods;
		} else {
			let length = firstDecaySteps;
			let rest = step;
			for (; rest >= length; periods++) {
				rest -= length;
				length *= tMul;
			}
			done = rest / length;
		}
		const cosine = .5 * mMul ** periods * (1 + Math.cos(Math.PI * done));
		return initialLearningRate * ((1 - alpha) * cosine + alpha);
	}
};
//#endregion
//#region src/schedules/exponential-decay.ts
/** `initialLearningRate * decayRate ^ (step / decaySteps)`. */
var ExponentialDecay = class ExponentialDecay extends LearningRateSchedule {
	static className = "ExponentialDecay";
	static fields = {
		initialLearningRate: float(),
		decaySteps: float({ above: 0 }),
		decayRate: float(),
		staircase: bool(false),
		name: nameField("ExponentialDecay")
	};
	constructor(options) {
		super(ExponentialDecay.fields, resolveOptions("ExponentialDecay", ExponentialDecay.fields, options));
	}
	at(step) {
		const { initialLearningRate, decaySteps, decayRate, staircase } = this.options;
		const periods = step / decaySteps;
		return initialLearningRate * decayRate ** (staircase ? Math.floor(periods) : periods);
	}
};
//#endregion
//#region src/schedules/inverse-time-decay.ts
/** `initialLearningRate / (1 + decayRate * step / decaySteps)`. */
var InverseTimeDecay = class InverseTimeDecay extends LearningRateSchedule {
	static className = "InverseTimeDecay";
	static fields = {
		initialLearningRate: float(),
		decaySteps: float({ above: 0 }),
		decayRate: float(),
		staircase: bool(false),
		name: nameField("InverseTimeDecay")
	};
	constructor(options) {
		super(InverseTimeDecay.fields, resolveOptions("InverseTimeDecay", InverseTimeDecay.fields, options));
	}
	at(step) {
		const { initialLearningRate, decaySteps, decayRate, staircase } = this.options;
		const periods = step / decaySteps;
		return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(periods) : periods));
	}
};
//#endregion
//#region src/schedules/piecewise-constant-decay.ts
const numbers = { parse(value, where) {
	if (!Array.isArray(value) || value.length === 0) throw wrongOption(where, "a list of numbers", value);
	return value.map((item) => float().parse(item, where));
} };
/** `values[0]` up to step `boundaries[0]`, then `values[1]` up to `boundaries[1]`, … */
var PiecewiseConstantDecay = class PiecewiseConstantDecay extends LearningRateSchedule {
	static className = "PiecewiseConstantDecay";
	static fields = {
		boundaries: numbers,
		values: numbers,
		name: nameField("PiecewiseConstant")
	};
	constructor(options) {
		super(PiecewiseConstantDecay.fields, resolveOptions("PiecewiseConstantDecay", PiecewiseConstantDecay.fields, options));
		const { boundaries, values } = this.options;
		if (boundaries.length !== values.length - 1) throw new OptionError({
			code: "piecewise-lengths",
			what: "PiecewiseConstantDecay needs one value more than boundaries",
			received: `${boundaries.length} boundaries and ${values.length} values`,
			expected: `${boundaries.length + 1} values`,
			fix: "Give the rate before the first boundary, one after each, and no other"
		});
		if (boundaries.some((boundary, i) => i > 0 && boundary < boundaries[i - 1])) throw wrongOption("PiecewiseConstantDecay.boundaries", "a list of rising steps", boundaries);
	}
	at(step) {
		const { boundaries, values } = this.options;
		const index = boundaries.findIndex((boundary) => step <= Math.trunc(boundary));
		return values[index < 0 ? values.length - 1 : index];
	}
};
//#endregion
//#region src/schedules/polynomial-decay.ts
/** From one rate to another along `(1 - step / decaySteps) ^ power`. */
var PolynomialDecay = class PolynomialDecay extends LearningRateSchedule {
	static className = "PolynomialDecay";
	static fields = {
		initialLearningRate: float(),
		decaySteps: float({ above: 0 }),
		endLearningRate: float({}, { default: 1e-4 }),
		power: float({}, { default: 1 }),
		cycle: bool(false),
		name: nameField("PolynomialDecay")
	};
	constructor(options) {
		super(PolynomialDecay.fields, resolveOptions("PolynomialDecay", PolynomialDecay.fields, options));
	}
	at(step) {
		const { initialLearningRate, decaySteps, endLearningRate, power, cycle } = this.options;
		const length = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
		const done = (cycle ? step : Math.min(step, decaySteps)) / length;
		return (initialLearningRate - endLearningRate) * (1 - done) ** power + endLearningRate;
	}
};
//#endregion
//#region src/schedules/catalogue.ts
var catalogue_exports$1 = /* @__PURE__ */ __exportAll({
	CosineDecay: () => CosineDecay,
	CosineDecayRestarts: () => CosineDecayRestarts,
	ExponentialDecay: () => ExponentialDecay,
	InverseTimeDecay: () => InverseTimeDecay,
	PiecewiseConstantDecay: () => PiecewiseConstantDecay,
	PolynomialDecay: () => PolynomialDecay
});
//#endregion
//#region src/schedules/get.ts
const registered$1 = new Registry("schedule");
const kind$1 = {
	kind: "schedule",
	module: "keras.optimizers.schedules",
	builtIn: builtInClasses(LearningRateSchedule, catalogue_exports$1),
	registered: registered$1
};
/** Keras's dictionary for a schedule. */
function serialize$1(schedule) {
	return serializePart(kind$1, schedule);
}
/** The schedule that Keras's dictionary describes. */
function deserialize$1(json, where = "schedule") {
	return deserializePart(kind$1, json, where);
}
/** Makes a class of your own known by its `className`, so that files can name it. */
function register$1(cls, packageName) {
	return registered$1.register(cls, packageName);
}
//#endregion
//#region src/schedules/index.ts
var schedules_exports = /* @__PURE__ */ __exportAll({
	CosineDecay: () => CosineDecay,
	CosineDecayRestarts: () => CosineDecayRestarts,
	ExponentialDecay: () => ExponentialDecay,
	InverseTimeDecay: () => InverseTimeDecay,
	LearningRateSchedule: () => LearningRateSchedule,
	PiecewiseConstantDecay: () => PiecewiseConstantDecay,
	PolynomialDecay: () => PolynomialDecay,
	deserialize: () => deserialize$1,
	nameField: () => nameField,
	register: () => register$1,
	serialize: () => serialize$1
});
//#endregion
//#region src/optimizers/learning-rate.ts
/** The handle of an optimizer's learning rate: read it, and set it unless it follows a schedule. */
var LearningRate = class {
	/** Holds the rate as float32; null when it follows a schedule or a function. */
	variable;
	/** What the rate follows, if anything. */
	schedule;
	#owner;
	#iteration;
	/**
	* @param owner name of the optimizer
	* @param iteration its steps so far
	*/
	constructor(option, owner, iteration) {
		this.#owner = owner;
		this.#iteration = iteration;
		this.schedule = typeof option === "number" ? null : option;
		this.variable = typeof option === "number" ? new Variable({
			name: "learning_rate",
			path: `${owner}/learning_rate`,
			shape: [],
			initial: [option],
			trainable: false
		}) : null;
	}
	/** The rate of the next step, as float32 has it. */
	numpy() {
		return this.at(this.#iteration());
	}
	/** The rate of the step that follows `iteration` others. */
	at(iteration) {
		if (this.variable !== null) return this.variable.read().item();
		const schedule = this.schedule;
		return Math.fround(schedule instanceof LearningRateSchedule ? schedule.at(iteration) : schedule(iteration));
	}
	/**
	* Sets the rate from the next step on. Nothing is compiled anew.
	* @throws {StateError} when the rate follows a schedule
	*/
	assign(rate) {
		if (typeof rate !== "number" || Number.isNaN(rate)) throw wrongOption(`${this.#owner}.learningRate`, "a number", rate);
		if (this.variable === null) {
			const what = this.schedule instanceof LearningRateSchedule ? this.schedule.constructor.name : "a function";
			throw new StateError({
				code: "scheduled-learning-rate",
				what: `The learning rate of ${this.#owner} follows ${what}, so it cannot be set`,
				received: `assign(${rate})`,
				fix: `Compile with an optimizer whose learningRate is a number, e.g. learningRate: ${rate}`
			});
		}
		this.variable.write(new Tensor([rate], [], "float32"));
	}
};
//#endregion
//#region src/optimizers/named-tensor.ts
/** Without TensorFlow's output number. */
const bareName = (name) => name.replace(/:\d+$/, "");
//#endregion
//#region src/optimizers/match-slots.ts
/**
* Finds a tensor for every slot. By name where names say enough, because order differs between versions of Keras;
* else by the order of a role's tensors; else by order alone. Scalars that belong to no weight may be missing.
* @param unused slots that some versions of Keras write although these options have no use for them
* @throws {FormatError}
*/
function matchSlots(owner, state, unused, list) {
	const specs = [...new Set(state.roles.map(({ spec }) => spec))];
	const used = list.filter((entry) => roleOf(entry.name, specs) !== null || !isUnused(entry, unused));
	return byName(state, used) ?? byRole(owner, state, specs, used) ?? byOrder(owner, state, unused, used);
}
/** All by full name: "adam/dense_kernel_momentum", "Adam/m/dense/kernel:0" or "Adam/dense/kernel/m:0". */
function byName(state, list) {
	const found = /* @__PURE__ */ new Map();
	for (const { name, tensor } of list) found.set(canonical(name), tensor);
	const matched = /* @__PURE__ */ new Map();
	for (const slot of state.roles) {
		const tensor = slotNames(state, slot).map((name) => found.get(name)).find((candidate) => candidate !== void 0 && sameShape(candidate.shape, slot.variable.shape));
		if (tensor !== void 0) matched.set(slot.variable, tensor);
		else if (slot.param !== null) return null;
	}
	return list.length === matched.size ? matched : null;
}
/** Names without the optimizer's, with "_" for "/". */
function slotNames(state, { spec, param, variable }) {
	if (param === null) return [canonical(variable.path)];
	const path = state.params[param].path.replaceAll("/", "_");
	const short = path.split("_").length > 1 ? state.params[param].path.split("/").slice(1).join("_") : path;
	return [spec.name, ...spec.aliases ?? []].flatMap((role) => [path, short].flatMap((base) => [`${base}_${role}`, `${role}_${base}`]));
}
const canonical = (name) => {
	const parts = bareName(name).split("/");
	return parts.slice(parts.length > 1 ? 1 : 0).join("_");
};
/** The role that a name states, whatever variable it is about. */
function roleOf(name, specs) {
	const parts = bareName(name).split("/");
	for (const spec of [...specs].sort((a, b) => b.name.length - a.name.length)) {
		if ([spec.name, ...spec.aliases ?? []].some((word) => parts[1] === word || parts.at(-1) === word)) return spec.name;
		if (parts.length === 2 && parts[1].endsWith(`_${spec.name}`)) return spec.name;
	}
	return null;
}
/** By role, and in the order of the weights within it: the variables of a model whose layers have other names. */
function byRole(owner, state, specs, list) {
	const groups = /* @__PURE__ */ new Map();
	for (const entry of list) {
		const role = roleOf(entry.name, specs);
		if (role === null) return null;
		groups.set(role, [...groups.get(role) ?? [], entry]);
	}
	const matched = /* @__PURE__ */ new Map();
	for (const slot of state.roles) {
		const entry = groups.get(slot.spec.name)?.shift();
		if (entry !== void 0) matched.set(slot.variable, fitting(owner, slot, entry));
		else if (slot.param !== null) throw missing(owner, slot, list.length, state.roles.length);
	}
	const left = [...groups.values()].flat();
	if (left.length > 0) throw surplus(owner, left);
	return matched;
}
/**
* By order alone: Keras 3's, or that of Keras 2.2, which has all slots of one name before those of the next and adds
* an element for each slot that is not in use.
*/
function byOrder(owner, state, unused, list) {
	const bare = state.roles.filter(({ param }) => param !== null);
	const extra = unused.length * state.params.length;
	const roles = list.length === bare.length || list.length === bare.length + extra ? bare : state.roles;
	const used = list.length === roles.length + extra && list.every(({ name }) => isAnonymous(name)) && tailIsUnused(list.slice(roles.length), unused) ? list.slice(0, roles.length) : list;
	const orders = [roles, grouped(roles)];
	const fits = orders.filter((order) => order.length === used.length && order.every(({ variable }, i) => sameShape(variable.shape, used[i].tensor.shape)));
	const grouping = used.some(({ name }) => !isNumber(name));
	const order = fits.length === 2 ? orders[grouping ? 1 : 0] : fits[0] ?? roles;
	const matched = /* @__PURE__ */ new Map();
	for (const [i, slot] of order.entries()) {
		const entry = used[i];
		if (entry === void 0) throw missing(owner, slot, used.length, order.length);
		matched.set(slot.variable, fitting(owner, slot, entry));
	}
	if (used.length > order.length) throw surplus(owner, used.slice(order.length));
	return matched;
}
function grouped(roles) {
	return [...new Set(roles.map(({ spec }) => spec.name))].flatMap((name) => roles.filter(({ spec }) => spec.name === name));
}
const isNumber = (name) => /^\d+$/.test(name);
const isAnonymous = (name) => isNumber(name) || /(^|\/)Variable(_\d+)?$/.test(bareName(name));
function isUnused({ name, tensor }, unused) {
	return unused.some((slot) => roleOf(name, [slot]) !== null && (slot.whatever || isZero(tensor)));
}
const tailIsUnused = (tail, unused) => unused.every(({ whatever }) => whatever) || tail.every(({ tensor }) => isZero(tensor));
const isZero = ({ data }) => data.every((element) => element === 0);
function fitting(owner, { variable }, { name, tensor }) {
	if (sameShape(tensor.shape, variable.shape)) return tensor;
	throw new FormatError({
		code: "optimizer-slot-shape",
		what: `The optimizer state does not fit ${owner}: "${name}" would be "${variable.path}"`,
		received: `shape ${formatShape(tensor.shape)}`,
		expected: `shape ${formatShape(variable.shape)}`,
		fix: "Load into the model and the optimizer that the file was saved with",
		data: {
			entry: name,
			variable: variable.path
		}
	});
}
function missing(owner, { variable }, received, expected) {
	return new FormatError({
		code: "optimizer-slot-missing",
		what: `The optimizer state does not fit ${owner}: it has nothing for "${variable.path}"`,
		received: `${received} slots`,
		expected: `${expected} slots`,
		fix: "Compile with the optimizer and the options that the file was saved with",
		data: { variable: variable.path }
	});
}
function surplus(owner, left) {
	return new FormatError({
		code: "optimizer-slot-surplus",
		what: `The optimizer state does not fit ${owner}: it has more than that keeps`,
		received: left.map(({ name }) => `"${name}"`).join(", "),
		fix: "Compile with the optimizer and the options that the file was saved with",
		data: { entries: left.map(({ name }) => name) }
	});
}
//#endregion
//#region src/optimizers/load-entries.ts
/** Sets an optimizer's state from a file's list; see `Optimizer.loadEntries`. */
function loadEntries(owner, state, list) {
	const { iteration, rate, slots } = splitScalars(state, list);
	const matched = matchSlots(owner.name, state, owner.unusedSlots(), slots);
	const steps = iteration === void 0 ? owner.iteration : countOf(iteration);
	const missing = [...state.shared].filter(([, variable]) => !matched.has(variable));
	const shared = missing.length > 0 ? owner.sharedAfter(owner.updatesIn(steps)) : {};
	owner.iteration = steps;
	const takesRate = rate !== void 0 && owner.learningRate.variable !== null;
	if (takesRate) owner.learningRate.assign(rate.tensor.item());
	for (const [variable, tensor] of matched) variable.write(tensor);
	for (const [name, variable] of missing) variable.write([shared[name]]);
	return {
		iteration: iteration !== void 0,
		learningRate: takesRate
	};
}
function countOf({ name, tensor }) {
	const count = tensor.size === 1 ? tensor.item() : NaN;
	if (Number.isSafeInteger(count) && count >= 0) return count;
	throw new FormatError({
		code: "optimizer-iteration",
		what: `The optimizer state's step counter "${name}" is no count`,
		received: tensor.size === 1 ? String(count) : `${tensor.size} elements`,
		expected: "an integer >= 0"
	});
}
/** Step counter and learning rate, told by name or, where files number their variables, by place, dtype and shape. */
function splitScalars(state, list) {
	const rest = [...list];
	const take = (test) => {
		const index = rest.findIndex(test);
		return index < 0 ? void 0 : rest.splice(index, 1)[0];
	};
	return {
		iteration: take(({ name }) => /(^|\/)(iteration|iterations|iter)$/.test(bareName(name))) ?? (isCounter(rest[0]) ? rest.shift() : void 0),
		rate: take(({ name }) => /(^|\/)learning_rate$/.test(bareName(name))) ?? (startsWithRate(state, rest) ? rest.shift() : void 0),
		slots: rest
	};
}
const isCounter = (entry) => entry !== void 0 && entry.tensor.shape.length === 0 && (entry.tensor.dtype === "int64" || entry.tensor.dtype === "int32");
function startsWithRate({ roles }, rest) {
	const first = rest[0];
	if (first === void 0 || !/^\d+$/.test(first.name) || first.tensor.shape.length > 0) return false;
	const slot = roles[0];
	return slot === void 0 || slot.variable.shape.length > 0 || rest.length > roles.length;
}
//#endregion
//#region src/optimizers/options.ts
const learningRate = {
	parse(value, where) {
		if (value instanceof LearningRateSchedule || typeof value === "function") return value;
		if (typeof value === "number" && !Number.isNaN(value)) return value;
		throw wrongOption(where, "a number, a schedule or a function of the step", value);
	},
	toConfig(value) {
		if (typeof value === "number") return value;
		if (value instanceof LearningRateSchedule) return serialize$1(value);
		return {
			module: "builtins",
			class_name: "function",
			config: value.name,
			registered_name: value.name
		};
	},
	fromConfig(json, where) {
		if (isConfig(json) && json["class_name"] === "function") throw new OptionError({
			code: "learning-rate-function",
			what: `${where}: the learning rate was the function "${String(json["config"])}", which no file holds`,
			fix: "Load without compiling and compile with an optimizer that has the function again"
		});
		return isConfig(json) ? deserialize$1(json, where) : learningRate.parse(json, where);
	}
};
/** The options that all optimizers share, in the order of Keras's config. */
function commonFields(defaults) {
	return {
		name: nullable(text()),
		learningRate: {
			...learningRate,
			default: defaults.learningRate
		},
		weightDecay: nullable(float({ min: 0 }), { default: defaults.weightDecay ?? null }),
		clipnorm: nullable(float({ min: 0 })),
		globalClipnorm: nullable(float({ min: 0 })),
		clipvalue: nullable(float({ min: 0 })),
		useEma: bool(false),
		emaMomentum: float({
			min: 0,
			max: 1
		}, { default: .99 }),
		emaOverwriteFrequency: nullable(int({ min: 1 })),
		lossScaleFactor: nullable(float({ above: 0 })),
		gradientAccumulationSteps: nullable(int({ min: 2 }))
	};
}
/** @throws {OptionError} when more than one kind of clipping is asked for */
function checkClipping(owner, options) {
	const set = [
		"clipnorm",
		"clipvalue",
		"globalClipnorm"
	].filter((key) => options[key] !== null);
	if (set.length <= 1) return;
	throw new OptionError({
		code: "two-clippings",
		what: `${owner} can clip gradients in one way only`,
		received: set.map((key) => `${key}: ${options[key]}`).join(", "),
		expected: "one of clipnorm, clipvalue and globalClipnorm",
		fix: "Remove the others"
	});
}
//#endregion
//#region src/optimizers/state.ts
const AVERAGE = { name: "average" };
const ACCUMULATOR = { name: "gradient_accumulator" };
/** Makes the variables of an optimizer, named and ordered as Keras 3 does. */
function buildState(owner, params) {
	const roles = [];
	const add = (spec, index) => {
		const param = params[index];
		const name = `${param.path.replaceAll("/", "_")}_${spec.name}`;
		const variable = make(name, `${owner.name}/${name}`, param.shape, spec.initial ?? 0);
		roles.push({
			spec,
			param: index,
			variable
		});
		return variable;
	};
	const all = (spec) => params.map((_, index) => add(spec, index));
	const averages = owner.common.useEma ? all(AVERAGE) : [];
	const accumulators = owner.common.gradientAccumulationSteps === null ? [] : all(ACCUMULATOR);
	const slots = params.map(() => /* @__PURE__ */ new Map());
	for (const group of owner.slotGroups()) for (const [index, map] of slots.entries()) for (const spec of group) map.set(spec.name, add(spec, index));
	const shared = /* @__PURE__ */ new Map();
	for (const spec of owner.sharedSlots()) {
		const variable = make(spec.name, spec.name, [], spec.initial ?? 0);
		roles.push({
			spec,
			param: null,
			variable
		});
		shared.set(spec.name, variable);
	}
	return {
		params,
		averages,
		accumulators,
		slots,
		shared,
		ordered: roles.map((role) => role.variable),
		roles
	};
}
function make(name, path, shape, initial) {
	return new Variable({
		name,
		path,
		shape,
		trainable: false,
		...initial === 0 ? {} : { initial: new Float32Array(sizeOf(shape)).fill(initial) }
	});
}
//#endregion
//#region src/optimizers/optimizer.ts
/**
* Turns gradients into new weights. A leaf declares its slots and the rule for one weight; everything that all
* optimizers share (accumulation, clipping, weight decay, averages, constraints) is done here, in Keras's order.
* An optimizer never runs anything itself: it says, symbolically, what becomes of the weights and of its own state.
*
* `O` are its options, `S` the slots of one weight.
*/
var Optimizer = class extends OptionPart {
	/** Name in files; equal to the export's name. */
	static className;
	name;
	learningRate;
	/** Steps made so far, those that only accumulate gradients included. The training loop counts. */
	iteration = 0;
	#state = null;
	#active = [];
	#exclusion = {};
	constructor(fields, options) {
		super(fields, options);
		const { className } = new.target;
		checkClipping(className, this.common);
		this.name = this.common.name ?? uniqueName(className);
		this.learningRate = new LearningRate(this.common.learningRate, this.name, () => this.iteration);
	}
	/** Scalars that belong to no weight. */
	sharedSlots() {
		return [];
	}
	/** Their values in an update, before the weights change; what {@link rule} gets. */
	updateShared(shared, _scalars) {
		return { ...shared };
	}
	/** The shared scalars after so many updates, for states that lack them: Keras 2 never saved any. */
	sharedAfter(_updates) {
		return {};
	}
	/** Slots that other options would need, and that some versions of Keras write all the same. */
	unusedSlots() {
		return [];
	}
	/** Updates made in so many steps. */
	updatesIn(steps) {
		return Math.floor(steps / (this.common.gradientAccumulationSteps ?? 1));
	}
	/** True when a schedule or a function computes the rate, so that it cannot be assigned. */
	get hasSchedule() {
		return this.learningRate.schedule !== null;
	}
	/** Keras's name for {@link iteration}. */
	get iterations() {
		return this.iteration;
	}
	get built() {
		return this.#state !== null;
	}
	/** All state in Keras 3's order: iteration, learning rate, averages, accumulators, slots. */
	get variables() {
		const iteration = iterationEntry(`${this.name}/iteration`, () => this.iteration, (value) => {
			this.iteration = value;
		});
		const rate = this.learningRate.variable;
		const own = this.#state?.ordered ?? [];
		return [
			iteration,
			...(rate === null ? [] : [rate]).map(variableEntry),
			...own.map(variableEntry)
		];
	}
	/** Moving averages of the weights, in the order they were built in; empty without `useEma`. */
	get averages() {
		return this.#state?.averages ?? [];
	}
	/** The weights that the optimizer was built for and has slots of. */
	get trainable() {
		return this.#state?.params ?? [];
	}
	/** Those of them that {@link apply} updates. */
	get active() {
		return this.#active.map((index) => this.trainable[index]);
	}
	/**
	* Leaves variables out of weight decay. Only before the optimizer is built.
	* @throws {StateError} afterwards
	*/
	excludeFromWeightDecay(exclusion) {
		if (this.built) throw new StateError({
			code: "optimizer-built",
			what: `${this.name} is built, so its weight decay cannot change any more`,
			fix: "Call excludeFromWeightDecay before training"
		});
		this.#exclusion = exclusion;
	}
	/**
	* Makes the slots of the weights that will be trained. Called again with some of these weights, it narrows
	* {@link apply} to them and keeps all slots.
	* @throws {StateError} when built for other weights
	*/
	build(trainable) {
		this.#state ??= buildState(this, trainable);
		const { params } = this.#state;
		this.#active = trainable.map((variable) => {
			const index = params.indexOf(variable);
			if (index < 0) throw new StateError({
				code: "optimizer-other-variables",
				what: `${this.name} was built for other variables than "${variable.path}"`,
				received: variable.path,
				expected: `some of ${params.map((param) => param.path).join(", ")}`,
				fix: "Compile with a new optimizer",
				data: { variable: variable.path }
			});
			return index;
		});
	}
	/** Forgets all slots and makes those of other weights, to take the state of a file that has them. */
	rebuild(trainable) {
		this.#state = null;
		this.build(trainable);
	}
	/**
	* What becomes of the weights and of all own state in one step: accumulation, clipping, weight decay, update,
	* averages, constraints.
	* @param gradients one for each variable of {@link build}, those of the whole batch (after allSum)
	* @throws {StateError} when not built, or built for another number of weights
	*/
	apply(gradients, scalars) {
		const state = this.#state;
		if (state === null || gradients.length !== this.#active.length) throw new StateError({
			code: "optimizer-gradients",
			what: state === null ? `${this.name} is not built` : `${this.name} needs one gradient for each of its weights`,
			received: `${gradients.length} gradients`,
			expected: state === null ? "a call of build(trainableVariables) first" : `${this.#active.length}`
		});
		return applyUpdate(this, state, this.#active, this.#exclusion, gradients, scalars);
	}
	/** Sets the weights to their averages; Keras does so when training ends. Nothing without `useEma`. */
	finalizeVariables() {
		this.averages.forEach((average, i) => {
			this.trainable[i].write(average.read());
		});
	}
	/**
	* Takes over a state as a file has it: lists of Keras 3 with or without a learning rate, of Keras 2 by name or in
	* grouped order, without a step counter where there was none. A learning rate is ignored when a schedule has it.
	* @throws {StateError} when not built
	* @throws {FormatError} naming what does not fit; nothing has been changed then
	*/
	loadEntries(list) {
		if (this.#state === null) throw new StateError({
			code: "optimizer-not-built",
			what: `${this.name} has no slots yet that a state could be loaded into`,
			fix: "Call build(trainableVariables) first"
		});
		return loadEntries(this, this.#state, list);
	}
	getConfig() {
		const { schedule } = this.learningRate;
		return {
			...super.getConfig(),
			name: this.name,
			...schedule === null ? { learning_rate: this.learningRate.numpy() } : {}
		};
	}
	/** The options that all optimizers have. */
	get common() {
		return this.options;
	}
};
//#endregion
//#region src/optimizers/adadelta.ts
/** Adadelta (Zeiler 2012): steps as large as recent ones were, in relation to the gradients. */
var Adadelta = class Adadelta extends Optimizer {
	static className = "Adadelta";
	static fields = {
		...commonFields({ learningRate: .001 }),
		rho: float({
			min: 0,
			max: 1
		}, { default: .95 }),
		epsilon: float({ min: 0 }, { default: 1e-7 })
	};
	constructor(options = {}) {
		super(Adadelta.fields, resolveOptions("Adadelta", Adadelta.fields, options));
	}
	slotGroups() {
		return [[{
			name: "accumulated_grad",
			aliases: ["accum_grad"]
		}, {
			name: "accumulated_delta_var",
			aliases: ["accum_var"]
		}]];
	}
	rule({ learningRate }) {
		const { rho, epsilon } = this.options;
		const mix = (old, now) => add(multiply(rho, old), multiply(1 - rho, now));
		const rms = (x) => sqrt(add(x, epsilon));
		return (param, gradient, slots) => {
			const grads = mix(slots.accumulated_grad, square(gradient));
			const delta = neg(divide(multiply(rms(slots.accumulated_delta_var), gradient), rms(grads)));
			return {
				param: add(param, multiply(learningRate, delta)),
				slots: {
					accumulated_grad: grads,
					accumulated_delta_var: mix(slots.accumulated_delta_var, square(delta))
				}
			};
		};
	}
};
//#endregion
//#region src/optimizers/adagrad.ts
/** Adagrad (Duchi et al. 2011): the rate of each element shrinks with the squares of its gradients so far. */
var Adagrad = class Adagrad extends Optimizer {
	static className = "Adagrad";
	static fields = {
		...commonFields({ learningRate: .001 }),
		initialAccumulatorValue: float({ min: 0 }, { default: .1 }),
		epsilon: float({ min: 0 }, { default: 1e-7 })
	};
	constructor(options = {}) {
		super(Adagrad.fields, resolveOptions("Adagrad", Adagrad.fields, options));
	}
	slotGroups() {
		return [[{
			name: "accumulator",
			initial: this.options.initialAccumulatorValue
		}]];
	}
	rule({ learningRate }) {
		const { epsilon } = this.options;
		return (param, gradient, slots) => {
			const accumulator = add(slots.accumulator, square(gradient));
			const scale = sqrt(add(accumulator, epsilon));
			return {
				param: subtract(param, divide(multiply(learningRate, gradient), scale)),
				slots: { accumulator }
			};
		};
	}
};
//#endregion
//#region src/optimizers/adam.ts
const adamFields = (weightDecay) => ({
	...commonFields({
		learningRate: .001,
		...weightDecay === void 0 ? {} : { weightDecay }
	}),
	beta1: float({
		min: 0,
		max: 1
	}, {
		default: .9,
		keras: "beta_1"
	}),
	beta2: float({
		min: 0,
		max: 1
	}, {
		default: .999,
		keras: "beta_2"
	}),
	epsilon: float({ min: 0 }, { default: 1e-7 }),
	amsgrad: bool(false)
});
const LARGEST = {
	name: "velocity_hat",
	aliases: ["vhat"]
};
/** What Adam and AdamW share; they differ in their defaults. */
var AdamBase = class extends Optimizer {
	slotGroups() {
		const pair = [{
			name: "momentum",
			aliases: ["m"]
		}, {
			name: "velocity",
			aliases: ["v"]
		}];
		return this.options.amsgrad ? [pair, [LARGEST]] : [pair];
	}
	unusedSlots() {
		return this.options.amsgrad ? [] : [{
			...LARGEST,
			whatever: false
		}];
	}
	rule({ learningRate, step }) {
		const { beta1, beta2, epsilon, amsgrad } = this.options;
		const bias1 = subtract(1, power(beta1, step));
		const alpha = divide(multiply(learningRate, sqrt(subtract(1, power(beta2, step)))), bias1);
		return (param, gradient, slots) => {
			const momentum = add(slots.momentum, multiply(subtract(gradient, slots.momentum), 1 - beta1));
			const square$3 = square(gradient);
			const velocity = add(slots.velocity, multiply(subtract(square$3, slots.velocity), 1 - beta2));
			const hat = amsgrad ? maximum(slots.velocity_hat, velocity) : null;
			const scale = add(sqrt(hat ?? velocity), epsilon);
			return {
				param: subtract(param, divide(multiply(momentum, alpha), scale)),
				slots: {
					momentum,
					velocity,
					...hat === null ? {} : { velocity_hat: hat }
				}
			};
		};
	}
};
/** Adam (Kingma & Ba 2014), with the bias corrections folded into the rate as in their section 2. */
var Adam = class Adam extends AdamBase {
	static className = "Adam";
	static fields = adamFields();
	constructor(options = {}) {
		super(Adam.fields, resolveOptions("Adam", Adam.fields, options));
	}
};
//#endregion
//#region src/optimizers/adamax.ts
/** Adamax: Adam with the infinity norm (Kingma & Ba 2014, section 7). */
var Adamax = class Adamax extends Optimizer {
	static className = "Adamax";
	static fields = {
		...commonFields({ learningRate: .001 }),
		beta1: float({
			min: 0,
			max: 1
		}, {
			default: .9,
			keras: "beta_1"
		}),
		beta2: float({
			min: 0,
			max: 1
		}, {
			default: .999,
			keras: "beta_2"
		}),
		epsilon: float({ min: 0 }, { default: 1e-7 })
	};
	constructor(options = {}) {
		super(Adamax.fields, resolveOptions("Adamax", Adamax.fields, options));
	}
	slotGroups() {
		return [[{
			name: "momentum",
			aliases: ["m"]
		}, {
			name: "norm",
			aliases: ["u", "v"]
		}]];
	}
	rule({ learningRate, step }) {
		const { beta1, beta2, epsilon } = this.options;
		const bias = subtract(1, power(beta1, step));
		return (param, gradient, slots) => {
			const momentum = add(slots.momentum, multiply(subtract(gradient, slots.momentum), 1 - beta1));
			const norm = maximum(multiply(beta2, slots.norm), abs(gradient));
			const scale = multiply(bias, add(norm, epsilon));
			return {
				param: subtract(param, divide(multiply(learningRate, momentum), scale)),
				slots: {
					momentum,
					norm
				}
			};
		};
	}
};
//#endregion
//#region src/optimizers/adamw.ts
/** Adam with decoupled weight decay (Loshchilov & Hutter 2017): {@link Adam} with `weightDecay: 0.004`. */
var AdamW = class AdamW extends AdamBase {
	static className = "AdamW";
	static fields = adamFields(.004);
	constructor(options = {}) {
		super(AdamW.fields, resolveOptions("AdamW", AdamW.fields, options));
	}
};
//#endregion
//#region src/optimizers/ftrl.ts
/** Follow the regularized leader (McMahan et al. 2013), for wide and sparse models. */
var Ftrl = class Ftrl extends Optimizer {
	static className = "Ftrl";
	static fields = {
		...commonFields({ learningRate: .001 }),
		learningRatePower: float({ max: 0 }, { default: -.5 }),
		initialAccumulatorValue: float({ min: 0 }, { default: .1 }),
		l1RegularizationStrength: float({ min: 0 }, { default: 0 }),
		l2RegularizationStrength: float({ min: 0 }, { default: 0 }),
		l2ShrinkageRegularizationStrength: float({ min: 0 }, { default: 0 }),
		beta: float({}, { default: 0 })
	};
	constructor(options = {}) {
		super(Ftrl.fields, resolveOptions("Ftrl", Ftrl.fields, options));
	}
	slotGroups() {
		return [[{
			name: "accumulator",
			initial: this.options.initialAccumulatorValue
		}, { name: "linear" }]];
	}
	rule({ learningRate }) {
		const { learningRatePower, l1RegularizationStrength: l1, l2RegularizationStrength, beta } = this.options;
		const shrinkage = 2 * this.options.l2ShrinkageRegularizationStrength;
		const l2 = add(l2RegularizationStrength, divide(beta, multiply(2, learningRate)));
		return (param, gradient, slots) => {
			const used = add(gradient, multiply(shrinkage, param));
			const accumulator = add(slots.accumulator, square(gradient));
			const before = power(slots.accumulator, -learningRatePower);
			const after = power(accumulator, -learningRatePower);
			const sigma = divide(subtract(after, before), learningRate);
			const linear = add(slots.linear, subtract(used, multiply(sigma, param)));
			const quadratic = add(divide(after, learningRate), multiply(2, l2));
			return {
				param: divide(subtract(clip(linear, -l1, l1), linear), quadratic),
				slots: {
					accumulator,
					linear
				}
			};
		};
	}
};
//#endregion
//#region src/optimizers/lamb.ts
/** LAMB (You et al. 2019): Adam with steps in proportion to the norm of each weight. */
var Lamb = class Lamb extends Optimizer {
	static className = "Lamb";
	static fields = {
		...commonFields({ learningRate: .001 }),
		beta1: float({
			min: 0,
			max: 1
		}, {
			default: .9,
			keras: "beta_1"
		}),
		beta2: float({
			min: 0,
			max: 1
		}, {
			default: .999,
			keras: "beta_2"
		}),
		epsilon: float({ min: 0 }, { default: 1e-7 })
	};
	constructor(options = {}) {
		super(Lamb.fields, resolveOptions("Lamb", Lamb.fields, options));
	}
	slotGroups() {
		return [[{
			name: "momentum",
			aliases: ["m"]
		}, {
			name: "velocity",
			aliases: ["v"]
		}]];
	}
	rule({ learningRate, step }) {
		const { beta1, beta2, epsilon } = this.options;
		const bias1 = subtract(1, power(beta1, step));
		const bias2 = subtract(1, power(beta2, step));
		return (param, gradient, slots) => {
			const momentum = add(slots.momentum, multiply(subtract(gradient, slots.momentum), 1 - beta1));
			const square$2 = square(gradient);
			const velocity = add(slots.velocity, multiply(subtract(square$2, slots.velocity), 1 - beta2));
			const scale = add(sqrt(divide(velocity, bias2)), epsilon);
			const update = divide(divide(momentum, bias1), scale);
			return {
				param: subtract(param, multiply(multiply(trustRatio(param, update), learningRate), update)),
				slots: {
					momentum,
					velocity
				}
			};
		};
	}
};
/** Norm of the weight over norm of its update; 1 where one of them is 0. */
function trustRatio(param, update) {
	const norm = (x) => sqrt(sum(square(x)));
	const [weight, change] = [norm(param), norm(update)];
	const both = logicalAnd(greater(weight, 0), greater(change, 0));
	return where(both, divide(weight, where(both, change, 1)), 1);
}
//#endregion
//#region src/optimizers/lion.ts
/** Lion (Chen et al. 2023): steps of one size, in the direction of the sign. */
var Lion = class Lion extends Optimizer {
	static className = "Lion";
	static fields = {
		...commonFields({ learningRate: .001 }),
		beta1: float({
			above: 0,
			max: 1
		}, {
			default: .9,
			keras: "beta_1"
		}),
		beta2: float({
			min: 0,
			max: 1
		}, {
			default: .99,
			keras: "beta_2"
		})
	};
	constructor(options = {}) {
		super(Lion.fields, resolveOptions("Lion", Lion.fields, options));
	}
	slotGroups() {
		return [[{
			name: "momentum",
			aliases: ["m"]
		}]];
	}
	rule({ learningRate }) {
		const { beta1, beta2 } = this.options;
		const mix = (old, now, beta) => add(multiply(old, beta), multiply(now, 1 - Math.fround(beta)));
		return (param, gradient, { momentum }) => ({
			param: subtract(param, multiply(learningRate, sign(mix(momentum, gradient, beta1)))),
			slots: { momentum: mix(momentum, gradient, beta2) }
		});
	}
};
//#endregion
//#region src/optimizers/nadam.ts
/** Keras's name for the product of momentum decays so far. */
const PRODUCT = "variable";
/** Adam with Nesterov's momentum (Dozat 2015), with his schedule of the momentum's decay. */
var Nadam = class Nadam extends Optimizer {
	static className = "Nadam";
	static fields = {
		...commonFields({ learningRate: .001 }),
		beta1: float({
			min: 0,
			max: 1
		}, {
			default: .9,
			keras: "beta_1"
		}),
		beta2: float({
			min: 0,
			max: 1
		}, {
			default: .999,
			keras: "beta_2"
		}),
		epsilon: float({ min: 0 }, { default: 1e-7 })
	};
	constructor(options = {}) {
		super(Nadam.fields, resolveOptions("Nadam", Nadam.fields, options));
	}
	slotGroups() {
		return [[{
			name: "momentum",
			aliases: ["m"]
		}, {
			name: "velocity",
			aliases: ["v"]
		}]];
	}
	sharedSlots() {
		return [{
			name: PRODUCT,
			initial: 1
		}];
	}
	sharedAfter(updates) {
		let product = 1;
		let decay = 1;
		for (let update = 0; update < updates && product > 0; update++) {
			decay *= .96;
			product = Math.fround(product * this.options.beta1 * (1 - .5 * decay));
		}
		return { [PRODUCT]: product };
	}
	updateShared(shared, { step }) {
		return { [PRODUCT]: multiply(shared[PRODUCT], this.#decayAt(step)) };
	}
	rule({ learningRate, step }, shared) {
		const { beta1, beta2, epsilon } = this.options;
		const [rest1, rest2] = [1 - Math.fround(beta1), 1 - Math.fround(beta2)];
		const product = shared[PRODUCT];
		const now = this.#decayAt(step);
		const next = this.#decayAt(add(step, 1));
		const bias2 = subtract(1, power(beta2, step));
		const momentumScale = divide(next, subtract(1, multiply(product, next)));
		const gradientScale = divide(subtract(1, now), subtract(1, product));
		return (param, gradient, slots) => {
			const momentum = add(slots.momentum, multiply(subtract(gradient, slots.momentum), rest1));
			const square$1 = square(gradient);
			const velocity = add(slots.velocity, multiply(subtract(square$1, slots.velocity), rest2));
			const mean = add(multiply(momentumScale, momentum), multiply(gradientScale, gradient));
			const scale = add(sqrt(divide(velocity, bias2)), epsilon);
			return {
				param: subtract(param, divide(multiply(mean, learningRate), scale)),
				slots: {
					momentum,
					velocity
				}
			};
		};
	}
	#decayAt(step) {
		return multiply(this.options.beta1, subtract(1, multiply(.5, power(.96, step))));
	}
};
//#endregion
//#region src/optimizers/rmsprop.ts
/** RMSprop (Hinton 2012), plain momentum included; centered as in Graves 2013. */
var RMSprop = class RMSprop extends Optimizer {
	static className = "RMSprop";
	static fields = {
		...commonFields({ learningRate: .001 }),
		rho: float({
			min: 0,
			max: 1
		}, { default: .9 }),
		momentum: float({
			min: 0,
			max: 1
		}, { default: 0 }),
		epsilon: float({ min: 0 }, { default: 1e-7 }),
		centered: bool(false)
	};
	constructor(options = {}) {
		super(RMSprop.fields, resolveOptions("RMSprop", RMSprop.fields, options));
	}
	slotGroups() {
		const { momentum, centered } = this.options;
		return [
			[{
				name: "velocity",
				aliases: ["rms"]
			}],
			...momentum > 0 ? [[{ name: "momentum" }]] : [],
			...centered ? [[{
				name: "average_gradient",
				aliases: ["mg"]
			}]] : []
		];
	}
	rule({ learningRate }) {
		const { rho, momentum: kept, epsilon } = this.options;
		const mix = (old, now) => add(multiply(rho, old), multiply(1 - rho, now));
		return (param, gradient, slots) => {
			const velocity = mix(slots.velocity, square(gradient));
			const average = slots.average_gradient === void 0 ? null : mix(slots.average_gradient, gradient);
			const moment = average === null ? velocity : subtract(velocity, square(average));
			const increment = divide(multiply(learningRate, gradient), sqrt(add(moment, epsilon)));
			const momentum = slots.momentum === void 0 ? null : add(multiply(kept, slots.momentum), increment);
			return {
				param: subtract(param, momentum ?? increment),
				slots: {
					velocity,
					...momentum === null ? {} : { momentum },
					...average === null ? {} : { average_gradient: average }
				}
			};
		};
	}
};
//#endregion
//#region src/optimizers/sgd.ts
const MOMENTUM = {
	name: "momentum",
	aliases: ["m"]
};
/** Gradient descent: `param - learningRate * gradient`, with momentum or without. */
var SGD = class SGD extends Optimizer {
	static className = "SGD";
	static fields = {
		...commonFields({ learningRate: .01 }),
		momentum: float({
			min: 0,
			max: 1
		}, { default: 0 }),
		nesterov: bool(false)
	};
	constructor(options = {}) {
		super(SGD.fields, resolveOptions("SGD", SGD.fields, options));
	}
	slotGroups() {
		return this.options.momentum === 0 ? [] : [[MOMENTUM]];
	}
	/** tf_keras keeps each step there although momentum 0 makes nothing of it. */
	unusedSlots() {
		return this.options.momentum === 0 ? [{
			...MOMENTUM,
			whatever: true
		}] : [];
	}
	rule({ learningRate }) {
		const { momentum, nesterov } = this.options;
		return (param, gradient, slots) => {
			const step = multiply(gradient, learningRate);
			if (slots.momentum === void 0) return {
				param: subtract(param, step),
				slots: {}
			};
			const velocity = subtract(multiply(slots.momentum, momentum), step);
			return {
				param: add(param, nesterov ? subtract(multiply(velocity, momentum), step) : velocity),
				slots: { momentum: velocity }
			};
		};
	}
};
//#endregion
//#region src/optimizers/catalogue.ts
var catalogue_exports = /* @__PURE__ */ __exportAll({
	Adadelta: () => Adadelta,
	Adagrad: () => Adagrad,
	Adam: () => Adam,
	AdamW: () => AdamW,
	Adamax: () => Adamax,
	Ftrl: () => Ftrl,
	Lamb: () => Lamb,
	Lion: () => Lion,
	Nadam: () => Nadam,
	RMSprop: () => RMSprop,
	SGD: () => SGD
});
//#endregion
//#region src/optimizers/get.ts
const classNames = Object.values(catalogue_exports).map((cls) => cls.className);
const lowerNames = new Map(classNames.map((name) => [name.toLowerCase(), name]));
const registered = new Registry("optimizer");
const kind = {
	kind: "optimizer",
	module: "keras.optimizers",
	builtIn: builtInClasses(Optimizer, catalogue_exports, Object.fromEntries(lowerNames)),
	registered
};
/**
* An optimizer from what `compile` takes: an optimizer, a name as Keras has it (`"adam"`, `"rmsprop"`; case does not
* matter), or Keras's dictionary.
* @throws {OptionError} for an unknown name, with the nearest right one
*/
function get(identifier, where = "optimizer") {
	if (typeof identifier === "string") {
		const cls = registered.find(identifier) ?? kind.builtIn.get(properCase(identifier));
		if (cls === void 0) throw unknownName(where, identifier, [...lowerNames.keys(), ...registered.names()]);
		return new cls({});
	}
	return isConfig(identifier) ? deserialize(identifier, where) : getPart(kind, Optimizer, identifier, where);
}
/** Keras's dictionary for an optimizer. */
function serialize(optimizer) {
	return serializePart(kind, optimizer);
}
/** The optimizer that a dictionary of Keras 2 or 3 describes. */
function deserialize(json, where = "optimizer") {
	return deserializePart(kind, isConfig(json) ? modern(json) : json, where);
}
const properCase = (name) => lowerNames.get(name.toLowerCase()) ?? name;
/** Keras 3's form of a dictionary: Keras 2 wrote `Custom>Adam`, `lr`, and `decay` for what is now a schedule. */
function modern(json) {
	const className = json["class_name"];
	if (typeof className !== "string") return json;
	const bare = className.replace(/^Custom>/, "");
	const known = lowerNames.get(bare.toLowerCase());
	if (known === void 0) return json;
	const { lr, decay, ...rest } = isConfig(json["config"]) ? json["config"] : {};
	const rate = rest["learning_rate"] ?? lr;
	const schedule = typeof decay === "number" && decay > 0 && typeof rate === "number" ? {
		class_name: "InverseTimeDecay",
		config: {
			initial_learning_rate: rate,
			decay_steps: 1,
			decay_rate: decay
		}
	} : rate ?? null;
	return {
		class_name: known,
		config: {
			...rest,
			...schedule === null ? {} : { learning_rate: schedule }
		}
	};
}
/** Makes a class of your own known by its `className`, so that files and names can refer to it. */
function register(cls, packageName) {
	return registered.register(cls, packageName);
}
//#endregion
//#region src/optimizers/index.ts
var optimizers_exports = /* @__PURE__ */ __exportAll({
	Adadelta: () => Adadelta,
	Adagrad: () => Adagrad,
	Adam: () => Adam,
	AdamW: () => AdamW,
	Adamax: () => Adamax,
	Ftrl: () => Ftrl,
	Lamb: () => Lamb,
	Lion: () => Lion,
	Nadam: () => Nadam,
	Optimizer: () => Optimizer,
	RMSprop: () => RMSprop,
	SGD: () => SGD,
	commonFields: () => commonFields,
	deserialize: () => deserialize,
	get: () => get,
	register: () => register,
	serialize: () => serialize
});
//#endregion
//#region src/saving/object-paths.ts
/**
* Places of a model and all layers in it, as `.keras` and `.weights.h5` files have them (keras.src.saving.saving_lib):
* a model's layers under `layers/`, by class in snake case and how many of the class came before; layers that are
* properties under the property's name. The first place of a shared layer counts. Names of layers play no part.
*/
function placeObjects(model) {
	const placed = /* @__PURE__ */ new Map();
	const visit = (layer, path) => {
		if (placed.has(layer)) return;
		placed.set(layer, {
			path,
			layer,
			variables: layer.ownWeights
		});
		for (const [child, place] of childrenOf(layer)) visit(child, path === "" ? place : `${path}/${place}`);
	};
	visit(model, "");
	return [...placed.values()];
}
function childrenOf(layer) {
	const children = layer.networkKind === null ? [] : inContainer("layers", networkLayers(layer));
	for (const [attribute, value] of attributesOf(layer)) if (value instanceof Layer) children.push([value, attribute]);
	else if (Array.isArray(value)) children.push(...inContainer(attribute, value));
	else if (isPlainObject(value)) children.push(...inContainer(attribute, Object.values(value)));
	return children;
}
function networkLayers(network) {
	return network.layers;
}
/** Properties by Keras's name, in Keras's order: sorted, those with a leading underscore last. */
function attributesOf(layer) {
	const attributes = Object.entries(layer).map(([name, value]) => [optionToKeras(name), value]);
	const rank = (name) => name.startsWith("_") ? `1${name}` : `0${name}`;
	return attributes.sort(([a], [b]) => rank(a) < rank(b) ? -1 : 1);
}
function inContainer(container, items) {
	const used = /* @__PURE__ */ new Map();
	const out = [];
	for (const item of items) {
		if (!(item instanceof Layer)) continue;
		const name = snakeCase(item.className);
		const before = used.get(name) ?? 0;
		used.set(name, before + 1);
		out.push([item, `${container}/${before === 0 ? name : `${name}_${before}`}`]);
	}
	return out;
}
function isPlainObject(value) {
	return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
//#endregion
//#region src/saving/compile-config.ts
/** Keras's compile config: the optimizer as object, the rest as the user gave it. */
function compileConfig(args) {
	return {
		optimizer: serialize(args.optimizer),
		loss: serializeSpec(args.loss, "loss"),
		loss_weights: args.lossWeights,
		metrics: serializeSpec(args.metrics, "metrics"),
		weighted_metrics: serializeSpec(args.weightedMetrics, "weightedMetrics"),
		run_eagerly: args.runEagerly,
		steps_per_execution: args.stepsPerExecution,
		jit_compile: args.jitCompile
	};
}
/** Arguments of `compile` that are Pawl's own, or that Keras does not write. */
function ownCompileConfig(args) {
	return {
		auto_scale_loss: args.autoScaleLoss,
		shards: args.shards
	};
}
function serializeSpec(spec, option) {
	if (spec === null || spec === void 0 || typeof spec === "string") return spec ?? null;
	if (spec instanceof Loss) return serialize$3(spec);
	if (spec instanceof Metric) return serialize$2(spec);
	if (typeof spec === "function") return functionConfig(spec, option);
	if (Array.isArray(spec)) return spec.map((item) => serializeSpec(item, option));
	if (isConfig(spec)) {
		if (typeof spec["class_name"] === "string") return spec;
		return Object.fromEntries(Object.entries(spec).map(([key, item]) => [key, serializeSpec(item, option)]));
	}
	throw new FormatError({
		code: "compile-config",
		what: `The ${option} of this model cannot be written to a file`,
		received: typeof spec
	});
}
function functionConfig(fn, option) {
	if (fn.name === "") throw new OptionError({
		code: "anonymous-function",
		what: `The ${option} of this model is a function without a name, so no file can name it`,
		fix: `Give it a name: function my${option === "loss" ? "Loss" : "Metric"}(yTrue, yPred) { … }`
	});
	return {
		module: null,
		class_name: "function",
		config: fn.name,
		registered_name: fn.name
	};
}
//#endregion
//#region src/saving/outline.ts
/**
* @throws {StateError} when the model is not built
* @throws {OptionError} when something in it has no name that a file could give it
*/
function outlineModel({ network, compileArgs }) {
	network.topology;
	const compile = compileArgs === null ? null : compileConfig(compileArgs);
	return {
		label: network.label,
		model: {
			...serialize$4(network),
			...compile === null ? {} : { compile_config: compile }
		},
		legacyModel: withStyle("legacy", () => serialize$4(network)),
		compile,
		ownCompile: compileArgs === null ? {} : {
			...ownCompileConfig(compileArgs),
			...trainedConfig(network, compileArgs)
		},
		layers: network.layers.map((layer) => ({
			name: layer.name,
			variables: [...layer.trainableWeights, ...layer.nonTrainableWeights]
		})),
		objects: placeObjects(network).map(({ path, layer, variables }) => ({
			path,
			name: layer.name,
			variables
		}))
	};
}
/** Which weights have slots and which are trained, when layers were frozen or thawed since: files must say it. */
function trainedConfig(network, { optimizer }) {
	const now = network.trainableWeights;
	const same = (weights) => now.length === weights.length && now.every((weight, i) => weight === weights[i]);
	if (optimizer.trainable.length === 0 || same(optimizer.trainable) && same(optimizer.active)) return {};
	const places = (weights) => weights.map((weight) => network.weights.indexOf(weight));
	return {
		with_slots: places(optimizer.trainable),
		trained: places(optimizer.active)
	};
}
//#endregion
//#region src/saving/collect.ts
/**
* Copies everything that files have of a model, without an await: what training does afterwards does not show. Each
* variable is copied once, however many places of a file it gets.
* @param read how a variable is copied
* @throws {StateError} when the model is not built
* @throws {OptionError} when something in it has no name that a file could give it
*/
function collectModel(model, read = (variable) => variable.read()) {
	const { optimizer } = model;
	const { layers, objects, ...outline } = outlineModel(model);
	const copies = /* @__PURE__ */ new Map();
	const copy = (variable) => {
		let tensor = copies.get(variable);
		if (tensor === void 0) copies.set(variable, tensor = read(variable));
		return tensor;
	};
	return {
		...outline,
		layers: layers.map(({ name, variables }) => ({
			name,
			weights: variables.map((variable) => ({
				name: variable.path,
				tensor: copy(variable)
			}))
		})),
		objects: objects.map(({ path, name, variables }) => ({
			path,
			name,
			tensors: variables.map(copy)
		})),
		optimizer: optimizer === null ? null : {
			name: optimizer.name,
			entries: optimizer.variables.map((entry) => ({
				name: entry.name,
				tensor: entry.variable === void 0 ? entry.read() : copy(entry.variable)
			}))
		},
		state: model.getTrainState()
	};
}
//#endregion
//#region src/saving/save.ts
/**
* Writes a model to the file. The ending decides the form: `.keras` or `.h5` (`.hdf5`) for whole models, `.weights.h5`
* or `.h5` for weights. The state is copied before the first await, and the file is there as a whole or not at all.
* The live model is only read.
* @throws {OptionError} for another ending
* @throws {StateError} when the model is not built, or the file cannot be written
*/
async function saveModel(model, path, options) {
	const { vfs, overwrite = true, weightsOnly = false } = options;
	await inPlaceWriter(vfs, MODEL_ENCODERS).write(modelJob(model, {
		path,
		overwrite,
		weightsOnly
	}));
}
/** What writers need to know to write models. */
const MODEL_ENCODERS = { async model({ collected, format }) {
	return { parts: await encodeModel(collected, format) };
} };
/**
* The job of writing a model, with a copy of it that is taken now.
* @param read how a variable is copied
* @throws see {@link saveModel}
*/
function modelJob(model, { path, overwrite, weightsOnly }, read) {
	const format = weightsOnly ? weightsFormat(path) : modelFormat(path);
	return {
		path,
		overwrite,
		kind: "model",
		payload: {
			collected: collectModel(model, read),
			format
		}
	};
}
//#endregion
export { activations_exports as $, isList as A, divide as At, clearRandomSeed as B, neg as Bt, withStyle as C, logSumExp as Ct, CallTrace as D, flatten2d as Dt, graphDType as E, gather as Et, policyConfig as F, minimum as Ft, activationField as G, seedIsSet as H, add as Ht, optionFromKeras as I, maximum as It, regularizerField as J, constraintField as K, KerasTensor as L, cast as Lt, Node as M, conv as Mt, layerFields as N, constant as Nt, rootContext as O, expandDims as Ot, shapeField as P, concatenate as Pt, constraints_exports as Q, flattenTensors as R, broadcastTo as Rt, serialize$4 as S, matmul as St, withWeightBudget as T, greaterEqual as Tt, setRandomSeed as U, abs as Ut, nextSeed as V, allSum as Vt, withScope as W, initializers_exports as X, regularizers_exports as Y, fillFromWords as Z, FunctionLoss as _, pad as _t, placeObjects as a, variance as at, markBuiltIn as b, maxPool as bt, serialize as c, subtract as ct, resolve as d, slice as dt, relu as et, Metric as f, rsqrt as ft, serialize$3 as g, square as gt, get$2 as h, relu$1 as ht, outlineModel as i, where as it, valuesOf$1 as j, convTranspose as jt, invoke as k, exp as kt, schedules_exports as l, stopGradient as lt, lossValue as m, repeat as mt, modelJob as n, elu as nt, optimizers_exports as o, transpose as ot, losses_exports as p, reshape as pt, initializerField as q, saveModel as r, ops_exports as rt, get as s, sum as st, MODEL_ENCODERS as t, leakyRelu as tt, metrics_exports as u, softmax$1 as ut, Loss as v, multiply as vt, Layer as w, input as wt, registered$4 as x, max as xt, deserialize$4 as y, mean as yt, isKerasTensor as z, averagePool as zt };
