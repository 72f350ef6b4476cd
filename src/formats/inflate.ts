/**
 * Unpacks to `out`, which it must fill exactly.
 * @param format "deflate" with zlib's header, as HDF5 has it, "deflate-raw" without, as zip does
 * @returns how many bytes came out; more than `out` has room for are not unpacked further
 * @throws {TypeError} when the bytes are not packed so
 */
export async function inflate(bytes: Uint8Array, out: Uint8Array, format: "deflate" | "deflate-raw"): Promise<number> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  // What goes wrong in writing shows in reading.
  const ignore = (): undefined => undefined;
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(ignore);
  writer.close().catch(ignore);
  const reader = stream.readable.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return length;
    const end = length + value.length;
    if (end > out.length) {
      await reader.cancel().catch(ignore);
      return end;
    }
    out.set(value, length);
    length = end;
  }
}
