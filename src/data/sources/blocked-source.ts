import { PawlError, StateError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import { holding } from "../records/holding.js";
import type { RecordBlock, RecordSource } from "../records/source.js";
import { fileParts, type SourceFile } from "./source-files.js";

/** The records of a block; an error for each that is damaged, so that the others can be read. */
export interface BlockRecords<R> {
  readonly length: number;
  at(i: number): R | PawlError | undefined;
  readonly column?: RecordBlock<R>["column"];
}

/** One file, whose records are read in blocks. */
export interface BlockedFile<R> {
  readonly file: SourceFile;
  /** Number of records. */
  readonly length: number;
  /** The record of this file at which each block begins, ascending, the first 0; none for a file without records. */
  readonly blocks: readonly number[];
  /** All records of a block: an array, or what makes them one by one. */
  read(block: number): Promise<BlockRecords<R>>;
  /** Forgets what was read ahead. */
  release?(): void;
}

interface Read<R> {
  readonly block: number;
  readonly records: Promise<RecordBlock<R>>;
}

/** The records of several files, one after the other, in blocks. */
export function blockedSource<R>(
  parts: readonly BlockedFile<R>[],
  fields: Readonly<Record<string, string>>,
  files: Vfs,
  packed?: RecordSource["packed"],
): RecordSource<R> {
  const blocks: number[] = [];
  /** Of each block: its file, and its number there. */
  const owners: (readonly [BlockedFile<R>, number])[] = [];
  let length = 0;
  for (const part of parts) {
    for (const [i, start] of part.blocks.entries()) {
      blocks.push(length + start);
      owners.push([part, i]);
    }
    length += part.length;
  }
  const begin = (block: number): Read<R> => {
    const [part, i] = owners[block]!;
    const records = part.read(i).then(sound);
    // Whoever asks for the block meets the error.
    records.catch(() => undefined);
    return { block, records };
  };
  let last: Read<R> | null = null;
  let ahead: Read<R> | null = null;
  const take = async (block: number): Promise<RecordBlock<R>> => {
    if (last?.block !== block) {
      const follows = last?.block === block - 1;
      last = ahead?.block === block ? ahead : begin(block);
      // Who reads in order waits for no file: the next block comes while this one is used.
      ahead = follows && block + 1 < blocks.length ? begin(block + 1) : null;
    }
    const read = last;
    try {
      return await read.records;
    } catch (error) {
      // What failed once may be there the next time.
      if (last === read) last = null;
      throw error;
    }
  };
  return {
    length,
    blocks,
    fields,
    ...(packed && { packed }),
    async read(from, to) {
      checkRange(from, to, length);
      if (from === to) return [];
      const block = holding(blocks, from);
      const start = blocks[block]!;
      if (to > (blocks[block + 1] ?? length)) throw acrossBlocks(from, to);
      const records = await take(block);
      return Array.from({ length: to - from }, (_, i) => records.at(from - start + i)!);
    },
    block: take,
    parts: () =>
      fileParts(
        parts.map(({ file }) => file),
        files,
      ),
    async close() {
      last = null;
      ahead = null;
      for (const part of parts) part.release?.();
    },
  };
}

/** The records of a block, of which a damaged one throws its error. */
function sound<R>(records: BlockRecords<R>): RecordBlock<R> {
  const { length, column } = records;
  return {
    length,
    ...(column && { column }),
    at(i) {
      const record = records.at(i);
      if (record instanceof PawlError) throw record;
      return record;
    },
  };
}

/** @throws {StateError} for records that a source does not have */
export function checkRange(from: number, to: number, length: number): void {
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= length) return;
  throw new StateError({
    code: "record-range",
    what: `There are no records ${from} to ${to} here`,
    received: `records ${from} to ${to}`,
    expected: `a range within 0 to ${length}`,
    fix: "Ask for records that are there",
  });
}

function acrossBlocks(from: number, to: number): StateError {
  return new StateError({
    code: "record-range",
    what: `Records ${from} to ${to} lie in several blocks`,
    received: `records ${from} to ${to}`,
    expected: "records of one block",
    fix: "Read block by block",
  });
}
