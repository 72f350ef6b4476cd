import { describe, expect, it } from "vitest";
import { Variable } from "../engine/index.js";
import { StepValues, withStepValues } from "../engine/step-values.js";
import { interpret, interpretPlan, plan, type Value } from "../graph/index.js";
import * as ops from "./index.js";

const x = ops.input("x", [-1, 2]);
const failure = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
};

describe("gradients", () => {
  it("one value gives one, a list gives a list, a variable counts as its value", () => {
    const w = new Variable({ name: "w", shape: [2], initial: [3, 5] });
    const y = ops.multiply(ops.square(x), w.value);
    const [dx, dw] = ops.gradients(y, [x, w]);
    const only: Value = ops.gradients(y, w);
    const feeds = new Map<Value, number[]>([
      [x, [1, 2, 3, 4]],
      [w.value, [3, 5]],
    ]);
    const results = interpret([dx, dw, only, ...ops.gradients(y, [w])], { feeds, rows: 2 });
    expect(results.map(({ data }) => [...data])).toEqual([
      [6, 20, 18, 40],
      [10, 20],
      [10, 20],
      [10, 20],
    ]);
    expect(ops.gradients(y, [])).toEqual([]);
  });

  it("is over the whole batch, also of a weight whose gradient is used again, in any number of shards", () => {
    const w = ops.input("w", [2]);
    const slope = ops.gradients(ops.multiply(ops.square(x), w), w);
    const again = ops.gradients(ops.square(ops.gradients(ops.multiply(ops.square(w), x), w)), [w, x]);
    const values = [ops.sum(ops.square(slope)), ...again];
    const feeds = new Map<Value, number[]>([
      [x, [1, 2, 3, 4, 5, 6]],
      [w, [3, 5]],
    ]);
    const known = [35 ** 2 + 56 ** 2, [8 * 3 * 81, 8 * 5 * 144], [1, 2, 3].flatMap(() => [8 * 9 * 9, 8 * 25 * 12])];
    for (const shards of [1, 2, 3]) {
      const results = interpretPlan(plan(values, shards), { feeds, rows: 3 });
      expect(results.map(({ data }) => (data.length === 1 ? data[0] : [...data]))).toEqual(known);
    }
  });

  it("with respect to a variable that the step has changed, counts what was computed before and after", () => {
    const w = new Variable({ name: "w", shape: [2], initial: [3, 5] });
    const values = new StepValues();
    const dw = withStepValues(values, () => {
      const before = ops.square(w.value);
      values.set(w, ops.stopGradient(ops.multiply(w.value, 10)));
      return [before, [before, ops.square(w.value)]].map((y) => ops.gradients(y as Value[], w));
    });
    const results = interpret(dw, { feeds: new Map([[w.leaf, [3, 5]]]) });
    expect(results.map(({ data }) => [...data])).toEqual([
      [6, 10],
      [66, 110],
    ]);
  });

  it("sums over several y, and takes gradients that arrive at them", () => {
    const y = [ops.square(x), ops.sum(ops.multiply(x, 3), { axes: -1 })];
    const arriving = [ops.full([-1, 2], 10), ops.constant(2)] as const;
    const feeds = new Map<Value, number[]>([[x, [1, 2]]]);
    const wide = ops.broadcastTo(arriving[1], [-1]);
    const [plain] = interpret([ops.gradients(y, x)], { feeds });
    const [scaled] = interpret([ops.gradients(y, x, { outputGradients: [arriving[0], wide] })], { feeds });
    expect([...plain!.data]).toEqual([5, 7]);
    expect([...scaled!.data]).toEqual([26, 46]);
  });

  it("an x that y does not depend on is named, or has zeros on request", () => {
    const w = new Variable({ name: "kernel", path: "dense/kernel", shape: [2] });
    const y = ops.multiply(ops.stopGradient(x), ops.square(x));
    expect(failure(() => ops.gradients(y, [x, w]))).toMatchInlineSnapshot(
      `"OptionError: gradients: y does not depend on x "dense/kernel", or only through what has no gradient (stopGradient, whole numbers, comparisons, rounding). Received: x of shape (2,). Expected: values from which y was computed. Compute y from this very value, leave x out, or ask for zeros: { unconnected: "zero" }."`,
    );
    expect(failure(() => ops.gradients(ops.floor(x), x))).toMatchInlineSnapshot(
      `"OptionError: gradients: y does not depend on x "x", or only through what has no gradient (stopGradient, whole numbers, comparisons, rounding). Received: x of shape (?, 2). Expected: values from which y was computed. Compute y from this very value, leave x out, or ask for zeros: { unconnected: "zero" }."`,
    );
    const [dw] = interpret([ops.gradients(y, w, { unconnected: "zero" })]);
    expect([...dw!.data]).toEqual([0, 0]);
  });

  it("what cannot be differentiated is refused, with how to mend it", () => {
    const ids = ops.input("ids", [-1], "int32");
    expect(failure(() => ops.gradients(x, ids))).toMatchInlineSnapshot(
      `"ShapeError: gradients are taken of float32 values with respect to float32 values; x is not one. Received: "ids": int32 (?,). Expected: float32. Leave it out: whole numbers have no gradient."`,
    );
    expect(failure(() => ops.gradients([x, ops.greater(x, 0)], x))).toMatchInlineSnapshot(
      `"ShapeError: gradients are taken of float32 values with respect to float32 values; y is not one. Received: greater at place 1: bool (?, 2). Expected: float32. Cast it, if anything flows through it at all."`,
    );
    expect(failure(() => ops.gradients(x, [3 as never]))).toMatchInlineSnapshot(
      `"OptionError: gradients takes values of a graph and variables as x. Received: 3 at place 0. A tensor or number becomes a value of the graph by ops.constant; compute y from that value."`,
    );
    expect(failure(() => ops.gradients(x, x, { outputGradients: 1 }))).toMatchInlineSnapshot(
      `"ShapeError: gradients.outputGradients do not fit y. Received: float32 (). Expected: float32 (?, 2)."`,
    );
    expect(failure(() => ops.gradients(x, x, { outputGradients: [x] }))).toMatchInlineSnapshot(
      `"ShapeError: gradients.outputGradients do not fit y. Received: a list of float32 (?, 2). Expected: float32 (?, 2)."`,
    );
    expect(failure(() => ops.gradients(x, x, { unconnected: "none" as never }))).toMatchInlineSnapshot(
      `"OptionError: gradients.unconnected must be one of "error", "zero". Received: "none". Leave unconnected out for its default, "error"."`,
    );
    expect(failure(() => ops.gradients(x, x, { outputGradient: x } as never))).toMatchInlineSnapshot(
      `"OptionError: gradients has no option "outputGradient". Expected: one of outputGradients, unconnected. Did you mean "outputGradients"?"`,
    );
  });
});
