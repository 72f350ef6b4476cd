import { OptionError, StateError } from "../../core/errors.js";
import { uniqueName } from "../../core/names.js";
import { type Fields, int, nullable, oneOf, resolveOptions, text } from "../../core/options.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import { Tensor } from "../../core/tensor.js";
import { valueText } from "../../core/value-text.js";
import { nodeVfs } from "../../core/vfs-node.js";
import type { Records } from "../../data/index.js";
import { exactTensor, type HostArray } from "../../layers/base/host-data.js";
import * as layers from "../../layers/index.js";
import type { AdaptData } from "../../layers/preprocessing/adapt-data.js";
import { Model } from "../../model/index.js";
import { Input } from "../../network/index.js";
import { columnsOf } from "./columns-of.js";
import { encodeFeatures } from "./encode-features.js";
import * as features from "./feature.js";
import { Cross, Feature, type FeatureOutput } from "./feature.js";
import { readFeatureSpace, writeFeatureSpace } from "./files.js";

/** Keras's words for features with their default options. */
export type FeatureKind =
  | "float"
  | "float_rescaled"
  | "float_normalized"
  | "float_discretized"
  | "integer_categorical"
  | "string_categorical"
  | "integer_hashed"
  | "string_hashed";

/** Columns by name: each one value, or one a row. */
export interface FeatureRecords {
  readonly [feature: string]: HostArray;
}

/** "concat": all features side by side, one vector a row; "dict": an object of them by name. */
export type FeatureSpaceMode = "concat" | "dict";

/** Encoded features as the mode of the space groups them. */
export type Encoded<M extends FeatureSpaceMode, T> = M extends "dict" ? Readonly<Record<string, T>> : T;

/** Options of a {@link FeatureSpace}. */
export interface FeatureSpaceOptions<M extends FeatureSpaceMode = FeatureSpaceMode> {
  /** "concat": all features side by side, one vector a row; "dict": an object of them by name. Default "concat". */
  readonly outputMode?: M;
  /** Features to cross: lists of names, or what `FeatureSpace.cross` gives. Default null: none. */
  readonly crosses?: readonly (readonly string[] | Cross)[] | null;
  /** Bins of crosses that are lists of names. Default 32. */
  readonly crossingDim?: number;
  /** Bins of "integer_hashed" and "string_hashed". Default 32. */
  readonly hashingDim?: number;
  /** Bins of "float_discretized". Default 32. */
  readonly numDiscretizationBins?: number;
  /** Default null: an automatic name. */
  readonly name?: string | null;
}

const FIELDS: Fields<FeatureSpaceOptions> = {
  outputMode: oneOf(["concat", "dict"], { default: "concat" }),
  crosses: { default: null, parse: (value) => value as null },
  crossingDim: int({ min: 1 }, { default: 32 }),
  hashingDim: int({ min: 1 }, { default: 32 }),
  numDiscretizationBins: int({ min: 1 }, { default: 32 }),
  name: nullable(text()),
};

type Adaptable = layers.AnyLayer & { adapt(data: AdaptData): Promise<void> };

/**
 * Prepares and encodes columns of data of all kinds.
 * @example
 * const space = new utils.FeatureSpace({ age: "float_normalized", city: "string_categorical" });
 * await space.adapt({ age: [31, 54], city: ["Oslo", "Rome"] });
 * const rows = await space.call({ age: [40], city: ["Rome"] });
 */
export class FeatureSpace<M extends FeatureSpaceMode = "concat"> {
  static readonly float: typeof features.float = features.float;
  static readonly floatRescaled: typeof features.floatRescaled = features.floatRescaled;
  static readonly floatNormalized: typeof features.floatNormalized = features.floatNormalized;
  static readonly floatDiscretized: typeof features.floatDiscretized = features.floatDiscretized;
  static readonly integerCategorical: typeof features.integerCategorical = features.integerCategorical;
  static readonly stringCategorical: typeof features.stringCategorical = features.stringCategorical;
  static readonly integerHashed: typeof features.integerHashed = features.integerHashed;
  static readonly stringHashed: typeof features.stringHashed = features.stringHashed;

  /**
   * Columns of one kind, for the constructor.
   * @example new utils.FeatureSpace({ ...utils.FeatureSpace.each("float_normalized", ["age", "income"]), city: "string_categorical" })
   */
  static each<N extends string>(kind: FeatureKind, names: readonly N[]): { readonly [K in N]: FeatureKind } {
    return Object.fromEntries(names.map((name) => [name, kind])) as { readonly [K in N]: FeatureKind };
  }

