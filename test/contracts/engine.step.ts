import { type ProgramSpec, Variable } from "../../src/engine/index.js";
import { product } from "../../src/graph/fit.js";
import { grad, type InputValue, type Value } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";

/** Numbers in (-0.5, 0.5), the same each time. */
export function numbers(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

export interface Step {
  readonly spec: ProgramSpec;
  readonly weights: readonly Variable[];
  readonly inputs: {
    readonly x: InputValue;
    readonly ids: InputValue;
    readonly rate: InputValue;
    readonly rows: InputValue;
  };
  /** The feeds of a run of `rows` rows. */
  feeds(rows: number, rate?: number): Map<InputValue, ArrayLike<number> | number>;
}

/** A weight of numbers that look random. */
export const variable = (name: string, shape: number[], seed: number): Variable =>
  new Variable({ name, shape, initial: numbers(product(shape), seed) });

/**
 * A training step with everything that engines must handle: convolution, maximum pooling, dropout, an embedding whose
 * gradient adds up equal ids, batch statistics, a loss over the whole batch, a clipped update.
 */
export function trainStep(shards: number): Step {
  const kernel = variable("kernel", [3, 3, 1, 4], 1);
  const table = variable("table", [5, 4], 2);
  const dense = variable("dense", [16, 3], 3);
  const bias = variable("bias", [3], 4);
  const average = variable("average", [16], 5);
  const weights = [kernel, table, dense, bias];

  const x = ops.input("x", [-1, 6, 6, 1], "float32") as InputValue;
  const ids = ops.input("ids", [-1], "int32") as InputValue;
  const rate = ops.input("rate", [], "float32") as InputValue;
  const rows = ops.input("rows", [], "float32") as InputValue;

  const embedded = ops.reshape(ops.gather(table.value, ids), [-1, 1, 1, 4]);
  const convolved = ops.relu(ops.add(ops.conv(x, kernel.value, { padding: "valid" }), embedded));
  const pooled = ops.flatten2d(ops.maxPool(convolved, { poolSize: [2, 2] }));
  const kept = ops.greaterEqual(ops.random([-1, 16], 77, "uniform"), 0.25);
  const dropped = ops.where(kept, ops.divide(pooled, 0.75), 0);
  const mean = ops.divide(ops.allSum(ops.sum(dropped, { axes: [0] })), rows);
  const logits = ops.add(ops.matmul(ops.subtract(dropped, mean), dense.value), bias.value);
  const perRow = ops.neg(ops.take(ops.logSoftmax(logits), ops.mod(ids, 3)));
  const loss = ops.divide(ops.sum(perRow), rows);
  const gradients = grad(
    loss,
    weights.map((weight) => weight.value),
  ).map((gradient) => ops.allSum(gradient));
  const norm = ops.sqrt(gradients.map((gradient) => ops.sum(ops.square(gradient))).reduce((a, b) => ops.add(a, b)));
  const scale = ops.minimum(1, ops.divide(1, norm));
  const updates = new Map<Variable, Value>();
  for (const [i, weight] of weights.entries()) {
    updates.set(weight, ops.subtract(weight.value, ops.multiply(ops.multiply(gradients[i]!, scale), rate)));
  }
  updates.set(average, ops.add(ops.multiply(average.value, 0.9), ops.multiply(mean, 0.1)));
  const results = { loss: ops.allSum(loss), perRow, logits, norm };
  return {
    spec: { name: "train", results, updates, shards },
    weights: [...weights, average],
    inputs: { x, ids, rate, rows },
    feeds: (count, learningRate = 0.1) =>
      new Map<InputValue, ArrayLike<number> | number>([
        [x, numbers(count * 36, 9 + count)],
        [ids, Int32Array.from({ length: count }, (_, i) => (i * i) % 5)],
        [rate, learningRate],
        [rows, count],
      ]),
  };
}
