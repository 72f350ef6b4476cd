import { Budget } from "../../core/budget.js";
import { byteSize, type TensorData, viewOf } from "../../core/dtype.js";
import { FormatError, OptionError } from "../../core/errors.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { Tensor } from "../../core/tensor.js";
import { parseHeader } from "./header.js";
import { NPY_CODES, npyType, swapBytes } from "./types.js";

/**
 * An array from a `.npy` file: numbers and booleans of any byte order, in C or Fortran order, header versions 1 to 3.
 * Pickled objects are always refused. The tensor is a view of `bytes` where position and order allow it. Format:
 * numpy.lib.format.
 * @throws {FormatError}
 */
export function readNpy(bytes: Uint8Array, budget: Budget = new Budget(bytes.length)): Tensor {
  const { descr, fortranOrder, shape, dataStart } = parseHeader(bytes);
  const { dtype, isSwapped } = npyType(descr);
  const length = sizeOf(shape);
  const size = length * byteSize(dtype);
  if (dataStart + size > bytes.length) {
    throw new FormatError({
      code: "npy-damaged",
      what: "The .npy file is cut short",
      received: `${bytes.length - dataStart} bytes of data`,
      expected: `${size} for shape (${shape.join(", ")})`,
    });
  }
  const stored = bytes.subarray(dataStart, dataStart + size);
  const copies = isSwapped || stored.byteOffset % byteSize(dtype) !== 0;
  budget.allocate((copies ? size : 0) + (fortranOrder ? size : 0), "copying the array");
  const raw = copies ? stored.slice() : stored;
  if (isSwapped) swapBytes(raw, byteSize(dtype));
  const data: TensorData = viewOf(dtype, raw.buffer, raw.byteOffset, length);
  return new Tensor(fortranOrder ? toRowMajor(data, shape) : data, shape, dtype);
}

/**
 * The tensor as a `.npy` file (version 1, C order).
 * @throws {OptionError} for strings
 */
export function writeNpy(tensor: Tensor): Uint8Array {
  if (tensor.dtype === "string") {
    throw new OptionError({
      code: "npy-dtype",
      what: "Strings cannot be written to a .npy file",
      fix: "Write them as JSON",
    });
  }
  const shape = `(${tensor.shape.join(", ")}${tensor.shape.length === 1 ? "," : ""})`;
  const dictionary = `{'descr': '${NPY_CODES[tensor.dtype]}', 'fortran_order': False, 'shape': ${shape}, }`;
  // Padded with blanks, so that data starts at a multiple of 64.
  const header = `${dictionary}${" ".repeat((64 - ((dictionary.length + 11) % 64)) % 64)}\n`;
  // Uses the array itself: a tensor from another thread lacks the getters of its class.
  const { buffer, byteOffset, byteLength } = tensor.data as Float32Array;
  const out = new Uint8Array(10 + header.length + byteLength);
  out.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length & 0xff, header.length >> 8]);
  out.set(new TextEncoder().encode(header), 10);
  out.set(new Uint8Array(buffer, byteOffset, byteLength), 10 + header.length);
  return out;
}

/** From Fortran order, in which the first axis runs fastest. */
function toRowMajor(data: TensorData, shape: readonly number[]): TensorData {
  const from = data as Float32Array;
  const out = from.slice();
  const strides = stridesOf([...shape].reverse()).reverse();
  const index = shape.map(() => 0);
  let source = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = from[source]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      source -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
