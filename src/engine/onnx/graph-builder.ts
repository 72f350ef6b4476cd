import { create, toBinary } from "@bufbuild/protobuf";
import type { Tensor } from "../../core/tensor.js";
import type { Dims, GraphDType } from "../../graph/value.js";
import { type Attribute, attributeProto, attributeText, type Body } from "./attributes.js";
import { constantText } from "./constant-text.js";
import { dimension, runsOf } from "./dims.js";
import {
  TensorProto_DataType as DataType,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  type TensorProto,
  type ValueInfoProto,
} from "./generated/onnx_pb.js";
import { bytesOf, latin1, ONNX_TYPES, tensorProto, valueInfo } from "./tensors.js";

export { latin1, ONNX_TYPES } from "./tensors.js";

/** Operator set of emitted models: new enough for boolean reductions, supported by all fusions of ONNX Runtime 1.30. */
export const OPSET = 21;
const IR_VERSION = 10n;

/** The parts of one graph written so far. */
class Frame {
  readonly nodes: NodeProto[] = [];
  readonly inputs: ValueInfoProto[] = [];
  readonly outputs: ValueInfoProto[] = [];
  readonly lines: string[] = [];
  /** Each value that is the negative of another, and the other way round. */
  readonly negatives = new Map<string, string>();
  readonly ones = new Map<number, string>();
}

/**
 * Writes one ONNX graph node by node. Names are numbered in the order of calls, so equal graphs give equal bytes;
 * equal constants are kept once.
 */
export class GraphBuilder {
  readonly #root = new Frame();
  readonly #constants = new Map<string, TensorProto>();
  /** Values that have been renamed to one of their outputs: another output may be the same value. */
  readonly #renamed = new Map<string, string>();
  /** Names that bodies read, which must no longer change. */
  readonly #read = new Set<string>();
  #frame: Frame = this.#root;
  #nextNode = 0;
  #nextBody = 0;
  #rows: string | undefined;

  /** Whether any ONNX runtime must be able to read the model: operators of ONNX alone, rows counted from an input. */
  readonly portable: boolean;
  readonly #domains: Set<string>;
  /** Tensors with names of their own: the weights of a portable model. */
  readonly #weights: TensorProto[] = [];

  constructor(portable = false) {
    this.portable = portable;
    this.#domains = new Set(portable ? [""] : ["", "com.microsoft"]);
  }

  /** Appends a node and returns the name of its first output. `domain`: "" is ONNX itself. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    { domain = "", outputs = 1 }: { readonly domain?: string; readonly outputs?: number } = {},
  ): string {
    return this.nodes(opType, inputs, attributes, { domain, outputs })[0]!;
  }

  /** The same with the names of all outputs. */
  nodes(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    { domain = "", outputs }: { readonly domain?: string; readonly outputs: number },
  ): readonly string[] {
    const output = `v${this.#nextNode++}`;
    // ONNX requires these outputs even where nobody reads them.
    const all = [output, ...Array.from({ length: outputs - 1 }, (_, index) => `${output}_${index + 1}`)];
    this.#append(opType, inputs, all, attributes, domain);
    return all;
  }

  /** The negative of a value, which may be there already. */
  negative(x: string): string {
    const { negatives } = this.#frame;
    const known = negatives.get(x);
    if (known !== undefined) return known;
    const negative = this.node("Neg", [x]);
    negatives.set(x, negative).set(negative, x);
    return negative;
  }

