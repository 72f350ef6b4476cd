import { sizeOf } from "../../core/shape.js";
import { batchAxisOf } from "../fit.js";
import type { Plan } from "../plan.js";
import { rowsOfShard, treeSum } from "../shards.js";
import { shapeAt, type Value } from "../value.js";
import { aroundAxis, type NumberArray } from "./array.js";
import { type Environment, interpret } from "./interpret.js";

/** What a whole batch needs; `feeds` hold all rows. */
export interface BatchEnvironment {
  readonly feeds?: ReadonlyMap<Value, ArrayLike<number> | number>;
  readonly rows: number;
  readonly seed?: number;
  readonly iteration?: number;
}

/** Interprets a plan shard by shard: results of the whole batch, in the order of the plan's outputs. */
export function interpretPlan(plan: Plan, environment: BatchEnvironment): NumberArray[] {
  const { rows, seed = 0, iteration = 0, feeds = new Map() } = environment;
  const shards = Array.from({ length: plan.shards }, (_, i) => rowsOfShard(rows, plan.shards, i));
  /** The known values of each shard; null for shards without rows. */
  const known = shards.map(({ start, end }, index): Map<Value, ArrayLike<number> | number> | null => {
    if (start === end && (rows > 0 || index > 0)) return null;
    return new Map([...feeds].map(([value, data]) => [value, partOf(value, data, rows, start, end)] as const));
  });
  const run = (index: number, outputs: readonly Value[]): NumberArray[] => {
    const { start, end } = shards[index]!;
    const local: Environment = { feeds: known[index]!, rows: end - start, rowOffset: start, seed, iteration };
    return interpret(outputs, local);
  };
  const alive = known.flatMap((shard, index) => (shard === null ? [] : [index]));
  const tell = (index: number, values: readonly Value[], results: readonly NumberArray[]): void => {
    values.forEach((value, i) => {
      known[index]!.set(value, results[i]!.data);
    });
  };
  for (const stage of plan.stages) {
    if (stage.kind === "allSum") {
      const sums = stage.parts.map((part) => {
        const parts = known.map((shard) =>
          shard === null ? null : Float64Array.from(shard.get(part) as Float64Array),
        );
        return { data: treeSum(parts, (a, b) => a.map((x, i) => x + b[i]!))!, shape: part.shape };
      });
      for (const index of alive) tell(index, stage.sums, sums);
    } else if (stage.kind === "once") {
      const results = run(alive[0]!, stage.outputs);
      for (const index of alive) tell(index, stage.outputs, results);
    } else {
      for (const index of alive) tell(index, stage.outputs, run(index, stage.outputs));
    }
  }
  return plan.outputs.map((output) => {
    const axis = batchAxisOf(output.shape);
    const parts = alive.map((index) => run(index, [output])[0]!);
    return axis < 0 ? parts[0]! : joined(parts, axis, shapeAt(output.shape, rows));
  });
}

/** A shard's rows of the feeds. */
function partOf(
  value: Value,
  data: ArrayLike<number> | number,
  rows: number,
  start: number,
  end: number,
): ArrayLike<number> | number {
  const axis = batchAxisOf(value.shape);
  if (axis < 0 || typeof data === "number") return data;
  const { outer, size, inner } = aroundAxis(shapeAt(value.shape, rows), axis);
  const each = (size / rows) * inner;
  const from = Float64Array.from(data);
  const out = new Float64Array(outer * (end - start) * each);
  for (let o = 0; o < outer; o++) {
    out.set(from.subarray(o * size * inner + start * each, o * size * inner + end * each), o * (end - start) * each);
  }
  return out;
}

function joined(parts: readonly NumberArray[], axis: number, shape: readonly number[]): NumberArray {
  const data = new Float64Array(sizeOf(shape));
  const { outer, size, inner } = aroundAxis(shape, axis);
  let at = 0;
  for (const part of parts) {
    const width = part.shape[axis]! * inner;
    for (let o = 0; o < outer; o++) data.set(part.data.subarray(o * width, (o + 1) * width), o * size * inner + at);
    at += width;
  }
  return { data, shape };
}
