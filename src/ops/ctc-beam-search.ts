import { Tensor } from "../core/tensor.js";
import { build, recur, type Value } from "../graph/index.js";
import { add } from "./add.js";
import { all } from "./all.js";
import { broadcastTo } from "./broadcast-to.js";
import { cast } from "./cast.js";
import { concatenate } from "./concatenate.js";
import { divide } from "./divide.js";
import { equal } from "./equal.js";
import { expandDims } from "./expand-dims.js";
import { floor } from "./floor.js";
import { greater } from "./greater.js";
import { greaterEqual } from "./greater-equal.js";
import { iota } from "./iota.js";
import { less } from "./less.js";
import { logAddExp } from "./log-add-exp.js";
import { logSoftmax } from "./log-softmax.js";
import { logicalAnd } from "./logical-and.js";
import { logicalNot } from "./logical-not.js";
import { matmul } from "./matmul.js";
import { max } from "./max.js";
import { maximum } from "./maximum.js";
import { moveAxis } from "./move-axis.js";
import { multiply } from "./multiply.js";
import { oneHot } from "./one-hot.js";
import { reshape } from "./reshape.js";
import { slice } from "./slice.js";
import { subtract } from "./subtract.js";
import { takeAlongAxis } from "./take-along-axis.js";
import { topK } from "./top-k.js";
import { where } from "./where.js";

/** The logarithm of no probability: finite, so that sums and differences of it are numbers. */
const NONE = -1e30;

const whole = (number: number): Value => build.constant(Tensor.scalar(number, "int32"));

/** How a search goes. */
export interface BeamSearch {
  /** (batch, steps, classes), logits or logarithms of probabilities. */
  readonly inputs: Value;
  /** Whether a step of a row counts, bool (batch, steps). */
  readonly isPresent: Value;
  readonly blank: number;
  readonly width: number;
  readonly topPaths: number;
}

/** Paths that differ, and how likely each of them has been so far. */
interface Beams {
  /** int32 (batch, width, steps), filled up with -1. */
  readonly paths: Value;
  /** The number of labels, int32 (batch, width). */
  readonly lengths: Value;
  /** Logarithm of the probability of all ways to the path that end with a blank, and with its last label. */
  readonly blank: Value;
  readonly label: Value;
}

/**
 * The likeliest labelings, searched step by step with so many beams (Graves & Jaitly 2014): int32 (topPaths, batch, steps)
 * filled up with -1, and logarithms of their probabilities (batch, topPaths). Of equally likely ones the one comes first
 * whose beam did, a path before those that it is lengthened to, and lower classes before higher ones.
 */
export function ctcBeamSearch({ inputs, isPresent, blank, width, topPaths }: BeamSearch): [Value, Value] {
  const [rows, steps, classes] = inputs.shape as [number, number, number];
  const size = [rows, width];
  const nothing = broadcastTo(build.scalar(NONE), size);
  const isFirst = broadcastTo(equal(iota(width), 0), size);
  const begin: Beams = {
    paths: broadcastTo(whole(-1), [...size, steps]),
    lengths: broadcastTo(whole(0), size),
    blank: where(isFirst, 0, nothing),
    label: nothing,
  };
  const sequences = [moveAxis(logSoftmax(inputs), 1, 0), moveAxis(isPresent, 1, 0)];
  const { states } = recur({ states: valuesOf(begin), sequences }, (before, [x, goesOn]) => {
    const next = valuesOf(step(beamsOf(before), x!, { blank, classes, steps, width }));
    const counts = (value: Value): Value => reshape(goesOn!, [rows, ...value.shape.slice(1).map(() => 1)]);
    return { states: next.map((value, i) => where(counts(value), value, before[i]!)), outputs: [] };
  });
  const beams = beamsOf(states);
  const total = logAddExp(beams.blank, beams.label);
  const isPath = greater(total, NONE / 2);
  const best = topK(total, topPaths).indices;
  const paths = where(expandDims(isPath, -1), beams.paths, -1);
  const chosen = takeAlongAxis(paths, expandDims(best, -1), 1);
  const scores = where(isPath, total, Number.NEGATIVE_INFINITY);
  return [moveAxis(chosen, 1, 0), takeAlongAxis(scores, best, 1)];
}

