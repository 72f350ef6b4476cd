import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SerializedPart } from "../../src/core/parts.js";
import * as catalogue from "../../src/schedules/catalogue.js";
import { deserialize, type LearningRateSchedule, serialize } from "../../src/schedules/index.js";
import { firstDifference } from "./close.js";
import { scheduleCases } from "./schedules.cases.js";

interface Fixture {
  readonly steps: readonly number[];
  readonly cases: readonly { readonly config: SerializedPart; readonly rates: readonly number[] }[];
}

const fixture: Fixture = JSON.parse(readFileSync(new URL("../fixtures/keras/schedules.json", import.meta.url), "utf8"));

describe.each(Object.entries(catalogue))("%s", (className, cls) => {
  const name = className as keyof typeof catalogue;
  const make = cls as unknown as new (options: object) => LearningRateSchedule;
  const expected = fixture.cases.filter(({ config }) => config.class_name === name);

  it("has a case for each row of the fixture", () => {
    expect(scheduleCases[name].length).toBe(expected.length);
    expect(expected.length).toBeGreaterThan(0);
  });

  it.each(scheduleCases[name].map((options, i) => [JSON.stringify(options), options, expected[i]!] as const))(
    "%s",
    (_title, options, { config, rates }) => {
      const schedule = new make(options);
      expect(serialize(schedule)).toEqual(config);
      const again = deserialize(config);
      expect(again).toBeInstanceOf(cls);
      for (const made of [schedule, again]) {
        const ours = fixture.steps.map((step) => made.at(step));
        expect(firstDifference(ours, rates)).toBe(null);
      }
    },
  );
});
