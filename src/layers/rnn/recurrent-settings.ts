import type { Activation } from "../../activations/index.js";
import type { Constraint } from "../../constraints/index.js";
import { bool, type Field, type Fields, float, int, nullable, wrongOption } from "../../core/options.js";
import type { Initializer } from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { AnyLayer } from "../base/layer.js";
import { absentField } from "../options/absent-field.js";
import { activationField, constraintField, initializerField, regularizerField } from "../options/fields.js";

/** Options that all recurrent layers share. */
export interface RecurrenceSettings {
  /** Kept for files of Keras 2: time is always the second axis here. Default false. */
  readonly timeMajor: false;
  /** Return the outputs of all steps, (batch, steps, units), instead of the last one. Default false. */
  readonly returnSequences: boolean;
  /** Return a list: the output, then the states after the last step. Default false. */
  readonly returnState: boolean;
  /** Go from the last step to the first; outputs are in that order. Default false. */
  readonly goBackwards: boolean;
  /**
   * Each batch starts with the last states of the batch before. Needs a fixed batch size (`batchShape` of the input).
   * Default false.
   */
  readonly stateful: boolean;
  /** Has no effect on the results. Default false. */
  readonly unroll: boolean;
  /** Masked steps give zeros instead of the output of the step before. Default false. */
  readonly zeroOutputForMask: boolean;
}

export const recurrenceFields: Fields<RecurrenceSettings> = {
  returnSequences: bool(false),
  returnState: bool(false),
  goBackwards: bool(false),
  stateful: bool(false),
  unroll: bool(false),
  zeroOutputForMask: bool(false),
  timeMajor: { ...absentField(false, "sequences with the steps first"), transient: true },
};

/** Further options of a recurrent layer that makes its own cell. */
export interface OwnCellSettings {
  /** Default null: none. */
  readonly activityRegularizer: Regularizer | null;
  /** Has no effect. Default "auto". */
  readonly useCudnn: boolean | "auto";
}

const useCudnn: Field<boolean | "auto"> = {
  default: "auto",
  transient: true,
  parse(value, where) {
    if (value === "auto" || typeof value === "boolean") return value;
    throw wrongOption(where, 'true, false or "auto"', value);
  },
};

/** The options of recurrence and of a cell of the layer's own, in Keras's order. */
export function ownCellFields<C extends object>(cell: Fields<C>): Fields<C & RecurrenceSettings & OwnCellSettings> {
  const { unitForgetBias, ...others } = cell as Record<string, Field<unknown>>;
  const ordered = Object.entries(others).flatMap(([key, field]): [string, Field<unknown>][] => {
    if (key === "biasInitializer" && unitForgetBias)
      return [
        [key, field],
        ["unitForgetBias", unitForgetBias],
      ];
    if (key === "biasRegularizer")
      return [
        [key, field],
        ["activityRegularizer", regularizerField() as Field<unknown>],
      ];
    return [[key, field]];
  });
  const all: object = { ...recurrenceFields, ...Object.fromEntries(ordered), useCudnn };
  return all as Fields<C & RecurrenceSettings & OwnCellSettings>;
}

interface CellClass<C> {
  readonly positional: readonly string[];
  readonly fields: object;
  // biome-ignore lint/suspicious/noExplicitAny: constructors of cells, whose first arguments differ
  new (...args: any[]): C;
}

/** The cell of a layer that takes the options of its cell too. */
export function ownCell<C extends AnyLayer>(
  cls: CellClass<C>,
  name: string,
  { trainable, dtype, options }: AnyLayer & { readonly options: object },
): C {
  const { positional, fields } = cls;
  const own = Object.entries(options).filter(([key]) => Object.hasOwn(fields, key));
  const args = positional.map((key) => (options as Record<string, unknown>)[key]);
  const named = Object.fromEntries(own.filter(([key]) => !positional.includes(key)));
  return new cls(...args, { ...named, trainable, dtype, name });
}

/** Options that all cells of Keras share. */
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
  /** A whole number that changes which elements are dropped. Default null: the model's seed alone decides. */
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
