import { FormatError, OptionError, ShapeError } from "../../core/errors.js";
import { bool, type Field, type Fields, int, nullable, oneOf, wrongOption } from "../../core/options.js";
import { isConfig } from "../../core/parts.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Json, StateValue } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Given } from "../base/given.js";
import { HostLayer, type HostType } from "../base/host-layer.js";
import type { Learning } from "../base/learned.js";
import { absentField } from "../options/absent-field.js";
import { type AdaptData, type AdaptOptions, adaptGiven, adaptSource } from "./adapt-data.js";
import { noSamples, outputModeField } from "./encode.js";
import { LOOKUP_FIELDS, type LookupMode, listField } from "./lookup-settings.js";
import { sparseField } from "./sparse-field.js";
import { StringLookup } from "./string-lookup.js";
import { TermCounts } from "./term-counts.js";
import { ngramsOf, type Split, type Standardize, standardized, tokensOf } from "./text-tokens.js";
import type { VocabularyLike } from "./vocabulary.js";

export interface TextVectorizationSettings {
  /** Most entries of the vocabulary, with those for padding and unknown words. Default null: no limit. */
  readonly maxTokens: number | null;
  /**
   * What happens to a text before it is split: "lower" (A to Z alone, as in Keras), "strip_punctuation", both, null, or a
   * function of the text. Default "lower_and_strip_punctuation".
   */
  readonly standardize: Standardize;
  /** "whitespace", "character", null (each text is a token), or a function that gives the tokens. Default "whitespace". */
  readonly split: Split;
  /** Runs of tokens that count as tokens: a number for all lengths up to it, or a list of lengths. Default null: none. */
  readonly ngrams: number | readonly number[] | null;
  /**
   * "int": the index of each token; "multi_hot": a vector for each text, 1 where a token occurs; "count": how often it
   * occurs; "tf_idf": that times the token's inverse document frequency; "one_hot": a vector for each text that is one
   * token. Default "int".
   */
  readonly outputMode: LookupMode;
  /** With "int": texts are cut, or filled up with 0, to so many ids. Default null: to those of the longest of a batch. */
  readonly outputSequenceLength: number | null;
  /** Vectors have maxTokens numbers, however many tokens there are. Default false. */
  readonly padToMaxTokens: boolean;
  /** Sparse tensors are refused: only dense ones exist here. Default false. */
  readonly sparse: boolean;
  /** Ragged tensors are refused: only dense ones exist here. Default false. */
  readonly ragged: boolean;
  /** The vocabulary. Default null: `adapt` learns it. */
  readonly vocabulary: readonly string[] | null;
  /** With outputMode "tf_idf" and a vocabulary: the factor of each entry. Default null. */
  readonly idfWeights: readonly number[] | null;
  /** Of texts in bytes; there are none here. Default "utf-8". */
  readonly encoding: "utf-8";
  /** For files: the size of the vocabulary that they hold. Default null. */
  readonly vocabularySize: number | null;
}

export type TextVectorizationOptions = Given<TextVectorizationSettings>;

/** One of a few words, null, or a function of the user's, of which files have the name alone. */
function wayField<T>(choices: readonly string[], resting: string): Field<T> {
  const words = oneOf(choices, { default: resting });
  return {
    default: resting as T,
    parse: (value, where) => (value === null || typeof value === "function" ? value : words.parse(value, where)) as T,
    toConfig: (value) =>
      typeof value === "function"
        ? { module: "builtins", class_name: "function", config: value.name, registered_name: "function" }
        : (value as Json),
    fromConfig(json, where) {
      if (!isConfig(json)) return (json === null ? null : words.parse(json, where)) as T;
      throw new FormatError({
        code: "text-function-file",
        what: `${where} is a function of the program that wrote the file`,
        received: String(json["config"] ?? json["class_name"]),
        expected: choices.map((choice) => `"${choice}"`).join(", "),
        fix: "Make the model in code, with the function, and load the weights: model.loadWeights(path)",
      });
    },
  };
}

const NGRAMS: Field<number | readonly number[] | null> = {
  default: null,
  parse(value, where) {
    const list: unknown[] = value === null ? [] : Array.isArray(value) ? value : [value];
    if (list.every((item) => Number.isInteger(item) && (item as number) >= 1)) return value as number;
    throw wrongOption(where, "a whole number >= 1, a list of such, or null", value);
  },
  toConfig: (value) => value as Json,
};

