import { bool, type Field, type Fields, int, nullable, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import { outputModeField } from "./encode.js";
import type { Term } from "./index-table.js";
import { sparseField } from "./sparse-field.js";

/** How terms become numbers. */
export type LookupMode = "int" | "one_hot" | "multi_hot" | "count" | "tf_idf";

export interface LookupSettings<T extends Term> {
  /** Most places, with those for the mask and for unknown terms. Default null: no limit. */
  readonly maxTokens: number | null;
  /**
   * Places for terms that the vocabulary does not have; with several, a hash chooses. With 0 such a term is an error.
   * Default 1.
   */
  readonly numOovIndices: number;
  /** The vocabulary. Default null: `adapt` learns it. */
  readonly vocabulary: readonly T[] | null;
  /** With outputMode "tf_idf" and a vocabulary: the factor of each entry. Default null. */
  readonly idfWeights: readonly number[] | null;
  /** From indices back to terms. Default false. */
  readonly invert: boolean;
  /**
   * "int": the index of each term; "one_hot": a vector for each; "multi_hot": one for each sample, 1 where a term occurs;
   * "count": how often it occurs; "tf_idf": that times the term's inverse document frequency. Default "int".
   */
  readonly outputMode: LookupMode;
  /** Vectors have maxTokens numbers, however many terms there are. Default false. */
  readonly padToMaxTokens: boolean;
  /** Sparse tensors are refused: only dense ones exist here. Default false. */
  readonly sparse: boolean;
  /** For files: the size of the vocabulary that they hold. Default null. */
  readonly vocabularySize: number | null;
}

export function listField<T>(is: (item: unknown) => boolean, what: string): Field<readonly T[] | null> {
  return {
    default: null,
    parse(value, where) {
      if (value === null) return null;
      const list: unknown = Array.isArray(value) ? value : (value as { readonly data?: unknown } | null)?.data;
      const isList = typeof list === "object" && list !== null && Number.isInteger((list as ArrayLike<unknown>).length);
      const items = isList ? Array.from(list as ArrayLike<unknown>) : null;
      if (items?.every(is)) return items as T[];
      const fix = typeof value === "string" ? "For a file: await layer.setVocabulary(path)" : undefined;
      throw wrongOption(where, `a list of ${what}`, value, fix);
    },
    toConfig: (list) => list as Json,
  };
}

const MODES = ["int", "one_hot", "multi_hot", "count", "tf_idf"] as const;

/** The options that both lookups have, in Keras's order of the config. */
type Common = "invert" | "maxTokens" | "numOovIndices" | "outputMode" | "sparse" | "padToMaxTokens" | "idfWeights";

export const LOOKUP_FIELDS: Pick<Fields<LookupSettings<Term>>, Common | "vocabularySize"> = {
  invert: bool(false),
  maxTokens: nullable(int({ min: 2 })),
  numOovIndices: int({ min: 0 }, { default: 1 }),
  outputMode: outputModeField<LookupMode>(MODES, "int"),
  sparse: sparseField,
  padToMaxTokens: bool(false),
  idfWeights: listField<number>((item) => typeof item === "number", "numbers"),
  vocabularySize: nullable(int({ min: 0 })),
};
