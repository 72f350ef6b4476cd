import { resolveOptions } from "../core/options.js";
import type { Tensor, TensorLike } from "../core/tensor.js";
import type { Value } from "../graph/index.js";
import type { KerasTensor } from "../layers/index.js";
import { decodePredictions } from "./decode-predictions.js";
import { DATA_FORMAT, type PreprocessInputOptions, type Preprocessing, preprocessInput } from "./preprocess-input.js";

type Options = Pick<PreprocessInputOptions, "dataFormat">;

/** What goes with the architectures of a family. */
export interface Preparing {
  /** Images from 0 to 255 as the family's weights want them; see {@link preprocessInput}. */
  preprocessInput(x: KerasTensor, options?: Options): KerasTensor;
  preprocessInput(x: Value, options?: Options): Value;
  preprocessInput(x: TensorLike, options?: Options): Tensor;
  readonly decodePredictions: typeof decodePredictions;
}

/** @param mode null where the models prepare their images themselves */
export function prepares(mode: Preprocessing | null): Preparing {
  const prepare = (x: TensorLike, options?: Options): unknown => {
    const known = resolveOptions("preprocessInput", DATA_FORMAT, options);
    return mode === null ? x : preprocessInput(x, { ...known, mode });
  };
  return { preprocessInput: prepare as Preparing["preprocessInput"], decodePredictions };
}
