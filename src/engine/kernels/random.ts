import { normalOf } from "../../core/normal.js";
import { randomWords, uniformOf } from "../../core/philox.js";
import type { PrimitiveAttrs } from "../../graph/primitive.js";

const CHUNK = 4096;

/** The numbers of one random leaf for a whole batch. */
export function fillRandom(
  attrs: PrimitiveAttrs["random"],
  run: { readonly seed: number; readonly iteration: number },
  out: Float32Array,
): void {
  const from = { seed: run.seed, stream: attrs.stream, iteration: run.iteration };
  const numberOf = attrs.distribution === "normal" ? normalOf : uniformOf;
  const words = new Uint32Array(Math.min(CHUNK, out.length));
  for (let start = 0; start < out.length; start += CHUNK) {
    const part = words.subarray(0, Math.min(CHUNK, out.length - start));
    randomWords(from, start, part);
    for (let i = 0; i < part.length; i++) out[start + i] = numberOf(part[i]!);
  }
}
