import { OptionError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import { withNumbers } from "../../core/with-numbers.js";

/** Tensors one after the other, and what the manifest says of each. */
export interface WrittenTensors {
  readonly entries: readonly { readonly [key: string]: Json }[];
  readonly parts: readonly Uint8Array[];
}

/**
 * Tensors as TensorFlow.js keeps weights.
 * @param group of all of them, e.g. "optimizer"; null for the model's weights
 * @throws {OptionError} for a dtype that it does not have
 */
export function writeTensors(
  tensors: Iterable<readonly [name: string, tensor: Tensor]>,
  group: string | null,
): WrittenTensors {
  const entries = [];
  const parts = [];
  for (const [name, given] of tensors) {
    const { data, shape, dtype } = withNumbers(given);
    if ((dtype !== "float32" && dtype !== "int32" && dtype !== "bool") || Array.isArray(data)) {
      throw new OptionError({
        code: "tfjs-dtype",
        what: `The tensor ${JSON.stringify(name)} cannot be kept for TensorFlow.js`,
        received: dtype,
        expected: "float32, int32, bool",
        fix: "Save the model as .keras, or export it to ONNX",
      });
    }
    entries.push({ name, shape: [...shape], dtype, ...(group === null ? {} : { group }) });
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return { entries, parts };
}