/**
 * Texts as the ids of their tokens, (batch, 1) or (batch) -> (batch, tokens), or as vectors (batch, vocabulary). Ids: 0 is
 * padding, 1 an unknown token. Computed on the host: in a model it stands between an Input of dtype "string" and the
 * layers that compute.
 * @example
 * const vectorize = new layers.TextVectorization({ maxTokens: 10_000, outputSequenceLength: 100 });
 * await vectorize.adapt(texts);
 * vectorize.call(["some text"]);
 */
export class TextVectorization extends HostLayer<TextVectorizationSettings> implements Learning {
  static override readonly className: string = "TextVectorization";
  static override readonly fields: Fields<TextVectorizationSettings> = {
    maxTokens: LOOKUP_FIELDS.maxTokens,
    standardize: wayField(["lower_and_strip_punctuation", "lower", "strip_punctuation"], "lower_and_strip_punctuation"),
    split: wayField(["whitespace", "character"], "whitespace"),
    ngrams: NGRAMS,
    outputMode: outputModeField<LookupMode>(["int", "one_hot", "multi_hot", "count", "tf_idf"], "int"),
    outputSequenceLength: nullable(int({ min: 1 })),
    padToMaxTokens: bool(false),
    sparse: sparseField,
    ragged: absentField(false, "ragged tensors; the dense ones are filled up with 0") as Field<boolean>,
    vocabulary: listField<string>((item) => typeof item === "string", "texts"),
    idfWeights: listField<number>((item) => typeof item === "number", "numbers"),
    encoding: oneOf(["utf-8"], { default: "utf-8" }),
    vocabularySize: nullable(int({ min: 0 })),
  };

  readonly #lookup: StringLookup;
  readonly #ngrams: readonly number[] | null;

  /** @throws {OptionError} for options that exclude each other, or a vocabulary that does not fit them */
  constructor(options: TextVectorizationOptions = {}) {
    super(options);
    const { maxTokens, vocabulary, idfWeights, padToMaxTokens, outputMode, outputSequenceLength, ngrams } =
      this.options;
    if (outputMode !== "int" && outputSequenceLength !== null) {
      throw new OptionError({
        code: "lookup-options",
        what: `${this.label}: outputSequenceLength needs outputMode "int"`,
        received: outputMode,
        fix: "Change one of the two",
      });
    }
    const { vocabularySize } = this.options;
    const common = { maxTokens, vocabulary, idfWeights, padToMaxTokens, outputMode, vocabularySize };
    this.#lookup = new StringLookup({ ...common, maskToken: "", name: this.name });
    this.#ngrams = typeof ngrams === "number" ? Array.from({ length: ngrams }, (_, i) => i + 1) : ngrams;
  }

  /** @param options.includeSpecialTokens with those for padding and unknown tokens: then the index of an entry is its id. Default true */
  getVocabulary(options?: { readonly includeSpecialTokens?: boolean }): string[] {
    return this.#lookup.getVocabulary(options);
  }

  /** Number of entries, with the special tokens. */
  vocabularySize(): number {
    return this.#lookup.vocabularySize();
  }

  /** Sets the vocabulary, in place of `adapt`; see {@link StringLookup.setVocabulary}. */
  async setVocabulary(vocabulary: VocabularyLike, idfWeights: readonly number[] | null = null): Promise<void> {
    await this.#lookup.setVocabulary(vocabulary, idfWeights);
  }

