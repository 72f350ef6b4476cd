import { optionToKeras } from "../../core/names.js";
import { optionFromKeras } from "../../core/option-names.js";
import {
  bool,
  type Fields,
  nullable,
  optionsFromConfig,
  optionsToConfig,
  type Resolved,
  resolveOptions,
  text,
} from "../../core/options.js";
import type { Config } from "../../core/parts.js";
import { PRESENT, type Reading } from "../../core/reading.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Regularizer, RegularizerIdentifier } from "../../regularizers/index.js";
import { policyField } from "./dtype-policy.js";
import { regularizerField } from "./fields.js";
import { shapeField } from "./shape-field.js";

/** Options that every layer takes. */
export interface LayerOptions {
  /** Unique in its model. Default: Keras's automatic name, e.g. "dense_1". */
  readonly name?: string | null;
  /** Default true. False keeps the weights as they are in training; takes effect with the next `compile`. */
  readonly trainable?: boolean;
  /** Dtype policy. All are computed in float32 and kept when saving. Default "float32". */
  readonly dtype?: string;
  /**
   * Shape of one sample, for the first layer of a Sequential. Default null: the layer before it, or the data, tells.
   */
  readonly inputShape?: Shape | null;
  /** As `inputShape`, with the batch in front. Default null. */
  readonly batchInputShape?: Shape | null;
  /** Penalty on the layer's output, added to the loss. Default null: none. */
  readonly activityRegularizer?: RegularizerIdentifier | null;
}

interface CommonOptions {
  readonly name?: string | null;
  readonly trainable?: boolean;
  readonly dtype?: string;
  readonly activityRegularizer?: Regularizer | null;
  readonly inputShape?: Shape | null;
  readonly batchInputShape?: Shape | null;
}

export const layerFields: Fields<CommonOptions> = {
  name: nullable(text()),
  trainable: bool(true),
  dtype: policyField,
  activityRegularizer: regularizerField(),
  inputShape: nullable(shapeField(), { transient: true }),
  batchInputShape: nullable(shapeField(), { transient: true }),
};

/** The options of {@link LayerOptions} among `options`, checked and with defaults; others are left to the class. */
export function resolveLayerOptions(owner: string, options: object): Resolved<CommonOptions> {
  const common = Object.entries(options).filter(([key]) => Object.hasOwn(layerFields, key));
  return resolveOptions(owner, layerFields, Object.fromEntries(common) as CommonOptions);
}

/** The options among `options` that not every layer has. */
export function furtherOptions(options: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !Object.hasOwn(layerFields, key)));
}

/** The head of every layer's config. Keras leaves an absent activity regularizer out. */
export function layerConfig(options: Resolved<CommonOptions>): Record<string, Json> {
  const { activity_regularizer: penalty, ...config } = optionsToConfig(layerFields, options);
  return penalty === null || penalty === undefined ? config : { ...config, activity_regularizer: penalty };
}

const COMMON_KEYS = new Set(Object.entries(layerFields).map(([key, field]) => field.keras ?? optionToKeras(key)));

/** A config as one options object: common keys checked, others taken as they are, in our spelling. */
export function optionsOfConfig(config: Config, reading: Reading = PRESENT): Record<string, unknown> {
  const [common, own] = [true, false].map((isCommon) =>
    Object.fromEntries(Object.entries(config).filter(([key]) => COMMON_KEYS.has(key) === isCommon)),
  ) as [Config, Config];
  return {
    ...optionsFromConfig(reading.where || "layer", layerFields, common, reading),
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [optionFromKeras(key), value])),
  };
}
