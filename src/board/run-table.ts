import type { RunIndex, RunSummary } from "../store/record/run-index.js";
import { idOf, KeyList, PathIds, rowOf } from "./rows.js";
import type { Row, Table, TableChange } from "./wire.js";

const MOST_KEYS = 300;
/** Between two times that the index is kept on disk. */
const SAVE_MS = 60_000;
/** Runs that are gone are remembered, for pages that were away for a while. */
const MOST_GONE = 20_000;

interface Known {
  readonly path: string;
  /** What the row was made of: the same object as long as nothing has changed. */
  readonly from: RunSummary;
  /** The row as JSON: half of the memory, and most of them are only ever sent. */
  readonly text: string;
  /** The revision in which it became so. */
  readonly revision: number;
}

interface Found {
  readonly id: string;
  readonly path: string;
  readonly run: RunSummary;
}

/** The table of runs, and what changes in it. */
export class RunTable {
  readonly folder: string;
  readonly #index: RunIndex;
  /** Keys are never taken out, so that what pages hold keeps its meaning. */
  readonly #metrics = new KeyList(MOST_KEYS);
  readonly #settings = new KeyList(MOST_KEYS);
  readonly #session = globalThis.crypto.randomUUID().slice(0, 8);
  #runs = new Map<string, Known>();
  #gone: { readonly id: string; readonly revision: number }[] = [];
  #revision = 0;
  #ids: PathIds | null = null;
  #nextSave = 0;
  #looking: Promise<void> | null = null;
  /** Milliseconds that the last look took. */
  cost = 0;

  constructor(index: RunIndex) {
    this.#index = index;
    this.folder = index.folder;
  }

  get revision(): number {
    return this.#revision;
  }

  get session(): string {
    return this.#session;
  }

  /** The folder of a run; undefined when there is no such run. Nothing else leads from an id to a path. */
  pathOf(id: string): string | undefined {
    return this.#runs.get(id)?.path;
  }

  rowOf(id: string): Row | undefined {
    const known = this.#runs.get(id);
    return known && (JSON.parse(known.text) as Row);
  }

  /** Whether the last value of a key is not finite. */
  isLost(id: string, key: string): boolean {
    return this.rowOf(id)?.last[this.#metrics.names.indexOf(key)] === "NaN";
  }

  /** Looks at the folder again; calls while one is under way share it. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const start = performance.now();
    // The index of ten thousand runs is long, and a training changes it all the time.
    const save = start >= this.#nextSave;
    if (save) this.#nextSave = start + SAVE_MS;
    this.#take(
      (await this.#index.look({ save })).map((run) => ({ id: idOf(this.folder, run.path), path: run.path, run })),
    );
    this.cost = performance.now() - start;
  }

  #take(found: readonly Found[]): void {
    const next = this.#revision + 1;
    const moved = found.length !== this.#runs.size || found.some(({ id }) => !this.#runs.has(id));
    // Which runs are there decides where parents are found.
    const ids = moved || this.#ids === null ? new PathIds(found) : this.#ids;
    this.#ids = ids;
    const runs = new Map<string, Known>();
    let changed = false;
    for (const { id, path, run } of found) {
      const before = this.#runs.get(id);
      if (!moved && before !== undefined && before.from === run) {
        runs.set(id, before);
        continue;
      }
      const text = JSON.stringify(rowOf(id, run, this.#metrics, this.#settings, ids));
      const same = before?.text === text;
      if (!same) changed = true;
      runs.set(id, { path, from: run, text, revision: same ? before.revision : next });
    }
    for (const id of this.#runs.keys()) {
      if (runs.has(id)) continue;
      changed = true;
      this.#gone.push({ id, revision: next });
    }
    if (this.#gone.length > MOST_GONE) this.#gone = this.#gone.slice(-MOST_GONE / 2);
    this.#runs = runs;
    if (changed) this.#revision = next;
  }

  #head(): Omit<Table, "rows"> {
    return {
      session: this.#session,
      revision: this.#revision,
      folder: this.folder,
      metrics: this.#metrics.names,
      settings: this.#settings.names,
    };
  }

  /** All of it, as JSON: rows are kept as texts. */
  json(): string {
    const rows = [...this.#runs.values()].map(({ text }) => text);
    return `${JSON.stringify(this.#head()).slice(0, -1)},"rows":[${rows.join(",")}]}`;
  }

  /** Only these runs. */
  part(ids: readonly string[]): Table {
    return { ...this.#head(), rows: ids.flatMap((id) => this.rowOf(id) ?? []) };
  }

  /** What has changed since a revision; null when nothing has. */
  since(revision: number): TableChange | null {
    if (revision >= this.#revision) return null;
    const rows = [...this.#runs.values()]
      .filter((run) => run.revision > revision)
      .map(({ text }) => JSON.parse(text) as Row);
    const gone = this.#gone.filter((one) => one.revision > revision && !this.#runs.has(one.id)).map(({ id }) => id);
    return { ...this.#head(), rows, gone };
  }
}