const valuesOf = ({ paths, lengths, blank, label }: Beams): Value[] => [paths, lengths, blank, label];
const beamsOf = ([paths, lengths, blank, label]: readonly Value[]): Beams => ({
  paths: paths!,
  lengths: lengths!,
  blank: blank!,
  label: label!,
});

interface Sizes {
  readonly blank: number;
  readonly classes: number;
  readonly steps: number;
  readonly width: number;
}

/** @param x logarithms of the probabilities of the classes, (batch, classes) */
function step(beams: Beams, x: Value, { blank, classes, steps, width }: Sizes): Beams {
  const [rows] = x.shape as [number];
  const { paths, lengths } = beams;
  const last = max(where(equal(iota(steps), expandDims(subtract(lengths, 1), -1)), paths, -1), { axes: -1 });
  const hasLast = greaterEqual(last, 0);
  const lastId = maximum(last, 0);
  const total = logAddExp(beams.blank, beams.label);
  // Without another label: a blank, or the last label once more.
  const restBlank = add(total, slice(x, 1, blank, blank + 1));
  const restLabel = where(hasLast, add(beams.label, takeAlongAxis(x, lastId, 1)), NONE);
  // With one: after itself a label needs a blank between.
  const isLast = equal(expandDims(last, -1), iota(classes));
  const from = where(isLast, expandDims(beams.blank, -1), expandDims(total, -1));
  const longer = where(equal(iota(classes), blank), NONE, add(from, expandDims(x, 1)));
  // A lengthened path may be that of another beam: they become one.
  const isParent = parents(paths, lengths, steps);
  const ids = broadcastTo(expandDims(lastId, 1), [rows, width, width]);
  const arriving = where(isParent, takeAlongAxis(longer, ids, -1), NONE);
  const joined = logAddExp(restLabel, max(arriving, { axes: 1 }));
  const lastLabels = multiply(oneHot(last, classes), cast(expandDims(hasLast, -1), "float32"));
  const isJoined = greater(matmul(cast(isParent, "float32"), lastLabels), 0);
  const apart = where(isJoined, NONE, longer);
  // The likeliest of all.
  const scores = concatenate([logAddExp(restBlank, joined), reshape(apart, [rows, width * classes])], -1);
  const { values, indices } = topK(scores, width);
  const rests = less(indices, width);
  const beyond = maximum(subtract(indices, width), 0);
  // Exact: such numbers are far below 2^24.
  const parent = cast(floor(divide(add(cast(beyond, "float32"), 0.5), classes)), "int32");
  const beam = where(rests, indices, parent);
  const label = where(rests, -1, subtract(beyond, multiply(parent, classes)));
  const length = takeAlongAxis(lengths, beam, 1);
  const place = logicalAnd(equal(iota(steps), expandDims(length, -1)), expandDims(logicalNot(rests), -1));
  return {
    paths: where(place, expandDims(label, -1), takeAlongAxis(paths, expandDims(beam, -1), 1)),
    lengths: where(rests, length, add(length, 1)),
    blank: where(rests, takeAlongAxis(restBlank, beam, 1), NONE),
    label: where(rests, takeAlongAxis(joined, beam, 1), values),
  };
}

/** Whether the path of beam j is that of beam i and one more label, (batch, i, j). */
function parents(paths: Value, lengths: Value, steps: number): Value {
  const without = where(equal(iota(steps), expandDims(subtract(lengths, 1), -1)), -1, paths);
  const isEqual = all(equal(expandDims(paths, 2), expandDims(without, 1)), { axes: -1 });
  return logicalAnd(isEqual, expandDims(greater(lengths, 0), 1));
}
