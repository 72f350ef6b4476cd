import { OptionError } from "../../core/errors.js";
import { valueText } from "../../core/value-text.js";

/** Changes a text before it is split. */
export type Standardize =
  | "lower_and_strip_punctuation"
  | "lower"
  | "strip_punctuation"
  | ((text: string) => string)
  | null;

/** Splits a text into tokens. */
export type Split = "whitespace" | "character" | ((text: string) => readonly string[]) | null;

const PUNCTUATION = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g;

/** A text as Keras standardizes it: of letters, only A to Z become small. */
export function standardized(text: string, how: Standardize): string {
  if (typeof how === "function") return own("standardize", how(text), (result) => typeof result === "string", "a text");
  const lower = how === "lower" || how === "lower_and_strip_punctuation";
  const strip = how === "strip_punctuation" || how === "lower_and_strip_punctuation";
  const small = lower ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text;
  return strip ? small.replace(PUNCTUATION, "") : small;
}

/** The tokens of a text; without a way to split it, the text itself. */
export function tokensOf(text: string, how: Split): readonly string[] {
  if (how === null) return [text];
  if (how === "character") return Array.from(text);
  if (how === "whitespace") return text.split(/[ \t\n\v\f\r]+/).filter((token) => token !== "");
  const isList = (result: unknown): boolean =>
    Array.isArray(result) && result.every((token) => typeof token === "string");
  return own("split", how(text), isList, "a list of texts");
}

function own<T>(option: string, result: T, is: (result: unknown) => boolean, expected: string): T {
  if (is(result)) return result;
  throw new OptionError({
    code: "text-function",
    what: `The ${option} of a TextVectorization gave something else than ${expected}`,
    received: valueText(result),
    expected,
    fix: `Return ${expected} for every text`,
  });
}

/** All runs of tokens of these lengths, shorter ones first, joined by spaces. */
export function ngramsOf(tokens: readonly string[], widths: readonly number[]): string[] {
  return widths.flatMap((width) =>
    Array.from({ length: Math.max(0, tokens.length - width + 1) }, (_, i) => tokens.slice(i, i + width).join(" ")),
  );
}
