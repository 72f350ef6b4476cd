import type { PrimitiveName } from "../primitive.js";
import type { Value } from "../value.js";
import type { NumberArray } from "./array.js";

/** What a run knows besides its operands. */
export interface RunContext {
  /** Rows of this shard. */
  readonly rows: number;
  /** Index of the shard's first row in the batch. */
  readonly rowOffset: number;
  readonly seed: number;
  readonly iteration: number;
  readonly evaluate: Evaluate;
}

/** Evaluates a separate graph whose leaves are all fed: the step of a recurrence. */
export type Evaluate = (outputs: readonly Value[], feeds: ReadonlyMap<Value, Float64Array>) => Float64Array[];

/** The meaning of a primitive: its result for these operands. `shape` is the result's shape for this shard. */
export type Rule<P extends PrimitiveName> = (
  node: Value<P>,
  inputs: readonly NumberArray[],
  shape: readonly number[],
  context: RunContext,
) => Float64Array;

export type Rules<P extends PrimitiveName = PrimitiveName> = { readonly [K in P]: Rule<K> };
