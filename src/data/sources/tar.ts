import { FormatError } from "../../core/errors.js";
import { bool, type Field, type Fields, oneOf, resolveOptions, wrongOption } from "../../core/options.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import type { ReadBytes } from "../../formats/index.js";
import { holding } from "../records/holding.js";
import { Records } from "../records/records.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { checkRange } from "./blocked-source.js";
import type { ColorMode } from "./image-decode.js";
import { pieceReader } from "./piece-reader.js";
import { called, type FilePaths, fileParts, readBytes, type SourceFile, sourceFiles } from "./source-files.js";
import { type TarEntry, tarEntries } from "./tar-entries.js";
import { Pictures, tarKind, tarValue } from "./tar-fields.js";

/** Options of `data.tar`. */
export interface TarOptions {
  /**
   * Which files become which fields, by the ending of their names: `{ image: ["jpg", "png"], label: "cls" }` takes the first
   * that a record has. Default null: all, each by its own ending, and `__key__`.
   */
  readonly fields?: { readonly [field: string]: string | readonly string[] } | null;
  /** Whether contents are decoded by the ending of a name; false: all are bytes. Default true. */
  readonly decode?: boolean;
  /** Channels of pictures. Default "rgb": 3; "grayscale": 1; "rgba": 4. */
  readonly colorMode?: ColorMode;
}

const fieldsField: Field<{ readonly [field: string]: string | readonly string[] } | null> = {
  default: null,
  parse(value, where) {
    if (value === null) return null;
    const isEnding = (ending: unknown): boolean => typeof ending === "string" && ending !== "";
    const endings = isPlainObject(value) ? Object.values(value) : [];
    const isRight = endings.every(
      (one) => isEnding(one) || (Array.isArray(one) && one.length > 0 && one.every(isEnding)),
    );
    if (endings.length > 0 && isRight) return value as Record<string, string>;
    throw wrongOption(where, 'endings of names by field, e.g. { image: ["jpg", "png"], label: "cls" }, or null', value);
  },
};

const OPTIONS: Fields<TarOptions> = {
  fields: fieldsField,
  decode: bool(true),
  colorMode: oneOf(["grayscale", "rgb", "rgba"], { default: "rgb" }),
};

/** Records that are read and decoded at the same time. */
const AT_ONCE = 8;

