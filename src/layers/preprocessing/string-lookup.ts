import type { DType } from "../../core/dtype.js";
import { type Fields, nullable, oneOf, text } from "../../core/options.js";
import type { Given } from "../base/given.js";
import { type Salt, saltField } from "./buckets.js";
import { IndexLookup } from "./index-lookup.js";
import { LOOKUP_FIELDS, type LookupSettings, listField } from "./lookup-settings.js";
import { TEXTS } from "./vocabulary.js";

export interface StringLookupSettings extends LookupSettings<string> {
  /** The text that stands for nothing: it has id 0, and counts nowhere in vectors. Default null: none. */
  readonly maskToken: string | null;
  /** The text that `invert` gives for ids of unknown terms. Default "[UNK]". */
  readonly oovToken: string | null;
  /** Of texts in bytes; there are none here. Default "utf-8". */
  readonly encoding: "utf-8";
  /** As in IntegerLookup; texts are always hashed. Default "floormod". */
  readonly oovMethod: "floormod" | "farmhash";
  /** Key of the hash that chooses among several places for unknown terms: two integers, or one for both. Default null. */
  readonly salt: Salt | null;
}

export type StringLookupOptions = Given<StringLookupSettings>;

/**
 * Texts as the indices of a vocabulary, (…) -> (…), or as vectors. Computed on the host: in a model it stands between an
 * Input of dtype "string" and the layers that compute.
 * @example
 * const lookup = new layers.StringLookup({ vocabulary: ["a", "b"] });
 * lookup.call([["a", "z"]]); // [[1, 0]]
 */
export class StringLookup extends IndexLookup<StringLookupSettings> {
  static override readonly className: string = "StringLookup";
  static override readonly fields: Fields<StringLookupSettings> = {
    invert: LOOKUP_FIELDS.invert,
    maxTokens: LOOKUP_FIELDS.maxTokens,
    numOovIndices: LOOKUP_FIELDS.numOovIndices,
    oovToken: nullable(text(), { default: "[UNK]" }),
    maskToken: nullable(text()),
    outputMode: LOOKUP_FIELDS.outputMode,
    sparse: LOOKUP_FIELDS.sparse,
    padToMaxTokens: LOOKUP_FIELDS.padToMaxTokens,
    idfWeights: LOOKUP_FIELDS.idfWeights,
    vocabulary: listField<string>((item) => typeof item === "string", "texts"),
    vocabularySize: LOOKUP_FIELDS.vocabularySize,
    oovMethod: oneOf(["floormod", "farmhash"], { default: "floormod" }),
    salt: saltField as Fields<StringLookupSettings>["salt"],
    encoding: oneOf(["utf-8"], { default: "utf-8" }),
  };

  constructor(options: StringLookupOptions = {}) {
    super(options, TEXTS);
  }

  /** @internal */
  override get naturalDType(): DType {
    return this.options.invert ? "int64" : "string";
  }

  override getVocabulary(options?: { readonly includeSpecialTokens?: boolean }): string[] {
    return super.getVocabulary(options) as string[];
  }
}
