import { OptionError } from "../../core/errors.js";
import { keepNames, optionToKeras } from "../../core/names.js";
import type { Config } from "../../core/parts.js";
import { PRESENT } from "../../core/reading.js";
import { keepSeeds } from "../../core/seed.js";
import type { Json } from "../../core/stateful.js";
import { argumentFromJson, argumentToJson, type LayerForms, layersIn } from "./argument-values.js";
import { type ConstructorText, constructorOf } from "./constructor-text.js";
import { type AnyLayer, Layer, type LayerClass, type LayerReading } from "./layer.js";
import { unshared } from "./sharing.js";
import { baseOptions, TableLayer } from "./table-layer.js";

/** A class of the user's that leaves its config to its base, while its own constructor takes something. */
interface OwnConstructor {
  readonly text: ConstructorText;
  /** Pawl's class below which the user's begin. */
  readonly base: LayerClass;
  readonly positional: readonly string[];
}

const seen = new WeakMap<object, OwnConstructor | null>();

function ownConstructor(cls: LayerClass, isPawls: (cls: unknown) => boolean): OwnConstructor | null {
  const known = seen.get(cls);
  if (known !== undefined) return known;
  let text: ConstructorText | null = null;
  let at: LayerClass = cls;
  let leaves = true;
  for (
    ;
    !isPawls(at) && at !== (Layer as unknown) && at !== (TableLayer as unknown);
    at = Object.getPrototypeOf(at) as LayerClass
  ) {
    if (
      Object.hasOwn(at.prototype as object, "getConfig") ||
      Object.hasOwn(at, "fromConfig") ||
      Object.hasOwn(at, "fields")
    )
      leaves = false;
    text ??= constructorOf(at);
  }
  const { positional = [] } = at as LayerClass & { readonly positional?: readonly string[] };
  const own = leaves && text !== null ? { text, base: at, positional } : null;
  seen.set(cls, own);
  return own;
}

/** Whether some parameter can bring the options that every layer takes. */
function takesOptions({ text, positional }: OwnConstructor): boolean {
  return text.parameters.some((parameter) => {
    if (parameter.kind === "other") return true;
    if (parameter.kind === "options") return parameter.rest !== null || parameter.keys.includes("name");
    return parameter.name === "name" || text.passedOn.indexOf(parameter.name) >= positional.length;
  });
}

/** Whether it takes the tensors or layers of a network and passes them on: then the graph says what the model is. */
function takesGraph({ text }: OwnConstructor): boolean {
  const [first] = text.parameters;
  return first?.kind === "name" && text.passedOn[0] === first.name;
}

/** What only the config of a network has. */
const GRAPH_KEYS: ReadonlySet<string> = new Set(["layers", "input_layers", "output_layers", "build_input_shape"]);

/** What describing arguments takes from those who know all classes. */
export interface ArgumentForms {
  /** Whether a class is one of Pawl's own. */
  isPawls(cls: unknown): boolean;
  write(layer: AnyLayer): Json;
  /** Makes a layer again, from layers that hold those of its classes. */
  copy(json: Json, like: readonly AnyLayer[]): AnyLayer;
}

/** Common options of a layer whose constructor takes none; files have them beside its config. */
export interface Apart {
  readonly name: string;
  readonly trainable?: false;
}

interface Written {
  readonly config: Config;
  readonly apart: Apart | null;
}

/**
 * The config of a layer whose class is the user's and writes none: Keras's head, and the arguments of the constructor as
 * the properties of their names have them. As in Keras, a config has nothing that the constructor does not take.
 * @throws {OptionError} when arguments cannot be told, or do not make the layer again
 */
export function withArguments(layer: AnyLayer, given: Config, forms: ArgumentForms): Written {
  const cls = layer.constructor as unknown as LayerClass;
  const own = ownConstructor(cls, forms.isPawls);
  if (own === null || (layer.networkKind !== null && takesGraph(own))) return { config: given, apart: null };
  const config = Object.fromEntries(Object.entries(given).filter(([key]) => !GRAPH_KEYS.has(key)));
  const recorded: Record<string, Json> = {};
  const values: unknown[] = [];
  for (const name of namesOf(own, config)) {
    const value = held(layer, name);
    const isThere = Object.hasOwn(layer, name) || Object.hasOwn(layer.furtherOptions, name);
    if (isThere && value === undefined) continue;
    const json = isThere ? argumentToJson(value, forms.write) : undefined;
    if (json === undefined)
      throw unsaid(layer, name, isThere ? "which files cannot hold" : "which no property of that name keeps");
    recorded[optionToKeras(name)] = json;
    values.push(value);
  }
  for (const [name, value] of Object.entries(layer.furtherOptions)) {
    const json = value === undefined ? undefined : argumentToJson(value, forms.write);
    if (json !== undefined) recorded[optionToKeras(name)] ??= json;
  }
  const whole = takesOptions(own) ? { ...config, ...recorded } : { ...passedOn(own, config), ...recorded };
  if (own.text.parameters.length > 0) {
    unshared(() =>
      checkClone(layer, whole, own, { write: forms.write, read: (json) => forms.copy(json, layersIn(values)) }),
    );
  }
  if (takesOptions(own)) return { config: whole, apart: null };
  return { config: whole, apart: { name: layer.name, ...(layer.trainable ? {} : { trainable: false }) } };
}

