import type { Tensor } from "../core/tensor.js";

/** An optimizer's variable as a file has it. Files without names number them: "0", "1", … */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

/** Without TensorFlow's output number. */
export const bareName = (name: string): string => name.replace(/:\d+$/, "");
