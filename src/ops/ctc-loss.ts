import { type Fields, int, resolveOptions } from "../core/options.js";
import { recur, type Value } from "../graph/index.js";
import { add } from "./add.js";
import { cast } from "./cast.js";
import { concatenate } from "./concatenate.js";
import { equal } from "./equal.js";
import { expandDims } from "./expand-dims.js";
import { full } from "./full.js";
import { iota } from "./iota.js";
import { less } from "./less.js";
import { logAddExp } from "./log-add-exp.js";
import { logSoftmax } from "./log-softmax.js";
import { matmul } from "./matmul.js";
import { multiply } from "./multiply.js";
import { neg } from "./neg.js";
import { oneHot } from "./one-hot.js";
import { type Operand, toFloat, toValue } from "./operand.js";
import { pad } from "./pad.js";
import { slice } from "./slice.js";
import { subtract } from "./subtract.js";
import { sum } from "./sum.js";
import { swapAxes } from "./swap-axes.js";
import { where } from "./where.js";

/** Options of `ctcLoss` and the like. */
export interface CtcLossOptions {
  /** The class of the blank. Default 0. */
  readonly maskIndex?: number;
}

const FIELDS: Fields<CtcLossOptions> = { maskIndex: int({}, { default: 0 }) };

/** The logarithm of a probability that counts as 0, as in Keras. */
const NEVER = -1e5;

/**
 * Connectionist temporal classification (Graves et al. 2006): for each row -log of the probability that the outputs spell
 * the target, whatever blanks and repetitions lie between.
 * @param target classes, int (batch, labels)
 * @param output logits, (batch, steps, classes)
 * @param targetLength how many labels of each row count, int (batch)
 * @param outputLength how many steps of each row count, int (batch)
 */
export function ctcLoss(
  target: Operand,
  output: Operand,
  targetLength: Operand,
  outputLength: Operand,
  options?: CtcLossOptions,
): Value {
  const { maskIndex } = resolveOptions("ctcLoss", FIELDS, options);
  const labels = cast(target, "int32");
  const logits = toFloat(output);
  const [rows, count] = labels.shape as [number, number];
  const [, steps, classes] = logits.shape as [number, number, number];
  const logs = logSoftmax(logits, -1);
  const ofBlank = slice(logs, 2, maskIndex, maskIndex + 1);
  // (batch, steps, labels): what each label would get in each step.
  const ofLabels = matmul(logs, swapAxes(oneHot(labels, classes), 1, 2));
  const isPresent = less(iota(steps), expandDims(toValue(outputLength, "int32"), -1));
  const pairs = cast(equal(slice(labels, 1, 0, count - 1), slice(labels, 1, 1, count)), "float32");
  const isRepeated = pad(pairs, [0, 0], [0, 1]);
  const [ifRepeated, unlessRepeated] = [multiply(isRepeated, NEVER), multiply(subtract(1, isRepeated), NEVER)];
  // After n labels, the last one a blank (from 0 labels on), or the label itself.
  const blanks = concatenate([full([rows, 1], 0), full([rows, count], NEVER)], -1);
  const later = (values: Value, added: Value): Value =>
    concatenate([slice(values, 1, 0, 1), logAddExp(slice(values, 1, 1, count + 1), added)], -1);
  const { states } = recur(
    {
      states: [blanks, full([rows, count], NEVER)],
      sequences: [ofLabels, ofBlank, expandDims(isPresent, -1)].map((x) => swapAxes(x, 0, 1)),
    },
    ([blank, label], [emit, phi, isThere]) => {
      const reached = later(blank!, add(label!, ifRepeated));
      const nextLabel = logAddExp(add(slice(reached, 1, 0, count), emit!), add(label!, emit!));
      const nextBlank = later(add(reached, phi!), add(add(label!, phi!), unlessRepeated));
      return { states: [where(isThere!, nextBlank, blank!), where(isThere!, nextLabel, label!)], outputs: [] };
    },
  );
  const ends = later(states[0]!, states[1]!);
  return neg(sum(multiply(ends, oneHot(cast(targetLength, "int32"), count + 1)), { axes: -1 }));
}
