import { FormatError } from "../../../core/errors.js";
import { Tensor } from "../../../core/tensor.js";
import type { H5Attr, H5Dataset, H5Group } from "../tree.js";
import { Bytes, UNDEFINED, utf8 } from "./bytes.js";
import { datatypeMessage } from "./datatype.js";
import { FileLayout } from "./file-layout.js";
import { type GroupIndex, INTERNAL_K, LEAF_K, type Link, writeGroupIndex } from "./group-index.js";
import { attributeMessage, datasetMessages, dataspace, type Message, objectHeader } from "./object-header.js";
import { TextHeap } from "./text-heap.js";

const SUPERBLOCK_BYTES = 96;
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/**
 * The tree as an HDF5 file of the oldest kind (superblock 0, version 1 headers, symbol tables, contiguous data), which
 * every reader since 1998 opens and h5py also writes. Equal trees give equal bytes: no times are stored. We have our
 * own writer because libhdf5's (h5wasm) has no half floats, booleans or opaque types and stores the time of day.
 * Format: HDF5 File Format Specification 3.0.
 */
export function writeHdf5(root: H5Group): Uint8Array {
  const layout = new FileLayout(SUPERBLOCK_BYTES);
  const heap = new TextHeap(layout);
  const { header, index } = writeGroup(root, layout, heap);
  heap.close();
  layout.put(0, superblock(header, index, layout.size));
  return layout.assemble();
}

function superblock(header: number, index: GroupIndex, size: number): Uint8Array {
  const out = new Bytes().u8(...SIGNATURE, 0, 0, 0, 0, 0, 8, 8, 0);
  out.u16(LEAF_K).u16(INTERNAL_K).u32(0);
  out.u64(0).u64(UNDEFINED).u64(size).u64(UNDEFINED);
  return out.u64(0).u64(header).u32(1).u32(0).u64(index.tree).u64(index.heap).done();
}

function writeGroup(group: H5Group, layout: FileLayout, heap: TextHeap): { header: number; index: GroupIndex } {
  const links: Link[] = [];
  for (const [name, dataset] of group.datasets) {
    links.push({ name: checkName(name), address: writeDataset(dataset, layout, heap) });
  }
  for (const [name, child] of group.groups) {
    links.push({ name: checkName(name), address: writeGroup(child, layout, heap).header });
  }
  const index = writeGroupIndex(layout, links);
  const table: Message = { type: 0x0011, content: new Bytes().u64(index.tree).u64(index.heap).done() };
  return { header: layout.append(objectHeader([table, ...attributes(group.attrs, heap)])), index };
}

function writeDataset({ tensor, attrs }: H5Dataset, layout: FileLayout, heap: TextHeap): number {
  const { data, unicode } = contents(tensor, heap);
  const address = data.length === 0 ? null : layout.append(data);
  const messages = datasetMessages(tensor.shape, datatypeMessage(tensor.dtype, unicode), address, data.length);
  // Opaque bytes do not say what they hold: Keras's reader looks for this attribute.
  const named = tensor.dtype === "bfloat16" ? new Map([...attrs, ["dtype", "bfloat16"] as const]) : attrs;
  return layout.append(objectHeader([...messages, ...attributes(named, heap)]));
}

function attributes(attrs: ReadonlyMap<string, H5Attr>, heap: TextHeap): Message[] {
  return Array.from(attrs, ([name, value]) => {
    const tensor = toTensor(value);
    const { data, unicode } = contents(tensor, heap);
    return attributeMessage(name, datatypeMessage(tensor.dtype, unicode), dataspace(tensor.shape), data);
  });
}

function toTensor(value: H5Attr): Tensor {
  if (value instanceof Tensor) return value;
  if (typeof value === "string") return new Tensor([value], [], "string");
  if (typeof value === "number") return new Tensor(new Float64Array([value]), [], "float64");
  if (typeof value === "bigint") return new Tensor(new BigInt64Array([value]), [], "int64");
  if (typeof value === "boolean") return new Tensor(new Uint8Array([value ? 1 : 0]), [], "bool");
  // NumPy turns Keras's empty lists into this, and readers expect it.
  return value.length === 0 ? new Tensor(new Float64Array(0), [0], "float64") : new Tensor(value, undefined, "string");
}

/** The bytes of the elements; strings become references to the heap. */
function contents(tensor: Tensor, heap: TextHeap): { data: Uint8Array; unicode: boolean } {
  const { data } = tensor;
  if (!Array.isArray(data)) {
    return { data: new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength), unicode: false };
  }
  const references = new Bytes();
  let unicode = false;
  for (const text of data) {
    const bytes = utf8(text);
    if (bytes.length !== text.length) unicode = true;
    heap.add(bytes, references);
  }
  return { data: references.done(), unicode };
}

function checkName(name: string): string {
  if (name !== "" && name !== "." && !name.includes("/") && !name.includes("\0")) return name;
  throw new FormatError({
    code: "hdf5-name",
    what: `${JSON.stringify(name)} cannot be a name in an HDF5 file`,
    expected: 'a name that is not empty, not "." and has no "/"',
    data: { name },
  });
}
