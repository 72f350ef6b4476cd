import { Budget } from "../../../core/budget.js";
import { PawlError } from "../../../core/errors.js";
import { H5Group } from "../tree.js";
import { readAttributes } from "./attributes.js";
import { readDataset } from "./dataset.js";
import { readLinks } from "./links.js";
import { type HeaderMessage, MESSAGE, readObjectHeader } from "./object-header.js";
import { damaged, refused } from "./refusals.js";
import { Source } from "./source.js";
import { readSuperblock } from "./superblock.js";
import { TextHeapReader } from "./text-heap.js";

const MAX_DEPTH = 64;
/** Memory of a group with its maps, or of a dataset, besides its contents. */
const OBJECT_BYTES = 768;

/**
 * Reads an HDF5 file into a tree of plain data. Every offset is checked before it is followed, every allocation is
 * charged to the budget, and whatever leads out of the file (external files, virtual datasets, soft and external
 * links, plugin filters) is refused, as are cycles, objects reached twice and nesting deeper than 64 groups.
 * Superblocks 0 to 3, symbol tables and link messages; contiguous, compact and chunked data with gzip, shuffle and
 * fletcher32. Format: HDF5 File Format Specification 3.0.
 * @throws {FormatError} for anything else
 */
export async function readHdf5(bytes: Uint8Array, budget: Budget = new Budget(bytes.length)): Promise<H5Group> {
  const source = new Source(bytes, budget);
  const heap = new TextHeapReader(source);
  try {
    const messages = readObjectHeader(source, readSuperblock(source));
    return await readGroup(source, messages, "", heap);
  } catch (error) {
    // The one thing that forged sizes inside a message can still cause is reading past the end of the array.
    if (error instanceof PawlError || !(error instanceof RangeError)) throw error;
    throw damaged("a part of it is cut short");
  }
}

async function readGroup(
  source: Source,
  messages: readonly HeaderMessage[],
  path: string,
  heap: TextHeapReader,
): Promise<H5Group> {
  const group = new H5Group();
  for (const [name, value] of readAttributes(source, messages, heap)) group.attrs.set(name, value);
  for (const { name, address } of readLinks(source, messages)) {
    const childPath = `${path}/${name}`;
    source.allocate(OBJECT_BYTES, "the tree of groups");
    const child = readObjectHeader(source, address);
    const has = (type: number): boolean => child.some((message) => message.type === type);
    if (has(MESSAGE.layout)) group.datasets.set(name, await readDataset(source, child, childPath, heap));
    else if (has(MESSAGE.symbolTable) || has(MESSAGE.linkInfo)) {
      if (childPath.split("/").length > MAX_DEPTH) throw refused("too-deep", `groups nested deeper than ${MAX_DEPTH}`);
      group.groups.set(name, await readGroup(source, child, childPath, heap));
    } else if (!has(MESSAGE.datatype)) throw damaged(`"${childPath}" is neither a group nor a dataset`);
  }
  return group;
}
