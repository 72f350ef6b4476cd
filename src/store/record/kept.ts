/**
 * The latest events of one kind, so that a record of any length takes bounded memory: the oldest are let go when there
 * are too many, or when their lines are too long together. The last one always stays.
 */
export class Kept<T> {
  #items: T[] = [];
  #sizes: number[] = [];
  #size = 0;
  readonly #most: number;
  readonly #characters: number;
  /** How many were let go. */
  gone = 0;

  constructor(most: number, characters: number) {
    this.#most = most;
    this.#characters = characters;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** @param size characters of its line */
  add(item: T, size: number): void {
    this.#items.push(item);
    this.#sizes.push(size);
    this.#size += size;
    // In one go for many, since each costs a copy.
    if (this.#items.length <= 2 * this.#most && this.#size <= this.#characters) return;
    let from = Math.max(0, this.#items.length - this.#most);
    let left = this.#sizes.slice(from).reduce((sum, each) => sum + each, 0);
    for (; left > this.#characters / 2 && from < this.#items.length - 1; from++) left -= this.#sizes[from]!;
    this.gone += from;
    this.#items = this.#items.slice(from);
    this.#sizes = this.#sizes.slice(from);
    this.#size = left;
  }

  clear(): void {
    this.#items = [];
    this.#sizes = [];
    this.#size = 0;
    this.gone = 0;
  }
}
