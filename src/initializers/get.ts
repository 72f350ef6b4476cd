import type { ClassNames, RegisteredName } from "../core/class-names.js";
import {
  type AnyPartClass,
  builtInClasses,
  deserializePart,
  getPart,
  type PartKind,
  type SerializedPart,
  serializePart,
} from "../core/parts.js";
import { Registry } from "../core/registry.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { Initializer } from "./initializer.js";

const ALIASES = {
  IdentityInitializer: "Identity",
  OrthogonalInitializer: "Orthogonal",
  normal: "RandomNormal",
  uniform: "RandomUniform",
  one: "Ones",
  zero: "Zeros",
};

const registered = new Registry<AnyPartClass<Initializer>>("initializer");
const kind: PartKind<Initializer> = {
  kind: "initializer",
  module: "keras.initializers",
  builtIn: builtInClasses(Initializer, catalogue, ALIASES),
  registered,
};

/** The names that Keras has for initializers. */
export type InitializerName = ClassNames<keyof typeof catalogue> | keyof typeof ALIASES;

/** What options take: a name as in Keras (a registered one as `package>Name`), an instance, or Keras's config. */
export type InitializerIdentifier = InitializerName | RegisteredName | Initializer | { readonly [key: string]: Json };

/**
 * The initializer that an identifier names.
 * @param where for messages, e.g. "Dense.kernelInitializer"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(identifier: InitializerIdentifier | string, where = "initializer"): Initializer {
  return getPart(kind, Initializer, identifier, where);
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(initializer: Initializer): SerializedPart {
  return serializePart(kind, initializer);
}

/** The initializer that Keras's dictionary describes. */
export function deserialize(json: Json, where = "initializer"): Initializer {
  return deserializePart(kind, json, where);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Initializer>>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}
