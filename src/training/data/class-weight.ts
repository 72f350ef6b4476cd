import { OptionError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { Tensor } from "../../core/tensor.js";
import { isPlainObject, valueText } from "../../core/value-text.js";

/** Weight of each class; other classes have weight 1. */
export type ClassWeight = { readonly [label: number]: number } | ReadonlyMap<number, number>;

/**
 * @throws {OptionError} when a label is not an integer or a weight is not a number
 */
export function parseClassWeight(value: unknown, where: string): ReadonlyMap<number, number> {
  const given: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value as object);
  const entries = given.map(([key, weight]) => [typeof key === "string" ? Number(key) : key, weight] as const);
  for (const [i, [label, weight]] of entries.entries()) {
    if (Number.isInteger(label) && typeof weight === "number" && Number.isFinite(weight)) continue;
    const byOutput = isPlainObject(weight);
    throw new OptionError({
      code: "class-weight",
      what: `${where} must give a number for each class`,
      received: `${String(given[i]![0])}: ${valueText(weight)}`,
      expected: "e.g. { 0: 1, 1: 2.5 }",
      fix: byOutput
        ? "For several outputs give sampleWeight instead, as an object by output name"
        : "Number the classes from 0, as in the targets",
    });
  }
  return new Map(entries as [number, number][]);
}

/**
 * A weight for each row, from its label: one-hot targets by their largest element, others rounded (half to even).
 * @throws {OptionError} when a row has several labels
 */
export function classWeights(targets: Tensor, weights: ReadonlyMap<number, number>): Tensor {
  const { data, shape } = targets;
  const rows = shape[0]!;
  const last = shape.length > 1 ? shape.at(-1)! : 1;
  if (data.length !== rows * last) {
    throw new OptionError({
      code: "class-weight-targets",
      what: "Class weights need one label a row",
      received: `targets of shape ${formatShape(shape)}`,
      expected: "(rows,), (rows, 1), or one-hot (rows, classes)",
      fix: "Give sampleWeight instead",
    });
  }
  const out = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    out[row] = weights.get(last === 1 ? roundHalfEven(Number(data[row])) : largest(data, row * last, last)) ?? 1;
  }
  return new Tensor(out, [rows]);
}

function largest(data: Tensor["data"], start: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (Number(data[start + i]) > Number(data[start + best])) best = i;
  return best;
}

function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
