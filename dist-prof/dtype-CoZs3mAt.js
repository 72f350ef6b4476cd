//#region src/core/dtype.ts
const CONSTRUCTORS = {
	bool: Uint8Array,
	int8: Int8Array,
	uint8: Uint8Array,
	int16: Int16Array,
	uint16: Uint16Array,
	int32: Int32Array,
	uint32: Uint32Array,
	int64: BigInt64Array,
	uint64: BigUint64Array,
	float16: Uint16Array,
	bfloat16: Uint16Array,
	float32: Float32Array,
	float64: Float64Array
};
/** Bytes of one element; strings have no fixed size and count as 0. */
function byteSize(dtype) {
	return dtype === "string" ? 0 : CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
}
/** A zero-filled array of `length` elements of `dtype` (empty strings for "string"). */
function allocate(dtype, length) {
	if (dtype === "string") return new Array(length).fill("");
	return new CONSTRUCTORS[dtype](length);
}
/** A typed array of `dtype` over existing bytes; nothing is copied. */
function viewOf(dtype, buffer, byteOffset, length) {
	return new CONSTRUCTORS[dtype](buffer, byteOffset, length);
}
/** Whether a value (from a file, say) names a dtype. */
function isDType(value) {
	return typeof value === "string" && (value === "string" || Object.hasOwn(CONSTRUCTORS, value));
}
function isFloat(dtype) {
	return dtype === "float32" || dtype === "float64" || dtype === "float16" || dtype === "bfloat16";
}
function isInteger(dtype) {
	return dtype.startsWith("int") || dtype.startsWith("uint");
}
//#endregion
export { isInteger as a, isFloat as i, byteSize as n, viewOf as o, isDType as r, allocate as t };
