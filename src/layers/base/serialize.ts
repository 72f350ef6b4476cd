import { charge } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import { Registry } from "../../core/registry.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import { unknownClass } from "../../core/unknown-class.js";
import { customLayer } from "./custom-layer.js";
import { modernClass } from "./dialects/index.js";
import type { AnyLayer, ConfigStyle, LayerClass, LayerReading } from "./layer.js";
import { Operation } from "./operation.js";
import { isOperation, readOperation } from "./operations.js";
import { fromArguments, withArguments } from "./own-arguments.js";
import { splitParameters } from "./parameters.js";

/** Classes of layers that users made known to files. */
export const registered: Registry<LayerClass> = new Registry<LayerClass>("layer");

/** Keras's dictionary for a layer, and for the layers inside it, in that style. */
export function serialize(layer: AnyLayer, style: ConfigStyle = "keras"): { readonly [key: string]: Json } {
  const { className } = layer;
  const config = withArguments(layer, layer.getConfig(style), isBuiltIn);
  if (layer instanceof Operation) {
    // Also in `.h5`, where Keras itself leaves the module out and then cannot open its own file.
    return { module: layer.definition.module, class_name: className, config, registered_name: className };
  }
  const cls = layer.constructor as unknown as LayerClass;
  // Keras's legacy format has the registered name alone.
  if (style === "legacy") return { class_name: registered.registeredName(cls) ?? className, config };
  const own = Object.hasOwn(cls, "className") && builtIn.has(cls);
  return {
    ...(own ? BUILT_IN[layer.networkKind ?? "layer"] : { module: null }),
    class_name: className,
    config,
    registered_name: own
      ? REGISTERED_NAME[layer.networkKind ?? "layer"]
      : (registered.registeredName(cls) ?? className),
    ...buildConfig(layer),
  };
}

// Keras 3 writes functional models as if somebody had registered them.
const BUILT_IN = {
  functional: { module: "keras.src.models.functional" },
  sequential: { module: "keras" },
  layer: { module: "keras.layers" },
} as const;
const REGISTERED_NAME = { functional: "Functional", sequential: null, layer: null } as const;

const builtIn = new Set<unknown>();
/** Whether a class is one of Pawl's own. */
export const isBuiltIn = (cls: unknown): boolean => builtIn.has(cls);

/** Marks classes as built in: files name them without registration. */
export function markBuiltIn(classes: Iterable<unknown>): void {
  for (const cls of classes) builtIn.add(cls);
}

function buildConfig(layer: AnyLayer): { readonly [key: string]: Json } {
  const shapes = layer.buildShapes;
  const weights = layer.networkKind === null ? layer.weights : layer.ownWeights;
  if (shapes === null || weights.length === 0) return {};
  const plain = shapes.map((shape: Shape) => [...shape]);
  const { parameters } = layer;
  // Keras's key where `build` takes the first shape alone.
  if (parameters !== null && parameters[0] !== "inputs" && plain.length > 1) {
    const { single, rest } = splitParameters(parameters);
    const named = single.slice(0, plain.length).map((name, i) => [`${name}_shape`, plain[i]!] as const);
    const shapes_dict: Record<string, Json> = Object.fromEntries(named);
    if (rest !== null) shapes_dict[`${rest}_shape`] = plain.slice(single.length);
    return { build_config: { shapes_dict } };
  }
  if (parameters !== null) return { build_config: { input_shape: plain[0]! } };
  return { build_config: { input_shape: plain.length === 1 ? plain[0]! : plain } };
}

/** What a layer costs where a file describes it. */
const LAYER_BYTES = 3072;
const LAYER_WORK = 1000;

/**
 * The layer that a dictionary describes (`{ module, class_name, config, registered_name }`, or the older
 * `{ class_name, config }`), in the words of any Keras.
 * @param where for messages: the file, or what the layer is in
 * @throws {FormatError} for a class that nobody knows, or a config that the class cannot take
 */
export function deserialize(json: Json, reading: LayerReading, where = "layer"): AnyLayer {
  if (!isConfig(json) || typeof json["class_name"] !== "string" || !isConfig(json["config"])) {
    throw new FormatError({
      code: "layer-json",
      what: `${where}: this does not describe a layer`,
      received: JSON.stringify(json)?.slice(0, 200) ?? "nothing",
      expected: "{ class_name, config }",
    });
  }
  const bare = json["class_name"].replace(/^.*>/, "");
  const inClassName = bare === json["class_name"] ? null : json["class_name"];
  const registeredName = typeof json["registered_name"] === "string" ? json["registered_name"] : inClassName;
  const name = typeof json["config"]["name"] === "string" ? ` "${json["config"]["name"]}"` : "";
  if (isOperation(json)) return readOperation(bare, plainConfig(json["config"]), where, reading);
  const given = customLayer(bare, registeredName, json["config"], reading);
  const { className, config } =
    given === undefined
      ? modernClass(bare, json["config"], `${where}: ${bare}${name}`)
      : { className: bare, config: json["config"] };
  const cls = given ?? reading.resolve(className, registeredName);
  if (cls === undefined) throw unknownLayer(className, name, where);
  charge("making so many layers", LAYER_BYTES, LAYER_WORK);
  const owner = `${where}: ${className}${name}`;
  try {
    const inside = { ...reading, where: owner };
    return fromArguments(cls, plainConfig(config), inside, isBuiltIn) ?? cls.fromConfig(plainConfig(config), inside);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError({
      code: "layer-config",
      what: `${owner} cannot be made from its config`,
      received: error instanceof Error ? error.message.replaceAll(owner, className).replace(/\.$/, "") : String(error),
      cause: error,
    });
  }
}

function unknownLayer(name: string, instance: string, where: string): FormatError {
  const which = instance === "" ? "" : ` (layer${instance})`;
  return unknownClass({
    kind: "layer",
    name,
    where,
    which,
    known: [...builtIn].map((cls) => (cls as LayerClass).className),
  });
}

// Names that JavaScript objects treat in special ways never come from a file.
function plainConfig(config: Config): Config {
  const { __proto__: _proto, constructor: _constructor, ...rest } = config as Record<string, Json>;
  return rest;
}
