import { holding } from "../records/holding.js";
import type { RecordBlock, RecordSource } from "../records/source.js";
import { type Access, type Indexes, numberedStep, type Step } from "./step.js";

/** How many blocks of a file a pass keeps at least, so that records that follow one another read theirs once. */
const KEPT = 2;

/**
 * The first step of a pipeline: a source's records in its own order.
 * @param name what it is called in messages and in a run's identity, e.g. `csv("train.csv")`
 */
export function fromSource<R>(source: RecordSource<R>, name: string): Step<R> {
  const { blocks, length } = source;
  return numberedStep({
    described: name,
    depth: 0,
    functions: [],
    fixed: true,
    leftOut: [],
    owned: blocks === null && source.owned === true,
    runs: 1,
    pools: [],
    sources: [source as RecordSource<unknown>],
    length,
    blocks,
    access: (pass) => ({
      read: readerOf(source, Math.max(KEPT, pass.blocks ?? 0)),
      name: (index) => `record ${index} of ${name}`,
      ...("columns" in source ? { columns: source.columns as NonNullable<Access<R>["columns"]> } : {}),
    }),
  });
}

function readerOf<R>(source: RecordSource<R>, keeps: number): Access<R>["read"] {
  if (source.readAt !== undefined) return (indexes) => source.readAt!(indexes);
  return source.blocks === null ? (indexes) => readRuns(source, indexes) : byBlocks(source, source.blocks, keeps);
}

/** Records that follow one another are read at once. */
async function readRuns<R>(source: RecordSource<R>, indexes: Indexes): Promise<readonly R[]> {
  const runs: Promise<readonly R[]>[] = [];
  for (let i = 0; i < indexes.length; ) {
    const start = i++;
    while (i < indexes.length && indexes[i]! === indexes[i - 1]! + 1) i++;
    runs.push(source.read(indexes[start]!, indexes[i - 1]! + 1));
  }
  const read = await Promise.all(runs);
  return read.length === 1 ? read[0]! : read.flat();
}

function byBlocks<R>(source: RecordSource<R>, blocks: readonly number[], keeps: number): Access<R>["read"] {
  const kept = new Map<number, Promise<RecordBlock<R>>>();
  const blockOf = (block: number): Promise<RecordBlock<R>> => {
    const read =
      kept.get(block) ?? source.block?.(block) ?? source.read(blocks[block]!, blocks[block + 1] ?? source.length);
    // The last used stands at the end.
    kept.delete(block);
    kept.set(block, read);
    for (const old of kept.keys()) if (kept.size > keeps) kept.delete(old);
    read.catch(() => kept.delete(block));
    return read;
  };
  return async (indexes) => {
    // Block by block, so that records of many blocks need no more of them at once.
    const places = new Map<number, number[]>();
    for (let i = 0, block = 0; i < indexes.length; i++) {
      const index = indexes[i]!;
      const isSame = index >= blocks[block]! && index < (blocks[block + 1] ?? source.length);
      if (!isSame) block = holding(blocks, index);
      const list = places.get(block);
      if (list === undefined) places.set(block, [i]);
      else list.push(i);
    }
    const out = new Array<R>(indexes.length);
    for (const [block, list] of places) {
      const records = await blockOf(block);
      const start = blocks[block]!;
      for (const i of list) out[i] = records.at(indexes[i]! - start)!;
    }
    return out;
  };
}
