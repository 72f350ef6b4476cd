import { type Block, defaultArena } from "./arena.js";

interface Pooled {
  readonly block: Block;
  users: number;
}

/** Memory that is held until it is released. */
export interface Lease {
  readonly block: Block;
  release(): void;
}

/**
 * Memory that a program's places for several numbers of rows share, since it computes for one of them at a time: what has
 * no rows (a gradient of weights) exists once, and a smaller last batch of an epoch takes nothing more.
 */
export class Pool {
  readonly #pooled = new Map<string, Pooled[]>();

  /** @param key what the memory is for; asking again with the same key gives the same memory, if it is large enough */
  take(key: string, bytes: number): Lease {
    let those = this.#pooled.get(key);
    if (those === undefined) this.#pooled.set(key, (those = []));
    let found = those.find(({ block }) => block.byteLength >= bytes);
    if (found === undefined) those.push((found = { block: defaultArena().allocate(bytes), users: 0 }));
    const pooled = found;
    pooled.users++;
    return {
      block: pooled.block,
      release: () => {
        if (--pooled.users > 0) return;
        those.splice(those.indexOf(pooled), 1);
        if (those.length === 0) this.#pooled.delete(key);
        pooled.block.free();
      },
    };
  }
}
