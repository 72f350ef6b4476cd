import { normalOf } from "../../core/normal.js";
import type { PrimitiveAttrs } from "../../graph/primitive.js";
import type { Slot } from "../session.js";
import { kernelsOf } from "../wasm/kernels.js";
import { addressOf, floats } from "./kernel.js";

/**
 * The numbers of one random leaf for a whole batch. They come in blocks of four; the slot must be a block of its own,
 * which the arena rounds up to whole blocks.
 */
export function fillRandom(
  { stream, distribution }: PrimitiveAttrs["random"],
  { seed, iteration }: { readonly seed: number; readonly iteration: number },
  out: Slot,
): void {
  const elements = floats(out);
  if (elements.length === 0) return;
  const kernels = kernelsOf(out.block.segment);
  const fill = distribution === "uniform" ? kernels.uniforms : kernels.words;
  const blocks = Math.ceil(elements.length / 4);
  fill(addressOf(out), blocks, seed >>> 0, stream >>> 0, iteration >>> 0, Math.floor(iteration / 0x1_0000_0000) >>> 0);
  if (distribution === "uniform") return;
  const words = out.block.view("uint32", elements.length, out.start);
  for (let i = 0; i < elements.length; i++) elements[i] = normalOf(words[i]!);
}