  /** A feature with a layer of yours. */
  static feature(dtype: Feature["dtype"], preprocessor: layers.AnyLayer, outputMode: FeatureOutput): Feature {
    return new Feature(dtype, preprocessor, outputMode);
  }

  /** Features to be crossed in `crossingDim` bins; outputMode "one_hot" (the default) or "int". */
  static cross(featureNames: readonly string[], crossingDim: number, outputMode?: "int" | "one_hot"): Cross {
    return new Cross(featureNames, crossingDim, outputMode);
  }

  /** A space that {@link save}, or Keras, has written. @throws {FormatError} when the file holds none */
  static async load(path: FilePath): Promise<FeatureSpace<FeatureSpaceMode>> {
    const make = (
      columns: Readonly<Record<string, FeatureKind | Feature>>,
      options?: FeatureSpaceOptions,
    ): FeatureSpace<FeatureSpaceMode> => new FeatureSpace<FeatureSpaceMode>(columns, options);
    const space = await readFeatureSpace(pathOf(path, "FeatureSpace.load: path"), nodeVfs(), make);
    space.#isAdapted = true;
    return space;
  }

  readonly name: string;
  readonly features: Readonly<Record<string, Feature>>;
  readonly crosses: readonly Cross[];
  /** The layer of each feature. */
  readonly preprocessors: Readonly<Record<string, layers.AnyLayer>>;
  /** The layer of each cross, by the names of its features with `_X_` between. */
  readonly crossers: Readonly<Record<string, layers.HashedCrossing>>;
  readonly options: Required<Omit<FeatureSpaceOptions, "crosses" | "name">>;
  readonly #inputs: Readonly<Record<string, layers.KerasTensor>>;
  #encoded: layers.KerasTensor | Readonly<Record<string, layers.KerasTensor>> | null = null;
  #model: Model | null = null;
  #isAdapted = false;

  /** @throws {OptionError} for no features, unknown kinds, or crosses of features that there are not */
  constructor(columns: Readonly<Record<string, FeatureKind | Feature>>, options?: FeatureSpaceOptions<M>) {
    const { crosses, name, ...rest } = resolveOptions("FeatureSpace", FIELDS, options);
    this.name = name ?? uniqueName("FeatureSpace");
    this.options = rest;
    if (typeof columns !== "object" || columns === null || Object.keys(columns).length === 0) {
      throw new OptionError({
        code: "features",
        what: "FeatureSpace takes features by their names",
        received: valueText(columns),
        expected: 'e.g. { age: "float_normalized" }',
        fix: "Name at least one column",
      });
    }
    this.features = Object.fromEntries(Object.entries(columns).map(([key, kind]) => [key, this.#feature(key, kind)]));
    this.crosses = (crosses ?? []).map((cross) =>
      cross instanceof Cross ? cross : new Cross(cross, rest.crossingDim),
    );
    for (const cross of this.crosses) this.#checkCross(cross);
    this.preprocessors = Object.fromEntries(
      Object.entries(this.features).map(([key, { preprocessor }]) => [key, preprocessor]),
    );
    this.crossers = Object.fromEntries(
      this.crosses.map((cross) => [cross.name, new layers.HashedCrossing(cross.crossingDim, { name: cross.name })]),
    );
    this.#inputs = Object.fromEntries(
      Object.entries(this.features).map(([key, { dtype }]) => [key, Input({ shape: [1], dtype, name: key })]),
    );
  }

  #feature(name: string, kind: FeatureKind | Feature): Feature {
    if (kind instanceof Feature) return kind;
    const { hashingDim, numDiscretizationBins } = this.options;
    const make: Readonly<Record<FeatureKind, () => Feature>> = {
      float: () => features.float({ name }),
      float_rescaled: () => features.floatRescaled({ name }),
      float_normalized: () => features.floatNormalized({ name }),
      float_discretized: () => features.floatDiscretized(numDiscretizationBins, { name }),
      integer_categorical: () => features.integerCategorical({ name }),
      string_categorical: () => features.stringCategorical({ name }),
      integer_hashed: () => features.integerHashed(hashingDim, { name }),
      string_hashed: () => features.stringHashed(hashingDim, { name }),
    };
    oneOf(Object.keys(make)).parse(kind, `FeatureSpace: feature "${name}"`);
    return make[kind]();
  }

  #checkCross({ featureNames }: Cross): void {
    const unknown = featureNames.find((name) => !Object.hasOwn(this.features, name));
    if (unknown === undefined) return;
    throw new OptionError({
      code: "feature-cross",
      what: "FeatureSpace cannot cross a feature that it does not have",
      received: unknown,
      expected: Object.keys(this.features).join(", "),
      fix: "Name features of the space",
    });
  }

