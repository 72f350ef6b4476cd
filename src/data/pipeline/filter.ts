import type { Json } from "../../core/stateful.js";
import { asRecordError } from "./record-error.js";
import { after, type Pass, type Step } from "./step.js";

/** Whether a record stays. `place`: how many came before it in the pass, where that is counted. */
type Keeps<R> = (record: R, place: number) => boolean | Promise<boolean>;

/** How many records are looked at at once at least, where few may stay. */
const LEAST = 32;

/** The records for which the function says true. How many these are is known at the end of a pass only. */
export function filter<R>(from: Step<R>, keeps: (record: R) => boolean | Promise<boolean>): Step<R> {
  return {
    ...after(from, `filter(${keeps.name})`, async () => String(keeps)),
    ...filterRuns(from, () => keeps, false),
  };
}

/** @param counted whether the place matters: then it is a part of the position */
export function filterRuns<R>(
  from: Step<R>,
  keepsIn: (pass: Pass) => Keeps<R>,
  counted: boolean,
): Pick<Step<R>, "length" | "blocks" | "access" | "open"> {
  return {
    length: from.length === Number.POSITIVE_INFINITY ? from.length : null,
    blocks: null,
    access: null,
    open(pass, position) {
      const keeps = keepsIn(pass);
      const [start, inner] = counted ? ((position as readonly [number, Json] | null) ?? [0, null]) : [0, position];
      const cursor = from.open(pass, inner);
      let place = start;
      return {
        async next(hint) {
          for (;;) {
            const run = await cursor.next(Math.max(hint, LEAST));
            if (run === null) return null;
            const before = place;
            place += run.records.length;
            const kept: number[] = [];
            for (const [i, record] of run.records.entries()) {
              try {
                const answer = keeps(record, before + i);
                if (typeof answer === "boolean" ? answer : await answer) kept.push(i);
              } catch (error) {
                throw asRecordError(error, `filter(${keeps.name})`, run.name(i));
              }
            }
            if (kept.length === 0) continue;
            return {
              records: kept.map((i) => run.records[i]!),
              after: (k) => (counted ? [before + kept[k]! + 1, run.after(kept[k]!)] : run.after(kept[k]!)),
              name: (k) => run.name(kept[k]!),
            };
          }
        },
        close: () => cursor.close(),
      };
    },
  };
}
