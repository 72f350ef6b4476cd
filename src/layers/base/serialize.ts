import { charge } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { inStructure } from "../../core/grouped.js";
import { ownClassName } from "../../core/names.js";
import { type Config, isConfig } from "../../core/parts.js";
import { PRESENT } from "../../core/reading.js";
import { Registry } from "../../core/registry.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import { unknownClass } from "../../core/unknown-class.js";
import { layersIn } from "./argument-values.js";

import { customLayer } from "./custom-layer.js";
import { modernClass } from "./dialects/index.js";
import { type AnyLayer, type ConfigStyle, Layer, type LayerClass, type LayerReading, type Resolve } from "./layer.js";
import { Operation } from "./operation.js";
import { isOperation, readOperation } from "./operations.js";
import { fromArguments, withArguments } from "./own-arguments.js";
import { splitParameters } from "./parameters.js";
import { restoring, restoringApart, sharedId, unshared, withSharing } from "./sharing.js";

/** Classes of layers that users made known to files. */
export const registered: Registry<LayerClass> = new Registry<LayerClass>("layer");

type Dictionary = { readonly [key: string]: Json };

/** Keras's dictionary for a layer, and for the layers inside it, in that style. */
export function serialize(layer: AnyLayer, style: ConfigStyle = "keras"): Dictionary {
  return withSharing(() => (style === "legacy" ? inShort(layer) : inFull(layer, style)));
}

/** Keras's legacy format has the registered name alone. */
function inShort(layer: AnyLayer): Dictionary {
  // Keras itself leaves the module of operations out, and then cannot open its own file.
  if (layer instanceof Operation) return inFull(layer, "legacy");
  const shared = sharedId(layer);
  const { config, apart } = configOf(layer, "legacy");
  const name = registered.registeredName(layer.constructor as unknown as LayerClass) ?? ownClassName(layer.className);
  return { class_name: name, config, ...apart, ...shared };
}

/** @param style that of the layers inside */
function inFull(layer: AnyLayer, style: ConfigStyle): Dictionary {
  const { className } = layer;
  const shared = sharedId(layer);
  const { config, apart } = configOf(layer, style);
  if (layer instanceof Operation) {
    return { module: layer.definition.module, class_name: className, config, registered_name: className };
  }
  const cls = layer.constructor as unknown as LayerClass;
  const own = Object.hasOwn(cls, "className") && isBuiltIn(cls);
  // Classes that Keras does not export have their own name for a registered one.
  if (own && cls.kerasModule != null) {
    return {
      module: cls.kerasModule,
      class_name: className,
      config,
      registered_name: className,
      ...buildConfig(layer),
    };
  }
  return {
    ...(own ? BUILT_IN[layer.networkKind ?? "layer"] : { module: null }),
    class_name: className,
    config,
    registered_name: own
      ? REGISTERED_NAME[layer.networkKind ?? "layer"]
      : (registered.registeredName(cls) ?? className),
    ...buildConfig(layer),
    ...apart,
    ...shared,
  };
}

/** As in Keras, a layer among the arguments of another is written in full also where others are not. */
function configOf(layer: AnyLayer, style: ConfigStyle) {
  const forms = { isPawls: isBuiltIn, write: (inner: AnyLayer) => inFull(inner, style), copy };
  return withArguments(layer, layer.getConfig(style), forms);
}

/**
 * A new layer of the same class and config as `layer`. Classes of the user's need no registration here.
 * @param changes keys of the config that are to be others, as Keras spells them
 */
export function copyLayer(layer: AnyLayer, changes: Config = {}): AnyLayer {
  const json = unshared(() => serialize(layer));
  return copy({ ...json, config: { ...(json["config"] as Config), ...changes } }, [layer], layer.label);
}

/** @param like layers of the classes that the dictionary names, or layers that hold such */
function copy(json: Json, like: readonly AnyLayer[], where = "layer"): AnyLayer {
  const custom = Object.fromEntries(
    layersIn(like).flatMap((part) => (isBuiltIn(part.constructor) ? [] : [[part.className, part.constructor]])),
  );
  return restoringApart(() => deserialize(json, { ...PRESENT, custom, where, resolve }, where));
}

const resolve: Resolve = (className, registeredName) =>
  namedIn(tables, className) ?? registered.find(registeredName ?? className);

