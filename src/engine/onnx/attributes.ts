import { create } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  type GraphProto,
} from "./generated/onnx_pb.js";

/** A nested graph: the body of a loop. */
export interface Body {
  readonly graph: GraphProto;
  readonly text: string;
}

/** Whole number(s), text, or a float (which must be marked, since 1 and 1.0 look the same here). */
export type Attribute = number | readonly number[] | string | { readonly float: number } | Body;

export function attributeProto(name: string, value: Attribute): AttributeProto {
  if (typeof value === "number")
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === "string") {
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  }
  if ("float" in value) return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  if ("graph" in value) return create(AttributeProtoSchema, { name, type: AttributeType.GRAPH, g: value.graph });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

export function attributeText(value: Attribute): string {
  if (typeof value === "number" || typeof value === "string") return JSON.stringify(value);
  if ("graph" in value) return `{\n${value.text.replace(/^(?=.)/gm, "  ")}\n}`;
  return "float" in value ? `${value.float}f` : `[${value.join(", ")}]`;
}
