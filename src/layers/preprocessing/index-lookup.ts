import { OptionError } from "../../core/errors.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { Given } from "../base/given.js";
import { HostLayer, type HostType } from "../base/host-layer.js";
import type { Learning } from "../base/learned.js";
import { type AdaptData, type AdaptOptions, adaptGiven, adaptSource } from "./adapt-data.js";
import { encodedShape, encodeOnHost } from "./host-encode.js";
import { IndexTable, type TableSettings, type Term } from "./index-table.js";
import type { LookupSettings } from "./lookup-settings.js";
import { TermCounts } from "./term-counts.js";
import {
  checkSize,
  learnedOf,
  linesOf,
  setLearned,
  type TermKind,
  termsOf,
  type VocabularyLike,
} from "./vocabulary.js";

type AnySettings = LookupSettings<Term> & Pick<TableSettings, "maskToken" | "oovToken" | "oovMethod" | "salt">;

/** A layer that turns terms into the indices of a vocabulary, or back. */
export abstract class IndexLookup<S extends object> extends HostLayer<S> implements Learning {
  readonly #table: IndexTable;
  readonly #kind: TermKind;
  /** The vocabulary of the config. */
  #given: readonly Term[] | null;
  #frozen: number | null;

  /** @throws {OptionError} for options that exclude each other, or a vocabulary that does not fit them */
  constructor(options: Given<S>, kind: TermKind) {
    super(options);
    this.#kind = kind;
    const settings = this.#settings;
    const { vocabulary, idfWeights, padToMaxTokens, maxTokens, invert, outputMode, vocabularySize } = settings;
    if (padToMaxTokens && maxTokens === null) throw this.#conflict("padToMaxTokens needs maxTokens", "null");
    if (invert && outputMode !== "int") throw this.#conflict('invert needs outputMode "int"', outputMode);
    if (idfWeights !== null && outputMode !== "tf_idf")
      throw this.#conflict('idfWeights need outputMode "tf_idf"', outputMode);
    if (settings.salt !== null && this.#kind.what !== "texts" && settings.oovMethod !== "farmhash") {
      throw this.#conflict('salt needs oovMethod "farmhash"', settings.oovMethod);
    }
    this.#table = new IndexTable(this.label, settings);
    this.#given = vocabulary;
    this.#frozen = vocabularySize;
    if (vocabulary !== null) {
      this.#table.set(vocabulary, idfWeights);
      this.#frozen = this.#table.size;
    }
  }

