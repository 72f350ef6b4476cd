import { joinPath } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import { fileFailure } from "../file-failure.js";
import { RECORD_FILE } from "./events.js";

/** How much is read at once. */
const PIECE = 2 ** 20;
/** A line with more bytes is passed over: no event of a training comes near. */
export const LONGEST_LINE: number = 2 ** 22;
/** How many bytes before the place reached are compared, to notice that another file took this one's place. */
const TAIL = 128;

/** A place in a log that has been reached, and what stood just before it. */
export interface Reached {
  readonly offset: number;
  readonly tail: Uint8Array;
}

/** What takes the lines. */
export interface LineSink {
  /** The file is another one than before, or shorter: all that was read counts no more. */
  reset(): void;
  line(text: string): void;
  /** A line of more than {@link LONGEST_LINE}. */
  tooLong(): void;
}

/**
 * The lines of a log that others are adding to: each {@link update} reads what was added since. What ends without a
 * newline waits for it, unless it is a whole object already: the start of an object never is one.
 */
export class LineReader {
  readonly path: string;
  readonly #vfs: Vfs;
  #offset = 0;
  #tail: Uint8Array = new Uint8Array(0);
  /** Begun and not ended yet, as far as it was read; its bytes lie before the offset. */
  #rest: Uint8Array = new Uint8Array(0);
  /** Whether the line that is being read is too long, and passed over up to its end. */
  #skipping = false;
  #place: string | undefined;

  constructor(vfs: Vfs, folder: string) {
    this.#vfs = vfs;
    this.path = joinPath(folder, RECORD_FILE);
  }

  /** Whether the last line is cut, or being written right now. */
  get cut(): boolean {
    return this.#rest.length > 0 || this.#skipping;
  }

  /** Where the last whole line ends. */
  get reached(): Reached {
    return { offset: this.#offset - this.#rest.length, tail: this.#tail };
  }

  /** Goes on from there at the next {@link update}; what stood before it is compared then. */
  goOnFrom({ offset, tail }: Reached): void {
    this.#offset = offset;
    this.#tail = tail;
    this.#rest = new Uint8Array(0);
    this.#skipping = false;
    this.#place = undefined;
  }

  /**
   * Hands over what was added.
   * @returns the size of the file; null when there is none
   * @throws {StateError} when it cannot be read
   */
  async update(sink: LineSink): Promise<number | null> {
    try {
      const stat = await this.#vfs.stat(this.path);
      const size = stat?.kind === "file" ? stat.size : 0;
      const moved = stat?.place !== undefined && this.#place !== undefined && stat.place !== this.#place;
      if (this.#offset > 0 && (size < this.#offset || moved || !(await this.#isSame()))) {
        this.goOnFrom({ offset: 0, tail: new Uint8Array(0) });
        sink.reset();
      }
      this.#place = stat?.place;
      if (stat === undefined) return null;
      while (this.#offset < size) {
        const bytes = await this.#vfs.readRange(this.path, this.#offset, Math.min(PIECE, size - this.#offset));
        if (bytes.length === 0) break;
        this.#take(bytes, sink);
      }
      this.#takeWhole(sink);
      return size;
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code === "ENOENT") return null;
      // What has no code is no failure of a file.
      if (typeof code !== "string") throw error;
      throw fileFailure("read", this.path, error);
    }
  }

  /** Whether what stands before the rest is what was read there. */
  async #isSame(): Promise<boolean> {
    const { offset } = this.reached;
    const now = await this.#vfs.readRange(this.path, offset - this.#tail.length, this.#tail.length);
    return now.length === this.#tail.length && now.every((byte, i) => byte === this.#tail[i]);
  }

  #take(bytes: Uint8Array, sink: LineSink): void {
    this.#offset += bytes.length;
    let start = 0;
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (end > 0) {
      const first = bytes.indexOf(0x0a) + 1;
      if (this.#skipping) sink.tooLong();
      else this.#line(sink, joined(this.#rest, bytes.subarray(0, first - 1)));
      this.#skipping = false;
      this.#rest = new Uint8Array(0);
      if (end > first) for (const text of decoder.decode(bytes.subarray(first, end - 1)).split("\n")) give(sink, text);
      this.#tail = bytes.slice(Math.max(0, end - TAIL), end);
      start = end;
    }
    if (this.#skipping || start === bytes.length) return;
    this.#rest = joined(this.#rest, bytes.subarray(start));
    if (this.#rest.length > LONGEST_LINE) {
      this.#skipping = true;
      this.#rest = new Uint8Array(0);
    }
  }

  #line(sink: LineSink, bytes: Uint8Array): void {
    if (bytes.length > LONGEST_LINE) sink.tooLong();
    else give(sink, decoder.decode(bytes));
  }

  /** The process may have been killed just before the newline. */
  #takeWhole(sink: LineSink): void {
    const rest = this.#rest;
    if (rest.at(-1) !== 0x7d) return;
    const text = decoder.decode(rest);
    try {
      JSON.parse(text);
    } catch {
      return;
    }
    this.#rest = new Uint8Array(0);
    this.#tail = rest.slice(-TAIL);
    sink.line(text);
  }
}

const decoder = new TextDecoder();

function give(sink: LineSink, text: string): void {
  if (text !== "" && text !== "\r") sink.line(text);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b.slice();
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
