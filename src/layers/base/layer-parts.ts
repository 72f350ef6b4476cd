import { ShapeError } from "../../core/errors.js";
import { formatShape, sameShape } from "../../core/shape.js";
import { Tensor, type TensorLike } from "../../core/tensor.js";
import type { Layer } from "./layer.js";

/** The layers among the values of an object's properties: alone, in arrays, or in plain objects. */
export function layersAmong(values: readonly unknown[], isLayer: (value: unknown) => value is Layer): readonly Layer[] {
  const found = new Set<Layer>();
  const collect = (value: unknown): void => {
    if (isLayer(value)) found.add(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      for (const item of Object.values(value)) if (isLayer(item)) found.add(item);
    }
  };
  values.forEach(collect);
  return [...found];
}

/**
 * Sets all weights of a layer, in their order.
 * @throws {ShapeError} when number or shapes differ; nothing is set then
 */
export function setWeights(layer: Layer, tensors: readonly (Tensor | TensorLike)[]): void {
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
