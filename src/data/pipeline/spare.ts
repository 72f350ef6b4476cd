import { allocate, type DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import type { Batch } from "../dataset.js";

/** Memory of the last batch that came back: fresh memory for each would cost more than to fill it. */
export class Spare {
  #tensors: readonly Tensor[] = [];

  give({ x, y, sampleWeight }: Batch): void {
    this.#tensors = [...x, ...y, ...sampleWeight];
  }

  /** Room for so many elements, with anything in it. */
  take(dtype: DType, size: number): ReturnType<typeof allocate> {
    return this.tensor(dtype, size)?.data ?? allocate(dtype, size);
  }

  /** A tensor of so many elements to write into, if there is one. */
  tensor(dtype: DType, size: number): Tensor | undefined {
    const found = this.#tensors.find((tensor) => tensor.dtype === dtype && tensor.size === size && dtype !== "string");
    this.#tensors = this.#tensors.filter((tensor) => tensor !== found);
    return found;
  }
}
