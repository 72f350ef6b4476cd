import { describe, expect, it } from "vitest";
import { SaveInterval } from "./save-interval.js";

const every = { epochs: null, steps: null, seconds: null };

describe("SaveInterval", () => {
  it("counts steps and epochs", () => {
    const interval = new SaveInterval({ ...every, epochs: 2, steps: 3 }, () => 0);
    expect([1, 2, 3, 4, 5, 6].filter((step) => interval.afterStep(step))).toEqual([3, 6]);
    expect([1, 2, 3, 4].filter((epoch) => interval.afterEpoch(epoch))).toEqual([2, 4]);
  });

  it("counts seconds from the last save", () => {
    let now = 0;
    const interval = new SaveInterval({ ...every, seconds: 2 }, () => now);
    const due = (at: number): boolean => {
      now = at;
      return interval.afterStep(1);
    };
    expect([0, 1999, 2000].map(due)).toEqual([false, false, true]);
    interval.begun();
    expect([2001, 3999, 4000].map(due)).toEqual([false, false, true]);
  });

  it("spends less than 1 % of the time when it is left to it", () => {
    let now = 0;
    let spent = 0;
    let saves = 0;
    const interval = new SaveInterval({ ...every, seconds: "auto" }, () => now);
    while (now < 1_000_000) {
      now += 7;
      if (!interval.afterStep(1)) continue;
      saves++;
      const cost = saves % 2 === 0 ? 30 : 20;
      interval.begun();
      interval.ended(cost);
      now += cost;
      spent += cost;
    }
    expect(spent / now).toBeLessThan(0.009);
    expect(spent / now).toBeGreaterThan(0.006);
    expect(saves).toBeGreaterThan(250);
  });
});
