import { betweenRuns, OwnValues, type Variable } from "../../engine/index.js";
import { carriedStates } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";
import type { Measures } from "../compile/measures.js";
import type { Logs } from "../state/logs.js";

/**
 * The accumulators of one evaluation, and the state of stateful layers in it. They are separate, so that evaluations
 * and predictions affect neither each other nor a running training.
 */
export class Tally {
  /** Null for a prediction. */
  readonly measures: Measures | null;
  readonly #carried: readonly Variable[];
  readonly #measured: number;
  readonly #own: OwnValues;

  constructor(network: Functional, measures: Measures | null) {
    this.measures = measures;
    this.#carried = carriedStates(network);
    const measured = measures?.variables("test") ?? [];
    this.#measured = measured.length;
    this.#own = new OwnValues([...measured, ...this.#carried]);
  }

  /** Whether it has all accumulators: other data may be measured otherwise. */
  get isComplete(): boolean {
    return this.#measured === (this.measures?.variables("test").length ?? 0);
  }

  /** Runs a synchronous task with the values of this tally in place of the variables'. */
  readonly inside = (task: () => void): void => this.#own.inside(task);

  /** Starts anew, with the current state of stateful layers. */
  async begin(): Promise<void> {
    const carried = await this.#readCarried((read) => read());
    this.inside(() => {
      this.measures?.reset("test");
      this.#carried.forEach((state, i) => void state.write(carried[i]!));
    });
  }

  logs(): Logs {
    return this.#own.inside(() => this.measures!.logs("test"));
  }

  /** Sets the state of stateful layers to that of this tally. */
  async handOver(): Promise<void> {
    if (this.#carried.length === 0) return;
    const carried = await this.#readCarried((read) => this.#own.inside(read));
    await betweenRuns(() => this.#carried.forEach((state, i) => void state.write(carried[i]!)));
  }

  #readCarried<T>(where: (read: () => ReturnType<Variable["read"]>[]) => T): Promise<Awaited<T>> | T {
    const read = () => this.#carried.map((state) => state.read());
    return this.#carried.length === 0 ? where(() => []) : betweenRuns(() => where(read));
  }
}
