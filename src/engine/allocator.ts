/** A free piece of a segment, in bytes. */
interface Gap {
  start: number;
  end: number;
}

/**
 * First-fit free list over an address range that can grow at its end. Gaps are kept sorted and adjacent ones merge, so
 * freeing everything leaves one gap, and a training that allocates in a loop does not fragment memory.
 */
export class FreeList {
  readonly #gaps: Gap[];
  #end: number;

  constructor(start: number, end: number) {
    this.#gaps = start < end ? [{ start, end }] : [];
    this.#end = end;
  }

  /** Start of a piece of `bytes` bytes, or undefined when no gap is large enough. */
  allocate(bytes: number): number | undefined {
    for (let i = 0; i < this.#gaps.length; i++) {
      const gap = this.#gaps[i]!;
      if (gap.end - gap.start < bytes) continue;
      const start = gap.start;
      gap.start += bytes;
      if (gap.start === gap.end) this.#gaps.splice(i, 1);
      return start;
    }
    return undefined;
  }

  free(start: number, bytes: number): void {
    const end = start + bytes;
    let index = this.#gaps.findIndex((gap) => gap.start >= end);
    if (index < 0) index = this.#gaps.length;
    const before = this.#gaps[index - 1];
    const after = this.#gaps[index];
    if (before !== undefined && before.end === start) {
      before.end = end;
      if (after !== undefined && after.start === end) {
        before.end = after.end;
        this.#gaps.splice(index, 1);
      }
    } else if (after !== undefined && after.start === end) after.start = start;
    else this.#gaps.splice(index, 0, { start, end });
  }

  /** Adds `bytes` bytes at the end of the range. */
  grow(bytes: number): void {
    this.free(this.#end, bytes);
    this.#end += bytes;
  }

  /** Bytes by which the range must grow so that a piece of `bytes` bytes fits at its end. */
  shortfall(bytes: number): number {
    const last = this.#gaps.at(-1);
    return last !== undefined && last.end === this.#end ? Math.max(0, bytes - (last.end - last.start)) : bytes;
  }

  get freeBytes(): number {
    return this.#gaps.reduce((sum, gap) => sum + gap.end - gap.start, 0);
  }

  get gapCount(): number {
    return this.#gaps.length;
  }
}
