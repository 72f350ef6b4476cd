import { FormatError, OptionError, StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { Tensor, type TensorLike } from "../../core/tensor.js";
import { nodeVfs } from "../../core/vfs-node.js";
import type { IndexTable, Term } from "./index-table.js";

/** A vocabulary: a list, a tensor of one axis, or the path of a file with an entry in each line. */
export type VocabularyLike = readonly Term[] | TensorLike | FilePath;

/** How entries are written in files. */
export interface TermKind {
  /** For messages. */
  readonly what: string;
  is(value: unknown): value is Term;
  read(text: string): Term | null;
}

export const TEXTS: TermKind = {
  what: "texts",
  is: (value): value is Term => typeof value === "string",
  read: (text) => text,
};

export const INTEGERS: TermKind = {
  what: "whole numbers",
  is: (value): value is Term => typeof value === "bigint" || Number.isSafeInteger(value),
  read: (text) => (/^-?\d+$/.test(text) ? wholeNumber(BigInt(text)) : null),
};

/** A number where it is exact, so that equal ones are one key. */
export function wholeNumber(value: number | bigint): number | bigint {
  if (typeof value === "number") return Math.trunc(value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The entries of a list or a tensor. @throws {OptionError} for others than those of the kind */
export function termsOf(given: readonly Term[] | TensorLike, kind: TermKind, where: string): Term[] {
  const list: unknown = Array.isArray(given) ? given : (given as Partial<TensorLike> | null)?.data;
  const terms = typeof list === "object" && list !== null ? Array.from(list as ArrayLike<unknown>) : null;
  const own = terms?.map((term) => (typeof term === "bigint" ? wholeNumber(term) : term)) ?? null;
  if (own?.every((term) => kind.is(term))) return own as Term[];
  throw new OptionError({
    code: "vocabulary-terms",
    what: `${where} takes a list of ${kind.what}`,
    received: own === null ? typeof given : String(own.find((term) => !kind.is(term))),
    expected: `a list or a tensor of ${kind.what}`,
    fix: "For a file, await setVocabulary(path)",
  });
}

/** The lines of a file of entries. @throws {FormatError} when it cannot be read */
export async function linesOf(path: FilePath, kind: TermKind, where: string): Promise<Term[]> {
  const file = pathOf(path, `${where}: path`);
  const vfs = nodeVfs();
  if ((await vfs.stat(file))?.kind !== "file") {
    throw new FormatError({
      code: "vocabulary-file",
      what: `${where}: there is no file "${file}"`,
      expected: "a file with an entry of the vocabulary in each line",
      fix: "Look at the path; it starts in the folder that the program was started in",
    });
  }
  const lines = new TextDecoder().decode(await vfs.readFile(file)).split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, i) => {
    const term = kind.read(line.replace(/\r$/, ""));
    if (term !== null) return term;
    throw new FormatError({
      code: "vocabulary-file",
      what: `${where}: line ${i + 1} of "${file}" is no entry`,
      received: line,
      expected: kind.what,
      fix: "Write one entry a line, and nothing else",
    });
  });
}

const known = new WeakMap<object, StateValue>();

/**
 * What was learned, for files and checkpoints: made once, since it is asked for again and again.
 * @param isGiven the config has the vocabulary
 */
export function learnedOf(table: IndexTable, isGiven: boolean): StateValue | null {
  const { weights, stamp } = table;
  if (isGiven && weights === null) return null;
  const before = known.get(stamp);
  if (before !== undefined) return before;
  const terms = table.terms(true).map((term): Json => (typeof term === "bigint" ? String(term) : term));
  const tensors = weights === null ? {} : { idf_weights: new Tensor(weights.slice(), [weights.length]) };
  const state = { json: { vocabulary: isGiven ? null : terms }, tensors };
  known.set(stamp, state);
  return state;
}

/**
 * Sets what {@link learnedOf} gave, or the lines that Keras's files have: texts for entries of any kind.
 * @param size of the vocabulary, if the config says it
 */
export function setLearned(
  table: IndexTable,
  { json, tensors }: StateValue,
  kind: TermKind,
  size: number | null,
): void {
  const list = listIn(json, size);
  const weights =
    tensors["idf_weights"] === undefined ? null : Float32Array.from(tensors["idf_weights"].data as Float32Array);
  if (list === null || list === undefined) {
    table.restore(table.terms(false), weights ?? table.weights);
    return;
  }
  const terms = Array.isArray(list)
    ? (list as readonly Json[]).map((item) => (kind.is(item) ? item : kind.read(String(item))))
    : [null];
  if (terms.includes(null) || terms.length < table.start) {
    throw new FormatError({
      code: "learned-vocabulary",
      what: `${table.label} cannot take the vocabulary in this file`,
      received: JSON.stringify(list)?.slice(0, 200) ?? "none",
      expected: `a list of ${kind.what} that begins with the special tokens`,
      fix: "Make the layer as it was when the file was saved",
    });
  }
  table.restore((terms as Term[]).slice(table.start), weights);
}

function listIn(json: Json, size: number | null): Json | undefined {
  if (!isConfig(json)) return undefined;
  const { vocabulary, lines } = json;
  if (!Array.isArray(lines)) return vocabulary;
  // Keras drops all empty lines at the end, though the last entry may be an empty text.
  const entries = [...(lines as readonly Json[])];
  while (entries.at(-1) === "" && (size === null || entries.length > size)) entries.pop();
  return entries;
}

/** @throws {StateError} when vectors for which a model is made would get another size */
export function checkSize(label: string, before: number | null, now: number, isApplied: boolean): void {
  if (before === null || before === now || !isApplied) return;
  throw new StateError({
    code: "adapt-size",
    what: `A new vocabulary of ${label} would change the size of its vectors, for which a model is made already`,
    received: `${now} entries`,
    expected: `${before}`,
    fix: "Learn it before the layer is applied, or give maxTokens and padToMaxTokens: true",
  });
}
