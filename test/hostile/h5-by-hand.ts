/**
 * HDF5 files built by hand, with numbers that no library would write: superblock 3, and one root group with links to
 * datasets in version 2 object headers.
 */

const le = (bytes: number, value: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
const NOWHERE = new Array<number>(8).fill(0xff);

export type Message = readonly [type: number, content: readonly number[]];

/** A datatype message: the class, bits of it, and an element's size. */
interface Types {
  readonly u1: readonly number[];
  readonly f4: readonly number[];
  readonly text: (size: number) => readonly number[];
  readonly manyTexts: readonly number[];
}

export const TYPES: Types = {
  u1: [0x10, 0, 0, 0, ...le(4, 1), ...le(2, 0), ...le(2, 8)],
  f4: [0x11, 0x20, 0x1f, 0, ...le(4, 4), 0, 0, 32, 0, 23, 8, 0, 23, ...le(4, 127)],
  text: (size) => [0x13, 0, 0, 0, ...le(4, size)],
  manyTexts: [0x19, 1, 0, 0, ...le(4, 16), ...[0x13, 0, 0, 0, ...le(4, 1)]],
};

export const space = (...dims: number[]): Message => [1, [2, dims.length, 0, 1, ...dims.flatMap((dim) => le(8, dim))]];
export const type = (content: readonly number[]): Message => [3, content];
/** No address: all elements are the fill value. */
export const unwritten = (size: number): Message => [8, [3, 1, ...NOWHERE, ...le(8, size)]];
export const contiguous = (address: number, size: number): Message => [8, [3, 1, ...le(8, address), ...le(8, size)]];
/** Chunks one after another, without an index. */
export const implicit = (address: number, chunk: number, element: number): Message => [
  8,
  [4, 2, 0, 2, 4, ...le(4, chunk), ...le(4, element), 2, ...le(8, address)],
];
/** One chunk, compressed. */
export const single = (address: number, chunk: number, element: number, stored: number): Message => [
  8,
  [4, 2, 2, 2, 4, ...le(4, chunk), ...le(4, element), 1, ...le(8, stored), ...le(4, 0), ...le(8, address)],
];
export const filters = (...ids: number[]): Message => [
  11,
  [2, ids.length, ...ids.flatMap((id) => [...le(2, id), 0, 0, 0, 0])],
];
export const fill = (value: readonly number[]): Message => [5, [3, 0x20, ...le(4, value.length), ...value]];
export const link = (name: string, address: number): Message => {
  const text = [...new TextEncoder().encode(name)];
  return [6, [1, 0x02, ...le(4, text.length), ...text, ...le(8, address)]];
};
export const textAttribute = (name: string, value: string): Message => {
  const [key, text] = [name, value].map((each) => [...new TextEncoder().encode(each)]) as [number[], number[]];
  const [kind, scalar] = [TYPES.text(text.length), [2, 0, 0, 0]];
  return [
    12,
    [3, 0, ...le(2, key.length + 1), ...le(2, kind.length), ...le(2, 4), 0, ...key, 0, ...kind, ...scalar, ...text],
  ];
};

/** An object header of version 2, without a checksum, which these readers do not check. */
function header(messages: readonly Message[]): Uint8Array {
  const body = messages.flatMap(([kind, content]) => [kind, ...le(2, content.length), 0, ...content]);
  return Uint8Array.from([...new TextEncoder().encode("OHDR"), 2, 0x02, ...le(4, body.length), ...body, 0, 0, 0, 0]);
}

/** A part of a file, which may need the addresses of others. */
export type Part = Uint8Array | ((addressOf: (part: number) => number) => readonly Message[]);

/** The file with these parts, the first of which is the root group; the others are objects or raw bytes. */
export function byHand(parts: readonly Part[]): Uint8Array {
  const sized = parts.map((part) => (part instanceof Uint8Array ? part : header(part(() => 0))));
  const addresses: number[] = [];
  let at = 48;
  for (const { length } of sized) {
    addresses.push(at);
    at += length;
  }
  const superblock = [
    ...[0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 3, 8, 8, 0],
    ...le(8, 0),
    ...NOWHERE,
    ...le(8, at),
    ...le(8, 48),
    ...le(4, 0),
  ];
  // Readers may read a header's first 16 bytes at once.
  const out = new Uint8Array(at + 16);
  out.set(superblock);
  parts.forEach((part, i) => {
    out.set(part instanceof Uint8Array ? part : header(part((other) => addresses[other]!)), addresses[i]!);
  });
  return out;
}

/** A file whose root holds one dataset "x" with these messages, followed by `data` at `address`. */
export function oneDataset(
  messages: (address: number) => readonly Message[],
  data: Uint8Array = new Uint8Array(0),
): Uint8Array {
  return byHand([(at) => [link("x", at(1))], (at) => messages(at(2)), data]);
}
