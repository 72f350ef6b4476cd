import { OptionError, PawlError, StateError } from "../../core/errors.js";
import { type Fields, int, resolveOptions, text } from "../../core/options.js";
import { valueText } from "../../core/value-text.js";
import { Records } from "./records.js";
import type { DataRecord, RecordSource } from "./source.js";

/** Rows of a database, or of anything else that gives them by their place in one order. */
export interface QueryRows<R extends object = DataRecord> {
  /** Number of rows. */
  readonly length: number;
  /** Rows `from … to - 1`, always in the same order. They are handed on as they are: make them anew for each call. */
  read(from: number, to: number): readonly R[] | Promise<readonly R[]>;
  /** Changes when the rows do, e.g. the data's version or date: a resume over rows of another one is refused. */
  readonly fingerprint: string;
  /** Releases what is open. Default: there is nothing. */
  close?(): void | Promise<void>;
}

/** Options of `data.query`. */
export interface QueryOptions {
  /** What messages and a run's identity call it. Default "rows". */
  readonly name?: string;
  /**
   * Rows that are read at once. 1: each alone, so that all rows are shuffled; more: pages are shuffled as blocks of a file.
   * Default 1000.
   */
  readonly pageSize?: number;
}

const FIELDS: Fields<QueryOptions> = {
  name: text({ default: "rows" }),
  pageSize: int({ min: 1 }, { default: 1000 }),
};

/**
 * Records from rows that a function of yours reads: of SQLite, DuckDB or another database, by whatever library you use. The
 * order must be fixed (`ORDER BY id`), and rows must be reached by their place; a key without gaps makes that quick
 * (`WHERE id >= ? AND id < ?`), `LIMIT` and `OFFSET` read all before it.
 * @throws {OptionError} for rows without a length, `read` or a fingerprint, and options that are none
 * @throws {StateError} when rows are read, for other numbers of them, rows that are no objects, and what `read` throws
 * @example
 * const table = Array.from({ length: 5000 }, (_, id) => ({ x: [id / 5000], y: id % 2 }));
 * const rows = data.query({
 *   length: table.length,
 *   read: (from, to) => table.slice(from, to).map((row) => ({ ...row })),
 *   fingerprint: "2026-12-01",
 * });
 */
export function query<R extends object>(rows: QueryRows<R>, options?: QueryOptions): Records<R> {
  const { name, pageSize } = resolveOptions("data.query", FIELDS, options);
  const { length, fingerprint } = checked(rows);
  const pages = Array.from({ length: Math.ceil(length / pageSize) }, (_, i) => i * pageSize);
  const source: RecordSource<R> = {
    length,
    blocks: pageSize === 1 ? null : pages,
    fields: {},
    read: (from, to) => readRows(rows, from, to, name),
    parts: async () => [{ name, digest: `${length}:${fingerprint}` }],
    close: async () => rows.close?.(),
  };
  return Records.from(source, `query(${JSON.stringify(name)})`);
}

async function readRows<R extends object>(
  rows: QueryRows<R>,
  from: number,
  to: number,
  name: string,
): Promise<readonly R[]> {
  let read: readonly R[];
  try {
    read = await rows.read(from, to);
  } catch (cause) {
    if (cause instanceof PawlError) throw cause;
    throw new StateError({
      code: "query-failed",
      what: `"${name}": rows ${from} to ${to - 1} could not be read`,
      received: cause instanceof Error ? cause.message : String(cause),
      expected: "rows",
      fix: "Mend the function read, or look at the database",
      data: { from, to },
      cause,
    });
  }
  const isList = Array.isArray(read);
  const wrong = isList ? read.findIndex((row) => typeof row !== "object" || row === null || Array.isArray(row)) : -1;
  if (isList && read.length === to - from && wrong < 0) return read;
  const received = !isList
    ? valueText(read)
    : wrong >= 0
      ? `${valueText(read[wrong])} as row ${from + wrong}`
      : `${read.length} rows`;
  throw new StateError({
    code: "query-rows",
    what: `"${name}": read(${from}, ${to}) gave something else than these rows`,
    received,
    expected: `a list of ${to - from} objects of fields`,
    fix: "Give rows from … to - 1, all of them; if the table has changed, make the records anew",
    data: { from, to },
  });
}

function checked<R extends object>(rows: QueryRows<R>): QueryRows<R> {
  const { length, read, fingerprint } = (rows ?? {}) as Partial<QueryRows<R>>;
  const isLength = Number.isSafeInteger(length) && length! >= 0;
  if (isLength && typeof read === "function" && typeof fingerprint === "string" && fingerprint !== "") return rows;
  const part = !isLength ? "length" : typeof read !== "function" ? "read" : "fingerprint";
  throw new OptionError({
    code: "query",
    what: `data.query: the rows have no ${part}`,
    received: valueText(rows),
    expected: "{ length, read(from, to), fingerprint }",
    fix:
      part === "fingerprint"
        ? "Give a string that changes when the rows do, e.g. the database's version; nothing else can tell on a resume"
        : "Give the number of rows, and a function that reads some of them",
  });
}
