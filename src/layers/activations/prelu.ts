import type { Constraint } from "../../constraints/index.js";
import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import type { Initializer } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { axisSize } from "../base/shape-checks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { weightParts } from "../base/weight-parts.js";
import { constraintField, initializerField, regularizerField } from "../options/fields.js";

export interface PReLUSettings {
  /** Default "zeros". */
  readonly alphaInitializer: Initializer;
  /** Penalty on the slopes, added to the loss. Default null: none. */
  readonly alphaRegularizer: Regularizer | null;
  /** Projection of the slopes after each update. Default null: none. */
  readonly alphaConstraint: Constraint | null;
  /** Axes (counted from 1 after the batch) along which one slope serves all elements. Default: none. */
  readonly sharedAxes: readonly number[] | null;
}

const sharedAxesField: Field<readonly number[] | null> = {
  default: null,
  parse(value, where) {
    if (value === null) return null;
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    if (list.every((axis) => typeof axis === "number" && Number.isInteger(axis) && axis >= 1)) return list as number[];
    throw wrongOption(where, "axes, counted from 1", value);
  },
  toConfig: (value) => value as Json,
};

export type PReLUOptions = Given<PReLUSettings>;

/** x above 0, alpha * x below with learned slopes (He et al. 2015). Weight: alpha, of a sample's shape. */
export class PReLU extends TableLayer<PReLUSettings> {
  static override readonly className: string = "PReLU";
  static override readonly fields: Fields<PReLUSettings> = {
    alphaInitializer: initializerField("zeros"),
    alphaRegularizer: regularizerField(),
    alphaConstraint: constraintField(),
    sharedAxes: sharedAxesField,
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  alpha!: Variable;

  override get inputSpecs(): readonly InputSpec[] | null {
    const shape = this.buildShapes?.[0];
    return shape === undefined ? null : [{ rank: shape.length }];
  }

  override build([shape]: readonly Shape[]): void {
    const { sharedAxes } = this.options;
    const axes = shape!.map((_, axis) => axis).slice(1);
    this.alpha = this.addWeight("alpha", {
      shape: axes.map((axis) => (sharedAxes?.includes(axis) ? 1 : axisSize(this, shape!, axis))),
      ...weightParts(this.options, "alpha"),
    });
  }

  override call(x: Value, _context?: CallContext): Value {
    return ops.subtract(ops.relu(x), ops.multiply(this.alpha.value, ops.relu(ops.neg(x))));
  }
}