  get #adaptable(): [string, Adaptable][] {
    return Object.entries(this.preprocessors).filter(([, layer]) => {
      if (layer instanceof layers.Normalization) return layer.options.mean === null;
      if (layer instanceof layers.Discretization) return layer.options.numBins !== null;
      const { vocabulary = null } = (layer as { readonly options?: { readonly vocabulary?: unknown } }).options ?? {};
      return "adapt" in layer && vocabulary === null;
    }) as [string, Adaptable][];
  }

  /**
   * Lets each feature's layer learn from its column.
   * @param data columns by name; or batches of such, from an iterable that can be gone through again or a function; or
   * records with these fields (`data.csv`, `data.parquet`), which are read once for each feature that learns
   * @throws {OptionError} when a column is missing
   */
  async adapt(
    data:
      | FeatureRecords
      | Iterable<FeatureRecords>
      | (() => Iterable<FeatureRecords> | AsyncIterable<FeatureRecords>)
      | Records<object>,
  ): Promise<void> {
    for (const [name, layer] of this.#adaptable) {
      await layer.adapt(() => columnsOf(data, (record: FeatureRecords) => this.#column(record, name)));
    }
    this.#isAdapted = true;
    this.#encoded = null;
    this.#model = null;
    this.getEncodedFeatures();
  }

  #column(record: FeatureRecords, name: string): Tensor {
    if (typeof record !== "object" || record === null || !Object.hasOwn(record, name)) {
      throw new OptionError({
        code: "feature-column",
        what: `FeatureSpace "${this.name}" has nothing for the feature "${name}"`,
        received: valueText(record),
        expected: `an object with ${Object.keys(this.features).join(", ")}`,
        fix: "Give a column for each feature",
      });
    }
    const tensor = exactTensor(record[name], `The feature "${name}"`);
    return tensor.shape.length < 2 ? tensor.reshape([tensor.size, 1]) : tensor;
  }

  /** The features as fields of records, for batches: `records.batch(32, { x: space.fields })`. */
  get fields(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.keys(this.features).map((name) => [name, name]));
  }

  /** The Inputs of a model that begins with the features, by name. */
  getInputs(): Readonly<Record<string, layers.KerasTensor>> {
    this.getEncodedFeatures();
    return this.#inputs;
  }

  /** The encoded features, for a model that begins with {@link getInputs}. @throws {StateError} before `adapt` */
  getEncodedFeatures(): Encoded<M, layers.KerasTensor> {
    this.#requireAdapted();
    const { outputMode } = this.options;
    const { features: all, crosses, crossers } = this;
    const parts = {
      label: `FeatureSpace "${this.name}"`,
      features: all,
      crosses,
      crossers,
      inputs: this.#inputs,
      outputMode,
    };
    this.#encoded ??= encodeFeatures(parts);
    return this.#encoded as Encoded<M, layers.KerasTensor>;
  }

  #requireAdapted(): void {
    if (this.#isAdapted || this.#adaptable.length === 0) return;
    throw new StateError({
      code: "not-adapted",
      what: `FeatureSpace "${this.name}" has not seen data yet`,
      expected: "a space whose features have learned from data",
      fix: "Call adapt first: await space.adapt(records)",
    });
  }

  /**
   * The encoded features of rows: a tensor, or tensors by name with outputMode "dict". Single values are a row of its own,
   * whose axis is left out again.
   * @throws {StateError} before `adapt`, {OptionError} when a column is missing
   */
  async call(records: FeatureRecords): Promise<Encoded<M, Tensor>> {
    const encoded = this.getEncodedFeatures();
    const names = Object.keys(this.features);
    const columns = Object.fromEntries(names.map((name) => [name, this.#column(records, name)]));
    const isOne = names.every((name) => !Array.isArray(records[name]) && typeof records[name] !== "object");
    this.#model ??= new Model(this.#inputs as never, encoded as never, { name: `${this.name}_model` }) as Model;
    const outputs = (await this.#model.predictOnBatch(columns as never)) as Tensor | Record<string, Tensor>;
    const row = (tensor: Tensor): Tensor => (isOne ? tensor.reshape(tensor.shape.slice(1)) : tensor);
    if (outputs instanceof Tensor) return row(outputs) as Encoded<M, Tensor>;
    return Object.fromEntries(Object.keys(encoded).map((name) => [name, row(outputs[name]!)])) as Encoded<M, Tensor>;
  }

  /** Writes the space, with what its features have learned, to a `.keras` file, which Keras opens too. */
  async save(path: FilePath): Promise<void> {
    this.#requireAdapted();
    await writeFeatureSpace(this, pathOf(path, `save of FeatureSpace "${this.name}": path`), nodeVfs());
  }
}
