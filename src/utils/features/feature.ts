import type { DType } from "../../core/dtype.js";
import { OptionError } from "../../core/errors.js";
import { uniqueName } from "../../core/names.js";
import { type Fields, float as floatField, int, nullable, oneOf, resolveOptions, text } from "../../core/options.js";
import { valueText } from "../../core/value-text.js";
import * as layers from "../../layers/index.js";

/** How a feature becomes numbers at the end. */
export type FeatureOutput = "int" | "one_hot" | "float";

/** A column of data: its dtype, the layer that prepares it, and how it is encoded. */
export class Feature {
  readonly dtype: DType;
  readonly preprocessor: layers.AnyLayer;
  readonly outputMode: FeatureOutput;

  /** @throws {OptionError} for another outputMode */
  constructor(dtype: DType, preprocessor: layers.AnyLayer, outputMode: FeatureOutput) {
    checkOutput(outputMode, ["int", "one_hot", "float"]);
    this.dtype = dtype;
    this.preprocessor = preprocessor;
    this.outputMode = outputMode;
  }
}

/** Features that are crossed: combinations of their values, in a fixed number of bins. */
export class Cross {
  readonly featureNames: readonly string[];
  readonly crossingDim: number;
  readonly outputMode: "int" | "one_hot";

  /** @throws {OptionError} for another outputMode */
  constructor(featureNames: readonly string[], crossingDim: number, outputMode: "int" | "one_hot" = "one_hot") {
    checkOutput(outputMode, ["int", "one_hot"]);
    this.featureNames = [...featureNames];
    this.crossingDim = crossingDim;
    this.outputMode = outputMode;
  }

  get name(): string {
    return this.featureNames.join("_X_");
  }
}

function checkOutput(received: unknown, known: readonly string[]): void {
  if (known.includes(received as string)) return;
  throw new OptionError({
    code: "feature-output",
    what: "A feature has no such outputMode",
    received: valueText(received),
    expected: known.map((mode) => `"${mode}"`).join(", "),
    fix: 'Leave it out for "one_hot"',
  });
}

/** Options of every feature. */
export interface FeatureOptions {
  /** Default null: an automatic name. */
  readonly name?: string | null;
}

/** Options of features that are whole numbers in the end. */
export interface HashedOptions extends FeatureOptions {
  /** "one_hot", or "int": the index. Default "one_hot". */
  readonly outputMode?: FeatureOutput;
}

/** Options of categorical features. */
export interface CategoricalOptions extends HashedOptions {
  /** Most entries of the vocabulary. Default null: no limit. */
  readonly maxTokens?: number | null;
  /** Places for values that the vocabulary does not have. Default 1. */
  readonly numOovIndices?: number;
}

/** Options of numbers that are scaled. */
export interface RescaledOptions extends FeatureOptions {
  /** Factor. Default 1. */
  readonly scale?: number;
  /** Added after scaling. Default 0. */
  readonly offset?: number;
}

/** Options of numbers in bins. */
export interface DiscretizedOptions extends HashedOptions {
  /** Boundaries between the bins. Default null: they are learned. */
  readonly binBoundaries?: readonly number[] | null;
}

const NAMED: Fields<FeatureOptions> = { name: nullable(text()) };
const HASHED: Fields<HashedOptions> = {
  ...NAMED,
  outputMode: oneOf<FeatureOutput>(["int", "one_hot", "float"], { default: "one_hot" }),
};
const CATEGORICAL: Fields<CategoricalOptions> = {
  ...HASHED,
  maxTokens: nullable(int({ min: 2 })),
  numOovIndices: int({ min: 0 }, { default: 1 }),
};
const RESCALED: Fields<RescaledOptions> = {
  ...NAMED,
  scale: floatField({}, { default: 1 }),
  offset: floatField({}, { default: 0 }),
};
const DISCRETIZED: Fields<DiscretizedOptions> = {
  ...HASHED,
  binBoundaries: { default: null, parse: (value) => value as readonly number[] | null },
};

const named = (name: string | null, kind: string): string => `${name ?? uniqueName(kind)}_preprocessor`;

/** Numbers as they are. */
export function float(options?: FeatureOptions): Feature {
  const { name } = resolveOptions("FeatureSpace.float", NAMED, options);
  return new Feature("float32", new layers.Identity({ name: named(name, "float") }), "float");
}

/** Numbers times `scale` plus `offset`. */
export function floatRescaled(options?: RescaledOptions): Feature {
  const { scale, offset, name } = resolveOptions("FeatureSpace.floatRescaled", RESCALED, options);
  return new Feature("float32", new layers.Rescaling(scale, { offset, name: named(name, "float_rescaled") }), "float");
}

/** Numbers with the learned mean and variance taken out. */
export function floatNormalized(options?: FeatureOptions): Feature {
  const { name } = resolveOptions("FeatureSpace.floatNormalized", NAMED, options);
  return new Feature("float32", new layers.Normalization({ name: named(name, "float_normalized") }), "float");
}

/** Numbers in bins: `numBins` of them with learned boundaries, or the given boundaries (then numBins is null). */
export function floatDiscretized(numBins: number | null, options?: DiscretizedOptions): Feature {
  const where = "FeatureSpace.floatDiscretized";
  const { binBoundaries, outputMode, name } = resolveOptions(where, DISCRETIZED, options);
  const preprocessor = new layers.Discretization({ numBins, binBoundaries, name: named(name, "float_discretized") });
  return new Feature("float32", preprocessor, outputMode);
}

/** Whole numbers as the indices of a learned vocabulary. */
export function integerCategorical(options?: CategoricalOptions): Feature {
  const { name, outputMode, ...rest } = resolveOptions("FeatureSpace.integerCategorical", CATEGORICAL, options);
  const lookup = new layers.IntegerLookup({ ...rest, name: named(name, "integer_categorical") });
  return new Feature("int32", lookup, outputMode);
}

/** Texts as the indices of a learned vocabulary. */
export function stringCategorical(options?: CategoricalOptions): Feature {
  const { name, outputMode, ...rest } = resolveOptions("FeatureSpace.stringCategorical", CATEGORICAL, options);
  const lookup = new layers.StringLookup({ ...rest, name: named(name, "string_categorical") });
  return new Feature("string", lookup, outputMode);
}

/** Whole numbers in `numBins` bins, by a hash. */
export function integerHashed(numBins: number, options?: HashedOptions): Feature {
  const { outputMode, name } = resolveOptions("FeatureSpace.integerHashed", HASHED, options);
  return new Feature("int32", new layers.Hashing(numBins, { name: named(name, "integer_hashed") }), outputMode);
}

/** Texts in `numBins` bins, by a hash. */
export function stringHashed(numBins: number, options?: HashedOptions): Feature {
  const { outputMode, name } = resolveOptions("FeatureSpace.stringHashed", HASHED, options);
  return new Feature("string", new layers.Hashing(numBins, { name: named(name, "string_hashed") }), outputMode);
}
