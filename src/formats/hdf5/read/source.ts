import { damaged, refused } from "./refusals.js";

/** What reading may use at most. */
export interface H5Limits {
  /** Bytes of all arrays and texts together. Default: 64 MiB + twice the file. */
  readonly maxBytes?: number;
}

/** Bytes of structure that may be looked at, as a multiple of the file: overlapping structures cannot hold us up. */
const WORK_FACTOR = 16;
const WORK_FLOOR = 2 ** 20;
const MAX_OBJECTS = 2 ** 20;

/** The bytes of a file behind checks of every offset, with the account of what reading them costs. */
export class Source {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  private work: number;
  private memory: number;
  private readonly maxBytes: number;
  private objects = 0;
  /** Addresses of all structures seen; each may be reached once, which rules out cycles and bombs of shared parts. */
  private readonly seen = new Set<number>();

  constructor(bytes: Uint8Array, limits: H5Limits = {}) {
    // A Node Buffer's slice shares memory, that of a plain array copies.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.work = WORK_FLOOR + WORK_FACTOR * bytes.length;
    this.maxBytes = limits.maxBytes ?? 64 * 2 ** 20 + 2 * bytes.length;
    this.memory = this.maxBytes;
  }

  /** Makes sure that `size` bytes at `at` are in the file. */
  need(at: number, size: number, what: string): void {
    if (!(at >= 0 && size >= 0 && at + size <= this.bytes.length)) {
      throw damaged(`${what} lies outside the file`, `bytes ${at} to ${at + size}`, `at most ${this.bytes.length}`);
    }
    if ((this.work -= size) < 0) throw refused("too-complex", "an HDF5 file whose structures overlap or repeat");
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

  /** A 64-bit offset or size; what exceeds 2^53 cannot be in any file. */
  u64(at: number): number {
    return this.view.getUint32(at, true) + this.view.getUint32(at + 4, true) * 2 ** 32;
  }

  /** A 64-bit address, null when it is the undefined one. */
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

  /** Notes that the structure at `address` is used. */
  once(address: number, what: string): void {
    if (this.seen.has(address)) throw refused("cycle", `an HDF5 file in which ${what} is reached twice`);
    this.seen.add(address);
    if (++this.objects > MAX_OBJECTS)
      throw refused("too-many-objects", `an HDF5 file of more than ${MAX_OBJECTS} parts`);
  }

  /** Counts `size` bytes about to be allocated. */
  allocate(size: number, what: string): void {
    if (Number.isSafeInteger(size) && (this.memory -= size) >= 0) return;
    throw refused(
      "too-large",
      `${what} makes the contents larger than ${this.maxBytes} bytes, from a file of ${this.bytes.length}`,
      "If you trust the file, read it with a larger limit: { maxBytes }",
    );
  }
}

export const decodeText: (bytes: Uint8Array) => string = (bytes) => new TextDecoder("utf-8").decode(bytes);
