import { expect, it } from "vitest";
import { build } from "../../graph/build.js";
import { interpret } from "../../graph/interpreter/index.js";
import { shapeAt } from "../../graph/value.js";
import { defaultArena } from "../arena.js";
import type { Slot } from "../session.js";
import { floats, runKernel } from "./kernel.js";
import { inJavaScript, maxPool } from "./max-pool.js";

const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -3.4028234663852886e38, 0];

/** A generator of whole numbers below a bound (a linear congruence of 32 bits). */
function numbersBelow(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

it("is the largest element of each window, NaN and infinities included, for 300 random geometries", () => {
  const below = numbersBelow(5);
  for (let trial = 0; trial < 300; trial++) {
    const axes = 1 + below(3);
    const list = <T>(make: () => T): T[] => Array.from({ length: axes }, make);
    const window = list(() => 1 + below(4));
    const attrs = {
      window,
      strides: list(() => 1 + below(3)),
      padding: window.map((size) => [below(size), below(size)] as const),
    };
    const rows = 1 + below(3);
    const x = build.input(
      "x",
      [-1, 1 + below(3), ...window.map((size) => size + below(axes === 3 ? 4 : 13))],
      "float32",
    );
    const value = build.maxPool(x, attrs);
    const slot = (dims: readonly number[]): Slot => {
      const bytes = dims.reduce((a, b) => a * b, 4);
      return { block: defaultArena().allocate(bytes), start: 0, dims, dtype: "float32" };
    };
    const [from, to, again] = [x.shape, value.shape, value.shape].map((dims) => slot(shapeAt(dims, rows)));
    floats(from!).forEach((_, i, data) => {
      data[i] = below(8) === 0 ? SPECIAL[below(SPECIAL.length)]! : below(100) - 50;
    });
    runKernel(maxPool(attrs), [from!], [to!]);
    inJavaScript(floats(from!), from!.dims, floats(again!), again!.dims, attrs);
    const [expected] = interpret([value], { rows, feeds: new Map([[x, floats(from!)]]) });
    expect([...floats(to!)], JSON.stringify({ attrs, dims: from!.dims })).toEqual([...expected!.data]);
    expect([...floats(again!)]).toEqual([...expected!.data]);
    for (const { block } of [from!, to!, again!]) block.free();
  }
});
