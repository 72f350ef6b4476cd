import type { Constraint } from "../../constraints/index.js";
import type { Fields } from "../../core/options.js";
import type { Initializer } from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import { constraintField, initializerField, regularizerField } from "./fields.js";

/** Initializers, regularizers and constraints of kernel and bias. */
export interface KernelAndBiasSettings {
  /** Default "glorot_uniform". */
  readonly kernelInitializer: Initializer;
  /** Default "zeros". */
  readonly biasInitializer: Initializer;
  /** Penalty on the kernel, added to the loss. Default null: none. */
  readonly kernelRegularizer: Regularizer | null;
  /** Penalty on the bias, added to the loss. Default null: none. */
  readonly biasRegularizer: Regularizer | null;
  /** Default null: none. */
  readonly activityRegularizer: Regularizer | null;
  /** Projection of the kernel after each update. Default null: none. */
  readonly kernelConstraint: Constraint | null;
  /** Projection of the bias after each update. Default null: none. */
  readonly biasConstraint: Constraint | null;
}

/** The fields of {@link KernelAndBiasSettings}, in Keras's order. */
export const kernelAndBiasFields: Fields<KernelAndBiasSettings> = {
  kernelInitializer: initializerField("glorot_uniform"),
  biasInitializer: initializerField("zeros"),
  kernelRegularizer: regularizerField(),
  biasRegularizer: regularizerField(),
  activityRegularizer: regularizerField(),
  kernelConstraint: constraintField(),
  biasConstraint: constraintField(),
};
