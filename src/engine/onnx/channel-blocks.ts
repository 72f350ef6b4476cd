import { sizeOf } from "../../core/shape.js";
import type { ConvAttrs } from "../../graph/primitive.js";
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

/** A convolution to be emitted, and its numbers of channels. */
export interface Convolution {
  /** The tensor, the kernel, and the bias if there is one. */
  readonly operands: readonly string[];
  readonly channels: number;
  readonly filters: number;
  readonly groups: ConvAttrs["groups"];
  readonly attributes: Readonly<Record<string, Attribute>> & { readonly kernel_shape: readonly number[] };
}

/**
 * Writes a convolution. It uses blocks where the machine has them, the channels fill them, and there are enough
 * products per element to pay for the reordering (measured: 13 to 40 % faster with kernels of 3 x 3 and more, and
 * slower with those of one position).
 */
export function writeConvolution(
  { operands, channels, filters, groups, attributes }: Convolution,
  graph: GraphBuilder,
): string {
  const block = graph.channelBlock;
  const window = attributes.kernel_shape;
  const isFull = block > 0 && filters > 0 && channels % block === 0 && filters % block === 0;
  if (!isFull || groups !== 1 || window.length !== 2 || sizeOf(window) === 1)
    return graph.node("Conv", operands, { ...attributes, group: groups });
  const [x, kernel, ...bias] = operands as readonly [string, string, ...string[]];
  const parts = graph.reshape(kernel, [filters / block, block, channels / block, block, ...window]);
  const ordered = graph.node("Transpose", [parts], { perm: [0, 2, 4, 5, 3, 1] });
  const given = [graph.node("ReorderInput", [x], {}, BLOCKS), graph.reshape(ordered, [filters, channels, ...window])];
  const sums = graph.node("Conv", [...given, ...bias], { ...attributes, group: 1 }, BLOCKS);
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
  const graph = new GraphBuilder(block);
  const operands = [graph.input("x0", xDims, "float32"), graph.input("x1", kernelDims, "float32")] as const;
  const attributes = { kernel_shape: [SIDE, SIDE], strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1] };
  const blocked = writeConvolution({ operands, channels, filters: channels, groups: 1, attributes }, graph);
  graph.output("y0", blocked, xDims, "float32");
  graph.output("y1", graph.node("Conv", operands, { ...attributes, group: 1 }), xDims, "float32");
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
