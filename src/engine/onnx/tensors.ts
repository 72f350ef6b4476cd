import { create } from "@bufbuild/protobuf";
import type { Tensor } from "../../core/tensor.js";
import type { Dims, GraphDType } from "../../graph/value.js";
import { dimension } from "./dims.js";
import {
  TensorProto_DataType as DataType,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "./generated/onnx_pb.js";

export const ONNX_TYPES: Readonly<Record<GraphDType | "int64", DataType>> = {
  float32: DataType.FLOAT,
  int32: DataType.INT32,
  int64: DataType.INT64,
  bool: DataType.BOOL,
};

export function tensorProto(
  name: string,
  dataType: DataType,
  dims: readonly number[],
  rawData: Uint8Array,
): TensorProto {
  return create(TensorProtoSchema, { name, dataType, dims: dims.map(BigInt), rawData });
}

export function bytesOf(tensor: Tensor, dtype: GraphDType): Uint8Array {
  const data = tensor.cast(dtype).data as Float32Array;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Bytes as text of the same length: a key for maps. */
export function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

export function valueInfo(name: string, dims: Dims, dtype: GraphDType | "int64"): ValueInfoProto {
  const dim = dims.map(dimension).map((size) => ({
    value:
      typeof size === "number"
        ? ({ case: "dimValue", value: BigInt(size) } as const)
        : ({ case: "dimParam", value: size } as const),
  }));
  const tensorType = { elemType: ONNX_TYPES[dtype], shape: { dim } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: "tensorType", value: tensorType } } });
}
