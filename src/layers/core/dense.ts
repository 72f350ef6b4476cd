import type { Activation } from "../../activations/index.js";
import type { Constraint } from "../../constraints/index.js";
import { bool, type Fields, int } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import type { Initializer } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { lastAxis } from "../base/shape-checks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { absentField } from "../options/absent-field.js";
import { activationField, constraintField, initializerField, regularizerField } from "../options/fields.js";

export interface DenseSettings {
  /** Size of the output's last axis. */
  readonly units: number;
  /** Default: none. */
  readonly activation: Activation;
  /** Default true. */
  readonly useBias: boolean;
  /** Default "glorot_uniform". */
  readonly kernelInitializer: Initializer;
  /** Default "zeros". */
  readonly biasInitializer: Initializer;
  /** Penalty on the kernel, added to the loss. Default null: none. */
  readonly kernelRegularizer: Regularizer | null;
  /** Penalty on the bias, added to the loss. Default null: none. */
  readonly biasRegularizer: Regularizer | null;
  /** Projection of the kernel after each update. Default null: none. */
  readonly kernelConstraint: Constraint | null;
  /** Projection of the bias after each update. Default null: none. */
  readonly biasConstraint: Constraint | null;
  /** Kept for files: there are no quantized layers here. Default null. */
  readonly quantizationConfig: null;
}

export type DenseOptions = Given<DenseSettings, "units">;

/**
 * `activation(x . kernel + bias)` along the last axis: (batch, ..., in) -> (batch, ..., units). Weights: kernel
 * (in, units), bias (units).
 */
export class Dense extends TableLayer<DenseSettings> {
  static override readonly className: string = "Dense";
  static override readonly positional: readonly string[] = ["units"];
  static override readonly fields: Fields<DenseSettings> = {
    units: int({ min: 1 }),
    activation: activationField(),
    useBias: bool(true),
    kernelInitializer: initializerField("glorot_uniform"),
    biasInitializer: initializerField("zeros"),
    kernelRegularizer: regularizerField(),
    biasRegularizer: regularizerField(),
    kernelConstraint: constraintField(),
    biasConstraint: constraintField(),
    quantizationConfig: absentField(null, "quantized layers"),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  kernel!: Variable;
  bias: Variable | null = null;

  constructor(units: number, options: DenseOptions = {}) {
    super(withArguments(new.target, { units }, options));
  }

  override get inputSpecs(): readonly InputSpec[] {
    return [{ minRank: 2, ...(this.built ? { axes: { [-1]: this.kernel.shape[0]! } } : {}) }];
  }

  override build([shape]: readonly Shape[]): void {
    const { units, useBias } = this.options;
    this.kernel = this.addWeight("kernel", {
      shape: [lastAxis(this, shape!), units],
      ...weightParts(this.options, "kernel"),
    });
    if (!useBias) return;
    this.bias = this.addWeight("bias", { shape: [units], ...weightParts(this.options, "bias") });
  }

  override call(x: Value, _context?: CallContext): Value {
    const product = ops.matmul(x, this.kernel.value);
    return this.options.activation(this.bias === null ? product : ops.add(product, this.bias.value));
  }
}
