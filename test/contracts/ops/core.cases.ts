import { Tensor } from "../../../src/core/tensor.js";
import type { Value } from "../../../src/graph/index.js";
import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

type Names =
  | "scan"
  | "associativeScan"
  | "map"
  | "vectorizedMap"
  | "foriLoop"
  | "whileLoop"
  | "cond"
  | "switch"
  | "ctcLoss"
  | "ctcDecode";

const first = (x: Value): Value => ops.swapAxes(x, 0, 1);
// Gradients of scores, which Keras does not have: ctc-beam-search.test.ts.
const searched = (x: Value, options: ops.CtcDecodeOptions, lengths: readonly number[] = STEPS): [Value, Value] =>
  ops.ctcDecode(x, perRow(x, [...lengths]), { strategy: "beam_search", ...options });
const whole = (numbers: number[][]): Tensor =>
  new Tensor(Int32Array.from(numbers.flat()), [numbers.length, numbers[0]!.length], "int32");

const TARGET = whole([
  [1, 2, 2, 0],
  [3, 1, 0, 0],
  [2, 2, 1, 3],
]);
/** One number for each row of the batch: constants have no rows. */
const perRow = (x: Value, numbers: number[]): Value => {
  const table = ops.constant(new Tensor(Int32Array.from(numbers), [numbers.length], "int32"));
  return ops.gather(table, ops.iota(x.shape[0]!));
};
const targetOf = (x: Value, most = 9): Value => {
  const table = ops.constant(TARGET);
  return ops.minimum(ops.gather(table, ops.iota(x.shape[0]!)), most);
};
const LABELS = [3, 2, 4];
const STEPS = [6, 5, 7];

export const core: OpRows<Names> = {
  scan: [
    on(
      "several values",
      (x, h, w) => {
        const [carry, ys] = ops.scan(
          (c: Value, [e, square]: readonly [Value, Value]) => [
            ops.tanh(ops.add(ops.matmul(c, w!), e)),
            { a: ops.multiply(c, e), b: square },
          ],
          h!,
          [first(x!), first(ops.multiply(x!, x!))] as const,
        );
        return ops.concatenate([ops.expandDims(carry, 1), first(ys.a), first(ys.b)], 1);
      },
      [0, 1],
    ),
    on(
      "backwards",
      (x, h) => {
        const [carry, ys] = ops.scan(
          (c: Value, e: Value) => [ops.add(ops.multiply(c, e), 1), ops.exp(c)],
          h!,
          first(x!),
          {
            reverse: true,
          },
        );
        return ops.concatenate([ops.expandDims(carry, 1), first(ys)], 1);
      },
      [0, 1],
    ),
  ],
  associativeScan: [
    on("sums", (x) => ops.associativeScan((a, b) => ops.add(a, b), x!, { axis: 1 })),
    on("even", (x) => ops.associativeScan((a, b) => ops.multiply(a, b), x!, { axis: 1 })),
    on("backwards", (x) => ops.associativeScan((a, b) => ops.maximum(a, b), x!, { axis: -1, reverse: true })),
    on("one", (x) => ops.associativeScan((a, b) => ops.add(a, b), x!, { axis: 1 })),
    on(
      "of pairs",
      (x, y) =>
        ops.associativeScan(
          (a, b) => ({ m: ops.multiply(a.m, b.m), c: ops.add(ops.multiply(a.c, b.m), b.c) }),
          { m: x!, c: y! },
          { axis: 1 },
        ).c,
    ),
  ],
  map: [
    on("rows", (x, w) => ops.map((row) => ops.multiply(ops.tanh(ops.dot(row, w!)), ops.sum(row)), x!), [0]),
    on("steps", (x, w) => ops.map((e) => ops.multiply(ops.sin(e), w!), x!), []),
  ],
  vectorizedMap: [on("rows", (x, y) => ops.vectorizedMap(([a, b]) => ops.add(ops.dot(a, b), a), [x!, y!] as const))],
  foriLoop: [
    on("steps", (x) => ops.foriLoop(1, 4, (i, v) => ops.add(ops.multiply(v, ops.cast(i, "float32")), ops.sin(v)), x!)),
  ],
  whileLoop: [
    on("halved", (x) =>
      ops.whileLoop(
        (v) => ops.greater(ops.max(ops.abs(v)), 1),
        (v) => ops.multiply(ops.divide(v, 2), ops.cos(v)),
        x!,
        { maximumIterations: 4 },
      ),
    ),
  ],
  cond: [
    on(
      "true",
      (x, c) =>
        ops.cond(
          ops.greater(1, ops.full([], 0)),
          () => ops.add(ops.multiply(x!, c!), ops.sin(x!)),
          () => ops.divide(ops.sqrt(ops.subtract(x!, x!)), ops.subtract(c!, c!)),
        ),
      [0],
    ),
    on(
      "false",
      (x, c) =>
        ops.cond(
          ops.equal(ops.sum(ops.multiply(x!, 0)), 1),
          () => ops.add(x!, ops.log(ops.multiply(c!, 0))),
          () => ops.subtract(ops.exp(x!), c!),
        ),
      [0],
    ),
  ],
  switch: [
    on("second", (x, y) =>
      ops.switch(
        ops.constant(new Tensor(Int32Array.of(1), [], "int32")),
        [(a, b) => ops.divide(a, ops.subtract(b, b)), (a, b) => ops.multiply(a, b), (a, b) => ops.subtract(a, b)],
        x!,
        y!,
      ),
    ),
    on("beyond", (x, y) => ops.switch(7, [(a) => ops.sqrt(a), (a, b) => ops.subtract(a, ops.multiply(b, b))], x!, y!)),
  ],
  ctcLoss: [
    on("lengths", (x) => ops.ctcLoss(targetOf(x!), x!, perRow(x!, LABELS), perRow(x!, STEPS))),
    on("another blank", (x) =>
      ops.ctcLoss(targetOf(x!, 2), x!, perRow(x!, LABELS), perRow(x!, STEPS), { maskIndex: 3 }),
    ),
  ],
  ctcDecode: [
    on("merged", (x) => ops.squeeze(ops.ctcDecode(x!, perRow(x!, STEPS))[0], 0)),
    on("apart", (x) => ops.squeeze(ops.ctcDecode(x!, perRow(x!, STEPS), { mergeRepeated: false, maskIndex: 3 })[0], 0)),
    on("scores", (x) => ops.ctcDecode(x!, perRow(x!, STEPS))[1]),
    on("beams", (x) => first(searched(x!, { beamWidth: 4, topPaths: 3 })[0])),
    on("scores of beams", (x) => ops.stopGradient(searched(x!, { beamWidth: 4, topPaths: 3 })[1])),
    on("all beams", (x) => first(searched(x!, { beamWidth: 60, topPaths: 5, maskIndex: 2 })[0])),
    on("scores of all beams", (x) => ops.stopGradient(searched(x!, { beamWidth: 60, topPaths: 5, maskIndex: 2 })[1])),
    on("more beams than paths", (x) => first(searched(x!, { beamWidth: 9, topPaths: 4 }, [1, 1, 1])[0])),
  ],
};