// Keras 3 writes functional models as if somebody had registered them.
const BUILT_IN = {
  functional: { module: "keras.src.models.functional" },
  sequential: { module: "keras" },
  layer: { module: "keras.layers" },
} as const;
const REGISTERED_NAME = { functional: "Functional", sequential: null, layer: null } as const;

/** Classes by their names, as a module exports them. */
export type ClassesByName = Readonly<Record<string, unknown>>;

/** The class of this name. Only this one is looked at: see core/lazily.ts. */
export function namedIn(tables: readonly ClassesByName[], className: string): LayerClass | undefined {
  return tables.find((table) => Object.hasOwn(table, className))?.[className] as LayerClass | undefined;
}

const tables: ClassesByName[] = [];

/** Whether a class is one of Pawl's own. */
export function isBuiltIn(cls: unknown): boolean {
  const { className } = cls as LayerClass;
  return tables.some((table) => Object.hasOwn(table, className) && table[className] === cls);
}

/** Marks classes as built in: files name them without registration. @param classes by their names */
export function markBuiltIn(classes: ClassesByName): void {
  tables.push(classes);
}

function buildConfig(layer: AnyLayer): { readonly [key: string]: Json } {
  const shapes = layer.buildShapes;
  const weights = layer.networkKind === null ? layer.weights : layer.ownWeights;
  if (shapes === null || weights.length === 0) return {};
  const plain = shapes.map((shape: Shape): Json => [...shape]);
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
  // By name where the layer takes its inputs so.
  const row = plain.length === 1 ? plain[0]! : plain;
  const { takes } = layer.form;
  return { build_config: { input_shape: takes?.kind === "record" ? (inStructure(takes, plain) as Json) : row } };
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
  return restoring((known) => restored(json, reading, where, known));
}

function restored(json: Json, reading: LayerReading, where: string, known: Map<number, object>): AnyLayer {
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
  const { shared_object_id: id } = json;
  const present = typeof id === "number" ? known.get(id) : undefined;
  if (present instanceof Layer && present.className === bare) return present;
  const name = typeof json["config"]["name"] === "string" ? ` "${json["config"]["name"]}"` : "";
  if (isOperation(json)) {
    // Keras's ExtractPatches has its name beside its config only.
    const named: Config = typeof json["name"] === "string" ? { name: json["name"] } : {};
    return readOperation(bare, { ...named, ...plainConfig(json["config"]) }, where, reading);
  }
  const given = customLayer(bare, registeredName, json["config"], reading);
  const { className, config } =
    given === undefined
      ? modernClass(bare, json["config"], `${where}: ${bare}${name}`)
      : { className: bare, config: json["config"] };
  const found = given ?? reading.resolve(className, registeredName);
  // A user's own LayerScale is not that of Keras's applications.
  const elsewhere =
    typeof json["module"] === "string" && found?.kerasModule != null && json["module"] !== found.kerasModule;
  const cls = elsewhere ? undefined : found;
  if (cls === undefined) throw unknownLayer(className, name, where);
  charge("making so many layers", LAYER_BYTES, LAYER_WORK);
  const owner = `${where}: ${className}${name}`;
  try {
    const layer = made(cls, plainConfig(config), { ...reading, where: owner });
    keepApart(layer, json, config);
    if (isConfig(json["build_config"])) layer.buildFromConfig(json["build_config"]);
    if (typeof id === "number") known.set(id, layer);
    return layer;
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

function made(cls: LayerClass, config: Config, reading: LayerReading): AnyLayer {
  const read = (json: Json): AnyLayer => deserialize(json, reading, reading.where);
  return fromArguments(cls, config, reading, isBuiltIn, read) ?? cls.fromConfig(config, reading);
}

/** What files have beside the config of a class whose constructor does not take it. */
function keepApart(layer: AnyLayer, { name, trainable }: Config, config: Config): void {
  if (typeof name === "string" && typeof config["name"] !== "string" && layer.name !== name) layer.name = name;
  if (trainable === false && !("trainable" in config)) layer.trainable = false;
}

function unknownLayer(name: string, instance: string, where: string): FormatError {
  const which = instance === "" ? "" : ` (layer${instance})`;
  return unknownClass({
    kind: "layer",
    name,
    where,
    which,
    known: tables.flatMap((table) => Object.keys(table)),
  });
}

// Names that JavaScript objects treat in special ways never come from a file.
function plainConfig(config: Config): Config {
  const { __proto__: _proto, constructor: _constructor, ...rest } = config as Record<string, Json>;
  return rest;
}
