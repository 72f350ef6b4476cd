import { FormatError } from "./errors.js";
import { memorySize } from "./human.js";

/**
 * Memory allowed for a file of any size, plus memory for each byte of it. These keep the promise that opening a file
 * takes at most 64 MiB plus twice its size: a process grows by up to three times what is counted here, the file itself
 * included.
 */
const FLOOR_BYTES = 16 * 2 ** 20;
const BYTES_PER_BYTE = 2;
/** The same for work; {@link WORK_PER_SECOND} units take about a second. */
const FLOOR_WORK = 1e8;
const WORK_PER_BYTE = 100;
export const WORK_PER_SECOND = 1e8;

/**
 * How much memory and work opening a file may cost. One budget is passed to everything that reads the file or builds
 * from it, and is asked before each allocation or loop, so a file of a few bytes cannot claim gigabytes or hours.
 */
export class Budget {
  #bytes: number;
  #work: number;
  #file: number;

  /** @param file size of the file in bytes */
  constructor(file: number) {
    this.#file = file;
    this.#bytes = FLOOR_BYTES + BYTES_PER_BYTE * file;
    this.#work = FLOOR_WORK + WORK_PER_BYTE * file;
  }

  /** Adds the allowance of another file that belongs to the first, e.g. a shard. */
  include(file: number): void {
    this.#file += file;
    this.#bytes += BYTES_PER_BYTE * file;
    this.#work += WORK_PER_BYTE * file;
  }

  /**
   * Claims memory that is about to be allocated.
   * @param what it is for, as the message begins: "the chunks of …"
   * @throws {FormatError} when the budget is used up
   */
  allocate(bytes: number, what: string, code = "too-large"): void {
    if ((this.#bytes -= bytes) >= 0) return;
    this.#bytes = -1;
    throw new FormatError({
      code,
      what: `Refused: ${what} would take far more memory than the file has bytes`,
      received: `${memorySize(bytes)} more, from a file of ${memorySize(this.#file)}`,
      expected: `at most ${memorySize(FLOOR_BYTES)} and ${BYTES_PER_BYTE} x the file in all`,
      fix: "No Keras writes that: do not trust the file",
    });
  }

  /**
   * Claims time, in units of which {@link WORK_PER_SECOND} take about a second.
   * @throws {FormatError} when the budget is used up
   */
  work(units: number, what: string, code = "too-complex"): void {
    if ((this.#work -= units) >= 0) return;
    this.#work = -1;
    throw new FormatError({
      code,
      what: `Refused: ${what} would take far longer than a file of ${memorySize(this.#file)} may`,
      fix: "No Keras writes that: do not trust the file",
    });
  }
}

let current: Budget | null = null;

/** Runs `body`, which builds something that a file describes, and charges it to this budget. */
export function withBudget<T>(budget: Budget, body: () => T): T {
  const outer = current;
  current = budget;
  try {
    return body();
  } finally {
    current = outer;
  }
}

/** Charges the budget of the file that is being loaded; free for what a program builds by itself. */
export function charge(what: string, bytes: number, work = 0): void {
  if (current === null) return;
  current.allocate(bytes, what);
  current.work(work, what);
}
