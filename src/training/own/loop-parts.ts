import type { Json } from "../../core/stateful.js";
import { betweenRuns } from "../../engine/index.js";
import { statedRate, trainingLeavesRate } from "../run/stated-rate.js";
import type { Savable } from "../step/savable.js";
import type { SavedPart } from "./loop-state.js";
import { optimizersOf, trainerOf } from "./model-part.js";
import type { Part } from "./part.js";

/** The parts of a run while its loop runs. */
export class LoopParts {
  readonly #parts: readonly (readonly [name: string, part: Part])[];
  /** Their marks at the last commit, see Part. */
  #marks: readonly (string | null)[] = [];
  /** The rates that the program had stated when the loop began; what the loop sets is state. */
  readonly #rates: readonly (readonly [ReturnType<typeof optimizersOf>[number], number | null])[];

  constructor(parts: ReadonlyMap<string, Part>) {
    this.#parts = [...parts];
    this.#rates = this.#parts.flatMap(([, { object }]) =>
      optimizersOf(object)
        .flatMap((optimizer) => optimizer.rated)
        .map((optimizer) => [optimizer, statedRate(optimizer)] as const),
    );
  }

  /** @throws {StateError} when a step is not done */
  checkIdle(): void {
    for (const [, part] of this.#parts) part.checkIdle();
  }

  /** Remembers how the parts are now. */
  async take(): Promise<void> {
    this.#marks = await this.#read();
  }

  /** Whether any part has changed since {@link take}; null when that is not known. */
  async changed(): Promise<boolean | null> {
    const now = await this.#read();
    if (now.some((mark, i) => mark !== null && this.#marks[i] !== null && mark !== this.#marks[i])) return true;
    return now.some((mark, i) => mark === null || this.#marks[i] === null) ? null : false;
  }

  async #read(): Promise<(string | null)[]> {
    const marks: (string | null)[] = [];
    for (const [, part] of this.#parts) {
      const mark = part.mark();
      marks.push(typeof mark === "object" && mark !== null ? await mark : mark);
    }
    return marks;
  }

  /** Runs a synchronous task with the states of all parts at one moment, as views. */
  async atOnce<T>(task: (states: readonly SavedPart[]) => T): Promise<Awaited<T>> {
    const given = new Map<Part, SavedPart["value"]>();
    // What a user's object gives may take time; views of variables are taken last, at once with the copy.
    for (const [, part] of this.#parts) if (part.mayFail) given.set(part, await part.state());
    return betweenRuns(() =>
      task(
        this.#parts.map(([name, part]) => ({
          name,
          kind: part.kind,
          value: given.get(part) ?? (part.state() as SavedPart["value"]),
        })),
      ),
    );
  }

  /** The models without their tensors, by name. */
  describe(describe: (model: Savable) => Json): Json {
    const models = this.#parts.flatMap(([name, { object }]) => {
      const trainer = trainerOf(object);
      return trainer === null ? [] : [[name, describe(trainer)] as const];
    });
    return Object.fromEntries(models);
  }

  /** The loop is over: rates that it has set were not stated by the program. */
  leave(): void {
    for (const [optimizer, stated] of this.#rates) trainingLeavesRate(optimizer, stated);
  }
}
