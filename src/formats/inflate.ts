/**
 * Unpacks to `out`, which must be filled exactly.
 * @param format "deflate" with zlib's header, as in HDF5; "deflate-raw" without, as in zip
 * @returns the number of unpacked bytes; unpacking stops when `out` is exceeded
 * @throws {TypeError} when the bytes are not valid in that format
 */
export async function inflate(bytes: Uint8Array, out: Uint8Array, format: "deflate" | "deflate-raw"): Promise<number> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  // Errors of writing also reach the reader.
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