  input(name: string, dims: Dims, dtype: GraphDType | "int64"): string {
    return inputOf(this.#root, name, dims, dtype);
  }

  /** Declares an output that holds `source`. */
  output(name: string, value: string, dims: Dims, dtype: GraphDType): void {
    const { nodes, outputs, lines } = this.#root;
    const source = this.#renamed.get(value) ?? value;
    // Renaming the producer's output would save this node, but a value can be an input or several outputs at once.
    const producer = nodes.find((node) => node.output.includes(source));
    const isOutput = outputs.some((output) => output.name === source);
    if (producer !== undefined && !isOutput && !this.#read.has(source)) this.#rename(value, name);
    else this.#append("Identity", [source], [name], {}, "");
    outputs.push(valueInfo(name, dims, dtype));
    lines.push(`output ${name}: ${dtype}[${dims.map(dimension).join(", ")}]`);
  }

  /**
   * A body, which may read everything written around it. `write` gets the names of the body's inputs and returns those
   * of its results, which become outputs of the body: each from its own node, as ONNX Runtime requires.
   */
  body(
    inputs: readonly { readonly shape: Dims; readonly dtype: GraphDType }[],
    write: (
      names: readonly string[],
    ) => readonly { readonly name: string; readonly shape: Dims; readonly dtype: GraphDType }[],
  ): Body {
    const outer = this.#frame;
    const frame = new Frame();
    const prefix = `b${this.#nextBody++}`;
    this.#frame = frame;
    const names = inputs.map(({ shape, dtype }, i) => inputOf(frame, `${prefix}_${i}`, shape, dtype));
    const own = new Set<string>();
    for (const { name, shape, dtype } of write(names)) {
      const isFree = !own.has(name) && frame.nodes.some((node) => node.output.includes(name));
      const output = isFree ? name : this.node("Identity", [name]);
      own.add(output);
      frame.outputs.push(valueInfo(output, shape, dtype));
      frame.lines.push(`output ${output}: ${dtype}[${shape.map(dimension).join(", ")}]`);
    }
    this.#frame = outer;
    for (const node of frame.nodes) for (const name of node.input) this.#read.add(name);
    const { nodes: node, inputs: input, outputs: output, lines } = frame;
    return { graph: create(GraphProtoSchema, { name: prefix, node, input, output }), text: lines.join("\n") };
  }

  /** The number of rows as an int64 vector of one element; this adds an input to the model. */
  rows(): string {
    return (this.#rows ??= this.portable ? this.#countRows() : this.input("rows", [1], "int64"));
  }

  get usesRows(): boolean {
    return this.#rows !== undefined && !this.portable;
  }

  /** From the first input, before anything else, so that bodies of loops can read it too. */
  #countRows(): string {
    const [first] = this.#root.inputs;
    this.#root.nodes.unshift(
      create(NodeProtoSchema, {
        opType: "Shape",
        input: [first!.name],
        output: ["rows"],
        attribute: [attributeProto("end", 1)],
      }),
    );
    return "rows";
  }

  /** A tensor under a name, which users of the model see. */
  weight(name: string, tensor: Tensor, dtype: GraphDType): string {
    this.#weights.push(tensorProto(name, ONNX_TYPES[dtype], tensor.shape, bytesOf(tensor, dtype)));
    return name;
  }

  /** A vector of int64. */
  ints(values: readonly number[]): string {
    const bytes = new BigInt64Array(values.map(BigInt));
    return this.#constant(DataType.INT64, [values.length], new Uint8Array(bytes.buffer));
  }

  /** A scalar. */
  scalar(value: number, dtype: GraphDType = "float32"): string {
    const data =
      dtype === "float32" ? Float32Array.of(value) : dtype === "int32" ? Int32Array.of(value) : Uint8Array.of(value);
    return this.#constant(ONNX_TYPES[dtype], [], new Uint8Array(data.buffer));
  }

  tensor(tensor: Tensor, dtype: GraphDType): string {
    return this.#constant(ONNX_TYPES[dtype], tensor.shape, bytesOf(tensor, dtype));
  }

  /** A vector of ones, as long as a dimension. */
  ones(dim: number): string {
    const { ones } = this.#frame;
    const known = ones.get(dim) ?? this.node("Expand", [this.scalar(1), this.shape([dim])]);
    ones.set(dim, known);
    return known;
  }

  /** A shape as an int64 vector; one that depends on the batch is computed from {@link rows}. */
  shape(dims: Dims): string {
    const parts = runsOf(dims).map((run) => ((run[0] ?? 0) < 0 ? this.#multiple(-run[0]!) : this.ints(run)));
    return parts.length === 1 ? parts[0]! : this.node("Concat", parts, { axis: 0 });
  }

  /** A dimension as an int32 scalar. */
  size(dim: number): string {
    if (dim >= 0) return this.scalar(dim, "int32");
    const one = this.node("Cast", [this.#multiple(-dim)], { to: ONNX_TYPES.int32 });
    return this.node("Squeeze", [one, this.ints([0])]);
  }

  /** `factor` times the rows, as an int64 vector of one element. */
  #multiple(factor: number): string {
    return factor === 1 ? this.rows() : this.node("Mul", [this.rows(), this.ints([factor])]);
  }

  reshape(x: string, dims: Dims): string {
    // ONNX infers one dimension; it need not be told the rows then.
    if (dims.filter((dim) => dim < 0).length > 1) return this.node("Reshape", [x, this.shape(dims)]);
    const target = dims.map((dim) => Math.max(dim, -1));
    return this.node("Reshape", [x, this.ints(target)], dims.includes(0) ? { allowzero: 1 } : {});
  }

  /** The model. Its name is always the same, so that equal graphs of several programs share a session. */
  bytes(): Uint8Array {
    const graph: GraphProto = create(GraphProtoSchema, {
      name: "pawl",
      node: this.#root.nodes,
      input: this.#root.inputs,
      output: this.#root.outputs,
      initializer: [...this.#constants.values(), ...this.#weights],
    });
    const opsets = [...this.#domains].map((domain) =>
      create(OperatorSetIdProtoSchema, { domain, version: BigInt(domain === "" ? OPSET : 1) }),
    );
    return toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: IR_VERSION, opsetImport: opsets, graph }));
  }

  /** The graph for people and golden files, one line a node. */
  text(): string {
    const constants = [...this.#constants.values()].map((tensor) => `constant ${tensor.name}: ${constantText(tensor)}`);
    return `${[...constants, ...this.#root.lines].join("\n")}\n`;
  }

  #append(
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    domain: string,
  ): void {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
    const { nodes, lines } = this.#frame;
    this.#domains.add(domain);
    nodes.push(create(NodeProtoSchema, { opType, domain, input: [...inputs], output: [...outputs], attribute }));
    const options = Object.entries(attributes).map(([name, value]) => `, ${name}=${attributeText(value)}`);
    lines.push(`${outputs.join(", ")} = ${opType}(${inputs.join(", ")}${options.join("")})`);
  }

  #rename(from: string, to: string): void {
    this.#renamed.set(from, to);
    const swap = (names: readonly string[]): string[] => names.map((name) => (name === from ? to : name));
    const { nodes, lines } = this.#root;
    for (const node of nodes) {
      node.input = swap(node.input);
      node.output = swap(node.output);
    }
    const word = new RegExp(`\\b${from}\\b`, "g");
    for (let i = 0; i < lines.length; i++) lines[i] = lines[i]!.replace(word, to);
  }

  #constant(dataType: DataType, dims: readonly number[], bytes: Uint8Array): string {
    const key = `${dataType}:${dims.join()}:${latin1(bytes)}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known.name;
    const name = `c${this.#constants.size}`;
    this.#constants.set(key, tensorProto(name, dataType, dims, bytes));
    return name;
  }
}

function inputOf({ inputs, lines }: Frame, name: string, dims: Dims, dtype: GraphDType | "int64"): string {
  inputs.push(valueInfo(name, dims, dtype));
  lines.push(`input ${name}: ${dtype}[${dims.map(dimension).join(", ")}]`);
  return name;
}
