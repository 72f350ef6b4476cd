import { sizeOf } from "../../core/shape.js";
import { batchAxesOf, batchAxisOf } from "../fit.js";
import { isRowExchange, type Plan } from "../plan.js";
import { rowsOfShard, treeSum } from "../shards.js";
import { shapeAt, type Value } from "../value.js";
import { aroundAxis, type NumberArray } from "./array.js";
import { interpret } from "./interpret.js";

/** What a whole batch needs; `feeds` hold all rows. */
export interface BatchEnvironment {
  readonly feeds?: ReadonlyMap<Value, ArrayLike<number> | number>;
  readonly rows: number;
  readonly seed?: number;
  readonly iteration?: number;
}

type Numbers = ArrayLike<number> | number;

/** Interprets a plan shard by shard: results of the whole batch, in the order of the plan's outputs. */
export function interpretPlan(plan: Plan, environment: BatchEnvironment): NumberArray[] {
  const { rows, seed = 0, iteration = 0, feeds = new Map() } = environment;
  const shards = Array.from({ length: plan.shards }, (_, i) => rowsOfShard(rows, plan.shards, i));
  /** What is known for all rows: feeds, what was computed once, and sums. */
  const all = new Map<Value, Numbers>(feeds);
  /** The known values of each shard; null for shards without rows. */
  const known = shards.map(({ start, end }, index): Map<Value, Numbers> | null => {
    if (start === end && (rows > 0 || index > 0)) return null;
    const isSplit = ([{ shape }]: readonly [Value, Numbers]): boolean => batchAxesOf(shape).length <= 1;
    return new Map([...feeds].filter(isSplit).map(([value, data]) => [value, partOf(value, data, rows, start, end)]));
  });
  const alive = known.flatMap((shard, index) => (shard === null ? [] : [index]));
  const inShard = (index: number, outputs: readonly Value[]): NumberArray[] => {
    const { start, end } = shards[index]!;
    return interpret(outputs, { feeds: known[index]!, rows: end - start, rowOffset: start, seed, iteration });
  };
  const once = (outputs: readonly Value[]): NumberArray[] => interpret(outputs, { feeds: all, rows, seed, iteration });
  const join = (value: Value, parts: readonly Float64Array[]): Float64Array =>
    joined(parts, batchAxisOf(value.shape), shapeAt(value.shape, rows));
  /** The rows that a stage takes from where they were computed. */
  const exchangeRows = (value: Value): void => {
    const [x] = value.inputs as readonly [Value];
    if (value.op === "allRows") {
      const parts = alive.map((index) => known[index]!.get(x) as Float64Array);
      all.set(value, all.get(x) ?? join(x, parts));
      return;
    }
    for (const index of alive) {
      const { start, end } = shards[index]!;
      known[index]!.set(value, partOf(x, all.get(x)!, rows, start, end));
    }
  };
  const tell = (value: Value, data: Float64Array): void => {
    all.set(value, data);
    if (batchAxisOf(value.shape) < 0) for (const index of alive) known[index]!.set(value, data);
  };
  for (const stage of plan.stages) {
    if (stage.kind === "allSum") {
      stage.parts.forEach((part, i) => {
        const parts = known.map((shard) =>
          shard === null ? null : Float64Array.from(shard.get(part) as Float64Array),
        );
        tell(stage.sums[i]!, treeSum(parts, (a, b) => a.map((x, k) => x + b[k]!))!);
      });
      continue;
    }
    for (const input of stage.inputs) if (isRowExchange(input)) exchangeRows(input);
    if (stage.kind === "once") {
      const results = once(stage.outputs);
      for (const [i, output] of stage.outputs.entries()) tell(output, results[i]!.data);
      continue;
    }
    for (const index of alive) {
      const results = inShard(index, stage.outputs);
      for (const [i, output] of stage.outputs.entries()) known[index]!.set(output, results[i]!.data);
    }
  }
  return plan.outputs.map((output) => {
    const shape = shapeAt(output.shape, rows);
    const isInShards = batchAxisOf(output.shape) >= 0 && !all.has(output);
    if (!isInShards) return once([output])[0]!;
    return {
      data: join(
        output,
        alive.map((index) => known[index]!.get(output) as Float64Array),
      ),
      shape,
    };
  });
}

/** A shard's rows of a value. */
function partOf(value: Value, data: Numbers, rows: number, start: number, end: number): Numbers {
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

/** The shards' rows, one after the other along an axis. */
function joined(parts: readonly Float64Array[], axis: number, shape: readonly number[]): Float64Array {
  const data = new Float64Array(sizeOf(shape));
  const { outer, size, inner } = aroundAxis(shape, axis);
  let at = 0;
  for (const part of parts) {
    const width = part.length / outer;
    for (let o = 0; o < outer; o++) data.set(part.subarray(o * width, (o + 1) * width), o * size * inner + at);
    at += width;
  }
  return data;
}
