import { t as EngineError } from "./errors-DC-FoqxE.js";
import { o as viewOf } from "./dtype-CoZs3mAt.js";
//#region src/engine/allocator.ts
/**
* First-fit free list over an address range that can grow at its end. Gaps are kept sorted and neighbours merge, so
* freeing everything gives one gap again and a training that allocates in a loop never spreads.
*/
var FreeList = class {
	#gaps;
	#end;
	constructor(start, end) {
		this.#gaps = start < end ? [{
			start,
			end
		}] : [];
		this.#end = end;
	}
	/** Start of a piece of `bytes` bytes, or undefined when no gap is large enough. */
	allocate(bytes) {
		for (let i = 0; i < this.#gaps.length; i++) {
			const gap = this.#gaps[i];
			if (gap.end - gap.start < bytes) continue;
			const start = gap.start;
			gap.start += bytes;
			if (gap.start === gap.end) this.#gaps.splice(i, 1);
			return start;
		}
	}
	free(start, bytes) {
		const end = start + bytes;
		let index = this.#gaps.findIndex((gap) => gap.start >= end);
		if (index < 0) index = this.#gaps.length;
		const before = this.#gaps[index - 1];
		const after = this.#gaps[index];
		if (before !== void 0 && before.end === start) {
			before.end = end;
			if (after !== void 0 && after.start === end) {
				before.end = after.end;
				this.#gaps.splice(index, 1);
			}
		} else if (after !== void 0 && after.start === end) after.start = start;
		else this.#gaps.splice(index, 0, {
			start,
			end
		});
	}
	/** Adds `bytes` bytes at the end of the range. */
	grow(bytes) {
		this.free(this.#end, bytes);
		this.#end += bytes;
	}
	/** Bytes by which the range must grow before a piece of `bytes` bytes fits at its end. */
	shortfall(bytes) {
		const last = this.#gaps.at(-1);
		return last !== void 0 && last.end === this.#end ? Math.max(0, bytes - (last.end - last.start)) : bytes;
	}
	get freeBytes() {
		return this.#gaps.reduce((sum, gap) => sum + gap.end - gap.start, 0);
	}
	get gapCount() {
		return this.#gaps.length;
	}
};
//#endregion
//#region src/engine/arena.ts
const PAGE = 65536;
const MAX_PAGES = 65536;
/** Every tensor starts at a multiple of this: a cache line, and the widest vector register. */
const ALIGNMENT = 64;
/** Fresh segments and growth come in steps of this; untouched pages cost no memory. */
const GROWTH_PAGES = 256;
/** One WebAssembly memory. */
var Segment = class {
	memory;
	#free;
	#maximum;
	constructor(memory, maximum) {
		this.memory = memory;
		this.#maximum = maximum;
		this.#free = new FreeList(PAGE, memory.buffer.byteLength);
	}
	/** Offset of `bytes` fresh bytes (a multiple of the alignment), or undefined when they do not fit any more. */
	allocate(bytes) {
		const found = this.#free.allocate(bytes);
		if (found !== void 0) return found;
		const present = this.memory.buffer.byteLength / PAGE;
		const needed = Math.ceil(this.#free.shortfall(bytes) / PAGE);
		if (present + needed > this.#maximum) return void 0;
		const pages = Math.min(Math.max(needed, GROWTH_PAGES), this.#maximum - present);
		try {
			this.memory.grow(pages);
		} catch {
			return;
		}
		this.#free.grow(pages * PAGE);
		return this.#free.allocate(bytes);
	}
	free(offset, bytes) {
		this.#free.free(offset, bytes);
	}
	get usedBytes() {
		return this.memory.buffer.byteLength - PAGE - this.#free.freeBytes;
	}
};
/** A piece of the arena. Views are made anew on each call, because unshared memory moves its buffer when it grows. */
var Block = class {
	segment;
	offset;
	byteLength;
	#freed = false;
	constructor(segment, offset, byteLength) {
		this.segment = segment;
		this.offset = offset;
		this.byteLength = byteLength;
	}
	/** The elements `start … start + length - 1`, counted from the block's beginning. */
	view(dtype, length, start = 0) {
		const size = dtype === "bool" ? 1 : dtype === "int64" ? 8 : 4;
		return viewOf(dtype, this.segment.memory.buffer, this.offset + start * size, length);
	}
	free() {
		if (this.#freed) return;
		this.#freed = true;
		this.segment.free(this.offset, Math.max(ALIGNMENT, roundUp(this.byteLength)));
	}
};
const roundUp = (bytes) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
/**
* All tensors that engines see: growing segments of shared WebAssembly memory of at most 4 GiB each (unshared where a
* page is not isolated and has no SharedArrayBuffer). A tensor lies in one segment.
*/
var Arena = class {
	#segments = [];
	/** @throws {EngineError} when the system gives no more memory */
	allocate(byteLength) {
		const bytes = Math.max(ALIGNMENT, roundUp(byteLength));
		for (const segment of this.#segments) {
			const offset = segment.allocate(bytes);
			if (offset !== void 0) return new Block(segment, offset, byteLength);
		}
		const segment = newSegment(bytes);
		const offset = segment?.allocate(bytes);
		if (segment === void 0 || offset === void 0) throw outOfMemory(byteLength, this.usedBytes);
		this.#segments.push(segment);
		return new Block(segment, offset, byteLength);
	}
	get usedBytes() {
		return this.#segments.reduce((sum, segment) => sum + segment.usedBytes, 0);
	}
};
/** Address space is reserved for the maximum, which a system may refuse: then a smaller segment does. */
function newSegment(bytes) {
	const needed = 1 + Math.ceil(bytes / PAGE);
	const shared = typeof SharedArrayBuffer !== "undefined";
	for (let maximum = MAX_PAGES; maximum >= needed; maximum = maximum >> 1) try {
		const initial = Math.min(maximum, Math.max(needed, GROWTH_PAGES));
		return new Segment(new WebAssembly.Memory({
			initial,
			maximum,
			...shared ? { shared } : {}
		}), maximum);
	} catch {}
}
function outOfMemory(bytes, used) {
	const limit = (MAX_PAGES - 1) * PAGE;
	const tooLarge = bytes > limit;
	return new EngineError({
		code: "out-of-memory",
		what: tooLarge ? "One tensor is larger than a segment of memory can be" : "There is no memory left for a tensor",
		received: `${bytes} bytes needed, ${used} bytes in use`,
		expected: tooLarge ? `at most ${limit} bytes` : "memory that the system can give",
		fix: tooLarge ? "Split the tensor" : "Use a smaller batch or a smaller model, or free memory of other programs",
		data: {
			bytes,
			used
		}
	});
}
let shared;
/** The arena of this process. */
function defaultArena() {
	return shared ??= new Arena();
}
//#endregion
export { defaultArena as i, Block as n, Segment as r, Arena as t };
