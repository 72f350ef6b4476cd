import { charge } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import { Registry } from "../../core/registry.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Layer, LayerClass, Resolve } from "./layer.js";
import { isOperation, OPERATIONS_MODULE, Operation, readOperation } from "./operation.js";
import { splitParameters } from "./parameters.js";

/** Classes of layers that users made known to files. */
export const registered: Registry<LayerClass> = new Registry<LayerClass>("layer");

/** How a layer is written: "keras" is that of `.keras` files, "legacy" that of `.h5` files (class name and config only). */
export type ConfigStyle = "keras" | "legacy";

let style: ConfigStyle = "keras";

/** Runs `body` with configs of layers inside layers written in that style. */
export function withStyle<T>(wanted: ConfigStyle, body: () => T): T {
  const before = style;
  style = wanted;
  try {
    return body();
  } finally {
    style = before;
  }
}

/** Keras's dictionary for a layer, in the present style (see {@link withStyle}). */
export function serialize(layer: Layer): { readonly [key: string]: Json } {
  const { className } = layer;
  const config = layer.getConfig();
  if (layer instanceof Operation) {
    return { module: OPERATIONS_MODULE, class_name: className, config, registered_name: className };
  }
  const cls = layer.constructor as unknown as LayerClass;
  // There Keras has the registered name alone.
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

/** Marks classes as Pawl's own, which files name without a registration. */
export function markBuiltIn(classes: Iterable<unknown>): void {
  for (const cls of classes) builtIn.add(cls);
}

function buildConfig(layer: Layer): { readonly [key: string]: Json } {
  const shapes = layer.buildShapes;
  const weights = layer.networkKind === null ? layer.weights : layer.ownWeights;
  if (shapes === null || weights.length === 0) return {};
  const plain = shapes.map((shape: Shape) => [...shape]);
  const { parameters } = layer;
  // Keras calls the first shape so where `build` wants that one alone.
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
const LAYER_BYTES = 1536;
const LAYER_WORK = 1000;

/**
 * The layer that a dictionary describes (`{ module, class_name, config, registered_name }`, or the older
 * `{ class_name, config }`).
 * @throws {FormatError} for a class that nobody knows, or a config that the class cannot take
 */
export function deserialize(json: Json, resolve: Resolve, where = "layer"): Layer {
  if (!isConfig(json) || typeof json["class_name"] !== "string" || !isConfig(json["config"])) {
    throw new FormatError({
      code: "layer-json",
      what: `${where}: this does not describe a layer`,
      received: JSON.stringify(json)?.slice(0, 200) ?? "nothing",
      expected: "{ class_name, config }",
    });
  }
  const className = json["class_name"].replace(/^.*>/, "");
  const config = json["config"];
  const name = typeof config["name"] === "string" ? ` "${config["name"]}"` : "";
  const inClassName = className === json["class_name"] ? null : json["class_name"];
  const registeredName = typeof json["registered_name"] === "string" ? json["registered_name"] : inClassName;
  if (json["module"] === OPERATIONS_MODULE) return readOperation(className, config, where);
  const cls = resolve(className, registeredName);
  if (cls === undefined && isOperation(className)) return readOperation(className, config, where);
  if (cls === undefined) throw unknownClass(className, name, where);
  charge("making so many layers", LAYER_BYTES, LAYER_WORK);
  try {
    return cls.fromConfig(plainConfig(config), resolve);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError({
      code: "layer-config",
      what: `${where}: ${className}${name} cannot be made from its config`,
      received: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

// Names that JavaScript objects treat in special ways never come from a file.
function plainConfig(config: Config): Config {
  const { __proto__: _proto, constructor: _constructor, ...rest } = config as Record<string, Json>;
  return rest;
}

function unknownClass(className: string, name: string, where: string): FormatError {
  return new FormatError({
    code: "unknown-class",
    what: `${where}: unknown layer class "${className}"${name === "" ? "" : ` (layer${name})`}`,
    fix: `If it is yours, register it before loading: layers.register(${className}), or give it in customObjects`,
    data: { className },
  });
}
