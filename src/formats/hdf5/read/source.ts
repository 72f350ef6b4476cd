import type { Budget } from "../../../core/budget.js";
import { damaged, refused } from "./refusals.js";

/** Work for reading a byte of structure: a budget allows reading the whole file about twenty times. */
const WORK_OF_BYTE = 5;
/** Memory for recording a structure. */
const NOTE_BYTES = 48;

/** A file's bytes. Checks every offset, and charges the budget for every read. */
export class Source {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly budget: Budget;
  private viewed = 0;
  /** Addresses of all structures seen; each may be reached once, which rules out cycles and repeatedly shared parts. */
  private readonly seen = new Set<number>();

  constructor(bytes: Uint8Array, budget: Budget) {
    // A Node Buffer's slice shares memory, that of a plain array copies.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.budget = budget;
  }

  /** Checks that `size` bytes at `at` are in the file. */
  need(at: number, size: number, what: string): void {
    if (!(at >= 0 && size >= 0 && at + size <= this.bytes.length)) {
      throw damaged(`${what} lies outside the file`, `bytes ${at} to ${at + size}`, `at most ${this.bytes.length}`);
    }
    this.work(size * WORK_OF_BYTE);
  }

  u8(at: number): number {
    return this.view.getUint8(at);
  }

  u16(at: number): number {
    return this.view.getUint16(at, true);
  }

  u32(at: number): number {
    return this.view.getUint32(at, true);
  }

  /** A 64-bit offset or size; no file has one above 2^53. */
  u64(at: number): number {
    return this.view.getUint32(at, true) + this.view.getUint32(at + 4, true) * 2 ** 32;
  }

  /** A 64-bit address; null if undefined. */
  address(at: number): number | null {
    return this.view.getBigUint64(at, true) === 0xffff_ffff_ffff_ffffn ? null : this.u64(at);
  }

  /** An unsigned number of 1, 2, 4 or 8 bytes. */
  uint(at: number, size: number): number {
    return size === 1 ? this.u8(at) : size === 2 ? this.u16(at) : size === 4 ? this.u32(at) : this.u64(at);
  }

  /** Checks a four-letter signature. */
  signature(at: number, letters: string, what: string): void {
    this.need(at, 4, what);
    const found = String.fromCharCode(...this.bytes.subarray(at, at + 4));
    if (found !== letters) throw damaged(`${what} does not begin as it must`, JSON.stringify(found), letters);
  }

  /** Records that the structure at `address` is used; refuses a second use. */
  once(address: number, what: string): void {
    if (this.seen.has(address)) throw refused("cycle", `an HDF5 file in which ${what} is reached twice`);
    this.allocate(NOTE_BYTES, "an index of the file's parts");
    this.seen.add(address);
  }

  /** Claims memory for `size` bytes, see `Budget.allocate`. */
  allocate(size: number, what: string): void {
    this.budget.allocate(size, what, "hdf5-too-large");
  }

  /**
   * A view of `size` bytes of the file, for an array. As many bytes as the file has are free; views beyond that
   * overlap others and are charged like a copy.
   */
  part(at: number, size: number, what: string): Uint8Array {
    this.viewed += size;
    if (this.viewed > this.bytes.length) this.allocate(size, what);
    return this.bytes.subarray(at, at + size);
  }

  /** Claims time, see `Budget.work`. */
  work(units: number): void {
    this.budget.work(units, "an HDF5 file whose structures overlap or repeat", "hdf5-too-complex");
  }

  /** A name or other short text, `size` bytes at `at`. */
  text(at: number, size: number): string {
    this.allocate(TEXT_BYTES + 2 * size, "a text");
    return decoder.decode(this.bytes.subarray(at, at + size));
  }
}

const decoder = new TextDecoder();

/** Memory of a string besides its characters, which take up to two bytes each. */
export const TEXT_BYTES = 40;

export const decodeText: (bytes: Uint8Array) => string = (bytes) => decoder.decode(bytes);
