import { packed, unpacked } from "../records/packed.js";
import { FunctionFailed } from "./made.js";

/** Records as they go from one thread to another, and the memory that goes with them. */
export interface Parcel {
  readonly records: unknown;
  readonly moved: ArrayBuffer[];
}

/** Arrays below this many bytes are copied by the message itself: moving memory costs more. */
const SMALL = 4096;
/** Stands for a Buffer, which would arrive as a Uint8Array. */
const BUFFER = "buffer of node";

/**
 * Records for another thread. Large arrays are moved there, not copied by the message.
 * @param isOwned whether nobody else holds the arrays: then these themselves are moved, else copies
 * @throws {FunctionFailed} for a record that holds what cannot leave the thread
 */
export function parcelOf(records: readonly unknown[], isOwned: boolean): Parcel {
  const moved = new Set<ArrayBuffer>();
  const sent = (view: ArrayBufferView): ArrayBufferView => {
    const { buffer, byteLength } = view;
    if (!(buffer instanceof ArrayBuffer)) return view;
    const isWhole = byteLength === buffer.byteLength;
    if (byteLength < SMALL) return isWhole ? view : copied(view);
    const given = isOwned && isWhole ? view : copied(view);
    moved.add(given.buffer as ArrayBuffer);
    return given;
  };
  const plain = records.map((record, i) => {
    try {
      return packed(record, (view) => (isBuffer(view) ? { [BUFFER]: sent(view) } : sent(view)));
    } catch (error) {
      throw new FunctionFailed(i, error);
    }
  });
  return { records: plain, moved: [...moved] };
}

/** The records of a parcel. */
export function opened(records: unknown): readonly unknown[] {
  return unpacked(records, (value) => {
    const view = value[BUFFER] as Uint8Array | undefined;
    return view === undefined ? null : Buffer.from(view.buffer as ArrayBuffer, view.byteOffset, view.length);
  }) as readonly unknown[];
}

const isBuffer = (view: ArrayBufferView): boolean => typeof Buffer !== "undefined" && Buffer.isBuffer(view);

/** The same array in memory of its own, of its size. */
function copied(view: ArrayBufferView): ArrayBufferView {
  const memory = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  const Kind = (isBuffer(view) ? Uint8Array : view.constructor) as new (memory: ArrayBufferLike) => ArrayBufferView;
  return new Kind(memory);
}
