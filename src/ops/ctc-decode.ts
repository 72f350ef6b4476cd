import { OptionError } from "../core/errors.js";
import { bool, type Fields, int, oneOf, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/index.js";
import { argmax } from "./argmax.js";
import { argsort } from "./argsort.js";
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
  /** "greedy": the likeliest class of each step. "beam_search" is refused: it is no graph of fixed size. Default "greedy". */
  readonly strategy?: "greedy" | "beam_search";
  /** A class that follows itself counts once, as it does in `ctcLoss`. Default true. */
  readonly mergeRepeated?: boolean;
  /** The class of the blank. Default 0. */
  readonly maskIndex?: number;
}

const FIELDS: Fields<CtcDecodeOptions> = {
  strategy: oneOf(["greedy", "beam_search"], { default: "greedy" }),
  mergeRepeated: bool(true),
  maskIndex: int({}, { default: 0 }),
};

/**
 * The labels that outputs of CTC spell: int32 (1, batch, steps), filled up with -1, and -sum of the logits (or whatever
 * the inputs are) that were taken, (batch, 1).
 * @param inputs (batch, steps, classes)
 * @param sequenceLengths how many steps of each row count, int (batch)
 * @throws {OptionError} for "beam_search"
 */
export function ctcDecode(inputs: Operand, sequenceLengths: Operand, options?: CtcDecodeOptions): [Value, Value] {
  const { strategy, mergeRepeated, maskIndex } = resolveOptions("ctcDecode", FIELDS, options);
  if (strategy === "beam_search") {
    throw new OptionError({
      code: "beam-search",
      what: "ctcDecode does not search beams: which paths are equal depends on the data, so it is no graph",
      received: '"beam_search"',
      expected: '"greedy"',
      fix: "Predict the logits, and search them outside of the graph",
    });
  }
  const logits = toFloat(inputs);
  const [, steps, classes] = logits.shape as [number, number, number];
  const blank = maskIndex < 0 ? maskIndex + classes : maskIndex;
  const isPresent = less(iota(steps), expandDims(toValue(sequenceLengths, "int32"), -1));
  const best = where(isPresent, argmax(logits, -1), blank);
  const follows = pad(equal(slice(best, 1, 1, steps), slice(best, 1, 0, steps - 1)), [0, 1], [0, 0]);
  const merged = mergeRepeated ? where(follows, blank, best) : best;
  const isBlank = equal(merged, blank);
  const order = argsort(where(isBlank, steps, iota(steps)));
  const labels = takeAlongAxis(where(isBlank, -1, merged), order, -1);
  const taken = sum(where(isPresent, max(logits, { axes: -1 }), 0), { axes: 1, keepDims: true });
  return [expandDims(labels, 0), neg(taken)];
}
