import type { Tensor } from "../../../core/tensor.js";
import type { H5Attr } from "../tree.js";
import { readDataspace } from "./dataspace.js";
import { readDatatype } from "./datatype.js";
import { toTensor } from "./elements.js";
import { type HeaderMessage, MESSAGE } from "./object-header.js";
import { damaged, refused, unsupported } from "./refusals.js";
import type { Source } from "./source.js";
import type { TextHeapReader } from "./text-heap.js";

/** Memory of an attribute besides its contents and its name. */
const ATTRIBUTE_BYTES = 256;

/**
 * The attributes among an object's header messages. Those of types with no counterpart here (references, compounds, no
 * value at all) are left out: other programs use them for bookkeeping.
 */
export function readAttributes(
  source: Source,
  messages: readonly HeaderMessage[],
  heap: TextHeapReader,
): Map<string, H5Attr> {
  const out = new Map<string, H5Attr>();
  for (const message of messages) {
    if (message.type === MESSAGE.attributeInfo) checkInfo(source, message);
    if (message.type !== MESSAGE.attribute) continue;
    const { name, value } = readAttribute(source, message, heap);
    if (value !== undefined) out.set(name, value);
  }
  return out;
}

function readAttribute(
  source: Source,
  { start, size }: HeaderMessage,
  heap: TextHeapReader,
): { name: string; value: H5Attr | undefined } {
  const end = start + size;
  if (size < 9) throw damaged("an attribute is cut short");
  const version = source.u8(start);
  if (version < 1 || version > 3) throw unsupported(`attributes of version ${version}`);
  if (version > 1 && source.u8(start + 1) !== 0) throw refused("shared-message", "an attribute described elsewhere");
  const padded = (length: number): number => (version === 1 ? Math.ceil(length / 8) * 8 : length);
  const nameBytes = source.u16(start + 2);
  const typeBytes = source.u16(start + 4);
  const spaceBytes = source.u16(start + 6);
  const nameAt = start + (version === 3 ? 9 : 8);
  const typeAt = nameAt + padded(nameBytes);
  const spaceAt = typeAt + padded(typeBytes);
  const dataAt = spaceAt + padded(spaceBytes);
  if (nameBytes === 0 || dataAt > end) throw damaged("an attribute is cut short");
  const name = source.text(nameAt, nameBytes - 1);
  const type = readDatatype(source, typeAt, typeAt + typeBytes);
  const shape = readDataspace(source, spaceAt, spaceAt + spaceBytes);
  if (shape === null || type.kind === "other" || type.kind === "opaque") return { name, value: undefined };
  const count = shape.reduce((product, dim) => product * dim, 1);
  if (dataAt + count * type.size > end) {
    throw damaged(
      `the attribute ${JSON.stringify(name)} is cut short`,
      `${end - dataAt} bytes`,
      `${count * type.size}`,
    );
  }
  source.allocate(ATTRIBUTE_BYTES + count * type.size, `the attribute ${JSON.stringify(name)}`);
  const tensor = toTensor(source, source.bytes.slice(dataAt, dataAt + count * type.size), type, shape, heap);
  return { name, value: plain(tensor) };
}

/** Converts scalars and lists of text to JavaScript values. */
function plain(tensor: Tensor): H5Attr {
  const { data, dtype, shape } = tensor;
  if (dtype === "string" && shape.length === 1) return data as unknown as string[];
  const first = data[0];
  if (shape.length > 0 || first === undefined || dtype === "float16" || dtype === "bfloat16") return tensor;
  return dtype === "bool" ? first === 1 : first;
}

function checkInfo(source: Source, { start }: HeaderMessage): void {
  const heap = start + 2 + (source.u8(start + 1) & 1 ? 2 : 0);
  source.need(heap, 8, "a list of attributes");
  if (source.address(heap) !== null) throw unsupported('objects with many attributes in the "latest" layout');
}
