import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";

export interface RescalingSettings {
  /** Factor, or one for each entry of the last axis. */
  readonly scale: number | readonly number[];
  /** Added after scaling; or one for each entry of the last axis. Default 0. */
  readonly offset: number | readonly number[];
}

function numbersField(value?: number): Field<number | readonly number[]> {
  const field: Field<number | readonly number[]> = {
    parse(received, where) {
      if (typeof received === "number") return received;
      if (Array.isArray(received) && received.every((item) => typeof item === "number")) return received as number[];
      throw wrongOption(where, "a number or a list of numbers", received);
    },
    toConfig: (list) => list as Json,
  };
  return value === undefined ? field : { ...field, default: value };
}

export type RescalingOptions = Given<RescalingSettings, "scale">;

/** x * scale + offset, e.g. `new Rescaling(1 / 255)` for bytes of images. */
export class Rescaling extends TableLayer<RescalingSettings> {
  static override readonly className: string = "Rescaling";
  static override readonly positional: readonly string[] = ["scale"];
  static override readonly fields: Fields<RescalingSettings> = { scale: numbersField(), offset: numbersField(0) };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(scale: number | readonly number[], options: RescalingOptions = {}) {
    super(withArguments(new.target, { scale }, options));
  }

  override call(x: Value, _context?: CallContext): Value {
    const { scale, offset } = this.options;
    return ops.add(ops.multiply(x, operand(scale)), operand(offset));
  }
}

const operand = (value: number | readonly number[]): number | Tensor =>
  typeof value === "number" ? value : new Tensor([...value]);
