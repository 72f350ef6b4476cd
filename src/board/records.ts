import type { Vfs } from "../core/vfs.js";
import { RecordReader } from "../store/record/index.js";

/** Bytes of records that stay read, as their files' sizes: columns take about half of that. */
const ROOM = 96 * 2 ** 20;

interface Open {
  readonly reader: RecordReader;
  /** Reading that is under way: one at a time, since it changes the columns. */
  busy: Promise<unknown>;
}

/** Records that are read whole, those that were asked for last; others are read again when asked for. */
export class Records {
  readonly #vfs: Vfs;
  readonly #open = new Map<string, Open>();

  constructor(vfs: Vfs) {
    this.#vfs = vfs;
  }

  /**
   * The record of a run as it is now. What `use` gets holds until it returns.
   * @throws {StateError} when it cannot be read
   */
  async with<T>(path: string, use: (record: RecordReader) => T): Promise<T> {
    const open = this.#open.get(path) ?? { reader: new RecordReader(this.#vfs, path), busy: Promise.resolve() };
    // The last asked for is the last to go.
    this.#open.delete(path);
    this.#open.set(path, open);
    const done = open.busy.then(async () => {
      await open.reader.update();
      return use(open.reader);
    });
    open.busy = done.catch(() => undefined);
    const result = await done;
    this.#makeRoom(path);
    return result;
  }

  forget(path: string): void {
    this.#open.delete(path);
  }

  #makeRoom(last: string): void {
    let bytes = [...this.#open.values()].reduce((sum, { reader }) => sum + (reader.size ?? 0), 0);
    for (const [path, { reader }] of this.#open) {
      if (bytes <= ROOM || path === last) return;
      bytes -= reader.size ?? 0;
      this.#open.delete(path);
    }
  }
}
