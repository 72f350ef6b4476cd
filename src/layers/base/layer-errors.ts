import { OptionError, ShapeError, StateError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import { KerasTensor } from "./keras-tensor.js";
import type { NamedLayer } from "./named-layer.js";

/** The error for `apply` on something other than a Keras tensor. */
export function notALayerInput(layer: NamedLayer, received: unknown): OptionError {
  const list: unknown[] = Array.isArray(received) ? [...received] : [received];
  const wrong = list.find((item) => !(item instanceof KerasTensor));
  return new OptionError({
    code: "not-a-keras-tensor",
    what: `${layer.label} can only be applied to what Input() or another layer's apply() gives`,
    received: list.length === 0 ? "an empty list" : valueText(wrong),
    expected: "a tensor of a network, or a list of such",
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

/** The error for asking about weights before the layer is built. */
export function notBuilt(layer: NamedLayer): StateError {
  return new StateError({
    code: "not-built",
    what: `${layer.label} is not built, so its weights cannot be counted`,
    expected: "a layer that knows the shape of its input",
    fix: "Apply it to a tensor, or give the model an input shape, first",
    data: { layer: layer.name },
  });
}

export function notApplied(layer: NamedLayer, property: string): StateError {
  return new StateError({
    code: "not-applied",
    what: `${layer.label} has no ${property}: it was not applied to anything yet`,
    expected: "a layer that is part of a model",
    fix: "Apply it to a tensor first",
    data: { layer: layer.name },
  });
}

/** @throws {OptionError} for names that files cannot hold: they are parts of paths */
export function checkName(layer: NamedLayer): void {
  if (!layer.name.includes("/")) return;
  throw new OptionError({
    code: "layer-name",
    what: `The name of a layer cannot contain "/"`,
    received: layer.label,
    expected: 'a name without "/"',
    fix: 'Use "_" or "." instead',
    data: { layer: layer.name },
  });
}

/** The error for renaming a layer that networks know by its old name. */
export function nameIsFixed(layer: NamedLayer, received: string): StateError {
  return new StateError({
    code: "name-fixed",
    what: `${layer.label} was applied already, so its name cannot change any more`,
    received: valueText(received),
    expected: "a name that is set before the layer is applied",
    fix: `Make it with this name: new ${layer.className}(…, { name: ${valueText(received)} })`,
    data: { layer: layer.name },
  });
}

/** A layer in whose call another one is called that is no part of it. */
export function notFound(outer: NamedLayer, layer: NamedLayer): StateError {
  return new StateError({
    code: "sublayer-not-found",
    what: `${outer.label} calls ${layer.label}, which is no part of it, so its weights would be neither trained nor saved`,
    expected: "a layer that a property holds: alone, or in a list, map, set or plain object",
    fix:
      "Make it once, in the constructor or in build, and hold it in a property; what is private (#layer) must be named: " +
      "override get sublayers() { return [this.#layer]; }",
    data: { layer: outer.name, called: layer.name },
  });
}

/** A layer whose call makes others, with new weights, each time. */
export function madeInCall(layer: NamedLayer): StateError {
  return new StateError({
    code: "sublayer-made-in-call",
    what: `${layer.label} has other weights after this call than after its first, so they would be neither trained nor saved`,
    expected: "layers that are made once",
    fix: "Make the layers inside in the constructor or in build, and hold them in properties",
    data: { layer: layer.name },
  });
}

/** The error for a metric of a layer that is not one number. */
export function notANumber(layer: NamedLayer, name: string, value: unknown): ShapeError {
  const shape = (value as { readonly shape?: readonly number[] } | null)?.shape;
  return new ShapeError({
    code: "added-metric",
    what: `${layer.label} adds the metric "${name}", which is not one number`,
    received: Array.isArray(shape) ? formatShape(shape.map((dim) => (dim < 0 ? null : dim))) : valueText(value),
    expected: "a scalar of the graph",
    fix: "Average it over the batch: context.addMetric(name, ops.mean(value))",
    data: { layer: layer.name, metric: name },
  });
}

function symbolicResult(label: string): OptionError {
  return new OptionError({
    code: "call-symbolic",
    what: `The call of ${label} gave a tensor of a functional model`,
    received: "what a layer gives for Input()",
    expected: "what layers and ops give for the values that call gets",
    fix: "Apply the layers to what call is given: Input() belongs outside of it, in the constructor",
  });
}

/** The error for a call that gives something else than values. */
export function notAResult(label: string, result: unknown): OptionError {
  const isPromise = result instanceof Promise;
  const list: unknown[] = isPlainObject(result) ? Object.values(result) : Array.isArray(result) ? result : [result];
  if (list.some((item) => item instanceof KerasTensor)) throw symbolicResult(label);
  return new OptionError({
    code: "call-result",
    what: `The call of ${label} gave something that is no value of a graph`,
    received: isPromise ? "a promise" : result === undefined ? "nothing" : valueText(result),
    expected: "one value, a list of values, or an object of values by name",
    fix: isPromise
      ? "Write call without async: it runs when a graph is made, and never waits for data"
      : "Return what layers and ops gave",
  });
}
