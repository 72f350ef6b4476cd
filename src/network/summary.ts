import { byteSize, type DType } from "../core/dtype.js";
import { formatCount, memorySize } from "../core/human.js";
import { keepNames } from "../core/names.js";
import { bool, type Field, type Fields, int, nullable, resolveOptions, wrongOption } from "../core/options.js";
import { type Shape, type StaticShape, sizeOf } from "../core/shape.js";
import { shown } from "../core/shown.js";
import type { OutputType } from "../layers/base/keras-tensor.js";
import type { AnyLayer, Layer } from "../layers/base/layer.js";
import { inferOutputs } from "../layers/base/symbolic.js";
import { Input } from "./input.js";
import { type Column, drawTable } from "./table.js";
import type { Topology } from "./topology.js";

/** The narrowest table that can be read. A terminal says 0 columns when it does not know. */
const NARROWEST = 40;

/** Shape and dtype of something that takes memory. */
export interface Sized {
  readonly shape: StaticShape;
  readonly dtype: DType;
}

/** How `model.summary` prints. */
export interface SummaryOptions {
  /** Receives the whole text. Default: the console. */
  readonly printFn?: ((text: string) => void) | null;
  /**
   * Width of the table in characters. Default 88, or 108 when the network is not a chain; at most that of the terminal.
   */
  readonly lineLength?: number | null;
  /** Shows the layers of models inside. Default false. */
  readonly expandNested?: boolean;
  /** Adds a column that tells frozen layers. Default false. */
  readonly showTrainable?: boolean;
  /** Draws with + - | instead of box characters. Default false. */
  readonly ascii?: boolean;
}

/** What a summary shows: a network. */
type SummarizedModel = Layer & {
  readonly layers: readonly Layer[];
  readonly wired: boolean;
  readonly topology: Topology;
};

const printField: Field<((text: string) => void) | null> = {
  default: null,
  parse(value, where) {
    if (value === null || typeof value === "function") return value as (text: string) => void;
    throw wrongOption(where, "a function that takes the text", value);
  },
};

const FIELDS: Fields<SummaryOptions> = {
  printFn: printField,
  lineLength: nullable(int({ min: 1 })),
  expandNested: bool(false),
  showTrainable: bool(false),
  ascii: bool(false),
};

/** Keras's table of a network: a row a layer, and the counts of parameters below. */
export function summarize(
  model: SummarizedModel,
  optimizer: readonly Sized[] | null,
  options?: SummaryOptions,
): string {
  const resolved = resolveOptions(`summary of ${model.label}`, FIELDS, options);
  const { printFn, lineLength, expandNested, showTrainable, ascii } = resolved;
  const chain = isChain(model);
  const columns = columnsOf(chain, showTrainable, lineLength);
  const rows = model.layers.flatMap((layer) => rowsOf(model, layer, { chain, expandNested, showTrainable, level: 0 }));
  const lines = [`Model: "${shown(model.name)}"`, ...drawTable(columns, rows, { ascii }), ...counts(model, optimizer)];
  const text = `${lines.join("\n")}\n`;
  if (printFn !== null) printFn(text);
  else console.log(text.trimEnd());
  return text;
}

function isChain(model: SummarizedModel): boolean {
  if (model.networkKind !== "functional" || !model.wired) return true;
  const { nodes, layers } = model.topology;
  const straight = nodes.every((node, i) =>
    i === 0 ? node.isInput : node.inputs.length === 1 && node.inputs[0]!.node === nodes[i - 1],
  );
  return straight && nodes.length === layers.length;
}

function columnsOf(chain: boolean, showTrainable: boolean, lineLength: number | null): Column[] {
  const titles = ["Layer (type)", "Output Shape", "Param #"];
  let ends = chain ? [0.45, 0.8, 1] : [0.3, 0.56, 0.74, 1];
  let width = chain ? 88 : 108;
  if (!chain) titles.push("Connected to");
  if (showTrainable) {
    width += 12;
    ends = [...ends.map((end) => end * 0.9), 1];
    titles.push("Trainable");
  }
  const total = lineLength ?? Math.min(width, terminalColumns());
  let used = 0;
  return titles.map((title, i) => {
    const size = Math.trunc(ends[i]! * total) - used;
    used += size;
    return { title, width: size, align: title === "Param #" ? "right" : title === "Trainable" ? "center" : "left" };
  });
}

