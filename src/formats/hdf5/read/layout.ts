import type { HeaderMessage } from "./object-header.js";
import { damaged, refused, unsupported } from "./refusals.js";
import type { Source } from "./source.js";

/** Where the elements of a dataset lie. */
export type Layout =
  | { readonly kind: "compact"; readonly start: number; readonly size: number }
  | { readonly kind: "contiguous"; readonly address: number | null; readonly size: number }
  | {
      readonly kind: "chunked";
      readonly index: "tree" | "single" | "implicit";
      readonly address: number | null;
      /** Elements of a chunk along each axis. */
      readonly chunk: readonly number[];
      readonly elementSize: number;
      /** Size of the only chunk, when the index is "single" and filters change its size. */
      readonly stored?: { readonly size: number; readonly skipped: number };
    };

const INDEXES = ["", "single", "implicit", "a fixed array", "an extensible array", "a version 2 B-tree"] as const;

/** Decodes the data layout message. */
export function readLayout(source: Source, { start, size }: HeaderMessage): Layout {
  const end = start + size;
  const fits = (at: number, bytes: number): void => {
    if (at + bytes > end) throw damaged("a data layout is cut short");
  };
  fits(start, 2);
  const version = source.u8(start);
  const kind = source.u8(start + 1);
  if (version === 4 && kind === 3)
    throw refused("virtual-dataset", "a virtual dataset, whose data lies in other files");
  if (version !== 3 && version !== 4) throw unsupported(`data layouts of version ${version}`);
  if (kind === 0) {
    fits(start, 4);
    const bytes = source.u16(start + 2);
    fits(start + 4, bytes);
    return { kind: "compact", start: start + 4, size: bytes };
  }
  if (kind === 1) {
    fits(start, 18);
    return { kind: "contiguous", address: source.address(start + 2), size: source.u64(start + 10) };
  }
  if (kind !== 2) throw damaged(`a data layout of class ${kind}`);
  if (version === 3) {
    fits(start, 11);
    const rank = source.u8(start + 2) - 1;
    fits(start + 11, (rank + 1) * 4);
    const chunk = Array.from({ length: rank }, (_, i) => source.u32(start + 11 + i * 4));
    const elementSize = source.u32(start + 11 + rank * 4);
    return { kind: "chunked", index: "tree", address: source.address(start + 3), chunk, elementSize };
  }
  return chunkedVersion4(source, start, fits);
}

function chunkedVersion4(source: Source, start: number, fits: (at: number, bytes: number) => void): Layout {
  fits(start, 5);
  const flags = source.u8(start + 2);
  const rank = source.u8(start + 3) - 1;
  const width = source.u8(start + 4);
  if (![1, 2, 4, 8].includes(width)) throw damaged(`chunk dimensions of ${width} bytes`);
  fits(start + 5, (rank + 1) * width + 1);
  const dims = Array.from({ length: rank + 1 }, (_, i) => source.uint(start + 5 + i * width, width));
  const elementSize = dims.pop() ?? 0;
  let at = start + 5 + (rank + 1) * width;
  const index = source.u8(at++);
  if (index !== 1 && index !== 2) throw unsupported(`chunks indexed by ${INDEXES[index] ?? `index type ${index}`}`);
  const filtered = index === 1 && (flags & 2) !== 0;
  fits(at, filtered ? 20 : 8);
  const stored = filtered ? { size: source.u64(at), skipped: source.u32(at + 8) } : undefined;
  if (filtered) at += 12;
  const name = index === 1 ? "single" : "implicit";
  const address = source.address(at);
  return { kind: "chunked", index: name, address, chunk: dims, elementSize, ...(stored && { stored }) };
}
