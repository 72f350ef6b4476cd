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

const registered = new Registry<AnyPartClass<Initializer>>("initializer");
const kind: PartKind<Initializer> = {
  kind: "initializer",
  module: "keras.initializers",
  builtIn: builtInClasses(Initializer, catalogue, {
    IdentityInitializer: "Identity",
    OrthogonalInitializer: "Orthogonal",
    normal: "RandomNormal",
    uniform: "RandomUniform",
    one: "Ones",
    zero: "Zeros",
  }),
  registered,
};

/** What options take: a name as in Keras, an instance, or Keras's config. */
export type InitializerIdentifier = string | Initializer | { readonly [key: string]: Json };

/**
 * The initializer that an identifier names.
 * @param where for messages, e.g. "Dense.kernelInitializer"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(identifier: InitializerIdentifier, where = "initializer"): Initializer {
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
