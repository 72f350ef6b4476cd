import { describe, expect, it } from "vitest";
import { build as g } from "../../graph/build.js";
import type { Value } from "../../graph/value.js";
import { sharedPlaces } from "./lifetimes.js";
import type { Step } from "./step.js";

const value = (name: string, ...dims: number[]): Value => g.input(name, [-1, ...dims], "float32");
const step = (inputs: Value[], outputs: Value[]): Step => ({
  kind: "kernel",
  each: true,
  call: { name: "test", kernel: null, inputs, outputs },
  outputs,
});
const x = value("x", 8);
const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => value(name, 8)) as [Value, Value, Value, Value];
const none = new Set<Value>();

describe("values that share a place", () => {
  it("reuse the place of a value that is no longer read", () => {
    const places = sharedPlaces([step([x], [a]), step([a], [b]), step([b], [c]), step([c], [d])], none);
    // b is made while a is read; c can lie in a's place, d in b's.
    expect([a, b, c, d].map((one) => places.get(one))).toEqual([a, b, a, b]);
  });

  it("never take the place of a value that is still read, or read from outside", () => {
    const steps = [step([x], [a]), step([a], [b]), step([a, b], [c]), step([c], [d])];
    expect(sharedPlaces(steps, none).get(c)).toBe(c);
    expect(sharedPlaces(steps, new Set([a])).has(a)).toBe(false);
    expect(sharedPlaces(steps, new Set([a])).get(d)).toBe(b);
  });

  it("have rows of the same length", () => {
    const wide = value("wide", 16);
    const same = g.input("same", [-1, 2, 4], "int32");
    const steps = [step([x], [a]), step([a], [b]), step([b], [wide]), step([wide], [same])];
    const places = sharedPlaces(steps, none);
    expect(places.get(wide)).toBe(wide);
    expect([a, b]).toContain(places.get(same));
  });

  it("are computed once", () => {
    const steps = [step([x], [a]), step([a], [b]), step([b], [c]), step([c], [c, d]), step([x], [a])];
    expect(sharedPlaces(steps, none).has(a)).toBe(false);
    expect(sharedPlaces(steps, none).has(c)).toBe(false);
  });
});
