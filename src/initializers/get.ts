import type { ClassNames, RegisteredName } from "../core/class-names.js";
import { meaningless } from "../core/dialect.js";
import { PartKind } from "../core/part-kind.js";
import type { AnyPartClass, SerializedPart } from "../core/parts.js";
import type { Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { Initializer } from "./initializer.js";

const ALIASES = {
  IdentityInitializer: "Identity",
  OrthogonalInitializer: "Orthogonal",
  STFTInitializer: "STFT",
  normal: "RandomNormal",
  uniform: "RandomUniform",
  one: "Ones",
  zero: "Zeros",
};

const kind = new PartKind<Initializer>({
  kind: "initializer",
  module: "keras.initializers",
  base: Initializer,
  catalogue,
  aliases: ALIASES,
  dialect: {
    "*": { dtype: meaningless("weights are float32"), verify_shape: meaningless("shapes are always checked") },
  },
});

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
  return kind.get(identifier, where);
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(initializer: Initializer): SerializedPart {
  return kind.serialize(initializer);
}

/** The initializer that Keras's dictionary (of any age) or a name in a file stands for. */
export function deserialize(json: Json, where = "initializer", reading?: Reading): Initializer {
  return kind.deserialize(json, where, reading);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Initializer>>(cls: C, packageName?: string): C {
  return kind.registered.register(cls, packageName);
}