  get #settings(): AnySettings {
    return this.options as unknown as AnySettings;
  }

  #conflict(what: string, received: string): OptionError {
    return new OptionError({
      code: "lookup-options",
      what: `${this.label}: ${what}`,
      received,
      fix: "Change one of the two",
    });
  }

  /** @param options.includeSpecialTokens with those for the mask and for unknown terms: then the index of an entry is its id. Default true */
  getVocabulary(options: { readonly includeSpecialTokens?: boolean } = {}): Term[] {
    return this.#table.terms(options.includeSpecialTokens ?? true);
  }

  /** Number of entries, with the special tokens. */
  vocabularySize(): number {
    return this.#table.size;
  }

  /**
   * Sets the vocabulary, in place of `adapt`.
   * @param vocabulary a list, with or without the special tokens at its start; or the path of a file with an entry in each line
   * @throws {OptionError} when it does not fit the options, {FormatError} for a file that cannot be read
   * @throws {StateError} when vectors of a model would get another size
   */
  async setVocabulary(vocabulary: VocabularyLike, idfWeights: readonly number[] | null = null): Promise<void> {
    const where = `setVocabulary of ${this.label}`;
    const isFile = typeof vocabulary === "string" || vocabulary instanceof URL;
    const terms = isFile
      ? await linesOf(vocabulary, this.#kind, where)
      : termsOf(vocabulary as readonly Term[], this.#kind, where);
    const next = new IndexTable(this.label, this.#settings);
    next.set(terms, idfWeights, isFile);
    this.#checkSize(next.size);
    this.#table.set(terms, idfWeights, isFile);
    if (this.#given !== null) this.#given = this.#table.terms(true);
    this.#frozen = this.#table.size;
  }

  /**
   * Learns the vocabulary: the terms that occur most often, of equal ones the larger first. It forgets what it has learned
   * before. Models that have the layer go on with the new one.
   * @throws {OptionError} for something that is no data, or when the vocabulary was given
   * @throws {StateError} when vectors of a model would get another size
   */
  async adapt(data: AdaptData, options?: AdaptOptions): Promise<void> {
    const where = `adapt of ${this.label}`;
    const source = adaptSource(where, data, options);
    if (this.#given !== null) {
      throw adaptGiven(where, "vocabulary", "Leave it out");
    }
    const counts = new TermCounts();
    for await (const batch of source.batches()) {
      const terms = this.#termsIn(batch);
      const rank = batch.shape.length;
      // As in Keras: one array of one axis has a document in each place, a batch of one axis is one document.
      const rows = rank > 1 ? batch.shape[0]! : source.isOne ? terms.length : 1;
      const width = rows === 0 ? 0 : terms.length / rows;
      for (let row = 0; row < rows; row++) counts.add(terms.slice(row * width, (row + 1) * width));
    }
    this.learnFrom(counts);
  }

  /** @internal */
  learnFrom({ counts, documents, total }: TermCounts): void {
    const next = new IndexTable(this.label, this.#settings);
    next.learn(counts, documents, total);
    this.#checkSize(next.size);
    this.#table.restore(next.terms(false), next.weights);
    if (next.size > next.start) this.#frozen = next.size;
  }

  #checkSize(size: number): void {
    const { outputMode, padToMaxTokens } = this.#settings;
    const isFixed = outputMode !== "int" && !padToMaxTokens && this.inboundNodes.length > 0;
    checkSize(this.label, this.#frozen, size, isFixed);
  }

  get #depth(): number {
    const { outputMode, padToMaxTokens, maxTokens } = this.#settings;
    if (outputMode === "int") return 0;
    if (padToMaxTokens) return maxTokens!;
    if (this.#frozen === null) this.#table.require();
    return this.#frozen!;
  }

  protected override typeFor([input]: readonly HostType[]): HostType {
    const { outputMode: mode, invert } = this.#settings;
    this.#checkDType(input!.dtype);
    const shape = encodedShape(input!.shape, {
      mode: mode === "tf_idf" ? "count" : mode,
      depth: this.#depth,
      label: this.label,
    });
    if (invert) return { shape, dtype: this.#kind.what === "texts" ? "string" : "int64" };
    return { shape, dtype: mode === "int" ? "int64" : "float32" };
  }

  protected override computeOn([input]: readonly Tensor[]): Tensor {
    this.#checkDType(input!.dtype);
    this.#table.require();
    const { invert } = this.#settings;
    if (invert) return this.#inverted(input!);
    return this.encode(this.indicesOf(this.#termsIn(input!)), input!.shape);
  }

  /** @internal */
  indicesOf(terms: readonly Term[]): Int32Array {
    const known = new Map<Term, number>();
    return Int32Array.from(terms, (term) => {
      let index = known.get(term);
      if (index === undefined) known.set(term, (index = this.#table.indexOf(term)));
      return index;
    });
  }

  /** @internal */
  encode(ids: Int32Array, shape: readonly number[]): Tensor {
    const { outputMode: mode } = this.#settings;
    const factors = mode === "tf_idf" ? this.#table.weights : null;
    return encodeOnHost(ids, shape, { mode, depth: this.#depth, label: this.label, factors });
  }

  #inverted(input: Tensor): Tensor {
    const indices = Array.from(input.cast("float64").data as ArrayLike<number>);
    const terms = indices.map((index) => this.#table.termAt(Math.trunc(index)));
    if (this.#kind.what === "texts") return new Tensor(terms as string[], input.shape, "string");
    return new Tensor(terms.map(BigInt), input.shape, "int64");
  }

  #termsIn({ data, dtype, shape }: Tensor): Term[] {
    const numbers =
      dtype === "float16" || dtype === "bfloat16" ? new Tensor(data, shape, dtype).cast("float32").data : data;
    const terms = Array.from(numbers as ArrayLike<Term>);
    const own = dtype === "string" ? terms : terms.map((term) => wholeOf(term as number));
    const wrong = own.find((term) => !this.#kind.is(term));
    if (wrong === undefined) return own;
    throw this.#wrongData(dtype === "string" ? "texts" : String(wrong));
  }

  #checkDType(dtype: HostType["dtype"]): void {
    const wantsTexts = this.#kind.what === "texts" && !this.#settings.invert;
    if ((dtype === "string") !== wantsTexts)
      throw this.#wrongData(dtype === "string" ? "texts" : `numbers of ${dtype}`);
  }

  #wrongData(received: string): OptionError {
    const what = this.#settings.invert ? "indices" : this.#kind.what;
    return new OptionError({
      code: "lookup-data",
      what: `${this.label} looks up ${what}`,
      received,
      expected: what,
      fix:
        what === "texts"
          ? 'Begin the model with Input({ shape: [1], dtype: "string" })'
          : "For texts there is StringLookup",
    });
  }

  override getConfig(): Record<string, Json> {
    const vocabulary =
      this.#given === null
        ? null
        : (this.#given.map((term) => (typeof term === "bigint" ? Number(term) : term)) as Json);
    return { ...super.getConfig(), vocabulary, vocabulary_size: this.#frozen };
  }

  /** @internal */
  getLearned(): StateValue | null {
    return learnedOf(this.#table, this.#given !== null);
  }

  /** @internal */
  setLearned(state: StateValue): void {
    setLearned(this.#table, state, this.#kind, this.#frozen);
    if (this.#table.isSet) this.#frozen = this.#table.size;
  }

  /** @internal */
  requireLearned(): void {
    this.#table.require();
  }
}

function wholeOf(value: number | bigint): number | bigint {
  if (typeof value === "number") return Math.trunc(value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
