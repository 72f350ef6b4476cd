import { farmFingerprint } from "../../core/farm-hash.js";
import { joinPath } from "../../core/paths.js";
import type { Json } from "../../core/stateful.js";
import type { Vfs } from "../../core/vfs.js";
import { makeFolderDurably } from "../commit.js";
import { ColumnsFile, writeColumns } from "./columns-file.js";
import { RECORD_FILE } from "./events.js";
import type { Stamp } from "./index-file.js";
import { fillMissing } from "./missing.js";
import { type RecordDump, RecordReader } from "./record-reader.js";

/** The folder with what long records hold, as columns, beside the index. */
export const COLUMNS_FOLDER = ".pawl-index";
/** Raised whenever what is in a file of columns changes. */
const VERSION = 1;
/** A shorter record is read as fast as its columns would be. */
export const LONG_RECORD: number = 2 ** 18;
/** Columns are written anew when the record has grown by this part of it since. */
const GROWN = 1 / 4;
/** Bytes of records that are held for those who ask again. */
const HELD = 2 ** 26;
/** Roughly what one number of a held record takes, of those that its lines have. */
const BYTES_A_BYTE = 1 / 2;

export type TableName = "epochs" | "batches";

/** What a curve is drawn over: training steps done, milliseconds since 1970, or the number of the epoch. */
export type Axis = "step" | "time" | "epoch";

/** Some curves of one table of a record; all have its length. */
export interface Curves {
  readonly length: number;
  readonly x: Float64Array;
  /** The keys that were asked for and are there. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

interface About {
  readonly version: number;
  readonly run: string;
  readonly log: Stamp;
}

/**
 * Records of the runs in a folder, for those who ask for the same ones again: some are held, and what long ones hold is
 * kept as files of columns, from which a single curve is read without its record. Those files are only a cache, as the
 * index is.
 */
export class RecordStore {
  readonly #vfs: Vfs;
  readonly #folder: string;
  /** By path, the one that was asked for last at the end. */
  readonly #held = new Map<string, RecordReader>();
  readonly #asked = new Map<string, Promise<RecordReader>>();

  constructor(vfs: Vfs, folder: string) {
    this.#vfs = vfs;
    this.#folder = folder;
  }

  /**
   * The record of a run, as it is now. It is shared: others may update it.
   * @throws {StateError} when it cannot be read
   */
  record(path: string): Promise<RecordReader> {
    // Two who ask at once must not update one reader at once.
    const asked = this.#asked.get(path) ?? this.#record(path).finally(() => this.#asked.delete(path));
    this.#asked.set(path, asked);
    return asked;
  }

  /**
   * Some curves of a record, of which those of long records are read alone.
   * @param axis default `step`
   * @throws {StateError} when it cannot be read
   */
  async curves(path: string, table: TableName, keys: readonly string[], axis: Axis = "step"): Promise<Curves> {
    if (!this.#held.has(path)) {
      const kept = await this.#keptCurves(path, table, keys, axis);
      if (kept !== null) return kept;
    }
    const points = (await this.record(path))[table];
    const columns = keys.flatMap((key): [string, Float64Array][] => {
      const values = points.column(key);
      return values === undefined ? [] : [[key, values]];
    });
    return { length: points.length, x: points[axis], columns: new Map(columns) };
  }

  async #record(path: string): Promise<RecordReader> {
    const reader = this.#held.get(path) ?? (await this.#restored(path));
    const stamp = await this.#stamp(path);
    await reader.update();
    this.#hold(path, reader);
    if (stamp !== null && stamp.size >= LONG_RECORD) await this.#keep(path, reader, stamp);
    return reader;
  }

  #hold(path: string, reader: RecordReader): void {
    this.#held.delete(path);
    this.#held.set(path, reader);
    let bytes = [...this.#held.values()].reduce((sum, { size }) => sum + BYTES_A_BYTE * (size ?? 0), 0);
    for (const [oldest, { size }] of this.#held) {
      if (bytes <= HELD || oldest === path) break;
      this.#held.delete(oldest);
      bytes -= BYTES_A_BYTE * (size ?? 0);
    }
  }

