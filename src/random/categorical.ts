import { fillFromWords } from "../core/draw.js";
import { allocate } from "../core/dtype.js";
import { OptionError, ShapeError } from "../core/errors.js";
import type { NestedNumbers } from "../core/nested.js";
import { expOf } from "../core/normal.js";
import { int, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor, type TensorLike } from "../core/tensor.js";
import { openUniform } from "./own-words.js";
import { type RandomOptions, SEED, stream } from "./seed.js";

/**
 * int32 class numbers, drawn by the inverse of the cumulative probabilities.
 * @param logits logarithms of the (not normalized) probabilities, of shape [rows, classes]; -Infinity for never
 * @param numSamples how many to draw for each row
 * @returns of shape [rows, numSamples]
 */
export function categorical(
  logits: NestedNumbers | TensorLike,
  numSamples: number,
  options?: RandomOptions,
): Tensor<"int32"> {
  const { seed } = resolveOptions("random.categorical", SEED, options);
  const samples = int({ min: 0 }).parse(numSamples, "random.categorical: numSamples");
  const { data, shape } = Tensor.from(logits as TensorLike);
  const [rows, classes] = shape as [number, number];
  if (shape.length !== 2 || classes === 0) {
    throw new ShapeError({
      code: "categorical-logits",
      what: "random.categorical: logits need a row of classes for each distribution",
      received: formatShape(shape),
      expected: "[rows, classes], with at least one class",
      fix: "Put a single distribution into a list: [logits]",
    });
  }
  const values = Float64Array.from(data as ArrayLike<number>, Number);
  const sums = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    const from = row * classes;
    const end = from + classes;
    cumulate(values.subarray(from, end), sums.subarray(from, end), row);
  }
  let element = 0;
  const out = fillFromWords(allocate("int32", rows * samples), stream("categorical", seed), (word) => {
    const from = Math.floor(element++ / samples) * classes;
    return classAt(sums.subarray(from, from + classes), openUniform(word));
  });
  return new Tensor(out, [rows, samples]);
}

function cumulate(logits: Float64Array, sums: Float64Array, row: number): void {
  const highest = logits.reduce((a, b) => (b > a || Number.isNaN(b) ? b : a), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(highest)) {
    throw new OptionError({
      code: "categorical-logits",
      what: `random.categorical: row ${row} of the logits is no distribution`,
      received: `${highest} as its highest logit`,
      expected: "numbers, or -Infinity for classes that never occur",
      fix: "Give each row at least one finite logit, and none that is NaN or Infinity",
    });
  }
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sums[i] = sum += expOf(logits[i]! - highest);
}

/** The first class whose sum is above the part `u` of all. */
function classAt(sums: Float64Array, u: number): number {
  const sought = u * sums.at(-1)!;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! > sought) high = middle;
    else low = middle + 1;
  }
  return low;
}
