import { ShapeError } from "../../core/errors.js";
import { type Fields, int } from "../../core/options.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { type Inputs, isList } from "../base/inputs.js";
import type { Mask } from "../base/masks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface ConcatenateSettings {
  /** Axis to join along, not 0 (the batch). Default -1. */
  readonly axis: number;
}

export type ConcatenateOptions = Given<ConcatenateSettings>;

/** Joins its inputs along an axis; all other axes must agree. */
export class Concatenate extends TableLayer<ConcatenateSettings, readonly Value[]> {
  static override readonly className: string = "Concatenate";
  static override readonly fields: Fields<ConcatenateSettings> = { axis: int({}, { default: -1 }) };
  static override readonly traits: LayerTraits = { supportsMasking: true };

  /** The masks, joined. Inputs without a mask count whole. */
  override computeMask(inputs: Inputs, masks: readonly Mask[]): Mask {
    if (!isList(inputs) || masks.every((mask) => mask === null)) return null;
    const whole = inputs.map((input, i) => {
      const mask = masks[i] ?? ops.cast(ops.onesLike(input), "bool");
      const wide = mask.shape.length < input.shape.length ? ops.expandDims(mask, -1) : mask;
      return ops.broadcastTo(wide, input.shape);
    });
    return ops.any(ops.concatenate(whole, this.options.axis), { axes: -1 });
  }

  override build(shapes: readonly Shape[]): void {
    const { axis } = this.options;
    const first = shapes[0]!;
    const at = axis < 0 ? axis + first.length : axis;
    const fits = (shape: Shape) =>
      shape.length === first.length &&
      shape.every((dim, i) => i === at || dim === null || first[i] === null || dim === first[i]);
    if (at >= 0 && at < first.length && shapes.every(fits)) return;
    throw new ShapeError({
      code: "concatenate-shapes",
      what: `${this.label} needs inputs that agree in all axes but ${axis}`,
      received: shapes.map(formatShape).join(" and "),
      data: { layer: this.name },
    });
  }

  override call(inputs: readonly Value[], _context?: CallContext): Value {
    if (isList(inputs)) return ops.concatenate(sameKind(inputs), this.options.axis);
    throw new ShapeError({
      code: "merge-shapes",
      what: `${this.label} takes a list of tensors`,
      received: "one tensor",
      fix: "Use concatenate.apply([a, b])",
      data: { layer: this.name },
    });
  }
}

// Integers become floats when they are joined with floats.
function sameKind(inputs: readonly Value[]): readonly Value[] {
  const same = inputs.every((input) => input.dtype === inputs[0]!.dtype);
  return same ? inputs : inputs.map((input) => ops.cast(input, "float32"));
}
