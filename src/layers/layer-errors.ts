import { OptionError } from "../core/errors.js";
import { KerasTensor } from "./keras-tensor.js";
import type { Layer } from "./layer.js";

/** For `apply` on something that is no Keras tensor. */
export function notALayerInput(layer: Layer, received: unknown): OptionError {
  const list = Array.isArray(received) ? received : [received];
  const wrong = list.find((item) => !(item instanceof KerasTensor));
  const kind = wrong === null ? "null" : typeof wrong === "object" ? wrong.constructor.name : typeof wrong;
  return new OptionError({
    code: "not-a-keras-tensor",
    what: `${layer.label} can only be applied to what Input() or another layer's apply() gives`,
    received: list.length === 0 ? "an empty list" : kind,
    fix: "To compute on data, make a model and use predict()",
    data: { layer: layer.name },
  });
}
