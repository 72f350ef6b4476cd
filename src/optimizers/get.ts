import type { RegisteredName } from "../core/class-names.js";
import { unknownName } from "../core/errors.js";
import {
  type AnyPartClass,
  builtInClasses,
  type Config,
  deserializePart,
  getPart,
  isConfig,
  type PartKind,
  type SerializedPart,
  serializePart,
} from "../core/parts.js";
import { Registry } from "../core/registry.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { modernConfig } from "./modern-config.js";
import { Optimizer } from "./optimizer.js";

const classNames = Object.values(catalogue).map((cls) => cls.className);
const lowerNames = new Map(classNames.map((name) => [name.toLowerCase(), name]));
const registered = new Registry<AnyPartClass<Optimizer>>("optimizer");
const kind: PartKind<Optimizer> = {
  kind: "optimizer",
  module: "keras.optimizers",
  builtIn: builtInClasses<Optimizer>(Optimizer, catalogue, Object.fromEntries(lowerNames)),
  registered,
};

/** The names that Keras has for optimizers. */
export type OptimizerName = Lowercase<keyof typeof catalogue> | keyof typeof catalogue;

/** What `compile` takes: a name (`package>Name` if registered), an optimizer, or Keras's config. */
export type OptimizerIdentifier = OptimizerName | RegisteredName | Optimizer | { readonly [key: string]: Json };

/**
 * An optimizer from what `compile` takes: an optimizer, a name as Keras has it (`"adam"`, `"rmsprop"`; case does not
 * matter), or Keras's dictionary.
 * @throws {OptionError} for an unknown name, with the nearest right one
 */
export function get(identifier: unknown, where = "optimizer"): Optimizer {
  if (typeof identifier === "string") {
    const cls = registered.find(identifier) ?? kind.builtIn.get(properCase(identifier));
    if (cls === undefined) throw unknownName(where, identifier, [...lowerNames.keys(), ...registered.names()]);
    return new cls({});
  }
  return isConfig(identifier) ? deserialize(identifier, where) : getPart(kind, Optimizer, identifier, where);
}

/** Keras's dictionary for an optimizer. */
export function serialize(optimizer: Optimizer): SerializedPart {
  return serializePart(kind, optimizer);
}

/** The optimizer that a dictionary of Keras 2 or 3 describes. */
export function deserialize(json: Json, where = "optimizer"): Optimizer {
  return deserializePart(kind, isConfig(json) ? modern(json) : json, where);
}

const properCase = (name: string): string => lowerNames.get(name.toLowerCase()) ?? name;

/** Keras 3's form of a dictionary; Keras 2 wrote `Custom>Adam`. */
function modern(json: Config): Config {
  const className = json["class_name"];
  if (typeof className !== "string") return json;
  const bare = className.replace(/^Custom>/, "");
  const known = lowerNames.get(bare.toLowerCase());
  if (known === undefined) return json;
  const config = isConfig(json["config"]) ? json["config"] : {};
  return { class_name: known, config: modernConfig(known, config) };
}

/** Makes a class of your own known by its `className`, so that files and names can refer to it. */
export function register<C extends AnyPartClass<Optimizer>>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}
