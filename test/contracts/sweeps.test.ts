import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Draws } from "../../src/sweep/draws.js";
import type { Cohort, Stage } from "../../src/sweep/schedulers/scheduler.js";
import { choice, integer, logUniform, type ParameterRange, uniform } from "../../src/sweep/space.js";
import { type SchedulerRow, schedulerCases, searcherCases } from "./sweeps.cases.js";

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(Object.entries(searcherCases))("%s", (className, rows) => {
  test.each(rows.map((row) => [Object.values(row.space).map(({ text }) => text), row] as const))(
    "over %s answers what was worked out by hand, and the same again",
    (_, { make, space, answers }) => {
      const ask = (count: number) => {
        const searcher = make();
        return Array.from({ length: count }, (_, trial) => searcher.ask({ trial, space, seed: 7 }));
      };
      expect(plain(make().getConfig())).toMatchObject({ className });
      if (typeof answers !== "function") return expect(ask(answers.length)).toEqual(answers);
      const drawn = ask(200);
      expect(drawn.every((answer) => answer !== null && answers(answer))).toBe(true);
      expect(ask(200)).toEqual(drawn);
      // Questions in another order have the same answers.
      expect(make().ask({ trial: 150, space, seed: 7 })).toEqual(drawn[150]);
      expect(make().ask({ trial: 150, space, seed: 8 })).not.toEqual(drawn[150]);
    },
  );
});

/** A cohort in which the ends of these stages are known. */
function cohort({ epochs, mode, space, values }: SchedulerRow, isKnown: (stage: Stage) => boolean): Cohort {
  const units = space["units"]!.values!;
  return {
    trials: values.map((_, trial) => ({ trial, parameters: { units: units[trial % 2]!, layers: 2 } })),
    space,
    seed: 3,
    epochs,
    mode,
    // The last stages end somehow.
    end: (stage) => (isKnown(stage) ? { value: valueAt(values, stage) } : undefined),
  };
}

const valueAt = (values: SchedulerRow["values"], { trial, stage }: Stage): number | null => {
  const value = values[trial]![stage];
  return value === undefined ? trial / 10 : value;
};
const name = ({ trial, stage }: { readonly trial: number; readonly stage: number }): string => `${trial}.${stage}`;
const text = (stage: Stage): string =>
  `${name(stage)} to ${stage.epochs}${stage.from === null ? "" : ` < ${name(stage.from)}`}`;

describe.each(Object.entries(schedulerCases))("%s", (className, rows) => {
  const each = rows.map((row, i) => [i, row] as const);
  const isConfig = (row: SchedulerRow): void => expect(plain(row.make().getConfig())).toMatchObject({ className });

  test.each(each)("row %i is planned as worked out by hand", (_, row) => {
    isConfig(row);
    const stages = row.make().plan(cohort(row, () => true));
    expect(stages.map(text).sort()).toEqual([...row.plan].sort());
  });

  test.each(each)("row %i is planned the same in whatever order stages end", (_, row) => {
    const whole = row.make().plan(cohort(row, () => true));
    const wanted = new Map(whole.map((stage) => [name(stage), JSON.stringify(stage)]));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (chance) => {
        const known = new Set<string>();
        const scheduler = row.make();
        for (;;) {
          const stages = scheduler.plan(cohort(row, (stage) => known.has(name(stage))));
          // What is planned once is never planned otherwise.
          for (const stage of stages) expect(JSON.stringify(stage)).toBe(wanted.get(name(stage)));
          for (const each of known) expect(stages.map(name)).toContain(each);
          const open = stages.filter((stage) => !known.has(name(stage)));
          if (open.length === 0) {
            expect(stages.length).toBe(wanted.size);
            return;
          }
          known.add(name(open[chance.next().value % open.length]!));
        }
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});

test("in any population those that go on from another are the worst quarter, and go on from each of the best", () => {
  const row = schedulerCases.PopulationBased[0]!;
  const parents = new Set<number>();
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 16, maxLength: 16 }), (values) => {
      const stages = row.make().plan(cohort({ ...row, epochs: 4, values: values.map((value) => [value]) }, () => true));
      const order = values.map((_, trial) => trial).sort((a, b) => values[a]! - values[b]! || a - b);
      const forks = stages.filter(({ stage, from }) => stage === 1 && from !== null);
      expect(forks.map(({ trial }) => trial)).toEqual(order.slice(12).sort((a, b) => a - b));
      for (const { from, parameters } of forks) {
        const rank = order.indexOf(from!.trial);
        expect(rank).toBeLessThan(4);
        parents.add(rank);
        expect(Object.keys(parameters)).toEqual(["units", "layers"]);
      }
    }),
    { numRuns: 50, seed: 2 },
  );
  expect(parents.size).toBe(4);
});

describe("ranges", () => {
  const ranges: readonly [ParameterRange, (value: unknown) => boolean][] = [
    [choice(["a", "b", null]), (value) => value === "a" || value === "b" || value === null],
    [integer(-2, 3), (value) => Number.isInteger(value) && Number(value) >= -2 && Number(value) <= 3],
    [uniform(0.1, 0.2), (value) => Number(value) >= 0.1 && Number(value) <= 0.2],
    [logUniform(1e-5, 1), (value) => Number(value) >= 1e-5 && Number(value) <= 1],
  ];
  test.each(ranges.map((each) => [each[0].text, ...each] as const))(
    "%s draws and moves inside of itself",
    (_, range, isIn) => {
      const seen = new Set<unknown>();
      for (let i = 0; i < 300; i++) {
        const value = range.draw(new Draws(1, i, "draw"));
        expect(isIn(value)).toBe(true);
        expect(isIn(range.near(value, new Draws(1, i, "near")))).toBe(true);
        seen.add(value);
      }
      expect(seen.size).toBe(range.values?.length ?? 300);
    },
  );

  test("logUniform draws each power of ten equally often, uniform each part of its range", () => {
    const count = (range: ParameterRange<number>, below: number): number =>
      Array.from({ length: 1000 }, (_, i) => range.draw(new Draws(2, i, "count"))).filter((x) => x < below).length;
    expect(Math.abs(count(logUniform(1e-4, 1), 1e-2) - 500)).toBeLessThan(60);
    expect(Math.abs(count(uniform(0, 1), 0.25) - 250)).toBeLessThan(60);
  });

  test("a number moves by a fifth, a choice to its neighbour, a small integer at all", () => {
    const moved = <T extends string | number>(range: ParameterRange<T>, value: T): T[] =>
      [...new Set(Array.from({ length: 40 }, (_, i) => range.near(value, new Draws(3, i, "near"))))].sort();
    expect(moved(uniform(0, 100), 10)).toEqual([12, 8]);
    expect(moved(choice([1, 2, 3, 4]), 2)).toEqual([1, 3]);
    expect(moved(integer(0, 9), 1)).toEqual([0, 2]);
    expect(moved(logUniform(0.001, 0.01), 0.01)).toEqual([0.008, 0.01]);
  });
});
