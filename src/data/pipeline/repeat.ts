import { inTurn } from "./cursor.js";
import { type Access, finite, joined, type NumberedStep, type Pass, routed, type Step } from "./step.js";

/** Passes over endless data have their rounds far from those of other passes. */
const ENDLESS = 2 ** 32;

/** The records `count` times (Infinity: without an end), each round in an order of its own where they are shuffled. */
export function repeat<R>(from: Step<R>, count: number): Step<R> {
  finite(from, "repeat");
  const rounds = count === Number.POSITIVE_INFINITY ? ENDLESS : count;
  const inRound = ({ seed, epoch }: Pass, round: number): Pass => ({ seed, epoch: epoch * rounds + round });
  const step = joined<R, R>(
    [from],
    `repeat(${count})`,
    ([step]) => numbered(step!, count, inRound),
    (pass, position) =>
      inTurn(position, (round, inner, { isEmpty }) =>
        // Rounds without records would follow one another for ever.
        isEmpty || round >= rounds ? null : from.open(inRound(pass, round), inner),
      ),
  );
  // It has no end, also where nobody knows how long a round is.
  return count === Number.POSITIVE_INFINITY && step.length === null ? { ...step, length: count } : step;
}

function numbered<R>(
  from: NumberedStep<R>,
  count: number,
  inRound: (pass: Pass, round: number) => Pass,
): Pick<NumberedStep<R>, "length" | "access"> {
  const { length } = from;
  return {
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
  };
}
