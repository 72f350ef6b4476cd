import { OptionError, StateError } from "../../core/errors.js";
import { valueText } from "../../core/value-text.js";
import { bucketOf, wholeText } from "./buckets.js";
import type { Encoding } from "./encode.js";

/** An entry of a vocabulary: a text, or a whole number (a bigint beyond 2^53). */
export type Term = string | number | bigint;

/** What a table of a lookup layer depends on. */
export interface TableSettings {
  readonly maxTokens: number | null;
  readonly numOovIndices: number;
  readonly maskToken: Term | null;
  readonly oovToken: Term | null;
  readonly invert: boolean;
  readonly outputMode: Encoding | "tf_idf";
  readonly padToMaxTokens: boolean;
  readonly oovMethod: "floormod" | "farmhash";
  readonly salt: readonly (number | bigint)[] | null;
}

/** The index of a masked element where it is to count nowhere. */
const NOWHERE = -1;

/**
 * A vocabulary with its places: first the mask (for ids alone), then those for unknown terms, then the terms in order.
 * Which index a term has is Keras's.
 */
export class IndexTable {
  readonly label: string;
  readonly #settings: TableSettings;
  #terms: readonly Term[] = [];
  #places: ReadonlyMap<Term, number> = new Map();
  #isSet = false;
  #weights: Float32Array | null = null;
  /** Another object after each change. */
  stamp: object = {};

  /** @param label how messages call the layer */
  constructor(label: string, settings: TableSettings) {
    this.label = label;
    this.#settings = settings;
  }

  /** Whether there is a vocabulary. */
  get isSet(): boolean {
    return this.#isSet;
  }

  /** Factors of counts, one for each place; null where they are not wanted or not known. */
  get weights(): Float32Array | null {
    return this.#weights;
  }

