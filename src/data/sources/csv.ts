import { FormatError, OptionError, type PawlError } from "../../core/errors.js";
import { type Field, type Fields, int, oneOf, type Resolved, resolveOptions, wrongOption } from "../../core/options.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { blockedSource } from "./blocked-source.js";
import { columnsField } from "./columns.js";
import { csvBlock, tableOf } from "./csv-block.js";
import {
  type CsvColumn,
  type CsvType,
  type CsvValue,
  columnNames,
  csvColumns,
  fillField,
  MISSING,
  typesField,
} from "./csv-columns.js";
import { CsvRows, type CsvRules, type SplitRecord } from "./csv-rows.js";
import { type IndexedText, indexText, type TextBlock, textRecords } from "./indexed-text.js";
import { gatherable } from "./packed-columns.js";
import { called, type FilePaths, sourceFiles } from "./source-files.js";
import { decoded, ENCODINGS, notEncoded, type TextEncoding } from "./text-encoding.js";

/** Options of `data.csv`. */
export interface CsvOptions {
  /** The columns to keep. Default null: all. */
  readonly columns?: readonly string[] | null;
  /** Types of columns. Default {}: all are inferred. */
  readonly types?: Readonly<Record<string, CsvType>>;
  /** How many records types are inferred from. Default 10,000. */
  readonly inferFrom?: number;
  /** What stands between fields: one character of ASCII. Default ",". */
  readonly delimiter?: string;
  /** What fields are quoted with: one character of ASCII, or null for nothing. Default `"`. */
  readonly quote?: string | null;
  /**
   * Whether the first line has the names of the columns. Default true. false: they are "0", "1" and so on; a list: these.
   */
  readonly header?: boolean | readonly string[];
  /** Texts that stand for no value, in columns of numbers and truth values. Default "", "NA", "NaN", "null" and the like. */
  readonly missing?: readonly string[];
  /**
   * What missing values become, by column. Default {}: NaN in columns of type float and "" in those of type string; they are
   * errors elsewhere.
   */
  readonly fill?: Readonly<Record<string, CsvValue>>;
  /** How the text is stored. Default "utf-8". */
  readonly encoding?: TextEncoding;
}

const isSign = (value: unknown): value is string => typeof value === "string" && /^[\t\x20-\x7e]$/u.test(value);

const sign = (value: string): Field<string> => ({
  default: value,
  parse(received, where) {
    if (isSign(received)) return received;
    throw wrongOption(where, 'one character of ASCII, e.g. ";" or "\\t"', received);
  },
});

