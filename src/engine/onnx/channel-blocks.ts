import { sizeOf } from "../../core/shape.js";
import { defaultArena } from "../arena.js";
import { numbers } from "../kernels/kernel.js";
import type { Machine, Slot } from "../session.js";
import type { Attribute } from "./attributes.js";
import { GraphBuilder } from "./graph-builder.js";

/**
 * ONNX Runtime's fastest convolutions (operators of its own domain, which it uses by itself only for constant kernels)
 * need channels in blocks as long as a vector of the processor, and kernels in a matching order.
 */
const BLOCKS = { domain: "com.microsoft.nchwc" };

/**
 * Writes a convolution over blocks of channels.
 * @param operands the tensor, the kernel in the order of blocks (in-blocks.ts), and the bias if there is one
 */
export function writeInBlocks(
  [x, ...others]: readonly string[],
  filters: number,
  attributes: Readonly<Record<string, Attribute>>,
  graph: GraphBuilder,
): string {
  const given = graph.node("ReorderInput", [x!], {}, BLOCKS);
  const sums = graph.node("Conv", [given, ...others], attributes, BLOCKS);
  return graph.node("ReorderOutput", [sums], { channels: filters }, BLOCKS);
}

/** Block lengths of the known processors. */
const LENGTHS = [16, 8];
const SIDE = 3;

/**
 * The length of a machine's blocks. It cannot be queried, so this is the length with which a small convolution gives
 * the right result; 0 when there is none.
 */
export async function channelBlockOf(machine: Machine): Promise<number> {
  if (!machine.hasChannelBlocks) return 0;
  for (const block of LENGTHS) if (await agrees(machine, block)) return block;
  return 0;
}

const slotNumbers = ({ dims }: Slot): Float32Array =>
  Float32Array.from({ length: sizeOf(dims) }, (_, i) => ((i * 7919) % 31) - 15);

async function agrees(machine: Machine, block: number): Promise<boolean> {
  const channels = Math.max(...LENGTHS);
  const [xDims, kernelDims] = [
    [1, channels, SIDE, SIDE],
    [channels, channels, SIDE, SIDE],
  ] as const;
  const graph = new GraphBuilder();
  const operands = [graph.input("x0", xDims, "float32"), graph.input("x1", kernelDims, "float32")] as const;
  const attributes = { kernel_shape: [SIDE, SIDE], strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], group: 1 };
  const parts = graph.reshape(operands[1], [channels / block, block, channels / block, block, SIDE, SIDE]);
  const ordered = graph.reshape(graph.node("Transpose", [parts], { perm: [0, 2, 4, 5, 3, 1] }), kernelDims);
  const blocked = writeInBlocks([operands[0], ordered], channels, attributes, graph);
  graph.output("y0", blocked, xDims, "float32");
  graph.output("y1", graph.node("Conv", operands, attributes), xDims, "float32");
  const slots = [xDims, kernelDims, xDims, xDims].map((dims): Slot => {
    return { block: defaultArena().allocate(sizeOf(dims) * 4), start: 0, dims, dtype: "float32" };
  });
  const session = await machine.createSession(graph.bytes());
  const binding = session.bind(["x0", "x1"], ["y0", "y1"]);
  try {
    // Small whole numbers: their sums are exact in any order, and change when elements are exchanged.
    for (const slot of slots.slice(0, 2)) numbers(slot).set(slotNumbers(slot));
    binding.place(slots.slice(0, 2), slots.slice(2));
    await binding.run();
    const [got, expected] = slots.slice(2).map((slot) => numbers(slot)) as [Float32Array, Float32Array];
    return got.every((value, i) => value === expected[i]);
  } finally {
    binding.dispose();
    session.dispose();
    for (const slot of slots) slot.block.free();
  }
}
