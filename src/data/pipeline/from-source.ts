import { holding } from "../records/holding.js";
import type { RecordBlock, RecordSource } from "../records/source.js";
import { gathered, type Wanted } from "./gathered.js";
import type { Spare } from "./spare.js";
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
      ...readerOf(source, Math.max(KEPT, pass.blocks ?? 0)),
      name: (index) => `record ${index} of ${name}`,
    }),
  });
}

type Reader<R> = Pick<Access<R>, "read" | "soon" | "columns">;

function readerOf<R>(source: RecordSource<R>, keeps: number): Reader<R> {
  const { readAt, blocks, columns } = source;
  if (readAt === undefined && blocks !== null) return byBlocks(source, blocks, keeps);
  return {
    read: readAt === undefined ? (indexes) => readRuns(source, indexes) : (indexes) => readAt.call(source, indexes),
    ...(columns && { columns }),
  };
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

function byBlocks<R>(source: RecordSource<R>, blocks: readonly number[], keeps: number): Reader<R> {
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
  /** Block by block, so that records of many blocks need no more of them at once. */
  const each = async (indexes: Indexes, use: (records: RecordBlock<R>, wanted: Wanted) => void): Promise<void> => {
    const all = new Map<number, { readonly rows: number[]; readonly places: number[] }>();
    let wanted = { rows: [] as number[], places: [] as number[] };
    for (let i = 0, from = 0, to = 0; i < indexes.length; i++) {
      const index = indexes[i]!;
      if (index < from || index >= to) {
        const block = holding(blocks, index);
        from = blocks[block]!;
        to = blocks[block + 1] ?? source.length;
        wanted = all.get(block) ?? { rows: [], places: [] };
        all.set(block, wanted);
      }
      // A whole number of 32 bits, also where the index is none.
      wanted.rows.push((index - from) | 0);
      wanted.places.push(i);
    }
    for (const [block, some] of all) use(await blockOf(block), some);
  };
  const { packed } = source;
  return {
    async read(indexes) {
      const out = new Array<R>(indexes.length);
      await each(indexes, (records, { places, rows }) => {
        for (let i = 0; i < rows.length; i++) out[places[i]!] = records.at(rows[i]!)!;
      });
      return out;
    },
    soon(index, isWanted) {
      const block = holding(blocks, index);
      if (isWanted) void blockOf(block);
      else kept.delete(block);
    },
    ...(packed && {
      columns: {
        names: Object.keys(source.fields),
        has: (field: string) => Object.hasOwn(packed, field),
        async gather(fields: readonly string[], indexes: Indexes, spare: Spare) {
          const all = fields.map((field) => gathered(field, packed[field] === "text", indexes.length, spare));
          await each(indexes, (records, wanted) => {
            for (const one of all) one.take(records, wanted);
          });
          return all.map(({ tensor }) => tensor);
        },
      },
    }),
  };
}
