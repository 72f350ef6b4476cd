import { OptionError, StateError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import { KerasTensor } from "./keras-tensor.js";
import type { NamedLayer } from "./named-layer.js";

/** For `apply` on something that is no Keras tensor. */
export function notALayerInput(layer: NamedLayer, received: unknown): OptionError {
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

export function builtTwice(layer: NamedLayer, before: readonly Shape[], now: readonly Shape[]): StateError {
  return new StateError({
    code: "built-twice",
    what: `${layer.label} is built already, for ${before.map(formatShape).join(" and ")}`,
    received: now.map(formatShape).join(" and "),
    fix: "Make a new layer for inputs of another shape",
    data: { layer: layer.name },
  });
}

/** For questions that only a layer with weights can answer. */
export function notBuilt(layer: NamedLayer): StateError {
  return new StateError({
    code: "not-built",
    what: `${layer.label} is not built, so its weights cannot be counted`,
    fix: "Apply it to a tensor, or give the model an input shape, first",
    data: { layer: layer.name },
  });
}

export function notApplied(layer: NamedLayer, property: string): StateError {
  return new StateError({
    code: "not-applied",
    what: `${layer.label} has no ${property}: it was not applied to anything yet`,
    fix: "Apply it to a tensor first",
    data: { layer: layer.name },
  });
}

/** Names are parts of paths in files. */
export function slashInName(layer: NamedLayer): OptionError {
  return new OptionError({
    code: "layer-name",
    what: `The name of a layer cannot contain "/"`,
    received: layer.label,
    fix: 'Use "_" or "." instead',
    data: { layer: layer.name },
  });
}
