import { defaultArena } from "../arena.js";
import { numbers } from "../kernels/kernel.js";
import { GraphBuilder } from "../onnx/graph-builder.js";
import type { Machine, Slot } from "../session.js";
import type { Rates } from "./duty.js";

const SIDE = 512;
/** More than the caches of a core. */
const COPIED = 32_000_000;
const TIMES = 8;

/** Measured with a product of two square matrices and a copy of 32 MB: the best of eight, some 50 ms in all. */
export async function ratesOf(machine: Machine): Promise<Rates> {
  const dims = [SIDE, SIDE];
  const graph = new GraphBuilder();
  const operands = ["x0", "x1"].map((name) => graph.input(name, dims, "float32"));
  graph.output("y0", graph.node("MatMul", operands), dims, "float32");
  const slots = [0, 1, 2].map(
    (): Slot => ({ block: defaultArena().allocate(SIDE * SIDE * 4), start: 0, dims, dtype: "float32" }),
  );
  for (const slot of slots) numbers(slot).fill(0.5);
  const session = await machine.createSession(graph.bytes());
  const binding = session.bind(["x0", "x1"], ["y0"]);
  const [from, to] = [new Float32Array(COPIED / 4).fill(1), new Float32Array(COPIED / 4).fill(2)];
  let [product, copy] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  try {
    binding.place(slots.slice(0, 2), slots.slice(2));
    for (let time = 0; time < TIMES; time++) {
      const start = performance.now();
      await binding.run();
      const middle = performance.now();
      to.set(from);
      product = Math.min(product, middle - start);
      copy = Math.min(copy, performance.now() - middle);
    }
  } finally {
    binding.dispose();
    session.dispose();
    for (const slot of slots) slot.block.free();
  }
  return { products: (2 * SIDE ** 3) / product, bytes: (2 * COPIED) / copy };
}
