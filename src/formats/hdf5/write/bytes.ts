/** An undefined address or size. */
export const UNDEFINED: bigint = 0xffff_ffff_ffff_ffffn;

/** Writes little-endian fields one after another. */
export class Bytes {
  private buffer: Uint8Array = new Uint8Array(64);
  private view: DataView = new DataView(this.buffer.buffer);
  length = 0;

  private room(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.length, this.buffer.length * 2));
      larger.set(this.buffer);
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }

  u8(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.room(1);
      this.view.setUint8(at, value);
    }
    return this;
  }

  u16(value: number): this {
    // Make room first: that may replace the view.
    const at = this.room(2);
    this.view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
    return this;
  }

  u64(value: number | bigint): this {
    const at = this.room(8);
    this.view.setBigUint64(at, BigInt(value), true);
    return this;
  }

  raw(bytes: Uint8Array): this {
    const at = this.room(bytes.length);
    this.buffer.set(bytes, at);
    return this;
  }

  zeros(count: number): this {
    this.room(count);
    return this;
  }

  /** Writes zeros up to the next multiple of `size`. */
  align(size: number): this {
    return this.zeros(padding(this.length, size));
  }

  done(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}

/** Bytes missing to the next multiple of `size`. */
export function padding(length: number, size: number): number {
  return (size - (length % size)) % size;
}

export const utf8: (text: string) => Uint8Array = (text) => new TextEncoder().encode(text);
