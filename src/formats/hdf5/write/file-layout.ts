import { FormatError } from "../../../core/errors.js";
import { padding } from "./bytes.js";

/** Most bytes of a typed array in Node 20. */
const MAX_BYTES = 2 ** 32;

/** Places pieces of the file one after another and joins them at the end, copying each byte once. */
export class FileLayout {
  private readonly pieces: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  private end: number;

  /** @param start bytes of the superblock at the start */
  constructor(start: number) {
    this.end = start;
  }

  get size(): number {
    return this.end;
  }

  /** Reserves `size` bytes at a multiple of 8; fill them with {@link put}. */
  reserve(size: number): number {
    this.end += padding(this.end, 8);
    const address = this.end;
    this.end += size;
    return address;
  }

  put(address: number, bytes: Uint8Array): void {
    this.pieces.push({ address, bytes });
  }

  /** Appends `bytes` and returns their address. */
  append(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.put(address, bytes);
    return address;
  }

  /** @throws {FormatError} for more bytes than one array can have */
  assemble(): Uint8Array {
    if (this.end > MAX_BYTES) {
      throw new FormatError({
        code: "hdf5-file-too-large",
        what: "The HDF5 file would be larger than 4 GiB",
        received: `${this.end} bytes`,
        fix: 'Save the weights in shards: model.saveWeights("NAME.weights.json", { maxShardSize: 1 })',
      });
    }
    const out = new Uint8Array(this.end);
    for (const { address, bytes } of this.pieces) out.set(bytes, address);
    return out;
  }
}
