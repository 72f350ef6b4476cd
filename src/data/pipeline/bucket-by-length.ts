import { type Fields, type Resolved, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import { stacked } from "./batch.js";
import type { Batching } from "./batches.js";
import type { Run } from "./cursor.js";
import { pad } from "./pad.js";
import { PADDED, type PaddedBatchOptions } from "./padded-batch.js";
import { asRecordError } from "./record-error.js";
import type { Pass, Step } from "./step.js";

/** Which records go together. */
export interface BucketOptions extends PaddedBatchOptions {
  /** Where a new bucket begins, ascending: [10, 20] has buckets of lengths below 10, from 10 to 19, and from 20 on. */
  readonly boundaries: readonly number[];
  /** The field whose length counts, or a function that gives a record's length. Default: the field "x". */
  readonly length?: string | ((record: never) => number);
}

type LengthOf = (record: Readonly<Record<string, unknown>>) => number;

export const BUCKETS: Fields<BucketOptions> = {
  ...PADDED,
  boundaries: {
    parse(value, where) {
      const list = value as readonly number[];
      const isRight = Array.isArray(value) && list.every((item, i) => item > (list[i - 1] ?? Number.NEGATIVE_INFINITY));
      if (!isRight || list.length === 0) throw wrongOption(where, "ascending numbers, e.g. [10, 20]", value);
      return list;
    },
  },
  length: {
    default: "x",
    parse(value, where) {
      if (typeof value === "string" || typeof value === "function") return value as string;
      throw wrongOption(where, "a field's name, or a function that gives a record's length", value);
    },
  },
};

/** A record that waits for others of its length. */
interface Held {
  readonly record: unknown;
  readonly name: string;
  /** The position before it. */
  readonly before: Json;
}

/** How many records are read at once. */
const READ = 32;

/**
 * Batches of `size` records of similar length. The position holds where those records stand that wait for others; they are
 * read again.
 */
export function bucketByLength(step: Step<unknown>, size: number, options: Resolved<BucketOptions>): Batching {
  const { boundaries, length, dropRemainder } = options;
  const lengthOf: LengthOf = typeof length === "function" ? (length as LengthOf) : (record) => sizeOf(record[length]);
  const bucketOf = ({ record, name }: Held): number => {
    try {
      const found = lengthOf(record as Readonly<Record<string, unknown>>);
      return boundaries.filter((boundary) => boundary <= found).length;
    } catch (error) {
      throw asRecordError(error, "bucketByLength", name);
    }
  };
  return {
    step,
    said: `bucketByLength(${size}, [${boundaries}])`,
    rows: dropRemainder || step.leftOut.length > 0 ? null : step.length,
    count: null,
    seek: "state",
    open(pass, _from, position) {
      const [start, waiting] = (position as readonly [Json, readonly Json[]] | null) ?? [null, []];
      const cursor = step.open(pass, start);
      let run: Run<unknown> | null = null;
      let used = 0;
      let at = start;
      const buckets = Array.from({ length: boundaries.length + 1 }, (): Held[] => []);
      let ready: Promise<void> | null = null;
      const put = (held: Held): Held[] => {
        const bucket = buckets[bucketOf(held)]!;
        bucket.push(held);
        return bucket;
      };
      const restore = async (): Promise<void> => {
        for (const before of waiting) put(await heldAt(step, pass, before));
      };
      const made = (held: readonly Held[]) =>
        stacked(
          options,
          { records: held.map(({ record }) => record), name: (i) => held[i]!.name, after: () => null },
          (values, where) => pad(values, where, options),
        );
      return {
        async next() {
          ready ??= restore();
          await ready;
          for (;;) {
            if (run === null || used === run.records.length) {
              run = await cursor.next(READ);
              used = 0;
              if (run === null) break;
            }
            const held = { record: run.records[used], name: run.name(used), before: at };
            at = run.after(used++);
            const bucket = put(held);
            if (bucket.length === size) return made(bucket.splice(0));
          }
          const rest = dropRemainder ? undefined : buckets.find((bucket) => bucket.length > 0);
          return rest === undefined ? null : made(rest.splice(0));
        },
        get position() {
          // Before the first batch those that waited may not have been read again.
          return [at, ready === null ? waiting : buckets.flat().map(({ before }) => before)];
        },
        close: () => cursor.close(),
      };
    },
  };
}

async function heldAt(step: Step<unknown>, pass: Pass, before: Json): Promise<Held> {
  const cursor = step.open(pass, before);
  const run = await cursor.next(1);
  await cursor.close();
  return { record: run!.records[0], name: run!.name(0), before };
}

function sizeOf(value: unknown): number {
  const { length, shape } = (value ?? {}) as { readonly length?: number; readonly shape?: readonly number[] };
  const found = shape?.[0] ?? length;
  if (typeof found === "number") return found;
  throw new TypeError("The field has no length");
}
