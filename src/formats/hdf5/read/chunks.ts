import { sizeOf, stridesOf } from "../../../core/shape.js";
import { Unpacker } from "./filters.js";
import type { Layout } from "./layout.js";
import { damaged, refused } from "./refusals.js";
import type { Source } from "./source.js";

/** Where one chunk lies in the file and in the array. */
interface Chunk {
  readonly address: number;
  readonly size: number;
  readonly skipped: number;
  /** Index of its first element along each axis. */
  readonly origin: readonly number[];
}

type Chunked = Extract<Layout, { kind: "chunked" }>;

const MAX_LEVELS = 16;
/**
 * Most bytes of all unpacked chunks, as a multiple of the array: the last chunk along each axis extends past its edge.
 */
const OVERHANG = 4;
const OVERHANG_FLOOR = 2 ** 20;
/** Memory and work for recording a chunk. */
const CHUNK_BYTES = 160;
const CHUNK_WORK = 100;

/** Fills `out` (the whole array, as stored elements) from its chunks. */
export async function readChunks(
  source: Source,
  layout: Chunked,
  shape: readonly number[],
  filters: readonly number[],
  out: Uint8Array,
): Promise<void> {
  const { chunk, elementSize } = layout;
  if (chunk.length !== shape.length || chunk.some((dim) => dim === 0) || elementSize === 0) {
    throw damaged("the chunks do not fit the array", `chunks of (${chunk})`, `an array of (${shape})`);
  }
  const chunkBytes = sizeOf(chunk) * elementSize;
  const count = sizeOf(shape.map((dim, axis) => Math.ceil(dim / chunk[axis]!)));
  if (!(chunkBytes * count <= OVERHANG_FLOOR + OVERHANG * out.length)) {
    throw refused("too-large", `chunks of ${chunkBytes} bytes for an array of ${out.length} bytes`);
  }
  if (layout.address === null || count === 0) return;
  const unpacker = new Unpacker(source, filters, chunkBytes, elementSize);
  let found = 0;
  for (const { address, size, skipped, origin } of chunksOf(source, layout, shape, chunkBytes)) {
    if (++found > count) throw damaged("an array has more chunks than fit into it", `${found}`, `${count}`);
    source.need(address, size, "a chunk");
    source.work(CHUNK_WORK);
    const stored = source.bytes.subarray(address, address + size);
    copyChunk(await unpacker.unpack(stored, skipped), chunk, origin, out, shape, elementSize);
  }
}

/** Yields one chunk at a time: a file may claim more chunks than memory can list. */
function* chunksOf(source: Source, layout: Chunked, shape: readonly number[], chunkBytes: number): Iterable<Chunk> {
  const address = layout.address!;
  if (layout.index === "single") {
    const { size, skipped } = layout.stored ?? { size: chunkBytes, skipped: 0 };
    yield { address, size, skipped, origin: shape.map(() => 0) };
    return;
  }
  if (layout.index === "tree") {
    const out: Chunk[] = [];
    listTree(source, address, shape.length, 0, out);
    yield* out;
    return;
  }
  // Without an index, chunks lie one after another.
  const grid = shape.map((dim, axis) => Math.ceil(dim / layout.chunk[axis]!));
  const strides = stridesOf(grid);
  const count = sizeOf(grid);
  source.need(address, count * chunkBytes, "a list of chunks");
  for (let i = 0; i < count; i++) {
    const origin = grid.map((dim, axis) => (Math.floor(i / strides[axis]!) % dim) * layout.chunk[axis]!);
    yield { address: address + i * chunkBytes, size: chunkBytes, skipped: 0, origin };
  }
}

/** Leaves of a version 1 B-tree of chunks: keys are (size, skipped filters, origin, 0). */
function listTree(source: Source, node: number, rank: number, depth: number, out: Chunk[]): void {
  if (depth > MAX_LEVELS) throw damaged("an index of chunks is too deep");
  source.once(node, "a node of an index of chunks");
  source.signature(node, "TREE", "an index of chunks");
  source.need(node, 24, "an index of chunks");
  if (source.u8(node + 4) !== 1) throw damaged("an index of chunks is of another kind");
  const level = source.u8(node + 5);
  const count = source.u16(node + 6);
  const keyBytes = 8 + (rank + 1) * 8;
  source.need(node + 24, count * (keyBytes + 8) + keyBytes, "an index of chunks");
  for (let i = 0; i < count; i++) {
    const key = node + 24 + i * (keyBytes + 8);
    const address = source.u64(key + keyBytes);
    if (level > 0) {
      listTree(source, address, rank, depth + 1, out);
      continue;
    }
    source.allocate(CHUNK_BYTES, "an index of chunks");
    const origin = Array.from({ length: rank }, (_, axis) => source.u64(key + 8 + axis * 8));
    out.push({ address, size: source.u32(key), skipped: source.u32(key + 4), origin });
  }
}

/** Copies the part of a chunk that lies inside the array, a run of the last axis at a time. */
function copyChunk(
  bytes: Uint8Array,
  chunk: readonly number[],
  origin: readonly number[],
  out: Uint8Array,
  shape: readonly number[],
  size: number,
): void {
  const last = shape.length - 1;
  if (origin.some((start, axis) => start >= shape[axis]! || start % chunk[axis]! !== 0)) {
    throw damaged("a chunk lies outside its array", `at (${origin})`, `an array of (${shape})`);
  }
  const extent = shape.map((dim, axis) => Math.min(chunk[axis]!, dim - origin[axis]!));
  const from = stridesOf(chunk);
  const to = stridesOf(shape);
  const run = (extent[last] ?? 1) * size;
  const visit = (axis: number, source: number, target: number): void => {
    if (axis >= last) {
      out.set(bytes.subarray(source * size, source * size + run), target * size);
      return;
    }
    for (let i = 0; i < extent[axis]!; i++) visit(axis + 1, source + i * from[axis]!, target + i * to[axis]!);
  };
  visit(
    0,
    0,
    origin.reduce((sum, start, axis) => sum + start * to[axis]!, 0),
  );
}
