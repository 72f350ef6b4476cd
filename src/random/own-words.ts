import { allocate } from "../core/dtype.js";
import { type RandomStream, randomWords, streamOf } from "../core/philox.js";
import { type StaticShape, sizeOf } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import { checkShape } from "../core/tensor-data.js";

/** The next random word of an element: as many as it needs. */
export type NextWord = () => number;

/**
 * float32 numbers, each made from as many words as it needs. Element e takes its words from block e of the streams 0, 1,
 * 2 … that belong to `from`, so it does not depend on what others need.
 */
export function eachFromWords(
  from: RandomStream,
  shape: StaticShape,
  make: (next: NextWord, element: number) => number,
): Tensor<"float32"> {
  const out = allocate("float32", sizeOf(checkShape(shape)));
  const streams: number[] = [];
  const block = new Uint32Array(4);
  let element = 0;
  let taken = 0;
  const next = (): number => {
    const lane = taken % 4;
    if (lane === 0) {
      const index = taken / 4;
      streams[index] ??= streamOf("words", from.stream, index);
      randomWords({ ...from, stream: streams[index] }, element * 4, block);
    }
    taken++;
    return block[lane]!;
  };
  for (; element < out.length; element++) {
    taken = 0;
    out[element] = make(next, element);
  }
  return new Tensor(out, shape);
}

/** Uniform in (0, 1), never 0 or 1. */
export function openUniform(word: number): number {
  return (word + 0.5) * 2 ** -32;
}
