import { EngineError } from "../../core/errors.js";
import { formatShape, sizeOf } from "../../core/shape.js";
import type { PrimitiveName } from "../primitive.js";
import { shapeAt, type Value } from "../value.js";
import { ALONG_AXES } from "./along-axes.js";
import type { NumberArray } from "./array.js";
import { BINARY, UNARY } from "./element-wise.js";
import { INDEXING } from "./indexing.js";
import { LEAVES } from "./leaves.js";
import { MATMUL } from "./matmul.js";
import { RECURRENCE } from "./recurrence.js";
import type { Evaluate, Rule, Rules } from "./rule.js";
import { SHAPING } from "./shaping.js";
import { WINDOWS } from "./windows.js";

/** The meaning of every primitive; a missing one does not compile. */
export const RULES: Rules = {
  ...LEAVES,
  ...UNARY,
  ...BINARY,
  ...SHAPING,
  ...ALONG_AXES,
  ...INDEXING,
  ...MATMUL,
  ...WINDOWS,
  ...RECURRENCE,
};

/** What the interpreter needs besides the graph. */
export interface Environment {
  /**
   * Known values: the inputs, and any other value that need not be computed (such as an earlier stage's result).
   * Row-major elements of this shard, or a number for a scalar.
   */
  readonly feeds?: ReadonlyMap<Value, ArrayLike<number> | number>;
  /** Rows of this shard; default 1. */
  readonly rows?: number;
  /** Index of the shard's first row in the batch; default 0. */
  readonly rowOffset?: number;
  readonly seed?: number;
  readonly iteration?: number;
}

/**
 * Evaluates values in float64, one primitive at a time; this defines what a graph means. For one shard: `allSum` is the
 * identity. Slow and simple on purpose: engines and gradients are tested against it.
 * @throws {EngineError} when an input is not fed or has another size, or an id does not exist
 */
export function interpret(outputs: readonly Value[], environment: Environment = {}): NumberArray[] {
  const { feeds = new Map(), rows = 1, rowOffset = 0, seed = 0, iteration = 0 } = environment;
  const evaluate: Evaluate = (steps, fed) =>
    interpret(steps, { feeds: fed, rows, rowOffset }).map((result) => result.data);
  const context = { rows, rowOffset, seed, iteration, evaluate };
  const known = new Map<Value, NumberArray>();
  for (const [value, data] of feeds) known.set(value, fed(value, data, rows));
  for (const value of needed(outputs, known)) {
    const shape = shapeAt(value.shape, rows);
    const inputs = value.inputs.map((input) => known.get(input)!);
    known.set(value, { data: (RULES[value.op] as Rule<PrimitiveName>)(value, inputs, shape, context), shape });
  }
  return outputs.map((output) => known.get(output)!);
}

function fed(value: Value, data: ArrayLike<number> | number, rows: number): NumberArray {
  const shape = shapeAt(value.shape, rows);
  const elements = typeof data === "number" ? Float64Array.of(data) : Float64Array.from(data);
  if (elements.length !== sizeOf(shape)) {
    throw new EngineError({
      code: "feed-size",
      what: `The value fed for ${value.op === "input" ? `input "${(value as Value<"input">).attrs.name}"` : value.op} has the wrong size`,
      received: `${elements.length} elements`,
      expected: `${sizeOf(shape)} for shape ${formatShape(shape)}`,
    });
  }
  return { data: elements, shape };
}

/** The values to compute, in order: those that outputs reach without passing a known value. */
function needed(outputs: readonly Value[], known: ReadonlyMap<Value, NumberArray>): Value[] {
  const seen = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value) || known.has(value)) continue;
    seen.add(value);
    pending.push(...value.inputs);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
