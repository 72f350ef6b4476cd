import { bool, type Fields, int, nullable } from "../../core/options.js";
import { holding, startsOf } from "../records/holding.js";
import { replaced } from "./columns.js";
import { keyedPermutation } from "./keyed-permutation.js";
import {
  type Access,
  after,
  type Indexes,
  type NumberedStep,
  numberedStep,
  type Pass,
  reordered,
  type Step,
} from "./step.js";

/** How records are shuffled. */
export interface RecordShuffleOptions {
  /** Another order than other seeds give, the same for every training. Default null: that of the training. */
  readonly seed?: number | null;
  /** A new order in each pass. Default true. */
  readonly eachPass?: boolean;
  /**
   * For data that is read in blocks (Parquet): how many blocks are mixed with one another. The blocks come in random
   * order; up to twice that many are in memory, as those of the next window are read meanwhile. Default 4.
   */
  readonly window?: number;
}

export const SHUFFLE: Fields<RecordShuffleOptions> = {
  seed: nullable(int()),
  eachPass: bool(true),
  window: int({ min: 1 }, { default: 4 }),
};

/** The records in an order that the pass decides. */
export function shuffle<R>(from: NumberedStep<R>, { seed, eachPass, window }: Required<RecordShuffleOptions>): Step<R> {
  const keyed = (pass: Pass): Pass => ({ seed: seed ?? pass.seed, epoch: eachPass ? pass.epoch : 0 });
  const options = [seed === null ? "" : `seed: ${seed}`, eachPass ? "" : "eachPass: false"].filter(
    (text) => text !== "",
  );
  const fixed = from.fixed && seed !== null && !eachPass;
  const { blocks, length } = from;
  if (blocks === null || blocks.length < 2) {
    const order = (pass: Pass) => keyedPermutation(length, keyed(pass), "all");
    return { ...reordered(from, `shuffle(${options})`, length, order), fixed };
  }
  return numberedStep({
    ...after(from, `shuffle(${[...options, `window: ${window}`].join(", ")})`),
    fixed,
    owned: false,
    length,
    access: (pass) => inWindows(from, from.access({ ...pass, blocks: 2 * window + 1 }), blocks, window, keyed(pass)),
  });
}

/** Blocks in random order, and the records of each `window` of them in random order. */
function inWindows<R>(
  from: NumberedStep<R>,
  access: Access<R>,
  blocks: readonly number[],
  window: number,
  pass: Pass,
): Access<R> {
  const blockAt = keyedPermutation(blocks.length, pass, "blocks");
  const order = Array.from(blocks, (_, i) => blockAt(i));
  const sizeOf = (block: number): number => (blocks[block + 1] ?? from.length) - blocks[block]!;
  // Where each block begins in the order of the pass.
  const { starts, total } = startsOf(order.map(sizeOf));
  // The window of the last place: places follow one another, as a rule.
  let first = 0;
  let begin = 0;
  let end = 0;
  let inside: (place: number) => number = (place) => place;
  const locate = (place: number): number => {
    if (place < begin || place >= end) {
      first = Math.floor(holding(starts, place) / window) * window;
      begin = starts[first]!;
      end = starts[first + window] ?? total;
      inside = keyedPermutation(end - begin, pass, `window ${first}`);
    }
    const record = begin + inside(place - begin);
    let at = first;
    while (at + 1 < starts.length && starts[at + 1]! <= record) at++;
    return blocks[order[at]!]! + record - starts[at]!;
  };
  const soon = (block: number | undefined, isWanted: boolean): void => {
    if (block !== undefined) access.soon?.(blocks[block]!, isWanted);
  };
  let expected = -1;
  /** The window that is being used up, and how many blocks of the next one are being read. */
  let used = -1;
  let begun = 0;
  /** Who reads places one after the other finds the next window in memory when this one is used up. */
  const readAhead = (indexes: Indexes): void => {
    if (indexes.length === 0) return;
    const follows = indexes[0] === expected;
    expected = indexes[indexes.length - 1]! + 1;
    if (!follows) return;
    locate(indexes[0]!);
    if (used !== first) {
      if (used >= 0) for (let i = used; i < Math.min(first, used + window); i++) soon(order[i], false);
      used = first;
      begun = 0;
    }
    const wanted = Math.ceil((Math.min(end, expected) - begin) / ((end - begin) / window));
    for (; begun < wanted; begun++) soon(order[first + window + begun], true);
  };
  const { columns } = access;
  const byPlace = columns && replaced(columns, locate);
  return {
    read(indexes) {
      readAhead(indexes);
      return access.read(Array.from(indexes, locate));
    },
    name: (index) => access.name(locate(index)),
    ...(byPlace && {
      columns: {
        ...byPlace,
        gather(fields, indexes, spare) {
          readAhead(indexes);
          return byPlace.gather(fields, indexes, spare);
        },
      },
    }),
  };
}
