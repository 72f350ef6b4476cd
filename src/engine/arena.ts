import { type DTypeArrays, viewOf } from "../core/dtype.js";
import { EngineError } from "../core/errors.js";
import { FreeList } from "./allocator.js";

const PAGE = 65_536;
const MAX_PAGES = 65_536;
/** Every tensor starts at a multiple of this: a cache line, and the widest vector register. */
const ALIGNMENT = 64;
/** Fresh segments and growth come in steps of this; untouched pages cost no memory. */
const GROWTH_PAGES = 256;

/** WebAssembly as far as the arena needs it (the ES library of the compiler does not declare it). */
interface Memory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  readonly Memory: new (options: { initial: number; maximum: number; shared?: boolean }) => Memory;
};

/** One WebAssembly memory. */
export class Segment {
  readonly memory: Memory;
  readonly #free: FreeList;
  readonly #maximum: number;
  readonly isShared: boolean;

  /** @param maximum pages that the memory may grow to; their addresses are reserved already */
  constructor(memory: Memory, maximum: number) {
    this.memory = memory;
    this.#maximum = maximum;
    this.isShared = !(memory.buffer instanceof ArrayBuffer);
    // Compiled kernels may keep static data from address 1024 on and rewrite it at each instantiation.
    this.#free = new FreeList(PAGE, memory.buffer.byteLength);
  }

