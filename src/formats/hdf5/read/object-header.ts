import { refused, unsupported } from "./refusals.js";
import type { Source } from "./source.js";

/** Message types by their numbers in the specification. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  fill: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  groupInfo: 0x0a,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** Memory of a {@link HeaderMessage}. */
const MESSAGE_BYTES = 48;

/** Where a message's content lies. */
export interface HeaderMessage {
  readonly type: number;
  readonly start: number;
  readonly size: number;
}

/** A span of message records, and their format. */
interface Block {
  readonly start: number;
  readonly end: number;
}

/**
 * All messages of the object header at `address`, of version 1 or 2. Messages stored elsewhere (shared) are refused.
 */
export function readObjectHeader(source: Source, address: number): HeaderMessage[] {
  source.once(address, "an object");
  source.need(address, 16, "an object header");
  return source.u8(address) === 1 ? readVersion1(source, address) : readVersion2(source, address);
}

function readVersion1(source: Source, address: number): HeaderMessage[] {
  const size = source.u32(address + 8);
  return readBlocks(source, { start: address + 16, end: address + 16 + size }, 8, (at) => ({
    type: source.u16(at),
    size: source.u16(at + 2),
    flags: source.u8(at + 4),
  }));
}

function readVersion2(source: Source, address: number): HeaderMessage[] {
  source.signature(address, "OHDR", "an object header");
  const version = source.u8(address + 4);
  if (version !== 2) throw unsupported(`object headers of version ${version}`);
  const flags = source.u8(address + 5);
  const sizeAt = address + 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const sizeBytes = 2 ** (flags & 3);
  source.need(sizeAt, sizeBytes, "an object header");
  const start = sizeAt + sizeBytes;
  const prefix = flags & 0x04 ? 6 : 4;
  return readBlocks(source, { start, end: start + source.uint(sizeAt, sizeBytes) }, prefix, (at) => ({
    type: source.u8(at),
    size: source.u16(at + 1),
    flags: source.u8(at + 3),
  }));
}

/** Reads the messages of a block and of the blocks that continue it. `prefix` is the size of a message's own header. */
function readBlocks(
  source: Source,
  first: Block,
  prefix: number,
  read: (at: number) => { type: number; size: number; flags: number },
): HeaderMessage[] {
  const out: HeaderMessage[] = [];
  const blocks = [first];
  const version2 = prefix < 8;
  for (const { start, end } of blocks) {
    source.need(start, end - start, "a block of header messages");
    let at = start;
    while (at + prefix <= end) {
      const { type, size, flags } = read(at);
      at += prefix;
      source.need(at, size, "a header message");
      if (at + size > end) break;
      if (flags & 0x02 && type !== 0) throw refused("shared-message", "an object whose description lies elsewhere");
      if (type === MESSAGE.continuation) blocks.push(continuation(source, at, version2));
      else if (type !== 0) {
        source.allocate(MESSAGE_BYTES, "an object's description");
        out.push({ type, start: at, size });
      }
      at += size;
    }
  }
  return out;
}

function continuation(source: Source, at: number, version2: boolean): Block {
  const start = source.u64(at);
  const size = source.u64(at + 8);
  source.once(start, "a block of header messages");
  if (!version2) return { start, end: start + size };
  source.signature(start, "OCHK", "a block of header messages");
  return { start: start + 4, end: start + size - 4 };
}