/** Which records of an archive begin and end where. */
interface TarIndex {
  readonly file: SourceFile;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The records of tar archives: see `data.tar`. */
export async function openTar(paths: FilePaths, options: TarOptions | undefined, files: Vfs): Promise<RecordSource> {
  const { fields, decode, colorMode } = resolveOptions("data.tar", OPTIONS, options);
  const list = await sourceFiles(paths, "data.tar", files);
  const indexes: TarIndex[] = [];
  const firsts: number[] = [];
  let length = 0;
  for (const file of list) {
    const index = await indexTar(file, files);
    indexes.push(index);
    firsts.push(length);
    length += index.starts.length;
  }
  const pictures = new Pictures(colorMode);
  const wanted = fields && Object.entries(fields).map(([field, endings]) => [field, [endings].flat()] as const);
  const membersOf = async (record: number): Promise<readonly [SourceFile, Map<string, Uint8Array>, string]> => {
    const index = indexes[holding(firsts, record)]!;
    return readMembers(index, record - firsts[holding(firsts, record)]!, files);
  };
  const recordAt = async (record: number): Promise<DataRecord> => {
    const [{ path }, members, key] = await membersOf(record);
    const out: Record<string, unknown> = wanted === null ? { __key__: key } : {};
    for (const [field, endings] of wanted ?? [...members.keys()].map((ending) => [ending, [ending]] as const)) {
      const ending = endings.find((one) => members.has(one));
      if (ending === undefined) throw missing(path, key, field, endings, [...members.keys()], record);
      const bytes = members.get(ending)!;
      const place = { path, member: `${key}.${ending}` };
      out[field] = decode ? await tarValue(ending, bytes, place, pictures) : bytes.slice();
    }
    return out;
  };
  return {
    length,
    blocks: null,
    owned: true,
    fields: await kindsOf(wanted, decode, length === 0 ? [] : [...(await membersOf(0))[1].keys()]),
    async read(from, to) {
      checkRange(from, to, length);
      const out: DataRecord[] = [];
      for (let start = from; start < to; start += AT_ONCE) {
        const count = Math.min(AT_ONCE, to - start);
        out.push(...(await Promise.all(Array.from({ length: count }, (_, i) => recordAt(start + i)))));
      }
      return out;
    },
    parts: () => fileParts(list, files),
  };
}

async function kindsOf(
  wanted: readonly (readonly [string, readonly string[]])[] | null,
  decode: boolean,
  endings: readonly string[],
): Promise<Record<string, string>> {
  const kind = (ending: string): string => (decode ? tarKind(ending) : "Uint8Array");
  if (wanted !== null) return Object.fromEntries(wanted.map(([field, [ending]]) => [field, kind(ending!)]));
  return { __key__: "string", ...Object.fromEntries(endings.map((ending) => [ending, kind(ending)])) };
}

/** Looks through the headers of an archive once. Files that follow one another and have one key are a record. */
async function indexTar(file: SourceFile, files: Vfs): Promise<TarIndex> {
  const { path, size } = file;
  const read: ReadBytes = (start, end) => readBytes(files, file, start, end);
  const starts: number[] = [];
  const ends: number[] = [];
  let last: string | null = null;
  if (size === 0) return { file, starts, ends };
  for await (const entry of tarEntries(pieceReader(read, size), 0, size, path)) {
    const parts = partsOf(entry);
    if (parts === null) continue;
    if (parts.key !== last) {
      starts.push(entry.begin);
      ends.push(entry.end);
      last = parts.key;
    }
    ends[ends.length - 1] = Math.min(size, entry.end);
  }
  return { file, starts, ends };
}

/** "a/b.seg.png" is field "seg.png" of record "a/b". Null for names without an ending, hidden files and notes on the data. */
function partsOf({ name }: TarEntry): { readonly key: string; readonly ending: string } | null {
  const base = name.lastIndexOf("/") + 1;
  const dot = name.indexOf(".", base);
  if (dot <= base || /^__.*__$/u.test(name.slice(base))) return null;
  return { key: name.slice(0, dot), ending: name.slice(dot + 1).toLowerCase() };
}

/** The contents of a record's files, by the ending of their names. */
async function readMembers(
  { file, starts, ends }: TarIndex,
  record: number,
  files: Vfs,
): Promise<readonly [SourceFile, Map<string, Uint8Array>, string]> {
  const start = starts[record]!;
  const bytes = await readBytes(files, file, start, ends[record]!);
  const out = new Map<string, Uint8Array>();
  let key = "";
  const bytesAt = async (at: number, length: number): Promise<Uint8Array> => bytes.subarray(at, at + length);
  for await (const entry of tarEntries(bytesAt, 0, bytes.length, file.path)) {
    const parts = partsOf(entry);
    if (parts === null) continue;
    if (out.has(parts.ending)) throw twice(file.path, entry.name);
    key = parts.key;
    out.set(parts.ending, bytes.subarray(entry.start, entry.start + entry.size));
  }
  return [file, out, key];
}

function twice(path: string, member: string): FormatError {
  return new FormatError({
    code: "tar-twice",
    what: `"${path}" has "${member}" twice in one record`,
    received: "two files of one name",
    expected: "one file for each ending in a record",
    fix: "Name the files of each record apart, e.g. 0001.left.png and 0001.right.png",
    data: { path, member },
  });
}

function missing(
  path: string,
  key: string,
  field: string,
  endings: readonly string[],
  received: readonly string[],
  record: number,
): FormatError {
  return new FormatError({
    code: "missing-field",
    what: `Record "${key}" of "${path}" has no file for field "${field}"`,
    received: received.map((ending) => `"${key}.${ending}"`).join(", "),
    expected: endings.map((ending) => `"${key}.${ending}"`).join(" or "),
    fix: "Name endings that all records have, or leave fields out and give a value in map",
    data: { path, record, field },
  });
}

/**
 * Records of tar archives in the layout of WebDataset: files that follow one another and whose names are the same up to the
 * first dot are a record, each a field by the rest of its name: "0001.jpg" and "0001.cls" give `{ __key__: "0001", jpg, cls }`.
 * Pictures (jpg, jpeg, png, webp, gif, bmp) become Tensors of uint8 (height, width, channels) and need `npm install sharp`; cls,
 * cls2, class, count, index, inx and id numbers; txt, text and transcript strings; json and jsn what they hold; npy a Tensor,
 * npz Tensors by name; all others stay bytes. Headers are looked through once, when a file is opened; then any record is read
 * alone. Folders, links and files without an ending are left out.
 * @param paths an archive, several, or a pattern such as "train-*.tar"; compressed ones are unpacked first
 * @throws {OptionError} for options that are none
 * @throws {FormatError} for missing and damaged archives; when records are read, for files that are damaged or missing
 * @example const flowers = await data.tar("flowers-*.tar", { fields: { x: ["jpg", "png"], y: "cls" } });
 */
export async function tar(paths: FilePaths, options?: TarOptions): Promise<Records> {
  return Records.from(await openTar(paths, options, nodeVfs()), called("tar", paths));
}
