import { apply, PRIMITIVES, withInputs } from "./apply.js";
import { batchAxesOf } from "./fit.js";
import { inversePerm } from "./perm.js";
import type { Primitive } from "./primitive.js";
import type { Operand, Spread } from "./row-rule.js";
import type { Value } from "./value.js";
import { reachable } from "./walk.js";

/** A graph that can be computed in shards. */
export interface Exchanged {
  readonly outputs: readonly Value[];
  /** The spread of every value that the outputs reach. `allSum`, `allRows` and `ownRows` are the exchanges. */
  readonly spreads: ReadonlyMap<Value, Spread>;
}

/**
 * A row of a whole value with fewer elements is worked on where it is, by one thread: bringing it back to the shards
 * would cost more than it saves.
 */
const WORTH_SHARDS = 64;

/**
 * Gives a graph, which means the whole batch, the exchanges between shards that it needs:
 * - `allSum` where a sum over a shard's rows is taken as that of the batch, and for outputs;
 * - `allRows` where a primitive combines rows: it and what follows is computed once, on all rows;
 * - `ownRows` where row-by-row work goes on in the shards.
 *
 * A graph that needs none is returned as it is.
 */
export function exchange(outputs: readonly Value[]): Exchanged {
  const work = new Exchange();
  const done = new Map<Value, Value>();
  for (const node of reachable(outputs)) {
    done.set(
      node,
      work.placed(
        node,
        node.inputs.map((input) => done.get(input)!),
      ),
    );
  }
  return { outputs: outputs.map((output) => work.summed(done.get(output)!)), spreads: work.spreads };
}

class Exchange {
  readonly spreads = new Map<Value, Spread>();
  /** Values with a batch axis that depend on no rows, so that they can be computed anywhere. */
  readonly #free = new Set<Value>();
  readonly #sums = new Map<Value, Value>();
  readonly #wholes = new Map<Value, Value>();
  readonly #rows = new Map<Value, Value>();

  /** `node` on other inputs, with the exchanges that it needs. */
  placed(node: Value, inputs: readonly Value[]): Value {
    if (node.op === "allSum") return this.#allSum(node, inputs[0]!);
    if (node.op === "allRows") return this.#whole(inputs[0]!);
    if (node.op === "ownRows") return this.#ownRows(inputs[0]!);
    // Gradients have been taken by now.
    if (node.op === "customGradient") return inputs[0]!;
    if (inputs.length === 0) return this.#noted(node, leafSpread(node));
    const result = this.#inShards(node, inputs);
    if (result === "crosses") return this.#once(node, inputs);
    if (result === "sums")
      return this.placed(
        node,
        inputs.map((input) => this.summed(input)),
      );
    const spreads = inputs.map((input) => this.spreads.get(input)!);
    if (!spreads.includes("whole")) return this.#noted(withInputs(node, inputs), result);
    if (!spreads.includes("rows") && !isWorthShards([node, ...inputs])) return this.#once(node, inputs);
    return this.#noted(
      withInputs(
        node,
        inputs.map((input) => this.#ownRows(input)),
      ),
      result,
    );
  }

  /** What a partial value stands for; other values as they are. */
  summed(value: Value): Value {
    if (this.spreads.get(value) !== "partial") return value;
    return remembered(this.#sums, value, () => this.#noted(apply("allSum", [value], {}), "replicated"));
  }

  /** The spread of a primitive's result when it is computed in shards, if it can be. */
  #inShards(node: Value, inputs: readonly Value[]): Operand | "crosses" | "sums" {
    if ([node, ...inputs].some(({ shape }) => batchAxesOf(shape).length > 1)) return "crosses";
    const { rows } = PRIMITIVES[node.op] as Primitive<typeof node.op>;
    const operands = inputs.map((input): Operand => {
      const spread = this.spreads.get(input)!;
      return spread === "whole" ? "rows" : spread;
    });
    return rows(node, operands);
  }

  #once(node: Value, inputs: readonly Value[]): Value {
    const value = withInputs(
      node,
      inputs.map((input) => this.#whole(input)),
    );
    return this.#noted(value, batchAxesOf(value.shape).length > 0 ? "whole" : "replicated");
  }

  #allSum(node: Value, x: Value): Value {
    if (this.spreads.get(x) !== "partial") return this.#noted(withInputs(node, [x]), "replicated");
    return remembered(this.#sums, x, () => this.#noted(withInputs(node, [x]), "replicated"));
  }

  /** The value for all rows, as work that is done once reads it. */
  #whole(value: Value): Value {
    const spread = this.spreads.get(value)!;
    if (spread === "partial") return this.summed(value);
    // What is fed or drawn lies in one place for all rows.
    if (spread !== "rows" || value.inputs.length === 0) return value;
    return remembered(this.#wholes, value, () => {
      if (this.#free.has(value)) {
        const inputs = value.inputs.map((input) => this.#whole(input));
        return this.#noted(apply(value.op, inputs, value.attrs), "whole");
      }
      return this.#batchFirst(
        value,
        (first) => (first.op === "ownRows" ? first.inputs[0]! : apply("allRows", [first], {})),
        "whole",
      );
    });
  }

  /** The rows of a shard, as its own work reads them. */
  #ownRows(value: Value): Value {
    if (this.spreads.get(value) !== "whole") return value;
    return remembered(this.#rows, value, () =>
      this.#batchFirst(
        value,
        (first) => (first.op === "allRows" ? first.inputs[0]! : apply("ownRows", [first], {})),
        "rows",
      ),
    );
  }

  /** An exchange of rows, which lie one after the other where the batch is the first axis. */
  #batchFirst(value: Value, change: (first: Value) => Value, to: Spread): Value {
    const [axis] = batchAxesOf(value.shape) as [number];
    if (axis === 0) return this.#noted(change(value), to);
    const perm = [axis, ...value.shape.map((_, i) => i).filter((i) => i !== axis)];
    const first = this.#noted(apply("transpose", [value], { perm }), this.spreads.get(value)!);
    const changed = this.#noted(change(first), to);
    return this.#noted(apply("transpose", [changed], { perm: inversePerm(perm) }), to);
  }

  #noted(value: Value, spread: Spread): Value {
    this.spreads.set(value, spread);
    const isFree = (input: Value): boolean => this.spreads.get(input) === "replicated" || this.#free.has(input);
    if (spread === "rows" && value.inputs.length > 0 && value.inputs.every(isFree)) this.#free.add(value);
    return value;
  }
}

/** Feeds and random numbers are there for all rows; where the batch is their first axis, for each shard's as well. */
function leafSpread({ shape }: Value): Spread {
  const axes = batchAxesOf(shape);
  if (axes.length === 0) return "replicated";
  return axes.length === 1 && axes[0] === 0 ? "rows" : "whole";
}

function isWorthShards(values: readonly Value[]): boolean {
  return values.some(
    ({ shape }) => shape.some((dim) => dim < 0) && Math.abs(shape.reduce((a, b) => a * b, 1)) >= WORTH_SHARDS,
  );
}

function remembered(known: Map<Value, Value>, key: Value, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
