import { OptionError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { nearest } from "../../core/spelling.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { isPlainObject, valueText } from "../../core/value-text.js";

/** Weight of each class; other classes have weight 1. */
export type ClassWeight = { readonly [label: number]: number } | ReadonlyMap<number, number>;

/** The same for each output by its name; rows of other outputs have weight 1. Keras knows class weights of one output alone. */
export type ClassWeightByOutput = { readonly [output: string]: ClassWeight | null };

/** Weights of the only output, under no name, or of several by their names. */
export type ClassWeights = ReadonlyMap<string | null, ReadonlyMap<number, number>>;

/**
 * @throws {OptionError} when a label is not an integer or a weight is not a number
 */
export function parseClassWeight(value: ClassWeight | ClassWeightByOutput, where: string): ClassWeights {
  const entries = Object.entries(value);
  if (value instanceof Map || entries.length === 0 || !entries.every(([, one]) => isWeights(one))) {
    return new Map([[null, parseOne(value, where)]]);
  }
  return new Map(
    entries.flatMap(([output, one]) => (one === null ? [] : [[output, parseOne(one, `${where}.${output}`)] as const])),
  );
}

const isWeights = (value: unknown): boolean => value === null || value instanceof Map || isPlainObject(value);

/** As the conditions of a run have them. */
export function classWeightJson(weights: ClassWeights): Json {
  const alone = weights.get(null);
  if (alone !== undefined) return [...alone].map(([label, weight]) => [label, weight]);
  return [...weights].map(([output, one]) => [output, [...one].map(([label, weight]) => [label, weight])]);
}

/**
 * The weights of each output, in the order of the outputs.
 * @throws {OptionError} for weights without a name where there are several outputs, and for names that no output has
 */
export function weightsOfOutputs(
  weights: ClassWeights,
  outputs: readonly string[],
  where: string,
): readonly (ReadonlyMap<number, number> | null)[] {
  const alone = weights.get(null);
  if (alone !== undefined) {
    if (outputs.length > 1) throw whichOutput(where, outputs);
    return [alone];
  }
  for (const name of weights.keys()) if (!outputs.includes(name!)) throw noOutput(where, name!, outputs);
  return outputs.map((name) => weights.get(name) ?? null);
}

function whichOutput(where: string, outputs: readonly string[]): OptionError {
  return new OptionError({
    code: "class-weight-outputs",
    what: `${where}: classWeight does not say which of several outputs it is for`,
    received: "weights by class",
    expected: `weights by class for each output: ${outputs.join(", ")}`,
    fix: `Give them by output name: classWeight: { ${JSON.stringify(outputs[0])}: { 0: 1, 1: 2.5 } }`,
  });
}

function noOutput(where: string, name: string, outputs: readonly string[]): OptionError {
  const guess = nearest(name, outputs);
  return new OptionError({
    code: "class-weight-outputs",
    what: `${where}: classWeight is for an output that the model does not have`,
    received: valueText(name),
    expected: outputs.length === 0 ? "weights by class: a step of its own has no named outputs" : outputs.join(", "),
    fix: guess === undefined ? "Give weights by the names in model.outputNames" : `Did you mean "${guess}"?`,
  });
}

function parseOne(value: unknown, where: string): ReadonlyMap<number, number> {
  const given: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value as object);
  const entries = given.map(([key, weight]) => [typeof key === "string" ? Number(key) : key, weight] as const);
  for (const [i, [label, weight]] of entries.entries()) {
    if (Number.isInteger(label) && typeof weight === "number" && Number.isFinite(weight)) continue;
    throw new OptionError({
      code: "class-weight",
      what: `${where} must give a number for each class`,
      received: `${String(given[i]![0])}: ${valueText(weight)}`,
      expected: "e.g. { 0: 1, 1: 2.5 }",
      fix: isWeights(weight)
        ? "Give either a number for each class, or an object of such for each output"
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
