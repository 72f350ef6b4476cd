import { OptionError } from "../core/errors.js";
import { bool, type Fields, int, oneOf, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/index.js";
import { argmax } from "./argmax.js";
import { argsort } from "./argsort.js";
import { ctcBeamSearch } from "./ctc-beam-search.js";
import { equal } from "./equal.js";
import { expandDims } from "./expand-dims.js";
import { iota } from "./iota.js";
import { less } from "./less.js";
import { max } from "./max.js";
import { neg } from "./neg.js";
import { type Operand, toFloat, toValue } from "./operand.js";
import { pad } from "./pad.js";
import { slice } from "./slice.js";
import { sum } from "./sum.js";
import { takeAlongAxis } from "./take-along-axis.js";
import { where } from "./where.js";

/** Options of `ctcDecode`. */
export interface CtcDecodeOptions {
  /** "greedy": the likeliest class of each step. "beam_search": the likeliest labels, searched for. Default "greedy". */
  readonly strategy?: "greedy" | "beam_search";
  /** How many labelings "beam_search" follows. Default 100. */
  readonly beamWidth?: number;
  /** How many labelings "beam_search" gives, the likeliest first; at most `beamWidth`. Default 1. */
  readonly topPaths?: number;
  /** A class that follows itself counts once, as it does in `ctcLoss`; "beam_search" knows nothing else. Default true. */
  readonly mergeRepeated?: boolean;
  /** The class of the blank. Default 0. */
  readonly maskIndex?: number;
}

const FIELDS: Fields<CtcDecodeOptions> = {
  strategy: oneOf(["greedy", "beam_search"], { default: "greedy" }),
  beamWidth: int({ min: 1 }, { default: 100 }),
  topPaths: int({ min: 1 }, { default: 1 }),
  mergeRepeated: bool(true),
  maskIndex: int({}, { default: 0 }),
};

/**
 * The labels that outputs of CTC spell, int32 (1, batch, steps) filled up with -1, and how good they are. "greedy": -sum of
 * the logits (or whatever the inputs are) that were taken, (batch, 1). "beam_search": labels (topPaths, batch, steps), and
 * logarithms of their probabilities, (batch, topPaths), -Infinity where there are no more.
 * @param inputs (batch, steps, classes)
 * @param sequenceLengths how many steps of each row count, int (batch)
 * @throws {OptionError} for options that do not go together
 */
export function ctcDecode(inputs: Operand, sequenceLengths: Operand, options?: CtcDecodeOptions): [Value, Value] {
  const { strategy, beamWidth, topPaths, mergeRepeated, maskIndex } = resolveOptions("ctcDecode", FIELDS, options);
  const logits = toFloat(inputs);
  const [, steps, classes] = logits.shape as [number, number, number];
  const blank = maskIndex < 0 ? maskIndex + classes : maskIndex;
  const isPresent = less(iota(steps), expandDims(toValue(sequenceLengths, "int32"), -1));
  if (strategy === "beam_search") {
    if (!mergeRepeated || topPaths > beamWidth) throw wrongSearch(mergeRepeated, topPaths, beamWidth);
    return ctcBeamSearch({ inputs: logits, isPresent, blank, width: beamWidth, topPaths });
  }
  const best = where(isPresent, argmax(logits, -1), blank);
  const follows = pad(equal(slice(best, 1, 1, steps), slice(best, 1, 0, steps - 1)), [0, 1], [0, 0]);
  const merged = mergeRepeated ? where(follows, blank, best) : best;
  const isBlank = equal(merged, blank);
  const order = argsort(where(isBlank, steps, iota(steps)));
  const labels = takeAlongAxis(where(isBlank, -1, merged), order, -1);
  const taken = sum(where(isPresent, max(logits, { axes: -1 }), 0), { axes: 1, keepDims: true });
  return [expandDims(labels, 0), neg(taken)];
}

function wrongSearch(mergeRepeated: boolean, topPaths: number, beamWidth: number): OptionError {
  return new OptionError({
    code: "beam-search",
    what: "ctcDecode cannot search so",
    received: mergeRepeated ? `topPaths ${topPaths} of beamWidth ${beamWidth}` : "mergeRepeated false",
    expected: mergeRepeated ? "at most as many paths as beams" : "mergeRepeated true, as the search always merges",
    fix: mergeRepeated
      ? `Give { beamWidth: ${topPaths} } or more`
      : 'Leave mergeRepeated out, or take strategy "greedy"',
  });
}
