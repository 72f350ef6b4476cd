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
import { Regularizer } from "./regularizer.js";

const registered = new Registry<AnyPartClass<Regularizer>>("regularizer");
const kind: PartKind<Regularizer> = {
  kind: "regularizer",
  module: "keras.regularizers",
  builtIn: builtInClasses(Regularizer, catalogue, { l1_l2: "L1L2" }),
  registered,
};

/** The names that Keras has for regularizers. */
export type RegularizerName = ClassNames<keyof typeof catalogue> | "l1_l2";

/** What options take: a name as in Keras (a registered one as `package>Name`), an instance, or Keras's config. */
export type RegularizerIdentifier = RegularizerName | RegisteredName | Regularizer | { readonly [key: string]: Json };

/**
 * The regularizer that an identifier names.
 * @param where for messages, e.g. "Dense.kernelRegularizer"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(identifier: RegularizerIdentifier | string, where = "regularizer"): Regularizer {
  return getPart(kind, Regularizer, identifier, where);
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(regularizer: Regularizer): SerializedPart {
  return serializePart(kind, regularizer);
}

/** The regularizer that Keras's dictionary describes. */
export function deserialize(json: Json, where = "regularizer"): Regularizer {
  return deserializePart(kind, json, where);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Regularizer>>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}
