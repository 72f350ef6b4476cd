import type { Vfs } from "../../src/core/vfs.js";

/** A disk whose writes of new files wait until they are let through; renames are seen by whoever asks. */
export interface GatedVfs extends Vfs {
  /** Writes wait from here on. */
  hold(): void;
  /** Lets all writes through that wait, and those that come. */
  release(): void;
  readonly waiting: number;
}

export function gatedVfs(inner: Vfs): GatedVfs {
  let gate: Promise<void> | null = null;
  let open: () => void = () => {};
  let waiting = 0;
  return {
    ...inner,
    get waiting() {
      return waiting;
    },
    hold() {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release() {
      gate = null;
      open();
    },
    async createExclusive(path, bytes, mode) {
      waiting++;
      await gate;
      waiting--;
      await inner.createExclusive(path, bytes, mode);
    },
  };
}
