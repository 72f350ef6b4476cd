import { FormatError, type PawlError } from "../../core/errors.js";
import { type Fields, oneOf, resolveOptions } from "../../core/options.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { blockedSource } from "./blocked-source.js";
import { columnsField, selection } from "./columns.js";
import { indexText, type TextRecord, textRecords } from "./indexed-text.js";
import { called, type FilePaths, type SourceFile, sourceFiles } from "./source-files.js";
import { decoded, ENCODINGS, notEncoded, type TextEncoding } from "./text-encoding.js";

/** Options of `data.jsonLines`. */
export interface JsonLinesOptions {
  /** The fields to keep. A record without one of them is an error. Default null: all that a record has. */
  readonly columns?: readonly string[] | null;
  /** How the text is stored. Default "utf-8". */
  readonly encoding?: TextEncoding;
}

const FIELDS: Fields<JsonLinesOptions> = {
  columns: columnsField,
  encoding: oneOf(ENCODINGS, { default: "utf-8" }),
};

/** The objects of JSON lines: see `data.jsonLines`. */
export async function openJsonLines(
  paths: FilePaths,
  options: JsonLinesOptions | undefined,
  files: Vfs,
): Promise<RecordSource> {
  const { columns, encoding } = resolveOptions("data.jsonLines", FIELDS, options);
  const list = await sourceFiles(paths, "data.jsonLines", files);
  const rules = { quote: null, delimiter: 0, skipBlank: true, encoding, header: false };
  const parts = [];
  for (const file of list) {
    const indexed = await indexText(file, rules, files);
    const read = (bytes: Uint8Array, record: TextRecord): DataRecord | PawlError =>
      recordOf(bytes, record, file, columns, encoding);
    parts.push(textRecords(indexed, ({ bytes, records }) => records().map((record) => read(bytes, record))));
  }
  const source = blockedSource<DataRecord>(parts, {}, files);
  // A damaged first record is told when it is read.
  const first = source.length === 0 ? [] : await source.read(0, 1).catch(() => []);
  return { ...source, fields: kindsOf(first[0] ?? {}) };
}

function recordOf(
  bytes: Uint8Array,
  { start, end, line }: TextRecord,
  { path }: SourceFile,
  columns: readonly string[] | null,
  encoding: TextEncoding,
): DataRecord | PawlError {
  const where = `"${path}", line ${line}`;
  const text = decoded(bytes.subarray(start, end), encoding);
  if (text === null) return notEncoded(where, encoding, { path, line });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return new FormatError({
      code: "json-line",
      what: `${where}: this is no JSON`,
      received: valueText(text),
      expected: "one whole JSON object in each line",
      fix: `Mend the line: ${cause instanceof Error ? cause.message : String(cause)}`,
      data: { path, line },
      cause,
    });
  }
  if (!isPlainObject(value)) {
    return new FormatError({
      code: "json-line",
      what: `${where}: this is no record`,
      received: valueText(value),
      expected: 'an object with fields, e.g. {"text": "good", "label": 1}',
      fix: "Write each record as an object",
      data: { path, line },
    });
  }
  if (columns === null) return value;
  const missing = columns.find((name) => !Object.hasOwn(value, name));
  if (missing === undefined) return selection(value, columns);
  return new FormatError({
    code: "missing-field",
    what: `${where}: the record has no field "${missing}"`,
    received: Object.keys(value).join(", "),
    expected: columns.join(", "),
    fix: "Add it to the line, or leave columns out and give a value in map",
    data: { path, line, field: missing },
  });
}

function kindsOf(record: DataRecord): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      value === null ? "null" : Array.isArray(value) ? "list" : typeof value,
    ]),
  );
}

/**
 * Records of files with one JSON object in each line, read block by block, so that files can be larger than memory. Empty
 * lines are no records.
 * @param paths a file, several, or a pattern such as "data/train-*.jsonl"
 * @throws {OptionError} for options that are none
 * @throws {FormatError} for missing files; when records are read, for lines that are no JSON or no object
 * @example const reviews = await data.jsonLines("reviews.jsonl", { columns: ["text", "stars"] });
 */
export async function jsonLines(paths: FilePaths, options?: JsonLinesOptions): Promise<Records> {
  return Records.from(await openJsonLines(paths, options, nodeVfs()), called("jsonLines", paths));
}
