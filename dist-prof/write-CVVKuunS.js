import { n as FormatError } from "./errors-DC-FoqxE.js";
//#region src/formats/zip/crc32.ts
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? value >>> 1 ^ 3988292384 : value >>> 1;
	return value >>> 0;
});
/** CRC-32 of zip and gzip, by table: for places without Node's. */
function crc32ByTable(bytes) {
	let crc = 4294967295;
	for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 255] ^ crc >>> 8;
	return (crc ^ 4294967295) >>> 0;
}
/** CRC-32, by Node's own fast routine where there is one. */
async function crc32(bytes) {
	if (typeof process !== "undefined" && process.versions?.node !== void 0) {
		const zlib = await import("node:zlib");
		if (typeof zlib.crc32 === "function") return zlib.crc32(bytes);
	}
	return crc32ByTable(bytes);
}
//#endregion
//#region src/formats/zip/write.ts
/** 1 January 1980, 00:00, the first date that zip has: equal contents give equal bytes. */
const DATE = 33;
const UTF8_NAME = 2048;
const VERSION = 20;
const LIMIT = 4294967294;
/**
* A zip archive with the entries uncompressed and in the order given, as Keras writes `.keras`, in pieces that one
* after the other are the file (contents are not copied). With `trailer`, the last 64 bytes, the archive's comment,
* are still missing: they are the trailer.
* @throws {FormatError} from 4 GiB, where plain zip ends
*/
async function writeZip(entries, options = {}) {
	const parts = [];
	const records = [];
	let offset = 0;
	const add = (bytes) => {
		parts.push(bytes);
		offset += bytes.length;
		if (offset > LIMIT) throw tooLarge();
	};
	for (const entry of entries) {
		if (entry.bytes.length > LIMIT) throw tooLarge();
		const name = new TextEncoder().encode(entry.name);
		const record = {
			name,
			crc: await crc32(entry.bytes),
			size: entry.bytes.length,
			offset
		};
		records.push(record);
		add(header(67324752, record, 30));
		add(name);
		add(entry.bytes);
	}
	const directory = offset;
	for (const record of records) {
		add(header(33639248, record, 46));
		add(record.name);
	}
	add(endRecord(records.length, offset - directory, directory, options.trailer === true ? 64 : 0));
	return parts;
}
/** The header before an entry (30 bytes), or its record in the central directory (46 bytes). */
function header(signature, { name, crc, size, offset }, length) {
	const view = new DataView(new ArrayBuffer(length));
	const central = length === 46;
	view.setUint32(0, signature, true);
	let at = 4;
	const u16 = (value) => {
		view.setUint16(at, value, true);
		at += 2;
	};
	const u32 = (value) => {
		view.setUint32(at, value, true);
		at += 4;
	};
	if (central) u16(VERSION);
	u16(VERSION);
	u16(name.some((byte) => byte > 127) ? UTF8_NAME : 0);
	u16(0);
	u16(0);
	u16(DATE);
	u32(crc);
	u32(size);
	u32(size);
	u16(name.length);
	if (central) view.setUint32(42, offset, true);
	return new Uint8Array(view.buffer);
}
function endRecord(count, size, offset, comment) {
	const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(22));
	view.setUint32(0, 101010256, true);
	view.setUint16(8, count, true);
	view.setUint16(10, count, true);
	view.setUint32(12, size, true);
	view.setUint32(16, offset, true);
	view.setUint16(20, comment, true);
	return new Uint8Array(view.buffer);
}
function tooLarge() {
	return new FormatError({
		code: "zip-too-large",
		what: "The archive would be larger than 4 GiB",
		fix: "Save the weights in pieces (sharded weights)"
	});
}
//#endregion
export { writeZip as t };