/** Columns of the terminal that stdout is, where it is one. */
function terminalColumns(): number {
  const { process } = globalThis as { process?: { stdout?: { isTTY?: boolean; columns?: number } } };
  const columns = process?.stdout?.isTTY ? process.stdout.columns : undefined;
  return columns === undefined || columns < NARROWEST ? Number.POSITIVE_INFINITY : columns;
}

interface RowOptions {
  readonly chain: boolean;
  readonly expandNested: boolean;
  readonly showTrainable: boolean;
  readonly level: number;
}

function rowsOf(model: SummarizedModel, layer: Layer, options: RowOptions): string[][] {
  const prefix = options.level === 0 ? "" : `${"   ".repeat(options.level)}└ `;
  const row = [`${prefix}${layer.name} (${layer.className})`, outputShape(layer), parameters(layer)];
  if (!options.chain) row.push(connections(model, layer));
  if (options.showTrainable) row.push(layer.weights.length === 0 ? "-" : layer.trainable ? "Y" : "N");
  if (!options.expandNested || !("layers" in layer)) return [row];
  const inner = (layer as SummarizedModel).layers;
  return [row, ...inner.flatMap((child) => rowsOf(model, child, { ...options, level: options.level + 1 }))];
}

function outputShape(layer: Layer): string {
  const node = layer.inboundNodes.at(-1);
  if (node === undefined) return shapeAsBuilt(layer);
  const shapes = node.outputs.map(({ shape }) => pythonShape(shape));
  return node.givesList && shapes.length > 1 ? `[${shapes.join(", ")}]` : shapes[0]!;
}

/** What a layer that was called on values gives for the shapes that it was built for. */
function shapeAsBuilt(layer: AnyLayer): string {
  const { buildShapes } = layer;
  if (buildShapes === null) return "?";
  try {
    const inputs = keepNames(() => buildShapes.map((batchShape) => Input({ batchShape })));
    const given = inferOutputs(layer, inputs.length === 1 ? inputs[0]! : inputs, {});
    const shapes = (Array.isArray(given) ? (given as readonly OutputType[]) : [given as OutputType]).map(({ shape }) =>
      pythonShape(shape),
    );
    return shapes.length > 1 ? `[${shapes.join(", ")}]` : shapes[0]!;
  } catch {
    // Some layers cannot be called without what their owner gives them.
    return "?";
  }
}

function pythonShape(shape: Shape): string {
  return `(${shape.map((dim) => dim ?? "None").join(", ")})`;
}

function parameters(layer: Layer): string {
  return layer.built ? formatCount(layer.countParams()) : "0 (unbuilt)";
}

function connections(model: SummarizedModel, layer: Layer): string {
  const own = new Set(model.topology.nodes);
  const names = layer.inboundNodes
    .filter((node) => own.has(node))
    .flatMap((node) => node.inputs)
    .map(({ node, tensorIndex }) => `${node.layer.name}[${node.index}][${tensorIndex}]`);
  return names.length === 0 ? "-" : names.join(", ");
}

function counts(model: SummarizedModel, optimizer: readonly Sized[] | null): string[] {
  const line = (title: string, weights: readonly Sized[]): string => {
    const count = weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
    const bytes = weights.reduce((sum, weight) => sum + sizeOf(weight.shape) * byteSize(weight.dtype), 0);
    return ` ${title} params: ${formatCount(count)} (${memorySize(bytes)})`;
  };
  return [
    line("Total", [...model.weights, ...(optimizer ?? [])]),
    line("Trainable", model.trainableWeights),
    line("Non-trainable", model.nonTrainableWeights),
    ...(optimizer === null ? [] : [line("Optimizer", optimizer)]),
  ];
}
