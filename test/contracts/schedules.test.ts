import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SerializedPart } from "../../src/core/parts.js";
import * as catalogue from "../../src/schedules/catalogue.js";
import { deserialize, type LearningRateSchedule, serialize } from "../../src/schedules/index.js";
import { paired, type Row } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { type ScheduleByHand, scheduleCases } from "./schedules.cases.js";

interface Case {
  readonly config: SerializedPart;
  readonly rates: readonly number[];
  /** For a row worked out by hand; otherwise the fixture's. */
  readonly steps?: readonly number[];
}

interface Fixture {
  readonly steps: readonly number[];
  readonly cases: readonly Case[];
}

const fixture: Fixture = JSON.parse(readFileSync(new URL("../fixtures/keras/schedules.json", import.meta.url), "utf8"));

describe.each(Object.entries(catalogue))("%s", (className, cls) => {
  const name = className as keyof typeof catalogue;
  const make = cls as unknown as new (options: object) => LearningRateSchedule;
  const expected = fixture.cases.filter(({ config }) => config.class_name === name);

  const rows = scheduleCases[name] as readonly Row<object, ScheduleByHand>[];
  const cases = paired("schedules", name, rows, expected, (options, { rates }) => ({
    config: serialize(new make(options)),
    rates: Object.values(rates),
    steps: Object.keys(rates).map(Number),
  }));

  it.each(cases.map(({ options, expected: row }) => [JSON.stringify(options), options, row] as const))(
    "%s",
    (_title, options, { config, rates, steps = fixture.steps }) => {
      const schedule = new make(options);
      expect(serialize(schedule)).toEqual(config);
      const again = deserialize(config);
      expect(again).toBeInstanceOf(cls);
      for (const made of [schedule, again]) {
        const ours = steps.map((step) => made.at(step));
        expect(firstDifference(ours, rates)).toBe(null);
      }
    },
  );
});
