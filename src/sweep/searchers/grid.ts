import { OptionError } from "../../core/errors.js";
import type { Parameters, Space } from "../space.js";
import type { Question, Searcher } from "./searcher.js";

/** Every combination of all values; the last parameter changes fastest. All ranges must be of `choice` or `integer`. */
export class Grid implements Searcher {
  readonly batch = null;

  getConfig(): { readonly className: string } {
    return { className: "Grid" };
  }

  check(space: Space): void {
    const endless = Object.entries(space).find(([, { values }]) => values === null);
    if (endless === undefined) return;
    const [name, { text }] = endless;
    throw new OptionError({
      code: "sweep-grid",
      what: `A grid needs the values of "${name}" one by one`,
      received: text,
      expected: "choice([…]), or integer(min, max) with at most 10000 values",
      fix: `List them: ${name}: sweeps.choice([…]), or search at random: searcher: "random"`,
      data: { parameter: name },
    });
  }

  count(space: Space): number {
    return Object.values(space).reduce((count, { values }) => count * values!.length, 1);
  }

  ask({ trial, space }: Question): Parameters | null {
    let left = trial;
    const chosen: [string, Parameters[string]][] = [];
    for (const [name, { values }] of Object.entries(space).reverse()) {
      chosen.push([name, values![left % values!.length]!]);
      left = Math.floor(left / values!.length);
    }
    return left > 0 ? null : Object.fromEntries(chosen.reverse());
  }
}
