import type { Arena } from "../arena.js";
import { loadKoffi } from "./koffi.js";

const MADV_HUGEPAGE = 14;

/**
 * Asks Linux to keep the arena in pages of 2 MB: matrix products read large matrices column by column, and with pages
 * of 4 KB each row lies in another page. Only a hint: nothing depends on whether it is taken.
 */
export async function adviseHugePages(arena: Arena): Promise<void> {
  if (process.platform !== "linux") return;
  const { koffi } = await loadKoffi();
  let advise: (address: bigint, bytes: number, advice: number) => number;
  try {
    advise = koffi.load("libc.so.6").func("int madvise(void *, size_t, int)") as typeof advise;
  } catch {
    return; // The C library is not glibc and has another name.
  }
  arena.onSegment((segment) => {
    if (segment.memory.buffer.byteLength > 0)
      advise(koffi.address(new Uint8Array(segment.memory.buffer)), segment.reservedBytes, MADV_HUGEPAGE);
  });
}
