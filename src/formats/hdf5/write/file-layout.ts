import { padding } from "./bytes.js";

/** Places pieces of the file one after the other and puts them together at the end, copying each byte once. */
export class FileLayout {
  private readonly pieces: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  private end: number;

  /** @param start bytes at the front that the superblock takes */
  constructor(start: number) {
    this.end = start;
  }

  get size(): number {
    return this.end;
  }

  /** Keeps `size` bytes free at a multiple of 8; fill them with {@link put}. */
  reserve(size: number): number {
    this.end += padding(this.end, 8);
    const address = this.end;
    this.end += size;
    return address;
  }

  put(address: number, bytes: Uint8Array): void {
    this.pieces.push({ address, bytes });
  }

  /** Puts `bytes` at the end and returns their address. */
  append(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.put(address, bytes);
    return address;
  }

  assemble(): Uint8Array {
    const out = new Uint8Array(this.end);
    for (const { address, bytes } of this.pieces) out.set(bytes, address);
    return out;
  }
}
