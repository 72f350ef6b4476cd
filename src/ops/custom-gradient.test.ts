import { describe, expect, it } from "vitest";
import { build, interpret, optimize, print, recur, type Value } from "../graph/index.js";
import * as ops from "./index.js";

const x = ops.input("x", [-1, 2]);
const of = (values: readonly Value[], data: readonly number[]): number[][] =>
  interpret(values, { feeds: new Map([[x, data]]) }).map(({ data: result }) => [...result]);

describe("customGradient", () => {
  it("keeps the value bit for bit, where trusting algebra would give NaN", () => {
    const straight = ops.customGradient((x) => ({ value: ops.log(x), gradient: (dy) => dy }));
    const y = straight(x);
    const [value, dx] = of([y, ops.gradients(y, x)], [0, Number.POSITIVE_INFINITY]);
    expect(value).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(dx).toEqual([1, 1]);
  });

  it("rounds with a gradient: a straight-through estimator", () => {
    const round = ops.customGradient((x) => ({ value: ops.round(x), gradient: (dy) => dy }));
    expect(of([ops.gradients(ops.multiply(round(x), 3), x)], [0.2, 1.7])).toEqual([[3, 3]]);
  });

  it("only its arguments get gradients, never what the value was computed from", () => {
    const w = ops.input("w", [2]);
    const scaled = ops.customGradient((x) => ({ value: ops.multiply(x, w), gradient: (dy) => dy }));
    expect(() => ops.gradients(scaled(x), w)).toThrow(/does not depend on x "w"/);
  });

  it("is gone once the gradients are taken: nothing of it is computed", () => {
    const cubed = ops.customGradient((x) => ({
      value: ops.power(x, 3),
      gradient: (dy) => ops.multiply(dy, ops.exp(x)),
    }));
    expect(print(optimize([cubed(x)]))).toBe(print(optimize([ops.power(x, 3)])));
    expect(print(optimize([ops.gradients(cubed(x), x)]))).toBe(print(optimize([ops.exp(x)])));
  });

  it("keeps its gradient in the steps of a recurrence, and in gradients of gradients", () => {
    const doubled = ops.customGradient((x) => ({ value: x, gradient: (dy) => ops.multiply(dy, ops.multiply(x, 2)) }));
    const start = ops.full([-1, 2], 1);
    const { states } = recur(
      { states: [start], sequences: [build.broadcast(build.scalar(1), [3, 1])] },
      ([h], [one]) => ({
        states: [ops.multiply(ops.multiply(h!, doubled(x)), one!)],
        outputs: [],
      }),
    );
    // The state is x^3; each factor's gradient is 2x instead of 1.
    const first = ops.gradients(states[0]!, x);
    const [value, dx, ddx] = of([states[0]!, first, ops.gradients(first, x)], [2, 3]);
    expect(value).toEqual([8, 27]);
    expect(dx).toEqual([48, 162]);
    // d(3 y y 2x)/dx = 6 y 2x 2x + 6 y y, since y has the gradient 2x again.
    expect(ddx).toEqual([24 * 8 + 6 * 4, 24 * 27 + 6 * 9]);
  });

  it("what does not fit is refused", () => {
    const wrong = (fn: unknown) => () => ops.customGradient(fn as never)(x);
    expect(wrong(() => x)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: The function of customGradient returns something else. Received: float32 (?, 2). Expected: { value, gradient: (dy) => [dx, …] }.]`,
    );
    expect(wrong(() => ({ value: x, gradient: () => undefined }))).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: The gradient function of customGradient returns something else. Received: undefined. Expected: a gradient for each argument: [dx, …], with null for none.]`,
    );
    expect(wrong(() => ({ value: x, gradient: (dy: Value) => [dy, dy] }))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: customGradient cannot take these operands. Received: float32 (?, 2) and float32 (?, 2). Expected: a gradient for each operand: float32 (?, 2). Sum each gradient over the axes along which its operand was repeated; null means that none flows.]`,
    );
    expect(wrong(() => ({ value: x, gradient: () => ops.constant(1) }))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: customGradient cannot take these operands. Received: float32 (). Expected: a gradient for each operand: float32 (?, 2). Sum each gradient over the axes along which its operand was repeated; null means that none flows.]`,
    );
    expect(wrong(() => ({ value: ops.cast(x, "int32"), gradient: () => x }))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: customGradient cannot take these operands. Received: int32 (?, 2) and float32 (?, 2) and float32 (?, 2). Expected: float32 as operand 1. Cast it first.]`,
    );
  });
});