  /** Offset of `bytes` new bytes (a multiple of the alignment), or undefined when they no longer fit. */
  allocate(bytes: number): number | undefined {
    const found = this.#free.allocate(bytes);
    if (found !== undefined) return found;
    const present = this.memory.buffer.byteLength / PAGE;
    const needed = Math.ceil(this.#free.shortfall(bytes) / PAGE);
    if (present + needed > this.#maximum) return undefined;
    const pages = Math.min(Math.max(needed, GROWTH_PAGES), this.#maximum - present);
    try {
      this.memory.grow(pages);
    } catch {
      return undefined;
    }
    this.#free.grow(pages * PAGE);
    return this.#free.allocate(bytes);
  }

  free(offset: number, bytes: number): void {
    this.#free.free(offset, bytes);
  }

  /** Bytes that the memory can grow to without moving; its present size where growing would move it. */
  get reservedBytes(): number {
    const { buffer } = this.memory;
    return buffer instanceof ArrayBuffer ? buffer.byteLength : this.#maximum * PAGE;
  }

  get usedBytes(): number {
    return this.memory.buffer.byteLength - PAGE - this.#free.freeBytes;
  }
}

/** Smaller blocks get no weight: their JavaScript objects are about as large. */
const LEAST_WEIGHED = 16_384;
/** Node's allocation of memory that it does not fill; missing in a page. */
const { Buffer: unfilled } = globalThis as {
  readonly Buffer?: { allocUnsafeSlow(bytes: number): { readonly buffer: ArrayBufferLike } };
};

/**
 * The garbage collector does not see the arena: hundreds of dropped models look like a few hundred bytes each, and it
 * would not run. It does count array buffers, so each block holds one as a weight. Nobody touches it, so that it takes no
 * memory: a filled one would, because the C library reuses what was freed and has to write zeros over it.
 */
function weightFor(bytes: number): ArrayBufferLike | null {
  try {
    return unfilled?.allocUnsafeSlow(bytes).buffer ?? new ArrayBuffer(bytes);
  } catch {
    return null;
  }
}

/**
 * A piece of the arena. Views of unshared memory are made anew on each call, because it moves its buffer when it grows;
 * those of shared memory stay valid.
 */
export class Block {
  readonly segment: Segment;
  readonly offset: number;
  readonly byteLength: number;
  #freed = false;
  /** Only held, never read: see {@link weightFor}. */
  weight: ArrayBufferLike | null;
  /** The view made last: making one takes as long as copying hundreds of elements. */
  #view: ArrayBufferView | null = null;
  #viewed = { dtype: "", length: 0, start: 0 };

  constructor(segment: Segment, offset: number, byteLength: number) {
    this.segment = segment;
    this.offset = offset;
    this.byteLength = byteLength;
    this.weight = byteLength < LEAST_WEIGHED ? null : weightFor(byteLength);
  }

  /** The elements `start … start + length - 1`, counted from the block's beginning. */
  view<D extends "float32" | "int32" | "bool" | "int64" | "uint32">(
    dtype: D,
    length: number,
    start = 0,
  ): DTypeArrays[D] {
    const viewed = this.#viewed;
    if (viewed.dtype === dtype && viewed.length === length && viewed.start === start && this.#view !== null)
      return this.#view as DTypeArrays[D];
    const size = dtype === "bool" ? 1 : dtype === "int64" ? 8 : 4;
    const view = viewOf(dtype, this.segment.memory.buffer, this.offset + start * size, length);
    if (!this.segment.isShared) return view;
    this.#view = view;
    this.#viewed = { dtype, length, start };
    return view;
  }

  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.weight = null;
    this.segment.free(this.offset, Math.max(ALIGNMENT, roundUp(this.byteLength)));
  }
}

const roundUp = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/**
 * All tensors that engines see: growing segments of shared WebAssembly memory of at most 4 GiB each (unshared where a
 * page is not isolated and has no SharedArrayBuffer). A tensor lies in one segment.
 */
export class Arena {
  readonly #segments: Segment[] = [];
  readonly #listeners: ((segment: Segment) => void)[] = [];

  /** Calls back for each segment, existing and future. */
  onSegment(listener: (segment: Segment) => void): void {
    this.#listeners.push(listener);
    this.#segments.forEach(listener);
  }

  /** @throws {EngineError} when the system has no more memory */
  allocate(byteLength: number): Block {
    const bytes = Math.max(ALIGNMENT, roundUp(byteLength));
    for (const segment of this.#segments) {
      const offset = segment.allocate(bytes);
      if (offset !== undefined) return new Block(segment, offset, byteLength);
    }
    const segment = newSegment(bytes);
    const offset = segment?.allocate(bytes);
    if (segment === undefined || offset === undefined) throw noMemory(byteLength, this.usedBytes);
    this.#segments.push(segment);
    for (const listener of this.#listeners) listener(segment);
    return new Block(segment, offset, byteLength);
  }

  get usedBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.usedBytes, 0);
  }
}

function reserve(initial: number, maximum: number): Memory {
  const shared = typeof SharedArrayBuffer !== "undefined";
  return new WebAssembly.Memory({ initial, maximum, ...(shared ? { shared } : {}) });
}

/** Address space is reserved for the maximum size. Where the system refuses it, a smaller segment is used. */
function newSegment(bytes: number): Segment | undefined {
  const needed = 1 + Math.ceil(bytes / PAGE);
  for (let maximum = MAX_PAGES; maximum >= needed; maximum = maximum >> 1) {
    try {
      const initial = Math.min(maximum, Math.max(needed, GROWTH_PAGES));
      return new Segment(reserve(initial, maximum), maximum);
    } catch {
      // Tried again with half the address space.
    }
  }
  return undefined;
}

/** Why there is no memory: this kind is not available, cannot be reserved, or is used up. */
function noMemory(bytes: number, used: number): EngineError {
  if (typeof WebAssembly === "undefined") {
    return new EngineError({
      code: "no-webassembly",
      what: "This process has no WebAssembly, in whose memory Pawl keeps all tensors",
      fix: "Start Node without --jitless and --no-expose-wasm",
    });
  }
  try {
    reserve(1, 1);
  } catch (cause) {
    return new EngineError({
      code: "address-space",
      what: "This process may not reserve the address space that WebAssembly memory needs, however small it is",
      received: cause instanceof Error ? cause.message : String(cause),
      expected: "12 GB of address space (not of memory), and as much again for each further 4 GiB of tensors",
      fix: "Lift the limit (ulimit -v unlimited), or start Node with --disable-wasm-trap-handler, which reserves less",
      data: { bytes, used },
      cause,
    });
  }
  return outOfMemory(bytes, used);
}

function outOfMemory(bytes: number, used: number): EngineError {
  const limit = (MAX_PAGES - 1) * PAGE;
  const tooLarge = bytes > limit;
  return new EngineError({
    code: "out-of-memory",
    what: tooLarge ? "One tensor is larger than a segment of memory can be" : "There is no memory left for a tensor",
    received: `${bytes} bytes needed, ${used} bytes in use`,
    expected: tooLarge ? `at most ${limit} bytes` : "memory that the system can give",
    fix: tooLarge ? "Split the tensor" : "Use a smaller batch or a smaller model, or free memory of other programs",
    data: { bytes, used },
  });
}

let shared: Arena | undefined;

/** The arena of this process. */
export function defaultArena(): Arena {
  return (shared ??= new Arena());
}
