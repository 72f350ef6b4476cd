import { Draws } from "../draws.js";
import type { Parameters } from "../space.js";
import type { Question, Searcher } from "./searcher.js";

/**
 * Draws each parameter by itself from its range, by the seed of the sweep, the parameter's name and the number of the trial:
 * more trials, or another parameter, do not change those that there are.
 */
export class Random implements Searcher {
  readonly batch = null;

  getConfig(): { readonly className: string } {
    return { className: "Random" };
  }

  ask({ trial, space, seed }: Question): Parameters {
    const draw = ([name, range]: readonly [string, Question["space"][string]]) =>
      [name, range.draw(new Draws(seed, trial, "parameter", name))] as const;
    return Object.fromEntries(Object.entries(space).map(draw));
  }
}
