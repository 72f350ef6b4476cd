import type { Json } from "../../core/stateful.js";
import type { RecordEvent } from "./events.js";

/** Events that are kept whole; points go into columns. */
export type KeptEvent = Exclude<RecordEvent, { event: "epoch" | "batch" }>;
export type KeptKind = KeptEvent["event"];
type Of<K extends KeptKind> = Extract<KeptEvent, { event: K }>;

/** How many events of each kind are held, and how many characters of lines at most: the latest ones. */
const MOST: { readonly [K in KeptKind]: readonly [events: number, characters: number] } = {
  start: [1_000, 2 ** 25],
  histogram: [50, 2 ** 24],
  save: [20_000, 2 ** 24],
  stop: [1_000, 2 ** 22],
  warning: [1_000, 2 ** 22],
  drift: [1_000, 2 ** 22],
  fork: [10_000, 2 ** 22],
};

/** The latest events of one kind. */
class Kept<T extends KeptEvent> {
  items: T[] = [];
  sizes: number[] = [];
  gone = 0;
  #size = 0;
  readonly #most: number;
  readonly #characters: number;

  constructor([most, characters]: readonly [events: number, characters: number]) {
    this.#most = most;
    this.#characters = characters;
  }

  add(item: T, size: number): void {
    this.items.push(item);
    this.sizes.push(size);
    this.#size += size;
    // In one go for many, since each costs a copy.
    if (this.items.length <= 2 * this.#most && this.#size <= this.#characters) return;
    let from = Math.max(0, this.items.length - this.#most);
    let left = this.sizes.slice(from).reduce((sum, each) => sum + each, 0);
    for (; left > this.#characters / 2 && from < this.items.length - 1; from++) left -= this.sizes[from]!;
    this.gone += from;
    this.items = this.items.slice(from);
    this.sizes = this.sizes.slice(from);
    this.#size = left;
  }
}

/**
 * The latest events of a record of any length, in bounded memory: the oldest of a kind are let go when there are too
 * many, or when their lines are too long together. The last one of each kind always stays.
 */
export class KeptEvents {
  #kinds: { readonly [K in KeptKind]: Kept<Of<K>> } = fresh();

  of<K extends KeptKind>(kind: K): readonly Of<K>[] {
    return this.#kinds[kind].items as readonly KeptEvent[] as readonly Of<K>[];
  }

  /** How many were let go. */
  get gone(): number {
    return Object.values(this.#kinds).reduce((sum, { gone }) => sum + gone, 0);
  }

  /** @param size characters of its line */
  add(event: KeptEvent, size: number): void {
    (this.#kinds[event.event] as Kept<KeptEvent>).add(event, size);
  }

  clear(): void {
    this.#kinds = fresh();
  }

  /** As plain data, for {@link restore}. */
  dump(): Json {
    return Object.values(this.#kinds).map(({ items, sizes, gone }) => [
      items,
      sizes,
      gone,
    ]) as readonly unknown[] as Json;
  }

  /** @param read checks an event; what is none is left out */
  restore(dumped: Json, read: (event: unknown) => KeptEvent | null): void {
    this.clear();
    for (const [items, sizes, gone] of dumped as readonly [readonly Json[], readonly number[], number][]) {
      for (const [i, item] of items.entries()) {
        const event = read(item);
        if (event !== null) this.add(event, sizes[i]!);
        if (event !== null && i === items.length - 1) this.#kinds[event.event].gone = gone;
      }
    }
  }
}

const fresh = (): { readonly [K in KeptKind]: Kept<Of<K>> } => ({
  start: new Kept(MOST.start),
  histogram: new Kept(MOST.histogram),
  save: new Kept(MOST.save),
  stop: new Kept(MOST.stop),
  warning: new Kept(MOST.warning),
  drift: new Kept(MOST.drift),
  fork: new Kept(MOST.fork),
});
