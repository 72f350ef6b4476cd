import { numberToJson } from "../../core/json-number.js";
import type { Json } from "../../core/stateful.js";
import type { RunFolder } from "../../store/index.js";
import type { Logs } from "../state/logs.js";

/** How many lines may wait in memory for the next save. */
const MOST_WAITING = 10_000;

/**
 * The lines that a loop adds to its folder's log. They are written when a state with their steps is saved, so that what
 * is done again after a crash is not there twice; only very many lines do not wait.
 */
export class LoopLog {
  readonly #folder: RunFolder;
  #waiting: Json[] = [];

  constructor(folder: RunFolder) {
    this.#folder = folder;
  }

  async add(step: number, logs: Logs): Promise<void> {
    const numbers = Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberToJson(value)]));
    this.#waiting.push({ step, ...numbers });
    if (this.#waiting.length >= MOST_WAITING) await this.writer()().catch(() => undefined);
  }

  /** Takes the lines so far; they are written when the result is called. */
  writer(): () => Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    return async () => {
      if (lines.length > 0) await this.#folder.log(...lines);
    };
  }
}
