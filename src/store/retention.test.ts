import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Kept, type RetentionPolicy, retain } from "./retention.js";

const NONE: RetentionPolicy = {
  last: 0,
  best: 0,
  mode: "min",
  every: null,
  seconds: null,
  pinned: [],
  bytes: null,
};

const at = (ordinal: number, changes: Partial<Kept> = {}): Kept => ({
  ordinal,
  step: 10 * ordinal,
  score: null,
  finite: true,
  bytes: 100,
  time: 1000 * ordinal,
  ...changes,
});
const ordinals = (kept: Set<Kept>): number[] => [...kept].map(({ ordinal }) => ordinal).sort((a, b) => a - b);

describe("retain", () => {
  const five = [0, 1, 2, 3, 4].map((ordinal) => at(ordinal, { score: [3, 1, 1, 5, 2][ordinal]! }));
  it.each<[string, Partial<RetentionPolicy>, number[]]>([
    ["nothing but the newest", {}, [4]],
    ["the last", { last: 2 }, [3, 4]],
    ["the best, of equal ones the newer", { best: 1 }, [2, 4]],
    ["the best by the largest", { best: 1, mode: "max" }, [3, 4]],
    ["every second", { every: 2 }, [0, 2, 4]],
    ["by age", { seconds: 2 }, [2, 3, 4]],
    ["pinned", { pinned: [10] }, [1, 4]],
    ["all together", { last: 2, best: 1, every: 4, pinned: [10] }, [0, 1, 2, 3, 4]],
    ["by bytes, the oldest first", { last: 5, bytes: 250 }, [3, 4]],
    ["by bytes, but never what is pinned and never the newest", { last: 5, bytes: 0, pinned: [0] }, [0, 4]],
  ])("keeps %s", (_, policy, kept) => {
    expect(ordinals(retain(five, { ...NONE, ...policy }, 4000))).toEqual(kept);
  });

  it("keeps the newest checkpoint and the newest finite one", () => {
    const diverged = [at(0), at(1), at(2, { finite: false }), at(3, { finite: false })];
    expect(ordinals(retain(diverged, { ...NONE, last: 1, bytes: 1 }, 0))).toEqual([1, 3]);
  });

  it("never counts as best a score that is NaN or a checkpoint that is not finite", () => {
    const some = [at(0, { score: 2 }), at(1, { score: Number.NaN }), at(2, { score: 1, finite: false }), at(3)];
    expect(ordinals(retain(some, { ...NONE, best: 2 }, 0))).toEqual([0, 3]);
  });
});

describe("whatever the rules", () => {
  const checkpoint = fc.record({
    step: fc.nat(50),
    score: fc.option(fc.double()),
    finite: fc.boolean(),
    bytes: fc.nat(1000),
    time: fc.nat(10_000),
  });
  const checkpoints = fc
    .array(checkpoint, { maxLength: 12 })
    .map((list) => list.map((rest, ordinal): Kept => ({ ...rest, ordinal })));
  const policies: fc.Arbitrary<RetentionPolicy> = fc.record({
    last: fc.nat(4),
    best: fc.nat(3),
    mode: fc.constantFrom("min", "max"),
    every: fc.option(fc.integer({ min: 1, max: 5 })),
    seconds: fc.option(fc.nat(10)),
    pinned: fc.array(fc.nat(50), { maxLength: 3 }),
    bytes: fc.option(fc.nat(5000)),
  });
  const all = fc.tuple(checkpoints, policies, fc.nat(10_000));

  it("keeps a subset with the newest, the newest finite and all pinned checkpoints", () => {
    fc.assert(
      fc.property(all, ([list, policy, now]) => {
        const kept = retain(list, policy, now);
        for (const each of kept) expect(list).toContain(each);
        if (list.length > 0) expect(kept.has(list.at(-1)!)).toBe(true);
        const good = list.filter(({ finite }) => finite).at(-1);
        if (good !== undefined) expect(kept.has(good)).toBe(true);
        for (const each of list) if (policy.pinned.includes(each.step)) expect(kept.has(each)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps the newest and best ones without a limit of bytes, and more rules never keep fewer", () => {
    fc.assert(
      fc.property(all, ([list, policy, now]) => {
        const free = { ...policy, bytes: null };
        const kept = retain(list, free, now);
        for (const each of list.slice(list.length - Math.min(policy.last, list.length)))
          expect(kept.has(each)).toBe(true);
        const scores = list.filter(({ score, finite }) => finite && score !== null && Number.isFinite(score));
        expect(scores.filter((each) => kept.has(each)).length).toBeGreaterThanOrEqual(
          Math.min(policy.best, scores.length),
        );
        for (const each of retain(list, { ...free, best: 0, every: null, seconds: null }, now)) {
          expect(kept.has(each)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("stays within the bytes except for what must stay, and keeps all of what it kept when asked again", () => {
    fc.assert(
      fc.property(all, ([list, policy, now]) => {
        const kept = retain(list, policy, now);
        const must = retain(list, { ...policy, last: 0, best: 0, every: null, seconds: null, bytes: null }, now);
        const bytesOf = (some: Iterable<Kept>) => [...some].reduce((sum, { bytes }) => sum + bytes, 0);
        if (policy.bytes !== null && kept.size > must.size) expect(bytesOf(kept)).toBeLessThanOrEqual(policy.bytes);
        expect(
          retain(
            [...kept].sort((a, b) => a.ordinal - b.ordinal),
            policy,
            now,
          ),
        ).toEqual(kept);
      }),
      { numRuns: 1000 },
    );
  });
});
