import { create } from "@bufbuild/protobuf";
import type { Histogram } from "../../core/histogram.js";
import { DataClass, type Summary_Value, Summary_ValueSchema } from "./generated/tensorboard/compat/proto/summary_pb.js";
import { type TensorProto, TensorProtoSchema } from "./generated/tensorboard/compat/proto/tensor_pb.js";
import { DataType } from "./generated/tensorboard/compat/proto/types_pb.js";
import { type Pixels, png } from "./png.js";

/** One point of one tag, as TensorBoard's plugins read it. */
export type EventValue = Summary_Value;

/** Which plugin shows a value, and what sort of value it is. */
interface Plugin {
  readonly name: string;
  readonly content?: string;
  readonly dataClass: DataClass;
}

const SCALARS: Plugin = { name: "scalars", dataClass: DataClass.SCALAR };
const HISTOGRAMS: Plugin = { name: "histograms", dataClass: DataClass.TENSOR };
const TEXT: Plugin = { name: "text", dataClass: DataClass.TENSOR };
const IMAGES: Plugin = { name: "images", dataClass: DataClass.BLOB_SEQUENCE };
/** Keras's own, with the version of its contents. */
const MODEL: Plugin = { name: "graph_keras_model", content: "1", dataClass: DataClass.UNKNOWN };

/** A number, kept as float32. */
export function scalar(tag: string, value: number): EventValue {
  return tagged(
    tag,
    SCALARS,
    create(TensorProtoSchema, { ...shaped([]), dtype: DataType.DT_FLOAT, floatVal: [value] }),
  );
}

/** Rows of left edge, right edge and count, in float64. */
export function histogram(tag: string, { min, max, counts }: Omit<Histogram, "notFinite">): EventValue {
  const rows = new DataView(new ArrayBuffer(counts.length * 24));
  const edge = (i: number): number => (i === counts.length ? max : min + ((max - min) * i) / counts.length);
  for (const [i, count] of counts.entries()) {
    rows.setFloat64(24 * i, edge(i), true);
    rows.setFloat64(24 * i + 8, edge(i + 1), true);
    rows.setFloat64(24 * i + 16, count, true);
  }
  const tensorContent = new Uint8Array(rows.buffer);
  return tagged(
    tag,
    HISTOGRAMS,
    create(TensorProtoSchema, { ...shaped([counts.length, 3]), dtype: DataType.DT_DOUBLE, tensorContent }),
  );
}

/** A text in Markdown. */
export function text(tag: string, markdown: string): EventValue {
  return tagged(tag, TEXT, strings([], [markdown]));
}

/** Pictures of one size. */
export async function images(tag: string, pictures: readonly [Pixels, ...Pixels[]]): Promise<EventValue> {
  const [{ width, height }] = pictures;
  const files = await Promise.all(pictures.map(png));
  return tagged(tag, IMAGES, strings([2 + files.length], [String(width), String(height), ...files]));
}

/** A model as Keras's `to_json` describes it, which TensorBoard draws as a conceptual graph. */
export function modelGraph(tag: string, json: string): EventValue {
  return tagged(tag, MODEL, strings([], [json]));
}

function tagged(tag: string, { name, content = "", dataClass }: Plugin, tensor: TensorProto): EventValue {
  return create(Summary_ValueSchema, {
    tag,
    metadata: { pluginData: { pluginName: name, content: new TextEncoder().encode(content) }, dataClass },
    value: { case: "tensor", value: tensor },
  });
}

function strings(shape: readonly number[], values: readonly (string | Uint8Array)[]): TensorProto {
  const stringVal = values.map((value) => (typeof value === "string" ? new TextEncoder().encode(value) : value));
  return create(TensorProtoSchema, { ...shaped(shape), dtype: DataType.DT_STRING, stringVal });
}

function shaped(shape: readonly number[]) {
  return { tensorShape: { dim: shape.map((size) => ({ size: BigInt(size) })) } };
}
