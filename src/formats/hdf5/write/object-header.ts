import { FormatError } from "../../../core/errors.js";
import type { StaticShape } from "../../../core/shape.js";
import { Bytes, padding, UNDEFINED, utf8 } from "./bytes.js";

/** A message of an object header: its type and its content. */
export interface Message {
  readonly type: number;
  readonly content: Uint8Array;
}

/** Message sizes are 16-bit and multiples of 8. */
const MESSAGE_LIMIT = 0xfff8;

export function dataspace(shape: StaticShape): Uint8Array {
  const out = new Bytes().u8(1, shape.length, 0, 0).u32(0);
  for (const dim of shape) out.u64(dim);
  return out.done();
}

/** The messages of a contiguous dataset. */
export function datasetMessages(
  shape: StaticShape,
  datatype: Uint8Array,
  address: number | null,
  size: number,
): Message[] {
  return [
    { type: 0x0001, content: dataspace(shape) },
    { type: 0x0003, content: datatype },
    // Version 2; late space allocation, and a fill value (zeros) written only if set: as in h5py's files.
    { type: 0x0005, content: new Bytes().u8(2, 2, 2, 1).u32(0).done() },
    {
      type: 0x0008,
      content: new Bytes()
        .u8(3, 1)
        .u64(address ?? UNDEFINED)
        .u64(size)
        .done(),
    },
  ];
}

/** @throws {FormatError} when the attribute is larger than HDF5 allows */
export function attributeMessage(name: string, datatype: Uint8Array, space: Uint8Array, data: Uint8Array): Message {
  const label = utf8(name);
  const out = new Bytes()
    .u8(1, 0)
    .u16(label.length + 1)
    .u16(datatype.length)
    .u16(space.length);
  out.raw(label).u8(0).align(8).raw(datatype).align(8).raw(space).align(8).raw(data);
  if (out.length > MESSAGE_LIMIT) {
    throw new FormatError({
      code: "hdf5-attribute-too-large",
      what: `The attribute "${name}" is too large for HDF5`,
      received: `${out.length} bytes`,
      expected: `at most ${MESSAGE_LIMIT}`,
      fix: "Store it as a dataset, or a list of names in pieces with writeListAttr",
      data: { name },
    });
  }
  return { type: 0x000c, content: out.done() };
}

/** A version 1 object header with all messages in one block. */
export function objectHeader(messages: readonly Message[]): Uint8Array {
  const body = new Bytes();
  for (const { type, content } of messages) {
    body
      .u16(type)
      .u16(content.length + padding(content.length, 8))
      .u32(0)
      .raw(content)
      .align(8);
  }
  return new Bytes().u8(1, 0).u16(messages.length).u32(1).u32(body.length).u32(0).raw(body.done()).done();
}
