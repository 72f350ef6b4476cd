import type { Budget } from "../../core/budget.js";
import { byteSize, type DType, viewOf } from "../../core/dtype.js";
import { FormatError } from "../../core/errors.js";
import { sizeOf } from "../../core/shape.js";
import { Tensor } from "../../core/tensor.js";
import type { ManifestEntry, ManifestGroup } from "./manifest.js";

/** A tensor with its entry of the manifest. */
export type NamedEntry = readonly [entry: ManifestEntry, tensor: Tensor];

/**
 * The tensors of a group, as TensorFlow.js unpacks them. Tensors are views of the files' bytes where their position
 * allows it; those of half precision stay so.
 * @param files the bytes of the group's files, in their order
 * @throws {FormatError} unless the files hold exactly the bytes that the manifest speaks of
 */
export function readTensors(
  { entries, bytes, paths }: ManifestGroup,
  files: readonly Uint8Array[],
  file: string,
  budget: Budget,
): NamedEntry[] {
  const present = files.reduce((sum, { length }) => sum + length, 0);
  if (present !== bytes) {
    throw new FormatError({
      code: "tfjs-weights-size",
      what: `The files of weights that "${file}" names do not hold what it says: ${paths.slice(0, 3).join(", ")}`,
      received: `${present} bytes`,
      expected: `${bytes} bytes`,
      fix: "They are of another save, or incomplete: copy the model.json and all its files together",
    });
  }
  const cursor = new Cursor(files, budget);
  return entries.map((entry) => [entry, tensorOf(entry, cursor.take(entry.bytes), budget)]);
}

/** Takes bytes off files, one stretch after the other, as if the files were one. */
class Cursor {
  readonly #files: readonly Uint8Array[];
  readonly #budget: Budget;
  #file = 0;
  #at = 0;

  constructor(files: readonly Uint8Array[], budget: Budget) {
    this.#files = files;
    this.#budget = budget;
  }

  /** A view, or a copy of what lies in several files. */
  take(length: number): Uint8Array {
    const first = this.#part(length);
    if (first.length === length) return first;
    this.#budget.allocate(length, "putting together what lies in several files");
    const whole = new Uint8Array(length);
    whole.set(first);
    for (let filled = first.length; filled < length; ) {
      const part = this.#part(length - filled);
      whole.set(part, filled);
      filled += part.length;
    }
    return whole;
  }

  /** Up to `most` bytes, at least one unless that is none. */
  #part(most: number): Uint8Array {
    while (most > 0 && this.#at === this.#files[this.#file]!.length) {
      this.#file++;
      this.#at = 0;
    }
    const bytes = this.#files[this.#file] ?? new Uint8Array(0);
    const part = bytes.subarray(this.#at, this.#at + most);
    this.#at += part.length;
    return part;
  }
}

function tensorOf({ dtype, shape, quantization }: ManifestEntry, stored: Uint8Array, budget: Budget): Tensor {
  if (quantization === null) return viewed(stored, dtype, shape, budget);
  if (quantization.dtype === "float16") return viewed(stored, "float16", shape, budget);
  const { scale, min } = quantization;
  const size = sizeOf(shape);
  // Four bytes for one or two: the files are as long as they must be, so what they say is no claim.
  budget.include(4 * size - stored.length);
  budget.allocate(4 * size, "unpacking the tensors");
  const packed = viewed(stored, quantization.dtype, shape, budget).data as Uint8Array | Uint16Array;
  const values = dtype === "int32" ? new Int32Array(size) : new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const value = packed[i]! * scale + min;
    values[i] = dtype === "int32" ? Math.round(value) : value;
  }
  return new Tensor(values, shape, dtype);
}

function viewed(stored: Uint8Array, dtype: Exclude<DType, "string">, shape: readonly number[], budget: Budget): Tensor {
  const width = byteSize(dtype);
  const copies = stored.byteOffset % width !== 0;
  if (copies) budget.allocate(stored.length, "copying the tensors");
  const raw = copies ? stored.slice() : stored;
  return new Tensor(viewOf(dtype, raw.buffer, raw.byteOffset, raw.length / width), shape, dtype);
}
