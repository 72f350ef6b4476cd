import { TensorProto_DataType as DataType, type TensorProto } from "./generated/onnx_pb.js";

/** A constant for people: its type, its shape and its first elements. */
export function constantText(tensor: TensorProto): string {
  const type = DataType[tensor.dataType ?? 0]!.toLowerCase();
  const copy = tensor.rawData.slice();
  const elements =
    tensor.dataType === DataType.FLOAT
      ? new Float32Array(copy.buffer)
      : tensor.dataType === DataType.INT32
        ? new Int32Array(copy.buffer)
        : tensor.dataType === DataType.INT64
          ? new BigInt64Array(copy.buffer)
          : copy;
  const shown = Array.from(elements.subarray(0, 16) as ArrayLike<number | bigint>, String).join(", ");
  return `${type}[${tensor.dims.join(", ")}] {${shown}${elements.length > 16 ? ", …" : ""}}`;
}
