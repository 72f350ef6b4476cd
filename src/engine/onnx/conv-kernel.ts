import { sizeOf } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import type { Part } from "../crew/score.js";
import { patches } from "../kernels/patches.js";
import type { Places, Shard } from "../places.js";
import { dutyFor } from "../profile/duty.js";
import type { Binding, Slot } from "../session.js";
import { GraphBuilder } from "./graph-builder.js";
import { kernelPart, type Place, sessionPart } from "./parts.js";

type Node = Value<"convKernel">;

/** Bytes of patches made and used at a time: they must stay in a core's own cache. */
const CHUNK_BYTES = 600_000;
/** Each product reads and writes the whole sum: with a large one, fewer and larger pieces take less time. */
const CHUNKS_PER_SUM = 2;

/** How many rows of a batch are done at a time, or how many lines of one row's outputs. */
function chunks(
  { seen, filters }: { readonly seen: number; readonly filters: number },
  height: number,
  width: number,
): { readonly atATime: number; readonly lines: number } {
  const most = Math.max(CHUNK_BYTES, seen * filters * 4 * CHUNKS_PER_SUM);
  const bytes = seen * width * 4;
  const atATime = Math.max(1, Math.floor(most / (bytes * height)));
  const pieces = Math.min(height, Math.ceil((bytes * height) / most));
  return { atATime, lines: atATime > 1 ? height : Math.ceil(height / pieces) };
}

/** The models that a gradient of a kernel needs besides the kernel of patches. */
export interface ConvKernelModels {
  /** (patches, gradients) -> their product. */
  readonly first: Uint8Array;
  /** (patches, gradients, sum) -> sum with this product added. */
  readonly next: Uint8Array;
  /** The sum, with the axes in a kernel's order; null when it is wanted in its own. */
  readonly layout: Uint8Array | null;
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
 * @param output the gradient, or it in the order that the products have
 */
export function convKernelModels(node: Node, output: Value): ConvKernelModels {
  const { channels, filters, seen } = geometry(node);
  const product = (hasSum: boolean): GraphBuilder => {
    const graph = new GraphBuilder();
    // The number of columns is the number of outputs, for which the dimension "rows" stands here.
    const operands = [seen, filters].map((size, i) => graph.input(`x${i}`, [size, -1], "float32"));
    const before = hasSum ? [graph.input("x2", [seen, filters], "float32")] : [];
    graph.output("y0", graph.node("Gemm", [...operands, ...before], { transB: 1 }), [seen, filters], "float32");
    return graph;
  };
  const [first, next] = [product(false), product(true)];
  if (output !== node)
    return { first: first.bytes(), next: next.bytes(), layout: null, text: first.text() + next.text() };
  const layout = new GraphBuilder();
  const { spatial } = node.attrs;
  const last = spatial.length + 1;
  const sum = layout.reshape(layout.input("x0", [seen, filters], "float32"), [...spatial, channels, filters]);
  const kernel = layout.node("Transpose", [sum], { perm: [last, last - 1, ...spatial.map((_, i) => i)] });
  layout.output("y0", kernel, node.shape, "float32");
  const text = first.text() + next.text() + layout.text();
  return { first: first.bytes(), next: next.bytes(), layout: layout.bytes(), text };
}

/** Makes bindings of a model's session. */
export type Bind = (model: Uint8Array, inputs: readonly string[], outputs: readonly string[]) => Binding;

/** The parts of one shard, or of all rows, to be done one after the other. */
export function convKernelParts(
  name: string,
  { node, models }: { readonly node: Node; readonly models: ConvKernelModels },
  output: Place,
  places: Places,
  shard: Shard,
  bind: Bind,
): Part[] {
  const { channels, filters, seen } = geometry(node);
  const [x, dy] = node.inputs.map((input) => places.slot(input, shard)) as [Slot, Slot];
  const rows = x.dims[0]!;
  const [height, width] = dy.dims.length === 4 ? [dy.dims[2]!, dy.dims[3]!] : [1, sizeOf(dy.dims.slice(2))];
  const { atATime, lines } = chunks({ seen, filters }, height, width);
  // A shard does one thing after the other; what is done once may run beside other work that is done once.
  const own = shard === "all" ? ` for ${node.id}` : "";
  const scratch = (purpose: string, dims: readonly number[]): Slot => places.scratch(shard, purpose + own, dims);
  let sum: Slot | null = null;
  const { spatial: window, strides, padding, dilations } = node.attrs;
  const single = window.map(() => 1);
  // Patches of a window of one element are the gradients themselves, with the rows side by side.
  const turned = { window: single, strides: single, dilations: single, padding: window.map(() => [0, 0] as const) };
  const ends = (what: string, inputs: readonly Slot[], to: Slot | Place, products = 0) => ({
    name: `${name}: gradient of a kernel of ${[...window, channels, filters].join(" x ")}, ${what}`,
    duty: dutyFor([...inputs, isPlace(to) ? to[1] : to], node, products),
    places,
    inputs: inputs.map((slot) => [null, slot] as const),
    outputs: [isPlace(to) ? to : ([null, to] as const)],
  });

  const pieces: { readonly row: number; readonly count: number; readonly some: { from: number; count: number } }[] = [];
  for (let row = 0; row < rows; row += atATime)
    for (let from = 0; from < height; from += lines)
      pieces.push({
        row,
        count: Math.min(atATime, rows - row),
        some: { from, count: Math.min(lines, height - from) },
      });
  const parts: Part[] = [];
  for (const [i, { row, count, some }] of pieces.entries()) {
    const positions = some.count * width;
    const columns = scratch("columns", [seen, count * positions]);
    const take = patches({ window, strides, padding, dilations, lines: some });
    parts.push(kernelPart(ends("patches", [rowsOf(x, row, count)], columns), take));
    let gradients = rowsOf(dy, row, 1, [filters, positions]);
    if (count > 1 || some.count < height) {
      gradients = scratch("gradients", [filters, count * positions]);
      const beside = patches({ ...turned, lines: some });
      parts.push(kernelPart(ends("gradients", [rowsOf(dy, row, count)], gradients), beside));
    }
    const isLast = i === pieces.length - 1 && models.layout === null;
    const sums = [seen, filters];
    const target = isLast ? ([output[0], { ...output[1], dims: sums }] as const) : scratch(`sum ${i % 2}`, sums);
    const operands = sum === null ? [columns, gradients] : [columns, gradients, sum];
    const names = operands.map((_, k) => `x${k}`);
    parts.push(
      sessionPart(
        ends("product", operands, target, 2 * seen * filters * count * positions),
        bind(sum === null ? models.first : models.next, names, ["y0"]),
      ),
    );
    if (!isPlace(target)) sum = target;
  }
  if (models.layout !== null)
    parts.push(sessionPart(ends("layout", [sum!], output), bind(models.layout, ["x0"], ["y0"])));
  return parts;
}

const isPlace = (end: Slot | Place): end is Place => Array.isArray(end);

/** Some rows of a batch. */
function rowsOf({ block, start, dims, dtype }: Slot, row: number, count: number, as?: readonly number[]): Slot {
  const [, ...rest] = dims as readonly [number, ...number[]];
  return { block, start: start + row * sizeOf(rest), dims: as ?? [count, ...rest], dtype };
}
