import { ShapeError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { type Inputs, isList } from "../base/inputs.js";
import type { Mask } from "../base/masks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

/** Element-wise merging of a list of tensors that broadcast. Those of lower rank get axes of size 1 after the batch. */
export abstract class BaseMerge extends TableLayer<object, readonly Value[]> {
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };
  protected abstract merge(inputs: readonly Value[]): Value;

  /** A step counts if it counts in any input. Without masks on all inputs there is none. */
  override computeMask(_inputs: Inputs, masks: readonly Mask[]): Mask {
    const present = masks.filter((mask) => mask !== null);
    if (present.length === 0 || present.length < masks.length) return null;
    return present.reduce((all, mask) => ops.logicalOr(all, mask));
  }

  override build(shapes: readonly Shape[]): void {
    if (!shapes.every((shape) => shape.length > 0)) throw notMergeable(this, shapes);
    const rank = Math.max(...shapes.map((shape) => shape.length));
    for (let axis = 1; axis < rank; axis++) {
      // Compared from the last axis, as in broadcasting. A missing axis fits every size.
      const sizes = shapes.map((shape) => (shape.length > axis ? shape[shape.length - axis]! : 1));
      const known = new Set(sizes.filter((size) => size !== null && size !== 1));
      if (known.size > 1) throw notMergeable(this, shapes);
    }
  }

  override call(inputs: readonly Value[], _context?: CallContext): Value {
    if (!isList(inputs)) throw notMergeable(this, null);
    const rank = Math.max(...inputs.map((input) => input.shape.length));
    return this.merge(inputs.map((input) => raise(input, rank)));
  }
}

function raise(x: Value, rank: number): Value {
  let value = x;
  while (value.shape.length < rank) value = ops.expandDims(value, 1);
  return value;
}

function notMergeable(layer: BaseMerge, shapes: readonly Shape[] | null): ShapeError {
  return new ShapeError({
    code: "merge-shapes",
    what: `${layer.label} takes a list of tensors that broadcast to one shape`,
    received: shapes === null ? "one tensor" : shapes.map(formatShape).join(" and "),
    fix: `Use ${layer.className}.apply([a, b])`,
    data: { layer: layer.name },
  });
}
