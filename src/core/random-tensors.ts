import { fillFromWords } from "./draw.js";
import { allocate } from "./dtype.js";
import { normalOf, truncatedNormalOf } from "./normal.js";
import { int } from "./options.js";
import { type RandomStream, randomWords, uniformOf } from "./philox.js";
import { type StaticShape, sizeOf } from "./shape.js";
import { Tensor } from "./tensor.js";
import { checkShape } from "./tensor-data.js";

/** float32 numbers of a stream, uniform in [min, max). */
export function uniformTensor(from: RandomStream, shape: StaticShape, min: number, max: number): Tensor<"float32"> {
  const out = allocate("float32", sizeOf(checkShape(shape)));
  return new Tensor(
    fillFromWords(out, from, (word) => min + uniformOf(word) * (max - min)),
    shape,
  );
}

/** float32 numbers of a stream, from a normal distribution. */
export function normalTensor(from: RandomStream, shape: StaticShape, mean: number, stddev: number): Tensor<"float32"> {
  const out = allocate("float32", sizeOf(checkShape(shape)));
  return new Tensor(
    fillFromWords(out, from, (word) => mean + normalOf(word) * stddev),
    shape,
  );
}

/** float32 numbers of a stream, from a normal distribution cut at two standard deviations. */
export function truncatedNormalTensor(
  from: RandomStream,
  shape: StaticShape,
  mean: number,
  stddev: number,
): Tensor<"float32"> {
  const out = allocate("float32", sizeOf(checkShape(shape)));
  return new Tensor(
    fillFromWords(out, from, (word) => mean + truncatedNormalOf(word) * stddev),
    shape,
  );
}

/** int32 numbers of a stream, uniform from `low` to `high - 1`. @param where how messages name the function */
export function integerTensor(
  from: RandomStream,
  low: number,
  high: number,
  shape: StaticShape,
  where: string,
): Tensor<"int32"> {
  int({ min: -(2 ** 31), max: 2 ** 31 - 1 }).parse(low, `${where}: low`);
  int({ min: low + 1, max: 2 ** 31 }).parse(high, `${where}: high`);
  const scale = (high - low) / 2 ** 32;
  const out = allocate("int32", sizeOf(checkShape(shape)));
  return new Tensor(
    fillFromWords(out, from, (word) => low + Math.floor(word * scale)),
    shape,
  );
}

/** int32: the numbers 0 to n - 1 in random order. */
export function permutationTensor(from: RandomStream, n: number): Tensor<"int32"> {
  const order = Tensor.zeros<"int32">([n], "int32");
  const { data } = order;
  const words = new Uint32Array(Math.max(0, n - 1));
  randomWords(from, 0, words);
  for (let i = 0; i < n; i++) data[i] = i;
  for (let i = n - 1, k = 0; i > 0; i--, k++) {
    const j = Math.floor(words[k]! * (i + 1) * 2 ** -32);
    [data[i], data[j]] = [data[j]!, data[i]!];
  }
  return order;
}
