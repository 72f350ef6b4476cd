import type { DType } from "../../core/dtype.js";
import { OptionError } from "../../core/errors.js";
import { uniqueName } from "../../core/names.js";
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

/** Options of categorical features. */
export interface CategoricalOptions {
  /** Most entries of the vocabulary. Default null: no limit. */
  readonly maxTokens?: number | null;
  /** Places for values that the vocabulary does not have. Default 1. */
  readonly numOovIndices?: number;
  /** "one_hot", or "int": the index. Default "one_hot". */
  readonly outputMode?: FeatureOutput;
  /** Default: an automatic name. */
  readonly name?: string;
}

/** Options of hashed features. */
export interface HashedOptions {
  /** "one_hot", or "int": the bin. Default "one_hot". */
  readonly outputMode?: FeatureOutput;
  /** Default: an automatic name. */
  readonly name?: string;
}

const named = (name: string | undefined, kind: string): string => `${name ?? uniqueName(kind)}_preprocessor`;

/** Numbers as they are. */
export function float({ name }: { readonly name?: string } = {}): Feature {
  return new Feature("float32", new layers.Identity({ name: named(name, "float") }), "float");
}

/** Numbers times `scale` (default 1) plus `offset` (default 0). */
export function floatRescaled(
  options: { readonly scale?: number; readonly offset?: number; readonly name?: string } = {},
): Feature {
  const { scale = 1, offset = 0, name } = options;
  return new Feature("float32", new layers.Rescaling(scale, { offset, name: named(name, "float_rescaled") }), "float");
}

/** Numbers with the learned mean and variance taken out. */
export function floatNormalized({ name }: { readonly name?: string } = {}): Feature {
  return new Feature("float32", new layers.Normalization({ name: named(name, "float_normalized") }), "float");
}

/** Numbers in bins: `numBins` of them with learned boundaries, or the given boundaries (then numBins is null). */
export function floatDiscretized(
  numBins: number | null,
  options: HashedOptions & { readonly binBoundaries?: readonly number[] | null } = {},
): Feature {
  const { binBoundaries = null, outputMode = "one_hot", name } = options;
  const preprocessor = new layers.Discretization({ numBins, binBoundaries, name: named(name, "float_discretized") });
  return new Feature("float32", preprocessor, outputMode);
}

/** Whole numbers as the indices of a learned vocabulary. */
export function integerCategorical(options: CategoricalOptions = {}): Feature {
  const { maxTokens = null, numOovIndices = 1, outputMode = "one_hot", name } = options;
  const lookup = new layers.IntegerLookup({ maxTokens, numOovIndices, name: named(name, "integer_categorical") });
  return new Feature("int32", lookup, outputMode);
}

/** Texts as the indices of a learned vocabulary. */
export function stringCategorical(options: CategoricalOptions = {}): Feature {
  const { maxTokens = null, numOovIndices = 1, outputMode = "one_hot", name } = options;
  const lookup = new layers.StringLookup({ maxTokens, numOovIndices, name: named(name, "string_categorical") });
  return new Feature("string", lookup, outputMode);
}

/** Whole numbers in `numBins` bins, by a hash. */
export function integerHashed(numBins: number, { outputMode = "one_hot", name }: HashedOptions = {}): Feature {
  return new Feature("int32", new layers.Hashing(numBins, { name: named(name, "integer_hashed") }), outputMode);
}

/** Texts in `numBins` bins, by a hash. */
export function stringHashed(numBins: number, { outputMode = "one_hot", name }: HashedOptions = {}): Feature {
  return new Feature("string", new layers.Hashing(numBins, { name: named(name, "string_hashed") }), outputMode);
}
