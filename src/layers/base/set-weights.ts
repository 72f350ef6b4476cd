import { ShapeError } from "../../core/errors.js";
import { formatShape, sameShape } from "../../core/shape.js";
import { type NestedData, type Tensor, type TensorLike, tensorFrom } from "../../core/tensor.js";
import { valueText } from "../../core/value-text.js";
import type { Variable } from "../../engine/variable.js";
import type { NamedLayer } from "./named-layer.js";

type WeightedLayer = NamedLayer & { readonly weights: readonly Variable[] };

/**
 * Sets all weights of a layer, in their order.
 * @throws {ShapeError} when number or shapes differ; nothing is set then
 */
export function setWeights(layer: WeightedLayer, given: readonly (Tensor | TensorLike | NestedData)[]): void {
  const { weights, label } = layer;
  if (!Array.isArray(given)) throw misfit(layer, `${label} takes its weights as a list`, valueText(given));
  const tensors = given.map((weight: unknown, i) => tensorFrom(weight, `Weight ${i} of ${label}`));
  if (tensors.length !== weights.length)
    throw misfit(layer, `${label} has ${weights.length} weights`, `${tensors.length}`);
  weights.forEach(({ path, shape }, i) => {
    const received = tensors[i]!.shape;
    if (sameShape(received, shape)) return;
    const what = `${label} cannot take these weights: "${path}" differs`;
    throw misfit(layer, what, formatShape(received), formatShape(shape));
  });
  weights.forEach((weight, i) => {
    weight.write(tensors[i]!);
  });
}

function misfit(layer: WeightedLayer, what: string, received: string, expected?: string): ShapeError {
  return new ShapeError({
    code: "weights-misfit",
    what,
    received,
    expected: expected ?? `${layer.weights.length} arrays or tensors`,
    fix: "Give the weights in the order of layer.weights",
    data: { layer: layer.name },
  });
}
