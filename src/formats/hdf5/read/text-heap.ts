import { damaged } from "./refusals.js";
import type { Source } from "./source.js";

/** Memory for recording one text of a heap. */
const OBJECT_BYTES = 96;

type Objects = Map<number, { readonly start: number; readonly size: number }>;

/** Reads variable-length strings from global heap collections; each collection is indexed once. */
export class TextHeapReader {
  private readonly source: Source;
  private readonly collections = new Map<number, Objects>();

  constructor(source: Source) {
    this.source = source;
  }

  /** The text that the 16-byte reference at `at` (in `view`) points to. */
  text(view: DataView, at: number): string {
    const length = view.getUint32(at, true);
    if (length === 0) return "";
    const address = view.getUint32(at + 4, true) + view.getUint32(at + 8, true) * 2 ** 32;
    const index = view.getUint32(at + 12, true);
    const object = this.collection(address).get(index);
    if (object === undefined || length > object.size) throw damaged("a text lies outside its heap");
    const zero = this.source.bytes.subarray(object.start, object.start + length).indexOf(0);
    return this.source.text(object.start, zero < 0 ? length : zero);
  }

  private collection(address: number): Objects {
    const known = this.collections.get(address);
    if (known !== undefined) return known;
    const { source } = this;
    source.signature(address, "GCOL", "a heap of texts");
    source.need(address, 16, "a heap of texts");
    const size = source.u64(address + 8);
    source.need(address, size, "a heap of texts");
    const objects: Objects = new Map();
    for (let at = address + 16; at + 16 <= address + size; ) {
      const index = source.u16(at);
      const bytes = source.u64(at + 8);
      if (index === 0) break;
      if (at + 16 + bytes > address + size) throw damaged("a text is larger than its heap");
      source.allocate(OBJECT_BYTES, "a heap of texts");
      objects.set(index, { start: at + 16, size: bytes });
      at += 16 + Math.ceil(bytes / 8) * 8;
    }
    this.collections.set(address, objects);
    return objects;
  }
}
