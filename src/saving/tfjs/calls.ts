import { isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";

/** A tensor as Keras 2 names it: a layer, the number of its call, the number of the output. */
type Place = readonly [layer: string, call: number, output: number];

/** @param models layers whose calls count from one */
function placeOf(history: Json | undefined, models: ReadonlySet<string>): Place | null {
  if (!Array.isArray(history) || history.length !== 3) return null;
  const [layer, call, output] = history as readonly Json[];
  if (typeof layer !== "string" || typeof call !== "number" || typeof output !== "number") return null;
  return [layer, call + (models.has(layer) ? 1 : 0), output];
}

function tensorOf(json: Json, models: ReadonlySet<string>): Place | null {
  if (!isConfig(json) || json["class_name"] !== "__keras_tensor__" || !isConfig(json["config"])) return null;
  return placeOf(json["config"]["keras_history"], models);
}

/**
 * The calls of a layer: Keras 3's arguments as Keras 2's lists of tensors.
 * @param refuse makes the error for what Keras 2 cannot say
 */
export function callsOf(nodes: Json, models: ReadonlySet<string>, refuse: () => Error): Json {
  if (!Array.isArray(nodes)) throw refuse();
  return (nodes as readonly Json[]).map((node): Json => {
    const { args = null, kwargs = null } = isConfig(node) ? node : {};
    if (!Array.isArray(args) || args.length !== 1) throw refuse();
    if (isConfig(kwargs) && Object.values(kwargs).some((value) => value !== null)) throw refuse();
    const [first] = args as readonly Json[];
    const tensors = Array.isArray(first) ? (first as readonly Json[]) : [first!];
    return tensors.map((tensor): Json => {
      const place = tensorOf(tensor, models);
      if (place === null) throw refuse();
      return [...place, {}];
    });
  });
}

/** Inputs or outputs of a model: one place, or a list of them. */
export function placesOf(json: Json, models: ReadonlySet<string>, refuse: () => Error): Json {
  const one = placeOf(json, models);
  if (one !== null) return [[...one]];
  if (!Array.isArray(json)) throw refuse();
  return (json as readonly Json[]).map((item) => {
    const place = placeOf(item, models);
    if (place === null) throw refuse();
    return [...place];
  });
}
