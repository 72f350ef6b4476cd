import { PawlError, StateError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import { holding } from "../records/holding.js";
import type { RecordSource } from "../records/source.js";
import { fileParts, type SourceFile } from "./source-files.js";

/** One file, whose records are read in blocks. */
export interface BlockedFile<R> {
  readonly file: SourceFile;
  /** Number of records. */
  readonly length: number;
  /** The record of this file at which each block begins, ascending, the first 0; none for a file without records. */
  readonly blocks: readonly number[];
  /** All records of a block; an error for each that is damaged, so that the others can be read. */
  read(block: number): Promise<readonly (R | PawlError)[]>;
}

interface Read<R> {
  readonly block: number;
  readonly records: Promise<readonly (R | PawlError)[]>;
}

/** The records of several files, one after the other, in blocks. */
export function blockedSource<R>(
  parts: readonly BlockedFile<R>[],
  fields: Readonly<Record<string, string>>,
  files: Vfs,
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
    const records = part.read(i);
    // Whoever asks for the block meets the error.
    records.catch(() => undefined);
    return { block, records };
  };
  let last: Read<R> | null = null;
  let ahead: Read<R> | null = null;
  return {
    length,
    blocks,
    fields,
    async read(from, to) {
      checkRange(from, to, length);
      if (from === to) return [];
      const block = holding(blocks, from);
      const start = blocks[block]!;
      if (to > (blocks[block + 1] ?? length)) throw acrossBlocks(from, to);
      if (last?.block !== block) {
        const follows = last?.block === block - 1;
        last = ahead?.block === block ? ahead : begin(block);
        // Who reads in order waits for no file: the next block comes while this one is used.
        ahead = follows && block + 1 < blocks.length ? begin(block + 1) : null;
      }
      const read = last;
      try {
        return soundOnes((await read.records).slice(from - start, to - start));
      } catch (error) {
        // What failed once may be there the next time.
        if (last === read) last = null;
        throw error;
      }
    },
    parts: () =>
      fileParts(
        parts.map(({ file }) => file),
        files,
      ),
    async close() {
      last = null;
      ahead = null;
    },
  };
}

/** @throws the error of the first record that is damaged */
function soundOnes<R>(records: readonly (R | PawlError)[]): readonly R[] {
  for (const record of records) if (record instanceof PawlError) throw record;
  return records as readonly R[];
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
