import { sizeOf } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import type { Part } from "../crew/score.js";
import { patches } from "../kernels/patches.js";
import type { Places, Shard } from "../places.js";
import type { Binding, Slot } from "../session.js";
import { GraphBuilder } from "./graph-builder.js";
import { kernelPart, sessionPart } from "./parts.js";

type Node = Value<"convKernel">;

/** Bytes of patches made and used at a time: they must stay in a core's own cache. */
const CHUNK_BYTES = 600_000;

/** How many rows of a batch are done at a time, or how many lines of one row's outputs. */
function chunks(seen: number, height: number, width: number): { readonly atATime: number; readonly lines: number } {
  const bytes = seen * width * 4;
  const atATime = Math.max(1, Math.floor(CHUNK_BYTES / (bytes * height)));
  const pieces = Math.min(height, Math.ceil((bytes * height) / CHUNK_BYTES));
  return { atATime, lines: atATime > 1 ? height : Math.ceil(height / pieces) };
}

/** The models that a gradient of a kernel needs besides the kernel of patches. */
export interface ConvKernelModels {
  /** (patches, gradients, sum) -> sum with this product added. */
  readonly product: Uint8Array;
  /** The sum, with the axes in a kernel's order. */
  readonly layout: Uint8Array;
  readonly text: string;
}

const geometry = ({ attrs, inputs }: Node) => {
  const channels = inputs[0]!.shape[1]!;
  const filters = inputs[1]!.shape[1]!;
  return { channels, filters, seen: attrs.spatial.reduce((a, b) => a * b, channels) };
};

/**
 * The gradient of a convolution's kernel as a sum of products of patches and gradients, over a few rows at a time, so
 * that the patches never leave the cache. They are the left operand, because ONNX Runtime copies the right one to an
 * internal layout: that should be the smaller one.
 */
export function convKernelModels(node: Node): ConvKernelModels {
  const { channels, filters, seen } = geometry(node);
  const product = new GraphBuilder();
  // The number of columns is the number of outputs, for which the dimension "rows" stands here.
  const operands = [seen, filters].map((size, i) => product.input(`x${i}`, [size, -1], "float32"));
  const before = product.input("x2", [seen, filters], "float32");
  product.output("y0", product.node("Gemm", [...operands, before], { transB: 1 }), [seen, filters], "float32");
  const layout = new GraphBuilder();
  const { spatial } = node.attrs;
  const last = spatial.length + 1;
  const sum = layout.reshape(layout.input("x0", [seen, filters], "float32"), [...spatial, channels, filters]);
  const kernel = layout.node("Transpose", [sum], { perm: [last, last - 1, ...spatial.map((_, i) => i)] });
  layout.output("y0", kernel, node.shape, "float32");
  return { product: product.bytes(), layout: layout.bytes(), text: product.text() + layout.text() };
}

/** Makes bindings of a model's session. */
export type Bind = (model: Uint8Array, inputs: readonly string[], outputs: readonly string[]) => Binding;

/** The parts of one shard, or of all rows, to be done one after the other. */
export function convKernelParts(
  name: string,
  node: Node,
  models: ConvKernelModels,
  places: Places,
  shard: Shard,
  bind: Bind,
): Part[] {
  const { channels, filters, seen } = geometry(node);
  const [x, dy] = node.inputs.map((input) => places.slot(input, shard)) as [Slot, Slot];
  const output = places.slot(node, shard);
  const rows = x.dims[0]!;
  const [height, width] = dy.dims.length === 4 ? [dy.dims[2]!, dy.dims[3]!] : [1, sizeOf(dy.dims.slice(2))];
  const { atATime, lines } = chunks(seen, height, width);
  // A shard does one thing after the other; what is done once may run beside other work that is done once.
  const own = shard === "all" ? ` for ${node.id}` : "";
  const scratch = (purpose: string, dims: readonly number[]): Slot => places.scratch(shard, purpose + own, dims);
  const sums = ["sum 0", "sum 1"].map((purpose) => scratch(purpose, [seen, filters])) as [Slot, Slot];
  let sum = places.zeros([seen, filters]);
  const { spatial: window, strides, padding, dilations } = node.attrs;
  const single = window.map(() => 1);
  // Patches of a window of one element are the gradients themselves, with the rows side by side.
  const turned = { window: single, strides: single, dilations: single, padding: window.map(() => [0, 0] as const) };
  const ends = (what: string, inputs: readonly Slot[], to: Slot) => ({
    name: `${name}: gradient of a kernel of ${[...window, channels, filters].join(" x ")}, ${what}`,
    places,
    inputs: inputs.map((slot) => [null, slot] as const),
    outputs: [[null, to] as const],
  });

  const parts: Part[] = [];
  for (let row = 0, chunk = 0; row < rows; row += atATime) {
    const count = Math.min(atATime, rows - row);
    for (let from = 0; from < height; from += lines, chunk++) {
      const some = { from, count: Math.min(lines, height - from) };
      const positions = some.count * width;
      const columns = scratch("columns", [seen, count * positions]);
      const take = patches({ window, strides, padding, dilations, lines: some });
      parts.push(kernelPart(ends("patches", [rowsOf(x, row, count)], columns), take));
      let gradients = rowsOf(dy, row, 1, [filters, positions]);
      if (count > 1 || some.count < height) {
        gradients = scratch("gradients", [filters, count * positions]);
        parts.push(
          kernelPart(ends("gradients", [rowsOf(dy, row, count)], gradients), patches({ ...turned, lines: some })),
        );
      }
      const next = sums[chunk % 2]!;
      parts.push(
        sessionPart(ends("product", [columns, gradients, sum], next), bind(models.product, ["x0", "x1", "x2"], ["y0"])),
      );
      sum = next;
    }
  }
  parts.push(sessionPart(ends("layout", [sum], output), bind(models.layout, ["x0"], ["y0"])));
  return parts;
}

/** Some rows of a batch. */
function rowsOf({ block, start, dims, dtype }: Slot, row: number, count: number, as?: readonly number[]): Slot {
  const [, ...rest] = dims as readonly [number, ...number[]];
  return { block, start: start + row * sizeOf(rest), dims: as ?? [count, ...rest], dtype };
}
