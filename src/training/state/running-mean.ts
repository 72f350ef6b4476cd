import { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";

/** Mean of a scalar over batches, weighted by their rows, as Keras reports losses. In float32, as there. */
export class RunningMean {
  readonly name: string;
  readonly total: Variable;
  readonly count: Variable;

  constructor(name: string) {
    this.name = name;
    this.total = new Variable({ name: "total", path: `${name}/total`, shape: [], trainable: false });
    this.count = new Variable({ name: "count", path: `${name}/count`, shape: [], trainable: false });
  }

  get variables(): readonly Variable[] {
    return [this.total, this.count];
  }

  /** @param value the same for all shards */
  update(value: Value, rows: Value): Map<Variable, Value> {
    return new Map([
      [this.total, ops.add(this.total.value, ops.multiply(value, rows))],
      [this.count, ops.add(this.count.value, rows)],
    ]);
  }

  /** 0 before the first batch. */
  result(): number {
    const count = this.count.data[0]!;
    return count === 0 ? 0 : Math.fround(this.total.data[0]! / count);
  }

  reset(): void {
    this.total.write([0]);
    this.count.write([0]);
  }
}
