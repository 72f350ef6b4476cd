import type { Activation, ActivationIdentifier } from "../../activations/index.js";
import type { Constraint, ConstraintIdentifier } from "../../constraints/index.js";
import type { Initializer, InitializerIdentifier } from "../../initializers/index.js";
import type { Regularizer, RegularizerIdentifier } from "../../regularizers/index.js";
import type { LayerOptions } from "../options/layer-options.js";

type GivenValue<T> = T extends Initializer
  ? InitializerIdentifier
  : T extends Regularizer
    ? RegularizerIdentifier
    : T extends Constraint
      ? ConstraintIdentifier
      : T extends Activation
        ? ActivationIdentifier
        : T extends readonly number[]
          ? number | readonly number[]
          : T;

/**
 * What users may give for a layer's settings: each may be left out, parts may be names, a list may be one number for all
 * axes; and the options of every layer. Settings in `P` are arguments of the constructor. Comments on settings are kept:
 * `keyof S as` maps each property of S itself.
 */
export type Given<S, P extends keyof S = never> = {
  readonly [K in keyof S as Exclude<K, P>]?: GivenValue<S[K]>;
} & LayerOptions;
