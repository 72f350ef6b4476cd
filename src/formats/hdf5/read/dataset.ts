import type { Tensor } from "../../../core/tensor.js";
import type { H5Dataset } from "../tree.js";
import { readAttributes } from "./attributes.js";
import { readChunks } from "./chunks.js";
import { readDataspace } from "./dataspace.js";
import { type Datatype, readDatatype } from "./datatype.js";
import { toTensor } from "./elements.js";
import { readFilters } from "./filters.js";
import { readLayout } from "./layout.js";
import { type HeaderMessage, MESSAGE } from "./object-header.js";
import { damaged, refused, unsupported } from "./refusals.js";
import type { Source } from "./source.js";
import type { TextHeapReader } from "./text-heap.js";

/** Reads the dataset with these header messages, attributes included. */
export async function readDataset(
  source: Source,
  messages: readonly HeaderMessage[],
  path: string,
  heap: TextHeapReader,
): Promise<H5Dataset> {
  const only = (type: number): HeaderMessage | undefined => messages.find((message) => message.type === type);
  if (only(MESSAGE.externalFiles) !== undefined) {
    throw refused("external-file", `the data of "${path}" lies in other files`, "Copy the data into the file");
  }
  const typeAt = only(MESSAGE.datatype);
  const spaceAt = only(MESSAGE.dataspace);
  const layoutAt = only(MESSAGE.layout);
  if (typeAt === undefined || spaceAt === undefined || layoutAt === undefined) {
    throw damaged(`"${path}" is not described in full`);
  }
  const type = readDatatype(source, typeAt.start, typeAt.start + typeAt.size);
  if (type.kind === "other") throw unsupported(`${type.name} in "${path}"`);
  const shape = readDataspace(source, spaceAt.start, spaceAt.start + spaceAt.size) ?? [0];
  const attrs = readAttributes(source, messages, heap);
  const raw = await readElements(source, messages, layoutAt, type, shape, path);
  const named = attrs.get("dtype");
  const tensor: Tensor = toTensor(source, raw, type, shape, heap, typeof named === "string" ? named : undefined);
  return { tensor, attrs };
}

/** All elements as stored: a view of the file where they are contiguous and aligned. */
async function readElements(
  source: Source,
  messages: readonly HeaderMessage[],
  layoutAt: HeaderMessage,
  type: Datatype,
  shape: readonly number[],
  path: string,
): Promise<Uint8Array> {
  const layout = readLayout(source, layoutAt);
  const size = shape.reduce((product, dim) => product * dim, type.size);
  const where = `"${path}" of shape (${shape.join(", ")})`;
  if (layout.kind === "chunked") {
    const pipeline = messages.find((message) => message.type === MESSAGE.filters);
    const filters = pipeline === undefined ? [] : readFilters(source, pipeline);
    if (layout.elementSize !== type.size) throw damaged(`the chunks of "${path}" do not fit its elements`);
    const out = filled(source, messages, type, size, where);
    await readChunks(source, layout, shape, filters, out);
    return out;
  }
  const start = layout.kind === "compact" ? layout.start : layout.address;
  if (start === null || size === 0) return filled(source, messages, type, size, where);
  if (layout.size < size) {
    throw damaged(`"${path}" is larger than its storage`, `${layout.size} bytes`, `${size}`);
  }
  source.need(start, size, `the data of "${path}"`);
  const stored = source.part(start, size, where);
  if (type.kind === "text" || type.kind === "vlen-text" || stored.byteOffset % type.size === 0) return stored;
  source.allocate(size, where);
  return stored.slice();
}

/** Memory in which every element is the dataset's fill value (zeros unless one is set). */
function filled(
  source: Source,
  messages: readonly HeaderMessage[],
  type: Datatype,
  size: number,
  where: string,
): Uint8Array {
  source.allocate(size, where);
  const out = new Uint8Array(size);
  const message = messages.find(({ type: id }) => id === MESSAGE.fill);
  if (message === undefined || message.size < 8) return out;
  const { start } = message;
  const version = source.u8(start);
  const defined = version === 3 ? (source.u8(start + 1) & 0x20) !== 0 : source.u8(start + 3) === 1;
  const sizeAt = start + (version === 3 ? 2 : 4);
  if (!defined || source.u32(sizeAt) !== type.size || sizeAt + 4 + type.size > start + message.size) return out;
  const value = source.bytes.subarray(sizeAt + 4, sizeAt + 4 + type.size);
  if (value.some((byte) => byte !== 0)) for (let at = 0; at < size; at += type.size) out.set(value, at);
  return out;
}
