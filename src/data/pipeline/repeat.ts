import type { Json } from "../../core/stateful.js";
import { type Access, after, finite, isNumbered, numberedStep, type Pass, routed, type Step } from "./step.js";

/** Passes over endless data have their rounds far from those of other passes. */
const ENDLESS = 2 ** 32;

/** The records `count` times (Infinity: without an end), each round in an order of its own where they are shuffled. */
export function repeat<R>(from: Step<R>, count: number): Step<R> {
  finite(from, "repeat");
  const said = after(from, `repeat(${count})`);
  const rounds = count === Number.POSITIVE_INFINITY ? ENDLESS : count;
  const inRound = ({ seed, epoch }: Pass, round: number): Pass => ({ seed, epoch: epoch * rounds + round });
  if (isNumbered(from)) {
    const { length } = from;
    return numberedStep({
      ...said,
      length: length === 0 ? 0 : length * count,
      access(pass) {
        let last = -1;
        let access: Access<R> | null = null;
        return routed({
          access(round) {
            if (round !== last || access === null) access = from.access(inRound(pass, round));
            last = round;
            return access;
          },
          child: (index) => Math.floor(index / length),
          index: (index) => index % length,
        });
      },
    });
  }
  return {
    ...said,
    length: null,
    blocks: null,
    access: null,
    open(pass, position) {
      let [round, inner] = (position as readonly [number, Json] | null) ?? [0, null];
      let cursor = from.open(inRound(pass, round), inner);
      let isEmpty = inner === null;
      return {
        async next(hint) {
          for (;;) {
            const run = await cursor.next(hint);
            const here = round;
            if (run !== null) {
              isEmpty = false;
              return { records: run.records, after: (i) => [here, run.after(i)], name: run.name };
            }
            // Rounds without records would follow one another for ever.
            if (isEmpty || round + 1 >= rounds) return null;
            await cursor.close();
            round++;
            isEmpty = true;
            inner = null;
            cursor = from.open(inRound(pass, round), null);
          }
        },
        close: () => cursor.close(),
      };
    },
  };
}
