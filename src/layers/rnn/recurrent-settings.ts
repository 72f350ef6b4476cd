import type { Activation } from "../../activations/index.js";
import type { Constraint } from "../../constraints/index.js";
import { bool, type Fields, float, int, nullable } from "../../core/options.js";
import type { Initializer } from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import { activationField, constraintField, initializerField, regularizerField } from "../options/fields.js";

/** What every recurrent layer does with the results of its cell. */
export interface RecurrenceSettings {
  /** The outputs of all steps, (batch, steps, units), rather than the last one. Default false. */
  readonly returnSequences: boolean;
  /** Gives a list: the output, then the states after the last step. Default false. */
  readonly returnState: boolean;
  /** From the last step to the first; outputs come in the order in which they are made. Default false. */
  readonly goBackwards: boolean;
  /**
   * A batch begins with the states with which the one before ended. Wants a fixed batch size (`batchShape` of the
   * input). Default false.
   */
  readonly stateful: boolean;
  /** Changes nothing: results are the same. Default false. */
  readonly unroll: boolean;
  /** Steps that are masked give zeros rather than the output of the step before. Default false. */
  readonly zeroOutputForMask: boolean;
}

export const recurrenceFields: Fields<RecurrenceSettings> = {
  returnSequences: bool(false),
  returnState: bool(false),
  goBackwards: bool(false),
  stateful: bool(false),
  unroll: bool(false),
  zeroOutputForMask: bool(false),
};

/** What the cells of Keras share. */
export interface CellSettings {
  /** Size of output and state. */
  readonly units: number;
  /** Default "tanh". */
  readonly activation: Activation;
  /** Default true. */
  readonly useBias: boolean;
  /** Default "glorot_uniform". */
  readonly kernelInitializer: Initializer;
  /** Default "orthogonal". */
  readonly recurrentInitializer: Initializer;
  /** Default "zeros". */
  readonly biasInitializer: Initializer;
  /** Penalty on the kernel, added to the loss. Default null: none. */
  readonly kernelRegularizer: Regularizer | null;
  /** Penalty on the recurrent kernel, added to the loss. Default null: none. */
  readonly recurrentRegularizer: Regularizer | null;
  /** Penalty on the bias, added to the loss. Default null: none. */
  readonly biasRegularizer: Regularizer | null;
  /** Projection of the kernel after each update. Default null: none. */
  readonly kernelConstraint: Constraint | null;
  /** Projection of the recurrent kernel after each update. Default null: none. */
  readonly recurrentConstraint: Constraint | null;
  /** Projection of the bias after each update. Default null: none. */
  readonly biasConstraint: Constraint | null;
  /** Fraction of the inputs that is dropped, the same ones in all steps of a sequence. Default 0. */
  readonly dropout: number;
  /** The same for the states. Default 0. */
  readonly recurrentDropout: number;
  /**
   * Makes the masks others than those of a layer in the same place with another seed. Default null: the layer's own.
   */
  readonly seed: number | null;
}

export const cellHead: Fields<Pick<CellSettings, "units" | "activation">> = {
  units: int({ min: 1 }),
  activation: activationField("tanh"),
};

export const cellInitializers: Fields<
  Pick<CellSettings, "kernelInitializer" | "recurrentInitializer" | "biasInitializer">
> = {
  kernelInitializer: initializerField("glorot_uniform"),
  recurrentInitializer: initializerField("orthogonal"),
  biasInitializer: initializerField("zeros"),
};

export const cellRegularizers: Fields<
  Pick<CellSettings, "kernelRegularizer" | "recurrentRegularizer" | "biasRegularizer">
> = {
  kernelRegularizer: regularizerField(),
  recurrentRegularizer: regularizerField(),
  biasRegularizer: regularizerField(),
};

export const cellConstraints: Fields<
  Pick<CellSettings, "kernelConstraint" | "recurrentConstraint" | "biasConstraint">
> = {
  kernelConstraint: constraintField(),
  recurrentConstraint: constraintField(),
  biasConstraint: constraintField(),
};

export const cellDropout: Fields<Pick<CellSettings, "dropout" | "recurrentDropout" | "seed">> = {
  dropout: float({ min: 0, max: 1 }, { default: 0 }),
  recurrentDropout: float({ min: 0, max: 1 }, { default: 0 }),
  seed: nullable(int()),
};
