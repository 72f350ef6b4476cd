import { ShapeError } from "../../core/errors.js";
import { type Field, type Fields, wrongOption } from "../../core/options.js";
import { formatShape, sizeOf } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import { withArguments } from "../base/with-arguments.js";

const targetField: Field<readonly number[]> = {
  parse(value, where) {
    const ok = Array.isArray(value) && value.every((dim) => Number.isInteger(dim) && dim >= -1);
    if (!ok || value.filter((dim) => dim === -1).length > 1) {
      throw wrongOption(where, "a list of whole numbers, at most one of them -1", value);
    }
    return [...(value as number[])];
  },
  toConfig: (value) => value as Json,
};

export interface ReshapeSettings {
  /** Shape of a sample. One size may be -1: it follows from the others. */
  readonly targetShape: readonly number[];
}

export type ReshapeOptions = Given<ReshapeSettings, "targetShape">;

/** (batch, ...rest) -> (batch, ...targetShape). */
export class Reshape extends TableLayer<ReshapeSettings> {
  static override readonly className: string = "Reshape";
  static override readonly positional: readonly string[] = ["targetShape"];
  static override readonly fields: Fields<ReshapeSettings> = {
    targetShape: targetField,
  };

  constructor(targetShape: readonly number[], options: ReshapeOptions = {}) {
    super(withArguments(new.target, { targetShape }, options));
  }

  override call(x: Value, _context?: CallContext): Value {
    return ops.reshape(x, [x.shape[0]!, ...this.#resolve(x)]);
  }

  #resolve(x: Value): readonly number[] {
    const { targetShape } = this.options;
    const size = sizeOf(x.shape.slice(1));
    const known = targetShape.reduce((product, dim) => (dim === -1 ? product : product * dim), 1);
    const open = targetShape.includes(-1);
    if (open ? known === 0 || size % known !== 0 : known !== size) {
      throw new ShapeError({
        code: "reshape-size",
        what: `${this.label} cannot make (${targetShape.join(", ")}) of its input`,
        received: `${size} elements a sample, shape ${formatShape(x.shape)}`,
        expected: open ? `a multiple of ${known}` : `${known} elements a sample`,
        data: { layer: this.name },
      });
    }
    return targetShape.map((dim) => (dim === -1 ? size / known : dim));
  }
}