  async #stamp(path: string): Promise<Stamp | null> {
    const stat = await this.#vfs.stat(joinPath(path, RECORD_FILE)).catch(() => undefined);
    return stat?.kind === "file" ? { size: stat.size, modified: stat.modified } : null;
  }

  #fileOf(path: string): string {
    return joinPath(joinPath(this.#folder, COLUMNS_FOLDER), `${farmFingerprint(this.#nameOf(path)).toString(16)}.bin`);
  }

  /** The path below the folder, so that it can be moved. */
  #nameOf(path: string): string {
    return path === this.#folder ? "." : path.slice(joinPath(this.#folder, "x").length - 1);
  }

  async #open(path: string): Promise<{ file: ColumnsFile; log: Stamp } | null> {
    const file = await ColumnsFile.open(this.#vfs, this.#fileOf(path));
    const about = file?.about as unknown as About | null | undefined;
    const isOurs = about?.version === VERSION && about.run === this.#nameOf(path);
    return file && isOurs ? { file, log: about.log } : null;
  }

  /** Null where the record has changed since, or its columns were never kept. */
  async #keptCurves(path: string, table: TableName, keys: readonly string[], axis: Axis): Promise<Curves | null> {
    const [stamp, kept] = await Promise.all([this.#stamp(path), this.#open(path)]);
    if (stamp === null || kept === null || kept.log.size !== stamp.size || kept.log.modified !== stamp.modified) {
      return null;
    }
    const found = await kept.file.columns([`.${axis}`, ...keys.map(keyed)].map((name) => table + name));
    const x = found?.get(`${table}.${axis}`);
    if (!found || !x) return null;
    const columns = keys.flatMap((key): [string, Float64Array][] => {
      const values = found.get(table + keyed(key));
      return values === undefined ? [] : [[key, padded(values, x.length)]];
    });
    return { length: x.length, x, columns: new Map(columns) };
  }

  /** A reader that goes on from what was kept, or a new one. */
  async #restored(path: string): Promise<RecordReader> {
    const reader = new RecordReader(this.#vfs, path);
    const kept = await this.#open(path);
    if (kept === null) return reader;
    const [data, columns] = await Promise.all([kept.file.data(), kept.file.columns(kept.file.names)]);
    if (data === null || columns === null) return reader;
    try {
      const dump = data as unknown as Omit<RecordDump, "tables"> & { tables: Record<TableName, Json> };
      const tableOf = (table: TableName) => ({
        ...(dump.tables[table] as unknown as { room: number; dropped: number }),
        columns: [...columns].flatMap(([name, values]): [string, Float64Array][] =>
          name.startsWith(table) ? [[name.slice(table.length + 1), values]] : [],
        ),
      });
      reader.restore({ ...dump, tables: { epochs: tableOf("epochs"), batches: tableOf("batches") } });
      return reader;
    } catch {
      // Made by somebody else: the record itself has all.
      return new RecordReader(this.#vfs, path);
    }
  }

  async #keep(path: string, reader: RecordReader, log: Stamp): Promise<void> {
    const before = await this.#open(path);
    if (before !== null && before.log.modified === log.modified && before.log.size === log.size) return;
    // One that grows is written anew now and then; one that has ended, for good.
    const isLive = reader.stops.length === 0 || reader.stops.at(-1)!.step < reader.step;
    if (before !== null && isLive && log.size > before.log.size && log.size < before.log.size * (1 + GROWN)) return;
    const { tables, ...rest } = reader.dump();
    const columns = (["epochs", "batches"] as const).flatMap((table) =>
      tables[table].columns.map(([name, values], i) => [table + (BASE[i] ?? keyed(name)), values] as const),
    );
    const plain = (table: TableName): Json => ({ room: tables[table].room, dropped: tables[table].dropped });
    const data = { ...rest, tables: { epochs: plain("epochs"), batches: plain("batches") } };
    try {
      await makeFolderDurably(this.#vfs, joinPath(this.#folder, COLUMNS_FOLDER));
      const about: About = { version: VERSION, run: this.#nameOf(path), log };
      await writeColumns(this.#vfs, this.#fileOf(path), about as unknown as Json, data as unknown as Json, columns);
    } catch {
      // A folder that cannot be written works without.
    }
  }
}

/** Names of columns after that of the table: those of each point, in their order, and those of keys. */
const BASE = [".step", ".time", ".epoch", ".batch"] as const;
const keyed = (key: string): string => `/${key}`;

/** With none after the last value. */
function padded(values: Float64Array, length: number): Float64Array {
  if (values.length >= length) return values.subarray(0, length);
  const out = new Float64Array(length);
  out.set(values);
  fillMissing(out, values.length, length);
  return out;
}
