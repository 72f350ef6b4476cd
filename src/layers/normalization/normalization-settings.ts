import type { Constraint } from "../../constraints/index.js";
import { bool, type Fields } from "../../core/options.js";
import type { Initializer } from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import { constraintField, initializerField, regularizerField } from "../options/fields.js";

/** Scale (gamma) and offset (beta) that follow a normalization. */
export interface AffineSettings {
  /** Whether there is an offset beta. Default true. */
  readonly center: boolean;
  /** Whether there is a scale gamma. Default true. */
  readonly scale: boolean;
  /** Default "zeros". */
  readonly betaInitializer: Initializer;
  /** Default "ones". */
  readonly gammaInitializer: Initializer;
  /** Penalty on beta, added to the loss. Default null: none. */
  readonly betaRegularizer: Regularizer | null;
  /** Penalty on gamma, added to the loss. Default null: none. */
  readonly gammaRegularizer: Regularizer | null;
  /** Projection of beta after each update. Default null: none. */
  readonly betaConstraint: Constraint | null;
  /** Projection of gamma after each update. Default null: none. */
  readonly gammaConstraint: Constraint | null;
}

export const affineSwitches: Fields<Pick<AffineSettings, "center" | "scale">> = {
  center: bool(true),
  scale: bool(true),
};

export const affineInitializers: Fields<Pick<AffineSettings, "betaInitializer" | "gammaInitializer">> = {
  betaInitializer: initializerField("zeros"),
  gammaInitializer: initializerField("ones"),
};

export const affinePenalties: Fields<
  Pick<AffineSettings, "betaRegularizer" | "gammaRegularizer" | "betaConstraint" | "gammaConstraint">
> = {
  betaRegularizer: regularizerField(),
  gammaRegularizer: regularizerField(),
  betaConstraint: constraintField(),
  gammaConstraint: constraintField(),
};
