import type { Vfs } from "../core/vfs.js";
import { RunIndex } from "../store/record/index.js";
import { seriesOf } from "./axis.js";
import { curvesOf } from "./curves.js";
import { runPage } from "./run-page.js";
import { RunTable } from "./run-table.js";
import type { Curves, CurvesRequest, RunPage, TableChange } from "./wire.js";

/** Between two looks at the folder, while somebody watches. */
const PAUSE_MS = 700;
/** A look may take this part of the time, however many runs there are. */
const SHARE = 0.15;

type Listener = (revision: number) => void;

/** The runs of one folder, as the page asks for them. */
export class Board {
  readonly vfs: Vfs;
  readonly table: RunTable;
  readonly index: RunIndex;
  readonly #listeners = new Set<Listener>();
  #first: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param vfs must not lead out of the folder */
  constructor(vfs: Vfs, folder: string) {
    this.vfs = vfs;
    this.index = new RunIndex(vfs, folder);
    this.table = new RunTable(this.index);
  }

  /** Calls whenever the table has changed. @returns a function that ends it */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#timer === null) this.#plan(0);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  close(): void {
    this.#listeners.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #plan(pause: number): void {
    this.#timer = setTimeout(() => void this.#look(), pause);
  }

  async #look(): Promise<void> {
    try {
      await this.refresh();
    } catch {
      // The folder cannot be listed now; it may be there again next time, and requests say what is wrong.
    }
    this.#timer = null;
    if (this.#listeners.size > 0) this.#plan(Math.max(PAUSE_MS, this.table.cost * (1 / SHARE - 1)));
  }

  /** Resolves when the folder has been looked at once: what has changed since comes to those who listen. */
  first(): Promise<void> {
    this.#first ??= this.refresh();
    return this.#first;
  }

  /** Looks at the folder now, and tells all who listen. */
  async refresh(): Promise<void> {
    const before = this.table.revision;
    this.#first ??= Promise.resolve();
    await this.table.look();
    if (this.table.revision === before) return;
    for (const listener of this.#listeners) listener(this.table.revision);
  }

  changesSince(revision: number): TableChange | null {
    return this.table.since(revision);
  }

  /** Curves of the runs that are there. */
  async curves({ runs, keys, x, from, to, points }: CurvesRequest): Promise<Curves[]> {
    const known = runs.flatMap((id) => {
      const path = this.table.pathOf(id);
      return path === undefined ? [] : [{ id, path }];
    });
    const out: Curves[] = [];
    for (const key of keys) {
      const series = [];
      for (const { id, path } of known) {
        // A record that cannot be read has no curves; the table says so.
        const found = await seriesOf(this.index, path, key, x).catch(() => undefined);
        series.push({ id, series: found && { ...found, notFinite: found.notFinite || this.table.isLost(id, key) } });
      }
      out.push(curvesOf(key, series, { from, to, points }));
    }
    return out;
  }

  /** Undefined when there is no such run. */
  async page(id: string): Promise<RunPage | undefined> {
    const path = this.table.pathOf(id);
    const row = this.table.rowOf(id);
    if (path === undefined || row === undefined) return undefined;
    return runPage(this.index, this.vfs, path, row);
  }
}
