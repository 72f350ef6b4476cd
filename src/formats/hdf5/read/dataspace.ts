import { damaged, refused, unsupported } from "./refusals.js";
import type { Source } from "./source.js";

/** The shape in the dataspace message at `at`, or null for one without elements ("null" space). */
export function readDataspace(source: Source, at: number, end: number): number[] | null {
  if (at + 4 > end) throw damaged("a dataspace is cut short");
  const version = source.u8(at);
  const rank = source.u8(at + 1);
  if (version !== 1 && version !== 2) throw unsupported(`dataspaces of version ${version}`);
  if (version === 2 && source.u8(at + 3) === 2) return null;
  const first = at + (version === 1 ? 8 : 4);
  if (rank > 32 || first + rank * 8 > end) throw damaged("a dataspace is cut short");
  const shape = Array.from({ length: rank }, (_, i) => source.u64(first + i * 8));
  if (!Number.isSafeInteger(shape.reduce((product, dim) => product * Math.max(1, dim), 1))) {
    throw refused("too-large", `an array of shape (${shape.join(", ")})`);
  }
  return shape;
}
