import { type HeaderMessage, MESSAGE } from "./object-header.js";
import { damaged, refused, unsupported } from "./refusals.js";
import type { Source } from "./source.js";

/** A child of a group. */
export interface ChildLink {
  readonly name: string;
  readonly address: number;
}

const SYMBOLIC = 2;
const HARD = 0;
const MAX_LEVELS = 16;

/** Children of the group with these header messages. Only links to objects in the same file are accepted. */
export function readLinks(source: Source, messages: readonly HeaderMessage[]): ChildLink[] {
  const links: ChildLink[] = [];
  for (const message of messages) {
    if (message.type === MESSAGE.symbolTable) readSymbolTable(source, message, links);
    else if (message.type === MESSAGE.link) links.push(readLinkMessage(source, message));
    else if (message.type === MESSAGE.linkInfo) checkLinkInfo(source, message);
  }
  const names = new Set<string>();
  for (const { name } of links) {
    if (names.has(name)) throw damaged(`a group has two children named ${JSON.stringify(name)}`);
    names.add(name);
  }
  return links;
}

function readSymbolTable(source: Source, { start }: HeaderMessage, links: ChildLink[]): void {
  const heap = source.u64(start + 8);
  source.signature(heap, "HEAP", "a group's heap of names");
  source.need(heap, 32, "a group's heap of names");
  const size = source.u64(heap + 8);
  const names = source.u64(heap + 24);
  source.need(names, size, "a group's heap of names");
  readTree(source, source.u64(start), 0, (node) => {
    source.signature(node, "SNOD", "a symbol node");
    source.need(node, 8, "a symbol node");
    const count = source.u16(node + 6);
    source.need(node + 8, count * 40, "a symbol node");
    for (let i = 0; i < count; i++) {
      const entry = node + 8 + i * 40;
      const name = textIn(source, names, size, source.u64(entry));
      if (source.u32(entry + 16) === SYMBOLIC) throw softLink(name);
      links.push({ name, address: source.u64(entry + 8) });
    }
  });
}

/** Visits the leaves of a version 1 B-tree of groups. */
function readTree(source: Source, node: number, depth: number, leaf: (address: number) => void): void {
  if (depth > MAX_LEVELS) throw damaged("a group's B-tree is too deep");
  source.once(node, "a node of a group's B-tree");
  source.signature(node, "TREE", "a group's B-tree");
  source.need(node, 24, "a group's B-tree");
  const level = source.u8(node + 5);
  const count = source.u16(node + 6);
  if (source.u8(node + 4) !== 0) throw damaged("a group's B-tree is of another kind");
  source.need(node + 24, 8 + count * 16, "a group's B-tree");
  for (let i = 0; i < count; i++) {
    const child = source.u64(node + 32 + i * 16);
    if (level > 0) readTree(source, child, depth + 1, leaf);
    else {
      source.once(child, "a symbol node");
      leaf(child);
    }
  }
}

function textIn(source: Source, start: number, size: number, offset: number): string {
  if (offset >= size) throw damaged("a name lies outside its heap");
  const rest = source.bytes.subarray(start + offset, start + size);
  const length = rest.indexOf(0);
  if (length < 0) throw damaged("a name does not end inside its heap");
  source.need(start + offset, length, "a name");
  return source.text(start + offset, length);
}

function readLinkMessage(source: Source, { start, size }: HeaderMessage): ChildLink {
  const end = start + size;
  if (source.u8(start) !== 1) throw unsupported(`link messages of version ${source.u8(start)}`);
  const flags = source.u8(start + 1);
  let at = start + 2;
  const type = flags & 0x08 ? source.u8(at++) : HARD;
  if (flags & 0x04) at += 8;
  if (flags & 0x10) at += 1;
  const lengthBytes = 2 ** (flags & 3);
  if (at + lengthBytes > end) throw damaged("a link is cut short");
  const length = source.uint(at, lengthBytes);
  at += lengthBytes;
  if (at + length + 8 > end && type === HARD) throw damaged("a link is cut short");
  source.need(at, length, "a link's name");
  const name = source.text(at, length);
  if (type === 1) throw softLink(name);
  if (type !== HARD) throw refused("external-link", `the link ${JSON.stringify(name)} leads to another file`);
  return { name, address: source.u64(at + length) };
}

function checkLinkInfo(source: Source, { start }: HeaderMessage): void {
  const heap = start + 2 + (source.u8(start + 1) & 1 ? 8 : 0);
  source.need(heap, 8, "a group's description");
  if (source.address(heap) !== null) throw unsupported('groups of many links in the "latest" layout');
}

function softLink(name: string): Error {
  return refused("soft-link", `the symbolic link ${JSON.stringify(name)}`, "Copy the data in place of the link");
}
