//#region src/core/shape.ts
/** Number of elements. `[]` (a scalar) has one. */
function sizeOf(shape) {
	let size = 1;
	for (const dim of shape) size *= dim;
	return size;
}
function sameShape(a, b) {
	return a.length === b.length && a.every((dim, i) => dim === b[i]);
}
/** `[null, 28, 28]` as people write it: `(?, 28, 28)`. */
function formatShape(shape) {
	return `(${shape.map((dim) => dim === null || dim < 0 ? "?" : String(dim)).join(", ")}${shape.length === 1 ? "," : ""})`;
}
/** Row-major strides in elements. */
function stridesOf(shape) {
	const strides = new Array(shape.length);
	let step = 1;
	for (let i = shape.length - 1; i >= 0; i--) {
		strides[i] = step;
		step *= shape[i];
	}
	return strides;
}
//#endregion
export { stridesOf as i, sameShape as n, sizeOf as r, formatShape as t };
