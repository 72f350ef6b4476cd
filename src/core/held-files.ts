/** An open file. */
export interface OpenFile {
  /** Bytes `start … start + length - 1`; fewer at the end of the file. */
  read(start: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Held {
  readonly file: Promise<OpenFile>;
  /** Reads that are under way. */
  readers: number;
  rest: ReturnType<typeof setTimeout> | null;
}

/** Files that stay open at most, and how long one does that nobody reads, in milliseconds. */
const MOST = 32;
const REST = 1000;

/** Files that are read again and again, each opened once: to open one takes longer than to read a record of it. */
export class HeldFiles {
  readonly #held = new Map<string, Held>();
  readonly #open: (path: string) => Promise<OpenFile>;

  constructor(open: (path: string) => Promise<OpenFile>) {
    this.#open = open;
  }

  async read(path: string, start: number, length: number): Promise<Uint8Array> {
    const held = this.#held.get(path) ?? { file: this.#open(path), readers: 0, rest: null };
    // The last used stands at the end.
    this.#held.delete(path);
    this.#held.set(path, held);
    held.readers++;
    if (held.rest !== null) clearTimeout(held.rest);
    held.rest = null;
    this.#makeRoom();
    try {
      return await (await held.file).read(start, length);
    } catch (error) {
      // What failed once may be there the next time.
      if (this.#held.get(path) === held) this.#held.delete(path);
      throw error;
    } finally {
      held.readers--;
      if (held.readers === 0) this.#leave(path, held);
    }
  }

  /** Closes a file that nobody reads: at once where it is held no more, else after a rest. */
  #leave(path: string, held: Held): void {
    if (this.#held.get(path) !== held) {
      close(held);
      return;
    }
    held.rest = setTimeout(() => {
      this.#held.delete(path);
      close(held);
    }, REST);
    // No process waits for it.
    (held.rest as { unref?(): void }).unref?.();
  }

  #makeRoom(): void {
    for (const [path, held] of this.#held) {
      if (this.#held.size <= MOST) return;
      if (held.readers > 0) continue;
      this.#held.delete(path);
      if (held.rest !== null) clearTimeout(held.rest);
      close(held);
    }
  }
}

function close({ file }: Held): void {
  file.then((open) => open.close()).catch(() => undefined);
}
