/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    out.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return out;
}

/** Signed LEB128. */
export function signed(value: bigint): number[] {
  const out: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && low < 64) || (rest === -1n && low >= 64);
    out.push(done ? low : low + 128);
    if (done) return out;
  }
}

/** Little-endian bytes of a float32. */
export function float32Bytes(value: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  return [0, 1, 2, 3].map((index) => view.getUint8(index));
}

/** Little-endian bytes of a float64. */
export function float64Bytes(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, true);
  return [0, 1, 2, 3, 4, 5, 6, 7].map((index) => view.getUint8(index));
}
