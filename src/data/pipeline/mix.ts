import type { Json } from "../../core/stateful.js";
import type { Run } from "./cursor.js";
import { joined, type NumberedStep, routed, type Step } from "./step.js";
import { takenOfAll } from "./taken.js";

/** Most records after which the schedule begins anew: weights are rounded to so many parts. */
const MOST = 1000;

/** For one round: whose turn it is, how many turns of its own came before, and how many it has in all. */
interface Schedule {
  readonly turns: readonly number[];
  readonly before: readonly number[];
  readonly counts: readonly number[];
}

/** Records of the steps in turn, as often as the weights say, until one whose turn it is has no more. */
export function mix<R>(from: readonly Step<R>[], weights: readonly number[]): Step<R> {
  const schedule = scheduleOf(weights);
  const { turns } = schedule;
  return joined(
    from,
    `mix([…], [${weights}])`,
    (all) => numbered(all, schedule),
    (pass, position) => {
      const [start, ...starts] = (position as readonly [number, ...Json[]] | null) ?? [0, ...from.map(() => null)];
      const { all, close } = takenOfAll(from, pass, starts);
      let at = start;
      return {
        async next(hint) {
          const records: R[] = [];
          const ends: { readonly position: Json; readonly run: Run<R> }[] = [];
          while (records.length < hint) {
            const run = await all[turns[at % turns.length]!]!.take(1);
            if (run.records.length === 0) break;
            at++;
            records.push(run.records[0]!);
            ends.push({ position: [at, ...all.map((taken) => taken.position)], run });
          }
          if (records.length === 0) return null;
          return { records, after: (i) => ends[i]!.position, name: (i) => ends[i]!.run.name(0) };
        },
        close,
      };
    },
  );
}

function numbered<R>(
  from: readonly NumberedStep<R>[],
  { turns, before, counts }: Schedule,
): Pick<NumberedStep<R>, "length" | "access"> {
  const round = turns.length;
  const child = (index: number): number => turns[index % round]!;
  const numberIn = (index: number): number =>
    Math.floor(index / round) * counts[child(index)]! + before[index % round]!;
  // The turn at which each would give a record that it does not have.
  const ends = from.map(({ length }, k) => {
    if (length === Number.POSITIVE_INFINITY) return length;
    const inRound = length % counts[k]!;
    return Math.floor(length / counts[k]!) * round + turns.findIndex((turn, i) => turn === k && before[i] === inRound);
  });
  return {
    length: Math.min(...ends),
    access(pass) {
      const all = from.map((step) => step.access(pass));
      return routed({ access: (i) => all[i]!, child, index: numberIn });
    },
  };
}

/** Turns as evenly spread as they can be. */
function scheduleOf(weights: readonly number[]): Schedule {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const round = roundFor(weights.map((weight) => weight / total));
  const counts = weights.map((weight) => Math.max(1, Math.round((weight / total) * round)));
  const turns = counts
    .flatMap((count, k) => Array.from({ length: count }, (_, i) => ({ k, at: (i + 0.5) / count })))
    .sort((a, b) => a.at - b.at || a.k - b.k)
    .map(({ k }) => k);
  const given = weights.map(() => 0);
  return { turns, before: turns.map((k) => given[k]!++), counts };
}

/** The shortest round in which the shares are whole numbers; else the longest one. */
function roundFor(shares: readonly number[]): number {
  for (let round = 1; round < MOST; round++) {
    if (shares.every((share) => Math.abs(share * round - Math.round(share * round)) < 1e-9 * round)) return round;
  }
  return MOST;
}
