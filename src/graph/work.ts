import { operandsOf, recurrences } from "./step.js";
import { dimAt, type Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * Multiplications and additions in the matrix products, convolutions and recurrences that `outputs` reach, for a batch
 * of `rows` rows. Everything else takes little time in comparison.
 */
export function workOf(outputs: readonly Value[], rows: number): number {
  const sizeOf = (value: Value): number => value.shape.reduce((size, dim) => size * dimAt(dim, rows), 1);
  let work = 0;
  const values = reachable(outputs);
  for (const results of recurrences(values)) {
    const { attrs, inputs } = results[0]!;
    const inStep = workOf([...attrs.step.next, ...results.map((result) => result.attrs.of)], rows);
    work += inStep * operandsOf(attrs.step, inputs).sequences[0]!.shape[0]!;
  }
  for (const value of values) {
    const [a, b] = value.inputs as readonly [Value, Value];
    switch (value.op) {
      case "matmul": {
        const { transposeA } = (value as Value<"matmul">).attrs;
        work += 2 * sizeOf(value) * dimAt(a.shape.at(transposeA ? -2 : -1)!, rows);
        break;
      }
      // Each output sums over all axes of the kernel but the filters; the two gradients cost the same.
      case "conv":
        work += (2 * sizeOf(value) * sizeOf(b)) / b.shape[0]!;
        break;
      case "convInput":
        work += (2 * sizeOf(a) * sizeOf(b)) / b.shape[0]!;
        break;
      case "convKernel":
        work += (2 * sizeOf(b) * sizeOf(value)) / value.shape[0]!;
        break;
      default:
    }
  }
  return work;
}
