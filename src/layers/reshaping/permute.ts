import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { TableLayer } from "../base/table-layer.js";
import { withArguments } from "../base/with-arguments.js";

const dimsField: Field<readonly number[]> = {
  parse(value, where) {
    const sorted = Array.isArray(value) ? [...value].sort((a, b) => a - b) : [];
    if (!Array.isArray(value) || !sorted.every((dim, i) => dim === i + 1)) {
      throw wrongOption(where, "the numbers 1 to n in some order", value);
    }
    return [...(value as number[])];
  },
  toConfig: (value) => value as Json,
};

export interface PermuteSettings {
  /** Axes of the input in the order of the output, counted from 1 after the batch. */
  readonly dims: readonly number[];
}

export type PermuteOptions = Given<PermuteSettings, "dims">;

/** Reorders the axes of a sample. */
export class Permute extends TableLayer<PermuteSettings> {
  static override readonly className: string = "Permute";
  static override readonly positional: readonly string[] = ["dims"];
  static override readonly fields: Fields<PermuteSettings> = {
    dims: dimsField,
  };

  constructor(dims: readonly number[], options: PermuteOptions = {}) {
    super(withArguments(new.target, { dims }, options));
  }

  override get inputSpecs(): readonly InputSpec[] {
    return [{ rank: this.options.dims.length + 1 }];
  }

  override call(x: Value, _context?: CallContext): Value {
    return ops.transpose(x, [0, ...this.options.dims]);
  }
}
