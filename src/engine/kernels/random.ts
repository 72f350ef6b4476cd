import type { PrimitiveAttrs } from "../../graph/primitive.js";
import type { Slot } from "../session.js";
import type { WasmCall } from "../wasm/call.js";
import { addressOf, vectorBytes } from "./kernel.js";
import { PHILOX } from "./text/philox.js";

/**
 * The numbers of one random leaf for a whole batch; null for a batch without elements. They are written four at a time,
 * so the slot must be a separate block: the arena rounds those up.
 */
export function randomCall(
  { stream, distribution }: PrimitiveAttrs["random"],
  { seed, iteration }: { readonly seed: number; readonly iteration: number },
  out: Slot,
): WasmCall | null {
  const bytes = vectorBytes(out);
  if (bytes === 0) return null;
  const counter = [iteration >>> 0, Math.floor(iteration / 0x1_0000_0000) >>> 0];
  return {
    text: PHILOX,
    name: distribution === "uniform" ? "uniforms" : "normals",
    segment: out.block.segment,
    parameters: [addressOf(out), 0, seed >>> 0, stream >>> 0, ...counter],
    along: { bytes, moves: [1, 1 / 16, 0, 0, 0, 0] },
  };
}
