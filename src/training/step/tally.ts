import { betweenRuns, OwnValues, type Variable } from "../../engine/index.js";
import { carriedStates } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";
import type { Measures } from "../compile/measures.js";
import type { Logs } from "../state/logs.js";

/**
 * The accumulators of one evaluation, and what stateful layers carry in it. They have places of their own, so that
 * evaluations and predictions neither see each other nor a training that is under way.
 */
export class Tally {
  /** Null for a prediction. */
  readonly measures: Measures | null;
  readonly #carried: readonly Variable[];
  readonly #own: OwnValues;

  constructor(network: Functional, measures: Measures | null) {
    this.measures = measures;
    this.#carried = carriedStates(network);
    this.#own = new OwnValues([...(measures?.variables ?? []), ...this.#carried]);
  }

  /** Does something that ends before it returns with the values of this tally in the variables' places. */
  readonly inside = (task: () => void): void => this.#own.inside(task);

  /** Starts anew; layers carry what they carry outside at this moment. */
  async begin(): Promise<void> {
    const carried = await this.#readCarried((read) => read());
    this.inside(() => {
      this.measures?.reset();
      this.#carried.forEach((state, i) => void state.write(carried[i]!));
    });
  }

  logs(): Logs {
    return this.#own.inside(() => this.measures!.logs());
  }

  /** Lets layers carry outside what they carry in this tally. */
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