  /**
   * Learns the vocabulary of texts: the tokens that occur most often, of equal ones the larger first. It forgets what it
   * has learned before. Models that have the layer go on with the new one.
   * @throws {OptionError} for something that is no data, or when the vocabulary was given
   * @throws {StateError} when vectors of a model would get another size
   */
  async adapt(data: AdaptData, options?: AdaptOptions): Promise<void> {
    const where = `adapt of ${this.label}`;
    const source = adaptSource(where, data, options);
    if (this.options.vocabulary !== null) {
      throw adaptGiven(where, "vocabulary", "Leave it out");
    }
    const counts = new TermCounts();
    for await (const batch of source.batches()) {
      this.#checkTexts(batch.dtype);
      for (const document of this.#documents(batch)) counts.add(document);
    }
    this.#lookup.learnFrom(counts);
  }

  protected override typeFor([input]: readonly HostType[]): HostType {
    const { shape, dtype } = input!;
    this.#checkTexts(dtype);
    const { outputMode: mode, outputSequenceLength: length, split } = this.options;
    const outer = this.#outerShape(shape);
    if (mode === "int") {
      const width = split === null && this.#ngrams === null ? (shape.at(-1) ?? null) : null;
      return { shape: [...outer, length ?? width], dtype: "int64" };
    }
    const { shape: encoded, dtype: made } = this.#lookup.hostStage.types([
      { shape: [...outer, null], dtype, dims: null },
    ])[0]!;
    return { shape: mode === "one_hot" ? encoded : [...outer, encoded.at(-1)!], dtype: made };
  }

  protected override computeOn([texts]: readonly Tensor[]): Tensor {
    this.#checkTexts(texts!.dtype);
    this.#lookup.requireLearned();
    const { outputMode: mode, outputSequenceLength } = this.options;
    const rows = this.#documents(texts!);
    const outer = this.#outerShape(texts!.shape) as readonly number[];
    const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const width = mode === "int" ? (outputSequenceLength ?? longest) : longest;
    // Where there is no token there is nothing: -1 counts nowhere in vectors, 0 is padding.
    const ids = new Int32Array(rows.length * width).fill(mode === "int" ? 0 : -1);
    rows.forEach((row, i) => {
      ids.set(this.#lookup.indicesOf(row.slice(0, width)), i * width);
    });
    return this.#lookup.encode(ids, [...outer, width]);
  }

  /** The shape of the input without the axis that its tokens take. @throws {ShapeError} */
  #outerShape(shape: Shape): Shape {
    const { split, outputMode: mode } = this.options;
    if (split === null) {
      if (shape.length < 2 && mode !== "int" && shape[0] === null) throw noSamples(this.label, mode, [-1]);
      return shape.length > 1 ? shape.slice(0, -1) : shape;
    }
    if (shape.length <= 1) return shape;
    if (shape.at(-1) === 1) return shape.slice(0, -1);
    throw new ShapeError({
      code: "text-input",
      what: `${this.label} takes one text in each row, which it splits`,
      received: formatShape(shape),
      expected: "(batch, 1) or (batch)",
      fix: "Give each text a row of its own, or split: null for rows that are lists of tokens",
      data: { layer: this.name },
    });
  }

  #documents({ data, shape }: Tensor): readonly (readonly string[])[] {
    const { standardize, split } = this.options;
    const texts = (data as unknown as readonly string[]).map((text) => standardized(text, standardize));
    const count = this.#outerShape(shape).reduce<number>((product, dim) => product * dim!, 1);
    const width = count === 0 ? 0 : texts.length / count;
    const rows = Array.from({ length: count }, (_, i) =>
      texts.slice(i * width, (i + 1) * width).flatMap((text) => tokensOf(text, split)),
    );
    return this.#ngrams === null ? rows : rows.map((row) => ngramsOf(row, this.#ngrams!));
  }

  #checkTexts(dtype: HostType["dtype"]): void {
    if (dtype === "string") return;
    throw new OptionError({
      code: "text-data",
      what: `${this.label} takes texts`,
      received: `numbers of ${dtype}`,
      expected: 'texts, in a model an Input of dtype "string"',
      fix: 'Begin the model with Input({ shape: [1], dtype: "string" })',
    });
  }

  override getConfig(): Record<string, Json> {
    const { vocabulary } = this.#lookup.getConfig();
    return { ...super.getConfig(), vocabulary: vocabulary ?? null, vocabulary_size: this.vocabularySize() };
  }

  /** @internal */
  getLearned(): StateValue | null {
    return this.#lookup.getLearned();
  }

  /** @internal */
  setLearned(state: StateValue): void {
    this.#lookup.setLearned(state);
  }

  /** @internal */
  requireLearned(): void {
    this.#lookup.requireLearned();
  }

  /** Keras's files have what the layer has learned once more, for the lookup layer inside it. @internal */
  readonly learnedPlaces: readonly string[] = ["_lookup_layer"];
}
