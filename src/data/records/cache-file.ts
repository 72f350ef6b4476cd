import { FormatError } from "../../core/errors.js";
import { sha256, toHex } from "../../core/sha256.js";
import type { Vfs } from "../../core/vfs.js";
import { packed, unpacked } from "./packed.js";
import type { RecordSource } from "./source.js";

/** Records in a block of the file, which is read at once. */
const BLOCK = 256;
const MAGIC = "PAWLREC1";
/** At the end: the length of the index in 12 digits, and the magic word. */
const TAIL = 20;

/** What lies where: written last, so that a file without it is not whole. */
interface Index {
  readonly identity: string;
  readonly length: number;
  readonly blocks: readonly { readonly start: number; readonly bytes: number; readonly digest: string }[];
}

const utf8 = new TextEncoder();

/** Writes records to a file that is there whole or not at all. @param identity what the records were made of */
export async function writeCacheFile<R>(
  files: Vfs,
  path: string,
  identity: string,
  records: AsyncIterable<readonly R[]>,
): Promise<void> {
  const { serialize } = await import("node:v8");
  const partial = `${path}.part`;
  const blocks: Index["blocks"][number][] = [];
  let start = 0;
  let length = 0;
  let waiting: unknown[] = [];
  await files.writeFile(partial, new Uint8Array(0));
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const bytes = new Uint8Array(serialize(waiting));
    await files.appendFile(partial, bytes);
    blocks.push({ start, bytes: bytes.length, digest: await digestOf(bytes) });
    start += bytes.length;
    length += waiting.length;
    waiting = [];
  };
  for await (const run of records) {
    for (const record of run) {
      waiting.push(packed(record, (view) => view));
      if (waiting.length === BLOCK) await flush();
    }
  }
  await flush();
  const index = utf8.encode(JSON.stringify({ identity, length, blocks } satisfies Index));
  await files.appendFile(partial, index);
  await files.appendFile(partial, utf8.encode(String(index.length).padStart(TAIL - MAGIC.length, "0") + MAGIC));
  await files.fsync(partial);
  await files.rename(partial, path);
}

/**
 * The records of such a file; null where there is none, or one of other data.
 * @throws {FormatError} for a file that is none of these, or damaged
 */
export async function openCacheFile<R>(files: Vfs, path: string, identity: string): Promise<RecordSource<R> | null> {
  const stat = await files.stat(path);
  if (stat === undefined) return null;
  const index = await indexOf(files, path, stat.size);
  if (index.identity !== identity) return null;
  const { deserialize } = await import("node:v8");
  return {
    length: index.length,
    blocks: index.blocks.map((_, i) => i * BLOCK),
    fields: {},
    async read(from, to) {
      const number = Math.floor(from / BLOCK);
      const block = index.blocks[number]!;
      const bytes = await files.readRange(path, block.start, block.bytes);
      if ((await digestOf(bytes)) !== block.digest)
        throw damaged(path, `block ${number} has other bytes than were written`);
      const records = unpacked(deserialize(bytes)) as R[];
      return records.slice(from - number * BLOCK, to - number * BLOCK);
    },
    parts: async () => [{ name: path, digest: identity }],
  };
}

async function indexOf(files: Vfs, path: string, size: number): Promise<Index> {
  const text = new TextDecoder();
  const tail = text.decode(await files.readRange(path, Math.max(0, size - TAIL), TAIL));
  const length = Number(tail.slice(0, -MAGIC.length));
  if (!tail.endsWith(MAGIC) || !(length > 0 && length <= size - TAIL)) throw damaged(path, "no index at its end");
  try {
    return JSON.parse(text.decode(await files.readRange(path, size - TAIL - length, length))) as Index;
  } catch (cause) {
    throw damaged(path, "an index that is no JSON", cause);
  }
}

function damaged(path: string, received: string, cause?: unknown): FormatError {
  return new FormatError({
    code: "cache-file",
    what: `"${path}" is no cache of records, or a damaged one`,
    received,
    expected: "a file that cache() wrote",
    fix: "Delete the file, if it is one: it is made again",
    cause,
  });
}

const digestOf = async (bytes: Uint8Array): Promise<string> => toHex(await sha256([bytes])).slice(0, 32);
