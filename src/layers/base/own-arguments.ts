import { OptionError } from "../../core/errors.js";
import { keepNames, optionToKeras } from "../../core/names.js";
import { type Config, isConfig } from "../../core/parts.js";
import { PRESENT } from "../../core/reading.js";
import { keepSeeds } from "../../core/seed.js";
import type { Json } from "../../core/stateful.js";
import { type ConstructorText, constructorOf } from "./constructor-text.js";
import { Layer, type LayerClass, type LayerReading } from "./layer.js";
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
  const own = leaves && text !== null && text.parameters.length > 0 ? { text, base: at, positional } : null;
  seen.set(cls, own);
  return own;
}

/**
 * The config of a layer whose class is the user's and writes none: Keras's head, and the arguments of the constructor as
 * the properties of their names have them.
 * @throws {OptionError} when arguments cannot be told, or do not make the layer again
 */
export function withArguments(layer: Layer, config: Config, isPawls: (cls: unknown) => boolean): Config {
  const cls = layer.constructor as unknown as LayerClass;
  const own = layer.networkKind === null ? ownConstructor(cls, isPawls) : null;
  if (own === null) return config;
  const recorded: Record<string, Json> = {};
  for (const name of namesOf(own, config)) {
    const value = Object.hasOwn(layer, name)
      ? (layer as unknown as Record<string, unknown>)[name]
      : layer.furtherOptions[name];
    const isThere = Object.hasOwn(layer, name) || Object.hasOwn(layer.furtherOptions, name);
    if (isThere && value === undefined) continue;
    if (!isThere || !isData(value))
      throw unsaid(layer, name, isThere ? "which files cannot hold" : "which no property of that name keeps");
    recorded[optionToKeras(name)] = value;
  }
  for (const [name, value] of Object.entries(layer.furtherOptions)) {
    if (value !== undefined && isData(value)) recorded[optionToKeras(name)] ??= value;
  }
  const whole = { ...config, ...recorded };
  checkClone(layer, whole, own);
  return whole;
}

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

const checked = new WeakMap<Layer, string>();

/** Properties may hold something else than the arguments: only the class itself can tell. */
function checkClone(layer: Layer, config: Config, own: OwnConstructor): void {
  const text = JSON.stringify(config);
  if (checked.get(layer) === text) return;
  const reading = { ...PRESENT, where: layer.label, resolve: () => undefined };
  let clone: Layer;
  try {
    clone = keepSeeds(() => keepNames(() => make(layer.constructor as unknown as LayerClass, own, config, reading)));
  } catch (error) {
    throw unsaid(layer, "arguments", `with which its constructor fails (${(error as Error).message})`);
  }
  for (const name of namesOf(own, {})) {
    const [before, after] = [layer, clone].map((one) => (one as unknown as Record<string, unknown>)[name]);
    if (Object.hasOwn(layer, name) && JSON.stringify(before) !== JSON.stringify(after)) {
      throw unsaid(layer, name, `which its constructor makes ${JSON.stringify(after)} of`);
    }
  }
  checked.set(layer, text);
}

/**
 * A layer of such a class from what {@link withArguments} wrote; null for classes that make themselves.
 * @throws whatever its constructor throws
 */
export function fromArguments(
  cls: LayerClass,
  config: Config,
  reading: LayerReading,
  isPawls: (cls: unknown) => boolean,
): Layer | null {
  const own = ownConstructor(cls, isPawls);
  return own === null ? null : make(cls, own, config, reading);
}

function make(
  cls: LayerClass,
  { text, base, positional }: OwnConstructor,
  config: Config,
  reading: LayerReading,
): Layer {
  const { options, others } = baseOptions(base, config, reading);
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

/** Whether a file can hold it as it is. */
function isData(value: unknown): value is Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isData);
  return isConfig(value) && Object.values(value).every(isData);
}

function unsaid(layer: Layer, name: string, why: string): OptionError {
  return new OptionError({
    code: "layer-arguments",
    what: `${layer.label} cannot be saved with the model: its constructor takes ${name}, ${why}`,
    fix: `Write getConfig and static fromConfig in ${layer.className}, or keep each argument as a property of its name; weights can be saved alone (saveWeights)`,
    data: { layer: layer.name },
  });
}
