import { PawlError } from "../core/errors.js";
import type { Json } from "../core/stateful.js";
import type { Savable } from "../training/step/savable.js";
import type { Description } from "./description.js";
import { outlineModel } from "./outline.js";

/** {@link Description}, or `{ unavailable }` with the reason when no file can describe the model. */
export function describeModel(model: Savable): Json {
  try {
    const { layers, objects, ...outline } = outlineModel(model);
    const order = new Map(model.network.weights.map((variable, i) => [variable, i]));
    const description = {
      ...outline,
      optimizer: model.optimizer?.name ?? null,
      layers: layers.map(({ name, variables }) => ({
        name,
        weights: variables.map((variable) => [variable.path, order.get(variable)!] as const),
      })),
      objects: objects.map(({ path, name, variables }) => ({
        path,
        name,
        weights: variables.map((variable) => order.get(variable)!),
      })),
    } satisfies Description;
    return description;
  } catch (error) {
    if (!(error instanceof PawlError)) throw error;
    return { unavailable: error.message };
  }
}
