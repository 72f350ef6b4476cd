import { Bytes, UNDEFINED, utf8 } from "./bytes.js";
import type { FileLayout } from "./file-layout.js";

/** Half the entries of a symbol node, and half the children of a tree node; the superblock names both. */
export const LEAF_K = 4;
export const INTERNAL_K = 16;
const NODE_ENTRIES = 2 * LEAF_K;
const TREE_CHILDREN = 2 * INTERNAL_K;
const TREE_BYTES = 24 + (TREE_CHILDREN + 1) * 8 + TREE_CHILDREN * 8;
const NODE_BYTES = 8 + NODE_ENTRIES * 40;
/** Marks a local heap without free blocks. */
const NO_FREE_BLOCK = 1;

export interface Link {
  readonly name: string;
  /** Of the object header. */
  readonly address: number;
}

export interface GroupIndex {
  readonly tree: number;
  readonly heap: number;
}

interface Child {
  readonly address: number;
  /** Heap offset of the largest name below this entry. */
  readonly lastName: number;
}

/** Writes the symbol table of a group: local heap of names, symbol nodes, and the B-tree above them. */
export function writeGroupIndex(layout: FileLayout, links: readonly Link[]): GroupIndex {
  const sorted = links.map((link) => ({ ...link, bytes: utf8(link.name) })).sort((a, b) => compare(a.bytes, b.bytes));
  const names = new Bytes().zeros(8);
  const entries = sorted.map(({ address, bytes }) => {
    const offset = names.length;
    names.raw(bytes).u8(0).align(8);
    return { offset, address };
  });
  const segment = layout.append(names.done());
  const heap = layout.append(
    new Bytes()
      .u8(0x48, 0x45, 0x41, 0x50, 0, 0, 0, 0) // "HEAP"
      .u64(names.length)
      .u64(NO_FREE_BLOCK)
      .u64(segment)
      .done(),
  );
  const nodes = chunks(entries, NODE_ENTRIES).map((part): Child => {
    const node = new Bytes().u8(0x53, 0x4e, 0x4f, 0x44, 1, 0).u16(part.length); // "SNOD"
    for (const { offset, address } of part) node.u64(offset).u64(address).zeros(24);
    return { address: layout.append(node.zeros(NODE_BYTES - node.length).done()), lastName: part.at(-1)!.offset };
  });
  let level = 0;
  let trees = writeLevel(layout, nodes, level);
  while (trees.length > 1) trees = writeLevel(layout, trees, ++level);
  return { tree: trees[0]!.address, heap };
}

/** One level of the B-tree, at least one node. */
function writeLevel(layout: FileLayout, children: readonly Child[], level: number): Child[] {
  const groups = children.length === 0 ? [[]] : chunks(children, TREE_CHILDREN);
  const addresses = groups.map(() => layout.reserve(TREE_BYTES));
  let firstName = 0;
  return groups.map((part, i) => {
    const node = new Bytes().u8(0x54, 0x52, 0x45, 0x45, 0, level).u16(part.length); // "TREE"
    node.u64(addresses[i - 1] ?? UNDEFINED).u64(addresses[i + 1] ?? UNDEFINED);
    node.u64(firstName);
    for (const child of part) node.u64(child.address).u64((firstName = child.lastName));
    layout.put(addresses[i]!, node.done());
    return { address: addresses[i]!, lastName: firstName };
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size));
  return out;
}

/** Compares unsigned bytes, like C's strcmp. */
function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
