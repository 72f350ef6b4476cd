import { byteSize } from "../../core/dtype.js";
import { OptionError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import { METADATA, NAMES, START } from "./dtypes.js";

/** Where the header ends, so that each tensor lies at a multiple of its element's size. */
const ALIGNMENT = 8;

/**
 * The pieces of a safetensors file. Tensors with larger elements come first, as the safetensors library writes them;
 * otherwise in the order given.
 * @param reserved a last tensor of bytes, which the caller appends
 * @throws {OptionError} for two tensors of one name, and for strings
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, Tensor]>,
  metadata: Readonly<Record<string, string>> = {},
  reserved?: { readonly name: string; readonly bytes: number },
): Uint8Array[] {
  const sorted = [...tensors].sort(([, a], [, b]) => byteSize(b.dtype) - byteSize(a.dtype));
  const header = new Map<string, unknown>([[METADATA, metadata]]);
  let at = 0;
  const put = (name: string, dtype: string, shape: readonly number[], bytes: number): void => {
    if (header.has(name)) throw twice(name);
    header.set(name, { dtype, shape, data_offsets: [at, at + bytes] });
    at += bytes;
  };
  for (const [name, { dtype, shape, byteLength }] of sorted) {
    if (dtype === "string") throw ofStrings(name);
    put(name, NAMES[dtype], shape, byteLength);
  }
  if (reserved !== undefined) put(reserved.name, NAMES.uint8, [reserved.bytes], reserved.bytes);
  // Not by an object of these names: JavaScript puts those that are numbers first.
  const members = Array.from(header, ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const text = new TextEncoder().encode(`{${members.join(",")}}`);
  const head = new Uint8Array(START + Math.ceil(text.length / ALIGNMENT) * ALIGNMENT).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(head.length - START), true);
  head.set(text, START);
  return [head, ...sorted.map(([, tensor]) => bytesOf(tensor))];
}

function bytesOf({ data }: Tensor): Uint8Array {
  const { buffer, byteOffset, byteLength } = data as Uint8Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function twice(name: string): OptionError {
  return new OptionError({
    code: "safetensors-twice",
    what: "A safetensors file tells tensors apart by their names, and two have the same",
    received: JSON.stringify(name),
    fix: "Give the layers names of their own, or save to .weights.h5, which goes by places in the model",
  });
}

function ofStrings(name: string): OptionError {
  return new OptionError({
    code: "safetensors-strings",
    what: `A safetensors file has no strings, of which "${name}" is made`,
    fix: "Save it to .npz, or as JSON",
  });
}
