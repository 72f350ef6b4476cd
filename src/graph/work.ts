import { operandsOf, recurrences } from "./step.js";
import { dimAt, type Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * Multiplications and additions in the matrix products, convolutions and recurrences that `outputs` reach, for a batch
 * of `rows` rows. Everything else takes little time in comparison.
 */
export function workOf(outputs: readonly Value[], rows: number): number {
  return [...worksOf(reachable(outputs), rows).values()].reduce((sum, work) => sum + work, 0);
}

/** The same for each of some values that has any; the first result of a recurrence stands for all of them. */
export function worksOf(values: readonly Value[], rows: number): Map<Value, number> {
  const works = new Map<Value, number>();
  for (const results of recurrences(values)) {
    const { attrs, inputs } = results[0]!;
    const inStep = workOf([...attrs.step.next, ...results.map((result) => result.attrs.of)], rows);
    works.set(results[0]!, inStep * operandsOf(attrs.step, inputs).sequences[0]!.shape[0]!);
  }
  for (const value of values) {
    const work = productsOf(value, rows);
    if (work > 0) works.set(value, work);
  }
  return works;
}

function productsOf(value: Value, rows: number): number {
  const [a, b] = value.inputs as readonly [Value, Value];
  const sizeOf = (one: Value): number => elementsOf(one, rows);
  switch (value.op) {
    case "matmul": {
      const { transposeA } = (value as Value<"matmul">).attrs;
      return 2 * sizeOf(value) * dimAt(a.shape.at(transposeA ? -2 : -1)!, rows);
    }
    // Each output sums over all axes of the kernel but the filters; the two gradients cost the same.
    case "conv":
      return (2 * sizeOf(value) * sizeOf(b)) / b.shape[0]!;
    case "convInput":
      return (2 * sizeOf(a) * sizeOf(b)) / b.shape[0]!;
    case "convKernel":
      return (2 * sizeOf(b) * sizeOf(value)) / value.shape[0]!;
    default:
      return 0;
  }
}

/** Elements of a value in a batch of `rows` rows. */
export function elementsOf(value: Value, rows: number): number {
  return value.shape.reduce((size, dim) => size * dimAt(dim, rows), 1);
}