const held = (layer: Layer, name: string): unknown =>
  Object.hasOwn(layer, name) ? (layer as unknown as Record<string, unknown>)[name] : layer.furtherOptions[name];

/** Parameters that the base's config does not cover. */
function namesOf({ text, positional }: OwnConstructor, config: Config): string[] {
  const isCovered = (name: string): boolean => Object.hasOwn(config, optionToKeras(name));
  return text.parameters.flatMap((parameter) => {
    if (parameter.kind === "options") return parameter.keys.filter((key) => !isCovered(key));
    if (parameter.kind === "other") return ["the constructor's parameter"];
    const place = text.passedOn.indexOf(parameter.name);
    return (place >= 0 && place <= positional.length) || isCovered(parameter.name) ? [] : [parameter.name];
  });
}

/** The entries of the base's config that the constructor's parameters bring. */
function passedOn({ text, positional }: OwnConstructor, config: Config): Config {
  const keys = text.parameters.flatMap((parameter) => {
    if (parameter.kind === "other") return [];
    if (parameter.kind === "options") return parameter.keys;
    return [parameter.name, ...positional.slice(0, 1 + text.passedOn.indexOf(parameter.name)).slice(-1)];
  });
  return Object.fromEntries(keys.map(optionToKeras).flatMap((key) => (key in config ? [[key, config[key]!]] : [])));
}

const checked = new WeakMap<Layer, string>();

/** Properties may hold something else than the arguments: only the class itself can tell. */
function checkClone(layer: AnyLayer, config: Config, own: OwnConstructor, { write, read }: LayerForms): void {
  const text = JSON.stringify(config);
  if (checked.get(layer) === text) return;
  const reading = { ...PRESENT, where: layer.label, resolve: () => undefined };
  let clone: Layer;
  try {
    clone = keepSeeds(() =>
      keepNames(() => make(layer.constructor as unknown as LayerClass, own, config, reading, read)),
    );
  } catch (error) {
    throw unsaid(layer, "arguments", `with which its constructor fails (${(error as Error).message})`);
  }
  for (const name of namesOf(own, {})) {
    const [before = "", after = ""] = [layer, clone].map((one) =>
      asMade(argumentToJson((one as unknown as Record<string, unknown>)[name], write)),
    );
    if (Object.hasOwn(layer, name) && before !== after) {
      throw unsaid(layer, name, `which its constructor makes ${shortened(after)} of`);
    }
  }
  checked.set(layer, text);
}

/** What the life of a layer changes is no difference: whether it was built, or frozen. */
function asMade(json: Json | undefined): string {
  return String(JSON.stringify(json ?? null, (key, value: Json) => (CHANGING.has(key) ? undefined : value)));
}

const CHANGING = new Set(["build_config", "build_input_shape", "shared_object_id", "trainable"]);

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/**
 * A layer of such a class from what {@link withArguments} wrote; null for classes that make themselves.
 * @throws whatever its constructor throws
 */
export function fromArguments(
  cls: LayerClass,
  config: Config,
  reading: LayerReading,
  isPawls: (cls: unknown) => boolean,
  read: LayerForms["read"],
): Layer | null {
  const own = ownConstructor(cls, isPawls);
  if (own === null || (takesGraph(own) && "layers" in config)) return null;
  return make(cls, own, config, reading, read);
}

function make(
  cls: LayerClass,
  { text, base, positional }: OwnConstructor,
  config: Config,
  reading: LayerReading,
  read: LayerForms["read"],
): Layer {
  const { options, others: written } = baseOptions(base, config, reading);
  const others = Object.fromEntries(Object.entries(written).map(([key, json]) => [key, argumentFromJson(json, read)]));
  const keysOf = (names: readonly string[]): Set<string> => new Set(names.map(optionToKeras));
  const own = keysOf(
    text.parameters.flatMap((item) => (item.kind === "name" ? [item.name] : item.kind === "options" ? item.keys : [])),
  );
  const givenFor = (name: string): unknown => others[optionToKeras(name)] ?? options[name];
  const left = Object.fromEntries(
    Object.entries(others)
      .filter(([key]) => !own.has(key))
      .map(([key, value]) => [camelCase(key), value]),
  );
  const bag = { ...Object.fromEntries(Object.entries(options).filter(([key]) => !positional.includes(key))), ...left };
  const args = text.parameters.map((parameter) => {
    if (parameter.kind === "options") {
      const named = parameter.keys
        .map((key) => [key, givenFor(key)] as const)
        .filter(([, value]) => value !== undefined);
      return { ...(parameter.rest === null ? {} : bag), ...Object.fromEntries(named) };
    }
    if (parameter.kind === "other") return undefined;
    const place = text.passedOn.indexOf(parameter.name);
    if (place === positional.length) return bag;
    return place >= 0 && place < positional.length ? options[positional[place]!] : givenFor(parameter.name);
  });
  const layer = new cls(...args);
  if (typeof config["name"] === "string") layer.name = config["name"];
  if (config["trainable"] === false) layer.trainable = false;
  return layer;
}

const camelCase = (key: string): string => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function unsaid(layer: Layer, name: string, why: string): OptionError {
  return new OptionError({
    code: "layer-arguments",
    what: `${layer.label} cannot be saved with the model: its constructor takes ${name}, ${why}`,
    fix: `Write getConfig and static fromConfig in ${layer.className}, or keep each argument as a property of its name; weights can be saved alone (saveWeights)`,
    data: { layer: layer.name },
  });
}