  get #oovStart(): number {
    return this.#settings.maskToken !== null && this.#settings.outputMode === "int" ? 1 : 0;
  }

  /** How many places come before the terms. */
  get start(): number {
    return this.#oovStart + this.#settings.numOovIndices;
  }

  /** Number of places. */
  get size(): number {
    return this.start + this.#terms.length;
  }

  /** The vocabulary; with the special tokens, the index of an entry is its id. */
  terms(withSpecial: boolean): Term[] {
    return withSpecial ? [...this.#special, ...this.#terms] : [...this.#terms];
  }

  get #special(): Term[] {
    const { maskToken, numOovIndices, oovToken } = this.#settings;
    const oov = new Array<Term>(numOovIndices).fill(oovToken as Term);
    return this.#oovStart === 1 ? [maskToken!, ...oov] : oov;
  }

  /**
   * Sets the vocabulary, with or without the special tokens at its start.
   * @param asLines every entry is a term, as Keras reads files
   * @throws {OptionError} when it is empty, too large, or has an entry twice or a special token elsewhere
   */
  set(vocabulary: readonly Term[], weights: readonly number[] | null, asLines = false): void {
    const { maskToken, oovToken, invert, maxTokens, outputMode } = this.#settings;
    if (vocabulary.length === 0) throw this.#wrong("cannot have an empty vocabulary", "no entries", "at least one");
    const special = this.#special;
    const hasSpecial = !asLines && special.length > 0 && special.every((term, i) => term === vocabulary[i]);
    const terms = hasSpecial ? vocabulary.slice(special.length) : [...vocabulary];
    const places = new Map<Term, number>();
    for (const [i, term] of terms.entries()) {
      if (places.has(term)) {
        throw this.#wrong("has an entry of its vocabulary twice", valueText(term), "each entry once");
      }
      places.set(term, this.start + i);
    }
    const reserved = [maskToken, invert ? oovToken : null].find((token) => token !== null && places.has(token)) ?? null;
    if (reserved !== null && !asLines) {
      throw this.#wrong(
        "has a special token among the terms of its vocabulary",
        `${valueText(reserved)} at ${vocabulary.indexOf(reserved)}`,
        `special tokens at the start, exactly ${special.map(valueText).join(", ")}, or not at all`,
      );
    }
    if (maxTokens !== null && this.start + terms.length > maxTokens) {
      throw this.#wrong(
        "cannot hold so large a vocabulary",
        `${this.start + terms.length}`,
        `at most maxTokens, ${maxTokens}`,
      );
    }
    const wantsWeights = outputMode === "tf_idf";
    if (wantsWeights !== (weights !== null)) {
      throw this.#wrong(
        wantsWeights ? "needs idfWeights with its vocabulary" : "cannot use idfWeights",
        wantsWeights ? "none" : `outputMode "${outputMode}"`,
        wantsWeights ? "a number for each entry" : 'none, or outputMode "tf_idf"',
      );
    }
    if (weights !== null && weights.length !== vocabulary.length) {
      throw this.#wrong("needs a weight for each entry", `${weights.length} weights`, `${vocabulary.length}`);
    }
    this.stamp = {};
    this.#terms = terms;
    this.#places = places;
    this.#isSet = true;
    this.#weights = weights === null ? null : this.#padded(weights, hasSpecial ? 0 : this.start);
  }

  /** Sets terms in order and, for all places, the weights that a file has. */
  restore(terms: readonly Term[], weights: Float32Array | null): void {
    this.stamp = {};
    this.#terms = [...terms];
    this.#places = new Map(terms.map((term, i) => [term, this.start + i]));
    this.#isSet = terms.length > 0;
    this.#weights = weights;
  }

  /** Weights in front for the special tokens (the mean of all), and zeros up to maxTokens. */
  #padded(weights: readonly number[], front: number): Float32Array {
    const { padToMaxTokens, maxTokens } = this.#settings;
    const length = padToMaxTokens ? maxTokens! : front + weights.length;
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const all = new Float32Array(length).fill(mean, 0, front);
    all.set(weights, front);
    return all;
  }

  /**
   * Learns the terms that occur most often; of equal ones the larger first, as Keras orders them.
   * @param documents in how many documents each term occurs
   */
  learn(counts: ReadonlyMap<Term, number>, documents: ReadonlyMap<Term, number>, total: number): void {
    const { maskToken, oovToken, maxTokens, outputMode } = this.#settings;
    const known = [...counts].filter(([term]) => term !== maskToken && term !== oovToken);
    known.sort(([a, countA], [b, countB]) => countB - countA || compareTerms(b, a));
    const most = maxTokens === null ? known.length : Math.max(0, maxTokens - this.start);
    const terms = known.slice(0, most).map(([term]) => term);
    // V8 computes logarithms itself, so that they do not depend on the machine.
    const idf = terms.map((term) => Math.fround(Math.log(1 + total / (1 + (documents.get(term) ?? 0)))));
    this.restore(terms, outputMode === "tf_idf" ? this.#padded(idf, this.start) : null);
    this.#isSet = true;
  }

  /** The id of a term. @throws {OptionError} for an unknown one where there is no place for those */
  indexOf(term: Term): number {
    const { maskToken, outputMode, numOovIndices } = this.#settings;
    if (maskToken !== null && term === maskToken) return outputMode === "int" ? 0 : NOWHERE;
    const place = this.#places.get(term);
    if (place !== undefined) return place;
    if (numOovIndices === 1) return this.#oovStart;
    if (numOovIndices > 1) return this.#oovStart + this.#bucket(term, numOovIndices);
    throw new OptionError({
      code: "out-of-vocabulary",
      what: `${this.label} met something that its vocabulary does not have, and has no place for it`,
      received: valueText(term),
      expected: "a term of the vocabulary",
      fix: "Give numOovIndices: 1, or add it to the vocabulary",
    });
  }

  #bucket(term: Term, buckets: number): number {
    const { oovMethod, salt } = this.#settings;
    if (typeof term === "string" || oovMethod === "farmhash") {
      return bucketOf(typeof term === "string" ? term : wholeText(term), buckets, salt);
    }
    const rest = Number(BigInt(term) % BigInt(buckets));
    return rest < 0 ? rest + buckets : rest;
  }

  /** The term with an id; of those that have none, the token for unknown ones. */
  termAt(index: number): Term {
    const { maskToken, oovToken } = this.#settings;
    if (index === 0 && maskToken !== null) return maskToken;
    return this.#terms[index - this.start] ?? oovToken!;
  }

  /** @throws {StateError} when there is no vocabulary */
  require(): void {
    if (this.#isSet) return;
    throw new StateError({
      code: "not-adapted",
      what: `${this.label} knows no vocabulary yet`,
      expected: "a layer that has seen data",
      fix: "Call adapt first: await layer.adapt(data), or setVocabulary",
    });
  }

  #wrong(what: string, received: string, expected: string): OptionError {
    return new OptionError({
      code: "vocabulary",
      what: `${this.label} ${what}`,
      received,
      expected,
      fix: "Change the vocabulary, or the options that it does not fit",
    });
  }
}

/** By code points, which is the order of the bytes of UTF-8; numbers by size. */
export function compareTerms(a: Term, b: Term): number {
  if (typeof a !== "string" || typeof b !== "string") return a < b ? -1 : a > b ? 1 : 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    // Halves of pairs stand for code points above all others.
    const high = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
    return high(x) - high(y);
  }
  return a.length - b.length;
}
