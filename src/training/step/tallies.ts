import type { Functional } from "../../network/index.js";
import type { Measures } from "../compile/measures.js";
import { Tally } from "./tally.js";

/** The tallies of a model. Free ones are reused, because engines keep memory for them. */
export class Tallies {
  readonly #network: Functional;
  #free: Tally[] = [];

  constructor(network: Functional) {
    this.#network = network;
  }

  /** @param measures null for a prediction */
  async lend(measures: Measures | null): Promise<Tally> {
    const index = this.#free.findIndex((tally) => tally.measures === measures && tally.isComplete);
    const tally = index < 0 ? new Tally(this.#network, measures) : this.#free.splice(index, 1)[0]!;
    await tally.begin();
    return tally;
  }

  giveBack(tally: Tally): void {
    this.#free.push(tally);
  }

  clear(): void {
    this.#free = [];
  }
}
