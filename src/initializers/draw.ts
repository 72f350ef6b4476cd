import { fillFromWords } from "../core/draw.js";
import { normalOf, truncatedNormalOf } from "../core/normal.js";
import { streamOf, uniformOf } from "../core/philox.js";

const STREAM = streamOf("initializer");

/** Where random numbers are written, as they are or transformed. */
type Out = Float32Array | Float64Array;
type Make = (drawn: number) => number;

/** Makes elements of uniform numbers in [0, 1). */
export function uniforms(seed: number, out: Out, make: Make): void {
  draw(seed, out, (word) => make(uniformOf(word)));
}

/** Makes elements of standard normal numbers. */
export function normals(seed: number, out: Out, make: Make): void {
  draw(seed, out, (word) => make(normalOf(word)));
}

/** Makes elements of standard normal numbers between -2 and 2. */
export function truncatedNormals(seed: number, out: Out, make: Make): void {
  draw(seed, out, (word) => make(truncatedNormalOf(word)));
}

/** The bits of a seed above 32 go into the counter, so that all bits count. */
function draw(seed: number, out: Out, numberOf: (word: number) => number): void {
  fillFromWords(out, { seed: seed >>> 0, stream: STREAM, iteration: Math.floor(seed / 2 ** 32) >>> 0 }, numberOf);
}
