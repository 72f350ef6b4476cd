import { ShapeError } from "../../core/errors.js";
import { formatShape, sameShape } from "../../core/shape.js";
import { Tensor, type TensorLike } from "../../core/tensor.js";
import type { Variable } from "../../engine/variable.js";
import type { NamedLayer } from "./named-layer.js";

/**
 * Sets all weights of a layer, in their order.
 * @throws {ShapeError} when number or shapes differ; nothing is set then
 */
export function setWeights(
  layer: NamedLayer & { readonly weights: readonly Variable[] },
  tensors: readonly (Tensor | TensorLike)[],
): void {
  const weights = layer.weights;
  const misfit = weights.findIndex((weight, i) => {
    const shape = tensors[i]?.shape;
    return shape === undefined || !sameShape(shape, weight.shape);
  });
  if (tensors.length !== weights.length || misfit !== -1) {
    const at = misfit === -1 ? undefined : weights[misfit];
    throw new ShapeError({
      code: "weights-misfit",
      what:
        tensors.length === weights.length
          ? `${layer.label} cannot take these weights: "${at?.path}" differs`
          : `${layer.label} has ${weights.length} weights`,
      received: tensors.length === weights.length ? formatShape(tensors[misfit]!.shape) : `${tensors.length}`,
      ...(tensors.length === weights.length && at ? { expected: formatShape(at.shape) } : {}),
      fix: "Give the weights in the order of layer.weights",
      data: { layer: layer.name },
    });
  }
  weights.forEach((weight, i) => {
    weight.write(Tensor.from(tensors[i]!));
  });
}
