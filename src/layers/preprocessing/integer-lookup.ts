import type { DType } from "../../core/dtype.js";
import { type Field, type Fields, nullable, oneOf, wrongOption } from "../../core/options.js";
import type { Given } from "../base/given.js";
import { type Salt, saltField } from "./buckets.js";
import { IndexLookup } from "./index-lookup.js";
import { LOOKUP_FIELDS, type LookupSettings, listField } from "./lookup-settings.js";
import { INTEGERS } from "./vocabulary.js";

export interface IntegerLookupSettings extends LookupSettings<number | bigint> {
  /** The number that stands for nothing: it has id 0, and counts nowhere in vectors. Default null: none. */
  readonly maskToken: number | null;
  /** The number that `invert` gives for ids of unknown terms. Default -1. */
  readonly oovToken: number | null;
  /** As in Keras, there is no other. Default "int64". */
  readonly vocabularyDtype: "int64";
  /**
   * How one of several places for unknown numbers is chosen: "floormod", by the rest of a division; "farmhash", by a hash.
   * Default "floormod".
   */
  readonly oovMethod: "floormod" | "farmhash";
  /** Key of that hash: two integers, or one for both. Default null. */
  readonly salt: Salt | null;
}

export type IntegerLookupOptions = Given<IntegerLookupSettings>;

const isWhole = (item: unknown): boolean => typeof item === "bigint" || Number.isSafeInteger(item);

const WHOLE: Field<number> = {
  parse(value, where) {
    if (Number.isSafeInteger(value)) return value as number;
    throw wrongOption(where, "a whole number or null", value);
  },
};

/**
 * Whole numbers as the indices of a vocabulary, (…) -> (…), or as vectors. Computed on the host: in a model it stands
 * between an Input, say of dtype "int64", and the layers that compute.
 */
export class IntegerLookup extends IndexLookup<IntegerLookupSettings> {
  static override readonly className: string = "IntegerLookup";
  static override readonly fields: Fields<IntegerLookupSettings> = {
    invert: LOOKUP_FIELDS.invert,
    maxTokens: LOOKUP_FIELDS.maxTokens,
    numOovIndices: LOOKUP_FIELDS.numOovIndices,
    oovToken: nullable(WHOLE, { default: -1 }),
    maskToken: nullable(WHOLE),
    outputMode: LOOKUP_FIELDS.outputMode,
    sparse: LOOKUP_FIELDS.sparse,
    padToMaxTokens: LOOKUP_FIELDS.padToMaxTokens,
    vocabularyDtype: oneOf(["int64"], { default: "int64" }),
    idfWeights: LOOKUP_FIELDS.idfWeights,
    vocabulary: listField<number | bigint>(isWhole, "whole numbers"),
    vocabularySize: LOOKUP_FIELDS.vocabularySize,
    oovMethod: oneOf(["floormod", "farmhash"], { default: "floormod" }),
    salt: saltField as Fields<IntegerLookupSettings>["salt"],
  };

  constructor(options: IntegerLookupOptions = {}) {
    super(options, INTEGERS);
  }

  /** @internal */
  override get naturalDType(): DType {
    return "int64";
  }

  override getVocabulary(options?: { readonly includeSpecialTokens?: boolean }): (number | bigint)[] {
    return super.getVocabulary(options) as number[];
  }
}
