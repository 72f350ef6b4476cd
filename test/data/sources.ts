import { FormatError } from "../../src/core/errors.js";
import { arrays, type RecordSource, Records, records } from "../../src/data/index.js";

/** A record of the tables: its number, and something of a length of its own. */
export interface Row {
  readonly x: number;
  readonly y: number;
  readonly group: string;
  readonly list: readonly number[];
}

export const rowOf = (i: number): Row => ({
  x: i,
  y: i % 3,
  group: `g${i % 4}`,
  list: Array.from({ length: (i * 7) % 5 }, (_, k) => i + k / 10),
});

export const rows = (count: number, first = 0): Records<Row> =>
  records(Array.from({ length: count }, (_, i) => rowOf(first + i)));

/** Rows as columns of arrays. */
export const columns = (count: number): Records<{ readonly x: unknown; readonly y: unknown }> =>
  arrays({
    x: Float32Array.from({ length: count }, (_, i) => i),
    y: Int32Array.from({ length: count }, (_, i) => i % 3),
  });

/** The same in blocks, as a file has them; says what was read. */
export function blocked(starts: readonly number[], length: number): { records: Records<Row>; reads: string[] } {
  const reads: string[] = [];
  const source: RecordSource<Row> = {
    length,
    blocks: starts,
    fields: {},
    async read(from, to) {
      reads.push(`${from}-${to}`);
      return Array.from({ length: to - from }, (_, i) => rowOf(from + i));
    },
    parts: async () => [{ name: "blocks.bin", digest: String(length) }],
  };
  return { records: Records.from(source, 'blocks("blocks.bin")'), reads };
}

/** Rows of which every fifth from the third on is damaged, alone or in blocks. */
export function damagedRows(length: number, blocks: readonly number[] | null = null): Records<Row> {
  const source: RecordSource<Row> = {
    length,
    blocks,
    fields: {},
    async read(from, to) {
      return Array.from({ length: to - from }, (_, i) => sound(from + i));
    },
    async block(number) {
      const start = blocks![number]!;
      return { length: (blocks![number + 1] ?? length) - start, at: (i) => sound(start + i) };
    },
    parts: async () => [{ name: "damaged.bin", digest: String(length) }],
  };
  return Records.from(source, 'damaged("damaged.bin")');
}

function sound(i: number): Row {
  if (i % 5 !== 3) return rowOf(i);
  throw new FormatError({ code: "row", what: `"damaged.bin", row ${i}: damaged`, fix: "Leave it out" });
}
