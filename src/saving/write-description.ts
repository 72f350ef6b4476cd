import { PawlError } from "../core/errors.js";
import type { Json } from "../core/stateful.js";
import type { Savable } from "../training/step/savable.js";
import { mapWeights } from "./model-outline.js";
import { outlineModel } from "./outline.js";
import type { Description, WeightPlace } from "./read-description.js";

/** {@link Description}, or `{ unavailable }` with the reason when no file can describe the model. */
export function describeModel(model: Savable): Json {
  try {
    const order = new Map(model.network.weights.map((variable, i) => [variable, i]));
    const outline = mapWeights(
      outlineModel(model),
      (variable): WeightPlace => order.get(variable) ?? [...variable.shape],
    );
    const description: Description = { ...outline, optimizer: model.optimizer?.name ?? null };
    return description as unknown as Json;
  } catch (error) {
    if (!(error instanceof PawlError)) throw error;
    return { unavailable: error.message };
  }
}
