import { describe, expect, test } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import { grad } from "../../src/graph/index.js";
import { interpret } from "../../src/graph/interpreter/index.js";
import * as ops from "../../src/ops/index.js";
import { slopes } from "./by-hand.js";

const [ROWS, STEPS, CLASSES] = [2, 5, 3];
const x = ops.input("x", [-1, STEPS, CLASSES], "float32");
const lengths = ops.gather(ops.constant(new Tensor(Int32Array.from([5, 4]), [2], "int32")), ops.iota(x.shape[0]!));
const search = (options: ops.CtcDecodeOptions) => ops.ctcDecode(x, lengths, { strategy: "beam_search", ...options });
const computed = (value: ReturnType<typeof search>[0], data: readonly number[]): number[] => [
  ...interpret([value], { feeds: new Map([[x, data]]), rows: ROWS })[0]!.data,
];
const logits = Array.from({ length: ROWS * STEPS * CLASSES }, (_, i) => Math.sin(i * 1.7));

describe("ctcDecode by a search", () => {
  // On JAX the gradient is NaN.
  test("has the gradients of its scores", () => {
    const [, scores] = search({ beamWidth: 40, topPaths: 2 });
    const total = ops.sum(scores);
    const dx = computed(grad(total, [x])[0]!, logits);
    const expected = slopes((data) => computed(scores, [...data]).reduce((sum, one) => sum + one, 0), logits);
    dx.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5);
    });
  });

  test("gives all there is to equally likely labels in a fixed order, and -Infinity beyond", () => {
    const [paths, scores] = ops.ctcDecode(ops.slice(x, 1, 0, 1), ops.minimum(lengths, 1), {
      strategy: "beam_search",
      beamWidth: 5,
      topPaths: 4,
    });
    const even = logits.map(() => 0);
    const third = Math.log(1 / 3);
    expect(computed(scores, even).map((score) => Math.round(score * 1e6))).toEqual(
      [third, third, third, -Infinity, third, third, third, -Infinity].map((score) => Math.round(score * 1e6)),
    );
    expect(computed(paths, even)).toEqual([-1, -1, 1, 1, 2, 2, -1, -1]);
  });

  test("refuses what does not go together", () => {
    expect(() => search({ mergeRepeated: false })).toThrow(
      /cannot search so\. Received: mergeRepeated false\. Expected: mergeRepeated true.*Leave mergeRepeated out/,
    );
    expect(() => search({ beamWidth: 2, topPaths: 3 })).toThrow(
      /Received: topPaths 3 of beamWidth 2\. Expected: at most as many paths as beams\. Give \{ beamWidth: 3 \} or more/,
    );
  });
});
