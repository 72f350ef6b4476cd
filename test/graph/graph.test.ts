import { describe, expect, it } from "vitest";
import { EngineError, ShapeError, StateError } from "../../src/core/errors.js";
import { normalOf } from "../../src/core/normal.js";
import { randomWords, uniformOf } from "../../src/core/philox.js";
import { Tensor } from "../../src/core/tensor.js";
import { build, grad, interpret, print, type Value, verify } from "../../src/graph/index.js";
import { erf } from "../../src/graph/interpreter/erf.js";
import { makeValue } from "../../src/graph/value.js";
import * as ops from "../../src/ops/index.js";

const x = ops.input("x", [-1, 4]);
const message = (f: () => unknown): string => {
  try {
    f();
  } catch (error) {
    expect(error).toBeInstanceOf(ShapeError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
};

describe("shape errors say what was received and what was expected", () => {
  const wrong: readonly (readonly [() => unknown, string])[] = [
    [
      () => ops.add(x, ops.input("y", [3])),
      "add cannot take these operands. Received: float32 (?, 4) and float32 (3,). " +
        "Expected: shapes that broadcast: equal or 1 on each axis, counted from the last.",
    ],
    [
      () => ops.matmul(x, ops.input("w", [5, 2])),
      "matmul cannot take these operands. Received: float32 (?, 4) and float32 (5, 2). " +
        "Expected: the last axis of the first equal to the last but one of the second.",
    ],
    [
      () => ops.reshape(x, [-1, 5]),
      "reshape cannot take these operands. Received: float32 (?, 4). Expected: as many elements as (?, 5) has (5 instead of 4).",
    ],
    [
      () => ops.reshape(x, [4]),
      "reshape cannot take these operands. Received: float32 (?, 4). Expected: as many elements as (4,) has.",
    ],
    [
      () => ops.slice(x, 0, 2, -1),
      "slice cannot take these operands. Received: float32 (?, 4). " +
        "Expected: whole multiples of the batch inside axis 0, not 2 to -1 by 1.",
    ],
    [
      () => ops.slice(x, 0, 0, -1, 2),
      "slice cannot take these operands. Received: float32 (?, 4). " +
        "Expected: whole multiples of the batch inside axis 0, not 0 to -1 by 2.",
    ],
    [
      () => ops.pad(x, [1, 0], [0, 0]),
      "pad cannot take these operands. Received: float32 (?, 4). " +
        "Expected: widths >= 0 for each axis, for the batch 0 or multiples of it, not 1, 0 and 0, 0.",
    ],
    [
      () => ops.concatenate([x, ops.input("more", [3, 4])], 0),
      "concat cannot take these operands. Received: float32 (?, 4) and float32 (3, 4). " +
        "Expected: one dtype, and one shape but for axis 0.",
    ],
    [
      () => ops.reshape(ops.matmul(x, x, { transposeB: true }), [-1]),
      "reshape cannot take these operands. Received: float32 (?, ?). " +
        "Expected: as many batch axes as (?,) has (1 instead of 2).",
    ],
    [
      () => ops.sum(x, { axes: 2 }),
      "sum has no axis 2 to work on. Received: shape (?, 4). Expected: an axis from -2 to 1.",
    ],
    [
      () => build.exp(build.cast(x, "int32")),
      "exp cannot take these operands. Received: int32 (?, 4). Expected: float32 as operand 1. Cast it first.",
    ],
    [
      () => ops.conv(ops.input("image", [-1, 8, 8, 3]), ops.input("kernel", [3, 3, 4, 2])),
      "conv cannot take these operands. Received: float32 (?, 3, 8, 8) and float32 (2, 4, 3, 3). " +
        "Expected: a kernel (out, 3, …) for 3 channels in 1 groups.",
    ],
    [
      () => ops.conv(ops.input("line", [-1, 8, 3]), ops.input("kernel", [3, 3, 3, 2])),
      "conv with 2 spatial axes needs an operand of rank 4. Received: shape (?, 8, 3).",
    ],
    [
      () => ops.maxPool(ops.input("image", [-1, 2, 2, 3]), { poolSize: [3, 3] }),
      "maxPool cannot take these operands. Received: float32 (?, 3, 2, 2). " +
        "Expected: spatial axes at least as large as the window 3 x 3.",
    ],
    [
      () => ops.allSum(x),
      "allSum cannot take these operands. Received: float32 (?, 4). " +
        "Expected: a value without the batch axis. Sum over the rows first.",
    ],
    [() => ops.split(x, 3, 1), "split cannot divide axis 1 into 3 equal parts. Received: 4 entries."],
    [
      () => grad(x, [x]),
      "Gradients are taken of a scalar. Received: float32 (?, 4). Expected: float32 (). Sum or average the losses first.",
    ],
  ];
  it.each(wrong.map(([f, text]) => [text, f] as const))("%s", (text, f) => {
    expect(message(f)).toBe(text);
  });
});

describe("interpret", () => {
  const numbersOf = (value: Value): number[] => [...interpret([value])[0]!.data];
  const constant = (...data: number[]): Value => build.constant(new Tensor(data));

  it("computes erf to about 1e-16", () => {
    // scipy.special.erf
    const known = [
      [0, 0],
      [0.1, 0.1124629160182849],
      [0.5, 0.5204998778130465],
      [1, 0.8427007929497149],
      [2.4, 0.9993114861033549],
      [2.6, 0.9997639655834707],
      [4, 0.9999999845827421],
      [-1.5, -0.9661051464753108],
      [9, 1],
    ] as const;
    for (const [at, expected] of known) expect(Math.abs(erf(at) - expected)).toBeLessThan(3e-16);
    expect(erf(Number.NaN)).toBeNaN();
  });

  it("follows Python for remainders and C for integer division", () => {
    expect(numbersOf(ops.mod(constant(5, -5, 5, -5), constant(3, 3, -3, -3)))).toEqual([2, 1, -1, -2]);
    const [a, b] = [ops.cast(constant(7, -7, 7), "int32"), ops.cast(constant(2, 2, 0), "int32")];
    expect(numbersOf(build.div(a, b))).toEqual([3, -3, 0]);
  });

  it("wraps int32 around and casts towards zero", () => {
    const large = ops.cast(constant(2 ** 30), "int32");
    expect(numbersOf(build.mul(large, build.scalar(4, "int32")))).toEqual([0]);
    expect(numbersOf(build.add(large, large))).toEqual([-(2 ** 31)]);
    expect(numbersOf(ops.cast(constant(-1.9, 1.9), "int32"))).toEqual([-1, 1]);
  });

  it("does not overflow where the result is finite", () => {
    expect(numbersOf(ops.softplus(constant(-1000, 1000)))).toEqual([0, 1000]);
    expect(numbersOf(ops.sigmoid(constant(-1000, 1000)))).toEqual([0, 1]);
    expect(numbersOf(ops.softmax(constant(1000, 1000)))).toEqual([0.5, 0.5]);
  });

  it("propagates NaN, and argmax gives the first of equal maxima", () => {
    expect(numbersOf(ops.relu(constant(Number.NaN)))).toEqual([Number.NaN]);
    expect(numbersOf(ops.maximum(constant(Number.NaN, 1), constant(1, Number.NaN)))).toEqual([Number.NaN, Number.NaN]);
    expect(numbersOf(ops.argmax(constant(1, 3, 3), 0))).toEqual([1]);
  });

  it("a shard's random numbers are its rows of the batch's", () => {
    const draw = ops.random([-2, 3], 77, "normal");
    const environment = { seed: 9, iteration: 12 };
    const [whole] = interpret([draw], { ...environment, rows: 5 });
    const [part] = interpret([draw], { ...environment, rows: 2, rowOffset: 3 });
    expect([...part!.data]).toEqual([...whole!.data.slice(18)]);
    const words = new Uint32Array(30);
    randomWords({ seed: 9, stream: 77, iteration: 12 }, 0, words);
    expect([...whole!.data]).toEqual(Array.from(words, normalOf));
    const [uniform] = interpret([ops.random([4], 77, "uniform")], environment);
    expect([...uniform!.data]).toEqual(Array.from(words.slice(0, 4), uniformOf));
  });

  it("a missing feed, a feed of the wrong size and an id outside the table are errors", () => {
    expect(() => interpret([x])).toThrow('The graph\'s input "x" was not fed. Feed it');
    expect(() => interpret([x])).toThrow(EngineError);
    expect(() => interpret([x], { rows: 2, feeds: new Map([[x, [1, 2]]]) })).toThrow(
      'The value fed for input "x" has the wrong size. Received: 2 elements. Expected: 8 for shape (2, 4).',
    );
    expect(() => interpret([ops.gather(constant(1, 2), build.scalar(2, "int32"))])).toThrow(
      "An id lies outside of its table. Received: 2. Expected: 0 … 1.",
    );
  });

  it("any value can be fed, not only inputs", () => {
    const hidden = ops.exp(x);
    const [result] = interpret([ops.add(hidden, 1)], { rows: 1, feeds: new Map([[hidden, [1, 2, 3, 4]]]) });
    expect([...result!.data]).toEqual([2, 3, 4, 5]);
  });
});

describe("grad", () => {
  it("gives zeros in the value's shape where no gradient flows", () => {
    const w = ops.input("w", [2, 3]);
    const gradients = grad(ops.sum(ops.stopGradient(x)), [x, w]);
    expect(gradients.map(({ shape }) => shape)).toEqual([
      [-1, 4],
      [2, 3],
    ]);
    expect(interpret(gradients, { rows: 2 }).every(({ data }) => data.every((value) => value === 0))).toBe(true);
  });

  it("gives gradients of inner values too", () => {
    const inner = ops.multiply(x, 3);
    const [gradient] = grad(ops.sum(ops.square(inner)), [inner]);
    const [result] = interpret([gradient!], { rows: 1, feeds: new Map([[x, [1, 2, 3, 4]]]) });
    expect([...result!.data]).toEqual([6, 12, 18, 24]);
  });

  it("builds the same graph each time", () => {
    const make = (): string => {
      const [a, b] = [ops.input("a", [-1, 3]), ops.input("b", [3])];
      const y = ops.tanh(ops.add(ops.multiply(a, b), b));
      return print(grad(ops.sum(ops.multiply(y, y)), [a, b]));
    };
    expect(make()).toBe(make());
  });
});

describe("verify", () => {
  it("accepts graphs made by primitives", () => {
    expect(() => verify(grad(ops.sum(ops.softmax(x)), [x]))).not.toThrow();
  });

  it("refuses a value whose type does not follow from its rule", () => {
    const bad = makeValue("exp", [x], {}, [-1, 5], "float32");
    expect(() => verify([bad])).toThrow(StateError);
    expect(() => verify([bad])).toThrow(
      /is not well formed: it is float32 \(\?, 5\), and by its rule float32 \(\?, 4\)/,
    );
  });

  it("refuses an input with a higher id than its user", () => {
    const old = ops.input("old", [2]);
    const young = ops.input("young", [2]);
    const bad = { ...ops.exp(old), inputs: [young], id: old.id } as Value;
    expect(() => verify([bad])).toThrow(/an input is younger than its user/);
  });
});

describe("print", () => {
  it("writes one value per line, numbered from 0", () => {
    const y = ops.softmax(ops.pad(ops.add(x, 0), [0, 1], [0, 0], Number.NEGATIVE_INFINITY));
    expect(print([y])).toBe(
      '%0 = input {name="x"} : float32[-1, 4]\n%1 = constant {tensor=[0]} : float32[]\n%2 = add %0 %1 : float32[-1, 4]\n' +
        "%3 = pad %2 {before=[0, 1], after=[0, 0], value=-Infinity} : float32[-1, 5]\n" +
        "%4 = softmax %3 {axis=1} : float32[-1, 5]\nreturn %4\n",
    );
  });
});
