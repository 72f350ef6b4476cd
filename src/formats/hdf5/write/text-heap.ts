import { Bytes, padding } from "./bytes.js";
import type { FileLayout } from "./file-layout.js";

/** Smallest collection that HDF5 makes. */
const MINIMUM = 4096;
const HEADER = 16;

interface Collection {
  readonly address: number;
  readonly size: number;
  readonly content: Bytes;
  count: number;
}

/** The global heap, which holds variable-length strings. */
export class TextHeap {
  private readonly layout: FileLayout;
  private open: Collection | null = null;

  constructor(layout: FileLayout) {
    this.layout = layout;
  }

  /** Stores the text and writes the reference to it (16 bytes) to `to`. */
  add(text: Uint8Array, to: Bytes): void {
    if (text.length === 0) {
      to.zeros(16);
      return;
    }
    const needed = HEADER + text.length + padding(text.length, 8);
    let heap = this.open;
    if (heap === null || heap.content.length + needed > heap.size) {
      this.close();
      const size = Math.max(MINIMUM, HEADER + needed);
      heap = { address: this.layout.reserve(size), size, content: new Bytes(), count: 0 };
      heap.content.u8(0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0).u64(size); // "GCOL"
      this.open = heap;
    }
    heap.count++;
    heap.content.u16(heap.count).u16(0).u32(0).u64(text.length).raw(text).align(8);
    to.u32(text.length).u64(heap.address).u32(heap.count);
  }

  /** Appends the last collection to the file; free space at its end is object 0. */
  close(): void {
    const heap = this.open;
    if (heap === null) return;
    const free = heap.size - heap.content.length;
    if (free >= HEADER) heap.content.u16(0).u16(0).u32(0).u64(free);
    this.layout.put(heap.address, heap.content.done());
    this.open = null;
  }
}
