import { byteSize, type DType } from "../../core/dtype.js";
import { profiling } from "../../core/profiling.js";
import { sizeOf } from "../../core/shape.js";
import { originOf } from "../../graph/origin.js";
import type { Value } from "../../graph/value.js";
import { elementsOf, worksOf } from "../../graph/work.js";

/** What a part of a program has to do at least, and for whom. */
export interface Duty {
  /** Multiplications and additions in products. */
  readonly products: number;
  /** Bytes that it reads and writes outside of itself. */
  readonly bytes: number;
  /** The layers that it works for, each with its part of the whole, which is 1; "" is what belongs to no layer. */
  readonly layers: ReadonlyMap<string, number>;
}

/** What an element costs beside a multiplication and addition in a product, where a part's time is divided by layers. */
const ELEMENT = 80;

const UPDATES = "updates of weights";

/** What a part computes: `outputs`, from `inputs`; those that are `updated` are new values of variables. */
export interface Computed {
  readonly outputs: readonly Value[];
  readonly inputs: readonly Value[];
  readonly rows: number;
  readonly updated: { has(value: Value): boolean };
}

/** What is read or written. */
interface Lying {
  readonly dims: readonly number[];
  readonly dtype: DType;
}

/** What one thread of a machine does at most. */
export interface Rates {
  /** Multiplications and additions in a matrix product, in a millisecond. */
  readonly products: number;
  /** Bytes read or written, in a millisecond. */
  readonly bytes: number;
}

/** Of a part that computes many values. Looks at all of them: for profiles only. */
export function dutyOf(slots: readonly Lying[], { outputs, inputs, rows, updated }: Computed): Duty {
  const values = between(outputs, new Set(inputs));
  const works = worksOf(values, rows);
  const layers = new Map<string, number>();
  for (const value of values) {
    const layer = updated.has(value) && originOf(value) === "" ? UPDATES : originOf(value);
    const cost = (works.get(value) ?? 0) + ELEMENT * elementsOf(value, rows);
    layers.set(layer, (layers.get(layer) ?? 0) + cost);
  }
  const products = [...works.values()].reduce((sum, work) => sum + work, 0);
  return { products, bytes: bytesOf(slots), layers: shares(layers) };
}

/** Of a piece of work for one value. Null without a profile. */
export function dutyFor(slots: readonly Lying[], value: Value, products: number): Duty | null {
  if (profiling === null) return null;
  return { products, bytes: bytesOf(slots), layers: new Map([[originOf(value), 1]]) };
}

const bytesOf = (slots: readonly Lying[]): number =>
  slots.reduce((sum, { dims, dtype }) => sum + sizeOf(dims) * byteSize(dtype), 0);

function shares(costs: ReadonlyMap<string, number>): Map<string, number> {
  const whole = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  return new Map([...costs].map(([layer, cost]) => [layer, whole === 0 ? 1 / costs.size : cost / whole]));
}

/** The values that a part computes itself. */
function between(outputs: readonly Value[], given: ReadonlySet<Value>): Value[] {
  const seen = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value) || given.has(value) || value.op === "constant") continue;
    seen.add(value);
    pending.push(...value.inputs);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
