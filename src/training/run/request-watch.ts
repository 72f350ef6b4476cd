import type { Vfs } from "../../core/vfs.js";
import { type Request, takeRequests } from "../../store/index.js";

/** Milliseconds between two looks. */
const EVERY = 500;

/** Looks now and then whether others ask something of the training in a run folder, without making it wait. */
export class RequestWatch {
  readonly #vfs: Vfs;
  readonly #folder: string;
  #looked = performance.now();
  #looking = false;
  #found: Request[] = [];

  constructor(vfs: Vfs, folder: string) {
    this.#vfs = vfs;
    this.#folder = folder;
  }

  /** What was found since the last call; called after each step. */
  take(): readonly Request[] {
    const now = performance.now();
    if (!this.#looking && now - this.#looked >= EVERY) {
      this.#looked = now;
      this.#looking = true;
      void takeRequests(this.#vfs, this.#folder)
        .then((found) => {
          this.#found.push(...found);
        })
        // A folder that cannot be read fails at the next save, which says so.
        .catch(() => undefined)
        .finally(() => {
          this.#looking = false;
        });
    }
    if (this.#found.length === 0) return NONE;
    const found = this.#found;
    this.#found = [];
    return found;
  }
}

const NONE: readonly Request[] = [];
