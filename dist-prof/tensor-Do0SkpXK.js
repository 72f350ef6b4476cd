import { a as ShapeError, r as OptionError } from "./errors-DC-FoqxE.js";
import { r as sizeOf, t as formatShape } from "./shape-Cm7Ckhsa.js";
import { n as byteSize, t as allocate } from "./dtype-CoZs3mAt.js";
//#region src/core/tensor.ts
/** A dense, row-major array on the host. It is yours: never a view of memory that training goes on writing. */
var Tensor = class Tensor {
	data;
	shape;
	dtype;
	/**
	* @param data row-major elements, kept as they are when they already have the array type of `dtype`
	* @param shape defaults to one dimension
	* @param dtype defaults to that of the typed array; number[] and Float64Array become float32
	* @throws {ShapeError} when the number of elements does not fit the shape
	*/
	constructor(data, shape, dtype) {
		this.dtype = dtype ?? dtypeOf(data);
		this.shape = shape ? [...shape] : [data.length];
		if (data.length !== sizeOf(this.shape)) throw new ShapeError({
			code: "tensor-size",
			what: `A tensor of shape ${formatShape(this.shape)} needs ${sizeOf(this.shape)} elements`,
			received: `${data.length}`,
			fix: "Give data and shape that agree"
		});
		this.data = convert(data, this.dtype);
	}
	get size() {
		return this.data.length;
	}
	get byteLength() {
		return this.size * byteSize(this.dtype);
	}
	static zeros(shape, dtype = "float32") {
		return new Tensor(allocate(dtype, sizeOf(shape)), shape, dtype);
	}
	static full(shape, value, dtype = "float32") {
		return new Tensor(new Array(sizeOf(shape)).fill(value), shape, dtype);
	}
	static scalar(value, dtype = "float32") {
		return new Tensor([value], [], dtype);
	}
	/** From nested arrays, a typed array or any object with data and shape. */
	static from(value, dtype) {
		if (value instanceof Tensor) return dtype === void 0 || dtype === value.dtype ? value : value.cast(dtype);
		if (typeof value === "number") return new Tensor([value], [], dtype ?? "float32");
		if (Array.isArray(value)) return fromNested(value, dtype);
		if (ArrayBuffer.isView(value)) return new Tensor(value, void 0, dtype);
		if (typeof value === "object" && value !== null && "data" in value && "shape" in value) {
			const like = value;
			return new Tensor(like.data, like.shape, dtype ?? like.dtype);
		}
		throw new OptionError({
			code: "not-a-tensor",
			what: "This is not data",
			received: value === null ? "null" : typeof value,
			expected: "nested arrays of numbers, a typed array, or an object { data, shape, dtype }"
		});
	}
	cast(dtype) {
		return new Tensor(convert(this.data, dtype), this.shape, dtype);
	}
	reshape(shape) {
		return new Tensor(this.data, shape, this.dtype);
	}
	clone() {
		return new Tensor(this.data.slice(), this.shape, this.dtype);
	}
	/** Rows `start … end - 1` of the first axis, copied. */
	slice(start, end) {
		const row = sizeOf(this.shape.slice(1));
		const rows = Math.max(0, Math.min(end, this.shape[0]) - start);
		return new Tensor(this.data.slice(start * row, (start + rows) * row), [rows, ...this.shape.slice(1)], this.dtype);
	}
	/** Elements as nested arrays of numbers (int64 too), in the tensor's shape; a scalar gives a number. */
	tolist() {
		let next = 0;
		const build = (axis) => axis === this.shape.length ? Number(this.data[next++]) : Array.from({ length: this.shape[axis] }, () => build(axis + 1));
		return build(0);
	}
	/** The only element of a tensor of one element. */
	item() {
		if (this.size !== 1) throw new ShapeError({
			code: "not-a-scalar",
			what: "item() needs a tensor of one element",
			received: `shape ${formatShape(this.shape)}`,
			fix: "Use .data or .tolist()"
		});
		return Number(this.data[0]);
	}
};
function dtypeOf(data) {
	if (data instanceof Int8Array) return "int8";
	if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return "uint8";
	if (data instanceof Int16Array) return "int16";
	if (data instanceof Uint16Array) return "uint16";
	if (data instanceof Int32Array) return "int32";
	if (data instanceof Uint32Array) return "uint32";
	if (data instanceof BigInt64Array) return "int64";
	if (data instanceof BigUint64Array) return "uint64";
	if (Array.isArray(data) && typeof data[0] === "string") return "string";
	return "float32";
}
function convert(data, dtype) {
	const target = allocate(dtype, 0);
	if (data.constructor === target.constructor) return data;
	const out = allocate(dtype, data.length);
	if (dtype === "string") for (let i = 0; i < data.length; i++) out[i] = String(data[i]);
	else if (dtype === "int64" || dtype === "uint64") for (let i = 0; i < data.length; i++) out[i] = BigInt(data[i]);
	else if (dtype === "bool") for (let i = 0; i < data.length; i++) out[i] = Number(data[i]) ? 1 : 0;
	else for (let i = 0; i < data.length; i++) out[i] = Number(data[i]);
	return out;
}
function fromNested(value, dtype) {
	const shape = [];
	for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
	const flat = [];
	const visit = (item, axis) => {
		const isArray = Array.isArray(item);
		if (isArray !== axis < shape.length || isArray && item.length !== shape[axis]) throw new ShapeError({
			code: "ragged",
			what: "Nested arrays must be rectangular",
			received: isArray ? `${item.length} items at depth ${axis}` : `a number at depth ${axis}`,
			expected: `shape ${formatShape(shape)} as the first items have it`,
			fix: "Pad the rows to one length"
		});
		if (isArray) for (const child of item) visit(child, axis + 1);
		else if (typeof item === "number") flat.push(item);
		else throw notANumber(item);
	};
	visit(value, 0);
	return new Tensor(flat, shape, dtype ?? "float32");
}
function notANumber(item) {
	return new OptionError({
		code: "not-a-number",
		what: "Nested arrays must hold numbers",
		received: item === null ? "null" : typeof item === "object" ? `a ${item.constructor.name}` : typeof item,
		fix: "Give several arrays as Tensors in a list, and batches as an iterable that is no array"
	});
}
//#endregion
export { Tensor as t };