const FIELDS: Fields<CsvOptions> = {
  columns: columnsField,
  types: typesField,
  inferFrom: int({ min: 1 }, { default: 10_000 }),
  delimiter: sign(","),
  quote: {
    default: '"',
    parse(value, where) {
      if (value === null || isSign(value)) return value;
      throw wrongOption(where, "one character of ASCII, or null", value);
    },
  },
  header: {
    default: true,
    parse(value, where) {
      if (typeof value === "boolean") return value;
      if (Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string")) return value;
      throw wrongOption(where, "true, false or the names of all columns", value);
    },
  },
  missing: {
    default: MISSING,
    parse(value, where) {
      if (Array.isArray(value) && value.every((text) => typeof text === "string")) return value;
      throw wrongOption(where, "a list of strings", value);
    },
  },
  fill: fillField,
  encoding: oneOf(ENCODINGS, { default: "utf-8" }),
};

/** The records of CSV files: see `data.csv`. */
export async function openCsv(paths: FilePaths, options: CsvOptions | undefined, files: Vfs): Promise<RecordSource> {
  const resolved = resolveOptions("data.csv", FIELDS, options);
  const { delimiter, quote, header, encoding } = resolved;
  if (quote === delimiter) throw sameSigns(quote);
  const list = await sourceFiles(paths, "data.csv", files);
  const split = await splitter(delimiter, quote);
  const marks = { delimiter: delimiter.charCodeAt(0), quote: quote === null ? null : quote.charCodeAt(0) };
  const indexes: IndexedText[] = [];
  for (const file of list) {
    indexes.push(await indexText(file, { ...marks, encoding, header: header === true, skipBlank: true }, files));
  }
  const missing = new Set(resolved.missing);
  const { path } = list[0]!;
  const names = await namesOf(indexes, resolved, split);
  const common = { ...marks, encoding, missing, split };
  const seen = await firstCells(indexes, names, resolved.inferFrom, common);
  const columns = csvColumns(path, names, seen, resolved);
  const table = tableOf(columns);
  const parts = indexes.map((indexed) => {
    const rows = new CsvRows({ ...common, path: indexed.file.path, columns });
    return textRecords<DataRecord>(indexed, (block) => csvBlock(rows, table, block));
  });
  const fields = Object.fromEntries(table.map(({ name, said }) => [name, said]));
  return blockedSource(parts, fields, files, gatherable(table));
}

/** csv-parse, for one record. */
async function splitter(delimiter: string, quote: string | null): Promise<SplitRecord> {
  const { parse } = await import("csv-parse/sync");
  const options = {
    delimiter,
    quote: quote ?? false,
    escape: quote ?? false,
    relax_column_count: true,
    record_delimiter: ["\r\n", "\n"] as string[],
  } as const;
  return (text) => {
    const records = parse(text, options) as string[][];
    // A record of one empty field is no text at all.
    return records[0] ?? [""];
  };
}

/** The names of the columns, which are the same in all files. */
async function namesOf(
  indexes: readonly IndexedText[],
  { header, encoding, quote }: Resolved<CsvOptions>,
  split: SplitRecord,
): Promise<readonly string[]> {
  if (typeof header !== "boolean") return columnNames("header", header as readonly string[]);
  const lists: string[][] = [];
  for (const { file, header: first, length, block } of indexes) {
    const { path } = file;
    const line = first ?? (header || length === 0 ? null : await firstRecord(await block(0)));
    if (line === null) throw withoutLines(path);
    const text = decoded(line.bytes, encoding);
    if (text === null) throw notEncoded(`"${path}", line ${line.line}`, encoding, { path });
    const fields = fieldsOf(text, path, line.line, split, quote);
    lists.push(header ? columnNames(path, fields) : fields.map((_, i) => String(i)));
  }
  const names = lists[0]!;
  for (const [i, other] of lists.entries()) {
    if (other.join("\n") !== names.join("\n")) throw otherColumns(indexes[i]!.file.path, other, names);
  }
  return names;
}

const firstRecord = ({ bytes, records }: TextBlock) => {
  const { start, end, line } = records()[0]!;
  return { bytes: bytes.subarray(start, end), line };
};

function fieldsOf(
  text: string,
  path: string,
  line: number,
  split: SplitRecord,
  quote: string | null,
): readonly string[] {
  try {
    return split(text);
  } catch (cause) {
    throw new FormatError({
      code: "csv-record",
      what: `"${path}", line ${line}: this is no CSV`,
      received: JSON.stringify(text.slice(0, 80)),
      expected: `fields that are quoted whole with ${quote ?? "nothing"}, or not at all`,
      fix: `Mend the line: ${cause instanceof Error ? cause.message : String(cause)}`,
      data: { path, line },
      cause,
    });
  }
}

/** Cells of the first records, by column; what cannot be read is left for when it is asked for. */
async function firstCells(
  indexes: readonly IndexedText[],
  names: readonly string[],
  count: number,
  rules: Omit<CsvRules, "path" | "columns">,
): Promise<readonly (readonly string[])[]> {
  const columns: CsvColumn[] = names.map((name) => ({ name, type: "string", isKept: true, fill: "" }));
  const rows: (DataRecord | PawlError)[] = [];
  for (const { file, blocks, block, release } of indexes) {
    const reader = new CsvRows({ ...rules, path: file.path, columns });
    for (let i = 0; i < blocks.length && rows.length < count; i++) rows.push(...reader.read(await block(i)));
    release();
  }
  const sound = rows.slice(0, count).filter((row): row is DataRecord => !(row instanceof Error));
  return names.map((name) => sound.map((row) => row[name] as string));
}

function sameSigns(quote: string): OptionError {
  return new OptionError({
    code: "csv-signs",
    what: "data.csv: delimiter and quote are the same",
    received: JSON.stringify(quote),
    expected: "two different characters",
    fix: "Change one of them; quote: null for files without quotes",
  });
}

function withoutLines(path: string): FormatError {
  return new FormatError({
    code: "csv-header",
    what: `"${path}" has no line`,
    received: "an empty file",
    expected: "a first line with the names of the columns",
    fix: 'Write that line, or give header: ["a", "b", …] for files without one',
    data: { path },
  });
}

function otherColumns(path: string, received: readonly string[], expected: readonly string[]): FormatError {
  return new FormatError({
    code: "csv-columns",
    what: `"${path}" has other columns than the first file`,
    received: received.join(", "),
    expected: expected.join(", "),
    fix: "Read files with other columns apart",
    data: { path },
  });
}

/**
 * Records of CSV files, `{ column: value }`: numbers, truth values and strings. The files are looked through once, when they
 * are opened; then any block of some 64 KB is read alone, so they can be larger than memory. Types of columns are inferred
 * from the first records (`fields` shows them): "int" for whole numbers up to 2^53, "float" for others and where a value is
 * missing, "bool" for true and false, "string" for the rest. A later cell of another type is an error that names file, line
 * and column. Empty lines are no records.
 * @param paths a file, several of the same columns, or a pattern such as "data/train-*.csv"
 * @throws {OptionError} for options that are none
 * @throws {FormatError} for missing files and columns; when records are read, for those that are damaged
 * @example const passengers = await data.csv("titanic.csv", { columns: ["Age", "Fare", "Survived"] });
 */
export async function csv(paths: FilePaths, options?: CsvOptions): Promise<Records> {
  return Records.from(await openCsv(paths, options, nodeVfs()), called("csv", paths));
}
